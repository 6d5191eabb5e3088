/*
 * Lines by instance and the keys beside the display by position: what the button template and the status messages gave,
 * with lamps, forwarding, waiting messages and busy lamp fields. Hint buttons of chan_skinny are lines whose states come
 * without a call reference.
 */
import { LampMode } from "hal/hardware";
import { Limits } from "limits";
import { MoreButtons } from "phone/more-buttons";
import { Packed } from "phone/packed";
import { Button, ButtonQuestion, buttonQuestion } from "sccp/buttons";
import type { Reader } from "sccp/reader";
import type { Text } from "sccp/text";

/** Kinds of keys: whoever shows them knows no messages. */
export { Button };

/** Status of a busy lamp field. */
export const BusyLamp = Object.freeze({ unknown: 0, idle: 1, inUse: 2, doNotDisturb: 3, alerting: 4 });

/** Which calls of a line are forwarded. */
export const Forward = Object.freeze({ all: 1, busy: 2, noAnswer: 4 });

/** Bits of what a line shows of a diverted call; 0 where the call agent says nothing: all. */
export const DisplayOption = Object.freeze({ originallyCalled: 1, redirecting: 2, callingNumber: 4, callingName: 8 });

/** Each small number of a line by its lowest bit, and its mask there. */
const lampMode = 0;
const messageLamp = 3;
const forwards = 6;
const displayOptions = 9;
const remoteState = 13;
const bits3 = 7;
const bits4 = 15;
const bits5 = 31;

/** A line as the call agent describes it. */
export class Line extends Packed {
	readonly instance: number;
	readonly number: Text;
	readonly name: Text;
	readonly label: Text;
	/** Where the first of the forwards goes, in the order of {@link Forward}. */
	readonly forwardedTo: Text;

	constructor(instance: number, texts: Reader) {
		super(0);
		this.instance = instance;
		this.reset();
		this.number = texts.text(Limits.directoryNumber);
		this.name = texts.text(Limits.partyName);
		this.label = texts.text(Limits.buttonLabel);
		this.forwardedTo = texts.text(Limits.directoryNumber);
	}

	/** Mode of the line lamp as SetLamp gave it. */
	get lampMode(): number {
		return this.get(lampMode, bits3);
	}

	set lampMode(mode: number) {
		this.put(lampMode, bits3, mode);
	}

	/** Mode of its lamp of waiting messages, likewise. */
	get messageLamp(): number {
		return this.get(messageLamp, bits3);
	}

	set messageLamp(mode: number) {
		this.put(messageLamp, bits3, mode);
	}

	/** Forwards that are in force: bits of {@link Forward}. */
	get forwards(): number {
		return this.get(forwards, bits3);
	}

	set forwards(bits: number) {
		this.put(forwards, bits3, bits);
	}

	/** Bits of {@link DisplayOption}. */
	get displayOptions(): number {
		return this.get(displayOptions, bits4);
	}

	set displayOptions(bits: number) {
		this.put(displayOptions, bits4, bits);
	}

	/** A call state told without a call reference: in use or ringing elsewhere; 0 none. */
	get remoteState(): number {
		return this.get(remoteState, bits5);
	}

	set remoteState(state: number) {
		this.put(remoteState, bits5, state);
	}

	/** Changes with number, name and label. */
	get revision(): number {
		return this.number.revision + this.name.revision + this.label.revision;
	}

	/** Forgets its state; the label stays to be shown as out of service. */
	reset(): void {
		this.lampMode = LampMode.off;
		this.messageLamp = LampMode.off;
		this.forwards = 0;
		this.remoteState = 0;
	}
}

/** A key beside the display. */
export class ButtonEntry {
	/** A number of {@link Button}, unused when the template has none here. */
	type: number = Button.unused;
	instance = 0;
	/** Label of a key that is no line. */
	readonly label: Text;
	/** Number behind a speed dial. */
	readonly number: Text;
	/** Status of a feature or busy lamp field. */
	status = 0;
	/** Mode of the key's lamp as SetLamp gave it. */
	lampMode: number = LampMode.off;

