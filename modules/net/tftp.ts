/*
 * TFTP client (RFC 1350, 2347, 2348, 2349) for one file at a time, in a buffer that is given. Made for any server: those that know
 * no options, grant smaller blocks, start block numbers anew at 0 or 1, or send a block twice.
 */
import type { Clock, Network, UdpSocket } from "hal/hardware";
import { ErrorCode, errorText, Opcode, Options, putError, putRequest } from "net/tftp-packet";
import { type Consumer, Failure, FileTransfer } from "net/transfer";

const State = Object.freeze({
	/** The request is out; nothing has come. */
	asking: 1,
	receiving: 2,
	/** The file is complete; the last acknowledgement may have been lost. */
	lingering: 3,
});

/** Wait for an answer in ms: doubled each time up to the last; so many packets are sent in vain before the server counts as gone. */
const firstWait = 1000;
const lastWait = 8000;
const attempts = 5;
/** Seconds after which the server is asked to send a block again. */
const serverTimeout = 2;
/** The time is looked at so often (ms). */
const tickEvery = 250;
/**
 * A block that comes again so soon (ms) was doubled on the way and is not acknowledged again: a server that answers
 * every acknowledgement would send all that follows twice. A server that missed the acknowledgement waits longer.
 */
const doubledWithin = 500;
/** How long the last acknowledgement is repeated when the last block comes again (ms). */
const lingerFor = 5000;
/** Octets before a block's data. */
const header = 4;

export class Tftp extends FileTransfer<UdpSocket> {
	private readonly network: Network;
	private readonly buffer: Uint8Array;
	private readonly largest: number;
	private readonly options = new Options();
	private readonly ack = new Uint8Array([0, Opcode.ack, 0, 0]);
	private readonly readable: (this: UdpSocket, count: number) => void;
	private readonly broken: (this: UdpSocket) => void;
	/** A whole block's data, made anew only when a server grants another size. */
	private block: Uint8Array;
	private state: number = State.asking;
	private askedPort = 0;
	/** The server's port for this transfer, 0 before its first packet. */
	private port = 0;
	private withOptions = true;
	/** Number of the block to come, 0-65535. */
	private expected = 1;
	private sentAt = 0;
	private wait = firstWait;
	private attempts = 0;

	/** @param buffer for one packet, at least 520 octets; used during a transfer only. */
	constructor(network: Network, clock: Clock, buffer: Uint8Array) {
		super(clock);
		this.network = network;
		this.buffer = buffer;
		// longer than a block by more than the header, so that a packet that is too long shows
		this.largest = buffer.length - 2 * header;
		this.block = buffer.subarray(header, header + this.largest);
		const self = this;
		this.readable = function (this: UdpSocket, count: number): void {
			self.drain(this, count);
		};
		this.broken = function (this: UdpSocket): void {
			if (this === self.socket) self.fail(Failure.unreachable, "no socket");
		};
	}

	protected get protocol(): string {
		return "TFTP";
	}

	protected get interval(): number {
		return tickEvery;
	}

	get(address: string, port: number, file: string, consumer: Consumer, limit: number): void {
		if (!this.begin(address, file, consumer, limit)) return;
		this.askedPort = port;
		this.withOptions = true;
		this.expected = 1;
		this.state = State.asking;
		this.restartWait();
		this.socket = this.network.datagrams({
			typeOfService: this.typeOfService,
			onReadable: this.readable,
			onError: this.broken,
		});
		this.ask();
	}

	override cancel(): void {
		if (this.busy && this.port !== 0) this.sendError(this.port, ErrorCode.undefined, "cancelled");
		super.cancel();
	}

	protected override close(): void {
		this.port = 0;
		super.close();
	}

	/** Tells the server and fails. */
	private refuse(code: number, reason: number, text: string): void {
		this.sendError(this.port, code, text);
		this.fail(reason, text);
	}

	private restartWait(): void {
		this.wait = firstWait;
		this.attempts = 1;
	}

	private ask(): void {
		const size = this.withOptions ? this.largest : 0;
		const length = putRequest(this.buffer, this.file, size, serverTimeout);
		this.sentAt = this.clock.ticks;
		this.socket?.write(this.buffer.subarray(0, length), this.address, this.askedPort);
	}

	/** Acknowledges the block before the one to come. */
	private acknowledge(block: number): void {
		this.ack[2] = block >> 8;
		this.ack[3] = block & 0xff;
		this.sentAt = this.clock.ticks;
		this.socket?.write(this.ack, this.address, this.port);
	}

	/** The block before the one to come has come again: so often at most, or a server that only repeats itself would never end. */
	private repeat(block: number): void {
		if (this.clock.ticks - this.sentAt < doubledWithin) return;
		if (this.attempts >= attempts) {
			this.fail(Failure.timedOut, `block ${block} again and again from ${this.address}`);
			return;
		}
		this.attempts += 1;
		this.acknowledge(block);
	}

	private sendError(port: number, code: number, text: string, address = this.address): void {
		const length = putError(this.buffer, code, text);
		this.socket?.write(this.buffer.subarray(0, length), address, port);
	}

