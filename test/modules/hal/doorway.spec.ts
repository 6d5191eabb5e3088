import { assert } from "chai";
import { Doorway, type DoorwayIo, type NativeConnection } from "hal/esp32s3/doorway";
import { type NativeTcp, type NativeTcpOptions, Staging } from "hal/esp32s3/socket";
import type { ServedSocket, TcpListener } from "hal/hardware";

/** A connection in the SDK's listener. */
class Waiting implements NativeConnection {
	readonly address: string;
	/** Who goes on with it. */
	tcp: SdkTcp | undefined = undefined;
	broken = false;
	closed = false;

	constructor(address: string) {
		this.address = address;
	}

	close(): void {
		this.closed = true;
	}
}

class SdkTcp implements NativeTcp {
	readonly options: NativeTcpOptions;
	closed = false;

	constructor(options: NativeTcpOptions) {
		const from = options.from as Waiting;
		if (from.broken) throw new Error("invalid from");
		from.tcp = this;
		this.options = options;
	}

	read(): void {}

	write(): number {
		return 100;
	}

	close(): void {
		this.closed = true;
	}
}

/** The SDK's listener: asked for more than it has, it makes a socket that nobody lets go. */
class House {
	readonly log: string[] = [];
	readonly doorway: Doorway;
	refusal = "";
	open = 0;
	lost = 0;
	private waiting: Waiting[] = [];
	private told: (count: number) => void = () => {};

	constructor() {
		const house = this;
		const io: DoorwayIo = {
			Listener: class {
				constructor({ port, onReadable }: { port: number; onReadable: (count: number) => void }) {
					if (house.refusal !== "") throw new Error(house.refusal);
					assert.equal(port, 80);
					house.open += 1;
					house.told = onReadable;
				}

				read(): Waiting | undefined {
					const next = house.waiting.shift();
					if (next === undefined) house.lost += 1;
					return next;
				}

				close(): void {
					house.open -= 1;
				}
			},
			Tcp: SdkTcp,
			peer: (connection) => (connection as Waiting).address,
		};
		this.doorway = new Doorway(io, 80, new Staging(), (line) => this.log.push(line));
	}

	connect(...waiting: Waiting[]): void {
		this.waiting.push(...waiting);
		this.told(waiting.length);
	}

	/** Listens and keeps what comes. */
	listen(guests?: string): { listener: TcpListener | undefined; sockets: ServedSocket[]; events: string[] } {
		const sockets: ServedSocket[] = [];
		const events: string[] = [];
		const listener = this.doorway.listen(function (this: TcpListener): void {
			for (;;) {
				const socket = this.read({
					onWritable: (count) => events.push(`writable ${count}`),
					onError: (end) => events.push(`error ${end}`),
				});
				if (socket === undefined) return;
				sockets.push(socket);
			}
		}, guests);
		return { listener, sockets, events };
	}
}

describe("hal/esp32s3: port 80", () => {
	it("hands on what comes, and asks the SDK's listener for no more than there is", () => {
		const house = new House();
		const { listener, sockets, events } = house.listen();
		assert.equal(listener?.port, 80);
		const first = new Waiting("192.0.2.7");
		house.connect(first, new Waiting("192.0.2.8"));
		assert.deepEqual(
			sockets.map((socket) => socket.remoteAddress),
			["192.0.2.7", "192.0.2.8"],
		);
		assert.equal(house.lost, 0);
		const { options } = first.tcp as SdkTcp;
		assert.isUndefined(options.nodelay);
		options.onWritable.call({ target: options.target }, 5744);
		options.onError.call({ target: options.target });
		assert.deepEqual(events, ["writable 5744", "error 0"]);
	});

	it("gives the access point's guests to the set-up page while it is open, and all others to the pages", () => {
		const house = new House();
		const pages = house.listen();
		const setUp = house.listen("192.168.4.");
		assert.equal(house.open, 1);
		const visit = () => house.connect(new Waiting("192.168.4.2"), new Waiting("192.0.2.7"));
		visit();
		setUp.listener?.close();
		visit();
		assert.deepEqual(
			setUp.sockets.map((socket) => socket.remoteAddress),
			["192.168.4.2"],
		);
		assert.deepEqual(
			pages.sockets.map((socket) => socket.remoteAddress),
			["192.0.2.7", "192.168.4.2", "192.0.2.7"],
		);
		pages.listener?.close();
		assert.equal(house.open, 0);
	});

	it("closes what nobody wants, what is gone already, and what breaks while it is taken", () => {
		const house = new House();
		const { listener, sockets } = house.listen("192.168.4.");
		const stranger = new Waiting("192.0.2.7");
		const gone = new Waiting("");
		const broken = new Waiting("192.168.4.3");
		broken.broken = true;
		house.connect(stranger, gone, broken);
		assert.deepEqual([stranger.closed, gone.closed, broken.closed], [true, true, true]);
		assert.lengthOf(sockets, 0);
		let read: ServedSocket | undefined;
		house.doorway.listen(function (this: TcpListener): void {
			// leaves it
			read = undefined;
		});
		const left = new Waiting("192.0.2.8");
		house.connect(left);
		assert.isTrue(left.closed);
		assert.isUndefined(read);
		assert.isUndefined(listener?.read({}));
	});

	it("says why nobody can connect", () => {
		const house = new House();
		house.refusal = "no socket";
		assert.isUndefined(house.listen().listener);
		assert.deepEqual(house.log, ["network: nobody can connect to port 80: Error: no socket"]);
		house.refusal = "";
		assert.isDefined(house.listen().listener);
	});
});
