/*
 * Reads TypeScript as far as the checks need it: tokens with their lines and nesting, the modules that a file names, and the
 * variables it keeps at module level. TypeScript 7 has no JavaScript API, and a lexer of compiled JavaScript would miss imports of
 * types, which count for directions all the same.
 */

export interface Token {
	/** A string's value, an identifier or punctuator as it stands; regular expressions and templates are "" (their nested code is not). */
	readonly text: string;
	readonly kind: "word" | "string" | "punctuator" | "template" | "regexp" | "number";
	readonly line: number;
	/** How many brackets of any kind are open around it. */
	readonly depth: number;
}

export interface Import {
	readonly specifier: string;
	readonly line: number;
}

const WORD = /[\p{ID_Start}$_#\p{ID_Continue}\u200c\u200d]+/uy;
const NUMBER = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)n?/y;
const SPACE = /[\s\ufeff]+/uy;
/** Words after which a slash begins a regular expression. */
const BEFORE_EXPRESSION = new Set(
	"await case delete do else extends in instanceof new of return throw typeof void yield".split(" "),
);

/** Splits TypeScript into tokens, comments left out. Code that no compiler would take gives some tokens, never an error. */
export function tokenize(source: string): Token[] {
	const tokens: Token[] = [];
	/** Open brackets; "`" stands for a template whose `${` is open. */
	const open: string[] = [];
	let line = 1;
	let at = 0;

	const push = (kind: Token["kind"], text: string, length: number): void => {
		tokens.push({ kind, text, line, depth: open.length });
		advance(length);
	};
	const advance = (length: number): void => {
		for (const end = at + length; at < end; at++) if (source[at] === "\n") line++;
	};
	const match = (pattern: RegExp): string => {
		pattern.lastIndex = at;
		return pattern.exec(source)?.[0] ?? "";
	};
	/** Length of the template's text from `from` up to and including its end or the next `${`. */
	const templateLength = (from: number): number => {
		let end = from;
		while (end < source.length && source[end] !== "`" && !source.startsWith("${", end)) {
			end += source[end] === "\\" ? 2 : 1;
		}
		return end - at + (source[end] === "`" ? 1 : 2);
	};
	const template = (from: number): void => {
		const length = templateLength(from);
		const nested = source.startsWith("${", at + length - 2) && source[at + length - 1] !== "`";
		push("template", "", length);
		if (nested) open.push("`");
	};

	while (at < source.length) {
		const c = source[at] as string;
		const space = match(SPACE);
		if (space !== "") {
			advance(space.length);
		} else if (source.startsWith("//", at) || (at === 0 && source.startsWith("#!"))) {
			const end = source.indexOf("\n", at);
			advance((end < 0 ? source.length : end) - at);
		} else if (source.startsWith("/*", at)) {
			const end = source.indexOf("*/", at + 2);
			advance((end < 0 ? source.length : end + 2) - at);
		} else if (c === '"' || c === "'") {
			let end = at + 1;
			while (end < source.length && source[end] !== c && source[end] !== "\n") end += source[end] === "\\" ? 2 : 1;
			push("string", source.slice(at + 1, end), end + 1 - at);
		} else if (c === "`") {
			template(at + 1);
		} else if (c === "/" && slashBeginsExpression(tokens.at(-1))) {
			push("regexp", "", regexpLength(source, at));
		} else if (/[\d]/.test(c) || (c === "." && /\d/.test(source[at + 1] ?? ""))) {
			push("number", "", Math.max(1, match(NUMBER).length));
		} else if (c === "}" && open.at(-1) === "`") {
			open.pop();
			template(at + 1);
		} else if ("([{".includes(c)) {
			push("punctuator", c, 1);
			open.push(c);
		} else if (")]}".includes(c)) {
			open.pop();
			push("punctuator", c, 1);
		} else {
			const word = match(WORD);
			if (word !== "") push("word", word, word.length);
			else push("punctuator", c, 1);
		}
	}
	return tokens;
}

function slashBeginsExpression(previous: Token | undefined): boolean {
	if (previous === undefined) return true;
	if (previous.kind === "word") return BEFORE_EXPRESSION.has(previous.text);
	if (previous.kind === "punctuator") return previous.text !== ")" && previous.text !== "]";
	return false;
}

function regexpLength(source: string, at: number): number {
	let end = at + 1;
	let inClass = false;
	while (end < source.length && source[end] !== "\n" && (inClass || source[end] !== "/")) {
		if (source[end] === "[") inClass = true;
		else if (source[end] === "]") inClass = false;
		end += source[end] === "\\" ? 2 : 1;
	}
	return end + 1 - at;
}

/** Every module a file names: imports and re-exports, of values and of types, and import(...) wherever it stands. */
export function importsOf(source: string): Import[] {
	const tokens = tokenize(source);
	const imports: Import[] = [];
	const add = (token: Token | undefined): void => {
		if (token?.kind === "string") imports.push({ specifier: token.text, line: token.line });
	};

	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		if (token.kind !== "word" || tokens[i - 1]?.text === ".") continue;
		if (token.text === "import") {
			const next = tokens[i + 1];
			if (next?.text === "(") add(tokens[i + 2]);
			else if (next?.kind === "string") add(next);
			else if (next?.text !== "." && next?.text !== ":" && token.depth === 0) add(afterFrom(tokens, i + 1));
		} else if (token.text === "export" && token.depth === 0) {
			const type = tokens[i + 1]?.text === "type" ? 2 : 1;
			if (tokens[i + type]?.text === "{" || tokens[i + type]?.text === "*") add(afterFrom(tokens, i + type));
		}
	}
	return imports;
}

