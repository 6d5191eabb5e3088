/*
 * Call agents to try a farm on, each a process of its own, as a load needs it: the development call agent, and that of the tests on other
 * people's code (test/interop, the crate sccp-protocol).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DialectName } from "../call-agent/options.js";
import { buildMissing, makeBuild } from "../phone/builds.js";
import { LineSplitter } from "../phone/lines.js";
import { deviceName } from "../phone/names.js";
import { projectRoot } from "../phone/project.js";

export interface TriedAgent {
	/** 'HOST:PORT' for the phones. */
	readonly address: string;
	readonly pid: number;
	close(): Promise<void>;
}

const crateProgram = join(projectRoot, "build/interop/debug/agent");
const firstNumber = 1001;

/** Resolves with what `read` makes of the program's first lines; rejects with what it said when it ends before. */
function begin(child: ChildProcess, name: string, read: (line: string) => number | undefined): Promise<TriedAgent> {
	return new Promise((resolve, reject) => {
		let said = "";
		let known = false;
		const lines = new LineSplitter((line) => {
			const port = known ? undefined : read(line);
			if (port === undefined) return;
			known = true;
			const gone = new Promise<void>((done) => child.once("close", () => done()));
			const close = () => {
				child.stdin?.end();
				child.kill();
				return gone;
			};
			resolve({ address: `127.0.0.1:${port}`, pid: child.pid ?? 0, close });
		});
		child.stdout?.on("data", (data: Buffer) => lines.push(data));
		child.stderr?.on("data", (data: Buffer) => {
			said = (said + data.toString()).slice(-500);
		});
		child.on("error", reject);
		child.on("close", (status, signal) => {
			if (!known) reject(new Error(`${name} ended ${signal ?? `with status ${status}`}: ${said.trim()}`));
		});
	});
}

/** The development call agent in a process of its own. */
export function startDevelopmentAgent(dialect: DialectName): Promise<TriedAgent> {
	const program = fileURLToPath(new URL("../call-agent/main.js", import.meta.url));
	const child = spawn(process.execPath, [program, "--port", "0", "--quiet", "--dialect", dialect], {
		stdio: ["pipe", "pipe", "pipe"],
	});
	return begin(child, "the call agent", (line) => {
		const [, port] = /^call agent .* on 127\.0\.0\.1:(\d+);/.exec(line) ?? [];
		return port === undefined ? undefined : Number(port);
	});
}

/**
 * The call agent of the tests, which wants to know its phones beforehand: so many from `first` on, with numbers from 1001.
 * @throws an Error that says what is missing to build it.
 */
export async function startCrateAgent(first: string, phones: number): Promise<TriedAgent> {
	const missing = buildMissing("interop");
	if (missing !== "" || !existsSync(join(projectRoot, "test/interop/Cargo.toml")))
		throw new Error(`the call agent of the tests needs ${missing || "a clone of the project"}`);
	await makeBuild("interop");
	const child = spawn(crateProgram, [], { stdio: ["pipe", "pipe", "pipe"] });
	const started = begin(child, "the call agent of the tests", (line) => {
		const event = JSON.parse(line) as { event: string; port?: number };
		return event.event === "ready" ? event.port : undefined;
	});
	const devices = Array.from({ length: phones }, (_, index) => {
		const number = `${firstNumber + index}`;
		return { id: deviceName(first, index), buttons: [{ kind: "line", number, label: `Phone ${number}` }] };
	});
	child.stdin?.on("error", () => {});
	child.stdin?.write(`${JSON.stringify({ bind: "127.0.0.1:0", confirms: false, devices })}\n`);
	return started;
}
