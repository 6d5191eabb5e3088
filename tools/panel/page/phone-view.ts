/*
 * One phone on the desk: a desk phone with handset, keys and their lamps around its display, or a board whose display is to touch. Turns what
 * a person does with mouse, finger or keyboard into key and hook events and shows what the phone's process says.
 */
import { Icon, Lamp, LampColour, LampMode, Route } from "hal/hardware";
import { DisplayView } from "./display-view.js";
import { element, setText } from "./element.js";
import { drawHandset } from "./handset.js";
import { hasKeyIcon, keyIcon } from "./icons.js";
import { titles } from "./key-titles.js";
import { type Board, isBoard, type LampState, type PhoneState, type ShownScreen } from "./messages.js";

export interface PhoneListener {
	key(name: string, pressed: boolean): void;
	hook(off: boolean): void;
	/** A finger on the picture of a service, in pixels of its file. */
	pointed(x: number, y: number): void;
	/** A person turned to this phone. */
	chosen(): void;
	/** It is to be another board. */
	board(board: Board): void;
	/** What it is doing has changed. */
	activity(): void;
}

/** What a phone is doing, and with whom. */
export interface Activity {
	readonly kind: "idle" | "ringing" | "call";
	/** '' for nobody. */
	readonly who: string;
}

const letters = Object.freeze(["", "", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"]);
const modeNames = Object.freeze(["off", "off", "on", "wink", "flash", "blink"]);
const colourNames = Object.freeze(["none", "green", "amber", "red"]);
const boardNames: readonly (readonly [board: Board, name: string])[] = Object.freeze([
	["desk", "Desk phone"],
	["touch", "Touch board"],
] as const);

/** Keys that only a display to touch has, for its fingers: here they are a wheel and the keyboard. */
const unseen: readonly string[] = Object.freeze(["pageUp", "pageDown"]);

/** What stands on keys without a drawing, where it is not the title. */
const faces: Readonly<Record<string, string>> = Object.freeze({ help: "?" });

export class PhoneView {
	readonly element = element("section", { class: "phone" });
	readonly display: DisplayView;
	/** What there is to see of the phone below it: a place for views that are mounted there, each in a line. */
	readonly below = element("div", { class: "below" });
	readonly #listener: PhoneListener;
	readonly #keys = new Map<string, HTMLButtonElement>();
	readonly #lamps: HTMLElement[] = [];
	readonly #pressed = new Set<string>();
	readonly #shell = element("div", { class: "shell" });
	readonly #lineKeys = element("div", { class: "line-keys" });
	readonly #softkeys = element("div", { class: "softkeys" });
	readonly #name = element("span", { class: "device" });
	readonly #boards = element("select", { class: "board", "aria-label": "Kind of phone" });
	readonly #handset = element("button", { class: "handset", type: "button", "aria-label": "Handset" });
	readonly #chooser = element("button", { class: "chooser", type: "button" });
	#board: Board = "desk";
	#offHook = false;
	#layout = "";
	#screen: ShownScreen | undefined;
	activity: Activity = { kind: "idle", who: "" };
	softkeyLabels: readonly string[] = [];
	/** Whether a menu or a page lies over the calls. */
	overlay = false;

	constructor(listener: PhoneListener) {
		this.#listener = listener;
		this.display = new DisplayView({
			key: (name, pressed) => this.press(name, pressed),
			pointed: (x, y) => listener.pointed(x, y),
		});
		const message = this.#lamp(Lamp.message);
		message.classList.add("message-light");
		this.#handset.append(drawHandset(), element("span", { class: "handset-name" }, "Handset"), message);
		this.#handset.addEventListener("click", () => this.toggleHook());
		this.#handset.addEventListener("pointerdown", (event) => event.preventDefault());
		this.#boards.append(...boardNames.map(([value, name]) => element("option", { value }, name)));
		this.#boards.addEventListener("change", () => {
			if (isBoard(this.#boards.value)) listener.board(this.#boards.value);
		});
		const face = element(
			"div",
			{ class: "face" },
			element("div", { class: "brand" }, element("span", { class: "mark" }, "Linnet"), this.#name, this.#boards),
			element("div", { class: "window" }, element("div", { class: "bezel" }, this.display.element), this.#lineKeys),
			this.#softkeys,
			this.#lower(),
		);
		const cradle = element("div", { class: "cradle", "aria-hidden": "true" });
		cradle.append(element("i", {}), element("b", {}), element("i", {}));
		this.#shell.append(cradle, this.#handset, face, this.#chooser);
		this.element.append(this.#shell, this.below);
		this.#chooser.addEventListener("click", () => listener.chosen());
		this.display.element.addEventListener("wheel", (event) => {
			const name = event.deltaY < 0 ? "pageUp" : "pageDown";
			if (!this.overlay || event.deltaY === 0) return;
			event.preventDefault();
			this.press(name, true);
			this.press(name, false);
		});
		this.element.addEventListener("pointerdown", (event) => this.#turnedTo(event));
		this.element.addEventListener("focusin", (event) => this.#turnedTo(event));
	}

	/** Its name. */
	get device(): string {
		return this.#name.textContent ?? "";
	}

	/** Shows everything anew, as after a start of the phone's process. */
	showState(state: PhoneState): void {
		this.#layOut(state.board, state.lineKeys, state.softkeys);
		this.element.setAttribute("aria-label", `Phone ${state.device}`);
		this.element.dataset.pid = String(state.pid);
		this.element.classList.toggle("running", state.running);
		setText(this.#name, state.device);
		this.#boards.value = state.board;
		this.display.cover(state.running ? "" : `Phone is starting${state.note === "" ? "" : ` (${state.note})`}`);
		this.display.keepAll(state.pictures);
		this.display.name(state.names);
		if (state.screen !== null) this.showScreen(state.screen);
		state.lamps.forEach((lamp, number) => {
			this.showLamp(number, lamp);
		});
		this.showHook(state.offHook);
	}

	showScreen(screen: ShownScreen): void {
		this.#screen = screen;
		this.softkeyLabels = screen.softkeys;
		this.overlay = screen.overlay != null;
		this.display.show(screen);
		screen.softkeys.forEach((label, index) => {
			const key = this.#keys.get(`softkey${index + 1}`);
			key?.setAttribute("aria-label", label === "" ? `Softkey ${index + 1}` : label);
		});
		for (const [index, button] of screen.buttons.entries()) {
			const key = this.#keys.get(`line${index + 1}`);
			key?.setAttribute("aria-label", button.label === "" ? `Line key ${index + 1}` : button.label);
		}
		this.#showActivity(activityOf(screen));
	}

	showLamp(number: number, lamp: LampState): void {
		const light = this.#lamps[number];
		if (light === undefined) return;
		light.dataset.mode = modeNames[lamp.mode] ?? "off";
		light.dataset.colour = colourNames[lamp.colour] ?? "none";
		// For those who do not see the light.
		const says = light.dataset.mode === "off" ? "" : `light ${light.dataset.mode}`;
		light.closest("button")?.setAttribute("aria-description", says);
	}

	showHook(off: boolean): void {
		this.#offHook = off;
		this.element.classList.toggle("off-hook", off);
		this.#handset.setAttribute("aria-pressed", String(off));
	}

	/** Makes this the phone that keyboard and microphone belong to. */
	choose(chosen: boolean): void {
		this.element.classList.toggle("chosen", chosen);
	}

	/** Lifts the handset or puts it down; a board to touch has none and goes off hook with its speaker. */
	toggleHook(): void {
		if (this.#board === "desk") this.hook(!this.#offHook);
		else this.#tap("speaker");
	}

	hook(off: boolean): void {
		if (this.#board === "touch") {
			if (off !== ((this.#screen?.route ?? Route.none) !== Route.none)) this.#tap("speaker");
			return;
		}
		if (off === this.#offHook) return;
		this.showHook(off);
		this.#listener.hook(off);
	}

	/** Presses or releases a key by its name; nothing happens for a key that there is not or that is there already. */
	press(name: string, down: boolean): void {
		const key = this.#keys.get(name);
		if ((key === undefined && !unseen.includes(name)) || down === this.#pressed.has(name)) return;
		if (down) this.#pressed.add(name);
		else this.#pressed.delete(name);
		key?.classList.toggle("pressed", down);
		this.#listener.key(name, down);
	}

	/** Lets go of all keys, as when the window loses the keyboard. */
	releaseAll(): void {
		for (const name of [...this.#pressed]) this.press(name, false);
	}

	#tap(name: string): void {
		this.press(name, true);
		this.press(name, false);
	}

	/** In an overview a phone is chosen by a click on it, which is for nothing else. */
	#turnedTo(event: Event): void {
		if (event.target !== this.#chooser) this.#listener.chosen();
	}

	#showActivity(activity: Activity): void {
		const { kind, who } = activity;
		const says = kind === "idle" ? "idle" : kind === "ringing" ? `ringing: ${who}` : `in a call: ${who}`;
		this.element.dataset.activity = kind;
		this.#chooser.setAttribute("aria-label", `Turn to phone ${this.#screen?.number ?? ""}, ${says}`);
		if (kind === this.activity.kind && who === this.activity.who) return;
		this.activity = activity;
		this.#listener.activity();
	}

	#layOut(board: Board, lineKeys: number, softkeys: number): void {
		const layout = `${board} ${lineKeys} ${softkeys}`;
		if (layout === this.#layout) return;
		this.#layout = layout;
		this.#board = board;
		this.element.dataset.board = board;
		for (const name of this.#keys.keys()) if (/^(line|softkey)\d/.test(name)) this.#keys.delete(name);
		this.#lineKeys.style.setProperty("--line-keys", String(lineKeys));
		this.#lineKeys.replaceChildren(
			...Array.from({ length: lineKeys }, (_, index) =>
				this.#key(`line${index + 1}`, "line", `Line key ${index + 1}`, this.#lamp(Lamp.line1 + index)),
			),
		);
		this.#softkeys.replaceChildren(
			...Array.from({ length: softkeys }, (_, index) =>
				this.#key(`softkey${index + 1}`, "soft", `Softkey ${index + 1}`),
			),
		);
		this.display.layOut(board, lineKeys, softkeys);
	}

	#lower(): HTMLElement {
		const named = (name: string): HTMLButtonElement => {
			const title = titles[name] ?? name;
			const face = hasKeyIcon(name) ? keyIcon(name) : element("span", {}, faces[name] ?? title);
			const key = this.#key(name, `function ${name}`, title, face);
			key.title = title;
			return key;
		};
		const lit = (name: string, lamp: number): HTMLButtonElement => {
			const key = named(name);
			key.classList.add("lit");
			key.append(this.#lamp(lamp));
			return key;
		};
		const column = (kind: string, ...keys: HTMLElement[]): HTMLElement =>
			element("div", { class: `column ${kind}` }, ...keys);
		const pad = element("div", { class: "dial-pad" });
		for (const digit of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"]) {
			const text = digit === "*" ? "∗" : digit;
			const small = digit === "0" ? "OPER" : (letters[Number(digit)] ?? "");
			pad.append(
				this.#key(
					digit,
					"digit",
					titles[digit] ?? `${digit} ${small}`.trim(),
					element("b", {}, text),
					" ",
					element("small", {}, small),
				),
			);
		}
		return element(
			"div",
			{ class: "lower" },
			column("beside", named("messages"), named("directories")),
			element("div", { class: "navigation" }, ...["up", "left", "select", "right", "down"].map(named)),
			column("beside", named("services"), named("settings")),
			column("tall", named("help"), named("hold"), named("transfer"), named("conference")),
			pad,
			column(
				"tall",
				element("div", { class: "rocker" }, named("volumeDown"), named("volumeUp")),
				lit("headset", Lamp.headset),
				lit("mute", Lamp.mute),
				lit("speaker", Lamp.speaker),
			),
		);
	}

	#lamp(number: number): HTMLElement {
		const lamp = element("span", { class: "lamp", "data-lamp": String(number) });
		this.#lamps[number] = lamp;
		this.showLamp(number, { mode: LampMode.off, colour: LampColour.none });
		return lamp;
	}

	#key(name: string, kind: string, label: string, ...children: (Node | string)[]): HTMLButtonElement {
		const key = element("button", { class: `key ${kind}`, type: "button", "aria-label": label, "data-key": name });
		key.append(...children);
		this.#keys.set(name, key);
		key.addEventListener("pointerdown", (event) => {
			if (event.button !== 0) return;
			event.preventDefault();
			key.setPointerCapture(event.pointerId);
			this.press(name, true);
		});
		key.addEventListener("lostpointercapture", () => this.press(name, false));
		key.addEventListener("click", (event) => {
			if (event.detail !== 0) return;
			this.press(name, true);
			this.press(name, false);
		});
		return key;
	}
}

/** What the calls of a screen come to. */
function activityOf({ calls }: ShownScreen): Activity {
	const there = calls.filter(({ reference, icon }) => reference !== 0 && icon !== Icon.remoteInUse);
	const ringing = there.find(({ icon }) => icon === Icon.ringing);
	if (ringing !== undefined) return { kind: "ringing", who: ringing.title };
	const call = there.find(({ selected }) => selected) ?? there[0];
	return call === undefined ? { kind: "idle", who: "" } : { kind: "call", who: call.title };
}
