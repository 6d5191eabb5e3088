/*
 * What stands on a phone's display, in words and in the order in which it is read: for those who do not see the drawing. What a person must
 * hear at once (who calls, the prompt, where in a menu he is) is spoken when it changes; what counts by itself is not.
 */
import { Icon, Registration, type ScreenCall, type ScreenOverlay, Sign } from "hal/hardware";
import { element, setText } from "./element.js";
import type { ShownScreen } from "./messages.js";

/** What an icon beside a call or a label says. */
const iconNames: Readonly<Record<number, string>> = Object.freeze({
	[Icon.offHook]: "off hook",
	[Icon.ringing]: "ringing",
	[Icon.connected]: "connected",
	[Icon.held]: "held",
	[Icon.busy]: "busy",
	[Icon.forwarded]: "forwarded",
	[Icon.outOfService]: "out of service",
	[Icon.ringOut]: "calling",
	[Icon.remoteInUse]: "in use elsewhere",
	[Icon.envelope]: "messages",
});

/** What the status line's signs say, in the order in which they stand. */
const signNames: readonly (readonly [sign: number, name: string])[] = Object.freeze([
	[Sign.muted, "Muted"],
	[Sign.poorNetwork, "Poor network"],
	[Sign.secure, "Secure call"],
	[Sign.doNotDisturb, "Do not disturb"],
	[Sign.ringerOff, "Ringer off"],
	[Sign.forwarded, "Calls forwarded"],
	[Sign.missed, "Missed calls"],
	[Sign.message, "Messages"],
	[Sign.wideband, "Wideband"],
] as const);

const routeNames: readonly string[] = Object.freeze(["", "Handset", "Headset", "Speaker"]);

const registrationTexts: readonly string[] = Object.freeze([
	"No network",
	"Finding the call agent",
	"Registering",
	"",
	"Registration refused",
]);

