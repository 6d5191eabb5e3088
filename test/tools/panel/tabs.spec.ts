/*
 * What the panel's network and audio tabs are made of, without a browser: the ladder and its capture file, the sound over time, and that
 * phones are asked while somebody looks and no longer.
 */
import { assert } from "chai";
import { CallStateMessage, KeepAliveReq, KeypadButton, OffHook, SetLamp } from "sccp/messages";
import { Insight, type SeenPhone } from "../../../tools/panel/insight.js";
import { LevelMeter } from "../../../tools/panel/level.js";
import { hexLines } from "../../../tools/panel/page/tabs/hex.js";
import { Ladder, type LadderFilter, mostRungs } from "../../../tools/panel/page/tabs/ladder.js";
import { type AudioSample, type AudioStream, type Rung, silence } from "../../../tools/panel/page/tabs/messages.js";
import { encodeCapture } from "../../../tools/panel/page/tabs/pcap.js";
import { AudioSeries, mostPoints, satisfaction } from "../../../tools/panel/page/tabs/series.js";
import { Watchers } from "../../../tools/panel/watchers.js";
import type { StreamStatistics, WireMessage } from "../../../tools/phone/messages.js";
import { type CapturedMessage, readCapture } from "../../../tools/sccp/capture.js";
import { FakePhone } from "./support/fake-phone.js";
import { until } from "./support/wait.js";

/** A message as octets. */
function octetsOf(id: number, words: readonly number[], version = 17): Buffer {
	const octets = Buffer.alloc(12 + 4 * words.length);
	octets.writeUInt32LE(4 + 4 * words.length, 0);
	octets.writeUInt32LE(version, 4);
	octets.writeUInt32LE(id, 8);
	words.forEach((word, index) => {
		octets.writeUInt32LE(word, 12 + 4 * index);
	});
	return octets;
}

/** Makes rungs of messages that follow each other on one connection. */
class Wire {
	readonly insight = new Insight();
	readonly rungs: Rung[] = [];
	phone: FakePhone;
	connection = 3;
	ticks = 1000;
	sent = 0;
	received = 0;

	constructor() {
		this.phone = this.start(7);
		this.insight.watchWire(true);
		this.insight.on("rung", (rung) => this.rungs.push(rung));
	}

	start(pid: number): FakePhone {
		this.phone = new FakePhone(pid);
		this.sent = 0;
		this.received = 0;
		this.insight.started(this.phone as unknown as SeenPhone);
		return this.phone;
	}

	/** A message goes over the wire; @returns its rung, undefined where nobody was told. */
	say(sent: boolean, octets: Buffer, version = 17): Rung | undefined {
		const number = sent ? ++this.sent : ++this.received;
		const before = this.rungs.length;
		const message: WireMessage = {
			sent,
			number,
			ticks: this.ticks,
			version,
			connection: this.connection,
			phone: "10.1.2.3",
			agent: "10.1.2.4",
			port: 2010,
			octets: octets.toString("base64"),
		};
		if (this.phone.watched) this.phone.events.emit("message", message);
		return this.rungs[before];
	}
}

const callState = (state: number, call: number): Buffer => octetsOf(CallStateMessage.id, [state, 1, call, 0, 4, 0]);
const lamp = octetsOf(SetLamp.id, [9, 1, 2]);
const offHook = octetsOf(OffHook.id, [0, 0]);
const digit = (call: number): Buffer => octetsOf(KeypadButton.id, [5, 1, call]);
const keepAlive = octetsOf(KeepAliveReq.id, [], 0);

const every: LadderFilter = { text: "", keepAlives: true, call: "all" };

function ladderOf(rungs: readonly Rung[]): Ladder {
	const ladder = new Ladder();
	for (const rung of rungs) ladder.add(rung);
	return ladder;
}

const namesOf = (ladder: Ladder, filter: Partial<LadderFilter>): string[] =>
	ladder.shown({ ...every, ...filter }).map(({ rung }) => `${rung.name} ${rung.call}`);

