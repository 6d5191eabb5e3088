/*
 * What a phone asks after it was taken in: capabilities and templates one after the other, then configuration, the buttons
 * that the template lists (some servers close the connection on others) and the time, all at once. Servers answer in the
 * order in which they are asked, so the time ends registration, with no wait for what a server may never answer:
 * chan_skinny ConfigStatReq, ForwardStatReq, FeatureStatReq, chan-sccp at times FeatureStatReq. What has not been answered is asked
 * again, with growing pauses and not for ever; an answer is taken whenever it comes.
 */
import { Word } from "base/words";
import type { Clock, TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import { Button, ButtonQuestion, buttonQuestion } from "sccp/buttons";
import type { Link } from "sccp/link";
import {
	ButtonTemplateReq,
	ButtonTemplateRes,
	buttonStride,
	ConfigStatReq,
	FeatureStatReq,
	ForwardStatReq,
	LineStatReq,
	type Message,
	RegisterAvailableLines,
	ServiceURLStatReq,
	SoftKeySetReq,
	SoftKeyTemplateReq,
	SpeedDialStatReq,
	TimeDateReq,
} from "sccp/messages";
import type { Reader } from "sccp/reader";

/** Answers that are waited for. */
export const Awaited = Object.freeze({
	nothing: 0,
	capabilities: 1,
	buttonTemplate: 2,
	softKeyTemplate: 3,
	softKeySet: 4,
	time: 5,
	/** Any of these, from a call agent that has answered none so far. */
	anything: 6,
});

/** Names of answers by {@link Awaited}; capabilities are a question of the call agent's. */
const awaitedNames: readonly string[] = Object.freeze([
	"",
	"",
	"the button template",
	"the softkey template",
	"the softkey sets",
	"the time",
]);

/** What the display says of a registered phone without these answers, by {@link Awaited}. */
const missingTexts: readonly string[] = Object.freeze(["", "", Word.noButtons, Word.noSoftkeys, Word.noSoftkeys, ""]);
const missingLine = Word.noLines;

/** What is asked by {@link Awaited}. */
const questions: readonly (Message<never> | undefined)[] = Object.freeze([
	undefined,
	undefined,
	ButtonTemplateReq,
	SoftKeyTemplateReq,
	SoftKeySetReq,
	TimeDateReq,
]);

/** featureCapabilities of a phone that shows busy lamp fields. */
const busyLampFields = 1;
/** How long an answer is waited for, in ms. */
const answerTimeout = 2000;
/** How long a call agent that has answered nothing at all is given beyond that, in ms. */
const silenceTimeout = 10000;
/** Pause before what is missing is asked again, in ms; it doubles each time. */
const againPause = 4000;
/** How often it is asked again. */
const againMost = 5;
/** How many templates with new buttons are asked about at once, before a pause. */
const burstsMost = 4;

/** Octets of a button: its kind, its instance, and what is known of its label: a bit of {@link Known}. */
const stride = 3;
const Known = Object.freeze({
	asked: 1,
	label: 2,
	/** Of a line only. */
	forward: 4,
});

/** Bit for what has been answered of buttons, beside those by {@link Awaited}. */
const someLabel = 1;

export interface RequestsListener {
	/** Capabilities were not asked for in time: they are to be sent unasked. */
	capabilitiesUnasked(): void;
	/** All has been asked, and something has been answered. */
	requestsDone(): void;
	/** Nothing has been answered. */
	requestsUnanswered(): void;
	/** {@link Requests.missing} may be another. */
	requestsChanged(): void;
}

export class Requests {
	private readonly link: Link;
	private readonly clock: Clock;
	private readonly listener: RequestsListener;
	private readonly log: (line: string) => void;
	private readonly buttons: Uint8Array;
	private readonly expire: () => void;
	private buttonCount: number;
	/** What is waited for before the next is asked; nothing once all has been asked. */
	private awaited: number;
	/** Bits by {@link Awaited}: what has been answered. */
	private got: number;
	/** Whether buttons, time and configuration have been asked for. */
	private allAsked: boolean;
	/** How often what is missing has been asked again. */
	private repeats: number;
	/** How often new buttons have been asked for since. */
	private bursts: number;
	private timer: TimerHandle | undefined;

	constructor(link: Link, clock: Clock, listener: RequestsListener, log: (line: string) => void) {
		this.link = link;
		this.clock = clock;
		this.listener = listener;
		this.log = log;
		this.buttons = new Uint8Array(stride * Limits.buttons);
		this.expire = () => this.expired();
		this.buttonCount = 0;
		this.awaited = Awaited.nothing;
		this.got = 0;
		this.allAsked = false;
		this.repeats = 0;
		this.bursts = 0;
		this.timer = undefined;
	}

	/** Begins; the call agent is expected to ask for capabilities first. */
	start(): void {
		this.buttonCount = 0;
		this.got = 0;
		this.allAsked = false;
		this.repeats = 0;
		this.bursts = 0;
		this.expect(Awaited.capabilities);
	}

	stop(): void {
		this.awaited = Awaited.nothing;
		this.allAsked = false;
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}

	/** The call agent has asked for capabilities, and has been told. */
	capabilitiesTold(): void {
		if (this.awaited === Awaited.capabilities) this.next();
	}

	/**
	 * An answer of a kind ({@link Awaited}) came, late, unasked, whole or the first of several parts: servers answer in order, so the rest is
	 * here before the next answer, and where a server has no rest there is none to wait for (8 of 12 buttons).
	 */
	answered(kind: number): void {
		const bit = 1 << kind;
		const isNew = (this.got & bit) === 0;
		this.got |= bit;
		if (kind === this.awaited || this.awaited === Awaited.anything) this.next();
		else if (this.awaited === Awaited.nothing && isNew && this.allAsked) this.listener.requestsChanged();
	}

	/** Notes the buttons of a template, which may come in parts, at any time: those that are new are asked for. */
	takeButtons(reader: Reader): void {
		const at = ButtonTemplateRes.layout(reader.version, reader.length);
		const offset = reader.u32(at.buttonOffset);
		const count = Math.min(reader.u32(at.buttonCount), Limits.buttons);
		if (offset < Limits.buttons) {
			const end = Math.min(offset + count, Limits.buttons);
			for (let i = offset; i < end; i += 1) {
				const entry = at.definition + (i - offset) * buttonStride;
				this.note(stride * i, reader.u8(entry + 1), reader.u8(entry));
			}
			this.buttonCount = end;
		}
		const asked = this.allAsked;
		this.answered(Awaited.buttonTemplate);
		if (asked) this.askNew();
	}

	/** Asks for the buttons of a template that came late or unasked; after some of them, and where the socket takes nothing, before long. */
	private askNew(): void {
		const { buttons } = this;
		let isNew = false;
		for (let at = 0; at < stride * this.buttonCount && !isNew; at += stride) isNew = this.isUnknown(at, Known.asked);
		if (!isNew) return;
		this.repeats = 0;
		if (this.bursts < burstsMost && this.link.writer.length === 0) {
			this.bursts += 1;
			let lines = false;
			for (let at = 0; at < stride * this.buttonCount; at += stride)
				if (buttons[at] === Button.line && this.isUnknown(at, Known.asked)) lines = true;
			this.askButtons(Known.asked);
			if (lines) this.sendLines();
		}
		this.askLater();
		if (this.awaited === Awaited.nothing) this.listener.requestsChanged();
	}

	/** What was asked by a question ({@link ButtonQuestion}) came. */
	answeredButton(question: number, instance: number): void {
		this.know(question, instance, Known.label);
	}

	/** How calls of a line are forwarded came. */
	answeredForward(line: number): void {
		this.know(ButtonQuestion.line, line, Known.forward);
	}

	/** What the display says of that which a registered phone cannot do without and has not been told; '' for nothing. */
	get missing(): string {
		for (let kind = Awaited.buttonTemplate; kind <= Awaited.softKeySet; kind += 1)
			if ((this.got & (1 << kind)) === 0) return missingTexts[kind] as string;
		let hasLine = false;
		for (let at = 0; at < stride * this.buttonCount; at += stride) {
			if (this.buttons[at] !== Button.line) continue;
			// one of several that a server keeps to itself is no reason to hide what it says
			if (!this.isUnknown(at, Known.label)) return "";
			hasLine = true;
		}
		return hasLine ? missingLine : "";
	}

	/** A button of the template; what is known of one that stood there already stays. */
	private note(at: number, kind: number, instance: number): void {
		const { buttons } = this;
		const isKnown = at < stride * this.buttonCount && buttons[at] === kind && buttons[at + 1] === instance;
		buttons[at] = kind;
		buttons[at + 1] = instance;
		if (!isKnown) buttons[at + 2] = 0;
	}

	private know(question: number, instance: number, bit: number): void {
		const { buttons } = this;
		let isNew = false;
		for (let at = 0; at < stride * this.buttonCount; at += stride) {
			if (buttonQuestion(buttons[at] as number) !== question || buttons[at + 1] !== instance) continue;
			const known = buttons[at + 2] as number;
			if ((known & bit) === 0) isNew = true;
			buttons[at + 2] = known | bit;
		}
		if (!isNew) return;
		this.got |= someLabel;
		if (this.awaited === Awaited.anything) this.next();
		else if (this.awaited === Awaited.nothing && this.allAsked) this.listener.requestsChanged();
	}

	private isUnknown(at: number, bit: number): boolean {
		return ((this.buttons[at + 2] as number) & bit) === 0;
	}

	private expired(): void {
		this.timer = undefined;
		switch (this.awaited) {
			case Awaited.nothing:
				if (this.allAsked) this.askAgain();
				return;
			case Awaited.capabilities:
				this.log("call agent did not ask for capabilities: telling them unasked");
				this.listener.capabilitiesUnasked();
				break;
			case Awaited.anything:
				this.stop();
				this.listener.requestsUnanswered();
				return;
			default:
				this.log(`call agent did not send ${awaitedNames[this.awaited]} so far; going on without`);
		}
		this.next();
	}

	private expect(kind: number): void {
		this.awaited = kind;
		this.wait(answerTimeout);
	}

	private wait(milliseconds: number): void {
		this.clock.cancel(this.timer);
		this.timer = this.clock.after(milliseconds, this.expire);
	}

	/** Asks what comes after that which was waited for. */
	private next(): void {
		switch (this.awaited) {
			case Awaited.capabilities:
			case Awaited.buttonTemplate:
			case Awaited.softKeyTemplate:
				this.ask(this.awaited + 1);
				break;
			case Awaited.softKeySet:
				this.askRest();
				break;
			default:
				this.complete();
		}
	}

	private ask(kind: number): void {
		this.expect(kind);
		this.link.sendPlain(questions[kind] as Message<never>);
	}

	/** Asks all that is left, the time last. */
	private askRest(): void {
		this.expect(Awaited.time);
		this.allAsked = true;
		this.link.sendPlain(ConfigStatReq);
		this.askButtons(Known.asked);
		this.sendLines();
		this.link.sendPlain(TimeDateReq);
	}

	/** All has been asked: the phone is registered, unless nothing has been answered. */
	private complete(): void {
		if (this.got === 0) {
			this.awaited = Awaited.anything;
			this.wait(silenceTimeout);
			return;
		}
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.awaited = Awaited.nothing;
		this.askLater();
		this.listener.requestsDone();
	}

	/** Asks for what is not known of buttons. @param skipped bits of {@link Known}: buttons of which any of that is known are left out. */
	private askButtons(skipped: number): void {
		const { buttons } = this;
		for (let at = 0; at < stride * this.buttonCount; at += stride) {
			const kind = buttons[at] as number;
			const instance = buttons[at + 1] as number;
			const known = buttons[at + 2] as number;
			if ((known & skipped) !== 0) continue;
			buttons[at + 2] = known | Known.asked;
			if ((known & Known.label) === 0) this.askButton(kind, instance);
			if (kind === Button.line && (known & Known.forward) === 0) this.askForward(instance);
		}
	}

	private askButton(kind: number, instance: number): void {
		const { link } = this;
		const { writer } = link;
		switch (buttonQuestion(kind)) {
			case ButtonQuestion.line:
				writer.u32(link.begin(LineStatReq).lineNumber, instance);
				break;
			case ButtonQuestion.speedDial:
				writer.u32(link.begin(SpeedDialStatReq).speedDialNumber, instance);
				break;
			case ButtonQuestion.service:
				writer.u32(link.begin(ServiceURLStatReq).serviceURLIndex, instance);
				break;
			case ButtonQuestion.feature: {
				const at = link.begin(FeatureStatReq);
				writer.u32(at.featureIndex, instance);
				// chan-sccp counts busy lamp fields and features each for themselves, and tells them apart by this
				if (kind === Button.busyLampField) writer.u32(at.featureCapabilities, busyLampFields);
				break;
			}
			default:
				return;
		}
		link.send();
	}

	private askForward(line: number): void {
		const { link } = this;
		link.writer.u32(link.begin(ForwardStatReq).lineNumber, line);
		link.send();
	}

	private sendLines(): void {
		const { buttons, link } = this;
		let lines = 0;
		for (let at = 0; at < stride * this.buttonCount; at += stride) if (buttons[at] === Button.line) lines += 1;
		link.writer.u32(link.begin(RegisterAvailableLines).maxNumOfAvailLines, lines);
		link.send();
	}

	/** Whether anything has been asked that is not answered. */
	private get isComplete(): boolean {
		for (let kind = Awaited.buttonTemplate; kind <= Awaited.time; kind += 1)
			if ((this.got & (1 << kind)) === 0) return false;
		const { buttons } = this;
		for (let at = 0; at < stride * this.buttonCount; at += stride) {
			const kind = buttons[at] as number;
			if (buttonQuestion(kind) !== ButtonQuestion.nothing && this.isUnknown(at, Known.label)) return false;
			if (kind === Button.line && this.isUnknown(at, Known.forward)) return false;
		}
		return true;
	}

	/** Sees to what is missing being asked again, after a pause. */
	private askLater(): void {
		if (this.awaited !== Awaited.nothing) return;
		if (this.repeats >= againMost || this.isComplete) {
			this.clock.cancel(this.timer);
			this.timer = undefined;
		} else this.wait(againPause * 2 ** this.repeats);
	}

	private askAgain(): void {
		this.repeats += 1;
		this.bursts = 0;
		// to one that takes nothing there is no need to say more
		if (this.link.writer.length === 0 && !this.isComplete) {
			for (let kind = Awaited.buttonTemplate; kind <= Awaited.time; kind += 1)
				if ((this.got & (1 << kind)) === 0) this.link.sendPlain(questions[kind] as Message<never>);
			this.askButtons(0);
		}
		this.askLater();
	}
}
