/* A phone's life on whole phones: files as servers write them, and what the call agent can ask of a registered phone. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { deviceFile } from "../../../tools/boot/files.js";
import { TftpServer } from "../../../tools/boot/tftp-server.js";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { makeLoad } from "../../../tools/loads/pc.js";
import { PhoneProcess } from "../../../tools/phone/phone.js";
import { projectRoot } from "../../../tools/phone/project.js";
import { CallState, calls, Registration } from "../../../tools/phone/screen.js";

const device = "SEP001122334477";
const file = `${device}.cnf.xml`;
const timeout = 60_000;
const fixtures = join(projectRoot, "test/fixtures/configuration");
const Reset = Object.freeze({ reset: 1, restart: 2, applyConfiguration: 3 });

describe("the life of a phone", function () {
	this.timeout(4 * timeout);
	let folder: string;
	let agent: CallAgent;
	let tftp: TftpServer;
	let phone: PhoneProcess;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "linnet-life-"));
		agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
		tftp = await TftpServer.start();
	});

	afterEach(async () => {
		await phone?.kill();
		await agent.close();
		await tftp.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const registered = () =>
		phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
	const logged = (text: string, times = 1) =>
		phone.wait(({ logLines }) => logLines.filter((line) => line.includes(text)).length >= times, timeout, `"${text}"`);

	async function start(): Promise<void> {
		phone = await PhoneProcess.start({
			device,
			tftp: [`127.0.0.1:${tftp.port}`],
			storage: join(folder, "storage"),
			loads: join(folder, "loads"),
			restart: true,
			startTimeout: timeout,
		});
		await registered();
	}

	/** Has the call agent send a Reset. */
	function reset(type: number): void {
		const known = agent.devices.get(device);
		if (known === undefined) throw new Error(`the call agent does not know ${device}`);
		agent.reset(known, type);
	}

	for (const name of readdirSync(fixtures).filter((entry) => entry.endsWith(".xml"))) {
		it(`registers with ${name} as it is, but for the address of the call agent`, async () => {
			const text = readFileSync(join(fixtures, name), "latin1")
				.replaceAll(/(<processNodeName>)[^<]*/g, "$1127.0.0.1")
				.replaceAll(/(<ethernetPhonePort>)[^<]*/g, `$1${agent.port}`);
			const wanted = name.startsWith("XMLDefault") ? name : file;
			tftp.files.set(wanted, { content: Buffer.from(text, "latin1") });
			await start();
			await logged("a new configuration");
		});
	}

	it("reset: starts anew and takes the file that has changed meanwhile", async () => {
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1" }));
		await start();
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "2" }));
		const restarted = new Promise((done) => phone.once("restart", () => done(true)));
		reset(Reset.reset);
		assert.isTrue(await restarted);
		await registered();
		await logged("a new configuration, 2 holds");
	});

	it("restart: registers anew without starting anew", async () => {
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1" }));
		await start();
		reset(Reset.restart);
		await logged("registered as", 2);
		await registered();
		await logged("the configuration is unchanged");
	});

	it("a load that comes during a call waits until the call is over", async () => {
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1" }));
		await start();
		tftp.files.set("linnet-9.load", { content: makeLoad("linnet-9") });
		// a call begins between the request for the file and its answer
		tftp.silent = true;
		reset(Reset.applyConfiguration);
		await logged("boot: device file", 2);
		const call =
			(wanted: number) =>
			({ screen }: PhoneProcess) =>
				calls(screen).some(({ state }) => state === wanted);
		phone.hook(true);
		await phone.wait(call(CallState.offHook), timeout, "dial tone");
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "2", load: "linnet-9" }));
		tftp.silent = false;
		await logged("load linnet-9 instead of");
		let restarted = false;
		const restart = new Promise((done) =>
			phone.once("restart", () => {
				restarted = true;
				done(true);
			}),
		);
		phone.keys("600");
		await phone.wait(call(CallState.connected), timeout, "600");
		assert.isFalse(restarted);
		assert.isFalse(phone.logLines.some((line) => line.includes("load linnet-9 is installed")));
		phone.hook(false);
		await restart;
		await registered();
	});

	it("apply configuration: stays registered where nothing has changed, goes to another call agent where it says so", async () => {
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1" }));
		await start();
		reset(Reset.applyConfiguration);
		await logged("the configuration is unchanged");
		assert.equal(phone.screen?.registration, Registration.registered);
		const other = await startCallAgent({ address: "127.0.0.1", port: 0, firstNumber: 4001 });
		try {
			tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${other.port}`], versionStamp: "2" }));
			reset(Reset.applyConfiguration);
			await phone.wait(({ screen }) => screen?.number === "4001", timeout, "the other call agent's number");
			assert.isFalse(phone.logLines.some((line) => line.includes("the phone restarts")));
		} finally {
			await phone.kill();
			await other.close();
		}
	});
});
