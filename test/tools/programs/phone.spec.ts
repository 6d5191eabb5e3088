/*
 * Phones and call agents as programs have them.
 */
import type { EventEmitter } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { conditions } from "../../../tools/call/conditions.js";
import { temporaryFolder } from "../../../tools/phone/temporary.js";
import { CallAgent, Phone, PhoneError, type PhoneOptions, readWav, tone } from "../../../tools/programs/index.js";

async function rejection(promise: Promise<unknown>): Promise<Error> {
	try {
		await promise;
	} catch (error) {
		return error as Error;
	}
	throw new Error("it does not reject");
}

describe("Phones of programs", () => {
	let agent: CallAgent;
	const phones: Phone[] = [];
	const start = async (options: PhoneOptions = {}) => {
		const phone = await Phone.start({ agent, sound: "simulated", ...options });
		phones.push(phone);
		await phone.wait.registered();
		return phone;
	};
	const talk = async () => {
		const [alice, bob] = await Promise.all([start(), start()]);
		await Promise.all([alice.call(bob.number), bob.answer()]);
		return [alice, bob] as const;
	};

	beforeEach(async () => {
		agent = await CallAgent.start();
	});
	afterEach(async () => {
		await Promise.all(phones.splice(0).map((phone) => phone.kill()));
		await agent.close();
	});

	it("call each other, hear each other and tell how it was", async () => {
		const [alice, bob] = await talk();
		assert.notEqual(alice.device, bob.device);
		assert.sameMembers([alice.number, bob.number], ["1001", "1002"]);
		await alice.hears([bob]);
		assert.match((await rejection(alice.hears([], [bob], { timeout: 0 }))).message, /phone 2 is heard/);
		await alice.media();
		const { played, recorded, rate } = await alice.play(tone(440, 0.3));
		assert.deepEqual([played.length, recorded.length, rate], [2400, 2400, 8000]);
		const [stream] = await bob.statistics();
		assert.include(stream, { open: true, codec: "g711u", packetsLost: 0 });
		assert.isAtLeast(stream?.packetsReceived ?? 0, 75);
		assert.isAbove(stream?.mos ?? 0, 4.3);
		assert.isAtMost(stream?.mos ?? 0, 4.41);
		assert.equal(stream?.counters.packetsReceived, stream?.packetsReceived);
		const folder = temporaryFolder("programs");
		const file = join(folder, "heard.wav");
		assert.deepEqual(await bob.record(0.2, file), readWav(file));
		rmSync(folder, { recursive: true });
		await alice.hangUp();
		await bob.wait.idle();
		assert.match((await rejection(alice.record(1))).message, /in no call/);
	});

	it("wait for conditions, demand them and know them, each also turned round", async () => {
		const phone = await start();
		await phone.expect.not.offhook();
		phone.press("speaker");
		await phone.wait.tone("dial");
		await phone.wait.lamp("speaker", "on");
		assert.isTrue(phone.is.route("speaker"));
		phone.dial("60");
		await phone.wait.title("60");
		await phone.expect.calls(1);
		await phone.expect.selected("offhook");
		await phone.softkey("endcall");
		await phone.wait.not.offhook();
		assert.isFalse(phone.is.offhook());
		await phone.wait.agent(agent);
		const late = await rejection(phone.wait.calls(3, { timeout: 20 }));
		assert.instanceOf(late, PhoneError);
		assert.match(late.message, /^SEP\w{12}: waited 20 ms in vain for calls '3'\n {2}screen: registered, number 1001/);
		assert.match((await rejection(phone.expect.ringing())).message, /^SEP\w{12}: ringing: it is not so\n/);
		const busy = await rejection(phone.call("606"));
		assert.match(busy.message, /^SEP\w{12}: connected: (the number is busy|busy tone)/);
		assert.match(busy.stack ?? "", /phone\.spec/, "the program's own line");
	});

	it("have all conditions of scripts, and refuse values that none has", async () => {
		const phone = await start();
		const names = Object.keys(conditions).sort();
		assert.deepEqual(Object.keys(phone.is).sort(), names);
		assert.deepEqual(Object.keys(phone.wait).sort(), [...names, "not"].sort());
		assert.deepEqual(Object.keys(phone.expect.not).sort(), names);
		// as a program without types would
		const loose = phone.is as unknown as Record<string, (...values: unknown[]) => boolean>;
		const call = (name: string, ...values: unknown[]) => loose[name]?.(...values);
		assert.throws(() => call("lamp", "line9", "on"), "lamp needs one of line1-line8, message");
		assert.throws(() => call("calls", "many"), "calls needs a number");
		assert.throws(() => call("muted", "now"), "'now' after 'muted' means nothing");
		assert.throws(() => call("agent", 1), "agent needs a CallAgent");
		assert.throws(() => phone.press("line9" as "line8"), "unknown key 'line9'");
		assert.throws(() => phone.dial("12a"), "digits, * and # are expected");
		assert.match((await rejection(start({ device: "SEP12" }))).message, /SEP and 12 hexadecimal digits/);
		assert.match((await rejection(start({ sound: "loud" as "real" }))).message, /real, simulated or none is expected/);
	});

	it("tell what happens, and start anew when the call agent wants it", async () => {
		const phone = await start();
		const told: string[] = [];
		phone.on("call", ({ state }) => told.push(state));
		phone.on("callEnd", ({ title }) => told.push(`end ${title}`));
		await phone.call("600");
		await phone.hangUp();
		const states = [...new Set(told)].filter((state) => state !== "proceed");
		assert.deepEqual(states, ["offHook", "connected", "end To 600"]);
		told.length = 0;
		phone.on("registered", () => told.push("registered"));
		phone.on("unregistered", () => told.push("unregistered"));
		const restarted = new Promise<void>((resolve) => phone.once("restart", resolve));
		agent.order(`reset ${phone.number}`);
		await restarted;
		await phone.wait.registered();
		assert.deepEqual(told, ["unregistered", "registered"]);
		await phone.call("600");
		await phone.media();
		const ended = new Promise((resolve) => phone.once("exit", resolve));
		await phone.close();
		assert.isUndefined(await ended);
		assert.match((await rejection(phone.wait.registered())).message, /the phone ended with status 0/);
	});

	it("have no sound where they are to have none", async () => {
		const phone = await start({ sound: "none", log: () => {} });
		await phone.call("600");
		assert.match((await rejection(phone.record(1))).message, /sound 'none'/);
		assert.isAtLeast((await phone.statistics()).length, 1);
	});

	it("end what they record with the call, in real time", async () => {
		const phone = await start({ sound: "real" });
		await phone.call("601");
		await phone.media();
		setTimeout(() => phone.hook("on"), 300);
		const { played, recorded } = await phone.play(tone(440, 0.1), 20);
		assert.equal(played.length, recorded.length);
		assert.isBelow(recorded.length, 20 * phone.rate);
	});

	it("are complained of by their call agent, of which the latest thousand are kept", () => {
		const complain = Reflect.get(agent, "agent") as EventEmitter;
		for (let count = 1; count <= 1003; count++) complain.emit("complaint", undefined, `${count}`);
		assert.lengthOf(agent.complaints, 1000);
		assert.deepEqual([agent.complaints.at(0), agent.complaints.at(-1)], ["4", "1003"]);
	});

	it("are lost to a call agent that crashes, and found by it again", async () => {
		const phone = await start();
		const { address } = agent;
		assert.include(agent.phones[0], { device: phone.device, number: "1001", protocol: 17, registrations: 1 });
		phone.hook("off");
		await phone.wait.offhook();
		await agent.settle();
		assert.include(agent.calls[0], { device: phone.device, number: "1001", state: "offHook", outgoing: true });
		phone.hook("on");
		await phone.wait.idle();
		const lost = new Promise((resolve) => phone.once("unregistered", () => resolve(true)));
		await agent.crash();
		await lost;
		assert.isFalse(agent.running);
		assert.throws(() => agent.order("drop"), "does not run");
		const registered = new Promise<string>((resolve) => agent.once("registered", ({ device }) => resolve(device)));
		await agent.recover();
		assert.equal(agent.address, address);
		assert.equal(await registered, phone.device);
		assert.deepEqual(agent.complaints, []);
		assert.throws(() => agent.order("drop 4711"), "no phone 4711 is registered");
		assert.match((await rejection(agent.recover())).message, /runs already/);
	});
});
