/*
 * The phone's display in the Moddable SDK's simulator, drawn by the SDK's own renderer: one recorded scene after the
 * other (test/fixtures/screens), on a touch display whose pages can be turned. `mcconfig -m -p sim/m5stack tools/display/simulator/manifest.json`
 */

import Resource from "Resource";
import Poco from "commodetto/Poco";
import parseBMF from "commodetto/parseBMF";
import { fill } from "fill";
import { TouchDisplay } from "hal/display/touch";
import { TouchKeys } from "hal/display/touchkeys";
import Timer from "timer";
import { ScreenValue } from "ui/screen";

const font = (name) => parseBMF(new Resource(`linnet-${name}.bf4`));
const display = new TouchDisplay({
	canvas: new Poco(screen, { pixels: screen.width * 16, displayListLength: 5120 }),
	fonts: {
		tiny: font("tiny"),
		small: font("small"),
		text: font("text"),
		digits: font("digits"),
		icons: font("icons"),
		pictures: font("pictures"),
	},
});
const keys = new TouchKeys(display, 4, 4);

/** Milliseconds that a scene stays. */
const stay = 4000;
const scenes = ["calls", "features", "menus", "lists", "services", "looks", "registration", "languages"].flatMap(
	(script) => Object.values(JSON.parse(String.fromArrayBuffer(new Resource(`${script}.json`).slice(0)))),
);
let at = 0;

function next() {
	display.forget();
	const shown = new ScreenValue(4, 4);
	fill(shown, scenes[at]);
	display.show(shown);
	at = (at + 1) % scenes.length;
}

screen.context = {
	onTouchBegan: (_id, x, y) => keys.touch(x, y),
	onTouchMoved: () => undefined,
	onTouchEnded: () => keys.release(),
};
keys.start({
	key: (key, pressed) => trace(`key ${key} ${pressed ? "down" : "up"}\n`),
	hook: () => undefined,
});
next();
Timer.repeat(next, stay);