/** The string after the next `from` of the same clause, or after `require(`; undefined when the clause ends before. */
function afterFrom(tokens: readonly Token[], start: number): Token | undefined {
	for (let i = start; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		if (token.kind === "word" && token.text === "from" && tokens[i + 1]?.kind === "string") return tokens[i + 1];
		if (token.kind === "word" && token.text === "require" && token.depth === 0) return tokens[i + 2];
		const ends = token.depth === 0 && (token.text === ";" || token.text === "import" || token.text === "export");
		if (ends && token.kind !== "string") return undefined;
		if (token.text === "}" && token.depth === 0 && tokens[i + 1]?.text !== "from") return undefined;
	}
	return undefined;
}

/** Lines of `let` and `var` at module level: state that keeps a module out of flash. */
export function moduleVariables(source: string): { readonly name: string; readonly line: number }[] {
	const tokens = tokenize(source);
	const found: { name: string; line: number }[] = [];
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		const declares = token.kind === "word" && (token.text === "let" || token.text === "var") && token.depth === 0;
		if (!declares || tokens[i - 1]?.text === ".") continue;
		const next = tokens[i + 1];
		if (next?.kind === "word" || next?.text === "{" || next?.text === "[") {
			found.push({ name: next.kind === "word" ? next.text : "(pattern)", line: token.line });
		}
	}
	return found;
}

/** Objects that can change whatever freezes them: their contents are no properties. */
const UNFREEZABLE = new Set(
	(
		"ArrayBuffer SharedArrayBuffer DataView Map Set WeakMap WeakSet Date Int8Array Uint8Array Uint8ClampedArray " +
		"Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array"
	).split(" "),
);

/**
 * Objects of a module that change without being variables: buffers, maps and the like made when the module loads, and static
 * members of classes that are not `readonly`.
 */
export function moduleMutables(source: string): { readonly name: string; readonly line: number }[] {
	const tokens = tokenize(source);
	const found: { name: string; line: number }[] = [];
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		const next = tokens[i + 1];
		if (token.text === "{" && token.kind === "punctuator" && beginsFunction(tokens, i)) {
			i = closing(tokens, i);
		} else if (token.kind === "word" && token.text === "class" && (next?.kind === "word" || next?.text === "{")) {
			i = classMutables(tokens, i, found);
		} else if (token.kind === "word" && token.text === "new" && next !== undefined && UNFREEZABLE.has(next.text)) {
			found.push({ name: `new ${next.text}`, line: token.line });
		}
	}
	return found;
}

/** Adds the changing static members of the class whose word is at `at`; returns where its body closes. */
function classMutables(tokens: readonly Token[], at: number, found: { name: string; line: number }[]): number {
	const depth = (tokens[at] as Token).depth;
	const start = tokens.findIndex((token, i) => i > at && token.text === "{" && token.depth === depth);
	if (start < 0) return at;
	const end = closing(tokens, start);
	for (let i = start + 1; i < end; i++) {
		const token = tokens[i] as Token;
		const name = tokens[i + 1] as Token;
		if (token.text !== "static" || token.kind !== "word" || token.depth !== depth + 1) continue;
		if (isField(tokens, i + 2)) {
			found.push({ name: `static ${name.text}`, line: token.line });
		} else if (name.text === "readonly") {
			const value = tokens.slice(i, fieldEnd(tokens, i, end));
			const made = value.findIndex((word, j) => word.text === "new" && UNFREEZABLE.has(value[j + 1]?.text ?? ""));
			if (made >= 0) found.push({ name: `new ${value[made + 1]?.text}`, line: token.line });
		}
	}
	return end;
}

function fieldEnd(tokens: readonly Token[], at: number, limit: number): number {
	const depth = (tokens[at] as Token).depth;
	for (let i = at; i < limit; i++) {
		const token = tokens[i] as Token;
		if (token.text === ";" && token.depth === depth) return i;
	}
	return limit;
}

/** Index of the bracket that closes the one at `at`, or of the last token. */
export function closing(tokens: readonly Token[], at: number): number {
	const depth = (tokens[at] as Token).depth;
	for (let i = at + 1; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		if (token.depth === depth && token.kind === "punctuator" && token.text === "}") return i;
	}
	return tokens.length - 1;
}

/** Whether the brace at `at` opens the body of a function: before it stands `)`, perhaps with a result's type, or `=>`. */
function beginsFunction(tokens: readonly Token[], at: number): boolean {
	const depth = (tokens[at] as Token).depth;
	for (let i = at - 1; i >= 0; i--) {
		const token = tokens[i] as Token;
		if (token.depth < depth) return false;
		if (token.depth > depth || token.kind === "string") continue;
		if (token.text === ")") return true;
		if (token.text === ">" && tokens[i - 1]?.text === "=") return true;
		if (token.text === "}") {
			// The type of a result may be an object's; anything else that ends here is a statement of its own.
			i = opening(tokens, i);
			if (![":", "|", "&"].includes(tokens[i - 1]?.text ?? "")) return false;
		} else if ("{;,=".includes(token.text) || token.text === "class") {
			return false;
		}
	}
	return false;
}

function opening(tokens: readonly Token[], at: number): number {
	const depth = (tokens[at] as Token).depth;
	for (let i = at - 1; i >= 0; i--) {
		const token = tokens[i] as Token;
		if (token.depth === depth && token.text === "{") return i;
	}
	return 0;
}

/** Whether what follows a member's name makes it a field: its type, its value, or its end. */
export function isField(tokens: readonly Token[], at: number): boolean {
	return [":", "=", ";", "?", "!"].includes(tokens[at]?.text ?? "");
}
