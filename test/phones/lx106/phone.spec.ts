/*
 * The whole phone on an emulated Xtensa, with the device's heap limits, against the development call agent.
 */
import { assert } from "chai";
import { benchEmulated, type EmulatedResult } from "../../../tools/bench/emulated.js";
import type { MessageCost } from "../../../tools/bench/feeder.js";
import { type CallAgentOptions, startCallAgent } from "../../../tools/call-agent/agent.js";
import { emulatorMissing, startEmulatedPhone } from "../../../tools/phone/emulator.js";
import type { PhoneProcess } from "../../../tools/phone/phone.js";
import { CallState, calls, Registration } from "../../../tools/phone/screen.js";
import { needs, needsBuild } from "../../support/optional.js";
import { openStream, timeout } from "../support/house.js";

const heapBudget = 64 * 1024;

const inCall = (state: number) => (phone: PhoneProcess) => calls(phone.screen).some((call) => call.state === state);

/** Waits until a stream has received so many packets more. */
async function hears(phone: PhoneProcess, packets: number): Promise<void> {
	const { packetsReceived } = await openStream(phone, "a stream", () => true);
	await openStream(phone, "sound", (each) => each.packetsReceived >= packetsReceived + packets);
}

/** A call to the echo that is held, taken up again and ended, with sound both ways. */
async function echoCall(phone: PhoneProcess): Promise<void> {
	const until = (state: number, what: string) => phone.wait(inCall(state), timeout, what);
	phone.hook(true);
	await until(CallState.offHook, "dial tone");
	phone.keys("600");
	await until(CallState.connected, "the call to 600");
	await hears(phone, 25);
	await phone.softkey("Hold", timeout);
	await until(CallState.hold, "the held call");
	await phone.softkey("Resume", timeout);
	await until(CallState.connected, "the call taken up again");
	await hears(phone, 25);
	const [stream] = (await phone.statistics()).streams;
	assert.isAtLeast(stream?.packetsSent ?? 0, 25);
	assert.strictEqual(stream?.payloadTypeReceived, 0);
	phone.hook(false);
	await phone.wait(({ screen }) => calls(screen).length === 0, timeout, "the call's end");
}

describe("The phone on an emulated Xtensa", function () {
	this.timeout(6 * timeout);
	before(async function () {
		const missing = emulatorMissing();
		needs(this, missing.length === 0, `needs ${missing.join(" ")}`);
		await needsBuild(this, "xtensa");
	});

	const agents: readonly [options: CallAgentOptions, protocol: number][] = [
		[{ dialect: "callmanager" }, 3],
		[{ dialect: "chan_skinny" }, 17],
		[{ dialect: "chan_sccp" }, 22],
	];
	for (const [options, protocol] of agents) {
		it(`registers and makes a call with ${options.dialect} in version ${protocol}`, async () => {
			const agent = await startCallAgent({ address: "127.0.0.1", port: 0, ...options });
			let phone: PhoneProcess | undefined;
			try {
				// A machine that stands still for ten seconds costs a registration, and each takes a connection.
				phone = await startEmulatedPhone({ agents: [`127.0.0.1:${agent.port}`], protocol }, { connections: 4 });
				assert.strictEqual(phone.hello?.bits, 32);
				await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "registration");
				await echoCall(phone);
				const exit = await phone.quit(timeout);
				assert.deepStrictEqual(exit, { status: 0, signal: null });
			} finally {
				await phone?.kill();
				await agent.close();
			}
		});
	}

	it("is refused when its only connection is gone, and goes on trying", async () => {
		const agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
		let phone: PhoneProcess | undefined;
		try {
			phone = await startEmulatedPhone({ agents: [`127.0.0.1:${agent.port}`] }, { connections: 2 });
			// A registration that a slow machine does not finish in time takes a connection as well.
			const refused = ({ logLines }: PhoneProcess) => logLines.some((line) => line.includes("refused"));
			const registered = ({ screen }: PhoneProcess) => screen?.registration === Registration.registered;
			let registrations = 0;
			for (;;) {
				await phone.wait((one) => registered(one) || refused(one), timeout, "registration, or a connection refused");
				if (!registered(phone)) break;
				registrations++;
				for (const device of agent.phones) agent.drop(device, "close");
				await phone.wait((one) => !registered(one), timeout, "the loss of it");
			}
			assert.isAtMost(registrations, 2);
			assert.isUndefined(phone.exit);
		} finally {
			await phone?.kill();
			await agent.close();
		}
	});

	describe("as the bench measures it", () => {
		const results: EmulatedResult[] = [];
		const costs: MessageCost[][] = [];
		before(async () => {
			for (let run = 0; run < 2; run++) {
				results.push(await benchEmulated((messages) => costs.push([...messages])));
			}
		});

		it("takes no more heap than a board has, with two calls up", () => {
			for (const result of results) {
				assert.isAtMost(result.heap_bytes_above_loaded, heapBudget);
				assert.isAbove(result.heap_bytes_above_loaded, 16384);
				assert.isAbove(result.heap_bytes_loaded, result.heap_bytes_empty);
				assert.isAbove(result.heap_bytes_empty, 16384);
			}
		});

		it("counts the same instructions for the same messages", () => {
			const [one = [], other = []] = costs;
			assert.isAbove(one.length, 80);
			assert.deepStrictEqual(
				other.map(({ id }) => id),
				one.map(({ id }) => id),
			);
			// Collections come at other messages when a timer has run in between.
			const apart = one.filter((cost, index) => {
				const difference = Math.abs(cost.instructions - (other[index]?.instructions ?? 0));
				return difference > cost.instructions * 0.01;
			});
			assert.isBelow(apart.length, one.length / 10);
			const [first, second] = results;
			const mean = first?.instructions_per_message.mean ?? 0;
			assert.approximately(second?.instructions_per_message.mean ?? 0, mean, mean * 0.1);
		});
	});
});
