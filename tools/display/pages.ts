/*
 * The server of scenes with pages of services: objects of the folder tools/display/pages by HTTP, and the example of services beside it.
 * In an object {base} stands for the server's address, and {hills W H} for a picture of that many pixels in two bits each, as an Image has
 * it; picture.png and icon.png are files with pictures.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { encode } from "fast-png";
import { projectRoot } from "../phone/project.js";
import { pageFolder } from "./folders.js";

const [pictureWidth, pictureHeight] = [296, 164];
const iconSize = 18;

/** How bright hills under a sun are at a point, from 0 to 1 across and down; the same for any size. */
function hills(x: number, y: number): number {
	if ((x - 0.78) ** 2 * 3.2 + (y - 0.26) ** 2 < 0.018) return 3;
	if (y > 0.78 + 0.12 * Math.sin(9 * x)) return 0;
	return y > 0.58 + 0.14 * Math.sin(6 * x + 2) ? 1 : 2;
}

/** In two bits a pixel, the first in the lowest; 0 is white as the guide has it. */
function greys(width: number, height: number): string {
	let [text, octet, bits] = ["", 0, 0];
	for (let at = 0; at < width * height; at += 1) {
		octet |= (3 - hills((at % width) / width, Math.floor(at / width) / height)) << bits;
		bits += 2;
		if (bits < 8 && at < width * height - 1) continue;
		text += octet.toString(16).padStart(2, "0").toUpperCase();
		[octet, bits] = [0, 0];
	}
	return text;
}

const colours = [
	[24, 84, 60],
	[44, 140, 84],
	[104, 172, 228],
	[252, 212, 84],
] as const;

/** A PNG of hills, or of a single colour with a frame. */
function png(width: number, height: number, colour: (x: number, y: number) => readonly number[]): Buffer {
	const pixels = new Uint8Array(width * height * 3);
	for (let at = 0; at < width * height; at += 1)
		pixels.set(colour((at % width) / width, Math.floor(at / width) / height), at * 3);
	return Buffer.from(encode({ width, height, channels: 3, data: pixels }));
}

const pictures: Readonly<Record<string, () => Buffer>> = Object.freeze({
	"picture.png": () => png(pictureWidth, pictureHeight, (x, y) => colours[hills(x, y)] as readonly number[]),
	"icon.png": () =>
		png(iconSize, iconSize, (x, y) => (Math.hypot(x - 0.47, y - 0.47) < 0.42 ? [252, 212, 84] : [24, 68, 100])),
});

export class ScenePages {
	private constructor(
		private readonly server: Server,
		private readonly example: ChildProcess,
		/** What stands for names in braces in scripts. */
		readonly words: Readonly<Record<string, string>>,
	) {}

	static async start(): Promise<ScenePages> {
		const server = createServer(({ url = "", headers }, response) => {
			const name = basename(url.split("?")[0] ?? "");
			const file = join(pageFolder, name);
			const picture = Object.hasOwn(pictures, name) ? pictures[name] : undefined;
			if (picture) response.writeHead(200, { "Content-Type": "image/png" }).end(picture());
			else if (!existsSync(file) || !name.endsWith(".xml")) response.writeHead(404).end();
			else {
				const object = readFileSync(file, "utf8")
					.replaceAll("{base}", `http://${headers.host}`)
					.replace(/\{hills (\d+) (\d+)\}/g, (_, width, height) => greys(Number(width), Number(height)));
				response.writeHead(200, { "Content-Type": "text/xml; charset=utf-8" }).end(object);
			}
		});
		await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
		const program = join(projectRoot, "examples/services/server.mjs");
		const example = spawn(process.execPath, [program, "--port", "0", "--address", "127.0.0.1"], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const port = await new Promise<string>((said, failed) => {
			example.stdout.setEncoding("utf8").on("data", (text: string) => {
				const match = /on port (\d+)/.exec(text);
				if (match?.[1]) said(match[1]);
			});
			example.once("exit", () => failed(new Error("the example of services has ended")));
		});
		return new ScenePages(server, example, {
			pages: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			services: `http://127.0.0.1:${port}`,
		});
	}

	async close(): Promise<void> {
		this.example.kill();
		this.server.closeAllConnections();
		await new Promise((closed) => this.server.close(closed));
	}
}
