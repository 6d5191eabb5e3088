/*
 * One TCP connection of a phone: messages in, frames out, and the ways in which tests want it to misbehave.
 */
import type { Socket } from "node:net";
import type { Faults } from "./faults.js";
import { Deframer, FramingError, type Message } from "./wire.js";

export interface ConnectionListener {
	message(connection: Connection, message: Message): void;
	/** The connection has ended, by either side; why, in words. Comes once. */
	ended(connection: Connection, reason: string): void;
	/** Its socket is gone. */
	gone(connection: Connection): void;
}

/** Octets of one segment of a slow connection, and milliseconds between two. */
const slowOctets = 16;
const slowTime = 20;
/** Milliseconds after which a connection looks whether it still stands still. */
const pollTime = 50;

export class Connection {
	readonly remote: string;
	readonly remoteAddress: string;
	/** The agent's own address as this phone sees it. */
	readonly localAddress: string;
	private readonly deframer: Deframer;
	private reason = "the phone closed the connection";
	private held: Buffer[] = [];
	private mergeTimer: NodeJS.Timeout | undefined;
	private stallTimer: NodeJS.Timeout | undefined;
	/** What is held back, with the time at which it is sent. */
	private readonly queue: { octets: Buffer; due: number }[] = [];
	private queueTimer: NodeJS.Timeout | undefined;
	private closing = false;
	private hushed = false;

	constructor(
		private readonly socket: Socket,
		private readonly faults: () => Faults,
		largest: number,
		wholeHeader: boolean,
		private readonly listener: ConnectionListener,
	) {
		this.remoteAddress = socket.remoteAddress ?? "";
		this.localAddress = socket.localAddress ?? "0.0.0.0";
		this.remote = `${this.remoteAddress}:${socket.remotePort ?? 0}`;
		this.deframer = new Deframer(largest, wholeHeader);
		socket.setNoDelay(true);
		socket.on("data", (octets: Buffer) => this.receive(octets));
		socket.on("error", (error) => {
			this.reason = `connection lost (${error.message})`;
		});
		socket.on("close", () => {
			clearTimeout(this.mergeTimer);
			clearTimeout(this.stallTimer);
			clearTimeout(this.queueTimer);
			this.finish();
			listener.gone(this);
		});
	}

	private receive(octets: Buffer): void {
		const { silent, stall } = this.faults();
		if (this.closing || silent) return;
		if (stall) {
			// nobody reads: what comes fills the system's buffers
			this.socket.pause();
			this.stallTimer = setTimeout(() => {
				this.socket.resume();
				this.receive(octets);
			}, pollTime);
			return;
		}
		try {
			for (const message of this.deframer.push(octets)) {
				if (this.closing) return;
				this.listener.message(this, message);
			}
		} catch (error) {
			if (!(error instanceof FramingError)) throw error;
			this.close(error.message);
		}
	}

	/** Sends octets as they are, held back and cut as the faults say. */
	send(octets: Buffer): void {
		if (this.closing || this.hushed || this.faults().silent) return;
		const { delay = 0, segments, stall } = this.faults();
		if (delay === 0 && segments !== "slow" && !stall && this.queue.length === 0) {
			this.write(octets);
			return;
		}
		this.queue.push({ octets, due: Date.now() + delay });
		this.queueTimer ??= setTimeout(() => this.sendQueued(), 0);
	}

	/** Sends what is due of that which is held back, in order. */
	private sendQueued(): void {
		this.queueTimer = undefined;
		const { segments, stall } = this.faults();
		for (;;) {
			const [next] = this.queue;
			if (next === undefined || this.closing) return;
			const wait = stall ? pollTime : next.due - Date.now();
			if (wait > 0) {
				this.queueTimer = setTimeout(() => this.sendQueued(), Math.min(wait, pollTime));
				return;
			}
			if (segments === "slow" && next.octets.length > slowOctets) {
				this.write(next.octets.subarray(0, slowOctets));
				this.queue[0] = { octets: next.octets.subarray(slowOctets), due: Date.now() + slowTime };
				continue;
			}
			this.queue.shift();
			this.write(next.octets);
			const [following] = this.queue;
			if (segments === "slow" && following !== undefined)
				this.queue[0] = { octets: following.octets, due: Math.max(following.due, Date.now() + slowTime) };
		}
	}

	/** Writes octets in as many segments as the faults say. */
	private write(octets: Buffer): void {
		const { segments, mergeTime } = this.faults();
		if (segments === "merged") {
			this.held.push(octets);
			this.mergeTimer ??= setTimeout(() => this.flush(), mergeTime ?? 20);
			return;
		}
		this.flush();
		if (segments !== "octets") this.socket.write(octets);
		else for (let at = 0; at < octets.length; at++) this.socket.write(octets.subarray(at, at + 1));
	}

	/** Nothing is sent any more. */
	hush(): void {
		clearTimeout(this.mergeTimer);
		clearTimeout(this.queueTimer);
		this.held = [];
		this.queue.length = 0;
		this.hushed = true;
	}

	private flush(): void {
		clearTimeout(this.mergeTimer);
		this.mergeTimer = undefined;
		if (this.held.length > 0) this.socket.write(Buffer.concat(this.held.splice(0)));
	}

	/** Ends the connection after what has been sent. */
	close(reason: string): void {
		if (this.closing) return;
		this.flush();
		this.reason = reason;
		this.socket.end();
		this.finish();
		// A phone that does not close its side shall not keep ours.
		setTimeout(() => this.socket.destroy(), 1000).unref();
	}

	/** Breaks the connection off with a TCP reset. */
	break(reason: string): void {
		if (this.socket.destroyed) return;
		if (!this.closing) this.reason = reason;
		this.socket.resetAndDestroy();
		this.finish();
	}

	private finish(): void {
		if (this.closing) return;
		this.closing = true;
		this.listener.ended(this, this.reason);
	}
}
