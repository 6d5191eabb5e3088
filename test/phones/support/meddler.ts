/*
 * A TCP relay between a phone and its call agent that makes trouble: it can stay silent, close, inject, repeat, split or
 * change what the call agent sends, one plan a connection. It knows no more of SCCP than the frame: length, version, id.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export interface Plan {
	/** Takes what the phone sends and never answers, nor tells the call agent. */
	silent?: boolean;
	/** Sent to the phone as soon as it is connected. */
	greeting?: Buffer;
	/** Closes when a message with this id comes from the phone, before it is passed on; 'connect' closes at once. */
	closeAt?: number | "connect";
	/** What becomes of each message of the call agent: the octets sent in its stead. */
	fromAgent?: (message: Buffer, id: number) => Buffer;
	/** What becomes of each message of the phone. */
	fromPhone?: (message: Buffer, id: number) => Buffer;
	/** Octets of one segment to the phone; each is sent by itself. */
	segment?: number;
}

const headerSize = 12;

/** A frame as SCCP has it: length (payload and id), header version, id, payload. */
export function frame(id: number, payload: Buffer = Buffer.alloc(0), version = 0): Buffer {
	const header = Buffer.alloc(headerSize);
	header.writeUInt32LE(payload.length + 4, 0);
	header.writeUInt32LE(version, 4);
	header.writeUInt32LE(id, 8);
	return Buffer.concat([header, payload]);
}

/** Cuts a stream into whole messages. */
class Framer {
	private rest: Buffer = Buffer.alloc(0);

	push(data: Buffer): Buffer[] {
		this.rest = Buffer.concat([this.rest, data]);
		const messages: Buffer[] = [];
		for (;;) {
			if (this.rest.length < headerSize) return messages;
			const size = this.rest.readUInt32LE(0) + 8;
			if (this.rest.length < size) return messages;
			messages.push(this.rest.subarray(0, size));
			this.rest = this.rest.subarray(size);
		}
	}
}

export class Meddler {
	/** Connections that the phone has made so far. */
	connections = 0;
	/** Ids of all messages that came from the phone, in order. */
	readonly heard: number[] = [];
	/** Plans for the next connections; without one a connection is passed through. */
	readonly plans: Plan[] = [];
	/** Plan of each connection for which `plans` holds none. */
	usual: Plan = {};
	private readonly server: Server;
	private readonly agentPort: number;
	private readonly sockets = new Set<Socket>();
	private phone: Socket | undefined;

	private constructor(agentPort: number) {
		this.agentPort = agentPort;
		this.server = createServer((socket) => this.accept(socket));
	}

	/** Listens on a free port of loopback and relays to `agentPort` there. */
	static async start(agentPort: number, ...plans: Plan[]): Promise<Meddler> {
		const meddler = new Meddler(agentPort);
		meddler.plans.push(...plans);
		await new Promise<void>((resolve, reject) => {
			meddler.server.once("error", reject);
			meddler.server.listen(0, "127.0.0.1", resolve);
		});
		return meddler;
	}

	/** Address to give to the phone. */
	get address(): string {
		return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Puts octets into the stream to the phone, between messages of the call agent. */
	inject(octets: Buffer): void {
		this.phone?.write(octets);
	}

	/** Ends the present connection on both sides; with `reset` as a crash would. */
	cut(reset = false): void {
		for (const socket of this.sockets) {
			if (reset) socket.resetAndDestroy();
			else socket.destroy();
		}
		this.sockets.clear();
	}

	async close(): Promise<void> {
		this.cut();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private track(socket: Socket): void {
		socket.setNoDelay(true);
		this.sockets.add(socket);
		socket.on("error", () => {});
		socket.on("close", () => this.sockets.delete(socket));
	}

	private accept(phone: Socket): void {
		this.connections++;
		const plan = this.plans.shift() ?? this.usual;
		this.track(phone);
		this.phone = phone;
		if (plan.closeAt === "connect") {
			phone.destroy();
			return;
		}
		if (plan.greeting) phone.write(plan.greeting);
		if (plan.silent) {
			phone.resume();
			return;
		}
		const agent = connect(this.agentPort, "127.0.0.1");
		this.track(agent);
		phone.on("close", () => agent.destroy());
		agent.on("close", () => phone.destroy());
		const fromPhone = new Framer();
		phone.on("data", (data) => {
			for (const message of fromPhone.push(data)) {
				const id = message.readUInt32LE(8);
				this.heard.push(id);
				if (id === plan.closeAt) {
					phone.destroy();
					return;
				}
				agent.write(plan.fromPhone ? plan.fromPhone(message, id) : message);
			}
		});
		const fromAgent = new Framer();
		agent.on("data", (data) => {
			for (const message of fromAgent.push(data)) {
				const octets = plan.fromAgent ? plan.fromAgent(message, message.readUInt32LE(8)) : message;
				const step = plan.segment ?? (octets.length || 1);
				for (let at = 0; at < octets.length; at += step) phone.write(octets.subarray(at, at + step));
			}
		});
	}
}
