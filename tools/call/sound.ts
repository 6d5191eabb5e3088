/*
 * Plays into a phone's microphone and records its speaker over the PCM channel. The phone takes one microphone frame and
 * gives one speaker frame in each 10 ms tick, so once begun in step with a tick, frame n out and frame n in are of the same
 * tick: that is what makes delays measurable here however late this program is scheduled. SoundChannel takes the ticks as they
 * come; SoundClock makes them, so that what phones and a call agent of this process do with sound is the same each time.
 */
import type { Duplex } from "node:stream";
import { sampleRate } from "./wav.js";

/** Samples of a frame, and octets of one. */
const samplesOf = (rate: number) => rate / 100;
const octetsOf = (rate: number) => samplesOf(rate) * 2;
/** Frames written ahead, so that a busy machine leaves no gaps: a second. */
const lead = 100;
/** A single frame that comes this long after the one before (ms) has just left the phone: the next tick is still to come. */
const freshAfter = 6;
/** Frames within which such a one is waited for. */
const freshTries = 100;
/** How much longer than its length a passage, or how long a tick on a clock may take before the sound counts as stuck (ms). */
const timeout = 30_000;

/** What was played and heard in the same ticks: sample n of both is of the same instant. */
export interface Passage {
	played: Int16Array;
	recorded: Int16Array;
}

/** A phone's microphone and speaker. */
export interface Sound {
	/** Samples a second. */
	readonly rate: number;
	/**
	 * Plays a sample, over and over when it is too short, for a time and resolves with what was played and recorded in it.
	 * Rejects when the phone's sound stops coming.
	 * @param over ends it early, with what there is until then, where sound comes in real time.
	 */
	play(sample: Int16Array, seconds: number, over?: AbortSignal): Promise<Passage>;
}

/** Writes a frame of a sample that is repeated. */
function writeFrame(sample: Int16Array, frame: number, frameSamples: number, data: Buffer, at: number): void {
	for (let index = 0; index < frameSamples; index++)
		data.writeInt16LE(sample[(frame * frameSamples + index) % sample.length] as number, at + index * 2);
}

/** A sample repeated over so many samples. */
function repeat(sample: Int16Array, length: number): Int16Array {
	return Int16Array.from({ length }, (_, index) => sample[index % sample.length] as number);
}

