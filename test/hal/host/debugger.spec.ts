/* The engine under the debugger xsbug: Node plays xsbug's side of the protocol. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, realpathSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { assert } from "chai";
import { HostFolder, prelude, program, root } from "../../support/host.js";

/** Takes the phone's connection, and waits for what it says. */
class Xsbug {
	readonly #server: Server;
	#socket: Socket | undefined;
	#heard = "";
	#wait: { text: string; done: (heard: string) => void } | undefined;

	private constructor(server: Server) {
		this.#server = server;
		server.on("connection", (socket) => {
			this.#socket = socket;
			socket.on("error", () => {});
			socket.on("data", (data) => {
				this.#heard += data;
				this.#look();
			});
		});
	}

	static async listen(): Promise<Xsbug> {
		const server = createServer();
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		return new Xsbug(server);
	}

	get place(): string {
		return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** What was heard up to a text and with it; forgets it. */
	hear(text: string): Promise<string> {
		return new Promise((done) => {
			this.#wait = { text, done };
			this.#look();
		});
	}

	order(xml: string): void {
		this.#socket?.write(`\r\n${xml}\r\n`);
	}

	#look(): void {
		const at = this.#wait === undefined ? -1 : this.#heard.indexOf(this.#wait.text);
		if (this.#wait === undefined || at < 0) return;
		const { text, done } = this.#wait;
		const heard = this.#heard.slice(0, at + text.length);
		this.#heard = this.#heard.slice(heard.length);
		this.#wait = undefined;
		done(heard);
	}

	close(): void {
		this.#socket?.destroy();
		this.#server.close();
	}
}

describe("xsbug on the PC's body", () => {
	const folders: HostFolder[] = [];
	let xsbug: Xsbug;

	beforeEach(async () => {
		xsbug = await Xsbug.listen();
	});
	afterEach(() => {
		xsbug.close();
		for (const folder of folders.splice(0)) folder.remove();
	});

	const start = (main: string) => {
		const folder = new HostFolder({ main });
		folders.push(folder);
		const child = folder.start(["--xsbug", xsbug.place]);
		let stdout = "";
		child.stdout?.on("data", (data) => {
			stdout += data;
		});
		const ended = new Promise<{ status: number | null; stdout: string }>((done) =>
			child.on("close", (status) => done({ status, stdout })),
		);
		return { ended, file: realpathSync(join(folder.path, "main.js")) };
	};

	it("stops at a breakpoint, tells where and with which values, and goes on", async () => {
		const { ended, file } = start(`${prelude}\nfunction twice(value) {\n\treturn value * 2;\n}\nprint(twice(21));\n`);
		assert.include(await xsbug.hear("</xsbug>"), '<login name="linnet" value="XS"/>');
		const line = prelude.split("\n").length + 2;
		xsbug.order(`<set-all-breakpoints><breakpoint path="${file}" line="${line}"/></set-all-breakpoints><go/>`);
		const stopped = await xsbug.hear("</break>");
		assert.include(stopped, `<break path="${file}" line="${line}"># Break: breakpoint!`);
		assert.match(stopped, /name="value"[^>]* value="21"/);
		xsbug.order("<go/>");
		assert.deepEqual(await ended, { status: 0, stdout: "42\n" });
	});

	it("takes a breakpoint while JavaScript rests", async () => {
		const { ended, file } = start(
			`${prelude}\nimport Timer from "timer";\nlet rounds = 0;\nconst timer = Timer.repeat(() => {\n\trounds += 1;\n}, 10);\nglobalThis.timer = timer;\n`,
		);
		await xsbug.hear("</xsbug>");
		xsbug.order("<set-all-breakpoints></set-all-breakpoints><go/>");
		const line = prelude.split("\n").length + 4;
		xsbug.order(`<set-breakpoint path="${file}" line="${line}"/>`);
		assert.include(await xsbug.hear("</break>"), `line="${line}"># Break: breakpoint!`);
		xsbug.order("<abort/>");
		assert.notStrictEqual((await ended).status, 0);
	});

	it("stops the phone in its TypeScript, under the name of the file", async () => {
		const child = spawn(
			program(),
			["--modules", join(root, "build/host.map"), "--agent", "127.0.0.1:9", "--xsbug", xsbug.place],
			{
				stdio: "ignore",
			},
		);
		const ended = once(child, "close");
		await xsbug.hear("</xsbug>");
		const file = join(root, "modules/app/deskphone.ts");
		const line =
			readFileSync(file, "utf8")
				.split("\n")
				.findIndex((text) => text.includes("this.log(startLine")) + 1;
		xsbug.order(`<set-all-breakpoints><breakpoint path="${file}" line="${line}"/></set-all-breakpoints><go/>`);
		assert.include(await xsbug.hear("</break>"), `<break path="${file}" line="${line}">`);
		child.kill("SIGKILL");
		await ended;
	});

	it("goes on where no debugger is there, or has gone, and refuses what is no address", async () => {
		const folder = new HostFolder({ main: `${prelude}\nprint(1);` });
		folders.push(folder);
		const none = folder.run(["--xsbug", "127.0.0.1:9"]);
		assert.strictEqual(none.stdout, "1\n");
		assert.include(none.stderr, "no debugger there");
		for (const wrong of ["nowhere", "127.0.0.1:0", "127.0.0.1:x", "127.0.0.1:"]) {
			const refused = folder.run(["--xsbug", wrong]);
			assert.strictEqual(refused.status, 2, wrong);
			assert.include(refused.stderr, `--xsbug ${wrong}: an IPv4 address`);
		}
		const { ended } = start(`${prelude}\nprint(2);`);
		await xsbug.hear("</xsbug>");
		xsbug.close();
		assert.deepEqual(await ended, { status: 0, stdout: "2\n" });
	});
});
