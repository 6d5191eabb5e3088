/*
 * Loads on whole phones: what is refused, by whose line on the display and in the log, and what becomes of a load that cannot start.
 * The header octet by octet is in test/hal/loads.spec.ts, that the emulated chip refuses the same in test/phones/chip.
 */
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { deviceFile } from "../../../tools/boot/files.js";
import { TftpServer } from "../../../tools/boot/tftp-server.js";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { makeLoad, type PackedFile, packFiles } from "../../../tools/loads/pc.js";
import { headerOctets, ownVersion, signedLoad, signingKey } from "../../../tools/loads/signed.js";
import { PhoneProcess } from "../../../tools/phone/phone.js";
import { Registration } from "../../../tools/phone/screen.js";
import { needs, verifiesLoads } from "../../support/optional.js";

const device = "SEP001122334455";
const file = `${device}.cnf.xml`;
const name = "linnet-9";
const timeout = 90_000;
const own = ownVersion();
const board = "pc";

const text = (path: string, content: string): PackedFile => ({ path, content: Buffer.from(content) });

/** Modules of which `main` is the phone: those of this tree, with paths that hold from anywhere, and what else is said of them. */
function modules(main: string, ...more: readonly PackedFile[]): Buffer {
	const map = "creation\t36864\t3072\t512\t64\nmodule\tmain\tmain.js\tmain.js\n";
	return packFiles([text("host.map", map), text("main.js", main), ...more]);
}

function otherKey() {
	return generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
}

/** A good load with an octet changed. */
function altered(at: number): Buffer {
	const load = makeLoad(name);
	const octet = load.at(at) ?? 0;
	load[at < 0 ? load.length + at : at] = octet ^ 1;
	return load;
}

