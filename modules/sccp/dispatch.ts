/*
 * Hands each received message to the rooms that asked for it. A room brings a frozen table of methods by id, made once and
 * lying in flash. What has no meaning gets no further than this: an unknown id, a message of fewer octets than it needs, a value that
 * its field does not know. Each is counted and skipped, and logged once a kind.
 */
import type { Known } from "sccp/message";
import { type AnyMessage, dense, lookUp } from "sccp/messages";
import type { Reader } from "sccp/reader";

/** A room's method for one message; `this` is the room. */
export type Handler<T> = (this: T, reader: Reader) => void;

/** Methods by message id. */
export type Handlers<T> = readonly (Handler<T> | undefined)[];

/** Makes a room's table at module level, for example `handlers<Phone>([[CallState, Phone.prototype.onCallState]])`. */
export function handlers<T>(entries: readonly (readonly [AnyMessage, Handler<T>])[]): Handlers<T> {
	let size = 0;
	for (const [message] of entries) size = Math.max(size, message.id + 1);
	const table: (Handler<T> | undefined)[] = [];
	for (let id = 0; id < size; id += 1) table.push(undefined);
	for (const [message, handler] of entries) table[message.id] = handler;
	return Object.freeze(table);
}

/** How many different unknown ids are remembered as logged. */
const remembered = 16;

/** What is said of a message that is skipped, once of each id. */
const Complaint = Object.freeze({ unhandled: 0, short: 1, value: 2, headerVersion: 3 });
const complaints = 4;
const unknownName = "unknown message";

export class Dispatch {
	/** Messages that rooms were handed. */
	handled: number;
	/** Messages with an id that the table does not have. */
	unknown: number;
	/** Messages that no room handles. */
	unhandled: number;
	/** Messages too short, with a value that their field does not know, or with a header that no server sends. */
	refused: number;
	private readonly log: (line: string) => void;
	private readonly receivers: unknown[];
	private readonly tables: Handlers<unknown>[];
	/** One bit for each complaint about each id of the table. */
	private readonly said: Uint8Array;
	private readonly logged: Uint32Array;
	private loggedCount: number;

	constructor(log: (line: string) => void) {
		this.log = log;
		this.handled = 0;
		this.unknown = 0;
		this.unhandled = 0;
		this.refused = 0;
		this.receivers = [];
		this.tables = [];
		this.said = new Uint8Array((dense * complaints + 7) >> 3);
		this.logged = new Uint32Array(remembered);
		this.loggedCount = 0;
	}

	/** Adds a room; rooms get a message in the order in which they were added (the station first). */
	attach<T>(receiver: T, table: Handlers<T>): void {
		this.receivers.push(receiver);
		this.tables.push(table as Handlers<unknown>);
	}

	/** Hands the reader's present message to the rooms. */
	dispatch(reader: Reader): void {
		const id = reader.id;
		const message = lookUp(id);
		if (message === undefined) {
			this.unknown += 1;
			if (this.firstUnknown(id)) this.skipped(unknownName, reader, "");
			return;
		}
		if (!this.makesSense(message, reader)) {
			this.refused += 1;
			return;
		}
		let handled = false;
		for (let i = 0; i < this.tables.length; i += 1) {
			const handler = (this.tables[i] as Handlers<unknown>)[id];
			if (handler !== undefined) {
				handled = true;
				handler.call(this.receivers[i], reader);
			}
		}
		if (handled) {
			this.handled += 1;
			return;
		}
		this.unhandled += 1;
		if (this.first(id, Complaint.unhandled)) this.skipped(message.name, reader, "");
	}

	/** The link skips the reader's present message, whose header has a version that no server sends. */
	skipHeader(reader: Reader): void {
		this.refused += 1;
		const message = lookUp(reader.id);
		const first = message === undefined ? this.firstUnknown(reader.id) : this.first(reader.id, Complaint.headerVersion);
		if (first) this.skipped(message?.name ?? unknownName, reader, `, header version ${reader.headerVersion},`);
	}

	/** False for a message that is shorter than it has to be, or has a value that its field does not know. */
	private makesSense(message: AnyMessage, reader: Reader): boolean {
		const length = reader.length;
		if (length < message.needs) {
			if (this.first(reader.id, Complaint.short))
				this.skipped(message.name, reader, `, at least ${message.needs} expected,`);
			return false;
		}
		if (!message.judged) return true;
		const known = message.form(reader.version, length).known;
		for (let i = 0; i < known.length; i += 1) {
			const { field, offset, ranges } = known[i] as Known;
			if (!reader.has(offset, 4) || within(reader.u32(offset), ranges)) continue;
			if (this.first(reader.id, Complaint.value))
				this.skipped(message.name, reader, `, ${field} ${reader.u32(offset)},`);
			return false;
		}
		return true;
	}

	/** True when this complaint about a message of the table is the first: the one that is logged. */
	private first(id: number, complaint: number): boolean {
		// of the few ids above the dense ones nothing is said
		if (id >= dense) return false;
		const bit = id * complaints + complaint;
		const said = this.said[bit >> 3] as number;
		this.said[bit >> 3] = said | (1 << (bit & 7));
		return (said & (1 << (bit & 7))) === 0;
	}

	/** As {@link first}, of an id that the table does not have: of any number of them a few are logged. */
	private firstUnknown(id: number): boolean {
		for (let i = 0; i < this.loggedCount; i += 1) if (this.logged[i] === id) return false;
		if (this.loggedCount === remembered) return false;
		this.logged[this.loggedCount] = id;
		this.loggedCount += 1;
		return true;
	}

	private skipped(name: string, reader: Reader, why: string): void {
		this.log(`${name} 0x${reader.id.toString(16)} with ${reader.length} octets${why} skipped (said once)`);
	}
}

/** True when a value lies in one of the ranges, pairs of the least and the greatest. */
function within(value: number, ranges: readonly number[]): boolean {
	for (let i = 0; i < ranges.length; i += 2)
		if (value >= (ranges[i] as number) && value <= (ranges[i + 1] as number)) return true;
	return false;
}
