/*
 * The phone's display on a colour panel: draws what has changed of a Screen, and no more, with a renderer that is handed in. The
 * memory of what was drawn is here; pixels are nowhere but in the panel.
 */
import type { Canvas } from "hal/display/canvas";
import { Labels } from "hal/display/labels";
import type { DisplayOptions } from "hal/display/options";
import { OverlayPane } from "hal/display/overlay";
import { largerOf, Painter } from "hal/display/painter";
import { CallPlane } from "hal/display/plane";
import { Prompt } from "hal/display/prompt";
import { Softkeys } from "hal/display/softkeys";
import { StatusLine } from "hal/display/status";
import { type Box, Colour, contrast, keyLayout, night, type Theme } from "hal/display/theme";
import { Dirty, type Display, Look, type Pictures, type Screen, type Screenshot } from "hal/hardware";
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

	/** Draws again what has changed of some parts, outside of show(). */
	protected redraw(screen: Screen, dirty: number): void {
		if (!this.unknown) this.draw(screen, dirty, false);
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
