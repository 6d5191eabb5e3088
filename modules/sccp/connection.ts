/*
 * A TCP connection to a call agent, and who hears what becomes of it. The owner may change while the connection stands: a stand-by
 * connection becomes the link. One that is closed tells nobody anything any more.
 */
import type { Network, TcpEndpoint, TcpSocket } from "hal/hardware";

export interface ConnectionOwner {
	/** Octets can be read. */
	connectionReadable(): void;
	/** `count` octets can be written; the first call says that the connection is up. */
	connectionWritable(count: number): void;
	/** The connection is over, or there is none; it is closed already. @param end a number of `TcpEnd`. */
	connectionEnded(end: number): void;
}

export class Connection {
	/** Octets that it takes at present. */
	writable: number;
	/** Whether it stands. */
	up: boolean;
	/** The other end: a dotted address and a port. */
	address: string;
	port: number;
	owner: ConnectionOwner | undefined;
	private socket: TcpSocket | undefined;

	constructor(owner: ConnectionOwner) {
		this.owner = owner;
		this.socket = undefined;
		this.writable = 0;
		this.up = false;
		this.address = "";
		this.port = 0;
	}

	/**
	 * Connects to a dotted address, once. The owner may be told at once that it stands, or that there is none.
	 * @param typeOfService ToS byte of what is sent.
	 */
	open(network: Network, address: string, endpoint: TcpEndpoint, typeOfService: number): void {
		this.address = address;
		this.port = endpoint.port;
		const socket = network.connect({
			...endpoint,
			address,
			typeOfService,
			onReadable: () => this.owner?.connectionReadable(),
			onWritable: (count) => this.room(count),
			onError: (end) => this.ended(end),
		});
		// a body may have called back already
		if (this.owner === undefined) {
			socket.close();
			return;
		}
		this.socket = socket;
		if (this.up) this.owner.connectionWritable(this.writable);
	}

	/** Reads into `target`; the count of octets read, undefined when there are none. */
	read(target: Uint8Array): number | undefined {
		return this.socket?.read(target);
	}

	/** Writes all of `source`, of which no more than {@link writable} may be. @returns false when the connection turns out to be closed. */
	write(source: Uint8Array): boolean {
		if (this.socket === undefined) return false;
		try {
			this.writable = this.socket.write(source);
			return true;
		} catch {
			return false;
		}
	}

	/** Closes it without telling the owner. */
	close(): void {
		const { socket } = this;
		this.owner = undefined;
		this.socket = undefined;
		this.up = false;
		if (socket !== undefined) socket.close();
	}

	private room(count: number): void {
		if (this.owner === undefined) return;
		this.up = true;
		this.writable = count;
		if (this.socket !== undefined) this.owner.connectionWritable(count);
	}

	private ended(end: number): void {
		const { owner } = this;
		this.close();
		owner?.connectionEnded(end);
	}
}
