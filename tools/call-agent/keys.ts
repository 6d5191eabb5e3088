/*
 * Keys of a phone: softkeys, line keys and the fixed ones. What a key cannot do now is refused in words, as servers do.
 */
import type { Calls } from "./calls.js";
import type { Device, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Features } from "./features.js";
import type { Leg } from "./leg.js";
import type { Pushes } from "./pushes.js";
import { type SoftKeyAction, softKeyAction } from "./softkeys.js";
import { transferKey } from "./transfer.js";

const Stimulus = Object.freeze({
	redial: 1,
	speedDial: 2,
	hold: 3,
	transfer: 4,
	line: 9,
	voiceMail: 15,
	busyLampField: 0x15,
	conference: 125,
});

export class Keys {
	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly features: Features,
		private readonly pushes: Pushes,
	) {}

	/** A softkey by its event. */
	softKey(device: Device, event: number, instance: number, reference: number): void {
		const action = softKeyAction(this.dialect.name, event);
		const done =
			action !== undefined && this.act(device, action, device.line(instance), device.leg(reference), reference);
		if (!done) this.dialect.refuse(device, device.leg(reference) ?? device.active);
	}

	/** Does what a softkey says; false when that is not possible now. */
	private act(device: Device, action: SoftKeyAction, line: Line, leg: Leg | undefined, reference: number): boolean {
		const { calls, features } = this;
		const current = leg ?? device.active;
		switch (action) {
			case "newCall":
				return calls.newCall(line, device.offHook) !== undefined;
			case "redial":
				return this.dial(device, device.lastDialled, line);
			case "answer": {
				const ringing = leg?.state === "ringIn" ? leg : device.legs.find((one) => one.state === "ringIn");
				if (ringing) calls.answer(ringing, device.offHook);
				return ringing !== undefined;
			}
			case "endCall":
				if (current) calls.release(current, "station");
				return current !== undefined;
			case "hold":
				if (current?.state !== "connected") return false;
				calls.hold(current);
				return true;
			case "transfer":
				return transferKey(calls, this.dialect, device);
			case "resume":
				if (!leg && features.shared.takeOver(line, reference)) return true;
				return this.resumeHeld(device, leg);
			case "backspace":
				if (current?.state !== "offHook" || current.digits === "") return false;
				calls.backspace(current);
				return true;
			case "dial":
				if (!current?.digits) return false;
				calls.dial(current);
				return true;
			case "conferenceList":
				return this.pushes.show(device, "conference") === undefined;
			default:
				return features.softKey(device, action, line, leg, reference);
		}
	}

	/** A key other than softkeys and digits. */
	stimulus(device: Device, stimulus: number, instance: number): void {
		if (!this.stimulates(device, stimulus, instance)) this.dialect.refuse(device, device.active);
	}

	private stimulates(device: Device, stimulus: number, instance: number): boolean {
		const { dialect, features } = this;
		switch (stimulus) {
			case Stimulus.line:
				return this.lineKey(device, instance);
			case Stimulus.speedDial:
			case Stimulus.busyLampField:
				return this.dial(device, device.speedDials[instance - 1]?.number ?? "", device.line(0));
			case Stimulus.redial:
				return this.dial(device, device.lastDialled, device.line(0));
			case Stimulus.hold:
				return this.holdKey(device);
			case Stimulus.transfer:
				return transferKey(this.calls, dialect, device);
			case Stimulus.voiceMail:
				return this.dial(device, features.voicemail.number, device.line(instance));
			case Stimulus.conference:
				return features.softKey(device, "conference", device.line(0), device.active, 0);
		}
		return false;
	}

	private dial(device: Device, number: string, line: Line): boolean {
		if (number !== "") this.calls.dialNumber(line, number, device.offHook);
		return number !== "";
	}

	private lineKey(device: Device, instance: number): boolean {
		if (instance > device.lines.length) return this.hintKey(device, instance);
		const line = device.line(instance);
		const legs = device.legs.filter((leg) => leg.line === line);
		const ringing = legs.find((leg) => leg.state === "ringIn");
		if (ringing) {
			this.calls.answer(ringing, device.offHook);
			return true;
		}
		if (device.active?.line === line) return true;
		const held = legs.find((leg) => leg.state === "held");
		if (held) this.calls.resume(held);
		else this.calls.newCall(line, device.offHook);
		return true;
	}

	/** A key that shows a state, where it is a line's: chan_skinny's does nothing. */
	private hintKey(device: Device, instance: number): boolean {
		const hints = device.speedDials.filter(({ hint }) => hint);
		const number = hints[instance - device.lines.length - 1]?.number ?? "";
		return this.dialect.hintKeysDial ? this.dial(device, number, device.line(0)) : true;
	}

	/** The Hold key: holds the conversation, or takes a held one back. */
	private holdKey(device: Device): boolean {
		const { active } = device;
		if (!active) return this.resumeHeld(device, undefined);
		if (active.state !== "connected") return false;
		this.calls.hold(active);
		return true;
	}

	private resumeHeld(device: Device, leg: Leg | undefined): boolean {
		const held = leg?.state === "held" ? leg : device.legs.find((candidate) => candidate.state === "held");
		if (held) this.calls.resume(held);
		return held !== undefined;
	}
}
