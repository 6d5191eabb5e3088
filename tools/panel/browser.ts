/*
 * Starts Debian's Chromium without a window, for the panel's tests and its screenshot.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

/** Path of the browser: the environment's CHROMIUM, or where Debian puts it. */
export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether there is a browser to start. */
export function hasChromium(): boolean {
	return existsSync(chromiumPath);
}

export interface Browser {
	readonly context: BrowserContext;
	/** Ends the browser and removes what it wrote. */
	close(): Promise<void>;
}

/** Starts a browser with a profile of its own that asks nobody on the network for anything. */
export async function startBrowser(width = 1280, height = 800): Promise<Browser> {
	const profile = await mkdtemp(join(tmpdir(), "linnet-browser-"));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: chromiumPath,
		headless: true,
		viewport: { width, height },
		colorScheme: "light",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--disable-features=OptimizationHints,MediaRouter",
			"--use-fake-device-for-media-stream",
			"--use-fake-ui-for-media-stream",
		],
	});
	return {
		context,
		async close() {
			await context.close();
			await rm(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}
