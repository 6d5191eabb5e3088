/*
 * The conditions that a script's `wait` and `expect` name, and programs as methods: what each looks at on the phone, and what makes
 * waiting for it hopeless. The states are SCCP's; lamps, colours and routes are numbered as hal/hardware.ts numbers them.
 */
import { Icon, Lamp, LampColour, LampMode, Route } from "../../hal/hardware.js";
import type { LampState, PlacedPicture, Screen } from "../phone/messages.js";
import { CallState, calls, Registration, Tone } from "../phone/screen.js";

/** What conditions know of the call agents of a script: which of them, from 1, a phone is registered with now; 0 is none. */
export interface AgentView {
	agentOf(device: string): number;
}

/** A call agent that knows whether a phone is registered with it now, by its device name. */
export interface Registrar {
	registered(device: string): boolean;
}

/** What conditions look at on a phone. */
export interface PhoneView {
	readonly name: string;
	readonly screen: Screen | undefined;
	readonly lamps: ReadonlyMap<number, LampState>;
	readonly pictures: ReadonlyMap<number, PlacedPicture>;
	readonly toneId: number;
	readonly ringMode: number;
}

export interface Condition {
	/** For messages: 'connected', "prompt 'Enter number'". */
	what: string;
	/** The call agent of a script that it is about. */
	agent?: number;
	holds(phone: PhoneView, agents: AgentView): boolean;
	/** Why it will not come true any more, when that can be told. */
	hopeless?(phone: PhoneView): string | undefined;
}

/** A condition before it has a name for messages. */
export type Holds = Omit<Condition, "what">;

/** The states that a call on the screen can be in, by the words of scripts. */
const callStates = Object.freeze({
	offhook: CallState.offHook,
	ringout: CallState.ringOut,
	ringing: CallState.ringIn,
	connected: CallState.connected,
	held: CallState.hold,
	callwaiting: CallState.callWaiting,
	transfer: CallState.callTransfer,
	parked: CallState.callPark,
	proceed: CallState.proceed,
	remote: CallState.inUseRemotely,
	invalid: CallState.invalidNumber,
});
export type CallStateName = keyof typeof callStates;

const tones = Object.freeze({
	off: [0],
	dial: [Tone.insideDial, Tone.outsideDial],
	busy: [Tone.busy],
	ringback: [Tone.alerting],
	reorder: [Tone.reorder],
	waiting: [Tone.callWaiting],
});
export type ToneName = keyof typeof tones;

const lampNumbers = Object.freeze({
	line1: Lamp.line1,
	line2: Lamp.line1 + 1,
	line3: Lamp.line1 + 2,
	line4: Lamp.line1 + 3,
	line5: Lamp.line1 + 4,
	line6: Lamp.line1 + 5,
	line7: Lamp.line1 + 6,
	line8: Lamp.line1 + 7,
	message: Lamp.message,
	speaker: Lamp.speaker,
	headset: Lamp.headset,
	mute: Lamp.mute,
});
export type LampName = keyof typeof lampNumbers;
export type LampModeName = keyof typeof LampMode;
export type LampColourName = keyof typeof LampColour;
export type IconName = keyof typeof Icon;
export type RouteName = keyof typeof Route;

export type OnOff = "on" | "off";

function hasCall(phone: PhoneView, state: number): boolean {
	return calls(phone.screen).some((call) => call.state === state);
}

/** Why a call that was dialled will not be connected any more. */
function refused(phone: PhoneView): string | undefined {
	if (calls(phone.screen).some((call) => call.state === CallState.connected)) return undefined;
	const prompt = `prompt '${phone.screen?.prompt ?? ""}'`;
	if (hasCall(phone, CallState.busy)) return `the number is busy (${prompt})`;
	if (hasCall(phone, CallState.congestion)) return `congestion (${prompt})`;
	if (hasCall(phone, CallState.invalidNumber)) return `the number does not exist (${prompt})`;
	if (phone.toneId === Tone.busy) return `busy tone (${prompt})`;
	if (phone.toneId === Tone.reorder) return `reorder tone: the call agent refuses the number (${prompt})`;
	if (phone.screen?.registration !== Registration.registered) return `the phone is not registered (${prompt})`;
	return undefined;
}

