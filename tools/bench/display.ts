/*
 * `bench display`: what a change on the display costs: octets over the display's SPI and their time at 40 MHz, counted by the panel that
 * the phone's own drawing code draws on; and in XS the memory that the display holds and the garbage of a redraw.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeChange, changes, type ScreenChange } from "../display/changes.js";
import { deskDisplay, touchDisplay } from "../display/draw.js";
import { milliseconds } from "../display/panel.js";
import { type RecordedScreen, recorded, recordedToTouch } from "../display/recorded.js";
import { sceneOf } from "../display/scenes.js";
import { runEmulated } from "../phone/emulator.js";
import { type Bits, hostProgram, moduleMap, projectRoot } from "../phone/project.js";

/** Hertz of the display's SPI on the boards. */
export const spiClock = 40_000_000;

export interface ChangeCost {
	octets: number;
	areas: number;
	ms: number;
}

export interface DisplayMemory {
	/** Slots and chunks of a display once it has shown all scenes. */
	heap_bytes: number;
	touch_heap_bytes: number;
	/** Taken by a redraw and not kept, by kind of change. */
	garbage_bytes: Record<string, number>;
}

/** Octets, areas and milliseconds of each kind of change, and of all of the panel. */
export function displayCosts(): Record<string, ChangeCost> {
	const costs: Record<string, ChangeCost> = {};
	for (const name of Object.keys(changes)) {
		const { panel, display } = deskDisplay();
		const screen = beforeChange(name);
		display.show(screen);
		screen.dirty = 0;
		panel.octets = 0;
		panel.areas = 0;
		(changes[name] as ScreenChange).change(screen, 1);
		display.show(screen);
		costs[name] = { octets: panel.octets, areas: panel.areas, ms: milliseconds(panel.octets, spiClock) };
	}
	for (const [name, { panel, display }] of [
		["everything", deskDisplay()],
		["everything_touch", touchDisplay()],
	] as const) {
		display.show(sceneOf("talking", name === "everything" ? 6 : 4, 4));
		costs[name] = { octets: panel.octets, areas: panel.areas, ms: milliseconds(panel.octets, spiClock) };
	}
	return costs;
}

/** A list of modules, for a program with XS, with one of tools/bench/display and what it imports. @returns where it is. */
function measuringMap(main: string): string {
	const output = join(projectRoot, "build/bench");
	mkdirSync(output, { recursive: true });
	const lines = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => (line.startsWith("module\t") ? line.replace(/\t([^/\t][^\t]*\t[^\t]*)$/, "\t../$1") : line));
	for (const name of [
		main,
		"tools/bench/display/quiet",
		"tools/display/changes",
		"tools/display/scenes",
		"tools/display/fill",
	]) {
		lines.push(`module\t${name}\t${join(projectRoot, `build/js/${name}.js`)}\t${name}.ts`);
	}
	// each is made of its text when it is asked for: all of them would not go into the memory of a small computer
	const texts = (scenes: Readonly<Record<string, RecordedScreen>>) => {
		const getters = Object.entries(scenes).map(([name, { pictures: _, ...scene }]) => {
			const text = JSON.stringify(JSON.stringify(scene));
			return `get ${JSON.stringify(name)}() { return JSON.parse(${text}); }`;
		});
		return `{\n${getters.join(",\n")}\n}`;
	};
	const screens = join(output, `recorded-${process.pid}.js`);
	writeFileSync(
		screens,
		`export const recorded = ${texts(recorded)};\nexport const recordedToTouch = ${texts(recordedToTouch)};\n`,
	);
	lines.push(`module\ttools/display/recorded\t${screens}\ttools/display/recorded`);
	const map = join(output, `display-${process.pid}.map`);
	writeFileSync(map, `${lines.join("\n")}\n`);
	return map;
}

const heaps = (chunks: number, slots: number) => ["--chunks", `${chunks}`, "--slots", `${slots}`];

/** Runs tools/bench/display/measure.ts in XS. */
export function displayMemory(bits: Bits): DisplayMemory {
	const main = "tools/bench/display/measure";
	const options = ["--modules", measuringMap(main), "--main", main, ...heaps(1_000_000, 40_000)];
	const run = spawnSync(hostProgram(bits), options, { encoding: "utf8", timeout: 120_000, cwd: projectRoot });
	if (run.status !== 0) throw new Error(`drawing in XS ended with ${run.signal ?? run.status}: ${run.stderr.trim()}`);
	return JSON.parse(run.stdout) as DisplayMemory;
}

/** Milliseconds: an emulator on a busy computer is slow. */
const drawingTimeout = 300_000;

export interface DisplayInstructions {
	/** By scene: drawn on an empty display, and in place of the scene before it. */
	whole: Record<string, number>;
	change: Record<string, number>;
	/** By kind of change. */
	kinds: Record<string, number>;
}

/** Runs tools/bench/display/instructions.ts in XS on the emulated Xtensa, whose program has to be built. */
export function displayInstructions(): DisplayInstructions {
	const main = "tools/bench/display/instructions";
	const run = runEmulated(["--modules", measuringMap(main), "--main", main, ...heaps(900_000, 60_000)], drawingTimeout);
	if (run.status !== 0) throw new Error(`drawing on an emulated Xtensa ended with ${run.status}: ${run.stderr.trim()}`);
	return JSON.parse(run.stdout) as DisplayInstructions;
}

/** Figures of both, one name each. */
export function benchDisplay(bits: Bits): Record<string, number> {
	const result: Record<string, number> = {};
	for (const [name, { octets, areas, ms }] of Object.entries(displayCosts())) {
		result[`${name}_octets`] = octets;
		result[`${name}_areas`] = areas;
		result[`${name}_ms`] = Math.round(ms * 100) / 100;
	}
	const { heap_bytes, touch_heap_bytes, garbage_bytes } = displayMemory(bits);
	result.heap_bytes = heap_bytes;
	result.touch_heap_bytes = touch_heap_bytes;
	for (const [name, bytes] of Object.entries(garbage_bytes)) result[`${name}_garbage_bytes`] = bytes;
	return result;
}
