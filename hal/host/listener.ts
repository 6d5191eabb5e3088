/*
 * The listener of the phone on the host, over ECMA-419's.
 */
import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import type { ListenOptions, ServedSocket, TcpCallbacks, TcpListener } from "hal/hardware";

/** The host's listener and TCP as used here. */
interface NativeListener {
	readonly port: number;
	read(): object | undefined;
	close(): void;
}

interface ServedOptions extends TcpCallbacks {
	from: object;
}

const Native = Listener as unknown as new (options: {
	address: string;
	port: number;
	onReadable: () => void;
}) => NativeListener;
const Tcp = TCP as unknown as new (options: ServedOptions) => ServedSocket;

export class HostListener implements TcpListener {
	readonly port: number;
	private readonly listener: NativeListener;

	/** Throws when nobody can listen there. */
	constructor(address: string, port: number, onReadable: ListenOptions["onReadable"]) {
		this.listener = new Native({ address, port, onReadable: () => onReadable.call(this) });
		this.port = this.listener.port;
	}

	read(callbacks: TcpCallbacks): ServedSocket | undefined {
		const from = this.listener.read();
		return from === undefined ? undefined : new Tcp({ ...callbacks, from });
	}

	close(): void {
		this.listener.close();
	}
}
