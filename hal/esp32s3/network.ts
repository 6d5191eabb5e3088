/*
 * The phone's network over the SDK: TCP and UDP on lwIP, its resolver, the address that DHCP gave or that was set by hand.
 */
import TCP from "embedded:io/socket/tcp";
import UDP from "embedded:io/socket/udp";
import { ChipAddress } from "hal/esp32s3/address";
import { macAddress } from "hal/esp32s3/chip";
import { ChipDatagrams, type NativeUdp, type NativeUdpOptions } from "hal/esp32s3/datagrams";
import { configureAddress, leaseText, startLease } from "hal/esp32s3/dhcp";
import type { Doorway } from "hal/esp32s3/doorway";
import { withService } from "hal/esp32s3/service";
import { ChipSocket, type NativeTcp, type NativeTcpOptions, type Staging } from "hal/esp32s3/socket";
import type { Uplink } from "hal/esp32s3/uplink";
import {
	type Lease,
	type ListenOptions,
	type Network,
	type NetworkIdentity,
	type NetworkListener,
	type ServerChoice,
	type StaticSettings,
	TcpEnd,
	type TcpListener,
	type TcpOptions,
	type TcpSocket,
	type UdpOptions,
	type UdpSocket,
} from "hal/hardware";
import { absentTcp, absentUdp } from "hal/network/absent";
import Net from "net";
import Timer from "timer";

const addressIo = Object.freeze({ startLease, leaseText, configureAddress });
const Tcp = TCP as unknown as new (options: NativeTcpOptions) => NativeTcp;
const Udp = UDP as unknown as new (options: NativeUdpOptions) => NativeUdp;

export class ChipNetwork implements Network {
	readonly mac: string;
	readonly setUp?: () => string;
	private readonly staging: Staging;
	private readonly doorway: Doorway;
	private readonly uplink: Uplink;
	private readonly address: ChipAddress;
	/** Told to each connection: one ends with the address it was made from. */
	private readonly held: () => boolean;
	private listener: NetworkListener | undefined;

	/** @param doorway who listens for the phone. */
	constructor(uplink: Uplink, staging: Staging, doorway: Doorway, log: (line: string) => void) {
		this.mac = macAddress();
		this.uplink = uplink;
		this.staging = staging;
		this.doorway = doorway;
		this.address = new ChipAddress(addressIo, () => this.listener?.leaseChanged(), log);
		this.held = () => this.address.held;
		if (uplink.hasWifi) this.setUp = () => uplink.setUp();
	}

	get trouble(): string {
		return this.uplink.text;
	}

	/** The uplink has other words for {@link trouble}. */
	troubleChanged(): void {
		this.listener?.troubleChanged?.();
	}

	/** The uplink has an interface in its network, and no other is. */
	connected(): void {
		this.address.connected();
	}

	get lease(): Lease | undefined {
		return this.address.lease;
	}

	offer(servers: ServerChoice): void {
		this.uplink.offer(servers);
	}

	start(listener: NetworkListener, identity: NetworkIdentity): void {
		this.listener = listener;
		// the interfaces ask under the phone's name from their first message on
		this.address.start(identity);
		this.uplink.start();
	}

	configure(settings: StaticSettings | undefined): string {
		return this.address.configure(settings);
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
		let end: number = TcpEnd.networkUnreachable;
		// the SDK would throw for want of a route, and keep the memory of the socket
		if (this.address.held) {
			try {
				const { held, staging } = this;
				return withService(options.typeOfService ?? 0, () => new ChipSocket(Tcp, staging, options, held));
			} catch {
				end = TcpEnd.noSocket;
			}
		}
		return absentTcp(options, end);
	}

	/** The pages' port is the only one that is listened on. */
	listen({ onReadable }: ListenOptions): TcpListener | undefined {
		return this.doorway.listen(onReadable);
	}

	datagrams(options: UdpOptions): UdpSocket {
		try {
			return withService(options.typeOfService ?? 0, () => new ChipDatagrams(Udp, options));
		} catch {
			return absentUdp(options);
		}
	}
}
