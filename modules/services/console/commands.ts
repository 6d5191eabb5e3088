/*
 * The console's commands, in one table. Each gives its answer by lines, worked out as they are read; a line that begins with `!` says what
 * was expected in place of what came. A line comes as octets, each a character: what is compared with texts of the phone is, too.
 */
import { utf8 } from "base/octets";
import { Memory, registrationNames } from "hal/hardware";
import { keyList, keyNumber } from "hal/key-names";
import type { ConsoleHost } from "services/console/host";
import { ethernetFields, type Field, networkFields, streamFields } from "services/web/fields";
import type { SiteCall } from "services/web/site";

/** The answer's lines by number: '' is left out, undefined is behind the last. */
export type Lines = (index: number) => string | undefined;

interface Command {
	/** What it begins with: one word or two. */
	readonly name: string;
	/** What is said behind that, '' for nothing. */
	readonly words: string;
	readonly help: string;
	/** Does what is said. @param rest behind the name, without blanks around it; '' for nothing. */
	readonly run: (host: ConsoleHost, rest: string) => Lines;
}

/** Digits of `keys` at once, characters of a line that an error repeats, and pages of softkeys that are looked through. */
const mostDigits = 64;
const mostRepeated = 40;
const mostPages = 16;

function one(text: string): Lines {
	return (index) => (index === 0 ? text : undefined);
}

const done = one("ok");

/** Says what was expected. */
export function wrong(expected: string): Lines {
	return one(`! ${expected}`);
}

/** Somebody's words in an error: none that a terminal would act upon, and not many. */
function repeated(text: string): string {
	let shown = "";
	for (let at = 0; at < text.length && at < mostRepeated; at += 1) {
		const code = text.charCodeAt(at);
		shown += code < 0x20 || code > 0x7e ? "?" : text.charAt(at);
	}
	return text.length > mostRepeated ? `"${shown}..."` : `"${shown}"`;
}

/** Fields that are known, each as `label: value`. */
function fieldLine<Of>(fields: readonly Field<Of>[], index: number, of: Of): string | undefined {
	const field = fields[index];
	if (field === undefined) return undefined;
	const value = field[2](of);
	return value === undefined || value === "" ? "" : `${field[1]}: ${value}`;
}

function showRegistration(host: ConsoleHost): Lines {
	const { registration, site } = host;
	const { active, callAgents } = site;
	return (index) => {
		if (index === 0) return `Registration: ${registrationNames[registration] ?? ""}`;
		if (index === 1) return `Device: ${site.device}`;
		if (index === 2) return `Number: ${site.number}`;
		if (index === 3) return `Prompt: ${site.prompt}`;
		const agent = index - 4;
		if (agent < callAgents.length)
			return `Call agent ${agent + 1}: ${callAgents[agent]}${agent === active ? " (in use)" : ""}`;
		return host.status(agent - callAgents.length);
	};
}

function party(name: string, number: string): string {
	return name === "" ? number || "-" : `${name} <${number}>`;
}

function callLine(call: SiteCall): string {
	const { reference, line, selected, state, type, seconds, security } = call;
	const from = party(call.callingName, call.callingNumber);
	const to = party(call.calledName, call.calledNumber);
	return `${selected ? ">" : " "} ${reference} line ${line} ${state} ${type} from ${from} to ${to} ${seconds} s ${security}`;
}

function showCalls({ site }: ConsoleHost): Lines {
	return (index) => {
		const call = site.call(index);
		if (call !== undefined) return callLine(call);
		return index === 0 ? "no calls" : undefined;
	};
}

function showMemory(host: ConsoleHost): Lines {
	const figures = new Uint32Array(Memory.count);
	if (!host.memory(figures)) return one("not known here");
	const of = (what: string, at: number): string =>
		`${what}: ${figures[at]} of ${figures[at + 2]}, ${figures[at + 1]} at most`;
	return (index) => {
		if (index === 0) return of("Slots", Memory.slots);
		if (index === 1) return of("Chunks (octets)", Memory.chunks);
		if (index > 2) return undefined;
		const free = figures[Memory.free];
		return free === 0 ? "" : `Free (octets): ${free}, ${figures[Memory.freeLeast]} at least`;
	};
}

function showStreams({ site }: ConsoleHost): Lines {
	const { length } = streamFields;
	return (index) => {
		const number = Math.floor(index / (length + 1));
		const stream = site.stream(number);
		if (stream === undefined) return undefined;
		const at = index % (length + 1);
		return at === 0 ? `Stream ${number + 1}` : `  ${fieldLine(streamFields, at - 1, { site, stream })}`;
	};
}

function showNetwork({ site }: ConsoleHost): Lines {
	const { length } = networkFields;
	return (index) =>
		index < length ? fieldLine(networkFields, index, site) : fieldLine(ethernetFields, index - length, site);
}

function showSettings({ settings }: ConsoleHost): Lines {
	const lines = settings.split("\n");
	return (index) => lines[index];
}

function pressKey(host: ConsoleHost, rest: string): Lines {
	const { lineKeys, softkeys } = host;
	const [name = "", direction, ...more] = rest.split(" ").filter((word) => word !== "");
	const key = keyNumber(name, lineKeys, softkeys);
	if (key < 0) return wrong(`a key is expected, not ${repeated(name)}: ${keyList(lineKeys, softkeys)}`);
	if (more.length > 0 || (direction !== undefined && direction !== "down" && direction !== "up"))
		return wrong("nothing, down or up is expected behind a key");
	host.press(key, direction);
	return done;
}

