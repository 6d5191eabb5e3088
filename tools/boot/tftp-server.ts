/*
 * A small TFTP server (RFC 1350, 2347, 2348, 2349) that serves texts and buffers, for measurements and tests: it can be slow, fall
 * silent in the middle of a file, or not answer at all. For development only.
 */
import { createSocket, type Socket } from "node:dgram";

/** A file, or what happens instead. */
export interface Served {
	content: string | Buffer;
	/** Milliseconds before each packet. */
	delay?: number;
	/** Octets after which the server falls silent. */
	silentAfter?: number;
	/** Number of the error that stands in for the file. */
	error?: number;
}

const opcode = Object.freeze({ request: 1, data: 3, ack: 4, error: 5, optionAck: 6 });
const notFound = 1;
const defaultBlock = 512;
/** Milliseconds until a packet is sent again. */
const repeatAfter = 1000;

export class TftpServer {
	/** Files by name; a name that is not here is not found. */
	readonly files = new Map<string, Served | string>();
	/** Names asked for, in order. */
	readonly asked: string[] = [];
	/** While true nothing is answered. */
	silent = false;
	port = 0;
	readonly #socket: Socket;
	readonly #transfers = new Set<Socket>();

	private constructor(socket: Socket) {
		this.#socket = socket;
	}

	/** Begins to serve. @param port 0 for a free one. */
	static async start(address = "127.0.0.1", port = 0): Promise<TftpServer> {
		const socket = createSocket("udp4");
		const server = new TftpServer(socket);
		await new Promise<void>((resolve, reject) => {
			socket.once("error", reject);
			socket.bind(port, address, resolve);
		});
		server.port = socket.address().port;
		socket.on("message", (packet, remote) => server.#request(packet, remote.address, remote.port, address));
		return server;
	}

	/** Ends, and whatever is on its way. */
	async close(): Promise<void> {
		for (const transfer of this.#transfers) transfer.close();
		this.#transfers.clear();
		await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
	}

	#request(packet: Buffer, address: string, port: number, own: string): void {
		if (packet.readUInt16BE(0) !== opcode.request) return;
		const [name = "", , ...words] = packet.subarray(2).toString("latin1").split("\0");
		this.asked.push(name);
		if (this.silent) return;
		const options = new Map<string, string>();
		for (let i = 0; i + 1 < words.length; i += 2)
			options.set((words[i] as string).toLowerCase(), words[i + 1] as string);
		const found = this.files.get(name);
		const served = typeof found === "string" ? { content: found } : found;
		const error = served === undefined ? notFound : served.error;
		if (served === undefined || error !== undefined) {
			const text = Buffer.from(`\0\0\0\0${served?.content ?? "File not found"}\0`);
			text.writeUInt16BE(opcode.error, 0);
			text.writeUInt16BE(error ?? notFound, 2);
			this.#socket.send(text, port, address);
			return;
		}
		this.#send(served, options, address, port, own);
	}

	/** Sends a file from a port of its own, block by block. */
	#send(served: Served, options: Map<string, string>, address: string, port: number, own: string): void {
		const content = Buffer.from(served.content);
		const size = Math.min(Math.max(Number(options.get("blksize") ?? defaultBlock), 8), 65464);
		const socket = createSocket("udp4");
		this.#transfers.add(socket);
		let block = options.size > 0 ? 0 : 1;
		let timer: NodeJS.Timeout | undefined;
		const end = () => {
			clearTimeout(timer);
			if (this.#transfers.delete(socket)) socket.close();
		};
		const packet = (): Buffer => {
			if (block === 0) {
				let text = "";
				if (options.has("blksize")) text += `blksize\0${size}\0`;
				if (options.has("tsize")) text += `tsize\0${content.length}\0`;
				return Buffer.concat([Buffer.from([0, opcode.optionAck]), Buffer.from(text)]);
			}
			const head = Buffer.alloc(4);
			head.writeUInt16BE(opcode.data, 0);
			head.writeUInt16BE(block & 0xffff, 2);
			return Buffer.concat([head, content.subarray((block - 1) * size, block * size)]);
		};
		const send = () => {
			if (!this.#transfers.has(socket)) return;
			if ((block - 1) * size >= (served.silentAfter ?? Number.POSITIVE_INFINITY)) return;
			socket.send(packet(), port, address);
			timer = setTimeout(send, repeatAfter);
		};
		socket.on("message", (answer) => {
			if (answer.readUInt16BE(0) === opcode.error) end();
			if (answer.readUInt16BE(0) !== opcode.ack || answer.readUInt16BE(2) !== (block & 0xffff)) return;
			clearTimeout(timer);
			if (block > 0 && block * size > content.length) {
				end();
				return;
			}
			block += 1;
			timer = setTimeout(send, served.delay ?? 0);
		});
		socket.on("error", end);
		socket.bind(0, own, send);
	}
}
