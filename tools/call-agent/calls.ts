/*
 * Calls: what a phone's digits, keys and hook do, and what becomes of both sides. How that is said to the phones is the
 * dialect's part.
 */
import type { Device, Line } from "./device.js";
import type { ReleaseCause } from "./dialect.js";
import type { Dialect } from "./dialect-features.js";
import { type AutoAnswer, Leg } from "./leg.js";
import { LegMedia } from "./leg-media.js";
import type { Destination, Numbering } from "./numbering.js";
import { buttonOf, type ReceiveChannelAck } from "./received.js";
import type { RtpPort } from "./rtp.js";

/** What the rest of the agent is told. */
export interface CallEvents {
	/** A side reached a state. */
	callState(leg: Leg): void;
	/** A digit came while a call was up. */
	callDigit(leg: Leg, digit: string): void;
	/** A side is gone; its counters are final. */
	callEnd(leg: Leg, cause: ReleaseCause): void;
	/** Nobody has answered for long, at a line that sends its calls nowhere. */
	unanswered(leg: Leg, line: Line): void;
}

export interface CallSettings {
	readonly digitTimeout: number;
	readonly firstDigitTimeout: number;
	readonly answerDelay: number;
	readonly packetTime: number;
	readonly codecs: readonly number[];
	readonly directMedia: boolean;
	/** Milliseconds that a phone rings before the call goes elsewhere. */
	readonly noAnswerTime: number;
}

