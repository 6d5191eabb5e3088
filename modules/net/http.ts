/*
 * HTTP/1.1 client (RFC 9110, 9112) for one file at a time, as Cisco's newer phones fetch theirs on port 6970: GET, no redirection,
 * bodies with a length, in chunks or up to the end of the connection, in a buffer that is given.
 */
import { tcpEndWords } from "base/words";
import { type Clock, type Network, TcpEnd, type TcpSocket } from "hal/hardware";
import { Chunks, Head, Response } from "net/http-response";
import { type Consumer, Failure, FileTransfer } from "net/transfer";

const State = Object.freeze({ connecting: 1, head: 2, body: 3 });

/** Wait for the connection, and for the next octets once it is up (ms). A server that drops what comes is given up soon: TFTP is next. */
const connectWait = 3000;
const silence = 10000;
/** A response's head takes no longer, however steadily it drips. */
const headWait = 20000;
/** The time is looked at so often (ms). */
const tickEvery = 500;
/** Characters of a path that stand for themselves. */
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

export class Http extends FileTransfer<TcpSocket> {
	private readonly network: Network;
	private readonly buffer: Uint8Array;
	private readonly response = new Response();
	private readonly chunks = new Chunks();
	private readonly readable: (this: TcpSocket) => void;
	private readonly writable: (this: TcpSocket, count: number) => void;
	private readonly broken: (this: TcpSocket, end: number) => void;
	private state: number = State.connecting;
	private port = 0;
	private startedAt = 0;
	private heardAt = 0;

	/** @param buffer for the request and for each read; used during a transfer only. */
	constructor(network: Network, clock: Clock, buffer: Uint8Array) {
		super(clock);
		this.network = network;
		this.buffer = buffer;
		const self = this;
		this.readable = function (this: TcpSocket): void {
			if (this === self.socket) self.drain(this);
		};
		this.writable = function (this: TcpSocket, count: number): void {
			if (this === self.socket) self.ask(this, count);
		};
		this.broken = function (this: TcpSocket, end: number): void {
			if (this === self.socket) self.ended(end);
		};
	}

	protected get protocol(): string {
		return "HTTP";
	}

	protected get interval(): number {
		return tickEvery;
	}

	get(address: string, port: number, file: string, consumer: Consumer, limit: number): void {
		if (!this.begin(address, file, consumer, limit)) return;
		this.port = port;
		this.response.clear();
		this.chunks.clear();
		this.state = State.connecting;
		this.startedAt = this.clock.ticks;
		this.heardAt = this.startedAt;
		this.socket = this.network.connect({
			address,
			port,
			typeOfService: this.typeOfService,
			onReadable: this.readable,
			onWritable: this.writable,
			onError: this.broken,
		});
	}

	private finish(): void {
		const consumer = this.consumer;
		this.cancel();
		consumer?.end();
	}

	protected look(): void {
		const now = this.clock.ticks;
		if (this.state === State.connecting) {
			if (now - this.startedAt >= connectWait)
				this.fail(Failure.timedOut, `no answer from ${this.address} port ${this.port}`);
		} else if (now - this.heardAt >= silence) {
			this.fail(Failure.timedOut, `no more from ${this.address} after ${this.count} octets`);
		} else if (this.state === State.head && now - this.startedAt >= headWait) {
			this.fail(Failure.timedOut, `no whole head from ${this.address}`);
		}
	}

	/** The connection is up and takes `count` octets. */
	private ask(socket: TcpSocket, count: number): void {
		if (this.state !== State.connecting) return;
		const host = this.port === 80 ? this.address : `${this.address}:${this.port}`;
		const request = `GET /${encoded(this.file)} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: Linnet\r\nConnection: close\r\n\r\n`;
		// a socket that takes less says so again when it takes more
		if (request.length > count) return;
		for (let i = 0; i < request.length; i += 1) this.buffer[i] = request.charCodeAt(i);
		this.state = State.head;
		this.heardAt = this.clock.ticks;
		this.startedAt = this.heardAt;
		try {
			socket.write(this.buffer.subarray(0, request.length));
		} catch {
			this.fail(Failure.unreachable, `connection to ${this.address} lost`);
		}
	}

