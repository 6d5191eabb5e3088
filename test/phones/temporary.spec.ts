/*
 * Temporary folders of a program: gone at its end, whatever ends it but SIGKILL.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

describe("Temporary folders", function () {
	this.timeout(60_000);
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-temporary-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** A program that has such a folder with a file in it, and goes on as it is told. */
	function program(then: string) {
		const source = `import { writeFileSync } from "node:fs";
import { removeFolder, takeSignals, temporaryFolder } from ${JSON.stringify(join(projectRoot, "build/js/tools/phone/temporary.js"))};
const release = takeSignals();
const folder = temporaryFolder("test");
writeFileSync(folder + "/file", "content");
${then}
console.log(folder);`;
		const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
			env: { ...process.env, TMPDIR: folder },
			stdio: ["ignore", "pipe", "inherit"],
		});
		return { child, closed: once(child, "close") };
	}

	for (const [signal, status] of [
		["SIGINT", 130],
		["SIGTERM", 143],
		["SIGHUP", 129],
	] as const)
		it(`go with a program that ${signal} ends`, async () => {
			const { child, closed } = program("setInterval(() => {}, 60_000);");
			const [name] = await once(child.stdout, "data");
			assert.isTrue(existsSync(join(String(name).trim(), "file")));
			child.kill(signal);
			assert.deepEqual(await closed, [status, null]);
			assert.isEmpty(readdirSync(folder));
		});

	it("go with a program that fails", async () => {
		const { closed } = program("process.exitCode = 3; setImmediate(() => process.exit());");
		assert.deepEqual(await closed, [3, null]);
		assert.isEmpty(readdirSync(folder));
	});

	it("leave the signals to others once they are given back", async () => {
		const { child, closed } = program("release(); removeFolder(folder); setInterval(() => {}, 60_000);");
		await once(child.stdout, "data");
		assert.isEmpty(readdirSync(folder));
		child.kill("SIGTERM");
		assert.deepEqual(await closed, [null, "SIGTERM"]);
	});
});
