/*
 * What is fetched once the phone may register: dictionary, tones, ring. One file at a time, in the order in which they were added, and
 * none holds up another: what does not come is given up at its transfer's limit and asked for again after pauses that grow. A file
 * that the server has not is asked for again a day later, or when the server or the configuration is another one, and not at each
 * registration. Memory for fetching is given back between two files.
 */
import type { Clock, TimerHandle } from "hal/hardware";
import { type Consumer, Failure } from "net/transfer";
import type { Fetch } from "provisioning/fetch";

/** First pause before a file that did not come is asked for again, in ms; it doubles up to the last. */
const firstPause = 60_000;
const lastPause = 3_600_000;
/** Pause after the server has said that it has no such file. */
const missingPause = 86_400_000;
/** An errand that is due in a call waits for its end, and looks for it so often (ms): in calls there is no memory to spare. */
const callPause = 10_000;

/** Something to fetch. All that its fetching needs is taken in {@link Errand.begin} and let go of in {@link Errand.release}. */
export abstract class Errand {
	/** Kept by {@link Errands}: what it was asked for last, when it may be asked for again (ticks), how often it has failed since. */
	asked = "";
	due = 0;
	failures = 0;

	/** Octets of a file at most. */
	abstract get limit(): number;
	/** The file to ask for in the place `index`, from 0 on; '' where there is no more. The first one is '' while nothing is wanted. */
	abstract file(index: number): string;
	/** A file begins to come, perhaps anew. @param size in octets, -1 when it is not known. */
	abstract begin(file: string, size: number): void;
	/** @param octets valid during the call only. @returns false when it can be no such file, and the rest is of no use. */
	abstract data(octets: Uint8Array): boolean;
	/** The file has come whole. @returns '' when it is in force, else what is wrong with it: the next one is asked for. */
	abstract end(): string;
	/** None of its files is to be had for now. @param problem what was wrong with the last of them. */
	abstract missed(problem: string): void;
	/** Nothing comes any more: what only the fetching needs is let go of. */
	abstract release(): void;
}

export interface ErrandsHost {
	/** True while a call is up. */
	callsUp(): boolean;
	/** An errand is over: memory for fetching can be given back. */
	fetched(): void;
	/** A number from 0 up to 1, by which pauses are spread; without it Math.random. */
	random?(): number;
	log(line: string): void;
}

export class Errands implements Consumer {
	private readonly fetch: Fetch;
	private readonly clock: Clock;
	private readonly host: ErrandsHost;
	private readonly list: Errand[] = [];
	/** One that somebody waits for: it goes first, in a call, too. */
	private urgent: Errand | undefined = undefined;
	/** The one that is being fetched, and which of its files. */
	private current: Errand | undefined = undefined;
	private index = 0;
	/** Whether the server has said of each of its files so far that there is none. */
	private missing = true;
	private held = true;
	private timer: TimerHandle | undefined = undefined;

	constructor(fetch: Fetch, clock: Clock, host: ErrandsHost) {
		this.fetch = fetch;
		this.clock = clock;
		this.host = host;
	}

	/** Whether a file is on its way. */
	get busy(): boolean {
		return this.current !== undefined;
	}

	/** Takes one on, in this place among those that it has; behind them when none is given. */
	add(errand: Errand, place = this.list.length): void {
		this.list.splice(place, 0, errand);
	}

	/** Lets go of one, wherever it is. */
	remove(errand: Errand): void {
		const place = this.list.indexOf(errand);
		if (place >= 0) this.list.splice(place, 1);
		this.drop(errand);
	}

	/** Files may be fetched from the server in use. */
	resume(): void {
		this.held = false;
		this.plan(0);
	}

	/** The server is asked for something else, or there is none: nothing is fetched until {@link resume}, and what was under way begins anew then. */
	hold(): void {
		this.held = true;
		this.interrupt();
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}

	/** Another configuration holds: all that is wanted may be asked for at once. */
	renew(): void {
		for (const errand of this.list) errand.asked = "";
	}

	/** Somebody waits for this one now, whenever it was asked for last, and whether it was added or not; what is under way is put off. */
	want(errand: Errand): void {
		errand.asked = "";
		this.interrupt();
		this.urgent = errand;
		this.plan(0);
	}

	/** One may want a file again that it has had. */
	look(): void {
		if (this.current === undefined) this.plan(0);
	}

	/** Nobody waits for it any more; it goes on only if it was added and still has a file to ask for. */
	drop(errand: Errand): void {
		if (this.urgent === errand) this.urgent = undefined;
		if (this.current === errand) this.putOff(0);
	}

