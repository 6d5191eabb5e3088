/*
 * The firmware itself: the image of the board 'emulator', as it was built last, in Espressif's QEMU with its ROM, bootloader and both
 * cores, on a network with DHCP, TFTP and the development call agent. What it needs is in no Debian package, so this is the one
 * suite that may be skipped in a strict run (tools/build/strict.mjs).
 */
import { execFile, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { assert } from "chai";
import { load } from "../../../hal/load.js";
import { deviceFile } from "../../../tools/boot/files.js";
import { packetCounts } from "../../../tools/call/acts.js";
import { Conductor } from "../../../tools/call/conductor.js";
import { parseScript } from "../../../tools/call/script.js";
import {
	EmulatedChip,
	emulatorBoard,
	emulatorImage,
	examineEmulation,
	writeConfiguration,
} from "../../../tools/device/chip.js";
import { bringFlash } from "../../../tools/device/flash.js";
import { applicationFile, ImageError } from "../../../tools/device/image.js";
import { renameLoad } from "../../../tools/device/load.js";
import { ChipNetwork, type NetworkAgent, networkMissing, serverAddress } from "../../../tools/device/network.js";
import { examineQemu } from "../../../tools/device/qemu.js";
import { imageVersion } from "../../../tools/loads/board.js";
import { type LoadTerms, ownVersion, publicKey, signedLoad, signingKey } from "../../../tools/loads/signed.js";
import type { PhoneProcess } from "../../../tools/phone/phone.js";
import { CallState, calls, Registration } from "../../../tools/phone/screen.js";
import { needs } from "../../support/optional.js";

const device = "SEP0200000000AA";
/** Nothing here should ever come near to it, on however busy a computer; a load by TFTP takes longest. */
const timeout = 240_000;
/** A name as long as the load's own. */
const otherLoad = load.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
/** What of the engine's heap what happens meanwhile on a phone at rest may take: a minute's text, a line of the log. */
const slotsToSpare = 16;
const chunksToSpare = 256;
const loadFile = `${otherLoad}-${emulatorBoard}.bin`;

/** Why these tests cannot run here, '' when they can. */
function missing(): string {
	for (const { found, name, text } of examineEmulation(process.env)) if (!found) return `${name}: ${text}`;
	try {
		emulatorImage();
		return "";
	} catch (error) {
		if (error instanceof ImageError) return `the emulator's firmware: ${error.message}`;
		throw error;
	}
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
	try {
		await attempt;
		return "";
	} catch (error) {
		return (error as Error).message;
	}
}

describe("The network of an emulated chip", function () {
	this.timeout(timeout);
	let folder: string;
	let network: ChipNetwork | undefined;

	before(function () {
		const why = networkMissing();
		needs(this, why === "", why);
	});

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "linnet-chip-test-"));
		network = await ChipNetwork.open(true, () => {});
	});

	afterEach(async () => {
		await network?.close();
		network = undefined;
		if (folder) rmSync(folder, { recursive: true, force: true });
	});

	it("says what a server said that ends at once", async () => {
		const why = await refusal((network as ChipNetwork).startDnsmasq(folder, "--no-such-thing"));
		assert.match(why, /^dnsmasq has ended with status 1\n.*(no-such-thing|bad command line)/s);
	});

	it("takes no other program's port for a server's, and gives it to the next one", async () => {
		const agent = await (network as ChipNetwork).startAgent("callmanager");
		const why = await refusal((network as ChipNetwork).startAgent("callmanager"));
		assert.match(why, /^the call agent: port 2000 of 10\.77\.0\.1 is taken/);
		await agent.stop();
		assert.strictEqual((await (network as ChipNetwork).startAgent("chan_skinny")).address, agent.address);
	});

	it("goes with what runs in it", async () => {
		const [, , target] = (network as ChipNetwork).prefix;
		await (network as ChipNetwork).startAgent("callmanager");
		await network?.close();
		network = undefined;
		assert.isFalse(existsSync(`/proc/${target}`));
	});
});

