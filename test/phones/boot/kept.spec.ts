/* What a whole phone keeps when its power goes: volumes, the ring from the server, the calls that it made, a call agent set by hand. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { deviceFile } from "../../../tools/boot/files.js";
import { TftpServer } from "../../../tools/boot/tftp-server.js";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { PhoneProcess } from "../../../tools/phone/phone.js";
import { CallState, calls, Registration } from "../../../tools/phone/screen.js";

const device = "SEP001122334466";
const timeout = 60_000;

describe("a phone whose power goes", function () {
	this.timeout(4 * timeout);
	const folder = mkdtempSync(join(tmpdir(), "linnet-kept-"));
	let agent: CallAgent;
	let tftp: TftpServer;
	let phone: PhoneProcess | undefined;

	before(async () => {
		agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
		tftp = await TftpServer.start();
		tftp.files.set(`${device}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1" }));
		tftp.files.set(
			"Ringlist.xml",
			"<CiscoIPPhoneRingList><Ring><DisplayName>Bass</DisplayName><FileName>Bass.raw</FileName></Ring></CiscoIPPhoneRingList>",
		);
		tftp.files.set("Bass.raw", { content: Buffer.alloc(16080, 0x55) });
	});

	after(async () => {
		await phone?.kill();
		await agent.close();
		await tftp.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function start(): Promise<PhoneProcess> {
		phone = await PhoneProcess.start({
			device,
			tftp: [`127.0.0.1:${tftp.port}`],
			storage: folder,
			mic: "silence",
			speaker: "null",
			startTimeout: timeout,
		});
		await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
		await phone.wait(({ screen }) => screen?.number !== "", timeout, "its number");
		return phone;
	}

	const overlay = (text: string) => (one: PhoneProcess) =>
		one.screen?.overlay?.lines.some((line) => line.includes(text)) ?? false;
	const logs = (text: string) => (one: PhoneProcess) => one.logLines.some((line) => line.includes(text));

	it("has its volume, its ring and its calls again", async () => {
		let one = await start();
		one.hook(true);
		await one.wait(
			({ screen }) => calls(screen).some(({ state }) => state === CallState.offHook),
			timeout,
			"dial tone",
		);
		one.keys("600");
		await one.wait(({ screen }) => calls(screen).some(({ state }) => state === CallState.connected), timeout, "600");
		one.key("volumeUp");
		// lest 'more' be pressed meanwhile, which is for the call's softkeys
		await one.wait(({ screen }) => screen?.softkeys.includes("Save"), timeout, "the bar's softkeys");
		await one.softkey("Save");
		const volume = await one.wait(
			({ screen }) => screen?.prompt === "Volume saved" && screen.volume === -1,
			timeout,
			"its word",
		);
		assert.isTrue(volume);
		one.hook(false);
		await one.wait(({ screen }) => calls(screen).length === 0, timeout, "the call's end");
		one.key("settings");
		await one.wait(overlay("1 Ring type"), timeout, "the settings");
		one.key("1");
		await one.wait(overlay("5 Bass"), timeout, "the server's ring");
		one.key("5");
		await one.wait(logs("rings with Bass.raw"), timeout, "the ring");
		// what has been changed is kept some seconds after
		await one.wait(() => tftp.asked.includes("Bass.raw"), timeout, "the ring's file");
		await one.quit();
		tftp.asked.length = 0;

		one = await start();
		await one.wait(logs("rings with Bass.raw"), timeout, "the ring, again");
		one.key("directories");
		await one.wait(overlay("3 Placed calls"), timeout, "the directories");
		one.key("3");
		await one.wait(overlay("600"), timeout, "the call to 600");
		one.key("1");
		await one.wait(
			({ screen }) => calls(screen).some(({ state }) => state === CallState.connected),
			timeout,
			"600, again",
		);
		one.key("volumeUp");
		const bar = await one.wait(({ screen }) => (screen?.volume ?? -1) >= 0 && screen, timeout, "the bar");
		// the speaker's volume was never kept, the handset's was
		assert.equal(bar.volume, 71);
		one.hook(true);
		await one.wait(({ screen }) => screen?.volume === -1, timeout, "the bar's end");
		one.key("volumeUp");
		await one.wait(({ screen }) => screen?.volume === 75, timeout, "the handset's volume, one step above the kept one");
	});

	it("registers with a call agent that was entered by keys, without a file from any server, and again without its keys", async () => {
		const own = join(folder, "by-hand");
		const begin = () =>
			PhoneProcess.start({
				device: "SEP001122334477",
				// where nobody answers
				tftp: ["127.0.0.1:9"],
				storage: own,
				mic: "silence",
				speaker: "null",
				startTimeout: timeout,
			});
		phone = await begin();
		let one = phone;
		one.key("settings");
		await one.wait(overlay("5 Call agent"), timeout, "the settings");
		one.keys("5**#");
		await one.wait(({ screen }) => screen?.overlay?.title === "Call agent", timeout, "the menu, unlocked");
		one.keys("1127*0*0*1");
		await one.wait(overlay("New: 127.0.0.1"), timeout, "the address");
		await one.softkey("Save", timeout);
		await one.wait(overlay("1 Call agent 127.0.0.1"), timeout, "the menu with it");
		one.keys("2");
		await one.wait(overlay("New: 2000"), timeout, "the port");
		for (let left = 3; left >= 0; left -= 1) {
			await one.softkey("<<", timeout);
			await one.wait(overlay(`New: ${"2000".slice(0, left)}`), timeout, "one digit less");
		}
		one.keys(`${agent.port}`);
		await one.wait(overlay(`New: ${agent.port}`), timeout, "another port");
		await one.softkey("Save", timeout);
		const registered = ({ screen }: PhoneProcess) => screen?.registration === Registration.registered;
		await one.wait(registered, timeout, "its registration");
		await one.quit();
		phone = await begin();
		one = phone;
		await one.wait(registered, timeout, "its registration, again");
		assert.isTrue(
			one.logLines.some((line) => line.includes(`registered as SEP001122334477 with 127.0.0.1:${agent.port}`)),
		);
	});
});
