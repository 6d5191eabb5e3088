/*
 * What a phone process says on its control channel: one JSON object a line. The shapes follow hal/hardware.ts, whose Screen
 * is what the display shows.
 */
import type { Screen as FullScreen } from "../../hal/hardware.js";

/** The phone's display, as a value. */
export type Screen = Omit<FullScreen, "dirty" | "keyName"> & {
	/** How the user wants to have it, bits of `Look`. */
	readonly look: number;
};

export interface Hello {
	type: "hello";
	version: number;
	pid: number;
	bits: number;
	device: string;
	lineKeys: number;
	softkeys: number;
	/** Why the chip has started: 'power on', 'restart', 'crash' ...; of an emulated chip. */
	start?: string;
}

/** One lamp as it shines now, numbered as `Lamp`, `LampMode` and `LampColour` do. */
export interface LampState {
	lamp: number;
	mode: number;
	colour: number;
}

/** A picture of a service as the phone keeps it at a place of its own, '' where there is none any more. */
export interface PlacedPicture {
	place: number;
	width: number;
	height: number;
	/** As its file has them. */
	fileWidth: number;
	fileHeight: number;
	/** A URL of type `data:` with a PNG file. */
	image: string;
}

/** Counters of one audio stream, named as `Statistic` names them. */
export interface StreamStatistics {
	open: boolean;
	packetsSent: number;
	octetsSent: number;
	packetsReceived: number;
	octetsReceived: number;
	packetsLost: number;
	packetsLate: number;
	packetsDiscarded: number;
	packetsDuplicate: number;
	packetsStray: number;
	jitter: number;
	jitterMaximum: number;
	delay: number;
	concealedFrames: number;
	framesPlayed: number;
	payloadTypeReceived: number;
	payloadTypeSent: number;
	packetTimeReceived: number;
	packetTimeSent: number;
	concealedSeconds: number;
	severelyConcealedSeconds: number;
	concealmentRatio: number;
	concealmentInterval: number;
	concealmentIntervalMaximum: number;
	mos: number;
	mosAverage: number;
	mosMinimum: number;
	mosMaximum: number;
	roundTrip: number;
	remoteLost: number;
	remoteJitter: number;
	eventsReceived: number;
	eventReceived: number;
	packetsForeign: number;
	foreignAddress: number;
}

export interface Statistics {
	type: "statistics";
	streams: StreamStatistics[];
	/** Monotonic milliseconds of the phone's own clock. */
	ticks: number;
}

/** The engine's memory: slots are counted in slots, chunks in bytes. */
export interface HeapFigures {
	slots: number;
	chunks: number;
}

/** What keys are called in the user's language, by their numbers; '' for those that need no name. */
export interface KeyNames {
	type: "names";
	names: string[];
}

export interface Heap extends HeapFigures {
	type: "heap";
	bits: number;
	/** Bytes of one slot: 16 on 32 bit, 32 on 64 bit. */
	slotSize: number;
	slotsPeak: number;
	slotsLimit: number;
	chunksPeak: number;
	chunksLimit: number;
	stackPeak: number;
	/** Garbage collections since the start. */
	collections: number;
	/** In use after all modules are loaded and before anything is started. */
	baseline: HeapFigures;
	/** In use in the engine alone, as it is made. */
	empty: HeapFigures;
}

/** What an emulated chip tells of itself, beside the engine. */
export interface Chip {
	type: "chip";
	/** Milliseconds since the chip started. */
	uptime_ms: number;
	/** Octets of internal memory: free, least since the start, the largest block. */
	heapFree: number;
	heapLeast: number;
	heapLargest: number;
	/** Of XS in use now, and what there is: slots are counted, chunks in octets. */
	slots: number;
	slotsLimit: number;
	chunks: number;
	chunksLimit: number;
	stackPeak: number;
	stackLimit: number;
	/** Octets of each task's stack that were never used. */
	stacks: readonly { name: string; left: number }[];
	/** Cycles of the sound pipeline's ticks since the question before: their sum, the least and the most. */
	tick: { count: number; cycles: number; least: number; most: number };
	/** A loop of so many instructions timed just now, which tells what a cycle is in an emulator. */
	loop: { instructions: number; cycles: number };
}

/** What a phone that tells no screens (PhoneOptions.brief) says when it has changed, with milliseconds of the machine's monotonic clock. */
export interface Brief {
	type: "brief";
	registration: number;
	number: string;
	calls: { reference: number; line: number; state: number }[];
	at: number;
}

/** A message between phone and call agent, as it was sent or received just now. */
export interface WireMessage {
	/** From the phone to the call agent. */
	sent: boolean;
	/** Which of those sent, or received, since the start, from 1. */
	number: number;
	/** Milliseconds of the phone's own clock. */
	ticks: number;
	/** SCCP version in force, 0 while none is agreed. */
	version: number;
	/** Another number for each connection. */
	connection: number;
	/** Dotted addresses of both, and the call agent's port. */
	phone: string;
	agent: string;
	port: number;
	/** Header and payload in base 64. */
	octets: string;
}

export type PhoneMessage =
	| Hello
	| ({ type: "screen" } & Screen)
	| ({ type: "lamp" } & LampState)
	| ({ type: "picture" } & PlacedPicture)
	| ({ type: "message" } & WireMessage)
	| { type: "backlight"; percent: number }
	| { type: "ring"; mode: number; at?: number }
	| { type: "tone"; id: number; at?: number }
	| Brief
	| { type: "took"; at: number }
	| Statistics
	| KeyNames
	| Heap
	| Chip
	| { type: "bye" }
	| { type: "error"; text: string };
