/*
 * What a farm is asked for and what it finds, as values: the same for programs that import the package, whose types need nothing else.
 */
import type { Spread } from "./measure.js";

export interface FarmOptions {
	/** Call agent, 'HOST' or 'HOST:PORT' (2000). */
	agent: string;
	/** How many phones, 1 to 10000. */
	phones: number;
	/** Hosts or addresses that are not this computer and that the phones may go to all the same. */
	allow?: readonly string[];
	/** Device name of the first phone; the others count on from it. */
	firstDevice?: string;
	/** SCCP version that the phones declare: 3, 8, 11, 15, 17, 20 or 22. */
	protocol?: number;
	/** `none`: calls without a packet of sound, as long as the phones need no more; else what microphones hear, `tone` or a WAVE file. */
	media?: string;
	/** How many phones may be on their way to their registration at once; 32 unless told otherwise. */
	atOnce?: number;
	/** Milliseconds that a registration, and each step of a call, may take; 10000 unless told otherwise. */
	patience?: number;
}

/** How the registration of all phones went. */
export interface RegistrationResult {
	readonly registered: number;
	readonly failed: number;
	/** Seconds from the first phone's start to the last one's registration, the loading of the program included. */
	readonly seconds: number;
	/** Milliseconds of each phone, from its start to its registration with its number. */
	readonly time: Spread;
	/** What phones that have failed said last, the first few. */
	readonly complaints: readonly string[];
}

/** What became of a call that is no success. */
export type FailureKind =
	| "no dial tone"
	| "no ringing"
	| "no connection"
	| "busy"
	| "congestion"
	| "invalid number"
	| "call lost"
	| "no sound"
	| "not released"
	| "registration lost"
	| "phone ended";

/** What a phone counted of the sound of a call. */
export interface Sound {
	readonly sent: number;
	readonly received: number;
	readonly lost: number;
	/** Milliseconds. */
	readonly jitter: number;
	/** Mean opinion score as the phone has it, 1 to 5; 0 where it has none yet. */
	readonly mos: number;
}

export interface CallResult {
	readonly failure?: FailureKind;
	/** Milliseconds: handset lifted to dial tone. */
	dialTone?: number;
	/** Last digit to the other phone's ringing. */
	ringing?: number;
	/** Handset lifted there to both connected. */
	answer?: number;
	/** Last digit to both connected, less the time that the other phone rang; to a number, until it is connected. */
	setUp?: number;
	/** Handset replaced to no call at either side. */
	release?: number;
	/** Of each phone, where there is sound. */
	sound: Sound[];
}

export interface LoadOptions {
	/** Calls that begin in a second, above 0 and up to 1000. */
	callsPerSecond: number;
	/** Seconds in which calls begin; those that are up then still end in order. */
	seconds: number;
	/** Seconds that a call is up, 5 unless told otherwise; and that a phone rings before it is answered (0). */
	talkSeconds?: number;
	ringSeconds?: number;
	/** Phones call this number instead of each other. */
	number?: string;
	/** Called after each call. */
	progress?: (ended: number) => void;
}

/** Calls that began in one second of the load, and what became of them. */
export interface Moment {
	/** Seconds since its beginning. */
	readonly second: number;
	begun: number;
	ok: number;
	failed: number;
	readonly dialTone: number[];
	readonly setUp: number[];
}

export interface LoadResult {
	readonly callsOk: number;
	readonly callsFailed: number;
	/** Calls that could not begin, because no two phones were free: more phones are needed, or shorter calls. */
	readonly callsNotMade: number;
	/** Calls up at once, at most. */
	readonly callsAtOnce: number;
	readonly failures: Readonly<Partial<Record<FailureKind, number>>>;
	/** Milliseconds. */
	readonly dialTone: Spread;
	readonly ringing: Spread;
	readonly answer: Spread;
	readonly setUp: Spread;
	readonly release: Spread;
	/** Sound of all phones in calls; undefined without any. */
	readonly sound: { sent: number; received: number; lost: number; jitter: Spread; mos: Spread } | undefined;
	/** Milliseconds that the driving program comes late: where that is much, it is the limit, and not the call agent. */
	readonly lag: { p50: number; p99: number };
	/** Calls that a loaded computer made late, by more than a tenth of a second. */
	readonly late: number;
	readonly moments: readonly Moment[];
}
