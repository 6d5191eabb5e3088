/*
 * The SCCP messages of a capture, each connection's with the protocol version that is in force on it.
 */
import { headerSize, uncounted } from "sccp/message";
import { lookUp } from "sccp/messages";
import { Agreement } from "./agreement.js";
import { Direction, readSegments, type TcpSegment } from "./pcap.js";

/** One message of a capture. */
export interface CapturedMessage {
	/** Packet in which the message is complete, from 1. */
	readonly packet: number;
	/** Seconds since 1970. */
	readonly time: number;
	readonly toCallAgent: boolean;
	/** The phone's address and port. */
	readonly phone: string;
	readonly callAgent: string;
	/** Protocol version in force. */
	readonly version: number;
	/** Header and payload. */
	readonly octets: Buffer;
}

/** What a capture does not have, or what in it is no SCCP. */
export interface Gap {
	readonly packet: number;
	readonly time: number;
	readonly toCallAgent: boolean;
	readonly phone: string;
	readonly callAgent: string;
	readonly text: string;
}

/** No message of a call agent or a phone is longer. */
const longest = 4096;
/** Segments that wait for a lost one before it is given up. */
const patience = 64;
/** No header says more in the streams that are known. */
const highestHeader = 30;

class Half {
	readonly order = new Direction();
	rest: Buffer = Buffer.alloc(0);
	/** Packet and time of the latest segment: what a message had to wait for, whatever the order of capture. */
	packet = 0;
	time = 0;
	/** False until a message has been found in a stream whose beginning was not captured. */
	framed = false;
}

class Connection {
	readonly up = new Half();
	readonly down = new Half();
	readonly agreement = new Agreement();
}

/** The messages of a capture file, and what is missing between them, in its order. @throws Error when it is no capture file. */
export function readCapture(file: Buffer, port: number): (CapturedMessage | Gap)[] {
	const found: (CapturedMessage | Gap)[] = [];
	const connections = new Map<string, Connection>();
	const segments = readSegments(file).filter(({ fromPort, toPort }) => fromPort === port || toPort === port);
	for (const segment of segments) {
		const toCallAgent = segment.toPort === port;
		const phone = toCallAgent ? `${segment.from}:${segment.fromPort}` : `${segment.to}:${segment.toPort}`;
		const callAgent = toCallAgent ? `${segment.to}:${port}` : `${segment.from}:${port}`;
		const key = `${phone} ${callAgent}`;
		let connection = connections.get(key);
		// a port is used again
		if (connection === undefined || (segment.synchronise && toCallAgent)) {
			connection = new Connection();
			connections.set(key, connection);
		}
		const half = toCallAgent ? connection.up : connection.down;
		if (segment.synchronise) half.framed = true;
		const ends = { toCallAgent, phone, callAgent };
		half.packet = segment.packet;
		half.time = segment.time;
		for (const next of half.order.take(segment)) take(connection, half, next, ends, found);
		if (half.order.pending > patience) skip(connection, half, ends, found);
	}
	for (const [key, connection] of connections) {
		const [phone = "", callAgent = ""] = key.split(" ");
		for (const toCallAgent of [true, false]) {
			const half = toCallAgent ? connection.up : connection.down;
			while (half.order.pending > 0) skip(connection, half, { toCallAgent, phone, callAgent }, found);
		}
	}
	return found.sort((a, b) => a.packet - b.packet);
}

type Ends = Pick<Gap, "toCallAgent" | "phone" | "callAgent">;

/** Goes on behind a gap. */
function skip(connection: Connection, half: Half, ends: Ends, found: (CapturedMessage | Gap)[]): void {
	const before = half.order.lost;
	const segments = half.order.skip();
	const first = segments[0];
	if (first === undefined) return;
	found.push({
		...ends,
		packet: first.packet,
		time: first.time,
		text: `${half.order.lost - before} octets are missing`,
	});
	half.rest = Buffer.alloc(0);
	half.framed = false;
	for (const segment of segments) take(connection, half, segment, ends, found);
}

function take(
	connection: Connection,
	half: Half,
	segment: TcpSegment,
	ends: Ends,
	found: (CapturedMessage | Gap)[],
): void {
	if (segment.packet > half.packet) {
		half.packet = segment.packet;
		half.time = segment.time;
	}
	const { packet, time } = half;
	let all = Buffer.concat([half.rest, segment.octets]);
	if (!half.framed) {
		const start = beginning(all);
		if (start < 0) {
			half.rest = all.subarray(Math.max(all.length - 2 * longest, 0));
			return;
		}
		half.framed = true;
		all = all.subarray(start);
	}
	while (all.length >= headerSize) {
		const size = all.readUInt32LE(0) + uncounted;
		if (size < headerSize || size > longest) {
			found.push({ ...ends, packet, time, text: `length ${size - uncounted}: no message of SCCP` });
			half.framed = false;
			all = Buffer.alloc(0);
			break;
		}
		if (all.length < size) break;
		const octets = all.subarray(0, size);
		found.push({ ...ends, packet, time, version: connection.agreement.version(octets), octets });
		all = all.subarray(size);
	}
	half.rest = all;
}

/** Where the first message begins that another one or nothing follows, below 0 when there is none yet. */
function beginning(octets: Buffer): number {
	for (let at = 0; at + headerSize <= octets.length; at += 1) {
		if (!begins(octets, at)) continue;
		const next = at + octets.readUInt32LE(at) + uncounted;
		if (next === octets.length || (next + headerSize <= octets.length && begins(octets, next))) return at;
	}
	return -1;
}

/** True where a header may begin: a length, a version and an id that are known. */
function begins(octets: Buffer, at: number): boolean {
	const length = octets.readUInt32LE(at);
	if (length < headerSize - uncounted || length > longest - uncounted) return false;
	return octets.readUInt32LE(at + 4) <= highestHeader && lookUp(octets.readUInt32LE(at + 8)) !== undefined;
}
