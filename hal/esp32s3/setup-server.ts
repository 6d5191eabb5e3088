/*
 * The set-up page's server on the phone's access point: HTTP/1.1, one connection at a time, each closed after its answer. It
 * answers those on the access point alone, and takes a form from its own page alone: neither another site that a browser has open
 * nor a name that leads here can send one. Who has the access point's key can enter a network; the key is on the display.
 */
import { COMPLETE, reasonOf, UNFINISHED } from "base/http-request";
import { english, spoken } from "base/words";
import { type FormValues, formPiece, messagePiece } from "hal/esp32s3/setup-html";
import { formField, SetupRequest } from "hal/esp32s3/setup-request";
import type { Found, SetUpPage } from "hal/esp32s3/wifi";
import type {
	Clock,
	ListenOptions,
	ServerChoice,
	ServerEntry,
	TcpCallbacks,
	TcpListener,
	TcpSocket,
	TimerHandle,
} from "hal/hardware";

/** What the page shows and does. */
export interface SetUpHost {
	readonly found: readonly Found[];
	/** The network that need not be entered again, '' for none. */
	readonly known: string;
	/** The servers that can be set with it. */
	readonly servers: ServerChoice | undefined;
	look(): void;
	/** Stores a network. @returns '' or what is wrong: nothing has changed then. */
	enter(ssid: string, password: string): string;
	/** What was entered is to hold, once the page has been answered: a network, or no other one. */
	entered(): void;
	leave(): void;
}

const noServers: ServerEntry = Object.freeze({ callAgent: "", port: "", version: "", tftp: "", events: "" });

export interface SetupServerOptions {
	/** Listens for the access point's guests; undefined when that cannot be, which has been told. */
	readonly listen: (onReadable: ListenOptions["onReadable"]) => TcpListener | undefined;
	readonly clock: Clock;
	readonly wifi: SetUpHost;
	/** Own address on the access point, as browsers name it in Host: with the port unless that is 80. */
	readonly host: string;
	/** What the addresses of its guests begin with. */
	readonly guests: string;
	readonly log: (line: string) => void;
}

/** Octets that are read at a time. */
const READ = 256;
/** How long a whole exchange may take, in ms. */
const EXCHANGE_TIMEOUT = 15000;
/** How long an answer has to reach the browser before the access point closes, in ms. */
const FAREWELL = 2000;

export class SetupServer implements SetUpPage {
	private readonly options: SetupServerOptions;
	private listener: TcpListener | undefined = undefined;
	private socket: TcpSocket | undefined = undefined;
	private request: SetupRequest | undefined = undefined;
	/** Makes the pieces of the answer; undefined before there is one and after its last. */
	private piece: ((index: number) => string | undefined) | undefined = undefined;
	private index = 0;
	/** Octets of the piece under way that have still to go. */
	private rest: Uint8Array | undefined = undefined;
	private room = 0;
	/** Something was stored; and a network is among it. */
	private stored = false;
	private joins = false;
	private timer: TimerHandle | undefined = undefined;

	constructor(options: SetupServerOptions) {
		this.options = options;
	}

	open(): void {
		if (this.listener !== undefined) return;
		const self = this;
		this.listener = this.options.listen(function (this: TcpListener): void {
			self.accept(this);
		});
	}

	close(): void {
		this.listener?.close();
		this.listener = undefined;
		this.stored = false;
		this.end();
	}

	/** The latest connection goes before one that stands still: browsers open some that they never use. */
	private accept(listener: TcpListener): void {
		const { clock, guests } = this.options;
		const self = this;
		const callbacks: TcpCallbacks = {
			onReadable() {
				if (this === self.socket) self.readable(this);
			},
			onWritable(count) {
				if (this === self.socket) self.writable(this, count);
			},
			onError() {
				if (this === self.socket) self.gone();
			},
		};
		while (!this.stored) {
			const socket = listener.read(callbacks);
			if (socket === undefined) return;
			this.end();
			this.socket = socket;
			this.request = new SetupRequest();
			this.timer = clock.after(EXCHANGE_TIMEOUT, () => this.gone());
			if (!(socket.remoteAddress ?? "").startsWith(guests)) this.end();
		}
	}

	private readable(socket: TcpSocket): void {
		const octets = new Uint8Array(READ);
		for (let count = socket.read(octets); count !== undefined && count > 0; count = socket.read(octets)) {
			const request = this.request;
			if (request === undefined || request.feed(octets.subarray(0, count)) === UNFINISHED) continue;
			this.request = undefined;
			this.answer(request);
			this.send(socket);
			// who has its answer may close
			if (this.socket !== socket) return;
		}
	}

	private writable(socket: TcpSocket, count: number): void {
		this.room = count;
		this.send(socket);
	}

	/** The browser has closed the connection, or it broke. */
	private gone(): void {
		if (this.stored) this.farewell();
		else this.end();
	}

