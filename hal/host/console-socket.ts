/*
 * The console of the phone on the host: a socket of the system's with a path, for the program's user alone. One is served at a time; who
 * comes next has his place when he has been silent for a while, and is sent away before that.
 */

import { octetsOf } from "base/octets";
import type { Clock, ConsolePort, Dialogue, ServedSocket, TcpCallbacks, TcpListener, TimerHandle } from "hal/hardware";
import { HostListener } from "hal/host/listener";
import { Program } from "hal/host/program";

/** Octets that are read at once, and room for a line of an answer. */
const pieceSize = 64;
const lineSize = 256;
/** How long somebody keeps the place who says nothing, and how long an answer stays that he does not read (ms). */
const silence = 10_000;
const stalled = 2_000;
const busyText = "! somebody else is at this console\n";

type Begin = (serial: boolean) => Dialogue;

/** Somebody who is connected. */
class Client {
	readonly socket: ServedSocket;
	readonly dialogue: Dialogue;
	readonly piece = new Uint8Array(pieceSize);
	readonly out = new Uint8Array(lineSize);
	at = 0;
	count = 0;
	/** Octets that the socket takes now, and when anything came or went last (ticks). */
	room = 0;
	moved = 0;
	/** Is looked at already. */
	busy = false;
	/** While he does not read. */
	patience: TimerHandle | undefined = undefined;

	constructor(socket: ServedSocket, dialogue: Dialogue) {
		this.socket = socket;
		this.dialogue = dialogue;
	}
}

export class ConsoleSocket implements ConsolePort {
	private readonly path: string;
	private readonly clock: Clock;
	private begin: Begin | undefined = undefined;
	private client: Client | undefined = undefined;

	/** @param clock goes whatever the phone's does. */
	constructor(path: string, clock: Clock) {
		this.path = path;
		this.clock = clock;
	}

	/** A socket that cannot be had ends the program: who wants one has to know. */
	open(begin: Begin): void {
		const { path } = this;
		this.begin = begin;
		const self = this;
		try {
			new HostListener(path, 0, function (this: TcpListener) {
				self.welcome(this);
			});
		} catch (error) {
			Program.refuse(`--console: ${error instanceof Error ? error.message : error}`);
		}
	}

	memory(figures: Uint32Array): void {
		Program.memory(figures);
	}

	private welcome(listener: TcpListener): void {
		const self = this;
		for (;;) {
			const callbacks: TcpCallbacks = {
				onReadable() {
					self.goOn(this);
				},
				onWritable(room) {
					const { client } = self;
					if (client?.socket === this) {
						client.room = room;
						client.moved = self.clock.ticks;
						self.goOn(this);
					} else {
						this.write(octetsOf(busyText));
						this.close();
					}
				},
				onError() {
					if (self.client?.socket === this) self.leave();
					else this.close();
				},
			};
			const socket = listener.read(callbacks);
			if (socket === undefined) return;
			const { begin, client, clock } = this;
			if (client !== undefined && clock.ticks - client.moved < silence) continue;
			this.leave();
			this.client = new Client(socket, (begin as Begin)(false));
			this.client.moved = clock.ticks;
		}
	}

	/** Whoever is there is so no more. */
	private leave(): void {
		const { client } = this;
		this.client = undefined;
		if (client === undefined) return;
		this.clock.cancel(client.patience);
		client.socket.close();
	}

	/** Takes what has come and gives what is to be read, as far as there is room. */
	private goOn(socket: object): void {
		const { client, clock } = this;
		if (client?.socket !== socket || client.busy) return;
		client.busy = true;
		while (this.client === client && this.step(client));
		client.busy = false;
		if (this.client === client && client.dialogue.busy) client.patience ??= clock.after(stalled, () => this.leave());
	}

	/** @returns whether there may be more to do. */
	private step(client: Client): boolean {
		const { dialogue, out, piece, socket } = client;
		if (dialogue.busy) {
			if (client.room < lineSize) return false;
			this.clock.cancel(client.patience);
			client.patience = undefined;
			const count = dialogue.read(out);
			if (count > 0) client.room = socket.write(out.subarray(0, count));
			return true;
		}
		if (client.at === client.count) {
			client.at = 0;
			client.count = socket.read(piece) ?? 0;
			if (client.count === 0) return false;
			client.moved = this.clock.ticks;
		}
		dialogue.take(piece[client.at] as number);
		client.at += 1;
		return true;
	}
}
