/*
 * Makes a board's parts after its description, over ECMA-419's I/O. A part that does not answer costs its function, never the
 * phone: the console takes its place.
 */

import type { DigitalClass, TouchSensor } from "hal/drivers/common/chips";
import { type CodecInput, type CodecOutput, hasWideRate, type Wait } from "hal/drivers/common/codec";
import { type I2cDevice, type I2cOptions, RegisterBuffers } from "hal/drivers/common/registers";
import { PwmBacklight, type PwmOutput, RailBacklight } from "hal/esp32s3/backlight";
import type { AudioDescription, Board, CodecPlace, I2cBus, I2cPlace, TouchKeypad } from "hal/esp32s3/board";
import { ConsoleLamps, NoBacklight } from "hal/esp32s3/console";
import { HookSwitch } from "hal/esp32s3/hook";
import { BoardKeypad } from "hal/esp32s3/keypad";
import type { KeySource } from "hal/esp32s3/keys";
import { CadencedLamps } from "hal/esp32s3/lamps";
import { LedLamps } from "hal/esp32s3/leds";
import { KeyMatrixScan } from "hal/esp32s3/matrix";
import { SoundRoute } from "hal/esp32s3/route";
import { ScannedKeys } from "hal/esp32s3/scanner";
import type { MakeTicker } from "hal/esp32s3/ticker";
import { type TouchListener, TouchPanel } from "hal/esp32s3/touchpanel";
import type { Backlight, Keypad, Lamps } from "hal/hardware";

/** The kinds of I/O that parts are made of. */
export interface PartsIo {
	readonly Digital: DigitalClass;
	readonly I2C: new (options: I2cOptions) => I2cDevice;
	/** What the SDK's drivers of touch controllers take for I2C; only handed on. */
	readonly SMBus: unknown;
	readonly PWM: new (options: { pin: number; hz: number }) => PwmOutput;
	readonly ticker: MakeTicker;
	readonly wait: Wait;
	readonly log: (line: string) => void;
}

/** Milliseconds for which all lamps shine at the start: long enough to see which one does not. */
const LAMP_TEST = 2000;
/** Milliseconds that a handset may be hung up for a flash; a person hangs up for longer. */
const FLASH = 400;

/** Whether a board's sound can have 16 kHz: its codecs can, or it has none, and the pipeline runs by the system clock. */
export function hasWideband({ audio }: Pick<Board, "audio">): boolean {
	if (audio === undefined) return true;
	const { input, mclkMultiple, output } = audio;
	return hasWideRate(output.driver, mclkMultiple) && hasWideRate((input ?? output).driver, mclkMultiple);
}

export class Parts {
	private readonly board: Board;
	private readonly io: PartsIo;
	private buffers: RegisterBuffers | undefined;

	constructor(board: Board, io: PartsIo) {
		this.board = board;
		this.io = io;
	}

	/** Throws when the board has no such bus. */
	private bus(unit: number): I2cBus {
		const bus = this.board.i2c.find((candidate) => candidate.unit === unit);
		if (bus === undefined) throw new Error(`the board has no I2C ${unit}`);
		return bus;
	}

	/** What a driver opens the chip at that place with. */
	private i2c(place: I2cPlace): I2cOptions {
		const { data, clock, hz } = this.bus(place.unit);
		this.buffers ??= new RegisterBuffers();
		return { io: this.io.I2C, data, clock, hz, address: place.address, buffers: this.buffers };
	}

	/** The keypad of a board with keys and hook of its own. */
	keypad(): Keypad {
		const { lineKeys, softkeys } = this.board.keypad;
		const keys = this.try("keypad", () => this.keys());
		return new BoardKeypad(lineKeys, softkeys, keys, this.hook());
	}

	/** Reads the touch panel into `listener`; false when there is none or it does not answer. */
	touch(listener: TouchListener): boolean {
		const { keypad } = this.board;
		if (keypad.kind !== "touch") return false;
		return this.try("touch", () => new TouchPanel(this.touchSensor(keypad), listener, this.io.ticker)) !== undefined;
	}

	private touchSensor(keypad: TouchKeypad): TouchSensor {
		const sensor = this.openTouch(keypad);
		if (keypad.configuration !== undefined) sensor.configure(keypad.configuration);
		return sensor;
	}

