// What the boot machine works with, moved by hand: servers with files, an update, a configuration format of one line a field.
import type { Lease, Update } from "hal/hardware";
import { type Consumer, Failure, type Transfer } from "net/transfer";
import type { ConfigurationFormat, ConfigurationListener } from "provisioning/boot";
import { Configuration } from "provisioning/configuration";
import { Fetch } from "provisioning/fetch";
import { crc32 } from "settings/store";

/** A lease with nothing but an address. */
export function lease(given: Partial<Lease> = {}): Lease {
	return {
		address: "10.0.0.20",
		mask: "255.255.255.0",
		router: "10.0.0.1",
		dns: [],
		domain: "",
		tftpAddresses: [],
		tftpName: "",
		nextServer: "",
		serverName: "",
		ntp: [],
		...given,
	};
}

/** Answers of servers: text is a file, a number a reason to fail, undefined silence. */
export type Answer = string | number | { half: string } | undefined;

/** A client whose transfers end when the spec says so. */
export class FakeTransfer implements Transfer {
	busy = false;
	octets = 0;
	roundTrips = 0;
	/** Every request as 'address:port file'. */
	readonly asked: string[] = [];
	/** Files by 'address file', or by file alone. */
	readonly files = new Map<string, Answer>();
	/** What is answered to files that are not here. */
	otherwise: Answer = Failure.notFound;
	#consumer: Consumer | undefined = undefined;
	#limit = 0;
	#request = "";

	get(address: string, port: number, file: string, consumer: Consumer, limit: number): void {
		this.asked.push(`${address}:${port} ${file}`);
		this.busy = true;
		this.#consumer = consumer;
		this.#limit = limit;
		this.#request = this.files.has(`${address} ${file}`) ? `${address} ${file}` : file;
	}

	cancel(): void {
		this.busy = false;
		this.#consumer = undefined;
	}

	/** Lets the request under way come to its end; returns whether there was one. */
	serve(): boolean {
		const consumer = this.#consumer;
		const answer = this.files.has(this.#request) ? this.files.get(this.#request) : this.otherwise;
		if (consumer === undefined || answer === undefined) return false;
		this.roundTrips += 1;
		if (typeof answer === "number") {
			this.#finish((ended) => ended.failed(answer, answer === Failure.notFound ? "no such file" : `failure ${answer}`));
			return true;
		}
		const text = typeof answer === "string" ? answer : answer.half;
		consumer.begin(text.length);
		if (text.length > this.#limit) {
			this.#finish((ended) => ended.failed(Failure.tooLarge, `more than ${this.#limit} octets`));
			return true;
		}
		for (let at = 0; at < text.length; at += 16) {
			const part = text.slice(at, at + 16);
			this.octets += part.length;
			if (this.#consumer !== consumer) return true;
			if (!consumer.data(Uint8Array.from(part, (character) => character.charCodeAt(0)))) {
				if (this.#consumer === consumer) this.cancel();
				return true;
			}
		}
		if (typeof answer === "string") this.#finish((ended) => ended.end());
		else this.#finish((ended) => ended.failed(Failure.timedOut, "the server fell silent"));
		return true;
	}

	#finish(tell: (consumer: Consumer) => void): void {
		const consumer = this.#consumer;
		this.cancel();
		if (consumer !== undefined) tell(consumer);
	}
}

/** An update that keeps what it is given and finds files wrong that say so. */
export class FakeUpdate implements Update {
	load = "linnet-1";
	suffix = ".bin";
	resetReason = "power on";
	onTrial = false;
	installed = "";
	confirmed = 0;
	/** Octets that there is room for. */
	room = 1000;
	readonly events: string[] = [];
	#name = "";
	#content = "";

	begin(load: string, size: number): string {
		this.events.push(`begin ${load} ${size}`);
		this.#name = load;
		this.#content = "";
		return size <= this.room ? "" : "there is no room for it";
	}

	write(source: Uint8Array): string {
		this.#content += String.fromCharCode(...source);
		return this.#content.length <= this.room ? "" : "it cannot be written";
	}

	finish(): string {
		this.events.push("finish");
		if (!this.#content.startsWith("good")) return "wrong checksum";
		this.installed = this.#name;
		return "";
	}

	cancel(): void {
		this.events.push("cancel");
		this.installed = "";
	}

	confirm(): void {
		this.confirmed += 1;
	}
}

/** Configurations of lines `name=value`; a line without '=' is broken. */
export class LineFormat implements ConfigurationFormat {
	reader(forDevice: boolean, listener: ConfigurationListener): Consumer {
		let text = "";
		return {
			begin: () => {
				text = "";
			},
			data: (octets) => {
				text += String.fromCharCode(...octets);
				return true;
			},
			end: () => {
				const lines = text.split("\n");
				const broken = lines.findIndex((line) => line !== "" && !line.includes("="));
				const configuration = this.parse(text);
				configuration.forDevice = forDevice;
				if (broken >= 0) listener.configurationRefused(broken + 1, "'=' is expected");
				else listener.configurationRead(configuration);
			},
			failed: (reason, why) => listener.configurationFailed(reason, why),
		};
	}

	format(configuration: Configuration): string {
		const { forDevice, versionStamp, callAgents, loadInformation, loadServer } = configuration;
		return `device=${forDevice}\nstamp=${versionStamp}\nagents=${callAgents.join(" ")}\nload=${loadInformation}\nserver=${loadServer}`;
	}

	checksum(configuration: Configuration): number {
		return crc32(this.format(configuration));
	}

	callAgents(text: string): readonly string[] {
		return this.parse(text).callAgents;
	}

	isFormatted(): boolean {
		return true;
	}

	parse(text: string): Configuration {
		const configuration = new Configuration();
		for (const line of text.split("\n")) {
			const [name, value = ""] = line.split("=");
			if (name === "device") configuration.forDevice = value === "true";
			else if (name === "stamp") configuration.versionStamp = value;
			else if (name === "agents") configuration.callAgents = value.split(" ").filter((agent) => agent !== "");
			else if (name === "load") configuration.loadInformation = value;
			else if (name === "server") configuration.loadServer = value;
		}
		return configuration;
	}
}

/** A fetch from a server that has these files by TFTP, and nothing by HTTP. */
export function fetchOver(files: Record<string, Answer>): { fetch: Fetch; http: FakeTransfer; tftp: FakeTransfer } {
	const http = new FakeTransfer();
	http.otherwise = Failure.unreachable;
	const tftp = new FakeTransfer();
	for (const [name, answer] of Object.entries(files)) tftp.files.set(name, answer);
	return { fetch: new Fetch((overHttp) => (overHttp ? http : tftp)), http, tftp };
}
