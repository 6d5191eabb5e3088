/*
 * HTTP/1.1 client (RFC 9110, 9112) for one file at a time, as Cisco's newer phones fetch theirs on port 6970: GET, no redirection,
 * bodies with a length, in chunks or up to the end of the connection, in a buffer that is given. What services want more stands in net/web.
 */
import { pieceAt } from "base/pieces";
import { tcpEndWords } from "base/words";
import { type Clock, type Network, TcpEnd, type TcpSocket } from "hal/hardware";
import { Chunks, Head, Response } from "net/http-response";
import { type Consumer, Failure, FileTransfer } from "net/transfer";

/** The host is looked for, its connection opened, the request sent; then head and body come. */
const State = Object.freeze({ resolving: 0, connecting: 1, asking: 2, head: 3, body: 4 });

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
	protected readonly network: Network;
	protected readonly response: Response;
	private readonly buffer: Uint8Array;
	private readonly chunks = new Chunks();
	private readonly readable: (this: TcpSocket) => void;
	private readonly writable: (this: TcpSocket, count: number) => void;
	private readonly broken: (this: TcpSocket, end: number) => void;
	private state: number = State.resolving;
	protected port = 0;
	/** The request while it is being sent, and how much of it has been. */
	private request = "";
	private sent = 0;
	private startedAt = 0;
	private heardAt = 0;

	/** @param buffer for the request and for each read; used during a transfer only. */
	constructor(network: Network, clock: Clock, buffer: Uint8Array, response: Response = new Response()) {
		super(clock);
		this.network = network;
		this.buffer = buffer;
		this.response = response;
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
		if (this.begin(address, file, consumer, limit)) this.connect(address, port);
	}

	/** Waits for the address of a host; {@link connect} goes on. */
	protected resolving(): void {
		this.state = State.resolving;
		this.startedAt = this.clock.ticks;
	}

	/** Asks a server. */
	protected connect(address: string, port: number): void {
		this.address = address;
		this.port = port;
		this.response.clear();
		this.chunks.clear();
		this.request = "";
		this.sent = 0;
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
		if (this.state === State.resolving) {
			if (now - this.startedAt >= silence) this.fail(Failure.unknownHost, "no name server answers");
		} else if (this.state === State.connecting) {
			if (now - this.startedAt >= connectWait)
				this.fail(Failure.timedOut, `no answer from ${this.address} port ${this.port}`);
		} else if (now - this.heardAt >= silence) {
			this.fail(Failure.timedOut, `no more from ${this.address} after ${this.count} octets`);
		} else if (this.state === State.head && now - this.startedAt >= headWait) {
			this.fail(Failure.timedOut, `no whole head from ${this.address}`);
		}
	}

	/** What is sent once the connection is up: octets as characters. */
	protected compose(): string {
		const host = this.port === 80 ? this.address : `${this.address}:${this.port}`;
		return `GET /${encoded(this.file)} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: Linnet\r\nConnection: close\r\n\r\n`;
	}

	/** The connection is up and takes `count` octets. */
	private ask(socket: TcpSocket, count: number): void {
		if (this.state === State.connecting) {
			this.state = State.asking;
			this.request = this.compose();
			this.heardAt = this.clock.ticks;
		} else if (this.state !== State.asking) return;
		// a socket that takes less than all says so again when it takes more
		for (let room = count; room > 0 && this.sent < this.request.length; ) {
			const length = this.fill(Math.min(room, this.buffer.length));
			this.sent += length;
			room -= length;
			try {
				socket.write(this.buffer.subarray(0, length));
			} catch {
				this.fail(Failure.unreachable, `connection to ${this.address} lost`);
				return;
			}
			if (socket !== this.socket) return;
		}
		if (this.sent < this.request.length) return;
		this.request = "";
		this.state = State.head;
		this.heardAt = this.clock.ticks;
		this.startedAt = this.heardAt;
	}

	/** Fills the buffer with what comes next of the request. @returns octets, at most `most`. */
	private fill(most: number): number {
		let count = 0;
		const { length } = this.request;
		while (count < most && this.sent + count < length) {
			const piece = pieceAt(this.request, this.sent + count);
			for (let i = 0; i < piece.length && count < most; i += 1) {
				this.buffer[count] = piece.charCodeAt(i);
				count += 1;
			}
		}
		return count;
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
		if (this.state < State.asking) {
			this.malformed();
			return;
		}
		// a server may answer before it has read all that is asked
		if (this.state === State.asking) this.state = State.head;
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
		const { length, coded } = this.response;
		if (!this.accept(this.response.status)) return;
		if (coded) this.fail(Failure.malformed, "a coding that was not asked for");
		else if (length > this.limit) this.fail(Failure.tooLarge, `file of ${length} octets, at most ${this.limit}`);
		else {
			this.state = State.body;
			if (this.announce(length) && length === 0) this.finish();
		}
	}

	/** Whether the body is what was asked for; if not, the transfer has been ended, or begun anew. */
	protected accept(status: number): boolean {
		if (status === 200) return true;
		if (status === 404 || status === 410) this.fail(Failure.notFound, `${status}, no such file`);
		else if (status >= 300 && status < 400) this.fail(Failure.refused, `${status}, a redirection is not followed`);
		else this.fail(Failure.refused, `${status}`);
		return false;
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
		} else if (this.state < State.body) {
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
