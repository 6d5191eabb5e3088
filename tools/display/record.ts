/*
 * Plays the scripts of tools/display/scripts on phones and call agents of their own, and gathers the screens that their `scene` steps
 * note. The phones' clocks stand at one moment and move by the scripts' `pass` alone, their sound is on a clock of its own, and addresses
 * that differ on each run stand as those of documentation: the same screens each time.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ScreenValue } from "ui/screen";
import { ScriptAgents } from "../call/agents.js";
import { Conductor } from "../call/conductor.js";
import { ScriptFiles } from "../call/files.js";
import { houseDevices } from "../call/house.js";
import { Moment } from "../call/moment.js";
import { castOf, parseScript } from "../call/script.js";
import { makeSpeech } from "../call/speech.js";
import { sampleRate, wideRate } from "../call/wav.js";
import type { KeyNames, PlacedPicture } from "../phone/messages.js";
import { deviceName } from "../phone/names.js";
import { scriptFolder } from "./folders.js";
import { ScenePages } from "./pages.js";
import { Phrase, type Speech, speeches } from "./phrases.js";
import type { RecordedScreen } from "./recorded.js";

const firstDevice = "SEP001122334455";
/** Five past one in the zone of the scripts' configurations. */
const moment = "2026-11-22T12:05Z";
/** A phone's own address in scenes, and the one that it has in place of it. */
const ownAddress = "192.0.2.40";
const loopback = "127.0.0.40";
/** What all servers are called. */
const serverAddress = "192.0.2.10";

/** By the numbers of a locale's file the first table begins behind this. */
const firstTable = 100;

/** Names of all scripts. */
export function sceneScripts(): string[] {
	return readdirSync(scriptFolder)
		.filter((file) => file.endsWith(".txt"))
		.map((file) => basename(file, ".txt"))
		.sort();
}

/** Texts with addresses of documentation in place of those of this computer. */
function plain(text: string): string {
	return text.replaceAll(loopback, ownAddress).replace(/127\.0\.0\.1(:\d+)?/g, serverAddress);
}

/** Key names of a phone that speaks English. */
const english = new ScreenValue(0, 0);

function note(screen: object, { names: keyNames }: KeyNames, pictures: readonly PlacedPicture[]): RecordedScreen {
	const { type: _, ...noted } = JSON.parse(plain(JSON.stringify(screen)));
	while (noted.calls.at(-1)?.reference === 0) noted.calls.pop();
	while (noted.buttons.at(-1)?.label === "") noted.buttons.pop();
	const own = keyNames.some((name, key) => name !== english.keyName(key));
	const shown = pictures.map(({ place, width, height, fileWidth, fileHeight, image }) => {
		return { place, width, height, fileWidth, fileHeight, image };
	});
	return { ...noted, ...(own && { keyNames }), ...(shown.length > 0 && { pictures: shown }) };
}

/**
 * Plays a script, one for languages in each of those that are told, or in all. @returns its scenes by name, in their order. Throws what a
 * step that does not come true says. @param touch whether the phones have displays to touch.
 */
export async function recordScript(
	name: string,
	languages: readonly string[] = Object.keys(speeches),
	touch = false,
): Promise<Record<string, RecordedScreen>> {
	const file = `${name}.txt`;
	const text = readFileSync(join(scriptFolder, file), "utf8");
	if (/\{(pages|services)\}/.test(text)) {
		const pages = await ScenePages.start();
		try {
			return await play(file, filled(text, pages.words), touch);
		} finally {
			await pages.close();
		}
	}
	if (!text.startsWith("# for each language")) return play(file, text, touch);
	const scenes: Record<string, RecordedScreen> = {};
	for (const language of languages) {
		const speech = speeches[language];
		if (speech === undefined) throw new Error(`there is no language "${language}"`);
		const { locale } = speech;
		const dictionary = new Map([[`${locale}/SCCP-dictionary.utf-8.xml`, dictionaryOf(speech)]]);
		Object.assign(scenes, await play(file, spoken(text, language, speech), touch, dictionary));
	}
	return scenes;
}

/** Phrases as a server has them. */
function dictionaryOf({ phrases }: Speech): string {
	const lines = Object.entries(Phrase).map(
		([name, number]) => `<phrase i="${firstTable + number}" t="${escaped(phrases[name as keyof typeof Phrase])}"/>`,
	);
	return `<?xml version="1.0" encoding="UTF-8"?>\n<phrases>${lines.join("")}</phrases>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** The script in a language: names in braces stand for its phrases and people. */
function spoken(text: string, language: string, { locale, code, phrases, people, labels }: Speech): string {
	const [caller, diverter, other] = people;
	const [label1, label2, label3] = labels;
	const words: Readonly<Record<string, string>> = {
		...phrases,
		...{ language, locale, code, caller, diverter, other, label1, label2, label3 },
	};
	return filled(text, words);
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (_, word: string) => {
		if (words[word] === undefined) throw new Error(`there is no {${word}}`);
		return words[word];
	});
}

/** @param files of the server beside configurations, by name. */
async function play(
	file: string,
	text: string,
	touch: boolean,
	more: ReadonlyMap<string, string> = new Map(),
): Promise<Record<string, RecordedScreen>> {
	const steps = parseScript(text, file);
	const cast = castOf(steps);
	const now = new Moment(moment);
	const agents = await ScriptAgents.start(cast.agents, {
		devices: houseDevices(firstDevice, cast.known),
		now: () => now.local,
	});
	const configurations = new Map(
		[...cast.configurations].map(([phone, text]) => [deviceName(firstDevice, phone - 1), text]),
	);
	const files = await ScriptFiles.start(configurations, agents.addresses, more);
	const conductor = new Conductor(
		(rate) => makeSpeech(1, rate),
		() => {},
		agents,
		now,
	);
	const scenes: Record<string, RecordedScreen> = {};
	conductor.onScene = (scene, screen, keyNames, pictures) => {
		if (scene in scenes) throw new Error(`there is a scene "${scene}" already`);
		scenes[scene] = note(screen, keyNames, pictures);
	};
	try {
		await conductor.addPhones(
			Array.from({ length: cast.phones }, (_, index) => {
				const device = deviceName(firstDevice, index);
				return {
					...(cast.configurations.has(index + 1) ? { tftp: [files.addressFor(device)] } : { agents: agents.addresses }),
					device,
					pcm: "clock" as const,
					rate: cast.wideband.has(index + 1) ? wideRate : sampleRate,
					held: now.minutes,
					extra: ["--address", loopback, ...(touch ? ["--touch"] : [])],
				};
			}),
		);
		await conductor.run(steps);
	} finally {
		// what they would say at their end nobody asks for, and their clocks stand
		await Promise.all(conductor.stations.map(({ phone }) => phone.kill()));
		await files.close();
		await agents.close();
	}
	return scenes;
}

/** Those scenes that are not the same as the ones of the same name. */
export function others(
	scenes: Readonly<Record<string, RecordedScreen>>,
	same: Readonly<Record<string, RecordedScreen>>,
): Record<string, RecordedScreen> {
	const text = (screen: RecordedScreen | undefined) => JSON.stringify(screen);
	return Object.fromEntries(Object.entries(scenes).filter(([name, screen]) => text(screen) !== text(same[name])));
}

/** The text of a file of scenes: a line for each. */
export function sceneFile(scenes: Readonly<Record<string, RecordedScreen>>): string {
	const lines = Object.entries(scenes).map(([name, screen]) => `${JSON.stringify(name)}: ${JSON.stringify(screen)}`);
	return `{\n${lines.join(",\n")}\n}\n`;
}
