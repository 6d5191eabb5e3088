/*
 * `embedded:io/socket/udp` of ECMA-419 on the host, over hal/host/udp.c.
 */
export interface Options {
	/** Own port; a free one when absent. */
	port?: number;
	/** Own address; any when absent. */
	address?: string;
	onReadable?: (this: UDP, packets: number) => void;
	onError?: (this: UDP) => void;
	format?: "buffer";
	target?: unknown;
}

export type Packet = ArrayBuffer & { address: string; port: number };

type Buffer = ArrayBuffer | Uint8Array | DataView;

export default class UDP extends Native("xs_udp_destructor") {
	readonly target: unknown;

	/** Binds; throws when the port is taken or the address is not the machine's. */
	constructor(options: Options) {
		super();
		if (options.target !== undefined) this.target = options.target;
		this.open(options.address, options.port ?? 0, options.onReadable, options.onError);
	}

	private open(address: unknown, port: number, onReadable: unknown, onError: unknown): void {
		native("xs_udp_open").call(this, address, port, onReadable, onError);
	}

	/** The oldest packet, or its length when it is read into a buffer; undefined when there is none. */
	read(): Packet | undefined;
	read(target: Buffer): number | undefined;
	read(...into: unknown[]): Packet | number | undefined {
		return native("xs_udp_read").call(this, ...into);
	}

	write(data: Buffer, address: string, port: number): void {
		native("xs_udp_write").call(this, data, address, port);
	}

	close(): void {
		native("xs_udp_close").call(this);
	}

	/** The port it is bound to. */
	get port(): number | undefined {
		return native("xs_udp_port").call(this);
	}

	/** Sender of what was read last; beyond ECMA-419, so that reading into a buffer makes no garbage. */
	get senderAddress(): string {
		return native("xs_udp_sender_address").call(this);
	}

	get senderPort(): number {
		return native("xs_udp_sender_port").call(this);
	}

	get format(): "buffer" {
		return "buffer";
	}

	set format(format: "buffer") {
		if (format !== "buffer") throw new RangeError(`udp: no format "${format}"`);
	}
}
