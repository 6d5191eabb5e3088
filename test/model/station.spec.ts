// Call agents, network and user do what they like, in any order: what holds of connections and registrations all the same.
import { assert } from "chai";
import fc from "fast-check";
import { TcpEnd } from "hal/hardware";
import { type FakeAgent, StationRig } from "../modules/support/agents.js";
import { fakeLease } from "../modules/support/fakes.js";
import { build } from "../modules/support/rig.js";

const seed = 77;
const register = 0x01;
/** Types of Reset; one that has the body start anew is left out. */
const restart = 2;
const applyConfiguration = 3;
/** The link, a stand-by behind it, one before it. */
const connectionsMost = 3;
const lists = [
	["127.0.0.2", "127.0.0.3", "127.0.0.4"],
	["127.0.0.4", "127.0.0.2"],
	["127.0.0.3"],
	["127.0.0.9", "127.0.0.3", "127.0.0.2", "127.0.0.4"],
];

/** Something that happens, in words, and what it does. */
interface Event {
	readonly what: string;
	readonly happen: (rig: StationRig) => void;
}

const event = (what: string, happen: (rig: StationRig) => void): Event => ({ what, happen });
const toAgent = <T>(what: string, value: fc.Arbitrary<T>, change: (agent: FakeAgent, value: T) => void) =>
	fc
		.tuple(fc.nat(2), value)
		.map(([index, one]) => event(`agent ${index} ${what} ${one}`, (rig) => change(rig.agent(index), one)));

/** Octets on one of the connections that stand. */
const octets: readonly (readonly number[])[] = [
	[...build(0x100)],
	[...build(0x11a)],
	[...build(0x11a), 4, 0, 0],
	[...build(0x11b, 1)],
	[...build(0x9d, ["No Authority", 33])],
	[...build(0x81, 30, ["D/M/Y", 6], [" ", 2], 60, 17)],
	[4, 0, 0, 0, 0],
	[0xee, 0xee, 0xee, 0xee],
];

const happenings = fc.oneof(
	{ arbitrary: fc.integer({ min: 1, max: 2000 }), weight: 3 },
	{ arbitrary: fc.integer({ min: 2000, max: 200_000 }), weight: 5 },
);
const events: fc.Arbitrary<Event> = fc.oneof(
	{
		arbitrary: happenings.map((time) => event(`${time} ms pass`, (rig) => rig.clock.advance(time))),
		weight: 12,
	},
	toAgent("falls, dark:", fc.boolean(), (agent, dark) => agent.fall(dark)),
	toAgent("rises", fc.constant(""), (agent) => agent.rise()),
	toAgent("takes for an answer", fc.constantFrom(1, 500, 2500, 15_000), (agent, time) => {
		agent.delay = time;
	}),
	toAgent(
		"does about tokens",
		fc.constantFrom("acknowledge" as const, "reject" as const, "ignore" as const, "close" as const),
		(agent, kind) => {
			agent.token = kind;
		},
	),
	toAgent("closes after", fc.constantFrom(-1, 0, 100, 30_000), (agent, time) => {
		agent.closesAfter = time;
	}),
	toAgent("restarts phones after", fc.constantFrom(-1, 0, 100), (agent, time) => {
		agent.resetsAfter = time;
	}),
	toAgent("closes stand-by connections:", fc.boolean(), (agent, closes) => {
		agent.closesStandby = closes;
	}),
	toAgent("refuses phones:", fc.constantFrom("", "Crossover session"), (agent, text) => {
		agent.refusal = text;
	}),
	fc.tuple(fc.nat(connectionsMost - 1), fc.constantFrom(...octets)).map(([index, all]) =>
		event(`octets ${all} on connection ${index}`, (rig) => {
			rig.agents.flatMap(({ open }) => open)[index]?.deliver(all);
		}),
	),
	fc.constantFrom(restart, applyConfiguration).map((type) =>
		event(`reset of type ${type}`, (rig) => {
			for (const agent of rig.agents)
				if (agent.times(register).length > 0) agent.open.at(-1)?.deliver(build(0x9f, type));
		}),
	),
	fc
		.tuple(fc.nat(connectionsMost - 1), fc.constantFrom(TcpEnd.closed, TcpEnd.reset, TcpEnd.timedOut, TcpEnd.unknown))
		.map(([index, end]) =>
			event(`connection ${index} ends with ${end}`, (rig) => {
				rig.network.sockets.filter(({ closed }) => !closed)[index]?.fail(end);
			}),
		),
	{
		arbitrary: fc.boolean().map((calls) =>
			event(`a call: ${calls}`, (rig) => {
				if (calls === rig.calls || (calls && rig.registeredWith < 0)) return;
				rig.calls = calls;
				if (!calls) rig.station.callOver();
			}),
		),
		weight: 4,
	},
	fc.constantFrom("", "192.0.2.20", "192.0.2.21").map((address) =>
		event(`address '${address}'`, (rig) => {
			rig.network.lease = address === "" ? undefined : fakeLease({ address });
			if (address !== "") rig.network.localAddress = () => address;
			rig.station.leaseChanged();
		}),
	),
	fc.constantFrom(-1, 0, 1, 3000, 15_000).map((time) =>
		event(`names take ${time} ms`, (rig) => {
			rig.network.resolve = (host, done) => {
				if (time < 0) done(undefined);
				else if (time === 0) done(host);
				else rig.clock.after(time, () => done(host));
			};
		}),
	),
	fc.constantFrom(...lists).map((list) => event(`list ${list}`, (rig) => rig.station.setCallAgents(list))),
	fc
		.tuple(fc.constantFrom(0, 10, 120), fc.nat(1))
		.map(([connectionMonitorDuration, revertPriority]) =>
			event(`configured ${connectionMonitorDuration} ${revertPriority}`, (rig) =>
				rig.station.configure({ connectionMonitorDuration, revertPriority }),
			),
		),
);

