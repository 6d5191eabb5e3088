/*
 * Screens of a phone in other languages, for pictures: what the call agent says in the phrases of tools/display/phrases.ts, what the phone
 * says by itself in the words of base/words, both by the phone's own dictionary.
 */
import { languageOf } from "base/languages";
import { Word } from "base/words";
import { Icon, LampColour, LampMode, Registration, Route, Sign } from "hal/hardware";
import { ScreenValue } from "ui/screen";
import { Phrase, type Speech, speeches } from "./phrases.js";
import { overlay } from "./scenes.js";

type Scene = (screen: ScreenValue, speech: Speech) => void;

/** By the numbers of a locale's file the first table begins behind this. */
const firstTable = 100;

function say(screen: ScreenValue, name: keyof typeof Phrase): string {
	return screen.dictionary.phrase(Phrase[name]);
}

function softkeys(screen: ScreenValue, ...labels: string[]): void {
	for (let i = 0; i < screen.softkeys.length; i += 1) screen.setSoftkey(i, labels[i] ?? "");
}

function own(screen: ScreenValue, ...words: string[]): string {
	return screen.dictionary.expand(words.join(" "));
}

function idle(screen: ScreenValue, { date, labels }: Speech): void {
	screen.setStatus(Registration.registered, date, "1001");
	screen.setSigns(Route.none, Sign.message);
	screen.setButton(0, "1001", Icon.onHook, LampMode.off, LampColour.none);
	screen.setButton(1, labels[0], Icon.onHook, LampMode.off, LampColour.none);
	screen.setButton(2, labels[1], Icon.speedDial, LampMode.off, LampColour.none);
	screen.setButton(3, labels[2], Icon.busy, LampMode.on, LampColour.red);
	screen.setButton(4, labels[3], Icon.envelope, LampMode.on, LampColour.amber);
	screen.setPrompt(say(screen, "options"));
	softkeys(screen, say(screen, "redial"), say(screen, "newCall"), say(screen, "forwardAll"), own(screen, Word.more));
}

function ringing(screen: ScreenValue, speech: Speech): void {
	const [caller, diverter, other] = speech.people;
	idle(screen, speech);
	screen.setButton(0, "1001", Icon.ringing, LampMode.blink, LampColour.amber);
	screen.setCall(0, 100, 1, 4, Icon.ringing, true, `${say(screen, "from")}${caller} (1002)`);
	screen.setDetail(0, own(screen, Word.forwardedBy, diverter, `(${Word.noAnswer}),`, Word.andFor, other), 0);
	screen.setPrompt(`${say(screen, "from")}1002`);
	softkeys(screen, say(screen, "answer"), say(screen, "divert"), say(screen, "doNotDisturb"));
}

function connected(screen: ScreenValue, speech: Speech): void {
	idle(screen, speech);
	screen.setSigns(Route.speaker, 0);
	screen.setButton(0, "1001", Icon.connected, LampMode.on, LampColour.green);
	screen.setCall(0, 100, 1, 5, Icon.connected, true, `${say(screen, "from")}${speech.people[0]} (1002)`);
	screen.setSeconds(0, 83);
	screen.setPrompt(say(screen, "connected"));
	softkeys(screen, say(screen, "hold"), say(screen, "endCall"), say(screen, "transfer"), own(screen, Word.more));
}

function twoCalls(screen: ScreenValue, speech: Speech): void {
	connected(screen, speech);
	screen.setCall(1, 101, 2, 13, Icon.remoteInUse, false, say(screen, "inUseRemote"));
	screen.setCall(2, 102, 1, 8, Icon.held, false, own(screen, Word.to, speech.people[2], "(1055)"));
	screen.setSeconds(2, 754);
	screen.setDetail(2, own(screen, Word.transferredBy, speech.people[1]), 0);
}

