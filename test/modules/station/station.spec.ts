// The station against a scripted call agent over a fake socket: order, time-outs, refusals, losses, versions.
import { assert } from "chai";
import { Registration, TcpEnd } from "hal/hardware";
import { Limits } from "limits";
import { PhoneNetwork } from "network/network";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import {
	Alarm,
	ButtonTemplateReq,
	CapabilitiesReq,
	CapabilitiesRes,
	ConfigStatReq,
	FeatureStatReq,
	ForwardStatReq,
	KeepAliveReq,
	LineStatReq,
	lookUp,
	OffHook,
	RegisterAck,
	RegisterAvailableLines,
	RegisterReject,
	RegisterReq,
	Reset,
	ServiceURLStatReq,
	SoftKeySetReq,
	SoftKeyTemplateReq,
	SpeedDialStatReq,
	TimeDateReq,
	UnregisterAck,
	UnregisterReq,
} from "sccp/messages";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { CallAgents, parseCallAgent } from "station/agents";
import { audioCapabilities } from "station/register";
import { deviceNameOf, negotiate, Station } from "station/station";
import { inEnglish } from "../support/english.js";
import { FakeClock, FakeNetwork, type FakeSocket, fakeLease } from "../support/fakes.js";

/** A message with a payload of u32 words, or of octets. */
function message(id: number, payload: readonly number[] | Uint8Array): Uint8Array {
	const octets = payload instanceof Uint8Array ? payload : new Uint8Array(Uint32Array.from(payload).buffer);
	const all = new Uint8Array(12 + octets.length);
	const view = new DataView(all.buffer);
	view.setUint32(0, octets.length + 4, true);
	view.setUint32(8, id, true);
	all.set(octets, 12);
	return all;
}

/** What a call agent answers to a message; its first word is a line or another instance. */
type Answer = (instance: number) => Uint8Array[];

/** A message of `size` octets about a line or another instance, which stands at `offset`. */
function about(id: number, instance: number, size: number, offset = 0): Uint8Array {
	const payload = new Uint8Array(size);
	payload[offset] = instance;
	return message(id, payload);
}

function text(string: string, size: number): Uint8Array {
	return Uint8Array.from({ length: size }, (_, i) => (i < string.length ? string.charCodeAt(i) : 0));
}

function registerAck(version: number, keepAlive = 30): Uint8Array {
	const payload = new Uint8Array(20);
	payload[0] = keepAlive;
	payload.set([0x44, 0x2f, 0x4d, 0x2f, 0x59, 0], 4);
	payload[12] = 60;
	payload[16] = version;
	return message(RegisterAck.id, payload);
}

/** Answers of an obliging call agent by request id. The template: two lines, a speed dial, a service, a feature, an empty one. */
const answers: Record<number, Answer> = {
	[RegisterReq.id]: () => [registerAck(17), message(CapabilitiesReq.id, [])],
	[ButtonTemplateReq.id]: () => [
		message(0x97, Uint8Array.from([0, 0, 0, 0, 6, 0, 0, 0, 6, 0, 0, 0, 1, 9, 2, 9, 1, 2, 1, 0x14, 4, 0x15, 0, 0xff])),
	],
	[SoftKeyTemplateReq.id]: () => [message(0x108, [0, 0, 0])],
	[SoftKeySetReq.id]: () => [message(0x109, [0, 0, 0])],
	[ConfigStatReq.id]: () => [message(0x93, new Uint8Array(112))],
	[LineStatReq.id]: (line) => [about(0x92, line, 112)],
	[ForwardStatReq.id]: (line) => [about(0x90, line, 92, 4)],
	[SpeedDialStatReq.id]: (instance) => [about(0x91, instance, 68)],
	[ServiceURLStatReq.id]: (instance) => [about(0x12f, instance, 300)],
	[FeatureStatReq.id]: (instance) => [about(0x11f, instance, 52)],
	[TimeDateReq.id]: () => [message(0x94, [2026, 11, 0, 22, 13, 21, 56, 0, 1795353716])],
	[UnregisterReq.id]: () => [message(UnregisterAck.id, [0])],
};

interface RigOptions {
	startReason?: string;
	version?: number;
	agents?: string[];
	answers?: Record<number, Answer | undefined>;
}

