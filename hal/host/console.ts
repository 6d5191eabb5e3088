/*
 * What the parent says on the control channel, and the answers: keys, hook, statistics, heap, end.
 */

import type { Clock } from "hal/hardware";
import { Control } from "hal/host/control";
import type { HostKeypad } from "hal/host/keypad";
import { Figure, Program } from "hal/host/program";
import type { HostSound } from "hal/host/sound";

export class Console {
	readonly #keypad: HostKeypad;
	readonly #sound: HostSound;
	readonly #clock: Clock;
	readonly #quit: () => void;
	readonly #figures = new Uint32Array(Figure.count);

	constructor(keypad: HostKeypad, sound: HostSound, clock: Clock, quit: () => void) {
		this.#keypad = keypad;
		this.#sound = sound;
		this.#clock = clock;
		this.#quit = quit;
	}

	/** Takes the channel and greets; false when the descriptor is not open. */
	open(descriptor: number, device: string): boolean {
		const opened = Control.open(
			descriptor,
			(line) => this.#line(line),
			() => {
				Program.log("the control channel has closed: the phone ends");
				this.#quit();
			},
		);
		if (!opened) return false;
		Control.field('{"type":"hello","version":1,"pid":', Program.pid);
		Control.field(',"bits":', Program.bits);
		Control.textField(',"device":', device);
		Control.field(',"lineKeys":', this.#keypad.lineKeys);
		Control.field(',"softkeys":', this.#keypad.softkeys);
		Control.text("}");
		Control.end();
		return true;
	}

	#line(line: string): void {
		const words = line.split(" ");
		const [command, what, direction] = words;
		if (!this.#obey(command, what, direction, words.length)) {
			Control.textField('{"type":"error","text":', `unknown line "${line}"`);
			Control.text("}");
			Control.end();
		}
	}

	#obey(command: string | undefined, what: string | undefined, direction: string | undefined, count: number): boolean {
		if (command === "key") return what !== undefined && count <= 3 && this.#keypad.press(what, direction);
		if (command === "hook" && count === 2 && (what === "on" || what === "off")) {
			this.#keypad.hook(what === "off");
			return true;
		}
		if (count !== 1) return false;
		switch (command) {
			case "statistics":
				this.#sound.report(this.#clock.ticks);
				return true;
			case "collect":
				Program.collect();
				this.#heap();
				return true;
			case "heap":
				this.#heap();
				return true;
			case "quit":
				this.#quit();
				return true;
			default:
				return false;
		}
	}

	#figure(name: string, index: number): void {
		Control.field(name, this.#figures[index] ?? 0);
	}

	#heap(): void {
		Program.figures(this.#figures.buffer);
		Control.field('{"type":"heap","bits":', Program.bits);
		this.#figure(',"slotSize":', Figure.slotSize);
		this.#figure(',"slots":', Figure.slots);
		this.#figure(',"slotsPeak":', Figure.slotsPeak);
		this.#figure(',"slotsLimit":', Figure.slotsLimit);
		this.#figure(',"chunks":', Figure.chunks);
		this.#figure(',"chunksPeak":', Figure.chunksPeak);
		this.#figure(',"chunksLimit":', Figure.chunksLimit);
		this.#figure(',"stackPeak":', Figure.stackPeak);
		this.#figure(',"stackLimit":', Figure.stackLimit);
		this.#figure(',"collections":', Figure.collections);
		this.#figure(',"baseline":{"slots":', Figure.baselineSlots);
		this.#figure(',"chunks":', Figure.baselineChunks);
		this.#figure('},"empty":{"slots":', Figure.emptySlots);
		this.#figure(',"chunks":', Figure.emptyChunks);
		Control.text("}}");
		Control.end();
	}
}
