/*
 * Hands each received message to the rooms that asked for it. A room brings a frozen table of methods by id, made once and
 * lying in flash; an unknown id is counted, logged once and skipped.
 */
import { type AnyMessage, lookUp } from "sccp/messages";
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

export class Dispatch {
	/** Messages with an id that the table does not have. */
	unknown: number;
	/** Messages that no room handles. */
	unhandled: number;
	private readonly log: (line: string) => void;
	private readonly receivers: unknown[];
	private readonly tables: Handlers<unknown>[];
	private readonly logged: Uint32Array;
	private loggedCount: number;

	constructor(log: (line: string) => void) {
		this.log = log;
		this.unknown = 0;
		this.unhandled = 0;
		this.receivers = [];
		this.tables = [];
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
		let handled = false;
		for (let i = 0; i < this.tables.length; i += 1) {
			const handler = (this.tables[i] as Handlers<unknown>)[id];
			if (handler !== undefined) {
				handled = true;
				handler.call(this.receivers[i], reader);
			}
		}
		if (!handled) this.skip(reader);
	}

	private skip(reader: Reader): void {
		const id = reader.id;
		const message = lookUp(id);
		if (message === undefined) this.unknown += 1;
		else this.unhandled += 1;
		for (let i = 0; i < this.loggedCount; i += 1) if (this.logged[i] === id) return;
		if (this.loggedCount === remembered) return;
		this.logged[this.loggedCount] = id;
		this.loggedCount += 1;
		const name = message === undefined ? "unknown message" : message.name;
		this.log(`${name} 0x${id.toString(16)} with ${reader.length} octets skipped (said once)`);
	}
}
