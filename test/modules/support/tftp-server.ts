// A TFTP server for specifications, with the habits of real ones, on a network that loses, doubles and delays.
import type { FakeClock, FakeDatagrams, Packet } from "./fakes.js";

/** How a server behaves. */
export interface Habits {
	/** Answers options; otherwise it begins with the first block. */
	options: boolean;
	/** Refuses a request with options with this error, 0 for none. */
	refuses: number;
	/** Largest block that it grants. */
	largest: number;
	/** The number after block 65535. */
	wrap: number;
	/** Sends the next block again for each acknowledgement that comes again, as early servers did. */
	apprentice: boolean;
	/** Size that it announces, -1 for the file's own. */
	announced: number;
}

export const usualHabits: Habits = {
	options: true,
	refuses: 0,
	largest: 65464,
	wrap: 0,
	apprentice: false,
	announced: -1,
};

export const serverAddress = "192.0.2.69";

export function text(octets: Uint8Array, at: number): string[] {
	return String.fromCharCode(...octets.subarray(at)).split("\0");
}

/** One transfer of the server, on a port of its own. */
class Sending {
	readonly port: number;
	readonly blockSize: number;
	readonly optionAck: number[] | undefined;
	readonly clientPort: number;
	block = 0;
	number = 0;
	over = false;
	sentAt = 0;
	private readonly server: TftpServer;

	constructor(server: TftpServer, port: number, clientPort: number, request: Uint8Array) {
		this.server = server;
		this.port = port;
		this.clientPort = clientPort;
		const fields = text(request, 2);
		const asked = new Map<string, string>();
		for (let i = 2; i + 1 < fields.length; i += 2) asked.set(fields[i] as string, fields[i + 1] as string);
		const blockSize = asked.get("blksize");
		if (server.habits.options && blockSize !== undefined) {
			this.blockSize = Math.min(Number(blockSize), server.habits.largest);
			const size = server.habits.announced < 0 ? server.file.length : server.habits.announced;
			const words = ["BlkSize", `${this.blockSize}`, "timeout", asked.get("timeout"), "tsize", `${size}`];
			this.optionAck = [0, 6, ...[...`${words.join("\0")}\0`].map((character) => character.charCodeAt(0))];
		} else {
			this.blockSize = 512;
			this.optionAck = undefined;
			this.advance();
		}
	}

	get packet(): number[] {
		if (this.block === 0) return this.optionAck as number[];
		const from = (this.block - 1) * this.blockSize;
		return [0, 3, this.number >> 8, this.number & 255, ...this.server.file.subarray(from, from + this.blockSize)];
	}

	private get last(): boolean {
		return this.block * this.blockSize > this.server.file.length;
	}

	private advance(): void {
		this.block += 1;
		this.number = this.number === 65535 ? this.server.habits.wrap : this.number + 1;
	}

	/** @returns what is sent back. */
	take(packet: Uint8Array): number[][] {
		if (packet[1] === 5) this.over = true;
		if (this.over || packet[1] !== 4) return [];
		const number = ((packet[2] as number) << 8) | (packet[3] as number);
		if (number === this.number) {
			if (this.block > 0 && this.last) {
				this.over = true;
				return [];
			}
			this.advance();
			return [this.packet];
		}
		return this.server.habits.apprentice && number === this.number - 1 ? [this.packet] : [];
	}
}

export class TftpServer {
	habits: Habits;
	file: Uint8Array;
	name = "file";
	/** Names asked for. */
	readonly requests: string[] = [];
	/** Errors that clients sent, as 'CODE TEXT'. */
	readonly errors: string[] = [];
	/** Blocks sent, those sent again included. */
	blocks = 0;
	private readonly sendings: Sending[] = [];
	private nextPort = 40000;

	constructor(file: Uint8Array, habits: Partial<Habits> = {}) {
		this.file = file;
		this.habits = { ...usualHabits, ...habits };
	}

	/** @param from the client's port, which tells its transfers apart. @returns what is sent back. */
	take(packet: Packet, from: number, now: number): Packet[] {
		const { octets, port } = packet;
		if (octets[1] === 5) this.errors.push(`${octets[3]} ${text(octets, 4)[0]}`);
		if (port !== 69) {
			const sending = this.sendings.find((candidate) => candidate.port === port && candidate.clientPort === from);
			if (sending === undefined) return [];
			sending.sentAt = now;
			return this.send(sending, sending.take(octets));
		}
		const [name = ""] = text(octets, 2);
		this.requests.push(text(octets, 2).slice(0, -1).join(" "));
		this.nextPort += 1;
		if (name !== this.name) return [this.error(1, "File not found")];
		if (this.habits.refuses !== 0 && text(octets, 2).length > 3) return [this.error(this.habits.refuses, "no options")];
		const sending = new Sending(this, this.nextPort, from, octets);
		sending.sentAt = now;
		this.sendings.push(sending);
		return this.send(sending, [sending.packet]);
	}

	/** What is sent again after two seconds without an answer. */
	look(now: number): Packet[] {
		const packets: Packet[] = [];
		for (const sending of this.sendings) {
			if (sending.over || now - sending.sentAt < 2000) continue;
			sending.sentAt = now;
			packets.push(...this.send(sending, [sending.packet]));
		}
		return packets;
	}

	private error(code: number, words: string): Packet {
		const octets = [0, 5, 0, code, ...[...`${words}\0`].map((character) => character.charCodeAt(0))];
		return { octets: Uint8Array.from(octets), address: serverAddress, port: this.nextPort };
	}

	private send(sending: Sending, packets: number[][]): Packet[] {
		this.blocks += packets.length;
		return packets.map((octets) => ({
			octets: Uint8Array.from(octets),
			address: serverAddress,
			port: sending.port,
		}));
	}
}

/** What becomes of a packet: the delays in ms of its copies, none when it is lost. */
export type Fate = () => readonly number[];

/** Carries packets between a client's newest socket and a server until nothing more happens or `until` says so. */
export function carry(
	clock: FakeClock,
	sockets: readonly FakeDatagrams[],
	server: TftpServer,
	until: () => boolean,
	fate: Fate = () => [1],
	most = 600000,
): void {
	const up: { due: number; packet: Packet; from: number }[] = [];
	const down: { due: number; packet: Packet; to: number }[] = [];
	const end = clock.ticks + most;
	const back = (packets: Packet[], to: number): void => {
		for (const packet of packets) for (const delay of fate()) down.push({ due: clock.ticks + delay, packet, to });
	};
	while (!until() && clock.ticks < end) {
		sockets.forEach((socket, from) => {
			for (const packet of socket.take())
				for (const delay of fate()) up.push({ due: clock.ticks + delay, packet, from });
		});
		for (const item of up.splice(0)) {
			if (item.due > clock.ticks) up.push(item);
			else back(server.take(item.packet, item.from, clock.ticks), item.from);
		}
		const from = sockets.length - 1;
		back(server.look(clock.ticks), from);
		const due = down.filter((item) => item.due <= clock.ticks);
		const waiting = down.filter((item) => item.due > clock.ticks);
		down.splice(0, down.length, ...waiting);
		for (const item of due) sockets[item.to]?.deliver(item.packet);
		// an idle network: straight to what happens next
		clock.advance(up.length + down.length > 0 || due.length > 0 ? 1 : 50);
	}
}
