/*
 * A UDP socket of the phone over the SDK's ECMA-419 UDP, whose read() makes a buffer for each packet.
 */
import type { UdpOptions, UdpSocket } from "hal/hardware";

/** The part of `embedded:io/socket/udp` used here; handed in, as ECMA-419 has it. */
export interface NativeUdp {
	read(): (ArrayBuffer & { address: string; port: number }) | undefined;
	write(source: Uint8Array, address: string, port: number): void;
	close(): void;
}

export interface NativeUdpOptions {
	port?: number;
	target: ChipDatagrams;
	onReadable(this: { target?: ChipDatagrams }, count: number): void;
}

function onReadable(this: { target?: ChipDatagrams }, count: number): void {
	this.target?.readable(count);
}

export class ChipDatagrams implements UdpSocket {
	address = "";
	port = 0;
	private readonly options: UdpOptions;
	private udp: NativeUdp | undefined;

	/** Throws what the SDK throws (port taken, no memory for a socket). */
	constructor(Udp: new (options: NativeUdpOptions) => NativeUdp, options: UdpOptions) {
		this.options = options;
		this.udp = new Udp({ port: options.port ?? 0, target: this, onReadable });
	}

	read(target: Uint8Array): number | undefined {
		const packet = this.udp?.read();
		if (packet === undefined) return undefined;
		const count = Math.min(packet.byteLength, target.length);
		target.set(new Uint8Array(packet, 0, count));
		this.address = packet.address;
		this.port = packet.port;
		return count;
	}

	write(source: Uint8Array, address: string, port: number): void {
		try {
			this.udp?.write(source, address, port);
		} catch {
			// No route, no buffer: to the phone a packet lost on the way; the time-outs see to that.
		}
	}

	close(): void {
		const udp = this.udp;
		this.udp = undefined;
		udp?.close();
	}

	readable(count: number): void {
		if (this.udp !== undefined) this.options.onReadable?.call(this, count);
	}
}
