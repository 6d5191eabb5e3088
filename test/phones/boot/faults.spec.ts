/*
 * The fault matrix of provisioning on whole phones: what goes wrong, on a phone with and without a stored configuration, and what it
 * shows and does then. The same faults and more, step by step, are in test/modules/provisioning/boot.spec.ts and store.spec.ts; those of loads in loads.spec.ts.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { deviceFile } from "../../../tools/boot/files.js";
import { TftpServer } from "../../../tools/boot/tftp-server.js";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { PhoneProcess } from "../../../tools/phone/phone.js";
import { Registration } from "../../../tools/phone/screen.js";
import { together } from "../../support/together.js";

const device = "SEP001122334455";
const file = `${device}.cnf.xml`;
const timeout = 90_000;

/** One phone, its servers and its folders. */
class Ground {
	readonly folder = mkdtempSync(join(tmpdir(), "linnet-faults-"));
	readonly storage = join(this.folder, "storage");
	readonly loads = join(this.folder, "loads");
	readonly phones: PhoneProcess[] = [];
	readonly agent: CallAgent;
	readonly tftp: TftpServer;

	constructor(agent: CallAgent, tftp: TftpServer) {
		this.agent = agent;
		this.tftp = tftp;
	}

	/** The good file, with another version each time. */
	good(versionStamp: string, load = ""): string {
		return deviceFile({ agents: [`127.0.0.1:${this.agent.port}`], versionStamp, load });
	}

	async start(): Promise<PhoneProcess> {
		const phone = await PhoneProcess.start({
			device,
			tftp: [`127.0.0.1:${this.tftp.port}`],
			storage: this.storage,
			loads: this.loads,
			restart: true,
			startTimeout: timeout,
		});
		this.phones.push(phone);
		return phone;
	}

	/** A phone that has registered once and so has a configuration. */
	async store(): Promise<void> {
		this.tftp.files.set(file, this.good("stored"));
		const phone = await this.start();
		await registered(phone);
		await phone.quit();
		this.tftp.files.clear();
		this.tftp.asked.length = 0;
	}