describe("panel tabs: messages", () => {
	it("are read by the phone's own reader, in the version that the phone says", () => {
		const wire = new Wire();
		const rung = wire.say(false, callState(5, 7));
		assert.deepInclude(rung, { name: "CallState", call: 7, sent: false, version: 17, refused: "", number: 1, pid: 7 });
		const fields = rung?.fields.map((field) => field.join("="));
		assert.includeMembers(fields ?? [], ["callState=5(connected)", "callReference=7"]);
		assert.notEqual(wire.say(false, octetsOf(CallStateMessage.id, [5]))?.refused, "");
		assert.equal(wire.say(true, octetsOf(0x7777, [1]))?.name, "message 0x7777");
	});

	it("are read in the version that they agree on while the phone has none", () => {
		const wire = new Wire();
		assert.equal(wire.say(true, keepAlive, 0)?.version, 3);
		const register = octetsOf(0x01, new Array(31).fill(0), 0);
		register.writeUInt8(17, 12 + 40);
		assert.equal(wire.say(true, register, 0)?.version, 17);
		const acknowledged = octetsOf(0x81, [30, 0, 0, 60, 0], 0);
		acknowledged.writeUInt8(11, 12 + 16);
		assert.equal(wire.say(false, acknowledged, 0)?.version, 11);
		wire.connection++;
		assert.equal(wire.say(true, keepAlive, 0)?.version, 3);
	});

	it("follow the phone's clock", () => {
		const wire = new Wire();
		const first = wire.say(true, keepAlive)?.time ?? 0;
		wire.ticks += 2345;
		assert.equal((wire.say(true, keepAlive)?.time ?? 0) - first, 2345);
		assert.closeTo(first, Date.now(), 60_000);
	});

	it("say what is missing between them, and where a connection or a process begins", () => {
		const wire = new Wire();
		wire.say(true, keepAlive);
		wire.say(false, lamp);
		wire.phone.watched = false;
		for (let i = 0; i < 3; i++) wire.say(false, lamp);
		wire.phone.watched = true;
		wire.say(true, keepAlive);
		wire.say(false, lamp);
		wire.connection++;
		wire.say(true, keepAlive);
		wire.start(8);
		wire.say(true, keepAlive);
		wire.say(false, lamp);
		const breaks = ladderOf(wire.rungs).entries.map(({ anew, missing }) => `${anew}${missing}`);
		assert.deepEqual(breaks, ["0", "0", "0", "3", "connection0", "process0", "0"]);
	});

	it("belong to calls: by their number, and by where they stand", () => {
		const wire = new Wire();
		const say = (sent: boolean, octets: Buffer, after = 10): void => {
			wire.ticks += after;
			wire.say(sent, octets);
		};
		say(false, lamp);
		say(true, offHook, 5000);
		say(false, callState(1, 7));
		say(false, lamp, 4000);
		say(true, keepAlive, 4000);
		say(false, callState(4, 8), 4000);
		say(true, digit(7));
		say(false, callState(2, 7));
		say(false, lamp);
		say(false, lamp, 1001);
		const ladder = ladderOf(wire.rungs);
		assert.deepEqual(
			ladder.calls.map(({ reference }) => reference),
			[7, 8],
		);
		const first = ["OffHook 0", "CallState 7", "SetLamp 0", "KeypadButton 7", "CallState 7", "SetLamp 0"];
		assert.deepEqual(namesOf(ladder, { call: 7, keepAlives: false }), first);
		assert.deepEqual(namesOf(ladder, { call: "latest" }), ["CallState 8"]);
		assert.lengthOf(namesOf(ladder, { call: "all" }), wire.rungs.length);
		assert.lengthOf(namesOf(ladder, { keepAlives: false }), wire.rungs.length - 1);
		assert.deepEqual(namesOf(ladder, { call: 9 }), []);
		assert.deepEqual(namesOf(ladder, { text: "callstate reference=7" }), ["CallState 7", "CallState 7"]);
		assert.deepEqual(namesOf(ladder, { text: "CONNECTED" }), []);
	});

	it("are kept up to a number of them", () => {
		const wire = new Wire();
		const ladder = new Ladder();
		for (let i = 0; i < mostRungs + 5; i++) ladder.add(wire.say(true, digit(i + 1)) as Rung);
		assert.lengthOf(ladder.entries, mostRungs);
		assert.equal(ladder.entries[0]?.rung.call, 6);
		ladder.clear();
		ladder.add(wire.say(true, digit(1)) as Rung);
		assert.deepEqual(
			ladder.entries.map(({ missing }) => missing),
			[0],
		);
	});

	it("are a capture file that reads as they were", () => {
		const wire = new Wire();
		wire.say(true, offHook);
		wire.ticks += 1234;
		wire.say(false, callState(1, 7));
		wire.say(false, octetsOf(0x112, new Array(10).fill(0)).fill(0x41, 16, 19));
		wire.say(true, digit(7));
		wire.connection++;
		wire.say(true, digit(7));
		const found = readCapture(Buffer.from(encodeCapture(wire.rungs)), 2000) as CapturedMessage[];
		assert.deepEqual(
			found.map(({ octets, toCallAgent, time }) => [octets.toString("base64"), toCallAgent, Math.round(time * 1000)]),
			wire.rungs.map(({ octets, sent, time }) => [octets, sent, time]),
		);
		assert.deepEqual(
			found.map(({ phone, callAgent }) => `${phone} ${callAgent}`),
			["49152", "49152", "49152", "49152", "49153"].map((port) => `10.1.2.3:${port} 10.1.2.4:2000`),
		);
	});

	it("show their octets in lines", () => {
		assert.equal(
			hexLines(Uint8Array.from({ length: 18 }, (_, i) => 0x2f + i * 5)),
			"0000  2f 34 39 3e 43 48 4d 52 57 5c 61 66 6b 70 75 7a  /49>CHMRW\\afkpuz\n0010  7f 84                                            ..",
		);
	});
});

