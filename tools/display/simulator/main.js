/*
 * The phone's display in the Moddable SDK's simulator, drawn by the SDK's own renderer: one scene of tools/display/scenes.ts after the
 * other, on a touch display whose pages can be turned. `mcconfig -m -p sim/m5stack tools/display/simulator/manifest.json`
 */

import Resource from "Resource";
import Poco from "commodetto/Poco";
import parseBMF from "commodetto/parseBMF";
import { TouchDisplay } from "hal/display/touch";
import { TouchKeys } from "hal/display/touchkeys";
import { sceneOf, scenes } from "scenes";
import Timer from "timer";

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
const names = Object.keys(scenes);
let at = 0;

function next() {
	display.forget();
	display.show(sceneOf(names[at], 4, 4));
	at = (at + 1) % names.length;
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
