/*
 * Fields of SCCP messages: one that is laid out is used by the code, or a comment at it says why it is not (`// not read: ...`,
 * `// not set: ...`); for a message that no code knows the comment above it does (`Not read: ...`, `Not sent: ...`).
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
const FUNCTION = /^(?:export )?function (\w+)/;
/** Words by which a reason only puts off what is to be done. */
const POSTPONED = /\b(?:so far|yet)\b/;
const postponed = "'so far' and 'yet' are no reasons: use it, or say what it is not for";
/** Options of a layout, which look like fields. */
const OPTIONS = ["minimum", "needs", "size"];

/** A field of a message's layouts. */
export interface FieldUse {
	/** The table it stands in and the line of its message. */
	readonly file: string;
	readonly line: number;
	readonly message: string;
	readonly field: string;
	/** Code reads or sets it. */
	readonly used: boolean;
	/** A comment at it, or above its message, says why nothing does. */
	readonly excused: boolean;
	/** What it says, '' for none. */
	readonly reason: string;
}

/** A function, a method or what lies beside them; `calls` are the functions of the same file that it names. */
interface Part {
	readonly text: string;
	readonly calls: readonly Part[];
}

interface MessageUse {
	readonly message: string;
	readonly file: string;
	readonly line: number;
	/** A comment above it says why no code knows it. */
	readonly excused: boolean;
	readonly reason: string;
	readonly known: boolean;
	readonly fields: readonly FieldUse[];
}

/** Complaints about fields and messages that nothing uses and nothing excuses. */
export function checkFields(project: Project): Complaint[] {
	return messageUses(project).flatMap(({ message, file, line, excused, reason, known, fields }) => {
		if (excused) return POSTPONED.test(reason) ? [{ file, line, text: `${message}: ${postponed}` }] : [];
		if (!known) {
			const text = `nothing uses ${message}: say above it why ("Not read: ..."), or take it away`;
			return [{ file, line, text }];
		}
		return fields.flatMap(complaint);
	});
}

/** Every field of the tables, once for each message that has it. */
export function fieldUses(project: Project): FieldUse[] {
	return messageUses(project).flatMap(({ fields }) => fields);
}

function complaint({ file, line, message, field, used, excused, reason }: FieldUse): Complaint[] {
	if (!used && !excused)
		return [{ file, line, text: `${message} ${field}: use it, or say at it why not ("// not read: ...")` }];
	if (excused && POSTPONED.test(reason)) return [{ file, line, text: `${message} ${field}: ${postponed}` }];
	if (used && excused)
		return [{ file, line, text: `${message} ${field} is used, though its comment says that it is not` }];
	return [];
}

function messageUses(project: Project): MessageUse[] {
	const parts = project.matching(CODE).flatMap((file) => partsOf(project.read(file)));
	return project.matching(TABLES).flatMap((file) => usesOf(project.read(file), parts, file));
}

function partsOf(code: string): Part[] {
	const parts = code
		.replace(IMPORT, "")
		.split(BEGINNING)
		.map((text) => ({ text, name: FUNCTION.exec(text)?.[1], calls: [] as Part[] }));
	for (const part of parts)
		for (const other of parts)
			if (other !== part && other.name !== undefined && mentions(part.text, other.name)) part.calls.push(other);
	return parts;
}

/** Parts that know a message: those that name it, and the functions beside them that they hand it to. */
function usersOf(message: string, parts: readonly Part[]): Set<Part> {
	const users = new Set(parts.filter(({ text }) => mentions(text, message)));
	for (const user of users) for (const called of user.calls) users.add(called);
	return users;
}

function usesOf(table: string, parts: readonly Part[], file: string): MessageUse[] {
	const shared = [...table.matchAll(SHARED)].map(([text, name]) => ({ name: name as string, text }));
	return [...table.matchAll(MESSAGE)].map(([, comment = "", message = "", body = ""]) => {
		const line = table.slice(0, table.indexOf(`export const ${message} `)).split("\n").length;
		const excusedWhole = /Not (?:read|sent)\b/.test(comment);
		const users = excusedWhole ? [] : [...usersOf(message, parts)];
		const whole = [body, ...shared.filter(({ name }) => mentions(body, name)).map(({ text }) => text)].join("\n");
		const excuses = new Map<string, string>();
		for (const [, field = "", rest = ""] of whole.matchAll(FIELD)) {
			const reason = /^\s*\/\/ not (?:read|set): (\w.*)/.exec(rest)?.[1] ?? "";
			if (!OPTIONS.includes(field)) excuses.set(field, excuses.get(field) || reason);
		}
		const fields = [...excuses].map(([field, reason]) => {
			const used = users.some(({ text }) => new RegExp(`\\.${field}\\b`).test(text));
			return { file, line, message, field, used, excused: excusedWhole || reason !== "", reason };
		});
		return { message, file, line, excused: excusedWhole, reason: comment, known: users.length > 0, fields };
	});
}

function mentions(text: string, name: string): boolean {
	return new RegExp(`\\b${name}\\b`).test(text);
}
