/*
 * The phone's network on the host: TCP of ECMA-419, names through the system's resolver.
 */
import TCP from "embedded:io/socket/tcp";
import type { Network, TcpOptions, TcpSocket } from "hal/hardware";
import { Program } from "hal/host/program";
import type { HostSound } from "hal/host/sound";
import Timer from "timer";

/** Stands in for a connection that could not even be begun. */
class NoSocket implements TcpSocket {
	read(): undefined {
		return undefined;
	}

	write(): number {
		throw new Error("tcp: not connected");
	}

	close(): void {}
}

const Tcp = TCP as unknown as new (options: TcpOptions) => TcpSocket;

const loopback = 0x7f000001;

export class HostNetwork implements Network {
	readonly mac: string;
	readonly #sound: HostSound;

	constructor(mac: string, sound: HostSound) {
		this.mac = mac;
		this.#sound = sound;
	}

	localAddress(remote: string): string {
		return Program.localAddress(remote);
	}

	resolve(host: string, done: (address: string | undefined) => void): void {
		Program.resolve(host, done);
	}

	connect(options: TcpOptions): TcpSocket {
		/* a call agent on this machine has its phones on it, too: nobody else needs to reach their sound */
		this.#sound.bind(options.address.startsWith("127.") ? loopback : 0);
		try {
			return new Tcp(options);
		} catch (error) {
			Program.log(String(error));
			const socket = new NoSocket();
			Timer.set(() => options.onError?.call(socket), 0);
			return socket;
		}
	}
}
