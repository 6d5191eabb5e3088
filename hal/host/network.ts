/*
 * The phone's network on the host: TCP and UDP of ECMA-419, names through the system's resolver, the system's own address.
 */
import TCP from "embedded:io/socket/tcp";
import type {
	Lease,
	Network,
	NetworkListener,
	StaticSettings,
	TcpOptions,
	TcpSocket,
	UdpOptions,
	UdpSocket,
} from "hal/hardware";
import { Datagrams } from "hal/host/datagrams";
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

/** Stands in for a UDP socket that could not be opened. */
class NoDatagrams implements UdpSocket {
	readonly address = "";
	readonly port = 0;

	read(): undefined {
		return undefined;
	}

	write(): void {}

	close(): void {}
}

const Tcp = TCP as unknown as new (options: TcpOptions) => TcpSocket;

const loopback = 0x7f000001;
/** An address beyond every router, to learn the own one towards it (RFC 5737). */
const elsewhere = "192.0.2.1";

export class HostNetwork implements Network {
	readonly mac: string;
	readonly #sound: HostSound;
	/** The system has its network already: an address, and nothing for telephones. */
	#lease: Lease;
	#listener: NetworkListener | undefined;

	constructor(mac: string, sound: HostSound) {
		this.mac = mac;
		this.#sound = sound;
		this.#lease = systemLease();
	}

	get lease(): Lease {
		return this.#lease;
	}

	start(listener: NetworkListener): void {
		this.#listener = listener;
	}

	/** The system's address stays; name and TFTP servers are the phone's own. */
	configure(settings: StaticSettings | undefined): string {
		const lease = systemLease();
		this.#lease = settings === undefined ? lease : { ...lease, tftpAddresses: settings.tftpAddresses };
		this.#listener?.leaseChanged();
		return "";
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

	datagrams(options: UdpOptions): UdpSocket {
		try {
			return new Datagrams(options);
		} catch (error) {
			Program.log(String(error));
			const socket = new NoDatagrams();
			Timer.set(() => options.onError?.call(socket), 0);
			return socket;
		}
	}
}

function systemLease(): Lease {
	return {
		address: Program.localAddress(elsewhere),
		mask: "",
		router: "",
		dns: [],
		domain: "",
		tftpAddresses: [],
		tftpName: "",
		nextServer: "",
		serverName: "",
		ntp: [],
	};
}
