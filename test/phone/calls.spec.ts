/*
 * The whole phone as a process against the call agent: a call with sound in each dialect and each version, and what people
 * do with two and three phones.
 */
import { assert } from "chai";
import { measureEcho } from "../../tools/call/echo.js";
import { makeSpeech } from "../../tools/call/speech.js";
import { dialectNames } from "../../tools/call-agent/options.js";
import { protocolVersions } from "../../tools/phone/names.js";
import { CallState, calls, Tone } from "../../tools/phone/screen.js";
import { needsBuild } from "../support/optional.js";
import { soundRetries } from "../support/retries.js";
import { House, patience } from "./support/house.js";

const echoCall = `
wait registered 15s
hook off
wait tone dial
keys 600
wait connected 15s
media
play 1s
hook on
wait idle
expect tone off
expect route none
`;

describe("A call to the echo", function () {
	this.timeout(4 * patience);
	this.retries(soundRetries);
	const house = new House();
	afterEach(() => house.close());

	for (const dialect of dialectNames) {
		for (const protocol of protocolVersions) {
			it(`comes back whole: ${dialect}, version ${protocol}`, async () => {
				const agent = await house.agent({ dialect });
				const { stations } = await house.play(`127.0.0.1:${agent.port}`, echoCall, { protocol });
				assert.isEmpty(agent.complaints);
				const [passage] = stations[0]?.passages ?? [];
				assert(passage);
				const echo = measureEcho(passage.played, passage.recorded);
				assert.isAbove(echo?.correlation ?? 0, 0.99);
				const [stream] = (await stations[0]?.phone.statistics())?.streams ?? [];
				assert.strictEqual(stream?.packetsLost, 0);
				assert.isAtLeast(stream?.packetsSent ?? 0, 45);
			});
		}
	}
});

describe("Keys in a call", function () {
	this.timeout(4 * patience);
	this.retries(soundRetries);
	const house = new House();
	afterEach(() => house.close());

	for (const [dialect, protocol, events] of [
		["callmanager", 17, true],
		["chan_sccp", 22, true],
		["chan_sccp", 3, false],
		["chan_skinny", 17, false],
	] as const) {
		it(`go to the call agent, and into the sound where it gives a payload type: ${dialect}, version ${protocol}`, async () => {
			const agent = await house.agent({ dialect });
			let counted = -1;
			agent.on("callEnd", (leg) => {
				counted = leg.port?.counters.telephoneEvents ?? -1;
			});
			const { stations } = await house.play(
				`127.0.0.1:${agent.port}`,
				echoCall.replace("play 1s", "play 1s\nkeys 7#\nplay 1s"),
				{ protocol },
			);
			assert.strictEqual(agent.devices.get(stations[0]?.phone.name ?? "")?.callDigits, "7#");
			// 100 ms in packets of 20 ms, the last of them three times, for each key.
			assert.strictEqual(counted, events ? 14 : 0);
			const [before, after] = stations[0]?.passages ?? [];
			assert(before && after);
			assert.isAbove(measureEcho(before.played, before.recorded)?.correlation ?? 0, 0.99);
		});
	}
});

describe("The phone on the 32-bit engine", function () {
	this.timeout(4 * patience);
	this.retries(soundRetries);
	const house = new House();
	afterEach(() => house.close());

	before(async function () {
		await needsBuild(this, "32");
	});

	it("calls the echo within the device's heap", async () => {
		const agent = await house.agent();
		const { stations } = await house.play(`127.0.0.1:${agent.port}`, echoCall, { bits: 32 });
		const [passage] = stations[0]?.passages ?? [];
		assert(passage);
		assert.isAbove(measureEcho(passage.played, passage.recorded)?.correlation ?? 0, 0.99);
		assert.strictEqual((await stations[0]?.phone.heap())?.bits, 32);
	});
});

describe("The phone with sanitizers", function () {
	this.timeout(4 * patience);
	const house = new House();
	afterEach(() => house.close());

	before(async function () {
		await needsBuild(this, "64-asan");
	});

	it("calls the echo and ends without a word from them", async () => {
		const agent = await house.agent();
		const { stations } = await house.play(`127.0.0.1:${agent.port}`, echoCall, { bits: "64-asan" });
		const [station] = stations;
		assert(station);
		const { phone } = station;
		await phone.quit();
		assert.deepEqual(phone.exit, { status: 0, signal: null }, phone.logLines.join("\n"));
		for (const line of phone.logLines) assert.match(line, /^linnet: /);
	});
});

