/*
 * Call forward: all calls of a line, those while it is busy, or those that nobody answers. The key asks for the number, and takes a
 * forward back where there is one.
 */
import type { Calls } from "./calls.js";
import type { Device, Forwarding, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Numbering } from "./numbering.js";

export class Forwards {
	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
		private readonly changed: () => void,
	) {}

	/** A forward key; false when it cannot be pressed now. */
	key(device: Device, kind: keyof Forwarding, line: Line): boolean {
		const { active } = device;
		if (active && active.state !== "offHook") return false;
		if (!active && line.forward[kind] !== "") {
			this.set(line, kind, "");
			return true;
		}
		const leg = this.calls.newCall(line, device.offHook);
		if (!leg) return false;
		this.dialect.asksForNumber(leg);
		leg.collects = {
			match: (digits) => this.numbering.match(digits),
			take: (number) => {
				if (!this.numbering.find(number)) {
					this.calls.invalid(leg);
					return;
				}
				this.calls.release(leg, "agent");
				this.set(line, kind, number);
			},
		};
		return true;
	}

	/** Forwards a line's calls to a number, '' to nowhere any more, and tells all phones that have the line. */
	set(line: Line, kind: keyof Forwarding, number: string): void {
		for (const one of this.numbering.linesOf(line.number)) {
			one.forward[kind] = number;
			if (one.device.registered) this.dialect.forwarded(one);
		}
		this.changed();
	}
}
