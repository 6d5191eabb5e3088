/*
 * A bridge between phones and MQTT: takes the events that phones post and publishes them; takes messages for phones and posts them. Home
 * Assistant finds the phones by itself. Topics: house.mjs.
 *
 *     npm --prefix examples/home/bridge start -- --broker mqtt://127.0.0.1 --user house:choose-another
 *
 * --address 0.0.0.0 listens for phones on boards; --port 8091, --phone-port 80. In the phones' configuration, 192.0.2.10 being this computer:
 *
 *     <eventsURL>http://192.0.2.10:8091/events</eventsURL>
 *     <authenticationURL>http://192.0.2.10:8091/authenticate</authenticationURL>      only for messages to phones
 */
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { House, isEvent, objectOf } from "./house.mjs";

/** Octets of an event and of a message to a phone at most, phones that are known, and milliseconds for an answer. */
const longestEvent = 4096;
const longestMessage = 1000;
const mostPhones = 200;
const patience = 5000;

async function bodyOf(request) {
	let body = "";
	// who sends too much is heard out, so that it hears why not
	for await (const part of request.setEncoding("utf8")) if (body.length <= longestEvent) body += part;
	if (body.length > longestEvent) throw new Error(`an event of ${longestEvent} octets at most is expected`);
	return body;
}

export class Bridge {
	#house = new House();
	/** Where phones are, by device. */
	#places = new Map();

	/**
	 * @param client of MQTT: publish(topic, payload, options), subscribe(topic), on("message", (topic, payload) => ...).
	 * @param user 'name:password' that phones let in, '' for none. @param phonePort of their web pages. @param log takes lines.
	 */
	constructor(client, { user = "", phonePort = 80, log = console.log } = {}) {
		this.client = client;
		this.user = user;
		this.phonePort = phonePort;
		this.log = log;
		client.subscribe("linnet/+/command");
		client.on("message", (topic, payload) => {
			const [, device] = topic.split("/");
			this.command(device, payload.toString("utf8")).catch((error) => log(`${device}: ${error.message}`));
		});
	}

	/** Answers phones: events, and who may push. @returns the server, which does not listen yet. */
	server() {
		return createServer((request, response) => {
			this.#answer(request).then(
				([status, text]) => {
					response.statusCode = status;
					response.end(text);
				},
				(error) => {
					this.log(`${request.socket.remoteAddress}: ${error.message}`);
					response.statusCode = 400;
					response.end(error.message);
				},
			);
		});
	}

	async #answer(request) {
		const { pathname, searchParams } = new URL(request.url, "http://bridge");
		if (pathname === "/authenticate") {
			const asks = `${searchParams.get("UserID")}:${searchParams.get("Password")}`;
			return [200, this.user !== "" && asks === this.user ? "AUTHORIZED" : "UN-AUTHORIZED"];
		}
		if (pathname !== "/events" || request.method !== "POST") return [404, "events are posted to /events"];
		const event = JSON.parse(await bodyOf(request));
		if (!isEvent(event)) throw new Error("an event of a phone is expected: device, event, state");
		const { device } = event;
		if (!this.#places.has(device) && this.#places.size >= mostPhones) throw new Error(`more than ${mostPhones} phones`);
		this.#places.set(device, request.socket.remoteAddress.replace(/^::ffff:/, ""));
		for (const { topic, payload, retain } of this.#house.messagesOf(event))
			this.client.publish(topic, payload, { retain, qos: retain ? 1 : 0 });
		return [204, ""];
	}

	/** Has a phone do what a message says. */
	async command(device, message) {
		const place = this.#places.get(device);
		if (place === undefined) throw new Error("has told nothing yet: where it is nobody knows");
		if (message.length > longestMessage)
			throw new Error(`a message of ${longestMessage} characters at most is expected`);
		const response = await fetch(`http://${place}:${this.phonePort}/CGI/Execute`, {
			method: "POST",
			headers: { Authorization: `Basic ${Buffer.from(this.user).toString("base64")}` },
			body: new URLSearchParams({ XML: objectOf(message) }),
			signal: AbortSignal.timeout(patience),
		});
		await response.text();
		this.log(`${device}: ${response.ok ? "done" : `refused (${response.status})`}: ${message.slice(0, 60)}`);
	}
}

async function main() {
	const { values } = parseArgs({
		options: {
			broker: { type: "string", default: "mqtt://127.0.0.1" },
			port: { type: "string", default: "8091" },
			address: { type: "string", default: "127.0.0.1" },
			user: { type: "string", default: "" },
			"phone-port": { type: "string", default: "80" },
		},
	});
	const { default: mqtt } = await import("mqtt");
	const will = { topic: "linnet/bridge", payload: "offline", retain: true, qos: 1 };
	const client = mqtt.connect(values.broker, { will });
	client.on("connect", () => {
		client.publish("linnet/bridge", "online", { retain: true, qos: 1 });
		console.log(`connected to ${values.broker}`);
	});
	client.on("error", (error) => console.error(`${values.broker}: ${error.message || error.code}`));
	const bridge = new Bridge(client, { user: values.user, phonePort: Number(values["phone-port"]) });
	const server = bridge.server();
	server.on("error", (error) => {
		console.error(`bridge: ${error.message}`);
		process.exit(1);
	});
	server.listen(Number(values.port), values.address, () =>
		console.log(`phones post events to http://${values.address}:${values.port}/events`),
	);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
