/*
 * Received packets under scripted arrival: what is played, what is concealed, and what is counted. Each test plays a tone
 * whose samples tell where in the sender's time they belong.
 */
import { assert } from "chai";
import { decode, encode, FRAME, MU_LAW, Pipeline } from "./support/library.js";
import { correlation, join, level, peak, peakFrequency, random, rtpPacket, sine } from "./support/signal.js";

const S = Object.freeze({
	received: 2,
	octets: 3,
	lost: 4,
	late: 5,
	discarded: 6,
	duplicate: 7,
	stray: 8,
	jitter: 9,
	jitterMaximum: 10,
	delay: 11,
	concealed: 12,
	played: 13,
	payloadType: 14,
	packetTime: 16,
});

interface Scripted {
	/** Tick before which it is handed over. */
	tick: number;
	packet: Uint8Array;
	/** Time of arrival in samples; the tick's when not given. */
	arrival?: number;
	from?: { address: number; port: number };
}

/** Plays a script for so many ticks; returns what was heard and the pipeline. */
function run(
	script: Scripted[],
	ticks: number,
	pipeline = new Pipeline(),
): { heard: Int16Array[]; pipeline: Pipeline } {
	pipeline.openReceive();
	const waiting = [...script].sort((a, b) => a.tick - b.tick);
	const heard: Int16Array[] = [];
	for (let tick = 0; tick < ticks; tick++) {
		while (waiting[0] && waiting[0].tick <= tick) {
			if (!pipeline.deliver(waiting[0].packet, waiting[0].arrival ?? waiting[0].tick * FRAME, waiting[0].from)) break;
			waiting.shift();
		}
		heard.push(pipeline.tick());
	}
	return { heard, pipeline };
}

const tone = (from: number, count: number) => sine(403, 8000, count, from);

interface Source {
	packetTimes?: number[];
	sequence?: number;
	timestamp?: number;
	ssrc?: number;
	/** Delay in samples of a packet by its number. */
	delay?: (index: number) => number;
	lost?: (index: number) => boolean;
	count: number;
	start?: number;
}

/** Packets of a steady sender as a script: sent when full, arriving after their delay. */
function sender(source: Source): { script: Scripted[]; sound: Int16Array } {
	const { packetTimes = [20], sequence = 1000, timestamp = 5000, delay = () => 0, lost = () => false } = source;
	const script: Scripted[] = [];
	let at = 0;
	for (let index = 0; index < source.count; index++) {
		const samples = (packetTimes[index % packetTimes.length] as number) * 8;
		const payload = encode(MU_LAW, tone(at, samples));
		const arrival = (source.start ?? 0) * FRAME + at + samples + delay(index);
		if (!lost(index)) {
			script.push({
				tick: Math.ceil(arrival / FRAME),
				arrival,
				packet: rtpPacket({ sequence: sequence + index, timestamp: timestamp + at, payload, ssrc: source.ssrc }),
			});
		}
		at += samples;
	}
	return { script, sound: decode(MU_LAW, encode(MU_LAW, tone(0, at))) };
}

/** Where the sound begins in what was heard, by its first frame that is not silent. */
function begin(heard: Int16Array[]): number {
	return heard.findIndex((frame) => peak(frame) > 0);
}

/** By how many samples what was heard from `at` on lies behind the sound, found by a frame that is equal to the sample. */
function lagAt(heard: Int16Array, sound: Int16Array, at: number): number {
	const frame = heard.subarray(at, at + FRAME);
	for (let lag = 0; lag <= at; lag++) {
		if (frame.every((sample, i) => sample === sound[at - lag + i])) return lag;
	}
	throw new Error(`what was heard at ${at} is not in the sound`);
}

/** Asserts that from `at` on the sound is heard to the sample, as far as both go. */
function assertSettled(heard: Int16Array[], sound: Int16Array, at: number): number {
	const all = join(heard);
	const lag = lagAt(all, sound, at);
	const end = Math.min(all.length, sound.length + lag);
	assert.isAbove(end - at, 20 * FRAME, "enough to compare");
	assert.deepEqual(all.subarray(at, end), sound.subarray(at - lag, end - lag));
	return lag;
}

