/*
 * `bench xtensa`: the phone (emulated.ts) and the audio tick on an emulated Xtensa (core lx106 in QEMU, the nearest to the ESP32-S3 that Debian has):
 * what it costs, and whether it gives the same as here to the bit. Instructions, not cycles; without the LX7's zero-cost
 * loops and divider, so they are upper bounds.
 */
import { join } from "node:path";
import { makeBuild } from "../phone/builds.js";
import { benchEmulated, type EmulatedResult } from "./emulated.js";
import { buildFolder, figure, figures, make, missingPrograms, run } from "./programs.js";

export interface TickResult {
	/** One G.711 call both ways, packets of 20 ms. */
	instructions_per_tick: number;
	/** The same as a board makes it in a handset: sidetone by the pipeline, 3 dB louder, silence suppression. And its peak. */
	board_instructions_per_tick: number;
	board_peak_instructions_per_tick: number;
	/** The tick of a plain call that takes most, on a network that loses and delays: it searches for a pitch period. */
	peak_instructions_per_tick: number;
	/** The same of a board's call whose peer sends as much of what costs most as a tick takes. */
	hostile_peak_instructions_per_tick: number;
	/** The same with two streams, tones, rings and packets changed on the way. */
	peak_two_streams_instructions_per_tick: number;
	/** A board's call of G.722, at 16 kHz. */
	wide_instructions_per_tick: number;
	wide_peak_instructions_per_tick: number;
	/** G.722, 160 codes. */
	g722_encode_instructions_per_20_ms: number;
	g722_decode_instructions_per_20_ms: number;
	/** What a microphone's level control adds to a tick where it is on, and at 16 kHz. */
	level_control_instructions_per_tick: number;
	wide_level_control_instructions_per_tick: number;
	/** The same of noise suppression, and its memory for both; null where SpeexDSP's sources are not there (SPEEXDSP_SOURCES). */
	noise_suppression_instructions_per_tick: number | null;
	wide_noise_suppression_instructions_per_tick: number | null;
	noise_suppression_bytes: number | null;
	/** Code and constant tables of the pipeline. */
	text_bytes: number;
	/** The pipeline's struct with two streams, and variables beside it. */
	static_bytes: number;
	/** Deepest stack of a tick. */
	stack_bytes: number;
	/** Whether the scripted calls gave the same sound, packets and counters as on this machine. */
	matches_host: boolean;
}

/** What of Debian's packages is missing for this bench. */
export function xtensaBenchMissing(): string[] {
	const packages: Readonly<Record<string, string>> = {
		"xtensa-lx106-elf-gcc": "gcc-xtensa-lx106 picolibc-xtensa-lx106-elf",
		"qemu-system-xtensa": "qemu-system-misc",
	};
	return missingPrograms("gcc", "make", ...Object.keys(packages)).map((program) => packages[program] ?? program);
}

/** The figures of a run in the emulator. */
function emulate(program: string): Map<string, number> {
	const machine = ["-M", "sim", "-cpu", "lx106", "-m", "4M", "-nographic", "-monitor", "none", "-semihosting"];
	return figures(run("qemu-system-xtensa", [...machine, "-icount", "shift=0", "-kernel", program], 120));
}

/** Text and data (with bss) of an object file. */
function sizes(file: string): { text: number; data: number } {
	const [, line = ""] = run("xtensa-lx106-elf-size", [file], 10).split("\n");
	const [text = Number.NaN, data = Number.NaN, bss = Number.NaN] = line.trim().split(/\s+/).map(Number);
	return { text, data: data + bss };
}

/** The tick alone. */
export function benchTick(): TickResult {
	make("xtensa");
	const there = emulate(join(buildFolder, "audio-xtensa/ticks.elf"));
	const here = figures(run(join(buildFolder, "audio/ticks"), [], 60));
	const object = sizes(join(buildFolder, "audio-xtensa/pipeline.elf.o"));
	return {
		instructions_per_tick: figure(there, "instructions_per_tick"),
		board_instructions_per_tick: figure(there, "board_instructions_per_tick"),
		board_peak_instructions_per_tick: figure(there, "board_peak_instructions_per_tick"),
		peak_instructions_per_tick: figure(there, "peak_instructions_per_tick"),
		hostile_peak_instructions_per_tick: figure(there, "hostile_peak_instructions_per_tick"),
		peak_two_streams_instructions_per_tick: figure(there, "peak_two_streams_instructions_per_tick"),
		wide_instructions_per_tick: figure(there, "wide_instructions_per_tick"),
		wide_peak_instructions_per_tick: figure(there, "wide_peak_instructions_per_tick"),
		g722_encode_instructions_per_20_ms: figure(there, "g722_encode_instructions_per_20_ms"),
		g722_decode_instructions_per_20_ms: figure(there, "g722_decode_instructions_per_20_ms"),
		level_control_instructions_per_tick: figure(there, "level_control_instructions_per_tick"),
		wide_level_control_instructions_per_tick: figure(there, "wide_level_control_instructions_per_tick"),
		noise_suppression_instructions_per_tick: there.get("noise_suppression_instructions_per_tick") ?? null,
		wide_noise_suppression_instructions_per_tick: there.get("wide_noise_suppression_instructions_per_tick") ?? null,
		noise_suppression_bytes: there.get("noise_suppression_bytes") ?? null,
		text_bytes: object.text,
		static_bytes: figure(there, "pipeline_bytes") + object.data,
		stack_bytes: figure(there, "stack_bytes"),
		matches_host: here.size > 0 && [...here].every(([name, value]) => there.get(name) === value),
	};
}

/** All of it. */
export async function benchXtensa(): Promise<TickResult & EmulatedResult> {
	const tick = benchTick();
	await makeBuild("xtensa");
	return { ...tick, ...(await benchEmulated()) };
}
