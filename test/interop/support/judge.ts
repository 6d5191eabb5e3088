// The crate's codec as a judge of SCCP messages from phones: how it reads them, and whether it would write them so.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../../tools/phone/project.js";

/** What the judge says of one frame (src/judge/main.rs). */
export interface Verdict {
	readonly id: number;
	/** Name as the crate has it. */
	readonly name: string;
	readonly verdict: "exact" | "header" | "rewritten" | "different" | "opaque" | "unknown" | "refused" | "unwritable";
	/** Places that differ, or the reason of a refusal. */
	readonly detail: readonly string[];
	/** The message as it was read, in words of Rust. */
	readonly read: string;
}

export interface JudgedFrame {
	readonly version: number;
	readonly octets: Uint8Array;
}

/** Puts frames of phones before the judge. @returns a verdict for each. */
export function judgeFrames(frames: readonly JudgedFrame[]): Verdict[] {
	const input = frames.map(({ version, octets }) => `${version} ${Buffer.from(octets).toString("hex")}\n`).join("");
	const { status, stdout, stderr } = spawnSync(join(projectRoot, "build/interop/debug/judge"), {
		input,
		encoding: "utf8",
		maxBuffer: 1 << 28,
	});
	if (status !== 0) throw new Error(`the judge ended with status ${status}: ${stderr}`);
	return stdout
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line) as Verdict);
}
