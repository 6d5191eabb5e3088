/*
 * What a board is, as data: each pin of the chip that it uses, and what the firmware must know of the parts behind them. A board's
 * own file (`board`) is such a description; drivers, wiring tables, schematic and checks are all made from it. GPIO numbers are
 * those of the ESP32-S3 technical reference manual. Chips with registers are named by the class of their driver (hal/drivers), so that a
 * board brings its own and no others; the board's manifest includes theirs.
 */
import type {
	KeyScannerDriver,
	LedDriver,
	PowerDriver,
	TouchConfiguration,
	TouchDriver,
} from "hal/drivers/common/chips";
import type { CodecDriver, CodecInput, CodecOutput, Terminal } from "hal/drivers/common/codec";

/** What a pin carries. `interrupt`, `output` and the like are plain GPIO; the names with a space are signals of a peripheral. */
export type PinFunction =
	| "i2s mclk"
	| "i2s bclk"
	| "i2s ws"
	| "i2s dout"
	| "i2s din"
	| "i2c sda"
	| "i2c scl"
	| "spi clk"
	| "spi mosi"
	| "spi miso"
	| "spi cs"
	| "spi d0"
	| "spi d1"
	| "spi d2"
	| "spi d3"
	| "uart tx"
	| "uart rx"
	| "usb d-"
	| "usb d+"
	| "pwm"
	| "adc"
	| "row"
	| "column"
	| "input"
	| "interrupt"
	| "output";

export interface Pin {
	readonly gpio: number;
	/** Name of the net on the schematic. */
	readonly net: string;
	readonly function: PinFunction;
	/** Which of the chip's peripherals: I2S 0-1, I2C 0-1, SPI 2-3, UART 0-2. Left out where there is one or none. */
	readonly unit?: number;
	/** What the net goes to, as PART.TERMINAL with the part's id in {@link Board.parts}. */
	readonly to: readonly string[];
	/** Able to wake the chip from deep sleep (RTC GPIO). */
	readonly wakes?: boolean;
	/** Why this may be a strapping pin (0, 3, 45, 46): what holds it at the right level at reset. */
	readonly strapping?: string;
}

/** Modules and chips that boards carry; they differ in which GPIOs flash and PSRAM take. */
export type ChipKind =
	| "ESP32-S3-WROOM-1-N16R8"
	| "ESP32-S3-WROOM-1-N16"
	| "ESP32-S3-WROOM-1-N16R16V"
	| "ESP32-S3 (quad flash, quad PSRAM)"
	| "ESP32-S3R8 (quad flash, octal PSRAM)"
	| "ESP32-S3 (emulated)";

/** A part on the board that the phone talks to. */
export interface Part {
	/** As it stands on the schematic, U2 for example. */
	readonly id: string;
	/** The maker's part number. */
	readonly part: string;
	readonly what: string;
	/** I2C peripheral and all 7-bit addresses to which the part answers. */
	readonly i2c?: { readonly unit: number; readonly addresses: readonly number[] };
}

export interface I2cBus {
	readonly unit: number;
	readonly data: number;
	readonly clock: number;
	readonly hz: number;
}

/** A chip on an I2C bus, by the number of the bus's peripheral. */
export interface I2cPlace {
	readonly unit: number;
	readonly address: number;
}

/** One full-duplex pair: both directions share the clocks, the ESP32-S3 gives them. `mclk` is absent where no codec needs one. */
export interface I2sPins {
	readonly unit: number;
	readonly mclk?: number;
	readonly bclk: number;
	readonly ws: number;
	readonly dout: number;
	readonly din: number;
}

/** Analogue way of one route through the codecs. */
export interface CodecRoute {
	readonly input: Terminal;
	readonly output: Terminal;
}

/** A codec on an I2C bus. */
export interface CodecPlace<Codec extends CodecInput | CodecOutput> extends I2cPlace {
	readonly driver: CodecDriver<Codec>;
}

/** What plays, and what records; `input` is left out where one chip does both. */
export type CodecPlaces =
	| { readonly output: CodecPlace<CodecInput & CodecOutput>; readonly input?: undefined }
	| { readonly output: CodecPlace<CodecOutput>; readonly input: CodecPlace<CodecInput> };

export type AudioDescription = CodecPlaces & {
	readonly i2s: I2sPins;
	/**
	 * Master clock as a multiple of 8 kHz: one that both codecs take, by the tables of their drivers. It stays at 16 kHz, which the board
	 * has where both take half the multiple there.
	 */
	readonly mclkMultiple: number;
	/** Routes that the board has; a route left out is not there. */
	readonly routes: { readonly handset?: CodecRoute; readonly headset?: CodecRoute; readonly speaker?: CodecRoute };
	/** Switches the loudspeaker's amplifier on with a level; left out where the codec does it. */
	readonly amplifier?: { readonly gpio: number; readonly on: 0 | 1 };
	/** Tells by a level that a plug is in the headset's socket. */
	readonly headsetDetect?: { readonly gpio: number; readonly inserted: 0 | 1 };
};

interface AnyDisplay {
	/** Size as the phone draws it, after rotation. */
	readonly width: number;
	readonly height: number;
	/** Degrees by which the controller turns its picture: 0, 90, 180 or 270. */
	readonly rotation: number;
}

/** A panel of QEMU's, in the chip's memory. */
export interface EmulatedDisplay extends AnyDisplay {
	readonly controller: "qemu";
}

