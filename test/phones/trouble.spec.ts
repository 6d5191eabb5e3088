/*
 * Whatever a network or a server does: the phone goes on, registers as soon as it can, and makes calls afterwards.
 */
import { assert } from "chai";
import { dialectNames } from "../../tools/call-agent/options.js";
import { type PhoneOptions, PhoneProcess } from "../../tools/phone/phone.js";
import { CallState, calls, Registration } from "../../tools/phone/screen.js";
import { House, registered, timeout } from "./support/house.js";
import { frame, Meddler, type Plan } from "./support/meddler.js";

/** Longer than the phone's longest time-out with its back-off. */
const recovery = 90_000;

const fromPhone = Object.freeze({
	register: 0x01,
	capabilities: 0x10,
	buttonTemplate: 0x0e,
	softkeyTemplate: 0x28,
	softkeySets: 0x25,
	configuration: 0x0c,
	line: 0x0b,
	speedDial: 0x0a,
	available: 0x2d,
	time: 0x0d,
});

/** A short call to the echo, over the control channel alone. */
async function call(phone: PhoneProcess): Promise<void> {
	phone.hook(true);
	await phone.wait(() => calls(phone.screen).some((each) => each.state === CallState.offHook), timeout, "dial tone");
	phone.keys("600");
	await phone.wait(() => calls(phone.screen).some((each) => each.state === CallState.connected), timeout, "the call");
	phone.hook(false);
	await phone.wait(() => calls(phone.screen).length === 0, timeout, "the call's end");
}

describe("A server in trouble", function () {
	this.timeout(2 * recovery);
	const house = new House();
	afterEach(() => house.close());

	/** Puts a meddler between a new phone and a call agent. */
	async function meddled(...plans: Plan[]): Promise<{ meddler: Meddler; phone: PhoneProcess }> {
		const agent = await house.agent();
		const meddler = await Meddler.start(agent.port, ...plans);
		house.onClose(() => meddler.close());
		const phone = await house.phone({ agents: [meddler.address], restart: true });
		return { meddler, phone };
	}

	async function recovers(...plans: Plan[]): Promise<void> {
		const { meddler, phone } = await meddled(...plans);
		await registered(phone, recovery);
		assert.isAtLeast(meddler.connections, plans.length + 1, "the phone did not connect again");
		await call(phone);
	}

	it("that accepts and says nothing is left for the next attempt", () => recovers({ silent: true }));

	it("that closes at once is tried again", () => recovers({ closeAt: "connect" }));

	it("that closes at each state of registration is tried again", async () => {
		// All at the same time: each waits for its back-off.
		await Promise.all(Object.values(fromPhone).map((closeAt) => recovers({ closeAt })));
	});

	const greetings: readonly Buffer[] = [
		Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 73 + 11) & 0xff)),
		Buffer.from("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
		// Messages of length 0, 3, 5000 and 4 gigabytes.
		Buffer.alloc(64),
		Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.alloc(60)]),
		Buffer.concat([Buffer.from([0x88, 0x13, 0, 0]), Buffer.alloc(6000)]),
		Buffer.alloc(64, 0xff),
	];

	it("that greets with garbage or messages of bad length is tried again", async () => {
		await Promise.all(greetings.map((greeting) => recovers({ greeting })));
	});

	it("that sends a bad length in the middle of things is tried again", async () => {
		const { meddler, phone } = await meddled();
		await registered(phone);
		meddler.inject(Buffer.alloc(40, 0xee));
		await phone.wait(() => meddler.connections > 1, recovery, "another connection");
		await registered(phone, recovery);
		await call(phone);
	});

	it("that breaks off in the middle of a message is tried again", async () => {
		const cut: Plan = { fromAgent: (message, id) => (id === 0x97 ? message.subarray(0, 20) : message), closeAt: 0x28 };
		// The template's first 20 octets came; what follows is taken for its rest or never comes.
		await recovers(cut);
	});

	it("whose messages come one octet at a time is understood", async () => {
		const { meddler, phone } = await meddled({ segment: 1 });
		await registered(phone, recovery);
		await call(phone);
		assert.strictEqual(meddler.connections, 1);
	});

	it("whose messages come twice is understood", async () => {
		const { meddler, phone } = await meddled({ fromAgent: (message) => Buffer.concat([message, message]) });
		await registered(phone, recovery);
		await call(phone);
		assert.strictEqual(meddler.connections, 1);
	});

	it("that sends unknown messages is understood", async () => {
		const unknown = Buffer.concat([
			frame(0x7777, Buffer.alloc(16)),
			frame(0xfffffff0),
			frame(0x8001, Buffer.alloc(900)),
		]);
		const { meddler, phone } = await meddled({ fromAgent: (message) => Buffer.concat([unknown, message]) });
		await registered(phone, recovery);
		await call(phone);
		assert.strictEqual(meddler.connections, 1);
	});

	it("that sends every message empty or full of ones is got over", async () => {
		const { meddler, phone } = await meddled();
		await registered(phone);
		const messages: Buffer[] = [];
		for (let id = 0x81; id <= 0x15f; id++) {
			messages.push(frame(id), frame(id, Buffer.alloc(4)), frame(id, Buffer.alloc(120, 0xff)));
		}
		for (const message of messages) meddler.inject(message);
		// Some of these end the registration or ask for a new start; in the end it is there again.
		meddler.cut();
		const before = meddler.connections;
		await phone.wait(() => meddler.connections > before, recovery, "another connection");
		await registered(phone, recovery);
		await call(phone);
	});

	it("that rejects is asked again, and its words are shown", async () => {
		const agent = await house.agent({ faults: { rejectOnce: "No more lines" } });
		const phone = await house.phone({ agents: [`127.0.0.1:${agent.port}`] });
		let shown = "";
		phone.on("screen", (screen) => {
			if (screen.registration === Registration.rejected) shown += JSON.stringify(screen);
		});
		await registered(phone, recovery);
		assert.include(shown, "No more lines");
		await call(phone);
	});

	it("that dies during a call is found again when it is back", async () => {
		const { meddler, phone } = await meddled();
		await registered(phone);
		phone.hook(true);
		await phone.wait(() => calls(phone.screen).some((each) => each.state === CallState.offHook), timeout, "dial tone");
		phone.keys("600");
		await phone.wait(() => calls(phone.screen).some((each) => each.state === CallState.connected), timeout, "the call");
		meddler.cut(true);
		await phone.wait(() => phone.screen?.registration !== Registration.registered, timeout, "the loss");
		phone.hook(false);
		await registered(phone, recovery);
		await phone.wait(() => calls(phone.screen).length === 0, timeout, "no call");
		await call(phone);
	});

	it("that refuses is tried until it is there", async () => {
		const first = await house.agent();
		const { port } = first;
		await first.close();
		const phone = await house.phone({ agents: [`127.0.0.1:${port}`] });
		await phone.wait(() => phone.logLines.some((line) => line.includes(`${port}`)), timeout, "a line about it");
		assert.notStrictEqual(phone.screen?.registration, Registration.registered);
		await house.agent({ port });
		await registered(phone, recovery);
	});

	it("whose name is unknown is passed over for the next", async () => {
		const agent = await house.agent();
		const phone = await house.phone({ agents: ["nowhere.invalid", `127.0.0.1:${agent.port}`] });
		await registered(phone, recovery);
		assert.isTrue(phone.logLines.some((line) => line.includes("nowhere.invalid")));
		await call(phone);
	});

	it("that is the only one and unknown by name leaves the phone trying", async () => {
		const phone = await house.phone({ agents: ["nowhere.invalid"] });
		await phone.wait(() => phone.logLines.some((line) => line.includes("nowhere.invalid")), timeout, "a line about it");
		await phone.statistics();
		assert.isUndefined(phone.exit);
		assert.strictEqual((await phone.quit()).status, 0);
	});
});

