/*
 * The phone's web server: HTTP/1.1 (RFC 9110, 9112) with a fixed number of connections, one buffer, and limits of size and time for
 * everything, so that no client can take from calls what they need. It knows no pages: who is handed in answers. While nobody is
 * connected there is nothing but this object and the listener.
 */
import { COMPLETE, reasonOf, UNFINISHED } from "base/http-request";
import type { Clock, Network, TcpCallbacks, TcpListener, TcpSocket, TimerHandle } from "hal/hardware";
import { type Answer, refusal } from "services/web/answer";
import { type BodySink, Connection, State } from "services/web/connection";

/** Answers requests. */
export interface Responder {
	/** Whether this phone is meant by a request's Host ('' where the client does not say): a name that only leads here is somebody else's. */
	serves(host: string): boolean;
	/** Answers a request now, or later by {@link WebServer.answer} or {@link WebServer.accept}: undefined then. */
	respond(request: Connection): Answer | undefined;
	/** Nobody waits for the answer any more that was to come later. */
	gone(request: Connection): void;
}

const httpPort = 80;
const mostConnections = 4;
/** Octets that all connections may keep of what has come and cannot be answered yet; each is free to have most of them. */
const mostKept = 840;
/** Octets of one read, and of one piece of an answer with its frame. */
const bufferSize = 512;
/** Octets of the frame: a length of three digits, and two ends of lines. */
const frame = 7;
/** Octets that a socket has to take before the head of an answer goes. */
const headSize = 512;
/** Requests of one connection. */
const mostRequests = 100;
/** How long a head and a body may take, and an idle connection stays (ms); a head that takes longer than `slow` makes room for others. */
const headWait = 10_000;
const bodyWait = 10_000;
const idleWait = 5_000;
const slow = 2_000;
/** How long who answers may take, how long an answer may and how long nothing of it may go, and how long a connection waits at its end (ms). */
const workWait = 35_000;
const answerWait = 60_000;
const stallWait = 10_000;
const lingerWait = 1_500;
/** Reads in one go: who sends without end is not all that the phone has to do. */
const mostReads = 4;
/** The time is looked at so often (ms). */
const tickEvery = 500;

const security =
	"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n" +
	"Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'\r\n";

const nobody: readonly Connection[] = Object.freeze([]);

export class WebServer {
	readonly network: Network;
	readonly clock: Clock;
	private readonly responder: Responder;
	private listener: TcpListener | undefined = undefined;
	private connections: readonly Connection[] = nobody;
	/** While there are connections. */
	private buffer: Uint8Array | undefined = undefined;
	private callbacks: TcpCallbacks | undefined = undefined;
	private timer: TimerHandle | undefined = undefined;

	constructor(network: Network, clock: Clock, responder: Responder) {
		this.network = network;
		this.clock = clock;
		this.responder = responder;
	}

	/** Begins to listen, where it does not yet. */
	open(): void {
		const self = this;
		this.listener ??= this.network.listen({
			port: httpPort,
			onReadable(this: TcpListener) {
				self.welcome(this);
			},
		});
	}

	/** Ends all connections. */
	hangUp(): void {
		const { connections } = this;
		for (let i = 0; i < connections.length; i += 1) this.drop(connections[i] as Connection);
	}

	/** Ends all connections and listens no more. */
	close(): void {
		this.hangUp();
		this.listener?.close();
		this.listener = undefined;
	}

	/** How many clients are connected. */
	get count(): number {
		return this.connections.length;
	}

	/** The answer to a request that was to be answered later. */
	answer(request: Connection, answer: Answer): void {
		if (request.state !== State.working) {
			answer.close();
			return;
		}
		this.begin(request, answer);
		this.go(request);
	}

	/** Takes the body of a request that was to be answered later, and of one that is looked at just now. */
	accept(request: Connection, sink: BodySink): void {
		if (request.state !== State.working) {
			sink.cancel();
			return;
		}
		request.release();
		request.sink = sink;
		request.left = request.length;
		request.state = State.body;
		request.deadline = this.clock.ticks + bodyWait;
		if (request.expects) this.write(request, "HTTP/1.1 100 Continue\r\n\r\n");
		this.go(request);
	}

