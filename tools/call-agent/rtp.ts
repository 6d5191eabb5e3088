/*
 * RTP (RFC 3550) of the call agent: bound ports kept in store, one stream out per port with its own SSRC, sequence and
 * timestamps, and counters of what comes in.
 */
import { randomBytes, randomInt } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { performance } from "node:perf_hooks";
import { type Coder, Listener, soundOf } from "./coders.js";
import type { Sound } from "./sounds.js";

/** Milliseconds of sound that are sent late rather than left out after a standstill. */
const longestBacklog = 2000;

/** Static payload types of G.711 and G.722, and that of telephone events as offered (RFC 2833). */
export const PayloadType = Object.freeze({ muLaw: 0, aLaw: 8, g722: 9, telephoneEvent: 101 });

export interface RtpPacket {
	readonly payloadType: number;
	readonly marker: boolean;
	readonly sequence: number;
	readonly timestamp: number;
	readonly ssrc: number;
	readonly payload: Buffer;
}

/** Reads an RTP packet; undefined when it is none. */
export function parseRtp(octets: Buffer): RtpPacket | undefined {
	if (octets.length < 12) return undefined;
	const first = octets.readUInt8(0);
	if (first >> 6 !== 2) return undefined;
	let start = 12 + 4 * (first & 15);
	if (first & 0x10) {
		if (octets.length < start + 4) return undefined;
		start += 4 + 4 * octets.readUInt16BE(start + 2);
	}
	const end = octets.length - (first & 0x20 ? octets.readUInt8(octets.length - 1) : 0);
	if (start > end) return undefined;
	return {
		payloadType: octets.readUInt8(1) & 127,
		marker: octets.readUInt8(1) > 127,
		sequence: octets.readUInt16BE(2),
		timestamp: octets.readUInt32BE(4),
		ssrc: octets.readUInt32BE(8),
		payload: octets.subarray(start, end),
	};
}

export interface RtpCounters {
	sent: number;
	received: number;
	/** Packets missing between the first and the last sequence number received. */
	lost: number;
	telephoneEvents: number;
}

/** One bound UDP port with at most one stream out of it. */
export class RtpPort {
	readonly port: number;
	readonly counters: RtpCounters = { sent: 0, received: 0, lost: 0, telephoneEvents: 0 };
	/** Takes each packet that comes in. */
	onPacket: ((packet: RtpPacket) => void) | undefined;
	private destination: { address: string; port: number } | undefined;
	private ssrc = 0;
	private sequence = 0;
	private timestampBase = 0;
	private fresh = true;
	private timer: NodeJS.Timeout | undefined;
	private source = -1;
	private first = 0;
	private highest = 0;
	private closed = false;

	constructor(private readonly socket: Socket) {
		this.port = socket.address().port;
		socket.on("message", (octets: Buffer) => this.arrived(octets));
		// An ICMP 'port unreachable' of a phone that has gone away is no fault of ours.
		socket.on("error", () => {});
	}

	private arrived(octets: Buffer): void {
		const packet = parseRtp(octets);
		if (!packet) return;
		if (packet.ssrc !== this.source) {
			this.source = packet.ssrc;
			this.first = packet.sequence - this.counters.received - this.counters.lost;
			this.highest = packet.sequence - 1;
		}
		const ahead = ((packet.sequence - this.highest) << 16) >> 16;
		if (ahead > 0) this.highest += ahead;
		this.counters.received++;
		this.counters.lost = Math.max(0, this.highest - this.first + 1 - this.counters.received);
		if (packet.payloadType === PayloadType.telephoneEvent) this.counters.telephoneEvents++;
		this.onPacket?.(packet);
	}

	/** Where packets go from now on; a new stream (SSRC, sequence, timestamps) begins. */
	open(address: string, port: number): void {
		this.stop();
		this.destination = { address, port };
		this.ssrc = randomBytes(4).readUInt32BE();
		this.sequence = randomInt(0x10000);
		this.timestampBase = randomBytes(4).readUInt32BE();
		this.fresh = true;
	}

