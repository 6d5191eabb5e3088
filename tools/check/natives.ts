/*
 * What the SDK's compiler wants of the device's modules beyond the language. A function becomes one of C only where its body is the call of
 * `native` alone, with the function's own parameters in their order; where it is more, the compiler warns, and each call makes a function
 * object. A constructor becomes one of C where it calls super() besides, in a class without fields, which nobody would set. And a field
 * named async is taken for the beginning of a method: such a module does not compile.
 */
import type { Complaint, Project } from "./project.js";
import { closing, isField, type Token, tokenize } from "./scan.js";

interface Body {
	/** Indices of its braces, and of the brace that opens a function's parameters. */
	readonly begin: number;
	readonly end: number;
}

function bodiesOfClasses(tokens: readonly Token[]): Body[] {
	const bodies: Body[] = [];
	for (let at = 0; at < tokens.length; at++) {
		const { depth, kind, text } = tokens[at] as Token;
		if (kind !== "word" || text !== "class" || tokens[at - 1]?.text === ".") continue;
		const begin = tokens.findIndex((token, i) => i > at && token.text === "{" && token.depth === depth);
		if (begin >= 0) bodies.push({ begin, end: closing(tokens, begin) });
	}
	return bodies;
}

/** Names of the fields of a class with their tokens. */
function fieldsOf(tokens: readonly Token[], { begin, end }: Body): Token[] {
	const inside = (tokens[begin] as Token).depth + 1;
	const fields: Token[] = [];
	let begins = true;
	for (let i = begin + 1; i < end; i++) {
		const token = tokens[i] as Token;
		if (token.depth !== inside) continue;
		if (begins && token.kind === "word" && isField(tokens, i + 1)) fields.push(token);
		// a member begins behind the end of another, or behind words such as 'private'
		begins = token.text === ";" || token.text === "}" || (begins && token.kind === "word");
	}
	return fields;
}

/** Texts between a bracket and the one that closes it, split at its commas. */
function parts(tokens: readonly Token[], open: number, close: number): Token[][] {
	const inside = (tokens[open] as Token).depth + 1;
	const split: Token[][] = [[]];
	for (let i = open + 1; i < close; i++) {
		const token = tokens[i] as Token;
		if (token.text === "," && token.depth === inside) split.push([]);
		else split.at(-1)?.push(token);
	}
	return split.filter((part) => part.length > 0);
}

/** A parameter's name, with the dots of a rest. */
function nameOf(parameter: readonly Token[]): string {
	const name = parameter.findIndex(({ kind }) => kind === "word");
	return parameter
		.slice(0, name + 1)
		.map(({ text }) => text)
		.join(" ");
}

function hasDefault(parameter: readonly Token[]): boolean {
	return parameter.some(({ text }, i) => text === "=" && parameter[i + 1]?.text !== ">");
}

function last(tokens: readonly Token[], before: number, text: string, depth: number): number {
	for (let i = before - 1; i >= 0; i--) {
		const token = tokens[i] as Token;
		if (token.depth < depth) return -1;
		if (token.text === text && token.depth === depth && token.kind === "punctuator") return i;
	}
	return -1;
}

/** Why the call of `native` at a place does not make its function one of C; '' where it does. */
function fault(tokens: readonly Token[], at: number, classes: readonly Body[]): string {
	const { depth } = tokens[at] as Token;
	const texts = (from: number, count: number): string => {
		return tokens
			.slice(from, from + count)
			.map(({ text }) => text)
			.join(" ");
	};
	if (texts(at + 3, 4) !== ") . call (") return 'is not called as native("...").call(this, ...)';
	const open = at + 6;
	const close = tokens.findIndex((token, i) => i > open && token.text === ")" && token.depth === depth);
	let start = tokens[at - 1]?.text === "return" ? at - 1 : at;
	const derived = texts(start - 4, 4) === "super ( ) ;";
	if (derived) start -= 4;
	const behind = tokens[close + 1]?.text === ";" ? close + 2 : close + 1;
	if (tokens[start - 1]?.text !== "{" || tokens[behind]?.text !== "}") return "is not all that its function does";
	const parametersEnd = last(tokens, start - 1, ")", depth - 1);
	const parametersBegin = last(tokens, parametersEnd, "(", depth - 1);
	if (parametersBegin < 0) return "is not all that its function does";
	const parameters = parts(tokens, parametersBegin, parametersEnd)
		.filter(([name]) => name?.text !== "this")
		.map((part) => (hasDefault(part) ? "a default" : nameOf(part)));
	const expected = ["this", ...parameters].join(", ");
	const given = parts(tokens, open, close)
		.map((part) => part.map(({ text }) => text).join(" "))
		.join(", ");
	if (given !== expected) return `is given (${given}) where its function has (${expected})`;
	if (tokens[parametersBegin - 1]?.text !== "constructor") return "";
	if (!derived) return "has no super() before it";
	const own = classes.filter(({ begin, end }) => begin < at && at < end).at(-1);
	const [field] = own === undefined ? [] : fieldsOf(tokens, own);
	return field === undefined ? "" : `makes the constructor C's, which does not set ${field.text}`;
}

/** Complaints about modules of the device that the SDK's compiler cannot take as they are meant. */
export function checkNatives(project: Project, files: Iterable<string>): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of new Set(files)) {
		if (!file.endsWith(".ts") || file.endsWith(".d.ts") || !project.has(file)) continue;
		const tokens = tokenize(project.read(file));
		const classes = bodiesOfClasses(tokens);
		for (const body of classes) {
			for (const { line, text } of fieldsOf(tokens, body)) {
				if (text === "async")
					complaints.push({ file, line, text: "a field named async is none to the SDK's compiler: make it a getter" });
			}
		}
		tokens.forEach(({ kind, line, text }, at) => {
			if (kind !== "word" || text !== "native" || tokens[at + 1]?.text !== "(" || tokens[at + 2]?.kind !== "string")
				return;
			const why = fault(tokens, at, classes);
			if (why !== "") complaints.push({ file, line, text: `native("${tokens[at + 2]?.text}") ${why}` });
		});
	}
	return complaints;
}