	private welcome(listener: TcpListener): void {
		for (;;) {
			const socket = listener.read(this.hearing());
			if (socket === undefined) return;
			const client = socket.remoteAddress ?? "";
			if (!this.admits(client)) {
				// has it told by the callbacks, which do not find it among the connections
				continue;
			}
			const connection = new Connection(socket, client);
			connection.since = this.clock.ticks;
			connection.deadline = this.clock.ticks + headWait;
			this.connections = this.connections.concat(connection);
			this.timer ??= this.clock.every(tickEvery, () => this.tick());
		}
	}

	/** What all connections tell: made with the first one. */
	private hearing(): TcpCallbacks {
		if (this.callbacks !== undefined) return this.callbacks;
		const self = this;
		this.callbacks = {
			onReadable() {
				const connection = self.find(this);
				if (connection !== undefined) self.go(connection);
			},
			onWritable(count) {
				const connection = self.find(this);
				if (connection === undefined) {
					self.turnAway(this, count);
					return;
				}
				connection.room = count;
				if (count > connection.most) connection.most = count;
				self.go(connection);
			},
			onError() {
				const connection = self.find(this);
				if (connection === undefined) this.close();
				else self.drop(connection);
			},
		};
		return this.callbacks;
	}

	private find(socket: TcpSocket): Connection | undefined {
		const { connections } = this;
		for (let i = 0; i < connections.length; i += 1) if (connections[i]?.socket === socket) return connections[i];
		return undefined;
	}

	/** Whether there is room for a connection, or for one in place of another: of one that waits, or of a client that has several. */
	private admits(client: string): boolean {
		const { connections } = this;
		if (connections.length < mostConnections) return true;
		const before = this.clock.ticks - slow;
		let victim: Connection | undefined;
		for (let i = 0; i < connections.length; i += 1) {
			const connection = connections[i] as Connection;
			if (connection.idle(before) && (victim === undefined || connection.since < victim.since)) victim = connection;
		}
		victim ??= this.greedy(client);
		if (victim === undefined) return false;
		this.drop(victim);
		return true;
	}

	/** A connection of somebody who has more than one, where a client has none. */
	private greedy(client: string): Connection | undefined {
		const { connections } = this;
		let victim: Connection | undefined;
		for (let i = 0; i < connections.length; i += 1) {
			const one = connections[i] as Connection;
			if (one.client === client) return undefined;
			for (let k = 0; k < i; k += 1)
				if ((connections[k] as Connection).client === one.client) victim ??= connections[k];
		}
		return victim;
	}

	/** Nobody has room for a connection. */
	private turnAway(socket: TcpSocket, room: number): void {
		const text =
			`HTTP/1.1 503 ${reasonOf(503)}\r\nContent-Type: text/plain\r\nRetry-After: 5\r\nContent-Length: 5\r\n` +
			"Connection: close\r\n\r\nbusy\n";
		if (text.length <= room) socket.write(ascii(text));
		socket.close();
	}

	/** Ends a connection. */
	private drop(connection: Connection): void {
		if (connection.state === State.closed) return;
		const { state } = connection;
		connection.state = State.closed;
		connection.socket.close();
		connection.answer?.close();
		connection.answer = undefined;
		if (state === State.working) this.responder.gone(connection);
		if (state === State.body) connection.sink?.cancel();
		connection.sink = undefined;
		this.connections = this.connections.filter((other) => other !== connection);
		if (this.connections.length > 0) return;
		this.connections = nobody;
		this.buffer = undefined;
		this.callbacks = undefined;
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}

	/** Cuts what takes too long. */
	private tick(): void {
		const { ticks } = this.clock;
		const { connections } = this;
		for (let i = 0; i < connections.length; i += 1) {
			const connection = connections[i] as Connection;
			if (ticks < connection.deadline) {
				// what was left unread for want of a turn
				this.go(connection);
				continue;
			}
			if (connection.state === State.head && connection.begun) this.refuse(connection, 408, "That took too long.");
			else if (connection.state === State.working) this.refuse(connection, 503, "The phone is not ready for that.");
			else {
				this.drop(connection);
				continue;
			}
			this.go(connection);
		}
	}

