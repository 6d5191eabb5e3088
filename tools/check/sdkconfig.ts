/*
 * Lines of sdkconfig against the options that ESP-IDF has, and against what becomes of them on the way: mcconfig merges our files
 * into the SDK's own, and ESP-IDF passes over what it does not know or has no use for without a word (the SDK asks it to be quiet).
 */
import type { Image } from "./image.js";
import { list, within } from "./manifest.js";
import { BREAKING, NEEDED, ON, OPTIONS, OPTIONS_OF, OTHER_CHIPS, SDK_SETS, WORKED_OUT } from "./offered/options.js";
import type { Complaint, Project } from "./project.js";

interface Line {
	readonly file: string;
	readonly line: number;
	readonly name: string;
	readonly value: string;
}

/** A value that the merged file gives; one in a comment of the SDK's gives none. */
interface Setting {
	readonly name: string;
	readonly comment: boolean;
	readonly value: string;
	/** Our line, undefined for the SDK's own. */
	readonly from: Line | undefined;
}

interface Option {
	readonly kind: "switch" | "number" | "hex" | "text";
	readonly least?: number;
	readonly most?: number;
	readonly choice?: string;
}

const words = (text = ""): string[] => text.split(/\s+/).filter(Boolean);
const options = optionsByName();
const workedOut = new Set(words(WORKED_OUT));
const otherChips = new Set(words(OTHER_CHIPS));
const on = new Set(words(ON));
const needed = new Map(
	Object.entries(NEEDED).flatMap(([terms, names]) =>
		words(names).map((name): [string, string[]] => [name, words(terms)]),
	),
);

function optionsByName(): Map<string, Option> {
	const all = new Map<string, Option>();
	for (const { choices = {}, hex = "", numbers = "", switches, texts } of Object.values(OPTIONS)) {
		for (const name of words(switches)) all.set(name, { kind: "switch" });
		for (const name of words(texts)) all.set(name, { kind: "text" });
		for (const [choice, names] of Object.entries(choices)) {
			for (const name of words(names)) all.set(name, { kind: "switch", choice });
		}
		for (const [kind, entries] of [
			["number", numbers],
			["hex", hex],
		] as const) {
			for (const entry of entries.split(",")) {
				const [name, range] = words(entry);
				const [least, most] = range?.split("..").map(Number) ?? [];
				if (name === undefined) continue;
				all.set(name, least === undefined || most === undefined ? { kind } : { kind, least, most });
			}
		}
	}
	return all;
}

/** Complaints about the sdkconfig files that the boards of these images name. */
export function checkSdkconfig(project: Project, images: readonly Image[]): Complaint[] {
	const complaints: Complaint[] = [];
	const folders = new Set<string>();
	for (const image of images) {
		for (const { file, folder, manifest, platform } of image.manifests) {
			for (const [name, value] of [manifest, platform].flatMap((part) => Object.entries(part.build ?? {}))) {
				if (!value.startsWith("./")) continue;
				const path = within(folder, value);
				if (name === "SDKCONFIGPATH") folders.add(path);
				if (!project.has(path)) {
					const line =
						project
							.read(file)
							.split("\n")
							.findIndex((text) => text.includes(`"${name}"`)) + 1;
					complaints.push({ file, line, text: `${name}: there is no ${path}` });
				}
			}
		}
	}
	for (const folder of folders) {
		const [defaults, release] = ["defaults", "defaults.release"].map((end) =>
			linesOf(project, `${folder}/sdkconfig.${end}`, complaints),
		);
		const lines = [...list(defaults), ...list(release)];
		for (const line of lines) {
			const text = wrongWith(line);
			if (text !== undefined) complaints.push({ file: line.file, line: line.line, text });
		}
		complaints.push(...lost(list(defaults)), ...lost(lines));
	}
	const unique = new Map(complaints.map((complaint) => [JSON.stringify(complaint), complaint]));
	return [...unique.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** The settings of a file; what mcconfig would not take as one is complained of. */
function linesOf(project: Project, file: string, complaints: Complaint[]): Line[] {
	if (!project.has(file)) return [];
	const lines: Line[] = [];
	for (const [i, text] of project.read(file).split(/\r?\n/).entries()) {
		const off = /^#\s*(CONFIG_\w+) is not set/.exec(text);
		const set = /^CONFIG_(\w+)=("[^"=]*"|[^\s"=]+)$/.exec(text);
		const complain = (complaint: string): number => complaints.push({ file, line: i + 1, text: complaint });
		if (off !== null) complain(`mcconfig passes over comments: write ${off[1]}=n`);
		else if (set !== null) {
			const line = { file, line: i + 1, name: set[1] as string, value: set[2] as string };
			if (lines.some(({ name }) => name === line.name)) complain(`CONFIG_${line.name} is set above as well`);
			lines.push(line);
		} else if (text !== "" && !text.startsWith("#")) {
			complain(`${JSON.stringify(text)} is no setting: mcconfig takes CONFIG_NAME=value without spaces or a second =`);
		}
	}
	return lines;
}

