/*
 * Screens of a phone at work, for pictures and measurements: the same values that the phone's own ui/screen holds.
 */
import { Icon, LampColour, LampMode, Registration, Route, Sign, usualRows } from "hal/hardware";
import { ScreenValue } from "ui/screen";

/** What a display of 320x240 to touch has room for, the one with four line keys; others as {@link usualRows}. */
const touchRows = Object.freeze({ list: 4, page: 7 });
const touchKeys = 4;

/** Opens a list, or a page of text where `selected` is -1, as far as it is in view. Items of a list are numbered. */
export function overlay(screen: ScreenValue, title: string, lines: readonly string[], selected: number): void {
	const { list, page } = screen.buttons.length === touchKeys ? touchRows : usualRows;
	const rows = selected < 0 ? page : list;
	const first = selected < 0 ? 0 : selected - (selected % rows);
	const shown = lines.slice(first, first + rows);
	screen.openOverlay(title, shown.length, selected, first, lines.length);
	shown.forEach((line, i) => {
		screen.setOverlayLine(i, selected < 0 ? line : `${first + i + 1} ${line}`);
	});
}

type Scene = (screen: ScreenValue) => void;

const now = "13:05 22/11/26";

function registered(screen: ScreenValue): void {
	screen.setStatus(Registration.registered, now, "1001");
	screen.setSigns(Route.none, 0);
	const buttons: readonly (readonly [string, number, number, number])[] = [
		["1001", Icon.onHook, LampMode.off, LampColour.none],
		["Sales 1050", Icon.onHook, LampMode.off, LampColour.none],
		["Bob Miller", Icon.speedDial, LampMode.off, LampColour.none],
		["Workshop", Icon.busy, LampMode.on, LampColour.red],
		["Voicemail", Icon.envelope, LampMode.on, LampColour.amber],
		["", Icon.none, LampMode.off, LampColour.none],
	];
	buttons.forEach(([label, icon, lamp, colour], i) => {
		screen.setButton(i, label, icon, lamp, colour);
	});
	screen.setPrompt("Your current options");
	softkeys(screen, "Redial", "NewCall", "CFwdAll", "more");
}

function softkeys(screen: ScreenValue, ...labels: string[]): void {
	for (let i = 0; i < screen.softkeys.length; i += 1) screen.setSoftkey(i, labels[i] ?? "");
}

function call(screen: ScreenValue, at: number, state: number, icon: number, title: string, seconds: number): void {
	screen.setCall(at, 100 + at, 1, state, icon, at === 0, title);
	screen.setSeconds(at, seconds);
}

function idle(screen: ScreenValue): void {
	registered(screen);
	screen.setSigns(Route.none, Sign.message);
}

function ringing(screen: ScreenValue): void {
	registered(screen);
	screen.setButton(0, "1001", Icon.ringing, LampMode.blink, LampColour.amber);
	call(screen, 0, 4, Icon.ringing, "From Zoë Müller (1002)", -1);
	screen.setPrompt("From 1002");
	softkeys(screen, "Answer", "iDivert", "DND");
}

function diverted(screen: ScreenValue): void {
	ringing(screen);
	screen.setDetail(0, "Forwarded by Support (no answer), for Sales", 0);
}

function sharedLine(screen: ScreenValue): void {
	registered(screen);
	screen.setButton(0, "1001", Icon.connected, LampMode.on, LampColour.green);
	screen.setButton(1, "Sales 1050", Icon.remoteInUse, LampMode.on, LampColour.red);
	call(screen, 0, 5, Icon.connected, "From Private", 12);
	screen.setDetail(0, "Recording, Forwarded by Support", 0);
	call(screen, 1, 13, Icon.remoteInUse, "In Use Remote", -1);
	screen.setPrompt("Connected");
	softkeys(screen, "Hold", "EndCall", "Trnsfer", "more");
}

function dialling(screen: ScreenValue): void {
	registered(screen);
	screen.setSigns(Route.handset, 0);
	screen.setButton(0, "1001", Icon.offHook, LampMode.on, LampColour.green);
	call(screen, 0, 1, Icon.offHook, "0043155", -1);
	screen.setPrompt("Enter number");
	softkeys(screen, "<<", "EndCall");
}

function talking(screen: ScreenValue): void {
	registered(screen);
	screen.setSigns(Route.speaker, 0);
	screen.setButton(0, "1001", Icon.connected, LampMode.on, LampColour.green);
	call(screen, 0, 5, Icon.connected, "From Zoë Müller (1002)", 83);
	screen.setPrompt("Connected");
	softkeys(screen, "Hold", "EndCall", "Trnsfer", "more");
}

function twoCalls(screen: ScreenValue): void {
	talking(screen);
	screen.setSigns(Route.headset, Sign.muted);
	call(screen, 0, 5, Icon.connected, "To Support (1055)", 12);
	call(screen, 1, 8, Icon.held, "From Zoë Müller (1002)", 261);
	screen.setButton(1, "Sales 1050", Icon.held, LampMode.wink, LampColour.green);
}

function manyCalls(screen: ScreenValue): void {
	talking(screen);
	call(screen, 1, 8, Icon.held, "From Reception (1000)", 754);
	call(screen, 2, 4, Icon.ringing, "From +43 1 5550100", -1);
	call(screen, 3, 8, Icon.held, "To A department with a long name (1099)", 3725);
	call(screen, 4, 4, Icon.ringing, "From Unknown Number", -1);
	screen.setDetail(1, "Forwarded by Support", 0);
	screen.setDetail(4, "For Sales", 0);
}

