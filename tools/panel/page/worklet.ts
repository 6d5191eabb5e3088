/*
 * Runs in the browser's audio thread: `linnet-speaker` plays one phone's frames, `linnet-microphone` cuts the
 * microphone's sound into frames for a phone.
 */
import { frameSamples, phoneRate } from "./messages.js";
import { Playout } from "./playout.js";
import { Resampler } from "./resampler.js";

declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
	readonly port: MessagePort;
}

/** What the speaker reports about ten times a second. */
export interface SpeakerReport {
	/** Largest sample since the last report, 0 to 1. */
	level: number;
	/** Milliseconds of sound waiting. */
	depth: number;
	underruns: number;
}

class Speaker extends AudioWorkletProcessor {
	readonly #playout = new Playout(sampleRate);
	#level = 0;
	#count = 0;

	constructor() {
		super();
		this.port.onmessage = (event: MessageEvent<Int16Array>) => this.#playout.push(event.data);
	}

	process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
		const output = outputs[0]?.[0];
		if (output === undefined) return true;
		this.#playout.pull(output);
		for (const sample of output) this.#level = Math.max(this.#level, Math.abs(sample));
		this.#count += output.length;
		if (this.#count >= sampleRate / 10) {
			const report: SpeakerReport = {
				level: this.#level,
				depth: this.#playout.depth,
				underruns: this.#playout.underruns,
			};
			this.port.postMessage(report);
			this.#count = 0;
			this.#level = 0;
		}
		return true;
	}
}

class Microphone extends AudioWorkletProcessor {
	readonly #resampler = new Resampler(sampleRate, phoneRate, sampleRate / 4);
	readonly #frame = new Float32Array(frameSamples);

	process(inputs: Float32Array[][]): boolean {
		const input = inputs[0]?.[0];
		if (input === undefined) return true;
		for (const sample of input) this.#resampler.write(sample);
		while (this.#resampler.available >= frameSamples) {
			this.#resampler.read(this.#frame, 0, frameSamples);
			const samples = Int16Array.from(this.#frame, (value) =>
				Math.max(-32768, Math.min(32767, Math.round(value * 32767))),
			);
			this.port.postMessage(samples, [samples.buffer]);
		}
		return true;
	}
}

registerProcessor("linnet-speaker", Speaker);
registerProcessor("linnet-microphone", Microphone);
