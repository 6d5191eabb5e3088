/*
 * The display's fonts, read from the same files that a board has in its flash.
 */
import type { Fonts } from "hal/display/canvas";
import { type BitmapFont, type FontSheet, fontNames, parseFont } from "tools/display/drawing/font";
import { pixelsOf } from "./pixels.js";

async function fetched(path: string): Promise<Response> {
	const answer = await fetch(path);
	if (!answer.ok) throw new Error(`${path}: the panel's server answers ${answer.status}`);
	return answer;
}

async function sheetOf(name: string): Promise<FontSheet> {
	return pixelsOf(await (await fetched(`/fonts/${name}.png`)).blob());
}

async function read(name: string): Promise<BitmapFont> {
	const [file, sheet] = await Promise.all([fetched(`/fonts/${name}.fnt`), sheetOf(name)]);
	return parseFont(name, new Uint8Array(await file.arrayBuffer()), sheet);
}

async function readAll(): Promise<Fonts> {
	const uses = Object.keys(fontNames) as (keyof Fonts)[];
	const all = await Promise.all(uses.map(async (use) => [use, await read(fontNames[use])] as const));
	return Object.fromEntries(all) as unknown as Fonts;
}

let fonts: Promise<Fonts> | undefined;

/** All fonts by use, read once for all phones. Rejects with a text for a person. */
export function loadFonts(): Promise<Fonts> {
	fonts ??= readAll();
	return fonts;
}
