/*
 * `bench echo`: how well the pipeline's echo canceller does in a synthetic room (test/audio/echo.c).
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildFolder, make, run } from "./programs.js";

export interface EchoResult {
	/** Echo return loss enhancement in the very first second, in which the far end talks alone. */
	first_second_erle_db: number;
	/** Echo return loss enhancement over the second that begins 3 s after the start, the far end talking alone. */
	erle_db: number;
	/** How much of the near end's talk is lost while both talk. */
	double_talk_loss_db: number;
	/** The enhancement in the minute after that, and in its worst second. */
	later_erle_db: number;
	worst_second_erle_db: number;
	/** The enhancement in the first second of a second call. */
	second_call_erle_db: number;
	/** What is lost of a user who talks alone, and of one who talks into the far end's talk, 12 dB louder than its echo; and the frames until
	 * he is heard. */
	alone_loss_db: number;
	alone_late_frames: number;
	interrupting_loss_db: number;
	interrupting_late_frames: number;
	/** Whether the filter failed in any second of that minute. */
	diverged: boolean;
}

/** What of Debian's packages is missing for this bench. */
export function echoBenchMissing(): string[] {
	return spawnSync("pkg-config", ["--exists", "speexdsp"]).status === 0 ? [] : ["pkg-config", "libspeexdsp-dev"];
}

/** @param halfDuplex without the canceller, the microphone taking turns with the speaker. */
function measure(halfDuplex: boolean): EchoResult {
	make("echo");
	return JSON.parse(run(join(buildFolder, "audio/echo"), halfDuplex ? ["half-duplex"] : [], 120)) as EchoResult;
}

export function benchEcho(): EchoResult & { half_duplex: EchoResult } {
	return { ...measure(false), half_duplex: measure(true) };
}

/** Needs no canceller. */
export function benchHalfDuplex(): EchoResult {
	return measure(true);
}
