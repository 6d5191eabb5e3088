/*
 * Sends log lines to a syslog server by UDP in the form of RFC 3164, which all receivers that a `logServer` names understand, in a
 * fixed packet, so many a second at most. What sending itself logs is not sent.
 */
import { dayOf, monthOf, yearOf } from "base/calendar";
import type { Clock, Network, UdpSocket } from "hal/hardware";
import { Limits } from "limits";

/** Facility local7, as Cisco's devices use it, and severity informational. */
const priority = 23 * 8 + 6;
/** Lines that may go at once, and how long it takes until one more may (ms). */
const burst = 20;
const oneEvery = 200;
/** A server whose name has no address, or a socket that broke, is tried again with a line that comes so much later (ms). */
const againAfter = 60000;

const months: readonly string[] = Object.freeze([
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec",
]);

/** The time that lines of RFC 3164 tell. */
export interface LocalTime {
	/** Seconds since 1970 in local time, -1 where the zone is not known: then it is UTC. */
	readonly localSeconds: number;
}

export class Syslog {
	/** Lines sent, and lines held back because there were too many. */
	sent = 0;
	dropped = 0;
	private readonly network: Network;
	private readonly clock: Clock;
	private readonly time: LocalTime;
	private readonly device: string;
	private readonly packet = new Uint8Array(Limits.syslogPacket);
	private readonly broken: (this: UdpSocket) => void;
	private socket: UdpSocket | undefined;
	private host = "";
	private startedAt = 0;
	private address = "";
	private port = 0;
	private serial = 0;
	private sending = false;
	private tokens = burst;
	private filledAt = 0;
	/** Lines held back since the last one sent. */
	private missing = 0;
	private fill = 0;
	/** Waits for the first server. */
	private first: string;

	/**
	 * @param device the phone's name, such as SEP001122334455.
	 * @param first a line that the first server gets as soon as its address is known; '' for none.
	 */
	constructor(network: Network, clock: Clock, time: LocalTime, device: string, first = "") {
		this.first = first;
		this.network = network;
		this.clock = clock;
		this.time = time;
		this.device = device;
		const self = this;
		this.broken = function (this: UdpSocket): void {
			if (this === self.socket) self.close();
		};
	}

	/** Sends lines to a host from now on, as soon as its address is known. */
	start(host: string, port: number): void {
		this.host = host;
		this.port = port;
		this.open();
	}

	stop(): void {
		this.host = "";
		this.close();
	}

	private open(): void {
		this.close();
		const serial = this.serial;
		this.startedAt = this.clock.ticks;
		this.network.resolve(this.host, (address) => {
			if (serial !== this.serial || address === undefined) return;
			this.address = address;
			this.socket = this.network.datagrams({ onError: this.broken });
			const first = this.first;
			this.first = "";
			if (first !== "") this.log(first);
		});
	}

	private close(): void {
		this.serial += 1;
		const socket = this.socket;
		this.socket = undefined;
		socket?.close();
	}

	/** Sends a line, if there is a server and not too many came before it. */
	log(line: string): void {
		const now = this.clock.ticks;
		if (this.socket === undefined && this.host !== "" && now - this.startedAt >= againAfter) this.open();
		if (this.socket === undefined || this.sending) return;
		const gained = Math.floor((now - this.filledAt) / oneEvery);
		if (gained > 0) {
			this.tokens = Math.min(burst, this.tokens + gained);
			this.filledAt = this.tokens === burst ? now : this.filledAt + gained * oneEvery;
		}
		if (this.tokens < 1) {
			this.missing += 1;
			this.dropped += 1;
			return;
		}
		this.tokens -= 1;
		this.sending = true;
		if (this.missing > 0) this.send(`${this.missing} lines before this one were not sent: too many at once`);
		this.missing = 0;
		this.send(line);
		this.sending = false;
	}

	private send(line: string): void {
		this.fill = 0;
		this.put(`<${priority}>`);
		this.putTime();
		this.put("linnet: ");
		this.put(line);
		this.sent += 1;
		this.socket?.write(this.packet.subarray(0, this.fill), this.address, this.port);
	}

	/** Time and device, as RFC 3164 has them; before the time is known neither, and the receiver puts in its own. */
	private putTime(): void {
		const { localSeconds } = this.time;
		const seconds = localSeconds < 0 ? this.clock.wallClock : localSeconds;
		if (seconds === 0) return;
		const days = Math.floor(seconds / 86400);
		const second = Math.floor(seconds - days * 86400);
		const year = yearOf(days);
		const month = monthOf(days, year);
		const day = dayOf(days, year, month);
		this.put(`${months[month - 1] ?? ""} ${day < 10 ? " " : ""}${day} `);
		this.put(`${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)} `);
		this.put(`${this.device} `);
	}

	/** Adds text as UTF-8, control characters as spaces; what does not fit is cut between characters. */
	private put(text: string): void {
		const packet = this.packet;
		for (let i = 0; i < text.length; i += 1) {
			const code = text.codePointAt(i) ?? 0;
			const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
			if (this.fill + size > packet.length) return;
			if (size === 1) packet[this.fill] = code < 0x20 || code === 0x7f ? 0x20 : code;
			else {
				packet[this.fill] = ((0xf00 >> size) & 0xff) | (code >> (6 * (size - 1)));
				for (let rest = size - 1; rest > 0; rest -= 1)
					packet[this.fill + size - rest] = 0x80 | ((code >> (6 * (rest - 1))) & 0x3f);
			}
			this.fill += size;
			// two places of the text, but one on engines that count whole characters
			if (text.charCodeAt(i) !== code) i += 1;
		}
	}
}

function two(number: number): string {
	return number < 10 ? `0${number}` : String(number);
}
