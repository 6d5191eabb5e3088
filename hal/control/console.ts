/*
 * What is said on the control channel, and the answers: keys, hook, statistics, watch, heap, end. A body adds words of its own.
 */
import { Control } from "hal/control/control";
import { type Engine, Figure } from "hal/control/engine";
import type { ControlKeypad } from "hal/control/keypad";
import type { ControlSound } from "hal/control/sound";
import type { ControlWire } from "hal/control/wire";
import type { Clock } from "hal/hardware";

export interface ConsoleOptions {
	readonly keypad: ControlKeypad;
	readonly sound: Pick<ControlSound, "report">;
	/** Left out by a body that tells no messages. */
	readonly wire?: ControlWire;
	readonly clock: Clock;
	readonly engine: Engine;
	/** The phone is to end in good order. */
	readonly quit: () => void;
	/** The far end has gone. */
	readonly gone: () => void;
}

export interface Greeting {
	/** Of the program, 0 where there is none. */
	readonly pid: number;
	readonly device: string;
	/** Why the phone started, left out where whoever started it knows. */
	readonly start?: string;
}

export class Console {
	private readonly options: ConsoleOptions;
	private readonly figures = new Uint32Array(Figure.count);

	constructor(options: ConsoleOptions) {
		this.options = options;
	}

	/** Takes the channel and greets; false when it cannot be had. */
	open(channel: number, { pid, device, start }: Greeting): boolean {
		const { keypad, engine, gone } = this.options;
		if (!Control.open(channel, (line) => this.line(line), gone)) return false;
		Control.field('{"type":"hello","version":1,"pid":', pid);
		Control.field(',"bits":', engine.bits);
		Control.textField(',"device":', device);
		Control.field(',"lineKeys":', keypad.lineKeys);
		Control.field(',"softkeys":', keypad.softkeys);
		if (start !== undefined) Control.textField(',"start":', start);
		Control.text("}");
		Control.end();
		return true;
	}

	private line(line: string): void {
		const words = line.split(" ");
		if (this.obey(words)) return;
		Control.textField('{"type":"error","text":', `unknown line "${line}"`);
		Control.text("}");
		Control.end();
	}

	/** Does what a line says; false when it says nothing known. A body's own words go before these. */
	protected obey([command, what, direction, ...more]: readonly string[]): boolean {
		const { clock, engine, keypad, quit, sound, wire } = this.options;
		if (command === "key") return what !== undefined && more.length === 0 && keypad.press(what, direction);
		if (command === "point") return more.length === 0 && keypad.point(what, direction);
		if (direction !== undefined) return false;
		if (command === "hook" && (what === "on" || what === "off")) {
			keypad.hook(what === "off");
			return true;
		}
		if (command === "watch" && wire !== undefined && (what === "on" || what === "off")) {
			wire.watched = what === "on";
			return true;
		}
		if (what !== undefined) return false;
		switch (command) {
			case "statistics":
				sound.report(clock.ticks);
				return true;
			case "collect":
				engine.collect();
				this.heap();
				return true;
			case "heap":
				this.heap();
				return true;
			case "quit":
				quit();
				return true;
			default:
				return false;
		}
	}

	private figure(name: string, index: number): void {
		Control.field(name, this.figures[index] ?? 0);
	}

	private heap(): void {
		const { engine } = this.options;
		engine.figures(this.figures.buffer);
		Control.field('{"type":"heap","bits":', engine.bits);
		this.figure(',"slotSize":', Figure.slotSize);
		this.figure(',"slots":', Figure.slots);
		this.figure(',"slotsPeak":', Figure.slotsPeak);
		this.figure(',"slotsLimit":', Figure.slotsLimit);
		this.figure(',"chunks":', Figure.chunks);
		this.figure(',"chunksPeak":', Figure.chunksPeak);
		this.figure(',"chunksLimit":', Figure.chunksLimit);
		this.figure(',"stackPeak":', Figure.stackPeak);
		this.figure(',"stackLimit":', Figure.stackLimit);
		this.figure(',"collections":', Figure.collections);
		this.figure(',"baseline":{"slots":', Figure.baselineSlots);
		this.figure(',"chunks":', Figure.baselineChunks);
		this.figure('},"empty":{"slots":', Figure.emptySlots);
		this.figure(',"chunks":', Figure.emptyChunks);
		Control.text("}}");
		Control.end();
	}
}
