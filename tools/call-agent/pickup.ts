/*
 * Call pick-up: takes a call that rings at another phone, of the own group, of any other, or of a group or phone by its number.
 */
import type { Calls } from "./calls.js";
import type { Device, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import type { Match, Numbering } from "./numbering.js";

/** Whose ringing calls are meant. */
export type PickUp = "own" | "other" | "number";

export class PickUps {
	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
		private readonly devices: ReadonlyMap<string, Device>,
	) {}

	/** A pick-up key; false when it cannot be pressed now. */
	key(device: Device, what: PickUp, line: Line): boolean {
		const { active } = device;
		if (active && active.state !== "offHook") return false;
		if (what !== "number") {
			const ringing = this.ringing(device, ({ group }) => (group === line.group) === (what === "own"));
			if (ringing) this.take(ringing, active ?? this.side(line));
			else this.dialect.nothingToPickUp(device, active);
			return true;
		}
		const leg = this.calls.newCall(line, device.offHook);
		if (!leg) return false;
		leg.collects = {
			match: (digits) => this.match(digits),
			take: (number) => {
				const ringing = this.ringing(device, (other) => other.group === number || other.number === number);
				if (ringing) this.take(ringing, leg);
				else {
					this.calls.release(leg, "agent");
					this.dialect.nothingToPickUp(device, undefined);
				}
			},
		};
		return true;
	}

	/** Has a phone without a call of its own take one that rings elsewhere. */
	pick(device: Device, ringing: Leg): void {
		if (!device.active) this.take(ringing, this.side(device.line(0)));
	}

	private side(line: Line): Leg | undefined {
		return this.calls.create(line, false);
	}

	private match(digits: string): Match {
		const numbers = [...this.devices.values()].flatMap(({ lines }) =>
			lines.flatMap(({ group, number }) => [group, number]),
		);
		if (numbers.some((number) => number.length > digits.length && number.startsWith(digits))) return "more";
		return numbers.includes(digits) ? "complete" : this.numbering.match(digits) === "none" ? "none" : "more";
	}

	/** A side that rings at a line of others. */
	private ringing(own: Device, wanted: (line: Line) => boolean): Leg | undefined {
		for (const device of this.devices.values()) {
			if (device === own) continue;
			const leg = device.legs.find((candidate) => candidate.state === "ringIn" && wanted(candidate.line));
			if (leg) return leg;
		}
		return undefined;
	}

	/** Answers at `leg` what rings elsewhere. */
	private take(ringing: Leg, leg: Leg | undefined): void {
		const caller = ringing.peer;
		if (!caller || !leg) return;
		clearTimeout(leg.timer);
		leg.state = "ringIn";
		leg.outgoing = false;
		leg.digits = "";
		leg.takeCodec(caller.codec);
		leg.peer = caller;
		caller.redirected.push(ringing.line);
		caller.forks.push(leg);
		this.calls.answer(leg, leg.line.device.offHook);
	}
}
