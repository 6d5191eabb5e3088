// Whole phones at a call agent of other people (crate sccp-protocol): what it says is understood, what they say it understands, at
// versions of each form of the messages.

import { assert } from "chai";
import { Conductor, type HeardStation } from "../../tools/call/conductor.js";
import { measureEcho } from "../../tools/call/echo.js";
import { parseScript } from "../../tools/call/script.js";
import { SoundClock } from "../../tools/call/sound.js";
import { makeSpeech } from "../../tools/call/speech.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { calls } from "../../tools/phone/screen.js";
import { registered, timeout } from "../phones/support/house.js";
import { needsBuild } from "../support/optional.js";
import { type AgentDevice, EchoSocket, ThirdPartyAgent } from "./support/agent.js";
import { judgeFrames } from "./support/judge.js";

const names = ["Alice", "Bob", "Carol"] as const;
const devices: readonly AgentDevice[] = names.map((label, index) => ({
	id: `SEP00112233440${index + 1}`,
	buttons: [
		{ kind: "line", number: `100${index + 1}`, label },
		{ kind: "blf", number: "1002", label: "Bob there" },
		{ kind: "feature", feature: "DoNotDisturb", label: "Quiet" },
		{ kind: "feature", feature: "ParkingLot", label: "Parked" },
		{ kind: "recording", label: "Tape" },
		{ kind: "service", url: "http://127.0.0.5/weather", label: "Weather" },
	],
	softKeys: { OnHook: ["Redial", "NewCall", "ForwardAll", "DoNotDisturb", "Pickup"] },
}));
const alice = devices[0]?.id as string;

/** DeviceToUserDataResponse and its version 1, with which a phone answers what is pushed to it. */
const userDataResponses: readonly number[] = [0x2f, 0x42];

/** An agent with phones and an echo at one version. */
class Meeting {
	readonly agent: ThirdPartyAgent;
	readonly echo: EchoSocket;
	readonly conductor = new Conductor(makeSpeech(2), () => {});

	private constructor(agent: ThirdPartyAgent, echo: EchoSocket) {
		this.agent = agent;
		this.echo = echo;
	}

	static async open(protocol: number, phones: number): Promise<Meeting> {
		const echo = await EchoSocket.open();
		const agent = await ThirdPartyAgent.start({ devices, echo: { number: "600", port: echo.port } });
		const meeting = new Meeting(agent, echo);
		for (const { id } of devices.slice(0, phones)) {
			const options = { agents: [agent.address], device: id, protocol, pcm: "clock", restart: true } as const;
			await registered((await meeting.conductor.addPhone(options)).phone);
		}
		return meeting;
	}

	station(index: number): HeardStation {
		const station = this.conductor.stations[index];
		assert(station?.sound);
		return station as HeardStation;
	}

	/** Lets these phones hear by a clock of their own: only phones in a call have sound that goes on, and a clock waits for all of its. */
	together(...indices: readonly number[]): void {
		const clock = new SoundClock();
		for (const index of indices) {
			const station = this.station(index);
			assert(station.phone.pcm);
			station.phone.pcm.removeAllListeners("data");
			station.sound = clock.add(station.phone.pcm);
		}
	}

	get phone(): PhoneProcess {
		return this.station(0).phone;
	}

	run(script: string): Promise<void> {
		return this.conductor.run(parseScript(script, "script"));
	}

	async close(): Promise<void> {
		await this.conductor.close();
		await this.agent.close();
		await this.echo.close();
	}
}

/** Plays a second, which comes back as it was. */
async function hearsItself({ sound }: HeardStation): Promise<void> {
	await sound.play(new Int16Array(1), 0.2);
	const { played, recorded } = await sound.play(makeSpeech(2), 1);
	assert.isAbove(measureEcho(played, recorded)?.correlation ?? 0, 0.99);
}

