/* The load's name comes from package.json, and nothing else says it: not the code of a body, not what ESP-IDF writes into an image. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { load } from "../../../hal/load.js";
import { Project } from "../../../tools/check/project.js";
import { sdkconfigFiles } from "../../../tools/hardware/sdkconfig.js";
import { PhoneProcess } from "../../../tools/phone/phone.js";
import { root } from "../../support/host.js";

const { loadModule, versionOf, writeLoad } = (await import(join(root, "tools/build/load.mjs"))) as {
	loadModule(version: string): string;
	versionOf(root: string): string;
	writeLoad(root: string): boolean;
};

/** The version that ESP-IDF is told. */
const described = /^CONFIG_APP_PROJECT_VER="(.*)"$/m;

describe("name of the load", () => {
	it("is that of package.json, also for ESP-IDF", () => {
		const version = versionOf(root);
		assert.strictEqual(load, `linnet-${version}`);
		assert.strictEqual(readFileSync(join(root, "hal/load.ts"), "utf8"), loadModule(version));
		const boards = new Project(root).matching(/^hardware\/[^/]+\/sdkconfig\/sdkconfig\.defaults$/);
		assert.isAbove(boards.length, 3);
		for (const file of boards) assert.strictEqual(described.exec(readFileSync(join(root, file), "utf8"))?.[1], version);
	});

	it("changes with it", () => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-load-"));
		try {
			mkdirSync(join(folder, "hal"));
			writeFileSync(join(folder, "package.json"), '{ "version": "9.8.7" }');
			assert.isTrue(writeLoad(folder));
			assert.isFalse(writeLoad(folder));
			assert.include(readFileSync(join(folder, "hal/load.ts"), "utf8"), 'load = "linnet-9.8.7"');
			const files = sdkconfigFiles(folder, "hardware/box", { chip: "ESP32-S3-WROOM-1-N16" });
			assert.strictEqual(described.exec(files.get("hardware/box/sdkconfig/sdkconfig.defaults") ?? "")?.[1], "9.8.7");
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it("may be that of a load in a folder that is not there yet", () => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-load-"));
		try {
			const words = [join(root, "tools/run.mjs"), "load", "linnet-9.8.7", join(folder, "files/loads")];
			const made = spawnSync(process.execPath, words, { encoding: "utf8" });
			assert.strictEqual(made.status, 0, made.stderr);
			const octets = readFileSync(join(folder, "files/loads/linnet-9.8.7.load"), "latin1");
			assert.match(octets, /^LINNETLD/);
			assert.strictEqual(octets.slice(56, 56 + 13), "linnet-9.8.7\0");
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it("stands in no other code of the device", () => {
		const project = new Project(root);
		const files = project.matching(/^(main\.ts|(modules|hal|hardware|audio)\/.*\.(ts|c|h))$/);
		assert.isAbove(files.length, 200);
		const naming = files.filter((file) => /["']linnet-\d/.test(project.read(file).replace(/\/\*[\s\S]*?\*\//g, "")));
		assert.deepEqual(naming, ["hal/load.ts"]);
	});

	it("is what a phone says when it starts", async function () {
		this.timeout(180_000);
		const phone = await PhoneProcess.start({ device: "SEP001122334455" });
		try {
			const starts = (line: string) => line.includes(`${load} starts: `);
			await phone.wait(() => phone.logLines.some(starts), 60_000, "its first line");
		} finally {
			await phone.quit();
		}
	});
});