function pressKeys(host: ConsoleHost, rest: string): Lines {
	const digits = rest.replace(/ /g, "");
	let digit = digits.length > 0 && digits.length <= mostDigits;
	for (let at = 0; digit && at < digits.length; at += 1) digit = "0123456789*#".includes(digits.charAt(at));
	if (!digit) return wrong(`1 to ${mostDigits} of 0-9, * and # are expected, not ${repeated(rest)}`);
	for (let at = 0; at < digits.length; at += 1)
		host.press(keyNumber(digits.charAt(at), host.lineKeys, host.softkeys), undefined);
	return done;
}

function moveHook(host: ConsoleHost, rest: string): Lines {
	if (rest !== "on" && rest !== "off") return wrong(`hook on or hook off is expected, not ${repeated(rest)}`);
	host.hook(rest === "off");
	return done;
}

/** Presses the softkey of a label, wherever `more` has put it. */
function pressSoftkey(host: ConsoleHost, rest: string): Lines {
	const wanted = (
		rest.length > 1 && rest.startsWith('"') && rest.endsWith('"') ? rest.slice(1, -1) : rest
	).toLowerCase();
	const { lineKeys, site, softkeys } = host;
	for (let page = 0; wanted !== "" && page < mostPages; page += 1) {
		for (let i = 0; i < softkeys; i += 1) {
			const label = site.softkey(i) ?? "";
			if (label === "" || utf8(label).toLowerCase() !== wanted) continue;
			host.press(keyNumber(`softkey${i + 1}`, lineKeys, softkeys), undefined);
			return done;
		}
		if (!host.moreSoftkeys()) break;
	}
	let labels = "";
	for (let i = 0; i < softkeys; i += 1) {
		const label = site.softkey(i) ?? "";
		if (label !== "") labels += `${labels === "" ? "" : ", "}${label}`;
	}
	return wrong(`a softkey's label is expected, not ${repeated(rest)}: ${labels === "" ? "there is none now" : labels}`);
}

function restart(host: ConsoleHost, rest: string): Lines {
	if (rest !== "") return wrong(`nothing is expected behind restart, not ${repeated(rest)}`);
	host.restart();
	return one("the phone restarts");
}

/** Steps of a script that take no time, and those that do. */
const steps: readonly string[] = Object.freeze(["key", "keys", "softkey", "hook"]);
const lasting: readonly string[] = Object.freeze(["wait", "expect", "media", "play", "hear", "sleep", "pass"]);

function runStep(host: ConsoleHost, rest: string): Lines {
	const step = rest.startsWith("phone 1:") ? rest.slice(8).trim() : rest;
	const word = firstWord(step);
	if (step === "" || step.startsWith("# ")) return one("");
	if (word === "say") return one(repeated(step.slice(4)).slice(1, -1));
	if (steps.includes(word)) return obey(host, step);
	const expected = "key, keys, softkey, hook or say is expected";
	return lasting.includes(word)
		? wrong(`${word} is for whole scripts (npm run call -- --script): ${expected}`)
		: wrong(`${expected}, not ${repeated(step)}`);
}

/** A command that only shows something. */
function shows(show: (host: ConsoleHost) => Lines): Command["run"] {
	return (host, rest) => (rest === "" ? show(host) : wrong(`nothing is expected there, not ${repeated(rest)}`));
}

function table(...rows: readonly (readonly [string, string, string, Command["run"]])[]): readonly Command[] {
	return Object.freeze(rows.map(([name, words, help, run]) => Object.freeze({ name, words, help, run })));
}

export const commands: readonly Command[] = table(
	["help", "", "these commands", shows(() => (index) => helpLine(index))],
	["show registration", "", "where the phone stands with its call agents", shows(showRegistration)],
	["show calls", "", "calls, the selected one with > before it", shows(showCalls)],
	["show memory", "", "the engine's memory and what else is free", shows(showMemory)],
	["show streams", "", "streams of sound, also after the call", shows(showStreams)],
	["show network", "", "address, servers, URLs, frames", shows(showNetwork)],
	["show settings", "", "what is set in the phone's menus", shows(showSettings)],
	[
		"show log",
		"",
		"the latest lines of the log, each with seconds since the start",
		shows((host) => (index) => host.site.logLine(index)),
	],
	["key", "NAME [down|up]", "press a key, or only one of the two: one that stays down is held", pressKey],
	["keys", "DIGITS", "press digits, * and # one after the other", pressKeys],
	["softkey", "LABEL", "press the softkey that reads so, wherever 'more' has put it", pressSoftkey],
	["hook", "on|off", "put the handset down, or lift it", moveHook],
	["script", "STEP", "a step of a script of npm run call that takes no time", runStep],
	["restart", "", "start the phone anew", restart],
);

function helpLine(index: number): string | undefined {
	const command = commands[index];
	if (command === undefined) return undefined;
	return `${`${command.name} ${command.words}`.trim().padEnd(24)}${command.help}`;
}

function firstWord(line: string): string {
	const blank = line.indexOf(" ");
	return blank < 0 ? line : line.slice(0, blank);
}

/** Does what a line says that is not empty. */
export function obey(host: ConsoleHost, line: string): Lines {
	for (let i = 0; i < commands.length; i += 1) {
		const { name, run } = commands[i] as Command;
		if (line === name || line.startsWith(`${name} `)) return run(host, line.slice(name.length).trim());
	}
	if (firstWord(line) !== "show") return wrong(`a command is expected, not ${repeated(line)}: help lists them`);
	let topics = "";
	for (let i = 0; i < commands.length; i += 1) {
		const { name } = commands[i] as Command;
		if (name.startsWith("show ")) topics += `${topics === "" ? "" : ", "}${name.slice(5)}`;
	}
	return wrong(`show takes one of ${topics}, not ${repeated(line.slice(5))}`);
}
