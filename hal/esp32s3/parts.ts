/*
 * Makes a board's parts after its description, over ECMA-419's I/O. A part that does not answer costs its function, never the
 * phone: the console takes its place.
 */
import { Aw88298 } from "hal/esp32s3/aw88298";
import { Axp2101Backlight, PwmBacklight, type PwmOutput } from "hal/esp32s3/backlight";
import type { AudioDescription, Board, I2cPlace } from "hal/esp32s3/board";
import type { CodecInput, CodecOutput, Wait } from "hal/esp32s3/codec";
import { ConsoleLamps, NoBacklight } from "hal/esp32s3/console";
import { Es7210 } from "hal/esp32s3/es7210";
import { Es8311 } from "hal/esp32s3/es8311";
import { Es8388 } from "hal/esp32s3/es8388";
import { HookSwitch } from "hal/esp32s3/hook";
import { BoardKeypad } from "hal/esp32s3/keypad";
import type { KeySource } from "hal/esp32s3/keys";
import { CadencedLamps } from "hal/esp32s3/lamps";
import { KeyMatrixScan } from "hal/esp32s3/matrix";
import { Pca9685 } from "hal/esp32s3/pca9685";
import { type I2cDevice, RegisterBuffers, Registers } from "hal/esp32s3/registers";
import { SoundRoute } from "hal/esp32s3/route";
import { Tca8418 } from "hal/esp32s3/tca8418";
import type { MakeTicker } from "hal/esp32s3/ticker";
import { type TouchListener, TouchPanel } from "hal/esp32s3/touchpanel";
import type { Backlight, Keypad, Lamps } from "hal/hardware";

/** A pin as `embedded:io/digital` has it, and the class's constants. */
export interface DigitalPin {
	read(): number;
	write(level: number): void;
}

export interface DigitalOptions {
	readonly pin: number;
	readonly mode: unknown;
	readonly edge?: number;
	readonly initialValue?: number;
	readonly onReadable?: () => void;
}

export interface DigitalClass {
	new (options: DigitalOptions): DigitalPin;
	readonly InputPullUp: unknown;
	readonly Output: unknown;
	readonly OutputOpenDrain: unknown;
	readonly Rising: number;
	readonly Falling: number;
}

/** The kinds of I/O that parts are made of. */
export interface PartsIo {
	readonly Digital: DigitalClass;
	readonly I2C: new (options: { data: number; clock: number; hz: number; address: number }) => I2cDevice;
	readonly PWM: new (options: { pin: number; hz: number }) => PwmOutput;
	readonly ticker: MakeTicker;
	readonly wait: Wait;
	readonly log: (line: string) => void;
}

/** Milliseconds of a touch controller's reset, and until it answers after it (the SDK's ft3168.js). */
const RESET = 10;
const AWAKE = 300;
/** Milliseconds for which all lamps shine at the start: long enough to see which one does not. */
const LAMP_TEST = 2000;
/** Milliseconds that a handset may be hung up for a flash; a person hangs up for longer. */
const FLASH = 400;

export class Parts {
	readonly #board: Board;
	readonly #io: PartsIo;
	readonly #buffers = new RegisterBuffers();

	constructor(board: Board, io: PartsIo) {
		this.#board = board;
		this.#io = io;
	}

	/** Registers of the chip at that place. Throws when the board has no such bus. */
	registers(place: I2cPlace): Registers {
		const bus = this.#board.i2c.find(({ unit }) => unit === place.unit);
		if (bus === undefined) throw new Error(`the board has no I2C ${place.unit}`);
		const { data, clock, hz } = bus;
		return new Registers(new this.#io.I2C({ data, clock, hz, address: place.address }), this.#buffers);
	}

	/** The keypad of a board with keys and hook of its own. */
	keypad(): Keypad {
		const { lineKeys, softkeys } = this.#board.keypad;
		const keys = this.#try("keypad", () => this.#keys());
		return new BoardKeypad(lineKeys, softkeys, keys, this.#hook());
	}

	/** Reads the touch panel into `listener`; false when there is none or it does not answer. */
	touch(listener: TouchListener): boolean {
		const { keypad } = this.#board;
		const { Digital, ticker, wait } = this.#io;
		if (keypad.kind !== "touch") return false;
		return (
			this.#try("touch", () => {
				if (keypad.reset !== undefined) {
					const reset = new Digital({ pin: keypad.reset, mode: Digital.Output, initialValue: 0 });
					wait(RESET);
					reset.write(1);
					wait(AWAKE);
				}
				return new TouchPanel(this.registers(keypad), listener, ticker);
			}) !== undefined
		);
	}

