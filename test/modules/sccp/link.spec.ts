// Link and dispatch over a fake socket: framing, back-pressure, keepalive, unknown messages.
import { assert } from "chai";
import { TcpEnd, type WireLink } from "hal/hardware";
import { Limits } from "limits";
import { Dispatch, handlers } from "sccp/dispatch";
import { Link } from "sccp/link";
import {
	CallStateMessage,
	KeepAliveAck,
	KeepAliveReq,
	KeypadButton,
	OffHook,
	RegisterReq,
	SetLamp,
} from "sccp/messages";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { inEnglish } from "../support/english.js";
import { FakeClock, FakeNetwork } from "../support/fakes.js";

/** A message as octets. */
function message(id: number, words: readonly number[], version = 0): number[] {
	const view = new DataView(new ArrayBuffer(12 + 4 * words.length));
	view.setUint32(0, 4 + 4 * words.length, true);
	view.setUint32(4, version, true);
	view.setUint32(8, id, true);
	words.forEach((word, i) => {
		view.setUint32(12 + 4 * i, word, true);
	});
	return [...new Uint8Array(view.buffer)];
}

/** A room that notes what it is handed. */
class Room {
	readonly seen: string[] = [];
	onCallState(reader: Reader): void {
		const at = CallStateMessage.layout(reader.version, reader.length);
		this.seen.push(`state ${reader.u32(at.callState)} call ${reader.u32(at.callReference)}`);
	}
	onSetLamp(reader: Reader): void {
		this.seen.push(`lamp ${reader.u32(SetLamp.layout(reader.version).stimulusInstance)}`);
	}
}
const roomHandlers = handlers<Room>([
	[CallStateMessage, Room.prototype.onCallState],
	[SetLamp, Room.prototype.onSetLamp],
]);

function rig() {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	const reader = new Reader(64);
	const log: string[] = [];
	const events: string[] = [];
	const dispatch = new Dispatch((line) => log.push(line));
	const room = new Room();
	dispatch.attach(room, roomHandlers);
	const link = new Link(network, clock, dispatch, reader);
	const listener = {
		linkUp: () => {
			events.push("up");
		},
		linkDown: (reason: string) => {
			events.push(inEnglish(reason));
		},
	};
	link.connect("127.0.0.1", { port: 2000 }, listener);
	return { clock, network, dispatch, room, link, log, events, listener, socket: network.socket };
}

