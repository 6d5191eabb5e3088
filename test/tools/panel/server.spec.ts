/*
 * The panel's server and the keeper of a phone's process, with phones that have none.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { assert } from "chai";
import { WebSocket } from "ws";
import { PhoneKeeper } from "../../../tools/panel/keeper.js";
import { frameHeader, frameSamples, type ServerMessage } from "../../../tools/panel/page/messages.js";
import { PanelServer } from "../../../tools/panel/server.js";
import { FakePhone } from "./support/fake-phone.js";
import { until } from "./support/wait.js";

const frameOctets = frameSamples * 2;

describe("panel server", function () {
	this.timeout(60_000);

	let phones: FakePhone[];
	let keeper: PhoneKeeper;
	let server: PanelServer;
	let pages: WebSocket[];
	let boards: string[];
	let log: string[];

	const newest = (): FakePhone => phones.at(-1) as FakePhone;

	beforeEach(async () => {
		phones = [];
		pages = [];
		boards = [];
		log = [];
		keeper = new PhoneKeeper(
			"SEP024C696E6E01",
			async (board) => {
				boards.push(board);
				phones.push(new FakePhone(1000 + phones.length));
				return newest().running;
			},
			(line) => log.push(line),
		);
		server = await PanelServer.start(undefined, "Call agent of the tests", [keeper]);
		await keeper.start();
	});

	afterEach(async () => {
		for (const page of pages) page.terminate();
		await keeper.stop();
		await server.close();
	});

	function get(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage & { body: string }> {
		return new Promise((resolve, reject) => {
			const asked = request({ host: "127.0.0.1", port: server.port, path, headers }, (answer) => {
				let body = "";
				answer.setEncoding("utf8");
				answer.on("data", (text: string) => {
					body += text;
				});
				answer.on("end", () => resolve(Object.assign(answer, { body })));
			});
			asked.on("error", reject);
			asked.end();
		});
	}

	/** Opens the page's WebSocket; resolves with the messages that come, or with undefined when it is refused. */
	async function attach(headers: Record<string, string> = {}): Promise<ServerMessage[] | undefined> {
		const origin = `http://localhost:${server.port}`;
		const page = new WebSocket(`ws://127.0.0.1:${server.port}/panel`, {
			headers: { host: `localhost:${server.port}`, origin, ...headers },
		});
		pages.push(page);
		const messages: ServerMessage[] = [];
		page.on("message", (data, binary) => {
			if (!binary) messages.push(JSON.parse(data.toString()) as ServerMessage);
		});
		try {
			await once(page, "open");
		} catch {
			return undefined;
		}
		await until("the panel's greeting", () => messages.length > 0);
		return messages;
	}

	const say = (message: unknown): void => pages.at(-1)?.send(JSON.stringify(message));

	it("hands out the page, its program and the hardware's numbers, and nothing else", async () => {
		const page = await get("/");
		assert.equal(page.statusCode, 200);
		assert.include(page.headers["content-security-policy"] ?? "", "default-src 'none'");
		const named = [...page.body.matchAll(/(?:href|src)="([^"]+)"/g)].map((found) => found[1] as string);
		assert.includeMembers(named, ["/page/main.js", "/page/desk.css", "/page/linnet.svg"]);
		const imports = JSON.parse(/importmap">([^<]*)</.exec(page.body)?.[1] ?? "").imports as Record<string, string>;
		/** Where a module finds another, as a browser does. */
		const resolved = (name: string, from: string): string => {
			if (name.startsWith(".")) return new URL(name, `http://panel${from}`).pathname;
			const prefix = Object.keys(imports).find((start) => name.startsWith(start)) ?? "";
			return `${imports[prefix]}${name.slice(prefix.length)}`;
		};
		const asked = new Set([...named, "/page/worklet.js", "/fonts/linnet-text.fnt", "/fonts/linnet-text.png"]);
		for (const path of asked) {
			const { statusCode, body } = await get(path);
			assert.equal(statusCode, 200, path);
			if (!path.endsWith(".svg") && !path.endsWith(".css"))
				for (const [, name] of body.matchAll(/^(?:import|export|\}) .*?from "([^"]+)";$/gm))
					asked.add(resolved(name as string, path));
		}
		assert.includeMembers([...asked], ["/hal/display/display", "/page/tabs/tabs.js", "/uplot.js"]);
		for (const path of [
			"/page/../../package.json",
			"/package.json",
			"/page/%2e%2e/main.js",
			"/page/none.js",
			"/page/tabs/none.js",
			"/page/none/tabs.js",
			"/hal/body.js",
			"/hal/body",
			"/hal/display/../body",
			"/tools/panel/server",
			"/fonts/../../../package.json",
			"/fonts/LICENCE.md",
		])
			assert.equal((await get(path)).statusCode, 404, path);
	});

	it("loads nothing from elsewhere", async () => {
		for (const path of [
			"/",
			"/page/desk.css",
			"/page/phone.css",
			"/page/display.css",
			"/page/keys.css",
			"/page/boards.css",
		])
			assert.notMatch((await get(path)).body, /(src|href|url\()[^>]*https?:/);
	});

	it("answers to no other name than the own machine's", async () => {
		assert.equal((await get("/", { host: "rebound.example:8480" })).statusCode, 403);
		assert.equal((await get("/", { host: `localhost:${server.port}` })).statusCode, 200);
	});

	it("refuses the WebSocket of a foreign page", async () => {
		assert.isUndefined(await attach({ origin: "http://elsewhere.example" }));
		assert.isUndefined(await attach({ origin: "null" }));
		assert.isUndefined(
			await attach({ host: `rebound.example:${server.port}`, origin: `http://rebound.example:${server.port}` }),
		);
		assert.isDefined(await attach());
	});

	it("tells a page all about the phones, then what changes", async () => {
		const messages = (await attach()) ?? [];
		const first = messages[0];
		assert.equal(first?.type, "panel");
		if (first?.type !== "panel") return;
		assert.equal(first.agent, "Call agent of the tests");
		assert.equal(first.phones[0]?.screen?.number, "1001");
		assert.isTrue(first.phones[0]?.running);
		newest().events.emit("lamp", { lamp: 8, mode: 2, colour: 3 });
		newest().events.emit("screen", { ...newest().screen, prompt: "Enter number" });
		await until("two changes", () => messages.length === 3);
		assert.deepEqual(messages[1], { type: "lamp", phone: 0, lamp: 8, mode: 2, colour: 3 });
		assert.equal(messages[2]?.type === "screen" && messages[2].screen.prompt, "Enter number");
	});

	it("passes keys and the hook on, and nothing that is no key", async () => {
		await attach();
		for (const name of ["5", "*", "#", "softkey4", "line8", "volumeUp"])
			say({ type: "key", phone: 0, name, pressed: true });
		for (const name of ["quit", "5\nquit", "softkey6", "line0", "", 5, null])
			say({ type: "key", phone: 0, name, pressed: true });
		for (const phone of [1, -1, "0", null]) say({ type: "key", phone, name: "5", pressed: true });
		for (const odd of [null, 7, "text", [], {}]) say(odd);
		pages.at(-1)?.send("no JSON");
		say({ type: "hook", phone: 0, off: true });
		await until("the hook", () => newest().told.includes("hook off"));
		assert.deepEqual(newest().told, [
			"key 5 down",
			"key * down",
			"key # down",
			"key softkey4 down",
			"key line8 down",
			"key volumeUp down",
			"hook off",
		]);
	});

	it("has a phone be another board, with its handset down, and start as that alone", async () => {
		const messages = (await attach()) ?? [];
		keeper.hook(true);
		for (const board of ["wall", "desk", null, 5]) say({ type: "board", phone: 0, board });
		say({ type: "board", phone: 0, board: "touch" });
		await until("a second start", () => phones.length === 2 && keeper.state.running);
		assert.deepEqual(boards, ["desk", "touch"]);
		assert.deepEqual((phones[0] as FakePhone).told, ["hook off", "quit"]);
		assert.notInclude(newest().told, "hook off");
		await until("the news of it", () => {
			const last = messages.at(-1);
			return last?.type === "phone" && last.state.board === "touch" && last.state.running;
		});
	});

	it("tells what the keys of a touch board are called, and again when that has changed", async () => {
		const messages = (await attach()) ?? [];
		const names = (): unknown[] => messages.flatMap((message) => (message.type === "names" ? [message.names] : []));
		keeper.use("touch");
		await until("a second start", () => phones.length === 2 && keeper.state.running);
		newest().names = ["", "Halten"];
		newest().events.emit("screen", newest().screen);
		await until("the names", () => names().length === 1);
		newest().events.emit("screen", newest().screen);
		newest().names = ["", "Hold"];
		await until("others", () => names().length === 2);
		assert.deepEqual(names(), [
			["", "Halten"],
			["", "Hold"],
		]);
	});

	it("puts a finger on the picture of a service, within what a picture can be", async () => {
		await attach();
		for (const x of [-1, 1.5, 10_000, "1", null]) say({ type: "point", phone: 0, x, y: 1 });
		say({ type: "point", phone: 0, x: 12, y: 34 });
		say({ type: "hook", phone: 0, off: true });
		await until("the hook", () => newest().told.includes("hook off"));
		assert.deepEqual(newest().told, ["point 12 34", "hook off"]);
	});

	it("lets go of a page that does not read, before what waits for it grows without end", async () => {
		await attach();
		const page = pages.at(-1) as WebSocket;
		const closed = once(page, "close");
		page.pause();
		const picture = { place: 1, width: 1, height: 1, fileWidth: 1, fileHeight: 1, image: "x".repeat(1 << 20) };
		for (let told = 0; told < 64; told++) newest().events.emit("picture", picture);
		page.resume();
		await closed;
		const other = (await attach()) ?? [];
		newest().events.emit("lamp", { lamp: 8, mode: 2, colour: 3 });
		await until("what is told to others", () => other.at(-1)?.type === "lamp");
	});

	it("lets go of the keys that a page held when it went away", async () => {
		await attach();
		say({ type: "key", phone: 0, name: "5", pressed: true });
		await until("the key", () => newest().told.length === 1);
		pages.at(-1)?.terminate();
		await until("its release", () => newest().told.includes("key 5 up"));
	});

	it("starts a phone again that has ended, with its handset where it was", async () => {
		const messages = (await attach()) ?? [];
		keeper.hook(true);
		newest().end(null, "SIGKILL");
		await until("a second start", () => phones.length === 2 && keeper.state.running);
		await until("the news of it", () => messages.length === 4);
		const states = messages.filter((message) => message.type === "phone").map((message) => message.state);
		assert.deepEqual(
			states.map(({ running, note, pid }) => ({ running, note, pid })),
			[
				{ running: false, note: "it was ended by SIGKILL", pid: 0 },
				{ running: true, note: "", pid: 1001 },
			],
		);
		assert.deepEqual(newest().told, ["hook off"]);
		assert.match(log[0] ?? "", /ended by SIGKILL: starting it again/);
	});

	it("cuts the phone's sound into frames for the pages that listen, and passes the microphone on", async () => {
		await attach();
		const page = pages.at(-1) as WebSocket;
		const frames: Buffer[] = [];
		page.on("message", (data: Buffer, binary) => {
			if (binary) frames.push(data);
		});
		newest().pcm.push(Buffer.alloc(frameOctets, 1));
		say({ type: "sound", on: true });
		say({ type: "hook", phone: 0, off: true });
		await until("the hook", () => newest().told.length === 1);
		const sound = Buffer.from(Array.from({ length: 2 * frameOctets }, (_, index) => index & 0xff));
		newest().pcm.push(sound.subarray(0, 100));
		newest().pcm.push(sound.subarray(100, 201));
		newest().pcm.push(sound.subarray(201));
		await until("two frames", () => frames.length === 2);
		for (const frame of frames) assert.deepEqual([...frame.subarray(0, frameHeader)], [0, 0]);
		assert.deepEqual(Buffer.concat(frames.map((frame) => frame.subarray(frameHeader))), sound);

		const spoken = Buffer.alloc(frameHeader + frameOctets, 7);
		spoken.fill(0, 0, frameHeader);
		page.send(spoken);
		page.send(spoken.subarray(0, 99));
		page.send(Buffer.concat([Buffer.of(9, 0), spoken.subarray(frameHeader)]));
		await until("the microphone", () => newest().microphone.length > 0);
		say({ type: "hook", phone: 0, off: false });
		await until("the hook", () => newest().told.length === 2);
		assert.deepEqual(newest().microphone, Buffer.alloc(frameOctets, 7));
	});

	it("says that a port is in use when it was asked for, and takes the next one when not", async () => {
		const other = createServer().listen(0, "127.0.0.1");
		await once(other, "listening");
		const { port } = other.address() as AddressInfo;
		let refusal = "";
		try {
			await PanelServer.start(port, "", []);
		} catch (error) {
			refusal = (error as Error).message;
		}
		other.close();
		assert.equal(refusal, `port ${port} is in use; choose another with --port`);
		const second = await PanelServer.start(undefined, "", []);
		assert.notEqual(second.port, server.port);
		await second.close();
	});

	it("listens on another address for a container, whose browser is this machine's all the same", async () => {
		const contained = await PanelServer.start(undefined, "", [], "127.0.0.3");
		const { port } = contained;
		const ask = (host: string) =>
			new Promise<number | undefined>((done) => {
				request({ host: "127.0.0.3", port, headers: { host } }, (response) => {
					response.resume();
					done(response.statusCode);
				}).end();
			});
		assert.equal(await ask(`localhost:${port}`), 200);
		assert.equal(await ask(`127.0.0.3:${port}`), 403);
		await contained.close();
	});
});
