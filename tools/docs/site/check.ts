/*
 * Looks at a built site page by page: linkinator follows all links, a browser opens each page in light and dark, has axe-core judge it, and notes
 * what it asks of other servers and what is wider than a small telephone.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { chromiumPath, hasChromium, startBrowser } from "../../panel/browser.js";
import { dist, programOf, serve } from "./main.js";

/** Pixels of a small telephone's screen and of a desk's. */
const narrow = 360;
const wide = 1280;
const height = 800;
const schemes = ["light", "dark"] as const;

interface Violation {
	readonly id: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Broken links of a site that is served at an address, a line each; links to other sites are not followed. */
async function brokenLinks(url: string): Promise<string[]> {
	const words = [url, "--recurse", "--check-fragments", "--format", "json", "--skip", `^(?!${url})`];
	const child = spawn(process.execPath, [programOf("linkinator/build/src/cli.js"), ...words], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	let text = "";
	child.stdout.on("data", (octets) => {
		text += octets;
	});
	await new Promise((done) => child.on("close", done));
	const { links } = JSON.parse(text) as { links: { url: string; state: string; status: number; parent: string }[] };
	const own = links.filter(({ state }) => state !== "SKIPPED");
	if (own.length < 100) throw new Error(`linkinator found ${own.length} links only: ${text.slice(0, 200)}`);
	process.stderr.write(`${own.length} links\n`);
	return own
		.filter(({ state }) => state !== "OK")
		.map(({ url, status, parent }) => `${parent}: ${url} leads nowhere (${status})`);
}

/** Pages of the site, as paths of its files. */
function builtPages(): string[] {
	return readdirSync(dist, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".html") && name !== "404.html")
		.sort();
}

/** Waits until a page shows all that it has: its drawings, and its pictures. */
async function shown(page: Page): Promise<void> {
	await page.waitForFunction("document.querySelector('pre.drawing') === null");
	await page.waitForFunction("[...document.images].every((image) => image.complete)");
	const broken = await page.evaluate<string[]>(
		"[...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src)",
	);
	if (broken.length > 0) throw new Error(`pictures that do not show: ${broken.join(", ")}`);
}

/** What axe-core says of a page. */
async function judged(page: Page, axe: string): Promise<Violation[]> {
	await page.evaluate(axe);
	return await page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
		return (await axe.run()).violations;
	});
}

/** The command's check. @returns 0 where nothing is wrong; else a line for each says what */
export async function checkSite(pictures: string | undefined): Promise<number> {
	if (!hasChromium()) throw new Error(`there is no Chromium at ${chromiumPath}: install it or set CHROMIUM`);
	const { url, server } = await serve(0);
	const origin = new URL(url).origin;
	const axe = readFileSync(programOf("axe-core/axe.min.js"), "utf8");
	const wrong: string[] = [];
	const names = builtPages();
	const browser = await startBrowser(wide, height);
	try {
		wrong.push(...(await brokenLinks(url)));
		const page = await browser.context.newPage();
		page.on("request", (request) => {
			if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
				wrong.push(`${page.url()} asks for ${request.url()}`);
		});
		page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
		for (const name of names) {
			const file = name.replaceAll("/", "-").replace(".html", "");
			for (const colorScheme of schemes) {
				await page.setViewportSize({ width: wide, height });
				await page.emulateMedia({ colorScheme });
				await page.goto(new URL(name, url).href);
				await shown(page);
				for (const { id, nodes } of await judged(page, axe))
					wrong.push(`${name}, ${colorScheme}: ${id}: ${nodes.length} x ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
				if (pictures !== undefined) await picture(page, join(pictures, `${file}-${colorScheme}.png`));
			}
			await page.setViewportSize({ width: narrow, height });
			await page.reload();
			await shown(page);
			const width = await page.evaluate<number>("document.documentElement.scrollWidth");
			if (width > narrow) wrong.push(`${name} is ${width} pixels wide on a screen of ${narrow}`);
			if (pictures !== undefined) await picture(page, join(pictures, `${file}-${narrow}.png`));
		}
	} finally {
		await browser.close();
		server.kill();
	}
	for (const line of wrong) process.stdout.write(`${line}\n`);
	process.stdout.write(`${names.length} pages, ${wrong.length} wrong\n`);
	return wrong.length === 0 ? 0 : 1;
}

async function picture(page: Page, path: string): Promise<void> {
	mkdirSync(join(path, ".."), { recursive: true });
	await page.screenshot({ path });
}
