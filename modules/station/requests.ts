/*
 * What a phone asks after it was taken in: capabilities and templates one after the other, then configuration, the buttons
 * that the template lists (some servers close the connection on others) and the time, all at once. Servers answer in the
 * order in which they are asked, so the time ends registration, with no wait for what a server may never answer:
 * chan_skinny ConfigStatReq, ForwardStatReq, FeatureStatReq, chan-sccp at times FeatureStatReq.
 */
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

/** featureCapabilities of a phone that shows busy lamp fields. */
const busyLampFields = 1;
/** How long an answer is waited for, in ms. */
const answerTimeout = 2000;

export interface RequestsListener {
	/** Capabilities were not asked for in time: they are to be sent unasked. */
	capabilitiesUnasked(): void;
	/** All has been asked. */
	requestsDone(): void;
}

export class Requests {
	private readonly link: Link;
	private readonly clock: Clock;
	private readonly listener: RequestsListener;
	private readonly log: (line: string) => void;
	/** Kind and instance of each button, two octets each. */
	private readonly buttons: Uint8Array;
	private readonly expire: () => void;
	private buttonCount: number;
	private awaited: number;
	private timer: TimerHandle | undefined;

	constructor(link: Link, clock: Clock, listener: RequestsListener, log: (line: string) => void) {
		this.link = link;
		this.clock = clock;
		this.listener = listener;
		this.log = log;
		this.buttons = new Uint8Array(2 * Limits.buttons);
		this.expire = () => this.expired();
		this.buttonCount = 0;
		this.awaited = Awaited.nothing;
		this.timer = undefined;
	}

	/** Begins; the call agent is expected to ask for capabilities first. */
	start(): void {
		this.buttonCount = 0;
		this.expect(Awaited.capabilities);
	}

	stop(): void {
		this.awaited = Awaited.nothing;
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}

	/** An answer came; one that is not waited for (late or unasked) changes nothing here. */
	answered(kind: number): void {
		if (kind !== this.awaited) return;
		this.next();
	}

	/** Notes the buttons of a template, which may come in parts. */
	takeButtons(reader: Reader): void {
		const at = ButtonTemplateRes.layout(reader.version, reader.length);
		const offset = reader.u32(at.buttonOffset);
		const count = Math.min(reader.u32(at.buttonCount), Limits.buttons);
		const total = Math.min(reader.u32(at.totalButtonCount), Limits.buttons);
		if (this.awaited !== Awaited.buttonTemplate || offset >= Limits.buttons) return;
		const end = Math.min(offset + count, Limits.buttons);
		for (let i = offset; i < end; i += 1) {
			const entry = at.definition + (i - offset) * buttonStride;
			this.buttons[2 * i] = reader.u8(entry + 1);
			this.buttons[2 * i + 1] = reader.u8(entry);
		}
		this.buttonCount = end;
		if (end >= total || count === 0) this.answered(Awaited.buttonTemplate);
	}

	/** A part of a table came: `offset` and `count` of `total`. The answer is whole with the last one. */
	answeredPart(kind: number, offset: number, count: number, total: number): void {
		if (count === 0 || offset + count >= total) this.answered(kind);
	}

	private expired(): void {
		this.timer = undefined;
		if (this.awaited === Awaited.capabilities) {
			this.log("call agent did not ask for capabilities: telling them unasked");
			this.listener.capabilitiesUnasked();
		} else this.log(`call agent did not send ${awaitedNames[this.awaited]}; going on without`);
		this.next();
	}

	private expect(kind: number): void {
		this.clock.cancel(this.timer);
		this.awaited = kind;
		this.timer = this.clock.after(answerTimeout, this.expire);
	}

	/** Asks what comes after that which was waited for. */
	private next(): void {
		switch (this.awaited) {
			case Awaited.capabilities:
				this.ask(ButtonTemplateReq, Awaited.buttonTemplate);
				break;
			case Awaited.buttonTemplate:
				this.ask(SoftKeyTemplateReq, Awaited.softKeyTemplate);
				break;
			case Awaited.softKeyTemplate:
				this.ask(SoftKeySetReq, Awaited.softKeySet);
				break;
			case Awaited.softKeySet:
				this.askRest();
				break;
			default:
				this.stop();
				this.listener.requestsDone();
		}
	}

	private ask(message: Message<never>, awaited: number): void {
		this.expect(awaited);
		this.link.sendPlain(message);
	}

	/** Asks all that is left, the time last. */
	private askRest(): void {
		const link = this.link;
		this.expect(Awaited.time);
		link.sendPlain(ConfigStatReq);
		let lines = 0;
		for (let i = 0; i < this.buttonCount; i += 1) {
			const kind = this.buttons[2 * i] as number;
			if (kind === Button.line) lines += 1;
			this.askButton(kind, this.buttons[2 * i + 1] as number);
		}
		link.writer.u32(link.begin(RegisterAvailableLines).maxNumOfAvailLines, lines);
		link.send();
		link.sendPlain(TimeDateReq);
	}

	private askButton(kind: number, instance: number): void {
		const link = this.link;
		switch (buttonQuestion(kind)) {
			case ButtonQuestion.line:
				link.writer.u32(link.begin(LineStatReq).lineNumber, instance);
				link.send();
				link.writer.u32(link.begin(ForwardStatReq).lineNumber, instance);
				break;
			case ButtonQuestion.speedDial:
				link.writer.u32(link.begin(SpeedDialStatReq).speedDialNumber, instance);
				break;
			case ButtonQuestion.service:
				link.writer.u32(link.begin(ServiceURLStatReq).serviceURLIndex, instance);
				break;
			case ButtonQuestion.feature: {
				const at = link.begin(FeatureStatReq);
				link.writer.u32(at.featureIndex, instance);
				// chan-sccp counts busy lamp fields and features each for themselves, and tells them apart by this
				if (kind === Button.busyLampField) link.writer.u32(at.featureCapabilities, busyLampFields);
				break;
			}
			default:
				return;
		}
		link.send();
	}
}
