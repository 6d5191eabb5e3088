/*
 * What a phone process says on its control channel: one JSON object a line. The shapes follow hal/hardware.ts, whose Screen
 * is what the display shows.
 */
import type { Screen as FullScreen } from "../../hal/hardware.js";

/** The phone's display, as a value. */
export type Screen = Omit<FullScreen, "dirty">;

export interface Hello {
	type: "hello";
	version: number;
	pid: number;
	bits: number;
	device: string;
	lineKeys: number;
	softkeys: number;
}

/** One lamp as it shines now, numbered as `Lamp`, `LampMode` and `LampColour` do. */
export interface LampState {
	lamp: number;
	mode: number;
	colour: number;
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

export interface Heap extends HeapFigures {
	type: "heap";
	bits: number;
	/** Bytes of one slot: 16 on 32 bit, 32 on 64 bit. */
	slotSize: number;
	slotsPeak: number;
	chunksPeak: number;
	stackPeak: number;
	/** Garbage collections since the start. */
	collections: number;
	/** In use after all modules are loaded and before anything is started. */
	baseline: HeapFigures;
	/** In use in the engine alone, as it is made. */
	empty: HeapFigures;
}

export type PhoneMessage =
	| Hello
	| ({ type: "screen" } & Screen)
	| ({ type: "lamp" } & LampState)
	| { type: "backlight"; percent: number }
	| { type: "ring"; mode: number }
	| { type: "tone"; id: number }
	| Statistics
	| Heap
	| { type: "error"; text: string };
