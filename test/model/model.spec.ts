// A user and a call agent do what they can in any order (fast-check's commands, the same in each run): what holds of the phone after each
// step, and that nothing is left over in the end. A failure is shrunk to the fewest steps that fail.

import { assert } from "chai";
import fc from "fast-check";
import { CallState, Registration } from "hal/hardware";
import { Limits } from "limits";
import { Rig } from "../modules/support/rig.js";
import { ModelAgent, userKeys } from "./agent.js";

const seed = Number(process.env.LINNET_SEED ?? 4711);
const dialTone = 0x21;
const ringerOff = 1;

/** States of calls that were shown, and how often a connection was lost with a call up that went on. */
const reached = new Set<number>();
let outlived = 0;

class World {
	readonly rig: Rig;
	readonly agent: ModelAgent;

	constructor(version: number, stopsTones: boolean) {
		this.rig = new Rig(version);
		this.agent = new ModelAgent(this.rig, version, stopsTones);
		this.rig.audio.calls.length = 0;
	}

	get registered(): boolean {
		return this.rig.screen.registration === Registration.registered;
	}

	/** Streams whose sound comes in or goes out, as the audio was told. */
	streams(): number {
		const open = new Set<string>();
		for (const call of this.rig.audio.calls) {
			const [what = "", stream = ""] = call.split(" ");
			if (what === "openReceive" || what === "openMulticast") open.add(`in ${stream}`);
			else if (what === "closeReceive") open.delete(`in ${stream}`);
			else if (what === "startTransmit") open.add(`out ${stream}`);
			else if (what === "stopTransmit") open.delete(`out ${stream}`);
		}
		return open.size;
	}

	get shown() {
		return this.rig.screen.calls.filter(({ reference }) => reference !== 0);
	}

	/** What holds whatever was done. */
	judge(): void {
		const { rig, shown } = this;
		assert.isAtMost(shown.filter(({ selected }) => selected).length, 1, "one call is selected at most");
		const up = shown.filter(({ state }) => state === CallState.connected || state === CallState.offHook);
		assert.isAtMost(up.length, 1, "one call is up at most");
		assert.isAtMost(this.streams(), this.agent.paging ? 3 : 2, "sound of one call and one announcement at most");
		if (shown.length === 0 && !this.agent.paging) assert.equal(this.streams(), 0, "no sound without a call");
		for (const { state } of shown) reached.add(state);
		if (!shown.some(({ state }) => state === CallState.ringIn))
			assert.equal(rig.audio.ringer, ringerOff, "nothing rings");
		if (!shown.some(({ state }) => state === CallState.offHook))
			assert.notEqual(rig.audio.tone, dialTone, "a dial tone belongs to a call that begins");
		assert.lengthOf(rig.screen.softkeys, 4);
		// two lines have keys; the others have none whose lamp could shine
		for (const lamp of [2, 3, 4, 5]) assert.include(["off", undefined], rig.lamps.shown[lamp], `lamp ${lamp + 1}`);
		if (!this.registered) return;
		assert.sameMembers(
			shown.map(({ reference, state }) => `${reference} ${state}`),
			this.agent.calls.map(({ reference, state }) => `${reference} ${state}`),
			"the calls that there are",
		);
		for (const line of [1, 2])
			if (!this.agent.calls.some((call) => call.line === line))
				assert.equal(rig.screen.buttons[line - 1]?.label, `Line ${line}`);
	}

	/** Both hang up: nothing is left. */
	rest(): void {
		const { rig, agent } = this;
		rig.keypad.hook(false);
		this.comeBack();
		agent.react();
		agent.page(false);
		for (const call of [...agent.calls]) agent.end(call);
		rig.keypad.hook(true);
		agent.react();
		rig.keypad.hook(false);
		agent.react();
		for (const call of [...agent.calls]) agent.end(call);
		rig.clock.advance(120_000);
		agent.react();
		this.judge();
		assert.lengthOf(this.shown, 0);
		assert.equal(this.streams(), 0, "all streams are closed");
		assert.equal(rig.audio.tone, 0, "silence");
		assert.equal(rig.audio.route, 0, "no route");
		assert.isFalse(rig.phone.dialler.waits, "nothing waits to be dialled");
		// as many calls as there is room for can still come: nothing has kept a place
		for (let i = 0; i < Limits.calls; i += 1) agent.ring(1);
		assert.lengthOf(
			rig.phone.calls.entries.filter(({ reference }) => reference !== 0),
			Limits.calls,
		);
		for (const call of [...agent.calls]) agent.end(call);
		assert.equal(rig.restarts, 0);
	}

