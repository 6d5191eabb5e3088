/*
 * The chip's serial line, which two speak on beside the log: Improv Wi-Fi, in packets, and the console, in lines of what is none. Both are
 * there only while somebody talks to them, for calls have the memory otherwise.
 */
import type { Clock, ConsolePort, Dialogue, TimerHandle } from "hal/hardware";

/** The natives of usbline.ts, handed in. */
export interface LineIo {
	openLine(readable: () => void): boolean;
	readLine(target: Uint8Array): number;
	writeLine(source: Uint8Array): boolean;
	/** Fills figures by `Memory`. */
	fillMemory(target: ArrayBuffer): void;
}

/** Who finds packets among what comes: what belongs to none goes back to {@link SerialLine.plain}. */
export interface PacketReader {
	take(octet: number, ticks: number): void;
	/** Nobody is there any more. */
	rest(): void;
}

/** Octets that are read at once, and room for a line of an answer. */
const PIECE = 64;
const LINE = 256;
/** Silence after which nobody is there any more, in ms. */
const SILENCE = 60000;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

type Begin = (serial: boolean) => Dialogue;

export class SerialLine implements ConsolePort {
	/** Undefined where there is no Wi-Fi to be set up. */
	packets: PacketReader | undefined = undefined;
	private readonly io: LineIo;
	private readonly clock: Clock;
	private begin: Begin | undefined = undefined;
	/** While somebody is there: what has been read, and how far it has been looked at; who talks; what goes to him. */
	private piece: Uint8Array | undefined = undefined;
	private at = 0;
	private count = 0;
	private dialogue: Dialogue | undefined = undefined;
	private out: Uint8Array | undefined = undefined;
	private silence: TimerHandle | undefined = undefined;
	/** While an answer goes: the rest of what has been read waits. */
	private answering: TimerHandle | undefined = undefined;

	constructor(io: LineIo, clock: Clock) {
		this.io = io;
		this.clock = clock;
	}

	/** Takes the line, once; where it cannot be had there is nobody to talk to. */
	open(begin: Begin): void {
		this.begin = begin;
		this.io.openLine(() => this.readable());
	}

	memory(figures: Uint32Array): void {
		this.io.fillMemory(figures.buffer as ArrayBuffer);
	}

	/** Sends octets in one piece. @returns false when nobody reads the line. */
	send(octets: Uint8Array): boolean {
		return this.io.writeLine(octets);
	}

	/** Takes an octet that belongs to no packet. */
	plain(octet: number): void {
		// the ends of lines between packets are nobody's
		if (this.dialogue === undefined && (octet === LINE_FEED || octet === CARRIAGE_RETURN)) return;
		this.dialogue ??= this.begin?.(true);
		this.dialogue?.take(octet);
	}

	private readable(): void {
		const { clock } = this;
		clock.cancel(this.silence);
		this.silence = clock.after(SILENCE, () => this.rest());
		this.look();
	}

	private rest(): void {
		this.silence = undefined;
		// an answer that still goes ends by itself
		if (this.answering !== undefined) return;
		this.dialogue = undefined;
		this.piece = undefined;
		this.out = undefined;
		this.packets?.rest();
	}

	/** Looks at what comes, until there is an answer to be given. */
	private look(): void {
		if (this.answering !== undefined) return;
		const { clock, io, packets } = this;
		this.piece ??= new Uint8Array(PIECE);
		const { piece } = this;
		for (;;) {
			for (; this.at < this.count; this.at += 1) {
				if (this.dialogue?.busy) {
					this.answer();
					return;
				}
				const octet = piece[this.at] as number;
				if (packets === undefined) this.plain(octet);
				else packets.take(octet, clock.ticks);
			}
			this.at = 0;
			this.count = io.readLine(piece);
			if (this.count > 0) continue;
			if (this.dialogue?.busy) this.answer();
			return;
		}
	}

	/** Sends a line of the answer, and the others later one by one: the phone has more to do. Who reads none has no answer. */
	private answer(): void {
		this.answering = undefined;
		this.out ??= new Uint8Array(LINE);
		const { clock, dialogue, out } = this;
		const count = dialogue?.read(out) ?? 0;
		if (count > 0 && !this.send(out.subarray(0, count))) this.dialogue = undefined;
		if (this.dialogue?.busy) this.answering = clock.after(0, () => this.answer());
		else if (this.at < this.count) this.look();
	}
}
