/*
 * RIFF WAVE files as the phone's sound channel wants them: 16-bit linear, mono, 8 kHz or, for a wideband phone, 16 kHz. Anything else
 * is refused with what it is.
 */
import { readFileSync, writeFileSync } from "node:fs";

/** Samples a second in a phone, unless it is a wideband one. */
export const sampleRate = 8000;
export const wideRate = 16000;

const pcmFormat = 1;
const extensibleFormat = 0xfffe;
const formatNames = new Map([
	[3, "floating point"],
	[6, "A-law"],
	[7, "mu-law"],
]);

/** A file that cannot be played, and why. */
export class WavError extends Error {
	override readonly name = "WavError";
}

/**
 * Reads a file's samples. Throws WavError, naming the file, when it cannot be read, is no WAVE file, is cut short or is not
 * 16-bit mono at that rate.
 */
export function readWav(file: string, rate = sampleRate): Int16Array {
	let data: Buffer;
	try {
		data = readFileSync(file);
	} catch (error) {
		throw new WavError(`${file}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : error}`);
	}
	return parseWav(data, file, rate);
}

/** As readWav, for the octets of a file; `name` names it in errors. */
export function parseWav(data: Buffer, name: string, rate = sampleRate): Int16Array {
	if (data.length < 12 || data.toString("latin1", 0, 4) !== "RIFF" || data.toString("latin1", 8, 12) !== "WAVE")
		throw new WavError(`${name}: not a WAV file (no RIFF/WAVE header)`);
	let formatSeen = false;
	for (let at = 12; at + 8 <= data.length; ) {
		const id = data.toString("latin1", at, at + 4);
		const size = data.readUInt32LE(at + 4);
		const body = data.subarray(at + 8, at + 8 + size);
		if (id === "fmt ") {
			checkFormat(body, name, rate);
			formatSeen = true;
		} else if (id === "data") {
			if (!formatSeen) throw new WavError(`${name}: sound before its format ('data' before 'fmt ')`);
			if (body.length < 2) throw new WavError(`${name}: no samples`);
			const samples = new Int16Array(body.length >> 1);
			for (let index = 0; index < samples.length; index++) samples[index] = body.readInt16LE(index * 2);
			return samples;
		}
		at += 8 + size + (size & 1);
	}
	throw new WavError(`${name}: no samples (no 'data' chunk)`);
}

function checkFormat(format: Buffer, name: string, needed: number): void {
	if (format.length < 16) throw new WavError(`${name}: its format is cut short`);
	const tag = format.readUInt16LE(0);
	const kind = tag === extensibleFormat && format.length >= 26 ? format.readUInt16LE(24) : tag;
	const channels = format.readUInt16LE(2);
	const rate = format.readUInt32LE(4);
	const bits = format.readUInt16LE(14);
	if (kind === pcmFormat && channels === 1 && rate === needed && bits === 16) return;
	const found = `${formatNames.get(kind) ?? (kind === pcmFormat ? "linear" : `format ${kind}`)}, ${bits} bit, ${channels} channel${channels === 1 ? "" : "s"}, ${rate} Hz`;
	throw new WavError(`${name}: 16 bit linear, 1 channel, ${needed} Hz is needed; this is ${found}`);
}

/** Writes samples as a WAVE file of 16-bit mono. */
export function writeWav(file: string, samples: Int16Array, rate = sampleRate): void {
	try {
		writeFileSync(file, formatWav(samples, rate));
	} catch (error) {
		throw new WavError(`${file}: cannot be written: ${(error as Error).message}`);
	}
}

/** The octets of a WAVE file of 16-bit mono. */
export function formatWav(samples: Int16Array, rate = sampleRate): Buffer {
	const data = Buffer.alloc(44 + samples.length * 2);
	data.write("RIFF", 0, "latin1");
	data.writeUInt32LE(data.length - 8, 4);
	data.write("WAVEfmt ", 8, "latin1");
	data.writeUInt32LE(16, 16);
	data.writeUInt16LE(pcmFormat, 20);
	data.writeUInt16LE(1, 22);
	data.writeUInt32LE(rate, 24);
	data.writeUInt32LE(rate * 2, 28);
	data.writeUInt16LE(2, 32);
	data.writeUInt16LE(16, 34);
	data.write("data", 36, "latin1");
	data.writeUInt32LE(samples.length * 2, 40);
	for (let index = 0; index < samples.length; index++) data.writeInt16LE(samples[index] as number, 44 + index * 2);
	return data;
}
