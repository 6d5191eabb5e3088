/*
 * What the call agent knows about a phone: its lines and buttons, which stay while it is away, and its registration.
 */
import type { Connection } from "./connection.js";
import type { Leg } from "./leg.js";
import type { SpeedDialOptions } from "./options.js";
import { type Button, ButtonType, type Sender } from "./sender.js";

/** Numbers that calls of a line go to, '' for none. */
export interface Forwarding {
	all: string;
	busy: string;
	noAnswer: string;
}

/** A directory number on a line key. */
export class Line {
	readonly forward: Forwarding = { all: "", busy: "", noAnswer: "" };
	/** Calls of other phones with the same number, as this one has been told of them: in use or held there. */
	readonly remotes = new Map<number, "inUse" | "held">();
	/** Voice messages that nobody has heard yet. */
	newMessages = 0;

	constructor(
		readonly device: Device,
		/** From 1. */
		readonly instance: number,
		readonly number: string,
		readonly name: string,
		readonly label: string,
		/** Phones of a group can take each other's calls. */
		readonly group = "50",
	) {}
}

/** A registration that is in force. */
export interface Registration {
	readonly connection: Connection;
	readonly sender: Sender;
	/** What the phone declared. */
	readonly declaredVersion: number;
	/** Where the phone's messages come from. */
	readonly address: string;
}

export class Device {
	readonly lines: Line[] = [];
	readonly legs: Leg[] = [];
	speedDials: readonly SpeedDialOptions[] = [];
	registration: Registration | undefined;
	/** Registrations so far. */
	registrations = 0;
	/** Codecs that the phone named, in its order. */
	codecs: readonly number[] = [4, 2];
	/** Hook switch as the phone last told it. */
	offHook = false;
	lastDialled = "";
	/** Takes no calls for now. */
	doNotDisturb = false;
	/** Hides its calls from others that share its lines. */
	privacy = false;
	/** Digits pressed while a call was up, as letters: the last 64. */
	callDigits = "";
	keepalives = 0;

	constructor(readonly name: string) {}

	get registered(): boolean {
		return this.registration !== undefined;
	}

	/** First line's number. */
	get number(): string {
		return this.lines[0]?.number ?? "";
	}

	/** The line with an instance; the first line for 0 or one that is not there. */
	line(instance: number): Line {
		const line = this.lines.find((candidate) => candidate.instance === instance) ?? this.lines[0];
		if (!line) throw new Error(`${this.name} has no line`);
		return line;
	}

	/** The call that digits and the hook switch act on: the one that is neither held nor ringing in. */
	get active(): Leg | undefined {
		return this.legs.find((leg) => leg.state !== "held" && leg.state !== "ringIn");
	}

	leg(reference: number): Leg | undefined {
		return this.legs.find((leg) => leg.reference === reference);
	}

	/** New voice messages of all lines. */
	get newMessages(): number {
		return this.lines.reduce((sum, line) => sum + line.newMessages, 0);
	}

	/**
	 * Buttons of the template: lines, then speed dials; those that show a state are of the type given, and where that is the type of
	 * lines they count on behind them.
	 */
	buttons(hintType: number): Button[] {
		return [
			...this.lines.map((line) => ({ instance: line.instance, type: ButtonType.line })),
			...this.speedDials.map(({ hint }, index) => {
				if (!hint) return { instance: index + 1, type: ButtonType.speedDial };
				return { instance: this.hintInstance(index, hintType), type: hintType };
			}),
		];
	}

	/** Instance of the button of a speed dial that shows a state. */
	hintInstance(index: number, hintType: number): number {
		if (hintType !== ButtonType.line) return index + 1;
		const before = this.speedDials.slice(0, index).filter(({ hint }) => hint).length;
		return this.lines.length + before + 1;
	}
}
