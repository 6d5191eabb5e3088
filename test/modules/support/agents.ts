// Call agents on a fake network: each listens at an address, answers what a phone asks, and does what a spec tells it to do wrong.
import type { TcpOptions } from "hal/hardware";
import { PhoneNetwork } from "network/network";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { audioCapabilities } from "station/register";
import { deviceNameOf, Station } from "station/station";
import { inEnglish } from "./english.js";
import { FakeClock, FakeNetwork, type FakeSocket, fakeLease } from "./fakes.js";
import { build } from "./rig.js";

const Id = Object.freeze({
	keepAlive: 0x00,
	register: 0x01,
	forwardStat: 0x09,
	speedDialStat: 0x0a,
	lineStat: 0x0b,
	configStat: 0x0c,
	time: 0x0d,
	buttonTemplate: 0x0e,
	softKeySet: 0x25,
	unregister: 0x27,
	softKeyTemplate: 0x28,
	token: 0x29,
	serviceStat: 0x33,
	featureStat: 0x34,
	availableLines: 0x2d,
	capabilities: 0x10,
	alarm: 0x20,
});

/** One message that a call agent has received. */
export interface Received {
	readonly at: number;
	readonly id: number;
	readonly words: readonly number[];
	readonly socket: FakeSocket;
}

/** A call agent that serves at one address. */
export class FakeAgent {
	/** Whether connections come up; otherwise they are refused, or nothing happens where it is `dark`. */
	up = true;
	dark = false;
	/** Takes everything in and says nothing. */
	silent = false;
	/** Milliseconds that each answer takes. */
	delay = 1;
	/** Keepalive intervals in s: of a registration, of a stand-by. */
	keepAlive = 30;
	secondary = 60;
	/** Ids that it does not answer. */
	ignored: number[] = [];
	/** Refuses phones with this text. */
	refusal = "";
	/** What it does about RegisterTokenReq. */
	token: "acknowledge" | "reject" | "ignore" | "close" = "acknowledge";
	tokenWait = 60;
	/** Milliseconds after RegisterAck at which it closes the connection; -1: never. */
	closesAfter = -1;
	/** Milliseconds after RegisterAck at which it has the phone restart; -1: never. */
	resetsAfter = -1;
	/** Closes a connection whose first message is a keepalive. */
	closesStandby = false;
	/** The buttons of its template as kinds, with the count that it says there are. */
	buttons: readonly number[] = [9, 9, 2];
	total = 0;
	readonly received: Received[] = [];
	readonly sockets: FakeSocket[] = [];
	readonly address: string;
	private readonly clock: FakeClock;

	constructor(address: string, clock: FakeClock) {
		this.address = address;
		this.clock = clock;
	}

	/** A phone connects. */
	accept(socket: FakeSocket): void {
		this.clock.after(1, () => {
			if (socket.closed || this.dark) return;
			if (!this.up) {
				socket.fail();
				return;
			}
			this.sockets.push(socket);
			socket.heard = (octets) => this.hear(socket, octets.slice());
			socket.writable();
		});
	}

	/** Connections that are open. */
	get open(): FakeSocket[] {
		return this.sockets.filter((socket) => !socket.closed);
	}

	/** Times at which it received a message with this id. */
	times(id: number): number[] {
		return this.received.filter((one) => one.id === id).map(({ at }) => at);
	}

	/** Its power goes: connections end (or, `dark`, just nothing comes any more), and nobody is let in. */
	fall(dark = false): void {
		this.up = false;
		this.dark = dark;
		this.silent = dark;
		if (!dark) for (const socket of this.open) socket.fail();
	}

	rise(): void {
		this.up = true;
		this.dark = false;
		this.silent = false;
	}

	private hear(socket: FakeSocket, octets: Uint8Array): void {
		const view = new DataView(octets.buffer);
		const id = view.getUint32(8, true);
		const words: number[] = [];
		for (let at = 12; at + 4 <= octets.length; at += 4) words.push(view.getUint32(at, true));
		const first = !this.received.some((one) => one.socket === socket);
		this.received.push({ at: this.clock.ticks, id, words, socket });
		if (this.silent) return;
		if (first && id === Id.keepAlive && this.closesStandby) this.later(0, () => socket.fail());
		else if (id === Id.token && this.token === "close") this.later(0, () => socket.fail());
		else if (!this.ignored.includes(id))
			for (const answer of this.answers(id, words[0] ?? 0)) this.say(socket, answer, this.delay);
		if (id === Id.register && this.resetsAfter >= 0) this.say(socket, build(0x9f, 2), this.delay + this.resetsAfter);
		if (id === Id.register && this.refusal === "" && this.closesAfter >= 0)
			this.later(this.delay + this.closesAfter, () => {
				if (!socket.closed) socket.fail();
			});
	}

	/** Sends a message on a connection, after a while. */
	say(socket: FakeSocket, octets: Uint8Array, delay = 0): void {
		this.later(delay, () => {
			if (!socket.closed && !this.silent) socket.deliver(octets);
		});
	}

