/*
 * Draws the display's pictures: `npm run display -- [--out DIRECTORY] [PICTURE...]`. The phone's own drawing code draws on a panel that
 * takes the commands of the display's controller (tools/display/panel.ts); each picture becomes a PNG.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pictureNames, pictureOf } from "./draw.js";

const { values, positionals } = parseArgs({ options: { out: { type: "string" } }, allowPositionals: true });
const folder = values.out ?? "build/display";
mkdirSync(folder, { recursive: true });
for (const name of positionals.length > 0 ? positionals : pictureNames) {
	const file = join(folder, `${name}.png`);
	writeFileSync(file, pictureOf(name));
	process.stdout.write(`${file}\n`);
}