function list(screen: ScreenValue, title: string, lines: readonly string[], selected: number): void {
	const spoken = lines.map((line) => own(screen, line));
	overlay(screen, own(screen, title), spoken, selected);
}

function menu(screen: ScreenValue, speech: Speech): void {
	idle(screen, speech);
	const { directories, missedCalls, receivedCalls, placedCalls, speedDials } = Word;
	list(screen, directories, [`${missedCalls} (2 ${Word.unseen})`, receivedCalls, placedCalls, speedDials], 1);
	softkeys(screen, say(screen, "select"), own(screen, Word.exit));
}

function settings(screen: ScreenValue, speech: Speech): void {
	idle(screen, speech);
	const { ringType, brightness, microphone, networkConfiguration, callAgent, status } = Word;
	const { phoneInformation, callStatistics } = Word;
	const own = [ringType, brightness, microphone, networkConfiguration, callAgent, status];
	list(screen, Word.settings, [...own, phoneInformation, callStatistics], 3);
	screen.setPrompt(screen.dictionary.expand(Word.lockedByPassword));
	softkeys(screen, say(screen, "select"), screen.dictionary.expand(Word.exit));
}

function missedCalls(screen: ScreenValue, speech: Speech): void {
	idle(screen, speech);
	const [caller, diverter, other] = speech.people;
	list(screen, Word.missedCalls, [`${caller} 1002`, `${other} 1055`, `${diverter} 1000`, "0043155501"], 0);
	softkeys(screen, own(screen, Word.dial), own(screen, Word.editDial), own(screen, Word.exit));
}

function statistics(screen: ScreenValue, speech: Speech): void {
	connected(screen, speech);
	list(
		screen,
		Word.callStatistics,
		[
			`${Word.receiverCodec} G.711u 20 ms`,
			`${Word.senderCodec} G.711u 20 ms`,
			`${Word.receiverPackets} 4150`,
			`${Word.senderPackets} 4152`,
			`${Word.averageJitter} 1 ms`,
			`${Word.maximumJitter} 6 ms`,
			`${Word.lostPackets} 0`,
			`${Word.discardedPackets} 0`,
			`${Word.bufferDelay} 20 ms`,
			`${Word.roundTrip} 12 ms`,
			"MOS LQK 4.41",
			`${Word.averageMos} 4.40`,
			`${Word.minimumMos} 4.19`,
			`${Word.maximumMos} 4.41`,
			`${Word.concealRatio} 0.00`,
			`${Word.concealSeconds} 0`,
			`${Word.severeConceal} 0`,
		],
		-1,
	);
}

const scenes: Readonly<Record<string, Scene>> = Object.freeze({
	idle,
	ringing,
	connected,
	calls: twoCalls,
	menu,
	settings,
	"call-list": missedCalls,
	statistics,
});

/** All as 'german-idle', by their names. */
export const languageScenes: readonly string[] = Object.freeze(
	Object.keys(speeches).flatMap((language) => Object.keys(scenes).map((scene) => `${language}-${scene}`)),
);

/** A scene of {@link languageScenes} on a board with so many keys. */
export function languageSceneOf(name: string, lineKeys: number, softkeyCount: number): ScreenValue {
	const dash = name.indexOf("-");
	const speech = speeches[name.slice(0, dash)];
	const scene = scenes[name.slice(dash + 1)];
	if (speech === undefined || scene === undefined) throw new Error(`there is no scene "${name}"`);
	const screen = new ScreenValue(lineKeys, softkeyCount);
	const { locale, code, phrases } = speech;
	const byNumber = new Map(
		Object.entries(Phrase).map(([phrase, number]) => [firstTable + number, phrases[phrase as keyof typeof Phrase]]),
	);
	screen.dictionary.translations = { find: (number) => byNumber.get(number) ?? "" };
	const spoken = languageOf(locale, code);
	if (spoken !== undefined) screen.dictionary.words = spoken.words;
	scene(screen, speech);
	return screen;
}
