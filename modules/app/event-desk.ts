/*
 * What of the phone is told to the house (services/events): its registration, its calls, whether it is off hook, its waiting messages. It
 * compares the mirror with what it has told last, a moment after the mirror has changed, so that what comes in several messages is told
 * once and whole. There is one only while there is somebody to be told.
 */
import type { DeskPhone } from "app/deskphone";
import { quoted } from "base/json";
import { Word } from "base/words";
import { CallState, CallType, type Clock, type Network, Route, type TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import { parse, schemeOf } from "net/url";
import type { Call } from "phone/calls";
import type { PhoneObserver } from "phone/changes";
import { Restriction } from "phone/facts";
import type { Text } from "sccp/text";
import { type EventHost, EventQueue, timestamp } from "services/events";

/** How long after a change it is looked at (ms): longer than the messages of one change take to come. */
const settleTime = 100;

/** Bits of what has been told beside calls; the route above them. */
const Fact = Object.freeze({ registered: 1, messages: 2, offHook: 4, route: 8 });

/** Behind the state of a call that has been told of: it has rung here, so that it is none of the user's own. */
const rang = 32;

/** States of calls as they are told; several of SCCP's are one to a house. */
const stateNames: Readonly<Record<number, string>> = Object.freeze({
	[CallState.offHook]: "dialling",
	[CallState.ringOut]: "calling",
	[CallState.ringIn]: "ringing",
	[CallState.connected]: "connected",
	[CallState.busy]: "failed",
	[CallState.congestion]: "failed",
	[CallState.hold]: "held",
	[CallState.callWaiting]: "ringing",
	[CallState.callTransfer]: "dialling",
	[CallState.callPark]: "parked",
	[CallState.proceed]: "calling",
	[CallState.inUseRemotely]: "elsewhere",
	[CallState.invalidNumber]: "failed",
	[CallState.holdRevert]: "held",
	[CallState.whisper]: "connected",
	[CallState.remoteHold]: "elsewhere",
});
const routeNames: readonly string[] = Object.freeze(["none", "handset", "headset", "speaker"]);

/** What a person or a configuration names as the server that is told, as a URL: `http://` may be left out. */
export function eventsUrl(text: string): string {
	return text === "" || text.includes("://") ? text : `http://${text}`;
}

/** What is wrong with such a URL; '' for nothing. */
export function eventsProblem(text: string): string {
	const url = eventsUrl(text);
	// a setting is kept as a line
	if (url === "" || (parse(url) !== undefined && !/\s/.test(text))) return "";
	return schemeOf(url) === "https" ? Word.securePage : Word.wrongUrl;
}

export class EventDesk implements EventHost, PhoneObserver {
	private readonly desk: DeskPhone;
	/** Calls that have been told of: reference and state of each, one behind the other. */
	private readonly calls = new Uint32Array(2 * Limits.calls);
	private facts = 0;
	/** How many events there have been. */
	private count = 0;
	private queue: EventQueue | undefined = undefined;
	private timer: TimerHandle | undefined = undefined;

	constructor(desk: DeskPhone) {
		this.desk = desk;
		desk.phone.observer = this;
		this.changed();
	}

	/** Nobody is told any more. */
	stop(): void {
		this.desk.phone.observer = undefined;
		this.clock.cancel(this.timer);
		this.queue?.stop();
	}

	get clock(): Clock {
		return this.desk.hardware.clock;
	}

	get sockets(): Network {
		return this.desk.hardware.network;
	}

	get typeOfService(): number {
		return this.desk.serviceDesk.settings.typeOfService;
	}

	get headers(): string {
		return `User-Agent: Linnet/${this.desk.version}\r\n`;
	}

	get eventsUrl(): string {
		return this.desk.eventsUrl;
	}

	log(line: string): void {
		this.desk.log(line);
	}

	quiet(): void {
		this.queue = undefined;
	}

	changed(): void {
		this.timer ??= this.clock.after(settleTime, () => this.look());
	}

	ended(call: Call): void {
		this.look();
		const { calls } = this;
		for (let i = 0; i < calls.length; i += 2) {
			if (calls[i] !== call.reference) continue;
			calls[i] = 0;
			this.tellCall(call, "ended", (calls[i + 1] as number) >= rang);
		}
	}

	/** Tells what is other than it was told last. */
	private look(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
		const { phone } = this.desk;
		const { handsetOff, route } = phone.routes;
		const registered = phone.registered ? Fact.registered : 0;
		const messages = phone.messageWaiting ? Fact.messages : 0;
		const offHook = handsetOff || route !== Route.none ? Fact.offHook : 0;
		const facts = registered + messages + offHook + route * Fact.route;
		const others = facts ^ this.facts;
		this.facts = facts;
		if ((others & Fact.registered) !== 0)
			this.tell("registration", registered === 0 ? "unregistered" : "registered", "");
		if (others >= Fact.offHook) this.tell("hook", offHook === 0 ? "on" : "off", `,"route":"${routeNames[route]}"`);
		for (let i = 0; i < phone.calls.entries.length; i += 1) this.lookAt(phone.calls.entries[i] as Call);
		if ((others & Fact.messages) !== 0) this.tell("messages", messages === 0 ? "none" : "waiting", "");
	}

	private lookAt(call: Call): void {
		const { reference, state } = call;
		const name = stateNames[state];
		if (!call.shown || name === undefined) return;
		const { calls } = this;
		let at = -1;
		for (let i = calls.length - 2; i >= 0; i -= 2) if (calls[i] === reference || (at < 0 && calls[i] === 0)) at = i;
		// there are as many places as calls, and each is told of when it ends
		if (at < 0) return;
		const known = calls[at] === reference;
		const before = known ? (calls[at + 1] as number) : 0;
		const hasRung = call.ringing || before >= rang;
		calls[at] = reference;
		calls[at + 1] = state + (hasRung ? rang : 0);
		if (stateNames[before % rang] !== name) this.tellCall(call, name, hasRung);
	}

	private tellCall(call: Call, state: string, hasRung: boolean): void {
		const { phone } = this.desk;
		const isInbound = call.type === 0 ? hasRung : call.type !== CallType.outbound;
		const name = isInbound
			? this.text(call, call.callingName, Restriction.callingName)
			: this.text(call, call.calledName, Restriction.calledName);
		const number = isInbound
			? this.text(call, call.callingNumber, Restriction.callingNumber)
			: this.text(call, call.calledNumber, Restriction.calledNumber) || call.dialled;
		const own = phone.lines.line(call.line)?.number;
		const seconds = call.connectedAt < 0 ? 0 : Math.floor((this.clock.ticks - call.connectedAt) / 1000);
		this.tell(
			"call",
			state,
			`,"call":${call.reference},"direction":"${isInbound ? "in" : "out"}","name":${quoted(name)},"number":${quoted(number)}` +
				`,"line":${call.line},"own":${quoted(own === undefined ? "" : this.show(own))}` +
				`,"answered":${call.connectedAt >= 0},"seconds":${seconds}`,
		);
	}

	/** A name or a number of a party, '' where that is to be hidden. */
	private text(call: Call, value: Text, hidden: number): string {
		return call.anonymous || call.hides(hidden) ? "" : this.show(value);
	}

	private show(value: Text): string {
		return this.desk.ui.screen.dictionary.show(value);
	}

	/** @param more fields of JSON, each behind a comma. */
	private tell(event: string, state: string, more: string): void {
		const { clock, desk } = this;
		this.count += 1;
		const time = clock.wallClock === 0 ? "" : `,"time":"${timestamp(clock.wallClock)}"`;
		this.queue ??= new EventQueue(this);
		this.queue.add(
			`{"device":${quoted(desk.device)},"id":${this.count},"event":"${event}","state":"${state}"${more}` +
				`${time},"uptime":${Math.floor(clock.ticks / 1000)}`,
		);
	}
}