describe("sccp link", () => {
	it("hands the network whole what it is told of the other end", () => {
		const { link, listener, network } = rig();
		const endpoint = { port: 2443, protection: "any" };
		link.connect("127.0.0.2", endpoint, listener);
		assert.deepInclude({ ...network.socket.options }, { ...endpoint, address: "127.0.0.2" });
	});

	it("puts messages together from any segmentation", () => {
		const stream = [
			...message(CallStateMessage.id, [4, 1, 7]),
			...message(SetLamp.id, [9, 2, 1]),
			...message(CallStateMessage.id, [5, 1, 7, 0, 3, 0], 17),
		];
		for (let segment = 0; segment <= stream.length; segment += 1) {
			const { socket, room, link } = rig();
			socket.writable();
			socket.deliver(stream, segment);
			assert.deepEqual(room.seen, ["state 4 call 7", "lamp 2", "state 5 call 7"], `segments of ${segment}`);
			assert.equal(link.received, 3);
		}
	});

	it("takes more than its buffers hold in one read, and the largest message", () => {
		const { socket, room, link } = rig();
		socket.writable();
		const stream: number[] = [];
		for (let i = 0; i < 400; i += 1) stream.push(...message(SetLamp.id, [9, i, 1]));
		stream.push(...message(0x153, new Array((Limits.receiveMessage - 12) / 4).fill(0)));
		stream.push(...message(SetLamp.id, [9, 400, 1]));
		socket.deliver(stream);
		assert.equal(room.seen.length, 401);
		assert.equal(room.seen[400], "lamp 400");
		assert.equal(link.received, 402);
	});

	it("closes on a bad length and says which", () => {
		const cases: [number[], RegExp][] = [
			[[0, 0, 0, 0], /length 0 received, 4 to 2552/],
			[[3, 0, 0, 0], /length 3 received/],
			[[0x88, 0x13, 0, 0], /length 5000 received/],
			[[0xff, 0xff, 0xff, 0xff], /length 4294967295 received/],
		];
		for (const [octets, expected] of cases) {
			for (const segment of [0, 1]) {
				const { socket, room, events } = rig();
				socket.writable();
				socket.deliver([...message(SetLamp.id, [9, 1, 1]), ...octets, ...message(SetLamp.id, [9, 3, 1])], segment);
				assert.deepEqual(room.seen, ["lamp 1"]);
				assert.isTrue(socket.closed);
				assert.match(events[1] as string, expected);
				assert.equal(events.length, 2);
			}
		}
	});

	it("does not throw on garbage and reconnects cleanly afterwards", () => {
		let seed = 12345;
		const random = () => {
			seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
			return (seed >> 8) & 0xff;
		};
		for (let round = 0; round < 200; round += 1) {
			const { socket, network, link, listener, room } = rig();
			socket.writable();
			const octets = Array.from({ length: 64 + round }, random);
			if (round % 2 === 0) octets.splice(0, 8, 40, 0, 0, 0, 0, 0, 0, 0);
			socket.deliver(octets, round % 7);
			link.connect("127.0.0.1", { port: 2000 }, listener);
			network.socket.writable();
			room.seen.length = 0;
			network.socket.deliver(message(SetLamp.id, [9, 5, 1]));
			assert.deepEqual(room.seen, ["lamp 5"]);
		}
	});

	it("reads the short form of a message, and refuses what is shorter: nothing is read as zeros", () => {
		const whole = [4, 1, 7, 0, 3, 0];
		const { socket, room, dispatch, log } = rig();
		socket.writable();
		for (let length = 0; length <= 24; length += 1) {
			const octets = message(CallStateMessage.id, whole).slice(0, 12 + length);
			octets[0] = 4 + length;
			room.seen.length = 0;
			socket.deliver(octets);
			assert.deepEqual(room.seen, length < 12 ? [] : ["state 4 call 7"], `${length} octets`);
		}
		assert.equal(dispatch.refused, 12);
		assert.deepEqual(log, ["CallState 0x111 with 0 octets, at least 12 expected, skipped (said once)"]);
	});

	it("refuses a value that its field does not know, and says so once of each kind", () => {
		const { socket, room, dispatch, log } = rig();
		socket.writable();
		const states = [0, 17, 18, 77, 0xffffffff];
		for (const state of states) socket.deliver(message(CallStateMessage.id, [state, 1, 7]));
		for (const mode of [0, 1, 5, 6]) socket.deliver(message(SetLamp.id, [9, mode, mode]));
		assert.deepEqual(room.seen, ["state 0 call 7", "state 17 call 7", "lamp 1", "lamp 5"]);
		assert.equal(dispatch.refused, 5);
		assert.deepEqual(log, [
			"CallState 0x111 with 12 octets, callState 18, skipped (said once)",
			"SetLamp 0x86 with 12 octets, lampMode 0, skipped (said once)",
		]);
	});

	it("skips a message with a header version that no server sends, and goes on", () => {
		for (const segment of [0, 1]) {
			const { socket, room, link, events, dispatch, log } = rig();
			socket.writable();
			for (let i = 0; i < 3; i += 1) {
				socket.deliver(
					[...message(SetLamp.id, [9, 2, 1], 0x100), ...message(SetLamp.id, [9, 3 + i, 1], 0xff)],
					segment,
				);
			}
			assert.deepEqual(room.seen, ["lamp 3", "lamp 4", "lamp 5"]);
			assert.isTrue(link.up);
			assert.deepEqual(events, ["up"]);
			assert.equal(dispatch.refused, 3);
			assert.deepEqual(log, ["SetLamp 0x86 with 12 octets, header version 256, skipped (said once)"]);
		}
	});

	it("logs no more than a line of each kind, whatever comes", () => {
		const { socket, log } = rig();
		socket.writable();
		for (let round = 0; round < 3; round += 1) {
			for (let id = 0; id < 2000; id += 1) socket.deliver([...message(id, []), ...message(id, [], 0x1000)]);
			for (let id = 0; id < 2000; id += 1) socket.deliver(message(id, new Array<number>(100).fill(0x7fffffff)));
		}
		assert.isAtMost(log.length, 4 * 171 + 16);
		assert.equal(new Set(log).size, log.length);
	});

	it("counts unknown ids, logs each once, goes on", () => {
		const { socket, dispatch, log, room } = rig();
		socket.writable();
		for (let i = 0; i < 3; i += 1) socket.deliver([...message(0xbeef, [1]), ...message(0x9a, [])]);
		socket.deliver(message(SetLamp.id, [9, 1, 1]));
		assert.equal(dispatch.unknown, 3);
		assert.equal(dispatch.unhandled, 3);
		assert.equal(log.length, 2);
		assert.match(log[0] as string, /unknown message 0xbeef with 4 octets skipped/);
		assert.match(log[1] as string, /ClearDisplay/);
		assert.deepEqual(room.seen, ["lamp 1"]);
	});

	it("sends each message in one write, and none before the connection is up", () => {
		const { socket, link } = rig();
		assert.isFalse(link.sendPlain(KeepAliveReq));
		socket.writable();
		link.begin(OffHook);
		assert.isTrue(link.send());
		const at = link.begin(KeypadButton);
		link.writer.u32(at.kpButton, 14);
		assert.isTrue(link.send());
		assert.deepEqual(
			socket.writes.map((octets) => [...octets]),
			[message(OffHook.id, [0, 0]), message(KeypadButton.id, [14, 0, 0])],
		);
	});

	it("carries the version in the header from 10 on, except in keepalive and registration", () => {
		const { socket, link } = rig();
		socket.writable();
		for (const version of [3, 8, 11, 22]) {
			link.version = version;
			link.begin(OffHook);
			link.send();
			link.begin(RegisterReq);
			link.send();
			link.sendPlain(KeepAliveReq);
		}
		const versions = socket.writes.map((octets) => octets[4]);
		assert.deepEqual(versions, [0, 0, 0, 0, 0, 0, 11, 0, 0, 22, 0, 0]);
	});

	it("waits while the socket is busy, keeps the order and whole messages", () => {
		const { socket, link } = rig();
		socket.writable(30);
		for (let i = 0; i < 10; i += 1) {
			const at = link.begin(KeypadButton);
			link.writer.u32(at.kpButton, i);
			assert.isTrue(link.send());
		}
		assert.equal(socket.writes.length, 1);
		socket.writable(24 * 4 + 10);
		assert.equal(socket.writes.length, 5);
		socket.writable(4096);
		assert.deepEqual(
			socket.writes.map((octets) => octets[12]),
			[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
		);
		assert.isTrue(socket.writes.every((octets) => octets.length === 24));
	});

	it("says whether a message would go out at once", () => {
		const { socket, link } = rig();
		assert.isFalse(link.takes(0));
		socket.writable(100);
		assert.isTrue(link.takes(88));
		assert.isFalse(link.takes(89));
		socket.writable(100_000);
		assert.isTrue(link.takes(Limits.transmitBuffer - 12));
		assert.isFalse(link.takes(Limits.transmitBuffer - 11));
		socket.writable(10);
		link.begin(OffHook);
		assert.isTrue(link.send());
		socket.writable(15);
		assert.isFalse(link.takes(0));
	});

	it("gives up a call agent that takes nothing", () => {
		const { socket, link, events } = rig();
		socket.writable(0);
		let sent = 0;
		while (sent < 1000) {
			link.begin(OffHook);
			if (!link.send()) break;
			sent += 1;
		}
		assert.equal(sent, Math.floor(Limits.transmitBuffer / 20));
		assert.isTrue(socket.closed);
		assert.match(events[1] as string, /takes nothing/);
	});

	it("sends keepalives and gives up three intervals after the last answer, whatever that was", () => {
		const { socket, link, clock, events } = rig();
		socket.writable();
		link.keepAlive(30);
		for (let i = 0; i < 10; i += 1) {
			clock.advance(30000);
			socket.deliver(message(KeepAliveAck.id, []));
		}
		assert.equal(socket.ids.filter((id) => id === KeepAliveReq.id).length, 10);
		clock.advance(60000);
		// a message that is none of its keepalives shows as well that it is there
		socket.deliver(message(0x7777, []));
		clock.advance(89999);
		assert.deepEqual(events, ["up"]);
		clock.advance(1);
		assert.deepEqual(events, ["up", "no longer answers"]);
		assert.equal(socket.ids.filter((id) => id === KeepAliveReq.id).length, 14);
		assert.equal(clock.pending, 0);
	});

	it("tells refusal from loss, and nothing after its own close", () => {
		const first = rig();
		first.socket.fail();
		assert.deepEqual(first.events, ["not in service"]);
		const second = rig();
		second.socket.writable();
		second.socket.fail();
		assert.deepEqual(second.events, ["up", "connection closed by the phone system"]);
		const ends = [TcpEnd.unknown, TcpEnd.timedOut, TcpEnd.networkUnreachable, TcpEnd.hostUnreachable, TcpEnd.reset];
		const texts = ends.map((end) => {
			const lost = rig();
			lost.socket.writable();
			lost.socket.fail(end);
			return lost.events[1];
		});
		assert.deepEqual(texts, [
			"connection lost",
			"no answer",
			"cannot be reached",
			"not found in the network",
			"connection broken off by the phone system",
		]);
		const third = rig();
		third.socket.writable();
		third.link.close();
		third.socket.fail();
		assert.deepEqual(third.events, ["up"]);
	});

	it("takes a socket that calls back before it is handed over", () => {
		const { clock, dispatch } = rig();
		const network = new FakeNetwork();
		const events: string[] = [];
		const link = new Link(network, clock, dispatch, new Reader(0));
		const listener = {
			linkUp: () => {
				events.push("up");
				link.sendPlain(KeepAliveReq);
			},
			linkDown: (reason: string) => {
				events.push(inEnglish(reason));
			},
		};
		const connect = network.connect.bind(network);
		network.connect = (options) => {
			const socket = connect(options);
			if (network.sockets.length === 1) socket.fail();
			else socket.writable();
			return socket;
		};
		link.connect("127.0.0.2", { port: 2000 }, listener);
		assert.deepEqual(events, ["not in service"]);
		assert.isTrue(network.socket.closed);
		link.connect("127.0.0.2", { port: 2000 }, listener);
		assert.deepEqual(events, ["not in service", "up"]);
		assert.deepEqual(network.socket.ids, [KeepAliveReq.id]);
		assert.isFalse(network.socket.closed);
	});

	it("tells each message whole to who looks, and nothing to who does not", () => {
		const { network, link, listener, socket } = rig();
		const told: string[] = [];
		const wire = {
			watched: false,
			message(octets: Uint8Array, from: number, size: number, sent: boolean, about: WireLink): void {
				const own = [...octets.subarray(from, from + size)].join(" ");
				const { version, received, sent: number, serial, agent, agentPort } = about;
				const count = sent ? `sent ${number}` : `received ${received}`;
				told.push(`${count} on ${serial} to ${agent}:${agentPort} at ${version}: ${own}`);
			},
		};
		link.wire = wire;
		socket.writable();
		const { serial } = link;
		const here = `on ${serial} to 127.0.0.1:2000`;
		const lamp = message(SetLamp.id, [9, 2, 1]);
		const alive = message(KeepAliveAck.id, []);
		const broken = message(CallStateMessage.id, [4]);
		socket.deliver([...lamp, ...alive]);
		link.sendPlain(KeepAliveReq);
		assert.deepEqual(told, []);
		wire.watched = true;
		// those in pieces, those that no room is handed, those that are refused
		socket.deliver([...lamp, ...alive, ...broken], 7);
		link.version = 17;
		link.sendPlain(OffHook);
		assert.deepEqual(told, [
			`received 3 ${here} at 0: ${lamp.join(" ")}`,
			`received 4 ${here} at 0: ${alive.join(" ")}`,
			`received 5 ${here} at 0: ${broken.join(" ")}`,
			`sent 2 ${here} at 17: ${message(OffHook.id, [0, 0], 17).join(" ")}`,
		]);
		wire.watched = false;
		socket.deliver(lamp);
		assert.lengthOf(told, 4);
		wire.watched = true;
		link.connect("127.0.0.3", { port: 2002 }, listener);
		network.socket.writable();
		link.sendPlain(KeepAliveReq);
		const next = /^sent 3 on (\d+) to 127.0.0.3:2002 at 0: /.exec(told[4] ?? "");
		assert.notEqual(Number(next?.[1] ?? serial), serial);
	});

	it("tells a message that waits once it is written", () => {
		const { link, socket } = rig();
		const told: number[] = [];
		link.wire = { watched: true, message: (_octets, _from, size) => void told.push(size) };
		socket.writable(0);
		link.sendPlain(KeepAliveReq);
		assert.deepEqual(told, []);
		socket.writable(12);
		assert.deepEqual(told, [12]);
	});

	it("keeps the gate shut until it is opened", () => {
		const { socket, link } = rig();
		socket.writable();
		const sender = new Sender(link);
		sender.begin(OffHook);
		assert.isFalse(sender.send());
		sender.open = true;
		sender.begin(OffHook);
		assert.isTrue(sender.send());
		assert.deepEqual(socket.ids, [OffHook.id]);
	});
});
