/*
 * Whether the parts of a board fit each other and the phone: addresses on the I2C buses, keys, lamps, and that every description
 * speaks of pins that are there and do what it wants of them.
 */
import type { Board, I2cPlace, KeyMatrix, Pin, PinFunction } from "../../hal/esp32s3/board.js";
import { Key, Lamp } from "../../hal/hardware.js";

const LINE_KEYS = 8;
const SOFTKEYS = 5;

/** What is wrong with a board's parts, each in one sentence; empty when nothing is. */
export function checkParts(board: Board): string[] {
	return [
		...checkAddresses(board),
		...checkConnections(board),
		...checkUses(board),
		...checkKeys(board),
		...checkLamps(board),
	];
}

function hex(address: number): string {
	return `0x${address.toString(16).padStart(2, "0")}`;
}

function checkAddresses(board: Board): string[] {
	const complaints: string[] = [];
	const owners = new Map<string, string>();
	for (const { id, part, i2c } of board.parts) {
		for (const address of i2c?.addresses ?? []) {
			const name = `${part} (${id})`;
			if (address < 0x08 || address > 0x77) complaints.push(`${name}: ${hex(address)} is reserved on I2C`);
			const place = `${i2c?.unit} ${address}`;
			const other = owners.get(place);
			if (other !== undefined) complaints.push(`${name} and ${other} both have ${hex(address)} on I2C ${i2c?.unit}`);
			owners.set(place, name);
		}
	}
	for (const [what, { unit, address }] of places(board)) {
		if (!board.i2c.some((bus) => bus.unit === unit)) complaints.push(`${what} is on I2C ${unit}, which is not there`);
		if (!owners.has(`${unit} ${address}`)) complaints.push(`${what}: no part has ${hex(address)} on I2C ${unit}`);
	}
	return complaints;
}

/** All chips that the firmware speaks to over I2C. */
function places(board: Board): [string, I2cPlace][] {
	const { audio, backlight, keypad, lamps } = board;
	const found: [string, I2cPlace][] = [];
	if (audio !== undefined) found.push(["audio output", audio.output]);
	if (audio?.input !== undefined) found.push(["audio input", audio.input]);
	if (keypad.kind === "scanner" || keypad.kind === "touch") found.push(["keypad", keypad]);
	if (lamps?.kind === "leds") found.push(["lamps", lamps]);
	if (backlight.kind === "rail") found.push(["backlight", backlight]);
	return found;
}

/** Nets go to terminals of parts that are there, and a terminal has one net. */
function checkConnections(board: Board): string[] {
	const complaints: string[] = [];
	const ids = new Set<string>();
	for (const { id } of board.parts) {
		if (ids.has(id)) complaints.push(`two parts are called ${id}`);
		ids.add(id);
	}
	const terminals = new Map<string, string>();
	for (const { net, to } of Object.values(board.pins)) {
		if (to.length === 0) complaints.push(`${net} goes nowhere`);
		for (const terminal of to) {
			const [id = "", name = ""] = terminal.split(".");
			if (!ids.has(id) || name === "") complaints.push(`${net} goes to ${terminal}, which is no terminal of a part`);
			const other = terminals.get(terminal);
			if (other !== undefined) complaints.push(`${terminal} is on ${other} and on ${net}`);
			terminals.set(terminal, net);
		}
	}
	return complaints;
}

/** Descriptions take GPIO numbers of pins that carry what they need. */
function checkUses(board: Board): string[] {
	const complaints: string[] = [];
	const want = (what: string, gpio: number | undefined, functions: readonly PinFunction[], unit?: number): void => {
		if (gpio === undefined) return;
		const pin = Object.values(board.pins).find((candidate: Pin) => candidate.gpio === gpio);
		if (pin === undefined) complaints.push(`${what} is on GPIO ${gpio}, which is not among the pins`);
		else if (!functions.includes(pin.function))
			complaints.push(`${what} is on GPIO ${gpio}, which carries ${pin.function}`);
		else if (unit !== undefined && pin.unit !== unit) complaints.push(`${what} is on GPIO ${gpio} of another unit`);
	};
	const { audio, backlight, display, ethernet, hook, keypad } = board;
	for (const bus of board.i2c) {
		want("I2C data", bus.data, ["i2c sda"], bus.unit);
		want("I2C clock", bus.clock, ["i2c scl"], bus.unit);
	}
	if (audio !== undefined) {
		const { amplifier, headsetDetect, i2s } = audio;
		want("audio master clock", i2s.mclk, ["i2s mclk"], i2s.unit);
		want("audio bit clock", i2s.bclk, ["i2s bclk"], i2s.unit);
		want("audio word select", i2s.ws, ["i2s ws"], i2s.unit);
		want("audio to the codec", i2s.dout, ["i2s dout"], i2s.unit);
		want("audio from the codec", i2s.din, ["i2s din"], i2s.unit);
		want("amplifier", amplifier?.gpio, ["output"]);
		want("headset's plug", headsetDetect?.gpio, ["input", "interrupt"]);
	}
	if (display.controller !== "qemu") {
		const { spi } = display;
		want("display's clock", spi.clk, ["spi clk"], spi.unit);
		want("display's select", spi.cs, ["spi cs"], spi.unit);
		spi.data.forEach((gpio, i) => {
			const functions: PinFunction[] = spi.data.length === 1 ? ["spi mosi"] : [`spi d${i}` as PinFunction];
			want(`display's data ${i}`, gpio, functions, spi.unit);
		});
		want("display's data/command", spi.dc, ["output"]);
		want("display's reset", spi.reset, ["output"]);
	}
	if (backlight.kind === "pwm") want("backlight", backlight.gpio, ["pwm"]);
	want("hook switch", hook?.gpio, ["input", "interrupt"]);
	if (keypad.kind === "scanner" || keypad.kind === "touch") want("keypad's interrupt", keypad.interrupt, ["interrupt"]);
	if (keypad.kind === "touch") want("touch's reset", keypad.reset, ["output"]);
	if (keypad.kind === "matrix") {
		for (const gpio of keypad.rowPins) want("row", gpio, ["row"]);
		for (const gpio of keypad.columnPins) want("column", gpio, ["column"]);
	}
	if (ethernet?.kind === "w5500") {
		want("Ethernet's clock", ethernet.clk, ["spi clk"], ethernet.unit);
		want("Ethernet's MOSI", ethernet.mosi, ["spi mosi"], ethernet.unit);
		want("Ethernet's MISO", ethernet.miso, ["spi miso"], ethernet.unit);
		want("Ethernet's select", ethernet.cs, ["spi cs"], ethernet.unit);
		want("Ethernet's interrupt", ethernet.interrupt, ["interrupt"]);
		want("Ethernet's reset", ethernet.reset, ["output"]);
	}
	return complaints;
}