	async remove(): Promise<void> {
		for (const phone of this.phones) await phone.kill();
		await this.agent.close();
		await this.tftp.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function registered(phone: PhoneProcess): Promise<true> {
	return phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
}

function logged(phone: PhoneProcess, text: string): Promise<true> {
	return phone.wait(({ logLines }) => logLines.some((line) => line.includes(text)), timeout, `"${text}" in its log`);
}

function shows(phone: PhoneProcess, text: string): Promise<true> {
	return phone.wait(({ screen }) => screen?.prompt.includes(text) ?? false, timeout, `"${text}" on its display`);
}

interface Fault {
	title: string;
	/** Whether the phone has a configuration from before. */
	stored?: boolean;
	/** Makes it go wrong. */
	set(ground: Ground): void;
	/** Watches a phone that has been started. */
	expect(phone: PhoneProcess, ground: Ground): Promise<unknown>;
}

const lines = (count: number) => "<phoneService><name>x</name></phoneService>\n".repeat(count);

const faults: Fault[] = [
	{
		title: "server down, nothing stored: says so, and registers when it is back",
		set: ({ tftp }) => {
			tftp.silent = true;
		},
		expect: async (phone, ground) => {
			await shows(phone, "No settings received from ");
			await logged(phone, "no answer");
			ground.tftp.files.set(file, ground.good("1"));
			ground.tftp.silent = false;
			await registered(phone);
		},
	},
	{
		title: "server down, a stored configuration: registers with that",
		stored: true,
		set: ({ tftp }) => {
			tftp.silent = true;
		},
		expect: async (phone) => {
			await registered(phone);
			await logged(phone, "the last good configuration");
		},
	},
	{
		title: "file missing, nothing stored: says so, and asks again",
		set: () => {},
		expect: async (phone, ground) => {
			await shows(phone, `No settings for ${device}`);
			assert.deepEqual(ground.tftp.asked.slice(0, 2), [file, "XMLDefault.cnf.xml"]);
			ground.tftp.files.set("XMLDefault.cnf.xml", ground.good("1").replaceAll("device>", "Default>"));
			await registered(phone);
		},
	},
	{
		title: "file missing, a stored configuration: registers with that",
		stored: true,
		set: () => {},
		expect: async (phone) => {
			await registered(phone);
			await logged(phone, `No configuration for ${device}`);
		},
	},
	{
		title: "broken file: the display tells the line, the stored configuration stays",
		stored: true,
		set: ({ tftp }) => {
			tftp.files.set(file, "<device>\n<devicePool>\n</device>\n");
		},
		expect: async (phone) => {
			await registered(phone);
			await logged(phone, `${file} line 3: `);
		},
	},
	{
		title: "broken file, nothing stored: the display tells the line, and the mended file is taken",
		set: ({ tftp }) => {
			tftp.files.set(file, "<device>\n\n<device");
		},
		expect: async (phone, ground) => {
			await shows(phone, "Mistake in the settings, line 3");
			await logged(phone, `${file} line 3: `);
			ground.tftp.files.set(file, ground.good("mended"));
			await registered(phone);
		},
	},
	{
		title: "a document type declaration: refused",
		set: ({ tftp }) => {
			tftp.files.set(file, '<!DOCTYPE device [<!ENTITY a "aaaa">]>\n<device/>');
		},
		expect: async (phone) => {
			await shows(phone, "Mistake in the settings, line 1");
			await logged(phone, `${file} line 1: `);
		},
	},
	{
		title: "half a file: the stored configuration holds",
		stored: true,
		set: (ground) => {
			ground.tftp.files.set(file, { content: ground.good("half") + " ".repeat(3000), silentAfter: 2048 });
		},
		expect: async (phone) => {
			await registered(phone);
			await logged(phone, "the last good configuration");
		},
	},
	{
		title: "huge file: refused at its announced size",
		stored: true,
		set: (ground) => {
			ground.tftp.files.set(
				file,
				ground.good("huge").replace("</device>", `<phoneServices>${lines(40000)}</phoneServices></device>`),
			);
		},
		expect: async (phone) => {
			await registered(phone);
			await logged(phone, "at most 65536");
		},
	},
	{
		title: "slow server: registers all the same",
		set: (ground) => {
			ground.tftp.files.set(file, { content: ground.good("slow"), delay: 700 });
		},
		expect: registered,
	},
	{
		title: "another content with the same version stamp: is applied",
		stored: true,
		set: ({ tftp, agent }) => {
			tftp.files.set(file, deviceFile({ agents: ["127.0.0.1:1", `127.0.0.1:${agent.port}`], versionStamp: "stored" }));
		},
		expect: async (phone, ground) => {
			await registered(phone);
			await logged(phone, `call agents 127.0.0.1:1, 127.0.0.1:${ground.agent.port}`);
		},
	},
	{
		title: "access to its own file refused: takes the file for all, whose root is in small letters",
		set: (ground) => {
			ground.tftp.files.set(file, { content: "Access violation", error: 2 });
			ground.tftp.files.set("XMLDefault.cnf.xml", ground.good("1").replaceAll("device>", "default>"));
		},
		expect: registered,
	},
	{
		title: "full storage: registers with what came, says so, keeps what was there",
		stored: true,
		set: (ground) => {
			// a folder where the next value would be written
			mkdirSync(join(ground.storage, "configuration1"));
			ground.tftp.files.set(file, ground.good("not kept"));
		},
		expect: async (phone, ground) => {
			await registered(phone);
			await logged(phone, "storage: cannot keep configuration");
			await phone.quit();
			ground.tftp.silent = true;
			const again = await ground.start();
			await registered(again);
			await logged(again, "the last good configuration");
		},
	},
	{
		title: "octets of the newest stored configuration rot: the one before it holds",
		stored: true,
		set: (ground) => {
			ground.tftp.files.set(file, ground.good("newest"));
		},
		expect: async (phone, ground) => {
			await registered(phone);
			await phone.quit();
			ground.tftp.silent = true;
			const path = join(ground.storage, "configuration1");
			const record = readFileSync(path);
			// no text at all any more: octets that begin characters of UTF-8, up to the very end
			for (const [from, octet] of [
				[record.length - 1, 0xf0],
				[30, 0xff],
				[0, 0xc3],
			] as const) {
				writeFileSync(path, Buffer.from(record).fill(octet, from));
				const next = await ground.start();
				await registered(next);
				await logged(next, "the last good configuration");
				await next.quit();
			}
		},
	},
	{
		title: "power cut while a new configuration comes: starts with the old one or the new one",
		stored: true,
		set: (ground) => {
			ground.tftp.files.set(file, ground.good("new"));
		},
		expect: async (phone, ground) => {
			await phone.kill();
			for (let cut = 1; cut <= 4; cut += 1) {
				ground.tftp.silent = false;
				ground.tftp.files.set(file, ground.good(`new ${cut}`));
				const next = await ground.start();
				await next.wait(() => ground.tftp.asked.length > 0, timeout, "its request");
				await new Promise((done) => setTimeout(done, cut * 3));
				await next.kill();
				ground.tftp.silent = true;
				ground.tftp.asked.length = 0;
			}
			const last = await ground.start();
			await registered(last);
			await logged(last, "the last good configuration");
		},
	},
];

describe(`fault matrix of provisioning: ${faults.length} faults on whole phones`, function () {
	this.timeout(4 * timeout);

	async function run(fault: Fault): Promise<void> {
		const ground = new Ground(await startCallAgent({ address: "127.0.0.1", port: 0 }), await TftpServer.start());
		try {
			if (fault.stored) await ground.store();
			fault.set(ground);
			await fault.expect(await ground.start(), ground);
		} finally {
			await ground.remove();
		}
	}

	together(faults.map((fault) => ({ title: fault.title, run: () => run(fault) })));
});
