/*
 * Capture files (libpcap's and pcapng) as the TCP segments in them: little and big endian, microseconds and nanoseconds, Ethernet
 * with or without VLAN tags, loopback, raw IP and Linux's cooked forms, IPv4 and IPv6. What else a file holds is passed over.
 */

/** One TCP segment. */
export interface TcpSegment {
	/** Number of the packet in the file, from 1. */
	readonly packet: number;
	/** Seconds since 1970. */
	readonly time: number;
	/** Dotted or colonned addresses. */
	readonly from: string;
	readonly fromPort: number;
	readonly to: string;
	readonly toPort: number;
	readonly sequence: number;
	readonly synchronise: boolean;
	readonly octets: Buffer;
}

interface Packet {
	readonly number: number;
	readonly time: number;
	readonly link: number;
	readonly octets: Buffer;
}

const linkNull = 0;
const linkEthernet = 1;
const linkRawOld = 12;
const linkRaw = 101;
const linkLoop = 108;
const linkCooked = 113;
const linkIpv4 = 228;
const linkIpv6 = 229;
const linkCooked2 = 276;

const typeIpv4 = 0x0800;
const typeIpv6 = 0x86dd;
const vlanTypes = [0x8100, 0x88a8, 0x9100];
const tcpProtocol = 6;

/** The TCP segments of a capture file, in its order. @throws Error when it is no capture file. */
export function readSegments(file: Buffer): TcpSegment[] {
	const segments: TcpSegment[] = [];
	for (const packet of readPackets(file)) {
		const ip = networkPart(packet);
		const segment = ip === undefined ? undefined : tcpOf(packet, ip);
		if (segment !== undefined) segments.push(segment);
	}
	return segments;
}

function readPackets(file: Buffer): Packet[] {
	if (file.length < 24) throw new Error("no capture file: shorter than a header");
	const magic = file.readUInt32LE(0);
	if (magic === 0x0a0d0d0a) return readPcapng(file);
	const little = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d;
	const big = file.readUInt32BE(0);
	if (!little && big !== 0xa1b2c3d4 && big !== 0xa1b23c4d)
		throw new Error("no capture file: it begins neither as libpcap's nor as pcapng");
	const u32 = (at: number) => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
	const fraction = (little ? magic : big) === 0xa1b23c4d ? 1e9 : 1e6;
	const link = u32(20) & 0xffff;
	const packets: Packet[] = [];
	for (let at = 24; at + 16 <= file.length; ) {
		const size = u32(at + 8);
		const octets = file.subarray(at + 16, at + 16 + size);
		packets.push({ number: packets.length + 1, time: u32(at) + u32(at + 4) / fraction, link, octets });
		at += 16 + size;
	}
	return packets;
}

interface Interface {
	readonly link: number;
	/** Units of time in a second. */
	readonly fraction: number;
}

const sectionHeader = 0x0a0d0d0a;
const interfaceDescription = 1;
const simplePacket = 3;
const enhancedPacket = 6;
const timeResolution = 9;

function readPcapng(file: Buffer): Packet[] {
	const packets: Packet[] = [];
	let interfaces: Interface[] = [];
	let little = true;
	const u16 = (at: number) => (little ? file.readUInt16LE(at) : file.readUInt16BE(at));
	const u32 = (at: number) => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
	for (let at = 0; at + 12 <= file.length; ) {
		// the type of a section reads the same both ways
		const type = u32(at);
		if (type === sectionHeader) {
			little = file.readUInt32LE(at + 8) === 0x1a2b3c4d;
			interfaces = [];
		}
		const size = u32(at + 4);
		if (size < 12 || at + size > file.length) break;
		const end = at + size - 4;
		if (type === interfaceDescription && size >= 20) {
			let fraction = 1e6;
			for (let option = at + 16; option + 4 <= end; option += 4 + ((u16(option + 2) + 3) & ~3)) {
				if (u16(option) !== timeResolution) continue;
				const power = file.readUInt8(option + 4);
				fraction = power & 0x80 ? 2 ** (power & 0x7f) : 10 ** power;
			}
			interfaces.push({ link: u16(at + 8), fraction });
		} else if (type === enhancedPacket && size >= 32) {
			const { link, fraction } = interfaces[u32(at + 8)] ?? { link: linkEthernet, fraction: 1e6 };
			const time = (u32(at + 12) * 2 ** 32 + u32(at + 16)) / fraction;
			const octets = file.subarray(at + 28, Math.min(at + 28 + u32(at + 20), end));
			packets.push({ number: packets.length + 1, time, link, octets });
		} else if (type === simplePacket && size >= 16) {
			const octets = file.subarray(at + 12, Math.min(at + 12 + u32(at + 8), end));
			packets.push({ number: packets.length + 1, time: 0, link: interfaces[0]?.link ?? linkEthernet, octets });
		}
		at += size;
	}
	return packets;
}