export interface SpiDisplay extends AnyDisplay {
	readonly controller: "st7789" | "ili9341" | "co5300";
	/** First column and row of the controller's memory that the glass shows, in the controller's own orientation. */
	readonly columnOffset: number;
	readonly rowOffset: number;
	/** True where the glass needs the controller's inversion switched on for right colours. */
	readonly inverted: boolean;
	readonly spi: {
		readonly unit: number;
		readonly hz: number;
		readonly clk: number;
		readonly cs: number;
		/** Data lines from the lowest: one, or four for a QSPI display. */
		readonly data: readonly number[];
		/** Data/command; left out where the bus carries commands by itself. */
		readonly dc?: number;
		/** Left out where another part resets the display. */
		readonly reset?: number;
	};
}

export type DisplayDescription = SpiDisplay | EmulatedDisplay;

/** `keys[row][column]` is a `Key` number of hal/hardware, -1 where no key stands; all rows are of one length. */
export interface KeyMatrix {
	readonly keys: readonly (readonly number[])[];
	/** False without a diode at each key: three keys of a rectangle then show the fourth. */
	readonly diodes: boolean;
}

export interface ScannerKeypad extends I2cPlace {
	readonly kind: "scanner";
	readonly driver: KeyScannerDriver;
	/** Low while the scanner has events. */
	readonly interrupt: number;
	readonly matrix: KeyMatrix;
}

/** A matrix right on the chip: rows are driven low one by one, columns are read with pull-ups. */
export interface MatrixKeypad {
	readonly kind: "matrix";
	readonly rowPins: readonly number[];
	readonly columnPins: readonly number[];
	readonly matrix: KeyMatrix;
}

/** A touch controller with the SDK's driver, which the board's manifest includes. */
export interface TouchKeypad extends I2cPlace {
	readonly kind: "touch";
	readonly driver: TouchDriver;
	/** To which the controller answers instead where its interrupt line was high at its reset, which the board leaves open. */
	readonly otherAddress?: number;
	/** Where the driver's own does not fit what is before the glass. */
	readonly configuration?: TouchConfiguration;
	readonly interrupt?: number;
	readonly reset?: number;
}

/** Keys and hook at the other end of the control channel (hal/control). */
export interface ControlKeypad {
	readonly kind: "control";
}

export type KeypadDescription = (ScannerKeypad | MatrixKeypad | TouchKeypad | ControlKeypad) & {
	/** As the phone's Keypad gives them: at most 8 and 5. */
	readonly lineKeys: number;
	readonly softkeys: number;
};

/** LED driver's outputs by `Lamp` numbers of hal/hardware; -1 where the lamp lacks that colour. Amber is both. */
export interface LedDescription extends I2cPlace {
	readonly kind: "leds";
	readonly driver: LedDriver;
	readonly red: readonly number[];
	readonly green: readonly number[];
}

/** Lamps at the other end of the control channel. */
export interface ControlLamps {
	readonly kind: "control";
}

export type LampDescription = LedDescription | ControlLamps;

/** A rail of a power chip: light begins at one voltage and is full at another. */
export interface RailBacklightDescription extends I2cPlace {
	readonly kind: "rail";
	readonly driver: PowerDriver;
	/** As the chip's driver numbers them. */
	readonly rail: number;
	/** Millivolts. */
	readonly darkest: number;
	readonly brightest: number;
}

export type BacklightDescription =
	| { readonly kind: "pwm"; readonly gpio: number; readonly hz: number }
	| RailBacklightDescription
	/** The display's own brightness register. */
	| { readonly kind: "display" }
	/** At the other end of the control channel. */
	| { readonly kind: "control" };

/** A chip on SPI. */
export interface W5500Description {
	readonly kind: "w5500";
	readonly unit: number;
	readonly hz: number;
	readonly clk: number;
	readonly mosi: number;
	readonly miso: number;
	readonly cs: number;
	readonly interrupt: number;
	readonly reset: number;
}

/** The MAC of OpenCores, which the emulated chip has inside. */
export interface OpenEthDescription {
	readonly kind: "openeth";
}

/** The board's manifest includes the driver: hal/esp32s3/ethernet/<kind>/manifest.json, `none` without Ethernet. */
export type EthernetDescription = W5500Description | OpenEthDescription;

export interface Board {
	/** Name of its folder in hardware/. */
	readonly name: string;
	readonly title: string;
	readonly chip: ChipKind;
	readonly parts: readonly Part[];
	/** Every pin in use, once. Descriptions below take their GPIO numbers from here. */
	readonly pins: Readonly<Record<string, Pin>>;
	readonly i2c: readonly I2cBus[];
	/** Left out where there is no codec: the system clock paces sound that goes nowhere. */
	readonly audio?: AudioDescription;
	readonly display: DisplayDescription;
	readonly backlight: BacklightDescription;
	readonly keypad: KeypadDescription;
	/** Left out where there is no handset: the phone then is hands-free. */
	readonly hook?: { readonly gpio: number; readonly offHook: 0 | 1 };
	/** Left out where lamps show on the display alone. */
	readonly lamps?: LampDescription;
	/** Left out where there is Wi-Fi alone. */
	readonly ethernet?: EthernetDescription;
	/** False where the chip's radio cannot be had. */
	readonly wifi?: boolean;
}

/** Freezes data and all that is in it, so that it stays in flash. */
export function frozen<const T>(data: T): T {
	if (typeof data === "object" && data !== null) {
		for (const value of Object.values(data)) frozen(value);
		Object.freeze(data);
	}
	return data;
}
