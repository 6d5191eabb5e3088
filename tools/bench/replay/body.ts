/*
 * A body whose network is a captured call agent: stands in for hal/body, so that the whole phone of main.ts takes in recorded
 * messages as fast as it can, in XS as in Node. When the phone connects, it is brought to its registration by the recording,
 * then the recording is replayed over and over: first to warm up, then for the garbage it makes, then for time.
 */
import { segments } from "bench/segments";
import { Limits } from "limits";
import { body, Figure, native } from "tools/bench/still";
import type { Clock, Display, TcpOptions, TcpSocket } from "../../../hal/hardware.js";

/** How long messages are counted (ms). */
const milliseconds = 1500;
const socketRoom = 65536;
/** `Screen.registration` of a registered phone. */
const registeredState = 3;

function report(result: object): void {
	const text = `replay ${JSON.stringify(result)}`;
	if (native) native("xs_host_log").call(undefined, text);
	else console.error(text);
}

function finish(): void {
	if (native) native("xs_host_exit").call(undefined, 0);
	else process.exit(0);
}

/**
 * The phone's end of the recorded connection. What is replayed comes as a server in a hurry sends it: without a break, each
 * read full to the brim, so that the phone takes in message after message and has no time to show them.
 */
class ReplaySocket implements TcpSocket {
	private readonly options: TcpOptions;
	/** Called before the first and before the last piece of a replay is handed out. */
	first: (() => void) | undefined;
	last: (() => void) | undefined;
	private single: Uint8Array | undefined;
	private pieces: readonly Uint8Array[];
	private index: number;

	constructor(options: TcpOptions) {
		this.options = options;
		this.first = undefined;
		this.last = undefined;
		this.single = undefined;
		this.pieces = [];
		this.index = 0;
	}

	open(): void {
		this.options.onWritable?.call(this, socketRoom);
	}

	deliver(segment: Uint8Array): void {
		this.single = segment;
		this.options.onReadable?.call(this, segment.length);
	}

	replay(pieces: readonly Uint8Array[]): void {
		this.pieces = pieces;
		this.index = 0;
		this.options.onReadable?.call(this, socketRoom);
		if (this.index !== pieces.length) throw new Error(`the phone read ${this.index} of ${pieces.length} pieces`);
	}

	read(target: Uint8Array): number | undefined {
		const piece = this.single ?? this.pieces[this.index];
		if (piece === undefined) return undefined;
		if (this.single !== undefined) this.single = undefined;
		else {
			if (this.index === 0) this.first?.();
			this.index += 1;
			if (this.index === this.pieces.length) this.last?.();
		}
		target.set(piece);
		return piece.length;
	}

	write(_source: Uint8Array): number {
		return socketRoom;
	}

	close(): void {
		throw new Error("the phone closed the recorded connection");
	}
}

/** The recording over and over until it fills whole reads, in pieces of one read each, and the messages in it. */
interface Ring {
	readonly pieces: readonly Uint8Array[];
	readonly messages: number;
}

function makeRing(): Ring {
	const { repeated, messages } = segments;
	const size = Limits.receiveChunk;
	let passes = 1;
	while ((passes * repeated.length) % size !== 0) passes += 1;
	const octets = new Uint8Array(passes * repeated.length);
	for (let pass = 0; pass < passes; pass += 1) octets.set(repeated, pass * repeated.length);
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < octets.length; at += size) pieces.push(octets.subarray(at, at + size));
	return { pieces, messages: passes * messages };
}

/**
 * Bytes of slots and chunks that taking messages in takes from the heap, with no collection in between, and how many messages
 * those were. Measured from the first read to the last, before the phone shows what it was told.
 */
function garbage(socket: ReplaySocket, ring: Ring): { bytes: number; messages: number } | undefined {
	if (native === undefined) return undefined;
	const figures = native("xs_host_figures");
	const before = new Uint32Array(Figure.count);
	const after = new Uint32Array(Figure.count);
	native("xs_host_collect").call(undefined);
	socket.first = () => figures.call(undefined, before.buffer);
	socket.last = () => figures.call(undefined, after.buffer);
	socket.replay(ring.pieces);
	socket.first = undefined;
	socket.last = undefined;
	const grown = (figure: number) => (after[figure] as number) - (before[figure] as number);
	if (grown(Figure.collections) !== 0) throw new Error("the heap is too small: a collection came in between");
	const bytes = grown(Figure.slots) * (before[Figure.slotSize] as number) + grown(Figure.chunks);
	const count = ring.pieces.length;
	return { bytes, messages: Math.floor((ring.messages * (count - 1)) / count) };
}

/** Timers that wait while the phone registers; afterwards time stands still and none is kept. */
const timers: (() => void)[] = [];
let registered = false;
/** Rounds of answers and time-outs within which the phone has to be registered. */
const registrationRounds = 50;

/** Registers the phone: the recorded answers, again and again, and time-outs for what the recording has no answer to. */
function register(socket: ReplaySocket): void {
	socket.open();
	for (let round = 0; round < registrationRounds && !registered; round += 1) {
		for (const segment of segments.registration) socket.deliver(segment);
		for (const timer of timers.splice(0)) timer();
	}
	if (!registered) throw new Error("the recording does not bring the phone to its registration");
}

function measure(socket: ReplaySocket): void {
	const ring = makeRing();
	register(socket);
	// Warm: what is made once, at the first message of a kind, has been made.
	socket.replay(ring.pieces);
	const made = garbage(socket, ring);
	let rings = 0;
	const start = Date.now();
	let elapsed = 0;
	do {
		socket.replay(ring.pieces);
		rings += 1;
		elapsed = Date.now() - start;
	} while (elapsed < milliseconds);
	if (!registered) throw new Error("the phone lost its registration on the way");
	report({ messages: rings * ring.messages, milliseconds: elapsed, garbage: made });
	finish();
}

function connect(options: TcpOptions): TcpSocket {
	const socket = new ReplaySocket(options);
	Promise.resolve()
		.then(() => measure(socket))
		.catch((error: Error) => {
			report({ error: error.message });
			finish();
		});
	return socket;
}

const clock: Clock = {
	ticks: 0,
	wallClock: 0,
	setWallClock: () => {},
	after: (_milliseconds, callback) => {
		if (registered) return 0;
		timers.push(callback);
		return callback;
	},
	every: () => 0,
	cancel: (handle) => {
		const index = timers.indexOf(handle as () => void);
		if (index >= 0) timers.splice(index, 1);
	},
};
const display: Display = {
	setLook: () => {},
	draws: () => true,
	rows: () => 1,
	fits: (text) => text.length,
	show: (screen) => {
		registered = screen.registration === registeredState;
	},
};

export const hardware = body({ protocolVersion: segments.protocol, display, clock, connect });
