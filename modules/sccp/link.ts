/*
 * The link: one TCP connection to a call agent. Puts messages together from any segmentation, sends each message in one
 * write, waits while the socket is busy, sends keepalives and gives the connection up when they stay unanswered.
 */
import { tcpEndWords, Word } from "base/words";
import {
	type Clock,
	type Network,
	TcpEnd,
	type TcpEndpoint,
	type TimerHandle,
	type Wire,
	type WireLink,
} from "hal/hardware";
import { Limits } from "limits";
import { Connection, type ConnectionOwner } from "sccp/connection";
import type { Dispatch } from "sccp/dispatch";
import { headerSize, uncounted } from "sccp/message";
import { KeepAliveAck, KeepAliveReq, type Message, RegisterReq, UnregisterReq } from "sccp/messages";
import type { Reader } from "sccp/reader";
import { Writer } from "sccp/writer";

/** Who opens the link and learns what becomes of it. */
export interface LinkListener {
	/** The connection is up. */
	linkUp(): void;
	/**
	 * The connection is gone, or there is none. Not called after {@link Link.close}.
	 * @param reason a sentence for the log. @param end a number of `TcpEnd`; unknown when this side ended it.
	 */
	linkDown(reason: string, end: number): void;
}

/**
 * How many keepalive intervals in a row pass with nothing heard until a connection is lost, as Cisco phones count: the third that would be
 * sent is not sent any more.
 */
export const silentIntervals = 3;
/** What {@link LinkListener.linkDown} is told of a call agent that has fallen silent. */
export const silence = Word.noKeepalives;
/** Messages up to this size have their views made at boot. */
const viewLimit = 64;
/** Sizes above it for which views are kept: those of registration and of the statistics after each call. */
const largeViewsMost = 8;
/** No server sends a header version above this; chan_skinny repeats what phones declare, at most 22. */
const headerVersionLimit = 0xff;

export class Link implements ConnectionOwner, WireLink {
	readonly writer: Writer;
	readonly reader: Reader;
	/** Messages received and sent since boot. */
	received: number;
	sent: number;
	/** Called with true when what has arrived begins to be handed on, with false when all has been: the moment to show what it changed. */
	reading: ((begins: boolean) => void) | undefined;
	/** Is told of each message while somebody looks. */
	wire: Wire | undefined;
	/** Another number for each connection, and when one is closed. */
	serial: number;
	/** True between linkUp and linkDown or close. */
	up: boolean;
	private readonly network: Network;
	private readonly clock: Clock;
	private readonly dispatch: Dispatch;
	private readonly views: Uint8Array[];
	private readonly largeViews: Uint8Array[];
	private readonly keepAliveTick: () => void;
	private listener: LinkListener | undefined;
	private connection: Connection | undefined;
	private fill: number;
	/** ToS byte of connections that are opened from now on; CS3 (RFC 4594) where nobody says otherwise. */
	typeOfService: number;
	private misses: number;
	private keepAliveTimer: TimerHandle | undefined;

	constructor(network: Network, clock: Clock, dispatch: Dispatch, reader: Reader) {
		this.network = network;
		this.clock = clock;
		this.dispatch = dispatch;
		this.reader = reader;
		this.writer = new Writer();
		this.views = [];
		this.largeViews = [];
		const buffer = this.writer.octets.buffer;
		for (let size = 0; size <= viewLimit; size += 4) this.views.push(new Uint8Array(buffer, 0, size));
		this.keepAliveTick = () => this.keepAliveDue();
		this.received = 0;
		this.sent = 0;
		this.up = false;
		this.reading = undefined;
		this.wire = undefined;
		this.listener = undefined;
		this.connection = undefined;
		this.serial = 0;
		this.fill = reader.start;
		this.misses = 0;
		this.typeOfService = 0x60;
		this.keepAliveTimer = undefined;
	}

	/** Protocol version whose layouts and header are in force. */
	get version(): number {
		return this.writer.version;
	}

	set version(version: number) {
		this.writer.version = version;
		this.reader.version = version;
	}

	get agent(): string {
		return this.connection?.address ?? "";
	}

	get agentPort(): number {
		return this.connection?.port ?? 0;
	}

	/** Opens a connection to a dotted address; closes the one there was. */
	connect(address: string, endpoint: TcpEndpoint, listener: LinkListener): void {
		const connection = new Connection(this);
		this.begun(connection, listener);
		this.open(connection, address, endpoint);
	}

	/** Has a connection of another owner connect to a dotted address. */
	open(connection: Connection, address: string, endpoint: TcpEndpoint): void {
		connection.open(this.network, address, endpoint, this.typeOfService);
	}

	/** Takes over a connection that stands, on which nothing is agreed; closes the one there was. */
	adopt(connection: Connection, listener: LinkListener): void {
		this.begun(connection, listener);
		connection.owner = this;
		this.connectionWritable();
	}

	private begun(connection: Connection, listener: LinkListener): void {
		this.close();
		// nothing is agreed with this call agent yet
		this.version = 0;
		this.listener = listener;
		this.fill = this.reader.start;
		this.writer.drop(this.writer.length);
		this.connection = connection;
	}

	/** Closes the connection without telling the listener; what waits to be sent is lost. */
	close(): void {
		this.serial += 1;
		this.up = false;
		this.keepAlive(0);
		const connection = this.connection;
		this.connection = undefined;
		if (connection !== undefined) connection.close();
	}

	/** Closes the connection and tells the listener why. */
	fail(reason: string, end: number = TcpEnd.unknown): void {
		const listener = this.listener;
		this.listener = undefined;
		this.close();
		if (listener !== undefined) listener.linkDown(reason, end);
	}

