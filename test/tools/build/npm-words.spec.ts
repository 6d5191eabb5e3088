// Options before which `--` was left out: npm takes them, and they are put together again or explained.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assert } from "chai";
import { projectRoot } from "../../../tools/phone/project.js";

type Meant = (
	args: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
	knows: (option: string) => boolean,
) => string[] | string;

describe("options that npm takes for its own", function () {
	this.timeout(60_000);
	let meant: Meant;
	let folder: string;

	before(async () => {
		const file = pathToFileURL(join(projectRoot, "tools/build/npm-words.mjs")).href;
		({ meant } = (await import(file)) as { meant: Meant });
		folder = mkdtempSync(join(tmpdir(), "linnet-npm-"));
		writeFileSync(
			join(folder, "package.json"),
			'{"name":"x","version":"1.0.0","scripts":{"start":"node -e \\"console.log(JSON.stringify([process.argv.slice(1),process.env]))\\" --"}}',
		);
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	/** What npm itself makes of a command line, and what is made of that. */
	function words(...line: readonly string[]): string[] | string {
		const { stdout } = spawnSync("npm", ["--silent", "start", ...line], { cwd: folder, encoding: "utf8" });
		const [args, env] = JSON.parse(stdout) as [string[], Record<string, string>];
		return meant(args, env, knows);
	}

	const knows = (option: string): boolean => ["port", "phones", "agent", "set", "json", "web"].includes(option);

	it("are understood where it can be told what was meant", () => {
		assert.deepEqual(words("--port", "8000"), ["--port", "8000"]);
		const several = words("--agent=192.0.2.1:2001", "--set=a=http://x/?b=c", "--set=d=e") as string[];
		assert.sameMembers(several, ["--agent=192.0.2.1:2001", "--set=a=http://x/?b=c", "--set=d=e"]);
		assert.deepEqual(meant(["600"], { npm_config_json: "true" }, knows), ["--json", "600"]);
		assert.deepEqual(meant([], { npm_config_json: "true", npm_config_web: "1" }, knows), ["--web=1", "--json"]);
	});

	it("are named where it cannot", () => {
		const taken = { npm_config_port: "true", npm_config_phones: "true" };
		assert.strictEqual(meant(["8000", "3"], taken, knows), "--port, --phones");
	});

	it("leave npm what is npm's, and words as they are that stand behind --", () => {
		const env = { npm_config_cache: "/x", npm_config_noproxy: "", npm_config_user_agent: "npm", PATH: "/bin" };
		assert.deepEqual(meant(["--port", "8000", "--phones", "3"], env, knows), ["--port", "8000", "--phones", "3"]);
		assert.deepEqual(words("--prefer-offline", "--", "--port", "1"), ["--port", "1"]);
	});
});
