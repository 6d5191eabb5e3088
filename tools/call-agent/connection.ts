/*
 * One TCP connection of a phone: messages in, frames out, and the ways in which tests want it to misbehave.
 */
import type { Socket } from "node:net";
import type { Faults } from "./options.js";
import { Deframer, FramingError, type Message } from "./wire.js";

export interface ConnectionListener {
	message(connection: Connection, message: Message): void;
	/** The connection has ended, by either side; why, in words. Comes once. */
	ended(connection: Connection, reason: string): void;
	/** Its socket is gone. */
	gone(connection: Connection): void;
}

export class Connection {
	readonly remote: string;
	readonly remoteAddress: string;
	/** The agent's own address as this phone sees it. */
	readonly localAddress: string;
	private readonly deframer: Deframer;
	private reason = "the phone closed the connection";
	private held: Buffer[] = [];
	private mergeTimer: NodeJS.Timeout | undefined;
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
		socket.on("data", (octets: Buffer) => {
			if (this.closing || this.faults().silent) return;
			try {
				for (const message of this.deframer.push(octets)) {
					if (this.closing) return;
					listener.message(this, message);
				}
			} catch (error) {
				if (!(error instanceof FramingError)) throw error;
				this.close(error.message);
			}
		});
		socket.on("error", (error) => {
			this.reason = `connection lost (${error.message})`;
		});
		socket.on("close", () => {
			clearTimeout(this.mergeTimer);
			this.finish();
			listener.gone(this);
		});
	}

	/** Sends octets as they are, cut as the faults say. */
	send(octets: Buffer): void {
		if (this.closing || this.hushed) return;
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
		this.held = [];
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
