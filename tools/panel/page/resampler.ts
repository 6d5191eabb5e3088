/*
 * Converts between the phone's rate and the browser's: a windowed-sinc interpolator over a ring of samples whose
 * step may be bent a little at any time, so that a buffer can be kept at its depth without a click.
 */

const zeroCrossings = 12;
const resolution = 256;
/** Part of the lower Nyquist frequency that passes. */
const passband = 0.92;

/** One side of a sinc under a Blackman window, `resolution` points for each zero crossing. */
function makeKernel(): Float32Array {
	const kernel = new Float32Array(zeroCrossings * resolution + 2);
	for (let index = 0; index < zeroCrossings * resolution; index++) {
		const x = index / resolution;
		const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
		const w = x / zeroCrossings;
		kernel[index] = sinc * (0.42 + 0.5 * Math.cos(Math.PI * w) + 0.08 * Math.cos(2 * Math.PI * w));
	}
	return kernel;
}

export class Resampler {
	/** Input samples for each output sample when nothing is bent. */
	readonly nominalStep: number;
	/** Input samples for each output sample. */
	step: number;
	readonly #ring: Float32Array;
	readonly #mask: number;
	readonly #kernel = makeKernel();
	readonly #scale: number;
	readonly #half: number;
	#written = 0;
	#position = 0;

	/**
	 * @param inputRate samples per second written
	 * @param outputRate samples per second read
	 * @param capacity how many unread input samples are kept at least; older ones are lost
	 */
	constructor(inputRate: number, outputRate: number, capacity: number) {
		this.nominalStep = inputRate / outputRate;
		this.step = this.nominalStep;
		this.#scale = passband * Math.min(1, outputRate / inputRate);
		this.#half = Math.ceil(zeroCrossings / this.#scale);
		let size = 256;
		while (size < capacity + 2 * this.#half) size *= 2;
		this.#ring = new Float32Array(size);
		this.#mask = size - 1;
	}

	/** Input samples not yet consumed. */
	get buffered(): number {
		return this.#written - this.#position;
	}

	/** Output samples that can be read now. */
	get available(): number {
		const last = this.#written - this.#half - 1 - this.#position;
		return last < 0 ? 0 : Math.floor(last / this.step) + 1;
	}

	/** Appends one sample, -1 to 1. */
	write(sample: number): void {
		this.#ring[this.#written & this.#mask] = sample;
		this.#written++;
		const oldest = this.#written - this.#ring.length + this.#half;
		if (this.#position < oldest) this.#position = oldest;
	}

	/** Leaves out input samples; at most those buffered. */
	skip(count: number): void {
		this.#position += Math.max(0, Math.min(count, this.buffered));
	}

	/** Fills `output` from `offset` with at most `count` samples; returns how many there were. */
	read(output: Float32Array, offset: number, count: number): number {
		const total = Math.min(count, this.available);
		for (let index = 0; index < total; index++) {
			output[offset + index] = this.#interpolate(this.#position);
			this.#position += this.step;
		}
		return total;
	}

	#interpolate(position: number): number {
		const first = Math.max(0, Math.ceil(position - this.#half));
		const last = Math.floor(position + this.#half);
		const kernel = this.#kernel;
		const limit = zeroCrossings * resolution;
		let sum = 0;
		for (let at = first; at <= last; at++) {
			const x = Math.abs(at - position) * this.#scale * resolution;
			if (x >= limit) continue;
			const whole = Math.floor(x);
			const low = kernel[whole] as number;
			const weight = low + ((kernel[whole + 1] as number) - low) * (x - whole);
			sum += (this.#ring[at & this.#mask] as number) * weight;
		}
		return sum * this.#scale;
	}
}
