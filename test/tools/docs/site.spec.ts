/*
 * The project's pages as a site: each is on it and leads where it leads in the repository. What the site looks like, and what a browser says of
 * it, is looked at by `npm run docs:site -- --check`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { chapters } from "../../../tools/docs/site/contents.js";
import {
	addressOf,
	anchorsOf,
	linksOf,
	pagesOf,
	sidebarOf,
	stage,
	titleOf,
	wrongLinks,
} from "../../../tools/docs/site/stage.js";
import { removeFolder, temporaryFolder } from "../../../tools/phone/temporary.js";
import { root } from "../../support/host.js";

/** A project of a few pages, while something is done with it. */
function project(files: Readonly<Record<string, string>>, use: (folder: string) => void): void {
	const folder = temporaryFolder("site");
	try {
		for (const [name, text] of Object.entries({ "docs/a.md": "# A", "hardware/README.md": "# B", ...files })) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		use(folder);
	} finally {
		removeFolder(folder);
	}
}

const repository = "https://example.com/linnet";

describe("the pages of the project", () => {
	it("have links that lead somewhere, into a page where that has such a heading", () => {
		assert.deepEqual(wrongLinks(root), []);
	});

	it("are on the site once each, with a title", () => {
		const inBar = sidebarOf(root).flatMap(({ items }) => items);
		assert.sameMembers(
			inBar.map(({ link }) => link),
			pagesOf(root).map(addressOf),
		);
		assert.lengthOf(new Set(inBar.map(({ link }) => link)), inBar.length);
		assert.lengthOf(new Set(inBar.map(({ text }) => text)), inBar.length, "two pages have one title");
		const below = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((name) =>
			name.endsWith(".md"),
		);
		assert.isAbove(below.length, 20);
		for (const name of below) assert.include(pagesOf(root), `docs/${name}`);
	});

	it("have files for all their pictures, and nothing that a browser would take for an element", () => {
		const staged = stage(root, "");
		const copied = new Set(
			staged.filter(({ text }) => text === undefined).map(({ to }) => `/${to.slice("public/".length)}`),
		);
		assert.isAbove(copied.size, 80);
		for (const { file, text = "" } of staged) {
			for (const { target, kind } of linksOf(text))
				if (kind === "picture") assert.isTrue(copied.has(target), `${file}: ${target}`);
			const plain = text.replace(/^( *)```[\s\S]*?^\1```$|`[^`\n]+`/gm, "");
			assert.notMatch(plain, /(?<!\\)<(?!\/?(?:p|img|br)\b|https?:|!--)[a-z/]/i, `${file}: write \\< or code`);
			assert.notInclude(plain, "{{", file);
		}
	});

	it("say no page of the site that is not there", () => {
		const missing = chapters.flatMap(({ pages }) => pages).filter((page) => !pagesOf(root).includes(page));
		assert.deepEqual(missing, []);
	});
});

describe("a page on the site", () => {
	const page = [
		"# Page",
		'[a](../docs/a.md#a), [`b`](../hardware) and [the code](../main.ts), ![p](p.png), <img src="p.png" width="1">',
		"`[not](a.md)`, [out](https://example.com), [here](#page)",
		"```md",
		"[not](a.md)",
		"```",
	].join("\n");

	it("has links to pages by their addresses, to folders by their own page, to sources in the repository", () => {
		project({ "docs/page.md": page, "docs/p.png": "", "main.ts": "" }, (folder) => {
			const staged = stage(folder, repository);
			assert.strictEqual(
				staged.find(({ file }) => file === "docs/page.md")?.text,
				page
					.replace("../docs/a.md#a", "/a#a")
					.replace("../hardware", "/hardware/")
					.replace("../main.ts", `${repository}/blob/HEAD/main.ts`)
					.replace("(p.png)", "(/docs/p.png)")
					.replace('"p.png"', '"/docs/p.png"'),
			);
			assert.deepInclude(staged, { file: "docs/p.png", to: "public/docs/p.png" });
		});
	});

	it("has texts in place of links to sources where nobody knows the repository", () => {
		project({ "docs/page.md": page, "docs/p.png": "", "main.ts": "" }, (folder) => {
			const text = stage(folder, "").find(({ file }) => file === "docs/page.md")?.text ?? "";
			assert.include(text, "and the code, ");
		});
	});

	it("is refused with a link that leads nowhere, or to a heading that is not there", () => {
		project({ "docs/page.md": "# Page\n[a](b.md) [a](a.md#b) [a](a.md#a) [`c`](#d)" }, (folder) => {
			assert.deepEqual(wrongLinks(folder), [
				"docs/page.md: docs/b.md is not there",
				"docs/page.md: docs/a.md has no heading #b",
				"docs/page.md: docs/page.md has no heading #d",
			]);
		});
	});

	it("that no chapter names comes last", () => {
		project({ "docs/zebra.md": "# Zebra" }, (folder) => {
			assert.deepInclude(sidebarOf(folder).at(-1)?.items.at(-1), { text: "Zebra", link: "/zebra" });
		});
	});

	it("has its headings linked as GitHub does", () => {
		assert.deepEqual(anchorsOf("# A `b`: c!\n## Two\n## Two\n```\n# no\n```"), ["a-b-c", "two", "two-1"]);
	});

	it("is refused without a heading", () => {
		assert.throws(
			() => titleOf("nothing", "docs/x.md"),
			'docs/x.md has no heading: a line that begins with "# " is expected',
		);
	});

	it("has an address without README, docs and capitals", () => {
		assert.deepEqual(
			["README.md", "docs/pbx/README.md", "docs/LOADS.md", "hardware/a/README.md", "SECURITY.md"].map(addressOf),
			["/start", "/pbx/", "/loads", "/hardware/a/", "/project/security"],
		);
	});
});

describe("the site's own packages", () => {
	it("are named by exact versions, and each is locked", () => {
		const read = (file: string) => JSON.parse(readFileSync(join(root, "tools/docs/site", file), "utf8"));
		const wanted: Record<string, string> = read("package.json").devDependencies;
		const { packages } = read("package-lock.json");
		for (const [name, version] of Object.entries(wanted)) {
			assert.match(version, /^\d+\.\d+\.\d+$/, name);
			assert.strictEqual(packages[`node_modules/${name}`].version, version);
		}
	});
});
