// The console of a whole phone of the PC, over its socket: commands, several who come one after another, those who do not read, and what
// stands where the socket is wanted.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { assert } from "chai";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { hostProgram, moduleMap } from "../../tools/phone/project.js";
import { firstDevice, House, registered, timeout } from "./support/house.js";

const run = promisify(execFile);

/** Somebody at the socket. */
class Person {
	readonly socket: Socket;
	readonly ended: Promise<void>;
	heard = "";
	#changed: () => void = () => {};

	constructor(path: string) {
		this.socket = connect(path);
		this.ended = new Promise((done) => this.socket.on("close", () => done()));
		this.ended.then(() => this.#changed());
		this.socket.on("error", () => {});
		this.socket.setEncoding("utf8").on("data", (text: string) => {
			this.heard += text;
			this.#changed();
		});
	}

	/** Says a line. @returns all that is answered. */
	async all(line: string): Promise<string> {
		const said = await this.ask(`${line}\nscript say that is all\n`, "that is all\n");
		return said.slice(0, said.indexOf("that is all\n"));
	}

	/** Says something. @returns what is answered, up to what is waited for. */
	async ask(text: string, until: string): Promise<string> {
		this.heard = "";
		this.socket.write(text);
		while (!this.heard.includes(until)) {
			if (this.socket.destroyed) throw new Error(`the end came before "${until}": ${this.heard}`);
			await new Promise<void>((done) => {
				this.#changed = done;
			});
		}
		return this.heard;
	}
}

describe("a phone with a console", function () {
	this.timeout(4 * timeout);
	const house = new House();
	let folder = "";
	let path = "";
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-console-"));
		path = join(folder, "console");
	});
	afterEach(async () => {
		await house.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function phoneWith(): Promise<PhoneProcess> {
		const agent = await house.agent({ dialect: "callmanager" });
		const phone = await house.phone({ agents: [`127.0.0.1:${agent.port}`], extra: ["--console", path] });
		await registered(phone);
		return phone;
	}

	it("is used as its user's alone: shows, dials, hangs up", async () => {
		const phone = await phoneWith();
		assert.equal(statSync(path).mode & 0o777, 0o600);
		const person = new Person(path);
		assert.include(await person.all("help"), "show calls ");
		const registration = await person.all("show registration");
		assert.include(registration, "Registration: registered\n");
		assert.include(registration, "(in use)\n");
		assert.match(registration, /Device: SEP001122334455\nNumber: \d+\n/);
		assert.match(await person.all("show memory"), /Slots: [1-9]\d* of [1-9]\d*, [1-9]\d* at most\n/);
		assert.equal(await person.ask("hook off\n", "\n"), "ok\n");
		await phone.wait(
			({ screen }) => screen?.calls.some(({ reference }) => reference !== 0) === true,
			timeout,
			"a call",
		);
		assert.match(await person.ask("show calls\n", "\n"), /^> \d+ line 1 OFFHOOK /);
		assert.include(await person.all("show streams"), "Stream 1\n");
		assert.include(await person.all("show network"), "Call agent 1: 127.0.0.1");
		assert.include(await person.all("show settings"), "dhcp=1\n");
		assert.equal(await person.ask("script hook on\n", "\n"), "ok\n");
		await phone.wait(
			({ screen }) => screen?.calls.every(({ reference }) => reference === 0) === true,
			timeout,
			"no call",
		);
		assert.equal(await person.ask("show calls\n", "\n"), "no calls\n");
		assert.match(await person.ask(`${"x".repeat(300)}\n`, "\n"), /^! a line has \d+ octets at most/);
		assert.match(await person.all("show log"), /^\d+\.\d{3} linnet-\S+ starts: /);
		person.socket.destroy();
	});

	it("serves one after the other, and takes no harm from those who say much and read nothing", async () => {
		await phoneWith();
		const first = new Person(path);
		assert.equal(await first.ask("hook on\n", "\n"), "ok\n");
		const second = new Person(path);
		await second.ended;
		assert.equal(second.heard, "! somebody else is at this console\n");
		first.socket.end();
		await first.ended;
		const deaf = new Person(path);
		deaf.socket.pause();
		for (let i = 0; i < 400; i += 1) deaf.socket.write("help\nshow network\n\x00\x1b[A".repeat(20));
		deaf.socket.destroy();
		for (;;) {
			// the deaf one's end is told behind what he has said
			const third = new Person(path);
			const said = await third.ask("hook on\n", "\n").catch(() => "");
			third.socket.destroy();
			await third.ended;
			if (said === "ok\n") break;
		}
	});

	it("restarts the phone, whose next start has the socket again", async () => {
		const phone = await phoneWith();
		const person = new Person(path);
		assert.equal(await person.ask("restart\n", "\n"), "the phone restarts\n");
		await person.ended;
		if (phone.exit === undefined) await once(phone, "exit");
		assert.equal(phone.exit?.status, 5);
		await phoneWith();
		assert.equal(await new Person(path).ask("hook on\n", "\n"), "ok\n");
	});

	it("is refused where something else stands, or another phone's is", async () => {
		await phoneWith();
		const second = async (at: string): Promise<string> => {
			const words = ["--modules", moduleMap, "--agent", "127.0.0.1:9", "--device", firstDevice, "--console", at];
			const failed = await run(hostProgram(64), words).then(
				() => assert.fail("it went on"),
				(error: { code: number; stderr: string }) => error,
			);
			assert.equal(failed.code, 2);
			return failed.stderr;
		};
		assert.match(await second(path), /--console: .*Address already in use/);
		const file = join(folder, "file");
		writeFileSync(file, "mine");
		assert.match(await second(file), /--console: .*File exists/);
		assert.equal(statSync(file).size, 4);
		assert.match(await second("plain"), /--console takes a path of at most 107 octets with a \/ in it, not "plain"/);
	});
});
