/*
 * SNTP client (RFC 4330, with the checks of RFC 5905): sets the body's clock from one of several servers, to the second. What does not
 * answer the request just sent, from the server asked, is not believed.
 */
import type { Clock, Network, TimerHandle, UdpSocket } from "hal/hardware";
import { Limits } from "limits";

const packetSize = 48;
const ntpPort = 123;
/** From NTP's epoch to 1970 in seconds, and the length of an era of NTP. */
const epoch = 2208988800;
const era = 4294967296;
/** No clock is set to a time before this one: 2024-01-01. */
const earliest = 1704067200;
/** Wait for an answer (ms). */
const answerWait = 4000;
/** After the time was set it is asked for again so often (ms): quartz wanders some tens of ms in it. */
const pollEvery = 3600000;
/** After all servers have failed: the first pause (ms), doubled each time up to the last. RFC 4330 wants at least 15 s. */
const firstPause = 16000;
const lastPause = 1024000;
/** A server that says RATE is left alone so long (ms). */
const ratePause = 1024000;

const Mode = Object.freeze({ client: 3, server: 4 });
const versionFour = 4;
/** Leap indicator of a server that has no time itself. */
const unsynchronised = 3;

class Server {
	host = "";
	/** Not asked again: it said so. */
	denied = false;
	/** Not asked before these ticks. */
	notBefore = 0;
}

export class Sntp {
	/** Answers that set the clock, and answers that were not believed. */
	accepted = 0;
	refused = 0;
	private readonly network: Network;
	private readonly clock: Clock;
	private readonly log: (line: string) => void;
	private readonly random: () => number;
	private readonly request = new Uint8Array(packetSize);
	private readonly packet = new Uint8Array(packetSize);
	private readonly view: DataView;
	private readonly servers: readonly Server[];
	private readonly due: () => void;
	private readonly readable: (this: UdpSocket, count: number) => void;
	private readonly broken: (this: UdpSocket) => void;
	private count = 0;
	private index = 0;
	private pause = firstPause;
	private asking = false;
	private socket: UdpSocket | undefined;
	private address = "";
	private timer: TimerHandle | undefined;
	/** Counts attempts, so that a name found late is told from one asked for now. */
	private serial = 0;

	/** @param random a number from 0 up to 1, so that answers cannot be guessed and phones do not ask together. */
	constructor(network: Network, clock: Clock, log: (line: string) => void, random: () => number) {
		this.network = network;
		this.clock = clock;
		this.log = log;
		this.random = random;
		this.view = new DataView(this.packet.buffer);
		const servers: Server[] = [];
		for (let i = 0; i < Limits.timeServers; i += 1) servers.push(new Server());
		this.servers = servers;
		this.due = () => this.timerDue();
		const self = this;
		this.readable = function (this: UdpSocket, count: number): void {
			self.drain(this, count);
		};
		this.broken = function (this: UdpSocket): void {
			if (this === self.socket) self.failed("no socket");
		};
	}

	/** Takes the time from these hosts from now on, the first that answers; an empty list ends it. */
	start(hosts: readonly string[]): void {
		this.stop();
		this.count = Math.min(hosts.length, this.servers.length);
		for (let i = 0; i < this.count; i += 1) {
			const server = this.servers[i] as Server;
			server.host = hosts[i] as string;
			server.denied = false;
			server.notBefore = 0;
		}
		this.index = 0;
		this.pause = firstPause;
		if (this.count > 0) this.ask();
	}

	stop(): void {
		this.count = 0;
		this.close();
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}

	private close(): void {
		this.serial += 1;
		this.asking = false;
		const socket = this.socket;
		this.socket = undefined;
		socket?.close();
	}

	private wait(milliseconds: number): void {
		this.clock.cancel(this.timer);
		this.timer = this.clock.after(milliseconds, this.due);
	}

	private timerDue(): void {
		this.timer = undefined;
		if (this.asking) this.failed("no answer");
		else this.ask();
	}

	/** From 3/4 to 5/4 of a pause. */
	private spread(pause: number): number {
		return Math.round(pause * (0.75 + this.random() / 2));
	}

