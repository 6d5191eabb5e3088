/*
 * What the drivers of one kind of chip have in common, so that a board can name any of them: key scanners, LED drivers, touch controllers
 * (the SDK's drivers), power chips. What codecs have in common stands in codec.ts. Types alone; the I/O comes in through options, as in
 * ECMA-419.
 */
import type { I2cOptions } from "hal/drivers/common/registers";

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

/** A pin that a chip is on, with the class that opens it. */
export interface PinOptions {
	readonly io: DigitalClass;
	readonly pin: number;
}

/** Hears of the keys of a scanner. */
export interface KeyEvents {
	/** A crossing of the matrix has closed or opened, debounced. */
	change(row: number, column: number, closed: boolean): void;
	/** Events were lost: it is not known which crossings are closed. */
	releaseAll(): void;
}

export interface KeyScannerOptions {
	readonly i2c: I2cOptions;
	/** Low while the scanner has events. */
	readonly interrupt: PinOptions;
	/** The matrix that is there. */
	readonly rows: number;
	readonly columns: number;
	/** The interrupt line has fallen: {@link KeyScanner.read} is wanted. */
	readonly onReadable: () => void;
}

export interface KeyScanner {
	/** Whether there are events to be read. */
	readonly readable: boolean;
	/** Has the interrupt line fall for events from now on. */
	start(): void;
	/** Tells all events that the chip has. Throws when it does not answer; what it had may be lost then. */
	read(events: KeyEvents): void;
}

/** The class of a driver. Its constructor throws when the chip does not answer. */
export interface KeyScannerDriver {
	new (options: KeyScannerOptions): KeyScanner;
	/** The largest matrix. */
	readonly rows: number;
	readonly columns: number;
}

export interface LedDriverOptions {
	readonly i2c: I2cOptions;
	readonly wait: (milliseconds: number) => void;
}

export interface LedOutputs {
	/** @param level 0, dark, to 4095. Throws when the chip does not answer. */
	set(output: number, level: number): void;
}

/** The class of a driver. Its constructor puts out all LEDs, and throws when the chip does not answer. */
export interface LedDriver {
	new (options: LedDriverOptions): LedOutputs;
	readonly outputs: number;
}

/** A finger on a touch panel as ECMA-419's touch sensors tell of it. */
export interface TouchPoint {
	/** The controller's number of the finger: another one is another finger. */
	readonly id: number;
	/** In dots of the panel. */
	readonly x: number;
	readonly y: number;
}

/** The options of ECMA-419's touch sensors. The speed of the bus is left to the driver, which knows how fast its controller is. */
export interface TouchOptions {
	readonly sensor: { readonly io: unknown; readonly data: number; readonly clock: number; readonly address: number };
	/** Low resets the controller; left out where another part does it. */
	readonly reset?: PinOptions & { readonly mode: unknown };
}

export interface TouchConfiguration {
	/** How much a finger has to change to be one: FocalTech's controllers, from 0. */
	readonly threshold?: number;
}

/** The part of ECMA-419's touch sensors used here. */
export interface TouchSensor {
	/** What a driver takes is its own affair, as {@link TouchConfiguration} names it. */
	configure(configuration: TouchConfiguration): void;
	/** All fingers on the panel now; undefined where nothing has changed. Throws when the controller does not answer, as when it sleeps. */
	sample(): readonly TouchPoint[] | undefined;
}

/** The class of one of the SDK's drivers (`embedded:sensor/Touch/...`). Its constructor throws when the controller does not answer. */
export type TouchDriver = new (options: TouchOptions) => TouchSensor;

export interface PowerChipOptions {
	readonly i2c: I2cOptions;
}

export interface PowerRails {
	/**
	 * @param rail one of the chip's, as its driver numbers them. @param millivolts taken to the next step that the rail has; 0
	 * switches it off. Throws when the chip does not answer.
	 */
	setVoltage(rail: number, millivolts: number): void;
}

export type PowerDriver = new (options: PowerChipOptions) => PowerRails;
