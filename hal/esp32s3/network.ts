/*
 * The phone's network over the SDK: TCP and UDP on lwIP, its resolver, the address that DHCP gave or that was set by hand.
 */
import TCP from "embedded:io/socket/tcp";
import UDP from "embedded:io/socket/udp";
import { leaseOf, leaseOfSettings, settingsProblem } from "hal/dhcp/lease";
import { macAddress } from "hal/esp32s3/chip";
import { ChipDatagrams, type NativeUdp, type NativeUdpOptions } from "hal/esp32s3/datagrams";
import { configureAddress, leaseText, startLease } from "hal/esp32s3/dhcp";
import { ChipSocket, type NativeTcp, type NativeTcpOptions, Staging } from "hal/esp32s3/socket";
import type { Uplink } from "hal/esp32s3/uplink";
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

const Tcp = TCP as unknown as new (options: NativeTcpOptions) => NativeTcp;
const Udp = UDP as unknown as new (options: NativeUdpOptions) => NativeUdp;

export class ChipNetwork implements Network {
	readonly mac: string;
	readonly setUp?: () => void;
	readonly #staging = new Staging();
	readonly #uplink: Uplink;
	/** The lease as dhcp.c has it: a renewal, or a network back before it counted as lost, is no change. */
	#text: string;
	#lease: Lease | undefined;
	#settings: StaticSettings | undefined;
	#listener: NetworkListener | undefined;

	constructor(uplink: Uplink) {
		this.mac = macAddress();
		this.#uplink = uplink;
		this.#text = leaseText();
		this.#lease = leaseOf(this.#text);
		if (uplink.hasWifi) this.setUp = () => uplink.setUp();
	}

	get trouble(): string {
		return this.#uplink.text;
	}

	/** The uplink has other words for {@link trouble}. */
	troubleChanged(): void {
		this.#listener?.troubleChanged?.();
	}

	get lease(): Lease | undefined {
		return this.#lease;
	}

	start(listener: NetworkListener): void {
		this.#listener = listener;
		startLease(() => this.#changed());
	}

	configure(settings: StaticSettings | undefined): string {
		const problem = settings === undefined ? "" : settingsProblem(settings);
		if (problem !== "") return problem;
		const refused = apply(settings);
		if (refused !== "") return refused;
		this.#settings = settings;
		this.#text = "";
		this.#changed();
		return "";
	}

	#changed(): void {
		const text = leaseText();
		if (text === this.#text && text !== "") return;
		this.#text = text;
		const lease = leaseOf(text);
		const settings = this.#settings;
		// a connection made anew begins with DHCP; the settings hold all the same
		if (lease !== undefined && settings !== undefined && lease.address !== settings.address) {
			apply(settings);
			return;
		}
		this.#lease = lease === undefined || settings === undefined ? lease : leaseOfSettings(settings);
		this.#listener?.leaseChanged();
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

	datagrams(options: UdpOptions): UdpSocket {
		try {
			return new ChipDatagrams(Udp, options);
		} catch {
			const socket = new NoDatagrams();
			Timer.set(() => options.onError?.call(socket), 0);
			return socket;
		}
	}
}

/** @returns '' or what is wrong. */
function apply(settings: StaticSettings | undefined): string {
	if (settings === undefined) return configureAddress("", "", "", "");
	return configureAddress(settings.address, settings.mask, settings.router, settings.dns[0] ?? "");
}