const counters = { open: true, packetsReceived: 100, packetsLost: 0, packetsLate: 0, packetsDiscarded: 0 };
const rest = {
	jitter: 16,
	jitterMaximum: 80,
	delay: 20,
	concealedFrames: 0,
	framesPlayed: 200,
	mos: 44000,
	mosAverage: 0,
};
const far = { mosMinimum: 0, roundTrip: 0, remoteLost: 0, remoteJitter: 0, packetTimeReceived: 20, packetTimeSent: 20 };
const stream: AudioStream = {
	...counters,
	...rest,
	...far,
	packetsSent: 1,
	codecReceived: "G.722",
	codecSent: "G.722",
};
const level = { peak: -10, mean: -20 };
const sampleOf = (time: number, ...streams: Partial<AudioStream>[]): AudioSample => ({
	time,
	heard: level,
	spoken: { peak: -1, mean: -2 },
	streams: streams.map((one) => ({ ...stream, ...one })),
});

describe("panel tabs: sound", () => {
	it("is measured in decibels of full scale", () => {
		const meter = new LevelMeter();
		assert.deepEqual(meter.read(), { peak: silence, mean: silence });
		const samples = new Int16Array(1600).map((_, i) => Math.round(16384 * Math.sin((i * Math.PI) / 8)));
		meter.take(Buffer.from(samples.buffer));
		const { peak, mean } = meter.read();
		assert.closeTo(peak, -6.02, 0.01);
		assert.closeTo(mean, -9.03, 0.01);
		assert.deepEqual(meter.read(), { peak: silence, mean: silence });
	});

	it("becomes losses of the latest second, of what was expected and of what was played", () => {
		const series = new AudioSeries();
		series.add(sampleOf(1000, {}));
		assert.equal(series.latest("lost"), null);
		series.add(sampleOf(1250, { packetsReceived: 190, packetsLost: 10, packetsLate: 4, packetsDiscarded: 1 }));
		assert.equal(series.latest("lost"), 15);
		const heard = { framesPlayed: 400, concealedFrames: 50 };
		series.add(
			sampleOf(1500, { packetsReceived: 190, packetsLost: 10, packetsLate: 4, packetsDiscarded: 1, ...heard }),
		);
		assert.equal(series.latest("concealed"), 25);
		for (const time of [1750, 2000, 2250, 2500])
			series.add(sampleOf(time, { packetsReceived: 190 + time / 10, packetsLost: 10, ...heard }));
		assert.equal(series.latest("lost"), 0);
		assert.equal(series.latest("concealed"), null);
	});

	it("begins anew with another stream, and has gaps without one", () => {
		const series = new AudioSeries();
		series.add(sampleOf(1000, { packetsLost: 50 }));
		series.add(sampleOf(1250, { packetsReceived: 3, roundTrip: 12, remoteJitter: 24 }));
		assert.deepEqual([series.latest("lost"), series.latest("remoteJitter")], [null, 3]);
		series.add(sampleOf(1500, { open: false }));
		assert.deepEqual(
			(["lost", "jitter", "delay", "mos"] as const).map((name) => series.latest(name)),
			[null, null, null, null],
		);
		assert.deepEqual(series.column("mos"), [4.4, 4.4, null]);
		assert.deepEqual(series.column("time"), [1, 1.25, 1.5]);
		assert.deepEqual([series.latest("heard"), series.latest("spokenPeak"), series.open], [-20, -1, 0]);
		assert.equal(series.stream?.packetsReceived, 3);
		series.add(sampleOf(1750, { open: false }, { delay: 77 }));
		assert.deepEqual([series.latest("delay"), series.open], [77, 1]);
	});

	it("is kept for some minutes", () => {
		const series = new AudioSeries();
		for (let i = 0; i < mostPoints + 7; i++) series.add(sampleOf(i * 1000));
		assert.lengthOf(series.column("time"), mostPoints);
		assert.equal(series.column("time")[0], 7);
	});

	it("has a word for each score", () => {
		assert.deepEqual([4.41, 4.2, 3.7, 3.2, 2.6, 1].map(satisfaction), [
			"very good",
			"good",
			"fair",
			"poor",
			"bad",
			"unusable",
		]);
	});
});

