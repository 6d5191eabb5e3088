/*
 * Which files the panel's server hands out, by the paths under which the page and its import map name them: the page itself, the code of a
 * board's display as the tree compiles it, its fonts.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../phone/project.js";

export interface ServedFile {
	readonly file: string;
	/** What its name ends with, without the dot. */
	readonly type: string;
}

const sources = join(projectRoot, "tools/panel/page");
const fonts = join(projectRoot, "hal/display/fonts");
/** The library that draws the sound over time. */
const plots = join(projectRoot, "node_modules/uplot/dist");
const compiled = fileURLToPath(new URL("../../", import.meta.url));

/** Modules by their bare names, as the import map of the page leads to them: what draws, and knows no body. */
const modules =
	/^\/(hal\/(?:display\/[a-z]+|hardware|key-names|letters|wrap)|tools\/display\/drawing\/[a-z]+)(?:\.js)?$/;

/** The file behind a path; undefined when there is none. */
export function fileFor(path: string): ServedFile | undefined {
	if (path === "/") return { file: join(sources, "index.html"), type: "html" };
	const module = modules.exec(path)?.[1];
	if (module !== undefined) return { file: join(compiled, `${module}.js`), type: "js" };
	const [, font, fontType] = /^\/fonts\/(linnet-[a-z]+)\.(fnt|png)$/.exec(path) ?? [];
	if (font !== undefined && fontType !== undefined) return { file: join(fonts, `${font}.${fontType}`), type: fontType };
	if (path === "/uplot.js") return { file: join(plots, "uPlot.esm.js"), type: "js" };
	if (path === "/uplot.css") return { file: join(plots, "uPlot.min.css"), type: "css" };
	const [, name, type] = /^\/page\/((?:tabs\/)?[a-z-]+)\.(js|css|svg)$/.exec(path) ?? [];
	if (name === undefined || type === undefined) return undefined;
	return { file: join(type === "js" ? join(compiled, "tools/panel/page") : sources, `${name}.${type}`), type };
}
