/*
 * Draws one desk phone: body, handset, keys with their lamps and display. Turns what a person does with mouse, finger or
 * keyboard into key and hook events and shows what the phone's process says.
 */
import { Lamp, LampColour, LampMode } from "hal/hardware";
import { DisplayView } from "./display-view.js";
import { element } from "./element.js";
import { drawHandset } from "./handset.js";
import { hasKeyIcon, keyIcon } from "./icons.js";
import type { LampState, PhoneState, ShownScreen } from "./messages.js";

export interface PhoneListener {
	key(name: string, pressed: boolean): void;
	hook(off: boolean): void;
	/** A person turned to this phone. */
	chosen(): void;
}

const letters = Object.freeze(["", "", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"]);
const modeNames = Object.freeze(["off", "off", "on", "wink", "flash", "blink"]);
const colourNames = Object.freeze(["none", "green", "amber", "red"]);

const titles: Readonly<Record<string, string>> = Object.freeze({
	"*": "Star",
	"#": "Pound",
	up: "Up",
	down: "Down",
	left: "Left",
	right: "Right",
	select: "Select",
	hold: "Hold",
	transfer: "Transfer",
	conference: "Conference",
	messages: "Messages",
	services: "Services",
	directories: "Directories",
	settings: "Settings",
	help: "Help and call statistics",
	headset: "Headset",
	speaker: "Speaker",
	mute: "Mute",
	volumeUp: "Volume up",
	volumeDown: "Volume down",
});

/** Keys that only a display to touch has, for its fingers: here they are a wheel and the keyboard. */
const unseen: readonly string[] = Object.freeze(["pageUp", "pageDown"]);

/** What stands on keys without a drawing, where it is not the title. */
const faces: Readonly<Record<string, string>> = Object.freeze({ help: "?" });

export class PhoneView {
	readonly element = element("section", { class: "phone" });
	readonly display = new DisplayView();
	/** What there is to see of the phone below it: a place for views that are mounted there, each in a line. */
	readonly below = element("div", { class: "below" });
	readonly #listener: PhoneListener;
	readonly #keys = new Map<string, HTMLButtonElement>();
	readonly #lamps: HTMLElement[] = [];
	readonly #pressed = new Set<string>();
	readonly #lineKeys = element("div", { class: "line-keys" });
	readonly #softkeys = element("div", { class: "softkeys" });
	readonly #name = element("span", { class: "device" });
	readonly #handset = element("button", { class: "handset", type: "button", "aria-label": "Handset" });
	#offHook = false;
	#layout = "";
	softkeyLabels: readonly string[] = [];
	/** Whether a menu or a page lies over the calls. */
	overlay = false;

	constructor(listener: PhoneListener) {
		this.#listener = listener;
		const message = this.#lamp(Lamp.message);
		message.classList.add("message-light");
		this.#handset.append(drawHandset(), message);
		this.#handset.addEventListener("click", () => this.toggleHook());
		this.#handset.addEventListener("pointerdown", (event) => event.preventDefault());
		const shell = element(
			"div",
			{ class: "shell" },
			element("div", { class: "cradle", "aria-hidden": "true" }, element("i", {}), element("b", {}), element("i", {})),
			this.#handset,
			element(
				"div",
				{ class: "face" },
				element("div", { class: "brand" }, element("span", { class: "mark" }, "Linnet"), this.#name),
				element("div", { class: "window" }, element("div", { class: "bezel" }, this.display.element), this.#lineKeys),
				this.#softkeys,
				this.#lower(),
			),
		);
		this.element.append(shell, this.below);
		this.display.element.addEventListener("wheel", (event) => {
			const name = event.deltaY < 0 ? "pageUp" : "pageDown";
			if (!this.overlay || event.deltaY === 0) return;
			event.preventDefault();
			this.press(name, true);
			this.press(name, false);
		});
		this.element.addEventListener("pointerdown", () => listener.chosen());
		this.element.addEventListener("focusin", () => listener.chosen());
	}

	/** Its name. */
	get device(): string {
		return this.#name.textContent ?? "";
	}

	/** Shows everything anew, as after a start of the phone's process. */
	showState(state: PhoneState): void {
		this.#layOut(state.lineKeys, state.softkeys);
		this.element.setAttribute("aria-label", `Phone ${state.device}`);
		this.element.dataset.pid = String(state.pid);
		this.element.classList.toggle("running", state.running);
		this.#name.textContent = state.device;
		this.display.cover(state.running ? "" : `Phone is starting${state.note === "" ? "" : ` (${state.note})`}`);
		this.display.keepAll(state.pictures);
		if (state.screen !== null) this.showScreen(state.screen);
		state.lamps.forEach((lamp, number) => {
			this.showLamp(number, lamp);
		});
		this.showHook(state.offHook);
	}

	showScreen(screen: ShownScreen): void {
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

	toggleHook(): void {
		this.hook(!this.#offHook);
	}

	hook(off: boolean): void {
		if (off === this.#offHook) return;
		this.showHook(off);
		this.#listener.hook(off);
	}

	/** Presses or releases a key by its name; nothing happens for a key that the board lacks or that is there already. */
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

	#layOut(lineKeys: number, softkeys: number): void {
		const layout = `${lineKeys} ${softkeys}`;
		if (layout === this.#layout) return;
		this.#layout = layout;
		this.element.style.setProperty("--line-keys", String(lineKeys));
		this.display.layOut(lineKeys, softkeys);
		this.#lineKeys.replaceChildren();
		for (let index = 0; index < lineKeys; index++) {
			const lamp = this.#lamp(Lamp.line1 + index);
			this.#lineKeys.append(this.#key(`line${index + 1}`, "line", `Line key ${index + 1}`, lamp));
		}
		this.#softkeys.replaceChildren();
		for (let index = 1; index <= softkeys; index++)
			this.#softkeys.append(this.#key(`softkey${index}`, "soft", `Softkey ${index}`));
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
				this.#key(digit, "digit", titles[digit] ?? digit, element("b", {}, text), element("small", {}, small)),
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

	#key(name: string, kind: string, label: string, ...children: Node[]): HTMLButtonElement {
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
