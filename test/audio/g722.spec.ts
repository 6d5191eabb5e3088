/*
 * G.722 against two codecs that know nothing of this one, octet by octet and sample by sample: ffmpeg's, and that of Debian's
 * libspandsp. Both are the Recommendation's arithmetic but for a limit each: ffmpeg sums the zeros' part of a prediction without
 * limits between, which only streams that no encoder makes can tell, and spandsp lets what is decoded beyond 16 bits wrap.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import koffi from "koffi";
import { needs } from "../support/optional.js";
import { Coder, G722 } from "./support/library.js";
import { amplitude, random } from "./support/signal.js";

const COUNT = 64_000;

/** Pulses of a pitch that moves, through two resonances, and hisses between: what voices are made of. */
function voice(): Int16Array {
	const next = random(5);
	const formants = [
		[700, 0.97],
		[2100, 0.95],
	].map(([frequency = 0, radius = 0]) => ({
		first: 2 * radius * Math.cos((2 * Math.PI * frequency) / 16000),
		second: -radius * radius,
		past: [0, 0],
	}));
	let phase = 0;
	let before = 0;
	return Int16Array.from({ length: COUNT }, (_, i) => {
		const syllable = Math.max(0, Math.sin((2 * Math.PI * i) / 4000));
		phase += (110 + 30 * Math.sin(i / 9000)) / 16000;
		let sound = phase >= 1 ? 4000 : 0;
		phase %= 1;
		for (const formant of formants) {
			const [one = 0, two = 0] = formant.past;
			sound += formant.first * one + formant.second * two;
			formant.past = [sound, one];
		}
		const noise = next() - 0.5;
		const hiss = syllable === 0 ? 6000 * (noise - before) : 0;
		before = noise;
		return Math.max(-32768, Math.min(32767, Math.round(sound * syllable * 0.2 + hiss)));
	});
}

const noise = random(1);
const sounds: Readonly<Record<string, Int16Array>> = {
	"a voice": voice(),
	"noise at full scale": Int16Array.from({ length: COUNT }, () => Math.floor(noise() * 65536) - 32768),
	"faint noise": Int16Array.from({ length: COUNT }, () => Math.floor(noise() * 7) - 3),
	"square waves at full scale": Int16Array.from({ length: COUNT }, (_, i) =>
		Math.floor(i / (1 + (Math.floor(i / 1600) % 40))) % 2 === 0 ? 32767 : -32768,
	),
	silence: new Int16Array(COUNT),
	"a sweep at full scale": Int16Array.from({ length: COUNT }, (_, i) =>
		Math.round(32767 * Math.sin((2 * Math.PI * i * (i * 4000)) / COUNT / 16000)),
	),
	"bursts and clicks": Int16Array.from({ length: COUNT }, (_, i) =>
		i % 2000 === 0 ? -32768 : i % 8000 < 1000 ? Math.floor(noise() * 65536) - 32768 : 0,
	),
};
const streams: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
	[1, 2, 3].map((seed) => {
		const next = random(seed);
		return [`octets at random, ${seed}`, Uint8Array.from({ length: COUNT / 2 }, () => Math.floor(next() * 256))];
	}),
);

/** Share of equal values, in percent. */
function agreement(one: ArrayLike<number>, other: ArrayLike<number>): number {
	assert.strictEqual(one.length, other.length);
	let equal = 0;
	for (let i = 0; i < one.length; i++) if (one[i] === other[i]) equal++;
	return (100 * equal) / one.length;
}