/** What lies behind the header of the link: an IP packet, or undefined. */
function networkPart({ link, octets }: Packet): Buffer | undefined {
	switch (link) {
		case linkEthernet: {
			let at = 12;
			while (at + 6 <= octets.length && vlanTypes.includes(octets.readUInt16BE(at))) at += 4;
			return behind(octets, at, at + 2);
		}
		case linkCooked:
			return behind(octets, 14, 16);
		case linkCooked2:
			return behind(octets, 0, 20);
		case linkNull:
		case linkLoop:
			return octets.subarray(4);
		case linkRaw:
		case linkRawOld:
		case linkIpv4:
		case linkIpv6:
			return octets;
		default:
			return undefined;
	}
}

/** Octets from `start` on where the two at `type` say that they are IP's. */
function behind(octets: Buffer, type: number, start: number): Buffer | undefined {
	if (octets.length < start) return undefined;
	const value = octets.readUInt16BE(type);
	return value === typeIpv4 || value === typeIpv6 ? octets.subarray(start) : undefined;
}

function tcpOf(packet: Packet, ip: Buffer): TcpSegment | undefined {
	if (ip.length < 20) return undefined;
	const version = ip.readUInt8(0) >> 4;
	if (version === 4) {
		const header = (ip.readUInt8(0) & 15) * 4;
		// a later part of a packet in fragments has no TCP header
		if (ip.readUInt8(9) !== tcpProtocol || (ip.readUInt16BE(6) & 0x1fff) !== 0) return undefined;
		// captured on the machine that sends, the length may be left to the network card
		const whole = ip.readUInt16BE(2) || ip.length;
		const address = (at: number) => [...ip.subarray(at, at + 4)].join(".");
		return segment(packet, address(12), address(16), ip.subarray(header, whole));
	}
	if (version !== 6 || ip.length < 40 || ip.readUInt8(6) !== tcpProtocol) return undefined;
	const address = (at: number) =>
		(
			ip
				.subarray(at, at + 16)
				.toString("hex")
				.match(/..../g) ?? []
		).join(":");
	return segment(packet, address(8), address(24), ip.subarray(40, 40 + ip.readUInt16BE(4)));
}

function segment(packet: Packet, from: string, to: string, tcp: Buffer): TcpSegment | undefined {
	if (tcp.length < 20) return undefined;
	return {
		packet: packet.number,
		time: packet.time,
		from,
		fromPort: tcp.readUInt16BE(0),
		to,
		toPort: tcp.readUInt16BE(2),
		sequence: tcp.readUInt32BE(4),
		synchronise: (tcp.readUInt8(13) & 2) !== 0,
		octets: tcp.subarray((tcp.readUInt8(12) >> 4) * 4),
	};
}

/** One direction of a connection: puts segments in order, however they were captured. */
export class Direction {
	/** Octets that were never captured, so far. */
	lost = 0;
	private next: number | undefined;
	private readonly waiting = new Map<number, TcpSegment>();

	/** Takes a segment. @returns segments that now follow in order, each without what was there before. */
	take(segment: TcpSegment): TcpSegment[] {
		if (segment.synchronise) {
			this.waiting.clear();
			this.next = (segment.sequence + 1) >>> 0;
			return [];
		}
		if (segment.octets.length === 0) return [];
		this.next ??= segment.sequence;
		this.waiting.set(segment.sequence, segment);
		return this.inOrder();
	}

	/** What waits behind a gap that will not be filled. @returns the segments behind it; {@link lost} counts the gap. */
	skip(): TcpSegment[] {
		const first = [...this.waiting.values()].sort((a, b) => this.distance(a) - this.distance(b))[0];
		if (first === undefined || this.next === undefined) return [];
		this.lost += this.distance(first);
		this.next = first.sequence;
		return this.inOrder();
	}

	/** Segments that wait for one before them. */
	get pending(): number {
		return this.waiting.size;
	}

	/** Octets from what is expected to a segment, below 0 for one that begins before. */
	private distance({ sequence }: TcpSegment): number {
		return (sequence - (this.next ?? sequence)) | 0;
	}

	private inOrder(): TcpSegment[] {
		const ready: TcpSegment[] = [];
		for (let found = true; found; ) {
			found = false;
			for (const [sequence, segment] of this.waiting) {
				const known = -this.distance(segment);
				if (known < 0) continue;
				this.waiting.delete(sequence);
				found = true;
				// sent again: all or a part of it is there already
				if (known >= segment.octets.length) continue;
				ready.push({ ...segment, octets: segment.octets.subarray(known) });
				this.next = (segment.sequence + segment.octets.length) >>> 0;
			}
		}
		return ready;
	}
}
