/*
 * Messages as a capture file that Wireshark and tshark open: libpcap's form, raw IPv4, a TCP segment each. The call agent's port is 2000
 * whatever it was, since by that they know SCCP; each connection has a port of the phone's own.
 */
import type { Rung } from "./messages.js";

const fileHeader = 24;
const recordHeader = 16;
const ipHeader = 20;
const tcpHeader = 20;
/** Packets without a link's header before the IP header. */
const linkRaw = 101;
const snapLength = 0xffff;
export const sccpPort = 2000;
const firstPort = 49152;
const ports = 16384;
const acknowledges = 0x10;
const pushes = 0x08;

interface Flow {
	readonly port: number;
	/** Next sequence numbers of phone and call agent. */
	up: number;
	down: number;
}

/** The octets of a base 64 text. */
export function octetsOf(text: string): Uint8Array {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Whose connection a message was on. */
export function connectionOf(rung: Rung): string {
	return `${rung.pid} ${rung.connection}`;
}

/** The capture file of messages, in their order. */
export function encodeCapture(rungs: readonly Rung[]): Uint8Array<ArrayBuffer> {
	const payloads = rungs.map(({ octets }) => octetsOf(octets));
	const each = recordHeader + ipHeader + tcpHeader;
	const size = payloads.reduce((sum, { length }) => sum + each + length, fileHeader);
	const file = new Uint8Array(size);
	const view = new DataView(file.buffer);
	view.setUint32(0, 0xa1b2c3d4, true);
	view.setUint16(4, 2, true);
	view.setUint16(6, 4, true);
	view.setUint32(16, snapLength, true);
	view.setUint32(20, linkRaw, true);
	const flows = new Map<string, Flow>();
	let at = fileHeader;
	rungs.forEach((rung, index) => {
		const payload = payloads[index] as Uint8Array;
		const key = connectionOf(rung);
		const flow = flows.get(key) ?? { port: firstPort + (flows.size % ports), up: 1, down: 1 };
		flows.set(key, flow);
		const length = ipHeader + tcpHeader + payload.length;
		const milliseconds = Math.round(rung.time);
		view.setUint32(at, Math.floor(milliseconds / 1000), true);
		view.setUint32(at + 4, (milliseconds % 1000) * 1000, true);
		view.setUint32(at + 8, length, true);
		view.setUint32(at + 12, length, true);
		at += recordHeader;
		file.set(payload, at + ipHeader + tcpHeader);
		writeSegment(new DataView(file.buffer, at, length), rung, flow, index);
		if (rung.sent) flow.up = (flow.up + payload.length) >>> 0;
		else flow.down = (flow.down + payload.length) >>> 0;
		at += length;
	});
	return file;
}

/** Headers of IPv4 and TCP before the payload that stands in `packet`. */
function writeSegment(packet: DataView, { sent, phone, agent }: Rung, flow: Flow, number: number): void {
	const length = packet.byteLength;
	packet.setUint8(0, 0x45);
	packet.setUint16(2, length);
	packet.setUint16(4, number & 0xffff);
	packet.setUint8(8, 64);
	packet.setUint8(9, 6);
	writeAddress(packet, 12, sent ? phone : agent);
	writeAddress(packet, 16, sent ? agent : phone);
	packet.setUint16(10, checksum(packet, 0, ipHeader, 0));
	packet.setUint16(20, sent ? flow.port : sccpPort);
	packet.setUint16(22, sent ? sccpPort : flow.port);
	packet.setUint32(24, sent ? flow.up : flow.down);
	packet.setUint32(28, sent ? flow.down : flow.up);
	packet.setUint8(32, (tcpHeader / 4) << 4);
	packet.setUint8(33, acknowledges | pushes);
	packet.setUint16(34, 0xffff);
	// the addresses, the protocol and the length count, too
	let pseudo = 6 + length - ipHeader;
	for (let offset = 12; offset < ipHeader; offset += 2) pseudo += packet.getUint16(offset);
	packet.setUint16(36, checksum(packet, ipHeader, length, pseudo));
}

/** A dotted address; 0.0.0.0 for anything else. */
function writeAddress(packet: DataView, at: number, address: string): void {
	const parts = address.split(".").map(Number);
	const whole = parts.length === 4 && parts.every((part) => part >= 0 && part <= 255);
	for (let index = 0; index < 4; index++) packet.setUint8(at + index, whole ? (parts[index] as number) : 0);
}

/** The Internet checksum (RFC 1071). */
function checksum(packet: DataView, from: number, to: number, start: number): number {
	let sum = start;
	for (let at = from; at < to; at += 2) sum += at + 1 < to ? packet.getUint16(at) : packet.getUint8(at) << 8;
	while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
	return ~sum & 0xffff;
}