	/** The call agent takes the phone in anew, where it has lost it: what was up then is the user's to end. */
	comeBack(): void {
		const { rig, agent } = this;
		for (let i = 0; i < 60 && !this.registered; i += 1) {
			rig.keypad.hook(i % 2 === 0);
			rig.keypad.press(userKeys[5 + (i % 4)] as number);
			rig.clock.advance(2000);
			if (!rig.network.socket.closed) {
				rig.register();
				if (this.registered) agent.welcome();
			}
		}
		rig.keypad.hook(false);
		assert.isTrue(this.registered, "the phone comes back");
	}
}

interface Step extends fc.Command<object, World> {}

/** A step that is done when it can be, after which phone and agent come to rest and are judged. */
function step(name: string, act: (world: World) => void): Step {
	return {
		check: () => true,
		run: (_, world) => {
			act(world);
			world.agent.react();
			world.judge();
		},
		toString: () => name,
	};
}

const withRegistered = (act: (world: World) => void) => (world: World) => {
	if (world.registered) act(world);
};

const steps = [
	fc.constantFrom(...userKeys).map((key) => step(`key ${key}`, ({ rig }) => rig.keypad.press(key))),
	fc.constantFrom("Hold", "Resume", "NewCall", "EndCall", "Answer", "Redial").map((label) =>
		step(`softkey ${label}`, ({ rig }) => {
			if (rig.screen.softkeys.includes(label)) rig.softkey(label);
		}),
	),
	fc.constantFrom(1, 2).map((line) =>
		step(
			`a call on line ${line} is taken`,
			withRegistered(({ agent, rig }) => {
				if (agent.calls.length >= 5) return;
				agent.ring(line);
				agent.react();
				rig.press(`line${line}`);
			}),
		),
	),
	fc.boolean().map((off) => step(off ? "off hook" : "on hook", ({ rig }) => rig.keypad.hook(off))),
	fc.constant(step("three digits", ({ rig }) => rig.press("6", "0", "0"))),
	fc.constantFrom(1, 2).map((line) =>
		step(
			`ring line ${line}`,
			withRegistered(({ agent }) => agent.calls.length < 5 && agent.ring(line)),
		),
	),
	fc.constant(
		step(
			"the other end answers",
			withRegistered(({ agent }) => {
				const call = agent.calls.find(({ state }) => state === CallState.ringOut);
				if (call) agent.answered(call);
			}),
		),
	),
	fc.nat(5).map((index) =>
		step(
			`call ${index} ends`,
			withRegistered(({ agent }) => {
				const call = agent.calls[index];
				if (call) agent.end(call);
			}),
		),
	),
	fc.constantFrom(100, 2000, 20_000).map((time) => step(`${time} ms`, ({ rig }) => rig.clock.advance(time))),
	fc.constant(
		step("the connection is lost", ({ agent, rig }) => {
			if (rig.network.socket.closed) return;
			const up = agent.calls.some(({ state }) => state === CallState.connected);
			rig.lose();
			agent.forget();
			if (!up) return;
			assert.isTrue(
				rig.screen.calls.some(({ state }) => state === CallState.connected),
				"a call outlives its connection",
			);
			outlived += 1;
		}),
	),
	fc.boolean().map((on) =>
		step(
			on ? "page" : "no page",
			withRegistered(({ agent }) => agent.page(on)),
		),
	),
	fc.constant(step("the phone comes back", (world) => world.comeBack())),
];

describe("A user and a call agent", function () {
	this.timeout(240_000);

	for (const version of [3, 11, 17, 22]) {
		it(`do anything, and the phone stays consistent: version ${version}`, () => {
			const property = fc.property(fc.boolean(), fc.commands(steps, { maxCommands: 40 }), (stopsTones, commands) => {
				const world = new World(version, stopsTones);
				fc.modelRun(() => ({ model: {}, real: world }), commands);
				world.rest();
			});
			fc.assert(property, { seed, numRuns: 300 });
		});
	}

	it("have had calls in every state, some of which outlived their connection", () => {
		const { offHook, ringOut, ringIn, connected, hold, callWaiting } = CallState;
		assert.includeMembers([...reached], [offHook, ringOut, ringIn, connected, hold, callWaiting]);
		assert.isAbove(outlived, 20);
	});
});
