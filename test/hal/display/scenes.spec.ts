/*
 * The screens that pictures are drawn of are those that phones hold when the scripts drive them.
 */
import { assert } from "chai";
import { recordScript, sceneScripts } from "../../../tools/display/record.js";
import { recorded } from "../../../tools/display/recorded.js";

/** One language stands for all: the script is the same. */
const language = "greek";

describe("the screens of the scripts", function () {
	this.timeout(120_000);

	for (const script of sceneScripts())
		it(`${script}: a fresh run gives the recorded ones (npm run display -- --record ${script})`, async () => {
			const scenes = await recordScript(script, [language]);
			assert.isNotEmpty(Object.keys(scenes));
			for (const [name, screen] of Object.entries(scenes)) assert.deepEqual(screen, recorded[name], name);
		});
});
