/*
 * Sound in the page: one speaker node for each phone, and the microphone when a person asks for it. Nothing starts
 * before the first click or key, as browsers require, and no permission is asked for before `openMicrophone`.
 */
import type { SpeakerReport } from "./worklet.js";

export interface SoundListener {
	/** 10 ms of the microphone's sound at the phone's rate. */
	microphone(samples: Int16Array): void;
	/** What a phone's speaker node reports about ten times a second. */
	report(phone: number, report: SpeakerReport): void;
}

export class Sound {
	readonly #listener: SoundListener;
	readonly #phones: number;
	#context: AudioContext | undefined;
	#starting: Promise<void> | undefined;
	#speakers: AudioWorkletNode[] = [];
	#stream: MediaStream | undefined;
	#source: MediaStreamAudioSourceNode | undefined;
	#capture: AudioWorkletNode | undefined;

	constructor(phones: number, listener: SoundListener) {
		this.#phones = phones;
		this.#listener = listener;
	}

	/** Starts the sound card; must come from a click or key. */
	start(): Promise<void> {
		this.#starting ??= this.#open();
		return this.#starting;
	}

	/** Lets the sound card rest, or wakes it. */
	async pause(paused: boolean): Promise<void> {
		await (paused ? this.#context?.suspend() : this.#context?.resume());
	}

	/** Plays 10 ms of a phone's sound; dropped before the start. */
	play(phone: number, samples: Int16Array): void {
		if (this.#context?.state === "running") this.#speakers[phone]?.port.postMessage(samples, [samples.buffer]);
	}

	/** Asks for the microphone. Throws what the browser says when it refuses. */
	async openMicrophone(): Promise<void> {
		await this.start();
		const context = this.#context;
		if (context === undefined || this.#stream !== undefined) return;
		this.#stream = await navigator.mediaDevices.getUserMedia({
			audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
		});
		this.#capture ??= this.#makeCapture(context);
		this.#source = context.createMediaStreamSource(this.#stream);
		this.#source.connect(this.#capture);
	}

	closeMicrophone(): void {
		this.#source?.disconnect();
		this.#source = undefined;
		for (const track of this.#stream?.getTracks() ?? []) track.stop();
		this.#stream = undefined;
	}

	/** Gives sound card and microphone back for good. */
	async close(): Promise<void> {
		this.closeMicrophone();
		await this.#starting?.catch(() => {});
		await this.#context?.close();
	}

	async #open(): Promise<void> {
		const context = new AudioContext({ latencyHint: "interactive" });
		await context.audioWorklet.addModule("/page/worklet.js");
		for (let phone = 0; phone < this.#phones; phone++) {
			const speaker = new AudioWorkletNode(context, "linnet-speaker", {
				numberOfInputs: 0,
				outputChannelCount: [1],
			});
			speaker.port.onmessage = (event: MessageEvent<SpeakerReport>) => this.#listener.report(phone, event.data);
			// Phones sound from where they stand on the page.
			const place = this.#phones === 1 ? 0 : (phone / (this.#phones - 1)) * 2 - 1;
			speaker.connect(new StereoPannerNode(context, { pan: place * 0.4 })).connect(context.destination);
			this.#speakers.push(speaker);
		}
		await context.resume();
		this.#context = context;
	}

	#makeCapture(context: AudioContext): AudioWorkletNode {
		const capture = new AudioWorkletNode(context, "linnet-microphone", {
			numberOfOutputs: 0,
			channelCount: 1,
			channelCountMode: "explicit",
		});
		capture.port.onmessage = (event: MessageEvent<Int16Array>) => this.#listener.microphone(event.data);
		return capture;
	}
}