/** Keys that a phone with keys must have, besides digits, softkeys and line keys; by name in {@link Key}. */
const NEEDED = Object.freeze([
	...(["star", "pound", "up", "down", "left", "right", "select", "hold", "transfer", "messages", "services"] as const),
	...(["directories", "settings", "speaker", "mute", "volumeUp", "volumeDown"] as const),
]);

function checkKeys(board: Board): string[] {
	const { keypad } = board;
	const complaints: string[] = [];
	if (keypad.lineKeys > LINE_KEYS || keypad.softkeys > SOFTKEYS) {
		complaints.push(`a phone has at most ${LINE_KEYS} line keys and ${SOFTKEYS} softkeys`);
	}
	if (keypad.kind === "touch" || keypad.kind === "control") return complaints;
	complaints.push(...checkMatrix(keypad.matrix));
	const { rows, columns } =
		keypad.kind === "scanner" ? keypad.driver : { rows: keypad.rowPins.length, columns: keypad.columnPins.length };
	const { keys } = keypad.matrix;
	if (keys.length > rows || (keys[0]?.length ?? 0) > columns) {
		complaints.push(`the keys need ${keys.length} x ${keys[0]?.length}, there are ${rows} x ${columns}`);
	}

	const present = new Set(keys.flat());
	const needed = new Map<string, number>(NEEDED.map((name) => [name, Key[name]]));
	for (let digit = 0; digit <= 9; digit++) needed.set(`digit ${digit}`, digit);
	for (let i = 0; i < keypad.softkeys; i++) needed.set(`softkey ${i + 1}`, Key.softkey1 + i);
	for (let i = 0; i < keypad.lineKeys; i++) needed.set(`line key ${i + 1}`, Key.line1 + i);
	if (board.audio?.routes.headset !== undefined) needed.set("headset", Key.headset);
	for (const [name, key] of needed) if (!present.has(key)) complaints.push(`key ${name} (${key}) is missing`);
	return complaints;
}

function checkMatrix(matrix: KeyMatrix): string[] {
	const complaints: string[] = [];
	const width = matrix.keys[0]?.length ?? 0;
	if (matrix.keys.some((row) => row.length !== width)) complaints.push("rows of the key matrix differ in length");
	const seen = new Set<number>();
	for (const key of matrix.keys.flat()) {
		if (key === -1) continue;
		if (!isKey(key)) complaints.push(`${key} is the number of no key`);
		if (seen.has(key)) complaints.push(`key ${key} is mapped twice`);
		seen.add(key);
	}
	return complaints;
}

function isKey(key: number): boolean {
	if (key >= 0 && key <= 9) return true;
	if (key >= Key.softkey1 && key < Key.softkey1 + SOFTKEYS) return true;
	if (key >= Key.line1 && key < Key.line1 + LINE_KEYS) return true;
	return Object.values(Key).some((known) => known === key);
}

function checkLamps(board: Board): string[] {
	const { lamps, keypad } = board;
	if (lamps?.kind !== "leds") return [];
	const { outputs } = lamps.driver;
	const complaints: string[] = [];
	const seen = new Set<number>();
	for (const channel of [...lamps.red, ...lamps.green]) {
		if (channel === -1) continue;
		if (!Number.isInteger(channel) || channel < 0 || channel >= outputs)
			complaints.push(`LED channel ${channel} does not exist`);
		if (seen.has(channel)) complaints.push(`LED channel ${channel} lights two lamps`);
		seen.add(channel);
	}
	for (const colour of [lamps.red, lamps.green]) {
		if (colour.length !== Lamp.count) complaints.push(`lamps are ${Lamp.count}, and ${colour.length} are described`);
	}
	const lit = (lamp: number): boolean => (lamps.red[lamp] ?? -1) >= 0 || (lamps.green[lamp] ?? -1) >= 0;
	for (let i = 0; i < keypad.lineKeys; i++) if (!lit(Lamp.line1 + i)) complaints.push(`line key ${i + 1} has no lamp`);
	if (!lit(Lamp.message)) complaints.push("there is no message light");
	return complaints;
}
