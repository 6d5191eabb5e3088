/*
 * The phone's display on a colour panel: draws what has changed of a Screen, and no more, with a renderer that is handed in. The
 * memory of what was drawn is here; pixels are nowhere but in the panel.
 */
import type { Canvas } from "hal/display/canvas";
import { Labels } from "hal/display/labels";
import type { DisplayOptions } from "hal/display/options";
import { OverlayPane, Scroll } from "hal/display/overlay";
import { largerOf, Painter } from "hal/display/painter";
import { CallPlane } from "hal/display/plane";
import { Prompt } from "hal/display/prompt";
import { Softkeys } from "hal/display/softkeys";
import { StatusLine } from "hal/display/status";
import { countCalls, selectedCall, Target } from "hal/display/target";
import { type Box, Colour, contrast, keyLayout, night, type Theme } from "hal/display/theme";
import { Dirty, type Display, Key, Look, type Pictures, type Screen, type Screenshot } from "hal/hardware";
import { hasLetter } from "hal/letters";

export class PocoDisplay implements Display {
	readonly painter: Painter;
	protected readonly status: StatusLine;
	protected readonly plane: CallPlane;
	protected readonly labels: Labels;
	protected readonly overlay: OverlayPane;
	protected readonly prompt: Prompt;
	protected readonly softkeys: Softkeys;
	/** Nothing is drawn yet, or what is drawn is not known. */
	private unknown = true;
	private overlaid = false;
	/** The phone's screen, one object for good; undefined before it has been shown. */
	protected latest: Screen | undefined = undefined;
	/** What a finger is on, a number of `Target`. */
	protected pressed: number = Target.none;
	readonly pictures: Pictures | undefined;
	private readonly shoot: DisplayOptions["shoot"];
	private readonly panel: Box | undefined;
	private readonly theme: Theme;

	constructor(options: DisplayOptions) {
		const { canvas, fonts, theme = night, layout = keyLayout, pictures, shoot } = options;
		const painter = new Painter(canvas, layout.larger ? largerOf(fonts) : fonts, theme);
		this.painter = painter;
		this.theme = theme;
		this.pictures = pictures;
		this.shoot = shoot;
		this.panel = layout.panel;
		this.status = new StatusLine(painter, layout.status);
		this.plane = new CallPlane(painter, layout.plane);
		this.labels = new Labels(painter, layout.labels);
		this.overlay = new OverlayPane(painter, layout.overlay, layout.menuRow, pictures);
		this.prompt = new Prompt(painter, layout.prompt);
		this.softkeys = new Softkeys(painter, layout.softkeys);
	}

	/** Has everything drawn with the next show(), such as after the panel lost its power. */
	forget(): void {
		this.unknown = true;
	}

	show(screen: Screen): void {
		this.latest = screen;
		const anew = this.unknown;
		this.unknown = false;
		this.draw(screen, anew ? Dirty.all : screen.dirty, anew);
	}

	/** See `Display.screenshot`. */
	screenshot(): Screenshot | undefined {
		return this.latest === undefined ? undefined : this.shoot?.(this, this.latest);
	}

	/** Draws all of what the display shows on another canvas, which takes as many pixels. */
	paint(screen: Screen, canvas: Canvas): void {
		const own = this.painter.drawOn(canvas);
		try {
			this.draw(screen, Dirty.all, true);
		} finally {
			this.painter.drawOn(own);
		}
	}

	draws(code: number): boolean {
		return hasLetter(code);
	}

	setLook(look: number): void {
		this.painter.setTheme((look & Look.highContrast) !== 0 ? contrast : this.theme);
		this.painter.setLarger((look & Look.largerText) !== 0);
		this.forget();
	}

	rows(list: boolean): number {
		return this.overlay.rows(list);
	}

	fits(text: string, from: number): number {
		return this.overlay.fits(text, from);
	}