/** Both hear what the other says. */
async function hearEachOther(one: HeardStation, other: HeardStation): Promise<void> {
	const voices = [makeSpeech(2), makeSpeech(4).subarray(2 * 8000)] as const;
	const [first, second] = await Promise.all([one.sound.play(voices[0], 1), other.sound.play(voices[1], 1)]);
	assert.isAbove(measureEcho(first.played, second.recorded)?.correlation ?? 0, 0.97);
	assert.isAbove(measureEcho(second.played, first.recorded)?.correlation ?? 0, 0.97);
}

describe("Phones at a call agent on sccp-protocol", function () {
	this.timeout(4 * timeout);
	let meeting: Meeting;

	before(async function () {
		await needsBuild(this, "interop");
	});

	/** Nothing that the phones sent was objected to, and the crate's codec reads all of it as it was written. */
	function flawless(protocol: number): void {
		assert.deepEqual(meeting.agent.complaints, []);
		const frames = meeting.agent.framesOf(protocol);
		assert.isAbove(frames.length, 20);
		for (const { name, verdict, detail } of judgeFrames(frames))
			assert.include(["exact", "header", "rewritten"], verdict, `${name}: ${detail.join(" ")}`);
	}

	for (const protocol of [8, 15, 20]) {
		it(`register and call: version ${protocol}`, async () => {
			meeting = await Meeting.open(protocol, 1);
			try {
				await meeting.run("hook off\nwait tone dial\nkeys 600\nwait connected\nmedia");
				await hearsItself(meeting.station(0));
				await meeting.run("hook on\nwait idle\nexpect tone off");
				const { version } = await meeting.agent.waitFor(alice, "registered");
				assert.equal(version, protocol);
				flawless(protocol);
			} finally {
				await meeting.close();
			}
		});
	}

	it("go to the second agent when the first one dies, and call there", async () => {
		const first = await ThirdPartyAgent.start({ devices });
		const echo = await EchoSocket.open();
		const second = await ThirdPartyAgent.start({ devices, echo: { number: "600", port: echo.port } });
		const conductor = new Conductor(makeSpeech(2), () => {});
		try {
			const agents = [first.address, second.address];
			const station = await conductor.addPhone({ agents, device: alice, protocol: 17, pcm: "clock" });
			await registered(station.phone);
			await first.waitFor(alice, "registered");
			await first.kill();
			await second.waitFor(alice, "registered");
			await registered(station.phone);
			await conductor.run(parseScript("hook off\nwait tone dial\nkeys 600\nwait connected\nmedia", "script"));
			await hearsItself(station);
			await conductor.run(parseScript("hook on\nwait idle", "script"));
			assert.deepEqual(second.complaints, []);
		} finally {
			await conductor.close();
			await second.close();
			await echo.close();
		}
	});

	for (const protocol of [3, 11, 17, 22]) {
		describe(`version ${protocol}`, () => {
			before(async () => {
				meeting = await Meeting.open(protocol, 3);
			});
			after(() => meeting.close());

			it("registers: number, labels, version", async () => {
				for (const { id } of devices) assert.equal((await meeting.agent.waitFor(id, "registered")).version, protocol);
				const { phone } = meeting;
				await phone.wait(({ screen }) => screen?.buttons[5]?.label === "Weather", timeout, "the last label");
				assert.equal(phone.screen?.number, "1001");
				assert.deepEqual(
					phone.screen?.buttons.map(({ label }) => label),
					["Alice", "Bob there", "Quiet", "Parked", "Tape", "Weather"],
				);
			});

			it("calls the echo, which comes back whole, and tells of the call's quality", async () => {
				meeting.together(0);
				const from = meeting.agent.events.length;
				await meeting.run("hook off\nwait tone dial\nkeys 600\nwait connected\nmedia");
				await hearsItself(meeting.station(0));
				await meeting.run("hook on\nwait idle\nexpect tone off\nexpect route none");
				const told = await meeting.agent.waitFor(alice, "statistics", from);
				assert.isAbove(Number(told.sent), 50);
				assert.isAbove(Number(told.received), 50);
				assert.isAbove(Number(told.quality), 20);
			});

			it("call each other: ringing, sound both ways, hold, resume, the end from either side", async () => {
				meeting.together(0, 1);
				await meeting.run(`hook off
					wait tone dial
					keys 1002
					wait ringback
					phone 2: wait ringing
					phone 2: wait ring on
					phone 2: hook off
					wait connected
					phone 2: wait connected
					phone 2: wait ring off
					media
					phone 2: media`);
				assert.include(calls(meeting.station(1).phone.screen)[0]?.title, "Alice");
				await hearEachOther(meeting.station(0), meeting.station(1));
				await meeting.run(`softkey Hold
					wait held
					softkey Resume
					wait connected
					media
					phone 2: media`);
				await hearEachOther(meeting.station(0), meeting.station(1));
				await meeting.run("phone 2: hook on\nphone 2: wait idle\nwait idle\nhook on");
			});

			it("transfer a call, and the two others go on", async () => {
				await meeting.run(`hook off
					wait tone dial
					keys 1002
					phone 2: wait ringing
					phone 2: softkey Answer
					wait connected
					phone 2: wait connected
					phone 2: softkey Trnsfer
					phone 2: wait tone dial
					phone 2: keys 1003
					phone 3: wait ringing
					phone 3: hook off
					phone 3: wait connected
					phone 2: wait selected connected
					phone 2: softkey Trnsfer
					phone 2: wait idle`);
				meeting.together(0, 2);
				await meeting.run("phone 3: media\nmedia");
				await hearEachOther(meeting.station(0), meeting.station(2));
				await meeting.run("hook on\nwait idle\nphone 3: wait idle\nphone 3: hook on");
			});

			it("a waiting call is taken, the first one held", async () => {
				meeting.together(0);
				await meeting.run("hook off\nwait tone dial\nkeys 600\nwait connected\nmedia");
				await meeting.agent.do(alice, "offer", { caller: { name: "Dora", number: "+49401234" }, waiting: true });
				const waits = ({ screen }: PhoneProcess) => calls(screen).some(({ title }) => title.includes("Dora"));
				await meeting.phone.wait(waits, timeout, "the waiting call");
				assert.lengthOf(calls(meeting.phone.screen), 2);
				await meeting.run("softkey Answer\nwait selected connected\nmedia");
				assert.include(calls(meeting.phone.screen).find(({ selected }) => selected)?.title, "Dora");
				await meeting.run("hook on\nwait calls 1");
				await meeting.phone.wait(
					// the row and the prompt as they stay: keys pressed before stand elsewhere
					({ screen }) => screen?.prompt === "Hold" && screen.softkeys.join("|").startsWith("Resume|NewCall|EndCall"),
					timeout,
					"the keys of a held call",
				);
				await meeting.run("softkey EndCall\nwait idle");
			});

			it("busy lamp, message light, forward, recording and a prompt are shown", async () => {
				const { agent, phone } = meeting;
				const icon = () => phone.screen?.buttons[1]?.icon;
				const unknown = icon();
				await agent.do(alice, "blf", { instance: 1, state: "Busy" });
				await phone.wait(() => icon() !== unknown, timeout, "the busy field");
				const busy = icon();
				await agent.do(alice, "blf", { instance: 1, state: "Idle" });
				await phone.wait(() => icon() !== busy, timeout, "the idle field");
				await agent.do(alice, "blf", { instance: 1, state: "Ringing", caller: { name: "Dora", number: "4711" } });
				await phone.wait(() => icon() !== busy, timeout, "the ringing field");
				await agent.do(alice, "blf", { instance: 1, state: "Busy" });
				await phone.wait(() => icon() === busy, timeout, "the busy field again");
				await agent.do(alice, "blf", { instance: 1, state: "Idle" });
				await agent.do(alice, "mwi", { on: true });
				await phone.wait(({ screen }) => screen?.messageWaiting, timeout, "the message light");
				await agent.do(alice, "mwi", { on: false });
				await phone.wait(({ screen }) => !screen?.messageWaiting, timeout, "no message light");
				await agent.do(alice, "forward", { all: "4711" });
				await phone.wait(({ screen }) => screen?.prompt.includes("4711"), timeout, "the forward");
				await agent.do(alice, "forward", {});
				await phone.wait(({ screen }) => !screen?.prompt.includes("4711"), timeout, "no forward");
				await agent.do(alice, "status", { text: "Fire drill at noon", seconds: 0 });
				await phone.wait(({ screen }) => screen?.prompt.includes("Fire drill"), timeout, "the notice");
				await agent.do(alice, "clear-status");
				await phone.wait(({ screen }) => !screen?.prompt.includes("Fire drill"), timeout, "no notice");
			});

			it("keys reach the agent: softkeys of a set of its own, features, a busy field that dials", async () => {
				const { agent, phone } = meeting;
				assert.deepEqual(
					phone.screen?.softkeys.filter((label) => label !== "more"),
					["Redial", "NewCall", "CFwdAll"],
				);
				const from = agent.events.length;
				phone.key("line3");
				await agent.waitFor(alice, "feature", from, ({ instance }) => instance === 2);
				phone.key("line4");
				await agent.waitFor(alice, "feature", from, ({ instance }) => instance === 3);
				await phone.softkey("PickUp", timeout);
				await agent.waitFor(alice, "softkey", from, ({ key }) => key === "Pickup");
				phone.key("line2");
				await agent.waitFor(alice, "speed-dial", from, ({ number }) => number === "1002");
				await meeting.run("phone 2: wait ringing\nwait ringback\nsoftkey EndCall\nwait idle\nphone 2: wait idle");
			});

			it("gets pushed documents, and answers each", async () => {
				const { agent } = meeting;
				for (const [what, fields] of [
					["text", { title: "Notice", prompt: "Read it", text: "The building closes at 18:00" }],
					["parking-menu", { instance: 3, lot: "east & west", slot: 701, caller: { name: "Dora", number: "4711" } }],
				] as const) {
					const from = agent.frames.length;
					await agent.do(alice, what, fields);
					await agent.waitForFrame((id) => userDataResponses.includes(id), `an answer to '${what}'`, from);
				}
			});

			it("hears an announcement by multicast, which has no call", async () => {
				meeting.together(0);
				const { agent } = meeting;
				await meeting.run("hook off\nwait tone dial\nkeys 600\nwait connected\nmedia");
				const from = agent.events.length;
				// a port that neither a phone takes for calls nor Linux gives away: phones of other tests run beside
				await agent.do(alice, "multicast-receive", { address: "239.1.2.3", port: 62_146 });
				assert.isTrue((await agent.waitFor(alice, "multicast-receiving", from)).ok);
				await agent.do(alice, "stop-multicast-receive");
				await meeting.run("hook on\nwait idle");
			});

			it("is answered by the agent, and told to restart and to reset", async () => {
				meeting.together(0);
				const { agent, phone } = meeting;
				await agent.do(alice, "offer", { caller: { name: "Page", number: "99" }, ring: "Silent" });
				await meeting.run("wait ringing");
				await agent.do(alice, "auto-answer");
				await meeting.run("wait connected\nmedia");
				await agent.do(alice, "close");
				await meeting.run("wait idle");
				for (const kind of ["Restart", "Reset"]) {
					const from = agent.events.length;
					await agent.do(alice, "reset", { kind });
					await agent.waitFor(alice, "disconnected", from);
					await agent.waitFor(alice, "registered", from);
					await registered(phone);
				}
			});

			it("has said nothing that the crate objects to or reads otherwise", () => flawless(protocol));
		});
	}
});
