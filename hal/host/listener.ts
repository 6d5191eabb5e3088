/*
 * The listener of the phone on the host, over ECMA-419's.
 */
import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import type { ListenOptions, ServedSocket, TcpCallbacks, TcpListener } from "hal/hardware";

/** The host's listener and TCP as used here. */
interface NativeListener {
	readonly port: number;
	readonly target?: HostListener;
	read(): object | undefined;
	close(): void;
}

interface ServedOptions extends TcpCallbacks {
	from: object;
}

const Native = Listener as unknown as new (options: {
	address: string;
	port: number;
	target: HostListener;
	onReadable: (this: NativeListener) => void;
}) => NativeListener;
const Tcp = TCP as unknown as new (options: ServedOptions) => ServedSocket;

function onReadable(this: NativeListener): void {
	this.target?.readable();
}

export class HostListener implements TcpListener {
	private readonly listener: NativeListener;
	private readonly told: ListenOptions["onReadable"];

	/** Throws when nobody can listen there. */
	constructor(address: string, port: number, told: ListenOptions["onReadable"]) {
		this.told = told;
		this.listener = new Native({ address, port, target: this, onReadable });
	}

	get port(): number {
		return this.listener.port;
	}

	read(callbacks: TcpCallbacks): ServedSocket | undefined {
		const from = this.listener.read();
		return from === undefined ? undefined : new Tcp({ ...callbacks, from });
	}

	readable(): void {
		this.told.call(this);
	}

	close(): void {
		this.listener.close();
	}
}
