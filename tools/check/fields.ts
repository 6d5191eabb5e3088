/*
 * Fields of SCCP messages: one that is laid out is used by the code, or a comment at it says why it is not (`// not read: ...`,
 * `// not set: ...`); for a message that no code knows the comment above it does (`Not read yet: ...`, `Not sent yet: ...`).
 */
import type { Complaint, Project } from "./project.js";

const TABLES = /^modules\/sccp\/messages-\w+\.ts$/;
const CODE = /^modules\/(?!sccp\/messages).*\.ts$/;
const SHARED = /const (\w+) = Object\.freeze\(\{(.*?)\n?\}\);/gs;
const MESSAGE = /(\/\*\*(?:(?!\*\/).)*\*\/\n)?export const (\w+) = message\((.*?)\n?\);\n/gs;
const FIELD = /(?<!\/\/ not )\b(\w+): (?:\d+|absent)\b(?=,?([^\n]*))/g;
/** Where a function, a method or what lies beside them begins. */
const BEGINNING =
	/^(?=(?:export )?(?:function|class|const|interface) |\t(?:(?:private|static|get|set) )*#?\w+\(.*\{$)/m;
const IMPORT = /^import [^;]*;\n/gm;
/** Options of a layout, which look like fields. */
const OPTIONS = ["minimum", "needs", "size"];

/** Complaints about fields and messages that nothing uses and nothing excuses. */
export function checkFields(project: Project): Complaint[] {
	const parts = project.matching(CODE).flatMap((file) => project.read(file).replace(IMPORT, "").split(BEGINNING));
	return project.matching(TABLES).flatMap((file) => fieldsOf(project.read(file), parts, file));
}

function fieldsOf(table: string, parts: readonly string[], file: string): Complaint[] {
	const complaints: Complaint[] = [];
	const shared = [...table.matchAll(SHARED)].map(([text, name]) => ({ name: name as string, text }));
	for (const [, comment = "", message = "", body = ""] of table.matchAll(MESSAGE)) {
		if (/Not (?:read|sent)\b/.test(comment)) continue;
		const line = table.slice(0, table.indexOf(`export const ${message} `)).split("\n").length;
		const complain = (text: string): number => complaints.push({ file, line, text });
		const users = parts.filter((part) => mentions(part, message));
		if (users.length === 0) {
			complain(`nothing uses ${message}: say above it what it is for ("Not read yet: ..."), or take it away`);
			continue;
		}
		const whole = [body, ...shared.filter(({ name }) => mentions(body, name)).map(({ text }) => text)].join("\n");
		const fields = new Map<string, boolean>();
		for (const [, field = "", rest = ""] of whole.matchAll(FIELD)) {
			if (!OPTIONS.includes(field))
				fields.set(field, fields.get(field) === true || /^\s*\/\/ not (?:read|set): \w/.test(rest));
		}
		for (const [field, excused] of fields) {
			const used = users.some((part) => new RegExp(`\\.${field}\\b`).test(part));
			if (!used && !excused) complain(`${message} ${field}: use it, or say at it why not ("// not read: ...")`);
			if (used && excused) complain(`${message} ${field} is used, though its comment says that it is not`);
		}
	}
	return complaints;
}

function mentions(text: string, name: string): boolean {
	return new RegExp(`\\b${name}\\b`).test(text);
}