	constructor(texts: Reader) {
		this.label = texts.text(Limits.buttonLabel);
		this.number = texts.text(Limits.directoryNumber);
	}

	clear(): void {
		this.type = Button.unused;
		this.instance = 0;
		this.label.clear();
		this.number.clear();
		this.reset();
	}

	/** Changes with label and number. */
	get revision(): number {
		return this.label.revision + this.number.revision;
	}

	/** Forgets its state; the label stays. */
	reset(): void {
		this.status = 0;
		this.lampMode = LampMode.off;
	}
}

export class Lines {
	/** By instance - 1. */
	readonly lines: readonly Line[];
	/** By position beside the display. */
	readonly buttons: readonly ButtonEntry[];
	/** Those of the template that have no key there. */
	readonly more = new MoreButtons();
	/** Takes a label of those on its way there. */
	readonly spare: Text;

	/** @param keys how many keys the board has beside its display. */
	constructor(texts: Reader, keys: number) {
		const lines: Line[] = [];
		for (let i = 1; i <= Limits.lines; i += 1) lines.push(new Line(i, texts));
		this.lines = Object.freeze(lines);
		const buttons: ButtonEntry[] = [];
		for (let i = 0; i < keys; i += 1) buttons.push(new ButtonEntry(texts));
		this.buttons = Object.freeze(buttons);
		this.spare = texts.text(Limits.buttonLabel);
	}

	line(instance: number): Line | undefined {
		return instance > 0 ? this.lines[instance - 1] : undefined;
	}

	/** The key of a kind and instance, undefined when the template gives it no place beside the display. */
	button(type: number, instance: number): ButtonEntry | undefined {
		for (let i = 0; i < this.buttons.length; i += 1) {
			const button = this.buttons[i] as ButtonEntry;
			if (button.type === type && button.instance === instance) return button;
		}
		return undefined;
	}

	/** The key of a speed dial. */
	speedDial(instance: number): ButtonEntry | undefined {
		return this.button(Button.speedDial, instance);
	}

	/**
	 * What FeatureStat tells of: a kind and instance, else the instance of whatever feature, a busy lamp field last. chan-sccp may name
	 * another kind than its template does, and counts busy lamp fields for themselves; others count all together.
	 */
	feature(type: number, instance: number): ButtonEntry | undefined {
		const exact = this.button(type, instance);
		if (exact !== undefined) return exact;
		let field: ButtonEntry | undefined;
		for (let i = 0; i < this.buttons.length; i += 1) {
			const button = this.buttons[i] as ButtonEntry;
			if (button.instance !== instance || buttonQuestion(button.type) !== ButtonQuestion.feature) continue;
			if (button.type !== Button.busyLampField) return button;
			field ??= button;
		}
		return field;
	}

	/** How many lines have a key. */
	get count(): number {
		let count = 0;
		for (let i = 0; i < this.buttons.length; i += 1) if (this.buttons[i]?.type === Button.line) count += 1;
		return count;
	}

	/** The first line of the template, else line 1. */
	get primary(): Line {
		for (let i = 0; i < this.buttons.length; i += 1) {
			const button = this.buttons[i] as ButtonEntry;
			const line = button.type === Button.line ? this.line(button.instance) : undefined;
			if (line !== undefined) return line;
		}
		return this.lines[0] as Line;
	}

	/** Forgets the state of all; labels stay until the next registration brings others. */
	reset(): void {
		for (let i = 0; i < this.lines.length; i += 1) {
			const line = this.lines[i] as Line;
			line.reset();
		}
		for (let i = 0; i < this.buttons.length; i += 1) {
			const button = this.buttons[i] as ButtonEntry;
			button.reset();
		}
		this.more.reset();
	}
}
