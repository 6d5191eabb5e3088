// The bridge of examples/home: events of phones in, messages of MQTT out, and the other way, with a broker and a phone that only take note.
import { EventEmitter, once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assert } from "chai";
import { projectRoot } from "../../../tools/phone/project.js";

interface Published {
	readonly topic: string;
	readonly payload: string;
	readonly retain: boolean;
}

interface Bridge {
	server(): Server;
}

type BridgeClass = new (
	client: Client,
	options: { user?: string; phonePort?: number; log: (line: string) => void },
) => Bridge;

/** Takes note of what is published and subscribed. */
class Client extends EventEmitter {
	readonly published: Published[] = [];
	readonly topics: string[] = [];

	publish(topic: string, payload: string, { retain }: { retain: boolean }): void {
		this.published.push({ topic, payload, retain });
	}

	subscribe(topic: string): void {
		this.topics.push(topic);
	}

	/** What has been published since, but for what Home Assistant finds phones by. */
	take(): string[] {
		const all = this.published.splice(0);
		return all
			.filter(({ topic }) => !topic.startsWith("homeassistant/"))
			.map(
				({ topic, payload, retain }) =>
					`${topic} ${topic.endsWith("/event") ? "..." : payload}${retain ? " kept" : ""}`,
			);
	}
}

const device = "SEP001122334455";

describe("The bridge between phones and MQTT", () => {
	const client = new Client();
	const log: string[] = [];
	const pushed: { authorization: string | undefined; xml: string }[] = [];
	let phone: Server;
	let server: Server;
	let url = "";

	before(async () => {
		phone = createServer((request, response) => {
			let body = "";
			request.setEncoding("latin1").on("data", (more: string) => {
				body += more;
			});
			request.on("end", () => {
				pushed.push({
					authorization: request.headers.authorization,
					xml: new URLSearchParams(body).get("XML") ?? "",
				});
				response.end("<CiscoIPPhoneResponse/>");
				phone.emit("pushed");
			});
		}).listen(0, "127.0.0.1");
		await once(phone, "listening");
		const file = pathToFileURL(join(projectRoot, "examples/home/bridge/bridge.mjs")).href;
		const { Bridge } = (await import(file)) as { Bridge: BridgeClass };
		const phonePort = (phone.address() as AddressInfo).port;
		server = new Bridge(client, { user: "house:word", phonePort, log: (line) => log.push(line) }).server();
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	after(() => {
		for (const one of [server, phone]) {
			one.closeAllConnections();
			one.close();
		}
	});

	async function tell(event: object | string): Promise<number> {
		const body = typeof event === "string" ? event : JSON.stringify({ device, ...event });
		return (await fetch(`${url}/events`, { method: "POST", body })).status;
	}

	it("tells Home Assistant of a phone once, and what is so of it when it changes", async () => {
		assert.deepEqual(client.topics, ["linnet/+/command"]);
		assert.strictEqual(await tell({ event: "registration", state: "registered" }), 204);
		const found = client.published.filter(({ topic }) => topic.startsWith("homeassistant/"));
		assert.lengthOf(found, 6);
		for (const { payload, retain } of found) {
			assert.isTrue(retain);
			const { state_topic, unique_id } = JSON.parse(payload) as Record<string, string>;
			assert.strictEqual(state_topic, `linnet/${device}/${unique_id?.split("_").pop()}`);
		}
		const at = `linnet/${device}`;
		assert.deepEqual(client.take(), [
			`${at}/event ...`,
			`${at}/registered ON kept`,
			`${at}/ringing OFF kept`,
			`${at}/call OFF kept`,
		]);
		const call = { event: "call", call: 7, direction: "in", name: "Front door", number: "1009" };
		await tell({ ...call, state: "ringing" });
		assert.deepEqual(client.take(), [`${at}/event ...`, `${at}/ringing ON kept`, `${at}/caller Front door 1009 kept`]);
		await tell({ ...call, state: "connected" });
		await tell({ event: "hook", state: "off" });
		await tell({ ...call, call: 8, name: "", number: "", state: "ringing" });
		await tell({ ...call, state: "ended" });
		await tell({ ...call, call: 8, state: "ended" });
		await tell({ event: "messages", state: "waiting" });
		assert.deepEqual(
			client.take().filter((line) => !line.includes("/event ")),
			[
				`${at}/ringing OFF kept`,
				`${at}/call ON kept`,
				`${at}/hook ON kept`,
				`${at}/ringing ON kept`,
				`${at}/caller unknown kept`,
				`${at}/call OFF kept`,
				`${at}/ringing OFF kept`,
				`${at}/messages ON kept`,
			],
		);
		assert.isEmpty(client.published.filter(({ topic }) => topic.startsWith("homeassistant/")));
	});

	it("has a phone do what a message says, or show it", async () => {
		for (const message of ["Dial:1001", "Dry & <done>"]) {
			client.emit("message", `linnet/${device}/command`, Buffer.from(message));
			await once(phone, "pushed");
		}
		assert.deepEqual(
			pushed.map(({ xml }) => xml),
			[
				'<CiscoIPPhoneExecute><ExecuteItem Priority="0" URL="Dial:1001"/></CiscoIPPhoneExecute>',
				"<CiscoIPPhoneText><Title>Home</Title><Text>Dry &#38; &#60;done&#62;</Text></CiscoIPPhoneText>",
			],
		);
		assert.strictEqual(pushed[0]?.authorization, `Basic ${Buffer.from("house:word").toString("base64")}`);
		client.emit("message", "linnet/SEP000000000000/command", Buffer.from("Key:Speaker"));
		await new Promise((done) => setImmediate(done));
		assert.include(log.join(), "SEP000000000000: has told nothing yet");
	});

	it("lets in whom it knows, and refuses what is no event", async () => {
		const asked = async (query: string) => (await fetch(`${url}/authenticate?${query}`)).text();
		assert.strictEqual(await asked("UserID=house&Password=word&devicename=x"), "AUTHORIZED");
		assert.strictEqual(await asked("UserID=house&Password=other"), "UN-AUTHORIZED");
		client.take();
		for (const wrong of ["", "{", "[]", "null", '{"device":"a/#","event":"call","state":"x"}', "x".repeat(5000)])
			assert.strictEqual(await tell(wrong), 400, wrong.slice(0, 40));
		assert.strictEqual((await fetch(`${url}/events`)).status, 404);
		assert.deepEqual(client.take(), []);
	});
});
