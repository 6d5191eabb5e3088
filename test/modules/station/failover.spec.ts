// Several call agents: the stand-by connection, the way to the next call agent and the way home, in milliseconds of the fake clock.
import { assert } from "chai";
import { TcpEnd } from "hal/hardware";
import { StationRig } from "../support/agents.js";
import { inEnglish } from "../support/english.js";

const register = 0x01;
const keepAlive = 0x00;
const unregister = 0x27;
const token = 0x29;
/** Long enough for a registration or for a stand-by to come up. */
const moment = 4000;

/** A phone registered with the first of so many, with the second standing by. */
function registered(count = 2): StationRig {
	const rig = new StationRig(count);
	rig.station.start();
	rig.clock.advance(moment);
	assert.equal(rig.registeredWith, 0);
	return rig;
}

/** A phone registered with the second, since the first is down. */
function withSecond(count = 2): StationRig {
	const rig = new StationRig(count);
	rig.agent(0).fall();
	rig.station.start();
	rig.clock.advance(moment);
	assert.equal(rig.registeredWith, 1);
	return rig;
}

describe("a stand-by connection", () => {
	it("is made to the next call agent once the phone is registered, and carries keepalives at the secondary interval alone", () => {
		const rig = new StationRig(3);
		rig.agent(0).secondary = 45;
		rig.station.start();
		rig.clock.advance(200_000);
		const [first, second, third] = rig.agents;
		assert.deepEqual(
			second?.received.map(({ id }) => id),
			[keepAlive, keepAlive, keepAlive, keepAlive, keepAlive],
		);
		const times = second?.times(keepAlive) ?? [];
		assert.deepEqual(
			times.map((time) => Math.floor((time - (times[0] ?? 0)) / 10) * 10),
			[0, 45_000, 90_000, 135_000, 180_000],
		);
		assert.lengthOf(first?.times(keepAlive) ?? [], 6);
		assert.lengthOf(third?.received ?? [], 0);
		assert.deepEqual(rig.status, [
			"Registration complete",
			"Call agent 127.0.0.2:2000, 1/3",
			"Stand-by 127.0.0.3:2000 ready",
		]);
	});

	it("takes a minute where the call agent names no secondary interval", () => {
		const rig = new StationRig(2);
		rig.agent(0).secondary = 0;
		rig.station.start();
		rig.clock.advance(130_000);
		const times = rig.agent(1).times(keepAlive);
		assert.deepEqual(
			times.map((time) => Math.floor((time - (times[0] as number)) / 10) * 10),
			[0, 60_000, 120_000],
		);
	});

	it("goes to the one after where the next is not there, and is tried again with growing pauses where none is", () => {
		const rig = new StationRig(3);
		rig.agent(1).up = false;
		rig.station.start();
		rig.clock.advance(10_000);
		assert.deepEqual(rig.status.slice(2), ["Stand-by 127.0.0.4:2000 ready"]);
		rig.agent(2).fall();
		// closed, which says nothing; then refused
		rig.clock.advance(600_000);
		const attempts = rig.network.sockets.filter(({ options }) => options.address !== "127.0.0.2").length;
		assert.isAtLeast(attempts, 12);
		assert.isAtMost(attempts, 30);
		rig.agent(1).up = true;
		rig.clock.advance(65_000);
		assert.deepEqual(rig.status.slice(2), ["Stand-by 127.0.0.3:2000 ready"]);
		assert.lengthOf(rig.registrations, 1);
	});

	it("goes to the one after where the next accepts it and answers nothing", () => {
		const rig = new StationRig(3);
		rig.agent(1).silent = true;
		rig.station.start();
		rig.clock.advance(20_000);
		assert.deepEqual(rig.status.slice(2), ["Stand-by 127.0.0.4:2000 ready"]);
		const at = rig.clock.ticks;
		rig.agent(0).fall();
		rig.clock.advance(1000);
		assert.equal(rig.registeredWith, 2);
		assert.isAtMost((rig.registrations[1] as number) - at, 300);
	});

	it("disturbs nobody where the call agent closes it each time, and comes more and more seldom", () => {
		const rig = new StationRig(2);
		rig.agent(1).closesStandby = true;
		rig.station.start();
		rig.clock.advance(3_600_000);
		const times = rig.agent(1).times(keepAlive);
		const pauses = times.slice(1).map((time, i) => Math.round((time - (times[i] as number)) / 1000));
		assert.deepEqual(pauses.slice(0, 8), [30, 60, 120, 240, 480, 600, 600, 600]);
		assert.lengthOf(rig.registrations, 1);
		assert.equal(rig.registeredWith, 0);
		assert.lengthOf(rig.log, 1);
	});

	it("is given up after three intervals of silence, and after octets that are no message", () => {
		const rig = registered();
		const second = rig.agent(1);
		const [socket] = second.sockets;
		second.silent = true;
		const last = second.times(keepAlive)[0] as number;
		rig.clock.advance(last + 179_900 - rig.clock.ticks);
		assert.isFalse(socket?.closed);
		rig.clock.advance(200);
		assert.isTrue(socket?.closed);
		second.silent = false;
		rig.clock.advance(20_000);
		const again = second.sockets[second.sockets.length - 1];
		assert.isFalse(again?.closed);
		// a message that is none of its own is skipped, in pieces too; another after it is read
		again?.deliver([8, 0, 0, 0, 0, 0, 0, 0, 0x77, 0, 0, 0, 1, 2, 3, 4], 3);
		rig.clock.advance(120_000);
		assert.isFalse(again?.closed);
		again?.deliver([3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
		assert.isTrue(again?.closed);
		assert.equal(rig.registeredWith, 0);
	});

	it("does not become the link in the middle of a message", () => {
		const rig = registered();
		const [socket] = rig.agent(1).sockets;
		// five octets of an answer to a keepalive; the other seven come too late
		socket?.deliver([4, 0, 0, 0, 0]);
		rig.agent(0).fall();
		rig.clock.advance(1000);
		assert.isTrue(socket?.closed);
		assert.equal(rig.registeredWith, 1);
		assert.notEqual(rig.agent(1).open[0], socket);
	});

	it("is closed when the phone ends, and when its own address changes", () => {
		const rig = registered();
		rig.station.stop(() => {});
		rig.clock.advance(1000);
		assert.lengthOf(rig.agent(1).open, 0);
		assert.equal(rig.clock.pending, 0);
		const other = registered();
		other.network.localAddress = () => "127.0.0.9";
		other.station.leaseChanged();
		assert.lengthOf(other.agent(1).open, 0);
	});
});

describe("a call agent that is lost", () => {
	for (const how of ["closes", "resets"] as const)
		it(`${how}: the phone is with the next at once, on the connection that stands`, () => {
			const rig = registered();
			const before = rig.network.sockets.length;
			const at = rig.clock.ticks;
			if (how === "closes") rig.agent(0).fall();
			else {
				rig.agent(0).up = false;
				rig.agent(0).open[0]?.fail(TcpEnd.reset);
			}
			rig.clock.advance(1000);
			assert.equal(rig.registeredWith, 1);
			assert.isAtMost((rig.registrations[1] as number) - at, 300);
			// none but attempts to stand by with the first
			assert.lengthOf(
				rig.network.sockets.slice(before).filter(({ options }) => options.address === "127.0.0.3"),
				0,
			);
		});

	it("falls silent: the phone is with the next three intervals after the last answer, and a moment", () => {
		for (const interval of [20, 30]) {
			const rig = new StationRig(2);
			rig.agent(0).keepAlive = interval;
			rig.station.start();
			rig.clock.advance(interval * 5000 + 1000);
			const last = rig.agent(0).times(keepAlive).at(-1) as number;
			rig.agent(0).fall(true);
			rig.clock.advance(4 * interval * 1000);
			assert.equal(rig.registeredWith, 1);
			const intervals = ((rig.registrations[1] as number) - last) / (interval * 1000);
			assert.isAtLeast(intervals, 3);
			assert.isAtMost(intervals, 3.1);
			assert.isAtMost((rig.registrations[1] as number) - last - 3000 * interval, 2000);
		}
	});

	it("falls silent where the stand-by is closed again and again: the next is asked all the same, not the silent one", () => {
		const rig = new StationRig(2);
		rig.agent(1).closesStandby = true;
		rig.station.start();
		rig.clock.advance(151_000);
		const last = rig.agent(0).times(keepAlive).at(-1) as number;
		rig.agent(0).fall(true);
		rig.clock.advance(95_000);
		assert.equal(rig.registeredWith, 1);
		assert.isAtMost((rig.registrations[1] as number) - last, 92_000);
	});

	it("falls silent where no other was there so far: the one behind it is tried all the same, not the silent one", () => {
		const rig = new StationRig(2);
		rig.agent(1).fall();
		rig.station.start();
		rig.clock.advance(151_000);
		const last = rig.agent(0).times(keepAlive).at(-1) as number;
		rig.agent(0).fall(true);
		const sockets = rig.network.sockets.length;
		rig.clock.advance(last + 90_100 - rig.clock.ticks);
		rig.agent(1).rise();
		rig.clock.advance(2000);
		assert.equal(rig.registeredWith, 1);
		assert.isTrue(rig.network.sockets.slice(sockets).every(({ options }) => options.address === "127.0.0.3"));
	});

	it("is out of reach: the next one is asked, which may take five seconds to accept a connection", () => {
		const rig = new StationRig(3);
		rig.agent(1).fall(true);
		rig.agent(2).fall();
		rig.station.start();
		rig.clock.advance(moment);
		rig.agent(0).up = false;
		rig.agent(0).open[0]?.fail(TcpEnd.timedOut);
		rig.agent(2).rise();
		const at = rig.clock.ticks;
		rig.clock.advance(7000);
		assert.equal(rig.registeredWith, 2);
		assert.approximately((rig.registrations[1] as number) - at, 5_750, 20);
		assert.lengthOf(rig.agent(0).times(register), 1);
	});

	it("and so are all others: each is tried in turn, the preferred first in each round", () => {
		const rig = registered(3);
		for (const agent of rig.agents) agent.fall();
		const before = rig.network.sockets.length;
		rig.clock.advance(20_000);
		const tried = rig.network.sockets.slice(before).map(({ options }) => options.address.slice(-1));
		assert.deepEqual(tried.slice(0, 6), ["3", "4", "2", "2", "3", "4"]);
		rig.agent(2).rise();
		rig.clock.advance(30_000);
		assert.equal(rig.registeredWith, 2);
	});

	it("waits for the end of a call, then is with the next at once", () => {
		const rig = registered();
		rig.calls = true;
		rig.agent(0).fall();
		rig.clock.advance(600_000);
		assert.lengthOf(rig.agent(1).times(register), 0);
		rig.calls = false;
		rig.station.callOver();
		rig.clock.advance(100);
		assert.equal(rig.registeredWith, 1);
	});

	it("is lost in a call with the network, which is back with the same address after the call: the phone comes again", () => {
		const rig = registered();
		const { lease } = rig.network;
		rig.calls = true;
		rig.network.lease = undefined;
		rig.agent(0).open[0]?.fail(TcpEnd.timedOut);
		rig.station.leaseChanged();
		rig.calls = false;
		rig.station.callOver();
		assert.equal(inEnglish(rig.station.text), "Configuring IP");
		rig.network.lease = lease;
		rig.station.leaseChanged();
		rig.clock.advance(3000);
		assert.isAtLeast(rig.registeredWith, 0);
	});

	it("is lost while a configuration waits for the end of a call to be applied: the phone comes again all the same", () => {
		for (const kept of [true, false]) {
			const rig = registered();
			rig.fetches = true;
			rig.calls = true;
			rig.agent(0).open[0]?.deliver([8, 0, 0, 0, 0, 0, 0, 0, 0x9f, 0, 0, 0, 3, 0, 0, 0]);
			assert.equal(rig.fetched, 0);
			// a call that only rings is over with the call agent
			rig.calls = kept;
			rig.agent(0).fall();
			rig.calls = false;
			rig.station.callOver();
			assert.equal(rig.fetched, 1);
			rig.clock.advance(3000);
			assert.equal(rig.registeredWith, 1);
		}
	});

	it("asks for the same twice, once in a call: it is done once, and nothing else", () => {
		for (const [first, second, registrations] of [
			[3, 3, 1],
			[2, 3, 2],
			[3, 2, 2],
		] as const) {
			const rig = registered();
			rig.fetches = true;
			const reset = (type: number) =>
				rig.agent(0).open[0]?.deliver([8, 0, 0, 0, 0, 0, 0, 0, 0x9f, 0, 0, 0, type, 0, 0, 0]);
			rig.calls = true;
			reset(first);
			rig.calls = false;
			reset(second);
			rig.clock.advance(10_000);
			assert.equal(rig.registeredWith, 0, `${first}, ${second}`);
			assert.lengthOf(rig.registrations, registrations);
			assert.equal(rig.fetched, 1);
		}
	});

	it("is lost in a call after the list has become another: that list counts, the stand-by of the one before does not", () => {
		const rig = registered(3);
		rig.calls = true;
		rig.station.setCallAgents(["127.0.0.4"]);
		assert.lengthOf(rig.agent(1).open, 0);
		rig.agent(0).fall();
		rig.calls = false;
		rig.station.callOver();
		rig.clock.advance(3000);
		assert.equal(rig.registeredWith, 2);
	});

	it("refuses the phone again and again: the next one gets its turn", () => {
		const rig = new StationRig(2);
		rig.agent(0).refusal = "No Authority";
		rig.station.start();
		rig.clock.advance(15_000);
		assert.equal(rig.registeredWith, 1);
		assert.lengthOf(rig.agent(0).times(register), 2);
	});
});

describe("the way home to a better call agent", () => {
	it("asks it for a token when it has been there for two minutes, then unregisters and registers there", () => {
		const rig = withSecond();
		rig.agent(0).rise();
		const risen = rig.clock.ticks;
		rig.clock.advance(120_000);
		assert.lengthOf(rig.agent(0).times(token), 0);
		assert.match(rig.status[3] as string, /^Fallback 127\.0\.0\.2:2000, \d+ s$/);
		rig.clock.advance(120_000);
		assert.equal(rig.registeredWith, 0);
		const [asked] = rig.agent(0).received.filter(({ id }) => id === token);
		const name = (asked?.words ?? []).slice(0, 4).flatMap((word) => [word, word >> 8, word >> 16, word >> 24]);
		assert.equal(String.fromCharCode(...name.map((octet) => octet & 255)), "SEP001122334455\0");
		// user, instance, address, type
		assert.deepEqual(asked?.words.slice(4, 8), [0, 1, 0x0100007f, 7]);
		const [left] = rig.agent(1).times(unregister);
		const [came] = rig.agent(0).times(register);
		assert.isAtMost((came as number) - (left as number), 10);
		assert.isAtMost((came as number) - risen, 240_000);
		// on the connection that asked
		assert.equal(rig.agent(0).received.find(({ id }) => id === register)?.socket, asked?.socket);
		assert.include(rig.shown, "1 Returning to 127.0.0.2:2000");
	});

	it("waits for as long as the configuration says, and does not go where that forbids it", () => {
		const soon = withSecond();
		soon.station.configure({ connectionMonitorDuration: 10, revertPriority: 0 });
		soon.agent(0).rise();
		soon.clock.advance(100_000);
		assert.equal(soon.registeredWith, 0);
		const never = withSecond();
		never.station.configure({ connectionMonitorDuration: 10, revertPriority: 1 });
		never.agent(0).rise();
		never.clock.advance(3_600_000);
		assert.equal(never.registeredWith, 1);
		assert.lengthOf(never.agent(0).received, 0);
		assert.deepEqual(never.status.slice(2), ["Stand-by none"]);
		never.station.configure({ connectionMonitorDuration: 10, revertPriority: 0 });
		never.clock.advance(100_000);
		assert.equal(never.registeredWith, 0);
	});

	it("begins to count anew when the better one is gone meanwhile", () => {
		const rig = withSecond();
		rig.agent(0).rise();
		rig.clock.advance(100_000);
		rig.agent(0).fall();
		rig.clock.advance(60_000);
		rig.agent(0).rise();
		const risen = rig.clock.ticks;
		rig.clock.advance(300_000);
		assert.isAtLeast((rig.agent(0).times(token)[0] as number) - risen, 120_000);
	});

	it("never leads out of a call", () => {
		const rig = withSecond();
		rig.agent(0).rise();
		rig.calls = true;
		rig.clock.advance(3_600_000);
		assert.equal(rig.registeredWith, 1);
		assert.lengthOf(rig.agent(0).times(token), 0);
		rig.calls = false;
		rig.clock.advance(10_000);
		assert.equal(rig.registeredWith, 0);
		// a call that comes while the answer is on its way
		const late = withSecond();
		late.agent(0).delay = 2000;
		late.agent(0).rise();
		while (late.agent(0).times(token).length === 0) late.clock.advance(100);
		late.calls = true;
		late.clock.advance(60_000);
		assert.equal(late.registeredWith, 1);
		late.calls = false;
		late.clock.advance(60_000);
		assert.equal(late.registeredWith, 0);
	});

	it("waits as it is told where there is no room, and asks again", () => {
		const rig = withSecond();
		rig.agent(0).token = "reject";
		rig.agent(0).tokenWait = 100;
		rig.agent(0).rise();
		rig.clock.advance(600_000);
		const times = rig.agent(0).times(token);
		assert.isAtLeast(times.length, 4);
		for (let i = 1; i < times.length; i += 1)
			assert.approximately((times[i] as number) - (times[i - 1] as number), 112_500, 12_600);
		assert.equal(rig.registeredWith, 1);
		rig.agent(0).token = "acknowledge";
		rig.clock.advance(130_000);
		assert.equal(rig.registeredWith, 0);
	});

	it("waits a moment all the same where it is told to wait for none, and no longer than an hour", () => {
		for (const [wait, least, most] of [
			[0, 5000, 6300],
			[0xffffffff, 3_600_000, 4_500_100],
		] as const) {
			const rig = withSecond();
			rig.agent(0).token = "reject";
			rig.agent(0).tokenWait = wait;
			rig.agent(0).rise();
			rig.clock.advance(4 * most + 200_000);
			const times = rig.agent(0).times(token);
			assert.isAtLeast(times.length, 4);
			for (let i = 1; i < times.length; i += 1) {
				assert.isAtLeast((times[i] as number) - (times[i - 1] as number), least);
				assert.isAtMost((times[i] as number) - (times[i - 1] as number), most);
			}
		}
	});

	it("just comes where RegisterTokenReq is not answered, or has the connection closed", () => {
		for (const [kind, most] of [
			["ignore", 11_000],
			["close", 17_000],
		] as const) {
			const rig = withSecond();
			rig.agent(0).token = kind;
			rig.agent(0).rise();
			rig.clock.advance(300_000);
			assert.equal(rig.registeredWith, 0, kind);
			assert.lengthOf(rig.agent(0).times(token), 1);
			assert.isAtMost(
				(rig.agent(0).times(register)[0] as number) - (rig.agent(0).times(token)[0] as number),
				most,
				kind,
			);
			assert.lengthOf(rig.registrations, 2);
		}
	});

	it("just comes to one that closes every stand-by connection", () => {
		const rig = withSecond();
		rig.agent(0).closesStandby = true;
		rig.agent(0).rise();
		rig.clock.advance(400_000);
		assert.equal(rig.registeredWith, 0);
	});

	it("stays where it is when the better one goes down on RegisterTokenReq", () => {
		const rig = withSecond();
		rig.agent(0).token = "ignore";
		rig.agent(0).rise();
		while (rig.agent(0).times(token).length === 0) rig.clock.advance(100);
		rig.agent(0).fall();
		rig.clock.advance(600_000);
		assert.equal(rig.registeredWith, 1);
		assert.lengthOf(rig.registrations, 1);
	});

	it("takes no octet of an answer that came in one piece with leave from the registration", () => {
		const rig = withSecond();
		rig.agent(0).token = "ignore";
		rig.agent(0).rise();
		while (rig.agent(0).times(token).length === 0) rig.clock.advance(100);
		const [socket] = rig.agent(0).open;
		// RegisterTokenAck and the beginning of KeepAliveAck, then its end
		socket?.deliver([4, 0, 0, 0, 0, 0, 0, 0, 0x1a, 1, 0, 0, 4, 0, 0, 0, 0]);
		if (!socket?.closed) socket?.deliver([0, 0, 0, 0, 1, 0, 0]);
		rig.clock.advance(1000);
		assert.equal(rig.registeredWith, 0);
		assert.lengthOf(rig.agent(0).times(register), 1);
	});

	it("is found again behind a reset that waited while it was time to go", () => {
		const rig = withSecond();
		rig.agent(0).token = "ignore";
		rig.agent(0).rise();
		while (rig.agent(0).times(token).length === 0) rig.clock.advance(100);
		rig.calls = true;
		// the configuration is to be applied: the phone stays registered
		rig.fetches = true;
		rig.agent(1).open[0]?.deliver([8, 0, 0, 0, 0, 0, 0, 0, 0x9f, 0, 0, 0, 3, 0, 0, 0]);
		rig.calls = false;
		// leave, while the reset has not seen yet that the call is over
		rig.agent(0).open[0]?.deliver([4, 0, 0, 0, 0, 0, 0, 0, 0x1a, 1, 0, 0]);
		assert.equal(rig.registeredWith, 1);
		rig.clock.advance(30_000);
		assert.equal(rig.registeredWith, 0);
		assert.lengthOf(rig.registrations, 2);
	});

	it("leads nowhere from any state but that of a registered phone", () => {
		const rig = new StationRig(2);
		rig.station.fallBack(1);
		assert.deepEqual(rig.shown, []);
		rig.station.start();
		rig.clock.advance(moment);
		rig.agent(0).fall();
		rig.station.fallBack(1);
		assert.deepEqual(rig.shown.slice(-1), ["1 127.0.0.2:2000: connection closed by the phone system"]);
		assert.isEmpty(rig.log.filter((line) => line.includes("does not follow")));
	});

	it("has nobody bothered in a call", () => {
		const rig = withSecond();
		rig.agent(0).closesStandby = true;
		rig.agent(0).rise();
		rig.calls = true;
		rig.clock.advance(3_600_000);
		assert.isAtMost(rig.agent(0).received.length, 12);
		rig.calls = false;
		rig.clock.advance(30_000);
		assert.equal(rig.registeredWith, 0);
	});

	it("does not lead to one that closes every stand-by connection and has gone since", () => {
		const rig = withSecond();
		rig.agent(0).closesStandby = true;
		rig.agent(0).rise();
		rig.clock.advance(100_000);
		rig.agent(0).fall();
		rig.clock.advance(600_000);
		assert.equal(rig.registeredWith, 1);
		assert.lengthOf(rig.registrations, 1);
	});

	it("takes a different time for each phone", () => {
		const times = [0, 0.25, 0.5, 0.75, 0.999].map((chance) => {
			const rig = withSecond();
			rig.agent(0).rise();
			rig.chance = chance;
			rig.clock.advance(400_000);
			return rig.registrations[1] as number;
		});
		for (let i = 1; i < times.length; i += 1) assert.isAtLeast((times[i] as number) - (times[i - 1] as number), 5000);
	});

	it("is taken more and more seldom where the better one does not keep the phone", () => {
		const rig = withSecond();
		rig.agent(0).closesAfter = 500;
		rig.agent(0).rise();
		rig.clock.advance(7_200_000);
		const times = rig.agent(0).times(register);
		// three attempts each time, five times in two hours
		assert.isAtMost(times.length, 15);
		assert.equal(rig.registeredWith, 1);
		rig.agent(0).closesAfter = -1;
		rig.clock.advance(7_200_000);
		assert.equal(rig.registeredWith, 0);
	});

	it("leads past others to the first in the end", () => {
		const rig = new StationRig(3);
		rig.agent(0).fall();
		rig.agent(1).fall();
		rig.station.start();
		rig.clock.advance(moment);
		assert.equal(rig.registeredWith, 2);
		rig.agent(1).rise();
		rig.clock.advance(300_000);
		assert.equal(rig.registeredWith, 1);
		rig.agent(0).rise();
		rig.clock.advance(300_000);
		assert.equal(rig.registeredWith, 0);
		rig.agent(0).fall();
		rig.clock.advance(1000);
		assert.equal(rig.registeredWith, 1);
	});
});
