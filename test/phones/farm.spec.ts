/* Many phones of one program: that they are phones like any other, and that a farm tells what becomes of their calls. */
import { spawnSync } from "node:child_process";
import { assert } from "chai";
import type { CallAgent } from "../../tools/call-agent/agent.js";
import { Farm } from "../../tools/farm/farm.js";
import { drawLoad } from "../../tools/farm/plot.js";
import { Brood } from "../../tools/phone/brood.js";
import { PhoneProcess } from "../../tools/phone/phone.js";
import { House, registered, timeout } from "./support/house.js";

describe("phones of one program", function () {
	this.timeout(2 * timeout);
	let house: House;
	let agent: CallAgent;
	let brood: Brood;

	beforeEach(async () => {
		house = new House();
		agent = await house.agent();
		brood = await Brood.start();
		house.onClose(() => brood.close());
	});

	afterEach(() => house.close());

	it("register, show their screen, start anew when they are told to, and end in order", async () => {
		const options = { launch: brood.launch, agents: [`127.0.0.1:${agent.port}`] };
		const [one, other] = await Promise.all([house.phone({ ...options, restart: true }), house.phone(options)]);
		await Promise.all([registered(one), registered(other)]);
		assert.notEqual(one.pid, other.pid);
		const told = () => one.logLines.some((line) => line.includes(`registered as ${one.name}`));
		await one.wait(told, timeout, "its log, which comes by another way than the screen");
		const restarted = new Promise<void>((resolve) => one.once("restart", resolve));
		const { pid } = one;
		agent.reset(agent.devices.get(one.name) ?? assert.fail("not known"), 1);
		await restarted;
		await registered(one);
		assert.notEqual(one.pid, pid);
		assert.deepEqual(await other.quit(), { status: 0, signal: null });
		assert.deepEqual(await one.kill(), { status: null, signal: "SIGKILL" });
	});

	it("say what is wrong with their arguments, and leave the others alone", async () => {
		const launch = brood.launch;
		const start = (extra: readonly string[]) =>
			PhoneProcess.start({ launch, agents: [`127.0.0.1:${agent.port}`], extra });
		const early = start(["--dots"]).catch((error: Error) => error.message);
		// it is over before anybody listens
		spawnSync("sleep", ["0.3"]);
		assert.match((await early) as string, /status 2[\s\S]*unknown argument "--dots"/);
		const refusals = [["--lines"], ["--web\tfree"], Array<string>(200).fill("--touch")].map((extra) =>
			start(extra).then(
				() => "started",
				(error: Error) => error.message,
			),
		);
		const [unknown, tab, many] = await Promise.all(refusals);
		assert.match(unknown ?? "", /status 2[\s\S]*unknown argument "--lines"/);
		assert.match(tab ?? "", /a word with a tab/);
		assert.match(many ?? "", /at most 94 words/);
		await registered(await house.phone({ launch, agents: [`127.0.0.1:${agent.port}`] }));
	});

	it("are over though nobody takes their sound", async () => {
		const phone = await house.phone({ launch: brood.launch, agents: [`127.0.0.1:${agent.port}`], pcm: "live" });
		await registered(phone);
		phone.hook(true);
		await phone.wait(() => phone.toneId === 0x21, timeout, "dial tone");
		const { pcm } = phone;
		if (!pcm) assert.fail("it has no sound");
		while (pcm.readableLength === 0) await new Promise((resolve) => setTimeout(resolve, 20));
		assert.deepEqual(await phone.kill(), { status: null, signal: "SIGKILL" });
	});

	it("tell calls and tones alone when they are to be brief, and a screen to whoever asks", async () => {
		const phone = await house.phone({ launch: brood.launch, agents: [`127.0.0.1:${agent.port}`], brief: true });
		await phone.wait(() => phone.brief?.number === "1001", timeout, "registration");
		assert.isUndefined(phone.screen);
		assert.equal((await phone.look()).number, "1001");
		await phone.softkey("NewCall", timeout);
		await phone.wait(() => phone.toneId === 0x21, timeout, "dial tone");
		await phone.wait(() => phone.brief?.calls.filter(({ state }) => state === 1).length === 1, timeout, "the call");
		assert.equal(phone.lamps.size, 0);
	});
});

describe("a farm", function () {
	this.timeout(4 * timeout);
	let house: House;

	beforeEach(() => {
		house = new House();
	});

	afterEach(() => house.close());

	async function farm(agent: CallAgent, phones: number, media = "none"): Promise<Farm> {
		const started = await Farm.start({ agent: `127.0.0.1:${agent.port}`, phones, media, patience: timeout });
		house.onClose(() => started.close());
		return started;
	}

	it("registers phones, has them call each other as often as it is told, and draws what it took", async () => {
		const phones = await farm(await house.agent(), 8);
		assert.equal(phones.registration.registered, 8);
		assert.isAbove(phones.registration.time.p50, 0);
		assert.isAbove(phones.bytesPerPhone, 500_000);
		const result = await phones.load({ callsPerSecond: 10, seconds: 1, talkSeconds: 0.1 });
		assert.equal(result.callsOk + result.callsNotMade, 10);
		assert.deepEqual(result.failures, {});
		assert.isAbove(result.callsOk, 0);
		for (const figure of ["dialTone", "ringing", "answer", "setUp", "release"] as const) {
			assert.equal(result[figure].count, result.callsOk, figure);
			assert.isAbove(result[figure].p50, 0, figure);
		}
		assert.equal(
			result.moments.reduce((sum, { begun }) => sum + begun, 0),
			result.callsOk,
		);
		const svg = drawLoad(result, "eight phones");
		assert.match(svg, /^<svg [\s\S]*eight phones[\s\S]*<\/svg>$/);
	});

	it("tells why calls come to nothing, and uses the phones again", async () => {
		const agent = await house.agent();
		const started = await farm(agent, 2);
		const [one, other] = started.phones;
		assert(one && other);
		const call = async (number: string) => {
			const { failure } = await started.call(one, number, { talkTime: 0 });
			return failure;
		};
		assert.equal(await call("606"), "busy");
		assert.equal(await call("607"), "congestion");
		assert.equal(await call("99"), "invalid number");
		assert.equal(await call("600"), undefined);
		agent.drop(agent.devices.get(other.name) ?? assert.fail("not known"));
		assert.include(["registration lost", "congestion"], (await started.call(one, other, { talkTime: 0 })).failure);
	});

	it("counts the sound of calls that have any", async () => {
		const phones = await farm(await house.agent(), 2, "tone");
		const [one, other] = phones.phones;
		assert(one && other);
		const { failure, sound } = await phones.call(one, other, { talkTime: 1000 });
		assert.isUndefined(failure);
		assert.equal(sound.length, 2);
		for (const { sent, received } of sound) {
			assert.isAbove(sent, 5);
			assert.isAbove(received, 5);
		}
	});
});
