/*
 * A whole phone with several call agents: it stands by, goes to the next, comes home, and lives with a slow one.
 */
import { assert } from "chai";
import { deviceFile } from "../../tools/boot/files.js";
import { TftpServer } from "../../tools/boot/tftp-server.js";
import type { CallAgent } from "../../tools/call-agent/agent.js";
import { Cluster } from "../../tools/call-agent/cluster.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { firstDevice, House, registered, timeout } from "./support/house.js";

const keepAlive = 0x00;
const register = 0x01;
const unregister = 0x27;
const token = 0x29;

describe("a phone with several call agents", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	/** Two call agents, and a phone whose configuration file names them, and that it may go home at once. */
	async function withTwo(): Promise<{ cluster: Cluster; a: CallAgent; b: CallAgent; phone: PhoneProcess }> {
		const cluster = await Cluster.start([{ keepalive: 2 }, { keepalive: 2 }]);
		house.onClose(() => cluster.close());
		const server = await TftpServer.start();
		house.onClose(async () => server.close());
		server.files.set(
			`${firstDevice}.cnf.xml`,
			deviceFile({ agents: cluster.addresses }).replace(
				"<callManagerGroup>",
				"<connectionMonitorDuration>1</connectionMonitorDuration><callManagerGroup>",
			),
		);
		const phone = await house.phone({ device: firstDevice, extra: ["--tftp", `127.0.0.1:${server.port}`] });
		await registered(phone);
		const [a, b] = cluster.agents as [CallAgent, CallAgent];
		assert.equal(cluster.agentOf(firstDevice), a);
		await until(b, keepAlive, 1, "a stand-by connection");
		assert.isUndefined(b.received.get(register));
		return { cluster, a, b, phone };
	}

	/** Waits until an agent has received a message so many times. */
	async function until(agent: CallAgent, id: number, count: number, what: string): Promise<void> {
		const signal = AbortSignal.timeout(timeout);
		while ((agent.received.get(id) ?? 0) < count) {
			if (signal.aborted) throw new Error(`${what} did not come`);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	it("goes to the next when the first stands still, and home by a token when it goes on", async () => {
		const { cluster, a, b, phone } = await withTwo();
		const number = phone.screen?.number;
		a.faults.stall = true;
		await until(b, 0x0d, 1, "the registration with the second");
		await registered(phone);
		assert.equal(phone.screen?.number, number);
		assert.equal(b.received.get(register), 1);
		a.faults.stall = false;
		await until(a, token, 1, "a token");
		await until(b, unregister, 1, "the phone's leave of the second");
		await until(a, 0x0d, 2, "the registration with the first");
		await registered(phone);
		assert.equal(cluster.agentOf(firstDevice), a);
		assert.deepEqual([...a.complaints, ...b.complaints], []);
	});

	it("goes to the next when the first closes, without asking that again", async () => {
		const { cluster, a, b, phone } = await withTwo();
		const device = a.devices.get(firstDevice);
		assert(device);
		a.drop(device, "close");
		await until(b, 0x0d, 1, "the registration with the second");
		await registered(phone);
		assert.equal(cluster.agentOf(firstDevice), b);
		assert.equal(a.received.get(register), 1);
	});

	it("has its lines from a call agent that takes more than two seconds over each answer", async () => {
		const agent = await house.agent({ dialect: "callmanager", linesPerPhone: 2, faults: { delay: 2200 } });
		const phone = await house.phone({ agents: [`127.0.0.1:${agent.port}`] });
		await registered(phone);
		await phone.wait(() => phone.screen?.buttons[1]?.label !== "", timeout, "the second line");
		assert.equal(agent.received.get(register), 1);
	});
});