/** Elapsed seconds as 00:07, 12:34 or 1:02:03. */
export function elapsed(seconds: number): string {
	const two = (value: number): string => String(value).padStart(2, "0");
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${two(minutes)}:${two(seconds % 60)}`;
	return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Puts items into a list, keeping those elements that are there. */
function fillList(
	list: HTMLElement,
	items: readonly string[],
	dress: (item: HTMLElement, index: number) => void,
): void {
	while (list.children.length > items.length) list.lastElementChild?.remove();
	while (list.children.length < items.length) list.append(element("li", {}));
	items.forEach((text, index) => {
		const item = list.children[index] as HTMLElement;
		setText(item, text);
		dress(item, index);
	});
}

export class ScreenText {
	readonly element = element("div", { class: "said" });
	readonly #time = element("span", { class: "time" });
	readonly #number = element("span", { class: "number" });
	readonly #registration = element("span", { class: "registration" });
	readonly #signs = element("ul", { class: "signs", "aria-label": "Signs" });
	readonly #route = element("span", { class: "route" });
	readonly #news = element("p", { class: "news" });
	readonly #calls = element("ol", { class: "calls", "aria-label": "Calls" });
	readonly #labels = element("ol", { class: "labels", "aria-label": "Line keys" });
	readonly #prompt = element("p", { class: "prompt", role: "status" });
	readonly #softkeys = element("ol", { class: "softkey-labels", "aria-label": "Softkeys" });
	readonly #title = element("h2", {});
	readonly #picture = element("p", { class: "picture" }, "A picture");
	readonly #lines = element("ol", { "aria-label": "Lines" });
	readonly #overlay = element("div", { class: "overlay" }, this.#title, this.#picture, this.#lines);
	readonly #volumeName = element("b", {});
	readonly #volumeLevel = element("span", { class: "level" });
	readonly #volume = element("p", { class: "volume-bar" }, this.#volumeName, " ", this.#volumeLevel);
	readonly #spoken = element("p", { class: "spoken", role: "status" });

	constructor() {
		this.element.append(
			element("p", { class: "status" }, this.#time, " ", this.#number, " ", this.#registration, " ", this.#route),
			this.#signs,
			this.#news,
			this.#calls,
			this.#labels,
			this.#overlay,
			this.#prompt,
			this.#volume,
			this.#softkeys,
			this.#spoken,
		);
	}

	show(screen: ShownScreen): void {
		this.element.dataset.registration = String(screen.registration);
		setText(this.#time, screen.time);
		setText(this.#number, screen.number);
		setText(this.#registration, registrationTexts[screen.registration] ?? "");
		this.#registration.hidden = screen.registration === Registration.registered;
		setText(this.#route, routeNames[screen.route] ?? "");
		const signs = signNames.filter(([sign]) => (screen.signs & sign) !== 0);
		this.#signs.hidden = signs.length === 0;
		fillList(
			this.#signs,
			signs.map(([, name]) => name),
			(item) => item.setAttribute("class", "sign"),
		);
		setText(this.#news, screen.news);
		this.#news.hidden = screen.news === "";
		this.#showCalls(screen.calls);
		this.#showLabels(screen);
		setText(this.#prompt, screen.prompt);
		fillList(this.#softkeys, screen.softkeys, () => {});
		this.#showOverlay(screen.overlay);
		this.#volume.hidden = screen.volume < 0;
		setText(this.#volumeName, screen.volumeName);
		setText(this.#volumeLevel, screen.volume < 0 ? "" : `${screen.volume} %`);
		setText(this.#spoken, spokenOf(screen));
	}

	#showCalls(calls: readonly ScreenCall[]): void {
		const there = calls.filter(({ reference }) => reference !== 0);
		const list = this.#calls;
		list.hidden = there.length === 0;
		while (list.children.length > there.length) list.lastElementChild?.remove();
		while (list.children.length < there.length) list.append(callItem());
		there.forEach((call, index) => {
			const item = list.children[index] as HTMLElement;
			item.classList.toggle("selected", call.selected);
			item.setAttribute("aria-current", String(call.selected));
			item.dataset.state = String(call.state);
			const texts = [
				iconNames[call.icon] ?? "",
				call.title,
				call.detail,
				call.seconds < 0 ? "" : elapsed(call.seconds),
			];
			texts.forEach((text, part) => {
				setText(item.children[part] as Element, text);
			});
		});
	}

	#showLabels({ buttons }: ShownScreen): void {
		const list = this.#labels;
		while (list.children.length > buttons.length) list.lastElementChild?.remove();
		while (list.children.length < buttons.length)
			list.append(
				element("li", {}, element("span", { class: "label-text" }), " ", element("span", { class: "label-state" })),
			);
		buttons.forEach(({ label, icon }, index) => {
			const [text, state] = (list.children[index] as Element).children;
			if (text !== undefined) setText(text, label);
			if (state !== undefined) setText(state, label === "" ? "" : (iconNames[icon] ?? ""));
		});
	}

	#showOverlay(overlay: ScreenOverlay | undefined | null): void {
		this.#overlay.hidden = overlay === undefined || overlay === null;
		if (overlay === undefined || overlay === null) return;
		const { title, lines, first, selected, picture } = overlay;
		setText(this.#title, title);
		this.#picture.hidden = picture === undefined;
		this.#lines.setAttribute("start", String(first + 1));
		fillList(this.#lines, lines, (item, index) => {
			const chosen = first + index === selected;
			item.classList.toggle("selected", chosen);
			item.setAttribute("aria-current", String(chosen));
		});
	}
}

function callItem(): HTMLElement {
	return element(
		"li",
		{ class: "call" },
		element("span", { class: "call-state" }),
		element("span", { class: "call-title" }),
		element("span", { class: "call-detail" }),
		element("span", { class: "call-time" }),
	);
}

/** What is to be spoken at once: where one is in a menu or what page has opened, or else what the calls are. */
function spokenOf({ overlay, calls }: ShownScreen): string {
	if (overlay !== undefined && overlay !== null) {
		const chosen = overlay.selected < 0 ? "" : (overlay.lines[overlay.selected - overlay.first] ?? "");
		return chosen === "" ? overlay.title : `${overlay.title}: ${chosen}`;
	}
	const there = calls.filter(({ reference }) => reference !== 0);
	return there
		.map(({ icon, title }) => [iconNames[icon] ?? "", title].filter((text) => text !== "").join(": "))
		.join("; ");
}