const octetsOf = (samples: Int16Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const samplesOf = (octets: Buffer) =>
	Int16Array.from({ length: octets.length >> 1 }, (_, i) => octets.readInt16LE(2 * i));

const encode = (samples: Int16Array) => new Coder(G722).encode(samples);
const decode = (codes: Uint8Array) => new Coder(G722).decode(codes);

describe("G.722 beside ffmpeg", function () {
	this.timeout(60_000);
	let folder: string;

	before(function () {
		let there = true;
		try {
			execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
		} catch {
			there = false;
		}
		needs(this, there, "ffmpeg is not there: apt-get install ffmpeg");
		folder = mkdtempSync(join(tmpdir(), "linnet-g722-"));
	});

	after(() => {
		if (folder) rmSync(folder, { recursive: true });
	});

	function ffmpeg(octets: Uint8Array, from: readonly string[], to: readonly string[]): Buffer {
		const [input, output] = [join(folder, "from"), join(folder, "to")];
		writeFileSync(input, octets);
		execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...from, "-i", input, ...to, output]);
		return readFileSync(output);
	}

	const raw = ["-f", "s16le", "-ar", "16000", "-ac", "1"];

	for (const [name, samples] of Object.entries(sounds)) {
		it(`encodes ${name} to the same octets`, () => {
			const theirs = ffmpeg(octetsOf(samples), raw, ["-c:a", "g722", "-f", "g722"]);
			assert.strictEqual(agreement(encode(samples), theirs), 100);
		});

		it(`decodes ${name} to the same samples`, () => {
			const codes = encode(samples);
			const theirs = ffmpeg(codes, ["-f", "g722"], ["-f", "s16le"]);
			assert.strictEqual(agreement(decode(codes), samplesOf(theirs)), 100);
		});
	}

	for (const [name, codes] of Object.entries(streams)) {
		it(`decodes ${name} to the same samples`, () => {
			const theirs = ffmpeg(codes, ["-f", "g722"], ["-f", "s16le"]);
			assert.strictEqual(agreement(decode(codes), samplesOf(theirs)), 100);
		});
	}
});

describe("G.722 beside spandsp", function () {
	this.timeout(60_000);
	let library: ReturnType<typeof koffi.load>;

	before(function () {
		let why = "";
		try {
			library = koffi.load("libspandsp.so.2");
		} catch (error) {
			why = `${(error as Error).message}: apt-get install libspandsp-dev`;
		}
		needs(this, why === "", why);
	});

	const call = (declaration: string, ...parameters: unknown[]) => library.func(declaration)(...parameters);

	function theirCodes(samples: Int16Array): Uint8Array {
		const state = call("void *g722_encode_init(void *, int, int)", null, 64000, 0);
		const codes = new Uint8Array(samples.length / 2);
		call("int g722_encode(void *, void *, const int16_t *, int)", state, codes, samples, samples.length);
		return codes;
	}

	/** Where samples are at the bounds of 16 bits, ours. */
	function theirSamples(codes: Uint8Array): Int16Array {
		const state = call("void *g722_decode_init(void *, int, int)", null, 64000, 0);
		const ours = decode(codes);
		const theirs = new Int16Array(ours.length);
		call("int g722_decode(void *, void *, const uint8_t *, int)", state, theirs, codes, codes.length);
		return theirs.map((sample, i) => (ours[i] === 32767 || ours[i] === -32768 ? ours[i] : sample) as number);
	}

	for (const [name, samples] of Object.entries(sounds)) {
		it(`encodes ${name} to the same octets, and decodes them to the same samples`, () => {
			const codes = encode(samples);
			assert.strictEqual(agreement(codes, theirCodes(samples)), 100);
			assert.strictEqual(agreement(decode(codes), theirSamples(codes)), 100);
		});
	}

	for (const [name, codes] of Object.entries(streams)) {
		it(`decodes ${name} to the same samples`, () => {
			assert.strictEqual(agreement(decode(codes), theirSamples(codes)), 100);
		});
	}
});

describe("G.722", () => {
	it("gives the same whether it is coded in one piece or in many", () => {
		const samples = sounds["a voice"] as Int16Array;
		const codes = encode(samples);
		const sound = decode(codes);
		const encoder = new Coder(G722);
		const decoder = new Coder(G722);
		const next = random(9);
		for (let at = 0; at < codes.length; ) {
			const count = Math.min(Math.floor(next() * 200), codes.length - at);
			assert.deepEqual(encoder.encode(samples.subarray(2 * at, 2 * (at + count))), codes.slice(at, at + count));
			assert.deepEqual(decoder.decode(codes.slice(at, at + count)), sound.slice(2 * at, 2 * (at + count)));
			at += count;
		}
	});

	for (const frequency of [300, 1000, 3400, 5000, 6800]) {
		it(`carries ${frequency} Hz as loud as it is`, () => {
			const samples = Int16Array.from({ length: 16000 }, (_, i) =>
				Math.round(8000 * Math.sin((2 * Math.PI * frequency * i) / 16000)),
			);
			assert.closeTo(amplitude(decode(encode(samples)).subarray(4000), frequency, 16000), 8000, 400);
		});
	}

	it("is silent where silence is coded", () => {
		assert.isAtMost(Math.max(...decode(encode(new Int16Array(16000))).map(Math.abs)), 4);
	});
});
