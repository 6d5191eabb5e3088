/*
 * Several call agents for the same phones, and the faults that a phone with several of them has to live with.
 */
import { assert } from "chai";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { Cluster } from "../../../tools/call-agent/cluster.js";
import { type Faults, setFault } from "../../../tools/call-agent/faults.js";
import { obey } from "../../../tools/call-agent/orders.js";
import { TestPhone } from "./support/test-phone.js";

const first = "SEP001122334401";
const second = "SEP001122334402";
const keepAlive = 0x00;
const token = 0x29;

describe("call agents as a cluster", function () {
	this.timeout(60_000);
	const closers: (() => unknown)[] = [];

	function keep(phone: TestPhone): TestPhone {
		closers.push(() => phone.close());
		return phone;
	}

	async function start(faults: Faults = {}, keepalive?: number): Promise<CallAgent> {
		const agent = await startCallAgent({ port: 0, faults, ...(keepalive === undefined ? {} : { keepalive }) });
		closers.push(() => agent.close());
		return agent;
	}

	afterEach(async () => {
		for (const close of closers.splice(0).reverse()) await close();
	});

	it("give a phone the same number each, and have it registered with one alone", async () => {
		const cluster = await Cluster.start([{}, {}]);
		closers.push(() => cluster.close());
		const [a, b] = cluster.agents as [CallAgent, CallAgent];
		const one = keep(await TestPhone.register(a.port, first, 11));
		const other = keep(await TestPhone.register(b.port, second, 11));
		assert.deepEqual([a.devices.get(first)?.number, b.devices.get(second)?.number], ["1001", "1002"]);
		assert.equal(cluster.agentOf(first), a);
		const moved = keep(await TestPhone.register(b.port, first, 11));
		await one.waitFor(() => one.closed, "the end of the registration with the other");
		assert.equal(cluster.agentOf(first), b);
		assert.equal(b.devices.get(first)?.number, "1001");
		assert.isFalse(other.closed || moved.closed);
	});

	it("answer RegisterTokenReq as they are told, and by dialect otherwise", async () => {
		const payload = Buffer.alloc(52);
		const agent = await start();
		const answers = async (what: () => void) => {
			what();
			const phone = keep(await TestPhone.connect(agent.port, first, 11));
			phone.send(keepAlive);
			phone.send(token, payload);
			phone.send(keepAlive);
			await phone.waitFor(() => phone.closed || phone.count(0x100) === 2, "an answer");
			return [phone.closed, ...phone.log.filter(({ id }) => id !== 0x100).map((one) => [one.id, ...one.payload])];
		};
		assert.deepEqual(await answers(() => {}), [false, [0x11a]]);
		assert.deepEqual(await answers(() => setFault(agent.faults, ["token", "ignore"])), [false]);
		assert.deepEqual(await answers(() => Object.assign(agent.faults, { token: "reject", tokenWait: 300 })), [
			false,
			[0x11b, 44, 1, 0, 0],
		]);
		assert.deepEqual(await answers(() => setFault(agent.faults, ["token", "close"])), [true]);
	});

	it("stand still, close nothing, and go on where they were", async () => {
		const agent = await start({}, 1);
		const phone = keep(await TestPhone.register(agent.port, first, 11));
		agent.faults.stall = true;
		const before = phone.count(0x100);
		const heard = agent.received.get(keepAlive) ?? 0;
		// longer than it gives a phone that says nothing
		for (let i = 0; i < 8; i++) {
			phone.send(keepAlive);
			await new Promise((resolve) => setTimeout(resolve, 500));
		}
		assert.equal(phone.count(0x100), before);
		assert.equal(agent.received.get(keepAlive) ?? 0, heard);
		assert.isFalse(phone.closed);
		agent.faults.stall = false;
		await phone.waitFor(() => phone.count(0x100) === before + 8, "the answers to what was sent meanwhile");
	});

	it("take their time over each answer, in order", async () => {
		const agent = await start({ delay: 200 });
		const phone = keep(await TestPhone.connect(agent.port, first, 11));
		const begin = Date.now();
		phone.sendRegister();
		phone.send(0x0e);
		phone.send(0x28);
		await phone.wait(0x108);
		assert.isAtLeast(Date.now() - begin, 190);
		assert.deepEqual(
			phone.log.map(({ id }) => id),
			[0x81, 0x9b, 0x97, 0x108],
		);
	});

	it("send a few octets at a time, all of them", async () => {
		const agent = await start({ segments: "slow" });
		const phone = keep(await TestPhone.connect(agent.port, first, 11));
		const begin = Date.now();
		phone.sendRegister();
		phone.send(0x28);
		const template = await phone.wait(0x108);
		// 16 octets every 20 ms
		assert.isAtLeast(Date.now() - begin, (template.payload.length / 16) * 20 * 0.8);
		agent.faults.segments = undefined;
		phone.send(0x28);
		await phone.waitFor(() => phone.count(0x108) === 2, "the same again");
		assert.deepEqual(phone.last(0x108)?.payload, template.payload);
	});

	it("break off, answer garbage, or close some time after a registration", async () => {
		const agent = await start();
		const gone = async (order: string) => {
			assert.isUndefined(obey(agent, ["fault", "none"]));
			assert.isUndefined(obey(agent, ["fault", ...order.split(" ")]));
			const phone = keep(await TestPhone.connect(agent.port, first, 11));
			phone.sendRegister();
			phone.send(0x0e);
			await phone.waitFor(() => phone.closed || phone.rest === 64, `what ${order} does`);
			return phone;
		};
		assert.equal((await gone("resetAt 0x0e")).count(0x97), 0);
		assert.equal((await gone("garbageAt 14")).count(0x97), 0);
		const closed = await gone("closeAfter 300");
		assert.equal(closed.count(0x97), 1);
	});

	it("take orders by words, and say what is wrong with them", () => {
		const faults: Faults = {};
		for (const words of [
			"stall on",
			"delay 2200",
			"closeAt connect",
			"ignore 11 0x0e",
			"reject No room here",
			"token reject",
			"tokenWait 30",
			"segments slow",
			"mergeTime 7",
		])
			assert.isUndefined(setFault(faults, words.split(" ")), words);
		assert.deepEqual(faults, {
			stall: true,
			delay: 2200,
			closeAt: "connect",
			ignore: [11, 14],
			reject: "No room here",
			token: "reject",
			tokenWait: 30,
			segments: "slow",
			mergeTime: 7,
		});
		for (const words of [
			"stall off",
			"delay off",
			"closeAt 9",
			"ignore off",
			"reject off",
			"token off",
			"segments off",
		])
			assert.isUndefined(setFault(faults, words.split(" ")), words);
		assert.deepEqual(JSON.parse(JSON.stringify(faults)), {
			stall: false,
			closeAt: 9,
			ignore: [],
			tokenWait: 30,
			mergeTime: 7,
		});
		const before = { ...faults };
		for (const words of [
			"",
			"stall",
			"stall maybe",
			"delay soon",
			"delay 1 2",
			"fly on",
			"token maybe",
			"ignore all",
			"none now",
		])
			assert.match(setFault(faults, words.split(" ")) ?? "", /is not understood: none; on or off/, words);
		assert.deepEqual(faults, before);
		setFault(faults, ["none"]);
		assert.deepEqual(faults, {});
	});
});
