/*
 * Sound for programs: 16-bit samples, mono, at the rate of the phone that plays or has recorded them.
 */
import { makeSpeech } from "../call/speech.js";
import * as wav from "../call/wav.js";

/** A tone. @param frequency in hertz. @param seconds its length. @param rate samples a second: {@link Phone.rate}. */
export function tone(frequency: number, seconds: number, rate = wav.sampleRate): Int16Array {
	const length = Math.round(seconds * rate);
	return Int16Array.from({ length }, (_, at) => Math.round(8000 * Math.sin((2 * Math.PI * frequency * at) / rate)));
}

/** Something like speech, which says nothing: it exercises codecs and listeners as speech does. */
export function speech(seconds: number, rate = wav.sampleRate): Int16Array {
	return makeSpeech(seconds, rate);
}

/** Samples of a WAV file. Throws, naming the file, when it cannot be read or is not of 16 bits, mono and that rate. */
export function readWav(file: string, rate = wav.sampleRate): Int16Array {
	return wav.readWav(file, rate);
}

/** Writes a WAV file. Throws when it cannot be written. */
export function writeWav(file: string, samples: Int16Array, rate = wav.sampleRate): void {
	wav.writeWav(file, samples, rate);
}
