/* What a configuration file names besides call agents, in a whole phone: its time zone, its language, an unknown country. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { dictionaryFixture } from "../../tools/bench/config.js";
import { deviceFile } from "../../tools/boot/files.js";
import { TftpServer } from "../../tools/boot/tftp-server.js";
import { Registration } from "../../tools/phone/screen.js";
import { firstDevice, House, registered, timeout } from "./support/house.js";

/** Date and time in Nepal, which no call agent's clock shows by chance: its offset is 5 hours and 45 minutes. */
function inNepal(milliseconds: number): string {
	const local = new Date(milliseconds + (5 * 60 + 45) * 60_000).toISOString();
	return `${local.slice(11, 16)} ${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(2, 4)}`;
}

/** What a call agent's Reset may ask for. */
const restart = 2;
const applyConfiguration = 3;

describe("a phone with a configuration file", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	it("shows the time of its zone and speaks the language of its locale", async () => {
		const agent = await house.agent({ dialect: "callmanager" });
		const server = await TftpServer.start();
		house.onClose(async () => server.close());
		const file = deviceFile({
			agents: [`127.0.0.1:${agent.port}`],
			rest: `<userLocale><name>German_Germany</name><langCode>de</langCode></userLocale>
				<networkLocale>Netherlands</networkLocale>`,
		});
		server.files.set(
			`${firstDevice}.cnf.xml`,
			file.replace(/<timeZone>.*<\/timeZone>/, "<timeZone>Nepal Standard Time</timeZone>"),
		);
		const phrases = ["Wahlwdh", "NeuAnr"].map((text, i) => `<phrase i="${101 + i}" t="${text}"/>`).join("");
		server.files.set(
			"German_Germany/SCCP-dictionary.xml",
			`<?xml version="1.0" encoding="iso-8859-1"?><phrases>${phrases}</phrases>`,
		);
		const phone = await house.phone({ device: firstDevice, extra: ["--tftp", `127.0.0.1:${server.port}`] });
		await registered(phone);
		await phone.wait(() => phone.screen?.softkeys.includes("Wahlwdh") ?? false, timeout, "its language");
		assert.include(phone.screen?.softkeys ?? [], "NeuAnr");
		// a minute may begin between the phone's look at its clock and this one
		await phone.wait(
			() => [0, -60_000].some((ago) => phone.screen?.time === inNepal(Date.now() + ago)),
			timeout,
			`the time in Nepal, ${inNepal(Date.now())}`,
		);
		const told = "networkLocale Netherlands has no tones here: those of United_States are played";
		await phone.wait(() => phone.logLines.some((line) => line.includes(told)), timeout, "what is said of its tones");
		assert.include(phone.logLines.join("\n"), "German_Germany/SCCP-dictionary.utf-8.xml: ");
	});

	it("speaks its language from the start on when it is started again, and asks for no dictionary that it has", async () => {
		const agent = await house.agent();
		const server = await TftpServer.start();
		house.onClose(async () => server.close());
		const storage = mkdtempSync(join(tmpdir(), "linnet-language-"));
		house.onClose(async () => rmSync(storage, { recursive: true, force: true }));
		const locale = "Russian_Russian_Federation";
		const file = `${locale}/SCCP-dictionary.utf-8.xml`;
		const rest = `<userLocale><name>${locale}</name><langCode>ru</langCode></userLocale>`;
		server.files.set(`${firstDevice}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], rest }));
		server.files.set(file, { content: dictionaryFixture(locale) });
		const extra = ["--tftp", `127.0.0.1:${server.port}`, "--storage", storage];
		const phone = await house.phone({ device: firstDevice, extra });
		await registered(phone);
		await phone.wait(({ logLines }) => logLines.some((line) => line.includes(`${file}: read, 168`)), timeout, file);
		await phone.wait(() => phone.screen?.softkeys.includes("Повтор") ?? false, timeout, "its softkeys");
		await phone.quit();
		// nobody answers, and the display tells of it in Russian
		server.asked.length = 0;
		const files = new Map(server.files);
		server.files.clear();
		const again = await house.phone({ device: firstDevice, extra });
		await again.wait(
			({ screen }) => screen?.registration !== Registration.registered && /[А-я]{3}/.test(screen?.prompt ?? ""),
			timeout,
			"Russian before it is registered",
		);
		await registered(again);
		await again.wait(() => again.screen?.softkeys.includes("Повтор") ?? false, timeout, "its softkeys, from flash");
		for (const [name, content] of files) server.files.set(name, content);
		await again.statistics();
		assert.notInclude(server.asked, file);
	});

	it("does not ask for a dictionary that is missing at each registration, but when another configuration comes", async () => {
		const agent = await house.agent();
		const server = await TftpServer.start();
		house.onClose(async () => server.close());
		const configuration = (version: string) =>
			deviceFile({
				agents: [`127.0.0.1:${agent.port}`],
				versionStamp: version,
				rest: "<userLocale><name>German_Germany</name><langCode>de</langCode></userLocale>",
			});
		const phone = await house.phone({ extra: ["--tftp", `127.0.0.1:${server.port}`] });
		const name = phone.name;
		server.files.set(`${name}.cnf.xml`, configuration("1"));
		const asked = () => server.asked.filter((file) => file.includes("dictionary")).length;
		const logged = (text: string, times: number) =>
			phone.wait(({ logLines }) => logLines.filter((line) => line.includes(text)).length >= times, timeout, text);
		const reset = (type: number) => agent.reset(agent.devices.get(name) as Parameters<typeof agent.reset>[0], type);
		await registered(phone);
		await logged("SCCP-dictionary.xml: ", 1);
		assert.equal(asked(), 2);
		reset(restart);
		await logged("registered as", 2);
		await registered(phone);
		// whatever it were to ask for next it would have asked for by then
		await phone.statistics();
		await phone.statistics();
		assert.equal(asked(), 2);
		server.files.set(`${name}.cnf.xml`, configuration("2").replace("D.M.Y", "M/D/Y"));
		reset(applyConfiguration);
		await logged("SCCP-dictionary.xml: ", 2);
		assert.equal(asked(), 4);
	});
});
