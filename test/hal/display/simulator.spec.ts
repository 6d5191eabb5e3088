/*
 * The simulator's manifest has every module and font that is needed there: the Moddable SDK is not at hand in these tests.
 */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { assert } from "chai";
import { fontNames } from "../../../tools/display/bmfont.js";
import { sceneScripts } from "../../../tools/display/record.js";
import { projectRoot } from "../../../tools/phone/project.js";

const { readManifest } = (await import(join(projectRoot, "tools/build/manifest.mjs"))) as {
	readManifest(path: string, platform: string): { modules: Map<string, string>; files: string[] };
};

/** What draws the phone's screen, with its fonts: the manifest that simulator and boards have in common. */
const display = join(projectRoot, "hal/display/manifest.json");
const simulator = readManifest(join(projectRoot, "tools/display/simulator/manifest.json"), "lin");
/** What the SDK brings. */
const sdk = ["commodetto/", "Resource", "timer"];

describe("the manifest for the SDK's simulator", () => {
	it("maps all modules that its modules import", () => {
		const { modules } = simulator;
		assert.include([...modules.keys()], "hal/display/display");
		for (const [specifier, file] of modules) {
			const source = readFileSync(file, "utf8");
			const imports = [...source.matchAll(/^(?:import|\}) .*?from "([^"]+)";$/gm)].map((match) => match[1] as string);
			for (const name of imports) {
				assert.isTrue(modules.has(name) || sdk.some((own) => name.startsWith(own)), `${specifier} imports ${name}`);
			}
		}
	});

	it("has the scripts' screens, which it names", () => {
		const source = readFileSync(join(projectRoot, "tools/display/simulator/main.js"), "utf8");
		for (const script of sceneScripts()) assert.include(source, `"${script}"`);
	});

	it("has the same modules and fonts as the boards, and they are all fonts", () => {
		assert.include(simulator.files, display);
		assert.include(readManifest(join(projectRoot, "manifest.json"), "esp32/deskphone").files, display);
		const { resources } = JSON.parse(readFileSync(display, "utf8")) as { resources: Record<string, string[]> };
		assert.sameMembers(
			(resources["*-mask"] ?? []).map((path) => basename(path)),
			Object.values(fontNames),
		);
	});
});