/** Keys of features in their states, programmable keys, and softkeys with places between them that are empty. */
function features(screen: ScreenValue): void {
	talking(screen);
	screen.setButton(1, "DND", Icon.busy, LampMode.blink, LampColour.red);
	screen.setButton(2, "Record", Icon.feature, LampMode.on, LampColour.green);
	screen.setButton(3, "GPickUp", Icon.feature, LampMode.off, LampColour.none);
	screen.setButton(4, "Slot 701", Icon.busy, LampMode.blink, LampColour.amber);
	screen.setButton(5, "HLog", Icon.feature, LampMode.on, LampColour.amber);
	softkeys(screen, "", "EndCall", "", "more");
}

function speedDials(screen: ScreenValue): void {
	registered(screen);
	const lines = ["Fred", "Gina (Line In Use)", "Harry (Ringing)", "Night service (On)", "HLog"];
	overlay(screen, "Speed dials", lines, 1);
	softkeys(screen, "Select", "Exit");
}

function menu(screen: ScreenValue): void {
	registered(screen);
	const lines = [
		"Ring type",
		"Brightness",
		"Microphone",
		"Network configuration",
		"Call agent",
		"Wi-Fi",
		"Status",
		"Phone information",
		"Call statistics",
	];
	overlay(screen, "Settings", lines, 2);
	softkeys(screen, "Select", "Exit");
}

function callAgent(screen: ScreenValue): void {
	registered(screen);
	const lines = ["Call agent pbx.example.net", "Port 2000", "Protocol version automatic", "Remove"];
	overlay(screen, "Call agent", lines, 0);
	softkeys(screen, "Select", "Exit");
}

function letters(screen: ScreenValue): void {
	registered(screen);
	const lines = ["New: pbx.example..ne", "Call agent as configured", "m [n] o 6"];
	overlay(screen, "Call agent", lines, -1);
	screen.setPrompt("Neither name nor address: pbx.example..ne");
	softkeys(screen, "Save", "<<", "Number", "Exit");
}

function statistics(screen: ScreenValue): void {
	talking(screen);
	const lines = [
		"Rcvr codec G.711u 20 ms",
		"Sender codec G.711u 20 ms",
		"Rcvr packets 4150",
		"Sent packets 4152",
		"Avg jitter 1 ms",
		"Max jitter 6 ms",
		"Rcvr lost packets 0",
		"Rcvr discarded 0",
		"Buffer delay 20 ms",
		"Round trip 12 ms",
		"MOS LQK 4.4094",
		"Avg MOS LQK 4.4021",
		"Min MOS LQK 4.1870",
		"Max MOS LQK 4.4094",
		"Conceal ratio 0.0000",
		"Conceal seconds 0",
		"Severe conceal 0",
	];
	overlay(screen, "Call statistics", lines, -1);
}

function information(screen: ScreenValue): void {
	registered(screen);
	const lines = ["Device SEP001122334455", "MAC 001122334455", "Address 192.0.2.40", "Call agent 192.0.2.10"];
	overlay(screen, "Phone information", lines, -1);
	softkeys(screen, "Exit");
}

function collecting(screen: ScreenValue): void {
	registered(screen);
	screen.openOverlay("Enter number", 1, -1);
	screen.setOverlayLine(0, "1002");
	softkeys(screen, "Dial", "<<", "Cancel");
}

function volume(screen: ScreenValue): void {
	talking(screen);
	screen.setVolume(62, "Speaker");
}

/** An idle phone whose user has been away. */
function missed(screen: ScreenValue): void {
	registered(screen);
	screen.setSigns(Route.none, Sign.missed | Sign.message | Sign.ringerOff | Sign.forwarded);
	screen.setNews("Missed calls: 2");
	screen.setPrompt("Forwarded to 1055");
}

/** All signs at once, and a number that leaves them little room. */
function signs(screen: ScreenValue): void {
	talking(screen);
	screen.setStatus(Registration.registered, now, "+431555010099");
	let all = 0;
	for (const sign of Object.values(Sign)) all |= sign;
	screen.setSigns(Route.headset, all);
}

function unregistered(registration: number, prompt: string): Scene {
	return (screen) => {
		screen.setStatus(registration, "", "");
		for (let i = 0; i < screen.buttons.length; i += 1) {
			screen.setButton(i, i === 0 ? "SEP001122334455" : "", i === 0 ? Icon.outOfService : Icon.none, LampMode.off, 0);
		}
		screen.setPrompt(prompt);
	};
}

export const scenes: Readonly<Record<string, Scene>> = Object.freeze({
	idle,
	ringing,
	diverted,
	"shared-line": sharedLine,
	dialling,
	"in-call": talking,
	"two-calls": twoCalls,
	"many-calls": manyCalls,
	features,
	"speed-dials": speedDials,
	menu,
	"call-agent": callAgent,
	letters,
	statistics,
	information,
	collecting,
	volume,
	missed,
	signs,
	registering: unregistered(Registration.registering, "Registering"),
	rejected: unregistered(Registration.rejected, "Registration Rejected: unknown device"),
	"no-network": unregistered(Registration.none, "Configuring IP"),
});

/** A scene on a board with so many keys. */
export function sceneOf(name: string, lineKeys: number, softkeyCount: number): ScreenValue {
	const scene = scenes[name];
	if (scene === undefined) throw new Error(`there is no scene "${name}": ${Object.keys(scenes).join(", ")}`);
	const screen = new ScreenValue(lineKeys, softkeyCount);
	scene(screen);
	return screen;
}