describe("panel tabs: who looks", () => {
	it("has a phone asked as long as any page does", async () => {
		const insight = new Insight();
		const phone = new FakePhone(7);
		insight.started(phone as unknown as SeenPhone);
		const told: string[] = [];
		const pages = [
			{ name: "one", bufferedAmount: 0 },
			{ name: "two", bufferedAmount: 0 },
		] as const;
		const watchers = new Watchers<(typeof pages)[number]>([insight], (page, { type }) =>
			told.push(`${page.name} ${type}`),
		);
		const message = { sent: true, number: 1, ticks: 0, version: 17, connection: 1, phone: "", agent: "", port: 0 };
		const say = (): void => void phone.events.emit("message", { ...message, octets: keepAlive.toString("base64") });
		assert.isFalse(phone.watched);
		watchers.watch(pages[0], 0, true, false);
		watchers.watch(pages[1], 0, true, true);
		watchers.watch(pages[1], 5, true, true);
		assert.isTrue(phone.watched);
		say();
		assert.deepEqual(told.splice(0), ["one rung", "two rung"]);
		await until("samples of the sound", () => told.length >= 2);
		assert.deepEqual(new Set(told.splice(0)), new Set(["two audio"]));
		const next = new FakePhone(8);
		insight.ended();
		insight.started(next as unknown as SeenPhone);
		assert.isTrue(next.watched);
		watchers.drop(pages[1]);
		assert.isTrue(next.watched);
		watchers.drop(pages[0]);
		assert.isFalse(next.watched);
		const { asked } = next;
		await new Promise((resolve) => setTimeout(resolve, 300));
		assert.equal(next.asked, asked);
	});

	it("tells a page nothing more that does not read", () => {
		const insight = new Insight();
		const phone = new FakePhone(7);
		insight.started(phone as unknown as SeenPhone);
		let told = 0;
		const watchers = new Watchers([insight], () => {
			told++;
		});
		const page = { bufferedAmount: 0 };
		watchers.watch(page, 0, true, false);
		const message = { sent: true, number: 1, ticks: 0, version: 17, connection: 1, phone: "", agent: "", port: 0 };
		for (let i = 0; i < 3; i++) {
			page.bufferedAmount = i === 1 ? 2 << 20 : 0;
			phone.events.emit("message", { ...message, octets: keepAlive.toString("base64") });
		}
		assert.equal(told, 2);
	});

	it("passes on the counters of each stream with the names of its codecs", async () => {
		const insight = new Insight();
		const phone = new FakePhone(7);
		const all = { packetsReceived: 5, packetsSent: 0, payloadTypeReceived: 9, payloadTypeSent: 9 } as StreamStatistics;
		phone.statistics = async () => ({ type: "statistics", streams: [all], ticks: 40 });
		insight.started(phone as unknown as SeenPhone);
		insight.watchAudio(true);
		const loud = Buffer.alloc(320, 0x40);
		insight.heard(loud);
		const sample = await new Promise<AudioSample>((resolve) => void insight.once("audio", resolve));
		insight.close();
		assert.deepInclude(sample.streams[0], { packetsReceived: 5, codecReceived: "G.722", codecSent: "" });
		assert.closeTo(sample.heard.mean, -5.98, 0.05);
		assert.equal(sample.spoken.mean, silence);
	});
});
