/*
 * The ESP32-S3 as far as a board's pins go: which GPIOs there are, what each can do, and which flash and PSRAM take. After the
 * chip's data sheet (pin overview, IO MUX, strapping pins), the module's (ESP32-S3-WROOM-1), and ESP-IDF's page on GPIO.
 */
import type { ChipKind } from "../../hal/esp32s3/board.js";

/** GPIO 0-21 and 26-48: there are no 22-25. */
export function exists(gpio: number): boolean {
	return Number.isInteger(gpio) && ((gpio >= 0 && gpio <= 21) || (gpio >= 26 && gpio <= 48));
}

/** Pins whose level at reset decides how the chip starts, and what they decide. */
export const STRAPPING: ReadonlyMap<number, string> = new Map([
	[0, "flash or loader"],
	[3, "where JTAG comes from"],
	[45, "voltage of the flash"],
	[46, "loader and its messages"],
]);

/** The built-in USB has these two and no others. */
export const USB = Object.freeze({ minus: 19, plus: 20 });

/** Has an RTC function: can wake the chip from deep sleep. */
export function isRtc(gpio: number): boolean {
	return gpio >= 0 && gpio <= 21;
}

/** Unit of the analogue-to-digital converter behind a pin, 0 for none. Wi-Fi takes unit 2 for itself. */
export function adcUnit(gpio: number): 0 | 1 | 2 {
	if (gpio >= 1 && gpio <= 10) return 1;
	return gpio >= 11 && gpio <= 20 ? 2 : 0;
}

/** SPI2's own pins in the IO MUX, which work above the GPIO matrix's 40 MHz. */
export const FAST_SPI: Readonly<Record<string, number>> = Object.freeze({
	"spi cs": 10,
	"spi mosi": 11,
	"spi d0": 11,
	"spi clk": 12,
	"spi miso": 13,
	"spi d1": 13,
	"spi d2": 14,
	"spi d3": 9,
});
export const MATRIX_SPI_HZ = 40_000_000;

/** Peripherals by the first word of a pin's function: the numbers of their units. */
export const UNITS: Readonly<Record<string, readonly number[]>> = Object.freeze({
	i2s: [0, 1],
	i2c: [0, 1],
	/** 0 and 1 are the flash's. */
	spi: [2, 3],
	uart: [0, 1, 2],
});

/** Chip selects of SPI2 and SPI3. */
export const CHIP_SELECTS: Readonly<Record<number, number>> = Object.freeze({ 2: 6, 3: 3 });

/** Master clocks of I2S as multiples of the sample rate: `i2s_mclk_multiple_t` of ESP-IDF v6.0 (driver/i2s_types.h). */
export const MCLK_MULTIPLES: readonly number[] = Object.freeze([128, 192, 256, 384, 512, 576, 768, 1024, 1152]);

/** The LED controller (PWM). */
export const PWM = Object.freeze({ channels: 8 });

interface Taken {
	readonly from: number;
	readonly to: number;
	readonly why: string;
}

const FLASH: Taken = { from: 26, to: 32, why: "belongs to the flash" };
const OCTAL: Taken = { from: 33, to: 37, why: "belongs to the octal PSRAM" };
const MODULE: Taken = { from: 33, to: 34, why: "is not brought out of an ESP32-S3-WROOM-1" };

const NO_PINS: Taken = { from: 0, to: 48, why: "is not emulated" };

const TAKEN: Readonly<Record<ChipKind, readonly Taken[]>> = {
	"ESP32-S3-WROOM-1-N16R8": [FLASH, OCTAL],
	"ESP32-S3-WROOM-1-N16": [FLASH, MODULE],
	"ESP32-S3-WROOM-1-N16R16V": [FLASH, OCTAL],
	"ESP32-S3 (quad flash, quad PSRAM)": [FLASH],
	"ESP32-S3R8 (quad flash, octal PSRAM)": [FLASH, OCTAL],
	"ESP32-S3 (emulated)": [NO_PINS],
};

/** Why a GPIO cannot be had on a kind of chip, undefined when it can. */
export function taken(chip: ChipKind, gpio: number): string | undefined {
	return TAKEN[chip].find(({ from, to }) => gpio >= from && gpio <= to)?.why;
}
