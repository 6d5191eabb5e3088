/*
 * QEMU's own console (QMP, docs/interop/qmp-spec): JSON objects a line over a UNIX socket, one answer to each command in order.
 */
import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { LineSplitter } from "../phone/lines.js";

interface Answer {
	return?: unknown;
	error?: { class: string; desc: string };
}

interface Question {
	command: string;
	done: (answer: unknown) => void;
	failed: (why: Error) => void;
}

/** Milliseconds between looks at whether QEMU has made its socket, and until that is given up. */
const lookEvery = 20;
const timeout = 60_000;

export class Qmp {
	readonly #socket: Socket;
	readonly #questions: Question[] = [];

	private constructor(socket: Socket) {
		this.#socket = socket;
		const lines = new LineSplitter((line) => this.#line(line));
		socket.on("data", (data: Buffer) => lines.push(data));
		socket.on("error", () => {});
		socket.on("close", () => {
			for (const { command, failed } of this.#questions.splice(0))
				failed(new Error(`QEMU: '${command}': it has ended`));
		});
	}

	/** Waits for the socket and is ready for commands. */
	static async connect(path: string): Promise<Qmp> {
		for (const end = Date.now() + timeout; !existsSync(path); await pause(lookEvery))
			if (Date.now() > end) throw new Error(`QEMU: it has made no ${path}`);
		const socket = connect(path);
		await new Promise<void>((done, failed) => {
			socket.once("connect", done);
			socket.once("error", failed);
		});
		const qmp = new Qmp(socket);
		await qmp.execute("qmp_capabilities");
		return qmp;
	}

	/** Has QEMU do something; resolves with what it returns. Rejects with its own words. */
	execute(command: string, words: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
		return new Promise((done, failed) => {
			if (this.#socket.destroyed) {
				failed(new Error(`QEMU: '${command}': it has ended`));
				return;
			}
			this.#questions.push({ command, done, failed });
			this.#socket.write(`${JSON.stringify({ execute: command, arguments: words })}\n`);
		});
	}

	close(): void {
		this.#socket.destroy();
	}

	#line(line: string): void {
		const answer = JSON.parse(line) as Answer;
		// Greeting and events are no answers.
		if (!("return" in answer) && answer.error === undefined) return;
		const question = this.#questions.shift();
		if (answer.error === undefined) question?.done(answer.return);
		else question?.failed(new Error(`QEMU: '${question.command}': ${answer.error.desc}`));
	}
}
