// The phone's web server without a phone: clients as texts, and a site that says what a spec wants it to.
import { type Lease, type Screenshot, Statistic } from "hal/hardware";
import { PhoneWeb } from "services/web/phone-web";
import type { Site, SiteCall, SiteLine, SiteStream, SiteUrl } from "services/web/site";
import { type FakeClock, type FakeListener, FakeNetwork, type FakeServedSocket, fakeLease } from "./fakes.js";
import { ServiceRig } from "./services.js";
import { latin1 } from "./xml.js";

/** Octets as characters of one octet each. */
export function latin(octets: Uint8Array): string {
	let text = "";
	for (const octet of octets) text += String.fromCharCode(octet);
	return text;
}

/** An answer in its parts. */
export interface Got {
	readonly status: number;
	readonly head: string;
	/** Without the frames of chunks. */
	readonly body: string;
	/** What comes behind it. */
	readonly rest: string;
}

/** Takes an answer apart; throws when it is none. @param bare it is one to HEAD, without a body. */
export function answerOf(text: string, bare = false): Got {
	const end = text.indexOf("\r\n\r\n");
	if (!text.startsWith("HTTP/1.1 ") || end < 0) throw new Error(`no answer: ${JSON.stringify(text.slice(0, 80))}`);
	const head = text.slice(0, end + 2);
	const status = Number(text.slice(9, 12));
	const rest = text.slice(end + 4);
	if (bare) return { status, head, body: "", rest };
	const length = /\r\nContent-Length: (\d+)\r\n/.exec(head);
	if (length !== null)
		return { status, head, body: rest.slice(0, Number(length[1])), rest: rest.slice(Number(length[1])) };
	if (!head.includes("\r\nTransfer-Encoding: chunked\r\n")) return { status, head, body: rest, rest: "" };
	let body = "";
	for (let at = 0; ; ) {
		const line = rest.indexOf("\r\n", at);
		const size = Number.parseInt(rest.slice(at, line), 16);
		if (line < 0 || Number.isNaN(size)) throw new Error("a chunk is missing");
		if (size === 0) return { status, head, body, rest: rest.slice(line + 4) };
		body += rest.slice(line + 2, line + 2 + size);
		at = line + 4 + size;
	}
}

/** What the site of a spec says; all may be changed. */
export class FakeSite implements Site {
	device = "SEP001122334455";
	mac = "001122334455";
	number = "1001";
	load = "linnet-0.1.0";
	version = "0.1.0";
	model = "CP-7960G";
	messageWaiting = false;
	start = "power on";
	running = 77;
	time = -1;
	timeZone: string | undefined = undefined;
	userLocale: string | undefined = undefined;
	networkLocale: string | undefined = undefined;
	address = "192.0.2.20";
	lease: Lease | undefined = fakeLease();
	usesDhcp = true;
	setTftp = false;
	tftpServers: readonly string[] = [];
	callAgents: readonly string[] = [];
	active = -1;
	readonly urls: Record<string, string> = {};
	webAccess = 0;
	statusLines: string[] = [];
	log: string[] = [];
	lines: SiteLine[] = [];
	calls: SiteCall[] = [];
	streams: SiteStream[] = [];
	prompt = "";
	planeTitle = "";
	plane: string[] = [];
	softkeys: string[] = [];
	counters: Record<string, number> = {};
	picture: string | undefined = undefined;
	/** Pictures that have not been closed. */
	pictures = 0;

	url(name: SiteUrl): string {
		return this.urls[name] ?? "";
	}

	status(index: number): string | undefined {
		return this.statusLines[index];
	}

	logLine(index: number): string | undefined {
		return this.log[index];
	}

	line(index: number): SiteLine | undefined {
		return this.lines[index];
	}

	call(index: number): SiteCall | undefined {
		return this.calls[index];
	}

	stream(index: number): SiteStream | undefined {
		return this.streams[index];
	}

	planeLine(index: number): string | undefined {
		return this.plane[index];
	}

	softkey(index: number): string | undefined {
		return this.softkeys[index];
	}

	frames(name: string): number | undefined {
		return this.counters[name];
	}

	screenshot(): Screenshot | undefined {
		const octets = latin1(this.picture ?? "");
		if (this.picture === undefined) return undefined;
		this.pictures += 1;
		let at = 0;
		let open = true;
		return {
			read: (target) => {
				const count = Math.min(target.length, octets.length - at);
				target.set(octets.subarray(at, at + count));
				at += count;
				return count;
			},
			close: () => {
				if (open) this.pictures -= 1;
				open = false;
			},
		};
	}
}

/** A stream through which nothing goes. */
export function fakeStream(more: Partial<SiteStream> = {}): SiteStream {
	return {
		open: false,
		localPort: 0,
		remoteAddress: "0.0.0.0",
		remotePort: 0,
		sentCodec: "G.711 u-law",
		receivedCodec: "G.711 u-law",
		counters: new Uint32Array(Statistic.count),
		...more,
	};
}

export class WebRig {
	readonly clock: FakeClock;
	readonly network = new FakeNetwork();
	readonly site = new FakeSite();
	readonly services = new ServiceRig();
	readonly log: string[] = [];
	/** Whether objects that come may be shown. */
	mayCome = true;
	readonly web: PhoneWeb;

	constructor(webAccess = 0) {
		this.clock = this.services.clock;
		const { services } = this;
		const sessions = { receive: () => services.session, mayCome: () => this.mayCome, settle: () => {} };
		this.web = new PhoneWeb(this.network, this.clock, this.site, sessions, (line) => this.log.push(line));
		this.site.webAccess = webAccess;
		this.web.configure(webAccess);
	}

	get listener(): FakeListener {
		const { listeners } = this.network;
		const listener = listeners[listeners.length - 1];
		if (listener === undefined) throw new Error("nobody listens");
		return listener;
	}

	/** Connects; throws when the phone does not take it. */
	connect(address?: string, room?: number): FakeServedSocket {
		const socket = this.listener.connect(address, room);
		if (socket === undefined) throw new Error("not taken");
		return socket;
	}

	/** Sends a text, `step` octets at a time (0: all at once), and takes what comes until no more does. */
	say(socket: FakeServedSocket, text: string, step = 0): string {
		socket.deliver(latin1(text), step);
		return this.hear(socket);
	}

	/** All that the phone has written since the last call. */
	hear(socket: FakeServedSocket, room = 4096): string {
		let text = "";
		for (;;) {
			const written = socket.writes.splice(0);
			if (written.length === 0) return text;
			for (const octets of written) text += latin(octets);
			if (!socket.closed) socket.writable(room);
		}
	}

	/** What a request of its own connection is answered with. @param lines of the head behind the first one. */
	ask(request: string, lines: readonly string[] = ["Host: 192.0.2.20"], body = ""): Got {
		const socket = this.connect();
		const text = this.say(socket, `${[`${request} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n${body}`);
		const got = answerOf(text, request.startsWith("HEAD"));
		if (!socket.closed) socket.fail();
		return got;
	}
}
