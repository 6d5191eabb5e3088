/* The set-up page's server over real connections: ECMA-419's listener and TCP made from Node's, Node's fetch as the browser. */

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { eventsProblem } from "app/event-desk";
import { assert } from "chai";
import { SetupServer } from "../../hal/esp32s3/setup-server.js";
import {
	type Clock,
	type ListenOptions,
	type ServedSocket,
	type ServerChoice,
	type TcpCallbacks,
	TcpEnd,
	type TcpListener,
	type TimerHandle,
} from "../../hal/hardware.js";
import { SettingsChoice } from "../../modules/settings/server-choice.js";
import { Settings } from "../../modules/settings/settings.js";
import { Store } from "../../modules/settings/store.js";
import { FakeClock } from "../modules/support/fakes.js";
import { FakeStorage } from "../modules/support/storage.js";

/** A listener as a body has it; little room for writing, as lwIP has little. */
function listen(): { listen: (onReadable: ListenOptions["onReadable"]) => TcpListener; port: () => Promise<number> } {
	let opened: Promise<number> = Promise.reject(new Error("no listener"));
	opened.catch(() => {});
	class Listener implements TcpListener {
		readonly port = 80;
		readonly #waiting: Socket[] = [];
		readonly #server;

		constructor(onReadable: ListenOptions["onReadable"]) {
			this.#server = createServer((socket) => {
				socket.on("error", () => {});
				this.#waiting.push(socket);
				onReadable.call(this);
			}).listen(0, "127.0.0.1");
			opened = once(this.#server, "listening").then(() => (this.#server.address() as AddressInfo).port);
		}

		read(callbacks: TcpCallbacks): ServedSocket | undefined {
			const socket = this.#waiting.shift();
			return socket === undefined ? undefined : new Served(socket, callbacks);
		}

		close(): void {
			this.#server.close();
		}
	}
	class Served implements ServedSocket {
		readonly #socket: Socket;
		readonly #callbacks: TcpCallbacks;
		#pending: Buffer = Buffer.alloc(0);

		constructor(socket: Socket, callbacks: TcpCallbacks) {
			this.#socket = socket;
			this.#callbacks = callbacks;
			socket.on("data", (data) => {
				this.#pending = Buffer.concat([this.#pending, data as Buffer]);
				callbacks.onReadable?.call(this, this.#pending.length);
			});
			socket.on("end", () => callbacks.onError?.call(this, TcpEnd.closed));
			setImmediate(() => callbacks.onWritable?.call(this, 100));
		}

		get remoteAddress(): string | undefined {
			return this.#socket.remoteAddress;
		}

		read(target: Uint8Array): number | undefined {
			const count = this.#pending.copy(target);
			this.#pending = this.#pending.subarray(count);
			return count === 0 ? undefined : count;
		}

		write(source: Uint8Array): number {
			assert.isAtMost(source.length, 100);
			this.#socket.write(Buffer.from(source));
			setImmediate(() => this.#callbacks.onWritable?.call(this, 100));
			return 0;
		}

		close(): void {
			this.#socket.end();
		}
	}
	return { listen: (onReadable) => new Listener(onReadable), port: () => opened };
}

const realClock = {
	after: (milliseconds: number, callback: () => void) => setTimeout(callback, milliseconds),
	cancel: (handle: TimerHandle | undefined) => clearTimeout(handle as NodeJS.Timeout | undefined),
} as unknown as Clock;

class House {
	readonly calls: string[] = [];
	readonly host: string;
	readonly port: number;
	readonly #server: SetupServer;
	problem = "";
	known = "";
	readonly stored: Promise<void>;
	#resolve: () => void = () => {};

	private constructor(server: (house: House) => SetupServer, port: number) {
		this.port = port;
		this.host = `127.0.0.1:${port}`;
		this.stored = new Promise((resolve) => {
			this.#resolve = resolve;
		});
		this.#server = server(this);
	}

	static async open(guests = "127.0.0.", servers?: ServerChoice): Promise<House> {
		const { listen: open, port } = listen();
		const found = Array.from({ length: 12 }, (_, i) => ({ ssid: `network <${i}>`, rssi: -40 - i, open: i === 0 }));
		let house: House | undefined;
		const server = new SetupServer({
			listen: open,
			clock: realClock,
			wifi: {
				found,
				get known() {
					return house?.known ?? "";
				},
				servers,
				leave: () => {
					house?.calls.push("leave");
					if (house !== undefined) house.#resolve();
				},
				look: () => house?.calls.push("look"),
				enter: (ssid, password) => {
					house?.calls.push(`enter ${ssid} ${password}`);
					return house?.problem ?? "";
				},
				entered: () => {
					house?.calls.push("entered");
					if (house !== undefined) house.#resolve();
				},
			},
			get host() {
				return house?.host ?? "";
			},
			guests,
			log: (line) => assert.fail(line),
		});
		server.open();
		house = new House(() => server, await port());
		return house;
	}

	get url(): string {
		return `http://${this.host}`;
	}

	post(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
		return fetch(`${this.url}/`, { method: "POST", body: new URLSearchParams(form), headers });
	}

	close(): void {
		this.#server.close();
	}
}

/** Servers of a phone's settings, and what it is told of them. */
function servers() {
	const calls: string[] = [];
	const storage = new FakeStorage();
	const settings = new Settings(new Store(storage, () => {}), new FakeClock());
	const choice = new SettingsChoice(settings, {
		callAgentChanged: () => calls.push(`call agent ${settings.callAgentByHand} ${settings.protocolVersion}`),
		serversChanged: () => calls.push(`servers ${settings.tftp1}`),
		eventsProblem,
		eventsChanged: () => calls.push(`events ${settings.events}`),
	});
	return { calls, choice, settings, storage };
}

describe("Wi-Fi set-up: server", () => {
	let house: House;

	afterEach(() => house.close());

	it("shows the networks, and stores the one that is chosen", async () => {
		house = await House.open();
		const page = await fetch(`${house.url}/`);
		assert.equal(page.status, 200);
		const text = await page.text();
		assert.include(text, "network &#60;11&#62;");
		assert.include(text, "</html>");
		const answer = await house.post({ ssid: "café & bar", other: "", password: "a word + more" });
		assert.equal(answer.status, 200);
		assert.include(await answer.text(), "joins caf&#233; &#38; bar");
		await house.stored;
		assert.deepEqual(house.calls, ["enter café & bar a word + more", "entered"]);
	});

	it("takes servers with the network, keeps them as the menus do, and shows them again", async () => {
		const { calls, choice, settings, storage } = servers();
		house = await House.open("127.0.0.", choice);
		const form = { ssid: "home", other: "", password: "a good word" };
		const agent = {
			callAgent: " pbx.example.net ",
			port: "2443",
			version: "11",
			tftp: "10.0.0.3",
			events: "10.0.0.4/hook",
		};
		assert.equal((await house.post({ ...form, ...agent })).status, 200);
		await house.stored;
		assert.deepEqual(house.calls, ["enter home a good word", "entered"]);
		assert.deepEqual(calls, ["call agent pbx.example.net:2443 11", "servers 10.0.0.3", "events 10.0.0.4/hook"]);
		const kept = new Settings(new Store(storage, () => {}), new FakeClock());
		assert.deepEqual(
			[kept.callAgentByHand, kept.protocolVersion, kept.tftp1, kept.events],
			["pbx.example.net:2443", 11, "10.0.0.3", "10.0.0.4/hook"],
		);
		house.close();
		house = await House.open("127.0.0.", choice);
		const page = await (await fetch(`${house.url}/`)).text();
		for (const [name, value] of Object.entries(agent))
			assert.match(page, new RegExp(`name="${name}"[^>]* value="${value.trim()}"`));
		// a form of a page that knew no servers leaves them alone
		assert.equal((await house.post(form)).status, 200);
		assert.equal(settings.callAgentByHand, "pbx.example.net:2443");
		house.close();
		house = await House.open("127.0.0.", choice);
		assert.equal(
			(await house.post({ ...form, callAgent: "", port: "", version: "", tftp: "", events: "" })).status,
			200,
		);
		assert.deepEqual(calls.slice(3), ["call agent  0", "servers ", "events "]);
		assert.equal(settings.callAgentPort, 2000);
	});

	it("takes servers alone where a network is known", async () => {
		const { calls, choice } = servers();
		house = await House.open("127.0.0.", choice);
		const form = {
			ssid: "",
			other: "",
			password: "",
			callAgent: "192.0.2.5",
			port: "",
			version: "",
			tftp: "",
			events: "",
		};
		house.problem = "A network's name has 1 to 32 octets.";
		assert.equal((await house.post(form)).status, 422, "it knows none");
		house.problem = "";
		house.known = "home";
		assert.include(await (await fetch(`${house.url}/`)).text(), "it stays with home.");
		const answer = await house.post(form);
		assert.include(await answer.text(), "stays with home;");
		await house.stored;
		assert.deepEqual(house.calls, ["enter  ", "leave"]);
		assert.deepEqual(calls, ["call agent 192.0.2.5:2000 0"]);
	});

	it("says what is wrong with a server as the menus do; nothing is stored then, and nothing that was typed is lost", async () => {
		const { calls, choice } = servers();
		house = await House.open("127.0.0.", choice);
		const good = {
			ssid: "network <3>",
			other: "",
			password: "a good word",
			callAgent: "pbx",
			port: "2000",
			version: "17",
			tftp: "tftp",
			events: "10.0.0.4",
		};
		for (const [name, value, problem] of [
			["callAgent", "pbx:2000", "Neither name nor address: pbx:2000"],
			["port", "70000", "Not a port (1-65535): 70000"],
			["version", "23", "Not a version (3-22): 23"],
			["tftp", "10.0.0.256", "Not an address: 10.0.0.256"],
			["events", "https://10.0.0.4/hook", "https is not possible yet"],
		] as const) {
			const entry = { ...good, [name]: value };
			const answer = await house.post(entry);
			assert.equal(answer.status, 422);
			const page = await answer.text();
			assert.include(page, `<p class="w">${problem}</p>`);
			assert.include(page, 'value="network &#60;3&#62;" checked>');
			for (const [field, typed] of Object.entries(entry))
				if (field !== "ssid") assert.match(page, new RegExp(`name="${field}"[^>]* value="${typed}"`));
		}
		house.problem = "A password has 8 to 63 characters.";
		assert.equal((await house.post(good)).status, 422);
		assert.deepEqual(house.calls, ["enter network <3> a good word"]);
		assert.deepEqual(calls, [], "of servers, too, where the network is refused");
		assert.equal((await house.post(good, { origin: "http://elsewhere.example" })).status, 403);
		assert.deepEqual(calls, []);
	});

	it("takes a name that was not heard, and says what is wrong with it", async () => {
		house = await House.open();
		house.problem = "A password has 8 to 63 characters.";
		const answer = await house.post({ ssid: "", other: "hidden", password: "short" });
		assert.equal(answer.status, 422);
		assert.include(await answer.text(), house.problem);
		assert.deepEqual(house.calls, ["enter hidden short"]);
	});

	it("sends everybody else to the page, and searches again", async () => {
		house = await House.open();
		for (const path of ["/generate_204", "/hotspot-detect.html", "/scan"]) {
			const answer = await fetch(house.url + path, { redirect: "manual" });
			assert.equal(answer.status, 302);
			assert.equal(answer.headers.get("location"), `${house.url}/`);
		}
		assert.deepEqual(house.calls, ["look"]);
	});

	it("takes no form from another site, no large one, and nothing but reading and sending", async () => {
		house = await House.open();
		assert.equal((await house.post({ ssid: "home" }, { origin: "http://elsewhere.example" })).status, 403);
		assert.equal((await house.post({ ssid: "x".repeat(1500) })).status, 413);
		assert.equal((await fetch(`${house.url}/`, { method: "DELETE" })).status, 405);
		assert.deepEqual(house.calls, []);
	});

	it("takes no form under another name", async () => {
		house = await House.open();
		const socket = connect(house.port, "127.0.0.1");
		socket.end("POST / HTTP/1.1\r\nHost: rebound.example\r\nContent-Length: 9\r\n\r\nssid=home");
		let text = "";
		for await (const data of socket) text += data;
		assert.match(text, /^HTTP\/1\.1 403 /);
		assert.deepEqual(house.calls, []);
	});

	it("answers its guests alone", async () => {
		house = await House.open("192.168.4.");
		const socket = connect(house.port, "127.0.0.1");
		socket.on("error", () => {});
		socket.write("GET / HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n");
		let text = "";
		socket.on("data", (data) => {
			text += data;
		});
		await once(socket, "close");
		assert.equal(text, "");
	});

	it("leaves a connection that stands still for the next one", async () => {
		house = await House.open();
		const idle = connect(house.port, "127.0.0.1");
		await once(idle, "connect");
		assert.equal((await fetch(`${house.url}/`)).status, 200);
		idle.destroy();
	});
});