	/** The phone's screen, once it has been shown. */
	get screen(): Screen | undefined {
		return this.latest;
	}

	/** Shows what a finger is on, a number of `Target`. */
	press(target: number): void {
		if (this.pressed === target) return;
		this.pressed = target;
		this.softkeys.press(target >= Key.softkey1 && target < Key.line1 ? target - Key.softkey1 : -1);
		this.labels.press(target >= Key.line1 && target < Key.up ? target - Key.line1 : -1);
		this.redraw(Dirty.all);
	}

	/** A point of the panel on the picture that is shown, in pixels of its file, across or down. */
	across(x: number): number {
		const picture = this.latest?.overlay?.picture;
		return picture === undefined ? -1 : this.overlay.across(x, picture);
	}

	down(y: number): number {
		const picture = this.latest?.overlay?.picture;
		return picture === undefined ? -1 : this.overlay.down(y, picture);
	}

	/** What is at a point of the panel, a number of `Target`. */
	hit(x: number, y: number): number {
		const screen = this.latest;
		if (screen === undefined) return Target.none;
		const softkey = this.softkeyAt(x, y);
		if (softkey !== Target.none) return softkey;
		if (screen.overlay !== undefined) {
			const { overlay } = this;
			if (overlay.hasPicture(x, y, screen.overlay)) return Target.picture;
			const scroll = overlay.scrollAt(x, y, screen.overlay);
			if (scroll !== Scroll.none) return scroll === Scroll.back ? Key.pageUp : Key.pageDown;
			const line = overlay.at(x, y, screen.overlay);
			return line < 0 ? Target.none : Target.line + line;
		}
		const label = this.labels.at(x, y, screen.buttons.length);
		if (label >= 0) return screen.buttons[label]?.label === "" ? Target.none : Key.line1 + label;
		const call = this.plane.at(x, y, countCalls(screen), selectedCall(screen));
		return call < 0 ? Target.none : Target.call + call;
	}

	protected softkeyAt(x: number, y: number): number {
		const labels = this.latest?.softkeys;
		const softkey = labels === undefined ? -1 : this.softkeys.at(x, y, labels.length);
		return softkey < 0 || labels?.[softkey] === "" ? Target.none : Key.softkey1 + softkey;
	}

	/** Draws again what has changed of some parts, outside of show(). */
	protected redraw(dirty: number): void {
		if (!this.unknown && this.latest !== undefined) this.draw(this.latest, dirty, false);
	}

	private draw(screen: Screen, dirty: number, anew: boolean): void {
		const panel = this.panel;
		if (anew && panel !== undefined) {
			this.painter.begin(Colour.background, panel.x, panel.y, panel.width, panel.height);
			this.painter.end();
		}
		if ((dirty & Dirty.status) !== 0) this.status.show(screen, anew);
		this.middle(screen, dirty, anew);
		if ((dirty & Dirty.softkeys) !== 0) this.softkeys.show(screen, anew);
	}

	/** Draws what lies between status line and softkeys. */
	protected middle(screen: Screen, dirty: number, anew: boolean): void {
		this.body(screen, dirty, anew);
		if ((dirty & (Dirty.prompt | Dirty.volume)) !== 0) this.prompt.show(screen, anew);
	}

	/** Draws the overlay, or calls and labels. */
	protected body(screen: Screen, dirty: number, anew: boolean): void {
		const overlay = screen.overlay;
		const turned = anew || (overlay !== undefined) !== this.overlaid;
		this.overlaid = overlay !== undefined;
		if (overlay !== undefined) {
			if (turned || (dirty & Dirty.overlay) !== 0) this.overlay.show(overlay, turned);
			return;
		}
		// an idle plane shows the time and the registration of the status line
		if (turned || (dirty & (Dirty.calls | Dirty.status)) !== 0) this.plane.show(screen, turned);
		if (turned || (dirty & Dirty.buttons) !== 0) this.labels.show(screen, turned);
	}
}
