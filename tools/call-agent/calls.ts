/*
 * Calls: what a phone's digits, keys and hook do, and what becomes of both sides. How that is said to the phones is the
 * dialect's part.
 */
import type { Device, Line } from "./device.js";
import type { Dialect, ReleaseCause } from "./dialect.js";
import { Leg } from "./leg.js";
import { LegMedia } from "./leg-media.js";
import type { Numbering } from "./numbering.js";
import { buttonOf, type ReceiveChannelAck } from "./received.js";
import type { RtpPort } from "./rtp.js";
import type { SoftKeyAction } from "./softkeys.js";
import { transferKey } from "./transfer.js";

/** What the rest of the agent is told. */
export interface CallEvents {
	/** A side reached a state. */
	callState(leg: Leg): void;
	/** A digit came while a call was up. */
	callDigit(leg: Leg, digit: string): void;
	/** A side is gone; its counters are final. */
	callEnd(leg: Leg, cause: ReleaseCause): void;
}

export interface CallSettings {
	readonly digitTimeout: number;
	readonly firstDigitTimeout: number;
	readonly answerDelay: number;
	readonly packetTime: number;
	readonly codecs: readonly number[];
	readonly directMedia: boolean;
}

/** Calls that one line can have. */
const callsPerLine = 2;
/** Milliseconds that the reorder tone lasts before chan_skinny hangs up on a wrong number. */
const reorderTime = 3000;
/** Milliseconds after which a phone that has not opened its channel hears the rest all the same. */
const openTime = 1000;

export class Calls {
	private readonly media: LegMedia;
	private count = 0;

	constructor(
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
		private readonly settings: CallSettings,
		private readonly takePort: () => RtpPort | undefined,
		private readonly events: CallEvents,
	) {
		this.media = new LegMedia(dialect, settings.directMedia);
	}

	/** The handset went up or the speaker key was pressed. */
	offHook(device: Device, line: number, reference: number): void {
		const already = device.offHook;
		device.offHook = true;
		const ringing = device.leg(reference) ?? device.legs.find((leg) => leg.state === "ringIn");
		if (ringing?.state === "ringIn" && !device.active) {
			this.answer(ringing, true);
			return;
		}
		if (already && this.dialect.remembersHook) return;
		if (!device.active) this.newCall(device.line(line), true);
	}

	onHook(device: Device): void {
		device.offHook = false;
		const leg = device.active;
		if (leg) this.release(leg, "station");
		else this.dialect.onHookIdle(device);
	}

	newCall(line: Line, byHook: boolean): Leg | undefined {
		const { device } = line;
		const active = device.active;
		if (active?.state === "offHook" && active.digits === "") return active;
		if (active) this.putAside(active);
		const leg = this.create(line, true);
		if (!leg) return undefined;
		this.dialect.offHook(leg, byHook);
		this.events.callState(leg);
		this.armDigits(leg, this.settings.firstDigitTimeout);
		return leg;
	}

	/** A new side of a call; undefined when the phone is away. */
	private create(line: Line, outgoing: boolean): Leg | undefined {
		const registration = line.device.registration;
		if (!registration) return undefined;
		const count = ++this.count;
		const leg = new Leg(
			line,
			this.dialect.reference(count),
			outgoing,
			registration.sender,
			registration.connection.localAddress,
		);
		leg.passThruParty = this.dialect.passThruParty(leg, count);
		leg.packetTime = this.settings.packetTime;
		leg.codec = this.settings.codecs.find((codec) => line.device.codecs.includes(codec)) ?? 4;
		leg.port = this.takePort();
		line.device.legs.push(leg);
		return leg;
	}

	/** Makes room for another call: a conversation is held, anything else ends. */
	private putAside(leg: Leg): void {
		if (leg.state === "connected") this.hold(leg);
		else this.release(leg, "agent");
	}

	digit(device: Device, digit: string, reference: number): void {
		const leg = device.leg(reference) ?? device.active;
		if (!leg) return;
		if (leg.state === "offHook") this.collect(leg, digit);
		else if (leg.state === "connected") {
			device.callDigits = (device.callDigits + digit).slice(-64);
			if (leg.peer?.state === "connected") this.dialect.peerDigit(leg.peer, buttonOf(digit));
			this.events.callDigit(leg, digit);
		}
	}

	private collect(leg: Leg, digit: string): void {
		if (digit === "#" && leg.digits !== "") {
			this.dial(leg);
			return;
		}
		leg.digits += digit;
		const match = this.numbering.match(leg.digits);
		if (match === "more" || leg.digits.length === 1) this.dialect.digit(leg, leg.digits.length);
		if (match === "complete") this.dial(leg);
		else if (match === "none") this.invalid(leg);
		else this.armDigits(leg, this.settings.digitTimeout);
	}

	private armDigits(leg: Leg, milliseconds: number): void {
		clearTimeout(leg.timer);
		leg.timer = setTimeout(() => this.dial(leg), milliseconds);
	}

