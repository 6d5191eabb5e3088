/*
 * VitePress's configuration. What the project says of its pages comes in contents.json, written beside this file when they are staged.
 */
import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const { base, version, repository, sidebar } = JSON.parse(
	readFileSync(new URL("contents.json", import.meta.url), "utf8"),
);

/** Headings are linked as in the repository. */
const anchorOf = (heading) =>
	heading
		.trim()
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
		.replaceAll(" ", "-");

export default defineConfig({
	base,
	title: "Linnet",
	description: "A desk phone for the ESP32-S3 that speaks SCCP",
	lang: "en",
	outDir: "../dist",
	cleanUrls: false,
	lastUpdated: false,
	head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}icon.svg` }]],
	markdown: {
		anchor: { slugify: anchorOf },
		theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
		// files of administrators, whose names the highlighter does not know
		languageAlias: { conf: "ini" },
		config: (markdown) => {
			const { fence } = markdown.renderer.rules;
			markdown.renderer.rules.fence = (tokens, index, options, environment, renderer) => {
				const { info, content } = tokens[index];
				if (info.trim() !== "mermaid") return fence(tokens, index, options, environment, renderer);
				environment.drawings = (environment.drawings ?? 0) + 1;
				return `<MermaidDrawing :number="${environment.drawings}" text="${encodeURIComponent(content)}" />`;
			};
			// a wide table moves by itself, by keys as well; a heading of a column that says nothing is none
			const { rules } = markdown.renderer;
			rules.table_open = (_tokens, _index, _options, environment) => {
				environment.tables = (environment.tables ?? 0) + 1;
				return `<div class="table" tabindex="0" role="region" aria-label="Table ${environment.tables}"><table>\n`;
			};
			rules.table_close = () => "</table></div>\n";
			const head = (token, content) => (content === "" ? token.replace("th", "td") : token);
			rules.th_open = (tokens, index, options, _environment, renderer) =>
				head(renderer.renderToken(tokens, index, options), tokens[index + 1].content);
			rules.th_close = (tokens, index) => head("</th>\n", tokens[index - 1].content);
		},
	},
	// the theme's first page has no main part
	transformHtml: (html) => html.replace('<div class="VPContent is-home"', '<div role="main" class="VPContent is-home"'),
	themeConfig: {
		logo: { src: "/icon.svg", alt: "" },
		nav: sidebar.map(({ text, items }) => ({ text, link: items[0].link })),
		sidebar,
		outline: { level: [2, 3] },
		search: { provider: "local" },
		socialLinks: repository === "" ? [] : [{ icon: "github", link: repository, ariaLabel: "The repository" }],
		footer: { message: `Linnet ${version}. MIT; what an image contains besides: see Licences.` },
	},
});
