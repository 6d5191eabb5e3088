import { assert } from "chai";
import { ConsoleDisplay, ConsoleLamps } from "../../hal/esp32s3/console.js";
import { ChipSocket, type NativeTcpOptions, Staging } from "../../hal/esp32s3/socket.js";
import { Dirty, LampMode, type Screen, TcpEnd, type TcpSocket } from "../../hal/hardware.js";

/** The SDK's TCP as its C has it: a read takes a buffer only when it can fill all of it. */
class SdkTcp {
	static last: SdkTcp;
	readonly options: NativeTcpOptions;
	readonly sent: number[][] = [];
	closed = false;
	pending: number[] = [];

	constructor(options: NativeTcpOptions) {
		if (options.address === "refused") throw new Error("invalid address");
		this.options = options;
		SdkTcp.last = this;
	}

	arrive(octets: readonly number[]): void {
		this.pending.push(...octets);
		this.options.onReadable.call({ target: this.options.target }, this.pending.length);
	}

	read(buffer: Uint8Array): number {
		if (this.closed) throw new Error("invalid");
		if (buffer.length === 0 || buffer.length > this.pending.length) throw new Error("invalid");
		buffer.set(this.pending.splice(0, buffer.length));
		return buffer.length;
	}

	write(source: Uint8Array): number {
		this.sent.push([...source]);
		return 5744 - source.length;
	}

	close(): void {
		this.closed = true;
	}
}

function numbered(count: number): number[] {
	return Array.from({ length: count }, (_, i) => i & 255);
}

describe("hal/esp32s3: TCP", () => {
	function connect(onReadable: (this: TcpSocket, count: number) => void): ChipSocket {
		return new ChipSocket(SdkTcp, new Staging(), { address: "127.0.0.1", port: 2000, onReadable }, () => true);
	}

	it("reads what has come into buffers of any size, in order", () => {
		const received: number[] = [];
		const target = new Uint8Array(700);
		const sizes: (number | undefined)[] = [];
		connect(function () {
			for (;;) {
				const count = this.read(target);
				sizes.push(count);
				if (count === undefined) break;
				received.push(...target.subarray(0, count));
			}
		});
		SdkTcp.last.arrive(numbered(1537));
		assert.deepEqual(received, numbered(1537));
		assert.deepEqual(sizes, [700, 700, 137, undefined]);
	});

	it("tells again of octets left unread, as long as they get fewer", () => {
		const told: number[] = [];
		const target = new Uint8Array(4);
		connect(function (count) {
			told.push(count);
			if (count > 4) this.read(target);
		});
		SdkTcp.last.arrive(numbered(10));
		assert.deepEqual(told, [10, 6, 2]);
	});

	it("keeps quiet after it was closed, even inside a callback", () => {
		const told: number[] = [];
		let failed = 0;
		const socket = new ChipSocket(
			SdkTcp,
			new Staging(),
			{
				address: "127.0.0.1",
				port: 2000,
				onReadable(count) {
					told.push(count);
					this.read(new Uint8Array(1));
					this.close();
				},
				onError() {
					failed++;
				},
			},
			() => true,
		);
		SdkTcp.last.arrive([1, 2, 3]);
		SdkTcp.last.options.onError.call({ target: socket });
		assert.deepEqual(told, [3]);
		assert.equal(failed, 0);
		assert.isTrue(SdkTcp.last.closed);
		assert.isUndefined(socket.read(new Uint8Array(8)));
		assert.throws(() => socket.write(new Uint8Array(1)), /closed/);
	});

	it("tells what ended it, as far as the chip can know", () => {
		const ends: number[] = [];
		const end = (up: boolean, held: boolean) => {
			const onError = (reason: number) => ends.push(reason);
			const target = new ChipSocket(SdkTcp, new Staging(), { address: "127.0.0.1", port: 2000, onError }, () => held);
			if (up) SdkTcp.last.options.onWritable.call({ target }, 5744);
			SdkTcp.last.options.onError.call({ target });
		};
		end(false, true);
		end(false, false);
		end(true, false);
		end(true, true);
		assert.deepEqual(ends, [TcpEnd.refused, TcpEnd.networkUnreachable, TcpEnd.networkUnreachable, TcpEnd.unknown]);
	});

	it("writes at once and says what room is left", () => {
		const socket = connect(() => undefined);
		assert.equal(socket.write(Uint8Array.of(1, 2, 3)), 5741);
		assert.deepEqual(SdkTcp.last.sent, [[1, 2, 3]]);
		assert.isTrue(SdkTcp.last.options.nodelay);
	});
});

describe("hal/esp32s3: console", () => {
	const screen: Screen = {
		registration: 3,
		time: "10:20 22/11/26",
		number: "1001",
		buttons: [
			{ label: "1001", icon: 1, lamp: LampMode.off, colour: 0 },
			{ label: "", icon: 0, lamp: LampMode.off, colour: 0 },
		],
		calls: [
			{
				reference: 7,
				line: 1,
				state: 5,
				icon: 4,
				selected: true,
				title: "From Alice (1002)",
				detail: "For Bob",
				security: 0,
				seconds: 65,
			},
			{ reference: 0, line: 0, state: 0, icon: 0, selected: false, title: "", detail: "", security: 0, seconds: -1 },
		],
		prompt: "Connected",
		softkeys: ["Hold", "EndCall"],
		overlay: { title: "Settings", lines: ["1 Ring Type"], first: 0, count: 1, selected: 0 },
		volume: -1,
		route: 1,
		volumeName: "",
		signs: 0,
		news: "",
		muted: false,
		messageWaiting: false,
		dirty: Dirty.all,
		keyName: () => "",
	};

	it("shows all parts of the display, empty keys and rows left out", () => {
		const shown: string[] = [];
		new ConsoleDisplay((line) => shown.push(line)).show(screen);
		assert.deepEqual(shown, [
			"status  10:20 22/11/26 registered 1001",
			"line 1  1001 (off)",
			"call    > From Alice (1002), For Bob 65 s",
			"menu    Settings",
			"menu    > 1 Ring Type",
			"prompt  Connected",
			"softkeys Hold | EndCall",
		]);
	});

	it("shows only what changed", () => {
		const shown: string[] = [];
		new ConsoleDisplay((line) => shown.push(line)).show({ ...screen, dirty: Dirty.prompt });
		assert.deepEqual(shown, ["prompt  Connected"]);
	});

	it("names a lamp when it changes", () => {
		const shown: string[] = [];
		const lamps = new ConsoleLamps((line) => shown.push(line));
		lamps.set(8, LampMode.off, 0);
		lamps.set(8, LampMode.on, 0);
		lamps.set(8, LampMode.on, 0);
		lamps.set(8, LampMode.blink, 0);
		assert.deepEqual(shown, ["lamp 8 on", "lamp 8 blink"]);
	});
});
