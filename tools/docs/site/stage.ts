/*
 * The project's pages as the site has them: under addresses of their own, each link leading to the other page's address, or to the file in
 * the repository. The pages themselves stay as they are read in the repository.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { chapters, folders, lastChapter } from "./contents.js";

/** A page of the site, or a picture of one. */
export interface Staged {
	/** Its file in the project. */
	readonly file: string;
	/** Its file under the folder of the site. */
	readonly to: string;
	/** Text of a page; a picture is copied. */
	readonly text?: string;
}

export interface Sidebar {
	readonly text: string;
	readonly items: readonly { readonly text: string; readonly link: string }[];
}

const pictures = /\.(png|svg|jpg|gif|webp)$/;
const main = "README.md";

/** All pages: those of the chapters that are there, and what else lies in the folders. */
export function pagesOf(root: string): string[] {
	const named = chapters.flatMap(({ pages }) => pages);
	const found = folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".md"))
			.map((name) => posix.join(folder, name)),
	);
	return [...new Set([...named, ...found.sort()])].filter((file) => existsSync(join(root, file)));
}

/** The address of a page on the site, without an ending; of a folder's own page with a slash at its end. */
export function addressOf(page: string): string {
	if (page === main) return "/start";
	const path = page
		// what lies at the top is about the project
		.replace(/^(?=[^/]+$)/, "project/")
		.replace(/^docs\//, "")
		.replace(/\.md$/, "")
		.toLowerCase();
	return `/${path.replace(/(^|\/)readme$/, "$1")}`;
}

function fileOf(page: string): string {
	const address = addressOf(page).slice(1);
	return address === "" || address.endsWith("/") ? `${address}index.md` : `${address}.md`;
}

/** The first heading of a page. Throws where there is none. */
export function titleOf(text: string, page: string): string {
	const title = /^# (.+)$/m.exec(text)?.[1];
	if (title === undefined) throw new Error(`${page} has no heading: a line that begins with "# " is expected`);
	return title.replaceAll("`", "");
}

/** What a heading is linked by, as GitHub has it: VitePress is told to do so as well. */
export function anchorOf(heading: string): string {
	return heading
		.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
		.trim()
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
		.replaceAll(" ", "-");
}

/** Anchors of a page: its headings, those of one text numbered. */
export function anchorsOf(text: string): string[] {
	const seen = new Map<string, number>();
	return [...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => {
		const anchor = anchorOf(heading);
		const count = seen.get(anchor) ?? 0;
		seen.set(anchor, count + 1);
		return count === 0 ? anchor : `${anchor}-${count}`;
	});
}

function withoutCode(text: string): string {
	return text.replace(/^( *)```[\s\S]*?^\1```$/gm, "");
}

/** Fenced blocks and code, in which nothing is a link; links and pictures; addresses of elements of HTML. */
const tokens =
	/^( *)```[\s\S]*?^\1```$|(!?)\[((?:`[^`\n]*`|[^[\]`])*)\]\(([^)\s#]*)(?:#([^)\s]*))?\)|`[^`\n]+`|\b(src|href)="([^"#]+)"/gm;

export interface Link {
	/** As the page has it: a path from the page's folder, '' the page itself. */
	readonly target: string;
	readonly anchor: string;
	/** What has to be told anew around another target. */
	readonly words: string;
	readonly kind: "link" | "picture" | "attribute";
}

/** Puts something in the place of each link of a page that leads to a file of the project. */
function replaceLinks(text: string, change: (link: Link, whole: string) => string): string {
	return text.replace(tokens, (whole, _, mark, words, target, anchor = "", name, path) => {
		if (name !== undefined)
			return isOutside(path) ? whole : change({ target: path, anchor, words: name, kind: "attribute" }, whole);
		if (target === undefined || isOutside(target)) return whole;
		return change({ target, anchor, words, kind: mark === "!" ? "picture" : "link" }, whole);
	});
}

/** Links of a page to files of the project. */
export function linksOf(text: string): Link[] {
	const links: Link[] = [];
	replaceLinks(text, (link, whole) => {
		links.push(link);
		return whole;
	});
	return links;
}

function isOutside(target: string): boolean {
	return /^[a-z]+:/i.test(target);
}

/** Where a link of a page leads, as a path of the project. */
export function targetOf(page: string, target: string): string {
	return target === "" ? page : posix.normalize(posix.join(posix.dirname(page), decodeURI(target))).replace(/\/$/, "");
}

/** All that the site is made of. @param repository its address on the web, '' where nobody knows it: links to sources are texts then. */
export function stage(root: string, repository: string): Staged[] {
	const pages = pagesOf(root);
	const copied = new Set<string>();
	const known = new Map(pages.map((page) => [page, addressOf(page)]));
	for (const page of pages) {
		const [, folder] = /^(.+)\/README\.md$/.exec(page) ?? [];
		if (folder !== undefined) known.set(folder, addressOf(page));
	}
	const lead = (page: string, target: string): string | undefined => {
		const path = targetOf(page, target);
		const address = known.get(path);
		if (address !== undefined) return address;
		if (pictures.test(path)) {
			copied.add(path);
			return `/${path}`;
		}
		if (repository === "") return undefined;
		const kind = statSync(join(root, path)).isDirectory() ? "tree" : "blob";
		return `${repository}/${kind}/HEAD/${path}`;
	};
	const staged: Staged[] = pages.map((page) => {
		const text = readFileSync(join(root, page), "utf8");
		const led = replaceLinks(text, ({ target, anchor, words, kind }, whole) => {
			if (target === "") return whole;
			const address = lead(page, target);
			if (kind === "attribute") return address === undefined ? whole : `${words}="${address}"`;
			if (address === undefined) return words;
			return `${kind === "picture" ? "!" : ""}[${words}](${address}${anchor === "" ? "" : `#${anchor}`})`;
		});
		return { file: page, to: fileOf(page), text: led };
	});
	for (const file of copied) staged.push({ file, to: posix.join("public", file) });
	return staged;
}

/** The bar at the side, with a page that no chapter names behind the last one's. */
export function sidebarOf(root: string): Sidebar[] {
	const named = new Set(chapters.flatMap(({ pages }) => pages));
	const more = pagesOf(root).filter((page) => !named.has(page));
	const items = (pages: readonly string[]) =>
		pages
			.filter((page) => existsSync(join(root, page)))
			.map((page) => ({ text: titleOf(readFileSync(join(root, page), "utf8"), page), link: addressOf(page) }));
	return chapters
		.map(({ title, pages }) => ({ text: title, items: items(title === lastChapter ? [...pages, ...more] : pages) }))
		.filter((chapter) => chapter.items.length > 0);
}

/** What is wrong with the links of all pages: a line for each that leads nowhere. */
export function wrongLinks(root: string, pages = pagesOf(root)): string[] {
	const anchors = new Map<string, string[]>();
	const anchorsIn = (page: string): string[] => {
		const found = anchors.get(page) ?? anchorsOf(readFileSync(join(root, page), "utf8"));
		anchors.set(page, found);
		return found;
	};
	return pages.flatMap((page) =>
		linksOf(readFileSync(join(root, page), "utf8")).flatMap(({ target, anchor }) => {
			const path = targetOf(page, target);
			if (!existsSync(join(root, path))) return [`${page}: ${path} is not there`];
			if (anchor === "" || !path.endsWith(".md")) return [];
			return anchorsIn(path).includes(anchor) ? [] : [`${page}: ${path} has no heading #${anchor}`];
		}),
	);
}
