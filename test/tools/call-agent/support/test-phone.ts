/*
 * A scripted phone for tests of the call agent: raw sockets and octets made by hand, nothing of the agent's code and
 * nothing of the phone's.
 */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { connect, type Socket } from "node:net";

export interface ReceivedMessage {
	readonly id: number;
	readonly version: number;
	readonly payload: Buffer;
	/** The whole frame. */
	readonly frame: Buffer;
}

export interface RtpReceived {
	readonly payloadType: number;
	readonly sequence: number;
	readonly timestamp: number;
	readonly ssrc: number;
	readonly payload: Buffer;
}

/** A little-endian payload of u32 values. */
export function words(...values: number[]): Buffer {
	const payload = Buffer.alloc(4 * values.length);
	values.forEach((value, index) => {
		payload.writeUInt32LE(value >>> 0, 4 * index);
	});
	return payload;
}

export class TestPhone {
	/** Everything that came, in order. */
	readonly log: ReceivedMessage[] = [];
	readonly rtp: RtpReceived[] = [];
	/** Answers OpenReceiveChannel by itself. */
	autoOpen = true;
	/** Status in those answers. */
	openStatus = 0;
	closed = false;
	/** Pass-through party of the last OpenReceiveChannel. */
	passThruParty = 0;
	rtpPort = 0;
	/** Where the last StartMediaTransmission told it to send. */
	destination: { address: string; port: number } | undefined;
	private pending = Buffer.alloc(0);
	private readonly waiting = new Set<() => void>();
	private sequence = 100;

	private constructor(
		readonly name: string,
		readonly version: number,
		private readonly socket: Socket,
		private readonly udp: UdpSocket,
	) {
		socket.on("data", (octets: Buffer) => this.received(octets));
		socket.on("error", () => {});
		socket.on("close", () => {
			this.closed = true;
			udp.close();
			this.changed();
		});
		udp.on("message", (packet: Buffer) => {
			this.rtp.push({
				payloadType: packet.readUInt8(1) & 127,
				sequence: packet.readUInt16BE(2),
				timestamp: packet.readUInt32BE(4),
				ssrc: packet.readUInt32BE(8),
				payload: Buffer.from(packet.subarray(12)),
			});
			this.changed();
		});
	}

	/** Connects; says nothing yet. */
	static async connect(port: number, name: string, version: number): Promise<TestPhone> {
		const udp = createSocket("udp4");
		await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
		const socket = connect({ port, host: "127.0.0.1", noDelay: true });
		await new Promise<void>((resolve, reject) => {
			socket.once("connect", resolve);
			socket.once("error", reject);
		});
		const phone = new TestPhone(name, version, socket, udp);
		phone.rtpPort = udp.address().port;
		return phone;
	}

	/** Connects and registers with the requests that the phone of the captures made. */
	static async register(port: number, name: string, version: number, lines = 1, speedDials = 1): Promise<TestPhone> {
		const phone = await TestPhone.connect(port, name, version);
		phone.send(0x20, Buffer.concat([words(2), text(`25: Name=${name} Load=1 Last=Init`, 80), words(0, 0x0100007f)]));
		phone.sendRegister();
		await phone.wait(0x9b);
		phone.send(0x10, words(2, 4, 20, 0, 0, 2, 20, 0, 0));
		for (const [request, answer] of [
			[0x0e, 0x97],
			[0x28, 0x108],
			[0x25, 0x109],
			[0x0f, 0x98],
		] as const) {
			phone.send(request);
			await phone.wait(answer);
		}
		for (let line = 1; line <= lines; line++) {
			phone.send(0x0b, words(line));
			await phone.waitFor(() => phone.count(0x92) + phone.count(0x147) >= line, `LineStat ${line}`);
			phone.send(0x09, words(line));
		}
		for (let dial = 1; dial <= speedDials; dial++) {
			phone.send(0x0a, words(dial));
			await phone.waitFor(() => phone.count(0x91) + phone.count(0x149) >= dial, `SpeedDialStat ${dial}`);
		}
		phone.send(0x2d, words(lines));
		phone.send(0x0d);
		await phone.wait(0x94);
		phone.send(0x12);
		await phone.wait(0x9e);
		return phone;
	}

	sendRegister(): void {
		const head = Buffer.concat([
			text(this.name, 16),
			words(0, 1, 0x0100007f, 7, 0, 0, this.version ? this.version | 0x85000000 : 0),
		]);
		this.send(
			0x01,
			this.version >= 11 ? Buffer.concat([head, words(0, 0), text("112233445566", 12), words(0, 0)]) : head,
		);
	}

	/** Sends a message in one write. */
	send(id: number, payload: Buffer = Buffer.alloc(0), headerVersion = 0): void {
		this.write(Buffer.concat([words(payload.length + 4, headerVersion, id), payload]));
	}

	/** Sends octets as they are. */
	write(octets: Buffer): void {
		if (!this.closed) this.socket.write(octets);
	}

