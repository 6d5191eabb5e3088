/*
 * The call agent's own codecs: G.722 beside ffmpeg's, code for code and sample for sample, and what tones sound like through each.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { assert } from "chai";
import { coderOf, coderOfPayload, coders, Listener, soundOf } from "../../../tools/call-agent/coders.js";
import { G722Decoder, G722Encoder } from "../../../tools/call-agent/g722.js";
import { melody, testTone, tone } from "../../../tools/call-agent/sounds.js";
import { amplitude, random } from "../../audio/support/signal.js";
import { needs } from "../../support/optional.js";

const wide = 16000;

/** Two seconds each of quiet, usual, loud and far too loud sound over the whole band. */
function material(): Int16Array {
	const next = random(7);
	return Int16Array.from({ length: 8 * wide }, (_, index) => {
		const loudness = [300, 6000, 20000, 60000][Math.floor(index / (2 * wide))] as number;
		const sound = 0.4 * Math.sin(index * 0.2) + 0.3 * Math.sin(index * 2.4) + 0.3 * (2 * next() - 1);
		return Math.max(-32768, Math.min(32767, Math.round(loudness * sound)));
	});
}

function ffmpeg(input: Buffer, ...options: string[]): Buffer {
	return execFileSync("ffmpeg", ["-loglevel", "error", ...options], { input, maxBuffer: 1 << 26 });
}

describe("codecs of the call agent", () => {
	describe("G.722 beside ffmpeg's", () => {
		const raw = ["-f", "s16le", "-ar", `${wide}`, "-ac", "1"];

		before(function () {
			needs(this, spawnSync("ffmpeg", ["-version"]).status === 0, "ffmpeg is not there: apt-get install ffmpeg");
		});

		it("has the same codes and the same samples", () => {
			const samples = material();
			const input = Buffer.from(samples.buffer);
			const codes = ffmpeg(input, ...raw, "-i", "-", "-c:a", "g722", "-trellis", "0", "-f", "g722", "-");
			assert.lengthOf(codes, samples.length / 2);
			const encoder = new G722Encoder();
			let other = 0;
			for (const [at, code] of codes.entries())
				if (encoder.encode(samples[2 * at] as number, samples[2 * at + 1] as number) !== code) other++;
			assert.equal(other, 0, "codes");
			const decoded = ffmpeg(codes, "-f", "g722", "-i", "-", ...raw, "-");
			assert.lengthOf(decoded, 2 * samples.length);
			const decoder = new G722Decoder();
			for (const [at, code] of codes.entries()) {
				const pair = decoder.decode(code);
				for (const half of [0, 1]) if (pair[half] !== decoded.readInt16LE(4 * at + 2 * half)) other++;
			}
			assert.equal(other, 0, "samples");
		});
	});

	it("are found by SCCP's number and RTP's payload type, mu-law for what is none", () => {
		assert.deepEqual(
			coders.map(({ codec, name, payloadType }) => [name, codec, payloadType]),
			[
				["g722", 6, 9],
				["g711u", 4, 0],
				["g711a", 2, 8],
			],
		);
		for (const coder of coders) {
			assert.equal(coderOf(coder.codec), coder);
			assert.equal(coderOfPayload(coder.payloadType), coder);
		}
		assert.equal(coderOf(11).name, "g711u");
		assert.isUndefined(coderOfPayload(101));
	});

	for (const coder of coders) {
		it(`${coder.name}: a tone comes back as loud as it went in, packet by packet`, () => {
			const encode = coder.encoder();
			const listener = new Listener();
			const heard: number[] = [];
			for (let packet = 0; packet < 50; packet++) {
				const payload = encode(testTone, packet * 160, 160);
				assert.lengthOf(payload, 160);
				heard.push(...(listener.hear(coder.payloadType, payload) ?? []));
			}
			assert.lengthOf(heard, 8000);
			const expected = amplitude(
				Array.from({ length: 4000 }, (_, at) => testTone(at)),
				1004,
			);
			assert.closeTo(amplitude(heard.slice(1000, 5000), 1004), expected, expected / 30);
		});
	}

	it("G.722 carries tones above 4 kHz", () => {
		const encode = coderOf(6).encoder();
		const decoder = new G722Decoder();
		const sound = tone([6000], -16);
		const samples = [...encode(sound, 0, 8000)].flatMap((octet) => decoder.decode(octet));
		const sent = amplitude(
			Array.from({ length: 8000 }, (_, at) => sound(at / 2)),
			6000,
			wide,
		);
		assert.closeTo(amplitude(samples.slice(2000, 10000), 6000, wide), sent, sent / 15);
	});

	it("sounds have their samples between those at 8 kHz as well", () => {
		for (const sound of [testTone, melody])
			for (let at = 100; at < 3000; at += 7) {
				const [before, between, after] = [sound(at), sound(at + 0.5), sound(at + 1)];
				assert.isAtMost(Math.abs(between - (before + after) / 2), 1200);
				assert.isTrue(Number.isFinite(between));
			}
		const line = soundOf([0, 10, 20]);
		assert.deepEqual([0, 0.5, 1, 1.5, 2, 2.5, 3].map(line), [0, 5, 10, 15, 20, 20, 0]);
	});
});