	private openTouch({ address, driver, otherAddress, reset, unit }: TouchKeypad): TouchSensor {
		const { Digital, SMBus } = this.io;
		const { clock, data } = this.bus(unit);
		const open = (at: number): TouchSensor =>
			new driver({
				sensor: { io: SMBus, data, clock, address: at },
				...(reset !== undefined && { reset: { io: Digital, mode: Digital.Output, pin: reset } }),
			});
		if (otherAddress === undefined) return open(address);
		try {
			return open(address);
		} catch {
			return open(otherAddress);
		}
	}

	lamps(): Lamps {
		const lamps = this.board.lamps;
		const { ticker, wait, log } = this.io;
		const leds =
			lamps?.kind === "leds"
				? this.try("lamps", () => new LedLamps(new lamps.driver({ i2c: this.i2c(lamps), wait }), lamps))
				: undefined;
		if (leds === undefined) return new ConsoleLamps(log);
		const cadenced = new CadencedLamps(leds, ticker);
		cadenced.test(LAMP_TEST);
		return cadenced;
	}

	/** @param display the light of a display that has it in its own hands. */
	backlight(display: Backlight | undefined): Backlight {
		const { backlight } = this.board;
		const light = this.try("backlight", () => {
			if (backlight.kind === "display") return display;
			if (backlight.kind === "rail") {
				return new RailBacklight(new backlight.driver({ i2c: this.i2c(backlight) }), backlight);
			}
			if (backlight.kind === "control") return undefined;
			return new PwmBacklight(new this.io.PWM({ pin: backlight.gpio, hz: backlight.hz }));
		});
		return light ?? new NoBacklight();
	}

	/** The codec's switches; undefined when there is none or it does not answer, and there is no sound to switch. */
	sound(): SoundRoute | undefined {
		const { audio } = this.board;
		if (audio === undefined) return undefined;
		const { amplifier, routes } = audio;
		return this.try("codec", () => {
			return new SoundRoute({
				...this.codecs(audio),
				routes,
				log: this.io.log,
				...(amplifier && { amplify: this.amplifier(amplifier.gpio, amplifier.on) }),
			});
		});
	}

	private try<Part>(name: string, make: () => Part): Part | undefined {
		try {
			return make();
		} catch (error) {
			this.io.log(`${name}: ${error}; going on without`);
			return undefined;
		}
	}

	private keys(): KeySource | undefined {
		const { keypad } = this.board;
		const { Digital, log, ticker } = this.io;
		if (keypad.kind === "scanner") {
			return new ScannedKeys({
				driver: keypad.driver,
				i2c: this.i2c(keypad),
				interrupt: { io: Digital, pin: keypad.interrupt },
				matrix: keypad.matrix,
				ticker,
				log,
			});
		}
		if (keypad.kind !== "matrix") return undefined;
		return new KeyMatrixScan({
			matrix: keypad.matrix,
			row: (index) =>
				new Digital({ pin: keypad.rowPins[index] as number, mode: Digital.OutputOpenDrain, initialValue: 1 }),
			column: (index, fallen) =>
				new Digital({
					pin: keypad.columnPins[index] as number,
					mode: Digital.InputPullUp,
					edge: Digital.Falling,
					onReadable: fallen,
				}),
			ticker,
		});
	}

	private hook(): HookSwitch | undefined {
		const { hook } = this.board;
		const { Digital, ticker } = this.io;
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

	/** One chip may do both. */
	private codecs(audio: AudioDescription): { output: CodecOutput; input: CodecInput } {
		const make = <Codec extends CodecInput | CodecOutput>(place: CodecPlace<Codec>): Codec =>
			new place.driver({ i2c: this.i2c(place), mclkMultiple: audio.mclkMultiple, wait: this.io.wait });
		if (audio.input !== undefined) return { output: make(audio.output), input: make(audio.input) };
		const codec = make(audio.output);
		return { output: codec, input: codec };
	}

	private amplifier(gpio: number, level: number): (on: boolean) => void {
		const { Digital } = this.io;
		const pin = new Digital({ pin: gpio, mode: Digital.Output, initialValue: 1 - level });
		return (on) => pin.write(on ? level : 1 - level);
	}
}
