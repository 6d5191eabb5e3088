// The boot machine with its real clients against servers that hold each transfer for as long as they can, on a simulated clock.
import { assert } from "chai";
import { Limits } from "limits";
import { Http } from "net/http";
import { Tftp } from "net/tftp";
import { PhoneNetwork } from "network/network";
import { Boot } from "provisioning/boot";
import type { Configuration } from "provisioning/configuration";
import { Fetch } from "provisioning/fetch";
import { Store } from "settings/store";
import { FakeClock, FakeNetwork } from "../support/fakes.js";
import { FakeUpdate, LineFormat, lease } from "../support/provisioning.js";
import { FakeStorage } from "../support/storage.js";

const deviceName = "SEP001122334455";
const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

/** Seconds that a file may take of one server that holds HTTP and TFTP: each half a minute, the first octet's wait, and what drips. */
const eachServer = 75;

/** A phone on a network of which every server drips, but for the files of `good`, 'address name'. */
class House {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly configured: Configuration[] = [];
	readonly log: string[] = [];
	/** When the station was first told to register, in seconds; and how often all else was told to go on. */
	registers = -1;
	settled = 0;
	readonly boot: Boot;
	private readonly good: ReadonlyMap<string, string>;
	private readonly seen = { tcp: 0, udp: 0 };
	private block = 0;

	constructor(servers: readonly string[], good: Record<string, string>, storage = new FakeStorage()) {
		const { clock, network } = this;
		this.good = new Map(Object.entries(good));
		const log = (line: string) => this.log.push(line);
		const owner = new PhoneNetwork(network);
		const buffer = () => new Uint8Array(Limits.transferBuffer);
		this.boot = new Boot(
			{
				network: owner,
				clock,
				store: new Store(storage, log),
				update: Object.assign(new FakeUpdate(), { room: 1e9 }),
				fetch: new Fetch((http) => (http ? new Http(network, clock, buffer()) : new Tftp(network, clock, buffer()))),
				files: new LineFormat(),
				deviceName,
				alternate: () => servers,
				random: () => 0.5,
			},
			{
				bootChanged: () => {},
				configured: (configuration) => this.configured.push(configuration),
				lastResortChanged: () => {},
				register: () => {
					if (this.registers < 0) this.registers = clock.ticks / 1000;
				},
				settled: () => {
					this.settled += 1;
				},
				paused: () => {},
				callsUp: () => false,
				startLoad: () => {},
				log,
			},
		);
		owner.listen(this.boot);
		owner.start({ hostName: deviceName, vendorClass: "" }, undefined);
		this.boot.start("power on");
		network.give(lease());
	}

	/** Runs until `until` is so. @returns seconds since the start. */
	run(until: () => boolean, most = 3000): number {
		const { clock } = this;
		for (let second = 0; !until() && clock.ticks < most * 1000; second += 1) {
			this.drip(second);
			clock.advance(1000);
		}
		assert.isTrue(until(), this.log.slice(-5).join("\n"));
		return clock.ticks / 1000;
	}

	/** What the servers do in a second: answer at once what is good, and drip the rest. */
	private drip(second: number): void {
		const { datagramSockets, sockets } = this.network;
		for (; this.seen.tcp < sockets.length; this.seen.tcp += 1) {
			const socket = sockets[this.seen.tcp];
			if (socket === undefined || socket.closed) continue;
			if ([...this.good.keys()].some((name) => name.startsWith(`${socket.options.address} `))) socket.fail();
			else {
				socket.writable();
				socket.deliver(codes("HTTP/1.1 200 OK\r\n\r\n"));
			}
		}
		const socket = sockets.at(-1);
		if (socket !== undefined && !socket.closed && second % 8 === 0) socket.deliver(codes("#"));
		const datagrams = datagramSockets.at(-1);
		if (datagrams === undefined || datagrams.closed) return;
		for (const { octets, address } of datagrams.take()) {
			if (octets[1] !== 1) continue;
			this.block = 0;
			const [name = ""] = String.fromCharCode(...octets.subarray(2)).split("\0");
			const content = this.good.get(`${address} ${name}`);
			if (content === undefined) this.address = address;
			else datagrams.deliver({ octets: Uint8Array.from([0, 3, 0, 1, ...codes(content)]), address, port: 5000 });
		}
		if (second % 7 !== 0 || datagrams.closed) return;
		this.block += 1;
		const octets = Uint8Array.from([0, 3, 0, this.block, ...new Array<number>(512).fill(0x23)]);
		datagrams.deliver({ octets, address: this.address, port: 5000 });
	}

	private address = "";
}

const holders = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];

describe("a phone whose servers hold it", () => {
	it("asks one after another, and registers by the file of the last", () => {
		const house = new House([...holders, "10.0.0.9"], { [`10.0.0.9 ${deviceName}.cnf.xml`]: "agents=cm1\n" });
		const seconds = house.run(() => house.configured.length > 0);
		assert.deepEqual(house.configured[0]?.callAgents, ["cm1"]);
		assert.isAtMost(seconds, holders.length * eachServer);
		assert.isAbove(seconds, holders.length * 30, "they did hold it");
	});

	it("registers within seconds where it has a configuration, however many there are", () => {
		const storage = new FakeStorage();
		const first = new House(["10.0.0.9"], { [`10.0.0.9 ${deviceName}.cnf.xml`]: "agents=cm1\n" }, storage);
		first.run(() => first.registers >= 0);
		const house = new House(holders, {}, storage);
		house.run(() => house.registers >= 0);
		assert.isAtMost(house.registers, 6);
		assert.deepEqual(house.configured[0]?.callAgents, ["cm1"]);
		// and goes on asking all of them
		house.run(() => holders.every((holder) => house.log.some((line) => line.includes(`from ${holder}: `))));
	});

	it("registers within seconds though its load drips, and gives that up within a minute or so", () => {
		const house = new House(["10.0.0.9"], { [`10.0.0.9 ${deviceName}.cnf.xml`]: "agents=cm1\nload=linnet-2\n" });
		house.run(() => house.registers >= 0);
		assert.isAtMost(house.registers, 13);
		const seconds = house.run(() => house.settled > 0);
		assert.isAtMost(seconds, eachServer + 3);
		assert.match(house.boot.problem, /linnet-2.*less than 512 a second/);
	});
});