/** The steepest climb between two samples. */
function steepest(samples: Int16Array, from = 1, to = samples.length): number {
	let most = 0;
	for (let i = from; i < to; i++) most = Math.max(most, Math.abs((samples[i] as number) - (samples[i - 1] as number)));
	return most;
}

/** The tone itself climbs by 8000 * 2 pi * 403 / 8000 = 2532 a sample at most; -40 dBFS are 328. */
const climb = 2532;
const click = 328;

describe("jitter buffer", () => {
	const mixes = [[10], [20], [30], [40], [50], [60], [10, 20], [20, 60, 10], [30, 40, 50, 10]];
	for (const packetTimes of mixes) {
		it(`plays every sample of packets of ${packetTimes.join(", ")} ms`, () => {
			const { script, sound } = sender({ packetTimes, count: 60 });
			const { heard, pipeline } = run(script, Math.floor(sound.length / FRAME) + 20);
			// A longer packet among shorter ones is later than these at first.
			assertSettled(heard, sound, Math.floor(sound.length / 2 / FRAME) * FRAME);
			const counters = pipeline.counters();
			assert.deepEqual([counters[S.received], counters[S.octets]], [60, sound.length]);
			assert.deepEqual([counters[S.lost], counters[S.late], counters[S.discarded]], [0, 0, 0]);
			assert.strictEqual(counters[S.packetTime], packetTimes[59 % packetTimes.length]);
		});
	}

	it("waits 20 ms at first", () => {
		const { script } = sender({ count: 10 });
		const { heard, pipeline } = run(script, 20);
		assert.strictEqual(begin(heard), (script[0] as Scripted).tick + 2);
		assert.strictEqual(pipeline.counters()[S.delay], 20);
	});

	it("absorbs jitter of up to 50 ms once it has learned it", () => {
		const next = random(5);
		const { script, sound } = sender({ count: 400, delay: () => Math.floor(next() * 400) });
		const { heard, pipeline } = run(script, 830);
		assertSettled(heard, sound, 400 * FRAME);
		const counters = pipeline.counters();
		assert.strictEqual(counters[S.late], 0);
		assert.isAtMost(counters[S.delay] as number, 65);
		assert.isAbove(counters[S.jitter] as number, 50);
		assert.isAtLeast(counters[S.jitterMaximum] as number, counters[S.jitter] as number);
	});

	it("puts reordered packets in order", () => {
		const { script, sound } = sender({ count: 100, delay: (i) => (i % 5 === 2 ? 250 : 0) });
		const { heard, pipeline } = run(script, 210);
		assertSettled(heard, sound, 100 * FRAME);
		const counters = pipeline.counters();
		assert.deepEqual([counters[S.lost], counters[S.duplicate]], [0, 0]);
		assert.isAtMost(counters[S.late] as number, 1, "the first one teaches");
	});

	it("counts duplicates once and plays them once", () => {
		const { script, sound } = sender({ count: 50 });
		const twice = script.flatMap((entry, i) =>
			i % 3 === 0 ? [entry, { ...entry, tick: entry.tick + (i % 4) }] : [entry],
		);
		const { heard, pipeline } = run(twice, 110);
		assert.deepEqual(join(heard.slice(begin(heard))).subarray(FRAME, sound.length), sound.subarray(FRAME));
		const counters = pipeline.counters();
		assert.deepEqual([counters[S.received], counters[S.duplicate], counters[S.lost]], [50, 17, 0]);
	});

	it("counts losses by extended sequence, over a wrap of sequence and timestamp", () => {
		const { script } = sender({
			count: 100,
			sequence: 65500,
			timestamp: 4294960000,
			lost: (i) => [10, 35, 36, 37, 80].includes(i),
		});
		const { heard, pipeline } = run(script, 203);
		const counters = pipeline.counters();
		assert.deepEqual([counters[S.received], counters[S.lost], counters[S.late]], [95, 5, 0]);
		assert.strictEqual(counters[S.concealed], 10);
		// Nothing else is touched: all frames but those ten, and the ones after a gap, are the sender's.
		const played = join(heard.slice(begin(heard)));
		const sound = decode(MU_LAW, encode(MU_LAW, tone(0, 16000)));
		assert.deepEqual(played.subarray(13000, 80 * 160), sound.subarray(13000, 80 * 160));
	});

	for (const lost of [[30], [30, 31]]) {
		it(`conceals ${lost.length} lost packets by the sound going on, without a click`, () => {
			const { script, sound } = sender({ count: 60, lost: (i) => lost.includes(i) });
			const { heard } = run(script, 115);
			const played = join(heard.slice(begin(heard)));
			const gap = played.subarray(30 * 160, 31 * 160);
			// 403 Hz does not repeat exactly in whole samples; a frame of silence would give 0.
			assert.isAbove(correlation(gap, sound.subarray(30 * 160, 31 * 160)), 0.95);
			assert.isBelow(steepest(played, 25 * 160, 40 * 160), climb + click);
		});
	}

	it("fades to silence within 60 ms when nothing comes any more, all of which counts as missing", () => {
		const { script } = sender({ count: 20 });
		const { heard, pipeline } = run(script, 100);
		const last = begin(heard) + 40;
		assert.isAbove(peak(heard[last] as Int16Array), 3000);
		assert.isBelow(peak(heard[last + 5] as Int16Array), 3000);
		assert.strictEqual(peak(join(heard.slice(last + 6))), 0);
		assert.strictEqual(pipeline.counters()[S.concealed], 100 - last);
		assert.strictEqual(pipeline.counters()[S.played], 40 + 100 - last);
	});

	it("plays on after a silence in which the sender's time went on", () => {
		const { script, sound } = sender({ count: 100, lost: (i) => i >= 20 && i < 60 });
		const { heard } = run(script, 210);
		const played = join(heard.slice(begin(heard)));
		assert.strictEqual(peak(played.subarray(30 * 160, 60 * 160)), 0);
		assert.deepEqual(played.subarray(61 * 160, 16000), sound.subarray(61 * 160));
	});

	it("grows at once when packets come too late, and loses none of them", () => {
		// A hold-up of 150 ms: what was sent meanwhile comes in one burst.
		const { script, sound } = sender({
			count: 150,
			delay: (i) => (i >= 50 && i < 58 ? (58 - i) * 160 - 80 : 0),
		});
		const { heard, pipeline } = run(script, 330);
		const counters = pipeline.counters();
		assert.deepEqual([counters[S.late], counters[S.lost]], [0, 0]);
		assert.isAtLeast(counters[S.delay] as number, 150);
		assert.isAtMost(counters[S.delay] as number, 200);
		// What came after the hold-up is there whole, later than before.
		assertSettled(heard, sound, 160 * FRAME);
	});

	it("counts what comes later than the buffer can wait", () => {
		const { script } = sender({ count: 100, delay: (i) => (i === 50 ? 2400 : 0) });
		const { pipeline } = run(script, 204);
		const counters = pipeline.counters();
		assert.deepEqual([counters[S.received], counters[S.lost]], [100, 0]);
		assert.strictEqual((counters[S.late] as number) + (counters[S.discarded] as number), 1);
		assert.strictEqual(counters[S.concealed], 2);
	});

	for (const held of [270, 400, 700]) {
		it(`plays no later than 200 ms after a hold-up of ${held} ms`, () => {
			const from = 50;
			const delay = (i: number) => Math.max(0, i < from ? 0 : held * 8 - (i - from) * 160);
			const { script, sound } = sender({ count: 150, delay });
			const { heard, pipeline } = run(script, 290);
			const frame = heard[280] as Int16Array;
			const lags: number[] = [];
			for (let lag = 0; lag < 6000; lag++) {
				const at = 280 * FRAME - lag;
				if (frame.every((sample, i) => sample === sound[at + i])) lags.push(lag);
			}
			// A frame is due when its packet is full, 20 ms after its sound, and waits for at most 200 ms.
			assert.lengthOf(lags, 1);
			assert.isAtMost(lags[0] as number, 220 * 8);
			assert.isAtMost(pipeline.counters()[S.delay] as number, 200);
		});
	}

	it("shrinks to 10 ms on a calm network, without a gap or a click", () => {
		const { script } = sender({ count: 1500 });
		const { heard, pipeline } = run(script, 2990);
		const counters = pipeline.counters();
		assert.isAtMost(counters[S.delay] as number, 17);
		assert.isAtLeast(counters[S.delay] as number, 10);
		assert.deepEqual([counters[S.late], counters[S.concealed]], [0, 0]);
		assert.isBelow(steepest(join(heard), (begin(heard) + 1) * FRAME), climb + click);
	});

	it("shortens sound after a hold-up until the delay is small again, and keeps its pitch and level", () => {
		const delay = (i: number) => (i >= 50 && i < 58 ? (58 - i) * 160 - 80 : 0);
		const { script } = sender({ count: 4000, delay });
		const { heard, pipeline } = run(script, 7990);
		const counters = pipeline.counters();
		assert.isAtMost(counters[S.delay] as number, 17);
		assert.strictEqual(counters[S.late], 0);
		assert.isAtMost(counters[S.concealed] as number, 14, "the hold-up alone");
		const { adaptations } = pipeline.delay();
		assert.isAbove(adaptations, 10);
		const after = join(heard.slice(130));
		assert.isBelow(steepest(after), climb + click);
		assert.closeTo(peakFrequency(after.subarray(0, 160000), 403, 4), 403, 403 * 0.005);
		for (let at = 0; at < after.length - 8000; at += 800)
			assert.closeTo(level(after.subarray(at, at + 800), 403), level(tone(0, 800), 403), 0.5, `at ${at}`);
	});

	it("stretches sound when it learns of lateness before it runs out", () => {
		// Every tenth packet is overtaken by the next one but one: it is lost for hearing, but it teaches.
		const { script } = sender({ count: 300, delay: (i) => (i % 10 === 5 ? 400 : 0) });
		const { heard, pipeline } = run(script, 590);
		const counters = pipeline.counters();
		assert.isAtMost(counters[S.late] as number, 1);
		assert.isAtLeast(counters[S.delay] as number, 50);
		assert.isBelow(steepest(join(heard), (begin(heard) + 1) * FRAME), climb + click);
	});

	for (const [name, ppm] of [
		["faster", 500],
		["slower", -500],
	] as const) {
		it(`stays in step for an hour with a sender whose clock is 500 ppm ${name}`, function () {
			this.timeout(120000);
			const pipeline = new Pipeline();
			pipeline.openReceive();
			const ticks = 360000;
			const step = 160 / (1 + ppm / 1e6);
			const payload = encode(MU_LAW, sine(400, 8000, 160));
			let sent = 0;
			let worst = 0;
			for (let tick = 0; tick < ticks; tick++) {
				for (; (sent + 1) * step <= tick * FRAME; sent++)
					pipeline.deliver(rtpPacket({ sequence: sent, timestamp: sent * 160, payload }));
				pipeline.tick();
				if (tick >= 1000) worst = Math.max(worst, pipeline.delay().now);
			}
			const counters = pipeline.counters();
			assert.deepEqual([counters[S.late], counters[S.concealed], counters[S.discarded]], [0, 0, 0]);
			assert.isAtMost(worst, 320);
			assert.strictEqual(counters[S.received], sent);
			// 1.8 s are left out or played twice, 5 to 20 ms at a time.
			assert.isAtLeast(pipeline.delay().adaptations, 90);
		});
	}

	it("takes a new timestamp line after two packets of it, or one with a marker", () => {
		const first = sender({ count: 40 }).script;
		for (const marker of [false, true]) {
			const second = sender({ count: 40, sequence: 1040, timestamp: 900000000, start: 80 }).script;
			if (marker) ((second[0] as Scripted).packet as Uint8Array)[1] = 0x80;
			const { heard, pipeline } = run([...first, ...second], 180);
			const counters = pipeline.counters();
			assert.deepEqual([counters[S.lost], counters[S.discarded]], [0, marker ? 0 : 1]);
			assert.isAbove(peak(join(heard.slice(100, 150))), 7000);
		}
	});

	it("leaves out a packet half the circle of timestamps away, to the sample", () => {
		for (const ahead of [0x7fffffff, 0x7fffff80, 0x80000000, 0x80000001]) {
			const { script } = sender({ count: 40 });
			const pipeline = run(script, 60).pipeline;
			const payload = new Uint8Array(160);
			pipeline.deliver(rtpPacket({ sequence: 40, timestamp: pipeline.cursor() + ahead, payload }));
			pipeline.tick();
			assert.strictEqual(pipeline.counters()[S.discarded], 1);
		}
	});

	it("takes a sender's new SSRC at once after a silence, after two packets otherwise", () => {
		const first = sender({ count: 40 }).script;
		const late = sender({ count: 40, ssrc: 7, sequence: 9, timestamp: 77, start: 100 }).script;
		let counters = run([...first, ...late], 190).pipeline.counters();
		assert.deepEqual([counters[S.received], counters[S.stray], counters[S.lost]], [80, 0, 0]);
		const soon = sender({ count: 40, ssrc: 7, sequence: 9, timestamp: 77, start: 81 }).script;
		counters = run([...first, ...soon], 190).pipeline.counters();
		assert.deepEqual([counters[S.received], counters[S.stray], counters[S.lost]], [79, 1, 0]);
	});

	it("counts and leaves out strays: another SSRC now and then, another address", () => {
		const { script, sound } = sender({ count: 50 });
		const payload = encode(MU_LAW, sine(2000, 20000, 160));
		const strays: Scripted[] = [10, 20, 30].map((tick) => ({
			tick,
			packet: rtpPacket({ sequence: tick * 7, timestamp: tick, payload, ssrc: 99 }),
		}));
		strays.push({ tick: 40, packet: (script[30] as Scripted).packet, from: { address: 5, port: 5 } });
		const { heard, pipeline } = run([...script, ...strays], 110);
		assert.deepEqual(join(heard.slice(begin(heard))).subarray(FRAME, sound.length), sound.subarray(FRAME));
		assert.deepEqual([pipeline.counters()[S.stray], pipeline.counters()[S.received]], [4, 50]);
	});

	it("follows a sender that starts its sequence anew", () => {
		const first = sender({ count: 40 }).script;
		const second = sender({ count: 40, sequence: 30000, timestamp: 5000 + 40 * 160, start: 80 }).script;
		const counters = run([...first, ...second], 170).pipeline.counters();
		assert.deepEqual([counters[S.lost], counters[S.discarded], counters[S.received]], [0, 1, 79]);
	});

	it("plays the codec that comes, whatever was agreed", () => {
		const { script, sound } = sender({ count: 50 });
		const pipeline = new Pipeline();
		pipeline.openReceive(0, 8, 20);
		for (let tick = 0; tick < 100; tick++) {
			for (const entry of script.filter((candidate) => candidate.tick === tick)) pipeline.deliver(entry.packet);
			const frame = pipeline.tick();
			if (tick === 50) assert.include([...sound], frame[40]);
		}
		assert.strictEqual(pipeline.counters()[S.payloadType], 0);
	});

	it("measures jitter as RFC 3550 does", () => {
		const delays = [0, 100, 20, 300, 0, 0, 160, 50];
		const { script } = sender({ count: 400, delay: (i) => delays[i % delays.length] as number });
		// In order of arrival; a packet that is not newer than all before is not measured.
		const ordered = [...script].sort((a, b) => (a.arrival as number) - (b.arrival as number));
		let jitter = 0;
		let before: number | undefined;
		let highest = -1;
		for (const { packet, arrival } of ordered) {
			const view = Buffer.from(packet);
			if (view.readUInt16BE(2) < highest) continue;
			highest = view.readUInt16BE(2);
			const transit = (arrival as number) - view.readUInt32BE(4);
			if (before !== undefined) jitter += (Math.abs(transit - before) - jitter) / 16;
			before = transit;
		}
		const { pipeline } = run(ordered, 830);
		assert.closeTo(pipeline.counters()[S.jitter] as number, jitter, 2);
	});
});

