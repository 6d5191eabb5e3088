/*
 * The script language of headless calls: one step a line, `#` begins a comment, `phone N:` in front of a step says which phone
 * (1 without it), `agent N:` makes the line an order to a call agent of the script's own (`agent:` is the first).
 *
 *     key NAME [down|up]      press and release a key of the phone (`key 5`, `key line2`, `key speaker`)
 *     keys DIGITS             press digits one after the other
 *     softkey LABEL           press the softkey with that label, wherever `more` has put it
 *     hook off|on             lift or replace the handset
 *     wait CONDITION [TIME]   go on when the condition holds; the script fails when it does not within TIME (30s)
 *     expect CONDITION        the script fails unless the condition holds now
 *     media [TIME]            go on when sound has been sent and received since the call began
 *     play TIME               play the sample and record the speaker meanwhile
 *     hear N ... | nothing    phones N make a tone of their own each, and this one hears them and no other
 *     sleep TIME              do nothing for a while
 *     say TEXT                print a line
 *     picture FILE.png        save what the display of an emulated chip shows
 *     named NAME              the call agent knows this phone's user by that name; `label KEY TEXT`: a line key's label there is that text
 *                             (both anywhere in the script)
 *     scene NAME              note what the phone's screen shows under a name: `npm run display` draws it, `--scenes FOLDER` saves it
 *     pass TIME               so much time passes for all phones, where `--at` holds their clocks
 *     configuration XML       this phone asks a TFTP server of the script's own for its configuration, with these elements in it;
 *                             several make one file (anywhere in the script)
 *     configuration missing   the server has none; `silent`: it does not answer; `broken`: what it has is not well-formed
 *     wideband                this phone has sound of 16 kHz from its start on, and so G.722 (anywhere in the script)
 *     agent: stop|start       the call agent ends with all its connections; it starts anew at the same address
 *     agent: ORDER [PHONE]    what `npm run call-agent -- --orders` takes: `agent: drop 1001`; to every phone without a number;
 *                             `agent: push 1001 FILE`, `agent: open 1001 URL`, `agent: list 1001 conference` show pages of services
 *
 * When another phone's turn comes, what the one before has done is known to the agents and to all phones.
 *
 * Conditions are those of conditions.ts, `not` in front of one turns it round. Phones of a script register with all the agents that
 * it names, the first one first; their numbers and keys are those of house.ts.
 *
 * A TIME is `500ms` or `5s`. A text of several words needs no quotes; in "double quotes" it may hold anything.
 */
import { readFileSync } from "node:fs";
import { keyNames } from "../phone/names.js";
import { orderFault } from "./agents.js";
import { type Condition, makeCondition } from "./conditions.js";
import { configurationFaults } from "./files.js";
import type { Known } from "./house.js";

export type Action =
	| { do: "key"; name: string; direction: "down" | "up" | undefined }
	| { do: "keys"; digits: string }
	| { do: "softkey"; label: string }
	| { do: "hook"; off: boolean }
	| { do: "wait"; condition: Condition; milliseconds: number }
	| { do: "expect"; condition: Condition }
	| { do: "media"; milliseconds: number }
	| { do: "play"; milliseconds: number }
	| { do: "hear"; phones: readonly number[] }
	| { do: "agent"; agent: number; words: readonly string[] }
	| { do: "sleep"; milliseconds: number }
	| { do: "say"; text: string }
	| { do: "picture"; file: string }
	| { do: "scene"; name: string }
	| { do: "pass"; milliseconds: number }
	| { do: "configuration"; content: string }
	| { do: "named"; name: string }
	| { do: "label"; key: number; label: string }
	| { do: "wideband" };

export type Step = Action & {
	/** 1 and up. */
	phone: number;
	/** 'file:line' and the step's own text, for messages. */
	where: string;
	text: string;
};

/** A script that cannot be read; the message names file and line. */
export class ScriptError extends Error {
	override readonly name = "ScriptError";
}

const defaultWait = 30_000;
const mostPhones = 16;
const mostAgents = 5;
/** Milliseconds of `5s`, `500ms`; undefined when it is no time. */
export function parseTime(word: string | undefined): number | undefined {
	const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(word ?? "");
	return match ? Number(match[1]) * (match[2] === "s" ? 1000 : 1) : undefined;
}

