/* The host's body: command line, control channel, storage, signals. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { assert } from "chai";
import { echoBenchMissing } from "../../../tools/bench/echo.js";
import { HostFolder, prelude, program, type Variant } from "../../support/host.js";
import { needsBuild } from "../../support/optional.js";

const source = `${prelude}
import { hardware } from "hal/body";
hardware.keypad.start({
	key: (key, pressed) => print("key " + key + " " + pressed),
	hook: (off) => print("hook " + off + " " + hardware.keypad.offHook),
});
hardware.onQuit((done) => { print("quitting"); done(); });
print("defaults " + JSON.stringify(hardware.defaults) + " " + hardware.network.mac + " " + hardware.keypad.lineKeys + " " + hardware.keypad.softkeys);
`;

type Message = { type: string } & Record<string, unknown>;

class Body {
	readonly lines: string[] = [];
	readonly messages: Message[] = [];
	stderr = "";
	readonly child: ChildProcess;
	readonly ended: Promise<number | null>;
	#changed: () => void = () => {};

	constructor(folder: HostFolder, args: readonly string[], variant: Variant = "64") {
		this.child = spawn(program(variant), ["--modules", folder.map, "--control", "3", ...args], {
			stdio: ["ignore", "pipe", "pipe", "pipe"],
		});
		const control = this.child.stdio[3] as Duplex;
		control.on("error", () => {});
		collect(this.child.stdout, (line) => this.#took(this.lines, line));
		collect(control, (line) => this.#took(this.messages, JSON.parse(line) as Message));
		this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			this.stderr += text;
		});
		this.ended = once(this.child, "close").then(([status]) => status as number | null);
		this.ended.then(() => this.#changed());
	}

	#took<T>(list: T[], item: T): void {
		list.push(item);
		this.#changed();
	}

	say(text: string): void {
		(this.child.stdio[3] as Duplex).write(`${text}\n`);
	}

	async wait<T>(look: () => T | undefined): Promise<T> {
		for (;;) {
			const found = look();
			if (found !== undefined) return found;
			if (this.child.exitCode !== null) throw new Error(`ended: ${this.lines.join(" / ")}\n${this.stderr}`);
			await new Promise<void>((done) => {
				this.#changed = done;
			});
		}
	}

	line(start: string): Promise<string> {
		return this.wait(() => this.lines.find((line) => line.startsWith(start)));
	}

	message(type: string): Promise<Message> {
		return this.wait(() => this.messages.find((message) => message.type === type));
	}
}

function collect(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
	let rest = "";
	stream?.setEncoding("utf8");
	stream?.on("data", (text: string) => {
		const lines = (rest + text).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) take(line);
	});
}

describe("the host's body", () => {
	const folder = new HostFolder({ main: source });
	const bodies: Body[] = [];

	function start(...args: string[]): Body {
		const body = new Body(folder, args);
		bodies.push(body);
		return body;
	}

	after(() => {
		for (const body of bodies) body.child.kill("SIGKILL");
		folder.remove();
	});

	it("greets, takes keys and the hook, and ends when told", async () => {
		const body = start(
			"--device",
			"SEP00112233aabb",
			"--agent",
			"localhost",
			"--agent",
			"10.0.0.1:2001",
			"--protocol",
			"8",
		);
		const hello = await body.message("hello");
		assert.deepEqual(hello, {
			type: "hello",
			version: 1,
			pid: body.child.pid,
			bits: 64,
			device: "SEP00112233AABB",
			lineKeys: 6,
			softkeys: 4,
		});
		for (const line of [
			"key 5",
			"key # down",
			"key softkey2 up",
			"key line6",
			"key volumeUp",
			"hook off",
			"hook off",
			"hook on",
			"quit",
		]) {
			body.say(line);
		}
		assert.strictEqual(await body.ended, 0);
		assert.deepEqual(body.lines, [
			'defaults {"callAgents":["localhost","10.0.0.1:2001"],"deviceName":"SEP00112233AABB","protocolVersion":8,"tftpServers":[]} 00112233AABB 6 4',
			"key 5 true",
			"key 5 false",
			"key 11 true",
			"key 17 false",
			"key 29 true",
			"key 29 false",
			"key 51 true",
			"key 51 false",
			"hook true true",
			"hook false false",
			"quitting",
		]);
	});

	it("answers what it does not understand with an error, and goes on", async () => {
		const body = start();
		const lines = [
			"",
			"key",
			"key 12",
			"key line7",
			"key softkey0",
			"key 5 sideways",
			"hook",
			"hook up",
			"watch",
			"watch it",
			"watch on now",
			'nonsense "here"',
			"quit now",
			"address 127.0.0",
			"address 127.0.0.2 now",
			"point 1",
			"point 1 x",
			"point 1 2 3",
		];
		for (const line of lines) body.say(line);
		body.say("heap");
		await body.message("heap");
		const errors = body.messages.filter((message) => message.type === "error").map((message) => message.text);
		assert.deepEqual(
			errors,
			lines.map((line) => `unknown line "${line}"`),
		);
		// Standard output comes by another way than the control channel.
		await body.line("defaults");
		assert.lengthOf(body.lines, 1);
	});

	it("leaves out an overlong line", async () => {
		const body = start();
		body.say("x".repeat(100000));
		body.say("heap");
		await body.message("heap");
		assert.deepEqual(
			body.messages.filter((message) => message.type === "error"),
			[{ type: "error", text: "a line of more than 1024 octets is left out" }],
		);
	});

	it("tells counters of both streams and figures of the heap", async () => {
		const body = start();
		body.say("statistics");
		const { streams, ticks } = (await body.message("statistics")) as unknown as {
			streams: Record<string, unknown>[];
			ticks: number;
		};
		assert.isAtLeast(ticks, 0);
		assert.lengthOf(streams, 2);
		for (const stream of streams) assert.include(stream, { open: false, packetsSent: 0, jitter: 0, packetTimeSent: 0 });
		body.say("collect");
		const heap = await body.message("heap");
		assert.include(heap, { bits: 64, slotSize: 32 });
		assert.isAtLeast(Number(heap.collections), 1);
		assert.isAbove((heap.baseline as { slots: number }).slots, 0);
	});

	it("ends in good order on SIGTERM, SIGINT and when the control channel closes", async () => {
		for (const end of [
			(body: Body) => body.child.kill("SIGTERM"),
			(body: Body) => body.child.kill("SIGINT"),
			(body: Body) => (body.child.stdio[3] as Duplex).destroy(),
		]) {
			const body = start();
			await body.line("defaults");
			end(body);
			assert.strictEqual(await body.ended, 0);
			assert.include(body.lines, "quitting");
		}
	});

	it("goes on to its end in good order when it shows and collects after the channel has closed", async function () {
		await needsBuild(this, "64-asan");
		const folder = new HostFolder({
			main: `${prelude} import { hardware } from "hal/body";
				const work = (lamp) => { hardware.lamps.set(lamp, 2, 1); native("xs_host_collect").call(globalThis); };
				hardware.onQuit((done) => { work(1); hardware.clock.after(20, () => { work(2); print("later"); done(); }); });`,
		});
		const body = new Body(folder, [], "64-asan");
		bodies.push(body);
		await body.message("hello");
		(body.child.stdio[3] as Duplex).destroy();
		assert.strictEqual(await body.ended, 0, body.stderr);
		assert.deepEqual(body.lines, ["later"]);
		folder.remove();
	});

	it("ends after a while though the phone never says that it is done", async () => {
		const stubborn = new HostFolder({ main: `import { hardware } from "hal/body"; hardware.onQuit(() => {});` });
		const body = new Body(stubborn, []);
		bodies.push(body);
		await body.message("hello");
		body.say("quit");
		assert.strictEqual(await body.ended, 0);
		stubborn.remove();
	});

	it("ends with 5 when the phone restarts", async () => {
		const restarting = new HostFolder({ main: `import { hardware } from "hal/body"; hardware.restart();` });
		assert.strictEqual(restarting.run().status, 5);
		restarting.remove();
	});

	it("ends with 2 and one line for arguments that are wrong", () => {
		for (const args of [
			["--agent"],
			["--agent", "host:port"],
			["--agent", "host:0"],
			["--device", "SEP123"],
			["--mac", "00:11"],
			["--protocol", "4"],
			["--protocol", "x"],
			["--line-keys", "9"],
			["--softkeys", "0"],
			["--control", "99"],
			["--mic", "wav:/nowhere.wav"],
			["--mic", "drum"],
			["--speaker", "wav:/nowhere/x.wav"],
			["--echo-delay", "5"],
			["--rate", "11025"],
			["--volume"],
			["phone"],
		]) {
			const { status, stderr } = folder.run(args);
			assert.strictEqual(status, 2, `${args.join(" ")}: ${stderr}`);
			assert.match(stderr, /^linnet: [^\n]+\n$/, args.join(" "));
		}
	});

	it("cancels the speaker's echo where the build can, and says so where it cannot", () => {
		const restarting = new HostFolder({ main: `import { hardware } from "hal/body"; hardware.restart();` });
		const { status, stderr } = restarting.run(["--echo-delay", "30"]);
		if (echoBenchMissing().length === 0) assert.strictEqual(status, 5, stderr);
		else assert.match(stderr, /echo-delay: built without/);
		restarting.remove();
	});

	it("makes a screen and lamps into lines, whatever their texts hold", async () => {
		const text = 'a "quote" \\\\ back, \\u0001, é€📞';
		const showing = new HostFolder({
			main: `import { hardware } from "hal/body";
				const text = ${JSON.stringify(text).replaceAll("\\\\\\\\", "\\\\").replaceAll("\\\\u0001", "\\u0001")};
				hardware.display.show({ registration: 3, time: text, number: "1001",
					buttons: [{ label: text, icon: 1, lamp: 2, colour: 1 }, { label: "", icon: 0, lamp: 1, colour: 0 }],
					calls: [{ reference: 16777217, line: 1, state: 5, icon: 4, selected: true, title: text, detail: text, security: 1, seconds: -1 }],
					prompt: text, softkeys: ["NewCall", ""], overlay: { title: text, lines: [text, ""], first: 3, count: 9, selected: -1 },
					volume: 50, volumeName: text, route: 1, signs: 48, news: text, muted: false, messageWaiting: true, dirty: 127 });
				hardware.lamps.set(8, 2, 3); hardware.lamps.set(8, 2, 3); hardware.lamps.set(99, 2, 3); hardware.lamps.set(8, 1, 3);
				hardware.backlight.set(40);`,
		});
		const body = new Body(showing, []);
		bodies.push(body);
		const screen = await body.message("screen");
		assert.strictEqual(screen.prompt, 'a "quote" \\ back, \u0001, é€📞');
		assert.deepEqual(screen, {
			type: "screen",
			registration: 3,
			time: screen.prompt,
			number: "1001",
			buttons: [
				{ label: screen.prompt, icon: 1, lamp: 2, colour: 1 },
				{ label: "", icon: 0, lamp: 1, colour: 0 },
			],
			calls: [
				{
					reference: 16777217,
					line: 1,
					state: 5,
					icon: 4,
					selected: true,
					title: screen.prompt,
					detail: screen.prompt,
					security: 1,
					seconds: -1,
				},
			],
			prompt: screen.prompt,
			softkeys: ["NewCall", ""],
			overlay: { title: screen.prompt, lines: [screen.prompt, ""], first: 3, count: 9, selected: -1 },
			look: 0,
			volume: 50,
			volumeName: screen.prompt,
			route: 1,
			signs: 48,
			news: screen.prompt,
			muted: false,
			messageWaiting: true,
		});
		await body.wait(() => body.messages.filter((message) => message.type === "lamp")[1]);
		assert.deepEqual(
			body.messages.filter((message) => message.type === "lamp"),
			[
				{ type: "lamp", lamp: 8, mode: 2, colour: 3 },
				{ type: "lamp", lamp: 8, mode: 1, colour: 3 },
			],
		);
		assert.deepEqual(await body.message("backlight"), { type: "backlight", percent: 40 });
		showing.remove();
	});

	it("shows a screen without a lasting trace in the heap", () => {
		const showing = new HostFolder({
			main: `${prelude} import { hardware } from "hal/body";
				const words = new Uint32Array(14);
				const measure = () => native("xs_host_figures").call(globalThis, words.buffer);
				const screen = { registration: 3, time: "t", number: "1001", buttons: [{ label: "l", icon: 1, lamp: 2, colour: 1 }],
					calls: [], prompt: "p", softkeys: ["NewCall", ""], overlay: undefined,
					volume: 50, volumeName: "v", route: 1, signs: 48, news: "n", muted: false, messageWaiting: true, dirty: 127 };
				const show = (count) => { while (count--) hardware.display.show(screen); };
				show(3); measure(); measure();
				const slots = words[0], chunks = words[3];
				show(1000); measure(); print(words[0] - slots); print(words[3] - chunks); exit(0);`,
		});
		assert.deepEqual(showing.run().stdout.trim().split("\n"), ["0", "0"]);
		showing.remove();
	});
});

describe("storage of the host's body", () => {
	const path = mkdtempSync(join(tmpdir(), "linnet-storage-"));
	const inner = join(path, "kept");

	after(() => rmSync(path, { recursive: true, force: true }));

	function store(main: string): string[] {
		const folder = new HostFolder({
			main: `${prelude} import { hardware } from "hal/body"; const { storage } = hardware; ${main}; exit(0);`,
		});
		try {
			const { status, stdout, stderr } = folder.run(["--storage", inner]);
			assert.strictEqual(status, 0, stderr);
			return stdout.trim().split("\n");
		} finally {
			folder.remove();
		}
	}

	it("keeps values from run to run, whole, and deletes them", () => {
		assert.deepEqual(
			store(
				`print(storage.read("a")); storage.write("a", "1 é"); storage.write("../b/c.d", "2"); storage.write("e", "")`,
			),
			["undefined"],
		);
		assert.deepEqual(
			store(
				`print(storage.read("a")); print(storage.read("../b/c.d")); print(storage.read("e") === ""); storage.delete("a"); storage.delete("a"); print(storage.read("a"))`,
			),
			["1 é", "2", "true", "undefined"],
		);
		assert.sameMembers(readdirSync(path), ["kept"]);
		// beside the body's flash
		assert.lengthOf(
			readdirSync(inner).filter((name) => name !== ".flash"),
			2,
		);
	});

	it("says when a value cannot be written, and leaves the others alone", () => {
		store(`storage.write("key", "old"); storage.write("other", "kept")`);
		rmSync(join(inner, "key"));
		mkdirSync(join(inner, "key"));
		assert.deepEqual(
			store(
				`try { storage.write("key", "new"); } catch (error) { print(error.message.startsWith("storage: cannot write ")); } print(storage.read("other"))`,
			),
			["true", "kept"],
		);
		rmSync(join(inner, "key"), { recursive: true });
		assert.deepEqual(
			store(`storage.write("key", "a longer one"); storage.write("key", "new"); print(storage.read("key"))`),
			["new"],
		);
		assert.strictEqual(readFileSync(join(inner, "key"), "utf8"), "new");
	});

	it("refuses a folder that cannot be", () => {
		const folder = new HostFolder({ main: `import { hardware } from "hal/body"; hardware.storage.read("a");` });
		const { status, stderr } = folder.run(["--storage", "/dev/null/x"]);
		folder.remove();
		assert.strictEqual(status, 2);
		assert.match(stderr, /^linnet: --storage: .*cannot use the folder [^\n]*\n$/);
	});
});
