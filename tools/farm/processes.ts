/*
 * What processes take of this computer, as Linux counts it: memory that is theirs with their share of what they have in common (Pss), and
 * time on processors.
 */
import { readFileSync } from "node:fs";

/** Clock ticks a second of /proc, which is so on every Linux. */
const ticks = 100;

/** Octets of memory of a process; undefined when it is gone. */
export function memoryOf(pid: number): number | undefined {
	try {
		const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1")) ?? [];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	} catch {
		return undefined;
	}
}

/** Seconds of processor time that a process has had; 0 when it is gone. */
export function processorSecondsOf(pid: number): number {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "latin1");
		// the name stands in brackets and may have anything in it
		const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
		return (Number(fields[11]) + Number(fields[12])) / ticks;
	} catch {
		return 0;
	}
}
