// Services on a whole phone of the PC: the example server walked through with keys, and one that misbehaves; heap is given back.
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { assert } from "chai";
import { deviceFile } from "../../tools/boot/files.js";
import { TftpServer } from "../../tools/boot/tftp-server.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { firstDevice, House, registered, timeout } from "./support/house.js";

describe("a phone with services", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	async function phoneWith(rest: string): Promise<PhoneProcess> {
		const agent = await house.agent({ dialect: "callmanager" });
		const tftp = await TftpServer.start();
		house.onClose(async () => tftp.close());
		tftp.files.set(`${firstDevice}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], rest }));
		const phone = await house.phone({ device: firstDevice, extra: ["--tftp", `127.0.0.1:${tftp.port}`] });
		await registered(phone);
		return phone;
	}

	const shows = (phone: PhoneProcess, what: RegExp): Promise<unknown> =>
		phone.wait(
			({ screen }) => what.test(`${screen?.overlay?.title ?? ""}: ${screen?.overlay?.lines.join("|") ?? ""}`),
			timeout,
			`${what}`,
		);

	/** A server whose answers are functions by path. */
	async function serve(
		pages: Record<string, (asked: IncomingMessage, response: ServerResponse) => void>,
	): Promise<{ base: string; asked: string[] }> {
		const asked: string[] = [];
		const server = createServer((request, response) => {
			asked.push(request.url ?? "");
			const page = pages[(request.url ?? "").split("?")[0] ?? ""];
			if (page !== undefined) page(request, response);
			else response.writeHead(404).end();
		});
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		house.onClose(async () => {
			server.closeAllConnections();
			server.close();
		});
		return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
	}

	it("walks through the example: menu, search, call, weather, note", async () => {
		const example = spawn(process.execPath, ["examples/services/server.mjs", "--port", "0", "--address", "127.0.0.1"]);
		house.onClose(async () => example.kill());
		const port = await new Promise<string>((done) => {
			example.stdout.on("data", (data: Buffer) => {
				const told = /port (\d+)/.exec(data.toString());
				if (told !== null) done(told[1] as string);
			});
		});
		const base = `http://127.0.0.1:${port}`;
		const phone = await phoneWith(`<servicesURL>${base}/menu</servicesURL><directoryURL>${base}/search</directoryURL>`);
		phone.key("services");
		await shows(phone, /^Example services: .*Directory.*\|.*Weather/);
		phone.key("2");
		await shows(phone, /^Weather: Harbour/);
		await phone.softkey("Exit");
		await shows(phone, /^Example services/);
		phone.key("1");
		await shows(phone, /^Search/);
		phone.key("3");
		await phone.softkey("Submit");
		await shows(phone, /^Directory: .*Dora/);
		await phone.softkey("Dial");
		await phone.wait(
			({ screen }) => screen?.calls.some(({ reference }) => reference !== 0) === true,
			timeout,
			"a call",
		);
		await phone.wait(({ screen }) => screen?.overlay === undefined, timeout, "the page to go");
	});

	it("says who asks, follows redirections, keeps cookies, and gives its memory back", async () => {
		const page = (body: string) => (_: IncomingMessage, response: ServerResponse) => {
			response.writeHead(200, { "Content-Type": "text/xml" });
			response.end(`<CiscoIPPhoneText><Title>T</Title><Text>${body}</Text></CiscoIPPhoneText>`);
		};
		const { asked, base } = await serve({
			"/start": (request, response) => {
				assert.equal(request.headers["x-ciscoipphonemodelname"], "CP-7960G");
				response.writeHead(302, { Location: "in?x=1", "Set-Cookie": "sid=7; path=/" }).end();
			},
			"/in": (request, response) => {
				if (request.headers.authorization === undefined)
					response.writeHead(401, { "WWW-Authenticate": 'Basic realm="Staff"' }).end();
				else if (request.headers.cookie !== "sid=7") response.writeHead(500).end();
				else
					page(`hello ${Buffer.from(request.headers.authorization.slice(6), "base64").toString()}`)(request, response);
			},
		});
		const phone = await phoneWith(`<servicesURL>${base}/start</servicesURL>`);
		const bytes = async (): Promise<number> => {
			const { chunks, slots } = await phone.collect();
			// as many octets as a board's slots have
			return slots * 16 + chunks;
		};
		let before = 0;
		let open = 0;
		for (let round = 0; round < 3; round += 1) {
			phone.key("services");
			await shows(phone, /^Staff: .*User/);
			phone.keys("2");
			phone.key("down");
			phone.keys("3");
			await phone.softkey("Submit");
			await shows(phone, /^T: hello a:d/);
			open = await bytes();
			await phone.softkey("Exit");
			await phone.wait(({ screen }) => screen?.overlay === undefined, timeout, "the page to go");
			const now = await bytes();
			// what runs for the first time makes what stays
			if (round > 0 && before > 0) assert.isAtMost(now, before + 64);
			before = now;
		}
		assert.isAtMost(open - before, 16_384, "with the pointers of 64 bit");
		assert.isAtLeast(asked.length, 9);
	});

	it("plays a file of the server, and rings as before after it", async () => {
		const { base } = await serve({
			"/play": (_, response) =>
				response.end('<CiscoIPPhoneExecute><ExecuteItem Priority="0" URL="Play:Alert.raw"/></CiscoIPPhoneExecute>'),
		});
		const agent = await house.agent({ dialect: "callmanager" });
		const tftp = await TftpServer.start();
		house.onClose(async () => tftp.close());
		const rest = `<servicesURL>${base}/play</servicesURL>`;
		tftp.files.set(`${firstDevice}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], rest }));
		tftp.files.set("Alert.raw", { content: Buffer.alloc(2400, 0x55) });
		const phone = await house.phone({ device: firstDevice, extra: ["--tftp", `127.0.0.1:${tftp.port}`] });
		await registered(phone);
		const rings: number[] = [];
		phone.on("ring", (mode) => rings.push(mode));
		phone.key("services");
		await phone.wait(() => rings.length >= 2, timeout, "a ring and its end");
		assert.deepEqual(rings.slice(0, 2), [2, 1], "inside, then none");
		assert.include(tftp.asked, "Alert.raw");
		assert.isUndefined(phone.screen?.overlay);
	});

	it("is held up by no server", async () => {
		const chunk = "x".repeat(4096);
		const { base } = await serve({
			"/loop": (_, response) => response.writeHead(302, { Location: "/loop" }).end(),
			"/head": (_, response) => {
				for (let i = 0; i < 400; i += 1) response.setHeader(`x-${i}`, "y".repeat(40));
				response.end();
			},
			"/body": (_, response) => {
				const write = (): void => {
					while (!response.destroyed && response.write(chunk));
					if (!response.destroyed) response.once("drain", write);
				};
				write();
			},
			"/short": (_, response) => {
				response.writeHead(200, { "Content-Length": 5000 });
				response.write("<CiscoIPPhoneText>");
				response.socket?.end();
			},
			"/cookies": (_, response) => {
				response.setHeader("Set-Cookie", [`a=${"x".repeat(3000)}`, ...Array.from({ length: 20 }, (_, i) => `c${i}=1`)]);
				response.end("<CiscoIPPhoneText><Text>cookies</Text></CiscoIPPhoneText>");
			},
			"/html": (_, response) => response.end("<html><body>It works!</body></html>"),
			"/secure": (_, response) => response.writeHead(302, { Location: "https://127.0.0.1/" }).end(),
		});
		const names = ["loop", "head", "body", "short", "html", "secure", "missing", "cookies"];
		const services = names.map(
			(name) => `<phoneService type="0"><name>${name}</name><url>${base}/${name}</url></phoneService>`,
		);
		const phone = await phoneWith(`<phoneServices><provisioning>0</provisioning>${services.join("")}</phoneServices>`);
		const said = async (place: number, what: RegExp): Promise<void> => {
			// the key closes what is open, and then shows the list
			for (let i = 0; i < 2 && !/^1 loop/.test(phone.screen?.overlay?.lines[0] ?? ""); i += 1) {
				phone.key("services");
				await phone.statistics();
			}
			await shows(phone, /^Services: 1 loop/);
			phone.key(`${place}`);
			await phone.wait(
				({ screen }) => what.test(`${screen?.prompt} ${screen?.overlay?.title} ${screen?.overlay?.lines.join("|")}`),
				timeout,
				`${what}`,
			);
		};
		await said(1, /The server refuses the page/);
		await said(2, /Page cannot be read/);
		await said(3, /Page cannot be read|cannot be read|too large/);
		await said(4, /Page cannot be read/);
		await said(5, /cannot be read/);
		await said(6, /https is not possible yet/);
		await said(7, /Page not found/);
		await said(8, /cookies/);
	});
});