describe("Two phones", function () {
	this.timeout(4 * patience);
	const house = new House();
	afterEach(() => house.close());

	const ring = `
hook off
wait tone dial
keys 1002
wait ringback
phone 2: wait ringing
phone 2: expect ring on
phone 2: expect lamp line1 blink
`;
	const answered = `${ring}
phone 2: hook off
wait connected
phone 2: wait connected
phone 2: expect ring off
media
phone 2: media
`;

	for (const dialect of dialectNames) {
		describe(`of ${dialect}`, () => {
			const play = async (script: string) => {
				const agent = await house.agent({ dialect });
				return house.play(`127.0.0.1:${agent.port}`, script);
			};

			it("hear each other", async () => {
				const { stations } = await play(answered);
				const [first, second] = stations;
				assert(first?.sound && second?.sound);
				const sample = makeSpeech(2);
				const [, heard] = await Promise.all([first.sound.play(sample, 1.5), second.sound.play(sample, 1.5)]);
				const power = heard.recorded.reduce((sum, value) => sum + value * value, 0) / heard.recorded.length;
				assert.isAbove(Math.sqrt(power), 300);
			});

			it("end the call when the caller hangs up", async () => {
				await play(`${answered}\nhook on\nwait idle\nphone 2: wait ring off\nphone 2: hook on\nphone 2: wait idle`);
			});

			it("end the call when the called one hangs up", async () => {
				await play(`${answered}\nphone 2: hook on\nphone 2: wait idle\nhook on\nwait idle`);
			});

			it("stop ringing when the caller gives up", async () => {
				await play(`${ring}\nhook on\nwait idle\nphone 2: wait idle\nphone 2: wait ring off`);
			});

			it("send digits in a call to the call agent", async () => {
				const agent = await house.agent({ dialect });
				const { stations } = await house.play(`127.0.0.1:${agent.port}`, `${answered}\nkeys 17*#\nhook on\nwait idle`);
				const name = stations[0]?.phone.name ?? "";
				assert.strictEqual(agent.devices.get(name)?.callDigits, "17*#");
			});

			it("answer with the softkey, on the speaker", async () => {
				await play(
					`${ring}\nphone 2: softkey Answer\nwait connected\nphone 2: wait connected\nphone 2: expect route speaker`,
				);
			});

			it("hold and resume", async () => {
				await play(`${answered}
					softkey Hold
					wait held
					wait lamp line1 wink
					softkey Resume
					wait connected
					media
					phone 2: media
					hook on
					wait idle`);
			});
		});
	}
});

describe("Three phones", function () {
	this.timeout(4 * patience);
	const house = new House();
	afterEach(() => house.close());

	for (const dialect of dialectNames) {
		it(`have a call waiting: ${dialect}`, async () => {
			const agent = await house.agent({ dialect });
			await house.play(
				`127.0.0.1:${agent.port}`,
				`hook off
				wait tone dial
				keys 1002
				phone 2: wait ringing
				phone 2: hook off
				wait connected
				phone 3: hook off
				phone 3: wait tone dial
				phone 3: keys 1001
				phone 3: wait ringback
				wait calls 2
				softkey Answer
				phone 3: wait connected
				wait selected connected
				media
				phone 3: media
				phone 3: hook on
				phone 3: wait idle
				hook on`,
			);
		});
	}
});

describe("Numbers that do not answer", function () {
	this.timeout(4 * patience);
	const house = new House();
	afterEach(() => house.close());

	// Some call agents say it by the call's state, some by a tone, some by both.
	const refusals: [string, string, readonly number[], number][] = [
		["606", "busy", [CallState.busy], Tone.busy],
		["607", "congested", [CallState.congestion], Tone.reorder],
		["999", "unknown", [CallState.invalidNumber], Tone.reorder],
	];
	for (const dialect of dialectNames) {
		for (const [number, what, states, tone] of refusals) {
			it(`${number} is ${what}: ${dialect}`, async () => {
				const agent = await house.agent({ dialect });
				const { stations } = await house.play(`127.0.0.1:${agent.port}`, `hook off\nwait tone dial\nkeys ${number}`);
				const phone = stations[0]?.phone;
				assert(phone);
				const told = () => phone.toneId === tone || calls(phone.screen).some((call) => states.includes(call.state));
				await phone.wait(told, patience, "the refusal");
				assert.isFalse(calls(phone.screen).some((call) => call.state === CallState.connected));
				phone.hook(false);
				await phone.wait(() => calls(phone.screen).length === 0 && phone.toneId === 0, patience, "silence");
			});
		}
	}
});