	/** Sends again what nothing came back for. */
	protected look(): void {
		const waited = this.clock.ticks - this.sentAt;
		if (this.state === State.lingering) {
			if (waited >= lingerFor) this.close();
			return;
		}
		if (waited < this.wait) return;
		if (this.attempts >= attempts) {
			const what = this.state === State.asking ? "no answer" : `no more after ${this.count} octets`;
			this.fail(Failure.timedOut, `${what} from ${this.address}`);
			return;
		}
		this.attempts += 1;
		this.wait = Math.min(this.wait * 2, lastWait);
		if (this.state === State.asking) this.ask();
		else this.acknowledge((this.expected - 1) & 0xffff);
	}

	/** Reads so many packets and no more: those that come meanwhile are told of by themselves, and a flood of them stops nothing else. */
	private drain(socket: UdpSocket, count: number): void {
		for (let left = count; left > 0 && socket === this.socket; left -= 1) {
			const length = socket.read(this.buffer);
			if (length === undefined) return;
			if (length >= header || (length >= 2 && this.buffer[1] === Opcode.optionAck)) this.take(socket, length);
		}
	}

	private take(socket: UdpSocket, length: number): void {
		const buffer = this.buffer;
		const opcode = ((buffer[0] as number) << 8) | (buffer[1] as number);
		const known = socket.port === this.port || this.port === 0;
		if (!known || socket.address !== this.address) {
			// whoever sent it is to stop; an error is never answered by an error
			if (opcode !== Opcode.error)
				this.sendError(socket.port, ErrorCode.unknownTransfer, "unknown transfer", socket.address);
			return;
		}
		if (opcode === Opcode.data) this.takeData(socket.port, length);
		else if (opcode === Opcode.optionAck) this.takeOptions(socket.port, length);
		else if (opcode === Opcode.error && this.busy) this.takeError(length);
	}

	private takeOptions(port: number, length: number): void {
		if (this.state === State.receiving && this.expected === 1 && this.count === 0) {
			this.repeat(0);
			return;
		}
		if (this.state !== State.asking || !this.withOptions) return;
		this.port = port;
		if (!this.options.read(this.buffer, length, this.largest)) {
			this.refuse(ErrorCode.option, Failure.malformed, "option acknowledgement not understood");
			return;
		}
		if (this.start() && this.state === State.receiving) this.acknowledge(0);
	}

	/** The first packet of the server has come. @returns false when the transfer ended at once. */
	private start(): boolean {
		const { blockSize, size } = this.options;
		if (this.block.length !== blockSize) this.block = this.buffer.subarray(header, header + blockSize);
		this.state = State.receiving;
		this.roundTrips += 1;
		this.restartWait();
		if (size > this.limit) {
			this.refuse(ErrorCode.full, Failure.tooLarge, `file of ${size} octets, at most ${this.limit}`);
			return false;
		}
		return this.announce(size);
	}

	private takeData(port: number, length: number): void {
		const buffer = this.buffer;
		const block = ((buffer[2] as number) << 8) | (buffer[3] as number);
		if (this.state === State.asking) {
			if (block !== 1) return;
			this.port = port;
			this.options.clear();
			if (!this.start()) return;
		}
		// from 65535 some servers go on at 1
		if (this.state === State.receiving && this.expected === 0 && block === 1) this.expected = 1;
		if (block !== this.expected || this.state === State.lingering) {
			if (block === ((this.expected - 1) & 0xffff)) this.repeat(block);
			return;
		}
		this.takeBlock(block, length - header);
	}

	private takeBlock(block: number, size: number): void {
		const { blockSize, size: announced } = this.options;
		if (size > blockSize) {
			this.refuse(ErrorCode.illegal, Failure.malformed, `block longer than ${blockSize} octets`);
			return;
		}
		if (this.count + size > this.limit) {
			this.refuse(ErrorCode.full, Failure.tooLarge, `file of more than ${this.limit} octets`);
			return;
		}
		this.roundTrips += 1;
		const data = size === blockSize ? this.block : this.buffer.subarray(header, header + size);
		if (size > 0 && !this.hand(data)) return;
		this.expected = (block + 1) & 0xffff;
		this.restartWait();
		if (size === blockSize) {
			this.acknowledge(block);
			return;
		}
		if (announced >= 0 && announced !== this.count) {
			this.acknowledge(block);
			this.fail(Failure.malformed, `file ended after ${this.count} of ${announced} octets`);
			return;
		}
		this.state = State.lingering;
		this.acknowledge(block);
		const consumer = this.consumer;
		this.consumer = undefined;
		consumer?.end();
	}

	private takeError(length: number): void {
		const code = ((this.buffer[2] as number) << 8) | (this.buffer[3] as number);
		const asking = this.state === State.asking;
		if (asking && this.withOptions && (code === ErrorCode.option || code === ErrorCode.illegal)) {
			this.withOptions = false;
			this.restartWait();
			this.ask();
			return;
		}
		this.roundTrips += 1;
		const text = errorText(this.buffer, length);
		const reason = code === ErrorCode.notFound ? Failure.notFound : Failure.refused;
		this.fail(reason, `${text === "" ? `error ${code}` : text}`);
	}
}
