/*
 * `bench echo`: how well the pipeline's echo canceller does in a synthetic room (test/audio/echo.c).
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildFolder, make, run } from "./programs.js";

export interface EchoResult {
	/** Echo return loss enhancement over the second that begins 3 s after the start, the far end talking alone. */
	erle_db: number;
	/** How much of the near end's talk is lost while both talk. */
	double_talk_loss_db: number;
	/** The enhancement in the minute after that, and in its worst second. */
	later_erle_db: number;
	worst_second_erle_db: number;
	/** Whether the filter failed in any second of that minute. */
	diverged: boolean;
}

/** What of Debian's packages is missing for this bench. */
export function echoBenchMissing(): string[] {
	return spawnSync("pkg-config", ["--exists", "speexdsp"]).status === 0 ? [] : ["pkg-config", "libspeexdsp-dev"];
}

export function benchEcho(): EchoResult {
	make("echo");
	return JSON.parse(run(join(buildFolder, "audio/echo"), [], 120)) as EchoResult;
}
