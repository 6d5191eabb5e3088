/*
 * A phone's display: the drawing of its board, what it says in words, and the buttons on a display to touch for those who come by the
 * keyboard. A pointer on it is a finger on the board's.
 */

import { BoardDisplay, type BoardListener } from "./board-display.js";
import { element, setText } from "./element.js";
import { loadFonts } from "./fonts.js";
import type { Board, PlacedPicture, ShownScreen } from "./messages.js";
import { ScreenText } from "./screen-text.js";
import { Targets } from "./targets.js";

export class DisplayView {
	readonly element = element("div", { class: "lcd", role: "group", "aria-label": "Display" });
	readonly #listener: BoardListener;
	readonly #text = new ScreenText();
	readonly #curtain = element("div", { class: "curtain", role: "status" });
	readonly #targets = new Targets({
		touch: (across, down) => this.#board?.touch(across, down),
		release: () => this.#release(),
	});
	#board: BoardDisplay | undefined;
	/** Which of those that were begun is to be shown: fonts come later. */
	#laid = 0;
	#screen: ShownScreen | undefined;
	#names: readonly string[] = [];
	readonly #pictures = new Map<number, PlacedPicture>();

	constructor(listener: BoardListener) {
		this.#listener = listener;
		this.element.append(this.#text.element, this.#curtain);
		this.#listen();
	}

	/** Prepares the display for a board with so many line keys and softkeys. */
	layOut(board: Board, lineKeys: number, softkeys: number): void {
		this.#laid++;
		this.#board = undefined;
		void this.#draw(this.#laid, board, lineKeys, softkeys);
	}

	/** Hides the display behind a text while there is no phone to show; '' shows it again. */
	cover(text: string): void {
		this.#curtain.hidden = text === "";
		this.element.classList.toggle("covered", text !== "");
		setText(this.#curtain, text);
	}

	show(screen: ShownScreen): void {
		this.#screen = screen;
		this.#text.show(screen);
		try {
			this.#board?.show(screen);
		} catch (error) {
			// the phone's keys go on
			this.#complain(error);
		}
		this.#place();
	}

	/** What keys are called, by their numbers. */
	name(names: readonly string[]): void {
		this.#names = names;
		this.#board?.name(names);
		this.#place();
	}

	/** Keeps a picture for pages that show it from then on. */
	keep(picture: PlacedPicture): void {
		this.#pictures.set(picture.place, picture);
		void this.#board?.keep(picture).catch((error: unknown) => this.#complain(error));
	}

	/** Forgets what was kept, and keeps these. */
	keepAll(pictures: readonly PlacedPicture[]): void {
		for (const place of this.#pictures.keys()) this.keep({ ...emptyPicture, place });
		this.#pictures.clear();
		for (const picture of pictures) this.keep(picture);
	}

	async #draw(laid: number, board: Board, lineKeys: number, softkeys: number): Promise<void> {
		try {
			const fonts = await loadFonts();
			if (laid !== this.#laid) return;
			const made = new BoardDisplay(board, fonts, lineKeys, softkeys, this.#listener);
			this.element.querySelector("canvas")?.remove();
			this.element.prepend(made.glass.canvas);
			this.#targets.element.remove();
			if (board === "touch") this.element.append(this.#targets.element);
			this.#board = made;
			made.name(this.#names);
			for (const picture of this.#pictures.values()) await made.keep(picture);
			if (this.#screen !== undefined) this.show(this.#screen);
		} catch (error) {
			this.#complain(error);
		}
	}

	#complain(error: unknown): void {
		console.error(`display: ${error instanceof Error ? error.message : String(error)}`);
	}

	/** Puts the buttons where the display has them now. */
	#place(): void {
		if (this.#board !== undefined && this.#screen !== undefined && this.#targets.element.isConnected)
			this.#targets.show(this.#board, this.#screen, this.#names);
	}

	#release(): void {
		this.#board?.release();
		this.#place();
	}

	#listen(): void {
		let finger = -1;
		const touch = (event: PointerEvent): void => {
			const box = this.element.getBoundingClientRect();
			this.#board?.touch((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
			this.#place();
		};
		this.element.addEventListener("pointerdown", (event) => {
			if (event.button !== 0 || finger >= 0 || !this.#curtain.hidden) return;
			event.preventDefault();
			finger = event.pointerId;
			this.element.setPointerCapture(finger);
			touch(event);
		});
		this.element.addEventListener("pointermove", (event) => {
			if (event.pointerId === finger) touch(event);
		});
		this.element.addEventListener("lostpointercapture", (event) => {
			if (event.pointerId !== finger) return;
			finger = -1;
			this.#release();
		});
	}
}

const emptyPicture = { place: 0, width: 0, height: 0, fileWidth: 0, fileHeight: 0, image: "" };
