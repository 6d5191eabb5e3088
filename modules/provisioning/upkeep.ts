/*
 * Keeps the phone's clock right by SNTP and sends its log to a syslog server, where the configuration names servers; time servers also
 * come from DHCP (option 42). What is not used is not made.
 */
import type { Clock, Network, Update } from "hal/hardware";
import { Sntp } from "net/sntp";
import { type LocalTime, Syslog } from "net/syslog";
import type { PhoneNetwork } from "network/network";
import type { Configuration } from "provisioning/configuration";

const syslogPort = 514;

export interface UpkeepParts {
	readonly network: PhoneNetwork;
	/** Where sockets come from. */
	readonly sockets: Network;
	readonly clock: Clock;
	readonly wall: LocalTime;
	readonly deviceName: string;
	readonly update: Update;
	log(line: string): void;
}

/** What the log says of the start; after a crash it is all that is left of it, and a log server that comes later gets it first. */
export function startLine({ load, resetReason }: Update): string {
	return `${load} starts: ${resetReason}`;
}

export class Upkeep {
	private readonly parts: UpkeepParts;
	private sntp: Sntp | undefined;
	private syslog: Syslog | undefined;
	private ntpServers: readonly string[] = Object.freeze([]);
	/** What is in force, so that a configuration read again disturbs nothing. */
	private timeServers = "";
	private logServer = "";

	constructor(parts: UpkeepParts) {
		this.parts = parts;
	}

	/** Turns to the servers of a configuration and of the present lease. */
	configure({ ntpServers, logServer }: Configuration): void {
		const { sockets, clock, wall, deviceName, update } = this.parts;
		this.ntpServers = ntpServers;
		this.followLease();
		if (logServer === this.logServer) return;
		this.logServer = logServer;
		this.syslog?.stop();
		if (logServer === "") return;
		this.syslog ??= new Syslog(sockets, clock, wall, deviceName, startLine(update));
		const colon = logServer.indexOf(":");
		const host = colon < 0 ? logServer : logServer.slice(0, colon);
		const port = colon < 0 ? 0 : Number(logServer.slice(colon + 1));
		this.syslog.start(host, port > 0 && port < 65536 ? port : syslogPort);
	}

	/** Turns to the time servers of the present lease, which may be another one now. */
	followLease(): void {
		const { network, sockets, clock, log } = this.parts;
		const servers = this.ntpServers.concat(network.lease?.ntp ?? []);
		const names = servers.join(" ");
		if (names === this.timeServers) return;
		this.timeServers = names;
		if (names !== "") this.sntp ??= new Sntp(sockets, clock, log, Math.random);
		this.sntp?.start(servers);
	}

	/** Sends a line of the log, if there is a server. */
	log(line: string): void {
		this.syslog?.log(line);
	}

	stop(): void {
		this.sntp?.stop();
		this.syslog?.stop();
		this.timeServers = "";
		this.logServer = "";
	}
}
