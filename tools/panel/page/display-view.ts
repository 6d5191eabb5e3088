/*
 * Draws a phone's Screen as a display: status line, call plane, labels against the line keys, prompt, softkeys, and a
 * menu or the volume bar above them. Shows the Screen and nothing else.
 */
import { Look, type ScreenButton, type ScreenCall, type ScreenOverlay } from "hal/hardware";
import { element, setText } from "./element.js";
import { icon, signPictures } from "./icons.js";
import type { PlacedPicture, ShownScreen } from "./messages.js";

/** Elapsed seconds as 00:07, 12:34 or 1:02:03. */
export function elapsed(seconds: number): string {
	const two = (value: number): string => String(value).padStart(2, "0");
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${two(minutes)}:${two(seconds % 60)}`;
	return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** A softkey's label with more letters than this is set smaller. */
const longLabel = 10;
/** A menu or message with more lines than this is set closer. */
const roomyLines = 7;

/** A place for an icon that is redrawn only when its number changes. */
class IconSlot {
	readonly element = element("span", { class: "icon-slot" });
	#shown = -1;

	show(number: number): void {
		if (number === this.#shown) return;
		this.#shown = number;
		this.element.replaceChildren(icon(number));
		this.element.dataset.icon = String(number);
	}
}

class CallRow {
	readonly element = element("li", { class: "call" });
	readonly #icon = new IconSlot();
	readonly #title = element("span", { class: "call-title" });
	readonly #detail = element("span", { class: "call-detail" });
	readonly #time = element("span", { class: "call-time" });

	constructor() {
		const who = element("span", { class: "call-who" }, this.#title, this.#detail);
		this.element.append(this.#icon.element, who, this.#time);
	}

	show(call: ScreenCall): void {
		const row = this.element;
		row.hidden = call.reference === 0;
		row.classList.toggle("selected", call.selected);
		row.dataset.state = String(call.state);
		this.#icon.show(call.icon);
		setText(this.#title, call.title);
		setText(this.#detail, call.detail);
		setText(this.#time, call.seconds < 0 ? "" : elapsed(call.seconds));
	}
}

class ButtonLabel {
	readonly element = element("li", { class: "label" });
	readonly #icon = new IconSlot();
	readonly #text = element("span", { class: "label-text" });

	constructor() {
		this.element.append(this.#text, this.#icon.element);
	}

	show(button: ScreenButton | undefined): void {
		const label = button?.label ?? "";
		this.element.classList.toggle("unused", label === "");
		setText(this.#text, label);
		this.#icon.show(label === "" ? 0 : (button?.icon ?? 0));
	}
}

export class DisplayView {
	readonly element = element("div", { class: "lcd", role: "group", "aria-label": "Display" });
	readonly #time = element("span", { class: "time" });
	readonly #signs = element("span", { class: "signs" });
	#shownSigns = 0;
	readonly #number = element("span", { class: "number" });
	readonly #news = element("div", { class: "news" });
	readonly #calls = element("ol", { class: "calls" });
	readonly #labels = element("ol", { class: "labels" });
	readonly #prompt = element("div", { class: "prompt", "aria-live": "polite" });
	readonly #softkeys = element("ol", { class: "softkey-labels" });
	readonly #overlayTitle = element("h3", {});
	readonly #overlayLines = element("ol", {});
	readonly #overlayPicture = element("img", { class: "picture", alt: "" });
	/** Pictures of services, by their places. */
	readonly #pictures = new Map<number, PlacedPicture>();
	readonly #scroll = element("div", { class: "scroll" }, element("i", {}));
	readonly #overlay = element(
		"div",
		{ class: "overlay" },
		this.#overlayTitle,
		this.#overlayPicture,
		this.#overlayLines,
		this.#scroll,
	);
	readonly #volumeLevel = element("span", {});
	readonly #volumeName = element("b", {});
	readonly #volume = element("div", { class: "volume-bar" }, this.#volumeName, this.#volumeLevel);
	readonly #curtain = element("div", { class: "curtain", role: "status" });
	readonly #rows: CallRow[] = [];
	readonly #labelRows: ButtonLabel[] = [];

	constructor() {
		this.element.append(
			element("div", { class: "status" }, this.#time, this.#signs, this.#number),
			element("div", { class: "middle" }, this.#calls, this.#news, this.#labels, this.#overlay),
			this.#prompt,
			this.#softkeys,
			this.#volume,
			this.#curtain,
		);
	}

	/** Prepares the display for a board with so many line keys and softkeys. */
	layOut(lineKeys: number, softkeys: number): void {
		this.element.style.setProperty("--line-keys", String(lineKeys));
		this.#labelRows.length = 0;
		for (let index = 0; index < lineKeys; index++) this.#labelRows.push(new ButtonLabel());
		this.#labels.replaceChildren(...this.#labelRows.map((row) => row.element));
		this.#softkeys.replaceChildren(...Array.from({ length: softkeys }, () => element("li", {})));
	}

	/** Hides the display behind a text while there is no phone to show; '' shows it again. */
	cover(text: string): void {
		this.#curtain.hidden = text === "";
		setText(this.#curtain, text);
	}

	show(screen: ShownScreen): void {
		this.element.classList.toggle("larger", (screen.look & Look.largerText) !== 0);
		this.element.classList.toggle("contrast", (screen.look & Look.highContrast) !== 0);
		this.element.dataset.registration = String(screen.registration);
		setText(this.#time, screen.time);
		setText(this.#number, screen.number);
		this.#showSigns(screen.signs);
		setText(this.#news, screen.news);
		this.#news.hidden = screen.news === "";
		this.#labelRows.forEach((row, index) => {
			row.show(screen.buttons[index]);
		});
		this.#showCalls(screen.calls);
		setText(this.#prompt, screen.prompt);
		screen.softkeys.forEach((label, index) => {
			const place = this.#softkeys.children[index];
			if (place === undefined) return;
			setText(place, label);
			place.classList.toggle("long", label.length > longLabel);
		});
		this.#showOverlay(screen.overlay);
		this.#volume.hidden = screen.volume < 0;
		setText(this.#volumeName, screen.volumeName);
		if (screen.volume >= 0) this.#volumeLevel.style.setProperty("--level", `${screen.volume}%`);
	}

	#showSigns(signs: number): void {
		if (signs === this.#shownSigns) return;
		this.#shownSigns = signs;
		const shown = signPictures.filter(({ sign }) => (signs & sign) !== 0);
		this.#signs.replaceChildren(
			...shown.map(({ draw, name }) =>
				element("span", { class: "sign", role: "img", title: name, "aria-label": name }, draw()),
			),
		);
	}

	#showCalls(calls: readonly ScreenCall[]): void {
		while (this.#rows.length < calls.length) {
			const row = new CallRow();
			this.#rows.push(row);
			this.#calls.append(row.element);
		}
		calls.forEach((call, index) => {
			this.#rows[index]?.show(call);
		});
	}

	/** Keeps a picture for pages that show it from then on. */
	keep(picture: PlacedPicture): void {
		this.#pictures.set(picture.place, picture);
	}

	/** Forgets what was kept, and keeps these. */
	keepAll(pictures: readonly PlacedPicture[]): void {
		this.#pictures.clear();
		for (const picture of pictures) this.keep(picture);
	}

	/** @returns whether the page is a picture. */
	#showPicture(overlay: ScreenOverlay): boolean {
		const place = this.#overlayPicture;
		const kept = overlay.picture === undefined ? undefined : this.#pictures.get(0);
		place.hidden = kept === undefined || kept.image === "";
		if (place.hidden || kept === undefined || overlay.picture === undefined) return false;
		const { x, y } = overlay.picture;
		if (place.src !== kept.image) place.src = kept.image;
		place.width = kept.width;
		place.style.marginLeft = x < 0 ? "auto" : `${(x * kept.width) / kept.fileWidth}px`;
		place.style.marginTop = y < 0 ? "auto" : `${(y * kept.height) / kept.fileHeight}px`;
		return true;
	}

	/** Puts the icon before a line of a list, or takes it away. */
	#showIcon(line: Element, place: number): void {
		const image = place > 0 ? (this.#pictures.get(place)?.image ?? "") : "";
		if (image !== "") line.prepend(element("img", { class: "line-icon", alt: "", src: image }));
	}

	#showOverlay(overlay: ScreenOverlay | undefined | null): void {
		this.#overlay.hidden = overlay === undefined || overlay === null;
		if (overlay === undefined || overlay === null) return;
		setText(this.#overlayTitle, overlay.title);
		const list = this.#overlayLines;
		list.hidden = this.#showPicture(overlay);
		list.classList.toggle("dense", overlay.lines.length > roomyLines);
		const { first, count } = overlay;
		this.#scroll.hidden = overlay.lines.length >= count;
		this.#scroll.style.setProperty("--from", `${(100 * first) / count}%`);
		this.#scroll.style.setProperty("--part", `${(100 * overlay.lines.length) / count}%`);
		while (list.children.length > overlay.lines.length) list.lastElementChild?.remove();
		while (list.children.length < overlay.lines.length) list.append(element("li", {}));
		overlay.lines.forEach((line, index) => {
			const place = list.children[index];
			if (place === undefined) return;
			setText(place, line);
			place.classList.toggle("selected", first + index === overlay.selected);
			place.querySelector("img")?.remove();
			this.#showIcon(place, overlay.icons?.[index] ?? 0);
		});
	}
}