/** What is wrong with a line whatever else is set. */
function wrongWith({ name, value }: Line): string | undefined {
	const option = options.get(name);
	const full = `CONFIG_${name}`;
	if (Object.hasOwn(BREAKING, name) && value === "y")
		return `${full}: ESP-IDF does not compile with it: ${BREAKING[name]}`;
	if (workedOut.has(name)) return `${full} is worked out by ESP-IDF itself: this line does nothing`;
	if (otherChips.has(name)) return `${full} is not of this chip: this line does nothing`;
	if (option === undefined) {
		const near = nearest(name);
		const meant = near === undefined ? "" : `; CONFIG_${near} is`;
		return `${full} is no option of ${OPTIONS_OF} that tools/check/offered/options.ts knows: this line does nothing${meant}`;
	}
	const { kind, least, most } = option;
	if (kind === "switch") return /^[yn]$/.test(value) ? undefined : `${full} is y or n, not ${value}`;
	if (kind === "text") return value.startsWith('"') ? undefined : `${full} is a text in quotes, not ${value}`;
	if (!(kind === "hex" ? /^0x[\da-fA-F]+$/ : /^-?\d+$/).test(value)) {
		return `${full} is a ${kind === "hex" ? "number like 0x10" : "number"}, not ${value}`;
	}
	const outside = least !== undefined && most !== undefined && (Number(value) < least || Number(value) > most);
	return outside ? `${full} is from ${least} to ${most}, not ${value}` : undefined;
}

/** The option whose name shares most words with `name`, if most of them do. */
function nearest(name: string): string | undefined {
	const parts = name.split("_");
	let best: string | undefined;
	let most = parts.length / 2;
	for (const candidate of options.keys()) {
		const others = candidate.split("_");
		const score = parts.filter((part) => others.includes(part)).length - Math.abs(others.length - parts.length) / 4;
		if (score > most) {
			most = score;
			best = candidate;
		}
	}
	return best;
}

/** Complaints about lines that say one thing and do not bring it about, in a build that has these. */
function lost(lines: readonly Line[]): Complaint[] {
	const settings = merge(lines);
	const complaints: Complaint[] = [];
	for (const line of lines) {
		const { file, name, value } = line;
		const complain = (text: string): number =>
			complaints.push({ file, line: line.line, text: `CONFIG_${name}=${value} ${text}` });
		const option = options.get(name);
		if (option === undefined || last(lines, (other) => other.name === name) !== line) continue;
		const setting = last(settings, (other) => other.name === name && !other.comment);
		if (setting?.from !== line) {
			complain(
				setting === undefined
					? "does nothing: the SDK has the option in a comment, and mcconfig puts this value there"
					: "does nothing: mcconfig compares only the first character with what is there already",
			);
			continue;
		}
		const chosen = option.choice === undefined ? undefined : chosenOf(option.choice, settings);
		if (value === "y" && chosen !== undefined && chosen.name !== name) {
			complain(
				`does nothing: ${chosen.from === undefined ? "the SDK" : "a later line"} chooses CONFIG_${chosen.name} after it`,
			);
			continue;
		}
		if (value === "n") continue;
		const unmet = unmetOf(name, settings);
		if (unmet.length === 0) continue;
		const wanted = unmet.map((term) => (term.startsWith("!") ? `CONFIG_${term.slice(1)}=n` : `CONFIG_${term}=y`));
		complain(`does nothing without ${wanted.join(" and ")}`);
	}
	return complaints;
}

/**
 * What mcconfig makes of our lines: an option that the SDK's file has, be it in a comment, changes where it stands; others are
 * put at the end. It does not see a change to the first character alone of a line that it has put there.
 */
function merge(lines: readonly Line[]): Setting[] {
	const settings: Setting[] = words(SDK_SETS).map((word) => {
		const [name = "", value = ""] = word.split("=");
		return { name: name.replace("#", ""), comment: name.startsWith("#"), value, from: undefined };
	});
	for (const line of lines) {
		const at = settings.findIndex(({ name }) => name === line.name);
		const old = settings[at];
		if (old === undefined) settings.push({ name: line.name, comment: false, value: line.value, from: line });
		else if (old.value === line.value || old.from === undefined || old.value[0] !== line.value) {
			settings[at] = { ...old, value: line.value, from: line };
		}
	}
	return settings;
}

/** Which option of a choice the merged file chooses: the last. */
function chosenOf(choice: string, settings: readonly Setting[]): Setting | undefined {
	return last(
		settings,
		({ comment, name, value }) => !comment && value === "y" && options.get(name)?.choice === choice,
	);
}

function isOn(name: string, settings: readonly Setting[]): boolean {
	const choice = options.get(name)?.choice;
	const chosen = choice === undefined ? undefined : chosenOf(choice, settings);
	if (chosen !== undefined) return chosen.name === name;
	const setting = last(settings, (other) => other.name === name && !other.comment);
	if (setting !== undefined) return setting.value === "y";
	return on.has(name) && unmetOf(name, settings).length === 0;
}

/** What an option needs and does not have, down to what a line can help. */
function unmetOf(name: string, settings: readonly Setting[]): string[] {
	const terms = needed.get(name) ?? [];
	const unmet = terms.filter((term) => isOn(term.replace("!", ""), settings) === term.startsWith("!"));
	const roots = unmet.flatMap((term) => (on.has(term) ? unmetOf(term, settings) : []));
	return roots.length > 0 ? roots : unmet;
}

function last<Item>(items: readonly Item[], wanted: (item: Item) => boolean): Item | undefined {
	return items.filter(wanted).at(-1);
}
