// The web pages of a whole phone of the PC: curl and Chromium as clients, objects pushed by those whom a server knows, and clients that
// would have the phone to themselves. What the server takes of the heap is given back.

import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { promisify } from "node:util";
import { assert } from "chai";
import { decode } from "fast-png";
import { deviceFile } from "../../tools/boot/files.js";
import { TftpServer } from "../../tools/boot/tftp-server.js";
import { type Browser, chromiumPath, hasChromium, startBrowser } from "../../tools/panel/browser.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { needs, needsBuild } from "../support/optional.js";
import { firstDevice, House, registered, timeout } from "./support/house.js";

const run = promisify(execFile);
const told = /web: pages at (http:\/\/127\.0\.0\.1:(\d+)\/)/;

describe("a phone with web pages", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	/** A phone that is registered, and where its pages are. @param rest of its configuration; undefined for a phone without one. */
	async function phoneWith(
		rest?: string,
		bits: 32 | 64 = 64,
	): Promise<{ phone: PhoneProcess; base: string; port: number }> {
		const agent = await house.agent({ dialect: "callmanager" });
		const at = `127.0.0.1:${agent.port}`;
		let phone: PhoneProcess;
		if (rest === undefined) phone = await house.phone({ agents: [at], extra: ["--web", "free"], bits });
		else {
			const tftp = await TftpServer.start();
			house.onClose(async () => tftp.close());
			tftp.files.set(`${firstDevice}.cnf.xml`, deviceFile({ agents: [at], rest }));
			const extra = ["--tftp", `127.0.0.1:${tftp.port}`, "--web", "free"];
			phone = await house.phone({ device: firstDevice, extra, bits });
		}
		await registered(phone);
		await phone.wait(({ logLines }) => logLines.some((line) => told.test(line)), timeout, "its pages");
		const [, base = "", port = ""] = told.exec(phone.logLines.find((line) => told.test(line)) ?? "") ?? [];
		return { phone, base, port: Number(port) };
	}

	/** What curl says: the body, and the status behind it. */
	async function curl(...words: readonly string[]): Promise<{ body: string; status: number }> {
		const { stdout } = await run("curl", ["-s", "-m", "20", "-w", "\n%{http_code}", ...words], { encoding: "latin1" });
		const end = stdout.lastIndexOf("\n");
		return { body: stdout.slice(0, end), status: Number(stdout.slice(end + 1)) };
	}

	/** Sends something on a connection of its own, and takes all that comes until its end. */
	function tell(port: number, text: string): Promise<string> {
		return new Promise((done) => {
			const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"));
			let heard = "";
			socket.setEncoding("latin1").on("data", (more: string) => {
				heard += more;
				// who is refused hears it at once, and need not wait for the end
				if (/^HTTP\/1\.1 4\d\d [\s\S]*\r\n\r\n./.test(heard)) socket.destroy();
			});
			socket.on("error", () => {});
			socket.on("close", () => done(heard));
		});
	}

	it("shows them to curl, and takes objects from those whom the server knows", async () => {
		const asked: string[] = [];
		const authority = createServer((request, response) => {
			asked.push(request.url ?? "");
			response.end(request.url?.includes("Password=right") ? "AUTHORIZED" : "UN-AUTHORIZED");
		});
		await new Promise<void>((done) => authority.listen(0, "127.0.0.1", done));
		house.onClose(async () => authority.close());
		const url = `http://127.0.0.1:${(authority.address() as AddressInfo).port}/a`;
		const { phone, base } = await phoneWith(`<authenticationURL>${url}</authenticationURL>`);
		const device = await curl(`${base}DeviceInformationX`);
		assert.equal(device.status, 200);
		assert.include(device.body, `<HostName>${firstDevice}</HostName>`);
		assert.include((await curl(`${base}NetworkConfigurationX`)).body, `<AuthenticationURL>${url}</AuthenticationURL>`);
		assert.include((await curl(`${base}DeviceLogX?0`)).body, "<status>");
		assert.match((await curl(`${base}EthernetInformationX`)).body, /<RxFrames>[1-9]\d*<\/RxFrames>/);
		assert.equal((await curl("--path-as-is", `${base}../../etc/passwd`)).status, 404);
		assert.equal((await curl("-H", "Host: evil.example", base)).status, 403);
		const pushed = (password: string, ...more: readonly string[]) =>
			curl(
				...more,
				"-u",
				`user:${password}`,
				"--data-urlencode",
				'XML=<CiscoIPPhoneExecute><ExecuteItem URL="Key:Settings"/></CiscoIPPhoneExecute>',
				`${base}CGI/Execute`,
			);
		const refused = await pushed("wrong");
		assert.equal(refused.status, 401);
		assert.include(refused.body, '<CiscoIPPhoneError Number="4"/>');
		assert.strictEqual(phone.screen?.overlay?.title ?? "", "");
		const taken = await pushed("right", "-H", "Expect: 100-continue");
		assert.equal(taken.status, 200);
		assert.include(taken.body, '<ResponseItem Status="0" Data="Success" URL="Key:Settings"/>');
		await phone.wait(({ screen }) => screen?.overlay !== undefined, timeout, "the settings");
		assert.match(asked[1] ?? "", new RegExp(`^/a\\?UserID=user&Password=right&devicename=${firstDevice}$`));
		const mode = await curl("-u", "user:right", `${base}CGI/ModeInfo`);
		assert.include(mode.body, `<PlaneTitle>${phone.screen?.overlay?.title}</PlaneTitle>`);
		assert.equal((await curl(`${base}CGI/LineInfo`)).status, 401);
		const picture = await curl("-u", "user:right", `${base}CGI/Screenshot`);
		assert.equal(picture.status, 200);
		const { channels, data, height, width } = decode(Buffer.from(picture.body, "latin1"));
		assert.deepEqual([width, height], [320, 240]);
		// a page in its colours, not an empty display
		const colours = new Set<number>();
		for (let at = 0; at < data.length; at += channels)
			colours.add(((data[at] as number) << 16) | ((data[at + 1] as number) << 8) | (data[at + 2] as number));
		assert.isAbove(colours.size, 20);
		assert.lengthOf(asked, 2);
	});

	it("has none where its configuration says so", async () => {
		const agent = await house.agent({ dialect: "callmanager" });
		const tftp = await TftpServer.start();
		house.onClose(async () => tftp.close());
		const rest = "<vendorConfig><webAccess>1</webAccess></vendorConfig>";
		tftp.files.set(`${firstDevice}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], rest }));
		const extra = ["--tftp", `127.0.0.1:${tftp.port}`, "--web", "free"];
		const phone = await house.phone({ device: firstDevice, extra });
		await registered(phone);
		assert.isFalse(phone.logLines.some((line) => told.test(line)));
	});

	it("serves others while some send slowly, nothing or too much, and gives all back", async () => {
		const { phone, port } = await phoneWith();
		const get = `GET /DeviceInformationX HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
		await tell(port, `${get}Connection: close\r\n\r\n`);
		const before = await phone.collect();
		const slow: Socket[] = [];
		for (let i = 0; i < 12; i += 1) {
			const socket = connect(port, "127.0.0.1", () => socket.write("GET / HT"));
			socket.on("error", () => {});
			slow.push(socket);
		}
		// as soon as a head of theirs has taken two seconds
		let answer = "";
		while (!answer.startsWith("HTTP/1.1 200")) answer = await tell(port, `${get}Connection: close\r\n\r\n`);
		for (const socket of slow) socket.destroy();
		const piped = await tell(port, `${`${get}\r\n`.repeat(20)}${get}Connection: close\r\n\r\n`);
		assert.equal(piped.split("HTTP/1.1 200 OK\r\n").length, 22);
		const malformed = [
			"\u0000\u0001\u0002\r\n\r\n",
			"GET\r\n\r\n",
			`${get}Content-Length: 5\r\n\r\n`,
			"x".repeat(9000),
			"\r\n\r\n \r\n",
		];
		let refused = 0;
		for (let i = 0; i < 200; i += 1) {
			const heard = await tell(port, malformed[i % malformed.length] as string);
			if (/^HTTP\/1\.1 4\d\d /.test(heard)) refused += 1;
		}
		assert.isAbove(refused, 150);
		const after = await phone.collect();
		assert.isAtMost(after.slots, before.slots + 4);
		assert.isAtMost(after.chunks, before.chunks + 256);
		assert.isFalse(phone.logLines.some((line) => /exception/i.test(line)));
	});

	it("takes no more than 4 KB of the engine for four connections that say as much as they may", async function () {
		await needsBuild(this, "32");
		const { phone, port } = await phoneWith(undefined, 32);
		const get = `GET /DeviceInformationX HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
		await tell(port, `${get}Connection: close\r\n\r\n`);
		const before = await phone.collect();
		const half = `${get}Authorization: Basic ${"A".repeat(120)}\r\nOrigin: http://127.0.0.1\r\nX: ${"y".repeat(300)}`;
		const four: Socket[] = [];
		let most = 0;
		for (let i = 0; i < 4; i += 1) {
			const socket = connect(port, "127.0.0.1");
			socket.on("error", () => {});
			four.push(socket);
			await new Promise<void>((done) => socket.write(half, () => done()));
			const { chunks, slots, slotSize } = await phone.collect();
			most = Math.max(most, (slots - before.slots) * slotSize + chunks - before.chunks);
		}
		for (const socket of four) socket.destroy();
		assert.isAtMost(most, 4096);
		assert.isAbove(most, 1024, "they have been connected");
	});

	describe("in Chromium", () => {
		let browser: Browser | undefined;

		before(async function () {
			needs(this, hasChromium(), `no Chromium at ${chromiumPath}: install it or set CHROMIUM`);
			browser = await startBrowser(390, 700);
		});

		after(async () => {
			await browser?.close();
		});

		it("fits a telephone's display, and each page leads to the others", async () => {
			const { base } = await phoneWith();
			const page = await (browser as Browser).context.newPage();
			const wrong: string[] = [];
			page.on("console", (message) => {
				if (!message.text().includes("favicon")) wrong.push(message.text());
			});
			page.on("pageerror", (error) => wrong.push(error.message));
			await page.goto(base);
			for (const [link, title] of [
				["Network", "Network configuration"],
				["Log", "Device log"],
				["Stream 2", "Stream statistics"],
				["Device", "Device information"],
			] as const) {
				await page.click(`nav >> text="${link}"`);
				await page.waitForLoadState();
				assert.equal(await page.textContent("h1"), title);
				assert.isAtMost(await page.evaluate("document.documentElement.scrollWidth"), 390);
			}
			assert.include((await page.textContent("table")) ?? "", "CP-7960G");
			assert.deepEqual(
				wrong.filter((line) => !line.includes("404")),
				[],
			);
		});
	});
});
