/*
 * A server for phones that misbehaves as it is told, file by file, over TFTP and over HTTP; what it is not told of it serves well by TFTP.
 * It has an address of loopback for itself, since phones ask for HTTP on a port of its own. For development only.
 */
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";

const httpPort = 6970;
export const Opcode = Object.freeze({ request: 1, data: 3, ack: 4, error: 5, optionAck: 6 });
const plainBlock = 512;
/** Milliseconds until an honest server sends a packet again. */
const repeatAfter = 1000;

/** Things that end with the server. */
class Lasting {
	private readonly timers = new Set<NodeJS.Timeout>();

	/** Does something now and every so many milliseconds. */
	every(milliseconds: number, act: () => void): void {
		act();
		this.timers.add(setInterval(act, milliseconds));
	}

	stop(): void {
		for (const timer of this.timers) clearInterval(timer);
		this.timers.clear();
	}
}

/** A request by TFTP, to be treated from a port of its own. */
export class TftpTalk extends Lasting {
	/** Options asked for, by their names in small letters. */
	readonly options: ReadonlyMap<string, string>;
	readonly content: Buffer;
	/** Called with each packet of the phone. */
	heard: (packet: Buffer) => void = () => {};
	private readonly socket: UdpSocket;
	private readonly remote: { readonly address: string; readonly port: number };
	private over = false;

	constructor(
		socket: UdpSocket,
		remote: { readonly address: string; readonly port: number },
		words: readonly string[],
		content: Buffer,
	) {
		super();
		this.socket = socket;
		this.remote = remote;
		this.content = content;
		const options = new Map<string, string>();
		for (let i = 0; i + 1 < words.length; i += 2)
			options.set((words[i] as string).toLowerCase(), words[i + 1] as string);
		this.options = options;
		socket.on("message", (packet, { port }) => {
			if (port === remote.port) this.heard(packet);
		});
	}

	send(packet: Buffer): void {
		if (!this.over) this.socket.send(packet, this.remote.port, this.remote.address, () => {});
	}

	block(number: number, data: Buffer): void {
		this.send(Buffer.concat([Buffer.from([0, Opcode.data, (number >> 8) & 255, number & 255]), data]));
	}

	error(code: number, text = "no"): void {
		this.send(Buffer.from(`\0${String.fromCharCode(Opcode.error)}\0${String.fromCharCode(code)}${text}\0`, "latin1"));
	}

	/** Acknowledges options: names and values in turn. */
	accept(...words: readonly string[]): void {
		this.send(Buffer.from(`\0${String.fromCharCode(Opcode.optionAck)}${words.map((word) => `${word}\0`).join("")}`));
	}

	override stop(): void {
		super.stop();
		if (!this.over) this.socket.close();
		this.over = true;
	}
}

/** How a request by TFTP is treated. */
export type TftpHabit = (talk: TftpTalk) => void;
/** How one by HTTP is, when its head has come. */
export type HttpHabit = (socket: Socket, lasting: { every(milliseconds: number, act: () => void): void }) => void;

/** What may be changed of an honest TFTP. */
export interface Honest {
	/** Size of a block that is granted at most, and whether options are known at all. */
	blockSize?: number;
	options?: boolean;
	/** Milliseconds before each packet, and octets after which nothing more is sent. */
	delay?: number;
	silentAfter?: number;
	/** Size that is announced in place of the file's. */
	announced?: number;
	/** Octets that come in place of those of the file. */
	content?: Buffer;
}

/** Serves a file as RFC 1350, 2347, 2348 and 2349 have it. */
export const honest =
	({ blockSize = 65464, options = true, delay = 0, silentAfter, announced, content }: Honest = {}): TftpHabit =>
	(talk) => {
		const file = content ?? talk.content;
		const asked = options ? talk.options : new Map<string, string>();
		const size = Math.min(Number(asked.get("blksize") ?? plainBlock), blockSize);
		let number = asked.size > 0 ? 0 : 1;
		const send = () => {
			if ((number - 1) * size >= (silentAfter ?? Number.POSITIVE_INFINITY)) return;
			if (number > 0) talk.block(number, file.subarray((number - 1) * size, number * size));
			else {
				const words: string[] = [];
				if (asked.has("blksize")) words.push("blksize", `${size}`);
				if (asked.has("tsize")) words.push("tsize", `${announced ?? file.length}`);
				talk.accept(...words);
			}
		};
		let sentAt = 0;
		let due = Date.now() + delay;
		talk.every(Math.min(repeatAfter, delay || repeatAfter), () => {
			if (Date.now() < due || Date.now() - sentAt < repeatAfter) return;
			sentAt = Date.now();
			send();
		});
		talk.heard = (packet) => {
			if (packet.readUInt16BE(0) === Opcode.error) talk.stop();
			if (packet.readUInt16BE(0) !== Opcode.ack || packet.readUInt16BE(2) !== (number & 0xffff)) return;
			if (number > 0 && number * size > file.length) {
				talk.stop();
				return;
			}
			number += 1;
			due = Date.now() + delay;
			sentAt = delay === 0 ? Date.now() : 0;
			if (delay === 0) send();
		};
	};

