/* The steps that bring a tree up to date: dependencies, TypeScript, the module map, the host program. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { trustedKeys } from "./keys.mjs";
import { writeLoad } from "./load.mjs";
import { hostMap, readManifest, writeIfChanged } from "./manifest.mjs";

function say(text) {
	process.stderr.write(`${text}\n`);
}

/** One line on a terminal that is written over; whole lines elsewhere. */
function progress(text, done = false) {
	if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}${done ? "\n" : ""}`);
	else say(text);
}

function works(command, args, input) {
	return spawnSync(command, args, { input, stdio: ["pipe", "ignore", "ignore"] }).status === 0;
}

/** @throws {Failure} naming the Debian packages when the compiler or make is missing. */
export function checkCompiler() {
	if (process.platform !== "linux") {
		throw new Failure(
			`a phone on a PC needs 64-bit Linux, not ${process.platform}: docs/container.md has the way on macOS and Windows`,
		);
	}
	const missing = ["gcc", "make"].filter((command) => !works(command, ["--version"]));
	if (missing.length) throw new Failure(`${missing.join(" and ")} not found: apt-get install gcc libc6-dev make`);
	if (!works("gcc", ["-E", "-x", "c", "-"], "#include <stdio.h>\n")) {
		throw new Failure("gcc finds no C library headers: apt-get install libc6-dev");
	}
}

/** Whether gcc makes and links 32-bit programs (Debian's gcc-multilib). */
export function has32() {
	const program = "#include <stdatomic.h>\n#include <stdio.h>\nint main(void) { return 0; }\n";
	return works("gcc", ["-m32", "-x", "c", "-", "-latomic", "-o", "/dev/null"], program);
}

/** Takes the lock by a name that appears whole, with the owner's process id in it; false when somebody has it. */
function take(lock) {
	const own = `${lock}.${process.pid}`;
	writeFileSync(own, String(process.pid));
	try {
		linkSync(own, lock);
		return true;
	} catch (error) {
		if (error.code !== "EEXIST") throw error;
		return false;
	} finally {
		rmSync(own, { force: true });
	}
}

/** Process id in a lock, 0 when it is gone. */
function ownerOf(lock) {
	try {
		return Number(readFileSync(lock, "utf8"));
	} catch {
		return 0;
	}
}

/** Puts a dead process's lock aside; gives it back when it has meanwhile become a living one's. */
function discard(lock) {
	const aside = `${lock}.${process.pid}.old`;
	try {
		renameSync(lock, aside);
		if (alive(ownerOf(aside))) linkSync(aside, lock);
	} catch (error) {
		if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
	}
	rmSync(aside, { force: true });
}

/** @throws {Failure} where nothing can be written */
function takeIn(root, lock) {
	try {
		mkdirSync(join(root, "build"), { recursive: true });
		return take(lock);
	} catch (error) {
		throw new Failure(`${root} is to be built in, and cannot be written to (${error.code}): install it for this user`);
	}
}

/** Runs one build of a tree at a time; others wait their turn. A lock left by a dead process does not count. */
export async function locked(root, work) {
	const lock = join(root, "build/lock");
	let told = false;
	while (!takeIn(root, lock)) {
		const owner = ownerOf(lock);
		if (owner && !alive(owner)) {
			discard(lock);
			continue;
		}
		if (!told) say(`waiting for another build of this tree (process ${owner})`);
		told = true;
		await new Promise((done) => setTimeout(done, 200));
	}
	try {
		return await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function alive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}

/** Whether npm itself was run since the lock file changed: its own record in node_modules is younger. */
function installedByHand(root) {
	const record = join(root, "node_modules/.package-lock.json");
	return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

/** Installs the locked dependencies when they are missing or the lock has changed since. */
export function install(root) {
	const lock = readFileSync(join(root, "package-lock.json"));
	const wanted = createHash("sha256").update(lock).digest("hex");
	const stamp = join(root, "node_modules/.linnet-lock");
	if (existsSync(stamp) ? readFileSync(stamp, "utf8") === wanted : installedByHand(root)) {
		if (!existsSync(stamp)) writeFileSync(stamp, wanted);
		return;
	}
	say("installing dependencies (npm ci)");
	const result = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
		cwd: root,
		stdio: ["ignore", 2, 2],
	});
	if (result.error) throw new Failure("npm not found: install Node 20.19 or newer with npm");
	if (result.status !== 0) throw new Failure("npm ci failed: see above");
	writeFileSync(stamp, wanted);
}

/** Compiles all TypeScript that is out of date into build/js, with the load's name as package.json has it now. */
export function compileTypeScript(root) {
	writeLoad(root);
	const result = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-b"], {
		cwd: root,
		stdio: ["ignore", 2, 2],
	});
	if (result.status !== 0) throw new Failure("the TypeScript does not compile: see above");
}

/** The keys whose loads a build of the PC's phone trusts. One that can have none takes no load, and says so; all else works. */
function keysOfMap() {
	try {
		return trustedKeys(say);
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		say(`${error.message}\nloads: this phone will take none`);
		return "";
	}
}

/** Writes build/host.map, the module map of the host program. */
export function writeMap(root) {
	const manifest = readManifest(join(root, "manifest.json"), "host");
	writeIfChanged(join(root, "build/host.map"), hostMap(manifest, root, join(root, "build"), keysOfMap()));
}

/** Builds the host program when something of it is out of date, showing what is compiled. */
export function compileHost(root, bits, sanitize = false) {
	const args = ["-f", "tools/build/Makefile", `BITS=${bits}`, ...(sanitize ? ["SANITIZE=1"] : [])];
	return compile(root, `host program, ${bits} bit${sanitize ? ", sanitizers" : ""}`, args);
}

/** Whether Debian's compiler and C library for the emulated Xtensa are there. */
export function hasXtensa() {
	const specs = "--specs=/usr/lib/xtensa-lx106-elf/picolibc.specs";
	return works("xtensa-lx106-elf-gcc", [specs, "-E", "-x", "c", "-"], "#include <stdio.h>\n");
}

/** Builds the phone for an emulated Xtensa likewise. */
export function compileXtensa(root) {
	return compile(root, "emulated phone", ["-f", "tools/lx106/lx106.mk"]);
}

/** Oldest release of Rust's cargo that the call agent of the tests was built with. */
export const cargoVersion = "1.95";

/** Whether Rust's cargo is there and new enough. */
export function hasCargo() {
	const { stdout } = spawnSync("cargo", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
	const [major, minor] = (/^cargo (\d+)\.(\d+)/.exec(stdout ?? "") ?? []).slice(1).map(Number);
	const [wantedMajor, wantedMinor] = cargoVersion.split(".").map(Number);
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** Builds the call agent and the judge of test/interop when something of them is out of date; cargo fetches the crates they need. */
export async function compileInterop(root) {
	const args = ["build", "--quiet", "--ignore-rust-version", "--manifest-path", "test/interop/Cargo.toml"];
	const cargo = spawn("cargo", args, {
		cwd: root,
		stdio: ["ignore", 2, 2],
		env: { ...process.env, CARGO_TARGET_DIR: join(root, "build/interop") },
	});
	const status = await new Promise((done) => cargo.on("close", done).on("error", () => done(1)));
	if (status !== 0) throw new Failure("interop: cargo cannot build test/interop, see above");
}

/** Runs make where what it makes is quick, without a word unless it fails. */
export function compileQuietly(root, what, args) {
	const made = spawnSync("make", ["-s", ...args], { cwd: root, stdio: ["ignore", 2, 2] });
	if (made.status !== 0) throw new Failure(`${what}: does not compile, see above`);
}

async function compile(root, what, args) {
	const plan = spawnSync("make", ["-n", ...args], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
	const total = (plan.stdout.match(/^echo "compiling /gm) ?? []).length;
	if (plan.status === 0 && total === 0 && !/^echo "linking /m.test(plan.stdout)) return;
	const start = Date.now();
	let count = 0;
	let rest = "";
	const make = spawn("make", [`-j${availableParallelism()}`, ...args], { cwd: root, stdio: ["ignore", "pipe", 2] });
	make.stdout.setEncoding("utf8");
	make.stdout.on("data", (text) => {
		const lines = (rest + text).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) {
			const compiling = line.startsWith("compiling ");
			if (compiling) count++;
			if (process.stderr.isTTY || !compiling || count % 10 === 0 || count === 1) {
				const seconds = Math.round((Date.now() - start) / 1000);
				progress(compiling ? `${what}: ${line}, ${count} of ${total} (${seconds} s)` : `${what}: ${line}`);
			}
		}
	});
	const status = await new Promise((done) => make.on("close", done));
	progress(`${what}: ${status === 0 ? "done" : "failed"} (${Math.round((Date.now() - start) / 1000)} s)`, true);
	if (status !== 0) throw new Failure(`${what}: does not compile, see above`);
}
