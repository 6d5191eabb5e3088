/*
 * The panel's page: puts the phones side by side, connects them with their processes through the server, and gives
 * keyboard and microphone to the phone that a person turned to last.
 */
import { element } from "./element.js";
import { keyIcon } from "./icons.js";
import { keyboardAction, legend } from "./keyboard.js";
import { Link } from "./link.js";
import type { ServerMessage } from "./messages.js";
import { PhoneView } from "./phone-view.js";
import { Sound } from "./sound.js";
import { showTab } from "./tab.js";
import { PhoneTabs } from "./tabs/tabs.js";

const desk = document.querySelector("main") as HTMLElement;
const agentLabel = document.querySelector("#agent") as HTMLElement;
const notice = document.querySelector("#notice") as HTMLElement;
const soundButton = document.querySelector("#sound") as HTMLButtonElement;
const microphoneButton = document.querySelector("#microphone") as HTMLButtonElement;

const overviewButton = document.querySelector("#overview") as HTMLButtonElement;
/** So many are shown as an overview at first. */
const manyPhones = 4;
/** With more than so many their displays are smaller. */
const crowdedPhones = 6;

const phones: PhoneView[] = [];
/** What can be looked into of each phone, below it. */
const tabs: PhoneTabs[] = [];
let chosen = 0;
/** English labels of softkeys by those in other languages. */
let meanings: ReadonlyMap<string, string> = new Map();
let sound: Sound | undefined;
let soundWanted = true;
let soundRunning = false;
let microphoneOn = false;
/** Keys of the keyboard that are down, with the phone's key that each holds. */
const held = new Map<string, { phone: PhoneView; key: string }>();

const link = new Link({
	connected(up) {
		if (up) {
			link.send({ type: "sound", on: soundRunning && soundWanted });
			return;
		}
		agentLabel.textContent = "The panel's server is away; the page comes back by itself";
		for (const phone of phones) phone.display.cover("Waiting for the panel");
	},
	message: receive,
	frame(phone, samples) {
		if (soundWanted) sound?.play(phone, samples);
	},
});

function receive(message: ServerMessage): void {
	if (message.type === "panel") {
		agentLabel.textContent = message.agent;
		meanings = new Map(Object.entries(message.meanings));
		layOut(message.phones.length);
		message.phones.forEach((state, index) => {
			phones[index]?.showState(state);
			tabs[index]?.again();
		});
		return;
	}
	const phone = phones[message.phone];
	if (phone === undefined) return;
	if (message.type === "phone") phone.showState(message.state);
	else if (message.type === "screen") phone.showScreen(message.screen);
	else if (message.type === "lamp") phone.showLamp(message.lamp, message);
	else if (message.type === "rung") tabs[message.phone]?.rung(message.rung);
	else if (message.type === "audio") tabs[message.phone]?.audio(message.sample);
	else if (message.type === "picture") phone.display.keep(message.picture);
	else if (message.type === "names") phone.display.name(message.names);
	else phone.showHook(message.off);
}

/** Puts so many phones on the desk; keeps them when the number is the same, as after a new start of the server. */
function layOut(count: number): void {
	if (phones.length === count) return;
	phones.length = 0;
	for (let index = 0; index < count; index++) {
		phones.push(
			new PhoneView({
				key: (name, pressed) => link.send({ type: "key", phone: index, name, pressed }),
				hook: (off) => link.send({ type: "hook", phone: index, off }),
				pointed: (x, y) => link.send({ type: "point", phone: index, x, y }),
				board: (board) => link.send({ type: "board", phone: index, board }),
				chosen: () => choose(index),
				activity: () => showTab(phones.map(({ activity }) => activity)),
			}),
		);
	}
	tabs.splice(0, tabs.length, ...phones.map((phone, index) => tabsOf(phone, index)));
	desk.replaceChildren(...phones.map((phone) => phone.element));
	document.documentElement.dataset.phones = String(count);
	document.documentElement.toggleAttribute("data-crowded", count > crowdedPhones);
	overviewButton.hidden = count < 2;
	showOverview(count >= manyPhones);
	choose(0);
	void sound?.close();
	microphoneOn = false;
	document.body.classList.remove("microphone");
	sound = new Sound(count, {
		microphone(samples) {
			if (microphoneOn) link.sendFrame(chosen, samples);
		},
		report(phone, report) {
			phones[phone]?.element.style.setProperty("--level", report.level.toFixed(3));
			if (phones[phone] !== undefined) phones[phone].element.dataset.underruns = String(report.underruns);
		},
	});
	soundRunning = false;
	showSound();
}