export interface Habits {
	/** The file's octets, undefined where there is none. */
	content(name: string): Buffer | undefined;
	/** How a file is treated; undefined for honestly. */
	tftp?(name: string): TftpHabit | undefined;
	/** Without it nobody listens there; where it gives undefined there is no such file. */
	http?(name: string): HttpHabit | undefined;
	/** Whether nobody listens for TFTP. */
	closed?: boolean;
}

export class UnrulyServer {
	/** 'address:port' for a phone. */
	readonly host: string;
	/** Names asked for, 'TFTP name' or 'HTTP name', in order. */
	readonly asked: string[] = [];
	private readonly lasting = new Set<{ stop(): void }>();
	private readonly udp: UdpSocket;
	private readonly tcp: Server | undefined;

	private constructor(host: string, udp: UdpSocket, tcp: Server | undefined) {
		this.host = host;
		this.udp = udp;
		this.tcp = tcp;
	}

	/** Begins. @param address of loopback, which no other server uses. */
	static async start(address: string, habits: Habits): Promise<UnrulyServer> {
		const udp = createSocket("udp4");
		await new Promise<void>((resolve, reject) => {
			udp.once("error", reject);
			udp.bind(0, address, resolve);
		});
		const { port } = udp.address();
		const tcp = habits.http === undefined ? undefined : createServer();
		const server = new UnrulyServer(`${address}:${port}`, udp, tcp);
		if (habits.closed) udp.close();
		else udp.on("message", (packet, remote) => server.answerTftp(packet, remote, address, habits));
		if (tcp !== undefined) {
			tcp.on("connection", (socket) => server.answerHttp(socket, habits));
			await new Promise<void>((resolve, reject) => {
				tcp.once("error", reject);
				tcp.listen(httpPort, address, resolve);
			});
		}
		return server;
	}

	close(): void {
		for (const lasting of this.lasting) lasting.stop();
		this.lasting.clear();
		this.tcp?.close();
		try {
			this.udp.close();
		} catch {
			// nobody listened
		}
	}

	private answerTftp(packet: Buffer, remote: RemoteInfo, address: string, habits: Habits): void {
		if (packet.length < 4 || packet.readUInt16BE(0) !== Opcode.request) return;
		const [name = "", , ...words] = packet.subarray(2).toString("latin1").split("\0");
		this.asked.push(`TFTP ${name}`);
		const content = habits.content(name);
		const habit = habits.tftp?.(name) ?? (content === undefined ? (talk: TftpTalk) => talk.error(1) : honest());
		const socket = createSocket("udp4");
		socket.on("error", () => {});
		socket.bind(0, address, () => {
			const talk = new TftpTalk(socket, remote, words, content ?? Buffer.alloc(0));
			this.last(talk);
			habit(talk);
		});
	}

	private answerHttp(socket: Socket, habits: Habits): void {
		const lasting = new Lasting();
		this.last({
			stop: () => {
				lasting.stop();
				socket.destroy();
			},
		});
		socket.on("error", () => {});
		socket.on("close", () => lasting.stop());
		let head = "";
		let answered = false;
		socket.on("data", (data) => {
			head += data.toString("latin1");
			if (answered || !head.includes("\r\n\r\n")) return;
			answered = true;
			const [, path = "/"] = head.split(" ");
			const name = decodeURIComponent(path.slice(1));
			this.asked.push(`HTTP ${name}`);
			const habit = habits.http?.(name);
			if (habit === undefined) socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
			else habit(socket, lasting);
		});
	}

	private last(lasting: { stop(): void }): void {
		this.lasting.add(lasting);
	}
}