/** Connections that the phone has not closed. */
function connections(rig: StationRig): number {
	return rig.network.sockets.filter(({ closed }) => !closed).length;
}

function registers(rig: StationRig): number {
	return rig.agents.reduce((sum, agent) => sum + agent.times(register).length, 0);
}

/** Whatever the phone was about, nothing of it is left behind. */
function end(rig: StationRig): void {
	rig.station.stop(() => {});
	rig.clock.advance(2000);
	assert.equal(connections(rig), 0);
	// what call agents and name servers were about
	rig.clock.advance(60_000);
	assert.equal(rig.clock.pending, 0);
	assert.equal(connections(rig), 0);
}

function play(list: readonly Event[], endsSoon: boolean): void {
	const rig = new StationRig(3);
	// otherwise the body starts anew where a configuration is to be applied
	rig.fetches = true;
	rig.station.start();
	for (const { happen, what } of list) {
		const wasUp = rig.calls;
		const before = registers(rig);
		happen(rig);
		assert.isAtMost(connections(rig), connectionsMost, what);
		if (wasUp && rig.calls) assert.equal(registers(rig), before, `no other registration in a call: ${what}`);
		assert.isEmpty(rig.log.filter((line) => line.includes("does not follow")));
	}
	if (endsSoon) {
		end(rig);
		return;
	}
	// all is well again
	for (const agent of rig.agents) {
		agent.rise();
		Object.assign(agent, { delay: 1, token: "acknowledge", closesAfter: -1, resetsAfter: -1, refusal: "" });
		agent.closesStandby = false;
	}
	rig.network.lease = fakeLease();
	rig.network.resolve = (host, done) => done(host);
	rig.network.localAddress = () => "192.0.2.20";
	rig.station.leaseChanged();
	rig.station.configure({ connectionMonitorDuration: 10, revertPriority: 0 });
	rig.station.setCallAgents(lists[0] as readonly string[]);
	rig.calls = false;
	rig.station.callOver();
	rig.clock.advance(3_600_000);
	assert.equal(rig.registeredWith, 0, `home again: ${rig.shown.slice(-3)}`);
	end(rig);
}

describe("whatever happens to call agents, network and calls", () => {
	it("a phone has three connections at most, leaves no call, is home in the end, and ends whole", () => {
		const property = fc.property(fc.array(events, { maxLength: 60, size: "max" }), fc.boolean(), play);
		fc.assert(property, { seed, numRuns: 500 });
	}).timeout(60_000);
});