describe("loads on whole phones", function () {
	this.timeout(4 * timeout);
	let folder: string;
	let agent: CallAgent;
	let tftp: TftpServer;
	let phone: PhoneProcess;

	before(function () {
		needs(this, verifiesLoads(), "mbedTLS: apt-get install libmbedtls-dev");
	});

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "linnet-loads-"));
		agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
		tftp = await TftpServer.start();
	});

	afterEach(async () => {
		await phone?.kill();
		await agent.close();
		await tftp.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const loads = () => join(folder, "loads");
	const registered = () =>
		phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
	const logged = (line: string) =>
		phone.wait(({ logLines }) => logLines.some((known) => known.includes(line)), timeout, `"${line}" in its log`);
	const said = (line: string) => phone.logLines.some((known) => known.includes(line));
	const slots = () => readdirSync(loads()).filter((entry) => entry.length === 1);

	/** Offers a load under a name, in a configuration of another version each time. */
	function offer(content: Buffer | string, load = name): void {
		tftp.files.set(`${load}.load`, { content: Buffer.from(content) });
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: `${tftp.files.size}`, load }));
	}

	async function start(): Promise<void> {
		phone = await PhoneProcess.start({
			device,
			tftp: [`127.0.0.1:${tftp.port}`],
			storage: join(folder, "storage"),
			loads: loads(),
			restart: true,
			startTimeout: timeout,
		});
	}

	/** Switches the phone on, which refuses what it is offered, says why where its user sees it too, and registers. */
	async function refuses(why: string): Promise<void> {
		await start();
		const line = `Load ${name}: ${why}`;
		await phone.wait(
			({ screen }) => screen?.prompt === `Software not installed: ${name}`,
			timeout,
			"that on its display",
		);
		const told = (known: string) => known.includes(line) && known.includes(`; staying with ${own.name}`);
		await phone.wait(({ logLines }) => logLines.some(told), timeout, `"${line}" in its log`);
		await registered();
		assert.deepEqual(slots(), []);
		await phone.quit();
	}

	const content = packFiles([text("host.map", "nothing")]);
	for (const [title, made, why] of [
		["is not signed: an archive", () => Buffer.from("\x1f\x8b\x08 and more"), "it is not signed"],
		["is not signed: its header has no signature", () => makeLoad(name).fill(0, 152, headerOctets), "it is not signed"],
		["has another content than was signed", () => altered(-1), "it has been altered: its checksum is wrong"],
		["has another header than was signed", () => altered(12), "it has been altered: its signature is wrong"],
		["is signed by another key", () => makeLoad(name, { key: otherKey() }), "it is signed by another key, "],
		["is older", () => makeLoad(name, { counter: own.counter - 1 }), `it is older: counter ${own.counter - 1}`],
		["has another name", () => makeLoad("linnet-8"), "it is linnet-8"],
		["is cut off", () => makeLoad(name, { content }).subarray(0, -3), "33 octets were announced and 30 came"],
		["is cut off in its header", () => makeLoad(name).subarray(0, 200), "it is cut off: 200 octets came"],
		[
			"holds nothing that this program runs",
			() => makeLoad(name, { content: Buffer.from("something") }),
			"it holds no modules",
		],
		[
			"leads out of its folder",
			() => makeLoad(name, { content: packFiles([text("../main.js", "")]) }),
			"it has a file whose path is not to be trusted",
		],
		[
			"lies about its size",
			() => makeLoad(name, { content: Buffer.from("linnet-pack 1\n2000000000 host.map\n\n") }),
			"its files have more octets than came",
		],
	] as const)
		it(`refuses one that ${title}`, async () => {
			offer(made());
			await refuses(why);
		});

	it("refuses one for another board", async () => {
		const other = signedLoad(
			{ name, board: "deskphone", counter: own.counter },
			content,
			signingKey(() => {}),
		);
		offer(other);
		await refuses(`it is for deskphone, and this is ${board}`);
	});

	it("installs a good one, starts it, and keeps it once it has registered", async () => {
		offer(makeLoad(name));
		await start();
		await logged(`load ${name} is installed`);
		await registered();
		await phone.quit();
		for (let time = 0; time < 2; time++) {
			await start();
			await registered();
			assert.isFalse(said("instead of"), phone.describe());
			await logged(`${name} starts`);
			await phone.quit();
		}
	});

	it("takes none that is older than one that it has kept, and goes back by a counter that is not lower", async () => {
		offer(makeLoad(name, { counter: own.counter + 7 }));
		await start();
		await logged(`load ${name} is installed`);
		await registered();
		await phone.quit();
		offer(makeLoad("linnet-8", { counter: own.counter + 6 }), "linnet-8");
		await start();
		await logged(
			`Load linnet-8: it is older: counter ${own.counter + 6}, ${own.counter + 7} at least; staying with ${name}`,
		);
		await registered();
		await phone.quit();
		offer(makeLoad("linnet-8", { counter: own.counter + 7 }), "linnet-8");
		await start();
		await logged("load linnet-8 is installed");
		await registered();
		assert.isTrue(said("linnet-8 starts"), phone.describe());
	});

	it("is not held to the counter of one that gave way", async () => {
		offer(makeLoad(name, { counter: own.counter + 7, content: modules("throw new Error('this load is broken');\n") }));
		await start();
		await logged(`${name} was tried and did not come to register: staying with ${own.name}`);
		await registered();
		await phone.quit();
		offer(makeLoad("linnet-8"), "linnet-8");
		await start();
		await logged("load linnet-8 is installed");
		await registered();
	});

	it("leaves the load before in its slot while the one that runs is on its trial", async () => {
		offer(makeLoad(name));
		await start();
		// what the new load is told as it starts
		const restarted = new Promise<void>((done) => {
			phone.once("restart", () => {
				offer(makeLoad("linnet-8"), "linnet-8");
				done();
			});
		});
		await restarted;
		await logged("Load linnet-8: the one that runs is on its trial; staying with linnet-9");
		await registered();
		assert.lengthOf(slots(), 1);
		await phone.quit();
		await start();
		await logged("load linnet-8 is installed");
		await registered();
		assert.isTrue(said("linnet-8 starts"), phone.describe());
	});

	for (const [title, broken] of [
		["throws as it starts", modules("throw new Error('this load is broken');\n")],
		["ends as it starts", modules("native('xs_host_exit').call(undefined, 3);\n")],
		["has no line of a map in its map", packFiles([text("host.map", "what is this\n")])],
		["has a map of nothing", packFiles([text("host.map", "\n")])],
		[
			"misses a module",
			packFiles([text("host.map", "creation\t36864\t3072\t512\t64\nmodule\tmain\tmain.js\tmain.js\n")]),
		],
		["is no JavaScript", modules("this is none\n")],
	] as const)
		it(`gives way by itself when it ${title}`, async () => {
			offer(makeLoad(name, { content: broken }));
			await start();
			// nobody starts the program anew: it has not ended
			await logged(`load: ${name} has ended with status`);
			await logged(`${name} was tried and did not come to register: staying with ${own.name}`);
			await registered();
			await logged(`${own.name} starts: roll-back`);
		});

	/** Has an installed load be one that has not been started yet, with something done to its modules. */
	async function renew(change: (slot: string) => void): Promise<void> {
		offer(makeLoad(name));
		await start();
		await logged(`load ${name} is installed`);
		await registered();
		await phone.quit();
		const [slot = ""] = slots();
		const state = readFileSync(join(loads(), "state"));
		state.write(`${slot}n-`, "latin1");
		writeFileSync(join(loads(), "state"), state);
		change(join(loads(), slot));
	}

	for (const victim of ["host.map", "name", "js/main.js"])
		it(`gives way by itself with a pipe in the place of ${victim}`, async () => {
			await renew((slot) => {
				rmSync(join(slot, victim));
				assert.strictEqual(spawnSync("mkfifo", [join(slot, victim)]).status, 0);
			});
			await start();
			await logged(" starts: ");
			assert.include(
				phone.logLines.find((line) => line.includes(" starts: ")),
				`${own.name} starts: roll-back`,
			);
			// the phone that has registered with it once may try it again, and finds it whole
			await logged(`load ${name} is installed`);
			await registered();
		});

	it("gives way by itself when it does not come to its end within its time", async () => {
		offer(makeLoad(name, { content: modules("for (;;);\n") }));
		await start();
		let pid = 0;
		phone.once("restart", () => {
			pid = phone.pid ?? 0;
		});
		await logged(`load ${name} is installed`);
		// half a minute is too long for a test: its alarm is sent, once the program has set it
		const alarmed = () => {
			const [, caught = "0"] = /^SigCgt:\s*(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
			return pid !== 0 && (BigInt(`0x${caught}`) & (1n << 13n)) !== 0n;
		};
		while (pid === 0 || !alarmed()) await new Promise((done) => setTimeout(done, 20));
		process.kill(pid, "SIGALRM");
		await logged(`${name} was tried and did not come to register`);
		await registered();
		assert.strictEqual(phone.pid, pid);
	});

	it("starts with what was installed with the program where a slot is gone", async () => {
		offer(makeLoad(name));
		await start();
		await logged(`load ${name} is installed`);
		await registered();
		await phone.quit();
		for (const slot of slots()) rmSync(join(loads(), slot), { recursive: true });
		tftp.files.set(file, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "none" }));
		await start();
		await registered();
		await logged("load: there is none that can be started in slot");
		assert.isTrue(said(`${own.name} starts`), phone.describe());
	});
});
