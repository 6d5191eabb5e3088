/*
 * The conditions that a script's `wait` and `expect` name: what each looks at on the phone, and what makes waiting for it
 * hopeless. The states are SCCP's; lamps, colours and routes are numbered as hal/hardware.ts numbers them.
 */
import { Icon, Lamp, LampColour, LampMode, Route } from "../../hal/hardware.js";
import type { PhoneProcess } from "../phone/phone.js";
import { CallState, calls, Registration, Tone } from "../phone/screen.js";

/** What conditions know of the call agents of a script: which of them, from 1, a phone is registered with now; 0 is none. */
export interface AgentView {
	agentOf(device: string): number;
}

export interface Condition {
	/** For messages: 'connected', "prompt 'Enter number'". */
	what: string;
	/** The call agent that it is about. */
	agent?: number;
	holds(phone: PhoneProcess, agents: AgentView): boolean;
	/** Why it will not come true any more, when that can be told. */
	hopeless?(phone: PhoneProcess): string | undefined;
}

/** The states that a call on the screen can be in, by the words of scripts. */
const callStates: Readonly<Record<string, number>> = Object.freeze({
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

const toneNames: Readonly<Record<string, readonly number[]>> = Object.freeze({
	dial: [Tone.insideDial, Tone.outsideDial],
	busy: [Tone.busy],
	ringback: [Tone.alerting],
	reorder: [Tone.reorder],
	waiting: [Tone.callWaiting],
});

const routeNames: Readonly<Record<string, number>> = Object.freeze({ ...Route });
const iconNames: Readonly<Record<string, number>> = Object.freeze({ ...Icon });
const lampModes: Readonly<Record<string, number>> = Object.freeze({ ...LampMode });
const lampColours: Readonly<Record<string, number>> = Object.freeze({ ...LampColour });

function lampNumber(name: string): number | undefined {
	const line = /^line([1-8])$/.exec(name);
	if (line) return Lamp.line1 + Number(line[1]) - 1;
	const others: Readonly<Record<string, number>> = {
		message: Lamp.message,
		speaker: Lamp.speaker,
		headset: Lamp.headset,
		mute: Lamp.mute,
	};
	return others[name];
}

function hasCall(phone: PhoneProcess, state: number): boolean {
	return calls(phone.screen).some((call) => call.state === state);
}

/** Why a call that was dialled will not be connected any more. */
function refused(phone: PhoneProcess): string | undefined {
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

function number(text: string | undefined, what: string): number {
	const value = Number(text);
	if (text === undefined || !Number.isInteger(value) || value < 0) throw new Error(`${what} needs a number`);
	return value;
}

function oneOf(table: Readonly<Record<string, number>>, name: string | undefined, what: string): number {
	const value = name === undefined ? undefined : table[name];
	if (value === undefined) throw new Error(`${what} needs one of ${Object.keys(table).join(", ")}`);
	return value;
}

type Maker = (words: readonly string[]) => Omit<Condition, "what">;

function text(words: readonly string[], what: string): string {
	if (words.length === 0) throw new Error(`${what} needs a text`);
	return words.join(" ");
}

const makers: Readonly<Record<string, Maker>> = Object.freeze({
	registered: () => ({ holds: (phone) => phone.screen?.registration === Registration.registered }),
	unregistered: () => ({ holds: (phone) => phone.screen?.registration !== Registration.registered }),
	rejected: () => ({ holds: (phone) => phone.screen?.registration === Registration.rejected }),
	idle: () => ({ holds: (phone) => phone.screen !== undefined && calls(phone.screen).length === 0 }),
	// The other side rings: chan-sccp says it by the tone alone.
	ringback: () => ({ holds: (phone) => hasCall(phone, CallState.ringOut) || phone.toneId === Tone.alerting }),
	// Likewise a number that is busy, or cannot be reached.
	busy: () => ({ holds: (phone) => hasCall(phone, CallState.busy) || phone.toneId === Tone.busy }),
	congestion: () => ({ holds: (phone) => hasCall(phone, CallState.congestion) || phone.toneId === Tone.reorder }),
	muted: () => ({ holds: (phone) => phone.screen?.muted === true }),
	unmuted: () => ({ holds: (phone) => phone.screen?.muted === false }),
	calls: (words) => {
		const count = number(words[0], "calls");
		return { holds: (phone) => calls(phone.screen).length === count };
	},
	prompt: (words) => {
		const part = text(words, "prompt");
		return { holds: (phone) => phone.screen?.prompt.includes(part) === true };
	},
	title: (words) => {
		const part = text(words, "title");
		return { holds: (phone) => calls(phone.screen).some((call) => call.title.includes(part)) };
	},
	overlay: (words) => {
		const part = text(words, "overlay");
		return {
			holds: (phone) => {
				const overlay = phone.screen?.overlay;
				return overlay ? [overlay.title, ...overlay.lines].some((line) => line.includes(part)) : false;
			},
		};
	},
	/** An overlay by its title: a menu, or the page of a service. */
	page: (words) => {
		const part = text(words, "page");
		return { holds: (phone) => phone.screen?.overlay?.title.includes(part) === true };
	},
	/** A line of an overlay that is in view, and the one that is chosen there. */
	line: (words) => {
		const part = text(words, "line");
		return { holds: (phone) => phone.screen?.overlay?.lines.some((line) => line.includes(part)) === true };
	},
	chosen: (words) => {
		const part = text(words, "chosen");
		return {
			holds: (phone) => {
				const overlay = phone.screen?.overlay;
				return overlay?.lines[overlay.selected - overlay.first]?.includes(part) === true;
			},
		};
	},
	/** The picture of a service's page is shown, or with its number an icon. */
	picture: (words) => {
		const place = number(words[0] ?? "0", "picture");
		return {
			holds: ({ screen, pictures }) => {
				const { picture, icons } = screen?.overlay ?? {};
				const shown = place === 0 ? picture !== undefined : icons?.includes(place) === true;
				return shown && (pictures.get(place)?.image ?? "") !== "";
			},
		};
	},
	softkey: (words) => {
		const label = text(words, "softkey").toLowerCase();
		return { holds: (phone) => phone.screen?.softkeys.some((shown) => shown.toLowerCase() === label) === true };
	},
	call: (words) => {
		const state = oneOf(callStates, words[0], "call");
		const part = text(words.slice(1), "call, behind its state,");
		return { holds: (phone) => calls(phone.screen).some((call) => call.state === state && call.title.includes(part)) };
	},
	button: (words) => {
		const key = number(words[0], "button") - 1;
		const part = text(words.slice(1), "button, behind its number,");
		return { holds: (phone) => phone.screen?.buttons[key]?.label.includes(part) === true };
	},
	icon: (words) => {
		const key = number(words[0], "icon") - 1;
		const icon = oneOf(iconNames, words[1], "icon, behind its number,");
		return { holds: (phone) => phone.screen?.buttons[key]?.icon === icon };
	},
	messages: (words) => {
		if (words[0] !== "on" && words[0] !== "off") throw new Error("messages needs on or off");
		const waiting = words[0] === "on";
		return { holds: (phone) => phone.screen?.messageWaiting === waiting };
	},
	agent: (words) => {
		const agent = number(words[0], "agent");
		return { agent, holds: (phone, agents) => agents.agentOf(phone.name) === agent };
	},
	number: (words) => {
		const own = text(words, "number");
		return { holds: (phone) => phone.screen?.number === own };
	},
	selected: (words) => {
		const state = oneOf(callStates, words[0], "selected");
		return { holds: (phone) => calls(phone.screen).some((call) => call.selected && call.state === state) };
	},
	route: (words) => {
		const route = oneOf(routeNames, words[0], "route");
		return { holds: (phone) => phone.screen?.route === route };
	},
	ring: (words) => {
		if (words[0] !== "on" && words[0] !== "off") throw new Error("ring needs on or off");
		const ringing = words[0] === "on";
		return { holds: (phone) => phone.ringMode > 1 === ringing };
	},
	tone: (words) => {
		const ids = toneNames[words[0] ?? ""] ?? (words[0] === "off" ? [0] : [number(words[0], "tone")]);
		return { holds: (phone) => ids.includes(phone.toneId) };
	},
	lamp: (words) => {
		const lamp = lampNumber(words[0] ?? "");
		if (lamp === undefined) throw new Error("lamp needs one of line1-line8, message, speaker, headset, mute");
		const mode = oneOf(lampModes, words[1], "lamp");
		const colour = words[2] === undefined ? undefined : oneOf(lampColours, words[2], "lamp");
		return {
			holds: (phone) => {
				const state = phone.lamps.get(lamp) ?? { mode: LampMode.off, colour: LampColour.none };
				return state.mode === mode && (colour === undefined || state.colour === colour);
			},
		};
	},
});

/**
 * Makes a condition of its words: `connected`, `lamp line1 flash`, `prompt Enter number`. Throws with what was expected when
 * there is no such condition.
 */
export function makeCondition(words: readonly string[]): Condition {
	const [name = "", ...rest] = words;
	if (name === "not") {
		const { what, holds } = makeCondition(rest);
		return { what: `not ${what}`, holds: (phone, agents) => !holds(phone, agents) };
	}
	const what = rest.length > 0 ? `${name} '${rest.join(" ")}'` : name;
	const maker = makers[name];
	if (maker) return { what, ...maker(rest) };
	const state = callStates[name];
	if (state === undefined) {
		const known = [...Object.keys(makers), ...Object.keys(callStates)].sort().join(", ");
		throw new Error(`unknown condition '${name}': one of ${known}`);
	}
	if (rest.length > 0) throw new Error(`'${rest.join(" ")}' after '${name}' means nothing`);
	const holds = (phone: PhoneProcess) => hasCall(phone, state);
	return state === CallState.connected ? { what, holds, hopeless: refused } : { what, holds };
}
