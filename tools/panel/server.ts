/*
 * The panel's server: hands out the page and connects it over one WebSocket with the phones. Listens on 127.0.0.1 unless it is told
 * otherwise and answers only to a name of the own machine, so that a foreign page cannot reach the phones by DNS rebinding.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import { keyNames } from "../phone/names.js";
import { fileFor } from "./files.js";
import type { PhoneKeeper } from "./keeper.js";
import { labelMeanings } from "./labels.js";
import { frameHeader, frameSamples, isBoard, type PageMessage, type ServerMessage } from "./page/messages.js";
import { Watchers } from "./watchers.js";

const types: Readonly<Record<string, string>> = Object.freeze({
	html: "text/html; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	css: "text/css; charset=utf-8",
	svg: "image/svg+xml",
	png: "image/png",
});

const meanings = labelMeanings();
const frameOctets = frameHeader + frameSamples * 2;
/** A page that has so many octets waiting is not shown more sound. */
const soundBacklog = 32_768;
/** A page that has so many waiting reads no more: it is let go, and comes back by itself when it does. */
const pageBacklog = 16 << 20;
const defaultPort = 8480;
const portsTried = 20;

/** The import map stands in the page itself; its hash lets the policy name it. */
function policyFor(page: string): string {
	const map = /<script type="importmap">([^<]*)<\/script>/.exec(page)?.[1] ?? "";
	const hash = createHash("sha256").update(map).digest("base64");
	return [
		"default-src 'none'",
		`script-src 'self' 'sha256-${hash}'`,
		"style-src 'self'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join("; ");
}

/** Whether a number from outside can be a place on a picture of a service. */
function isPoint(value: unknown): value is number {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 10_000;
}

interface Client {
	socket: WebSocket;
	sound: boolean;
	/** Keys that this page holds down, as 'phone name'. */
	held: Set<string>;
}

export class PanelServer {
	readonly #http: Server;
	readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
	readonly #clients = new Set<Client>();
	readonly #agent: string;
	readonly #phones: readonly PhoneKeeper[];
	readonly #watchers: Watchers<WebSocket>;

	private constructor(agent: string, phones: readonly PhoneKeeper[]) {
		this.#agent = agent;
		this.#phones = phones;
		const insights = phones.map(({ insight }) => insight);
		this.#watchers = new Watchers(insights, (socket, message) => this.#send(socket, message));
		this.#http = createServer((request, response) => void this.#answer(request, response));
		this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
		phones.forEach((phone, number) => {
			this.#listen(phone, number);
		});
	}

	/**
	 * Starts listening.
	 * @param port undefined takes 8480 or the next free one. Rejects when the port is taken.
	 * @param agent says on the page which call agent the phones have
	 * @param address to listen on. Whatever it is, browsers have to name this machine: a container's ports are the machine's. That keeps pages
	 *   of others away, not programs: whoever reaches the address can use the phones.
	 */
	static async start(
		port: number | undefined,
		agent: string,
		phones: readonly PhoneKeeper[],
		address = "127.0.0.1",
	): Promise<PanelServer> {
		const server = new PanelServer(agent, phones);
		const last = port ?? defaultPort + portsTried;
		for (let tried = port ?? defaultPort; ; tried++) {
			try {
				await server.#bind(tried, address);
				return server;
			} catch (error) {
				const code = (error as NodeJS.ErrnoException).code;
				if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
				if (tried < last) continue;
				const why = code === "EACCES" ? "must not be used by this user" : "is in use";
				throw new Error(`port ${tried} ${why}; choose another with --port`);
			}
		}
	}

	get port(): number {
		return (this.#http.address() as AddressInfo).port;
	}

	get url(): string {
		return `http://localhost:${this.port}/`;
	}

	/** Closes all connections and stops listening. */
	close(): Promise<void> {
		for (const { socket } of this.#clients) socket.terminate();
		return new Promise((resolve) => {
			this.#http.close(() => resolve());
			this.#http.closeAllConnections();
		});
	}

	#bind(port: number, address: string): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#http.once("error", reject);
			this.#http.listen(port, address, () => {
				this.#http.off("error", reject);
				resolve();
			});
		});
	}

	/** Whether a request names this machine: what a page under another name cannot do. */
	#isLocal(request: IncomingMessage): boolean {
		return request.headers.host === `localhost:${this.port}` || request.headers.host === `127.0.0.1:${this.port}`;
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const refuse = (status: number, text: string): void => {
			response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
		};
		if (!this.#isLocal(request)) return refuse(403, `This panel answers at ${this.url} only.`);
		if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET and HEAD.");
		const found = fileFor((request.url ?? "/").split("?", 1)[0] ?? "/");
		if (found === undefined) return refuse(404, "There is no such page.");
		let content: Buffer;
		try {
			content = await readFile(found.file);
		} catch {
			return refuse(404, "There is no such page.");
		}
		response.writeHead(200, {
			"content-type": types[found.type] ?? "application/octet-stream",
			"content-length": content.length,
			"cache-control": "no-cache",
			"x-content-type-options": "nosniff",
			...(found.type === "html" ? { "content-security-policy": policyFor(content.toString()) } : {}),
		});
		response.end(request.method === "HEAD" ? undefined : content);
	}

	#upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		if (
			request.url !== "/panel" ||
			!this.#isLocal(request) ||
			request.headers.origin !== `http://${request.headers.host}`
		) {
			socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
			return;
		}
		this.#sockets.handleUpgrade(request, socket, head, (accepted) => this.#attach(accepted));
	}

	#attach(socket: WebSocket): void {
		const client: Client = { socket, sound: false, held: new Set() };
		this.#clients.add(client);
		socket.on("message", (data, binary) => {
			if (binary) this.#microphone(data);
			else this.#received(client, data);
		});
		socket.on("close", () => {
			this.#clients.delete(client);
			this.#watchers.drop(socket);
			for (const entry of client.held) {
				const [phone, name] = entry.split(" ", 2);
				if (name !== undefined) this.#phones[Number(phone)]?.key(name, false);
			}
		});
		socket.on("error", () => socket.terminate());
		const phones = this.#phones.map((phone) => phone.state);
		this.#send(socket, { type: "panel", agent: this.#agent, phones, meanings });
	}

	#listen(phone: PhoneKeeper, number: number): void {
		phone.on("state", () => this.#broadcast({ type: "phone", phone: number, state: phone.state }));
		phone.on("screen", (screen) => this.#broadcast({ type: "screen", phone: number, screen }));
		phone.on("lamp", (lamp, state) => this.#broadcast({ type: "lamp", phone: number, lamp, ...state }));
		phone.on("picture", (picture) => this.#broadcast({ type: "picture", phone: number, picture }));
		phone.on("names", (names) => this.#broadcast({ type: "names", phone: number, names }));
		phone.on("hook", (off) => this.#broadcast({ type: "hook", phone: number, off }));
		phone.on("sound", (samples) => {
			let frame: Buffer | undefined;
			for (const { socket, sound } of this.#clients) {
				if (!sound || socket.bufferedAmount > soundBacklog) continue;
				frame ??= Buffer.concat([Buffer.of(number, 0), samples]);
				socket.send(frame);
			}
		});
	}

	#send(socket: WebSocket, message: ServerMessage): void {
		this.#tell(socket, JSON.stringify(message));
	}

	#tell(socket: WebSocket, text: string): void {
		if (socket.readyState !== WebSocket.OPEN) return;
		if (socket.bufferedAmount > pageBacklog) socket.terminate();
		else socket.send(text);
	}

	#broadcast(message: ServerMessage): void {
		const text = JSON.stringify(message);
		for (const { socket } of this.#clients) this.#tell(socket, text);
	}

	#microphone(data: RawData): void {
		if (!Buffer.isBuffer(data) || data.length !== frameOctets) return;
		this.#phones[data[0] as number]?.microphone(data.subarray(frameHeader));
	}

	/** A text from the page. What is not understood is ignored: it came from no key. */
	#received(client: Client, data: RawData): void {
		let message: PageMessage;
		try {
			message = JSON.parse(data.toString()) as PageMessage;
		} catch {
			return;
		}
		if (message?.type === "sound") {
			client.sound = message.on === true;
			return;
		}
		const phone = Number.isInteger(message?.phone) ? this.#phones[message.phone] : undefined;
		if (phone === undefined) return;
		if (message.type === "watch")
			this.#watchers.watch(client.socket, message.phone, message.wire === true, message.audio === true);
		else if (message.type === "hook") phone.hook(message.off === true);
		else if (message.type === "board") {
			if (isBoard(message.board)) phone.use(message.board);
		} else if (message.type === "point") {
			if (isPoint(message.x) && isPoint(message.y)) phone.point(message.x, message.y);
		} else if (message.type === "key" && typeof message.name === "string" && keyNames.test(message.name)) {
			const pressed = message.pressed === true;
			const entry = `${message.phone} ${message.name}`;
			if (pressed) client.held.add(entry);
			else client.held.delete(entry);
			phone.key(message.name, pressed);
		}
	}
}
