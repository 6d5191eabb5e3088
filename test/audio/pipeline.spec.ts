/*
 * The whole tick: packets out, packets in, echo through two pipelines, volume, mute, routes, two streams, memory.
 */
import { assert } from "chai";
import { decode, encode, FRAME, MU_LAW, Pipeline, pipelineSize } from "./support/library.js";
import { correlation, join, peak, random, rtpPacket, sine } from "./support/signal.js";

/** Sound with the loudness of speech: noise through a slow envelope. */
function speech(frames: number, seed = 7): Int16Array[] {
	const next = random(seed);
	let smooth = 0;
	return Array.from({ length: frames }, (_, frame) =>
		Int16Array.from({ length: FRAME }, (_, i) => {
			smooth += (next() * 2 - 1 - smooth) * 0.5;
			const envelope = 0.5 + 0.5 * Math.sin((frame * FRAME + i) / 700);
			return Math.round(smooth * envelope * 12000);
		}),
	);
}

function sequenceOf(packet: Uint8Array): number {
	return Buffer.from(packet).readUInt16BE(2);
}

function timestampOf(packet: Uint8Array): number {
	return Buffer.from(packet).readUInt32BE(4);
}

describe("audio pipeline", () => {
	it("keeps two streams within 48 KB", () => {
		assert.isAtMost(pipelineSize, 49152);
	});

	it("is idle, silent and sends nothing until something is opened", () => {
		const pipeline = new Pipeline();
		assert.isFalse(pipeline.active);
		assert.strictEqual(peak(pipeline.tick(sine(1000, 8000, FRAME))), 0);
		assert.isUndefined(pipeline.collect());
	});

	for (const packetTime of [10, 20, 30, 40, 50, 60]) {
		for (const payloadType of [0, 8]) {
			it(`sends packets of ${packetTime} ms of payload type ${payloadType}`, () => {
				const pipeline = new Pipeline();
				assert.isTrue(pipeline.startTransmit(0, payloadType, packetTime, [0xdeadbeef, 0x1fffe, 0xffffff00]));
				const sound = speech(60);
				const packets: Uint8Array[] = [];
				for (const [i, frame] of sound.entries()) {
					pipeline.tick(frame);
					const packet = pipeline.collect();
					assert.strictEqual(packet !== undefined, (i + 1) % (packetTime / 10) === 0);
					if (packet) packets.push(packet);
				}
				const samples = packetTime * 8;
				const expected = encode(payloadType, join(sound));
				for (const [i, packet] of packets.entries()) {
					assert.strictEqual(packet.length, 12 + samples);
					assert.strictEqual(packet[0], 0x80);
					assert.strictEqual(packet[1], (i === 0 ? 0x80 : 0) | payloadType, "marker and payload type");
					assert.strictEqual(sequenceOf(packet), (0xfffe + i) & 0xffff);
					assert.strictEqual(timestampOf(packet), (0xffffff00 + i * samples) >>> 0);
					assert.strictEqual(Buffer.from(packet).readUInt32BE(8), 0xdeadbeef);
					assert.deepEqual(packet.subarray(12), expected.subarray(i * samples, (i + 1) * samples));
				}
				const counters = pipeline.counters();
				assert.deepEqual([counters[0], counters[1]], [packets.length, packets.length * samples]);
				assert.deepEqual([counters[15], counters[17]], [payloadType, packetTime]);
			});
		}
	}

	for (const [stream, payloadType, packetTime] of [
		[2, 0, 20],
		[0, 18, 20],
		[0, 101, 20],
		[0, 0, 0],
		[0, 0, 15],
		[0, 0, 70],
		[0xffffffff, 0, 20],
	] as const) {
		it(`refuses stream ${stream}, payload type ${payloadType}, ${packetTime} ms`, () => {
			const pipeline = new Pipeline();
			assert.isFalse(pipeline.openReceive(stream, payloadType, packetTime));
			assert.isFalse(pipeline.startTransmit(stream, payloadType, packetTime));
			assert.isFalse(pipeline.active);
		});
	}

	for (const payloadType of [0, 8]) {
		for (const [there, back] of [
			[10, 10],
			[20, 20],
			[20, 60],
			[60, 30],
		] as const) {
			it(`echoes sample for sample: payload type ${payloadType}, ${there} ms there, ${back} ms back`, () => {
				const near = new Pipeline();
				const far = new Pipeline();
				near.openReceive(0, payloadType, back);
				near.startTransmit(0, payloadType, there, [1, 65530, 4294967000]);
				far.openReceive(0, payloadType, there);
				far.startTransmit(0, payloadType, back, [2, 3, 4]);
				const sound = speech(180);
				const heard: Int16Array[] = [];
				let echo: Int16Array = new Int16Array(FRAME);
				for (const frame of sound) {
					heard.push(near.tick(frame));
					echo = far.tick(echo);
					for (let packet = near.collect(); packet; packet = near.collect()) far.deliver(packet, far.ticks * FRAME);
					for (let packet = far.collect(); packet; packet = far.collect()) near.deliver(packet, near.ticks * FRAME);
				}
				const sent = decode(payloadType, encode(payloadType, join(sound)));
				const received = join(heard);
				const first = received.findIndex((sample) => Math.abs(sample) > 500);
				let delay = 0;
				let best = 0;
				for (let lag = 0; lag < 4000; lag += 1) {
					const found = correlation(sent.subarray(8000, 9600), received.subarray(8000 + lag, 9600 + lag));
					if (found > best) {
						best = found;
						delay = lag;
					}
				}
				assert.isAbove(first, 0);
				// Beyond the first frame that comes back, which is faded in, every sample is the one that was sent.
				const length = received.length - delay;
				assert.deepEqual(received.subarray(delay + 2 * FRAME), sent.subarray(2 * FRAME, length));
				for (const pipeline of [near, far]) {
					const counters = pipeline.counters();
					assert.strictEqual(counters[4], 0, "lost");
					assert.strictEqual(counters[5], 0, "late");
					assert.strictEqual(counters[12], 0, "concealed");
				}
			});
		}
	}

	describe("with sound coming in", () => {
		/** A pipeline that plays a constant level, on `route`. */
		function playing(route: number, sample = 4000): { pipeline: Pipeline; next: () => Int16Array } {
			const pipeline = new Pipeline(route);
			pipeline.openReceive(0, 0, 10);
			const payload = encode(MU_LAW, new Int16Array(FRAME).fill(sample));
			let sequence = 0;
			const next = () => {
				pipeline.deliver(rtpPacket({ sequence, timestamp: sequence * FRAME, payload }));
				sequence++;
				return pipeline.tick();
			};
			for (let i = 0; i < 20; i++) next();
			return { pipeline, next };
		}

		it("changes volume by 1.5 dB a step, unchanged at step 16", () => {
			const { pipeline, next } = playing(1, 3000);
			const plain = decode(MU_LAW, encode(MU_LAW, new Int16Array([3000])))[0] as number;
			for (let step = 0; step <= 24; step++) {
				pipeline.setVolume(1, step);
				next();
				const frame = next();
				assert.closeTo(20 * Math.log10((frame[40] as number) / plain), (step - 16) * 1.5, 0.05, `step ${step}`);
				if (step === 16) assert.deepEqual(frame, new Int16Array(FRAME).fill(plain));
			}
		});

		it("keeps a volume for each route", () => {
			const { pipeline, next } = playing(1);
			pipeline.setVolume(3, 10);
			pipeline.setRoute(3);
			next();
			const soft = peak(next());
			pipeline.setRoute(1);
			next();
			assert.closeTo(20 * Math.log10(peak(next()) / soft), 9, 0.05);
		});

		it("goes from one volume to another in a straight line", () => {
			const { pipeline, next } = playing(1);
			pipeline.setVolume(1, 24);
			const frame = next();
			for (let i = 1; i < FRAME; i++) assert.isBelow(Math.abs((frame[i] as number) - (frame[i - 1] as number)), 200);
		});

		it("plays nothing on route none, but goes on counting", () => {
			const { pipeline, next } = playing(1);
			pipeline.setRoute(0);
			next();
			const before = pipeline.counters()[13] as number;
			assert.strictEqual(peak(next()), 0);
			assert.strictEqual(pipeline.counters()[13], before + 1);
		});

		it("mixes a tone into the call", () => {
			const { pipeline, next } = playing(1);
			const before = peak(next());
			pipeline.startTone(0x2d);
			next();
			assert.isAbove(peak(next()), before + 3000);
		});

		it("adds up two streams", () => {
			const { pipeline, next } = playing(1);
			const alone = next()[40] as number;
			pipeline.openReceive(1, 0, 10);
			const payload = encode(MU_LAW, new Int16Array(FRAME).fill(1000));
			let both = 0;
			for (let i = 0; i < 20; i++) {
				pipeline.deliver(rtpPacket({ sequence: i, timestamp: i * FRAME, payload }), undefined, undefined, 1);
				both = next()[40] as number;
			}
			assert.strictEqual(both, alone + (decode(MU_LAW, encode(MU_LAW, new Int16Array([1000])))[0] as number));
		});

		it("is silent again, and idle, after closing", () => {
			const { pipeline, next } = playing(1);
			pipeline.closeReceive();
			assert.strictEqual(peak(next()), 0);
			assert.isFalse(pipeline.active);
		});

		it("counts from nought after opening again", () => {
			const { pipeline } = playing(1);
			pipeline.closeReceive();
			pipeline.openReceive(0, 8, 30);
			assert.deepEqual([...pipeline.counters()].slice(2, 15), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8]);
			assert.strictEqual(pipeline.counters()[16], 30);
		});
	});

	it("sends silence while muted or on route none, in both laws, after fading out in one frame", () => {
		for (const [payloadType, silence] of [
			[0, 0xff],
			[8, 0xd5],
		] as const) {
			const pipeline = new Pipeline();
			pipeline.startTransmit(0, payloadType, 10);
			const loud = sine(1000, 20000, FRAME);
			const send = () => {
				pipeline.tick(loud);
				return (pipeline.collect() as Uint8Array).subarray(12);
			};
			assert.isTrue(send().some((code) => code !== silence));
			pipeline.setMute(true);
			const fading = decode(payloadType, send());
			assert.isAbove(peak(fading.subarray(0, 20)), 10000);
			assert.isBelow(peak(fading.subarray(-10)), 3000);
			assert.isTrue(send().every((code) => code === silence));
			pipeline.setMute(false);
			assert.isTrue(send().some((code) => code !== silence));
			pipeline.setRoute(0);
			send();
			assert.isTrue(send().every((code) => code === silence));
		}
	});

	it("goes on in time when nobody takes its packets", () => {
		const pipeline = new Pipeline();
		pipeline.startTransmit(0, 0, 20, [1, 100, 0]);
		for (let i = 0; i < 40; i++) pipeline.tick();
		const packets: Uint8Array[] = [];
		for (let packet = pipeline.collect(); packet; packet = pipeline.collect()) packets.push(packet);
		pipeline.tick();
		pipeline.tick();
		const last = pipeline.collect() as Uint8Array;
		assert.strictEqual(packets.length, 8);
		assert.strictEqual(sequenceOf(last), 108);
		assert.strictEqual(timestampOf(last), 20 * 160);
	});
});
