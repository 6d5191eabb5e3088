/*
 * One file from a server as Cisco's newer phones ask for it: over HTTP on port 6970 where the server answers there, else by TFTP.
 * Which of the two a server speaks is remembered until another server is asked.
 */
import { type Consumer, Failure, type Transfer } from "net/transfer";

/** Port on which CallManager serves the same files over HTTP. */
const httpPort = 6970;

export class Fetch implements Consumer {
	readonly #http: Transfer;
	readonly #tftp: Transfer;
	#server = "";
	#port = 0;
	#file = "";
	#limit = 0;
	#consumer: Consumer | undefined = undefined;
	/** True while the server may speak HTTP. */
	#httpAnswers = true;
	#overHttp = false;

	constructor(http: Transfer, tftp: Transfer) {
		this.#http = http;
		this.#tftp = tftp;
	}

	/** Whether a file is on its way. */
	get busy(): boolean {
		return this.#consumer !== undefined;
	}

	/** 'HTTP' or 'TFTP': how the last file came. */
	get protocol(): string {
		return this.#overHttp ? "HTTP" : "TFTP";
	}

	/** Octets received, and answers waited for, since boot. */
	get octets(): number {
		return this.#http.octets + this.#tftp.octets;
	}

	get roundTrips(): number {
		return this.#http.roundTrips + this.#tftp.roundTrips;
	}

	/** Asks this server from now on. @param address dotted. @param port of its TFTP. */
	use(address: string, port: number): void {
		if (address === this.#server && port === this.#port) return;
		this.#server = address;
		this.#port = port;
		this.#httpAnswers = true;
	}

	/** The server asked, '' when there was none yet. */
	get server(): string {
		return this.#server;
	}

	/**
	 * Fetches a file of at most `limit` octets; a transfer under way is cancelled. The consumer's begin() comes a second time
	 * when HTTP broke off and TFTP begins anew.
	 */
	get(file: string, consumer: Consumer, limit: number): void {
		this.cancel();
		this.#file = file;
		this.#limit = limit;
		this.#consumer = consumer;
		this.#overHttp = this.#httpAnswers;
		if (this.#overHttp) this.#http.get(this.#server, httpPort, file, this, limit);
		else this.#tftp.get(this.#server, this.#port, file, this, limit);
	}

	/** Ends what is under way; its consumer is told nothing more. */
	cancel(): void {
		this.#consumer = undefined;
		this.#http.cancel();
		this.#tftp.cancel();
	}

	begin(size: number): void {
		this.#consumer?.begin(size);
	}

	data(octets: Uint8Array): boolean {
		const consumer = this.#consumer;
		const more = consumer?.data(octets) ?? false;
		// the consumer may have begun another file meanwhile
		if (!more && this.#consumer === consumer) this.#consumer = undefined;
		return more;
	}

	end(): void {
		const consumer = this.#consumer;
		this.#consumer = undefined;
		consumer?.end();
	}

	failed(reason: number, text: string): void {
		const consumer = this.#consumer;
		if (this.#overHttp && reason !== Failure.tooLarge) {
			// a server that speaks HTTP but has not this file is asked for the next one again
			if (reason !== Failure.notFound) this.#httpAnswers = false;
			this.#overHttp = false;
			this.#tftp.get(this.#server, this.#port, this.#file, this, this.#limit);
			return;
		}
		this.#consumer = undefined;
		consumer?.failed(reason, text);
	}
}
