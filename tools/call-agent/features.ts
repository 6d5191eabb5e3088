/*
 * What a call agent does beside plain calls, each in a room of its own, and the keys and numbers that lead there.
 */
import type { Calls } from "./calls.js";
import { Conferences } from "./conference.js";
import type { Device, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import { Forwards } from "./forward.js";
import type { Leg } from "./leg.js";
import type { Numbering } from "./numbering.js";
import { ParkingLot } from "./park.js";
import { PickUps } from "./pickup.js";
import { Presence } from "./presence.js";
import { SharedLines } from "./shared.js";
import type { SoftKeyAction } from "./softkeys.js";
import { Voicemail } from "./voicemail.js";

/** Numbers: a conference room, and what goes before a line's number for a talk or an announcement that needs no answer. */
const room = "800";
const intercom = "*5";
const page = "*6";

export class Features {
	readonly forwards: Forwards;
	readonly parking: ParkingLot;
	readonly pickUps: PickUps;
	readonly conferences: Conferences;
	readonly voicemail: Voicemail;
	readonly presence: Presence;
	readonly shared: SharedLines;

	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		numbering: Numbering,
		devices: ReadonlyMap<string, Device>,
		/** What outlasts the agent has changed. */
		changed: () => void,
	) {
		this.forwards = new Forwards(calls, dialect, numbering, changed);
		this.parking = new ParkingLot(calls, dialect, numbering);
		this.pickUps = new PickUps(calls, dialect, numbering, devices);
		this.conferences = new Conferences(calls, dialect);
		this.voicemail = new Voicemail(calls, dialect, numbering);
		this.presence = new Presence(dialect, numbering, devices);
		this.shared = new SharedLines(calls, dialect, numbering, this.conferences);
		numbering.setFeature(room, (leg) => this.conferences.enter(room, leg));
		numbering.setPrefix(intercom, (leg, lines) => calls.dialLines(leg, lines, "talk"));
		numbering.setPrefix(page, (leg, lines) => calls.dialLines(leg, lines, "page"));
	}

	/** A phone has registered: tells it what it is to show. */
	registered(device: Device): void {
		for (const line of device.lines) {
			line.remotes.clear();
			this.shared.tell(line);
			this.presence.update(line.number);
		}
		this.presence.tell(device);
		this.voicemail.registered(device);
	}

	/** A phone has gone. */
	gone(device: Device): void {
		for (const { number } of device.lines) this.presence.update(number);
	}

	/** A side of a call has changed. */
	changed(leg: Leg): void {
		this.shared.update(leg);
		this.presence.update(leg.line.number);
	}

	/** Does what a softkey says; false when that is not possible now. */
	softKey(device: Device, action: SoftKeyAction, line: Line, leg: Leg | undefined, reference: number): boolean {
		switch (action) {
			case "forwardAll":
				return this.forwards.key(device, "all", line);
			case "forwardBusy":
				return this.forwards.key(device, "busy", line);
			case "forwardNoAnswer":
				return this.forwards.key(device, "noAnswer", line);
			case "park":
				return device.active !== undefined && this.parking.park(device.active);
			case "pickUp":
				return this.pickUps.key(device, this.dialect.pickUpAsks ? "number" : "own", line);
			case "groupPickUp":
				return this.pickUps.key(device, this.dialect.groupPickUpAsks ? "number" : "own", line);
			case "otherPickUp":
				return this.pickUps.key(device, "other", line);
			case "conference":
				return this.conferences.key(device);
			case "meetMe":
				return this.meetMe(device, line);
			case "doNotDisturb":
				this.setDoNotDisturb(device, !device.doNotDisturb);
				return true;
			case "private":
				this.shared.setPrivacy(line, !device.privacy);
				return true;
			case "barge":
				return !leg && this.shared.barge(line, reference);
			case "divert":
				return this.divert(leg);
		}
		return false;
	}

	/** Asks for the number of a conference room. */
	private meetMe(device: Device, line: Line): boolean {
		const { active } = device;
		if (active && (active.state !== "offHook" || active.digits !== "")) return false;
		return this.calls.newCall(line, device.offHook) !== undefined;
	}

	setDoNotDisturb(device: Device, doNotDisturb: boolean): void {
		device.doNotDisturb = doNotDisturb;
		this.dialect.doNotDisturb(device);
		for (const { number } of device.lines) this.presence.update(number);
	}

	/** Sends a call that rings to voicemail at once. */
	private divert(leg: Leg | undefined): boolean {
		if (leg?.state !== "ringIn" || !leg.peer) return false;
		const caller = leg.peer;
		clearTimeout(caller.timer);
		this.calls.endForks(caller);
		this.voicemail.record(caller, leg.line);
		return true;
	}

	/** Nobody has answered a call for a line. */
	unanswered(leg: Leg, line: Line): void {
		this.calls.endForks(leg);
		this.voicemail.record(leg, line);
	}
}