	/** Goes on with a connection as far as it can. */
	private go(connection: Connection): void {
		if (connection.busy) return;
		connection.busy = true;
		for (let reads = 0; this.step(connection, reads < mostReads); ) {
			// what lies in the socket is read once in each turn of reading
			if (connection.state !== State.answering) reads += 1;
		}
		connection.busy = false;
	}

	/** @returns whether there may be more to do at once. */
	private step(connection: Connection, mayRead: boolean): boolean {
		switch (connection.state) {
			case State.head:
			case State.body:
				return this.read(connection, mayRead);
			case State.answering:
				return this.send(connection);
			case State.draining:
				if (connection.room >= connection.most) this.drop(connection);
				return false;
			case State.lingering:
				return this.read(connection, mayRead);
			default:
				return false;
		}
	}

	private read(connection: Connection, mayRead: boolean): boolean {
		const { rest } = connection;
		if (connection.state === State.body && connection.left === 0) {
			// nothing comes of a body without octets
			this.takeBody(connection, this.octets, 0, 0);
			return true;
		}
		if (rest !== undefined) {
			connection.rest = undefined;
			this.take(connection, rest, rest.length);
			return true;
		}
		if (!mayRead) return false;
		const buffer = this.octets;
		const count = connection.socket.read(buffer);
		if (count === undefined || count === 0) return false;
		this.take(connection, buffer, count);
		return true;
	}

	private get octets(): Uint8Array {
		this.buffer ??= new Uint8Array(bufferSize);
		return this.buffer;
	}

	private take(connection: Connection, octets: Uint8Array, count: number): void {
		let at = 0;
		while (at < count) {
			if (connection.state === State.head) {
				if (!connection.begun) this.setDeadline(connection, headWait);
				at = connection.feed(octets, at, count);
				if (connection.status === UNFINISHED) {
					this.makeRoom(connection);
					return;
				}
				this.request(connection);
			} else if (connection.state === State.body) at = this.takeBody(connection, octets, at, count);
			else if (connection.state === State.lingering || connection.state === State.closed) return;
			else {
				// another request, or the body of one that is not wanted yet
				connection.rest = octets.slice(at, count);
				this.makeRoom(connection);
				return;
			}
		}
	}

	/** Ends connections whose heads have not come to an end, the eldest first, then the present one, until what all keep is little enough. */
	private makeRoom(present: Connection): void {
		for (;;) {
			const { connections } = this;
			let victim = present;
			let kept = 0;
			for (let i = 0; i < connections.length; i += 1) {
				const connection = connections[i] as Connection;
				kept += connection.kept;
				if (connection === present || connection.state !== State.head || connection.kept === 0) continue;
				if (victim === present || connection.since < victim.since) victim = connection;
			}
			if (kept <= mostKept || present.state === State.closed) return;
			this.drop(victim);
		}
	}

