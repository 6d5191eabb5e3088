/*
 * Numbers that can be dialled: services, and the lines of known phones. Says after each digit whether the number is
 * complete, as servers do that own the digit time-out.
 */
import type { Line } from "./device.js";
import type { Leg, Service } from "./leg.js";

/** What a number leads to: a service, the phones that have it, or a feature that takes the caller's side. */
export type Destination =
	| { readonly service: Service }
	| { readonly lines: readonly Line[] }
	| { take(leg: Leg): void };

/** `complete` when no longer number begins with these digits, `none` when no number at all does. */
export type Match = "complete" | "more" | "none";

const services: Readonly<Record<string, Service>> = Object.freeze({
	"600": "echo",
	"601": "tone",
	"602": "music",
	"606": "busy",
	"607": "congestion",
});

export class Numbering {
	/** Numbers of features. */
	private readonly features = new Map<string, (leg: Leg) => void>();
	/** Features whose number goes before that of a line. */
	private readonly prefixes = new Map<string, (leg: Leg, lines: readonly Line[]) => void>();
	/** Lines by their number, and what longer numbers of lines begin with: thousands of phones are looked up with every digit. */
	private readonly lines = new Map<string, Line[]>();
	private readonly beginnings = new Set<string>();
	/** All below is taken. */
	private lowest: number;

	constructor(firstNumber: number) {
		this.lowest = firstNumber;
	}

	/** A line that can be called from now on, for good. */
	add(line: Line): void {
		const { number } = line;
		const known = this.lines.get(number);
		if (known) known.push(line);
		else this.lines.set(number, [line]);
		for (let length = 0; length < number.length; length++) this.beginnings.add(number.slice(0, length));
	}

	/** Gives a number to a feature; `take` undefined takes it back. */
	setFeature(number: string, take: ((leg: Leg) => void) | undefined): void {
		if (take) this.features.set(number, take);
		else this.features.delete(number);
	}

	setPrefix(prefix: string, take: (leg: Leg, lines: readonly Line[]) => void): void {
		this.prefixes.set(prefix, take);
	}

	/** Lines with a number, on as many phones. */
	linesOf(number: string): readonly Line[] {
		return this.lines.get(number) ?? [];
	}

	find(number: string): Destination | undefined {
		const service = services[number];
		if (service) return { service };
		const feature = this.features.get(number);
		if (feature) return { take: feature };
		const lines = this.linesOf(number);
		if (lines.length > 0) return { lines };
		for (const [prefix, take] of this.prefixes) {
			const behind = number.startsWith(prefix) ? this.linesOf(number.slice(prefix.length)) : [];
			if (behind.length > 0) return { take: (leg) => take(leg, behind) };
		}
		return undefined;
	}

	match(digits: string): Match {
		if (this.begins(digits)) return "more";
		return this.find(digits) ? "complete" : "none";
	}

	/** Whether a number begins with these digits that has more of them. */
	private begins(digits: string): boolean {
		if (this.beginnings.has(digits)) return true;
		const longer = (number: string) => number.length > digits.length && number.startsWith(digits);
		if (Object.keys(services).some(longer) || [...this.features.keys()].some(longer)) return true;
		if (this.lines.size === 0) return false;
		return [...this.prefixes.keys()].some(
			(prefix) => longer(prefix) || (digits.startsWith(prefix) && this.beginnings.has(digits.slice(prefix.length))),
		);
	}

	/** The lowest number that no line has. `reserved` are kept for others. */
	next(reserved: ReadonlySet<string>): string {
		while (this.lines.has(String(this.lowest))) this.lowest++;
		for (let number = this.lowest; ; number++) {
			const text = String(number);
			if (!reserved.has(text) && !this.features.has(text) && !this.lines.has(text) && !services[text]) return text;
		}
	}
}
