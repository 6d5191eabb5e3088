/*
 * The phone's network over the SDK: TCP on lwIP, its resolver, the address that DHCP gave.
 */
import TCP from "embedded:io/socket/tcp";
import { macAddress } from "hal/esp32s3/chip";
import { ChipSocket, type NativeTcp, type NativeTcpOptions, Staging } from "hal/esp32s3/socket";
import type { Network, TcpOptions, TcpSocket } from "hal/hardware";
import Net from "net";
import Timer from "timer";

/** Stands in for a connection that could not even be begun. */
class NoSocket implements TcpSocket {
	read(): undefined {
		return undefined;
	}

	write(): number {
		throw new Error("the socket is closed");
	}

	close(): void {}
}

const Tcp = TCP as unknown as new (options: NativeTcpOptions) => NativeTcp;

export class ChipNetwork implements Network {
	readonly mac: string;
	readonly #staging = new Staging();

	constructor() {
		this.mac = macAddress();
	}

	localAddress(_remote: string): string {
		return Net.get("IP") ?? "0.0.0.0";
	}

	resolve(host: string, done: (address: string | undefined) => void): void {
		try {
			Net.resolve(host, (_name, address) => done(address));
		} catch {
			// The resolver is out of memory: to the phone that is a name without an address.
			Timer.set(() => done(undefined), 0);
		}
	}

	connect(options: TcpOptions): TcpSocket {
		try {
			return new ChipSocket(Tcp, this.#staging, options);
		} catch {
			const socket = new NoSocket();
			Timer.set(() => options.onError?.call(socket), 0);
			return socket;
		}
	}
}
