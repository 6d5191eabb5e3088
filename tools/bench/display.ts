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
import { recorded, recordedToTouch } from "../display/recorded.js";
import { sceneOf } from "../display/scenes.js";
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

/** Runs tools/bench/display/measure.ts in XS. */
export function displayMemory(bits: Bits): DisplayMemory {
	const output = join(projectRoot, "build/bench");
	mkdirSync(output, { recursive: true });
	const lines = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => (line.startsWith("module\t") ? line.replace(/\t([^/\t][^\t]*\t[^\t]*)$/, "\t../$1") : line));
	for (const name of [
		"tools/bench/display/measure",
		"tools/display/changes",
		"tools/display/scenes",
		"tools/display/fill",
	]) {
		lines.push(`module\t${name}\t${join(projectRoot, `build/js/${name}.js`)}\t${name}.ts`);
	}
	const screens = join(output, `recorded-${process.pid}.js`);
	writeFileSync(
		screens,
		`export const recorded = ${JSON.stringify(recorded)};\nexport const recordedToTouch = ${JSON.stringify(recordedToTouch)};\n`,
	);
	lines.push(`module\ttools/display/recorded\t${screens}\ttools/display/recorded`);
	const map = join(output, `display-${process.pid}.map`);
	writeFileSync(map, `${lines.join("\n")}\n`);
	const options = [
		"--modules",
		map,
		"--main",
		"tools/bench/display/measure",
		"--chunks",
		"1000000",
		"--slots",
		"40000",
	];
	const run = spawnSync(hostProgram(bits), options, { encoding: "utf8", timeout: 120_000, cwd: projectRoot });
	if (run.status !== 0) throw new Error(`drawing in XS ended with ${run.signal ?? run.status}: ${run.stderr.trim()}`);
	return JSON.parse(run.stdout) as DisplayMemory;
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
