/*
 * The phone's network on the host: TCP and UDP of ECMA-419, names through the system's resolver, the system's own address or one by DHCP.
 */

import TCP from "embedded:io/socket/tcp";
import { parseAddress } from "base/address";
import { leaseOf, leaseOfSettings, settingsProblem } from "hal/dhcp/lease";
import {
	type Lease,
	type ListenOptions,
	type Network,
	type NetworkIdentity,
	type NetworkListener,
	type StaticSettings,
	TcpEnd,
	type TcpListener,
	type TcpOptions,
	type TcpSocket,
	type UdpOptions,
	type UdpSocket,
} from "hal/hardware";
import { Datagrams } from "hal/host/datagrams";
import { HostListener } from "hal/host/listener";
import type { Options } from "hal/host/options";
import { Program } from "hal/host/program";
import type { HostSound } from "hal/host/sound";
import { absentTcp, absentUdp } from "hal/network/absent";

/** The DHCP client (hal/host/dhcp.c). */
const Dhcp = Object.freeze({
	/** Asks for an address; `changed` is called when the lease has come, has changed or is lost. '' or what is wrong. */
	start(networkInterface: string, hostName: string, vendorClass: string, changed: () => void): string {
		return native("xs_dhcp_start").call(Dhcp, networkInterface, hostName, vendorClass, changed);
	},

	/** Gives the lease back. */
	stop(): void {
		native("xs_dhcp_stop").call(Dhcp);
	},

	/** The hardware address of an interface, 12 upper-case hexadecimal digits; '' for what is no Ethernet. */
	hardware(networkInterface: string): string {
		return native("xs_dhcp_hardware").call(Dhcp, networkInterface);
	},

	/** Sets an interface's address by hand; '' or what is wrong. */
	configure(networkInterface: string, address: string, mask: string, router: string): string {
		return native("xs_dhcp_configure").call(Dhcp, networkInterface, address, mask, router);
	},

	get lease(): string {
		return native("xs_dhcp_lease").call(Dhcp);
	},
});

/** Of what is opened from now on (hal/host/socket.c). */
const Sockets = Object.freeze({
	typeOfService(type: number): void {
		native("xs_socket_service").call(Sockets, type);
	},
});

const Tcp = TCP as unknown as new (options: TcpOptions) => TcpSocket;

/** What of the program's options is the network's. */
export type HostNetworkOptions = Pick<Options, "mac" | "dhcp" | "webAddress" | "webPort">;

const loopback = 0x7f000001;
/** An address beyond every router, to learn the own one towards it (RFC 5737). */
const elsewhere = "192.0.2.1";

export class HostNetwork implements Network {
	readonly mac: string;
	private readonly sound: HostSound;
	private readonly options: HostNetworkOptions;
	/** The interface that DHCP serves, '' when the system's network is taken as it is. */
	private readonly interface: string;
	private identity: NetworkIdentity | undefined;
	private current: Lease | undefined;
	private settings: StaticSettings | undefined;
	private listener: NetworkListener | undefined;
	/** An own address that somebody has made up, '' for the system's. */
	private own = "";

	constructor(options: HostNetworkOptions, sound: HostSound) {
		this.mac = options.mac;
		this.options = options;
		this.sound = sound;
		this.interface = options.dhcp;
		if (options.dhcp === "") this.current = systemLease();
	}

	get lease(): Lease | undefined {
		return this.current;
	}

	/** A wrong interface ends the program: without one there is nothing to do. */
	start(listener: NetworkListener, identity: NetworkIdentity): void {
		this.listener = listener;
		this.identity = identity;
		if (this.interface === "" || this.settings !== undefined) return;
		this.ask();
	}

	/** Without DHCP the system's address stays; the servers are the phone's own. */
	configure(settings: StaticSettings | undefined): string {
		const problem = settings === undefined ? "" : settingsProblem(settings) || this.set(settings);
		if (problem !== "") return problem;
		const before = this.settings;
		this.settings = settings;
		if (settings !== undefined) this.take(leaseOfSettings(settings));
		else if (this.interface === "") this.take(this.undisturbed());
		else if (before !== undefined) {
			this.take(undefined);
			this.ask();
		}
		return "";
	}

