/*
 * What the panel's server tells a page that looks at a phone's messages or at its sound.
 */

/** One message between phone and call agent, as the phone's own reader has it. */
export interface Rung {
	/** Milliseconds since 1970. */
	readonly time: number;
	/** From the phone to the call agent. */
	readonly sent: boolean;
	/** Which of those sent, or received, since the phone's process started, from 1. */
	readonly number: number;
	/** Of the phone: numbers begin again with another process. */
	readonly pid: number;
	/** Another number for each connection of a process. */
	readonly connection: number;
	/** SCCP version by which the message was read. */
	readonly version: number;
	/** Dotted addresses, and the call agent's port. */
	readonly phone: string;
	readonly agent: string;
	readonly port: number;
	readonly name: string;
	/** Names and values as people read them; without texts that are empty. */
	readonly fields: readonly (readonly [name: string, value: string])[];
	/** The call that it is about, 0 where it says none. */
	readonly call: number;
	/** Why the phone would not take it, '' where it would. */
	readonly refused: string;
	/** Header and payload in base 64. */
	readonly octets: string;
}

/** How loud a sound was, in dB below the loudest sample that there is; {@link silence} for none. */
export interface Level {
	readonly peak: number;
	/** Root of the mean square. */
	readonly mean: number;
}

/** What counts as no sound, in dB. */
export const silence = -96;

/** Counters of a stream of the phone, as its statistics have them (`Statistic` in hal/hardware). */
export interface StreamCounters {
	readonly open: boolean;
	readonly packetsSent: number;
	readonly packetsReceived: number;
	readonly packetsLost: number;
	readonly packetsLate: number;
	readonly packetsDiscarded: number;
	/** In timestamp units of 1/8000 s, as {@link remoteJitter}. */
	readonly jitter: number;
	readonly jitterMaximum: number;
	/** Depth of the jitter buffer in ms. */
	readonly delay: number;
	readonly concealedFrames: number;
	readonly framesPlayed: number;
	/** In 1/10000; 0 where there is none yet. */
	readonly mos: number;
	readonly mosAverage: number;
	readonly mosMinimum: number;
	/** What the far end reports: ms, packets, timestamp units. */
	readonly roundTrip: number;
	readonly remoteLost: number;
	readonly remoteJitter: number;
	readonly packetTimeReceived: number;
	readonly packetTimeSent: number;
}

export interface AudioStream extends StreamCounters {
	/** Names, '' for none. */
	readonly codecReceived: string;
	readonly codecSent: string;
}

export interface AudioSample {
	/** Milliseconds since 1970. */
	readonly time: number;
	/** What comes out of the phone, and what goes into its microphone, since the sample before. */
	readonly heard: Level;
	readonly spoken: Level;
	readonly streams: readonly AudioStream[];
}
