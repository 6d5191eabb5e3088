/*
 * A UDP socket of the phone on the host, over ECMA-419's UDP.
 */
import UDP from "embedded:io/socket/udp";
import type { UdpOptions, UdpSocket } from "hal/hardware";
import { Program } from "hal/host/program";

/** The host's UDP as used here. */
interface HostUdp {
	readonly target?: Datagrams;
	readonly senderAddress: string;
	readonly senderPort: number;
	read(target: Uint8Array): number | undefined;
	write(source: Uint8Array, address: string, port: number): void;
	close(): void;
}

interface HostUdpOptions {
	port: number;
	target: Datagrams;
	onReadable(this: HostUdp, count: number): void;
	onError(this: HostUdp): void;
}

const Udp = UDP as unknown as new (options: HostUdpOptions) => HostUdp;

function onReadable(this: HostUdp, count: number): void {
	this.target?.readable(count);
}

function onError(this: HostUdp): void {
	this.target?.failed();
}

export class Datagrams implements UdpSocket {
	private readonly options: UdpOptions;
	private udp: HostUdp | undefined;

	/** Throws when the port is taken. */
	constructor(options: UdpOptions) {
		this.options = options;
		this.udp = new Udp({ port: options.port ?? 0, target: this, onReadable, onError });
	}

	get address(): string {
		return this.udp?.senderAddress ?? "";
	}

	get port(): number {
		return this.udp?.senderPort ?? 0;
	}

	read(target: Uint8Array): number | undefined {
		return this.udp?.read(target);
	}

	write(source: Uint8Array, address: string, port: number): void {
		try {
			this.udp?.write(source, address, port);
		} catch (error) {
			// To the phone a packet without a way is a packet lost on it; the time-outs see to that.
			Program.log(error instanceof Error ? error.message : String(error));
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

	failed(): void {
		if (this.udp !== undefined) this.options.onError?.call(this);
	}
}