	private drain(socket: TcpSocket): void {
		while (socket === this.socket) {
			const length = socket.read(this.buffer);
			if (length === undefined || length === 0) return;
			this.heardAt = this.clock.ticks;
			this.take(length);
		}
	}

	private take(length: number): void {
		if (this.state === State.connecting) {
			this.malformed();
			return;
		}
		const at = this.state === State.head ? this.takeHead(length) : 0;
		if (this.state !== State.body) return;
		if (this.response.chunked) this.takeChunks(at, length);
		else this.takeBody(at, length);
	}

	/** @returns the place behind the head when the body begins. */
	private takeHead(length: number): number {
		for (let at = 0; at < length; at += 1) {
			const head = this.response.take(this.buffer[at] as number);
			if (head === Head.more) continue;
			if (head === Head.complete) this.beginBody();
			else this.malformed();
			return at + 1;
		}
		return length;
	}

	/** The head is complete. */
	private beginBody(): void {
		this.roundTrips += 1;
		const { status, length, coded } = this.response;
		if (status === 404 || status === 410) this.fail(Failure.notFound, `${status}, no such file`);
		else if (status >= 300 && status < 400) this.fail(Failure.refused, `${status}, a redirection is not followed`);
		else if (status !== 200) this.fail(Failure.refused, `${status}`);
		else if (coded) this.fail(Failure.malformed, "a coding that was not asked for");
		else if (length > this.limit) this.fail(Failure.tooLarge, `file of ${length} octets, at most ${this.limit}`);
		else {
			this.state = State.body;
			if (this.announce(length) && length === 0) this.finish();
		}
	}

	/** A body with a length, or up to the end of the connection. */
	private takeBody(from: number, length: number): void {
		const announced = this.response.length;
		const to = announced < 0 ? length : Math.min(length, from + announced - this.count);
		if (to > from && !this.handPart(from, to)) return;
		if (announced >= 0 && this.count === announced) this.finish();
	}

	private takeChunks(from: number, length: number): void {
		const chunks = this.chunks;
		let at = from;
		while (at < length) {
			if (chunks.left > 0) {
				const to = Math.min(length, at + chunks.left);
				if (!this.handPart(at, to)) return;
				chunks.advance(to - at);
				at = to;
			} else {
				if (!chunks.take(this.buffer[at] as number)) {
					this.malformed();
					return;
				}
				at += 1;
				if (chunks.complete) {
					this.finish();
					return;
				}
			}
		}
	}

	/** Hands a part of the buffer on. @returns false when the transfer ended with it. */
	private handPart(from: number, to: number): boolean {
		if (this.count + to - from > this.limit) {
			this.fail(Failure.tooLarge, `file of more than ${this.limit} octets`);
			return false;
		}
		return this.hand(this.buffer.subarray(from, to));
	}

	private malformed(): void {
		this.fail(Failure.malformed, `response of ${this.address} not understood`);
	}

	/** There is no connection, or it has ended or is broken; all that came has been read. */
	private ended(end: number): void {
		const { length, chunked } = this.response;
		const how = tcpEndWords[end];
		// a body that is not told how it ended takes the end for the server's
		const whole = end === TcpEnd.closed || end === TcpEnd.unknown;
		if (this.state === State.connecting) {
			const reason = end === TcpEnd.timedOut ? Failure.timedOut : Failure.unreachable;
			this.fail(reason, `${this.address} port ${this.port}: ${how}`);
		} else if (this.state === State.head) {
			this.fail(Failure.malformed, `${this.address}: ${how} without a response`);
		} else if (whole && length < 0 && !chunked) this.finish();
		else {
			const of = length < 0 ? "" : ` of ${length}`;
			const cause = whole ? "" : `, ${how}`;
			this.fail(Failure.malformed, `file ended after ${this.count}${of} octets${cause}`);
		}
	}
}

/** A file name as the path of a URL. */
function encoded(file: string): string {
	let path = "";
	for (let i = 0; i < file.length; i += 1) {
		const character = file.charAt(i);
		path += plain.includes(character) ? character : `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
	}
	return path;
}
