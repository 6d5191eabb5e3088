// Registrations that do not last, and call agents that answer late, in parts or not at all, in milliseconds of the fake clock.
import { assert } from "chai";
import { type FakeAgent, StationRig } from "../support/agents.js";
import { inEnglish } from "../support/english.js";
import { build, Rig } from "../support/rig.js";

const register = 0x01;
const forwardStat = 0x09;
const lineStat = 0x0b;
const time = 0x0d;
const buttonTemplate = 0x0e;
const softKeySet = 0x25;
const softKeyTemplate = 0x28;
const featureStat = 0x34;
const noButtons = "No buttons from the phone system yet";
const noLine = "No line from the phone system yet";

/** A phone with one call agent, of which something is changed before it is started. */
function started(before: (agent: FakeAgent) => void): { rig: StationRig; agent: FakeAgent } {
	const rig = new StationRig(1);
	const agent = rig.agent(0);
	before(agent);
	rig.station.start();
	return { rig, agent };
}

/** How often in a row each pause between times was, in tenths of a second. */
function pauses(times: readonly number[]): number[] {
	return times.slice(1).map((at, i) => Math.round((at - (times[i] as number)) / 100));
}

describe("registrations that do not last", () => {
	for (const [name, closesAfter, expected] of [
		["right after RegisterAck", 0, [40, 80, 160, 320, 600, 600]],
		["as soon as it is complete", 100, [16, 31, 61, 121, 241, 481, 601, 601]],
		["after half a minute", 30_000, [315, 330, 360, 420, 540, 780, 900, 900]],
	] as const)
		it(`come with growing pauses: closed ${name}`, () => {
			const { rig, agent } = started((one) => {
				one.closesAfter = closesAfter;
			});
			rig.clock.advance(600_000);
			assert.deepEqual(pauses(agent.times(register)).slice(0, expected.length), [...expected]);
			// a minute of the beginning, and one of the end
			assert.isAtMost(agent.times(register).filter((at) => at < 60_000).length, 6);
			assert.isAtMost(agent.times(register).filter((at) => at >= 540_000).length, 2);
		});

	it("come with growing pauses where the call agent restarts the phone as soon as it has come", () => {
		for (const wait of [0, 2]) {
			const { rig, agent } = started((one) => {
				one.resetsAfter = wait;
			});
			rig.clock.advance(600_000);
			const all = pauses(agent.times(register));
			for (let i = 1; i < 5; i += 1) assert.isAbove(all[i] as number, 1.5 * (all[i - 1] as number), `${wait}: ${all}`);
			assert.isAtMost(agent.times(register).filter((at) => at >= 540_000).length, 2);
		}
	});

	it("are not said to be another phone's doing where the call agent falls silent each time", () => {
		const { rig, agent } = started((one) => {
			one.keepAlive = 10;
		});
		for (let i = 0; i < 5; i += 1) {
			while (rig.registrations.length === i) rig.clock.advance(500);
			agent.silent = true;
			while (rig.station.registration === 3) rig.clock.advance(500);
			assert.equal(inEnglish(rig.station.text), "127.0.0.2:2000: no longer answers");
			agent.silent = false;
		}
	});

	it("come soon again once one has lasted", () => {
		const { rig, agent } = started((one) => {
			one.closesAfter = 100;
		});
		rig.clock.advance(200_000);
		agent.closesAfter = -1;
		rig.clock.advance(200_000);
		const at = rig.clock.ticks;
		agent.open[0]?.fail();
		rig.clock.advance(5000);
		assert.equal((agent.times(register).at(-1) as number) - at, 1501);
	});

	it("are said to be likely another phone of the name from the third on, and nothing is said of single ones", () => {
		const { rig } = started((one) => {
			one.closesAfter = 100;
		});
		rig.clock.advance(3000);
		assert.lengthOf(rig.registrations, 2);
		assert.notInclude(rig.shown.join(), "twice");
		rig.clock.advance(60_000);
		assert.equal(inEnglish(rig.station.text), "Name in use twice? Closed: 6");
		assert.include(rig.shown, "1 Name in use twice? Closed: 3");
		assert.isTrue(
			rig.log.some((line) => line.includes("3 times in a row: is SEP001122334455 the name of another phone")),
		);
	});

	it("of two phones of one name calm down", () => {
		// the call agent closes the one when the other comes
		const one = new StationRig(1);
		const other = new StationRig(1);
		const rigs = [one, other];
		for (const [i, rig] of rigs.entries()) {
			rig.chance = i === 0 ? 0.2 : 0.9;
			rig.station.start();
		}
		const seen = [0, 0];
		for (let at = 0; at < 900_000; at += 50) {
			for (const [i, rig] of rigs.entries()) {
				rig.clock.advance(50);
				if (rig.registrations.length === seen[i]) continue;
				seen[i] = rig.registrations.length;
				rigs[1 - i]?.agent(0).open[0]?.fail();
			}
		}
		for (const rig of rigs) {
			assert.isAtMost(rig.registrations.filter((time) => time > 300_000 && time < 360_000).length, 2);
			assert.include(rig.shown, "1 Name in use twice? Closed: 3");
		}
	});
});

