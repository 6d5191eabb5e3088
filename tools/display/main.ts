/*
 * Draws the display's pictures: `npm run display -- [--out DIRECTORY] [SCENE...]`. The phone's own drawing code draws on a panel that
 * takes the commands of the display's controller (tools/display/panel.ts); each scene becomes a PNG.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pictureOf } from "./draw.js";
import { scenes } from "./scenes.js";

const { values, positionals } = parseArgs({ options: { out: { type: "string" } }, allowPositionals: true });
const folder = values.out ?? "build/display";
mkdirSync(folder, { recursive: true });
for (const name of positionals.length > 0 ? positionals : Object.keys(scenes)) {
	const file = join(folder, `${name}.png`);
	writeFileSync(file, pictureOf(name));
	process.stdout.write(`${file}\n`);
}
