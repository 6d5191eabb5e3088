/*
 * `npm run docs:site`: the project's pages as a site in build/site/dist, by VitePress. What that takes is installed under build/site from a lock of
 * its own (tools/docs/site/package-lock.json): 260 packages that no phone, tool or test needs, and that installing the tree would wait for.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../phone/project.js";
import { addressOf, sidebarOf, stage, wrongLinks } from "./stage.js";

export const siteUsage = `npm run docs:site [-- --serve [--port N] | --check [--pictures FOLDER]] [--base /PATH/] [--as-built]

Makes the project's pages a site: build/site/dist. The first time takes a minute more, to install VitePress under build/site.

  --serve           shows it on this computer, until Ctrl-C; --port N where (4173 unless given)
  --check           looks at each page as it was built: links and headings that they lead to, requests to other servers, axe-core's rules in light
                    and dark, and that nothing is wider than a screen of 360 pixels. Needs Chromium (the environment's CHROMIUM or Debian's)
  --pictures FOLDER with --check: each page as a picture, 360 pixels wide, on a wide screen, and dark
  --base /PATH/     where on its server the site will be: / unless given
  --as-built        what was built last, without building
`;

const source = join(projectRoot, "tools/docs/site");
const site = join(projectRoot, "build/site");
const pages = join(site, "src");
export const dist = join(site, "dist");
/** In Milliseconds: how long the server of a built site may take to start. */
const startTime = 30_000;

/** An installed program of the site's own packages. */
export function programOf(path: string): string {
	return join(site, "node_modules", path);
}

const vitepress = () => programOf("vitepress/bin/vitepress.js");

/** Installs what the site takes, when it is missing or its lock has changed since. */
function install(): void {
	const lock = readFileSync(join(source, "package-lock.json"));
	const wanted = createHash("sha256").update(lock).digest("hex");
	const stamp = join(site, "node_modules/.linnet-lock");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
	mkdirSync(site, { recursive: true });
	for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(source, file), join(site, file));
	process.stderr.write("installing what the site takes, under build/site (npm ci)\n");
	const words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
	if (spawnSync("npm", words, { cwd: site, stdio: ["ignore", 2, 2] }).status !== 0)
		throw new Error("npm ci failed in build/site: see above");
	writeFileSync(stamp, wanted);
}

/** The repository's address on the web: that of GitHub's workflow, else package.json's, else '': sources are not linked then. */
function repositoryUrl(environment = process.env): string {
	const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = environment;
	if (GITHUB_SERVER_URL && GITHUB_REPOSITORY) return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
	const { repository } = packageFile();
	return /https:\/\/[^\s]+?(?=\.git$|$)/.exec(repository?.url ?? "")?.[0] ?? "";
}

function packageFile(): { version: string; repository?: { url: string } } {
	return JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
}

/** Writes pages, pictures and configuration for VitePress. Throws what is wrong with links. */
function prepare(base: string): void {
	const wrong = wrongLinks(projectRoot);
	if (wrong.length > 0) throw new Error(`links that lead nowhere:\n  ${wrong.join("\n  ")}`);
	rmSync(pages, { recursive: true, force: true });
	const repository = repositoryUrl();
	for (const { file, to, text } of stage(projectRoot, repository)) {
		const target = join(pages, to);
		mkdirSync(dirname(target), { recursive: true });
		if (text === undefined) copyFileSync(join(projectRoot, file), target);
		else writeFileSync(target, text);
	}
	const programs = ["docs/programs.md", "docs/call.md"].find((page) => existsSync(join(projectRoot, page)));
	const home = readFileSync(join(source, "home.md"), "utf8");
	writeFileSync(join(pages, "index.md"), home.replace("PROGRAMS", addressOf(programs ?? "README.md")));
	copyFileSync(join(source, "icon.svg"), join(pages, "public/icon.svg"));
	for (const part of ["mermaid.esm.min.mjs", "chunks/mermaid.esm.min"])
		cpSync(programOf(`mermaid/dist/${part}`), join(pages, "public/mermaid", part), {
			recursive: true,
			filter: (file) => !file.endsWith(".map"),
		});
	cpSync(join(source, "vitepress"), join(pages, ".vitepress"), { recursive: true });
	const contents = { base, version: packageFile().version, repository, sidebar: sidebarOf(projectRoot) };
	writeFileSync(join(pages, ".vitepress/contents.json"), `${JSON.stringify(contents, null, "\t")}\n`);
}

function build(): void {
	const { status } = spawnSync(process.execPath, [vitepress(), "build", pages], {
		stdio: ["ignore", 2, 2],
		env: { ...process.env, NO_COLOR: "1" },
	});
	if (status !== 0) throw new Error("VitePress did not build the site: see above");
}

/** Serves the built site on a port of this computer, 0 for any. @returns its address, and what serves it. */
export async function serve(port: number): Promise<{ url: string; server: ChildProcess }> {
	const server = spawn(
		process.execPath,
		[vitepress(), "preview", pages, "--port", String(port || (await freePort()))],
		{
			stdio: ["ignore", "pipe", "inherit"],
			env: { ...process.env, NO_COLOR: "1" },
		},
	);
	const url = await new Promise<string>((done, failed) => {
		let said = "";
		const late = setTimeout(() => failed(new Error(`the site's server does not start: ${said}`)), startTime);
		server.stdout.on("data", (octets) => {
			said += octets;
			const found = /http:\/\/\S+/.exec(said)?.[0];
			if (found === undefined) return;
			clearTimeout(late);
			done(found);
		});
		server.on("exit", () => failed(new Error(`the site's server ended: ${said}`)));
	});
	return { url, server };
}

/** A port of this computer that nobody has: VitePress cannot choose one. */
function freePort(): Promise<number> {
	const server = createServer();
	return new Promise((done, failed) => {
		server.once("error", failed);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => done(port));
		});
	});
}

function readPort(text: string): number {
	const port = Number(text);
	if (text === "" || !Number.isInteger(port) || port < 0 || port > 65535)
		throw new Error(`--port ${text}: a number from 0 to 65535 is expected`);
	return port;
}

/** The command. @returns its status */
export async function makeSite(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			base: { type: "string", default: "/" },
			port: { type: "string", default: "4173" },
			serve: { type: "boolean" },
			check: { type: "boolean" },
			pictures: { type: "string" },
			"as-built": { type: "boolean" },
		},
	});
	if (!/^\/([\w.-]+\/)*$/.test(values.base))
		throw new Error(`--base ${values.base}: a path such as /linnet/ is expected`);
	const port = readPort(values.port);
	if (values.pictures !== undefined && !values.check) throw new Error("--pictures goes with --check");
	if (!values["as-built"]) {
		install();
		prepare(values.base);
		build();
		process.stdout.write(`${relative(projectRoot, dist)}\n`);
	} else if (!existsSync(dist)) throw new Error("--as-built: nothing has been built yet");
	if (values.check) return (await import("./check.js")).checkSite(values.pictures);
	if (!values.serve) return 0;
	const { url, server } = await serve(port);
	process.stdout.write(`The pages are at ${url}  (Ctrl-C ends it)\n`);
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => server.kill());
	return new Promise((done) => server.on("exit", () => done(0)));
}
