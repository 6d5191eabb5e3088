// The console without a phone: what it has done is noted in words, and its site says what a spec wants it to.

import type { ConsoleDialogue } from "services/console/dialogue";
import type { ConsoleHost } from "services/console/host";
import { FakeSite } from "./web.js";

export class FakeConsoleHost implements ConsoleHost {
	readonly site = new FakeSite();
	readonly lineKeys = 6;
	readonly softkeys = 4;
	registration = 3;
	statusLines: string[] = [];
	settings = "";
	knowsMemory = true;
	/** Rows of softkeys that follow. */
	rows: string[][] = [];
	/** What the phone was told to do. */
	readonly done: string[] = [];

	status(index: number): string | undefined {
		return this.statusLines[index];
	}

	memory(figures: Uint32Array): boolean {
		for (let i = 0; i < figures.length; i += 1) figures[i] = 3 + i;
		return this.knowsMemory;
	}

	press(key: number, direction: string | undefined): void {
		this.done.push(direction === undefined ? `key ${key}` : `key ${key} ${direction}`);
	}

	hook(offHook: boolean): void {
		this.done.push(`hook ${offHook ? "off" : "on"}`);
	}

	moreSoftkeys(): boolean {
		const row = this.rows.shift();
		if (row === undefined) return false;
		this.site.softkeys = row;
		return true;
	}

	restart(): void {
		this.done.push("restart");
	}
}

/** Types octets. @returns what is answered, a character for each octet. */
export function type(dialogue: ConsoleDialogue, octets: readonly number[], room = 256): string {
	const target = new Uint8Array(room);
	let text = "";
	for (const octet of octets) {
		dialogue.take(octet);
		while (dialogue.busy) {
			const count = dialogue.read(target);
			for (let i = 0; i < count; i += 1) text += String.fromCharCode(target[i] as number);
		}
	}
	return text;
}