function rig(options: RigOptions = {}) {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	network.names.set("cm1", "127.0.0.2");
	network.lease = fakeLease();
	const log: string[] = [];
	const shown: string[] = [];
	const reader = new Reader(Station.poolSize);
	const dispatch = new Dispatch((line) => log.push(line));
	const link = new Link(network, clock, dispatch, reader);
	const sender = new Sender(link);
	const host = {
		calls: false,
		restarts: 0,
		stationChanged: () => {
			shown.push(`${station.registration} ${inEnglish(station.text)}`);
		},
		callsUp: () => host.calls,
		/** Whether a call outlives its call agent. */
		kept: false,
		preserve: () => host.kept,
		restart: () => {
			host.restarts += 1;
		},
		fetches: 0,
		provisioned: false,
		fetchConfiguration: () => {
			host.fetches += 1;
			return host.provisioned;
		},
		log: (line: string) => {
			log.push(inEnglish(line));
		},
	};
	const station = new Station(new PhoneNetwork(network), clock, link, sender, dispatch, reader, host, {
		callAgents: options.agents ?? ["cm1"],
		deviceName: deviceNameOf(network.mac),
		mac: network.mac,
		deviceType: 7,
		load: "linnet-0.1",
		startReason: options.startReason ?? "watchdog",
		protocolVersion: options.version ?? 17,
		capabilities: audioCapabilities,
		random: () => 0.5,
	});
	const script = { ...answers, ...options.answers };
	let socket: FakeSocket | undefined;
	let served = 0;
	/** Lets the call agent answer everything that was sent, until nothing more comes. */
	const serve = (limit = Number.MAX_SAFE_INTEGER) => {
		if (socket !== network.socket) served = 0;
		socket = network.socket;
		while (!socket.closed && served < socket.writes.length && served < limit) {
			const octets = socket.writes[served] as Uint8Array;
			served += 1;
			for (const answer of script[octets[8] as number]?.(octets[12] ?? 0) ?? [])
				if (!socket.closed) socket.deliver(answer);
		}
	};
	const up = () => {
		network.socket.writable();
		serve();
	};
	return { clock, network, station, link, sender, host, log, shown, serve, up, script };
}

/** The text of the alarm that a connection began with. */
function alarmOf(socket: FakeSocket): string {
	const octets = (socket.writes[0] as Uint8Array).subarray(16, 96);
	return String.fromCharCode(...octets.subarray(0, octets.indexOf(0)));
}

function names(socket: FakeSocket): string[] {
	return socket.ids.map((id) => lookUp(id)?.name ?? String(id));
}

