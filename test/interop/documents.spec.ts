// Documents of phone services that other people's code writes (the crate sccp-protocol), one of each kind, pushed by its server or fetched
// over HTTP: shown by a whole phone, and what its user picks is understood.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { assert } from "chai";
import { encode } from "fast-png";
import { CallState } from "../../hal/hardware.js";
import { PhoneProcess } from "../../tools/phone/phone.js";
import { registered, timeout } from "../phones/support/house.js";
import { needsBuild } from "../support/optional.js";
import { ThirdPartyAgent } from "./support/agent.js";

const device = "SEP001122334401";

/** What a phone shows of a kind: how the page begins, and a line that stands there where it has lines. */
const pushedPages: readonly (readonly [kind: string, title: string, line?: string])[] = [
	["text", "Text", "Café & more"],
	["image", "Image"],
	["image-file", "Image file"],
	["graphic-menu", "Graphic menu"],
	["graphic-file-menu", "Graphic file menu"],
];
const fetchedPages: readonly (readonly [kind: string, title: string, line: string])[] = [
	["menu", "Menu", "first"],
	["icon-menu", "Icon menu", "second"],
	["icon-file-menu", "Icon file menu", "second"],
	["directory", "Directory", "The echo"],
];

describe("Documents of the crate sccp-protocol", function () {
	this.timeout(4 * timeout);
	let agent: ThirdPartyAgent;
	let phone: PhoneProcess;
	let server: Server;
	let base = "";
	/** Texts by their paths. */
	const pages = new Map<string, string>();

	before(async function () {
		await needsBuild(this, "interop");
		const picture = encode({ width: 8, height: 8, channels: 3, data: new Uint8Array(8 * 8 * 3).fill(0xa0) });
		server = createServer(({ url = "" }, response) => {
			const [path = ""] = url.split("?");
			const page = path === "/picture.png" ? picture : pages.get(path);
			response.writeHead(page === undefined ? 404 : 200, {
				"Content-Type": path.endsWith("png") ? "image/png" : "text/xml",
			});
			response.end(page);
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		agent = await ThirdPartyAgent.start({
			devices: [{ id: device, buttons: [{ kind: "line", number: "1001", label: "Alice" }] }],
		});
		phone = await PhoneProcess.start({ agents: [agent.address], device, protocol: 20 });
		await registered(phone);
		await agent.waitFor(device, "registered");
	});

	after(async () => {
		await phone?.quit();
		await agent?.close();
		server?.close();
	});

	const shows = (title: string, line?: string) =>
		phone.wait(
			({ screen }) =>
				screen?.overlay?.title === title &&
				(line === undefined || screen.overlay.lines.some((text) => text.includes(line))),
			timeout,
			`the page '${title}' with '${line ?? ""}'`,
		);
	const closes = () => phone.wait(({ screen }) => !screen?.overlay, timeout, "no page");

	/** Pushes a document and gives what the phone answers. */
	async function push(what: string, fields: object): Promise<Record<string, unknown>> {
		const from = agent.events.length;
		await agent.do(device, what, fields);
		return agent.waitFor(
			device,
			"service-response",
			from,
			({ statuses, error }) => Boolean(statuses) || Boolean(error),
		);
	}

	/** What the user has done, as the crate reads it. */
	const picked = (from: number) => agent.waitFor(device, "service-response", from, ({ route }) => Boolean(route));

	async function leave(): Promise<void> {
		await phone.softkey("Exit", timeout);
		await closes();
	}

	for (const [kind, title, line] of pushedPages)
		it(`${kind}: pushed and shown`, async () => {
			assert.deepEqual((await push("document", { kind, base })).statuses, [0]);
			await shows(title, line);
			await leave();
		});

	for (const [kind, title, line] of fetchedPages)
		it(`${kind}: fetched by a pushed URL and shown`, async () => {
			const from = agent.events.length;
			await agent.do(device, "xml", { kind, base });
			const { text } = await agent.wait(({ event }) => event === "xml", "the text", from);
			pages.set(`/${kind}`, String(text));
			assert.deepEqual((await push("execute", { url: `${base}/${kind}` })).statuses, [0]);
			await shows(title, line);
			await leave();
		});

	it("text: softkeys and keys of the document reach the application", async () => {
		await push("document", { kind: "text", base });
		await shows("Text");
		let from = agent.events.length;
		await phone.softkey("Reply", timeout);
		assert.deepEqual((await picked(from)).route, ["reply"]);
		from = agent.events.length;
		phone.key("5");
		assert.deepEqual((await picked(from)).route, ["five"]);
		await leave();
	});

	it("graphic-menu: a digit picks an item", async () => {
		await push("document", { kind: "graphic-menu", base });
		await shows("Graphic menu");
		const from = agent.events.length;
		phone.key("2");
		const { route, application, transaction } = await picked(from);
		assert.deepEqual([route, application, transaction], [["second"], 1, 0]);
		await leave();
	});

	it("input: what is typed into fields of all kinds comes as it was meant", async () => {
		await push("document", { kind: "input", base });
		await shows("Input", "François");
		const from = agent.events.length;
		for (const key of "42*") phone.key(key);
		phone.key("down");
		phone.key("down");
		for (const key of "1234") phone.key(key);
		phone.key("down");
		phone.key("down");
		for (const key of "22") phone.key(key);
		await phone.softkey("Submit", timeout);
		const { route, values, transaction } = await picked(from);
		assert.deepEqual(route, ["answers", "form"]);
		assert.deepEqual(values, ["NUMBER=42*", "NAME=François", "PIN=1234", "ROOM=7", "WORD=b"]);
		assert.equal(transaction, 42);
		await push("execute", { url: "App:Close:1" });
		await closes();
	});

	it("status: shown on the idle phone, and taken away", async () => {
		assert.deepEqual((await push("document", { kind: "status-file", base })).statuses, [0]);
		await phone.wait(({ screen }) => screen?.prompt.includes("Queue: empty"), timeout, "the status");
		assert.deepEqual((await push("document", { kind: "status", base })).statuses, [0]);
		await phone.wait(({ screen }) => screen?.prompt.includes("Queue: 3 waiting"), timeout, "the status");
		await push("execute", { url: "Init:AppStatus" });
		await phone.wait(({ screen }) => !screen?.prompt.includes("Queue"), timeout, "no status");
	});

	it("parking menu: the call that is picked is known to the server", async () => {
		let from = agent.events.length;
		await agent.do(device, "parking-menu", {
			instance: 1,
			lot: "east & west",
			slot: 701,
			caller: { name: "Dora", number: "4711" },
		});
		await shows("Parked calls - east & west", "Dora");
		from = agent.events.length;
		await phone.softkey("Select", timeout);
		const { lot, slot } = await agent.waitFor(device, "parked-call-chosen", from);
		assert.deepEqual([lot, slot], ["east & west", 701]);
		await leave();
	});

	it("conference list and what may be done with somebody there: what is picked is known to the server, and all goes with the call", async () => {
		await agent.do(device, "offer", { caller: { name: "Dora", number: "4711" } });
		await phone.softkey("Answer", timeout);
		// softkeys come before the state, and pages wait for calls that ring
		await phone.wait(
			({ screen }) => screen?.calls.some((call) => call.state === CallState.connected),
			timeout,
			"the call",
		);
		await agent.do(device, "conference-list", {
			participants: [
				{ name: "Alice", number: "1001" },
				{ name: "Dora", number: "4711" },
			],
		});
		await shows("Conference 77", "Dora");
		let from = agent.events.length;
		phone.key("2");
		assert.match(String((await agent.waitFor(device, "conference-action", from)).text), /Participant \{.*77.*2/);
		await agent.do(device, "participant-actions", { participant: { name: "Dora", number: "4711" } });
		await phone.wait(
			({ screen }) => screen?.overlay?.lines.some((line) => /Remove|Mute/.test(line)),
			timeout,
			"the actions",
		);
		from = agent.events.length;
		phone.key("1");
		await agent.waitFor(device, "conference-action", from);
		await agent.do(device, "close");
		await closes();
	});

	it("ring tone and background: done, or refused with a status, and nothing is shown", async () => {
		for (const kind of ["ring-tone", "set-background", "background-preview"]) {
			const { statuses, error } = await push("document", { kind, base });
			assert(error !== undefined || (statuses as number[]).length === 1, kind);
		}
		assert.isUndefined(phone.screen?.overlay);
	});

	it("nothing that the phone has sent is objected to", () => {
		assert.deepEqual(agent.complaints, []);
	});
});