describe("a handset that is up on a device without a line", () => {
	const chance = Math.random;
	afterEach(() => {
		Math.random = chance;
	});

	it("has FreeSWITCH close the connection each time, and more and more seldom", () => {
		Math.random = () => 0.5;
		const rig = new Rig(11);
		const times = [rig.clock.ticks];
		rig.keypad.hook(true);
		for (let i = 0; i < 8; i += 1) {
			assert.include(rig.sent(), "6 0 0");
			rig.lose();
			rig.register();
			times.push(rig.clock.ticks);
		}
		const waits = times.slice(1).map((at, i) => at - (times[i] as number));
		for (let i = 2; i < 6; i += 1) assert.isAbove(waits[i] as number, 1.3 * (waits[i - 1] as number), String(waits));
		assert.isAbove(waits[7] as number, 59_000);
		assert.equal(rig.screen.registration, 3);
	});
});

describe("a call agent that takes the phone in and answers nothing", () => {
	it("has not registered it, and the next one gets its turn", () => {
		const rig = new StationRig(2);
		rig.agent(0).ignored = [lineStat, forwardStat, time, buttonTemplate, softKeySet, softKeyTemplate, 0x0a, 0x0c];
		rig.station.start();
		rig.clock.advance(18_000);
		assert.equal(rig.station.registration, 2);
		rig.clock.advance(2000);
		assert.equal(rig.registeredWith, 1);
		assert.include(rig.shown, "1 127.0.0.2:2000: registered, no answers");
	});

	it("has registered it as soon as it says anything", () => {
		const { rig, agent } = started((one) => {
			one.ignored = [lineStat, forwardStat, time, buttonTemplate, softKeySet, softKeyTemplate, 0x0a, 0x0c];
		});
		rig.clock.advance(15_000);
		assert.equal(rig.station.registration, 2);
		agent.open[0]?.deliver(agent.template());
		assert.equal(rig.station.registration, 3);
	});
});