function inState(name: CallStateName): Holds {
	return { holds: (phone) => hasCall(phone, callStates[name]) };
}

function overlayLines(phone: PhoneView): readonly string[] {
	return phone.screen?.overlay?.lines ?? [];
}

/**
 * All conditions by name, made of values: those of scripts, and the methods of a program's phone (tools/programs). A text is found
 * wherever it is part of what shows.
 */
export const conditions = Object.freeze({
	/** Registered with a call agent. */
	registered: (): Holds => ({ holds: (phone) => phone.screen?.registration === Registration.registered }),
	unregistered: (): Holds => ({ holds: (phone) => phone.screen?.registration !== Registration.registered }),
	/** Refused by its call agent. */
	rejected: (): Holds => ({ holds: (phone) => phone.screen?.registration === Registration.rejected }),
	/** No call at all. */
	idle: (): Holds => ({ holds: (phone) => phone.screen !== undefined && calls(phone.screen).length === 0 }),
	/** A call off hook: dial tone, or digits are collected. */
	offhook: (): Holds => inState("offhook"),
	/** The other side is being called. */
	ringout: (): Holds => inState("ringout"),
	/** A call comes in. */
	ringing: (): Holds => inState("ringing"),
	/** Both can talk. Waiting for it ends as soon as the number is refused. */
	connected: (): Holds => ({ ...inState("connected"), hopeless: refused }),
	held: (): Holds => inState("held"),
	callwaiting: (): Holds => inState("callwaiting"),
	transfer: (): Holds => inState("transfer"),
	parked: (): Holds => inState("parked"),
	proceed: (): Holds => inState("proceed"),
	/** A call of a shared line, at another phone. */
	remote: (): Holds => inState("remote"),
	/** The number does not exist. */
	invalid: (): Holds => inState("invalid"),
	/** The other side rings: chan-sccp says it by the tone alone. */
	ringback: (): Holds => ({ holds: (phone) => hasCall(phone, CallState.ringOut) || phone.toneId === Tone.alerting }),
	/** Likewise a number that is busy, or cannot be reached. */
	busy: (): Holds => ({ holds: (phone) => hasCall(phone, CallState.busy) || phone.toneId === Tone.busy }),
	congestion: (): Holds => ({
		holds: (phone) => hasCall(phone, CallState.congestion) || phone.toneId === Tone.reorder,
	}),
	muted: (): Holds => ({ holds: (phone) => phone.screen?.muted === true }),
	unmuted: (): Holds => ({ holds: (phone) => phone.screen?.muted === false }),
	/** So many calls show. */
	calls: (count: number): Holds => ({ holds: (phone) => calls(phone.screen).length === count }),
	prompt: (text: string): Holds => ({ holds: (phone) => phone.screen?.prompt.includes(text) === true }),
	/** Who or what a call is with. */
	title: (text: string): Holds => ({ holds: (phone) => calls(phone.screen).some((call) => call.title.includes(text)) }),
	/** A menu, a list or a page shows a text, in its title or in a line in view. */
	overlay: (text: string): Holds => ({
		holds: (phone) =>
			[phone.screen?.overlay?.title ?? "", ...overlayLines(phone)].some((line) => line.includes(text)) &&
			phone.screen?.overlay !== undefined,
	}),
	/** An overlay by its title: a menu, or the page of a service. */
	page: (text: string): Holds => ({ holds: (phone) => phone.screen?.overlay?.title.includes(text) === true }),
	/** A line of an overlay that is in view, and the one that is chosen there. */
	line: (text: string): Holds => ({ holds: (phone) => overlayLines(phone).some((line) => line.includes(text)) }),
	chosen: (text: string): Holds => ({
		holds: ({ screen }) => {
			const overlay = screen?.overlay;
			return overlay?.lines[overlay.selected - overlay.first]?.includes(text) === true;
		},
	}),
	/** The picture of a service's page is shown, or with its number an icon. */
	picture: (place = 0): Holds => ({
		holds: ({ screen, pictures }) => {
			const { picture, icons } = screen?.overlay ?? {};
			const shown = place === 0 ? picture !== undefined : icons?.includes(place) === true;
			return shown && (pictures.get(place)?.image ?? "") !== "";
		},
	}),
	/** A softkey with that label is in view; letter case does not count. */
	softkey: (label: string): Holds => ({
		holds: ({ screen }) => screen?.softkeys.some((shown) => shown.toLowerCase() === label.toLowerCase()) === true,
	}),
	/** A call in that state with a text in its title. */
	call: (state: CallStateName, title: string): Holds => ({
		holds: (phone) =>
			calls(phone.screen).some((call) => call.state === callStates[state] && call.title.includes(title)),
	}),
	/** The label against a line key, from 1. */
	button: (key: number, label: string): Holds => ({
		holds: ({ screen }) => screen?.buttons[key - 1]?.label.includes(label) === true,
	}),
	/** The picture beside it. */
	icon: (key: number, icon: IconName): Holds => ({
		holds: ({ screen }) => screen?.buttons[key - 1]?.icon === Icon[icon],
	}),
	/** Voice messages wait. */
	messages: (waiting: OnOff): Holds => ({ holds: ({ screen }) => screen?.messageWaiting === (waiting === "on") }),
	/** Its own number, as the status line has it. */
	number: (number: string): Holds => ({ holds: ({ screen }) => screen?.number === number }),
	/** The call that softkeys act on is in that state. */
	selected: (state: CallStateName): Holds => ({
		holds: ({ screen }) => calls(screen).some((call) => call.selected && call.state === callStates[state]),
	}),
	/** Where sound goes and comes from. */
	route: (route: RouteName): Holds => ({ holds: ({ screen }) => screen?.route === Route[route] }),
	/** The ringer sounds. */
	ring: (sounds: OnOff): Holds => ({ holds: ({ ringMode }) => ringMode > 1 === (sounds === "on") }),
	/** The tone begun last, or its SCCP id. */
	tone: (tone: ToneName | number): Holds => {
		const ids = typeof tone === "number" ? [tone] : tones[tone];
		return { holds: ({ toneId }) => ids.includes(toneId) };
	},
	lamp: (lamp: LampName, mode: LampModeName, colour?: LampColourName): Holds => ({
		holds: ({ lamps }) => {
			const state = lamps.get(lampNumbers[lamp]) ?? { mode: LampMode.off, colour: LampColour.none };
			return state.mode === LampMode[mode] && (colour === undefined || state.colour === LampColour[colour]);
		},
	}),
	/** Registered with this call agent, as that one says. */
	agent: (agent: Registrar): Holds => ({ holds: ({ name }) => agent.registered(name) }),
});

