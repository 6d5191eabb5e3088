/*
 * What is heard of tones and rings: cadences by frames, clicks.
 */
import { assert } from "chai";
import type { Pipeline } from "./library.js";
import { amplitude, peak } from "./signal.js";

export function play(pipeline: Pipeline, frames: number): Int16Array[] {
	return Array.from({ length: frames }, () => pipeline.tick());
}

/** Lengths of sound and pause by turns, in frames, beginning with sound. */
export function cadence(frames: Int16Array[]): number[] {
	const runs: number[] = [];
	let sounding = true;
	let count = 0;
	for (const frame of frames) {
		if (peak(frame) > 0 !== sounding) {
			runs.push(count);
			sounding = !sounding;
			count = 0;
		}
		count++;
	}
	runs.push(count);
	return runs;
}

/** Fails where the sound has something above 3.7 kHz, as a click has. `limit` in dBFS. */
export function assertNoClick(sound: Int16Array, limit: number): void {
	for (let at = 0; at + 160 <= sound.length; at += 80) {
		const found = 20 * Math.log10((amplitude(sound.subarray(at, at + 160), 3800) + 1e-9) / 32768);
		assert.isBelow(found, limit, `at ${at}`);
	}
}
