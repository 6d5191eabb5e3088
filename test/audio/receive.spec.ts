/*
 * What the receiver makes of gaps, silence and events: concealment after ITU-T G.711 appendix I, comfort noise after RFC
 * 3389, events after RFC 4733, and whose packets it plays.
 */
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { A_LAW, decode, encode, FRAME, MU_LAW, Pipeline, peer } from "./support/library.js";
import { amplitude, join, level, peak, random, rtpPacket, sine } from "./support/signal.js";

const S = Object.freeze({
	received: 2,
	late: 5,
	discarded: 6,
	stray: 8,
	delay: 11,
	concealed: 12,
	played: 13,
	payloadType: 14,
	events: Statistic.eventsReceived,
	event: Statistic.eventReceived,
	foreign: Statistic.packetsForeign,
});

/** -40 dBFS: a step between two samples beyond what the sound itself has is a click from here on. */
const click = 328;

/** A pipeline that is fed packet by packet in step with its ticks: packets of 10 ms, or what a test gives instead. */
class Call {
	readonly pipeline = new Pipeline();
	readonly #sound: (at: number, count: number) => Int16Array;
	readonly heard: Int16Array[] = [];
	sequence = 0;
	timestamp = 0;
	readonly #payloadType: number;

	constructor(sound: (at: number, count: number) => Int16Array, payloadType = MU_LAW) {
		this.#sound = sound;
		this.#payloadType = payloadType;
		this.pipeline.openReceive(0, payloadType, 10);
	}
	/** Lets so many frames go by; `what` may send something else or nothing. */
	run(frames: number, what: "sound" | "lost" | "silence" = "sound", marker = false): Int16Array {
		const from = this.heard.length;
		for (let i = 0; i < frames; i++) {
			if (what === "sound")
				this.send(encode(this.#payloadType, this.#sound(this.timestamp, FRAME)), this.#payloadType, marker && i === 0);
			if (what !== "silence") this.sequence++;
			this.timestamp += FRAME;
			this.heard.push(this.pipeline.tick());
		}
		return join(this.heard.slice(from));
	}
	send(payload: Uint8Array, payloadType: number, marker = false): void {
		const { sequence, timestamp } = this;
		this.pipeline.deliver(rtpPacket({ sequence, timestamp, payload, payloadType, marker }));
	}
	/** A packet other than sound, of this moment. */
	other(payload: Uint8Array, payloadType: number): void {
		this.send(payload, payloadType);
		this.sequence++;
	}
	get counters(): Uint32Array {
		return this.pipeline.counters();
	}
}

/** A voice of `pitch` Hz: harmonics that fall off. */
function voice(pitch: number, loudness = 6000): (at: number, count: number) => Int16Array {
	return (at, count) =>
		Int16Array.from({ length: count }, (_, i) => {
			let sum = 0;
			for (let harmonic = 1; harmonic * pitch < 3400; harmonic++)
				sum += Math.sin((2 * Math.PI * pitch * harmonic * (at + i)) / 8000 + harmonic) / harmonic;
			return Math.round(sum * loudness);
		});
}

function rms(samples: Int16Array): number {
	let sum = 0;
	for (const sample of samples) sum += sample * sample;
	return Math.sqrt(sum / samples.length);
}

function steepest(samples: Int16Array): number {
	let most = 0;
	for (let i = 1; i < samples.length; i++)
		most = Math.max(most, Math.abs((samples[i] as number) - (samples[i - 1] as number)));
	return most;
}

/** The start delay at packets of 10 ms: frames from sending to hearing. */
const waits = 2;

describe("concealment", () => {
	for (const payloadType of [MU_LAW, A_LAW]) {
		for (const pitch of [70, 100, 123, 160, 200]) {
			it(`repeats the period of a voice of ${pitch} Hz, payload type ${payloadType}`, () => {
				const sound = voice(pitch);
				const call = new Call(sound, payloadType);
				call.run(60);
				const before = join(call.heard.slice(20));
				call.run(6, "lost");
				call.run(20);
				const all = join(call.heard.slice(20));
				// The gap's first 10 ms are as loud as the sound was, and no step is steeper than those of the sound.
				const gap = all.subarray((40 + waits) * FRAME, (41 + waits) * FRAME);
				const expected = sound(60 * FRAME, FRAME);
				assert.closeTo(20 * Math.log10(rms(gap) / rms(expected)), 0, 1.5);
				assert.isBelow(steepest(all), steepest(before) + click);
				// Its pitch is the voice's: it goes on as the voice would have.
				let same = 0;
				let energy = 0;
				gap.forEach((sample, i) => {
					same += sample * (expected[i] as number);
					energy += sample ** 2;
				});
				assert.isAbove(same / Math.sqrt(energy * expected.reduce((sum, sample) => sum + sample ** 2, 0)), 0.85);
			});
		}
	}

	it("loses a fifth of the loudness every 10 ms after the first, and is silent after 60 ms", () => {
		// 200 Hz repeat in 40 samples exactly.
		const call = new Call((at, count) => sine(200, 10000, count, at));
		call.run(60);
		call.run(10, "lost");
		const begin = 60 + waits;
		call.run(waits, "lost");
		for (let frame = 0; frame < 6; frame++) {
			const samples = call.heard[begin + frame] as Int16Array;
			// In the middle of a frame the fade is half way to the next step.
			const middle = frame === 0 ? 1 : 1.1 - frame * 0.2;
			assert.closeTo(amplitude(samples, 200) / 10000, middle, 0.03, `frame ${frame}`);
		}
		assert.strictEqual(peak(join(call.heard.slice(begin + 6))), 0);
		assert.strictEqual(call.counters[S.concealed], 10, "what is silent is missing as well");
	});

	it("repeats one period, then two, then three", () => {
		// Three periods of 60 samples with peaks of their own height.
		const sound = (at: number, count: number) =>
			Int16Array.from({ length: count }, (_, i) => {
				const period = Math.floor((at + i) / 60) % 3;
				return Math.round((6000 + period * 900) * Math.sin((2 * Math.PI * (at + i)) / 60));
			});
		const call = new Call(sound);
		call.run(60);
		call.run(4, "lost");
		const gap = join(call.heard.slice(60 + waits, 60 + waits + 2)).subarray();
		const heights = (from: number, to: number) => {
			const found: number[] = [];
			for (let at = from; at + 60 <= to; at += 60) found.push(peak(gap.subarray(at, at + 60)));
			return found;
		};
		const [first = 0, second = 0] = heights(0, 160);
		// 60 * 80 / 60 samples were sent: the period that is repeated is the one before the gap.
		assert.isAbove(first, 5000);
		assert.isBelow(Math.abs(first - second) / first, 0.35);
		assert.isBelow(steepest(gap), steepest(sound(0, 800)) + click);
	});

	for (let lost = 1; lost <= 8; lost++) {
		it(`merges back after ${lost} frames without a click`, () => {
			const call = new Call(voice(123));
			call.run(60);
			const before = join(call.heard.slice(20));
			call.run(lost, "lost");
			call.run(60);
			assert.isBelow(steepest(join(call.heard.slice(20))), steepest(before) + click);
			// 20 ms after the gap the sound is the sender's to the sample.
			const at = 60 + lost + waits + 2;
			const expected = decode(MU_LAW, encode(MU_LAW, voice(123)((at - waits) * FRAME, FRAME)));
			assert.deepEqual(call.heard[at], expected);
		});
	}

	it("does not click with losses at random in a voice and in noise", () => {
		const next = random(11);
		for (const sound of [
			voice(140),
			(_at: number, count: number) => Int16Array.from({ length: count }, () => next() * 2000 - 1000),
		]) {
			const call = new Call(sound);
			call.run(30);
			const before = steepest(join(call.heard.slice(10)));
			const lose = random(5);
			for (let i = 0; i < 500; i++) call.run(1, lose() < 0.2 ? "lost" : "sound");
			assert.isBelow(steepest(join(call.heard.slice(10))), before + click);
		}
	});
});

describe("comfort noise", () => {
	const dbov = (samples: Int16Array) => 20 * Math.log10(rms(samples) / 32124);

	for (const payloadType of [13, 19]) {
		for (const asked of [30, 45, 52, 60, 70]) {
			it(`sounds at -${asked} dBov, payload type ${payloadType}`, () => {
				const call = new Call(voice(123));
				call.run(50);
				call.other(Uint8Array.of(asked), payloadType);
				call.run(200, "silence");
				const noise = join(call.heard.slice(60));
				assert.closeTo(dbov(noise), -asked, 0.5);
				assert.strictEqual(call.counters[S.discarded], 0);
				assert.strictEqual(call.counters[S.concealed], 0);
				assert.strictEqual(call.counters[S.payloadType], 0);
			});
		}
	}

	/** Power of 1 / A(z) at a frequency, A being built up from the octets of a packet (RFC 3389 section 3.2). */
	function response(octets: number[], frequency: number): number {
		let predictor = [1];
		for (const octet of octets) {
			const k = (258 * (octet - 127)) / 32768;
			const longer = [...predictor, 0];
			predictor = longer.map((value, i) => value + k * (longer[longer.length - 1 - i] as number));
		}
		const angle = (-2 * Math.PI * frequency) / 8000;
		const real = predictor.reduce((sum, value, i) => sum + value * Math.cos(i * angle), 0);
		const imaginary = predictor.reduce((sum, value, i) => sum + value * Math.sin(i * angle), 0);
		return 1 / (real ** 2 + imaginary ** 2);
	}

	// The first two are what ffmpeg's encoder says of noise through a low-pass at 600 Hz and a high-pass at 3 kHz.
	const spectra: Readonly<Record<string, { octets: number[]; used: number }>> = {
		"of a dull noise": { octets: [0x0d, 0xd9, 0x39, 0xca, 0x85, 0x7e, 0x6d, 0x79, 0x7b, 0x6e], used: 6 },
		"of a sharp noise": { octets: [0xdb, 0xd1, 0xcc, 0xa9, 0x89, 0x8f, 0x6a, 0x85, 0x6c, 0x83], used: 6 },
		"of a hum": { octets: [30, 245], used: 2 },
		"up to a reserved octet": { octets: [60, 255, 200], used: 1 },
	};
	for (const [name, { octets, used }] of Object.entries(spectra)) {
		for (const asked of [35, 60]) {
			it(`has the spectrum ${name} at -${asked} dBov`, () => {
				const call = new Call(voice(123));
				call.run(20);
				call.other(Uint8Array.of(asked, ...octets), 13);
				call.run(600, "silence");
				const noise = join(call.heard.slice(40));
				assert.closeTo(dbov(noise), -asked, 1);
				const shape = (of: (frequency: number) => number) => {
					const bands = Array.from({ length: 8 }, (_, band) => {
						let sum = 0;
						for (let frequency = band * 500 + 5; frequency < band * 500 + 500; frequency += 5) sum += of(frequency);
						return sum;
					});
					const all = bands.reduce((sum, power) => sum + power, 0);
					return bands.map((power) => 10 * Math.log10(power / all));
				};
				const found = shape((frequency) => amplitude(noise, frequency) ** 2);
				const expected = shape((frequency) => response(octets.slice(0, used), frequency));
				for (const [band, power] of expected.entries()) {
					// What 16 bits round away lies about 10 dB below a sample's unit.
					const floor = asked - 90;
					if (power > floor + 15) assert.closeTo(found[band] as number, power, 2, `band ${band}`);
					else assert.isBelow(found[band] as number, floor + 20, `band ${band}`);
				}
			});
		}
	}

	it("is white again when no spectrum is described, and keeps within bounds at the loudest and narrowest", () => {
		const call = new Call(voice(123));
		call.run(20);
		call.other(Uint8Array.of(0, 0, 254, 0, 254, 0, 254), 13);
		call.run(100, "silence");
		call.other(Uint8Array.of(40), 13);
		call.run(100, "silence");
		const noise = join(call.heard.slice(-90));
		assert.closeTo(dbov(noise), -40, 0.7);
		const half = (from: number) => {
			let sum = 0;
			for (let frequency = from; frequency < from + 1900; frequency += 9) sum += amplitude(noise, frequency) ** 2;
			return 10 * Math.log10(sum);
		};
		assert.closeTo(half(50), half(2050), 2);
	});

	it("is white", () => {
		const call = new Call(voice(123));
		call.run(20);
		call.other(Uint8Array.of(40), 13);
		call.run(400, "silence");
		const noise = join(call.heard.slice(40));
		const band = (from: number) => {
			let sum = 0;
			for (let frequency = from; frequency < from + 900; frequency += 9) sum += amplitude(noise, frequency) ** 2;
			return 10 * Math.log10(sum);
		};
		for (const from of [1000, 2000, 3000]) assert.closeTo(band(from), band(50), 2.5);
	});

	it("takes over from speech and gives way to it without a click, and follows its level", () => {
		const call = new Call(voice(123));
		call.run(50);
		const before = steepest(join(call.heard.slice(10)));
		call.other(Uint8Array.of(50), 13);
		call.run(50, "silence");
		call.other(Uint8Array.of(60), 13);
		call.run(50, "silence");
		const softer = join(call.heard.slice(-40));
		assert.closeTo(dbov(softer), -60, 0.7);
		call.run(50, "sound", true);
		assert.isBelow(steepest(join(call.heard.slice(10))), before + click);
		assert.isAbove(rms(call.heard.at(-1) as Int16Array), 2000);
		assert.isBelow(call.counters[S.delay] as number, 30);
	});

	it("does not come before the sound that is still in the buffer, and not in a later loss", () => {
		const call = new Call(voice(123));
		call.run(50);
		call.other(Uint8Array.of(40), 13);
		const rest = call.run(waits, "silence");
		assert.deepEqual(rest, decode(MU_LAW, encode(MU_LAW, voice(123)((50 - waits) * FRAME, waits * FRAME))));
		call.run(30, "silence");
		call.run(50, "sound", true);
		call.run(12, "lost");
		assert.strictEqual(peak(call.heard.at(-1) as Int16Array), 0, "concealment has faded");
	});

	it("sounds though nothing came before it, and is nothing at level 127", () => {
		const call = new Call(voice(123));
		call.other(Uint8Array.of(40), 13);
		call.run(50, "silence");
		assert.closeTo(dbov(join(call.heard.slice(10))), -40, 0.7);
		call.other(Uint8Array.of(127), 13);
		call.run(50, "silence");
		assert.strictEqual(peak(join(call.heard.slice(60))), 0);
	});

	it("sets the delay anew while nobody hears it", () => {
		const call = new Call(voice(123));
		call.run(500);
		// One packet comes 100 ms late, and those behind it never: too few to be taken for the network's manner.
		const held = call.timestamp;
		call.run(10, "lost");
		const now = call.timestamp;
		call.timestamp = held;
		call.sequence -= 10;
		call.send(encode(MU_LAW, voice(123)(held, FRAME)), 0);
		call.sequence += 10;
		call.timestamp = now;
		call.run(2);
		assert.isAtLeast(call.counters[S.delay] as number, 90);
		call.run(1);
		call.other(Uint8Array.of(60), 13);
		call.run(50, "silence");
		assert.isAbove(call.pipeline.delay().now, 60 * 8, "there was no time to shorten what sounded");
		call.run(1, "sound", true);
		assert.isAtMost(call.pipeline.delay().now, 20 * 8);
	});
});

describe("a codec that changes in a call", () => {
	/** Packets of 10 ms, each coded as `codecOf` says; what is heard, and what a receiver without a network would. */
	function play(codecOf: (sequence: number) => number): {
		heard: Int16Array;
		expected: Int16Array;
		pipeline: Pipeline;
	} {
		const sound = voice(123);
		const pipeline = new Pipeline();
		pipeline.openReceive(0, 0, 10);
		const heard: Int16Array[] = [];
		const expected: Int16Array[] = [];
		for (let sequence = 0; sequence < 60; sequence++) {
			const payloadType = codecOf(sequence);
			const payload = encode(payloadType, sound(sequence * FRAME, FRAME));
			expected.push(decode(payloadType, payload));
			pipeline.deliver(rtpPacket({ sequence, timestamp: sequence * FRAME, payload, payloadType }));
			heard.push(pipeline.tick());
		}
		return { heard: join(heard.slice(20)), expected: join(expected.slice(20 - waits, 60 - waits)), pipeline };
	}

	it("is followed to the sample", () => {
		const { heard, expected, pipeline } = play((sequence) => (sequence < 30 || sequence >= 45 ? MU_LAW : A_LAW));
		assert.deepEqual(heard, expected);
		assert.strictEqual(pipeline.counters()[S.concealed], 0);
		assert.strictEqual(pipeline.counters()[S.payloadType], 0);
	});

	it("is followed to the sample though it changes with each packet", () => {
		const { heard, expected, pipeline } = play((sequence) => (sequence % 2 === 0 ? MU_LAW : A_LAW));
		assert.deepEqual(heard, expected);
		assert.strictEqual(pipeline.counters()[S.payloadType], 8);
	});
});

describe("received events", () => {
	const event = (code: number, duration: number, end = false) =>
		Uint8Array.of(code, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff);

	/** Tells an event of 100 ms in place of sound. */
	function press(call: Call, code: number): void {
		const begun = call.timestamp;
		for (let part = 1; part <= 10; part++) {
			call.timestamp = begun;
			call.other(event(code, part * FRAME, part === 10), 101);
			call.timestamp = begun + part * FRAME;
			call.heard.push(call.pipeline.tick());
		}
	}

	it("stand in place of sound: nothing counts as concealed, and their one timestamp as no jitter", () => {
		const call = new Call(voice(123));
		call.pipeline.receiveEvents(101);
		call.run(50);
		const before = steepest(join(call.heard.slice(10)));
		for (let key = 0; key < 5; key++) {
			press(call, key);
			assert.strictEqual(peak(call.heard.at(-1) as Int16Array), 0, "a pause");
			call.run(30, "sound", true);
			assert.isAbove(rms(call.heard.at(-1) as Int16Array), 2000, "and then sound again");
		}
		assert.isBelow(steepest(join(call.heard.slice(10))), before + click);
		assert.deepEqual([call.counters[S.events], call.counters[S.concealed]], [5, 0]);
		assert.strictEqual(call.counters[Statistic.jitterMaximum], 0);
	});

	it("are told by a new source whose timestamps are lower, too", () => {
		const call = new Call(voice(123));
		call.pipeline.receiveEvents(101);
		call.timestamp = 1_000_000;
		call.run(20);
		press(call, 3);
		call.run(20);
		const { pipeline } = call;
		for (let sequence = 0; sequence < 40; sequence++) {
			const payload = sequence < 20 ? new Uint8Array(FRAME).fill(255) : event(4, 80);
			const payloadType = sequence < 20 ? 0 : 101;
			const timestamp = 5000 + Math.min(sequence, 20) * FRAME;
			pipeline.deliver(rtpPacket({ sequence, timestamp, ssrc: 77, payload, payloadType }));
			pipeline.tick();
		}
		assert.deepEqual([call.counters[S.events], call.counters[S.event]], [2, 4]);
	});

	it("are counted once each, however often they are told", () => {
		const call = new Call(voice(123));
		call.pipeline.receiveEvents(101);
		call.run(20);
		for (const [i, code] of [5, 5, 11].entries()) {
			const timestamp = call.timestamp;
			for (let part = 1; part <= 5; part++) {
				call.timestamp = timestamp;
				call.other(event(code, part * FRAME), 101);
				call.timestamp = timestamp + part * FRAME;
				call.pipeline.tick();
			}
			for (let again = 0; again < 3; again++) {
				const after = call.timestamp;
				call.timestamp = timestamp;
				call.other(event(code, 5 * FRAME, true), 101);
				call.timestamp = after;
			}
			assert.deepEqual([call.counters[S.events], call.counters[S.event]], [i + 1, code]);
			call.run(5);
		}
		assert.strictEqual(call.counters[S.discarded], 0);
		assert.strictEqual(call.counters[S.late], 0);
	});

	it("are discarded when none were agreed, or cut short", () => {
		const call = new Call(voice(123));
		call.run(5);
		call.other(event(1, 80), 101);
		call.run(1);
		assert.deepEqual([call.counters[S.events], call.counters[S.discarded]], [0, 1]);
		call.pipeline.receiveEvents(101);
		call.other(event(1, 80).subarray(0, 3), 101);
		call.run(1);
		assert.deepEqual([call.counters[S.events], call.counters[S.discarded]], [0, 2]);
	});
});

describe("the peer", () => {
	const packet = (sequence: number, ssrc = 1) =>
		rtpPacket({ sequence, timestamp: sequence * FRAME, ssrc, payload: new Uint8Array(FRAME).fill(0x20) });

	/** Delivers so many packets in step. */
	function feed(pipeline: Pipeline, from: { address: number; port: number }, count: number, start = 0, ssrc = 1): void {
		for (let i = 0; i < count; i++) {
			pipeline.deliver(packet(start + i, ssrc), undefined, from);
			pipeline.tick();
		}
	}
	const counts = (pipeline: Pipeline) => [pipeline.counters()[S.received], pipeline.counters()[S.stray]];

	it("is whoever comes first while it is not known", () => {
		const pipeline = new Pipeline();
		pipeline.openReceive();
		feed(pipeline, { address: 7, port: 7 }, 10);
		assert.deepEqual(counts(pipeline), [10, 0]);
	});

	it("is the one agreed: nobody else is played for a while, and never once it was heard", () => {
		const pipeline = new Pipeline();
		pipeline.setPeer(peer.address, peer.port);
		pipeline.openReceive();
		feed(pipeline, { address: 7, port: 7 }, 50);
		assert.deepEqual(counts(pipeline), [0, 50]);
		assert.strictEqual(peak(pipeline.tick()), 0);
		feed(pipeline, peer, 10);
		feed(pipeline, { address: 7, port: 7 }, 150, 500, 2);
		assert.deepEqual(counts(pipeline), [10, 200]);
		assert.strictEqual(pipeline.counters()[S.foreign], 0);
	});

	it("gives way to somebody else who has sent fifty packets in sequence where nothing was heard of it", () => {
		const foreign = { address: 7, port: 7 };
		const pipeline = new Pipeline();
		pipeline.setPeer(peer.address, peer.port);
		pipeline.openReceive();
		feed(pipeline, foreign, 40);
		// a gap, another source
		feed(pipeline, foreign, 40, 50);
		feed(pipeline, foreign, 40, 90, 2);
		assert.deepEqual(counts(pipeline), [0, 120]);
		feed(pipeline, foreign, 30, 130, 2);
		assert.deepEqual(counts(pipeline), [20, 130]);
		assert.strictEqual(pipeline.counters()[S.foreign], 20);
		assert.isAbove(peak(pipeline.tick()), 0);
		// as soon as the peer is heard it is played alone
		feed(pipeline, peer, 10, 0, 3);
		feed(pipeline, foreign, 100, 160, 2);
		assert.deepEqual(counts(pipeline), [30, 230]);
		assert.strictEqual(pipeline.counters()[S.foreign], 20);
		// with another peer it begins anew
		pipeline.setPeer(9, 9);
		feed(pipeline, foreign, 60, 260, 2);
		assert.deepEqual(counts(pipeline), [40, 280]);
	});

	it("takes the place of whoever came first as soon as it is known", () => {
		const pipeline = new Pipeline();
		pipeline.openReceive();
		feed(pipeline, { address: 7, port: 7 }, 10);
		pipeline.setPeer(peer.address, peer.port);
		feed(pipeline, peer, 10, 300, 2);
		assert.deepEqual(counts(pipeline), [20, 0]);
		feed(pipeline, { address: 7, port: 7 }, 10, 10);
		assert.deepEqual(counts(pipeline), [20, 10]);
	});

	it("may send from another port, until something comes from the one agreed", () => {
		const pipeline = new Pipeline();
		pipeline.setPeer(peer.address, peer.port);
		pipeline.openReceive();
		const other = { address: peer.address, port: peer.port + 8 };
		feed(pipeline, other, 10);
		assert.deepEqual(counts(pipeline), [10, 0]);
		feed(pipeline, peer, 10, 900, 2);
		assert.deepEqual(counts(pipeline), [20, 0]);
		feed(pipeline, other, 30, 10);
		assert.deepEqual(counts(pipeline), [20, 30]);
	});

	it("is anybody again when it is taken back", () => {
		const pipeline = new Pipeline();
		pipeline.setPeer(peer.address, peer.port);
		pipeline.setPeer(0, 0);
		pipeline.openReceive();
		feed(pipeline, { address: 7, port: 7 }, 10);
		assert.deepEqual(counts(pipeline), [10, 0]);
	});
});

describe("level of what is received", () => {
	it("is the sender's, over the start, a stretch and the end", () => {
		const call = new Call((at, count) => sine(1000, 10000, count, at));
		call.run(2000);
		const all = join(call.heard.slice(5));
		for (let at = 0; at + 800 < all.length; at += 800)
			assert.closeTo(level(all.subarray(at, at + 800), 1000), level(sine(1000, 10000, 800), 1000), 0.5);
	});
});
