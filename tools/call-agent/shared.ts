/*
 * Shared lines: a number on several phones. A call of one shows on the others, which may take it when it is held, or barge in
 * where its privacy does not forbid that.
 */
import type { Calls } from "./calls.js";
import type { Conferences } from "./conference.js";
import type { Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import type { Numbering } from "./numbering.js";

export class SharedLines {
	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
		private readonly conferences: Conferences,
	) {}

	private others(line: Line): Line[] {
		return this.numbering.linesOf(line.number).filter((other) => other !== line && other.device.registered);
	}

	/** The side of a call that another phone has on the same number. */
	private owner(line: Line, reference: number): Leg | undefined {
		for (const other of this.others(line)) {
			const leg = other.device.leg(reference);
			if (leg?.line === other && leg.state !== "ringIn") return leg;
		}
		return undefined;
	}

	/** Tells the other phones with its number what a call does. */
	update(leg: Leg): void {
		const { line, reference, state } = leg;
		if (!this.dialect.sharesLines || state === "ringIn" || (state === "offHook" && leg.digits === "")) return;
		for (const other of this.others(line)) {
			if (other.device.leg(reference)) continue;
			const told = other.remotes.get(reference);
			if (state === "released") {
				if (told === undefined || this.owner(other, reference)) continue;
				other.remotes.delete(reference);
				this.dialect.remoteGone(other, reference);
				continue;
			}
			const now = state === "held" ? "held" : "inUse";
			if (told === now && state !== "connected") continue;
			other.remotes.set(reference, now);
			this.dialect.remote(other, leg, now);
		}
	}

	/** Tells a phone that has just registered the calls of the others. */
	tell(line: Line): void {
		for (const other of this.others(line))
			for (const leg of other.device.legs) if (leg.line === other) this.update(leg);
	}

	/** Takes a call that another phone holds; false when there is none that can be taken. */
	takeOver(line: Line, reference: number): boolean {
		const owner = this.owner(line, reference);
		if (owner?.state !== "held" || owner.line.device.privacy) return false;
		const { active } = line.device;
		if (active) this.calls.putAside(active);
		line.remotes.delete(reference);
		const leg = this.calls.create(line, owner.outgoing, reference);
		if (!leg) return false;
		leg.digits = owner.digits;
		leg.takeCodec(owner.codec);
		leg.state = "held";
		this.calls.handOver(owner, leg);
		this.calls.resume(leg);
		return true;
	}

	/** Joins a conversation of another phone on the same number; false when that is not to be. */
	barge(line: Line, reference: number): boolean {
		const owner = this.owner(line, reference);
		if (owner?.state !== "connected" || owner.line.device.privacy) return false;
		if (!owner.conference && owner.peer?.state !== "connected") return false;
		const { active } = line.device;
		if (active) this.calls.putAside(active);
		line.remotes.delete(reference);
		const leg = this.calls.create(line, owner.outgoing, reference);
		if (!leg) return false;
		leg.digits = owner.digits;
		leg.takeCodec(owner.codec);
		this.conferences.bargeIn(leg, owner);
		leg.state = "held";
		this.calls.resume(leg);
		this.dialect.conferenced(leg);
		return true;
	}

	/** Hides a phone's calls from those who share its lines, or shows them again. */
	setPrivacy(line: Line, privacy: boolean): void {
		const { device } = line;
		device.privacy = privacy;
		this.dialect.privacy(device);
		for (const leg of device.legs) this.update(leg);
	}
}
