/*
 * Records that survive a power cut at any octet, and octets that rot. Each lies twice in the body's storage, in slots that are
 * written in turn: a write goes over the elder one, and a slot counts only when its length and CRC-32 are right. So a torn or rotted
 * slot leaves the value before it. This is the one layer that sees to it: `Storage` promises neither. NVS would write whole values
 * by itself, but of one that has rotted nothing is left there, and a phone without its configuration cannot register when no server
 * answers; so the elder value is worth its place on every body.
 */
import { halfOctets } from "base/crc";
import { pieceAt } from "base/pieces";
import type { Storage } from "hal/hardware";

/** Longest name of a record: the slot's digit comes on top, and a board's storage takes 15 characters. */
const longestKey = 14;
/** Three numbers of eight hexadecimal digits in front of the text: sequence, length, CRC-32 of the text and these two. */
const headerLength = 24;
/** In front of a single record's text: its CRC-32 alone. */
const checkLength = 8;

/** CRC-32 over characters of one octet each from `from` on, begun by an earlier part (0 at first). */
export function crc32(text: string, begun = 0, from = 0, to = text.length): number {
	let crc = ~begun;
	for (let start = from; start < to; ) {
		const piece = pieceAt(text, start);
		const end = Math.min(piece.length, to - start);
		for (let i = 0; i < end; i += 1) {
			const octet = piece.charCodeAt(i) & 255;
			crc = (halfOctets[(crc ^ octet) & 15] as number) ^ (crc >>> 4);
			crc = (halfOctets[(crc ^ (octet >> 4)) & 15] as number) ^ (crc >>> 4);
		}
		start += end;
	}
	return ~crc >>> 0;
}

/** Printable ASCII, tab and line end are stored as they are. */
function isPlain(code: number): boolean {
	return (code >= 0x20 && code < 0x7f && code !== 0x25) || code === 0x09 || code === 0x0a;
}

/** A code unit of UTF-16 as %XXXX. */
function escapeOf(unit: number): string {
	return `%${unit.toString(16).padStart(4, "0")}`;
}

/**
 * The text in ASCII, so that a cut can leave nothing but a shorter text: other characters are written as %XXXX, those beyond the first
 * plane as two of these, also by XS, where such a character is one.
 */
function encode(text: string): string {
	let escaped = "";
	let from = 0;
	for (let start = 0, { length } = text; start < length; ) {
		const piece = pieceAt(text, start);
		const end = piece.length;
		for (let i = 0; i < end; i += 1) {
			const code = piece.charCodeAt(i);
			if (isPlain(code)) continue;
			escaped += text.slice(from, start + i);
			if (code <= 0xffff) escaped += escapeOf(code);
			else escaped += escapeOf(0xd800 + ((code - 0x10000) >> 10)) + escapeOf(0xdc00 + (code & 0x3ff));
			from = start + i + 1;
		}
		start += end;
	}
	return from === 0 ? text : escaped + text.slice(from);
}

/** The code unit that is written at a place, NaN when none is. */
function unitAt(text: string, at: number): number {
	return text.charAt(at) === "%" ? Number.parseInt(text.slice(at + 1, at + 5), 16) : Number.NaN;
}

function decode(text: string): string {
	let plain = "";
	let from = 0;
	for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", from)) {
		const unit = unitAt(text, at);
		const next = unitAt(text, at + 5);
		// both halves at once, for XS to make one character of them
		const pair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
		plain += text.slice(from, at) + (pair ? String.fromCharCode(unit, next) : String.fromCharCode(unit));
		from = at + (pair ? 10 : 5);
	}
	return from === 0 ? text : plain + text.slice(from);
}

function digits(number: number): string {
	return (number >>> 0).toString(16).padStart(8, "0");
}

/** Eight hexadecimal digits as a number, NaN when they are none. */
function numberAt(text: string, offset: number): number {
	let number = 0;
	for (let i = offset; i < offset + 8; i += 1) {
		const digit = "0123456789abcdef".indexOf(text.charAt(i));
		if (digit < 0 || i >= text.length) return Number.NaN;
		number = number * 16 + digit;
	}
	return number;
}

/** Whether a text has nothing but what {@link encode} leaves in it. */
function isAscii(text: string): boolean {
	for (let start = 0, { length } = text; start < length; ) {
		const piece = pieceAt(text, start);
		const end = piece.length;
		for (let i = 0; i < end; i += 1) if (piece.charCodeAt(i) > 0x7e) return false;
		start += end;
	}
	return true;
}

/** What a valid slot says of itself. Its text is not kept: a configuration is large beside the heap. */
interface Slot {
	readonly sequence: number;
	readonly length: number;
	readonly crc: number;
}

