/*
 * `embedded:io/socket/tcp` of ECMA-419 on the host, over hal/host/tcp.c.
 */
export interface Options {
	/** A connection to go on with, as a listener gives it, in place of address and port. */
	from?: number;
	address?: string;
	host?: string;
	port?: number;
	onReadable?: (this: TCP, count: number) => void;
	onWritable?: (this: TCP, count: number) => void;
	/** @param end how it ended, a number of TcpEnd in hal/hardware.ts. */
	onError?: (this: TCP, end: number) => void;
	format?: "number" | "buffer";
	target?: unknown;
}

type Buffer = ArrayBuffer | Uint8Array | DataView;

export default class TCP extends Native("xs_tcp_destructor") {
	readonly target: unknown;
	private currentFormat: "number" | "buffer" = "buffer";

	/** Begins to connect, or goes on with a connection; throws when `address` is no IPv4 address. */
	constructor(options: Options) {
		super();
		if (options.target !== undefined) this.target = options.target;
		if (options.format !== undefined) checkFormat(options.format);
		this.currentFormat = options.format ?? "buffer";
		const { from, address, port, onReadable, onWritable, onError } = options;
		const numbers = this.currentFormat === "number";
		if (from !== undefined) this.adopt(from, onReadable, onWritable, onError, numbers);
		else this.connect(address ?? "", port ?? 0, onReadable, onWritable, onError, numbers);
	}

	private adopt(from: number, onReadable: unknown, onWritable: unknown, onError: unknown, numbers: boolean): void {
		native("xs_tcp_adopt").call(this, from, onReadable, onWritable, onError, numbers);
	}

	private connect(
		address: string,
		port: number,
		onReadable: unknown,
		onWritable: unknown,
		onError: unknown,
		numbers: boolean,
	): void {
		native("xs_tcp_connect").call(this, address, port, onReadable, onWritable, onError, numbers);
	}

	/** An ArrayBuffer of what there is (at most `size` octets), or the count read into a buffer; undefined for nothing. */
	read(): ArrayBuffer | number | undefined;
	read(size: number): ArrayBuffer | number | undefined;
	read(target: Buffer): number | undefined;
	read(into?: number | Buffer): ArrayBuffer | number | undefined {
		return native("xs_tcp_read").call(this, into);
	}

	/** Writes all of `data` and returns how much can be written after it; throws when it does not fit. */
	write(data: Buffer | number): number {
		return native("xs_tcp_write").call(this, data);
	}

	close(): void {
		native("xs_tcp_close").call(this);
	}

	get remoteAddress(): string | undefined {
		return native("xs_tcp_remote_address").call(this);
	}

	get remotePort(): number | undefined {
		return native("xs_tcp_remote_port").call(this);
	}

	get format(): "number" | "buffer" {
		return this.currentFormat;
	}

	set format(format: "number" | "buffer") {
		checkFormat(format);
		this.currentFormat = format;
		this.numbers(format === "number");
	}

	private numbers(numbers: boolean): void {
		native("xs_tcp_set_numbers").call(this, numbers);
	}
}

function checkFormat(format: string): void {
	if (format !== "number" && format !== "buffer") throw new RangeError(`tcp: no format "${format}"`);
}