	lamps(): Lamps {
		const lamps = this.#board.lamps;
		const { ticker, wait, log } = this.#io;
		const leds =
			lamps?.kind === "pca9685"
				? this.#try("lamps", () => {
						const { green, red } = lamps;
						return new Pca9685({ registers: this.registers(lamps), red, green, wait });
					})
				: undefined;
		if (leds === undefined) return new ConsoleLamps(log);
		const cadenced = new CadencedLamps(leds, ticker);
		cadenced.test(LAMP_TEST);
		return cadenced;
	}

	/** @param display the light of a display that has it in its own hands. */
	backlight(display: Backlight | undefined): Backlight {
		const { backlight } = this.#board;
		const light = this.#try("backlight", () => {
			if (backlight.kind === "display") return display;
			if (backlight.kind === "axp2101") return new Axp2101Backlight(this.registers(backlight));
			if (backlight.kind === "control") return undefined;
			return new PwmBacklight(new this.#io.PWM({ pin: backlight.gpio, hz: backlight.hz }));
		});
		return light ?? new NoBacklight();
	}

	/** The codec's switches; undefined when there is none or it does not answer, and there is no sound to switch. */
	sound(): SoundRoute | undefined {
		const { audio } = this.#board;
		if (audio === undefined) return undefined;
		const { amplifier, routes } = audio;
		return this.#try("codec", () => {
			const output = this.#output(audio);
			const input = this.#input(audio, output);
			return new SoundRoute({
				output,
				input,
				routes,
				log: this.#io.log,
				...(amplifier && { amplify: this.#amplifier(amplifier.gpio, amplifier.on) }),
			});
		});
	}

	#try<Part>(name: string, make: () => Part): Part | undefined {
		try {
			return make();
		} catch (error) {
			this.#io.log(`${name}: ${error}; going on without`);
			return undefined;
		}
	}

	#keys(): KeySource | undefined {
		const { keypad } = this.#board;
		const { Digital, log, ticker } = this.#io;
		const input = (pin: number, fallen: () => void): DigitalPin =>
			new Digital({ pin, mode: Digital.InputPullUp, edge: Digital.Falling, onReadable: fallen });
		if (keypad.kind === "tca8418") {
			return new Tca8418({
				registers: this.registers(keypad),
				matrix: keypad.matrix,
				interrupt: (fallen) => input(keypad.interrupt, fallen),
				ticker,
				log,
			});
		}
		if (keypad.kind !== "matrix") return undefined;
		return new KeyMatrixScan({
			matrix: keypad.matrix,
			row: (index) =>
				new Digital({ pin: keypad.rowPins[index] as number, mode: Digital.OutputOpenDrain, initialValue: 1 }),
			column: (index, fallen) => input(keypad.columnPins[index] as number, fallen),
			ticker,
		});
	}

	#hook(): HookSwitch | undefined {
		const { hook } = this.#board;
		const { Digital, ticker } = this.#io;
		return (
			hook &&
			new HookSwitch({
				open: (changed) =>
					new Digital({
						pin: hook.gpio,
						mode: Digital.InputPullUp,
						edge: Digital.Rising | Digital.Falling,
						onReadable: changed,
					}),
				offHook: hook.offHook,
				flash: FLASH,
				ticker,
			})
		);
	}

	#output({ mclkMultiple, output }: AudioDescription): CodecOutput {
		const { wait } = this.#io;
		const registers = this.registers(output);
		switch (output.kind) {
			case "es8388":
				return new Es8388({ registers, mclkMultiple, wait });
			case "es8311":
				return new Es8311({ registers, mclkMultiple, wait });
			case "aw88298":
				return new Aw88298({ registers, wait });
		}
	}

	/** What records may be the chip that plays. */
	#input({ input, mclkMultiple }: AudioDescription, output: CodecOutput): CodecInput {
		const { wait } = this.#io;
		if ((output instanceof Es8388 && input.kind === "es8388") || (output instanceof Es8311 && input.kind === "es8311"))
			return output;
		const registers = this.registers(input);
		switch (input.kind) {
			case "es8388":
				return new Es8388({ registers, mclkMultiple, wait });
			case "es8311":
				return new Es8311({ registers, mclkMultiple, wait });
			case "es7210":
				return new Es7210({ registers, mclkMultiple });
		}
	}

	#amplifier(gpio: number, level: number): (on: boolean) => void {
		const { Digital } = this.#io;
		const pin = new Digital({ pin: gpio, mode: Digital.Output, initialValue: 1 - level });
		return (on) => pin.write(on ? level : 1 - level);
	}
}
