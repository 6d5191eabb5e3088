/*
 * Takes the README's picture: starts the panel, lets a desk phone call a touch board and writes the page as a PNG.
 * `node tools/run.mjs screenshot [FILE]`; FILE is tools/panel/screenshot.png unless given. `--states FOLDER` takes pictures of the page in
 * what users see in a day, by night, on a small screen and with four phones, to be looked at.
 * Needs Chromium and ffmpeg.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { projectRoot } from "../phone/project.js";
import { chromiumPath, hasChromium, startBrowser } from "./browser.js";
import { parseOptions } from "./options.js";
import { type Panel, startPanel } from "./panel.js";

const usage = `node tools/run.mjs screenshot [FILE | --states FOLDER]

Takes the picture of two phones in a call for README.md with Chromium and ffmpeg; FILE is tools/panel/screenshot.png unless given.
  --states FOLDER   takes pictures of the page in what users see in a day, by night, on a small screen and with four phones
`;

/** A phone that no developer's panel has: what users set does not show. */
const device = ["--device", "SEP02000000FD01"];
const timeout = 60_000;
/** Talk time that the picture shows at least, as the display writes it. */
const talkTime = /00:0[5-9]/;

/** Writes a PNG with a palette: a third of the size, and no difference to the eye. */
function writeSmall(png: Buffer, file: string): void {
	const palette = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a";
	const { status, error, stderr } = spawnSync(
		"ffmpeg",
		["-v", "error", "-y", "-f", "png_pipe", "-i", "pipe:0", "-vf", palette, "-compression_level", "9", file],
		{ input: png },
	);
	if (error !== undefined) throw new Error(`ffmpeg does not start (${error.message}): install it`);
	if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString().trim()}`);
	process.stdout.write(`${file}\n`);
}

/** The panel in a browser, with somebody at its phones. */
class Desk {
	readonly page: Page;
	private readonly panel: Panel;

	private constructor(panel: Panel, page: Page) {
		this.panel = panel;
		this.page = page;
	}

	/** Runs `work` at a desk with such phones on it. */
	static async at(words: readonly string[], work: (desk: Desk) => Promise<void>): Promise<void> {
		const panel = await startPanel(parseOptions([...words, ...device]), (line) =>
			process.stderr.write(`panel: ${line}\n`),
		);
		const browser = await startBrowser(1280, 800);
		try {
			const page = await browser.context.newPage();
			await page.goto(panel.server.url);
			for (const phone of await page.locator(".phone").all())
				await phone.locator(".number:not(:empty)").waitFor({ timeout });
			await work(new Desk(panel, page));
		} finally {
			await browser.close();
			await panel.close();
		}
	}

	phone(index: number): Locator {
		return this.page.locator(".phone").nth(index);
	}

	/** Presses keys of a phone, one after the other. */
	keys(index: number, ...names: readonly string[]): void {
		for (const name of names) for (const pressed of [true, false]) this.panel.phones[index]?.key(name, pressed);
	}

	hook(index: number, off: boolean): void {
		this.panel.phones[index]?.hook(off);
	}

	/** Waits for a call of a phone in an SCCP state. */
	async call(index: number, state: number): Promise<void> {
		await this.phone(index).locator(`.call[data-state="${state}"]`).first().waitFor({ state: "attached", timeout });
	}

	async idle(): Promise<void> {
		for (const index of [0, 1])
			await this.phone(index).locator(".calls:not(:has(.call))").waitFor({ state: "attached", timeout });
	}

	async overlay(): Promise<void> {
		for (const index of [0, 1])
			await this.phone(index).locator(".overlay:not([hidden])").waitFor({ state: "attached", timeout });
	}

	async shoot(file: string, fullPage = false): Promise<void> {
		await this.page.mouse.move(1, 1);
		// keys and handset come to rest
		await this.page.waitForTimeout(600);
		writeSmall(await this.page.screenshot({ fullPage }), file);
	}
}

const State = Object.freeze({ offHook: 1, ringOut: 3, ringIn: 4, connected: 5, hold: 8 });

async function call(desk: Desk): Promise<void> {
	desk.hook(0, true);
	await desk.call(0, State.offHook);
	desk.keys(0, "1", "0", "0", "2");
	await desk.call(1, State.ringIn);
}

async function take(file: string): Promise<void> {
	await Desk.at(["--board", "desk,touch"], async (desk) => {
		await call(desk);
		desk.keys(1, "speaker");
		await desk.phone(1).locator(".call-time", { hasText: talkTime }).waitFor({ state: "attached", timeout });
		await desk.shoot(file);
	});
}

/** Both boards side by side in each state. */
async function takeStates(folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const file = (name: string): string => join(folder, `${name}.png`);
	await Desk.at(["--board", "desk,touch"], async (desk) => {
		const { page } = desk;
		await desk.shoot(file("01-idle"));
		desk.hook(0, true);
		await desk.call(0, State.offHook);
		desk.keys(0, "1", "0");
		await desk.shoot(file("02-dialling"));
		desk.keys(0, "0", "2");
		await desk.call(1, State.ringIn);
		await desk.shoot(file("03-ringing"));
		desk.keys(1, "speaker");
		await desk.call(1, State.connected);
		await desk.shoot(file("04-talking"));
		for (const index of [0, 1]) desk.keys(index, "volumeUp");
		await desk.shoot(file("05-volume"));
		for (const index of [0, 1]) desk.keys(index, "help", "help");
		await desk.overlay();
		await desk.shoot(file("06-statistics"));
		for (const index of [0, 1]) desk.keys(index, "help");
		desk.keys(0, "hold");
		await desk.call(0, State.hold);
		desk.keys(1, "mute");
		await desk.shoot(file("07-held-and-muted"));
		desk.hook(0, false);
		desk.keys(1, "speaker");
		await desk.idle();
		await call(desk);
		desk.hook(0, false);
		await desk.idle();
		await desk.shoot(file("08-missed"));
		for (const index of [0, 1]) desk.keys(index, "settings");
		await desk.overlay();
		await desk.shoot(file("09-settings"));
		for (const index of [0, 1]) desk.keys(index, "directories");
		await desk.shoot(file("10-directories"));
		for (const index of [0, 1]) desk.keys(index, "softkey2");
		await desk.phone(1).locator('[data-target="65"]').press("Enter");
		await desk.shoot(file("11-dial-pad"));
		await desk.phone(1).locator('[data-target="66"]').press("Enter");
		await page.emulateMedia({ colorScheme: "dark" });
		await desk.shoot(file("12-more-keys-by-night"));
		await page.emulateMedia({ colorScheme: "light" });
		await page.setViewportSize({ width: 360, height: 740 });
		await desk.shoot(file("13-360-pixels"), true);
	});
	await Desk.at(["--phones", "4", "--board", "desk,touch,desk,touch"], async (desk) => {
		await call(desk);
		await desk.shoot(file("14-four-phones"));
		await desk.page.emulateMedia({ colorScheme: "dark" });
		await desk.page.setViewportSize({ width: 360, height: 740 });
		await desk.shoot(file("15-four-phones-360-pixels-by-night"), true);
	});
}

if (process.argv.includes("--help")) {
	process.stdout.write(usage);
	process.exit(0);
}
if (!hasChromium()) {
	process.stderr.write(`screenshot: there is no Chromium at ${chromiumPath}: install it or set CHROMIUM\n`);
	process.exit(1);
}
const [first, folder] = process.argv.slice(2);
if (first !== "--states") await take(first ?? join(projectRoot, "tools/panel/screenshot.png"));
else if (folder !== undefined) await takeStates(folder);
else {
	process.stderr.write("screenshot: --states takes a folder\n");
	process.exit(2);
}
