// Ring files by their content: raw sound, sound in a file of another kind, and what is none.
import { assert } from "chai";
import type { Audio } from "hal/hardware";
import { RingFile } from "provisioning/ring-file";

const room = 16400;

/** What the audio pipeline gets of a file that comes in pieces, and what is said of it. */
function take(octets: Uint8Array, piece: number) {
	const sound: number[] = [];
	let ended = false;
	let begun = 0;
	const audio = {
		beginRing: () => {
			begun += 1;
			return false;
		},
		ringData: (part: Uint8Array) => {
			const taken = Math.min(part.length, room - sound.length);
			for (let i = 0; i < taken; i += 1) sound.push(part[i] as number);
			return taken;
		},
		endRing: () => {
			ended = sound.length > 0;
			return ended;
		},
	} as unknown as Audio;
	const file = new RingFile(audio);
	let more = true;
	for (let at = 0; at < octets.length && more; at += piece) more = file.data(octets.subarray(at, at + piece));
	const problem = file.end();
	assert.strictEqual(ended, problem === "");
	assert.isAtMost(begun, 1);
	if (problem !== "") assert.strictEqual(begun, 0, "nothing gives way to what is no ring");
	return { problem, sound, more, file };
}

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const little = (value: number, octets: number): number[] =>
	Array.from({ length: octets }, (_, i) => Math.floor(value / 256 ** i) % 256);
const big = (value: number): number[] => little(value, 4).reverse();
/** Sound that never repeats within a ring and looks like none of the other kinds. */
const noise = (octets: number): number[] => {
	let state = 1;
	return Array.from({ length: octets }, () => {
		state = (state * 48271) % 0x7fffffff;
		return 0x80 | (state & 0xff);
	});
};
const chunk = (id: string, body: number[], size = body.length): number[] => [...ascii(id), ...little(size, 4), ...body];
const format = (kind: number, channels: number, rate: number, bits: number, more: number[] = []): number[] =>
	chunk("fmt ", [
		...little(kind, 2),
		...little(channels, 2),
		...little(rate, 4),
		...little((rate * channels * bits) / 8, 4),
		...little((channels * bits) / 8, 2),
		...little(bits, 2),
		...more,
	]);
const wav = (...chunks: number[][]): number[] => {
	const body = chunks.flat();
	return [...ascii("RIFF"), ...little(4 + body.length, 4), ...ascii("WAVE"), ...body];
};
/** A quiet hum in signed samples of 8 or 16 bits. */
const hum = (samples: number, octets: number): number[] =>
	Array.from({ length: samples }, (_, i) => little(256 ** octets + Math.round(9 * Math.sin(i / 5)), octets)).flat();
const expected = "mu-law, 8000 Hz, 1 channel is expected";