/** Of a phone that has told of none. */
const usualCodec = 4;
/** Calls that one line can have. */
const callsPerLine = 2;
/** Milliseconds that the reorder tone lasts before chan_skinny hangs up on a wrong number. */
const reorderTime = 3000;
/** How often a call may be sent on. */
const mostRedirections = 8;
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

	/** A new side of a call; undefined when the phone is away. @param reference of the call that it is to be a side of. */
	create(line: Line, outgoing: boolean, reference?: number): Leg | undefined {
		const registration = line.device.registration;
		if (!registration) return undefined;
		const count = ++this.count;
		const leg = new Leg(
			line,
			reference ?? this.dialect.reference(count),
			outgoing,
			registration.sender,
			registration.connection.localAddress,
		);
		leg.passThruParty = this.dialect.passThruParty(leg, count);
		leg.packetTime = this.settings.packetTime;
		leg.codec = this.codecFor(line.device) ?? usualCodec;
		leg.port = this.takePort();
		line.device.legs.push(leg);
		return leg;
	}

	/** The codec that a phone has of those the agent would rather have; undefined when it has none. */
	private codecFor(...devices: readonly Device[]): number | undefined {
		return this.settings.codecs.find((codec) => devices.every((device) => device.codecs.includes(codec)));
	}

	/** Makes room for another call: a conversation is held, anything else ends. */
	putAside(leg: Leg): void {
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
		const match = (leg.collects ?? this.numbering).match(leg.digits);
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
		const { collects } = leg;
		if (collects) {
			leg.collects = undefined;
			collects.take(leg.digits);
			return;
		}
		const destination = this.numbering.find(leg.digits);
		if (!destination) {
			this.invalid(leg);
			return;
		}
		leg.line.device.lastDialled = leg.digits;
		leg.state = "proceeding";
		this.dialect.dialling(leg);
		this.events.callState(leg);
		this.route(leg, destination);
	}

	private route(leg: Leg, destination: Destination): void {
		if ("take" in destination) destination.take(leg);
		else if ("lines" in destination) this.dialLines(leg, destination.lines);
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

	/** Rings all phones that have a number; `auto`: they answer by themselves. */
	dialLines(leg: Leg, lines: readonly Line[], auto?: AutoAnswer): void {
		const [first] = lines;
		const forward = lines.map((line) => line.forward.all).find((number) => number !== "");
		if (first && forward !== undefined && auto === undefined) {
			this.redirect(leg, first, forward);
			return;
		}
		const present = lines.filter((line) => line.device.registered && this.codecFor(line.device) !== undefined);
		if (present.length === 0) {
			this.fail(leg, "congestion");
			return;
		}
		const free = present.filter((line) => !line.device.doNotDisturb && this.takesCall(line, leg));
		// One that all have; who has it not is talked with in its own. chan_skinny has opened the caller's channel by now.
		const common = this.codecFor(leg.line.device, ...free.map((line) => line.device));
		if (common !== undefined) leg.takeCodec(common);
		let reference: number | undefined;
		for (const line of free) {
			const waiting = line.device.active !== undefined;
			const callee = this.create(line, false, reference);
			if (!callee) continue;
			reference = callee.reference;
			callee.waiting = waiting;
			callee.state = "ringIn";
			callee.peer = leg;
			leg.peer ??= callee;
			leg.forks.push(callee);
			callee.takeCodec(leg.codec);
			this.dialect.ringIn(callee);
			this.events.callState(callee);
		}
		if (leg.forks.length === 0) {
			this.busy(leg, present);
			return;
		}
		this.ringOut(leg);
		if (auto !== undefined) for (const callee of [...leg.forks]) this.answerBySelf(callee, auto);
		else leg.timer = setTimeout(() => this.unanswered(leg), this.settings.noAnswerTime);
	}

	/** Whether a line has room for a call from `leg`. */
	private takesCall(line: Line, leg: Leg): boolean {
		const own = line.device.legs.filter((candidate) => candidate.line === line);
		return own.length < callsPerLine && !own.some((candidate) => candidate.state === "ringIn" || candidate === leg);
	}

	private busy(leg: Leg, lines: readonly Line[]): void {
		const line = lines.find(({ forward }) => forward.busy !== "");
		if (line) this.redirect(leg, line, line.forward.busy);
		else this.fail(leg, "busy");
	}

	private answerBySelf(callee: Leg, auto: AutoAnswer): void {
		// Who talks is not cut off.
		if (callee.waiting || callee.state !== "ringIn") return;
		this.answer(callee, false);
		this.dialect.answersBySelf(callee, auto);
	}

	/** Nobody has answered: the call goes where the line says, or to whoever takes such calls. */
	unanswered(leg: Leg): void {
		clearTimeout(leg.timer);
		const line = leg.forks[0]?.line;
		if (leg.state !== "ringOut" || !line) return;
		if (line.forward.noAnswer !== "") this.redirect(leg, line, line.forward.noAnswer);
		else this.events.unanswered(leg, line);
	}

	/** Sends a call on from a line to another number. */
	redirect(leg: Leg, from: Line, number: string): void {
		this.endForks(leg);
		const destination = leg.redirected.length < mostRedirections ? this.numbering.find(number) : undefined;
		leg.redirected.push(from);
		if (destination) this.route(leg, destination);
		else this.fail(leg, "congestion");
	}

	/** Has the phones that ring for a call stop. */
	endForks(leg: Leg, but?: Leg): void {
		for (const fork of leg.forks.splice(0)) {
			if (fork === but || fork.state !== "ringIn") continue;
			fork.peer = undefined;
			const seen = this.dialect.sharesLines && fork.line.number === but?.line.number;
			this.release(fork, seen ? "shared" : but ? "elsewhere" : "peer");
		}
		leg.peer = but;
	}

	ringOut(leg: Leg): void {
		leg.state = "ringOut";
		this.dialect.ringOut(leg);
		this.events.callState(leg);
		this.media.update(leg);
	}

	fail(leg: Leg, state: "busy" | "congestion"): void {
		leg.state = state;
		this.dialect[state](leg);
		this.events.callState(leg);
		this.media.update(leg);
	}

	invalid(leg: Leg): void {
		clearTimeout(leg.timer);
		leg.state = "invalid";
		this.dialect.invalid(leg);
		this.events.callState(leg);
		if (this.dialect.inBand) leg.timer = setTimeout(() => this.release(leg, "agent"), reorderTime);
	}

	/** The other side, or a service, answers. */
	connect(leg: Leg): void {
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
		clearTimeout(caller.timer);
		this.endForks(caller, leg);
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

	/** Has media follow what a side and its partner do now. */
	updateMedia(leg: Leg): void {
		this.media.update(leg);
	}

	/** A side has got somebody or something else to talk to, or its state was changed from outside. */
	changed(leg: Leg): void {
		this.media.update(leg);
		this.events.callState(leg);
	}

	/** Gives a held call to a side of another phone, whose call it is from now on. */
	handOver(from: Leg, to: Leg): void {
		const { peer, service, conference, answerer } = from;
		const { device } = from.line;
		to.peer = peer;
		to.service = service;
		to.answerer = answerer;
		to.onEnd = from.onEnd;
		to.redirected.push(...from.redirected);
		if (peer) peer.peer = to;
		conference?.replace(from, to);
		from.peer = undefined;
		from.onEnd = undefined;
		from.state = "released";
		device.legs.splice(device.legs.indexOf(from), 1);
		from.port?.close();
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
		if (device.registered && cause !== "shared") this.dialect.released(leg, cause);
		const wasRinging = leg.state === "ringIn";
		leg.state = "released";
		leg.receive = undefined;
		leg.transmit = undefined;
		port?.close();
		this.events.callEnd(leg, cause);
		leg.conference?.leave(leg);
		leg.onEnd?.();
		if (peer && wasRinging && peer.forks.length > 1) {
			// Others ring for that call.
			peer.forks.splice(peer.forks.indexOf(leg), 1);
			peer.peer = peer.forks[0];
		} else if (peer) {
			peer.peer = undefined;
			this.release(peer, "peer");
		}
		for (const fork of leg.forks.splice(0)) {
			if (fork === peer || fork.state !== "ringIn") continue;
			fork.peer = undefined;
			this.release(fork, "peer");
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
}
