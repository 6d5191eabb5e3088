/*
 * One file from a server as Cisco's newer phones ask for it: over HTTP on port 6970 where the server answers there, else by TFTP.
 * Which of the two a server speaks is remembered until another server is asked, or somebody finds that it may have changed.
 */
import { type Consumer, Failure, type Transfer } from "net/transfer";

/** Port on which CallManager serves the same files over HTTP. */
const httpPort = 6970;

export class Fetch implements Consumer {
	private readonly open: (overHttp: boolean) => Transfer;
	/** The client in use, {@link Fetch.overHttp} saying which: both at once would take memory for nothing. */
	private client: Transfer | undefined = undefined;
	/** What clients that are gone have counted. */
	private octetsBefore = 0;
	private roundTripsBefore = 0;
	private address = "";
	private port = 0;
	private file = "";
	private limit = 0;
	private consumer: Consumer | undefined = undefined;
	/** True while the server may speak HTTP, and while it may speak TFTP. */
	private httpAnswers = true;
	private tftpAnswers = true;
	/** Whether TFTP was silent when it was asked last. */
	private silent = false;
	/** How the server said no over HTTP to the file that TFTP is asked for now: a number of {@link Failure}, 0 for not at all; and its words. */
	private refusal = 0;
	private refusalText = "";
	private overHttp = false;
	/** Counts what has been asked for; and whether nothing has come of the file that is on its way. */
	private turn = 0;
	private isEmpty = true;

	/** @param open makes a client, for HTTP (true) or TFTP. */
	constructor(open: (overHttp: boolean) => Transfer) {
		this.open = open;
	}

	/** Whether a file is on its way. */
	get busy(): boolean {
		return this.consumer !== undefined;
	}

	/** Whether the file on its way is this consumer's. */
	serves(consumer: Consumer | undefined): boolean {
		return consumer !== undefined && this.consumer === consumer;
	}

	/** 'HTTP' or 'TFTP': how the last file came. */
	get protocol(): string {
		return this.overHttp ? "HTTP" : "TFTP";
	}

	/** Octets received, and answers waited for, since boot. */
	get octets(): number {
		return this.octetsBefore + (this.client?.octets ?? 0);
	}

	get roundTrips(): number {
		return this.roundTripsBefore + (this.client?.roundTrips ?? 0);
	}

	/** Asks this server from now on. @param address dotted. @param port of its TFTP. */
	use(address: string, port: number): void {
		if (address === this.address && port === this.port) return;
		this.address = address;
		this.port = port;
		this.httpAnswers = true;
		this.tftpAnswers = true;
		this.silent = false;
	}

	/** Asks by TFTP again, though the server may have been silent there, and over HTTP where it was silent by both: it may have started since. */
	forgive(): void {
		if (this.silent) this.httpAnswers = true;
		this.tftpAnswers = true;
	}

	/** The server asked, '' when there was none yet. */
	get server(): string {
		return this.address;
	}

	/**
	 * Fetches a file of at most `limit` octets; a transfer under way is cancelled. The consumer's begin() comes a second time
	 * when HTTP broke off and TFTP begins anew.
	 */
	get(file: string, consumer: Consumer, limit: number): void {
		this.cancel();
		this.file = file;
		this.limit = limit;
		this.consumer = consumer;
		this.refusal = 0;
		this.ask(this.httpAnswers);
	}

	/**
	 * What has just come is not the file that was asked for: a web server that has something for every name may be on port 6970. Where it
	 * came over HTTP, and TFTP is not known to be silent, the file is fetched anew by TFTP, and all others of this server from now on.
	 * @param problem what the consumer is told, as malformed, when TFTP is silent. @returns false when there is no other way.
	 */
	getByTftp(consumer: Consumer, problem: string): boolean {
		if (!this.overHttp || !this.tftpAnswers) return false;
		this.httpAnswers = false;
		this.refusal = Failure.malformed;
		this.refusalText = problem;
		this.consumer = consumer;
		this.ask(false);
		return true;
	}

	/** Gives back the memory of the client: no file is wanted for now. */
	release(): void {
		this.cancel();
		this.octetsBefore = this.octets;
		this.roundTripsBefore = this.roundTrips;
		this.client = undefined;
	}

	/** Ends what is under way; its consumer is told nothing more. */
	cancel(): void {
		this.consumer = undefined;
		this.client?.cancel();
	}

	begin(size: number): void {
		this.isEmpty = true;
		this.consumer?.begin(size);
	}

	data(octets: Uint8Array): boolean {
		this.isEmpty = false;
		const { turn } = this;
		const more = this.consumer?.data(octets) ?? false;
		// the consumer may have begun another file meanwhile
		if (!more && turn === this.turn) this.consumer = undefined;
		return more;
	}

	end(): void {
		if (this.overHttp && this.isEmpty) {
			this.failed(Failure.notFound, "HTTP: the file is empty");
			return;
		}
		const consumer = this.consumer;
		this.consumer = undefined;
		consumer?.end();
	}

	/** A server that says no over HTTP, in whatever words, is there: it is asked for the next file again, and TFTP counts only if it answers. */
	failed(reason: number, text: string): void {
		const consumer = this.consumer;
		const saysNo = reason === Failure.notFound || reason === Failure.refused;
		if (this.overHttp && reason !== Failure.tooLarge && (this.tftpAnswers || !saysNo)) {
			this.httpAnswers = saysNo;
			this.refusal = saysNo ? reason : 0;
			this.refusalText = text;
			this.ask(false);
			return;
		}
		this.consumer = undefined;
		const isSilent = reason === Failure.timedOut || reason === Failure.unreachable;
		if (!this.overHttp) this.silent = isSilent;
		if (!this.overHttp && isSilent && this.refusal !== 0) {
			this.tftpAnswers = false;
			this.httpAnswers = true;
			consumer?.failed(this.refusal, this.refusalText);
		} else consumer?.failed(reason, text);
	}

	private ask(overHttp: boolean): void {
		const consumer = this.consumer;
		if (overHttp !== this.overHttp) this.release();
		this.turn += 1;
		this.consumer = consumer;
		this.overHttp = overHttp;
		this.client ??= this.open(overHttp);
		this.client.get(this.address, overHttp ? httpPort : this.port, this.file, this, this.limit);
	}
}
