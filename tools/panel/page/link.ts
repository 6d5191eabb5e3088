/*
 * The page's WebSocket to the panel's server. Comes back by itself when the server was away.
 */
import { frameHeader, frameSamples, type PageMessage, type ServerMessage } from "./messages.js";

export interface LinkListener {
	connected(up: boolean): void;
	message(message: ServerMessage): void;
	/** 10 ms of a phone's sound. */
	frame(phone: number, samples: Int16Array): void;
}

const shortestWait = 250;
const longestWait = 3000;

export class Link {
	readonly #listener: LinkListener;
	#socket: WebSocket | undefined;
	#wait = shortestWait;

	constructor(listener: LinkListener) {
		this.#listener = listener;
		this.#open();
	}

	/** Sends a message; dropped while the server is away, as a key pressed on a dead phone is. */
	send(message: PageMessage): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
	}

	/** Sends 10 ms of microphone sound to a phone. */
	sendFrame(phone: number, samples: Int16Array): void {
		const socket = this.#socket;
		if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > 8192) return;
		const octets = new Uint8Array(frameHeader + samples.length * 2);
		octets[0] = phone;
		const view = new DataView(octets.buffer);
		samples.forEach((sample, index) => {
			view.setInt16(frameHeader + index * 2, sample, true);
		});
		socket.send(octets);
	}

	#open(): void {
		const socket = new WebSocket(`ws://${location.host}/panel`);
		socket.binaryType = "arraybuffer";
		this.#socket = socket;
		socket.onopen = () => {
			this.#wait = shortestWait;
			this.#listener.connected(true);
		};
		socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
			if (typeof event.data === "string") {
				this.#listener.message(JSON.parse(event.data) as ServerMessage);
				return;
			}
			if (event.data.byteLength !== frameHeader + frameSamples * 2) return;
			const view = new DataView(event.data);
			const samples = new Int16Array(frameSamples);
			for (let index = 0; index < frameSamples; index++) samples[index] = view.getInt16(frameHeader + index * 2, true);
			this.#listener.frame(view.getUint8(0), samples);
		};
		socket.onclose = () => {
			this.#listener.connected(false);
			setTimeout(() => this.#open(), this.#wait);
			this.#wait = Math.min(longestWait, this.#wait * 2);
		};
	}
}