export type ConditionName = keyof typeof conditions;

function number(text: string | undefined, what: string): number {
	const value = Number(text);
	if (text === undefined || !Number.isInteger(value) || value < 0) throw new Error(`${what} needs a number`);
	return value;
}

function oneOf<T extends object>(table: T, name: string | undefined, what: string): keyof T {
	if (name === undefined || !Object.hasOwn(table, name))
		throw new Error(`${what} needs one of ${Object.keys(table).join(", ")}`);
	return name as keyof T;
}

function switched(word: string | undefined, what: string): OnOff {
	if (word !== "on" && word !== "off") throw new Error(`${what} needs on or off`);
	return word;
}

function lampName(name: string | undefined): LampName {
	if (name === undefined || !Object.hasOwn(lampNumbers, name))
		throw new Error("lamp needs one of line1-line8, message, speaker, headset, mute");
	return name as LampName;
}

function text(words: readonly string[], what: string): string {
	if (words.length === 0) throw new Error(`${what} needs a text`);
	return words.join(" ");
}

type Reader<Name extends ConditionName> = (words: readonly string[]) => Parameters<(typeof conditions)[Name]>;
/** Conditions without values. */
type Plain = {
	[Name in ConditionName]: Parameters<(typeof conditions)[Name]> extends [] ? Name : never;
}[ConditionName];