describe("Two phones of the same name", function () {
	this.timeout(2 * recovery);
	const house = new House();
	afterEach(() => house.close());

	for (const dialect of dialectNames) {
		it(`do not crowd each other out for good: ${dialect}`, async () => {
			const agent = await house.agent({ dialect });
			const options = { agents: [`127.0.0.1:${agent.port}`], device: "SEP00000000D0B1" };
			const first = await house.phone(options);
			await registered(first);
			const second = await house.phone(options);
			await second.wait(() => (agent.received.get(fromPhone.register) ?? 0) > 1, timeout, "its attempt");
			await second.wait(() => second.screen?.registration !== Registration.registering, timeout, "an answer");
			await first.quit();
			await registered(second, recovery);
			await call(second);
		});
	}
});

describe("A phone that is given what it cannot use", function () {
	this.timeout(2 * timeout);

	const wrong: [string, PhoneOptions, RegExp][] = [
		["a WAV file that is not there", { mic: "wav:/nowhere/a.wav" }, /\/nowhere\/a\.wav/],
		["a file that is no WAV file", { mic: "wav:package.json" }, /package\.json/],
		["an unknown microphone", { mic: "radio" }, /radio/],
		["an unknown version", { protocol: 4 }, /--protocol.*4/],
		["a wrong call agent", { agents: ["a:b:c"] }, /a:b:c/],
	];
	for (const [what, options, line] of wrong) {
		it(`ends with status 2 and a line: ${what}`, async () => {
			const error = await PhoneProcess.start(options).then(
				() => undefined,
				(reason: Error) => reason,
			);
			assert.match(error?.message ?? "", /ended with status 2/);
			assert.match(error?.message ?? "", line);
		});
	}
});

describe("A phone that is told to go", function () {
	this.timeout(2 * recovery);
	const house = new House();
	afterEach(() => house.close());

	it("unregisters and ends with status 0", async () => {
		const agent = await house.agent();
		const meddler = await Meddler.start(agent.port);
		house.onClose(() => meddler.close());
		const phone = await house.phone({ agents: [meddler.address] });
		await registered(phone);
		assert.strictEqual((await phone.quit()).status, 0);
		assert.include(meddler.heard, 0x27);
	});

	it("by a Reset starts anew and registers again", async () => {
		const agent = await house.agent();
		const meddler = await Meddler.start(agent.port);
		house.onClose(() => meddler.close());
		const phone = await house.phone({ agents: [meddler.address], restart: true });
		await registered(phone);
		const { pid } = phone;
		meddler.inject(frame(0x9f, Buffer.from([1, 0, 0, 0])));
		await phone.wait(() => phone.pid !== pid, timeout, "a new start");
		await registered(phone, recovery);
		await call(phone);
	});

	it("by a restart registers again without one", async () => {
		const agent = await house.agent();
		const meddler = await Meddler.start(agent.port);
		house.onClose(() => meddler.close());
		const phone = await house.phone({ agents: [meddler.address], restart: true });
		await registered(phone);
		const { pid } = phone;
		meddler.inject(frame(0x9f, Buffer.from([2, 0, 0, 0])));
		await phone.wait(() => meddler.connections > 1, timeout, "another connection");
		await registered(phone, recovery);
		assert.strictEqual(phone.pid, pid);
		await call(phone);
	});
});
