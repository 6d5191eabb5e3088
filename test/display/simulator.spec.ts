/*
 * The simulator's manifest has every module and font that is needed there: the Moddable SDK is not at hand in these tests.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { assert } from "chai";
import { fontNames } from "../../tools/display/bmfont.js";
import { projectRoot } from "../../tools/phone/project.js";

const folder = join(projectRoot, "tools/display/simulator");
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
	modules: Record<string, string>;
	resources: Record<string, string[]>;
};
/** What the SDK brings. */
const sdk = ["commodetto/", "Resource", "timer"];

function files(path: string): string[] {
	if (!path.endsWith("/*")) return [path];
	const names = readdirSync(join(folder, dirname(path))).filter((name) => name.endsWith(".ts"));
	return names.map((name) => join(dirname(path), name.slice(0, -3)));
}

describe("the manifest for the SDK's simulator", () => {
	it("maps all modules that its modules import", () => {
		const mapped = new Map(
			Object.entries(manifest.modules).flatMap(([specifier, path]) =>
				files(path).map((file) => [specifier.replace("*", basename(file)), file] as const),
			),
		);
		for (const [specifier, file] of mapped) {
			const source = readFileSync(join(folder, specifier === "main" ? `${file}.js` : `${file}.ts`), "utf8");
			const imports = [...source.matchAll(/^(?:import|\}) .*?from "([^"]+)";$/gm)].map((match) => match[1] as string);
			for (const name of imports) {
				assert.isTrue(mapped.has(name) || sdk.some((own) => name.startsWith(own)), `${specifier} imports ${name}`);
			}
		}
	});

	it("has all fonts", () => {
		const fonts = (manifest.resources["*-mask"] ?? []).map((path) => basename(path));
		assert.sameMembers(fonts, Object.values(fontNames));
	});

	it("has the same fonts as the boards", () => {
		const project = JSON.parse(readFileSync(join(projectRoot, "manifest.json"), "utf8")) as {
			platforms: { esp32: { resources: Record<string, string[]> } };
		};
		const fonts = (project.platforms.esp32.resources["*-mask"] ?? []).map((path) => basename(path));
		assert.sameMembers(fonts, Object.values(fontNames));
	});
});
