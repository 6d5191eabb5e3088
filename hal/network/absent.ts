/*
 * What the bodies' networks hand out where there can be no socket: it takes nothing, gives nothing, and says so a moment later, as a
 * socket that fails would.
 */
import type { TcpOptions, TcpSocket, UdpOptions, UdpSocket } from "hal/hardware";
import Timer from "timer";

class AbsentTcp implements TcpSocket {
	read(): undefined {
		return undefined;
	}

	write(): number {
		throw new Error("the socket is closed");
	}

	close(): void {}
}

class AbsentUdp implements UdpSocket {
	readonly address = "";
	readonly port = 0;

	read(): undefined {
		return undefined;
	}

	write(): void {}

	close(): void {}
}

/** Stands in for a connection that could not even be begun. @param end a number of `TcpEnd`: why. */
export function absentTcp(options: TcpOptions, end: number): TcpSocket {
	const socket = new AbsentTcp();
	Timer.set(() => options.onError?.call(socket, end), 0);
	return socket;
}

/** Stands in for a UDP socket that could not be opened. */
export function absentUdp(options: UdpOptions): UdpSocket {
	const socket = new AbsentUdp();
	Timer.set(() => options.onError?.call(socket), 0);
	return socket;
}