	private answer(request: SetupRequest): void {
		const { host, wifi } = this.options;
		const { status } = request;
		const { method, path, origin } = request.head;
		const own = request.head.host === host;
		if (status !== COMPLETE) this.message(status, "That is no request for this page.");
		else if (method === "POST") {
			if (!own || path !== "/" || (origin !== "" && origin !== `http://${host}`)) {
				this.message(403, "Forms are taken from this phone's own page alone.");
			} else this.form(request.body);
		} else if (method !== "GET") this.message(405, "This page is read and sent, nothing else.");
		else if (own && path === "/") {
			const entry = wifi.servers?.entry ?? noServers;
			this.showForm({ ...entry, ssid: "", other: "", password: "" }, "");
		} else {
			// devices that look for a page to sign in ask for all sorts of names
			if (own && path === "/scan") wifi.look();
			this.pieces(302, (index) => messagePiece(index, `http://${host}/`), `Location: http://${host}/\r\n`);
		}
	}

	private form(body: string): void {
		const { wifi } = this.options;
		const entry = wifi.servers?.entry ?? noServers;
		const values = valuesOf(body, entry);
		if (values === undefined) {
			this.showForm({ ...entry, ssid: "", other: "", password: "" }, "The form cannot be read.");
			return;
		}
		const ssid = values.ssid === "" ? values.other : values.ssid;
		// a phone that knows a network may be told of servers alone
		const joins = ssid !== "" || values.password !== "" || wifi.known === "";
		let problem = spoken(wifi.servers?.problem(values) ?? "", english);
		if (problem === "" && joins) problem = wifi.enter(ssid, values.password);
		if (problem !== "") {
			this.showForm(values, problem);
			return;
		}
		wifi.servers?.take(values);
		this.stored = true;
		this.joins = joins;
		const network = joins ? `joins ${ssid}` : `stays with ${wifi.known}`;
		this.message(200, `Saved. The phone leaves this page and ${network}; if it cannot, its display says why.`);
	}

	/** The form, and what is wrong with what was sent: nothing of that is lost. */
	private showForm(values: FormValues, problem: string): void {
		const { found, known } = this.options.wifi;
		const form = { found, known, values, problem };
		this.pieces(problem === "" ? 200 : 422, (index) => formPiece(index, form));
	}

	private message(status: number, text: string): void {
		this.pieces(status, (index) => messagePiece(index, text));
	}

	/** Begins the answer. The pages are ASCII: their length in octets is that of the text. */
	private pieces(status: number, piece: (index: number) => string | undefined, field = ""): void {
		let length = 0;
		for (let index = 0; ; index += 1) {
			const text = piece(index);
			if (text === undefined) break;
			length += text.length;
		}
		const head =
			`HTTP/1.1 ${status} ${reasonOf(status)}\r\nContent-Type: text/html; charset=utf-8\r\n` +
			`Content-Length: ${length}\r\nCache-Control: no-store\r\nConnection: close\r\n${field}` +
			"Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'\r\n" +
			"X-Content-Type-Options: nosniff\r\n\r\n";
		this.piece = piece;
		this.index = 0;
		this.rest = ascii(head);
	}

	/** Sends as much as there is room for. */
	private send(socket: TcpSocket): void {
		while (this.rest !== undefined && this.room > 0) {
			const part = this.rest.subarray(0, this.room);
			const room = socket.write(part);
			this.room = typeof room === "number" ? room : this.room - part.length;
			this.rest = part.length < this.rest.length ? this.rest.slice(part.length) : this.nextPiece();
			if (this.rest === undefined) this.sent();
		}
	}

	private nextPiece(): Uint8Array | undefined {
		const text = this.piece?.(this.index);
		this.index += 1;
		return text === undefined ? undefined : ascii(text);
	}

	/** The browser closes when it has all; it has not for ever to do so. */
	private sent(): void {
		const { clock } = this.options;
		this.piece = undefined;
		clock.cancel(this.timer);
		this.timer = clock.after(FAREWELL, () => this.gone());
	}

	private farewell(): void {
		const { wifi } = this.options;
		this.stored = false;
		this.end();
		if (this.joins) wifi.entered();
		else wifi.leave();
	}

	private end(): void {
		this.options.clock.cancel(this.timer);
		this.timer = undefined;
		const socket = this.socket;
		this.socket = undefined;
		this.request = undefined;
		this.piece = undefined;
		this.rest = undefined;
		this.room = 0;
		socket?.close();
	}
}

/**
 * The fields of a form; undefined when one of them cannot be read. Spaces around servers' names are no part of them.
 * @param entry the servers that hold: a form without them leaves them as they are.
 */
function valuesOf(body: string, entry: ServerEntry): FormValues | undefined {
	const ssid = formField(body, "ssid");
	const other = formField(body, "other");
	const password = formField(body, "password");
	const callAgent = formField(body, "callAgent", entry.callAgent)?.trim();
	const port = formField(body, "port", entry.port)?.trim();
	const version = formField(body, "version", entry.version)?.trim();
	const tftp = formField(body, "tftp", entry.tftp)?.trim();
	const events = formField(body, "events", entry.events)?.trim();
	if (ssid === undefined || other === undefined || password === undefined || callAgent === undefined) return undefined;
	if (port === undefined || version === undefined || tftp === undefined || events === undefined) return undefined;
	return { ssid, other, password, callAgent, port, version, tftp, events };
}

function ascii(text: string): Uint8Array {
	const octets = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i += 1) octets[i] = text.charCodeAt(i);
	return octets;
}
