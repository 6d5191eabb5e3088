// Capture files (libpcap format) of SCCP over TCP: writing segments, reading them, and splitting a direction into messages.
import { readFileSync } from "node:fs";
import { Direction, readSegments } from "../../tools/sccp/pcap.js";

/** The TCP port that tshark takes for SCCP. */
export const sccpPort = 2000;

/** Payload of one TCP segment. */
export interface Segment {
	/** From the phone to the call agent. */
	readonly toCallAgent: boolean;
	/** Tells connections apart; a port above 1024. */
	readonly phonePort: number;
	readonly octets: Uint8Array;
	/** Number of the frame in the file, from 1. */
	readonly frame?: number;
}

const magic = 0xa1b2c3d4;
const linkRaw = 101;

function concat(parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}

/** A capture file of TCP segments between 127.0.0.1 (phone) and 127.0.0.2 (call agent, port 2000). */
export function encodePcap(segments: readonly Segment[]): Uint8Array {
	const header = Buffer.alloc(24);
	header.writeUInt32LE(magic, 0);
	header.writeUInt16LE(2, 4);
	header.writeUInt16LE(4, 6);
	header.writeUInt32LE(65535, 16);
	header.writeUInt32LE(linkRaw, 20);
	const parts: Uint8Array[] = [header];
	const sequences = new Map<string, number>();
	segments.forEach((segment, i) => {
		const length = 40 + segment.octets.length;
		const record = Buffer.alloc(16 + length);
		record.writeUInt32LE(1700000000 + Math.floor(i / 1000), 0);
		record.writeUInt32LE((i % 1000) * 1000, 4);
		record.writeUInt32LE(length, 8);
		record.writeUInt32LE(length, 12);
		record[16] = 0x45;
		record.writeUInt16BE(length, 18);
		record[24] = 64;
		record[25] = 6;
		record.writeUInt32BE(segment.toCallAgent ? 0x7f000001 : 0x7f000002, 28);
		record.writeUInt32BE(segment.toCallAgent ? 0x7f000002 : 0x7f000001, 32);
		record.writeUInt16BE(segment.toCallAgent ? segment.phonePort : sccpPort, 36);
		record.writeUInt16BE(segment.toCallAgent ? sccpPort : segment.phonePort, 38);
		const own = `${segment.phonePort} ${segment.toCallAgent}`;
		const other = `${segment.phonePort} ${!segment.toCallAgent}`;
		const sequence = sequences.get(own) ?? 1;
		record.writeUInt32BE(sequence, 40);
		record.writeUInt32BE(sequences.get(other) ?? 1, 44);
		sequences.set(own, sequence + segment.octets.length);
		record[48] = 0x50;
		record[49] = 0x18;
		record.writeUInt16BE(65535, 50);
		record.set(segment.octets, 56);
		parts.push(record);
	});
	return concat(parts);
}

/** The SCCP segments of a capture file, in order, without what was sent again. */
export function readPcap(path: string): Segment[] {
	const order = new Map<string, Direction>();
	return readSegments(readFileSync(path)).flatMap((segment) => {
		const toCallAgent = segment.toPort === sccpPort;
		if (!toCallAgent && segment.fromPort !== sccpPort) return [];
		const phonePort = toCallAgent ? segment.fromPort : segment.toPort;
		const key = `${phonePort} ${toCallAgent}`;
		const direction = order.get(key) ?? new Direction();
		order.set(key, direction);
		return direction
			.take(segment)
			.map(({ octets, packet }) => ({ toCallAgent, phonePort, octets: Uint8Array.from(octets), frame: packet }));
	});
}

/** One SCCP message of a capture. */
export interface CapturedMessage {
	readonly toCallAgent: boolean;
	readonly phonePort: number;
	/** Frame in which the message is complete. */
	readonly frame: number;
	/** Header and payload. */
	readonly octets: Uint8Array;
}

/** Whole messages in the order in which they became complete. */
export function splitMessages(segments: readonly Segment[]): CapturedMessage[] {
	const messages: CapturedMessage[] = [];
	const rest = new Map<string, Uint8Array>();
	for (const { toCallAgent, phonePort, octets, frame } of segments) {
		const key = `${phonePort} ${toCallAgent}`;
		let all = concat([rest.get(key) ?? new Uint8Array(0), octets]);
		while (all.length >= 12) {
			const size = new DataView(all.buffer, all.byteOffset).getUint32(0, true) + 8;
			if (all.length < size) break;
			messages.push({ toCallAgent, phonePort, frame: frame ?? 0, octets: all.slice(0, size) });
			all = all.slice(size);
		}
		rest.set(key, all);
	}
	return messages;
}
