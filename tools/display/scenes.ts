/*
 * Screens of phones at work, for pictures and measurements: filled in from what was recorded of phones that scripts drove.
 */
import { ScreenValue } from "ui/screen";
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

/** Has a screen show what a phone's did: on a board with fewer keys, those that there are. */
export function fill(screen: ScreenValue, scene: Omit<RecordedScreen, "keyNames">): void {
	screen.setStatus(scene.registration, scene.time, scene.number);
	screen.setSigns(scene.route, scene.signs);
	screen.setNews(scene.news);
	for (let i = 0; i < screen.buttons.length; i += 1) {
		const button = scene.buttons[i];
		screen.setButton(i, button?.label ?? "", button?.icon ?? 0, button?.lamp ?? 1, button?.colour ?? 0);
	}
	for (let i = 0; i < screen.calls.length; i += 1) {
		const call = scene.calls[i];
		if (call === undefined) screen.setCall(i, 0, 0, 0, 0, false, "");
		else screen.setCall(i, call.reference, call.line, call.state, call.icon, call.selected, call.title);
		screen.setDetail(i, call?.detail ?? "", call?.security ?? 0);
		screen.setSeconds(i, call?.seconds ?? -1);
	}
	screen.setPrompt(scene.prompt);
	for (let i = 0; i < screen.softkeys.length; i += 1) screen.setSoftkey(i, scene.softkeys[i] ?? "");
	screen.setVolume(scene.volume, scene.volumeName);
	const { overlay } = scene;
	if (overlay === undefined) screen.closeOverlay();
	else {
		const { title, lines, selected, first, count } = overlay;
		screen.openOverlay(title, lines.length, selected, first, count);
		lines.forEach((line, i) => {
			screen.setOverlayLine(i, line);
		});
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
