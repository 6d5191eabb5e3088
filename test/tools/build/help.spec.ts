/*
 * What the commands say: --help of each tells its words and does nothing, a benchmark that cannot be made here says in one line what
 * to install, and ends.
 */
import { spawnSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { program, root } from "../../support/host.js";

interface Run {
	status: number | null;
	stdout: string;
	stderr: string;
}

/** Programs that a command may start to do its work. */
const workers =
	"npm git make gcc cc clang clang-format clang-tidy pkg-config tar sha256sum ffmpeg ip dnsmasq valgrind qemu-system-xtensa mcconfig python3";
/** Milliseconds for what takes one second. */
const timeout = 60_000;

function run(path: string, words: readonly string[]): Run {
	const { status, stdout, stderr } = spawnSync(process.execPath, words, {
		cwd: root,
		encoding: "utf8",
		env: { ...process.env, PATH: path },
		timeout,
		killSignal: "SIGKILL",
	});
	return { status, stdout, stderr };
}

/** A folder for programs, and how one is put into it. */
class Programs {
	readonly path = mkdtempSync(join(tmpdir(), "linnet-programs-"));

	add(name: string, script: string): void {
		const file = join(this.path, name);
		rmSync(file, { force: true });
		writeFileSync(file, `#!/bin/sh\n${script}\n`);
		chmodSync(file, 0o755);
	}

	/** Puts in what this machine has, but for those named. */
	addOthers(...without: readonly string[]): void {
		for (const folder of (process.env.PATH ?? "").split(":").filter((name) => existsSync(name)))
			for (const name of readdirSync(folder))
				if (!without.includes(name) && !existsSync(join(this.path, name)))
					symlinkSync(join(folder, name), join(this.path, name));
	}

	remove(): void {
		rmSync(this.path, { recursive: true, force: true });
	}
}

/** When any file of the tree was last written, but for what is made of it. */
function lastWritten(folder = root): number {
	let last = 0;
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (folder === root && [".git", "build", "node_modules"].includes(entry.name)) continue;
		const path = join(folder, entry.name);
		last = Math.max(last, entry.isDirectory() ? lastWritten(path) : statSync(path).mtimeMs);
	}
	return last;
}

describe("--help", function () {
	this.timeout(2 * timeout);
	const programs = new Programs();
	const called = join(programs.path, "called.txt");
	before(() => {
		for (const name of workers.split(" ")) programs.add(name, `echo "$0 $*" >>${called}`);
	});
	after(() => programs.remove());

	const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
		scripts: Record<string, string>;
	};
	const commands: [string, string[]][] = Object.entries(scripts).map(([name, line]) => [
		name,
		line.split(" ").slice(1),
	]);
	for (const own of ["screenshot", "display-fonts"]) commands.push([`run.mjs ${own}`, ["tools/run.mjs", own]]);

	for (const [name, words] of commands)
		it(`of ${name} tells its words and does nothing`, () => {
			rmSync(called, { force: true });
			const before = lastWritten();
			const { status, stdout, stderr } = run(programs.path, [...words, "--help"]);
			assert.strictEqual(status, 0, stderr);
			// a specification beside this one may have something built
			assert.strictEqual(stderr.replace(/^waiting for another build of this tree.*\n/, ""), "");
			assert.match(stdout, /^(usage: )?(npm |node tools\/run\.mjs )/);
			assert.include(stdout, name.replace("run.mjs ", "").split(":")[0] ?? "");
			assert.isFalse(existsSync(called), existsSync(called) ? readFileSync(called, "utf8") : "");
			assert.strictEqual(lastWritten(), before);
		});

	it("wins over other words", () => {
		const { status, stdout } = run(programs.path, ["tools/run.mjs", "call", "600", "--json", "--help"]);
		assert.strictEqual(status, 0);
		assert.match(stdout, /^npm run -s call/);
	});

	it("of the host program lists all that its code takes", () => {
		const { status, stdout } = spawnSync(program(), ["--modules", "/nowhere", "--help"], { encoding: "utf8" });
		assert.strictEqual(status, 0);
		const taken = ["hal/host/main.c", "hal/host/options.ts"].flatMap((file) => [
			...readFileSync(join(root, file), "utf8").matchAll(/(?:strcmp\(option, |case )"(--[a-z-]+)"/g),
		]);
		const listed = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)];
		const sorted = (found: RegExpMatchArray[]) => found.map((match) => match[1] ?? "").sort();
		assert.deepEqual(sorted(listed), sorted(taken));
		assert.isAbove(listed.length, 15);
	});
});

describe("A benchmark that lacks something", function () {
	this.timeout(2 * timeout);
	const programs = new Programs();
	before(() => {
		programs.addOthers("gcc", "valgrind", "xtensa-lx106-elf-gcc", "qemu-system-xtensa", "ffmpeg", "pkg-config");
		const gcc = (process.env.PATH ?? "").split(":").map((folder) => join(folder, "gcc"));
		const real = gcc.find((file) => existsSync(file));
		programs.add("gcc", `case " $* " in *" -m32 "*) exit 1;; esac; exec ${real} "$@"`);
		mkdirSync(join(root, "build"), { recursive: true });
	});
	after(() => programs.remove());

	const bench = (...words: string[]) =>
		run(programs.path, ["--import", join(root, "tools/build/resolver.mjs"), "build/js/tools/bench/main.js", ...words]);

	for (const [name, packages] of [
		["heap", "gcc-multilib"],
		["config", "gcc-multilib"],
		["display", "gcc-multilib"],
		["audio", "valgrind"],
		["xtensa", "gcc-xtensa-lx106 picolibc-xtensa-lx106-elf qemu-system-misc"],
		["echo", "pkg-config libspeexdsp-dev"],
		["ffmpeg", "ffmpeg"],
	] as const)
		it(`says so in a line and ends: ${name}`, () => {
			const { status, stdout, stderr } = bench(name);
			assert.strictEqual(status, 1, stderr);
			assert.strictEqual(stdout, "");
			assert.match(stderr, new RegExp(`^bench: [^\\n]*apt-get install ${packages}[^\\n]*\\n$`));
		});

	it("ends with status 2 for a name that there is not, or none", () => {
		for (const words of [["constructor"], [], ["heap", "idle"]]) {
			const { status, stderr } = bench(...words);
			assert.strictEqual(status, 2, words.join(" "));
			assert.match(stderr, /^bench: [^\n]*one of heap, sccp, [^\n]+\n$/);
		}
	});
});
