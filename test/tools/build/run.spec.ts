/*
 * The commands of npm as processes: a program does not outlive what started it, whatever is killed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { assert } from "chai";
import { projectRoot } from "../../../tools/phone/project.js";

const timeout = 60_000;

/** Resolves with what the output says once it matches. */
function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
	return new Promise((resolve, reject) => {
		let output = "";
		child.stdout?.on("data", (data) => {
			output += data;
			const found = pattern.exec(output);
			if (found) resolve(found);
		});
		child.once("close", () => reject(new Error(`it ended and had said: ${output}`)));
	});
}

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1", () => {
			socket.destroy();
			resolve(true);
		});
		socket.on("error", () => resolve(false));
	});
}

async function untilGone(port: number): Promise<void> {
	const end = Date.now() + timeout;
	while (await listens(port)) {
		assert.isBelow(Date.now(), end, "the call agent goes on by itself");
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

describe("A program of npm's commands", function () {
	this.timeout(4 * timeout);
	const children: ChildProcess[] = [];
	afterEach(() => {
		for (const child of children.splice(0)) child.stdout?.destroy();
	});

	const starts: [string, string, string[]][] = [
		["npm", "npm", ["run", "-s", "call-agent", "--", "--port", "0"]],
		["tools/run.mjs", process.execPath, ["tools/run.mjs", "call-agent", "--port", "0"]],
	];
	for (const [what, command, words] of starts)
		for (const signal of ["SIGTERM", "SIGKILL"] as const)
			it(`ends when ${what} is ended by ${signal}`, async () => {
				const child = spawn(command, words, { cwd: projectRoot, stdio: ["ignore", "pipe", "inherit"] });
				children.push(child);
				const [, port] = await said(child, /127\.0\.0\.1:(\d+)/);
				assert.isTrue(await listens(Number(port)));
				child.kill(signal);
				await untilGone(Number(port));
			});
});
