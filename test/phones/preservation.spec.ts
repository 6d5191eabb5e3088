/*
 * Two phones in a call whose call agent dies: they go on hearing each other until one hangs up, and register with the next one only then.
 */
import { assert } from "chai";
import type { CallAgent } from "../../tools/call-agent/agent.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { CallState, calls, Registration } from "../../tools/phone/screen.js";
import { House, openStream, registered, timeout } from "./support/house.js";

const down = "CM down, features disabled";

const has = (state: number) => (phone: PhoneProcess) => calls(phone.screen).some((call) => call.state === state);

/** Waits until so many packets more have come than `from`; gives how many have come in all, none of them lost on the way. */
async function hears(phone: PhoneProcess, from: number, more: number): Promise<number> {
	const { packetsLost, packetsReceived } = await openStream(
		phone,
		"sound",
		(each) => each.packetsReceived >= from + more,
	);
	assert.equal(packetsLost, 0);
	return packetsReceived;
}

describe("Two phones in a call whose call agent is lost", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	/** Two phones in a call with each other, the one that was called first; both have a second call agent. */
	async function call(): Promise<{
		first: CallAgent;
		second: CallAgent;
		phones: readonly [PhoneProcess, PhoneProcess];
	}> {
		const [first, second] = [await house.agent(), await house.agent({ address: "127.0.0.2" })];
		const agents = [`127.0.0.1:${first.port}`, `127.0.0.2:${second.port}`];
		const called = await house.phone({ agents, mic: "tone:700" });
		await registered(called);
		const caller = await house.phone({ agents, mic: "tone:900" });
		await registered(caller);
		caller.hook(true);
		await caller.wait(has(CallState.offHook), timeout, "dial tone");
		caller.keys("1001");
		await called.wait(has(CallState.ringIn), timeout, "the call");
		called.hook(true);
		for (const phone of [called, caller]) await phone.wait(has(CallState.connected), timeout, "the answer");
		return { first, second, phones: [called, caller] };
	}

	it("hear each other until they hang up, and register with the next one only then", async () => {
		const { first, second, phones } = await call();
		const before = [await hears(phones[0], 0, 20), await hears(phones[1], 0, 20)];
		let comers = 0;
		second.on("registered", () => {
			comers += 1;
		});
		first.crash("reset");
		for (const [index, phone] of phones.entries()) {
			await phone.wait(() => phone.screen?.prompt === down, timeout, "the notice");
			await hears(phone, before[index] as number, 100);
			assert.isTrue(has(CallState.connected)(phone), phone.describe());
		}
		// the speaker goes on where the handset is put down
		const [called, caller] = phones;
		called.key("speaker");
		called.hook(false);
		await hears(called, await hears(called, 0, 1), 50);
		assert.equal(comers, 0);
		await called.softkey("EndCall", timeout);
		await registered(called);
		assert.deepEqual(calls(called.screen), []);
		assert.equal(comers, 1);
		// the other one hears nothing any more, but does not know why: it stays until its user hangs up
		assert.equal(caller.screen?.prompt, down);
		caller.hook(false);
		await registered(caller);
		assert.equal(comers, 2);
		assert.equal(called.screen?.registration, Registration.registered);
		assert.deepEqual(second.complaints, []);
	});

	it("go on from another address of their own, and register anew afterwards", async () => {
		const { first, phones } = await call();
		first.faults.keepCalls = true;
		const [called, caller] = phones;
		const before = [await hears(called, 0, 20), await hears(caller, 0, 20)];
		called.send("address 127.0.9.1");
		await called.wait(() => called.screen?.prompt === down, timeout, "the notice");
		for (const [index, phone] of phones.entries()) await hears(phone, before[index] as number, 100);
		assert.isTrue(has(CallState.connected)(caller), caller.describe());
		called.hook(false);
		await registered(called);
		// the call agent ends the call for the other one, too
		await caller.wait((phone) => !has(CallState.connected)(phone), timeout, "the call's end");
		assert.deepEqual(first.complaints, []);
	});
});
