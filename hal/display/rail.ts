/*
 * The four keys at the left edge of a touch display: call and hang up, dial pad, mute, more keys.
 */
import { Picture } from "hal/display/icons";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import { Route, type Screen } from "hal/hardware";

/** Keys from top to bottom. */
export const RailKey = Object.freeze({ call: 0, dialPad: 1, mute: 2, more: 3, count: 4 });

const ICON = 28;

export class Rail {
	private readonly painter: Painter;
	private readonly box: Box;
	/** What each key shows: ground colour, its own colour, picture. */
	private readonly drawn: number[] = [];

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	/** Which key is at a point of the panel, -1 when none is. */
	at(x: number, y: number): number {
		const box = this.box;
		if (x < box.x || x >= box.x + box.width || y < box.y || y >= box.y + box.height) return -1;
		return Math.floor(((y - box.y) * RailKey.count) / box.height);
	}

	/** @param chosen the key whose page is shown, -1 for none. @param pressed the key that a finger is on, -1 for none. */
	show(screen: Screen, chosen: number, pressed: number, anew: boolean): void {
		const up = screen.route !== Route.none;
		for (let key = 0; key < RailKey.count; key += 1) {
			let ground: number = key === pressed ? Colour.pressed : key === chosen ? Colour.selected : Colour.key;
			let colour: number = key === chosen ? Colour.accent : Colour.text;
			if (key === RailKey.call) colour = up ? Colour.red : Colour.green;
			if (key === RailKey.mute && screen.muted) {
				ground = Colour.red;
				colour = Colour.background;
			}
			const drawn = ground | (colour << 8) | (key === RailKey.call && up ? 1 << 16 : 0);
			if (!anew && this.drawn[key] === drawn) continue;
			this.drawn[key] = drawn;
			this.draw(key, this.picture(key, up), ground, colour);
		}
	}

	private picture(key: number, up: boolean): string {
		switch (key) {
			case RailKey.call:
				return up ? Picture.hangUp : Picture.offHook;
			case RailKey.dialPad:
				return Picture.dialPad;
			case RailKey.mute:
				return Picture.muted;
			default:
				return Picture.more;
		}
	}

	private draw(key: number, picture: string, ground: number, colour: number): void {
		const { x, width } = this.box;
		const height = this.box.height / RailKey.count;
		const y = this.box.y + key * height;
		const painter = this.painter;
		painter.begin(Colour.bar, x, y, width, height);
		painter.round(ground, Colour.bar, x + 2, y + 2, width - 4, height - 4, true);
		painter.draw(picture, painter.fonts.pictures, colour, x + ((width - ICON) >> 1), y + ((height - ICON) >> 1));
		painter.end();
	}
}
