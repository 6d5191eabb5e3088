/*
 * The project as the checks see it: its files, as git knows them or, in a copy without git, as they lie on disk; and what a
 * check has to complain of.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

export interface Complaint {
	/** Path from the project's root, with slashes. */
	readonly file: string;
	/** First line is 1; 0 when the whole file is meant. */
	readonly line: number;
	readonly text: string;
}

const OUTSIDE = new Set([".git", "build", "node_modules"]);

export class Project {
	readonly root: string;
	readonly files: readonly string[];

	constructor(root: string) {
		this.root = root;
		this.files = listFiles(root);
	}

	has(file: string): boolean {
		return existsSync(join(this.root, file));
	}

	/** Text of a file; throws when it cannot be read. */
	read(file: string): string {
		return readFileSync(join(this.root, file), "utf8");
	}

	/** Files whose path matches, in order. */
	matching(pattern: RegExp): string[] {
		return this.files.filter((file) => pattern.test(file));
	}
}

function listFiles(root: string): string[] {
	return (existsSync(join(root, ".git")) ? filesOfGit(root) : filesOnDisk(root, "")).sort();
}

/** Files that git tracks or would add, without those deleted on disk. */
function filesOfGit(root: string): string[] {
	const listing = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 64 * 1024 * 1024,
	});
	return [...new Set(listing.split("\0"))].filter((file) => file !== "" && existsSync(join(root, file)));
}

function filesOnDisk(root: string, folder: string): string[] {
	const files: string[] = [];
	for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			if (!OUTSIDE.has(path)) files.push(...filesOnDisk(root, path));
		} else {
			files.push(path.split(sep).join("/"));
		}
	}
	return files;
}

/** A complaint as one line: `file:line: text`. */
export function format(complaint: Complaint): string {
	const place = complaint.line > 0 ? `${complaint.file}:${complaint.line}` : complaint.file;
	return `${place}: ${complaint.text}`;
}