function tabsOf(phone: PhoneView, index: number): PhoneTabs {
	const made = new PhoneTabs(
		() => phone.device,
		(wire, audio) => link.send({ type: "watch", phone: index, wire, audio }),
	);
	phone.below.append(made.element);
	return made;
}

function choose(index: number): void {
	chosen = index;
	phones.forEach((phone, number) => {
		phone.choose(number === index);
	});
}

function showSound(): void {
	const on = soundWanted && soundRunning;
	soundButton.setAttribute("aria-pressed", String(on));
	soundButton.title = on ? "Sound is on" : soundWanted ? "Sound starts with your first click" : "Sound is off";
	microphoneButton.setAttribute("aria-pressed", String(microphoneOn));
	microphoneButton.title = microphoneOn
		? "The microphone speaks into the chosen phone"
		: "Without the microphone the phones send silence";
}

/** One phone is whole then, and of the others are their displays beside it. */
function showOverview(on: boolean): void {
	document.body.classList.toggle("overview", on);
	overviewButton.setAttribute("aria-pressed", String(on));
}

/** Called on every click and key: the first one may start the sound card. */
async function wakeSound(): Promise<void> {
	if (!soundWanted || soundRunning || sound === undefined) return;
	soundRunning = true;
	try {
		await sound.start();
		link.send({ type: "sound", on: true });
	} catch (error) {
		soundWanted = false;
		notice.textContent = `No sound: ${error instanceof Error ? error.message : String(error)}`;
	}
	showSound();
}

async function toggleSound(): Promise<void> {
	soundWanted = !(soundWanted && soundRunning);
	if (soundWanted) await wakeSound();
	await sound?.pause(!soundWanted);
	link.send({ type: "sound", on: soundWanted });
	showSound();
}

async function toggleMicrophone(): Promise<void> {
	notice.textContent = "";
	if (microphoneOn) {
		microphoneOn = false;
		sound?.closeMicrophone();
	} else {
		try {
			await sound?.openMicrophone();
			microphoneOn = true;
		} catch {
			notice.textContent = "The browser gave no microphone; the phones send silence";
		}
	}
	document.body.classList.toggle("microphone", microphoneOn);
	showSound();
}

/** Whether a key event is for what the keyboard has moved to: a button, or a field that takes all keys. */
function isForElement(event: KeyboardEvent): boolean {
	const target = event.target;
	if (target instanceof HTMLElement && target.matches("input, select, textarea")) return true;
	return (
		(event.key === "Enter" || event.key === " ") &&
		target instanceof HTMLButtonElement &&
		target.matches(":focus-visible")
	);
}

window.addEventListener("keydown", (event) => {
	// signs that a keyboard has behind AltGr come with the other two on some systems
	const alone = event.getModifierState("AltGraph") || !(event.ctrlKey || event.altKey);
	if (!alone || event.metaKey || isForElement(event)) return;
	const phone = phones[chosen];
	if (phone === undefined) return;
	const labels = phone.softkeyLabels.map((label) => meanings.get(label) ?? label);
	const action = keyboardAction(event.key, labels, phone.overlay);
	if (action === undefined) return;
	event.preventDefault();
	if (event.repeat) return;
	if ("turn" in action) {
		choose((chosen + action.turn + phones.length) % phones.length);
		// In a small window it may lie outside.
		phones[chosen]?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
		return;
	}
	if ("hook" in action) {
		if (action.hook === "toggle") phone.toggleHook();
		else phone.hook(false);
		return;
	}
	held.set(event.code, { phone, key: action.key });
	phone.press(action.key, true);
});

window.addEventListener("keyup", (event) => {
	const pressed = held.get(event.code);
	held.delete(event.code);
	pressed?.phone.press(pressed.key, false);
});

window.addEventListener("blur", () => {
	held.clear();
	for (const phone of phones) phone.releaseAll();
});

for (const gesture of ["pointerup", "keydown"]) {
	window.addEventListener(gesture, (event) => {
		if (event.target !== soundButton) void wakeSound();
	});
}
for (const button of [soundButton, microphoneButton, overviewButton])
	button.addEventListener("pointerdown", (event) => event.preventDefault());
soundButton.prepend(keyIcon("speaker"));
soundButton.addEventListener("click", () => void toggleSound());
microphoneButton.prepend(keyIcon("microphone"));
microphoneButton.addEventListener("click", () => void toggleMicrophone());

overviewButton.prepend(keyIcon("overview"));
overviewButton.addEventListener("click", () => showOverview(!document.body.classList.contains("overview")));

const foot = document.querySelector("#legend") as HTMLElement;
foot.append(...legend.map(([keys, meaning]) => element("li", {}, element("kbd", {}, keys), meaning)));
