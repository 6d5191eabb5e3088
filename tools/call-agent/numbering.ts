/*
 * Numbers that can be dialled: services, and the lines of known phones. Says after each digit whether the number is
 * complete, as servers do that own the digit time-out.
 */
import type { Device, Line } from "./device.js";
import type { Service } from "./leg.js";

export type Destination = { readonly service: Service } | { readonly line: Line };

const services: Readonly<Record<string, Service>> = Object.freeze({
	"600": "echo",
	"601": "tone",
	"602": "music",
	"606": "busy",
	"607": "congestion",
});

export class Numbering {
	constructor(
		private readonly devices: ReadonlyMap<string, Device>,
		private readonly firstNumber: number,
	) {}

	private *lines(): Iterable<Line> {
		for (const device of this.devices.values()) yield* device.lines;
	}

	find(number: string): Destination | undefined {
		const service = services[number];
		if (service) return { service };
		for (const line of this.lines()) if (line.number === number) return { line };
		return undefined;
	}

	/** `complete` when no longer number begins with these digits, `none` when no number at all does. */
	match(digits: string): "complete" | "more" | "none" {
		let longer = false;
		for (const number of [...Object.keys(services), ...[...this.lines()].map((line) => line.number)])
			if (number.length > digits.length && number.startsWith(digits)) longer = true;
		if (longer) return "more";
		return this.find(digits) ? "complete" : "none";
	}

	/** The lowest number that no line has. `reserved` are kept for others. */
	next(reserved: ReadonlySet<string>): string {
		const taken = new Set([...reserved, ...[...this.lines()].map((line) => line.number)]);
		for (let number = this.firstNumber; ; number++) {
			const text = String(number);
			if (!taken.has(text) && !services[text]) return text;
		}
	}
}
