import { assert } from "chai";
import { importsOf, moduleMutables, moduleVariables, tokenize } from "../../../tools/check/scan.js";

function specifiers(source: string): string[] {
	return importsOf(source).map(({ specifier, line }) => `${line} ${specifier}`);
}

describe("check: reading TypeScript", () => {
	it("finds imports of values, types, side effects and namespaces", () => {
		const source = [
			'import a from "one";',
			"import type { B } from 'two';",
			'import "three";',
			"import {",
			"	type C,",
			"	D,",
			'} from "four"',
			'import * as e from "five"; import f, { g } from "six";',
			'import type H = require("seven");',
			'import { from } from "eight";',
		].join("\n");
		assert.deepEqual(specifiers(source), [
			"1 one",
			"2 two",
			"3 three",
			"7 four",
			"8 five",
			"8 six",
			"9 seven",
			"10 eight",
		]);
	});

	it("finds re-exports and imports inside code and types", () => {
		const source = [
			'export * from "one";',
			'export type { A } from "two";',
			"export { b };",
			'export const c = "from";',
			'type D = import("three").D;',
			'async function e() { await import("four"); }',
			'export * as f from "five";',
		].join("\n");
		assert.deepEqual(specifiers(source), ["1 one", "2 two", "5 three", "6 four", "7 five"]);
	});

	it("is not deceived by comments, strings, templates and regular expressions", () => {
		const source = [
			'// import a from "comment";',
			'/* import b from "comment";',
			"*/",
			"const text = 'import c from \"string\"';",
			'const template = `import d from "template" ${ `${text}` + \'}\' } import e from "template"`;',
			'const pattern = /import f from "regexp"[/\'`]/g;',
			"const half = 4 / 2; const quarter = half / 2;",
			'import.meta.resolve("meta"); object.import("method");',
			'import g from "real";',
		].join("\n");
		assert.deepEqual(specifiers(source), ["9 real"]);
	});

	it("tells variables of the module from those inside it", () => {
		const source = [
			"const a = 1;",
			"let b = 2;",
			"export let c: number;",
			"var { d } = { d: 1 };",
			"for (let i = 0; i < 2; i++) {",
			"	let inside = i;",
			"}",
			"function f() { var g; let h; return [g, h]; }",
			"const text = `${(() => { let j = 1; return j; })()}`;",
			"class K { #let = 1; get() { return this.let; } }",
			"function after() {} let last = 1;",
		].join("\n");
		assert.deepEqual(
			moduleVariables(source).map(({ name, line }) => `${line} ${name}`),
			["2 b", "3 c", "4 (pattern)", "11 last"],
		);
	});

	it("finds objects of the module that no freezing keeps from changing", () => {
		const source = [
			"const bytes = new Uint8Array(4);",
			"export const table = Object.freeze([1, new Map()]);",
			"export class Pool {",
			"	static count = 0;",
			"	static readonly size = 4;",
			"	static #last: number;",
			"	static make(n: number): Pool { return new Pool(new Uint8Array(n)); }",
			"	readonly #bytes = new Uint8Array(8);",
			"	static readonly shared: DataView = new DataView(x);",
			"	get view(): DataView { return new DataView(this.#bytes.buffer); }",
			"}",
			"export function f(): { a: Set<number> } { return { a: new Set() }; }",
			"const arrow = (): Uint8Array => { return new Uint8Array(1); };",
			"const last = new Float64Array(1);",
		].join("\n");
		assert.deepEqual(
			moduleMutables(source).map(({ name, line }) => `${line} ${name}`),
			["1 new Uint8Array", "2 new Map", "4 static count", "6 static #last", "9 new DataView", "14 new Float64Array"],
		);
	});

	it("keeps lines and nesting right, whatever it reads", () => {
		const tokens = tokenize('a\n{ "b\\\n" }\n`\n${ c }\n`\nd');
		assert.deepEqual(
			tokens.filter(({ kind }) => kind === "word").map(({ text, line, depth }) => [text, line, depth]),
			[
				["a", 1, 0],
				["c", 5, 1],
				["d", 7, 0],
			],
		);
		for (const broken of ['"', "`", "`${", "/*", "/a", "}", ")))", "'\\", "\u0000", "0x"]) tokenize(broken);
	});
});
