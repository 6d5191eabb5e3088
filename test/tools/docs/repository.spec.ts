// Where the project lies is said once, in package.json: what a reader copies from the README is the same.
import { existsSync, readdirSync, readFileSync } from "node:fs";
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

describe("the form for faults", () => {
	it("has each board to choose", () => {
		const folder = join(projectRoot, "hardware");
		const boards = readdirSync(folder).filter((name) => existsSync(join(folder, name, "manifest.json")));
		const form = readFileSync(join(projectRoot, ".github/ISSUE_TEMPLATE/fault.yml"), "utf8");
		const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
		const choices = [...form.matchAll(/^ {8}- (.+)$/gm)].map(([, choice = ""]) => letters(choice));
		const named = boards.filter((board) => choices.some((choice) => choice.includes(letters(board))));
		assert.sameMembers(named, boards);
	});
});
