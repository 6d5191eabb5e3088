/*
 * Frames as a hostile, broken or merely odd call agent sends them, the same from the same seed: captured ones with octets changed, cut
 * or made longer, ones of the table of messages with sensible and senseless values, unknown ids, lengths that cannot be.
 */
import { type AnyMessage, absent, Direction, headerSize, Kind } from "sccp/message";
import { messages } from "sccp/messages";

/** Repeatable random numbers (xorshift of 32 bit). */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0 || 1;
	}

	/** From 0 to 2^32 - 1. */
	next(): number {
		let state = this.state;
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.state = state >>> 0;
		return this.state;
	}

	/** From 0 to `limit` - 1. */
	below(limit: number): number {
		return this.next() % limit;
	}

	/** True once in so many times. */
	once(times: number): boolean {
		return this.next() % times === 0;
	}
}

/** Values that tell the careless from the careful. */
const telling: readonly number[] = Object.freeze([
	0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
]);
/** Octets of a payload of the table at most; most messages are shorter. */
const payloadMost = 400;
/** Greatest small number, as lines, buttons, calls and states have them. */
const smallMost = 20;
const textLetters = "Alice +4930123\x80\x0f\xc3\xa4\xe2\x82\xac\xff\x1b[";

export class Frames {
	private readonly random: Random;
	private readonly version: number;
	private readonly corpus: readonly Uint8Array[];
	private readonly known: readonly AnyMessage[];

	/** @param corpus captured frames. @param left ids that are never made. */
	constructor(random: Random, version: number, corpus: readonly Uint8Array[], left: readonly number[] = []) {
		this.random = random;
		this.version = version;
		this.corpus = corpus.filter(
			(frame) => frame.length >= headerSize && !left.includes((frame[8] as number) | ((frame[9] as number) << 8)),
		);
		this.known = messages.filter(({ id, direction }) => direction === Direction.toPhone && !left.includes(id));
	}

	/** Writes the next frame to the start of `target`, which has room for the largest there is. @returns its length. */
	next(target: Uint8Array): number {
		const { random } = this;
		const kind = random.below(20);
		let size = kind < 8 ? this.captured(target) : kind < 18 ? this.composed(target) : this.unknown(target);
		if (kind >= 2 && kind < 8) size = this.damaged(target, size);
		this.length(target, random.once(2000) ? random.next() : size - 8);
		return size;
	}

	private captured(target: Uint8Array): number {
		const frame = this.corpus[this.random.below(this.corpus.length)] as Uint8Array;
		target.set(frame);
		return frame.length;
	}

	/** Changes a few octets or words, cuts, or fills up. */
	private damaged(target: Uint8Array, size: number): number {
		const { random } = this;
		for (let changes = random.below(6); changes > 0 && size > headerSize; changes -= 1) {
			const at = headerSize + random.below(size - headerSize);
			if (random.once(2)) target[at] = random.next() & 255;
			else this.word(target, at & ~3, telling[random.below(telling.length)] as number);
		}
		if (random.once(4)) return headerSize + random.below(size - headerSize + 1);
		if (!random.once(8)) return size;
		const longer = Math.min(size + random.below(200), target.length);
		for (let at = size; at < longer; at += 1) target[at] = random.next() & 255;
		return longer;
	}

	/** A message of the table whose fields mostly have values that they know. */
	private composed(target: Uint8Array): number {
		const { random } = this;
		const message = this.known[random.below(this.known.length)] as AnyMessage;
		const form = message.form(this.version);
		const length = message.needs + random.below(payloadMost - Math.min(message.needs, payloadMost - 1));
		target.fill(0, 0, headerSize + length);
		this.word(target, 8, message.id);
		this.word(target, 4, this.version < 10 ? 0 : this.version);
		for (const name of Object.keys(form.at)) {
			const at = form.at[name] as number;
			const kind = form.kinds[name] ?? 0;
			if (at === absent || at + 4 > length) continue;
			if (kind >= Kind.texts || kind === 0) {
				if (kind === Kind.texts || kind >= Kind.text) this.text(target, headerSize + at, headerSize + length);
				else this.word(target, headerSize + at, random.once(6) ? random.next() : random.below(smallMost));
			} else this.word(target, headerSize + at, random.next());
		}
		for (const { offset, ranges } of form.known) {
			if (offset + 4 > length || random.once(20)) continue;
			const pair = 2 * random.below(ranges.length / 2);
			const [least = 0, most = 0] = [ranges[pair], ranges[pair + 1]];
			this.word(target, headerSize + offset, least + random.below(Math.min(most - least + 1, 64)));
		}
		return headerSize + length;
	}

	private unknown(target: Uint8Array): number {
		const { random } = this;
		const size = headerSize + random.below(64);
		for (let at = 4; at < size; at += 1) target[at] = random.next() & 255;
		if (random.once(2)) this.word(target, 8, random.below(0x200));
		const id = (target[8] as number) | ((target[9] as number) << 8);
		if (!this.known.some((message) => message.id === id)) return size;
		target[11] = 1;
		return size;
	}

	private text(target: Uint8Array, from: number, end: number): void {
		const { random } = this;
		const to = Math.min(from + random.below(60), end);
		for (let at = from; at < to; at += 1) target[at] = textLetters.charCodeAt(random.below(textLetters.length));
	}

	private length(target: Uint8Array, value: number): void {
		this.word(target, 0, value);
	}

	private word(target: Uint8Array, at: number, value: number): void {
		target[at] = value & 255;
		target[at + 1] = (value >> 8) & 255;
		target[at + 2] = (value >> 16) & 255;
		target[at + 3] = value >>> 24;
	}
}
