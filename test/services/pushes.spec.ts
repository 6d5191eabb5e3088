/*
 * Menus that call agents push, shown and answered by whole phones: a script is played with the shapes of chan-sccp, old and new, and of
 * CallManager.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../tools/phone/project.js";
import { timeout } from "../phones/support/house.js";
import { play } from "../scenarios/support/matrix.js";

describe("Pushed menus", function () {
	this.timeout(4 * timeout);
	const text = readFileSync(join(projectRoot, "test/services/pushes/menus.txt"), "utf8");

	for (const [dialect, version, kick] of [
		["callmanager", 17, "Remove"],
		["chan_sccp", 11, "Kick"],
		["chan_sccp", 22, "Kick"],
	] as const)
		it(`${dialect}, version ${version}: a notice, a report, calls that ring and are parked, a conference`, () =>
			play({ name: "menus", text: text.replace("{KICK}", kick) }, dialect, version));
});
