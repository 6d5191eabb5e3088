/*
 * Has a screen show what was recorded of another. It imports nothing: the simulator has it as well.
 */

import type { Screen } from "hal/hardware";
import type { ScreenValue } from "ui/screen";

/** Has a screen show what a phone's did: on a board with fewer keys, those that there are. */
export function fill(screen: ScreenValue, scene: Omit<Screen, "dirty" | "keyName">): void {
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
		const { title, lines, selected, first, count, picture, icons } = overlay;
		screen.openOverlay(title, lines.length, selected, first, count);
		lines.forEach((line, i) => {
			screen.setOverlayLine(i, line);
		});
		screen.setOverlayPictures(picture, icons && [...icons]);
	}
}
