/*
 * Takes the README's picture: starts the panel, lets one phone call the other and writes the page as a PNG.
 * `node tools/run.mjs screenshot [FILE]`; FILE is tools/panel/screenshot.png unless given.
 * Needs Chromium and ffmpeg.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { projectRoot } from "../phone/project.js";
import { chromiumPath, hasChromium, startBrowser } from "./browser.js";
import { parseOptions } from "./options.js";
import { startPanel } from "./panel.js";

const usage = `node tools/run.mjs screenshot [FILE]

Takes the picture of two phones in a call for README.md with Chromium and ffmpeg; FILE is tools/panel/screenshot.png unless given.
`;

const file = process.argv[2] ?? join(projectRoot, "tools/panel/screenshot.png");
const timeout = 60_000;
/** Talk time that the picture shows at least, as the display writes it. */
const talkTime = /00:0[5-9]/;

async function dial(phone: Locator, digits: string): Promise<void> {
	for (const digit of digits) await phone.locator(`[data-key="${digit}"]`).click();
}

/** Writes a PNG with a palette: a third of the size, and no difference to the eye. */
function writeSmall(png: Buffer): void {
	const palette = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a";
	const { status, error, stderr } = spawnSync(
		"ffmpeg",
		["-v", "error", "-y", "-f", "png_pipe", "-i", "pipe:0", "-vf", palette, "-compression_level", "9", file],
		{ input: png },
	);
	if (error !== undefined) throw new Error(`ffmpeg does not start (${error.message}): install it`);
	if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString().trim()}`);
}

async function take(): Promise<void> {
	const panel = await startPanel(parseOptions([]), (line) => process.stderr.write(`panel: ${line}\n`));
	const browser = await startBrowser(1280, 800);
	try {
		const page = await browser.context.newPage();
		await page.goto(panel.server.url);
		const alice = page.locator(".phone").nth(0);
		const bob = page.locator(".phone").nth(1);
		for (const phone of [alice, bob]) await phone.locator(".number:not(:empty)").waitFor({ timeout });
		await alice.getByRole("button", { name: "Handset" }).click();
		await alice.locator('.call[data-state="1"]:visible').waitFor({ timeout });
		await dial(alice, "1002");
		await bob.locator('.call[data-state="4"]:visible').waitFor({ timeout });
		await bob.locator('[data-key="speaker"]').click();
		await bob.locator(".call-time", { hasText: talkTime }).waitFor({ timeout });
		await page.mouse.move(1, 1);
		writeSmall(await page.screenshot());
	} finally {
		await browser.close();
		await panel.close();
	}
}

if (file === "--help") {
	process.stdout.write(usage);
	process.exit(0);
}
if (!hasChromium()) {
	process.stderr.write(`screenshot: there is no Chromium at ${chromiumPath}: install it or set CHROMIUM\n`);
	process.exit(1);
}
await take();
process.stdout.write(`${file}\n`);
