/*
 * Words that do not belong into the project: paths of somebody's machine, addresses that packages were downloaded from, work left
 * for later.
 */
import type { Complaint, Project } from "./project.js";

interface Word {
	readonly pattern: RegExp;
	readonly why: string;
	/** Files that it is looked for in. */
	readonly files: RegExp;
}

/** Put together so that this file does not complain of itself. */
const SLASH = "/";
const PATHS = ["work", "home", "root", "tmp", "Users"].join("|");

const WORDS: readonly Word[] = [
	{
		pattern: new RegExp(`(?<![\\w.$}\\-/*])${SLASH}(?:${PATHS})${SLASH}[\\w.]`),
		why: "is a path of one machine; use a path from the project's root or the system's temporary folder",
		files: /./,
	},
	{ pattern: /"resolved":\s*"[a-z+]+:/, why: "is a download address", files: /(^|\/)package-lock\.json$/ },
	{
		pattern: /\b(?:registry|npm|artifactory|nexus)[\w-]*(?:\.[\w-]+)+\.(?:org|com|net|io|dev|local|internal)\b/,
		why: "is the name of a download host",
		files: /(^|\/)(package-lock\.json|package\.json|\.npmrc|.*\.(ts|mjs|js|c|h|sh|md|json))$|^\.ci\//,
	},
	{
		pattern: new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`),
		why: "is work left for later; do it or open an issue",
		files: /\.(ts|mjs|js|c|h|sh)$/,
	},
];

/** Files that are not text of the project. */
const BINARY = /\.(png|jpe?g|gif|ico|wav|pcap|pcapng|cap|woff2?|fnt|bin)$/;

/** Complaints about words in all files but those matching `except`. */
export function checkWords(project: Project, except: RegExp): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of project.files) {
		if (BINARY.test(file) || except.test(file)) continue;
		const words = WORDS.filter((word) => word.files.test(file));
		const lines = project.read(file).split("\n");
		for (let i = 0; i < lines.length; i++) {
			for (const word of words) {
				const found = word.pattern.exec(lines[i] as string)?.[0];
				if (found !== undefined) complaints.push({ file, line: i + 1, text: `"${found}" ${word.why}` });
			}
		}
	}
	return complaints;
}
