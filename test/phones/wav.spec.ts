/*
 * WAVE files: what is played is what was written, and what cannot be played is refused by name and reason.
 */
import { assert } from "chai";
import { makeSpeech } from "../../tools/call/speech.js";
import { formatWav, parseWav, readWav, sampleRate, WavError } from "../../tools/call/wav.js";

describe("WAV files", () => {
	const samples = Int16Array.from({ length: 800 }, (_, index) => Math.round(1000 * Math.sin(index / 5)));

	it("come back as they were written", () => {
		assert.deepEqual(parseWav(formatWav(samples), "a.wav"), samples);
	});

	it("may hold other chunks, of odd length too", () => {
		const file = formatWav(samples);
		const list = Buffer.from("LIST\x03\0\0\0abc\0", "latin1");
		const more = Buffer.concat([file.subarray(0, 36), list, file.subarray(36)]);
		assert.deepEqual(parseWav(more, "a.wav"), samples);
	});

	it("whose end is cut off give what is there", () => {
		assert.deepEqual(parseWav(formatWav(samples).subarray(0, 44 + 100), "a.wav"), samples.subarray(0, 50));
	});

	const refusals: [string, (file: Buffer) => void, RegExp][] = [
		["another rate", (file) => file.writeUInt32LE(44100, 24), /^a\.wav: .*44100 Hz/],
		["two channels", (file) => file.writeUInt16LE(2, 22), /2 channels/],
		["8 bit", (file) => file.writeUInt16LE(8, 34), /8 bit/],
		["mu-law", (file) => file.writeUInt16LE(7, 20), /mu-law/],
		["no WAVE header", (file) => file.write("AVI ", 8, "latin1"), /not a WAV file/],
		["no samples", (file) => file.write("none", 36, "latin1"), /no samples/],
	];
	for (const [what, spoil, message] of refusals) {
		it(`are refused for ${what}`, () => {
			const file = formatWav(samples);
			spoil(file);
			assert.throws(() => parseWav(file, "a.wav"), WavError, message);
		});
	}

	it("that are not there are said not to be", () => {
		assert.throws(() => readWav("/nowhere/a.wav"), WavError, "/nowhere/a.wav: no such file");
	});
});

describe("The speech-like sample", () => {
	const speech = makeSpeech(10);

	it("is as long as asked and never silent for long", () => {
		assert.strictEqual(speech.length, 10 * sampleRate);
		let quiet = 0;
		let longest = 0;
		for (const sample of speech) {
			quiet = Math.abs(sample) < 100 ? quiet + 1 : 0;
			longest = Math.max(longest, quiet);
		}
		assert.isBelow(longest, 0.25 * sampleRate);
	});

	it("is loud and does not clip", () => {
		const power = speech.reduce((sum, sample) => sum + sample * sample, 0) / speech.length;
		assert.isAbove(Math.sqrt(power), 800);
		assert.isBelow(Math.max(...speech), 0x7fff);
	});

	it("is the same each time", () => {
		assert.deepEqual(makeSpeech(10), speech);
	});

	it("does not resemble itself at another time", () => {
		const second = speech.subarray(0, sampleRate);
		let power = 0;
		for (const sample of second) power += sample * sample;
		for (let lag = 400; lag < 8 * sampleRate; lag += 40) {
			let cross = 0;
			let other = 0;
			for (let index = 0; index < second.length; index++) {
				const sample = speech[lag + index] as number;
				cross += (second[index] as number) * sample;
				other += sample * sample;
			}
			assert.isBelow(Math.abs(cross) / Math.sqrt(power * other), 0.8, `lag ${lag}`);
		}
	});
});
