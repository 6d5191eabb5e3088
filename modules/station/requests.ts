/*
 * What a phone asks after it was taken in, one request after the other: capabilities, templates, configuration, then only the
 * buttons that the template lists, since some servers close the connection on others. A request without an answer is passed
 * over; chan_skinny never answers ForwardStatReq or FeatureStatReq, so these are not waited for.
 */
import type { Clock, TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import type { Link } from "sccp/link";
import {
	Button,
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
	configuration: 5,
	line: 6,
	speedDial: 7,
	service: 8,
	time: 9,
});

const awaitedNames: readonly string[] = Object.freeze([
	"nothing",
	"the question for capabilities",
	"the button template",
	"the softkey template",
	"the softkey sets",
	"the configuration",
	"a line's status",
	"a speed dial's status",
	"a service's status",
	"the time",
]);

/** How long an answer is waited for, in ms. */
const patience = 2000;
/** The same for a single button, which the server may not know. */
const buttonPatience = 1000;

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
	private readonly timeout: () => void;
	private buttonCount: number;
	private nextButton: number;
	private awaited: number;
	private timer: TimerHandle | undefined;

	constructor(link: Link, clock: Clock, listener: RequestsListener, log: (line: string) => void) {
		this.link = link;
		this.clock = clock;
		this.listener = listener;
		this.log = log;
		this.buttons = new Uint8Array(2 * Limits.buttons);
		this.timeout = () => this.expired();
		this.buttonCount = 0;
		this.nextButton = 0;
		this.awaited = Awaited.nothing;
		this.timer = undefined;
	}

	/** Begins; the call agent is expected to ask for capabilities first. */
	start(): void {
		this.buttonCount = 0;
		this.nextButton = 0;
		this.expect(Awaited.capabilities, patience);
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
		if (this.awaited === Awaited.capabilities) this.listener.capabilitiesUnasked();
		this.log(`call agent did not send ${awaitedNames[this.awaited]}; going on without`);
		this.next();
	}

	private expect(kind: number, milliseconds: number): void {
		this.clock.cancel(this.timer);
		this.awaited = kind;
		this.timer = this.clock.after(milliseconds, this.timeout);
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
				this.ask(ConfigStatReq, Awaited.configuration);
				break;
			case Awaited.time:
				this.stop();
				this.listener.requestsDone();
				break;
			default:
				this.askButton();
		}
	}

	private ask(message: Message<never>, awaited: number): void {
		this.expect(awaited, patience);
		this.link.sendPlain(message);
	}

	/** Asks about the next button that there is something to ask about, or for the time when there is none left. */
	private askButton(): void {
		const link = this.link;
		while (this.nextButton < this.buttonCount) {
			const kind = this.buttons[2 * this.nextButton] as number;
			const instance = this.buttons[2 * this.nextButton + 1] as number;
			this.nextButton += 1;
			if (kind === Button.line) {
				this.expect(Awaited.line, buttonPatience);
				link.writer.u32(link.begin(LineStatReq).lineNumber, instance);
				link.send();
				link.writer.u32(link.begin(ForwardStatReq).lineNumber, instance);
				link.send();
				return;
			}
			if (kind === Button.speedDial) {
				this.expect(Awaited.speedDial, buttonPatience);
				link.writer.u32(link.begin(SpeedDialStatReq).speedDialNumber, instance);
				link.send();
				return;
			}
			if (kind === Button.serviceUrl) {
				this.expect(Awaited.service, buttonPatience);
				link.writer.u32(link.begin(ServiceURLStatReq).serviceURLIndex, instance);
				link.send();
				return;
			}
			if (kind === Button.feature || kind === Button.busyLampField) {
				link.writer.u32(link.begin(FeatureStatReq).featureIndex, instance);
				link.send();
			}
		}
		this.askTime();
	}

	private askTime(): void {
		const link = this.link;
		let lines = 0;
		for (let i = 0; i < this.buttonCount; i += 1) if (this.buttons[2 * i] === Button.line) lines += 1;
		this.expect(Awaited.time, patience);
		link.writer.u32(link.begin(RegisterAvailableLines).maxNumOfAvailLines, lines);
		link.send();
		link.sendPlain(TimeDateReq);
	}
}
