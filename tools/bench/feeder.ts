/*
 * Stands between a phone and its call agent and feeds the phone one message at a time: the next goes only when the phone has
 * told what the last one cost. So each message has a cost of its own, and it is the same in every run.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Work } from "../phone/emulator.js";

/** What the phone did with one message. */
export interface MessageCost {
	/** SCCP message id. */
	id: number;
	instructions: number;
}

const lengthOctets = 8;

export class Feeder {
	/** What messages cost, in order. */
	readonly costs: MessageCost[] = [];
	/** All work so far in instructions, but for ticks of the sound pipeline and lines on the control channel. */
	total = 0;
	private readonly server: Server;
	private readonly queue: Buffer[] = [];
	private phone: Socket | undefined;
	private fed: number | undefined;
	/** The connection's own beginning is told first, as a message is. */
	private ready = false;

	private constructor(server: Server) {
		this.server = server;
	}

	/** Listens on loopback for one phone, which gets what the call agent at `port` there says. */
	static async open(port: number): Promise<Feeder> {
		const server = createServer({ noDelay: true });
		const feeder = new Feeder(server);
		server.on("connection", (phone) => feeder.relay(phone, connect({ host: "127.0.0.1", port, noDelay: true })));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		return feeder;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	/** Whether the phone has done all that it was given. */
	get idle(): boolean {
		return this.ready && this.fed === undefined && this.queue.length === 0;
	}

	/** To be called with all that the phone tells of its work. */
	worked(whose: number, instructions: number): void {
		if (whose === Work.tick || whose === Work.lines) return;
		this.total += instructions;
		if (whose !== Work.connection) return;
		this.ready = true;
		if (this.fed !== undefined) this.costs.push({ id: this.fed, instructions });
		this.fed = undefined;
		this.feed();
	}

	close(): void {
		this.server.close();
		this.phone?.destroy();
	}

	private relay(phone: Socket, agent: Socket): void {
		let rest: Buffer = Buffer.alloc(0);
		this.phone = phone;
		agent.on("data", (data) => {
			rest = Buffer.concat([rest, data]);
			for (;;) {
				const size = rest.length < lengthOctets ? Number.POSITIVE_INFINITY : rest.readUInt32LE(0) + lengthOctets;
				if (rest.length < size) break;
				this.queue.push(rest.subarray(0, size));
				rest = rest.subarray(size);
			}
			this.feed();
		});
		phone.on("data", (data) => agent.write(data));
		phone.on("close", () => agent.destroy());
		agent.on("close", () => phone.destroy());
		for (const socket of [phone, agent]) socket.on("error", () => {});
	}

	private feed(): void {
		if (!this.ready || this.fed !== undefined) return;
		const message = this.queue.shift();
		if (!message) return;
		this.fed = message.readUInt32LE(lengthOctets);
		this.phone?.write(message);
	}
}
