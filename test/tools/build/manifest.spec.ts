/* Reading manifest.json as mcconfig does, and the maps made of it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { assert } from "chai";
import { root } from "../../support/host.js";

interface Manifest {
	modules: Map<string, string>;
	preload: string[];
	creation: Record<string, unknown>;
	files: string[];
}

const { readManifest, hostMap } = (await import(join(root, "tools/build/manifest.mjs"))) as {
	readManifest(path: string, platform: string): Manifest;
	hostMap(manifest: Manifest, root: string, folder: string): string;
};

describe("manifest", () => {
	const folder = mkdtempSync(join(tmpdir(), "linnet-manifest-"));

	after(() => rmSync(folder, { recursive: true, force: true }));

	/** Writes files (objects as JSON) into a new folder and reads its manifest.json; modules relative to that folder. */
	function read(files: Record<string, unknown>, platform = "host") {
		const base = mkdtempSync(join(folder, "case-"));
		for (const [name, content] of Object.entries(files)) {
			mkdirSync(dirname(join(base, name)), { recursive: true });
			writeFileSync(join(base, name), typeof content === "string" ? content : JSON.stringify(content));
		}
		const manifest = readManifest(join(base, "manifest.json"), platform);
		const modules = Object.fromEntries(
			[...manifest.modules].map(([specifier, file]) => [specifier, relative(base, file)]),
		);
		return { manifest, modules, base };
	}

	it("maps a module by name, a folder by a star, and several paths by a list", () => {
		const { modules } = read({
			"manifest.json": {
				modules: { main: "./main", "room/*": "./rooms/*", "*": ["./one", "./two"], "a/b": ["./none", "./three"] },
			},
			"main.ts": "",
			"one.js": "",
			"two.ts": "",
			"three.js": "",
			"rooms/x.ts": "",
			"rooms/y.mjs": "",
			"rooms/types.d.ts": "",
			"rooms/native.c": "",
			"rooms/deeper/z.ts": "",
		});
		assert.deepEqual(modules, {
			main: "main.ts",
			"room/x": "rooms/x.ts",
			"room/y": "rooms/y.mjs",
			one: "one.js",
			two: "two.ts",
			"a/b": "three.js",
		});
	});

	it("gives a file one name, the first: a star takes the rest of its folder", () => {
		const { modules } = read({
			"manifest.json": { include: "./room/manifest.json", modules: { again: "./room/body" } },
			"room/manifest.json": { modules: { "hal/body": "./body", "hal/room/*": "./*" } },
			"room/body.ts": "",
			"room/other.ts": "",
		});
		assert.deepEqual(modules, { "hal/body": "room/body.ts", "hal/room/other": "room/other.ts" });
	});

	it("leaves out what ~ names, and what the SDK brings", () => {
		const { modules } = read({
			"manifest.json": {
				include: ["$(MODDABLE)/examples/manifest_base.json", { git: "https://example.invalid/x.git" }],
				modules: { "room/*": "./rooms/*", "*": "$(MODULES)/base/timer", "~": ["./rooms/x"] },
			},
			"rooms/x.ts": "",
			"rooms/y.ts": "",
		});
		assert.deepEqual(modules, { "room/y": "rooms/y.ts" });
	});

	it("includes other manifests, each once, with paths of their own, and overrides them", () => {
		const { modules, manifest } = read({
			"manifest.json": {
				include: ["./part/manifest.json", "./part/manifest.json"],
				modules: { shared: "./mine" },
				preload: "shared",
			},
			"part/manifest.json": {
				include: "../manifest.json",
				modules: { shared: "./theirs", "part/only": "./only" },
				preload: ["part/*"],
			},
			"part/theirs.ts": "",
			"part/only.ts": "",
			"mine.ts": "",
		});
		assert.deepEqual(modules, { shared: "mine.ts", "part/only": "part/only.ts" });
		assert.sameMembers(manifest.preload, ["part/only", "shared"]);
		assert.lengthOf(manifest.files, 2);
	});

	it("takes one platform's entry with its own includes, the nearest name, and ... for the others", () => {
		const files = {
			"manifest.json": {
				modules: { body: "./common" },
				platforms: {
					esp32: { modules: { body: "./chip" } },
					"esp32/board": { include: "./board/manifest.json" },
					host: { include: "./host/manifest.json", modules: { body: "./pc" }, preload: ["extra"] },
					"...": { modules: { body: "./other" } },
				},
			},
			"host/manifest.json": {
				platforms: { host: { modules: { extra: "./extra" } }, esp32: { modules: { no: "./extra" } } },
			},
			"host/extra.ts": "",
			"board/manifest.json": { modules: { body: "./body" } },
			"board/body.ts": "",
			"common.ts": "",
			"chip.ts": "",
			"pc.ts": "",
			"other.ts": "",
		};
		assert.deepEqual(read(files, "host").modules, { body: "pc.ts", extra: "host/extra.ts" });
		assert.deepEqual(read(files, "host").manifest.preload, ["extra"]);
		assert.deepEqual(read(files, "esp32").modules, { body: "chip.ts" });
		assert.deepEqual(read(files, "esp32/board").modules, { body: "board/body.ts" });
		assert.deepEqual(read(files, "esp32/unknown").modules, { body: "chip.ts" });
		assert.deepEqual(read(files, "lin").modules, { body: "other.ts" });
	});

	it("merges creation entry by entry", () => {
		const { manifest } = read({
			"manifest.json": {
				include: "./base.json",
				creation: { chunk: { initial: 100 }, stack: 64 },
				platforms: { host: { creation: { heap: { initial: 7 } } } },
			},
			"base.json": {
				creation: { chunk: { initial: 1, incremental: 2 }, heap: { initial: 3, incremental: 4 }, stack: 5 },
			},
		});
		assert.deepEqual(manifest.creation, {
			chunk: { initial: 100, incremental: 2 },
			heap: { initial: 7, incremental: 4 },
			stack: 64,
		});
	});

	it("says which file is missing or no JSON", () => {
		assert.throws(() => read({ "manifest.json": { include: "./none.json" } }), /none\.json: cannot read/);
		assert.throws(() => read({ "manifest.json": "{ not json" }), /manifest\.json: /);
	});

	it("writes the host's map: limits, compiled files, names for stacks, preloads after modules", () => {
		const { manifest, base } = read({
			"manifest.json": {
				creation: { chunk: { initial: 1000 }, heap: { initial: 200 }, stack: 30, keys: { available: 4 } },
				modules: { main: "./main", "room/x": "./room/x", plain: "./plain" },
				preload: ["room/x", "missing"],
			},
			"main.ts": "",
			"room/x.ts": "",
			"plain.js": "",
		});
		assert.strictEqual(
			hostMap(manifest, base, join(base, "build")),
			[
				"creation\t1000\t200\t30\t4",
				"module\tmain\tjs/main.js\tmain.ts",
				"module\troom/x\tjs/room/x.js\troom/x.ts",
				"module\tplain\t../plain.js\tplain.js",
				"preload\troom/x",
				"",
			].join("\n"),
		);
	});

	it("names every module of this project's host, the body and the main module among them", () => {
		const { modules } = readManifest(join(root, "manifest.json"), "host");
		for (const specifier of ["main", "limits", "hal/body", "audio/audio", "sccp/reader", "timer"]) {
			assert.isTrue(modules.has(specifier), specifier);
		}
	});
});
