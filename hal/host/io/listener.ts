/*
 * `embedded:io/socket/listener` of ECMA-419 on the host, over hal/host/listener.c; what it gives is for `from` of `embedded:io/socket/tcp`.
 */
export interface Options {
	/** Own IPv4 address, all when absent; what has a / in it is the path of a socket of the system's. */
	address?: string;
	/** 0 takes a free one. */
	port?: number;
	/** Connections wait. */
	onReadable: (this: Listener) => void;
	target?: unknown;
}

export default class Listener extends Native("xs_listener_destructor") {
	readonly target: unknown;

	/** Throws what is wrong with address or port. */
	constructor({ address, port, onReadable, target }: Options) {
		super();
		if (target !== undefined) this.target = target;
		this.open(address ?? "0.0.0.0", port ?? 0, onReadable);
	}

	private open(address: string, port: number, onReadable: unknown): void {
		native("xs_listener_open").call(this, address, port, onReadable);
	}

	/** The next connection that waits; undefined for none. */
	read(): number | undefined {
		return native("xs_listener_read").call(this);
	}

	get port(): number {
		return native("xs_listener_port").call(this);
	}

	close(): void {
		native("xs_listener_close").call(this);
	}
}
