/*
 * The control channel's words on the emulated chip: besides the usual ones figures of the chip, faults to be provoked, a restart.
 */

import { Console, type ConsoleOptions } from "hal/control/console";
import { Control } from "hal/control/control";
import type { Engine } from "hal/control/engine";
import { collectGarbage, fillFigures, reportChip, watchEngine } from "hardware/emulator/chip";

const engine: Engine = Object.freeze({ bits: 32, figures: fillFigures, collect: collectGarbage });

/** Takes all slots there are. */
function fill(): void {
	const list: object[] = [];
	for (;;) list.push({ next: list });
}

function descend(depth: number): number {
	return descend(depth + 1) + 1;
}

/** What can be provoked; none of them returns. */
const faults: Readonly<Record<string, () => void>> = Object.freeze({
	memory: fill,
	exception(): void {
		throw new Error("provoked over the control channel");
	},
	stack(): void {
		descend(0);
	},
});

export interface ChipConsoleOptions extends Pick<ConsoleOptions, "keypad" | "sound" | "clock"> {
	readonly restart: () => void;
}

export class ChipConsole extends Console {
	private readonly chip: ChipConsoleOptions;
	private quit: ((done: () => void) => void) | undefined;

	constructor(options: ChipConsoleOptions) {
		super({
			...options,
			engine,
			quit: () => this.end(),
			// a UART has no end
			gone: () => {},
		});
		this.chip = options;
		watchEngine();
	}

	/** Has `handler` end the phone in good order when the other end says so. */
	onQuit(handler: (done: () => void) => void): void {
		this.quit = handler;
	}

	protected override obey(words: readonly string[]): boolean {
		const [command, what = ""] = words;
		if (command === "chip" && words.length === 1) {
			reportChip();
			return true;
		}
		if (command === "restart" && words.length === 1) {
			this.chip.restart();
			return true;
		}
		if (command === "crash" && words.length === 2 && Object.hasOwn(faults, what)) {
			// from a timer, as faults come
			this.chip.clock.after(0, faults[what] as () => void);
			return true;
		}
		return super.obey(words);
	}

	/** The chip itself does not end: who holds the channel hears when it may be switched off. */
	private end(): void {
		const quit = this.quit;
		this.quit = undefined;
		quit?.(() => {
			Control.text('{"type":"bye"}');
			Control.end();
		});
	}
}
