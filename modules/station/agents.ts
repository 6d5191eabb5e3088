/*
 * The list of call agents, which of them has its turn, and how long to wait before the next attempt. The first is preferred; one that
 * fails gives way to the next. Pauses grow with each round in which none takes the phone in, and with each registration that does not
 * last; one that has lasted makes them short again.
 */
import type { TcpEndpoint } from "hal/hardware";
import { Limits } from "limits";

/** TCP port of SCCP. */
const defaultPort = 2000;
/** Pause before the next agent of the list is tried, in ms. */
const nextPause = 500;
/** First pause after a whole round of failures, in ms; it doubles up to the last. */
const firstPause = 4000;
const lastPause = 60000;
/**
 * A lost registration is renewed with the same call agent no sooner, in ms: servers refuse a device whose old session they have not yet
 * dropped. It doubles up to the last while registrations do not last.
 */
const lossPause = 1500;
/** Pause before another call agent is asked, in ms: at once, but for the spread of a fleet. */
const failoverPause = 250;
/** Registrations in a row that did not last with one call agent until another is tried. */
const patience = 2;
/** A pause doubles no more often. */
const doublings = 6;

export interface CallAgentName extends TcpEndpoint {
	readonly host: string;
}

/** 'host' or 'host:port' as a name; undefined when it is neither. */
export function parseCallAgent(text: string): CallAgentName | undefined {
	const match = /^\s*([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?\s*$/.exec(text);
	if (match === null) return undefined;
	const port = match[2] === undefined ? defaultPort : Number(match[2]);
	if (port < 1 || port > 65535) return undefined;
	return Object.freeze({ host: match[1] as string, port });
}

/** Where {@link CallAgents.lost} goes on. */
export const Next = Object.freeze({
	/** At the preferred call agent, which is likely to be there again. */
	preferred: -1,
	/** Behind the one that was lost, which does not answer. */
	behind: -2,
});

export class CallAgents {
	readonly names: readonly CallAgentName[];
	/** Entries that are no 'host' or 'host:port'. */
	readonly refused: readonly string[];
	/** Which of {@link names} has its turn. */
	index: number;
	/** Registrations in a row that did not last. */
	short: number;
	/** Attempts in a row that came to nothing, since the latest pause of a round. */
	private attempts: number;
	private rounds: number;
	private readonly random: () => number;

	/** @param random a number from 0 up to 1, so that many phones do not come back at the same moment. */
	constructor(list: readonly string[], random: () => number) {
		const names: CallAgentName[] = [];
		const refused: string[] = [];
		for (const text of list) {
			const name = parseCallAgent(text);
			if (name === undefined) refused.push(text);
			else if (names.length < Limits.callAgents + Limits.survivors && !names.some((other) => isSame(name, other)))
				names.push(name);
		}
		this.names = names;
		this.refused = refused;
		this.random = random;
		this.index = 0;
		this.short = 0;
		this.attempts = 0;
		this.rounds = 0;
	}

	/** The call agent to try; undefined when the list is empty. */
	get current(): CallAgentName | undefined {
		return this.names[this.index];
	}

	/**
	 * Stands where another list does, with what that one has learned.
	 * @returns false when the call agents up to its turn are not those of this list; nothing is changed then.
	 */
	takeOver({ index, names, short }: CallAgents): boolean {
		for (let i = 0; i <= index; i += 1) {
			const mine = this.names[i];
			const other = names[i];
			if (mine === undefined || other === undefined || !isSame(mine, other)) return false;
		}
		this.index = index;
		this.short = short;
		return true;
	}

	/** 'host:port' of a call agent. */
	nameOf(index: number): string {
		const name = this.names[index];
		return name === undefined ? "" : `${name.host}:${name.port}`;
	}

	/** An attempt failed. @returns the pause before the next one in ms. */
	failed(): number {
		const { length } = this.names;
		this.attempts += 1;
		this.index = this.index + 1 < length ? this.index + 1 : 0;
		if (this.attempts < length) return this.spread(nextPause);
		this.index = 0;
		return this.roundPause();
	}

	/**
	 * The call agent answered with a refusal, or took the phone and dropped it. It is asked again: some refuse only until they have dropped
	 * an old session. Where it stays at that, the next one is.
	 */
	rejected(): number {
		if (this.rounds + 1 >= patience && this.names.length > 1) this.index = (this.index + 1) % this.names.length;
		return this.roundPause();
	}

	/**
	 * A complete registration was lost.
	 * @param next the call agent to go to, or one of {@link Next}. @returns the pause in ms.
	 */
	lost(next: number): number {
		const { index, names, short } = this;
		const { length } = names;
		this.attempts = 0;
		this.rounds = 0;
		this.short += 1;
		if (next === Next.behind || (next === Next.preferred && index === 0 && short >= patience))
			this.index = (index + 1) % Math.max(length, 1);
		else this.index = next === Next.preferred ? 0 : next;
		if (short > 0) return this.spread(Math.min(lossPause * 2 ** Math.min(short, doublings), lastPause));
		return this.spread(this.index === index ? lossPause : failoverPause);
	}

	/** The phone leaves of its own will, for the call agent `index`. @returns the pause in ms, before it comes again. */
	left(index: number): number {
		this.index = index;
		this.attempts = 0;
		this.rounds = 0;
		return this.spread(lossPause);
	}

	/** The phone is registered. */
	registered(): void {
		this.attempts = 0;
		this.rounds = 0;
	}

	/** Its registration has lasted: the next pause is short again. */
	lasted(): void {
		this.short = 0;
	}

	/** From 3/4 to 5/4 of a pause. */
	spread(pause: number): number {
		return Math.round(pause * (0.75 + this.random() / 2));
	}

	private roundPause(): number {
		const pause = Math.min(firstPause * 2 ** Math.min(this.rounds, doublings), lastPause);
		this.attempts = 0;
		this.rounds += 1;
		return this.spread(pause);
	}
}

function isSame(one: CallAgentName, other: CallAgentName): boolean {
	return one.host === other.host && one.port === other.port;
}
