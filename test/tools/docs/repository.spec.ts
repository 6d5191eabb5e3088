// Where the project lies is said once, in package.json: what a reader copies from the README is the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../../tools/phone/project.js";

describe("the address of the repository", () => {
	it("is the same in the README as in package.json", () => {
		const { repository } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as {
			repository: { url: string };
		};
		const [, url] = /^git clone (\S+)$/m.exec(readFileSync(join(projectRoot, "README.md"), "utf8")) ?? [];
		assert.strictEqual(`git+${url}`, repository.url);
	});
});
