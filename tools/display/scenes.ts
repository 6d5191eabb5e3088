/*
 * Screens of phones at work, for pictures and measurements: filled in from what was recorded of phones that scripts drove.
 */
import { ScreenValue } from "ui/screen";
import { fill } from "./fill.js";
import { type RecordedScreen, recorded, recordedToTouch } from "./recorded.js";

/** All scenes by name, in the order of their scripts. */
export const sceneNames: readonly string[] = Object.freeze(Object.keys(recorded));

/** A screen whose keys are called as they were on the phone. */
class SceneScreen extends ScreenValue {
	private readonly names: readonly string[] | undefined;

	constructor(lineKeys: number, softkeys: number, names: readonly string[] | undefined) {
		super(lineKeys, softkeys);
		this.names = names;
	}

	override keyName(key: number): string {
		return this.names === undefined ? super.keyName(key) : (this.names[key] ?? "");
	}
}

/** What was recorded of a scene, on a display to touch as well. Throws where there is none. */
export function recordedScene(name: string, touch = false): RecordedScreen {
	const scene = (touch ? recordedToTouch[name] : undefined) ?? recorded[name];
	if (scene === undefined) throw new Error(`there is no scene "${name}": ${sceneNames.join(", ")}`);
	return scene;
}

/** How many line keys the displays to touch have. */
const touchKeys = 4;

/** A scene on a board with so many keys: one with four line keys has them on the display. */
export function sceneOf(name: string, lineKeys: number, softkeyCount: number): ScreenValue {
	const scene = recordedScene(name, lineKeys === touchKeys);
	const screen = new SceneScreen(lineKeys, softkeyCount, scene.keyNames);
	fill(screen, scene);
	return screen;
}