describe("The firmware on an emulated chip", function () {
	this.timeout(4 * timeout);
	let folder: string;
	let program: string;
	let network: ChipNetwork;
	let agent: NetworkAgent;
	let phone: PhoneProcess;
	const chips: EmulatedChip[] = [];

	before(function () {
		const why = missing();
		needs(this, why === "", why);
		program = examineQemu(process.env).path ?? "";
	});

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "linnet-chip-test-"));
		network = await ChipNetwork.open(true, () => {});
		agent = await network.startAgent("callmanager");
		bringFlash(flash(), emulatorImage());
	});

	afterEach(async () => {
		for (const chip of chips.splice(0)) await chip.kill();
		await network?.close();
		if (folder) rmSync(folder, { recursive: true, force: true });
	});

	const flash = () => join(folder, "flash.bin");

	/** Switches the phone on, with what is in its flash. */
	async function start(): Promise<EmulatedChip> {
		const chip = await EmulatedChip.start({ device, network, program, flash: flash() });
		chips.push(chip);
		phone = chip.phone;
		return chip;
	}

	/** Takes its power away. */
	async function cut(): Promise<void> {
		await chips.pop()?.kill();
	}

	const registered = () =>
		phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
	const unregistered = () =>
		phone.wait(
			({ screen }) => screen?.registration !== Registration.registered,
			timeout,
			"the end of its registration",
		);
	const logged = (text: string) =>
		phone.wait(({ logLines }) => logLines.some((line) => line.includes(text)), timeout, `"${text}" in its log`);
	/** Resolves when the chip has restarted, and fails when QEMU ends instead; to be called before what makes it restart. */
	const restart = () => {
		let restarted = false;
		phone.once("restart", () => {
			restarted = true;
		});
		return phone.wait(() => restarted, timeout, "its restart");
	};

	/**
	 * Waits until so many packets have gone out and come back since the call's sound began. How many are lost is for `bench -- chip`: an emulator
	 * that a busy computer keeps waiting loses some, whatever the firmware does.
	 */
	async function exchanged(packets: number): Promise<void> {
		for (const end = Date.now() + timeout; ; ) {
			const { sent, received } = await packetCounts(phone);
			if (sent >= packets && received >= packets) return;
			assert.isBelow(Date.now(), end, `${sent} packets sent, ${received} received`);
			await new Promise((done) => setTimeout(done, 100));
		}
	}

	/** A phone that has registered with the file that its server has. */
	async function provisioned(): Promise<EmulatedChip> {
		writeConfiguration(folder, device, agent.address);
		await network.startDnsmasq(folder);
		const chip = await start();
		await registered();
		return chip;
	}

	async function play(chip: EmulatedChip, script: string): Promise<void> {
		const conductor = new Conductor(new Int16Array(80), () => {});
		conductor.addChip(chip, performance.now());
		await conductor.run(parseScript(script, "script"));
	}

	it("gets its address and its configuration, registers, calls and holds, with sound both ways; its display can be seen", async () => {
		const chip = await provisioned();
		assert.strictEqual(phone.hello?.device, device);
		assert.strictEqual(phone.hello?.start, "power on");
		await play(
			chip,
			`hook off
			wait tone dial 60s
			keys 600
			wait connected 60s
			media 60s`,
		);
		await exchanged(100);
		await play(
			chip,
			`picture ${join(folder, "call.png")}
			softkey Hold
			wait held 60s
			softkey Resume
			wait connected 60s
			media 60s`,
		);
		await exchanged(100);
		await play(chip, "hook on\nwait idle 60s");
		const picture = readFileSync(join(folder, "call.png"));
		assert.strictEqual(picture.subarray(1, 4).toString(), "PNG");
		// A display that shows nothing compresses to some hundred octets.
		assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [320, 240]);
		assert.isAbove(picture.length, 2000);
	});

	it("restarts when the call agent resets it, and registers again", async () => {
		await provisioned();
		const restarted = restart();
		agent.order(`reset ${device}`);
		await restarted;
		await phone.wait(({ hello }) => hello?.start === "restart", timeout, "the reason of its start");
		await registered();
	});

	it("keeps what it has stored over a power cut", async () => {
		await provisioned();
		await logged("a new configuration");
		await cut();
		// The server has no file any more.
		rmSync(join(folder, `${device}.cnf.xml`));
		await start();
		await registered();
		await logged(`No configuration for ${device}`);
	});

	it("installs a load by TFTP and runs it from the other slot; a power cut later it still runs", async () => {
		await provisioned();
		offer();
		const restarted = restart();
		agent.order(`apply ${device}`);
		await logged(`load ${otherLoad} instead of ${load}`);
		await restarted;
		await registered();
		assert.strictEqual(phone.hello?.start, "restart");
		await cut();
		await start();
		await registered();
		assert.isFalse(
			phone.logLines.some((line) => line.includes("instead of")),
			phone.describe(),
		);
	});

	it("goes back to the load before when a new one does not register, and does not try it again", async () => {
		await provisioned();
		offer();
		const restarted = restart();
		agent.order(`apply ${device}`);
		await logged(`load ${otherLoad} instead of ${load}`);
		// The call agent goes while the load is on its way: the new one finds none.
		await agent.stop();
		await restarted;
		await phone.wait(({ screen }) => screen !== undefined, timeout, "its display");
		assert.strictEqual(phone.hello?.start, "restart");
		await cut();
		agent = await network.startAgent("callmanager");
		await start();
		await registered();
		assert.match(phone.hello?.start ?? "", /^roll-back/);
		await logged(`load ${otherLoad} was tried and did not come to register: staying with ${load}`);
	});

	it("bears the version in its image's description", () => {
		assert.strictEqual(imageVersion(application()), load.slice("linnet-".length));
	});

	/** The application as it was built. */
	const application = () => readFileSync(applicationFile(emulatorImage()));

	/** What a load under another name holds. */
	const renamed = () => renameLoad(application(), load, otherLoad);

	/** A load of the builder's, as `npm run load` makes it. */
	function signed(content: Buffer, terms: Partial<LoadTerms> = {}, key = signingKey(() => {})): Buffer {
		return signedLoad({ name: otherLoad, board: emulatorBoard, counter: ownVersion().counter, ...terms }, content, key);
	}

	/** Offers a load under another name, with a configuration that names it. */
	function offer(content = signed(renamed()), versionStamp = "2"): void {
		writeFileSync(join(folder, loadFile), content);
		writeConfiguration(folder, device, agent.address, otherLoad, versionStamp);
	}

	it("refuses a load that is unsigned, altered, older, signed by another key, another board's or of another name, and says why", async () => {
		await provisioned();
		const whole = signed(renamed());
		const least = ownVersion().counter;
		const other = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
		const altered = (at: number) => {
			const copy = Buffer.from(whole);
			copy[at] = (copy[at] ?? 0) ^ 1;
			return copy;
		};
		const small = Buffer.alloc(1000, 1);
		const offers: readonly (readonly [Buffer, string])[] = [
			[application(), "it is not signed"],
			[altered(100), "it has been altered: its signature is wrong"],
			[signed(small, { counter: least - 1 }), `it is older: counter ${least - 1}, ${least} at least`],
			[signed(small, {}, other), `it is signed by another key, ${publicKey(other).slice(5, 13)}`],
			[signed(small, { board: "deskphone" }), "it is for deskphone, and this is emulator"],
			[signed(small, { name: "linnet-7" }), "it is linnet-7"],
			[whole.subarray(0, 2000), `${whole.length - 256} octets were announced and 1744 came`],
			[signed(small), "it is no whole image for this chip"],
			[signed(Buffer.from([0xe9, ...small])), "it is no whole image for this chip"],
			[altered(whole.length - 40), "it has been altered: its checksum is wrong"],
		];
		for (const [index, [content, why]] of offers.entries()) {
			offer(content, `${index + 2}`);
			agent.order(`apply ${device}`);
			await logged(`Load ${otherLoad}: ${why}; staying with ${load}`);
			await phone.wait(({ screen }) => screen?.prompt.includes(why) ?? false, timeout, `"${why}" on its display`);
			await registered();
		}
		assert.strictEqual(phone.hello?.start, "power on");
		// what verifies has left stacks and memory enough
		const { heapLeast, stacks } = await phone.chip();
		assert.isAbove(heapLeast, 30 * 1024);
		for (const { name, left } of stacks)
			assert.isAbove(left, 256, `octets of the stack of ${name} that were never used`);
		// what was refused is in no slot that is started
		await cut();
		await start();
		await registered();
		assert.isTrue(phone.logLines.some((line) => line.includes(`${load} starts: power on`)));
	});

	it("takes no load that is older than one that has registered", async () => {
		await provisioned();
		const { counter } = ownVersion();
		offer(signed(renamed(), { counter: counter + 7 }));
		const restarted = restart();
		agent.order(`apply ${device}`);
		await restarted;
		// it has been confirmed when it says so itself
		const confirmed = ({ logLines }: PhoneProcess) => {
			const start = logLines.findIndex((line) => line.includes(`${otherLoad} starts`));
			return start >= 0 && logLines.slice(start).some((line) => line.includes("boot: registered"));
		};
		await phone.wait(confirmed, timeout, "the other load's registration");
		writeFileSync(
			join(folder, `${load}-${emulatorBoard}.bin`),
			signed(Buffer.alloc(10), { name: load, counter: counter + 6 }),
		);
		writeConfiguration(folder, device, agent.address, load, "3");
		agent.order(`apply ${device}`);
		await logged(
			`Load ${load}: it is older: counter ${counter + 6}, ${counter + 7} at least; staying with ${otherLoad}`,
		);
		await registered();
	});

	it("shows a service of a server and what is pushed to it, and serves its pages and a picture of its display", async () => {
		const menu = (title: string, count: number) => {
			const item = (_: unknown, index: number) =>
				`<MenuItem><Name>Item ${index + 1}</Name><URL>Init:Services</URL></MenuItem>`;
			return `<CiscoIPPhoneMenu><Title>${title}</Title>${Array.from({ length: count }, item).join("")}</CiscoIPPhoneMenu>`;
		};
		const [first = "", ...words] = network.prefix;
		const served = JSON.stringify(menu("Served", 40));
		const server = `require("node:http").createServer((q, s) => s.end(q.url.startsWith("/authority") ? "AUTHORIZED" : ${served})).listen(8080)`;
		const child = spawn(first, [...words, process.execPath, "-e", server], { stdio: "ignore" });
		try {
			const base = `http://${serverAddress}:8080`;
			const rest = `<authenticationURL>${base}/authority</authenticationURL><servicesURL>${base}/menu</servicesURL>`;
			writeFileSync(
				join(folder, `${device}.cnf.xml`),
				deviceFile({ agents: [agent.address], versionStamp: "1", rest }),
			);
			await network.startDnsmasq(folder);
			await start();
			await registered();
			const title = (text: string) => () => phone.screen?.overlay?.title === text;
			const closed = () => phone.screen?.overlay === undefined;
			const address = /own address ([\d.]+)/.exec(phone.logLines.join("\n"))?.[1] ?? "";
			const fetch = async (path: string): Promise<Buffer> => {
				const curl = ["curl", "-s", "-m", "200", "-u", "user:password", `http://${address}/${path}`];
				return (await promisify(execFile)(first, [...words, ...curl], { encoding: "buffer" })).stdout;
			};
			writeFileSync(join(folder, "pushed.xml"), menu("Pushed", 3));
			const round = async () => {
				phone.key("services");
				await phone.wait(title("Served"), timeout, "the menu of the server");
				assert.include(phone.screen?.overlay?.lines[0], "Item 1");
				await phone.softkey("Exit", timeout);
				await phone.wait(closed, timeout, "its end");
				agent.order(`push ${device} ${join(folder, "pushed.xml")}`);
				await phone.wait(title("Pushed"), timeout, "what is pushed");
				assert.include((await fetch("DeviceInformationX")).toString(), `<HostName>${device}</HostName>`);
				const picture = await fetch("CGI/Screenshot");
				assert.strictEqual(picture.subarray(1, 4).toString(), "PNG");
				assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [320, 240]);
				assert.isAbove(picture.length, 2000);
				await phone.softkey("Exit", timeout);
				await phone.wait(closed, timeout, "its end");
				// whom the server has let in is known for half a minute
				await new Promise((done) => setTimeout(done, 31_000));
				return phone.collect();
			};
			// fonts and names of the engine's are there for good after the first
			const before = await round();
			const after = await round();
			assert.isAtMost(after.slots, before.slots + slotsToSpare);
			assert.isAtMost(after.chunks, before.chunks + chunksToSpare);
			const { heapLeast, stackPeak, stackLimit } = await phone.chip();
			assert.isAbove(heapLeast, 30 * 1024);
			assert.isBelow(stackPeak, stackLimit - 64);
		} finally {
			child.kill();
		}
	});

	it("says that it has no address, and registers as soon as it gets one", async () => {
		writeConfiguration(folder, device, agent.address);
		await start();
		await phone.wait(({ screen }) => screen?.prompt.includes("Configuring IP"), timeout, "what it waits for");
		await network.startDnsmasq(folder);
		await registered();
	});

	it("says that its call agent has gone, and registers again when it is back", async () => {
		await provisioned();
		for (let time = 1; time <= 4; time++) {
			await agent.stop();
			await unregistered();
			agent = await network.startAgent("callmanager");
			await registered();
			// The first start's: it has not crashed on the way.
			assert.strictEqual(phone.hello?.start, "power on", `time ${time}`);
		}
	});

	it("takes 500 random keys without a restart, and works afterwards", async () => {
		const chip = await provisioned();
		const restarts: unknown[] = [];
		phone.on("restart", () => restarts.push(phone.hello));
		const next = random(9);
		const others =
			"up down left right select hold transfer conference messages directories services settings help headset speaker mute".split(
				" ",
			);
		const keys = [
			...[..."0123456789*#"],
			...["softkey1", "softkey2", "softkey3", "softkey4", "line1", "line2", "line3", "volumeUp", "volumeDown"],
			...others,
		];
		for (let count = 1; count <= 500; count++) {
			if (next() < 0.05) phone.hook(next() < 0.5);
			phone.key(keys[Math.floor(next() * keys.length)] as string);
			// Its answer says that it has taken all keys before.
			if (count % 10 === 0) await phone.heap();
		}
		phone.hook(false);
		// Back to the idle display from wherever that led: what was begun with a key is ended by the handset, what is held one by one.
		phone.hook(true);
		phone.hook(false);
		for (;;) {
			const all = (state: number) => () => calls(phone.screen).every((call) => call.state === state);
			await phone.wait(all(CallState.hold), timeout, "the end of what is not held");
			if (calls(phone.screen).length === 0) break;
			await phone.softkey("Resume", timeout);
			const resumed = ({ screen }: PhoneProcess) => calls(screen).find(({ state }) => state === CallState.connected);
			const { reference } = await phone.wait(resumed, timeout, "a held call to be resumed");
			await phone.softkey("EndCall", timeout);
			// another that the phone had no room for may come in its place
			const ended = () => calls(phone.screen).every((call) => call.reference !== reference);
			await phone.wait(ended, timeout, "the end of a call");
		}
		await registered();
		assert.deepEqual(restarts, []);
		const { heapLeast } = await phone.chip();
		assert.isAbove(heapLeast, 30 * 1024);
		await play(chip, "hook off\nwait tone dial 60s\nkeys 600\nwait connected 60s\nmedia 60s\nhook on\nwait idle 60s");
	});

	for (const [word, reason] of [
		["memory", /memory/],
		["exception", /exception/],
		["stack", /stack overflow/],
	] as const)
		it(`restarts after a crash of JavaScript (${word}), says why and registers again`, async () => {
			await provisioned();
			const restarted = restart();
			phone.send(`crash ${word}`);
			await restarted;
			await phone.wait(({ hello }) => hello !== undefined, timeout, "its greeting");
			assert.match(phone.hello?.start ?? "", reason);
			await registered();
		});
});
