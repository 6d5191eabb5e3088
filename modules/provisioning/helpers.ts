/*
 * What a configuration switches on beside the calls: the time from NTP servers, and the log to a syslog server. Each is made when a
 * configuration names it for the first time.
 */
import type { Clock, Network } from "hal/hardware";
import { Sntp } from "net/sntp";
import { Syslog } from "net/syslog";
import type { Configuration } from "provisioning/configuration";

/** Port of syslog. */
const syslogPort = 514;

export class Helpers {
	readonly #network: Network;
	readonly #clock: Clock;
	readonly #device: string;
	readonly #log: (line: string) => void;
	#sntp: Sntp | undefined = undefined;
	#syslog: Syslog | undefined = undefined;
	#timeServers = "";
	#logServer = "";

	/** @param device the phone's name. @param log takes lines of these clients themselves. */
	constructor(network: Network, clock: Clock, device: string, log: (line: string) => void) {
		this.#network = network;
		this.#clock = clock;
		this.#device = device;
		this.#log = log;
	}

	/** Takes over the servers of a configuration; those that are the same go on as they are. */
	apply({ logServer, ntpServers }: Configuration): void {
		const hosts = ntpServers.length > 0 ? ntpServers : (this.#network.lease?.ntp ?? ntpServers);
		const timeServers = hosts.join(" ");
		if (timeServers !== this.#timeServers) {
			this.#timeServers = timeServers;
			this.#sntp ??= new Sntp(this.#network, this.#clock, this.#log, Math.random);
			this.#sntp.start(hosts);
		}
		if (logServer === this.#logServer) return;
		this.#logServer = logServer;
		this.#syslog?.stop();
		if (logServer === "") return;
		const colon = logServer.indexOf(":");
		const host = colon < 0 ? logServer : logServer.slice(0, colon);
		this.#syslog ??= new Syslog(this.#network, this.#clock, this.#device);
		this.#syslog.start(host, colon < 0 ? syslogPort : Number(logServer.slice(colon + 1)));
	}

	/** Sends a line to the syslog server, where there is one. */
	log(line: string): void {
		this.#syslog?.log(line);
	}

	stop(): void {
		this.#sntp?.stop();
		this.#syslog?.stop();
	}
}