	backspace(leg: Leg): void {
		if (leg.state !== "offHook" || leg.digits === "") return;
		leg.digits = leg.digits.slice(0, -1);
		this.dialect.backspace(leg);
		this.armDigits(leg, this.settings.digitTimeout);
	}

	/** EnblocCall: completes the call that is being dialled, or makes one. */
	enbloc(line: Line, number: string, byHook: boolean): void {
		const { active } = line.device;
		const dialling = active?.state === "offHook" ? active : undefined;
		if (this.dialect.enblocAnew) {
			const anew = dialling?.line ?? line;
			if (active) this.release(active, "agent");
			const leg = this.numbering.find(number) && this.create(anew, true);
			if (!leg) return;
			leg.digits = number;
			this.dial(leg);
		} else if (dialling) {
			dialling.digits += number;
			this.dial(dialling);
		} else if (!active) this.dialNumber(line, number, byHook);
	}

	/** Dials a whole number on a line: speed dial, Redial. */
	dialNumber(line: Line, number: string, byHook: boolean): void {
		const leg = this.newCall(line, byHook);
		if (!leg) return;
		leg.digits = number.replace(/#$/, "");
		if (leg.digits === "") return;
		this.dialect.digit(leg, 1);
		this.dial(leg);
	}

	/** Takes the digits there are as the whole number. */
	dial(leg: Leg): void {
		clearTimeout(leg.timer);
		if (leg.state !== "offHook") return;
		const destination = this.numbering.find(leg.digits);
		if (!destination) {
			this.invalid(leg);
			return;
		}
		leg.line.device.lastDialled = leg.digits;
		leg.state = "proceeding";
		this.dialect.dialling(leg);
		this.events.callState(leg);
		if ("line" in destination) this.dialLine(leg, destination.line);
		else if (destination.service === "busy" || destination.service === "congestion")
			this.fail(leg, destination.service);
		else {
			leg.service = destination.service;
			if (this.settings.answerDelay === 0) {
				this.connect(leg);
				return;
			}
			this.ringOut(leg);
			leg.timer = setTimeout(() => this.connect(leg), this.settings.answerDelay);
		}
	}

	private dialLine(leg: Leg, line: Line): void {
		// chan_skinny has opened the caller's channel by now: its codec cannot change any more.
		const choice = leg.receiveOpen ? [leg.codec] : this.settings.codecs;
		const codec = choice.find(
			(candidate) => leg.line.device.codecs.includes(candidate) && line.device.codecs.includes(candidate),
		);
		const own = line.device.legs.filter((candidate) => candidate.line === line);
		if (!line.device.registered || codec === undefined) {
			this.fail(leg, "congestion");
			return;
		}
		if (own.length >= callsPerLine || own.some((candidate) => candidate.state === "ringIn" || candidate === leg)) {
			this.fail(leg, "busy");
			return;
		}
		const waiting = line.device.active !== undefined;
		const callee = this.create(line, false);
		if (!callee) {
			this.fail(leg, "congestion");
			return;
		}
		callee.waiting = waiting;
		callee.state = "ringIn";
		callee.peer = leg;
		leg.peer = callee;
		leg.codec = codec;
		callee.codec = codec;
		this.dialect.ringIn(callee);
		this.events.callState(callee);
		this.ringOut(leg);
	}

	private ringOut(leg: Leg): void {
		leg.state = "ringOut";
		this.dialect.ringOut(leg);
		this.events.callState(leg);
		this.media.update(leg);
	}

	private fail(leg: Leg, state: "busy" | "congestion"): void {
		leg.state = state;
		this.dialect[state](leg);
		this.events.callState(leg);
		this.media.update(leg);
	}

	private invalid(leg: Leg): void {
		clearTimeout(leg.timer);
		leg.state = "invalid";
		this.dialect.invalid(leg);
		this.events.callState(leg);
		if (this.dialect.inBand) leg.timer = setTimeout(() => this.release(leg, "agent"), reorderTime);
	}

	private connect(leg: Leg): void {
		clearTimeout(leg.timer);
		leg.state = "connected";
		this.dialect.connected(leg);
		this.events.callState(leg);
		this.media.update(leg);
	}

	/** Takes a ringing call. */
	answer(leg: Leg, byHook: boolean): void {
		const caller = leg.peer;
		if (!caller || leg.state !== "ringIn") return;
		const { active } = leg.line.device;
		leg.state = "connected";
		if (active && this.dialect.dropsOnAnswer) this.release(active, "agent");
		else if (active) this.putAside(active);
		this.dialect.answered(leg, byHook);
		this.events.callState(leg);
		const rest = leg.afterOpen;
		if (!rest) {
			this.connect(caller);
			return;
		}
		// A dialect that waits for the phone's channel says the rest, to both sides, when it is open.
		leg.afterOpen = () => {
			rest();
			if (caller.state === "ringOut") this.connect(caller);
		};
		leg.timer = setTimeout(() => this.opened(leg), openTime);
	}

	private opened(leg: Leg): void {
		clearTimeout(leg.timer);
		const rest = leg.afterOpen;
		leg.afterOpen = undefined;
		rest?.();
	}

	/** OpenReceiveChannelAck. */
	channelOpen(device: Device, ack: ReceiveChannelAck): void {
		const leg = device.legs.find((candidate) => candidate.passThruParty === ack.passThruParty);
		if (!leg?.receiveOpen) return;
		if (ack.status !== 0) {
			this.release(leg, "agent");
			return;
		}
		leg.receive = { address: ack.address, port: ack.port };
		this.media.update(leg);
		if (leg.afterOpen) this.opened(leg);
	}

	hold(leg: Leg): void {
		if (leg.state !== "connected") return;
		this.opened(leg);
		leg.state = "held";
		this.dialect.hold(leg);
		if (leg.peer?.state === "connected") this.dialect.heldByPeer(leg.peer);
		this.events.callState(leg);
		this.media.update(leg);
	}

	resume(leg: Leg): void {
		if (leg.state !== "held") return;
		const active = leg.line.device.active;
		if (active) this.putAside(active);
		leg.state = "connected";
		this.dialect.resume(leg);
		if (leg.peer?.state === "connected") this.dialect.resumedByPeer(leg.peer);
		this.events.callState(leg);
		this.media.update(leg);
	}

	/** A held side has got another partner, who rings: it hears the ringing. */
	ringOnward(leg: Leg): void {
		this.dialect.ringOnward(leg);
		this.ringOut(leg);
	}

	/** A held side has got another partner, who talks. */
	joined(leg: Leg): void {
		this.dialect.resumedByPeer(leg);
		this.dialect.newPartner(leg);
		this.media.update(leg);
	}

	/** Ends a side, and with it the other. */
	release(leg: Leg, cause: ReleaseCause): void {
		const { device } = leg.line;
		const at = device.legs.indexOf(leg);
		if (at < 0) return;
		clearTimeout(leg.timer);
		leg.afterOpen = undefined;
		device.legs.splice(at, 1);
		const { peer, port } = leg;
		port?.stop();
		if (!device.active) device.offHook = false;
		if (device.registered) this.dialect.released(leg, cause);
		leg.state = "released";
		leg.receive = undefined;
		leg.transmit = undefined;
		port?.close();
		this.events.callEnd(leg, cause);
		if (peer) {
			peer.peer = undefined;
			this.release(peer, "peer");
		}
		this.ringWaiting(device);
	}

	/** A call that waited behind another one rings aloud once that is over. */
	private ringWaiting(device: Device): void {
		if (device.active || !device.registered) return;
		const waiting = device.legs.find((leg) => leg.state === "ringIn" && leg.waiting);
		if (!waiting) return;
		waiting.waiting = false;
		this.dialect.ringIn(waiting);
	}

	/** The phone is gone: ends all its calls. */
	gone(device: Device): void {
		// The hook is as the phone left it; chan_skinny holds on to that.
		const { offHook } = device;
		for (const leg of [...device.legs]) this.release(leg, "station");
		device.offHook = offHook;
	}

	/** A line key. */
	lineKey(device: Device, instance: number): void {
		const line = device.line(instance);
		const legs = device.legs.filter((leg) => leg.line === line);
		const ringing = legs.find((leg) => leg.state === "ringIn");
		if (ringing) {
			this.answer(ringing, device.offHook);
			return;
		}
		if (device.active?.line === line) return;
		const held = legs.find((leg) => leg.state === "held");
		if (held) this.resume(held);
		else this.newCall(line, device.offHook);
	}

	softKey(device: Device, action: SoftKeyAction, line: number, reference: number): void {
		const leg = device.leg(reference);
		const current = leg ?? device.active;
		const ringing = leg?.state === "ringIn" ? leg : device.legs.find((candidate) => candidate.state === "ringIn");
		switch (action) {
			case "newCall":
				this.newCall(device.line(line), device.offHook);
				break;
			case "redial":
				if (device.lastDialled !== "") this.dialNumber(device.line(line), device.lastDialled, device.offHook);
				break;
			case "answer":
				if (ringing) this.answer(ringing, device.offHook);
				break;
			case "endCall":
				if (current) this.release(current, "station");
				break;
			case "hold":
				if (current) this.hold(current);
				break;
			case "transfer":
				transferKey(this, this.dialect, device);
				break;
			case "resume":
				this.resumeHeld(device, leg);
				break;
			case "backspace":
				if (current) this.backspace(current);
				break;
			case "dial":
				if (current?.digits) this.dial(current);
				break;
		}
	}

	/** The Hold key: holds the conversation, or takes a held one back. */
	holdKey(device: Device): void {
		const active = device.active;
		if (active) this.hold(active);
		else this.resumeHeld(device, undefined);
	}

	private resumeHeld(device: Device, leg: Leg | undefined): void {
		const held = leg?.state === "held" ? leg : device.legs.find((candidate) => candidate.state === "held");
		if (held) this.resume(held);
	}
}
