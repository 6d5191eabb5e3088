/*
 * The reader: one object moved over received messages in a fixed buffer. Reading makes no garbage; beyond the received
 * length numbers read 0 and texts are empty, so short and long forms of a message are read alike.
 */
import { Limits } from "limits";
import { headerSize } from "sccp/message";
import { decode, Text, textHead, textLimit } from "sccp/text";

/**
 * Buffer, from its start: a place for one read from the socket, the message being put together, the pool of texts. They
 * share one ArrayBuffer so that keeping a text is one `copyWithin`.
 */
export class Reader {
	/** Message id of the present message. */
	id: number;
	/** Version that the message's header carries (0 is usual below version 10). */
	headerVersion: number;
	/** Octets of payload received. */
	length: number;
	/** Protocol version whose layouts are in force: the lower of own and call agent's. */
	version: number;
	/** All of the buffer. */
	readonly octets: Uint8Array;
	/** Target for one read from the socket. */
	readonly chunk: Uint8Array;
	/** Where messages are put together. */
	readonly start: number;
	/** End of the place for messages. */
	readonly limit: number;
	private readonly view: DataView;
	private base: number;
	private end: number;
	private cursor: number;
	private pool: number;
	private readonly texts: Text;

	/** @param poolSize octets for all texts that are ever asked for with {@link text}. */
	constructor(poolSize: number) {
		const start = Limits.receiveChunk;
		const limit = start + Limits.receiveMessage;
		const buffer = new ArrayBuffer(limit + poolSize);
		this.octets = new Uint8Array(buffer);
		this.chunk = new Uint8Array(buffer, 0, Limits.receiveChunk);
		this.view = new DataView(buffer);
		this.texts = Text.prototypeOver(this.octets);
		this.start = start;
		this.limit = limit;
		this.pool = limit;
		this.id = 0;
		this.headerVersion = 0;
		this.length = 0;
		this.version = 0;
		this.base = start;
		this.end = start;
		this.cursor = start;
	}

	/**
	 * Reserves a text of at most `capacity` octets (up to {@link textLimit}), which takes {@link textHead} more; done at boot.
	 * @throws RangeError when the pool is used up.
	 */
	text(capacity: number): Text {
		const offset = this.pool + textHead;
		if (capacity > textLimit || offset + capacity > this.octets.length) {
			throw new RangeError(`text pool: ${capacity} octets asked for, ${Math.max(this.octets.length - offset, 0)} left`);
		}
		this.pool = offset + capacity;
		return Text.make(this.texts, offset, capacity);
	}

	/** Takes the message whose header stands at `offset` of the buffer and whose payload has `length` octets. */
	open(offset: number, length: number): void {
		this.headerVersion = this.view.getUint32(offset + 4, true);
		this.id = this.view.getUint32(offset + 8, true);
		this.base = offset + headerSize;
		this.length = length;
		this.end = this.base + length;
		this.cursor = this.end;
	}

	/** Where an offset of the payload lies in {@link octets}. */
	place(offset: number): number {
		return this.base + offset;
	}

	/** A u32 of the buffer itself, for whoever frames messages. */
	rawU32(offset: number): number {
		return this.view.getUint32(offset, true);
	}

	/** True when `size` octets at `offset` of the payload were received. */
	has(offset: number, size: number): boolean {
		return offset + size <= this.length;
	}

	u32(offset: number): number {
		return offset + 4 <= this.length ? this.view.getUint32(this.base + offset, true) : 0;
	}

	u16(offset: number): number {
		return offset + 2 <= this.length ? this.view.getUint16(this.base + offset, true) : 0;
	}

	u8(offset: number): number {
		return offset < this.length ? (this.octets[this.base + offset] as number) : 0;
	}

	/** An IPv4 address with the first octet in the most significant byte. */
	address(offset: number): number {
		return offset + 4 <= this.length ? this.view.getUint32(this.base + offset, false) : 0;
	}

	/**
	 * Keeps the NUL-ended text at `offset`, at most `maximum` octets (the field's size), in `slot`. What follows the NUL is
	 * ignored, since servers leave garbage there.
	 */
	copyText(offset: number, maximum: number, slot: Text): void {
		const from = this.base + offset;
		let to = from + maximum;
		if (to > this.end) to = this.end;
		if (from >= to) {
			slot.clear();
			return;
		}
		const nul = this.octets.indexOf(0, from);
		const open = nul < 0 || nul >= to;
		const length = (open ? to : nul) - from;
		// servers fill a field to its end, or leave its last octet for a NUL
		slot.store(from, length, open || length === maximum - 1);
	}

	/** The NUL-ended text at `offset`, at most `maximum` octets, as a string: for what is looked at once and not kept. */
	string(offset: number, maximum: number): string {
		const from = this.base + offset;
		const most = Math.min(from + maximum, this.end);
		if (from >= most) return "";
		const nul = this.octets.indexOf(0, from);
		return decode(this.octets, from, (nul < 0 || nul > most ? most : nul) - from);
	}

	/** Begins to step through a run of NUL-ended texts at `offset`. */
	startTexts(offset: number): void {
		this.cursor = this.base + offset;
	}

	/** Keeps the next text of the run in `slot` (empty when the run has ended) and steps behind it. */
	nextText(slot: Text): void {
		const from = this.cursor;
		if (from >= this.end) {
			slot.clear();
			return;
		}
		const to = this.endOfText(from);
		slot.store(from, to - from, to === this.end);
	}

	/** Whether the next text of the run is empty, or the run has ended. */
	get atEmptyText(): boolean {
		return this.cursor >= this.end || this.octets[this.cursor] === 0;
	}

	/** Steps over `count` texts of the run. */
	skipTexts(count: number): void {
		for (let i = 0; i < count && this.cursor < this.end; i += 1) this.endOfText(this.cursor);
	}

	/** End of the text at `from`; moves the cursor behind its NUL. */
	private endOfText(from: number): number {
		const nul = this.octets.indexOf(0, from);
		const to = nul < 0 || nul > this.end ? this.end : nul;
		this.cursor = to + 1;
		return to;
	}
}
