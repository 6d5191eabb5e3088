/*
 * The table of modules/provisioning/README.md, made from the table of elements: what is done with each stands in the comment on its
 * line of elements.ts, range and default are those that the phone knows.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Configuration } from "provisioning/configuration";
import { type Element, elements, Kind } from "provisioning/elements";
import { countries } from "provisioning/locale";

const SOURCE = "modules/provisioning/elements.ts";
export const PAGE = "modules/provisioning/README.md";
const HEAD = "| element | | what it is, and its range and default |\n|---|---|---|\n";

/** The comment on the line of each element, by path. Throws when a line has none, or one of another form. */
export function commentsOf(source: string): Map<string, string> {
	const agent = /^const agent = "(.*)";$/m.exec(source)?.[1] ?? "";
	const comments = new Map<string, string>();
	let prefix = "";
	for (const line of source.split("\n")) {
		const table = /^const (\w+): readonly \w+\[\] = Object\.freeze\(\[$/.exec(line)?.[1];
		if (table !== undefined) prefix = table.startsWith("vendor") ? "vendorConfig/" : "";
		const row = /^\t(?:(\w+)\((.*)\)|"(\w+)"),(?: \/\/ (.+))?$/.exec(line);
		if (row === null || row[1] === "group") continue;
		const [, maker = "", words = "", name, comment] = row;
		// the path is the first text that the maker is given; behind the field it is the second
		const texts = [...words.matchAll(/"([^"]*)"|`([^`]*)`|\bagent\b/g)].map(([text]) =>
			text === "agent" ? agent : text.slice(1, -1).replace(`\${agent}`, agent),
		);
		const path = prefix + (name ?? texts[maker === "textOf" ? 1 : maker === "list" ? 2 : 0]);
		if (comment === undefined) throw new Error(`${SOURCE}: ${path} has no comment to make its row of`);
		comments.set(path, comment);
	}
	return comments;
}

/** Range and default as they stand behind the text of a row. */
function boundsOf(element: Element): string {
	if (!("key" in element) || element.key === "") return "";
	const value = new Configuration()[element.field];
	if (element.kind === Kind.number) return `${element.minimum}-${element.maximum} (${value})`;
	if (element.kind === Kind.flag) return `(${value})`;
	return typeof value === "string" && value !== "" ? `(\`${value}\`)` : "";
}

function rowOf(element: Element, comment: string): string {
	if (element.kind === Kind.ignored) return `| \`${element.path}\` | ignored | ${comment} |`;
	if (element.kind === Kind.alias) return `| \`${element.path}\` | alias | ${comment} |`;
	const [, treatment, text = ""] = /^(used|kept)(?:: (.+))?$/.exec(comment) ?? [];
	if (treatment === undefined)
		throw new Error(`${SOURCE}: the comment of ${element.path} is to begin with "used" or "kept", not ${comment}`);
	const bounds = boundsOf(element);
	const between = text === "" || bounds === "" ? "" : bounds.startsWith("(") ? " " : ", ";
	const told = text.replace("{countries}", countries.map(([name]) => name).join(", "));
	return `| \`${element.path}\` | ${treatment} | ${told}${between}${bounds} |`;
}

/** The page with its table made anew. */
export function makePage(root: string, page = readFileSync(join(root, PAGE), "utf8")): string {
	const comments = commentsOf(readFileSync(join(root, SOURCE), "utf8"));
	const known = elements.filter(({ kind }) => kind !== Kind.group);
	const inOrder = (a: Element, b: Element): number =>
		Number(a.kind === Kind.ignored) - Number(b.kind === Kind.ignored) ||
		(a.path.toLowerCase() < b.path.toLowerCase() ? -1 : 1);
	const rows = [...known].sort(inOrder).map((element) => rowOf(element, comments.get(element.path) ?? ""));
	const from = page.indexOf(HEAD) + HEAD.length;
	return `${page.slice(0, from)}${rows.join("\n")}\n${page.slice(page.indexOf("\n\n", from) + 1)}`;
}
