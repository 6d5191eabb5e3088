/*
 * A file that a call agent keeps what belongs to phones in, so that they have it again when it is started anew: numbers, and where
 * their calls go. It is JSON, written whole and put in its place at once.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Device, Forwarding } from "./device.js";

interface KeptLine {
	readonly number: string;
	readonly forward: Partial<Forwarding>;
}

const numberPattern = /^\+?[0-9*#]{1,24}$/;

/** What is right of a line in the file; undefined where nothing is. */
function readLine(value: unknown): KeptLine | undefined {
	const { number, forward } = (value ?? {}) as Record<string, unknown>;
	if (typeof number !== "string" || !numberPattern.test(number)) return undefined;
	const wanted = (forward ?? {}) as Record<string, unknown>;
	const kept: Partial<Forwarding> = {};
	for (const kind of ["all", "busy", "noAnswer"] as const) {
		const to = wanted[kind];
		if (typeof to === "string" && numberPattern.test(to)) kept[kind] = to;
	}
	return { number, forward: kept };
}

export class StateFile {
	private readonly kept = new Map<string, readonly (KeptLine | undefined)[]>();

	/** Throws with the file's name when it is there and no JSON object. */
	constructor(private readonly path: string) {
		let text: string;
		try {
			text = readFileSync(path, "utf8");
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
			throw error;
		}
		let all: unknown;
		try {
			all = JSON.parse(text);
		} catch (error) {
			throw new Error(`${path}: ${(error as Error).message}`);
		}
		if (typeof all !== "object" || all === null || Array.isArray(all))
			throw new Error(`${path}: an object of phones by their device names is expected`);
		for (const [name, lines] of Object.entries(all)) if (Array.isArray(lines)) this.kept.set(name, lines.map(readLine));
	}

	/** Number that a line of a phone had, by its place from 0. */
	numberOf(device: string, index: number): string | undefined {
		return this.kept.get(device)?.[index]?.number;
	}

	/** Numbers that belong to phones, whether these have registered or not. */
	get numbers(): string[] {
		return [...this.kept.values()].flatMap((lines) => lines.flatMap((line) => (line ? [line.number] : [])));
	}

	/** Sets a phone that is new to the agent up as it was. */
	restore(device: Device): void {
		device.lines.forEach((line, index) => {
			const kept = this.kept.get(device.name)?.[index];
			if (kept?.number === line.number) Object.assign(line.forward, kept.forward);
		});
	}

	/** Writes what is known of phones, those of before that have not come again included. Throws the system's error. */
	save(devices: Iterable<Device>): void {
		for (const { name, lines } of devices)
			this.kept.set(
				name,
				lines.map(({ number, forward }) => ({ number, forward: { ...forward } })),
			);
		const whole = `${JSON.stringify(Object.fromEntries(this.kept), undefined, "\t")}\n`;
		writeFileSync(`${this.path}.new`, whole);
		renameSync(`${this.path}.new`, this.path);
	}
}
