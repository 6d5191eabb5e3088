/*
 * The whole phone as a process against the call agent: a call with sound in each dialect and each version, and what people
 * do with two and three phones.
 */
import { assert } from "chai";
import type { Conductor, Station } from "../../tools/call/conductor.js";
import { measureEcho } from "../../tools/call/echo.js";
import { parseScript } from "../../tools/call/script.js";
import { makeSpeech } from "../../tools/call/speech.js";
import { sampleRate } from "../../tools/call/wav.js";
import { dialectNames } from "../../tools/call-agent/options.js";
import type { StreamStatistics } from "../../tools/phone/messages.js";
import { protocolVersions } from "../../tools/phone/names.js";
import { CallState, calls, Tone } from "../../tools/phone/screen.js";
import { needsBuild } from "../support/optional.js";
import { House, timeout } from "./support/house.js";

const connected = `
wait registered
hook off
wait tone dial
keys 600
wait connected
media
`;
const over = `
hook on
wait idle
expect tone off
expect route none
`;
const echoCall = `${connected}play 1s${over}`;

async function streamOf(station: Station): Promise<StreamStatistics> {
	const [stream] = (await station.phone.statistics()).streams;
	assert(stream);
	return stream;
}

/** Plays for a second of the phone's own time: packet by packet it comes back, as it was, in time. */
async function hearsItself({ stations: [station] }: Conductor): Promise<void> {
	assert(station?.sound);
	// The jitter buffer is filled first.
	await station.sound.play(new Int16Array(1), 0.2);
	const before = await streamOf(station);
	const { played, recorded } = await station.sound.play(makeSpeech(2), 1);
	const after = await streamOf(station);
	assert.strictEqual(after.packetsSent - before.packetsSent, 50);
	assert.strictEqual(after.packetsReceived - before.packetsReceived, 50);
	assert.strictEqual(after.framesPlayed - before.framesPlayed, 100);
	for (const fault of ["Lost", "Late", "Discarded", "Duplicate", "Stray"] as const)
		assert.strictEqual(after[`packets${fault}`], 0, fault);
	assert.strictEqual(after.concealedFrames, 0);
	const echo = measureEcho(played, recorded);
	assert.isAbove(echo?.correlation ?? 0, 0.99);
	assert.isAtMost(echo?.delay ?? Number.NaN, 60);
}

describe("A call to the echo", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	for (const dialect of dialectNames) {
		for (const protocol of protocolVersions) {
			it(`comes back whole: ${dialect}, version ${protocol}`, async () => {
				const agent = await house.agent({ dialect });
				const conductor = await house.play(`127.0.0.1:${agent.port}`, connected, { protocol });
				await hearsItself(conductor);
				await conductor.run(parseScript(over, "script"));
				assert.isEmpty(agent.complaints);
			});
		}
	}
});

describe("Keys in a call", function () {
	this.timeout(4 * timeout);
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
			const conductor = await house.play(`127.0.0.1:${agent.port}`, connected, { protocol });
			await hearsItself(conductor);
			// The answer to the question is behind the keys.
			await conductor.run(parseScript(`keys 7#\nexpect connected\nplay 1s${over}`, "script"));
			const [station] = conductor.stations;
			assert.strictEqual(agent.devices.get(station?.phone.name ?? "")?.callDigits, "7#");
			// 100 ms in packets of 20 ms, the last of them three times, for each key.
			assert.strictEqual(counted, events ? 14 : 0);
		});
	}
});

describe("The phone on the 32-bit engine", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	before(async function () {
		await needsBuild(this, "32");
	});

	it("calls the echo within the device's heap", async () => {
		const agent = await house.agent();
		const conductor = await house.play(`127.0.0.1:${agent.port}`, connected, { bits: 32 });
		await hearsItself(conductor);
		assert.strictEqual((await conductor.stations[0]?.phone.heap())?.bits, 32);
	});
});

describe("The phone with sanitizers", function () {
	this.timeout(4 * timeout);
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
	this.timeout(4 * timeout);
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
				// Two voices, each as the other's phone gives it.
				const voices = [makeSpeech(2), makeSpeech(4).subarray(2 * sampleRate)] as const;
				const [one, other] = await Promise.all([first.sound.play(voices[0], 2), second.sound.play(voices[1], 2)]);
				assert.isAbove(measureEcho(one.played, other.recorded)?.correlation ?? 0, 0.99);
				assert.isAbove(measureEcho(other.played, one.recorded)?.correlation ?? 0, 0.99);
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
	this.timeout(4 * timeout);
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
	this.timeout(4 * timeout);
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
				await phone.wait(told, timeout, "the refusal");
				assert.isFalse(calls(phone.screen).some((call) => call.state === CallState.connected));
				phone.hook(false);
				await phone.wait(() => calls(phone.screen).length === 0 && phone.toneId === 0, timeout, "silence");
			});
		}
	}
});
