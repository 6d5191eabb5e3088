/*
 * The small buffer between the phone's steady 10 ms frames and the browser's sound card. Its depth grows when frames
 * come too late and shrinks again when all is calm; a phone that falls silent is not late. Two clocks that drift apart
 * are held together by bending the resampler's step by less than one percent.
 */
import { phoneRate } from "./messages.js";
import { Resampler } from "./resampler.js";

const perMillisecond = phoneRate / 1000;
const smallest = 30 * perMillisecond;
const largest = 200 * perMillisecond;
/** Beyond the target by this much the surplus is thrown away at once. */
const surplus = 150 * perMillisecond;
const calmSeconds = 10;
/** A frame that comes within so many seconds after the buffer ran dry was late; after that the phone had been silent. */
const lateSeconds = 0.15;
const bend = 0.005;

export class Playout {
	/** Depth in samples of the phone that the buffer aims at. */
	target = 40 * perMillisecond;
	/** How often the buffer ran dry because a frame was late. */
	underruns = 0;
	readonly #rate: number;
	readonly #resampler: Resampler;
	#playing = false;
	#smoothed = 0;
	#calm = 0;
	/** Seconds since the buffer ran dry; infinite once that has been looked at. */
	#dry = Number.POSITIVE_INFINITY;

	/** @param rate of the sound card in samples per second */
	constructor(rate: number) {
		this.#rate = rate;
		this.#resampler = new Resampler(phoneRate, rate, phoneRate);
	}

	/** Milliseconds of sound waiting. */
	get depth(): number {
		return this.#resampler.buffered / perMillisecond;
	}

	/** Takes samples of the phone, signed 16 bit. */
	push(frame: Int16Array): void {
		if (this.#dry < lateSeconds) {
			this.underruns++;
			this.target = Math.min(largest, this.target + 10 * perMillisecond);
		}
		this.#dry = Number.POSITIVE_INFINITY;
		for (const sample of frame) this.#resampler.write(sample / 32768);
		const buffered = this.#resampler.buffered;
		if (buffered > this.target + surplus) this.#resampler.skip(buffered - this.target);
	}

	/** Fills `output`; silence where there is nothing to play. */
	pull(output: Float32Array): void {
		const resampler = this.#resampler;
		if (!this.#playing) {
			if (resampler.buffered < this.target) {
				output.fill(0);
				this.#dry += output.length / this.#rate;
				return;
			}
			this.#playing = true;
			this.#smoothed = resampler.buffered;
			this.#calm = 0;
		}
		this.#smoothed += (resampler.buffered - this.#smoothed) / 64;
		const error = Math.max(-1, Math.min(1, (this.#smoothed - this.target) / this.target));
		resampler.step = resampler.nominalStep * (1 + bend * error);
		const got = resampler.read(output, 0, output.length);
		if (got < output.length) {
			output.fill(0, got);
			this.#playing = false;
			this.#dry = 0;
			return;
		}
		this.#calm += output.length / this.#rate;
		if (this.#calm >= calmSeconds) {
			this.#calm = 0;
			this.target = Math.max(smallest, this.target - 5 * perMillisecond);
		}
	}
}