function splitWords(text: string): string[] {
	const words: string[] = [];
	for (const match of text.matchAll(/"([^"]*)"|(\S+)/g)) words.push(match[1] ?? (match[2] as string));
	return words;
}

function time(words: string[], what: string): number {
	const milliseconds = parseTime(words[0]);
	if (milliseconds === undefined || words.length > 1) throw new Error(`${what} needs a time such as 500ms or 5s`);
	return milliseconds;
}

function phoneNumbers(words: readonly string[]): number[] {
	if (words.length === 0 || !words.every((word) => /^([1-9]|1[0-6])$/.test(word)))
		throw new Error("hear needs numbers of phones, or nothing");
	return words.map(Number);
}

function configuration(text: string): Action {
	if (!text.startsWith("<") && !configurationFaults.includes(text))
		throw new Error(`configuration needs elements of a configuration file, or ${configurationFaults.join(", ")}`);
	return { do: "configuration", content: text };
}

function parseAction(name: string, words: string[]): Action {
	switch (name) {
		case "key": {
			const [key = "", direction] = words;
			if (!keyNames.test(key)) throw new Error(`unknown key '${key}'`);
			if (direction !== undefined && direction !== "down" && direction !== "up")
				throw new Error(`'${direction}' after a key: down or up is expected`);
			return { do: "key", name: key, direction };
		}
		case "keys": {
			const digits = words.join("");
			if (!/^[0-9*#]+$/.test(digits)) throw new Error("keys needs digits, * or #");
			return { do: "keys", digits };
		}
		case "softkey":
			if (words.length === 0) throw new Error("softkey needs a label");
			return { do: "softkey", label: words.join(" ") };
		case "hook":
			if (words.length !== 1 || (words[0] !== "off" && words[0] !== "on")) throw new Error("hook needs off or on");
			return { do: "hook", off: words[0] === "off" };
		case "wait": {
			const milliseconds = words.length > 1 ? parseTime(words.at(-1)) : undefined;
			const condition = makeCondition(milliseconds === undefined ? words : words.slice(0, -1));
			return { do: "wait", condition, milliseconds: milliseconds ?? defaultWait };
		}
		case "expect":
			return { do: "expect", condition: makeCondition(words) };
		case "media":
			return { do: "media", milliseconds: words.length > 0 ? time(words, "media") : defaultWait };
		case "play":
			return { do: "play", milliseconds: time(words, "play") };
		case "hear":
			return { do: "hear", phones: words[0] === "nothing" && words.length === 1 ? [] : phoneNumbers(words) };
		case "sleep":
			return { do: "sleep", milliseconds: time(words, "sleep") };
		case "say":
			return { do: "say", text: words.join(" ") };
		case "wideband":
			if (words.length > 0) throw new Error(`'${words.join(" ")}' after 'wideband' means nothing`);
			return { do: "wideband" };
		case "scene":
			if (words.length !== 1 || !/^[a-z0-9-]+$/.test(words[0] ?? ""))
				throw new Error("scene needs a name of small letters, digits and hyphens");
			return { do: "scene", name: words[0] ?? "" };
		case "named":
			if (words.length === 0) throw new Error("named needs a name");
			return { do: "named", name: words.join(" ") };
		case "label": {
			const [key, ...label] = words;
			if (!/^[1-4]$/.test(key ?? "") || label.length === 0)
				throw new Error("label needs a line key from 1 to 4, and a text");
			return { do: "label", key: Number(key), label: label.join(" ") };
		}
		case "pass":
			return { do: "pass", milliseconds: time(words, "pass") };
		case "picture":
			if (words.length !== 1) throw new Error("picture needs a file name");
			return { do: "picture", file: words[0] ?? "" };
		default:
			throw new Error(
				`unknown step '${name}': key, keys, softkey, hook, wait, expect, media, play, hear, sleep, say, picture, scene, pass, configuration, named, label or wideband is expected`,
			);
	}
}

/** Reads a script's text; `name` names it in errors. Throws ScriptError naming the line. */
export function parseScript(text: string, name: string): Step[] {
	const steps: Step[] = [];
	for (const [index, raw] of text.split("\n").entries()) {
		const where = `${name}:${index + 1}`;
		// '#' is a key as well: a comment begins its line, or has white space on both sides.
		const line = raw.replace(/^\s*#.*$|\s#\s.*$/, "").trim();
		if (line === "") continue;
		const order = /^agent(?:\s+(\d+))?\s*:\s*/.exec(line);
		if (order) {
			const agent = Number(order[1] ?? 1);
			const words = splitWords(line.slice(order[0].length));
			if (agent < 1 || agent > mostAgents) throw new ScriptError(`${where}: agent 1 to ${mostAgents} is expected`);
			const wrong = orderFault(words);
			if (wrong) throw new ScriptError(`${where}: ${wrong}`);
			steps.push({ do: "agent", agent, words, phone: 1, where, text: line });
			continue;
		}
		const prefix = /^phone\s+(\d+)\s*:\s*/.exec(line);
		const phone = prefix ? Number(prefix[1]) : 1;
		const rest = prefix ? line.slice(prefix[0].length) : line;
		const [action = "", ...words] = splitWords(rest);
		if (phone < 1 || phone > mostPhones) throw new ScriptError(`${where}: phone 1 to ${mostPhones} is expected`);
		try {
			// XML is not made of words
			const made = action === "configuration" ? configuration(rest.slice(action.length).trim()) : undefined;
			steps.push({ ...(made ?? parseAction(action, words)), phone, where, text: line });
		} catch (error) {
			throw new ScriptError(`${where}: ${(error as Error).message}`);
		}
	}
	if (steps.length === 0) throw new ScriptError(`${name}: no steps in it`);
	return steps;
}

/** Phones and call agents that a script needs, and which of the phones are wideband. */
export interface Cast {
	phones: number;
	agents: number;
	wideband: ReadonlySet<number>;
	/** What its server has for each phone that asks one for its configuration. */
	configurations: ReadonlyMap<number, string>;
	/** What the call agent knows of them, by the number of a phone. */
	known: ReadonlyMap<number, Known>;
}

export function castOf(steps: readonly Step[]): Cast {
	let [phones, agents] = [1, 1];
	const wideband = new Set<number>();
	const configurations = new Map<number, string>();
	const known = new Map<number, { name?: string; labels: Map<number, string> }>();
	for (const step of steps) {
		phones = Math.max(phones, step.phone, ...(step.do === "hear" ? step.phones : []));
		if (step.do === "wideband") wideband.add(step.phone);
		if (step.do === "named" || step.do === "label") {
			const one: { name?: string; labels: Map<number, string> } = known.get(step.phone) ?? { labels: new Map() };
			known.set(step.phone, one);
			if (step.do === "named") one.name = step.name;
			else one.labels.set(step.key, step.label);
		}
		if (step.do === "configuration")
			configurations.set(step.phone, `${configurations.get(step.phone) ?? ""}${step.content}`);
		if (step.do === "agent") agents = Math.max(agents, step.agent);
		if (step.do === "wait" || step.do === "expect") agents = Math.max(agents, step.condition.agent ?? 1);
	}
	return { phones, agents, wideband, configurations, known };
}

/** Reads a script file. Throws ScriptError when it cannot be read or understood. */
export function readScript(file: string): Step[] {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		throw new ScriptError(`${file}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : error}`);
	}
	return parseScript(text, file);
}

/**
 * The script of a plain call: register, dial, play for a time, hang up. @param seconds of sound. @param timeout seconds within
 * which the phone has to be registered. @param step seconds within which each thing after that has to come true.
 */
export function callScript(number: string, seconds: number, timeout: number, step = defaultWait / 1000): Step[] {
	const lines = [
		`wait registered ${timeout}s`,
		"hook off",
		`wait tone dial ${step}s`,
		`keys ${number}`,
		`wait connected ${step}s`,
		`media ${step}s`,
		`play ${Math.round(seconds * 1000)}ms`,
		"hook on",
		`wait idle ${step}s`,
	];
	return parseScript(lines.join("\n"), `call to ${number}`);
}
