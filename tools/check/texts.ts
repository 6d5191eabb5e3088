/*
 * Texts that a user sees and that are no word of base/words: they would be English in every language. In the rooms that make what is
 * shown, each text that looks written is one; in those that say how things stand, what is handed on to be shown.
 */
import type { Complaint, Project } from "./project.js";

/** Rooms whose texts are shown, but for the dictionary's English phrases and the records in storage. */
const SHOWN = /^modules\/(ui|settings)\/(?!dictionary\.ts$|store\.ts$)[^/]+\.ts$/;
/** Rooms that hand on what is shown, and by which calls and fields. */
const HANDED = /^modules\/(app|network|phone|station)\/[^/]+\.ts$|^hal\/esp32s3\/(wifi|uplink)\.ts$/;
const HANDS_ON =
	/\b(?:notice|retry|fail|lost|say|failed|lines\.push|setPrompt|openOverlay|setOverlayLine)\(|\b(?:title|text)\s*=\s/;
const ENTERS = /\bthis\.enter\(/;

/** What is the same in all languages: names of protocols and products, and units. */
const NAMES = /\b(?:DHCP|DNS|Ethernet|Linnet|MAC|MOS LQK|SCCP|TFTP|Wi-Fi|ms)\b/g;
const IGNORED = /^\s*(?:import\b|export \{|\} from\b|case\b)|\blog\(|\bthrow\b/;
const LITERAL = /"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
/** A capital before small letters, or two words. */
const WRITTEN = /\b[A-Z][a-z]+|[A-Za-z]{2,} [A-Za-z]{2,}/;

/** A file without its comments, line by line. */
function linesOf(source: string): string[] {
	return source
		.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
		.replace(/(?<!["'`:\\])\/\/.*$/gm, "")
		.split("\n");
}

/** Texts of a line, without what templates put into them. */
function textsOf(line: string): string[] {
	return [...line.matchAll(LITERAL)].map(
		([, plain, template]) => plain ?? (template as string).replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, " "),
	);
}

/** Complaints about texts outside of the table of words. */
export function checkTexts(project: Project): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of project.files) {
		const shown = SHOWN.test(file);
		if (!shown && !HANDED.test(file)) continue;
		linesOf(project.read(file)).forEach((line, index) => {
			if (IGNORED.test(line)) return;
			if (!shown && !HANDS_ON.test(line) && !ENTERS.test(line)) return;
			for (const text of textsOf(line)) {
				const rest = text.replace(/\\(?:x..|u....|.)/g, " ").replace(NAMES, "");
				if (!WRITTEN.test(rest)) continue;
				complaints.push({ file, line: index + 1, text: `"${text.trim()}" is shown, and no word of base/words` });
			}
		});
	}
	return complaints;
}
