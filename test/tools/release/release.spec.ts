/*
 * What a release is made of: its text, its licences, its flashing pages; and that workflows use what has an exact version.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { removeFolder, temporaryFolder } from "../../../tools/phone/temporary.js";
import { notesOf, versionsOf } from "../../../tools/release/changelog.js";
import { writeFlashIndex } from "../../../tools/release/flash.js";
import { collectLicences } from "../../../tools/release/licences.js";
import { root } from "../../support/host.js";

const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("a release", () => {
	let folder: string;
	beforeEach(() => {
		folder = temporaryFolder("release");
	});
	afterEach(() => removeFolder(folder));

	function file(name: string, text: string): void {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}

	it("has the text of its version", () => {
		const changelog =
			"# Changelog\n\n## Unreleased\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- more\n\n## 0.1.0\n\nfirst\n";
		assert.strictEqual(notesOf("v0.2.0", "0.2.0", changelog), "### Added\n\n- more");
		assert.throws(
			() => notesOf("v0.2.1", "0.2.0", changelog),
			"the tag of version 0.2.0 (package.json) is v0.2.0, not v0.2.1",
		);
		assert.throws(() => notesOf("v0.3.0", "0.3.0", changelog), 'CHANGELOG.md has no section "## 0.3.0"');
		assert.throws(() => notesOf("v0.1.0", "0.1.0", changelog.replace("first", "")), 'no section "## 0.1.0"');
		assert.throws(
			() => notesOf("v0.2.0", "0.2.0", changelog.replace("## [", "- new\n\n## [")),
			'something under "## Unreleased"',
		);
	});

	it("of this version would have a text", () => {
		const { version } = JSON.parse(read("package.json"));
		assert.isNotEmpty(versionsOf(read("CHANGELOG.md")).get(version));
	});

	it("has all licences of an image, or says which are missing", () => {
		const sources = { project: root, moddable: join(folder, "sdk"), idf: join(folder, "idf") };
		assert.throws(() => collectLicences(join(folder, "out"), sources), /sdk\/licenses\/lgpl-3\.0\.txt.*idf\/LICENSE/);
		assert.isFalse(existsSync(join(folder, "out")));
		// a project of its own, since SpeexDSP's is where a board was built
		const missing = /these licences are missing: (.*)/;
		const project = join(folder, "project");
		const own = { ...sources, project };
		for (let rounds = 0; rounds < 2; rounds++) {
			try {
				collectLicences(join(folder, "out"), own);
			} catch (error) {
				const paths = missing.exec((error as Error).message)?.[1]?.split(", ") ?? [];
				for (const path of paths) file(path.slice(folder.length + 1).replace("...", "x/repos/github.com"), "text");
			}
		}
		assert.sameMembers(readdirSync(join(folder, "out")), collectLicences(join(folder, "out"), own));
		for (const name of ["Moddable-LGPL-3.0.txt", "ESP-IDF.txt", "SpeexDSP.txt", "Linnet.txt", "DejaVu.txt"])
			assert.isTrue(existsSync(join(folder, "out", name)), name);
	});

	it("has licences of this project where they are said to be", () => {
		try {
			collectLicences(join(folder, "out"), { project: root, moddable: folder, idf: folder });
			assert.fail("an empty folder has no licences");
		} catch (error) {
			const own = (error as Error).message
				.split(", ")
				.filter((path) => path.startsWith(root) && !path.includes("build/device"));
			assert.deepEqual(own, []);
		}
	});

	it("has a page that leads to those of boards", () => {
		file("flash/deskphone/manifest.json", "{}");
		file("flash/box/manifest.json", "{}");
		file("flash/elsewhere/readme", "");
		assert.deepEqual(writeFlashIndex(join(folder, "flash"), "0.2.0"), ["box", "deskphone"]);
		const page = readFileSync(join(folder, "flash/index.html"), "utf8");
		assert.include(page, '<a href="deskphone/index.html">deskphone</a>');
		assert.notInclude(page, "elsewhere");
		assert.throws(() => writeFlashIndex(join(folder, "flash/elsewhere"), "0.2.0"), "folders of boards");
	});
});

describe("workflows for GitHub", () => {
	const folder = join(root, ".github/workflows");
	const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

	it("use actions by commits, and containers and sources by versions or commits", () => {
		let uses = 0;
		for (const [name, text] of workflows) {
			for (const [line, used = "", comment = ""] of text.matchAll(/\buses: (\S+)(.*)$/gm)) {
				if (used.startsWith("./")) continue;
				uses += 1;
				assert.match(used, /^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/, `${name}: ${line}`);
				assert.match(comment, /^ # v\d+\.\d+\.\d+$/, `${name}: ${line}: the commit's version stands behind it`);
			}
			for (const [line, image = ""] of text.matchAll(/\bimage: (\S+)/g))
				assert.match(image, /:v?\d+(\.\d+)+(-\w+)?$|\$\{\{ matrix/, `${name}: ${line}`);
			for (const [line, ref = ""] of text.matchAll(/\bref: (\S+)/g))
				assert.match(ref, /^[0-9a-f]{40}$/, `${name}: ${line}`);
			assert.notMatch(text, /-latest\b/, name);
			assert.include(text, "permissions:", name);
			assert.include(text, "timeout-minutes:", name);
		}
		assert.isAbove(uses, 10);
	});

	it("run commands that there are", () => {
		const { scripts } = JSON.parse(read("package.json"));
		for (const [name, text] of workflows)
			for (const [, script = ""] of text.matchAll(/npm run (?:-s )?([\w:-]+)/g)) assert.property(scripts, script, name);
	});
});
