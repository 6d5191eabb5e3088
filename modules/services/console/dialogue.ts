/*
 * Somebody at the console: octets become lines, lines become answers. It lives while he is there, and holds one line and the piece of an
 * answer that is being read. What is left of an answer is worked out as it is read.
 */
import { utf8 } from "base/octets";
import { plainLine } from "base/plain";
import type { Dialogue } from "hal/hardware";
import { type Lines, obey, wrong } from "services/console/commands";
import type { ConsoleHost } from "services/console/host";

/** Octets of a line that comes, lines of an answer, and octets of a line that goes. */
export const longestLine = 200;
export const mostLines = 250;
const longestAnswer = 240;

/** Control characters that edit. */
const interrupt = 3;
const backspace = 8;
const tabulator = 9;
const lineFeed = 10;
const carriageReturn = 13;
const discard = 21;
const space = 32;
const erase = 127;

/** With what a line of an answer begins that no command begins with: a terminal that sends back what it is sent has no answer to these. */
const errorSign = "!";
const echoSign = ">";

export class ConsoleDialogue implements Dialogue {
	private readonly host: ConsoleHost;
	private readonly serial: boolean;
	/** The line that comes, its octets as characters, and whether it is none: too long, or with characters that are no writing. */
	private line = "";
	private long = false;
	private odd = false;
	/** The answer that is being read, undefined for none, and the line of it that has to go from `at` on. */
	private answer: Lines | undefined = undefined;
	private index = 0;
	private rest = "";
	private at = 0;

	/** @param serial as {@link ConsolePort.open} has it. */
	constructor(host: ConsoleHost, serial: boolean) {
		this.host = host;
		this.serial = serial;
	}

	get busy(): boolean {
		return this.answer !== undefined || this.rest !== "";
	}

	take(octet: number): void {
		switch (octet) {
			case lineFeed:
			case carriageReturn:
				this.enter();
				break;
			case backspace:
			case erase:
				this.rubOut();
				break;
			case interrupt:
			case discard:
				this.clear();
				break;
			default:
				if (octet < space && octet !== tabulator) this.odd = true;
				else if (this.line.length === longestLine) this.long = true;
				else this.line += String.fromCharCode(octet === tabulator ? space : octet);
		}
	}

	read(target: Uint8Array): number {
		if (this.at === this.rest.length) this.next();
		const { rest, at } = this;
		const count = Math.min(target.length, rest.length - at);
		for (let i = 0; i < count; i += 1) target[i] = rest.charCodeAt(at + i);
		this.at += count;
		if (this.at === rest.length) {
			this.rest = "";
			this.at = 0;
		}
		return count;
	}

	/** Takes the next line of the answer. */
	private next(): void {
		const { answer } = this;
		while (answer !== undefined) {
			const cut = this.index === mostLines;
			const text = cut ? `${errorSign} the rest is left out` : answer(this.index);
			this.index += 1;
			if (text === undefined || cut) this.answer = undefined;
			if (text === undefined) return;
			if (text === "") continue;
			this.rest = this.lineOf(text);
			return;
		}
	}

	private lineOf(text: string): string {
		let octets = utf8(plainLine(text));
		if (octets.length > longestAnswer) {
			let end = longestAnswer - 3;
			// not within a character
			while (end > 0 && (octets.charCodeAt(end) & 0xc0) === 0x80) end -= 1;
			octets = `${octets.slice(0, end)}...`;
		}
		return this.serial ? `${octets}\r\n` : `${octets}\n`;
	}

	/** The line is whole. */
	private enter(): void {
		const line = this.line.trim();
		const { long, odd } = this;
		this.clear();
		this.index = 0;
		if (long) this.answer = wrong(`a line has ${longestLine} octets at most: this one is not obeyed`);
		else if (odd) this.answer = wrong("a line has no control characters: this one is not obeyed");
		else if (line !== "" && !line.startsWith(errorSign) && !line.startsWith(echoSign)) {
			const { host } = this;
			// a serial line shows what has been understood; over a socket a terminal has shown it
			if (this.serial) this.rest = `${echoSign} ${line}\r\n`;
			this.answer = obey(host, line);
		}
	}

	/** Takes the last character away, which may have several octets. */
	private rubOut(): void {
		let end = this.line.length - 1;
		while (end > 0 && (this.line.charCodeAt(end) & 0xc0) === 0x80) end -= 1;
		this.line = this.line.slice(0, Math.max(end, 0));
	}

	private clear(): void {
		this.line = "";
		this.long = false;
		this.odd = false;
	}
}
