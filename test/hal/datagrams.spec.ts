// The board's UDP socket over a stand-in for the SDK's.
import { assert } from "chai";
import { ChipDatagrams, type NativeUdp, type NativeUdpOptions } from "hal/esp32s3/datagrams";

type Packet = ArrayBuffer & { address: string; port: number };

function packet(octets: readonly number[], address: string, port: number): Packet {
	return Object.assign(Uint8Array.from(octets).buffer, { address, port });
}

class FakeUdp implements NativeUdp {
	static last: FakeUdp | undefined;
	readonly options: NativeUdpOptions;
	readonly waiting: Packet[] = [];
	readonly sent: string[] = [];
	closed = 0;

	constructor(options: NativeUdpOptions) {
		this.options = options;
		FakeUdp.last = this;
	}

	read(): Packet | undefined {
		return this.waiting.shift();
	}

	write(source: Uint8Array, address: string, port: number): void {
		if (address === "nowhere") throw new RangeError("invalid IP address");
		this.sent.push(`${[...source]} ${address} ${port}`);
	}

	close(): void {
		this.closed += 1;
	}

	arrive(...packets: Packet[]): void {
		this.waiting.push(...packets);
		this.options.onReadable.call({ target: this.options.target }, packets.length);
	}
}

describe("UDP of the board", () => {
	it("reads packets with their senders, cut to the buffer, sends, and loses what cannot be sent", () => {
		const seen: string[] = [];
		const buffer = new Uint8Array(4);
		const socket = new ChipDatagrams(FakeUdp, {
			port: 69,
			onReadable(count) {
				seen.push(`${count}`);
				for (let length = this.read(buffer); length !== undefined; length = this.read(buffer))
					seen.push(`${[...buffer.subarray(0, length)]} ${this.address} ${this.port}`);
			},
		});
		const udp = FakeUdp.last as FakeUdp;
		assert.strictEqual(udp.options.port, 69);
		udp.arrive(packet([1, 2, 3, 4, 5, 6], "192.0.2.1", 7), packet([], "192.0.2.2", 8));
		assert.deepEqual(seen, ["2", "1,2,3,4 192.0.2.1 7", " 192.0.2.2 8"]);
		socket.write(Uint8Array.of(9), "192.0.2.3", 10);
		socket.write(Uint8Array.of(9), "nowhere", 10);
		assert.deepEqual(udp.sent, ["9 192.0.2.3 10"]);
	});

	it("is silent once it is closed", () => {
		let calls = 0;
		const socket = new ChipDatagrams(FakeUdp, {
			onReadable() {
				calls += 1;
				this.close();
			},
		});
		const udp = FakeUdp.last as FakeUdp;
		udp.arrive(packet([1], "192.0.2.1", 7));
		udp.arrive(packet([2], "192.0.2.1", 7));
		socket.close();
		socket.write(Uint8Array.of(1), "192.0.2.1", 1);
		assert.isUndefined(socket.read(new Uint8Array(1)));
		assert.strictEqual(calls, 1);
		assert.strictEqual(udp.closed, 1);
		assert.deepEqual(udp.sent, []);
	});
});