	private ask(): void {
		// not before it is started
		if (this.identity === undefined) return;
		const { hostName, vendorClass } = this.identity;
		const problem = Dhcp.start(this.interface, hostName, vendorClass, () => {
			if (this.settings === undefined) this.take(leaseOf(Dhcp.lease));
		});
		if (problem !== "") Program.refuse(`--dhcp: ${this.interface}: ${problem}`);
	}

	private set({ address, mask, router }: StaticSettings): string {
		if (this.interface === "") return "";
		Dhcp.stop();
		const problem = Dhcp.configure(this.interface, address, mask, router);
		if (problem !== "") this.restore();
		return problem;
	}

	/** An address was refused, perhaps half way: what there was before comes again. */
	private restore(): void {
		const { settings } = this;
		if (settings === undefined) {
			this.take(undefined);
			this.ask();
			return;
		}
		const { address, mask, router } = settings;
		const problem = Dhcp.configure(this.interface, address, mask, router);
		if (problem !== "") Program.log(`network: the address set before is refused, too: ${problem}`);
	}

	private take(lease: Lease | undefined): void {
		this.current = lease;
		if (this.interface !== "") Program.nameServers(lease?.dns ?? [], lease?.domain ?? "");
		this.listener?.leaseChanged();
	}

	localAddress(remote: string): string {
		return this.own || Program.localAddress(remote);
	}

	/**
	 * Has the phone believe that its own address is another from now on, as another lease would; '' for the system's again. Sound that
	 * is under way goes on, as with a network that still knows the one before. False under DHCP, whose leases are real.
	 */
	pretend(address: string): boolean {
		if (this.interface !== "" || (address !== "" && parseAddress(address) < 0)) return false;
		this.own = address;
		this.take(this.undisturbed());
		return true;
	}

	/** The system's network, with the own address that somebody has made up. */
	private undisturbed(): Lease {
		const lease = systemLease();
		return this.own === "" ? lease : { ...lease, address: this.own };
	}

	/** Of the interface that DHCP serves, else of all that the system has. */
	frames(name: string): number | undefined {
		const column = frameColumn(name);
		return column < 0 ? undefined : Program.frames(this.interface, column);
	}

	resolve(host: string, done: (address: string | undefined) => void): void {
		Program.resolve(host, done);
	}

	connect(options: TcpOptions): TcpSocket {
		/* a call agent on this machine has its phones on it, too: nobody else needs to reach their sound */
		const own = this.own.startsWith("127.") ? parseAddress(this.own) : this.own === "" ? loopback : 0;
		this.sound.bind(options.address.startsWith("127.") ? own : 0);
		try {
			Sockets.typeOfService(options.typeOfService ?? 0);
			return new Tcp(options);
		} catch (error) {
			Program.log(String(error));
			return absentTcp(options, TcpEnd.unknown);
		}
	}

	/** Whatever port is the service's: of phones beside each other each has its own. */
	listen({ onReadable }: ListenOptions): TcpListener | undefined {
		const { webAddress, webPort } = this.options;
		if (webPort < 0) return undefined;
		try {
			const listener = new HostListener(webAddress, webPort, onReadable);
			Program.log(`web: pages at http://${webAddress}:${listener.port}/`);
			return listener;
		} catch (error) {
			Program.log(`web: no pages: ${error}`);
			return undefined;
		}
	}

	datagrams(options: UdpOptions): UdpSocket {
		try {
			Sockets.typeOfService(options.typeOfService ?? 0);
			return new Datagrams(options);
		} catch (error) {
			Program.log(String(error));
			return absentUdp(options);
		}
	}
}

/** The MAC address of an Ethernet interface, 12 upper-case hexadecimal digits; '' for what is none. */
export function hardwareAddress(networkInterface: string): string {
	return Dhcp.hardware(networkInterface);
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

/** Where the system's table has what is counted under a name (hal/host/frames.c), -1 for nowhere. */
function frameColumn(name: string): number {
	switch (name) {
		case "RxFrames":
			return 1;
		case "RxOverruns":
			return 3;
		case "RxCRCErrors":
			return 5;
		case "RxMulticasts":
			return 7;
		case "TxFrames":
			return 9;
		case "TxCollisions":
			return 13;
		default:
			return -1;
	}
}