	connectionEnded(end: number): void {
		const theirs = this.up && (end === TcpEnd.closed || end === TcpEnd.reset);
		const none = !this.up && end === TcpEnd.unknown;
		this.fail(none ? Word.noConnection : `${tcpEndWords[end]}${theirs ? ` ${Word.byCallAgent}` : ""}`, end);
	}

	/** Sends a keepalive every `seconds` from now on; 0 sends none. */
	keepAlive(seconds: number): void {
		this.clock.cancel(this.keepAliveTimer);
		this.keepAliveTimer = undefined;
		this.misses = 0;
		if (seconds > 0) this.keepAliveTimer = this.clock.every(seconds * 1000, this.keepAliveTick);
	}

	/** Begins a message; its fields are set on {@link writer}, then {@link send} sends it. */
	begin<K extends string>(message: Message<K>, extra = 0): Readonly<Record<K, number>> {
		const at = this.writer.begin(message, extra);
		this.writer.header(this.headerVersion(message.id));
		return at;
	}

	/**
	 * Sends the message begun, now or as soon as the socket takes it.
	 * @returns false when it was dropped because there is no connection.
	 */
	send(): boolean {
		if (!this.up) return false;
		if (!this.writer.end()) {
			this.fail(`call agent takes nothing: ${this.writer.length} octets wait to be sent`);
			return false;
		}
		this.flush();
		return this.up;
	}

	/** True when a message with a payload of `size` octets would go out at once: none of this size may wait. */
	takes(size: number): boolean {
		const whole = headerSize + size;
		const writable = this.connection?.writable ?? 0;
		return this.writer.length === 0 && whole <= Math.min(writable, this.writer.octets.length);
	}

	/** Sends a message without fields. */
	sendPlain(message: Message<never>): boolean {
		this.begin(message);
		return this.send();
	}

	/** Servers of version 10 and above put the version into the header, but not on these three. */
	private headerVersion(id: number): number {
		const version = this.writer.version;
		if (version < 10 || id === KeepAliveReq.id || id === RegisterReq.id || id === UnregisterReq.id) return 0;
		return version;
	}

	connectionWritable(): void {
		if (!this.up) {
			this.up = true;
			this.listener?.linkUp();
		}
		this.flush();
	}

	/** The first `size` octets of the transmit buffer; a larger size's view is made once and kept. */
	private view(size: number): Uint8Array {
		if (size <= viewLimit && (size & 3) === 0) return this.views[size >> 2] as Uint8Array;
		for (let i = 0; i < this.largeViews.length; i += 1) {
			const kept = this.largeViews[i] as Uint8Array;
			if (kept.length === size) return kept;
		}
		const view = this.writer.octets.subarray(0, size);
		if (this.largeViews.length < largeViewsMost) this.largeViews.push(view);
		return view;
	}

	/** Writes what waits, one message one write, as far as the socket takes it. */
	private flush(): void {
		const writer = this.writer;
		const serial = this.serial;
		while (writer.length > 0 && this.connection !== undefined) {
			const size = writer.rawU32(0) + uncounted;
			if (size > this.connection.writable) return;
			if (!this.connection.write(this.view(size))) {
				if (serial === this.serial) this.fail("connection closed while sending");
				return;
			}
			if (serial !== this.serial) return;
			this.sent += 1;
			if (this.wire?.watched) this.wire.message(writer.octets, 0, size, true, this);
			writer.drop(size);
		}
	}

	connectionReadable(): void {
		this.reading?.(true);
		this.readAll();
		this.reading?.(false);
	}

	private readAll(): void {
		const serial = this.serial;
		const chunk = this.reader.chunk;
		for (;;) {
			const count = this.connection?.read(chunk);
			if (count === undefined || count <= 0) return;
			// whatever it says, it is there
			this.misses = 0;
			this.take(count);
			if (serial !== this.serial || count < chunk.length) return;
		}
	}

	/** Adds `count` octets of the chunk to what was received and hands on all whole messages. */
	private take(count: number): void {
		const reader = this.reader;
		const serial = this.serial;
		let from = 0;
		while (from < count) {
			const step = Math.min(count - from, reader.limit - this.fill);
			reader.octets.copyWithin(this.fill, from, from + step);
			this.fill += step;
			from += step;
			this.handOn();
			if (serial !== this.serial) return;
		}
	}

	private handOn(): void {
		const reader = this.reader;
		const serial = this.serial;
		let at = reader.start;
		while (this.fill - at >= 4) {
			const length = reader.rawU32(at);
			if (length < headerSize - uncounted || length > Limits.receiveMessage - uncounted) {
				this.fail(`message of length ${length} received, 4 to ${Limits.receiveMessage - uncounted} expected`);
				return;
			}
			if (this.fill - at < uncounted + length) break;
			reader.open(at, length - 4);
			this.received += 1;
			if (this.wire?.watched) this.wire.message(reader.octets, at, uncounted + length, false, this);
			at += uncounted + length;
			if (reader.headerVersion > headerVersionLimit) this.dispatch.skipHeader(reader);
			else if (reader.id !== KeepAliveAck.id) this.dispatch.dispatch(reader);
			if (serial !== this.serial) return;
		}
		if (at > reader.start) {
			if (at < this.fill) reader.octets.copyWithin(reader.start, at, this.fill);
			this.fill -= at - reader.start;
		}
	}

	private keepAliveDue(): void {
		this.misses += 1;
		if (this.misses >= silentIntervals) this.fail(silence);
		else this.sendPlain(KeepAliveReq);
	}
}
