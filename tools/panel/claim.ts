/*
 * Which folder the phones of a panel keep their settings in: two panels of one tree have phones of the same names, and would write over each
 * other's. Each claims one for as long as it runs; what a panel that was killed has claimed is free again.
 */
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Panels at once of which each has a folder of its own. */
const most = 100;
const claimFile = "in-use";

export interface Claim {
	readonly folder: string;
	/** 1 for the folder that a panel alone has. */
	readonly turn: number;
	release(): void;
}

/** When a process began, by the system's clock ticks; '' for one that is not there, or where the system does not tell. */
function beginning(pid: number): string {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
		// the name, in parentheses, may be anything
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
	} catch {
		return "";
	}
}

/** Whether the process that has written a claim still runs: another one may have its number since. */
function holds(claim: string): boolean {
	const [pid = "", begun = ""] = claim.split(" ");
	return begun !== "" && beginning(Number(pid)) === begun;
}

/** Claims the first folder that is free: `folder` itself, then those named 2, 3 ... in it. Throws where nothing can be written there. */
export function claimFolder(folder: string): Claim {
	for (let turn = 1; turn <= most; turn += 1) {
		const own = turn === 1 ? folder : join(folder, `${turn}`);
		mkdirSync(own, { recursive: true });
		const file = join(own, claimFile);
		if (claimed(file)) return { folder: own, turn, release: () => rmSync(file, { force: true }) };
	}
	throw new Error(`${folder}: ${most} panels have settings there`);
}

/** Writes a claim where none holds. @returns whether it is this process's now. */
function claimed(file: string): boolean {
	const written = `${file}.${process.pid}`;
	const descriptor = openSync(written, "w");
	writeSync(descriptor, `${process.pid} ${beginning(process.pid)}`);
	closeSync(descriptor);
	try {
		for (let attempt = 0; attempt < 2; attempt += 1) {
			try {
				// a link is there with all that it says, or not at all
				linkSync(written, file);
				return true;
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
				let before: string;
				try {
					before = readFileSync(file, "latin1");
				} catch {
					continue;
				}
				if (holds(before)) return false;
				discard(file, `${written}.old`, before);
			}
		}
		return false;
	} finally {
		rmSync(written, { force: true });
	}
}

/** Takes away a claim that holds no more; one that another panel has made since stays. */
function discard(file: string, aside: string, claim: string): void {
	try {
		renameSync(file, aside);
		if (readFileSync(aside, "latin1") !== claim) linkSync(aside, file);
	} catch {
		// another panel was first
	} finally {
		rmSync(aside, { force: true });
	}
}