describe("station", () => {
	it("registers in the order servers require and asks only for listed buttons", () => {
		const { station, network, up, shown, link, sender, log } = rig();
		station.start();
		up();
		assert.deepEqual(names(network.socket), [
			"Alarm",
			"RegisterReq",
			"CapabilitiesRes",
			"CapabilitiesV3Res",
			"ButtonTemplateReq",
			"SoftKeyTemplateReq",
			"SoftKeySetReq",
			"ConfigStatReq",
			"LineStatReq",
			"ForwardStatReq",
			"LineStatReq",
			"ForwardStatReq",
			"SpeedDialStatReq",
			"ServiceURLStatReq",
			"FeatureStatReq",
			"RegisterAvailableLines",
			"TimeDateReq",
			"EnhancedAlarm",
		]);
		assert.equal(station.registration, Registration.registered);
		assert.equal(link.version, 17);
		assert.isTrue(sender.open);
		assert.equal(station.dateTemplate.toString(), "D/M/Y");
		assert.deepEqual(shown, ["1 Configuring CM list", "1 Connecting to cm1:2000", "2 Registering", "3 "]);
		const lines = network.socket.writes.find((octets) => octets[8] === RegisterAvailableLines.id);
		assert.equal(lines?.[12], 2);
		assert.notInclude(log.join("\n"), "ConfigStat", "an answer that was asked for is no surprise");
	});

	it("sends the register form of the version it declares", () => {
		const sizes: Record<number, number> = { 3: 44, 8: 68, 11: 68, 15: 68, 17: 124, 20: 172, 22: 172 };
		for (const [version, size] of Object.entries(sizes)) {
			const { station, network } = rig({ version: Number(version) });
			station.start();
			network.socket.writable();
			const register = network.socket.writes[1] as Uint8Array;
			assert.equal(register.length, 12 + size);
			assert.equal(String.fromCharCode(...register.subarray(12, 27)), "SEP001122334455");
			assert.deepEqual([...register.subarray(36, 40)], [127, 0, 0, 1]);
			assert.equal(register[52], Number(version));
			assert.equal(network.socket.writes[0]?.length, 104);
		}
	});

	it("negotiates the version only with a sane one", () => {
		assert.equal(negotiate(22, 17), 17);
		assert.equal(negotiate(11, 22), 11);
		assert.equal(negotiate(17, 0x30), 17);
		assert.equal(negotiate(17, 0), 11);
		assert.equal(negotiate(3, 0), 3);
		assert.equal(negotiate(17, 1), 17);
		const { station, link, up } = rig({
			answers: { [RegisterReq.id]: () => [message(RegisterAck.id, [30, 0, 0, 0])] },
		});
		station.start();
		up();
		assert.equal(link.version, 3);
	});

	it("goes on without any answer that does not come", () => {
		const order = [
			ButtonTemplateReq,
			SoftKeyTemplateReq,
			SoftKeySetReq,
			ConfigStatReq,
			LineStatReq,
			ForwardStatReq,
			SpeedDialStatReq,
			ServiceURLStatReq,
			FeatureStatReq,
			TimeDateReq,
		];
		for (const silent of [...order.map((entry) => [entry.id]), order.map((entry) => entry.id)]) {
			const { station, clock, serve, up, network } = rig({
				answers: Object.fromEntries(silent.map((id) => [id, undefined])),
			});
			station.start();
			up();
			for (let i = 0; i < 30; i += 1) {
				clock.advance(500);
				serve();
			}
			assert.equal(
				station.registration,
				silent.length === 1 ? Registration.registered : Registration.registering,
				lookUp(silent[0] as number)?.name,
			);
			assert.equal(network.sockets.length, 1);
		}
	});

	it("loses no time on what servers never answer", () => {
		const never = [ConfigStatReq, LineStatReq, ForwardStatReq, SpeedDialStatReq, ServiceURLStatReq, FeatureStatReq];
		const { station, clock, up, log } = rig({ answers: Object.fromEntries(never.map(({ id }) => [id, undefined])) });
		station.start();
		up();
		assert.equal(station.registration, Registration.registered);
		assert.equal(clock.ticks, 0);
		assert.lengthOf(log, 1);
	});

	it("asks about a full template of lines even while the socket takes nothing", () => {
		const count = Limits.buttons;
		const template = Uint8Array.from({ length: 12 + 2 * count }, (_, i) => (i < 12 ? 0 : i % 2 === 0 ? i / 2 - 5 : 9));
		template[4] = count;
		template[8] = count;
		const { station, up, serve, network } = rig({
			answers: {
				[ButtonTemplateReq.id]: () => [message(0x97, template)],
				[SoftKeySetReq.id]: () => {
					network.socket.writable(0);
					return [message(0x109, [0, 0, 0])];
				},
			},
		});
		station.start();
		up();
		assert.isFalse(network.socket.closed);
		assert.notInclude(network.socket.ids, LineStatReq.id);
		network.socket.writable(4096);
		serve();
		assert.lengthOf(
			network.socket.ids.filter((id) => id === LineStatReq.id),
			count,
		);
		assert.equal(station.registration, Registration.registered);
	});

	it("sends capabilities unasked when the call agent does not ask, before anything else", () => {
		const { station, clock, serve, up, network, log } = rig({
			answers: { [RegisterReq.id]: () => [registerAck(11)] },
		});
		station.start();
		up();
		assert.deepEqual(names(network.socket), ["Alarm", "RegisterReq"]);
		clock.advance(2000);
		serve();
		assert.deepEqual(names(network.socket).slice(2, 4), ["CapabilitiesRes", "ButtonTemplateReq"]);
		assert.deepEqual(log.slice(0, 1), ["call agent did not ask for capabilities: telling them unasked"]);
		assert.equal(station.registration, Registration.registered);
		const payload = network.socket.writes[2] as Uint8Array;
		assert.equal(payload.length, 12 + 4 + audioCapabilities.length * 16);
		assert.equal(network.socket.ids[2], CapabilitiesRes.id);
	});

	it("takes a template in parts", () => {
		const { station, up, network } = rig({
			answers: {
				[ButtonTemplateReq.id]: () => [
					message(0x97, Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 9])),
					message(0x97, Uint8Array.from([1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 9])),
				],
			},
		});
		station.start();
		up();
		assert.equal(network.socket.ids.filter((id) => id === LineStatReq.id).length, 2);
		assert.equal(station.registration, Registration.registered);
	});

	it("shows the reject text and tries again after a few seconds", () => {
		let rejects = 1;
		const { station, clock, network, up, shown, log } = rig({
			answers: {
				[RegisterReq.id]: () => {
					rejects -= 1;
					if (rejects < 0) return [registerAck(17), message(CapabilitiesReq.id, [])];
					return [message(RegisterReject.id, text("Crossover session\0garbage", 33))];
				},
			},
		});
		station.start();
		up();
		assert.equal(station.registration, Registration.rejected);
		assert.equal(inEnglish(station.text), "Registration Rejected: Crossover session");
		assert.isTrue(network.socket.closed);
		clock.advance(2900);
		assert.equal(network.sockets.length, 1);
		clock.advance(2100);
		assert.equal(network.sockets.length, 2);
		up();
		assert.equal(station.registration, Registration.registered);
		assert.include(shown, "4 Registration Rejected: Crossover session");
		assert.isTrue(log.some((line) => line.includes("trying again in 4000 ms")));
	});

	it("cuts the colon that chan_skinny's reject text ends in", () => {
		const { station, up } = rig({
			answers: { [RegisterReq.id]: () => [message(RegisterReject.id, text("No Authority: ", 33))] },
		});
		station.start();
		up();
		assert.equal(inEnglish(station.text), "Registration Rejected: No Authority");
	});

	it("introduces itself after a loss in the very octets of the first time but for the alarm's reason", () => {
		const { station, clock, network, up } = rig();
		station.start();
		up();
		const first = network.socket.writes.slice(0, 2);
		network.socket.fail();
		clock.advance(2000);
		network.socket.writable();
		const again = network.socket.writes.slice(0, 2);
		assert.deepEqual(again[1], first[1]);
		assert.deepEqual(again[0]?.slice(0, 12), first[0]?.slice(0, 12));
	});

	it("lengthens the pauses while it stays rejected, up to a minute and a quarter", () => {
		const { station, clock, network, up } = rig({
			answers: { [RegisterReq.id]: () => [message(RegisterReject.id, text("No Authority", 32))] },
		});
		station.start();
		const pauses: number[] = [];
		for (let i = 0; i < 8; i += 1) {
			up();
			const from = clock.ticks;
			const count = network.sockets.length;
			while (network.sockets.length === count) clock.advance(100);
			pauses.push(clock.ticks - from);
		}
		assert.deepEqual(pauses, [4000, 8000, 16000, 32000, 60000, 60000, 60000, 60000]);
	});

	it("comes back when the call agent closes at any state of registration", () => {
		for (let stage = 0; stage <= 17; stage += 1) {
			const { station, clock, network, serve, up, sender } = rig();
			station.start();
			network.socket.writable();
			serve(stage);
			network.socket.fail();
			assert.isTrue(network.socket.closed, `stage ${stage}`);
			assert.isFalse(sender.open);
			assert.notEqual(station.registration, Registration.registered);
			clock.advance(6000);
			assert.equal(network.sockets.length, 2, `stage ${stage}`);
			up();
			assert.equal(station.registration, Registration.registered, `stage ${stage}`);
			assert.equal(network.socket.ids[0], Alarm.id);
		}
	});

	it("gives up a call agent that accepts and says nothing, and one that never accepts", () => {
		const { station, clock, network, log, up } = rig({ answers: { [RegisterReq.id]: undefined } });
		station.start();
		network.socket.writable();
		clock.advance(10000);
		assert.isTrue(network.socket.closed);
		assert.equal(inEnglish(station.text), "cm1:2000: registration not answered");
		clock.advance(4000);
		assert.equal(network.sockets.length, 2);
		clock.advance(10000);
		assert.equal(inEnglish(station.text), "cm1:2000: no answer");
		clock.advance(8000);
		assert.equal(network.sockets.length, 3);
		assert.equal(log.length, 2);
		up();
		assert.equal(station.registration, Registration.registering);
	});

	it("says so when a host is unknown, refuses, or is no address at all", () => {
		const unknown = rig({ agents: ["nowhere"] });
		unknown.station.start();
		assert.equal(inEnglish(unknown.station.text), "Unknown name: nowhere");
		assert.equal(unknown.network.sockets.length, 0);
		unknown.network.names.set("nowhere", "127.0.0.9");
		unknown.clock.advance(4000);
		assert.equal(unknown.network.socket.options.address, "127.0.0.9");
		const refused = rig();
		refused.station.start();
		refused.network.socket.fail();
		assert.equal(inEnglish(refused.station.text), "cm1:2000: not in service");
		const none = rig({ agents: ["a b c"] });
		none.station.start();
		assert.equal(inEnglish(none.station.text), "No phone system set");
		assert.match(none.log[0] as string, /'a b c' is no call agent/);
	});

	it("tries the next call agent at once and the first again after a loss", () => {
		const { station, clock, network, up } = rig({ agents: ["127.0.0.2", "127.0.0.3:2443", "127.0.0.4"] });
		station.start();
		network.socket.fail();
		clock.advance(500);
		assert.equal(network.socket.options.address, "127.0.0.3");
		assert.equal(network.socket.options.port, 2443);
		up();
		assert.equal(station.registration, Registration.registered);
		network.socket.fail();
		assert.equal(station.registration, Registration.finding);
		clock.advance(1500);
		assert.equal(network.socket.options.address, "127.0.0.2");
		for (let i = 0; i < 2; i += 1) {
			network.socket.fail();
			clock.advance(500);
		}
		assert.equal(network.socket.options.address, "127.0.0.4");
		network.socket.fail();
		clock.advance(3999);
		assert.equal(network.sockets.length, 5);
		clock.advance(1);
		assert.equal(network.socket.options.address, "127.0.0.2");
	});

	it("tells why the phone started in the first alarm that leaves, whatever was tried before, and in that alone", () => {
		const { station, clock, network, up } = rig({ agents: ["127.0.0.2", "127.0.0.3"] });
		const alarm = () => String.fromCharCode(...(network.socket.writes[0] as Uint8Array).subarray(16, 96));
		station.start();
		network.socket.fail();
		clock.advance(1500);
		assert.lengthOf(network.sockets, 2);
		up();
		assert.match(alarm(), /^25: Name=SEP001122334455 Load=linnet-0.1 Last=Initialized, watchdog\0/);
		network.socket.fail();
		clock.advance(2000);
		up();
		assert.match(alarm(), /^14: Name=SEP001122334455 Load=linnet-0.1 Last=CM-closed-TCP\0/);
	});

	it("tells a long reason in the alarm as far as there is room, in the usual word's place", () => {
		const cases: [string, string][] = [
			["power on", "Last=Initialized, power on"],
			["12345678901234567890", "Last=Initialized, 12345678901234567890"],
			["123456789012345678901", "Last=123456789012345678901"],
			["JavaScript: memory full", "Last=JavaScript: memory full"],
			["JavaScript: unhandled exception: TypeError: gone", "Last=JavaScript: unhandled exception: "],
		];
		for (const [startReason, expected] of cases) {
			const { station, network, up } = rig({ startReason });
			station.start();
			up();
			const text = String.fromCharCode(...(network.socket.writes[0] as Uint8Array).subarray(16, 96));
			assert.equal(text.replace(/\0+$/, ""), `25: Name=SEP001122334455 Load=linnet-0.1 ${expected}`);
			assert.equal(text.charAt(79), "\0");
		}
	});

	it("keeps the registration with keepalives and renews it when they stay unanswered", () => {
		const { station, clock, network, up, script } = rig();
		script[KeepAliveReq.id] = () => [message(0x100, [])];
		const last = () => network.socket.ids.filter((id) => id === KeepAliveReq.id).length;
		station.start();
		up();
		const alarm = () => String.fromCharCode(...(network.socket.writes[0] as Uint8Array).subarray(16, 96));
		assert.match(alarm(), /^25: Name=SEP001122334455 Load=linnet-0.1 Last=Initialized, watchdog\0/);
		for (let i = 0; i < 5; i += 1) {
			clock.advance(30000);
			up();
		}
		assert.equal(last(), 5);
		script[KeepAliveReq.id] = undefined;
		clock.advance(92000);
		assert.equal(network.sockets.length, 2);
		up();
		assert.equal(station.registration, Registration.registered);
		assert.match(alarm(), /^17: Name=SEP001122334455 Load=linnet-0.1 Last=KeepaliveTO\0/);
	});

	it("waits with a restart until calls have ended, then unregisters and registers", () => {
		const { station, clock, network, up, host } = rig();
		station.start();
		up();
		host.calls = true;
		network.socket.deliver(message(Reset.id, [2]));
		clock.advance(5000);
		assert.isFalse(network.socket.closed);
		host.calls = false;
		clock.advance(1000);
		assert.equal(network.socket.ids[network.socket.ids.length - 1], UnregisterReq.id);
		assert.isTrue(network.socket.closed);
		clock.advance(2000);
		up();
		assert.equal(station.registration, Registration.registered);
		assert.equal(host.restarts, 0);
	});

	it("has the phone start anew on a reset or a new configuration", () => {
		for (const type of [1, 3]) {
			const { station, clock, network, up, host } = rig();
			station.start();
			up();
			network.socket.deliver(message(Reset.id, [type]));
			assert.equal(host.restarts, 1);
			assert.isTrue(network.socket.closed);
			clock.advance(100000);
			assert.equal(network.sockets.length, 1);
		}
	});

	it("stays registered while a new configuration is fetched, where there is a server for it", () => {
		const { station, network, up, host, clock } = rig();
		host.provisioned = true;
		station.start();
		up();
		network.socket.deliver(message(Reset.id, [3]));
		assert.equal(host.fetches, 1);
		assert.equal(station.registration, Registration.registered);
		network.socket.deliver(message(Reset.id, [2]));
		assert.equal(host.fetches, 2);
		assert.isTrue(network.socket.closed);
		clock.advance(2000);
		up();
		assert.equal(station.registration, Registration.registered);
		assert.equal(host.restarts, 0);
	});

	it("goes to other call agents when there are others, and stays when there are not", () => {
		const { station, network, up, clock } = rig();
		network.names.set("cm2", "127.0.0.3");
		station.start();
		up();
		station.setCallAgents(["cm1"]);
		assert.equal(station.registration, Registration.registered);
		station.setCallAgents(["cm2", "cm1"]);
		assert.equal(network.socket.ids[network.socket.ids.length - 1], UnregisterReq.id);
		assert.isTrue(network.socket.closed);
		clock.advance(2000);
		assert.equal(network.socket.options.address, "127.0.0.3");
		up();
		assert.equal(station.registration, Registration.registered);
	});

	it("stays with its call agent where only those behind it are others, and watches these from then on", () => {
		const { station, network, up, host, clock } = rig();
		network.names.set("cm2", "127.0.0.3");
		station.start();
		up();
		const { socket } = network;
		host.calls = true;
		station.setCallAgents(["cm1", "cm2"], undefined, ["cm2:2000"]);
		assert.equal(station.registration, Registration.registered);
		assert.isFalse(socket.closed);
		clock.advance(5000);
		assert.equal(network.socket.options.address, "127.0.0.3", "a stand-by connection to the other");
		assert.equal(station.shownCallAgent, "cm1:2000");
		station.setCallAgents(["cm1"]);
		assert.isTrue(network.socket.closed);
		assert.isFalse(socket.closed);
		// another version is declared in another registration
		host.calls = false;
		station.setCallAgents(["cm1", "cm2"], 11);
		assert.isTrue(socket.closed);
	});

	it("goes to other call agents when no call is up any more", () => {
		const { station, network, up, clock, host } = rig();
		network.names.set("cm2", "127.0.0.3");
		station.start();
		up();
		host.calls = true;
		station.setCallAgents(["cm2"]);
		clock.advance(60000);
		assert.equal(station.registration, Registration.registered);
		assert.isFalse(network.socket.closed);
		host.calls = false;
		clock.advance(10000);
		assert.equal(network.socket.options.address, "127.0.0.3");
		up();
		assert.equal(station.registration, Registration.registered);
	});

	it("registers anew from another address of its own, and stays with the same one", () => {
		const { station, network, up, clock } = rig();
		station.leaseChanged();
		station.start();
		up();
		station.leaseChanged();
		assert.equal(station.registration, Registration.registered);
		network.localAddress = () => "127.0.0.9";
		network.lease = fakeLease({ address: "127.0.0.9" });
		station.leaseChanged();
		assert.isTrue(network.socket.closed);
		// the call agent has time to miss the one before
		station.leaseChanged();
		assert.lengthOf(network.sockets, 1);
		clock.advance(2000);
		up();
		assert.match(alarmOf(network.socket), /^21: .* Last=Phone-Re-IP$/);
		assert.equal(station.registration, Registration.registered);
		assert.equal(station.localAddress, "127.0.0.9");
	});

	it("says what happened to each connection that came to nothing", () => {
		const texts = Object.values(TcpEnd).map((end) => {
			const { station, network } = rig();
			station.start();
			network.socket.fail(end);
			return inEnglish(station.text);
		});
		assert.deepEqual(texts, [
			"cm1:2000: no connection",
			"cm1:2000: not in service",
			"cm1:2000: no answer",
			"cm1:2000: cannot be reached",
			"cm1:2000: not found in the network",
			"cm1:2000: connection broken off",
			"cm1:2000: connection closed",
			"cm1:2000: the phone is overloaded",
		]);
	});

	it("tells the call agent why it lost a connection, not why it could not make one", () => {
		const alarms = [
			TcpEnd.unknown,
			TcpEnd.timedOut,
			TcpEnd.networkUnreachable,
			TcpEnd.hostUnreachable,
			TcpEnd.reset,
		].map((end) => {
			const { station, clock, network, up } = rig();
			station.start();
			network.socket.fail(end);
			clock.advance(5000);
			up();
			const first = alarmOf(network.socket);
			network.socket.fail(end);
			clock.advance(5000);
			up();
			return [first, alarmOf(network.socket)];
		});
		const initialized = "25: Name=SEP001122334455 Load=linnet-0.1 Last=Initialized, watchdog";
		assert.deepEqual(alarms, [
			[initialized, "14: Name=SEP001122334455 Load=linnet-0.1 Last=CM-closed-TCP"],
			[initialized, "10: Name=SEP001122334455 Load=linnet-0.1 Last=TCP-timeout"],
			[initialized, "15: Name=SEP001122334455 Load=linnet-0.1 Last=CM-ICMP-Unreach"],
			[initialized, "15: Name=SEP001122334455 Load=linnet-0.1 Last=CM-ICMP-Unreach"],
			[initialized, "12: Name=SEP001122334455 Load=linnet-0.1 Last=CM-reset-TCP"],
		]);
	});

	it("asks for no connection before there is an address, says so, and connects with the address", () => {
		const { station, network, clock, up, shown, log } = rig();
		network.lease = undefined;
		station.start();
		clock.advance(3_600_000);
		network.trouble = "Wi-Fi: looking for networks";
		station.troubleChanged();
		network.trouble = "";
		station.troubleChanged();
		station.leaseChanged();
		assert.lengthOf(network.sockets, 0);
		assert.deepEqual(log, []);
		assert.deepEqual(shown, ["1 Configuring IP", "1 Wi-Fi: looking for networks", "1 Configuring IP"]);
		network.lease = fakeLease();
		station.leaseChanged();
		assert.lengthOf(network.sockets, 1);
		up();
		assert.equal(station.registration, Registration.registered);
		station.troubleChanged();
		assert.equal(station.registration, Registration.registered);
	});

	it("ends a pause when the network is back, not with what else a lease says", () => {
		const { station, network, clock } = rig();
		station.start();
		network.socket.fail(TcpEnd.networkUnreachable);
		station.leaseChanged();
		assert.lengthOf(network.sockets, 2);
		network.socket.fail(TcpEnd.refused);
		network.lease = fakeLease({ ntp: ["192.0.2.7"] });
		station.leaseChanged();
		assert.lengthOf(network.sockets, 2);
		network.lease = undefined;
		station.leaseChanged();
		assert.equal(inEnglish(station.text), "Configuring IP");
		clock.advance(600_000);
		assert.lengthOf(network.sockets, 2);
		network.lease = fakeLease();
		station.leaseChanged();
		assert.lengthOf(network.sockets, 3);
		// while it connects there is nothing to end
		station.leaseChanged();
		assert.lengthOf(network.sockets, 3);
	});

	it("stays registered while its lease is gone and its connection is not", () => {
		const { station, network, up, clock, script } = rig();
		script[KeepAliveReq.id] = () => [message(0x100, [])];
		station.start();
		up();
		network.lease = undefined;
		station.leaseChanged();
		clock.advance(10_000);
		assert.equal(station.registration, Registration.registered);
		network.lease = fakeLease();
		station.leaseChanged();
		assert.lengthOf(network.sockets, 1);
		network.socket.fail(TcpEnd.reset);
		network.lease = undefined;
		station.leaseChanged();
		station.stop(() => {});
		network.lease = fakeLease();
		station.leaseChanged();
		clock.advance(600_000);
		assert.lengthOf(network.sockets, 1);
	});

	it("tries five call agents and the three routers that stand behind them", () => {
		const hosts = Array.from({ length: 9 }, (_, i) => `cm${i}`);
		const { station, network, clock } = rig({ agents: hosts });
		const tried: string[] = [];
		network.resolve = (host, done) => {
			tried.push(host);
			done(undefined);
		};
		station.start();
		clock.advance(60000);
		assert.deepEqual(tried.slice(0, 9), [...hosts.slice(0, 8), "cm0"]);
	});

	it("takes a call agent that is named twice for one", () => {
		const { names, refused } = new CallAgents(["cm1", "cm2:2001", " cm1:2000", "cm2", "cm1"], Math.random);
		assert.deepEqual(
			names.map(({ host, port }) => `${host}:${port}`),
			["cm1:2000", "cm2:2001", "cm2:2000"],
		);
		assert.isEmpty(refused);
	});

	it("waits for call agents that come before it is started", () => {
		const { station, network, up } = rig({ agents: [] });
		station.setCallAgents(["cm1"]);
		assert.lengthOf(network.sockets, 0);
		station.start();
		up();
		assert.equal(station.registration, Registration.registered);
	});

	it("unregisters when it is stopped, and does not wait for ever", () => {
		const polite = rig();
		let done = 0;
		polite.station.start();
		polite.up();
		polite.station.stop(() => {
			done += 1;
		});
		assert.equal(done, 0);
		polite.serve();
		assert.equal(done, 1);
		assert.isTrue(polite.network.socket.closed);
		const silent = rig({ answers: { [UnregisterReq.id]: undefined } });
		silent.station.start();
		silent.up();
		silent.station.stop(() => {
			done += 1;
		});
		silent.serve();
		assert.equal(done, 1);
		silent.clock.advance(1000);
		assert.equal(done, 2);
		assert.equal(silent.clock.pending, 0);
		const early = rig();
		early.station.start();
		early.station.stop(() => {
			done += 1;
		});
		assert.equal(done, 3);
		assert.equal(early.clock.pending, 0);
	});

	it("lets nothing through but Alarm and RegisterReq before the phone is registered", () => {
		const { station, network, sender, serve } = rig();
		station.start();
		network.socket.writable();
		sender.begin(OffHook);
		assert.isFalse(sender.send());
		serve(3);
		sender.begin(OffHook);
		assert.isFalse(sender.send());
		assert.notInclude(network.socket.ids, OffHook.id);
		serve();
		sender.begin(OffHook);
		assert.isTrue(sender.send());
	});

	it("stays registered through garbage that keeps the framing, and renews after garbage that does not", () => {
		let seed = 99;
		const random = () => {
			seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
			return seed >> 8;
		};
		const { station, network, up, clock, host } = rig();
		station.start();
		up();
		const socket = network.socket;
		for (let i = 0; i < 2000; i += 1) {
			let id = random() % 0x170;
			if (id === Reset.id || id === RegisterReject.id || id === UnregisterAck.id) id = 0x155;
			socket.deliver(
				message(
					id,
					Uint8Array.from({ length: random() % 400 }, () => random() & 255),
				),
			);
		}
		assert.equal(station.registration, Registration.registered);
		assert.equal(host.restarts, 0);
		socket.deliver(Uint8Array.from({ length: 64 }, () => 0xee));
		assert.isTrue(socket.closed);
		clock.advance(2000);
		up();
		assert.equal(station.registration, Registration.registered);
	});

	it("reads call agents as 'host' or 'host:port'", () => {
		assert.deepEqual(parseCallAgent("cm1"), { host: "cm1", port: 2000 });
		assert.deepEqual(parseCallAgent(" 10.0.0.1:2443 "), { host: "10.0.0.1", port: 2443 });
		for (const wrong of ["", "a:b", "a:0", "a:70000", "a b", "[::1]:2000"]) assert.isUndefined(parseCallAgent(wrong));
	});
});