	begin(size: number): void {
		const errand = this.current;
		errand?.begin(errand.file(this.index), size);
	}

	data(octets: Uint8Array): boolean {
		const errand = this.current;
		if (errand === undefined) return false;
		if (errand !== this.urgent && this.host.callsUp()) {
			this.putOff(callPause);
			return false;
		}
		if (errand.data(octets)) return true;
		// within a transfer no other one can be begun
		const { index } = this;
		this.clock.after(0, () => {
			if (this.current === errand && this.index === index) this.end();
		});
		return false;
	}

	end(): void {
		const errand = this.current;
		if (errand === undefined) return;
		const problem = errand.end();
		if (problem !== "") {
			const file = errand.file(this.index);
			errand.release();
			if (this.fetch.getByTftp(this, problem)) this.host.log(`${file} over HTTP: ${problem}; TFTP is asked`);
			else this.fail(errand, Failure.malformed, problem);
			return;
		}
		errand.failures = 0;
		this.finish(errand, missingPause);
	}

	failed(reason: number, text: string): void {
		if (this.current !== undefined) this.fail(this.current, reason, text);
	}

	/** One file is not to be had: asks for the next, if there is one. */
	private fail(errand: Errand, reason: number, problem: string): void {
		const file = errand.file(this.index);
		errand.release();
		if (reason !== Failure.notFound) this.missing = false;
		this.index += 1;
		// where there is no way to the server there is none of the others either
		if (reason !== Failure.unreachable && errand.file(this.index) !== "") {
			this.host.log(`${file}: ${problem}`);
			this.ask(errand);
			return;
		}
		const pause = this.missing ? missingPause : Math.min(firstPause * 2 ** errand.failures, lastPause);
		errand.failures += 1;
		const seconds = this.finish(errand, pause);
		const again = this.list.includes(errand) ? `; asked for again in ${seconds} s` : "";
		this.host.log(`${file}: ${problem}${again}`);
		errand.missed(problem);
	}

	/** An errand is over, for about `pause` ms. @returns for how long it is, in seconds. */
	private finish(errand: Errand, pause: number): number {
		const spread = pause * (0.75 + (this.host.random?.() ?? Math.random()) / 2);
		errand.due = this.clock.ticks + spread;
		errand.release();
		if (this.urgent === errand) this.urgent = undefined;
		this.current = undefined;
		this.host.fetched();
		this.plan(0);
		return Math.round(spread / 1000);
	}

	/** Ends what is under way, without a word to the errand but that nothing more comes. */
	private interrupt(): void {
		const errand = this.current;
		if (errand === undefined) return;
		this.current = undefined;
		if (this.fetch.serves(this)) this.fetch.cancel();
		errand.release();
	}

	/** Ends what is under way, gives its memory back and goes on after `pause` ms. */
	private putOff(pause: number): void {
		this.interrupt();
		this.host.fetched();
		this.plan(pause);
	}

	/** Looks for the next one after `pause` ms: once this has returned, what was needed until now can be given back. */
	private plan(pause: number): void {
		if (this.held) return;
		this.clock.cancel(this.timer);
		this.timer = this.clock.after(pause, () => {
			this.timer = undefined;
			this.next();
		});
	}

	private next(): void {
		if (this.held || this.current !== undefined) return;
		const now = this.clock.ticks;
		if (this.urgent !== undefined && this.dueIn(this.urgent, now) === Number.POSITIVE_INFINITY) this.urgent = undefined;
		let errand = this.urgent;
		let wait = Number.POSITIVE_INFINITY;
		for (let i = 0; errand === undefined && i < this.list.length; i += 1) {
			const one = this.list[i] as Errand;
			const left = this.dueIn(one, now);
			if (left <= 0) errand = one;
			else wait = Math.min(wait, left);
		}
		if (errand === undefined) {
			if (wait < Number.POSITIVE_INFINITY) this.plan(wait);
			return;
		}
		if (errand !== this.urgent && this.host.callsUp()) {
			this.plan(callPause);
			return;
		}
		this.current = errand;
		this.index = 0;
		this.missing = true;
		this.ask(errand);
	}

	/** In how many ms it may be asked for, infinitely many when it wants nothing. */
	private dueIn(errand: Errand, now: number): number {
		const file = errand.file(0);
		if (file === "") return Number.POSITIVE_INFINITY;
		const asked = `${this.fetch.server} ${file}`;
		if (errand.asked !== asked) {
			errand.asked = asked;
			errand.due = now;
			errand.failures = 0;
		}
		return errand.due - now;
	}

	private ask(errand: Errand): void {
		this.fetch.get(errand.file(this.index), this, errand.limit);
	}
}
