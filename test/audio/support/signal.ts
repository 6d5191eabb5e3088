/*
 * Sound made and measured for the tests of the audio pipeline, in double precision and apart from its own code.
 */

/** A sine of `amplitude` at `frequency` Hz, from sample `offset` on. */
export function sine(frequency: number, amplitude: number, count: number, offset = 0, rate = 8000): Int16Array {
	return Int16Array.from({ length: count }, (_, i) =>
		Math.round(amplitude * Math.sin((2 * Math.PI * frequency * (i + offset)) / rate)),
	);
}

/** Level of one frequency in dBm0: a sine of peak 32636 has +3.17 (G.711, mu-law). Hann window against leakage. */
export function level(samples: ArrayLike<number>, frequency: number): number {
	return 20 * Math.log10(amplitude(samples, frequency) / 32636) + 3.17;
}

/** Amplitude of one frequency. */
export function amplitude(samples: ArrayLike<number>, frequency: number, rate = 8000): number {
	let real = 0;
	let imaginary = 0;
	let weight = 0;
	for (let i = 0; i < samples.length; i++) {
		const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / samples.length);
		real += window * (samples[i] as number) * Math.cos((2 * Math.PI * frequency * i) / rate);
		imaginary += window * (samples[i] as number) * Math.sin((2 * Math.PI * frequency * i) / rate);
		weight += window;
	}
	return (2 * Math.hypot(real, imaginary)) / weight;
}

/** The strongest frequency within `span` Hz of `near`, found to 0.1 Hz. */
export function peakFrequency(samples: ArrayLike<number>, near: number, span = 15): number {
	let best = near;
	let most = -1;
	for (let frequency = near - span; frequency <= near + span; frequency += 0.1) {
		const found = amplitude(samples, frequency);
		if (found > most) {
			most = found;
			best = frequency;
		}
	}
	return best;
}

/** How often a second a sound swells and ebbs, from 5 to 60 times: the strongest frequency of its rectified samples. */
export function beat(samples: Int16Array): number {
	const mean = samples.reduce((sum, sample) => sum + Math.abs(sample), 0) / samples.length;
	const swell = Float64Array.from(samples, (sample) => Math.abs(sample) - mean);
	const found = Array.from({ length: 111 }, (_, i) => amplitude(swell, 5 + i / 2));
	return 5 + found.indexOf(Math.max(...found)) / 2;
}

/** Largest absolute value. */
export function peak(samples: ArrayLike<number>): number {
	let most = 0;
	for (let i = 0; i < samples.length; i++) most = Math.max(most, Math.abs(samples[i] as number));
	return most;
}

/** Normalised correlation of two stretches of sound. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let ab = 0;
	let aa = 0;
	let bb = 0;
	for (let i = 0; i < Math.min(a.length, b.length); i++) {
		const x = a[i] as number;
		const y = b[i] as number;
		ab += x * y;
		aa += x * x;
		bb += y * y;
	}
	return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** Joins frames to one stretch. */
export function join(frames: Int16Array[]): Int16Array {
	const all = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
	let at = 0;
	for (const frame of frames) {
		all.set(frame, at);
		at += frame.length;
	}
	return all;
}

/** Repeatable random numbers below 1 (a linear congruential generator). */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 4294967296;
	};
}

/** Options of an RTP packet; what is not given is plain. */
export interface PacketOptions {
	sequence: number;
	timestamp: number;
	payload: Uint8Array;
	payloadType?: number;
	ssrc?: number;
	marker?: boolean;
	csrc?: number;
	extension?: number;
	padding?: number;
	version?: number;
}

/** An RTP packet after RFC 3550, octet by octet. */
export function rtpPacket(options: PacketOptions): Uint8Array {
	const { csrc = 0, extension = -1, padding = 0, version = 2 } = options;
	const head = 12 + 4 * csrc + (extension < 0 ? 0 : 4 + 4 * extension);
	const packet = Buffer.alloc(head + options.payload.length + padding);
	packet[0] = (version << 6) | (padding > 0 ? 32 : 0) | (extension < 0 ? 0 : 16) | csrc;
	packet[1] = (options.marker ? 128 : 0) | (options.payloadType ?? 0);
	packet.writeUInt16BE(options.sequence & 0xffff, 2);
	packet.writeUInt32BE(options.timestamp >>> 0, 4);
	packet.writeUInt32BE((options.ssrc ?? 0x11223344) >>> 0, 8);
	if (extension >= 0) packet.writeUInt16BE(extension, 12 + 4 * csrc + 2);
	packet.set(options.payload, head);
	if (padding > 0) packet[packet.length - 1] = padding;
	return packet;
}

/** A WAV file after Microsoft's layout. */
export function wav(samples: Int16Array, rate = 8000, channels = 1, bits = 16, tag = 1): Buffer {
	const head = Buffer.alloc(44);
	head.write("RIFF", 0);
	head.writeUInt32LE(36 + samples.byteLength, 4);
	head.write("WAVEfmt ", 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(tag, 20);
	head.writeUInt16LE(channels, 22);
	head.writeUInt32LE(rate, 24);
	head.writeUInt32LE((rate * channels * bits) / 8, 28);
	head.writeUInt16LE((channels * bits) / 8, 32);
	head.writeUInt16LE(bits, 34);
	head.write("data", 36);
	head.writeUInt32LE(samples.byteLength, 40);
	return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
