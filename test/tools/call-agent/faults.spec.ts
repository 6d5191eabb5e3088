/*
 * Bad phones at the call agent, and the faults that the agent shows on purpose.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { type CallAgent, type CallAgentOptions, startCallAgent } from "../../../tools/call-agent/agent.js";
import { dialectNames } from "../../../tools/call-agent/options.js";
import { Deframer, FramingError } from "../../../tools/call-agent/wire.js";
import { TestPhone, words } from "./support/test-phone.js";

const name = "SEP001122334401";

describe("call agent, faults and bad phones", function () {
	this.timeout(180_000);
	const phones: TestPhone[] = [];
	const agents: CallAgent[] = [];

	async function start(options: CallAgentOptions = {}): Promise<CallAgent> {
		const agent = await startCallAgent({ port: 0, ...options });
		agents.push(agent);
		return agent;
	}

	function keep(phone: TestPhone): TestPhone {
		phones.push(phone);
		return phone;
	}

	const ended = (phone: TestPhone) => phone.waitFor(() => phone.closed, "the end of the connection");

	afterEach(async () => {
		for (const phone of phones.splice(0)) phone.close();
		for (const agent of agents.splice(0)) await agent.close();
	});

	it("cuts a stream of any segmentation into the same messages", () => {
		const frames = [1, 0, 600, 4].map((size, index) =>
			Buffer.concat([words(size + 4, 0, 0x100 + index), Buffer.alloc(size, index)]),
		);
		const stream = Buffer.concat(frames);
		for (const step of [1, 2, 3, 7, 11, 12, 13, 100, stream.length]) {
			const deframer = new Deframer(4096, false);
			const messages = [];
			for (let at = 0; at < stream.length; at += step) messages.push(...deframer.push(stream.subarray(at, at + step)));
			assert.deepEqual(
				messages.map(({ id, payload }) => [id, payload.length]),
				[
					[0x100, 1],
					[0x101, 0],
					[0x102, 600],
					[0x103, 4],
				],
			);
		}
		for (const length of [0, 3, 4089, 0xffffffff])
			assert.throws(() => new Deframer(4096, false).push(words(length, 0, 0)), FramingError);
	});

	for (const dialect of dialectNames)
		it(`${dialect}: hangs up on a bad length, and goes on with others`, async () => {
			const agent = await start({ dialect });
			for (const length of [0, 5000]) {
				const bad = keep(await TestPhone.register(agent.port, name, 3));
				bad.write(words(length, 0, 0));
				await ended(bad);
			}
			const good = keep(await TestPhone.register(agent.port, name, 3));
			good.send(0x7777, words(1, 2, 3));
			good.send(0x22, words(0));
			good.send(0x03);
			good.send(0x26);
			await good.settle();
			assert.equal(agent.phones.length, 1);
		});

	it("chan_skinny hangs up on a header in pieces, the others put it together", async () => {
		for (const dialect of dialectNames) {
			const agent = await start({ dialect });
			const phone = keep(await TestPhone.register(agent.port, name, 3));
			phone.write(words(4));
			// The second piece goes out after the agent has seen the first: another phone's exchange lies between.
			keep(await TestPhone.register(agent.port, "SEP001122334402", 3));
			phone.write(words(0, 0));
			if (dialect === "chan_skinny") await ended(phone);
			else await phone.wait(0x100);
		}
	});

	it("ignores what comes before registration, and complains", async () => {
		const agent = await start();
		const phone = keep(await TestPhone.connect(agent.port, name, 3));
		phone.send(0x06, words(0, 0));
		await phone.settle();
		assert.deepEqual(agent.complaints, ["OffHook before registration"]);
		assert.deepEqual(
			phone.log.map(({ id }) => id),
			[0x100],
		);
	});

	it("calls need what the real servers need: capabilities on chan_skinny, the button template on chan_sccp", async () => {
		for (const [dialect, complaint] of [
			["chan_skinny", "a call before CapabilitiesRes"],
			["chan_sccp", "a call before ButtonTemplateReq"],
		] as const) {
			const agent = await start({ dialect });
			const phone = keep(await TestPhone.connect(agent.port, name, 3));
			phone.sendRegister();
			await phone.wait(0x81);
			phone.send(0x06, words(0, 0));
			await phone.settle();
			assert.deepEqual(agent.complaints, [complaint]);
			assert.equal(phone.count(0x111), 0);
		}
	});

	it("a second registration of a name: replaced, refused, or both closed", async () => {
		for (const dialect of dialectNames) {
			const agent = await start({ dialect });
			const first = keep(await TestPhone.register(agent.port, name, 3));
			const second = keep(await TestPhone.connect(agent.port, name, 3));
			second.sendRegister();
			if (dialect === "callmanager") await second.wait(0x81);
			else await second.wait(0x9d);
			if (dialect === "chan_skinny") {
				assert.equal(second.last(0x9d)?.payload.length, 33);
				await first.settle();
				await ended(second);
			} else await ended(first);
		}
	});

	it("hangs up on a silent phone after the keepalive deadline", async () => {
		const agent = await start({ keepalive: 1, keepaliveMisses: 2 });
		const phone = keep(await TestPhone.register(agent.port, name, 3));
		const device = agent.phones[0];
		assert.equal(phone.last(0x81)?.payload.readUInt32LE(0), 1);
		await ended(phone);
		assert.isFalse(device?.registered);
	});

	it("refuses, once or always, with the text given", async () => {
		const agent = await start({ faults: { rejectOnce: "Crossover session" } });
		const first = keep(await TestPhone.connect(agent.port, name, 3));
		first.sendRegister();
		assert.include((await first.wait(0x9d)).payload.toString("latin1"), "Crossover session");
		await ended(first);
		keep(await TestPhone.register(agent.port, name, 3));
		agent.faults.reject = "No entry";
		const last = keep(await TestPhone.connect(agent.port, "SEP001122334402", 3));
		last.sendRegister();
		assert.include((await last.wait(0x9d)).payload.toString("latin1"), "No entry");
		await ended(last);
	});

	it("closes at any step, or says nothing", async () => {
		const agent = await start();
		for (const step of [0x20, 0x01, 0x10, 0x0e, 0x28, 0x25, 0x0f, 0x0b, 0x09, 0x0a, 0x2d, 0x0d]) {
			agent.faults.closeAt = step;
			const phone = keep(await TestPhone.connect(agent.port, name, 3));
			phone.sendRegister();
			phone.send(step, Buffer.alloc(92));
			await ended(phone);
		}
		agent.faults.closeAt = "connect";
		await ended(keep(await TestPhone.connect(agent.port, name, 3)));
		agent.faults.closeAt = undefined;
		agent.faults.silent = true;
		const silent = keep(await TestPhone.connect(agent.port, name, 3));
		silent.sendRegister();
		agent.faults.silent = false;
		keep(await TestPhone.register(agent.port, "SEP001122334402", 3));
	});

	it("keeps back answers and keepalives that it is told to", async () => {
		const agent = await start();
		const phone = keep(await TestPhone.register(agent.port, name, 3));
		agent.faults.ignore = [0x0b];
		agent.faults.dropKeepalives = true;
		const before = phone.log.length;
		phone.send(0x0b, words(1));
		phone.send(0x00);
		phone.send(0x0f);
		await phone.wait(0x98, before);
		assert.deepEqual(
			phone.log.slice(before).map(({ id }) => id),
			[0x98],
		);
	});

	for (const segments of ["octets", "merged"] as const)
		it(`registers and calls with segments: ${segments}`, async () => {
			const agent = await start({ dialect: "chan_sccp", faults: { segments, mergeTime: 5 } });
			const phone = keep(await TestPhone.register(agent.port, name, 22));
			phone.send(0x06, words(0, 0));
			await phone.waitState(1);
			phone.press("600");
			await phone.waitState(5);
			await phone.wait(0x8a);
		});

	it("resets, sends octets as they are, breaks off and closes", async () => {
		const agent = await start();
		const phone = keep(await TestPhone.register(agent.port, name, 3));
		const device = agent.phones[0];
		assert(device);
		agent.reset(device, 2);
		assert.equal((await phone.wait(0x9f)).payload.readUInt32LE(0), 2);
		agent.sendRaw(device, Buffer.concat([words(8, 0, 0x7001), words(1)]));
		await phone.wait(0x7001);
		agent.drop(device);
		await ended(phone);
		const again = keep(await TestPhone.register(agent.port, name, 3));
		assert.equal(agent.phones[0]?.number, "1001");
		agent.drop(device, "close");
		await ended(again);
		assert.equal(device.registrations, 2);
	});

	it("says clearly that a port is taken, and ends with a non-zero status", async () => {
		const agent = await start();
		const main = fileURLToPath(new URL("../../../tools/call-agent/main.js", import.meta.url));
		const child = spawn(process.execPath, [main, "--port", String(agent.port)]);
		let said = "";
		child.stderr.on("data", (octets: Buffer) => {
			said += octets.toString();
		});
		const [status] = await once(child, "close");
		assert.equal(status, 1);
		assert.match(said, /^call-agent: port \d+ on 127\.0\.0\.1 is taken: .*\n$/);
	});

	it("obeys what is typed: a reset for a phone by name or number, and says what it does not understand", async () => {
		const main = fileURLToPath(new URL("../../../tools/call-agent/main.js", import.meta.url));
		const child = spawn(process.execPath, [main, "--port", "0", "--orders"]);
		let said = "";
		child.stdout.on("data", (octets: Buffer) => {
			said += octets.toString();
		});
		const saying = async (pattern: RegExp) => {
			for (;;) {
				const found = pattern.exec(said);
				if (found) return found;
				await once(child.stdout, "data");
			}
		};
		try {
			const [, port] = await saying(/127\.0\.0\.1:(\d+)/);
			const phone = keep(await TestPhone.register(Number(port), "SEP001122334455", 3));
			await saying(/registered as 1001/);
			for (const [order, type] of [
				["restart 1001", 2],
				["apply SEP001122334455", 3],
				["reset sep001122334455", 1],
			] as const) {
				const before = phone.log.length;
				child.stdin.write(`${order}\n`);
				assert.equal((await phone.wait(0x9f, before)).payload.readUInt32LE(0), type, order);
			}
			for (const [order, answer] of [
				["reset 1001 now", /'now' after a phone means nothing/],
				["forward 1001 busy", /forward needs a phone, one of all, busy, noAnswer, and a number or off/],
				["forward 1001 busy red", /forward needs a phone/],
			] as const) {
				said = "";
				child.stdin.write(`${order}\n`);
				await saying(answer);
			}
			const before = phone.log.length;
			child.stdin.write("forward 1001 busy 600\n");
			assert.equal((await phone.wait(0x90, before)).payload.readUInt32LE(36), 1);
			child.stdin.write("drop 1001\n");
			await ended(phone);
			for (const [order, answer] of [
				["reset 1001", /no phone 1001 is registered/],
				[
					"fly 1001",
					/'fly 1001' is not understood: reset, restart, apply, drop, close, giveup, forward, push, open, list and a phone, or fault/,
				],
			] as const) {
				child.stdin.write(`${order}\n`);
				await saying(answer);
			}
		} finally {
			child.kill();
		}
	});

	it("refuses a version that does not exist", async () => {
		let said = "";
		await startCallAgent({ port: 0, protocolVersion: 23 }).catch((error: Error) => {
			said = error.message;
		});
		assert.equal(said, "protocol version 23: 3 to 22 expected");
	});
});