	/** Asks the first server from the present one on that may be asked. */
	private ask(): void {
		const now = this.clock.ticks;
		while (this.index < this.count) {
			const server = this.servers[this.index] as Server;
			if (!server.denied && server.notBefore <= now) {
				this.askServer(server);
				return;
			}
			this.index += 1;
		}
		this.index = 0;
		this.wait(this.spread(this.pause));
		this.pause = Math.min(this.pause * 2, lastPause);
	}

	private askServer(server: Server): void {
		this.asking = true;
		this.serial += 1;
		const serial = this.serial;
		this.wait(answerWait);
		this.network.resolve(server.host, (address) => {
			if (serial !== this.serial) return;
			if (address === undefined) this.failed("name without an address");
			else this.send(address);
		});
	}

	/** The transmit time of a request need only come back as it is: it is random, so that no one can guess it. */
	private send(address: string): void {
		const request = this.request;
		request.fill(0);
		request[0] = (versionFour << 3) | Mode.client;
		for (let i = 40; i < packetSize; i += 1) request[i] = Math.floor(this.random() * 256);
		request[40] = (request[40] as number) | 1;
		this.address = address;
		this.socket = this.network.datagrams({ onReadable: this.readable, onError: this.broken });
		this.socket.write(request, address, ntpPort);
	}

	/** The present server is of no use now: the next one. */
	private failed(reason: string): void {
		const server = this.servers[this.index];
		this.log(`time server ${server?.host ?? ""}: ${reason}`);
		this.close();
		this.index += 1;
		this.ask();
	}

	/** Reads so many packets and no more: those that come meanwhile are told of by themselves, and a flood of them stops nothing else. */
	private drain(socket: UdpSocket, count: number): void {
		for (let left = count; left > 0 && socket === this.socket; left -= 1) {
			const length = socket.read(this.packet);
			if (length === undefined) return;
			if (length === packetSize && socket.port === ntpPort && socket.address === this.address) this.take();
			else this.refused += 1;
		}
	}

	private take(): void {
		const packet = this.packet;
		const first = packet[0] as number;
		const stratum = packet[1] as number;
		const version = (first >> 3) & 7;
		if ((first & 7) !== Mode.server || version < 1 || version > versionFour || !this.isAnswer()) {
			this.refused += 1;
			return;
		}
		if (stratum === 0) this.kiss();
		else if (stratum > 15 || first >> 6 === unsynchronised) {
			this.refused += 1;
			this.failed("it has no time itself");
		} else this.set();
	}

	/** Whether the originate time is the transmit time of the request. */
	private isAnswer(): boolean {
		for (let i = 0; i < 8; i += 1) if (this.packet[24 + i] !== this.request[40 + i]) return false;
		return true;
	}

	/** A kiss-o'-death: the server asks for less, or for nothing at all, in four letters (RFC 5905, 7.4). */
	private kiss(): void {
		this.refused += 1;
		const server = this.servers[this.index] as Server;
		let code = "";
		for (let i = 12; i < 16; i += 1) {
			const octet = this.packet[i] as number;
			code += octet >= 0x41 && octet <= 0x5a ? String.fromCharCode(octet) : "?";
		}
		if (code === "DENY" || code === "RSTR") server.denied = true;
		else server.notBefore = this.clock.ticks + ratePause;
		this.failed(`it sends ${code}`);
	}

	private set(): void {
		const seconds = this.view.getUint32(40);
		const fraction = this.view.getUint32(44);
		// from 2036 on the seconds begin anew (RFC 4330, 3)
		const since1900 = seconds >= 0x80000000 ? seconds : seconds + era;
		const time = since1900 - epoch + (fraction >= 0x80000000 ? 1 : 0);
		if ((seconds === 0 && fraction === 0) || time < earliest) {
			this.refused += 1;
			this.failed("its time is wrong");
			return;
		}
		const server = this.servers[this.index] as Server;
		const off = time - this.clock.wallClock;
		this.clock.setWallClock(time);
		if (this.accepted === 0 || off > 1 || off < -1) this.log(`time of ${server.host} taken: ${off} s ahead`);
		this.accepted += 1;
		this.close();
		this.index = 0;
		this.pause = firstPause;
		this.wait(this.spread(pollEvery));
	}
}
