/*
 * A board's display in the page: hal/display itself draws it, on the panel of a PC, and knows what a pointer on it presses.
 */
import type { Fonts } from "hal/display/canvas";
import { PocoDisplay } from "hal/display/display";
import { Page, type Touchable } from "hal/display/target";
import { TouchDisplay } from "hal/display/touch";
import { TouchKeys } from "hal/display/touchkeys";
import { Dirty, Key, type Screen } from "hal/hardware";
import { keyNumber } from "hal/key-names";
import { PanelCanvas } from "tools/display/drawing/canvas";
import { MadePictures, madePicture } from "tools/display/drawing/pictures";
import { Glass } from "./glass.js";
import type { Board, PlacedPicture, ShownScreen } from "./messages.js";
import { fileOf, pixelsOf } from "./pixels.js";

/** The panel of the boards with such a display. */
const width = 320;
const height = 240;
/** As many as any board has. */
const mostLineKeys = 8;
const mostSoftkeys = 5;

/** Names of keys by their numbers. */
const keyNames: ReadonlyMap<number, string> = new Map(
	[
		...["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"],
		...["up", "down", "left", "right", "select", "pageUp", "pageDown"],
		...["hold", "transfer", "conference", "help", "messages", "directories", "services", "settings"],
		...["headset", "speaker", "mute", "volumeUp", "volumeDown"],
		...Array.from({ length: mostSoftkeys }, (_, i) => `softkey${i + 1}`),
		...Array.from({ length: mostLineKeys }, (_, i) => `line${i + 1}`),
	].map((name) => [keyNumber(name, mostLineKeys, mostSoftkeys), name]),
);

/** A display with keys around it, which a 7970's user touches all the same. It has no page but the phone's. */
class DeskDisplay extends PocoDisplay implements Touchable {
	readonly page = Page.phone;

	turn(): void {}
}

/** The phone's screen as its display has it: one that is drawn as far as it differs from what is drawn. */
class DrawnScreen {
	/** What keys are called, by their numbers. */
	names: readonly string[] = [];
	#screen: Screen | undefined = undefined;

	of(shown: ShownScreen): Screen {
		const { overlay } = shown;
		this.#screen = {
			...shown,
			overlay: overlay === undefined || overlay === null ? undefined : { ...overlay },
			dirty: Dirty.all,
			keyName: (key) => this.names[key] ?? "",
		};
		return this.#screen;
	}

	/** A step in a list goes out as a key: it is taken here before the phone says so, for the next step counts from it. */
	stepped(key: number): void {
		const overlay = this.#screen?.overlay as { selected: number; count: number } | undefined;
		if (overlay === undefined || overlay.selected < 0) return;
		if (key === Key.up) overlay.selected = Math.max(0, overlay.selected - 1);
		if (key === Key.down) overlay.selected = Math.min(overlay.count - 1, overlay.selected + 1);
	}
}

export interface BoardListener {
	key(name: string, pressed: boolean): void;
	/** A finger on the picture of a service, in pixels of its file. */
	pointed(x: number, y: number): void;
}

export class BoardDisplay {
	readonly glass = new Glass(width, height);
	readonly display: PocoDisplay & Touchable;
	readonly #pictures = new MadePictures();
	readonly #keys: TouchKeys;
	readonly #screen = new DrawnScreen();
	#shown: ShownScreen | undefined;
	#look = 0;

	constructor(board: Board, fonts: Fonts, lineKeys: number, softkeys: number, listener: BoardListener) {
		const canvas = new PanelCanvas(this.glass.panel, this.#pictures);
		const options = { canvas, fonts, pictures: this.#pictures };
		this.display = board === "touch" ? new TouchDisplay(options) : new DeskDisplay(options);
		this.#keys = new TouchKeys(this.display, lineKeys, softkeys);
		this.#keys.start({
			key: (key, pressed) => {
				const name = keyNames.get(key);
				if (pressed) this.#screen.stepped(key);
				if (name !== undefined) listener.key(name, pressed);
			},
			pointed: (x, y) => listener.pointed(x, y),
			hook: () => {},
		});
	}

	show(shown: ShownScreen): void {
		this.#shown = shown;
		if (shown.look !== this.#look) this.display.setLook(shown.look);
		this.#look = shown.look;
		this.display.show(this.#screen.of(shown));
		this.glass.refresh();
	}

	/** What keys on the display are called from now on, by their numbers. */
	name(names: readonly string[]): void {
		this.#screen.names = names;
		this.#again();
	}

	/** Puts a picture of a service where the phone has it; resolves when it is there. */
	async keep({ place, fileWidth, fileHeight, image }: PlacedPicture): Promise<void> {
		if (image === "") this.#pictures.put(place, undefined);
		else {
			const { width, height, pixels } = await pixelsOf(fileOf(image));
			const view = new DataView(pixels.buffer);
			const made = madePicture(width, height, (x, y) => view.getUint32((y * width + x) * 4) >>> 8);
			this.#pictures.put(place, { ...made, fileWidth, fileHeight });
		}
		this.#again();
	}

	/** Name of the key at a point of the panel; '' where none is. */
	keyAt(x: number, y: number): string {
		return keyNames.get(this.display.hit(x, y)) ?? "";
	}

	/** A finger is at this point, in parts of the whole, across and down. */
	touch(across: number, down: number): void {
		const within = (part: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(part * size)));
		this.#keys.touch(within(across, width), within(down, height));
		this.glass.refresh();
	}

	/** No finger is down. */
	release(): void {
		this.#keys.release();
		this.glass.refresh();
	}

	/** Draws all of it again, where something else than the screen has changed. */
	#again(): void {
		if (this.#shown === undefined) return;
		this.display.forget();
		this.show(this.#shown);
	}
}
