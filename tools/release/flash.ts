/*
 * The page that leads to the flashing pages of all boards, which lie in folders beside it.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the page for the flashing pages in a folder. @returns the boards. Throws where there is none. */
export function writeFlashIndex(folder: string, version: string): string[] {
	const boards = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "manifest.json")))
		.map(({ name }) => name)
		.sort();
	if (boards.length === 0) throw new Error(`${folder}: folders of boards, each with a flashing page, are expected`);
	const items = boards.map((board) => `<li><a href="${board}/index.html">${board}</a></li>`).join("\n");
	writeFileSync(
		join(folder, "index.html"),
		`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Flash Linnet ${version}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }</style>
<main>
<h1>Flash Linnet ${version}</h1>
<p>Connect the board by USB and choose it. Chrome, Edge or another Chromium is needed; the board's page then asks for the Wi-Fi network.</p>
<ul>
${items}
</ul>
</main>
</html>
`,
	);
	return boards;
}
