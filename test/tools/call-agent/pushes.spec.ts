// What the call agent pushes to phones, seen by a scripted one: objects in parts, menus, and what becomes of answers. Whole phones
// with it are in test/scenarios and test/services.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { type CallAgent, type Device, startCallAgent } from "../../../tools/call-agent/agent.js";
import type { DialectName } from "../../../tools/call-agent/options.js";
import { obey } from "../../../tools/call-agent/orders.js";
import { Application } from "../../../tools/call-agent/pushes.js";
import { readUserData } from "../../../tools/call-agent/received.js";
import { TestPhone, words } from "./support/test-phone.js";

const name = "SEP001122334401";

describe("call agent, pushes", () => {
	let agent: CallAgent;
	let phone: TestPhone;
	let device: Device;

	async function open(dialect: DialectName, version: number): Promise<void> {
		agent = await startCallAgent({ dialect, port: 0 });
		phone = await TestPhone.register(agent.port, name, version);
		device = agent.devices.get(name) as Device;
	}

	afterEach(async () => {
		phone.close();
		await agent.close();
	});

	/** Pushed objects: the head of each part with its octets. */
	function pushed(): { head: number[]; data: string }[] {
		return phone.log
			.filter(({ id }) => id === 0x13f)
			.map(({ payload }) => ({
				head: Array.from({ length: 10 }, (_, index) => payload.readUInt32LE(4 * index)),
				data: readUserData(payload, true).data,
			}));
	}

	/** A user's answer. */
	function answer(application: number, line: number, reference: number, transaction: number, data: string): void {
		const rest = [2, 2, reference, application, 1];
		const octets = Buffer.concat([Buffer.from(data), Buffer.alloc(4 - (data.length % 4))]);
		phone.send(0x41, Buffer.concat([words(application, line, reference, transaction, data.length, ...rest), octets]));
	}

	it("a long object goes in parts to phones that know of them, and not at all to others", async () => {
		await open("callmanager", 20);
		const object = `<CiscoIPPhoneText><Text>${"x".repeat(4100)}</Text></CiscoIPPhoneText>`;
		assert.isUndefined(agent.pushes.push(device, object, { transaction: 5, priority: 1 }));
		await phone.settle();
		const parts = pushed();
		assert.deepEqual(
			parts.map(({ head }) => head),
			[
				[Application.push, 0, 0, 5, 2000, 0, 1, 0, Application.push, 1],
				[Application.push, 0, 0, 5, 2000, 1, 1, 0, Application.push, 1],
				[Application.push, 0, 0, 5, object.length - 4000, 2, 1, 0, Application.push, 1],
			],
		);
		assert.equal(parts.map(({ data }) => data).join(""), object);
		phone.close();
		await agent.close();
		await open("chan_sccp", 11);
		assert.match(agent.pushes.push(device, object) ?? "", /too long/);
	});

	it("takes orders: the object of a file by its priority, a menu of what there is, and says what it cannot", async () => {
		await open("callmanager", 17);
		const folder = mkdtempSync(join(tmpdir(), "linnet-"));
		const file = join(folder, "text.xml");
		try {
			writeFileSync(file, "<CiscoIPPhoneText/>");
			assert.isUndefined(obey(agent, ["push", "1001", file, "0"]));
			assert.match(obey(agent, ["push", "1001", `${file}.not`]) ?? "", /cannot be read/);
		} finally {
			rmSync(folder, { recursive: true });
		}
		assert.match(obey(agent, ["push", "1001", "any", "3"]) ?? "", /push needs a phone, a file and a priority/);
		assert.match(obey(agent, ["list", "1001", "all"]) ?? "", /list needs a phone and one of conference, parking/);
		assert.match(obey(agent, ["list", "1001", "conference"]) ?? "", /is in no conference/);
		assert.match(obey(agent, ["list", "1001", "parking"]) ?? "", /no call is parked/);
		assert.match(obey(agent, ["list", "1001", "pickup"]) ?? "", /nothing rings elsewhere/);
		await phone.settle();
		const [{ head, data }] = pushed() as [{ head: number[]; data: string }];
		assert.equal(head[6], 0);
		assert.equal(data, "<CiscoIPPhoneText/>");
	});

	it("what a user says of a call's quality is noted, and the menu taken away", async () => {
		await open("chan_sccp", 20);
		assert.isUndefined(obey(agent, ["list", "1001", "quality"]));
		await phone.wait(0x13f);
		const answers: string[] = [];
		agent.on("userData", (_device, { data }) => answers.push(data));
		answer(Application.quality, 0, 0, 0, "report/2");
		await phone.settle();
		assert.deepEqual(answers, ["report/2"]);
		assert.deepEqual(agent.pushes.reports, ["Phone rebooted"]);
		assert.match(pushed().at(-1)?.data ?? "", new RegExp(`URL="App:Close:${Application.quality}"`));
	});

	it("chan_skinny pushes nothing", async () => {
		await open("chan_skinny", 17);
		assert.match(agent.pushes.show(device, "quality") ?? "", /pushes nothing/);
	});
});
