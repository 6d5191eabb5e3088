/*
 * What happens on the phone, told to a server of the house (home automation) by POST, a JSON object at a time, in the order in which it
 * happened. A server that is away or slow is none of the phone's business: what it has not been told waits in a queue of fixed size, whose
 * oldest are lost first; it is asked for again after pauses that grow to a minute. Made for the first thing that is to be told, let go of with
 * the last: a phone at rest has nothing of it.
 */
import { dayOf, monthOf, yearOf } from "base/calendar";
import { utf8 } from "base/octets";
import type { Clock, Network, TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import { type Consumer, Failure } from "net/transfer";
import { parse, placeOf } from "net/url";
import { Web } from "net/web";

/** Pauses until a server is tried again, the first and the longest (ms). */
const firstPause = 2000;
const longestPause = 60_000;
/** Octets of an answer that are taken before the connection is closed: what it says is of no interest. */
const longestAnswer = 1_048_576;
const jsonType = "application/json";
/** Statuses of a server that has trouble of its own, and of one that is asked too often. */
const serverTrouble = 500;
const tooMany = 429;

/** What the queue has of the phone. */
export interface EventHost {
	readonly sockets: Network;
	readonly clock: Clock;
	/** ToS byte of what is sent. */
	readonly typeOfService: number;
	/** Lines of each request's head that tell who tells, each with its end. */
	readonly headers: string;
	/** Where it is told, an URL of http. */
	readonly eventsUrl: string;
	log(line: string): void;
	/** All has been told. */
	quiet(): void;
}

export class EventQueue implements Consumer {
	private readonly host: EventHost;
	/** Waiting, the oldest first: JSON objects without their last brace, behind the ticks at which they happened. */
	private readonly waiting: string[] = [];
	/** The one on its way, '' for none; and whether the server has it. */
	private current = "";
	private delivered = false;
	private web: Web | undefined = undefined;
	private timer: TimerHandle | undefined = undefined;
	private pause = 0;
	/** Lost since one was told, and of those the ones that the one on its way tells of. */
	private lost = 0;
	private confessed = 0;
	/** Whether the log knows that the server does not take them. */
	private troubled = false;

	constructor(host: EventHost) {
		this.host = host;
	}

	/** Tells an event, after those before it. @param text a JSON object without its last brace, with one field at least. */
	add(text: string): void {
		this.waiting.push(`${this.host.clock.ticks} ${text}`);
		this.bound();
		if (this.current === "" && this.timer === undefined) this.next();
	}

	/** Nobody is told any more. */
	stop(): void {
		this.host.clock.cancel(this.timer);
		this.timer = undefined;
		this.waiting.length = 0;
		this.current = "";
		const { web } = this;
		this.web = undefined;
		web?.cancel();
	}

	/** Loses the oldest of what is too much. */
	private bound(): void {
		const { waiting } = this;
		let octets = 0;
		let first = waiting.length;
		while (first > 0 && waiting.length - first < Limits.events) {
			octets += (waiting[first - 1] as string).length;
			if (octets > Limits.eventOctets && first < waiting.length) break;
			first -= 1;
		}
		for (let gone = first; gone > 0; gone -= 1) {
			waiting.shift();
			this.lose("the oldest are lost");
		}
	}

	private lose(why: string): void {
		if (this.lost === 0) this.host.log(`events: ${why}`);
		this.lost += 1;
	}

	private next(): void {
		this.current = this.waiting.shift() ?? "";
		if (this.current === "") {
			this.web = undefined;
			// what it has in trouble it has to remember
			if (!this.troubled) this.host.quiet();
			return;
		}
		const { host, current } = this;
		const { clock, sockets } = host;
		if (this.web === undefined) {
			this.web = new Web(sockets, clock, new Uint8Array(Limits.serviceTransfer));
			this.web.asker = host;
			this.web.typeOfService = host.typeOfService;
		}
		const space = current.indexOf(" ");
		const age = Math.round((clock.ticks - Number(current.slice(0, space))) / 100) / 10;
		this.delivered = false;
		this.confessed = this.lost;
		const body = `${utf8(current.slice(space + 1))},"age":${age},"lost":${this.lost}}`;
		this.web.fetch(host.eventsUrl, this, longestAnswer, body, jsonType);
	}

	begin(): void {
		// a redirection that makes a GET of it has told nobody
		this.delivered = this.web?.posted ?? false;
	}

	data(): boolean {
		this.end();
		return false;
	}

	end(): void {
		if (this.delivered) this.told();
		else this.refused("redirected to another page, which is asked, not told");
	}

	failed(reason: number, text: string): void {
		const status = this.web?.status ?? 0;
		// an answer that cannot be read is one all the same: what is told twice is worse than what is answered badly
		const answers = reason === Failure.malformed || reason === Failure.tooLarge;
		if (this.delivered || (answers && status >= 200 && status < 300)) this.told();
		else if (reason === Failure.badUrl || reason === Failure.secure) this.refused("the URL is none of http");
		else if (comesAgain(reason, status)) this.trouble(text);
		else this.refused(text);
	}

	private told(): void {
		const { host } = this;
		this.lost -= this.confessed;
		if (this.troubled) host.log(`events: ${this.place} takes them again, ${this.confessed} were lost`);
		this.troubled = false;
		this.pause = 0;
		this.next();
	}

	/** The server does not want it, and would not later. */
	private refused(text: string): void {
		this.complain(`${text}: not told`);
		this.lost += 1;
		this.next();
	}

	/** The server is away, or has trouble: what it was to be told waits. */
	private trouble(text: string): void {
		const { clock } = this.host;
		this.complain(`${text}: told later, ${Limits.events} at most`);
		this.waiting.unshift(this.current);
		this.current = "";
		this.web = undefined;
		this.bound();
		this.pause = Math.min(this.pause === 0 ? firstPause : 2 * this.pause, longestPause);
		this.timer = clock.after(this.pause, () => {
			this.timer = undefined;
			this.next();
		});
	}

	/** Says once in the log what is wrong. */
	private complain(text: string): void {
		if (!this.troubled) this.host.log(`events: ${this.place}: ${text}`);
		this.troubled = true;
	}

	/** The server without the path of its URL, which may be all that lets somebody in: whoever reaches the phone can read its log. */
	private get place(): string {
		const target = parse(this.host.eventsUrl);
		return target === undefined ? "no server" : placeOf(target);
	}
}

/** Whether what has failed for a reason, with the status of an answer, may work later. */
function comesAgain(reason: number, status: number): boolean {
	switch (reason) {
		case Failure.refused:
			return status >= serverTrouble || status === tooMany;
		case Failure.notFound:
		case Failure.unauthorised:
			return false;
		default:
			return true;
	}
}

/** Seconds since 1970 in UTC as a date and time of RFC 3339. */
export function timestamp(seconds: number): string {
	const days = Math.floor(seconds / 86400);
	const year = yearOf(days);
	const month = monthOf(days, year);
	const second = Math.floor(seconds - days * 86400);
	const time = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
	return `${year}-${two(month)}-${two(dayOf(days, year, month))}T${time}Z`;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : `${number}`;
}
