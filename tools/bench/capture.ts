/*
 * Reads what a call agent sent from a capture (pcap, Ethernet, IPv4): the TCP streams from port 2000 in order, cut into SCCP
 * messages.
 */
import { readFileSync } from "node:fs";

const magic = 0xa1b2c3d4;
const fileHeader = 24;
const recordHeader = 16;
const ethernetHeader = 14;
const ipv4Type = 0x0800;
const tcpProtocol = 6;
const agentPort = 2000;

interface Stream {
	next: number;
	parts: Buffer[];
}

/** The streams from call agents in a capture, one a connection. Throws when the file is no such capture. */
export function agentStreams(file: string): Buffer[] {
	const data = readFileSync(file);
	if (data.length < fileHeader || data.readUInt32LE(0) !== magic || data.readUInt32LE(20) !== 1)
		throw new Error(`${file}: a little-endian pcap file of Ethernet frames is expected`);
	const streams = new Map<string, Stream>();
	for (let at = fileHeader; at + recordHeader <= data.length; ) {
		const size = data.readUInt32LE(at + 8);
		takeFrame(data.subarray(at + recordHeader, at + recordHeader + size), streams);
		at += recordHeader + size;
	}
	return [...streams.values()].map(({ parts }) => Buffer.concat(parts));
}

function takeFrame(frame: Buffer, streams: Map<string, Stream>): void {
	if (frame.length < ethernetHeader + 40 || frame.readUInt16BE(12) !== ipv4Type) return;
	const ip = frame.subarray(ethernetHeader);
	if (ip.readUInt8(9) !== tcpProtocol) return;
	const tcp = ip.subarray((ip.readUInt8(0) & 15) * 4, ip.readUInt16BE(2));
	if (tcp.length < 20 || tcp.readUInt16BE(0) !== agentPort) return;
	const payload = tcp.subarray((tcp.readUInt8(12) >> 4) * 4);
	const sequence = tcp.readUInt32BE(4);
	const key = `${ip.readUInt32BE(16)}:${tcp.readUInt16BE(2)}`;
	const synchronise = (tcp.readUInt8(13) & 2) !== 0;
	let stream = streams.get(key);
	if (!stream || synchronise) {
		stream = { next: (sequence + (synchronise ? 1 : 0)) >>> 0, parts: [] };
		streams.set(key, stream);
	}
	// On loopback nothing is lost or reordered; a repeated segment is left out.
	if (payload.length === 0 || sequence !== stream.next) return;
	stream.parts.push(payload);
	stream.next = (sequence + payload.length) >>> 0;
}

/** Cuts a stream into messages, headers included; an incomplete one at the end is left out. */
export function messages(stream: Buffer): Buffer[] {
	const list: Buffer[] = [];
	for (let at = 0; at + 12 <= stream.length; ) {
		const size = stream.readUInt32LE(at) + 8;
		if (at + size > stream.length) break;
		list.push(stream.subarray(at, at + size));
		at += size;
	}
	return list;
}
