/*
 * `bench audio`: instructions of the audio tick in a G.711 call, beside those of spandsp's codec over the same samples,
 * counted by callgrind in one run.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFolder, callgrindCost, hasHeader, make, missingPrograms, run } from "./programs.js";

export interface AudioResult {
	/** The whole tick: both ways, with RTP and jitter buffer. */
	instructions_per_tick: number;
	/** 80 samples encoded and decoded. */
	spandsp_codec_instructions_per_tick: number;
	ratio: number;
	ticks: number;
}

const ticks = 3000;

/** What of Debian's packages is missing for this bench. */
export function audioBenchMissing(): string[] {
	const missing = missingPrograms("gcc", "make", "valgrind");
	return hasHeader("spandsp.h") ? missing : [...missing, "libspandsp-dev"];
}

export function benchAudio(): AudioResult {
	make("beside");
	const folder = mkdtempSync(join(tmpdir(), "linnet-callgrind-"));
	try {
		const file = join(folder, "callgrind.out");
		const program = join(buildFolder, "audio/beside");
		run("valgrind", ["--tool=callgrind", `--callgrind-out-file=${file}`, program, String(ticks)], 300);
		const tick = callgrindCost(file, "pipeline_tick");
		const codec = callgrindCost(file, "codec_frame");
		const perTick = tick.instructions / tick.calls;
		const perFrame = codec.instructions / codec.calls;
		return {
			instructions_per_tick: Math.round(perTick),
			spandsp_codec_instructions_per_tick: Math.round(perFrame),
			ratio: Math.round((perTick / perFrame) * 1000) / 1000,
			ticks: tick.calls,
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}
