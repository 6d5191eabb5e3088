/*
 * A TCP connection of the phone over the SDK's ECMA-419 TCP, whose read() takes a buffer only when it can fill all of it. Here the
 * octets that have come are read in runs of fixed powers of two into buffers made at boot, so that reading makes no garbage.
 */
import { type TcpCallbacks, TcpEnd, type TcpOptions, type TcpSocket } from "hal/hardware";

/** The part of `embedded:io/socket/tcp` used here; handed in, as ECMA-419 has it. */
export interface NativeTcp {
	read(buffer: Uint8Array): unknown;
	write(source: Uint8Array): unknown;
	close(): void;
}

export interface NativeTcpOptions {
	/** A connection to go on with, or where one is to lead. */
	from?: object;
	address?: string;
	port?: number;
	nodelay?: boolean;
	format: "buffer";
	target: ChipSocket;
	onReadable(this: NativeTcpInstance, count: number): void;
	onWritable(this: NativeTcpInstance, count: number): void;
	onError(this: NativeTcpInstance): void;
}

type NativeTcpInstance = { target?: ChipSocket };

const LARGEST = 512;

/** Staging buffers of 512, 256 ... 1 octets on one memory, shared by all sockets: each is only in use during its own read. */
export class Staging {
	readonly views: readonly Uint8Array[];

	constructor() {
		const memory = new ArrayBuffer(LARGEST);
		const views: Uint8Array[] = [];
		for (let size = LARGEST; size > 0; size >>= 1) views.push(new Uint8Array(memory, 0, size));
		this.views = views;
	}
}

function onReadable(this: NativeTcpInstance, count: number): void {
	this.target?.readable(count);
}

function onWritable(this: NativeTcpInstance, count: number): void {
	this.target?.writable(count);
}

function onError(this: NativeTcpInstance): void {
	this.target?.failed();
}

export class ChipSocket implements TcpSocket {
	private readonly options: TcpCallbacks;
	private readonly staging: Staging;
	private readonly held: () => boolean;
	private up = false;
	private tcp: NativeTcp | undefined;
	/** Octets that have come and have not been read. */
	private available = 0;

	/**
	 * Goes on with a connection that a listener gave, or starts to connect; throws what the SDK throws (bad address, no memory for a
	 * socket, a connection that has broken).
	 * @param held whether the phone has an address at this moment.
	 */
	constructor(
		Tcp: new (options: NativeTcpOptions) => NativeTcp,
		staging: Staging,
		options: TcpCallbacks | TcpOptions,
		held: () => boolean,
		from?: object,
	) {
		this.options = options;
		this.staging = staging;
		this.held = held;
		const native: NativeTcpOptions = { format: "buffer", target: this, onReadable, onWritable, onError };
		if (from !== undefined) native.from = from;
		else {
			const { address, port } = options as TcpOptions;
			native.address = address;
			native.port = port;
			native.nodelay = true;
		}
		this.tcp = new Tcp(native);
	}

	read(target: Uint8Array): number | undefined {
		const tcp = this.tcp;
		if (tcp === undefined || this.available === 0) return undefined;
		const { views } = this.staging;
		let filled = 0;
		// an iterator would be garbage, with each arrival
		for (let i = 0; i < views.length; i += 1) {
			const view = views[i] as Uint8Array;
			const size = view.length;
			while (size <= this.available && size <= target.length - filled) {
				tcp.read(view);
				target.set(view, filled);
				filled += size;
				this.available -= size;
			}
		}
		return filled;
	}

	write(source: Uint8Array): number {
		if (this.tcp === undefined) throw new Error("the socket is closed");
		const left = this.tcp.write(source);
		return typeof left === "number" ? left : 0;
	}

	close(): void {
		const tcp = this.tcp;
		this.tcp = undefined;
		this.available = 0;
		tcp?.close();
	}

	/** The SDK tells once of octets that have come: as long as they get fewer, the phone is told of the rest. */
	readable(count: number): void {
		this.available = count;
		let before: number;
		do {
			before = this.available;
			this.options.onReadable?.call(this, before);
		} while (this.available > 0 && this.available < before);
	}

	writable(count: number): void {
		this.up = true;
		if (this.tcp !== undefined) this.options.onWritable?.call(this, count);
	}

	/**
	 * The SDK does not say why. lwIP ends a connection when its address goes; one that is not up yet otherwise only when the peer
	 * refuses it, since it asks again for minutes, longer than anybody waits here.
	 */
	failed(): void {
		if (this.tcp === undefined) return;
		const end = !this.held() ? TcpEnd.networkUnreachable : this.up ? TcpEnd.unknown : TcpEnd.refused;
		this.options.onError?.call(this, end);
	}
}