/** The slot written as `record`; undefined when nothing valid stands there. */
function parse(record: string | undefined): Slot | undefined {
	if (record === undefined || record.length < headerLength) return undefined;
	const sequence = numberAt(record, 0);
	const length = record.length - headerLength;
	if (Number.isNaN(sequence) || numberAt(record, 8) !== length) return undefined;
	if (!isAscii(record)) return undefined;
	const crc = crc32(record, 0, headerLength);
	return numberAt(record, 16) === crc32(record, crc, 0, 16) ? { sequence, length, crc } : undefined;
}

/** Whether sequence number `a` comes after `b`, over the wrap of 32 bits. */
function isLater(a: number, b: number): boolean {
	return ((a - b) | 0) > 0;
}

export class Store {
	private readonly storage: Storage;
	private readonly log: (line: string) => void;

	/** @param log takes a line for the maintainer when the storage refuses something. */
	constructor(storage: Storage, log: (line: string) => void) {
		this.storage = storage;
		this.log = log;
	}

	/** The text written last, undefined when there is none. @param key 1 to 14 characters. */
	read(key: string): string | undefined {
		check(key);
		const newest = this.newest(key);
		if (newest < 0) return undefined;
		const record = this.record(key, newest);
		return record === undefined ? undefined : decode(record.slice(headerLength));
	}

	/**
	 * Keeps a text of any characters; writes nothing when it is what stands there already.
	 * @returns '' or what is wrong: the storage is full or refuses, and the value is the one before.
	 */
	write(key: string, text: string): string {
		check(key);
		const escaped = encode(text);
		const crc = crc32(escaped);
		const newest = this.newest(key);
		const present = newest < 0 ? undefined : parse(this.record(key, newest));
		if (present?.length === escaped.length && present.crc === crc && this.read(key) === text) return "";
		const header = digits(present === undefined ? 1 : present.sequence + 1) + digits(escaped.length);
		return this.attempt(`cannot keep ${key} (${escaped.length} octets)`, () => {
			this.storage.write(`${key}${newest === 0 ? 1 : 0}`, `${header}${digits(crc32(header, crc))}${escaped}`);
		});
	}

	/** Forgets a record: the elder slot first, so that a cut leaves the present value or none. @returns as {@link write}. */
	delete(key: string): string {
		check(key);
		const newest = this.newest(key) === 1 ? 1 : 0;
		return this.attempt(`cannot delete ${key}`, () => {
			this.storage.delete(`${key}${1 - newest}`);
			this.storage.delete(`${key}${newest}`);
		});
	}

	/**
	 * The text of a single record ({@link writeSingle}), undefined when there is none or it is torn or rotted.
	 * @param key 1 to 15 characters, and none that is the name of another record with 0 or 1 behind it.
	 */
	readSingle(key: string): string | undefined {
		const record = this.slot(key);
		if (record === undefined || record.length < checkLength || !isAscii(record)) return undefined;
		return numberAt(record, 0) === crc32(record, 0, checkLength) ? decode(record.slice(checkLength)) : undefined;
	}

	/**
	 * Keeps a text in one slot, without its elder value: a cut or rot leaves none. For one of many records of which each can be spared, at
	 * less than half of the room and the wear that {@link write} takes.
	 * @returns '' or what is wrong, as {@link write}.
	 */
	writeSingle(key: string, text: string): string {
		const escaped = encode(text);
		return this.attempt(`cannot keep ${key} (${escaped.length} octets)`, () => {
			this.storage.write(key, digits(crc32(escaped)) + escaped);
		});
	}

	/** Forgets a single record. @returns as {@link write}. */
	deleteSingle(key: string): string {
		return this.attempt(`cannot delete ${key}`, () => this.storage.delete(key));
	}

	/** The slot that holds the newest valid text, -1 when none does. */
	private newest(key: string): number {
		const first = parse(this.record(key, 0));
		const second = parse(this.record(key, 1));
		if (first === undefined) return second === undefined ? -1 : 1;
		return second !== undefined && isLater(second.sequence, first.sequence) ? 1 : 0;
	}

	private record(key: string, slot: number): string | undefined {
		return this.slot(`${key}${slot}`);
	}

	private slot(name: string): string | undefined {
		try {
			return this.storage.read(name);
		} catch (error) {
			this.log(`storage: cannot read ${name}: ${reason(error)}`);
			return undefined;
		}
	}

	private attempt(what: string, action: () => void): string {
		try {
			action();
			return "";
		} catch (error) {
			const text = `${what}: ${reason(error)}`;
			this.log(`storage: ${text}`);
			return text;
		}
	}
}

function reason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function check(key: string): void {
	if (key.length === 0 || key.length > longestKey)
		throw new RangeError(`storage key "${key}": 1 to ${longestKey} characters are expected`);
}
