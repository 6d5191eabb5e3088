// The phone's network has one owner: whether or not the phone was given its call agents, it is started, the address set by hand is taken,
// and its changes reach the station, the boot machine and the display.

import type { DeskPhone } from "app/deskphone";
import { objection } from "base/machine";
import { assert } from "chai";
import { Registration } from "hal/hardware";
import { bootPlan, Step } from "provisioning/boot";
import { StationState, stationPlan } from "station/states";
import { type FakeSocket, fakeLease } from "../support/fakes.js";
import { build, Rig } from "../support/rig.js";
import { FakeStorage } from "../support/storage.js";

const given = ["127.0.0.2:2000"];
const asked: readonly string[] = [];

/** What a user has set: an address by hand. */
function byHand(): FakeStorage {
	const storage = new FakeStorage();
	const rig = new Rig(17, { storage });
	Object.assign(rig.desk.settings, { dhcp: false, address: "192.0.2.77", mask: "255.255.255.0", router: "192.0.2.1" });
	rig.desk.settings.changed();
	rig.desk.settings.flush();
	return storage;
}

describe("the phone's network", () => {
	for (const [name, callAgents] of [
		["with call agents that it was given", given],
		["that asks servers for its call agents", asked],
	] as const) {
		describe(name, () => {
			it("is started under the phone's name, once", () => {
				const rig = new Rig(17, { callAgents, registered: false });
				assert.isUndefined(rig.network.identity);
				rig.desk.start();
				assert.deepEqual(rig.network.identity, {
					hostName: "SEP001122334455",
					vendorClass: "Cisco Systems, Inc. IP Phone CP-7960G",
				});
				assert.equal(rig.network.starts, 1);
			});

			it("has the address that was set by hand, before it asks for one", () => {
				const rig = new Rig(17, { callAgents, registered: false, storage: byHand() });
				rig.desk.start();
				assert.equal(rig.network.settings?.address, "192.0.2.77");
				assert.deepEqual(rig.network.order, ["configure", "start"]);
			});

			it("says on the display what keeps it, such as the set-up access point's name and key", () => {
				const rig = new Rig(17, {
					callAgents,
					registered: false,
					before: ({ network }) => {
						network.lease = undefined;
					},
				});
				rig.desk.start();
				assert.equal(rig.screen.prompt, "Configuring IP");
				assert.equal(rig.screen.registration, Registration.finding);
				rig.network.say("Linnet-4455, key 12345678, 192.168.4.1");
				assert.equal(rig.screen.prompt, "Linnet-4455, key 12345678, 192.168.4.1");
				rig.network.say("");
				assert.equal(rig.screen.prompt, "Configuring IP");
				rig.network.give(fakeLease());
				assert.notEqual(rig.screen.prompt, "Configuring IP");
			});

			it("loses nothing of what comes before or while it is started", () => {
				const rig = new Rig(17, {
					callAgents,
					registered: false,
					before: ({ network }) => {
						network.lease = undefined;
						network.started = () => {
							network.say("Wi-Fi: looking for networks");
							network.give(fakeLease({ tftpAddresses: ["192.0.2.3"] }));
						};
					},
				});
				rig.desk.start();
				assert.notEqual(rig.screen.prompt, "Configuring IP");
				if (callAgents === given) assert.lengthOf(rig.network.sockets, 1);
				else assert.equal(rig.desk.provisioning?.boot.step, Step.deviceFile);
				const early = new Rig(17, {
					callAgents,
					registered: false,
					before: ({ network }) => {
						network.lease = undefined;
						network.trouble = "Ethernet: no link";
					},
				});
				early.desk.start();
				assert.equal(early.screen.prompt, "Ethernet: no link");
			});
		});
	}

	it("has the phone register anew from another address of its own", () => {
		const rig = new Rig();
		rig.network.localAddress = () => "127.0.0.9";
		rig.network.give(fakeLease({ address: "127.0.0.9" }));
		assert.equal(rig.screen.prompt, "The phone's address has changed");
		rig.register();
		assert.equal(rig.desk.station.registration, Registration.registered);
		assert.equal(rig.desk.address, "127.0.0.9");
	});

	it("gives the phone the address of its lease, in its registration and for its sound, where the body knows no other", () => {
		const rig = new Rig(17, {
			registered: false,
			before: ({ network }) => {
				network.localAddress = undefined;
				network.lease = undefined;
			},
		});
		// after a power cut the switch boots slower than the phone
		rig.desk.start();
		rig.clock.advance(60_000);
		rig.network.give(fakeLease({ address: "192.0.2.20" }));
		rig.network.socket.writable();
		const words = rig.take().find(({ id }) => id === 0x1)?.words;
		assert.equal(words?.[6], 0x140200c0, String(words?.map((word) => word.toString(16))));
		rig.register();
		rig.take();
		rig.receive(build(0x105, 4, 77, 20, 4, 0, 0, 4));
		assert.deepEqual(rig.sent(), [`22 0 0 ${0x140200c0} 0 0 0 20480 77 4`]);
	});

	it("has a connection that is being made begun anew from another address, at once", () => {
		const rig = new Rig(17, { registered: false });
		rig.desk.start();
		assert.equal(rig.desk.station.state, StationState.connecting);
		const first = rig.network.socket;
		rig.network.give(fakeLease({ address: "192.0.2.99" }));
		assert.isTrue(first.closed);
		assert.lengthOf(rig.network.sockets, 2);
		assert.isEmpty(rig.log.filter((line) => line.includes("trying again")));
		rig.register();
		assert.equal(rig.desk.station.registration, Registration.registered);
	});

	it("goes on with DHCP and says why where the address set by hand is refused", () => {
		const rig = new Rig(17, {
			registered: false,
			storage: byHand(),
			before: ({ network }) => {
				network.refusal = "the mask is none";
			},
		});
		rig.desk.start();
		assert.include(rig.log, "the address set by hand cannot be used: the mask is none");
		assert.equal(rig.network.starts, 1);
	});
});

