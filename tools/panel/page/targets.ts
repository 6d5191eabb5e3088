/*
 * Buttons over a display to touch, each where a finger finds its key: for who comes by the keyboard or has the page read aloud. The display
 * itself says what is where; a pointer goes through to it.
 */
import { Page, Target, type Touchable } from "hal/display/target";
import { Key } from "hal/hardware";
import type { BoardDisplay } from "./board-display.js";
import { element } from "./element.js";
import { keyTitles } from "./key-titles.js";
import type { ShownScreen } from "./messages.js";

export interface TargetListener {
	/** A finger at this point, in parts of the display, across and down; and no longer. */
	touch(across: number, down: number): void;
	release(): void;
}

/** Pixels between points that are looked at: no key is smaller. */
const step = 6;
const width = 320;
const height = 240;

interface Place {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Where everything is that can be pressed, by its number. */
function placesOf(display: Touchable): Map<number, Place> {
	const places = new Map<number, Place>();
	for (let y = step / 2; y < height; y += step) {
		for (let x = step / 2; x < width; x += step) {
			const target = display.hit(x, y);
			if (target === Target.none || target === Target.picture) continue;
			const place = places.get(target);
			if (place === undefined) places.set(target, { left: x, top: y, right: x, bottom: y });
			else {
				place.left = Math.min(place.left, x);
				place.right = Math.max(place.right, x);
				place.bottom = y;
			}
		}
	}
	return places;
}

export class Targets {
	readonly element = element("div", { class: "targets" });
	readonly #listener: TargetListener;
	readonly #buttons = new Map<number, HTMLButtonElement>();

	constructor(listener: TargetListener) {
		this.#listener = listener;
	}

	/** @param names what keys are called in the user's language, by their numbers. */
	show({ display }: BoardDisplay, screen: ShownScreen, names: readonly string[]): void {
		const places = placesOf(display);
		for (const [target, button] of this.#buttons) {
			if (places.has(target)) continue;
			button.remove();
			this.#buttons.delete(target);
		}
		for (const [target, place] of places) {
			const button = this.#buttons.get(target) ?? this.#make(target);
			const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
			button.style.left = share(place.left - step / 2, width);
			button.style.top = share(place.top - step / 2, height);
			button.style.width = share(place.right - place.left + step, width);
			button.style.height = share(place.bottom - place.top + step, height);
			button.setAttribute("aria-label", nameOf(target, screen, names));
			const page = target - Target.page;
			if (page === Page.dialPad || page === Page.functions)
				button.setAttribute("aria-pressed", String(display.page === page));
		}
	}

	#make(target: number): HTMLButtonElement {
		const button = element("button", { type: "button", "data-target": String(target) });
		this.#buttons.set(target, button);
		this.element.append(button);
		button.addEventListener("click", (event) => {
			if (event.detail !== 0) return;
			const part = (text: string): number => Number.parseFloat(text) / 100;
			const { left, top, width, height } = button.style;
			this.#listener.touch(part(left) + part(width) / 2, part(top) + part(height) / 2);
			this.#listener.release();
		});
		return button;
	}
}

function nameOf(target: number, { overlay, calls, softkeys, buttons }: ShownScreen, names: readonly string[]): string {
	if (target >= Target.call) {
		const there = calls.filter(({ reference }) => reference !== 0);
		return `Call ${there[target - Target.call]?.title ?? ""}`;
	}
	if (target >= Target.line) return overlay?.lines[target - Target.line - overlay.first] ?? "";
	if (target === Target.page + Page.dialPad) return "Dial pad";
	if (target === Target.page + Page.functions) return "More keys";
	if (target >= Key.softkey1 && target < Key.line1) return softkeys[target - Key.softkey1] ?? "";
	if (target >= Key.line1 && target < Key.up) return buttons[target - Key.line1]?.label ?? "";
	return names[target] || (keyTitles.get(target) ?? String(target));
}
