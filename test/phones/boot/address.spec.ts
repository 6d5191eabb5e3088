/* A whole phone that was given its call agent and asks for its address: when it connects, and as what it asks. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { Store } from "settings/store";
import { bootMissing, startAgent } from "../../../tools/boot/run.js";
import { type PhoneOptions, PhoneProcess } from "../../../tools/phone/phone.js";
import { Registration } from "../../../tools/phone/screen.js";
import { FakeStorage } from "../../modules/support/storage.js";
import { Files, startDnsmasq } from "../../net/support/servers.js";
import { TestNetwork } from "../../support/namespace.js";
import { needs } from "../../support/optional.js";

const timeout = 60_000;

describe("a phone with a given call agent", function () {
	this.timeout(3 * timeout);
	let network: TestNetwork;
	let files: Files;
	let phone: PhoneProcess | undefined;
	const shown: string[] = [];

	before(function () {
		const missing = bootMissing();
		needs(this, missing === "", missing);
	});

	beforeEach(async () => {
		network = new TestNetwork();
		files = new Files();
		shown.length = 0;
		await startAgent(network);
	});

	afterEach(async () => {
		await phone?.kill();
		phone = undefined;
		network.remove();
		files.remove();
	});

	async function start(options: PhoneOptions): Promise<PhoneProcess> {
		phone = await PhoneProcess.start({
			agents: [network.address],
			prefix: ["ip", "netns", "exec", network.phones],
			startTimeout: timeout,
			onScreen: ({ prompt, registration }) => {
				if (registration !== Registration.registered && prompt !== "" && prompt !== shown.at(-1)) shown.push(prompt);
			},
			...options,
		});
		return phone;
	}

	const registered = (one: PhoneProcess) =>
		one.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
	const logs = (one: PhoneProcess, text: string) =>
		one.wait(({ logLines }) => logLines.some((line) => line.includes(text)), timeout, `"${text}" in its log`);

	it("tries no connection before it has an address, and then the first one holds", async () => {
		const one = await start({ extra: ["--dhcp", network.phoneInterface] });
		await one.wait(({ screen }) => screen?.prompt === "Configuring IP", timeout, "the wait for an address");
		await startDnsmasq(network, files);
		await registered(one);
		assert.deepEqual(shown, [
			"Configuring IP",
			"Configuring CM list",
			`Connecting to ${network.address}:2000`,
			"Registering",
		]);
		assert.notInclude(one.logLines.join("\n"), "trying again");
	});

	it("asks under one name: its interface's MAC address in its own name and in DHCP's, and the model it registers as", async () => {
		const mac = network
			.run(network.phones, "cat", `/sys/class/net/${network.phoneInterface}/address`)
			.trim()
			.replaceAll(":", "")
			.toUpperCase();
		const server = await startDnsmasq(network, files);
		for (const [lineKeys, model] of [
			[6, "CP-7960G"],
			[8, "CP-7971G-GE"],
		] as const) {
			const one = await start({ extra: ["--dhcp", network.phoneInterface], lineKeys });
			assert.strictEqual(one.hello?.device, `SEP${mac}`);
			await registered(one);
			await logs(one, `registered as SEP${mac}`);
			const said = server.all.splice(0).join("\n");
			assert.match(said, new RegExp(`vendor class: Cisco Systems, Inc\\. IP Phone ${model}$`, "m"));
			assert.match(said, new RegExp(`client provides name: SEP${mac}$`, "m"));
			assert.include(said.replaceAll(":", "").toUpperCase(), mac);
			await one.quit();
			phone = undefined;
		}
	});

	it("takes the address set by hand, without a server that gives any", async () => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-address-"));
		try {
			const storage = new FakeStorage();
			const lines = ["dhcp=0", "address=10.77.0.33", "mask=255.255.255.0", `router=${network.address}`, ""];
			assert.strictEqual(new Store(storage, () => {}).write("settings", lines.join("\n")), "");
			for (const [name, value] of storage.values) writeFileSync(join(folder, name), value, "latin1");
			const one = await start({ extra: ["--dhcp", network.phoneInterface], storage: folder });
			await registered(one);
			assert.include(
				network.run(network.phones, "ip", "-4", "addr", "show", network.phoneInterface),
				"inet 10.77.0.33/24",
			);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