describe("what is asked", () => {
	for (const delay of [1900, 2200, 3100, 5000])
		it(`is taken from a call agent that answers after ${delay} ms, lines included`, () => {
			const { rig, agent } = started((one) => {
				one.delay = delay;
			});
			rig.clock.advance(40_000);
			assert.equal(rig.station.registration, 3);
			assert.equal(inEnglish(rig.station.text), "");
			assert.lengthOf(rig.registrations, 1);
			for (const id of [lineStat, forwardStat])
				assert.sameMembers(
					[...new Set(agent.received.filter((one) => one.id === id).map(({ words }) => words[0]))],
					[1, 2],
				);
		});

	it("is asked again with growing pauses where no answer comes, five times, and the display says what is missing", () => {
		const { rig, agent } = started((one) => {
			one.ignored = [buttonTemplate];
		});
		rig.clock.advance(3000);
		assert.equal(rig.station.registration, 3);
		assert.equal(inEnglish(rig.station.text), noButtons);
		rig.clock.advance(3_600_000);
		assert.deepEqual(pauses(agent.times(buttonTemplate)), [60, 80, 160, 320, 640]);
		assert.lengthOf(agent.times(softKeyTemplate), 1);
		assert.equal(inEnglish(rig.station.text), noButtons);
		// late is better than never
		agent.open[0]?.deliver(agent.template());
		assert.equal(inEnglish(rig.station.text), noLine);
		rig.clock.advance(10);
		assert.equal(inEnglish(rig.station.text), "");
		assert.deepEqual(
			agent.received.filter(({ id }) => id === lineStat).map(({ words }) => words[0]),
			[1, 2],
		);
		assert.lengthOf(rig.registrations, 1);
	});

	it("of buttons is asked again for those alone that were not answered", () => {
		const { rig, agent } = started((one) => {
			one.ignored = [forwardStat];
		});
		rig.clock.advance(5000);
		// chan_skinny never answers it: nothing on the display
		assert.equal(inEnglish(rig.station.text), "");
		assert.lengthOf(agent.times(forwardStat), 4);
		assert.lengthOf(agent.times(lineStat), 2);
		rig.clock.advance(3_600_000);
		assert.lengthOf(agent.times(forwardStat), 12);
		assert.lengthOf(agent.times(lineStat), 2);
		assert.lengthOf(agent.times(time), 1);
	});

	it("says that lines are missing until they come", () => {
		const { rig, agent } = started((one) => {
			one.ignored = [lineStat];
		});
		rig.clock.advance(3000);
		assert.equal(inEnglish(rig.station.text), noLine);
		// one of two is enough to work with
		agent.open[0]?.deliver(build(0x92, 2, ["1002", 24], ["", 84]));
		assert.equal(inEnglish(rig.station.text), "");
		agent.ignored = [];
		rig.clock.advance(3000);
		assert.deepEqual(
			agent.received.filter(({ id }) => id === lineStat).map(({ words }) => words[0]),
			[1, 2, 1],
		);
		assert.lengthOf(rig.registrations, 1);
	});

	it("is complete when the call agent says no more, though its count said so: no wait", () => {
		const { rig, agent } = started((one) => {
			one.total = 12;
			one.ignored = [softKeySet];
		});
		agent.received.length = 0;
		rig.clock.advance(10);
		const [socket] = agent.open;
		// 15 sets of 16
		agent.say(
			socket as never,
			Uint8Array.from([16, 0, 0, 0, 0, 0, 0, 0, 9, 1, 0, 0, 0, 0, 0, 0, 15, 0, 0, 0, 16, 0, 0, 0]),
		);
		rig.clock.advance(50);
		assert.lengthOf(rig.registrations, 1);
		assert.isAtMost(rig.registrations[0] as number, 60);
		rig.clock.advance(3_600_000);
		assert.lengthOf(agent.times(buttonTemplate), 1);
		assert.lengthOf(agent.times(softKeySet), 1);
	});

	it("is asked of new buttons alone when a template comes unasked", () => {
		const { rig, agent } = started(() => {});
		rig.clock.advance(1000);
		agent.received.length = 0;
		agent.buttons = [9, 9, 2, 0x26, 9, 0x15];
		agent.open[0]?.deliver(agent.template());
		rig.clock.advance(10);
		assert.deepEqual(
			agent.received.map(({ id, words }) => [id, words[0]]),
			[
				[featureStat, 1],
				[lineStat, 3],
				[forwardStat, 3],
				[featureStat, 1],
				// RegisterAvailableLines
				[0x2d, 3],
			],
		);
		rig.clock.advance(3_600_000);
		assert.lengthOf(agent.times(lineStat), 1);
		// the same once more is nothing new
		agent.received.length = 0;
		agent.open[0]?.deliver(agent.template());
		rig.clock.advance(100);
		assert.lengthOf(
			agent.received.filter(({ id }) => id !== 0),
			0,
		);
	});

	it("is little where a call agent sends one template after the other", () => {
		const { rig, agent } = started(() => {});
		rig.clock.advance(1000);
		agent.received.length = 0;
		for (let i = 0; i < 100; i += 1) {
			agent.buttons = Array.from({ length: 10 }, (_, k) => ((i >> (k % 7)) & 1 ? 9 : 2));
			agent.open[0]?.deliver(agent.template());
		}
		rig.clock.advance(3000);
		assert.isAtMost(agent.received.length, 4 * 21);
		rig.clock.advance(3000);
		assert.equal(inEnglish(rig.station.text), "");
	});

	it("is not asked again of a call agent that takes nothing", () => {
		const { rig, agent } = started((one) => {
			one.ignored = [buttonTemplate, softKeyTemplate];
			one.keepAlive = 600;
		});
		rig.clock.advance(6000);
		const [socket] = agent.open;
		socket?.writable(0);
		const asked = agent.times(buttonTemplate).length;
		// it is time for three more, of which the first waits to be sent
		rig.clock.advance(80_000);
		socket?.writable(4096);
		assert.lengthOf(agent.times(buttonTemplate), asked + 1);
		assert.equal(rig.station.registration, 3);
	});

	it("and has not come stands on the display of an idle phone, and leaves calls and their phone alone", () => {
		const rig = new Rig(11);
		rig.receive(build(0x97, 0, 1, 1, 0x0901));
		assert.equal(rig.screen.prompt, noLine);
		assert.equal(rig.screen.registration, 3);
		rig.receive(build(0x111, 1, 1, 7));
		assert.equal(rig.screen.prompt, "");
		rig.receive(build(0x111, 2, 1, 7));
		assert.equal(rig.screen.prompt, noLine);
		// what the station says anew is no new registration
		assert.deepEqual(rig.sent(), []);
		rig.receive(build(0x92, 1, ["1001", 24], ["Alice", 40], ["", 40]), build(0x112, 0, 0, 0, ["Ready", 32]));
		assert.notEqual(rig.screen.prompt, noLine);
		assert.deepEqual(rig.sent(), []);
	});
});