describe("received packets", () => {
	const payload = encode(MU_LAW, tone(0, 160));
	const good = { sequence: 1, timestamp: 0, payload };

	const refused: { name: string; packet: Uint8Array }[] = [
		{ name: "nothing", packet: new Uint8Array(0) },
		{ name: "11 octets", packet: rtpPacket({ ...good, payload: new Uint8Array(0) }).subarray(0, 11) },
		{ name: "version 0", packet: rtpPacket({ ...good, version: 0 }) },
		{ name: "version 1", packet: rtpPacket({ ...good, version: 1 }) },
		{ name: "version 3", packet: rtpPacket({ ...good, version: 3 }) },
		{ name: "more contributing sources than fit", packet: rtpPacket({ ...good, csrc: 15 }).subarray(0, 71) },
		{ name: "half an extension header", packet: rtpPacket({ ...good, extension: 0 }).subarray(0, 14) },
		{ name: "an extension longer than the packet", packet: rtpPacket({ ...good, extension: 3 }).subarray(0, 27) },
		{ name: "an extension of 65,535 words", packet: hugeExtension() },
		{ name: "more padding than payload", packet: padded(161) },
		{ name: "padding of no octets", packet: padded(0) },
		{
			name: "padding and no payload",
			packet: rtpPacket({ ...good, payload: new Uint8Array(0), padding: 1 }).subarray(0, 12),
		},
		{ name: "700 octets", packet: rtpPacket({ ...good, payload: new Uint8Array(688) }) },
		{ name: "another codec", packet: rtpPacket({ ...good, payloadType: 18 }) },
	];

	function hugeExtension(): Uint8Array {
		const packet = rtpPacket({ ...good, extension: 1 });
		packet[14] = 0xff;
		packet[15] = 0xff;
		return packet;
	}

	function padded(count: number): Uint8Array {
		const packet = rtpPacket(good);
		packet[0] = (packet[0] as number) | 32;
		packet[packet.length - 1] = count;
		return packet;
	}

	for (const { name, packet } of refused) {
		it(`discards ${name}`, () => {
			const { heard, pipeline } = run([{ tick: 0, packet }], 20);
			assert.strictEqual(peak(join(heard)), 0);
			assert.strictEqual(pipeline.counters()[S.discarded], 1);
		});
	}

	for (const [name, options] of [
		["contributing sources", { csrc: 3 }],
		["an empty extension", { extension: 0 }],
		["an extension", { extension: 2 }],
		["padding", { padding: 4 }],
		["all of these", { csrc: 2, extension: 1, padding: 8 }],
		["a marker", { marker: true }],
	] as const) {
		it(`plays the payload behind ${name}`, () => {
			const { heard, pipeline } = run([{ tick: 0, packet: rtpPacket({ ...good, ...options }) }], 20);
			const plain = run([{ tick: 0, packet: rtpPacket(good) }], 20).heard;
			assert.deepEqual(join(heard), join(plain));
			assert.deepEqual([pipeline.counters()[S.octets], pipeline.counters()[S.discarded]], [160, 0]);
		});
	}

	it("counts a packet without payload as received and plays nothing", () => {
		const { heard, pipeline } = run([{ tick: 0, packet: rtpPacket({ ...good, payload: new Uint8Array(0) }) }], 20);
		assert.strictEqual(peak(join(heard)), 0);
		assert.deepEqual([pipeline.counters()[S.received], pipeline.counters()[S.discarded]], [1, 0]);
	});
});
