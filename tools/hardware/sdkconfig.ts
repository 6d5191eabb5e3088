/*
 * ESP-IDF's configuration of each board. The SDK takes one folder of a board (SDKCONFIGPATH) and merges the files in it into its own;
 * what boards have in common would stand in each. So a board's files are made from the pieces in hardware/sdkconfig that its chip
 * asks for, and of the version in package.json, which ESP-IDF puts into an image's description.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Board, ChipKind } from "../../hal/esp32s3/board.js";

const PIECES = "hardware/sdkconfig";

const CHIPS: Readonly<Record<ChipKind, readonly string[]>> = {
	"ESP32-S3-WROOM-1-N16R8": ["common", "usb", "psram", "octal"],
	"ESP32-S3-WROOM-1-N16": ["common", "usb"],
	"ESP32-S3-WROOM-1-N16R16V": ["common", "usb", "psram", "octal"],
	"ESP32-S3 (quad flash, quad PSRAM)": ["common", "usb", "psram", "quad"],
	"ESP32-S3R8 (quad flash, octal PSRAM)": ["common", "usb", "psram", "octal"],
	"ESP32-S3 (emulated)": ["common", "emulator"],
};

/** The SDK's names for the files of its two builds: all builds read the first, those without debugger both. */
const FILES = Object.freeze([
	["defaults", "sdkconfig.defaults"],
	["release", "sdkconfig.defaults.release"],
] as const);

/** A board's files: path from the project's root, and text. @param root where the pieces are. */
export function sdkconfigFiles(root: string, folder: string, board: Pick<Board, "chip">): Map<string, string> {
	const files = new Map<string, string>();
	const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
	const described = `\n# Made from package.json.\nCONFIG_APP_PROJECT_VER_FROM_CONFIG=y\nCONFIG_APP_PROJECT_VER="${version}"\n`;
	for (const [ending, name] of FILES) {
		const pieces = CHIPS[board.chip].map((piece) => `${PIECES}/${piece}.${ending}`);
		const present = pieces.filter((piece) => existsSync(join(root, piece)));
		const head = `# Made from ${present.join(", ")} by npm run hardware:draw.\n`;
		files.set(
			`${folder}/sdkconfig/${name}`,
			head +
				present.map((piece) => readFileSync(join(root, piece), "utf8")).join("") +
				(ending === "defaults" ? described : ""),
		);
	}
	return files;
}
