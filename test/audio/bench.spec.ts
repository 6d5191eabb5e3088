/*
 * The figures of the audio tick that CI holds it to: the same output on an emulated Xtensa to the bit, and the budgets of
 * instructions and memory. Pending where Debian's packages for it are missing.
 */
import { assert } from "chai";
import { audioBenchMissing, benchAudio } from "../../tools/bench/audio.js";
import { benchTick, xtensaBenchMissing } from "../../tools/bench/xtensa.js";

describe("the audio tick's cost", function () {
	this.timeout(300000);

	const needs = (name: string, missing: readonly string[], body: () => void) => {
		if (missing.length > 0) it(`${name} (needs ${missing.join(" ")})`);
		else it(name, body);
	};

	needs("gives the same on an emulated Xtensa to the bit, within its budgets", xtensaBenchMissing(), () => {
		const result = benchTick();
		assert.isTrue(result.matches_host);
		assert.isAtMost(result.instructions_per_tick, 2300);
		// Fewer than an instruction for each sample coded and decoded would mean that nothing was counted.
		assert.isAbove(result.instructions_per_tick, 160);
		// A tick that searches costs a multiple, yet a few percent of its 10 ms on a chip of 240 MHz.
		assert.isAbove(result.peak_instructions_per_tick, 5 * result.instructions_per_tick);
		assert.isAtMost(result.peak_instructions_per_tick, 60000);
		// Sidetone, volume and silence suppression are some passes over a frame: mixing alone once took six thousand.
		assert.isAbove(result.board_instructions_per_tick, result.instructions_per_tick);
		assert.isAtMost(result.board_instructions_per_tick, 3300);
		assert.isAtMost(result.hostile_peak_instructions_per_tick, 60000);
		assert.isAtMost(result.peak_two_streams_instructions_per_tick, 75000);
		// Half of what G.722's plain way takes both ways, and a tick of it no more than a twentieth of its time.
		assert.isAtMost(result.g722_encode_instructions_per_20_ms + result.g722_decode_instructions_per_20_ms, 325000);
		assert.isAbove(result.g722_encode_instructions_per_20_ms, 16000);
		assert.isAbove(result.g722_decode_instructions_per_20_ms, 16000);
		assert.isAtMost(result.wide_instructions_per_tick, 160000);
		// A pass over the frame for the level, one for the gain, one for the limiter.
		assert.isAtMost(result.level_control_instructions_per_tick, 4000);
		assert.isAbove(result.level_control_instructions_per_tick, 3 * 80);
		assert.isAtMost(result.wide_level_control_instructions_per_tick, 8000);
		assert.isAbove(result.wide_level_control_instructions_per_tick, 3 * 160);
		assert.isAtMost(result.static_bytes, 49152);
		assert.isAbove(result.text_bytes, 16384);
		assert.isAbove(result.stack_bytes, 160);
	});

	needs("takes at most half the instructions of spandsp's codec alone", audioBenchMissing(), () => {
		const result = benchAudio();
		assert.isAbove(result.spandsp_codec_instructions_per_tick, 160);
		assert.isAbove(result.instructions_per_tick, 160);
		assert.isAtMost(result.ratio, 0.5);
	});
});
