/*
 * The screens that pictures are drawn of are those that phones hold when the scripts drive them.
 */
import { assert } from "chai";
import { touchRoom } from "hal/control/display";
import { Look } from "hal/hardware";
import { usualWidth, wrap } from "hal/wrap";
import { touchDisplay } from "../../../tools/display/draw.js";
import { recordScript, sceneScripts } from "../../../tools/display/record.js";
import { recorded, recordedToTouch } from "../../../tools/display/recorded.js";

/** One language stands for all: the script is the same. */
const language = "greek";
/** The script with most lists and pages of text. */
const ofTouch = "menus";

describe("the screens of the scripts", function () {
	this.timeout(120_000);

	for (const script of sceneScripts())
		it(`${script}: a fresh run gives the recorded ones (npm run display -- --record ${script})`, async () => {
			const scenes = await recordScript(script, [language]);
			assert.isNotEmpty(Object.keys(scenes));
			for (const [name, screen] of Object.entries(scenes)) assert.deepEqual(screen, recorded[name], name);
		});

	it(`${ofTouch}: a display to touch holds the recorded ones`, async () => {
		const scenes = Object.entries(await recordScript(ofTouch, [], true));
		for (const [name, screen] of scenes) assert.deepEqual(screen, recordedToTouch[name] ?? recorded[name], name);
		const different = scenes.filter(([name]) => name in recordedToTouch);
		assert.isNotEmpty(different);
	});

	it("tell the host's phone with how much room a display to touch is", () => {
		const { display } = touchDisplay();
		assert.deepInclude(touchRoom, { list: display.rows(true), page: display.rows(false) });
		const text = "Wide words ".repeat(20);
		assert.equal(wrap(text, 0, usualWidth, touchRoom.line), display.fits(text, 0));
		display.setLook(Look.largerText);
		assert.deepInclude(touchRoom, { largerList: display.rows(true), largerPage: display.rows(false) });
	});
});
