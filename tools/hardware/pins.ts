/*
 * What no pin of a board may do: be used twice, not exist, be the flash's, carry what it cannot, or ask for more peripherals than
 * the chip has.
 */
import type { Board, Pin } from "../../hal/esp32s3/board.js";
import {
	adcUnit,
	CHIP_SELECTS,
	exists,
	FAST_SPI,
	isRtc,
	MATRIX_SPI_HZ,
	PWM,
	STRAPPING,
	taken,
	UNITS,
	USB,
} from "./chip.js";

/** Signals that a peripheral's unit cannot do without; of a group in brackets any one will do. */
const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
	i2s: [["i2s bclk"], ["i2s ws"], ["i2s dout", "i2s din"]],
	i2c: [["i2c sda"], ["i2c scl"]],
	spi: [["spi clk"], ["spi mosi", "spi d0", "spi miso"]],
	uart: [["uart tx", "uart rx"]],
};

/** What is wrong with a board's pins, each in one sentence; empty when nothing is. */
export function checkPins(board: Board): string[] {
	const pins = Object.values(board.pins);
	return [
		...twice(pins, ({ gpio }) => `GPIO ${gpio}`),
		...twice(pins, ({ net }) => `net ${net}`),
		...pins.flatMap((pin) => checkPin(board, pin).map((text) => `GPIO ${pin.gpio} (${pin.net}) ${text}`)),
		...checkUnits(pins),
		...checkPwm(board),
		...checkSpeed(board),
	];
}

function twice(pins: readonly Pin[], name: (pin: Pin) => string): string[] {
	const seen = new Set<string>();
	const doubles: string[] = [];
	for (const pin of pins) {
		if (seen.has(name(pin))) doubles.push(`${name(pin)} is used twice`);
		seen.add(name(pin));
	}
	return doubles;
}

function checkPin(board: Board, pin: Pin): string[] {
	const { gpio } = pin;
	if (!exists(gpio)) return ["does not exist on an ESP32-S3"];
	const complaints: string[] = [];
	const why = taken(board.chip, gpio);
	if (why !== undefined) complaints.push(`${why} (${board.chip})`);

	const strapping = STRAPPING.get(gpio);
	if (strapping !== undefined && !pin.strapping) {
		complaints.push(`decides at reset: ${strapping}; say in "strapping" what holds its level then`);
	}
	if (strapping === undefined && pin.strapping !== undefined) complaints.push("is no strapping pin");

	const usb = gpio === USB.minus ? "usb d-" : gpio === USB.plus ? "usb d+" : undefined;
	if (usb !== undefined && pin.function !== usb)
		complaints.push(`is the USB's ${usb.slice(4)} and carries ${pin.function}`);
	if (usb === undefined && pin.function.startsWith("usb")) complaints.push("has no USB: that is GPIO 19 and 20");

	if (pin.function === "adc" && adcUnit(gpio) !== 1) {
		complaints.push(adcUnit(gpio) === 0 ? "has no converter" : "has converter unit 2, which Wi-Fi takes for itself");
	}
	if (pin.wakes && !isRtc(gpio)) complaints.push("cannot wake the chip: only GPIO 0-21 can");

	const units = UNITS[peripheral(pin)];
	if (units === undefined && pin.unit !== undefined) complaints.push(`names a unit, but ${pin.function} has none`);
	if (units !== undefined && (pin.unit === undefined || !units.includes(pin.unit))) {
		complaints.push(`names ${peripheral(pin)} unit ${pin.unit ?? "none"}; there are ${units.join(" and ")}`);
	}
	return complaints;
}

function peripheral(pin: Pin): string {
	return pin.function.split(" ")[0] as string;
}

/** Each unit: a signal once, all signals that it needs, no more chip selects than it has. */
function checkUnits(pins: readonly Pin[]): string[] {
	const units = new Map<string, Pin[]>();
	for (const pin of pins) {
		if (UNITS[peripheral(pin)] === undefined) continue;
		const name = `${peripheral(pin)} ${pin.unit}`;
		units.set(name, [...(units.get(name) ?? []), pin]);
	}
	const complaints: string[] = [];
	for (const [name, members] of units) {
		const [kind, unit] = name.split(" ") as [string, string];
		const unitName = `${kind.toUpperCase()} ${unit}`;
		const selects = members.filter((pin) => pin.function === "spi cs").length;
		const room = CHIP_SELECTS[Number(unit)] ?? 0;
		if (kind === "spi" && selects > room) complaints.push(`${unitName} has ${room} chip selects, not ${selects}`);
		const others = members.filter((pin) => pin.function !== "spi cs").map((pin) => pin.function);
		for (const signal of new Set(others)) {
			if (others.filter((other) => other === signal).length > 1) complaints.push(`${unitName} has ${signal} twice`);
		}
		for (const group of NEEDED[kind] ?? []) {
			if (!members.some((pin) => group.includes(pin.function))) {
				complaints.push(`${unitName} lacks ${group.join(" or ")}`);
			}
		}
	}
	return complaints;
}

function checkPwm(board: Board): string[] {
	const used = Object.values(board.pins).filter((pin) => pin.function === "pwm").length;
	return used > PWM.channels ? [`the LED controller has ${PWM.channels} channels, not ${used}`] : [];
}

/** An SPI above the GPIO matrix's speed has to be on SPI2's own pins. */
function checkSpeed(board: Board): string[] {
	const buses = [
		...(board.display.controller === "qemu" ? [] : [board.display.spi]),
		...(board.ethernet?.kind === "w5500" ? [board.ethernet] : []),
	];
	return buses
		.filter(({ hz }) => hz > MATRIX_SPI_HZ)
		.flatMap(({ unit, hz }) =>
			Object.values(board.pins)
				.filter((pin) => peripheral(pin) === "spi" && pin.unit === unit)
				.filter((pin) => unit !== 2 || FAST_SPI[pin.function] !== pin.gpio)
				.map((pin) => `GPIO ${pin.gpio} (${pin.net}) passes the GPIO matrix, which is too slow for ${hz / 1e6} MHz`),
		);
}