	private later(milliseconds: number, callback: () => void): void {
		this.clock.after(milliseconds, callback);
	}

	/** The template's message. */
	template(): Uint8Array {
		const { buttons, total } = this;
		const counts = new Map<number, number>();
		const entries = buttons.map((kind) => {
			const instance = (counts.get(kind) ?? 0) + 1;
			counts.set(kind, instance);
			return String.fromCharCode(instance, kind);
		});
		return build(0x97, 0, buttons.length, Math.max(total, buttons.length), [entries.join(""), 2 * buttons.length]);
	}

	private answers(id: number, instance: number): Uint8Array[] {
		switch (id) {
			case Id.keepAlive:
				return [build(0x100)];
			case Id.register:
				if (this.refusal !== "") return [build(0x9d, [this.refusal, 33])];
				return [build(0x81, this.keepAlive, ["D/M/Y", 6], [" ", 2], this.secondary, 17), build(0x9b)];
			case Id.buttonTemplate:
				return [this.template()];
			case Id.softKeyTemplate:
				return [build(0x108, 0, 0, 0)];
			case Id.softKeySet:
				return [build(0x109, 0, 0, 0)];
			case Id.lineStat:
				return [build(0x92, instance, [`10${instance}`, 24], ["", 84])];
			case Id.forwardStat:
				return [build(0x90, 0, instance, ["", 84])];
			case Id.speedDialStat:
				return [build(0x91, instance, [`20${instance}`, 24], ["", 40])];
			case Id.featureStat:
				return [build(0x11f, instance, 0, ["", 44])];
			case Id.serviceStat:
				return [build(0x12f, instance, ["", 296])];
			case Id.time:
				return [build(0x94, 2026, 11, 0, 22, 13, 21, 56, 0, 1795353716)];
			case Id.unregister:
				return [build(0x118, 0)];
			case Id.token:
				if (this.token === "acknowledge") return [build(0x11a)];
				return this.token === "reject" ? [build(0x11b, this.tokenWait)] : [];
		}
		return [];
	}
}

/** A network on which call agents serve, and nobody else. */
class AgentNetwork extends FakeNetwork {
	agents: readonly FakeAgent[] = [];

	override connect(options: TcpOptions): FakeSocket {
		const socket = super.connect(options);
		this.agents.find(({ address }) => address === options.address)?.accept(socket);
		return socket;
	}
}

/** A station and its call agents, in order of preference, at 127.0.0.2, 127.0.0.3 and so on. */
export class StationRig {
	readonly clock = new FakeClock();
	readonly network = new AgentNetwork();
	readonly agents: readonly FakeAgent[];
	readonly station: Station;
	readonly link: Link;
	readonly log: string[] = [];
	/** What the display was told, with the ticks of it. */
	readonly shown: string[] = [];
	/** Times at which the phone was registered. */
	readonly registrations: number[] = [];
	/** Whether a call is up, and whether it outlives its call agent. */
	calls = false;
	/** Whether the phone has a server for its configuration, and how often that was asked for it. */
	fetches = false;
	fetched = 0;
	/** What spreads pauses. */
	chance = 0.5;

	constructor(count = 2) {
		const { clock, network } = this;
		this.agents = Array.from({ length: count }, (_, i) => new FakeAgent(`127.0.0.${i + 2}`, clock));
		network.agents = this.agents;
		network.lease = fakeLease();
		const log = (line: string): void => {
			this.log.push(inEnglish(line));
		};
		const reader = new Reader(Station.poolSize);
		const dispatch = new Dispatch(log);
		this.link = new Link(network, clock, dispatch, reader);
		let registered = false;
		const host = {
			stationChanged: () => {
				const now = this.station.registration === 3;
				if (now && !registered) this.registrations.push(clock.ticks);
				registered = now;
				this.shown.push(`${this.station.registration} ${inEnglish(this.station.text)}`);
			},
			callsUp: () => this.calls,
			preserve: () => this.calls,
			restart: () => {},
			fetchConfiguration: () => {
				if (this.fetches) this.fetched += 1;
				return this.fetches;
			},
			log,
		};
		this.station = new Station(
			new PhoneNetwork(network),
			clock,
			this.link,
			new Sender(this.link),
			dispatch,
			reader,
			host,
			{
				callAgents: this.agents.map(({ address }) => address),
				deviceName: deviceNameOf(network.mac),
				mac: network.mac,
				deviceType: 7,
				load: "linnet-0.1",
				protocolVersion: 17,
				capabilities: audioCapabilities,
				random: () => this.chance,
			},
		);
	}

	/** The call agent at this place of the list. */
	agent(index: number): FakeAgent {
		return this.agents[index] as FakeAgent;
	}

	/** Which call agent the phone is registered with, -1 for none. */
	get registeredWith(): number {
		if (this.station.registration !== 3) return -1;
		return this.agents.findIndex(({ address }) => this.station.callAgent.startsWith(`${address}:`));
	}

	get status(): string[] {
		const lines: string[] = [];
		this.station.status(lines);
		return lines.map(inEnglish);
	}
}