	private received(octets: Buffer): void {
		this.pending = Buffer.concat([this.pending, octets]);
		while (this.pending.length >= 12) {
			const size = this.pending.readUInt32LE(0) + 8;
			if (this.pending.length < size) break;
			const frame = Buffer.from(this.pending.subarray(0, size));
			this.pending = this.pending.subarray(size);
			const message = {
				id: frame.readUInt32LE(8),
				version: frame.readUInt32LE(4),
				payload: frame.subarray(12),
				frame,
			};
			this.log.push(message);
			this.answer(message);
		}
		this.changed();
	}

	private answer({ id, payload }: ReceivedMessage): void {
		if (id === 0x105) {
			this.passThruParty = payload.readUInt32LE(4);
			if (this.autoOpen) this.open();
		}
		if (id === 0x8a) {
			const wide = payload.length === 132 || payload.length === 168;
			const at = wide ? 12 : 8;
			this.destination = {
				address: [...payload.subarray(at, at + 4)].join("."),
				port: payload.readUInt32LE(wide ? 28 : 12),
			};
		}
		if (id === 0x8b) this.destination = undefined;
	}

	/** Octets that have come and make no message so far. */
	get rest(): number {
		return this.pending.length;
	}

	/** Sends OpenReceiveChannelAck for the last OpenReceiveChannel. */
	open(): void {
		const { openStatus: status, rtpPort: port, passThruParty: party } = this;
		if (this.version >= 17) this.send(0x22, words(status, 0, 0x0100007f, 0, 0, 0, port, party));
		else this.send(0x22, words(status, 0x0100007f, port, party));
	}

	/** Sends an RTP packet of 20 ms where it was told to. */
	sendRtp(payload: Buffer, payloadType = 0): void {
		if (!this.destination) throw new Error("no StartMediaTransmission yet");
		const head = Buffer.alloc(12);
		head.writeUInt8(0x80, 0);
		head.writeUInt8(payloadType, 1);
		head.writeUInt16BE(this.sequence & 0xffff, 2);
		head.writeUInt32BE(160 * this.sequence++, 4);
		head.writeUInt32BE(0x12345678, 8);
		this.udp.send(Buffer.concat([head, payload]), this.destination.port, this.destination.address);
	}

	/** Presses digits in the call that CallState last named. */
	press(digits: string): void {
		for (const digit of digits) this.send(0x03, words("0123456789ABCD*#".indexOf(digit), 1, this.reference));
	}

	/** Call reference of the last CallState that is one of a call: a key that watches a line is told of by one without. */
	get reference(): number {
		const states = this.log.filter(({ id, payload }) => id === 0x111 && payload.readUInt32LE(8) !== 0);
		return states.at(-1)?.payload.readUInt32LE(8) ?? 0;
	}

	/** Last call state of a call (the last named one when not given). */
	state(reference = this.reference): number {
		const states = this.log.filter(({ id, payload }) => id === 0x111 && payload.readUInt32LE(8) === reference);
		return states.at(-1)?.payload.readUInt32LE(0) ?? 0;
	}

	/** A softkey by event number. */
	softKey(event: number, reference = this.reference): void {
		this.send(0x26, words(event, 1, reference));
	}

	count(id: number): number {
		return this.log.filter((message) => message.id === id).length;
	}

	last(id: number): ReceivedMessage | undefined {
		return this.log.filter((message) => message.id === id).at(-1);
	}

	/** Waits until a message with this id has come (after `from` messages of the log). */
	async wait(id: number, from = 0): Promise<ReceivedMessage> {
		const find = () => this.log.slice(from).find((message) => message.id === id);
		await this.waitFor(() => find() !== undefined, `message 0x${id.toString(16)}`);
		const message = find();
		if (!message) throw new Error("unreachable");
		return message;
	}

	async waitState(state: number): Promise<void> {
		await this.waitFor(() => this.state() === state, `call state ${state}`);
	}

	/** Waits until the agent has answered a keepalive: whatever was sent before has been dealt with. */
	async settle(): Promise<void> {
		const before = this.count(0x100);
		this.send(0x00);
		await this.waitFor(() => this.count(0x100) > before, "KeepAliveAck");
	}

	/** Waits for a condition that messages, packets or the connection's end bring about. */
	waitFor(condition: () => boolean, what: string, milliseconds = 60_000): Promise<void> {
		return new Promise((resolve, reject) => {
			const check = () => {
				if (!condition()) return;
				clearTimeout(timer);
				this.waiting.delete(check);
				resolve();
			};
			const timer = setTimeout(() => {
				this.waiting.delete(check);
				const tail = this.log.slice(-8).map(({ id }) => id.toString(16));
				reject(new Error(`${this.name} waited in vain for ${what}; last came ${tail.join(" ")}`));
			}, milliseconds);
			this.waiting.add(check);
			check();
		});
	}

	private changed(): void {
		for (const check of [...this.waiting]) check();
	}

	/** Hangs up on the agent without a word. */
	close(): void {
		this.socket.destroy();
	}
}

function text(value: string, size: number): Buffer {
	const field = Buffer.alloc(size);
	field.write(value, 0, size - 1, "latin1");
	return field;
}