describe("the phone's machines", () => {
	/** Everything that can happen to any phone on its way, in any order. */
	const events: readonly ((rig: Rig, random: () => number) => void)[] = [
		(rig) => rig.clock.advance(0),
		(rig) => rig.clock.advance(500),
		(rig) => rig.clock.advance(5000),
		(rig) => rig.clock.advance(10_000),
		(rig) => rig.clock.advance(10_000),
		(rig) => rig.clock.advance(200_000),
		(rig) => rig.network.give(undefined),
		(rig) => rig.network.give(fakeLease()),
		(rig) => rig.network.give(fakeLease({ address: "192.0.2.44" })),
		(rig) => rig.network.say("Ethernet: no link"),
		(rig, random) => rig.network.sockets[rig.network.sockets.length - 1]?.fail(Math.floor(random() * 8)),
		(rig, random) => registered(rig)?.fail(Math.floor(random() * 8)),
		(rig) => open(rig, (octets) => octets, []),
		(rig) => open(rig, answer, [0x9b]),
		(rig) => open(rig, answer, [0x9d]),
		(rig) => takeIn(rig),
		(rig) => takeIn(rig),
		(rig) => {
			// all that it asks stays without an answer
			open(rig, answer, [0x9b]);
			for (let i = 0; i < 5; i += 1) rig.clock.advance(2000);
		},
		// a stand-by connection stands, and serves at once where the other is lost
		(rig) => {
			rig.clock.advance(5000);
			takeIn(rig);
			standBy(rig);
			registered(rig)?.fail();
			rig.clock.advance(500);
		},
		(rig) => standBy(rig),
		(rig) => standBy(rig),
		(rig) => open(rig, answer, [0x9f]),
		// calls: connected with sound, one that rings beside it, a reset meanwhile, and the user ends what is up
		(rig) => calls(rig),
		(rig) => calls(rig),
		(rig) => calls(rig),
		(rig) => {
			calls(rig);
			registered(rig)?.fail();
		},
		(rig, random) => {
			rig.clock.advance(5000);
			takeIn(rig);
			standBy(rig);
			calls(rig);
			registered(rig)?.fail();
			if (random() < 0.5) rig.press("speaker");
		},
		(rig) => say(rig, [0x111, 4, 1, 8]),
		(rig, random) => say(rig, [0x9f, random() < 0.5 ? 1 : 2]),
		(rig) => rig.press("speaker"),
		(rig) => rig.press("speaker"),
		(rig) => rig.desk.station.setCallAgents(["127.0.0.3"]),
		(rig) => rig.desk.station.setCallAgents([]),
		(rig) => rig.desk.station.setCallAgents(["127.0.0.2", "127.0.0.3"]),
		(rig) => rig.desk.provisioning?.boot.again("a test"),
	];
	/** What can besides to one that asks servers for its configuration. */
	const served: readonly ((rig: Rig, random: () => number) => void)[] = [
		...[serve, serve, serve, serve, serve, serve, serve, serve],
		// a server that has the file and no other load, and a call agent that takes the phone in
		(rig) => {
			for (let i = 0; i < 4; i += 1) {
				serve(rig, () => 0);
				rig.clock.advance(3000);
			}
			if (rig.network.sockets[rig.network.sockets.length - 1]?.options.port !== 2000) return;
			takeIn(rig);
		},
	];

	/** A configuration file below its root. */
	const agents = `<callManagerGroup><members><member priority="0"><callManager><ports><ethernetPhonePort>2000</ethernetPhonePort></ports>
		<processNodeName>127.0.0.2</processNodeName></callManager></member></members></callManagerGroup>`;

	/** The server answers the request that is under way: with the file, with another, or that it has none. */
	function serve(rig: Rig, random: () => number): void {
		const { datagramSockets, sockets } = rig.network;
		const udp = datagramSockets[datagramSockets.length - 1];
		const request = udp?.writes[udp.writes.length - 1];
		// by TFTP it never has one
		if (request !== undefined && request.octets[1] === 1)
			udp?.deliver({ octets: Uint8Array.of(0, 5, 0, 1, 0), address: request.address, port: 4000 });
		const tcp = sockets[sockets.length - 1];
		if (tcp === undefined || tcp.closed || tcp.options.port !== 6970) return;
		if (tcp.writes.length === 0) tcp.writable(65536);
		const asked = String.fromCharCode(...(tcp.writes[0] ?? []));
		let file = "good load";
		if (asked.includes("/SEP"))
			file = `<device><devicePool>${agents}</devicePool><loadInformation>linnet-${random() < 0.5 ? 1 : 2}</loadInformation></device>`;
		else if (asked.includes("/XML"))
			file = `<Default>${agents}${random() < 0.5 ? "<loadInformation7>linnet-2</loadInformation7>" : ""}</Default>`;
		const head = random() < 0.5 ? `200 OK\r\nContent-Length: ${file.length}` : "404 Not Found";
		const answer = `HTTP/1.1 ${head}\r\n\r\n${file}`;
		tcp.deliver(Uint8Array.from(answer, (character) => character.charCodeAt(0)));
	}

	function answer(): Uint8Array {
		return Uint8Array.from([
			24, 0, 0, 0, 0, 0, 0, 0, 0x81, 0, 0, 0, 30, 0, 0, 0, 68, 47, 77, 47, 89, 0, 0, 0, 60, 0, 0, 0, 17, 0, 0, 0,
		]);
	}

	/** The newest connection comes up, where it is still wanted; the call agent takes the phone in and says more. */
	function open(rig: Rig, first: (octets: Uint8Array) => Uint8Array, more: readonly number[]): void {
		const socket = rig.network.sockets[rig.network.sockets.length - 1];
		if (socket === undefined || socket.closed) return;
		socket.writable(65536);
		const octets = first(new Uint8Array(0));
		if (octets.length > 0 && !socket.closed) socket.deliver(octets);
		// 1, a reset, is all that any of these says
		for (const id of more) if (!socket.closed) socket.deliver([8, 0, 0, 0, 0, 0, 0, 0, id, 0, 0, 0, 1, 0, 0, 0]);
	}

	/** The call agent takes the phone in and answers what it asks, with nothing. */
	function takeIn(rig: Rig): void {
		open(rig, answer, [0x9b]);
		for (const id of [0x97, 0x108, 0x109]) say(rig, [id, 0, 0, 0]);
		say(rig, [0x94, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
	}

	/** The connection beside that of a registered phone comes up, once there is one. */
	function standBy(rig: Rig): void {
		if (rig.desk.station.state !== StationState.registered) return;
		const { sockets } = rig.network;
		const before = sockets.length;
		rig.clock.advance(3000);
		if (sockets.length === before) return;
		sockets[sockets.length - 1]?.writable(65536);
		sockets[sockets.length - 1]?.deliver(build(0x100));
	}

	/** The connection on which the phone has registered last, where it is open: beside a stand-by connection it is not the newest. */
	function registered(rig: Rig): FakeSocket | undefined {
		const { sockets } = rig.network;
		for (let i = sockets.length - 1; i >= 0; i -= 1)
			if (sockets[i]?.closed === false && sockets[i]?.ids.includes(0x01)) return sockets[i];
		return undefined;
	}

	/** A message of u32 words on that connection. */
	function say(rig: Rig, [id = 0, ...words]: readonly number[]): void {
		registered(rig)?.deliver(build(id, ...words));
	}

	function calls(rig: Rig): void {
		say(rig, [0x111, 5, 1, 7]);
		say(rig, [0x105, 7, 1, 20, 4, 0, 0, 7]);
	}

	/** Repeatable numbers from 0 up to 1. */
	function generator(start: number): () => number {
		let seed = start;
		return () => {
			seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
			return (seed >> 8) / 2 ** 23;
		};
	}

	const chance = Math.random;
	afterEach(() => {
		Math.random = chance;
	});

	it("go where their plans lead and nowhere else, whatever happens in whatever order", () => {
		const seen = new Set<string>();
		const plans = [stationPlan, bootPlan];
		for (let run = 0; run < 600; run += 1) {
			const random = generator(run * 7919 + 1);
			// the phone's pauses, too, are the same each time
			Math.random = random;
			const rig = new Rig(17, {
				callAgents: run % 2 === 1 ? asked : run % 4 === 0 ? given : ["127.0.0.2", "127.0.0.3"],
				registered: false,
				before: ({ clock, network, update }) => {
					update.onTrial = run % 5 === 0;
					if (run % 3 === 0) network.lease = undefined;
					// name servers take their time
					network.resolve = (host, done) => {
						clock.after(random() < 0.5 ? 0 : 3000, () => done(random() < 0.9 ? host : undefined));
					};
				},
			});
			const { station, provisioning } = rig.desk;
			let before = [0, 0];
			const look = () => {
				const now = [station.state, provisioning?.boot.step ?? 0];
				for (const [i, plan] of plans.entries())
					if (now[i] !== before[i])
						seen.add(`${i} ${plan.names[before[i] as number]} > ${plan.names[now[i] as number]}`);
				before = now;
			};
			const { bootChanged, stationChanged } = rig.desk;
			rig.desk.stationChanged = function (this: DeskPhone): void {
				stationChanged.call(this);
				look();
			};
			rig.desk.bootChanged = function (this: DeskPhone): void {
				bootChanged.call(this);
				look();
			};
			if (run % 20 === 0) station.setCallAgents([]);
			rig.desk.start();
			look();
			const possible = run % 2 === 0 ? events : [...events, ...served];
			for (let i = 0; i < 5 + (run % 90); i += 1) {
				possible[Math.floor(random() * possible.length)]?.(rig, random);
				look();
			}
			// some are told to end while they are being taken in
			if (run % 7 === 0) open(rig, answer, [0x9b]);
			if (run % 7 === 3) open(rig, (octets) => octets, []);
			look();
			rig.quit(() => {});
			look();
			rig.clock.advance(1000);
			look();
			assert.isEmpty(
				rig.log.filter((line) => line.includes("does not follow")),
				`run ${run}`,
			);
		}
		const missing = stationPlan.next.flatMap((next, state) =>
			next
				.map((other) => `0 ${stationPlan.names[state]} > ${stationPlan.names[other]}`)
				.filter((step) => !seen.has(step)),
		);
		assert.deepEqual(missing, []);
		// of the boot's many steps some are rare; each state was reached, and by most of the ways that lead there
		const bootSteps = [...seen].filter((step) => step.startsWith("1 "));
		for (const name of bootPlan.names.slice(1))
			assert.isTrue(
				bootSteps.some((step) => step.endsWith(` > ${name}`)),
				name,
			);
		assert.isAtLeast(bootSteps.length, 35);
	});

	it("object to every other step", () => {
		assert.equal(
			objection(stationPlan, StationState.off, StationState.registered),
			'"registered" does not follow "off"',
		);
		assert.equal(objection(stationPlan, StationState.connecting, StationState.registering), "");
		assert.equal(objection(bootPlan, Step.address, Step.load), '"load" does not follow "address"');
		assert.equal(objection(bootPlan, Step.load, Step.load), "");
		for (const plan of [stationPlan, bootPlan]) {
			assert.equal(plan.names.length, plan.next.length);
			// from wherever it is, a machine comes to its end
			for (const [state, next] of plan.next.entries()) assert.isNotEmpty(next, `${plan.names[state]} leads nowhere`);
		}
	});
});