describe("ring files by content", () => {
	it("raw sound of any length is taken as it is, up to what there is room for", () => {
		for (const octets of [1, 7, 63, 64, 65, 240, 4000, 9570, 12_096, 16_296, 16_384, room, room + 1, 40_000]) {
			const codes = noise(octets);
			for (const piece of [1024, 77]) {
				const { problem, sound, file, more } = take(Uint8Array.from(codes), piece);
				assert.strictEqual(problem, "");
				assert.deepEqual(sound, codes.slice(0, room));
				assert.strictEqual(file.taken, Math.min(octets, room));
				assert.strictEqual(file.taken < file.octets, octets > room);
				assert.strictEqual(more, octets <= room);
				assert.isTrue(file.alone, "where there is memory for one");
			}
		}
	});

	it("raw sound that begins with silence, or as loud as can be, is no linear PCM", () => {
		const quiet = Array.from({ length: 300 }, (_, i) => (i % 5 < 3 ? 0xff : 0x7e));
		const loud = Array.from({ length: 300 }, (_, i) => (i % 20 < 10 ? 0x80 : 0x00) + (i % 4));
		const steady = Array.from({ length: 300 }, () => 0);
		for (const codes of [quiet, loud, steady]) {
			const { problem, sound } = take(Uint8Array.from(codes), 512);
			assert.strictEqual(problem, "");
			assert.deepEqual(sound, codes);
		}
	});

	it("mu-law in a WAV or AU file is taken without what is around it", () => {
		const codes = noise(1001);
		const mulaw = format(7, 1, 8000, 8);
		const list = chunk("LIST", ascii("INFOISFT\x0e\0\0\0odd length one"));
		const files: Record<string, number[]> = {
			"as it is written": wav(mulaw, chunk("data", codes)),
			"with an extension and a count": wav(
				format(7, 1, 8000, 8, [0, 0]),
				chunk("fact", little(codes.length, 4)),
				chunk("data", codes),
			),
			"with more before and behind": wav(list, mulaw, chunk("junk", [1, 2, 3, 0], 3), chunk("data", codes), list),
			"written as it came": wav(mulaw, chunk("data", codes, 0xffffffff)),
			AU: [...ascii(".snd"), ...big(24), ...big(codes.length), ...big(1), ...big(8000), ...big(1), ...codes],
			"AU with a note": [
				...ascii(".snd"),
				...big(40),
				...big(0xffffffff),
				...big(1),
				...big(8000),
				...big(1),
				...ascii("sixteen letters."),
				...codes,
			],
		};
		for (const [name, octets] of Object.entries(files)) {
			for (const piece of [1, 13, 512, 4096]) {
				const { problem, sound } = take(Uint8Array.from(octets), piece);
				assert.strictEqual(problem, "", name);
				assert.deepEqual(sound, codes, name);
			}
		}
	});

	it("others are refused with what they are", () => {
		const codes = noise(300);
		const data = chunk("data", codes);
		const files: [number[], string][] = [
			[[], "it is empty"],
			[ascii("<!DOCTYPE html><html><body>404 Not Found</body></html>"), `it is a page or another text: ${expected}`],
			[ascii(`<HTML>${"x".repeat(200)}`), `it is a page or another text: ${expected}`],
			[ascii("No such file or directory"), `it is a page or another text: ${expected}`],
			[[...ascii("ID3\x04"), ...codes], `it is an MP3 file: ${expected}`],
			[[0xff, 0xfb, 0x90, 0x64, ...codes], `it is an MP3 file: ${expected}`],
			[[...ascii("OggS"), ...codes], `it is an Ogg file: ${expected}`],
			[[...ascii("fLaC"), ...codes], `it is a FLAC file: ${expected}`],
			[[...ascii("MThd"), 0, 0, 0, 6, ...codes], `it is a MIDI file: ${expected}`],
			[[0, 0, 0, 24, ...ascii("ftypM4A "), ...codes], `it is an MP4 file: ${expected}`],
			[[...ascii("FORM"), 0, 0, 1, 0, ...ascii("AIFF"), ...codes], `it is an AIFF file: ${expected}`],
			[[...ascii("RIFF"), 0, 1, 0, 0, ...ascii("AVI "), ...codes], `it is a RIFF file without sound: ${expected}`],
			[wav(format(1, 2, 44100, 16), data), `it is a WAV file of PCM, 44100 Hz, 2 channels: ${expected}`],
			[wav(format(6, 1, 8000, 8), data), `it is a WAV file of A-law, 8000 Hz, 1 channel: ${expected}`],
			[wav(format(7, 1, 16000, 8), data), `it is a WAV file of mu-law, 16000 Hz, 1 channel: ${expected}`],
			[wav(format(0xfffe, 1, 8000, 8), data), `it is a WAV file of format 65534, 8000 Hz, 1 channel: ${expected}`],
			[wav(data), "it is a WAV file that does not say what its sound is"],
			[wav(chunk("fmt ", [7, 0, 1, 0]), data), "it is a WAV file that does not say what its sound is"],
			[wav(format(7, 1, 8000, 8)), "no sound is in it"],
			[wav(format(7, 1, 8000, 8), chunk("data", [])), "no sound is in it"],
			[wav(format(7, 1, 8000, 8), chunk("data", []), chunk("LIST", codes)), "no sound is in it"],
			[wav(), "no sound is in it"],
			[hum(200, 1), `it is linear PCM: ${expected}`],
			[hum(200, 2), `it is linear PCM: ${expected}`],
			[
				[...ascii(".snd"), ...big(24), ...big(300), ...big(27), ...big(8000), ...big(1), ...codes],
				`it is an AU file of encoding 27, 8000 Hz, 1 channel: ${expected}`,
			],
		];
		for (const [octets, problem] of files) {
			for (const piece of [3, 64, 1024])
				assert.strictEqual(take(Uint8Array.from(octets), piece).problem, problem, `${problem} in pieces of ${piece}`);
		}
	});

	it("silence and sound that begins like another file is sound", () => {
		for (const first of [
			[0xff, 0xff, 0xff, 0xff],
			[0xff, 0xfb, 0xfe, 0x7e],
			[0x7f, 0x7f],
			ascii("R"),
			ascii("ID"),
			[0xef, 0x3c],
		]) {
			const codes = [...first, ...noise(200)];
			assert.deepEqual(take(Uint8Array.from(codes), 50).sound, codes);
		}
	});
});
