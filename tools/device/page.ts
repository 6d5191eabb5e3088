/*
 * A page that flashes a built firmware from the browser by Web Serial, with ESP Web Tools (esphome/esp-web-tools): nothing but a
 * Chromium-like browser is needed on the computer that the board is connected to. Web Serial wants HTTPS or localhost, so the page
 * is for this computer, or its folder for a web server with HTTPS.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join, relative, sep } from "node:path";
import { firmwareName } from "../../hal/esp32s3/improv.js";
import { projectRoot } from "../phone/project.js";
import type { Image } from "./image.js";

const element = join(projectRoot, "node_modules/esp-web-tools/dist/web");
/** Names of chips as ESP Web Tools has them. */
const families: Readonly<Record<string, string>> = Object.freeze({ esp32s3: "ESP32-S3" });
const types: Readonly<Record<string, string>> = Object.freeze({
	html: "text/html; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	json: "application/json",
	bin: "application/octet-stream",
});

/** What ESP Web Tools reads: which file goes where, relative to the page. */
export function pageManifest(board: string, version: string, image: Image): object {
	return {
		name: firmwareName(board),
		version,
		new_install_prompt_erase: true,
		// seconds that a new board has to start and to say that it takes a Wi-Fi network over the same line
		new_install_improv_wait_time: 20,
		builds: [
			{
				chipFamily: families[image.chip] ?? image.chip,
				parts: image.parts.map(({ offset, file }) => ({ path: `firmware/${basename(file)}`, offset })),
			},
		],
	};
}

function pageText(title: string, version: string): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Linnet on ${title}</title>
<style>
	body { font: 16px/1.5 system-ui, sans-serif; max-width: 34em; margin: 3em auto; padding: 0 1em; }
	button { font: inherit; padding: 0.5em 1.5em; }
</style>
<script type="module" src="install/install-button.js"></script>
<h1>Linnet ${version}</h1>
<p>Connect the board (${title}) by USB, press <em>Install</em> and choose its port. A new board is erased first; an update keeps what
the phone has stored. Then the page asks for the Wi-Fi network that the phone is to join.</p>
<esp-web-install-button manifest="manifest.json">
	<button slot="activate">Install</button>
	<p slot="unsupported">This browser cannot reach serial ports: use Chrome, Edge or another Chromium.</p>
	<p slot="not-allowed">Serial ports are only open to pages from localhost or over HTTPS.</p>
</esp-web-install-button>
<p>If no port shows, hold BOOT while you connect the board.</p>
</html>
`;
}

/** Writes the page with all that belongs to it into a folder, anew. */
export function writePage(folder: string, title: string, version: string, image: Image): void {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(join(folder, "firmware"), { recursive: true });
	for (const { file } of image.parts) copyFileSync(file, join(folder, "firmware", basename(file)));
	cpSync(element, join(folder, "install"), { recursive: true });
	writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(pageManifest(title, version, image), null, "\t")}\n`);
	writeFileSync(join(folder, "index.html"), pageText(title, version));
}

/** Hands out a folder on a port of this computer alone, 0 for any. */
export function servePage(folder: string, port: number): Promise<{ url: string; server: Server }> {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? "/", "http://localhost").pathname;
		const file = join(folder, path === "/" ? "index.html" : decodeURIComponent(path));
		const inside = !relative(folder, file).startsWith(`..${sep}`);
		const reading = inside ? readFile(file) : Promise.reject(new Error("outside"));
		reading.then(
			(octets) => {
				const type = types[file.split(".").at(-1) ?? ""] ?? "application/octet-stream";
				response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(octets);
			},
			() => response.writeHead(404).end(),
		);
	});
	return new Promise((done, failed) => {
		server.once("error", failed);
		server.listen(port, "127.0.0.1", () => {
			done({ url: `http://localhost:${(server.address() as AddressInfo).port}/`, server });
		});
	});
}
