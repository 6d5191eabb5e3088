/*
 * Numbers that can be dialled: services, and the lines of known phones. Says after each digit whether the number is
 * complete, as servers do that own the digit time-out.
 */
import type { Device, Line } from "./device.js";
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

	constructor(
		private readonly devices: ReadonlyMap<string, Device>,
		private readonly firstNumber: number,
	) {}

	/** Gives a number to a feature; `take` undefined takes it back. */
	setFeature(number: string, take: ((leg: Leg) => void) | undefined): void {
		if (take) this.features.set(number, take);
		else this.features.delete(number);
	}

	setPrefix(prefix: string, take: (leg: Leg, lines: readonly Line[]) => void): void {
		this.prefixes.set(prefix, take);
	}

	/** Lines with a number, on as many phones. */
	linesOf(number: string): Line[] {
		return [...this.lines()].filter((line) => line.number === number);
	}

	private *lines(): Iterable<Line> {
		for (const device of this.devices.values()) yield* device.lines;
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
		const numbers = [...this.lines()].map((line) => line.number);
		const behind = [...this.prefixes.keys()].flatMap((prefix) => numbers.map((number) => prefix + number));
		const all = [...Object.keys(services), ...this.features.keys(), ...numbers, ...behind];
		if (all.some((number) => number.length > digits.length && number.startsWith(digits))) return "more";
		return this.find(digits) ? "complete" : "none";
	}

	/** The lowest number that no line has. `reserved` are kept for others. */
	next(reserved: ReadonlySet<string>): string {
		const taken = new Set([...reserved, ...this.features.keys(), ...[...this.lines()].map((line) => line.number)]);
		for (let number = this.firstNumber; ; number++) {
			const text = String(number);
			if (!taken.has(text) && !services[text]) return text;
		}
	}
}