	/** Sends one packet of the stream; `timestamp` counts from the stream's own random start. Nothing when not open. */
	send(payloadType: number, timestamp: number, payload: Buffer, marker = false): void {
		if (!this.destination || this.closed) return;
		const packet = Buffer.alloc(12 + payload.length);
		packet.writeUInt8(0x80, 0);
		packet.writeUInt8(payloadType | (marker || this.fresh ? 0x80 : 0), 1);
		packet.writeUInt16BE(this.sequence, 2);
		packet.writeUInt32BE((this.timestampBase + timestamp) >>> 0, 4);
		packet.writeUInt32BE(this.ssrc, 8);
		payload.copy(packet, 12);
		this.sequence = (this.sequence + 1) & 0xffff;
		this.fresh = false;
		this.counters.sent++;
		this.socket.send(packet, this.destination.port, this.destination.address);
	}

	/**
	 * Sends a sound until stopped. Each packet is due at a whole multiple of the packet time from the start, so that late
	 * timers do not add up; a long standstill of the process skips what can no longer be made up for.
	 */
	play(sound: Sound, coder: Coder, packetTime: number): void {
		this.stop();
		const samples = packetTime * 8;
		const encode = coder.encoder();
		const start = performance.now();
		let count = 0;
		const tick = () => {
			const due = Math.floor((performance.now() - start) / packetTime);
			if ((due - count) * packetTime > longestBacklog) count = due;
			for (; count <= due; count++) {
				this.send(coder.payloadType, count * samples, encode(sound, count * samples, samples));
			}
			this.timer = setTimeout(tick, Math.max(1, start + count * packetTime - performance.now()));
		};
		tick();
	}

	/** Sends every packet back as it comes, in the port's own stream. Telephone events are not sound and stay. */
	echo(): void {
		this.stop();
		let base = -1;
		this.onPacket = (packet) => {
			if (packet.payloadType === PayloadType.telephoneEvent) return;
			if (base < 0) base = packet.timestamp;
			this.send(packet.payloadType, (packet.timestamp - base) >>> 0, packet.payload, packet.marker);
		};
	}

	/** Sends what comes in out of another port. */
	relay(to: RtpPort): void {
		this.stop();
		this.onPacket = (packet) => to.send(packet.payloadType, packet.timestamp, packet.payload, packet.marker);
	}

	/** The same to a phone that has another codec: decoded and coded anew. */
	transcode(to: RtpPort, coder: Coder): void {
		this.stop();
		const listener = new Listener();
		const encode = coder.encoder();
		this.onPacket = ({ payloadType, payload, timestamp, marker }) => {
			const heard = listener.hear(payloadType, payload);
			if (heard) to.send(coder.payloadType, timestamp, encode(soundOf(heard), 0, heard.length), marker);
			else to.send(payloadType, timestamp, payload, marker);
		};
	}

	/** Ends what {@link play}, {@link echo}, {@link relay} or {@link transcode} began; the stream stays open. */
	stop(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.onPacket = undefined;
	}

	close(): void {
		this.stop();
		if (this.closed) return;
		this.closed = true;
		this.socket.close();
	}
}

/** Even ports of RTP as call managers have them: from the first on, so many. */
const firstPort = 16384;
const portCount = 8192;

/** Ports for RTP at an address, each bound when it is asked for: a thousand at once are there as soon as one. */
export class RtpPorts {
	/** Where the search goes on, so that a port that is given back rests for a while. */
	private next = randomInt(portCount);

	constructor(private readonly address: string) {}

	/** A port nobody uses, or undefined when there is none. The taker closes it. */
	take(): RtpPort | undefined {
		for (let tried = 0; tried < portCount; tried++) {
			const taken = bind(firstPort + 2 * this.next, this.address);
			this.next = (this.next + 1) % portCount;
			if (typeof taken !== "string") return new RtpPort(taken);
			if (taken !== "EADDRINUSE") return undefined;
		}
		return undefined;
	}
}

/** A socket bound to a port, or the system's error. A look-up that answers at once, which is all that an address needs, binds at once. */
function bind(port: number, address: string): Socket | string {
	const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
	let refusal: string | undefined;
	socket.on("error", (error: NodeJS.ErrnoException) => {
		refusal = error.code ?? error.message;
	});
	socket.bind(port, address);
	if (refusal === undefined) return socket;
	socket.close();
	return refusal;
}
