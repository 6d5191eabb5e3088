/* The check for texts that a user sees and that are no word of base/words. */
import { assert } from "chai";
import { checkTexts } from "../../../tools/check/texts.js";
import { lines, withProject } from "./support.js";

function complaints(file: string, source: string): string[] {
	return withProject({ [file]: source }, (project) => lines(checkTexts(project)));
}

describe("check: texts that are shown", () => {
	it("finds each in the rooms that make what is shown", () => {
		const source = [
			'import { Word } from "base/words";',
			"/* Not a text */",
			'const title = "Ring type"; // "Nor This"',
			"const line = `${Word.bell} of Notre Dame`;",
			'screen.openOverlay("Settings", 1, -1);',
			"return `${count} calls missed`;",
		];
		assert.deepEqual(complaints("modules/ui/overlay.ts", source.join("\n")), [
			'modules/ui/overlay.ts:3: "Ring type" is shown, and no word of base/words',
			'modules/ui/overlay.ts:4: "of Notre Dame" is shown, and no word of base/words',
			'modules/ui/overlay.ts:5: "Settings" is shown, and no word of base/words',
			'modules/ui/overlay.ts:6: "calls missed" is shown, and no word of base/words',
		]);
	});

	it("finds in others what they hand on, and lets them write their logs", () => {
		const source = [
			'this.enter(State.idle, "No call agent");',
			'phone.notice(lost ? "Call lost" : "");',
			"lines.push(`Load ${load}`);",
			'this.host.log("Registered at last");',
			'const model = "Cisco Systems";',
		];
		assert.deepEqual(
			complaints("modules/station/station.ts", source.join("\n")).map((line) => line.replace(/ is .*/, "")),
			[
				'modules/station/station.ts:1: "No call agent"',
				'modules/station/station.ts:2: "Call lost"',
				'modules/station/station.ts:3: "Load"',
			],
		);
		assert.deepEqual(complaints("modules/net/http.ts", source.join("\n")), []);
	});

	it("takes names of protocols, units, keys of records and references for what they are", () => {
		const source = [
			'const names = ["DHCP", "DNS", "TFTP 1", "Wi-Fi", "MOS LQK"];',
			"put(screen, 1, `MAC ${mac} ${time} ms`);",
			'const key = "levelControl";',
			'const recording = "\\x1e\\x4f";',
			"ui.notice(`${Word.notNumber} ${text}`);",
			'case "Settings": throw new Error("Not here");',
		];
		for (const file of ["modules/ui/ui.ts", "modules/settings/menus.ts", "modules/phone/phone.ts"])
			assert.deepEqual(complaints(file, source.join("\n")), [], file);
		const phrases = 'const phrases = ["Your current options"];';
		assert.deepEqual(complaints("modules/ui/dictionary.ts", phrases), []);
	});
});
