/*
 * Plays into a phone's microphone and records its speaker over the PCM channel. The phone takes one microphone frame and
 * gives one speaker frame in each 10 ms tick, so once begun in step with a tick, frame n out and frame n in are of the same
 * tick: that is what makes delays measurable here however late this program is scheduled.
 */
import type { Duplex } from "node:stream";
import { sampleRate } from "./wav.js";

const frameSamples = sampleRate / 100;
const frameOctets = frameSamples * 2;
/** Frames written ahead, so that a busy machine leaves no gaps: a second. */
const lead = 100;
/** A single frame that comes this long after the one before (ms) has just left the phone: the next tick is still to come. */
const freshAfter = 6;
/** Frames within which such a one is waited for. */
const freshTries = 100;
/** How much longer than its length a passage may take before the sound counts as stuck (ms). */
const patience = 5000;

/** What was played and heard in the same ticks: sample n of both is of the same instant. */
export interface Passage {
	played: Int16Array;
	recorded: Int16Array;
}

interface Running {
	sample: Int16Array;
	/** First tick, -1 before it is known. */
	from: number;
	frames: number;
	recorded: Int16Array;
	tries: number;
	done: (passage: Passage) => void;
}

export class SoundChannel {
	private readonly stream: Duplex;
	private pending: Buffer = Buffer.alloc(0);
	/** Ticks of the phone: frames that came, and frames written (or skipped, when the phone overtook us). */
	private received = 0;
	private written = 0;
	private lastTook = 0;
	private running: Running | undefined;

	/** @param stream the phone's `pcm` channel, its microphone a queue. Nothing else may write to it. */
	constructor(stream: Duplex) {
		this.stream = stream;
		stream.on("data", (data: Buffer) => this.took(data));
	}

	/**
	 * Plays a sample, over and over when it is too short, for a time and resolves with what was played and recorded in it.
	 * The phone has to be sending already. Rejects when its sound stops coming.
	 */
	play(sample: Int16Array, seconds: number): Promise<Passage> {
		const frames = Math.max(1, Math.round(seconds * 100));
		return new Promise((resolve, reject) => {
			const settle = () => {
				clearTimeout(timer);
				this.stream.off("close", stopped);
				this.running = undefined;
			};
			const stopped = () => {
				settle();
				reject(new Error("the phone's sound stopped coming"));
			};
			const timer = setTimeout(stopped, seconds * 1000 + patience);
			this.stream.once("close", stopped);
			this.running = {
				sample,
				from: -1,
				frames,
				recorded: new Int16Array(frames * frameSamples),
				tries: 0,
				done: (passage) => {
					settle();
					resolve(passage);
				},
			};
		});
	}

	private took(data: Buffer): void {
		const all = this.pending.length > 0 ? Buffer.concat([this.pending, data]) : data;
		let at = 0;
		for (; at + frameOctets <= all.length; at += frameOctets) this.frame(all, at);
		this.pending = Buffer.from(all.subarray(at));
		const now = performance.now();
		const { running } = this;
		if (running?.from === -1) {
			const fresh = at === frameOctets && this.pending.length === 0 && now - this.lastTook >= freshAfter;
			if (fresh || ++running.tries >= freshTries) {
				running.from = this.received;
				this.written = this.received;
			}
		}
		this.lastTook = now;
		if (running && running.from >= 0) this.feed(running);
	}

	private frame(data: Buffer, at: number): void {
		const { running } = this;
		const tick = this.received++;
		if (!running || running.from < 0) return;
		const first = (tick - running.from) * frameSamples;
		for (let index = 0; index < frameSamples && first + index < running.recorded.length; index++)
			running.recorded[first + index] = data.readInt16LE(at + index * 2);
		if (tick + 1 < running.from + running.frames) return;
		const played = new Int16Array(running.recorded.length);
		for (let index = 0; index < played.length; index++)
			played[index] = running.sample[index % running.sample.length] as number;
		running.done({ played, recorded: running.recorded });
	}

	/** Keeps the phone fed. When it has overtaken us it played silence in our stead, and those ticks are gone. */
	private feed(running: Running): void {
		const from = Math.max(this.written, this.received);
		const to = Math.min(this.received + lead, running.from + running.frames);
		if (to <= from || !this.stream.writable) return;
		const data = Buffer.alloc((to - from) * frameOctets);
		for (let tick = from; tick < to; tick++) {
			for (let index = 0; index < frameSamples; index++) {
				const sample = running.sample[((tick - running.from) * frameSamples + index) % running.sample.length];
				data.writeInt16LE(sample as number, (tick - from) * frameOctets + index * 2);
			}
		}
		this.written = to;
		this.stream.write(data);
	}
}
