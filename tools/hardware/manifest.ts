/*
 * The board's manifest.json against its description: the SDK's display drivers are told pins, sizes and speed there, as constants for
 * the C compiler, and those must be the pin map's.
 */
import type { Board, SpiDisplay } from "../../hal/esp32s3/board.js";

/** The part of a manifest that speaks of pins. */
export interface BoardManifest {
	readonly include?: string | readonly string[];
	readonly modules?: Readonly<Record<string, string>>;
	readonly config?: Readonly<Record<string, unknown>>;
	readonly defines?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the SDK's driver calls itself in `defines`: the ST7789 is its ILI9341 with other registers. */
const DEFINES = Object.freeze({ st7789: "ili9341", ili9341: "ili9341", co5300: "co5300" });

/** The manifest of an Ethernet driver; without one the image has no module for it, with two the SDK would take either. */
const ETHERNET = /^\.\.\/\.\.\/hal\/esp32s3\/ethernet\/([^/]+)\/manifest\.json$/;

/** The module that drives QEMU's panel. */
const PANEL = "hardware/emulator/panel";

/** The manifest of the control channel, for keys, lamps or light at its other end. */
const CONTROL = "../../hal/control/manifest.json";

/** What is wrong with a manifest, each in one sentence; empty when nothing is. */
export function checkManifest(board: Board, manifest: BoardManifest): string[] {
	const { display } = board;
	const complaints: string[] = [];
	const compare = (what: string, found: unknown, wanted: unknown): void => {
		if (found !== wanted)
			complaints.push(`manifest.json has ${what} ${found ?? "nowhere"}, the pin map ${wanted ?? "nowhere"}`);
	};
	for (const [specifier, source] of [
		["board", "./board"],
		["setup/target", "./setup-target"],
	] as const) {
		compare(specifier, manifest.modules?.[specifier], source);
	}
	const drivers = [manifest.include ?? []].flat().map((path) => ETHERNET.exec(path)?.[1]);
	compare(
		"the Ethernet driver",
		drivers.filter((driver) => driver !== undefined).join(", ") || undefined,
		board.ethernet?.kind ?? "none",
	);
	const kinds = [board.keypad, board.lamps, board.backlight].map((part) => part?.kind);
	compare(
		"the control channel",
		[manifest.include ?? []].flat().find((path) => path === CONTROL),
		kinds.includes("control") ? CONTROL : undefined,
	);
	compare("screen", manifest.config?.screen, display.controller === "qemu" ? PANEL : display.controller);
	compare("driverRotation", manifest.config?.driverRotation ?? 0, display.rotation);
	if (display.controller === "qemu") {
		compare("emulator.width", manifest.defines?.emulator?.width, display.width);
		compare("emulator.height", manifest.defines?.emulator?.height, display.height);
	} else compareSpi(display, manifest, compare);
	return complaints;
}

function compareSpi(
	{ controller, columnOffset, height, rotation, rowOffset, spi, width }: SpiDisplay,
	manifest: BoardManifest,
	compare: (what: string, found: unknown, wanted: unknown) => void,
): void {
	const name = DEFINES[controller];
	const defines = manifest.defines?.[name] ?? {};
	const turned = rotation === 90 || rotation === 270;
	compare(`${name}.width`, defines.width, turned ? height : width);
	compare(`${name}.height`, defines.height, turned ? width : height);
	compare(`${name}.column_offset`, defines.column_offset ?? 0, columnOffset);
	compare(`${name}.row_offset`, defines.row_offset ?? 0, rowOffset);
	compare(`${name}.hz`, defines.hz, spi.hz);
	compare(`${name}.spi_port`, defines.spi_port, `SPI${spi.unit}_HOST`);
	compare(`${name}.cs_pin`, defines.cs_pin, spi.cs);
	compare(`${name}.dc_pin`, defines.dc_pin, spi.dc);
	compare(`${name}.rst_pin`, defines.rst_pin, spi.reset);
	if (spi.data.length > 1) {
		compare(`${name}.sck_pin`, defines.sck_pin, spi.clk);
		for (const [i, gpio] of spi.data.entries()) compare(`${name}.data${i}_pin`, defines[`data${i}_pin`], gpio);
	} else {
		compare("spi.sck_pin", manifest.defines?.spi?.sck_pin, spi.clk);
		compare("spi.mosi_pin", manifest.defines?.spi?.mosi_pin, spi.data[0]);
	}
}
