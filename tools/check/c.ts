/*
 * Reads C as far as the checks need it: what a file includes and under which condition, and where it calls a function by name.
 */

export interface Include {
	readonly name: string;
	/** Whether it stands in `<>`: the folder of the file itself is not looked into. */
	readonly angled: boolean;
	/** Whether a `#if` decides about it, other than the one that guards the whole header. */
	readonly conditional: boolean;
	readonly line: number;
}

export interface Place {
	readonly name: string;
	readonly line: number;
}

export interface Source {
	readonly includes: readonly Include[];
	/** Names before a parenthesis, be it of a call or of a definition. */
	readonly calls: readonly Place[];
	/** Names that the file defines or declares as functions or macros itself. */
	readonly own: ReadonlySet<string>;
	/** Lines that ask `__has_include`. */
	readonly asks: readonly Place[];
}

/** The text without comments and with empty strings, but for those of `#include`; lines stay where they are. */
function bare(text: string): string {
	return text.replace(
		/(?<![^\n])[ \t]*#[ \t]*include[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g,
		(found) => {
			if (/^[ \t]*#/.test(found)) return found.replace(/\/[/*].*/, "");
			return found.startsWith("/") ? found.replace(/[^\n]/g, " ") : '""';
		},
	);
}

/** Words before a parenthesis that call nothing. */
const KEYWORDS = new Set(
	"if while for switch return sizeof defined do else case _Alignas _Alignof _Static_assert".split(" "),
);

/** Reads a C source or header. Code that no compiler would take gives something, never an error. */
export function readC(text: string): Source {
	const includes: Include[] = [];
	const calls: Place[] = [];
	const asks: Place[] = [];
	const own = new Set<string>();
	const lines = bare(text).split("\n");
	const guard = guardOf(lines);
	/** Lines of the `#if` that are open. */
	const open: number[] = [];

	for (const [i, content] of lines.entries()) {
		const directive = /^\s*#\s*(\w+)\s*(.*)$/.exec(content);
		const word = directive?.[1] ?? "";
		const rest = directive?.[2] ?? "";
		if (/\b__has_include(_next)?\b/.test(content)) {
			asks.push({
				name: /__has_include\w*\s*\(\s*["<]?([^">)]*)/.exec(text.split("\n")[i] ?? "")?.[1] ?? "",
				line: i + 1,
			});
		}
		if (/^if/.test(word)) open.push(i);
		else if (word === "endif") open.pop();
		else if (word === "include") {
			const found = /^(?:"([^"]*)"|<([^>]*)>)/.exec(rest);
			const name = found?.[1] ?? found?.[2];
			const conditional = open.some((line) => line !== guard);
			if (name !== undefined) includes.push({ name, angled: found?.[2] !== undefined, conditional, line: i + 1 });
			continue;
		} else if (word === "define") {
			own.add(/^\w+/.exec(rest)?.[0] ?? "");
		}
		for (const found of content.matchAll(/(?<![\w.]|->)([A-Za-z_]\w*)\s*\(/g)) {
			const name = found[1] as string;
			if (KEYWORDS.has(name)) continue;
			// A type before the name at the start of a line: a definition or declaration.
			if (/^(?:[A-Za-z_]\w*[\s*]+)+$/.test(content.slice(0, found.index)) && !/^\s/.test(content)) own.add(name);
			else calls.push({ name, line: i + 1 });
		}
	}
	return { includes, calls, own, asks };
}

/** Index of the line of a header's include guard, -1 when it has none. */
function guardOf(lines: readonly string[]): number {
	const first = lines.findIndex((line) => line.trim() !== "");
	const name = /^\s*#\s*ifndef\s+(\w+)\s*$/.exec(lines[first] ?? "")?.[1];
	return name !== undefined && new RegExp(`^\\s*#\\s*define\\s+${name}\\s*$`).test(lines[first + 1] ?? "") ? first : -1;
}