	/** A head is whole, or is none. */
	private request(connection: Connection): void {
		const { method, origin, host, status } = connection;
		connection.count += 1;
		if (connection.count >= mostRequests) connection.persistent = false;
		if (status !== COMPLETE) this.refuse(connection, status, "That is no request for this phone.");
		else if (!this.responder.serves(host)) this.refuse(connection, 403, "This phone is not known by that name.");
		else if (origin !== "" && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
			this.refuse(connection, 403, "Another page has sent that.");
		else if (method !== "GET" && method !== "HEAD" && method !== "POST")
			this.refuse(connection, 405, "GET, HEAD and POST are expected.", "Allow: GET, HEAD, POST\r\n");
		else {
			connection.host = "";
			connection.origin = "";
			connection.state = State.working;
			this.setDeadline(connection, workWait);
			const answer = this.responder.respond(connection);
			// a body that nobody wants would be taken for another request
			if (answer !== undefined && connection.length > 0) connection.persistent = false;
			if (answer !== undefined && connection.state === State.working) this.begin(connection, answer);
		}
	}

	private takeBody(connection: Connection, octets: Uint8Array, from: number, to: number): number {
		const sink = connection.sink as BodySink;
		const end = Math.min(to, from + connection.left);
		connection.left -= end - from;
		const more = end === from || sink.take(octets, from, end);
		// what came may have ended the connection
		if (connection.state !== State.body || (more && connection.left > 0)) return end;
		if (connection.left > 0) connection.persistent = false;
		connection.sink = undefined;
		connection.state = State.working;
		this.begin(connection, sink.end());
		return end;
	}

	private setDeadline(connection: Connection, milliseconds: number): void {
		connection.deadline = this.clock.ticks + milliseconds;
	}

	/** Answers what is no good, and hears nothing more. */
	private refuse(connection: Connection, status: number, why: string, fields = ""): void {
		connection.persistent = false;
		if (connection.state === State.working) this.responder.gone(connection);
		this.begin(connection, refusal(status, why, fields));
	}

	private begin(connection: Connection, answer: Answer): void {
		if (connection.state === State.closed) {
			answer.close();
			return;
		}
		connection.release();
		connection.answer = answer;
		connection.headed = false;
		connection.state = State.answering;
		connection.since = this.clock.ticks;
		this.setDeadline(connection, stallWait);
	}

	/** Sends as much as there is room for. @returns whether the answer has gone. */
	private send(connection: Connection): boolean {
		const answer = connection.answer as Answer;
		const chunked = connection.modern && answer.length < 0;
		if (!connection.headed) {
			if (connection.room < headSize) return false;
			// without chunks the end of the connection is that of the answer
			if (answer.length < 0 && !chunked) connection.persistent = false;
			this.write(connection, this.head(connection, answer, chunked));
			connection.headed = true;
		}
		const buffer = this.octets;
		const bare = connection.method === "HEAD";
		for (;;) {
			const before = chunked ? frame - 2 : 0;
			const most = Math.min(buffer.length, connection.room) - (chunked ? frame : 0);
			// less is not worth a packet
			if (most < frame && !bare) return false;
			const count = bare ? 0 : answer.read(buffer.subarray(before, before + most));
			if (connection.state !== State.answering) return false;
			connection.deadline = Math.min(this.clock.ticks + stallWait, connection.since + answerWait);
			if (count === 0) break;
			this.put(connection, buffer, before, count, chunked);
		}
		if (chunked && !bare) this.write(connection, "0\r\n\r\n");
		answer.close();
		connection.answer = undefined;
		this.sent(connection);
		return true;
	}

	/** Gives the socket octets that lie in the buffer, as a chunk where the answer comes in such. */
	private put(connection: Connection, buffer: Uint8Array, from: number, count: number, chunked: boolean): void {
		if (!chunked) {
			connection.room = connection.socket.write(buffer.subarray(from, from + count));
			return;
		}
		const digits = `00${count.toString(16)}`.slice(-3);
		for (let i = 0; i < 3; i += 1) buffer[i] = digits.charCodeAt(i);
		buffer[3] = 13;
		buffer[4] = 10;
		buffer[from + count] = 13;
		buffer[from + count + 1] = 10;
		connection.room = connection.socket.write(buffer.subarray(0, from + count + 2));
	}

	private write(connection: Connection, text: string): void {
		if (text.length > connection.room) this.drop(connection);
		else connection.room = connection.socket.write(ascii(text));
	}

	private head(connection: Connection, { fields, length, status, type }: Answer, chunked: boolean): string {
		const size = chunked ? "Transfer-Encoding: chunked\r\n" : length < 0 ? "" : `Content-Length: ${length}\r\n`;
		return (
			`HTTP/1.1 ${status} ${reasonOf(status)}\r\nContent-Type: ${type}\r\n${size}${fields}${security}` +
			`Connection: ${connection.persistent ? "keep-alive" : "close"}\r\n\r\n`
		);
	}

	/** An answer has gone: another request may come, or the end does. */
	private sent(connection: Connection): void {
		const { status, length, persistent } = connection;
		if (persistent) {
			connection.clear();
			connection.state = State.head;
			connection.since = this.clock.ticks;
			this.setDeadline(connection, idleWait);
			return;
		}
		this.setDeadline(connection, lingerWait);
		// a client that still sends would lose the answer with the connection
		connection.state = status !== COMPLETE || length > 0 ? State.lingering : State.draining;
		if (connection.state === State.lingering) connection.rest = undefined;
	}
}

function ascii(text: string): Uint8Array {
	const octets = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i += 1) octets[i] = text.charCodeAt(i);
	return octets;
}
