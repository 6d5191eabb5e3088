/*
 * Port 80 of the phone, over one ECMA-419 listener of the SDK's: connections of the access point's guests are for the set-up page while
 * it is open, all others for the phone's pages. The SDK's listener is asked for so many connections as it has told of and no more:
 * each time that it is asked it makes a socket, and one for nothing is never let go.
 */
import { ChipSocket, type NativeTcp, type NativeTcpOptions, type Staging } from "hal/esp32s3/socket";
import type { ListenOptions, ServedSocket, TcpCallbacks, TcpListener } from "hal/hardware";

/** A connection as the SDK's listener gives it. */
export interface NativeConnection {
	close(): void;
}

/** The parts of ECMA-419's listener and TCP used here, and the other end's dotted address, '' when it has gone; handed in. */
export interface DoorwayIo {
	readonly Listener: new (options: {
		port: number;
		onReadable: (count: number) => void;
	}) => {
		read(): NativeConnection | undefined;
		close(): void;
	};
	readonly Tcp: new (options: NativeTcpOptions) => NativeTcp;
	peer(connection: NativeConnection): string;
}

export class Doorway {
	private readonly io: DoorwayIo;
	private readonly port: number;
	private readonly staging: Staging;
	private readonly log: (line: string) => void;
	private native: InstanceType<DoorwayIo["Listener"]> | undefined = undefined;
	private guestsDoor: Door | undefined = undefined;
	private door: Door | undefined = undefined;

	constructor(io: DoorwayIo, port: number, staging: Staging, log: (line: string) => void) {
		this.io = io;
		this.port = port;
		this.staging = staging;
		this.log = log;
	}

	/**
	 * Listens, in place of who did so before.
	 * @param guests what the addresses begin with whose connections are wanted, '' for those that nobody else wants.
	 */
	listen(onReadable: ListenOptions["onReadable"], guests = ""): TcpListener | undefined {
		try {
			this.native ??= new this.io.Listener({ port: this.port, onReadable: (count) => this.accept(count) });
		} catch (error) {
			this.log(`network: nobody can connect to port ${this.port}: ${error}`);
			return undefined;
		}
		const door = new Door(this, this.port, onReadable, guests);
		if (guests === "") this.door = door;
		else this.guestsDoor = door;
		return door;
	}

	/** A door's connection goes on with who hears of it. Throws when it has broken already. */
	take(from: NativeConnection, address: string, callbacks: TcpCallbacks): ServedSocket {
		return new ServedChipSocket(this.io.Tcp, this.staging, from, address, callbacks);
	}

	closed(door: Door): void {
		if (this.door === door) this.door = undefined;
		if (this.guestsDoor === door) this.guestsDoor = undefined;
		if (this.door !== undefined || this.guestsDoor !== undefined) return;
		this.native?.close();
		this.native = undefined;
	}

	private accept(count: number): void {
		for (let i = 0; i < count; i += 1) {
			const from = this.native?.read();
			if (from === undefined) return;
			const address = this.io.peer(from);
			const { guestsDoor } = this;
			const door = guestsDoor !== undefined && address.startsWith(guestsDoor.guests) ? guestsDoor : this.door;
			if (door === undefined || address === "") from.close();
			else door.admit(from, address);
		}
	}
}

class Door implements TcpListener {
	readonly port: number;
	readonly guests: string;
	private readonly doorway: Doorway;
	private readonly onReadable: ListenOptions["onReadable"];
	/** The connection that waits: it is read before the next one is looked at. */
	private from: NativeConnection | undefined = undefined;
	private address = "";

	constructor(doorway: Doorway, port: number, onReadable: ListenOptions["onReadable"], guests: string) {
		this.doorway = doorway;
		this.port = port;
		this.onReadable = onReadable;
		this.guests = guests;
	}

	/** A connection has come; one that nobody reads is closed. */
	admit(from: NativeConnection, address: string): void {
		this.from = from;
		this.address = address;
		this.onReadable.call(this);
		this.drop();
	}

	read(callbacks: TcpCallbacks): ServedSocket | undefined {
		const { from } = this;
		if (from === undefined) return undefined;
		try {
			const socket = this.doorway.take(from, this.address, callbacks);
			this.from = undefined;
			return socket;
		} catch {
			this.drop();
			return undefined;
		}
	}

	close(): void {
		this.drop();
		this.doorway.closed(this);
	}

	private drop(): void {
		const { from } = this;
		this.from = undefined;
		from?.close();
	}
}

const always = (): boolean => true;

class ServedChipSocket extends ChipSocket implements ServedSocket {
	readonly remoteAddress: string;

	constructor(
		Tcp: new (options: NativeTcpOptions) => NativeTcp,
		staging: Staging,
		from: NativeConnection,
		remoteAddress: string,
		callbacks: TcpCallbacks,
	) {
		super(Tcp, staging, callbacks, always, from);
		this.remoteAddress = remoteAddress;
	}
}
