/*
 * Judges of the page for people who see little, or nothing: axe-core's rules, and the contrast of every text with what is painted behind it,
 * which axe-core does not tell where that is a gradient or a picture.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core has to complain of, as 'rule: element'. @param within of which part of the page, where not of all of it. */
export async function violations(page: Page, within?: string): Promise<string[]> {
	if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
	return page.evaluate(`axe.run(${within === undefined ? "document" : JSON.stringify(within)}, { resultTypes: ["violations"], preload: false }).then(({ violations }) =>
		violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 120))))`);
}

/** Run in the page: adds rules to its own for a while, in place of those that were added before. */
const setRules = `(rules) => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(rules);
	document.adoptedStyleSheets = [sheet];
}`;
const still = "* { transition: none !important; }";
const withoutLetters = "* { transition: none !important; color: transparent !important; }";

/** Run in the page: where its texts are and in what colours. */
const findTexts = `() => {
	const found = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
		const parent = node.parentElement;
		if (node.data.trim() === "" || parent.closest(".said, option") !== null) continue;
		if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		for (const { x, y, width, height } of range.getClientRects())
			found.push({ text: node.data.trim(), colour: getComputedStyle(parent).color, x, y, width, height });
	}
	return found;
}`;

/** Run in the page: the least contrast of each text with what its letters cover, by a picture with them and one without (WCAG 2.1). */
const leastOf = `async ({ texts, letters, bare }) => {
	const read = async (url) => {
		const picture = new Image();
		picture.src = url;
		await picture.decode();
		const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
		context.drawImage(picture, 0, 0);
		return context.getImageData(0, 0, picture.width, picture.height);
	};
	const [inked, plain] = [await read(letters), await read(bare)];
	const linear = (part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
	const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
	return texts.flatMap(({ text, colour, x, y, width, height }) => {
		const [r, g, b, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
		let least = 99;
		for (let row = Math.max(0, Math.floor(y)); row < Math.min(plain.height, y + height); row++)
			for (let column = Math.max(0, Math.floor(x)); column < Math.min(plain.width, x + width); column++) {
				const at = (row * plain.width + column) * 4;
				const under = plain.data.subarray(at, at + 3);
				// shades of gradients come a little otherwise each time
				if (under.every((part, i) => Math.abs(part - inked.data[at + i]) < 8)) continue;
				const ink = light([r, g, b].map((part, i) => part * alpha + under[i] * (1 - alpha)));
				const ground = light(under);
				least = Math.min(least, (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05));
			}
		return least === 99 ? [] : [{ text, least: Math.round(least * 100) / 100 }];
	});
}`;

/** The least contrast of each text in the window with what is behind it. */
export async function contrasts(page: Page): Promise<{ text: string; least: number }[]> {
	const picture = async (): Promise<string> =>
		`data:image/png;base64,${(await page.screenshot({ animations: "disabled" })).toString("base64")}`;
	const rules = (text: string): Promise<void> => page.evaluate(`(${setRules})(${JSON.stringify(text)})`);
	await rules(still);
	const texts = await page.evaluate(`(${findTexts})()`);
	const letters = await picture();
	await rules(withoutLetters);
	const bare = await picture();
	await rules("");
	return page.evaluate(`(${leastOf})(${JSON.stringify({ texts, letters, bare })})`);
}
