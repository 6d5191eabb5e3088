/*
 * What a file transfer, by TFTP or by HTTP, hands to whoever wants the file, and how it begins and ends.
 */
import type { Clock, TimerHandle } from "hal/hardware";
import { Limits } from "limits";

/** Why a transfer failed. */
export const Failure = Object.freeze({
	/** No answer, or the answers ceased. */
	timedOut: 1,
	/** The server has no such file. */
	notFound: 2,
	/** The server says no for another reason: access, a redirection, an error of its own. */
	refused: 3,
	/** The file is larger than the limit. */
	tooLarge: 4,
	/** What came breaks the protocol, or ended before the file did. */
	malformed: 5,
	/** No connection: refused, no way to the server, no socket. */
	unreachable: 6,
	/** No name server knows the host. */
	unknownHost: 7,
	/** The server wants to know who asks. */
	unauthorised: 8,
	/** No URL, or one of a scheme that the client does not speak. */
	badUrl: 9,
	/** A URL that asks for TLS. */
	secure: 10,
});

/**
 * Takes a file in as it arrives; nothing holds the whole. After begin() comes any number of data(), then end() or failed();
 * failed() can also come alone. In end() and failed() the transfer is over: another one may be begun.
 */
export interface Consumer {
	/** @param size of the file in octets, -1 when the server does not say. */
	begin(size: number): void;
	/**
	 * @param octets valid during the call only; never empty.
	 * @returns false when that is enough: the transfer stops, and neither end() nor failed() follows.
	 */
	data(octets: Uint8Array): boolean;
	/** The file is complete. */
	end(): void;
	/** @param reason a number of {@link Failure}. @param text a sentence for log and display. */
	failed(reason: number, text: string): void;
}

/** A client that fetches one file at a time. */
export interface Transfer {
	/** True from get() until end(), failed(), cancel() or a data() that returns false. */
	readonly busy: boolean;
	/** Octets of files and requests with an answer (blocks, for TFTP) since boot. */
	readonly octets: number;
	readonly roundTrips: number;
	/**
	 * Fetches a file from a server; a transfer under way is cancelled first.
	 * @param address dotted. @param port of the server. @param file its name as it is, not percent-encoded.
	 * @param limit octets that are taken at most; a larger file fails.
	 */
	get(address: string, port: number, file: string, consumer: Consumer, limit: number): void;
	/** Ends a transfer; its consumer is told nothing more. */
	cancel(): void;
}

/** Whether a file of that name can be asked for: ASCII without control characters, not too long. */
function isFileName(file: string): boolean {
	if (file.length === 0 || file.length > Limits.fileName) return false;
	for (let i = 0; i < file.length; i += 1) {
		const code = file.charCodeAt(i);
		if (code < 0x20 || code > 0x7e) return false;
	}
	return true;
}

/**
 * A transfer that falls behind the least rate by so long (ms) is given up, whatever else comes: so it takes no longer than twice this and
 * what its size limit takes at that rate. Longer than TFTP waits when packets are lost one after another. Time that the consumer takes
 * to begin, where flash is erased for one, does not count.
 */
const patience = 30_000;
/** The least rate: a block of TFTP a second (octets), which any way to the server brings over which calls are possible. */
const leastRate = 512;

/** What transfers of all protocols have in common: one file, one socket, a look at the time now and then, three ways to end. */
export abstract class FileTransfer<Socket extends { close(): void }> implements Transfer {
	octets = 0;
	roundTrips = 0;
	/** ToS byte of what is sent, from the next get() on. */
	typeOfService = 0;
	protected readonly clock: Clock;
	/** Undefined when nothing is asked for, or all of it has come. */
	protected consumer: Consumer | undefined = undefined;
	protected socket: Socket | undefined = undefined;
	protected address = "";
	protected file = "";
	protected limit = 0;
	/** Octets of the file so far. */
	protected count = 0;
	/** When it is given up unless more octets of the file come (ticks). */
	private deadline = 0;
	/** Counts the transfers: a consumer may begin another one while it is told of this one. */
	private begun = 0;
	private readonly tick: () => void;
	private timer: TimerHandle | undefined = undefined;

	constructor(clock: Clock) {
		this.clock = clock;
		this.tick = () => {
			if (this.busy && clock.ticks >= this.deadline) this.giveUp();
			else this.look();
		};
	}

	get busy(): boolean {
		return this.consumer !== undefined;
	}

	abstract get(address: string, port: number, file: string, consumer: Consumer, limit: number): void;

	/** The protocol's name, for the texts of failures, and ms between looks at the time. */
	protected abstract get protocol(): string;
	protected abstract get interval(): number;

	/** Looks whether it has taken too long; called again and again during a transfer. */
	protected abstract look(): void;

	/** Begins a transfer in place of the one under way. @returns false when there is no such file, which is told before long. */
	protected begin(address: string, file: string, consumer: Consumer, limit: number): boolean {
		this.undertake(file, consumer, limit);
		this.address = address;
		if (isFileName(file)) return true;
		this.failSoon(Failure.notFound, `no file name: "${file}"`);
		return false;
	}

	/** Begins a transfer in place of the one under way. */
	protected undertake(file: string, consumer: Consumer, limit: number): void {
		this.cancel();
		this.begun += 1;
		this.consumer = consumer;
		this.file = file;
		this.limit = limit;
		this.count = 0;
		this.deadline = this.clock.ticks + patience;
		this.timer = this.clock.every(this.interval, this.tick);
	}

	/** Fails later, so that who begins a transfer is never called back meanwhile. */
	protected failSoon(reason: number, text: string): void {
		this.clock.cancel(this.timer);
		this.timer = this.clock.after(0, () => this.fail(reason, text));
	}

	cancel(): void {
		this.close();
	}

	/** Lets go of consumer, timer and socket. */
	protected close(): void {
		this.consumer = undefined;
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.disconnect();
	}

	/** Lets go of the socket alone. */
	protected disconnect(): void {
		const socket = this.socket;
		this.socket = undefined;
		socket?.close();
	}

	protected fail(reason: number, text: string): void {
		const consumer = this.consumer;
		this.close();
		consumer?.failed(reason, `${this.protocol}: ${text}`);
	}

	/** It takes too long: the server is told where the protocol can. */
	private giveUp(): void {
		const { address, consumer, count, protocol } = this;
		this.cancel();
		consumer?.failed(
			Failure.timedOut,
			`${protocol}: given up after ${count} octets from ${address}: less than ${leastRate} a second for too long`,
		);
	}

	/** Tells the consumer that the file begins to come. @returns false when the transfer ended with that. */
	protected announce(size: number): boolean {
		const { begun, consumer } = this;
		consumer?.begin(size);
		if (consumer === undefined || consumer !== this.consumer || begun !== this.begun) return false;
		this.deadline = this.clock.ticks + patience;
		return true;
	}

	/** Hands octets of the file on. @returns false when the transfer ended with them. */
	protected hand(octets: Uint8Array): boolean {
		this.count += octets.length;
		this.octets += octets.length;
		const { begun, consumer } = this;
		const more = consumer?.data(octets) ?? false;
		if (consumer !== this.consumer || begun !== this.begun) return false;
		if (!more) this.cancel();
		this.deadline = Math.min(this.deadline + (octets.length * 1000) / leastRate, this.clock.ticks + patience);
		return more;
	}
}