function passageOf(sample: Int16Array, recorded: Int16Array): Passage {
	return { played: repeat(sample, recorded.length), recorded };
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

export class SoundChannel implements Sound {
	private readonly stream: Duplex;
	private pending: Buffer = Buffer.alloc(0);
	/** Ticks of the phone: frames that came, and frames written (or skipped, when the phone overtook us). */
	private received = 0;
	private written = 0;
	private lastTook = 0;
	private running: Running | undefined;

	readonly rate: number;
	private readonly frameSamples: number;
	private readonly frameOctets: number;

	/** @param stream the phone's `pcm` channel, its microphone a queue. Nothing else may write to it. @param rate of the phone's sound. */
	constructor(stream: Duplex, rate = sampleRate) {
		this.stream = stream;
		this.rate = rate;
		this.frameSamples = samplesOf(rate);
		this.frameOctets = octetsOf(rate);
		stream.on("data", (data: Buffer) => this.took(data));
	}

	/** The phone has to be sending already. @param over ends it early, with what there is until then. */
	play(sample: Int16Array, seconds: number, over?: AbortSignal): Promise<Passage> {
		const frames = Math.max(1, Math.round(seconds * 100));
		return new Promise((resolve, reject) => {
			const settle = () => {
				clearTimeout(timer);
				this.stream.off("close", stopped);
				over?.removeEventListener("abort", cut);
				this.running = undefined;
			};
			const cut = () => {
				const { running } = this;
				const ticks = running && running.from >= 0 ? this.received - running.from : 0;
				running?.done(passageOf(sample, running.recorded.slice(0, ticks * this.frameSamples)));
			};
			const stopped = () => {
				settle();
				reject(new Error("the phone's sound stopped coming"));
			};
			const timer = setTimeout(stopped, seconds * 1000 + timeout);
			this.stream.once("close", stopped);
			over?.addEventListener("abort", cut);
			this.running = {
				sample,
				from: -1,
				frames,
				recorded: new Int16Array(frames * this.frameSamples),
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
		for (; at + this.frameOctets <= all.length; at += this.frameOctets) this.frame(all, at);
		this.pending = Buffer.from(all.subarray(at));
		const now = performance.now();
		const { running } = this;
		if (running?.from === -1) {
			const fresh = at === this.frameOctets && this.pending.length === 0 && now - this.lastTook >= freshAfter;
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
		const first = (tick - running.from) * this.frameSamples;
		for (let index = 0; index < this.frameSamples && first + index < running.recorded.length; index++)
			running.recorded[first + index] = data.readInt16LE(at + index * 2);
		if (tick + 1 < running.from + running.frames) return;
		running.done(passageOf(running.sample, running.recorded));
	}

	/** Keeps the phone fed. When it has overtaken us it played silence in our stead, and those ticks are gone. */
	private feed(running: Running): void {
		const from = Math.max(this.written, this.received);
		const to = Math.min(this.received + lead, running.from + running.frames);
		if (to <= from || !this.stream.writable) return;
		const data = Buffer.alloc((to - from) * this.frameOctets);
		for (let tick = from; tick < to; tick++)
			writeFrame(running.sample, tick - running.from, this.frameSamples, data, (tick - from) * this.frameOctets);
		this.written = to;
		this.stream.write(data);
	}
}

/** Lets this process send on what has come to its sockets. */
const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** The sound of one of the phones on a clock. */
class ClockedSound implements Sound {
	private readonly clock: SoundClock;
	private readonly stream: Duplex;
	private readonly begun: () => boolean;
	private readonly frame: Buffer;
	private readonly frameSamples: number;
	private readonly frameOctets: number;
	private pending: Buffer = Buffer.alloc(0);
	private passage: { sample: Int16Array; frames: number; recorded: Int16Array; at: number; done(): void } | undefined;
	private answered: () => void = () => {};
	/** The phone has gone, or answers no more. */
	closed = false;

	constructor(
		clock: SoundClock,
		stream: Duplex,
		begun: () => boolean,
		readonly rate: number,
	) {
		this.frameSamples = samplesOf(rate);
		this.frameOctets = octetsOf(rate);
		this.frame = Buffer.alloc(this.frameOctets);
		this.clock = clock;
		this.stream = stream;
		this.begun = begun;
		stream.on("data", (data: Buffer) => {
			this.pending = Buffer.concat([this.pending, data]);
			if (this.pending.length >= this.frameOctets) this.answered();
		});
		stream.once("close", () => {
			this.closed = true;
			this.answered();
		});
	}

	get plays(): boolean {
		return this.passage !== undefined;
	}

	async play(sample: Int16Array, seconds: number): Promise<Passage> {
		const frames = Math.max(1, Math.round(seconds * 100));
		const recorded = new Int16Array(frames * this.frameSamples);
		await new Promise<void>((done) => {
			this.passage = { sample, frames, recorded, at: 0, done };
			this.clock.run();
		});
		if (this.closed) throw new Error("the phone's sound stopped coming");
		return passageOf(sample, recorded);
	}

	/** One tick: a frame to the phone, and its answer. A phone whose sound has not begun says nothing and hears nothing. */
	async tick(): Promise<void> {
		const { passage } = this;
		if (!this.closed && this.begun()) {
			this.frame.fill(0);
			if (passage) writeFrame(passage.sample, passage.at, this.frameSamples, this.frame, 0);
			const answer = new Promise<void>((resolve) => {
				this.answered = resolve;
			});
			const stopped = setTimeout(() => {
				this.closed = true;
				this.answered();
			}, this.clock.timeout);
			this.stream.write(this.frame);
			await answer;
			clearTimeout(stopped);
		}
		const heard = this.pending.subarray(0, this.frameOctets);
		this.pending = Buffer.from(this.pending.subarray(this.frameOctets));
		if (!passage) return;
		for (let index = 0; index * 2 < heard.length; index++)
			passage.recorded[passage.at * this.frameSamples + index] = heard.readInt16LE(index * 2);
		if (++passage.at < passage.frames && !this.closed) return;
		this.passage = undefined;
		passage.done();
	}
}

/**
 * A clock of phones that were started with `pcm: "clock"`. It runs while any of them plays, as fast as they can follow; all of
 * them make each tick in turn, and between ticks what they have sent is sent on by this process.
 */
export class SoundClock {
	/** Milliseconds that a phone may take for a tick before its sound counts as stuck. */
	readonly timeout: number;
	private sounds: ClockedSound[] = [];
	private running = false;

	constructor(tickTimeout = timeout) {
		this.timeout = tickTimeout;
	}

	/**
	 * @param stream the phone's `pcm` channel. Nothing else may write to it. @param begun whether the phone has made or taken any sound
	 * yet: it answers no tick before that. @param rate of its sound.
	 */
	add(stream: Duplex, begun: () => boolean = () => true, rate = sampleRate): Sound {
		const sound = new ClockedSound(this, stream, begun, rate);
		// a new list: a tick may be going through the old one
		this.sounds = [...this.sounds.filter(({ closed, plays }) => !closed || plays), sound];
		return sound;
	}

	/** Runs until no phone plays any more. */
	run(): void {
		if (this.running) return;
		this.running = true;
		const ticks = async () => {
			// Whoever plays together has said so by then.
			await settled();
			while (this.sounds.some(({ plays }) => plays)) {
				// One after the other: what one sends to another comes always in the same tick of that one.
				for (const sound of this.sounds) {
					await sound.tick();
					await settled();
				}
			}
			this.running = false;
		};
		void ticks();
	}
}
