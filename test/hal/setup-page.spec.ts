/* The set-up page's server over real connections: ECMA-419's listener and TCP made from Node's, Node's fetch as the browser. */

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { assert } from "chai";
import { type ServedOptions, type ServerIo, SetupServer } from "../../hal/esp32s3/setup-server.js";
import type { Clock, TimerHandle } from "../../hal/hardware.js";

/** Listeners of one body, as the SDK has them; little room for writing, as lwIP has little. */
function listen(): { io: ServerIo; port: () => Promise<number> } {
	let opened: Promise<number> = Promise.reject(new Error("no listener"));
	opened.catch(() => {});
	class Listener {
		readonly #waiting: Socket[] = [];
		readonly #server;

		constructor(options: { onReadable: () => void }) {
			this.#server = createServer((socket) => {
				socket.on("error", () => {});
				this.#waiting.push(socket);
				options.onReadable();
			}).listen(0, "127.0.0.1");
			opened = once(this.#server, "listening").then(() => (this.#server.address() as AddressInfo).port);
		}

		read(): Socket | undefined {
			return this.#waiting.shift();
		}

		close(): void {
			this.#server.close();
		}
	}
	class Tcp {
		readonly #socket: Socket;
		#pending: Buffer[] = [];

		constructor({ from, onReadable, onWritable, onError }: ServedOptions) {
			this.#socket = from as Socket;
			this.#socket.on("data", (data) => {
				this.#pending.push(data as Buffer);
				onReadable();
			});
			this.#socket.on("end", onError);
			setImmediate(() => onWritable(100));
			this.#onWritable = onWritable;
		}

		readonly #onWritable: (count: number) => void;

		get remoteAddress(): string | undefined {
			return this.#socket.remoteAddress;
		}

		read(): ArrayBuffer | undefined {
			const all = Buffer.concat(this.#pending);
			this.#pending = [];
			return all.length === 0 ? undefined : new Uint8Array(all).buffer;
		}

		write(source: Uint8Array): number {
			assert.isAtMost(source.length, 100);
			this.#socket.write(source);
			setImmediate(() => this.#onWritable(100));
			return 0;
		}

		close(): void {
			this.#socket.end();
		}
	}
	return { io: { Listener, Tcp } as unknown as ServerIo, port: () => opened };
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

	static async open(guests = "127.0.0."): Promise<House> {
		const { io, port } = listen();
		const found = Array.from({ length: 12 }, (_, i) => ({ ssid: `network <${i}>`, rssi: -40 - i, open: i === 0 }));
		let house: House | undefined;
		const server = new SetupServer({
			io,
			clock: realClock,
			wifi: {
				found,
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
			port: 80,
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
		assert.equal((await house.post({ ssid: "x".repeat(700) })).status, 413);
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
