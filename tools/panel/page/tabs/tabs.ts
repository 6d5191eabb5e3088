/*
 * What can be looked into of a phone, below it: the messages of its calls, from when the page was opened, and its sound over time, while
 * that view is open. The panel's server is asked for no more.
 */
import { element } from "../element.js";
import { AudioTab } from "./audio-tab.js";
import type { AudioSample, Rung } from "./messages.js";
import { NetworkTab } from "./network-tab.js";

type Name = "network" | "audio";

let made = 0;

export class PhoneTabs {
	readonly element: HTMLElement;
	readonly #network: NetworkTab;
	readonly #audio = new AudioTab();
	readonly #buttons: Readonly<Record<Name, HTMLButtonElement>>;
	readonly #watch: (wire: boolean, audio: boolean) => void;
	#open: Name | undefined;

	/**
	 * @param device the phone's name, as it is now
	 * @param watch asks for messages, and for samples of the sound, from now on or no longer
	 */
	constructor(device: () => string, watch: (wire: boolean, audio: boolean) => void) {
		this.#watch = watch;
		this.#network = new NetworkTab(device);
		const id = made++;
		const button = (name: Name, title: string, view: HTMLElement): HTMLButtonElement => {
			view.id = `${name}-${id}`;
			view.hidden = true;
			const attributes = { type: "button", "data-tab": name, "aria-expanded": "false", "aria-controls": view.id };
			const made = element("button", attributes, title);
			made.addEventListener("click", () => this.show(this.#open === name ? undefined : name));
			return made;
		};
		this.#buttons = {
			network: button("network", "Network", this.#network.element),
			audio: button("audio", "Audio", this.#audio.element),
		};
		const choice = element("div", { class: "tab-choice" }, this.#buttons.network, this.#buttons.audio);
		const views = element("div", { class: "tab-views" }, this.#network.element, this.#audio.element);
		// what is typed here is no key of the phone
		views.addEventListener("keydown", (event) => event.stopPropagation());
		this.element = element("div", { class: "tabs" }, choice, views);
	}

	/** Opens one of the views, or closes both. */
	show(open: Name | undefined): void {
		this.#open = open;
		for (const [name, view] of [["network", this.#network] as const, ["audio", this.#audio] as const]) {
			this.#buttons[name].setAttribute("aria-expanded", String(name === open));
			view.element.hidden = name !== open;
		}
		if (open === "network") this.#network.render();
		if (open === "audio") this.#audio.render();
		this.again();
	}

	/** Asks the server, which may be another one, for what is looked at. */
	again(): void {
		this.#watch(true, this.#open === "audio");
	}

	rung(rung: Rung): void {
		this.#network.add(rung);
	}

	audio(sample: AudioSample): void {
		this.#audio.add(sample);
	}
}