/** How scripts write the values of conditions that have some; call agents are numbers in them. */
const readers: Readonly<{ [Name in Exclude<ConditionName, Plain | "agent">]: Reader<Name> }> = Object.freeze({
	calls: (words) => [number(words[0], "calls")],
	prompt: (words) => [text(words, "prompt")],
	title: (words) => [text(words, "title")],
	overlay: (words) => [text(words, "overlay")],
	page: (words) => [text(words, "page")],
	line: (words) => [text(words, "line")],
	chosen: (words) => [text(words, "chosen")],
	picture: (words) => [number(words[0] ?? "0", "picture")],
	softkey: (words) => [text(words, "softkey")],
	call: (words) => [oneOf(callStates, words[0], "call"), text(words.slice(1), "call, behind its state,")],
	button: (words) => [number(words[0], "button"), text(words.slice(1), "button, behind its number,")],
	icon: (words) => [number(words[0], "icon"), oneOf(Icon, words[1], "icon, behind its number,")],
	messages: (words) => [switched(words[0], "messages")],
	number: (words) => [text(words, "number")],
	selected: (words) => [oneOf(callStates, words[0], "selected")],
	route: (words) => [oneOf(Route, words[0], "route")],
	ring: (words) => [switched(words[0], "ring")],
	tone: ([word]) => [word !== undefined && Object.hasOwn(tones, word) ? (word as ToneName) : number(word, "tone")],
	lamp: (words) => [
		lampName(words[0]),
		oneOf(LampMode, words[1], "lamp"),
		...(words[2] === undefined ? ([] as const) : ([oneOf(LampColour, words[2], "lamp")] as const)),
	],
});

/** A condition's name for messages: `lamp 'line1 flash'`. */
function nameOf(name: string, values: readonly string[]): string {
	return values.length > 0 ? `${name} '${values.join(" ")}'` : name;
}

/** The same turned round. */
export function negation({ what, holds, agent }: Condition): Condition {
	return {
		what: `not ${what}`,
		...(agent !== undefined && { agent }),
		holds: (phone, agents) => !holds(phone, agents),
	};
}

/**
 * Makes a condition of a script's words: `connected`, `lamp line1 flash`, `prompt Enter number`. Throws with what was expected when
 * there is no such condition.
 */
export function makeCondition(words: readonly string[]): Condition {
	const [name = "", ...rest] = words;
	if (name === "not") return negation(makeCondition(rest));
	const what = nameOf(name, rest);
	if (!Object.hasOwn(conditions, name))
		throw new Error(`unknown condition '${name}': one of ${Object.keys(conditions).sort().join(", ")}`);
	if (name === "agent") {
		const agent = number(rest[0], "agent");
		return { what, agent, holds: (phone, agents) => agents.agentOf(phone.name) === agent };
	}
	if (Object.hasOwn(readers, name)) {
		const read = readers[name as keyof typeof readers] as (words: readonly string[]) => readonly unknown[];
		const make = conditions[name as ConditionName] as (...values: readonly unknown[]) => Holds;
		return { what, ...make(...read(rest)) };
	}
	if (rest.length > 0) throw new Error(`'${rest.join(" ")}' after '${name}' means nothing`);
	return { what, ...conditions[name as Plain]() };
}

/** A condition by its name and values, which need not be what their types say: throws as {@link makeCondition} does. */
export function conditionOf(name: ConditionName, values: readonly unknown[]): Condition {
	if (name !== "agent")
		return makeCondition([name, ...values.filter((value) => value !== undefined).map((value) => String(value))]);
	const [agent] = values as [Partial<Registrar>?];
	if (typeof agent?.registered !== "function") throw new Error("agent needs a CallAgent");
	return { what: "agent", ...conditions.agent(agent as Registrar) };
}
