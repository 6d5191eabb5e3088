/*
 * The list of call agents and how long to wait before the next attempt. The first is preferred; a failed one gives way to the
 * next, and after a round of failures the pauses grow.
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
/** A lost registration is renewed no sooner, in ms: servers refuse a device whose old session they have not yet dropped. */
const lossPause = 1500;

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

export class CallAgents {
	readonly names: readonly CallAgentName[];
	/** Entries that are no 'host' or 'host:port'. */
	readonly refused: readonly string[];
	private index: number;
	private rounds: number;
	private readonly random: () => number;

	/** @param random a number from 0 up to 1, so that many phones do not come back at the same moment. */
	constructor(list: readonly string[], random: () => number) {
		const names: CallAgentName[] = [];
		const refused: string[] = [];
		for (const text of list) {
			const name = parseCallAgent(text);
			if (name === undefined) refused.push(text);
			else if (names.length < Limits.callAgents + Limits.survivors) names.push(name);
		}
		this.names = names;
		this.refused = refused;
		this.random = random;
		this.index = 0;
		this.rounds = 0;
	}

	/** The call agent to try; undefined when the list is empty. */
	get current(): CallAgentName | undefined {
		return this.names[this.index];
	}

	/** An attempt failed. @returns the pause before the next one in ms. */
	failed(): number {
		this.index += 1;
		if (this.index < this.names.length) return this.spread(nextPause);
		return this.rejected();
	}

	/** The call agent answered with a refusal, or took the phone and dropped it: the others are not better. */
	rejected(): number {
		if (this.index >= this.names.length) this.index = 0;
		const pause = Math.min(firstPause * 2 ** this.rounds, lastPause);
		this.rounds += 1;
		return this.spread(pause);
	}

	/** A complete registration was lost: begins at the preferred agent. @returns the pause in ms. */
	lost(): number {
		this.index = 0;
		this.rounds = 0;
		return this.spread(lossPause);
	}

	/** The phone is registered: the next pause is short again. */
	registered(): void {
		this.rounds = 0;
	}

	/** From 3/4 to 5/4 of a pause. */
	private spread(pause: number): number {
		return Math.round(pause * (0.75 + this.random() / 2));
	}
}
