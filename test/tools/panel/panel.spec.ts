/*
 * The whole panel as a person uses it: Chromium clicks on phones that run as processes and register with the built-in
 * call agent.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import type { Locator } from "playwright-core";
import { startCallAgent } from "../../../tools/call-agent/agent.js";
import { executeObject } from "../../../tools/call-agent/lists.js";
import { type Browser, chromiumPath, hasChromium, startBrowser } from "../../../tools/panel/browser.js";
import { parseOptions } from "../../../tools/panel/options.js";
import { type Panel, startPanel } from "../../../tools/panel/panel.js";
import { needs } from "../../support/optional.js";
import { dissectFile, tsharkVersion } from "../../support/tshark.js";
import { type PagePhone, PanelPage, timeout } from "./support/page.js";
import { until } from "./support/wait.js";

/** As `npm start` runs it. */
const program = [
	"--import",
	fileURLToPath(new URL("../../../../../tools/build/resolver.mjs", import.meta.url)),
	fileURLToPath(new URL("../../../tools/panel/main.js", import.meta.url)),
];
/** Names that no panel of a developer uses, so that their settings do not mix. */
const devices = ["--device", "SEP02000000FA01"];
/** Samples larger than this are no silence. */
const audible = 300;

const State = Object.freeze({ offHook: 1, ringIn: 4, connected: 5, hold: 8 });

/** Runs the program; resolves with what it said and its status. */
async function run(...args: string[]): Promise<{ status: number; output: string; errors: string }> {
	const child = spawn(process.execPath, [...program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
	let output = "";
	let errors = "";
	child.stdout.on("data", (data) => {
		output += data;
	});
	child.stderr.on("data", (data) => {
		errors += data;
	});
	const [status] = await once(child, "close");
	return { status, output, errors };
}

/** What of a browser's canvas and styles a test reads inside the page. */
interface Canvas {
	readonly width: number;
	readonly height: number;
	cloneNode(): Canvas;
	getContext(
		kind: "2d",
		options: { willReadFrequently: boolean },
	): {
		drawImage(image: Canvas, x: number, y: number): void;
		getImageData(...place: number[]): { readonly data: Uint8ClampedArray };
	};
}
interface Styles {
	getComputedStyle(element: unknown): { getPropertyValue(name: string): string };
}

interface LadderRow {
	readonly name: string;
	readonly sent: boolean;
	readonly octets: number;
	readonly fields: Readonly<Record<string, string>>;
}

/** Opens all messages of a ladder and reads them. */
async function readLadder(network: Locator): Promise<LadderRow[]> {
	const rows = network.locator("li");
	await rows.locator("details").evaluateAll((all) => {
		for (const one of all) one.setAttribute("open", "");
	});
	const all = await rows.count();
	await until("all messages to open", async () => (await rows.locator(".message").count()) === all);
	return rows.evaluateAll((items) =>
		items.map((item) => ({
			name: item.getAttribute("data-message") ?? "",
			sent: item.classList.contains("sent"),
			octets: Number(/(\d+) octets/.exec(item.querySelector(".message p")?.textContent ?? "")?.[1]),
			fields: Object.fromEntries(
				[...item.querySelectorAll("dl div")].map((field) => [
					field.querySelector("dt")?.textContent ?? "",
					field.querySelector("dd")?.textContent ?? "",
				]),
			),
		})),
	);
}

describe("panel program", function () {
	this.timeout(120_000);

	it("refuses arguments it does not know in one line", async () => {
		const { status, output, errors } = await run("--phones", "13");
		assert.equal(status, 2);
		assert.equal(output, "");
		assert.equal(errors, "panel: --phones takes a whole number from 1 to 12, not '13'; --help shows all options\n");
	});

	it("says that its port is in use in one line", async () => {
		const other = createServer().listen(0, "127.0.0.1");
		await once(other, "listening");
		const { port } = other.address() as AddressInfo;
		const { status, errors } = await run("--port", String(port));
		other.close();
		assert.equal(status, 1);
		assert.equal(errors, `panel: port ${port} is in use; choose another with --port\n`);
	});

	it("registers with another call agent under the name and version it is given", async () => {
		const agent = await startCallAgent({ port: 0, dialect: "chan_sccp" });
		const registered: string[] = [];
		agent.on("registered", (device) => registered.push(`${device.name} ${device.registration?.sender.version}`));
		const device = "SEP02000000FB0A";
		const foreign = `127.0.0.1:${agent.port}`;
		const child = spawn(
			process.execPath,
			[...program, "--agent", foreign, "--device", device, "--phones", "1", "--protocol", "11"],
			{ stdio: ["ignore", "ignore", "ignore"] },
		);
		const ended = once(child, "close");
		await until("the registration", () => registered.length > 0);
		child.kill("SIGTERM");
		assert.deepEqual(await ended, [0, null]);
		await agent.close();
		assert.deepEqual(registered, [`${device} 11`]);
	});

	it("prints its address and who else can reach it, and ends its phones when it is told to end", async () => {
		const words = [...program, ...devices, "--address", "0.0.0.0"];
		const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		let warned = "";
		child.stderr.on("data", (data) => {
			warned += data;
		});
		child.stdout.on("data", (data) => {
			output += data;
		});
		await until("the address", () => output.includes("\n"));
		const url = /http:\/\/localhost:[0-9]+\//.exec(output)?.[0] ?? "";
		assert.equal((await fetch(url)).status, 200);
		child.kill("SIGTERM");
		const [status] = await once(child, "close");
		assert.equal(status, 0);
		assert.match(warned, /^panel: whoever reaches 0\.0\.0\.0 port \d+ can use the phones$/m);
	});
});

describe("panel in the browser", function () {
	this.timeout(180_000);

	let panel: Panel | undefined;
	let browser: Browser | undefined;
	let page: PanelPage;
	let first: PagePhone;
	let second: PagePhone;
	const log: string[] = [];
	/** What a test has begun. */
	const onClose: (() => Promise<void>)[] = [];

	before(async function () {
		needs(this, hasChromium(), `no Chromium at ${chromiumPath}: install it or set CHROMIUM`);
		panel = await startPanel(parseOptions(devices), (line) => log.push(line));
		browser = await startBrowser();
	});

	after(async () => {
		await browser?.close();
		await panel?.close();
	});

	beforeEach(async () => {
		page = await PanelPage.open(browser as Browser, (panel as Panel).server.url, 2);
		[first, second] = page.phones as [PagePhone, PagePhone];
		await first.registered("1001");
		await second.registered("1002");
	});

	afterEach(async () => {
		await page.page.close();
		for (const close of onClose.splice(0)) await close();
		assert.deepEqual(page.complaints, [], "the browser's console stays empty");
	});

	it("calls 600: talk time and packets count, the echo sounds, and hanging up ends it", async () => {
		await first.handset();
		await first.call(State.offHook);
		await first.dial("600");
		await first.call(State.connected);
		await first.lamp(0, "on", "green");
		await first.root.locator(".call:visible", { hasText: "600" }).waitFor();

		const began = await first.seconds(State.connected);
		await until("the talk time to count", async () => (await first.seconds(State.connected)) >= began + 2);

		await first.key("help");
		await first.key("help");
		const [sent, received] = [await first.counter("Sent packets"), await first.counter("Rcvr packets")];
		await until("packets to be counted", async () => {
			return (await first.counter("Sent packets")) > sent + 20 && (await first.counter("Rcvr packets")) > received + 20;
		});
		await first.key("help");

		// The browser's own test microphone beeps; without it the echo is silence.
		page.listen();
		await until("silent frames", () => (page.frames[0] ?? 0) > 50);
		assert.isBelow(page.peaks[0] ?? 0, audible);
		await page.page.getByRole("button", { name: "Microphone" }).click();
		await until("the beep to come back", () => (page.peaks[0] ?? 0) > audible);
		assert.equal(await page.page.locator("#notice").textContent(), "");

		await first.handset();
		await first.idle();
		await first.lamp(0, "off");
	});

	it("plays the tone of 601 through the browser's sound card, and draws how it fares", async () => {
		const audio = first.root.locator(".audio");
		await first.root.getByRole("button", { name: "Audio" }).click();
		await first.key("speaker");
		await first.lamp(9, "on");
		await first.dial("601");
		await first.call(State.connected);
		page.listen();
		await until("a tone in the frames", () => (page.peaks[0] ?? 0) > audible);
		await until("a tone at the sound card", async () => {
			const style = (await first.root.getAttribute("style")) ?? "";
			return Number(/--level: ?([0-9.]+)/.exec(style)?.[1]) > audible / 32768;
		});
		const score = audio.locator(".score b");
		await until("a score", async () => Number(await score.textContent()) >= 1);
		const heard = async (): Promise<number> =>
			Number(await audio.locator('[data-graph="Level"] .line.one b').textContent());
		await until("the tone", async () => (await heard()) > -40);
		await audio
			.locator("dd", { hasText: /^G\.722, 20 ms, \d+ packets$/ })
			.first()
			.waitFor({ timeout });
		assert.equal(await audio.locator("canvas").count(), 5);
		const values = audio.locator("figcaption .line.one b");
		await until("values", async () => !(await values.allTextContents()).includes("–"));
		// a line needs two measurements
		const inked = (): Promise<boolean> =>
			audio.locator("canvas").evaluateAll((all) =>
				all.every((one) => {
					const graph = one as unknown as Canvas;
					// a copy: the page's own is not made to be read again and again
					const canvas = graph.cloneNode();
					const style = (globalThis as unknown as Styles).getComputedStyle(one).getPropertyValue("--plot-one");
					const line = [1, 3, 5].map((at) => Number.parseInt(style.trim().slice(at, at + 2), 16));
					const context = canvas.getContext("2d", { willReadFrequently: true });
					context.drawImage(graph, 0, 0);
					const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
					for (let at = 0; at < data.length; at += 4)
						if (line.every((part, index) => Math.abs((data[at + index] ?? 0) - part) < 24)) return true;
					return false;
				}),
			);
		await until("a line in each graph", inked);
		await first.key("mute");
		await first.lamp(11, "on");
		await first.key("volumeUp");
		await first.root.locator(".volume-bar").waitFor({ timeout });
		await first.key("speaker");
		await first.idle();
		await first.lamp(9, "off");
		await audio.locator(".score span", { hasText: "no sound is under way" }).waitFor({ timeout });
	});

	it("calls from phone to phone: ring, answer, hold, resume, hang up", async () => {
		await first.handset();
		await first.call(State.offHook);
		await first.dial("1002");
		await second.call(State.ringIn);
		await second.lamp(0, "blink", "amber");
		await second.lamp(8, "flash", "red");
		await second.root.locator(".call:visible", { hasText: "1001" }).waitFor();

		await second.softkey("Answer");
		await first.call(State.connected);
		await second.call(State.connected);
		await second.lamp(8, "off");
		const began = await second.seconds(State.connected);
		await until("the talk time to count", async () => (await second.seconds(State.connected)) > began);

		await first.softkey("Hold");
		await first.call(State.hold);
		await first.lamp(0, "wink", "green");
		await first.softkey("Resume");
		await first.call(State.connected);
		await first.lamp(0, "on", "green");

		await first.key("help");
		await first.key("help");
		const received = await first.counter("Rcvr packets");
		await until("sound again after the hold", async () => (await first.counter("Rcvr packets")) > received + 20);
		await first.key("help");

		await second.softkey("EndCall");
		await second.idle();
		await first.handset();
		await first.idle();
		for (const phone of [first, second]) await phone.lamp(0, "off");
	});

	it("shows the ladder of a call, and its capture file says the same to tshark", async function () {
		needs(this, tsharkVersion() !== undefined, "no tshark: install it");
		const network = first.root.locator(".network");
		await first.root.getByRole("button", { name: "Network" }).click();
		await first.key("speaker");
		await first.call(State.offHook);
		await first.dial("600");
		await first.call(State.connected);
		await network.locator('[data-message="StartMediaTransmission"]').waitFor({ timeout });
		const filter = network.getByRole("searchbox");
		await filter.fill("keypad");
		await until("three keys", async () => (await network.locator("li").count()) === 3);
		await filter.fill("");
		await first.key("speaker");
		await first.idle();
		await network.locator('[data-message="StopMediaTransmission"]').waitFor({ timeout });

		const download = page.page.waitForEvent("download");
		await network.getByRole("button", { name: "Save as pcap" }).click();
		const saved = await download;
		assert.match(saved.suggestedFilename(), /^SEP02000000FA01-.*\.pcap$/);
		const { messages, malformed } = dissectFile(await saved.path());
		assert.deepEqual(malformed, []);
		const ladder = await readLadder(network);
		assert.isAbove(ladder.length, 20);
		assert.deepEqual(
			messages.map(({ name, size, fields }) => {
				const reference = fields.find((field) => field.name === "callReference")?.show ?? "";
				return { name, octets: size, call: reference === "" ? "" : String(Number(reference)) };
			}),
			ladder.map(({ name, octets, fields }) => ({ name, octets, call: fields.callReference ?? "" })),
		);
		// each number that both read, wherever it stands
		let compared = 0;
		messages.forEach(({ name, fields }, index) => {
			for (const [field, text] of Object.entries(ladder[index]?.fields ?? {})) {
				const same = fields.filter((one) => one.name === field);
				const other = Number(same[0]?.show);
				if (same.length !== 1 || Number.isNaN(other) || !/^\d/.test(text)) continue;
				assert.equal(Number.parseInt(text, text.startsWith("0x") ? 16 : 10), other, `${name} ${field}`);
				compared++;
			}
		});
		assert.isAbove(compared, 60);
		const sent = new Set(ladder.filter(({ sent }) => sent).map(({ name }) => name));
		assert.includeMembers([...sent], ["OffHook", "KeypadButton", "OpenReceiveChannelAck", "OnHook"]);
		assert.notInclude([...sent], "CallState");
	});

	it("is played from the keyboard", async () => {
		const { keyboard } = page.page;
		await keyboard.press("]");
		await keyboard.press("Space");
		await second.call(State.offHook);
		assert.equal(await second.root.getByRole("button", { name: "Handset" }).getAttribute("aria-pressed"), "true");
		for (const digit of "1001") await keyboard.press(digit);
		await first.call(State.ringIn);
		await keyboard.press("[");
		await first.softkeyShown("Answer");
		await keyboard.press("Enter");
		await first.call(State.connected);
		await second.call(State.connected);
		await first.softkeyShown("EndCall");
		await keyboard.press("Escape");
		await first.idle();
		await keyboard.press("]");
		await keyboard.press("Space");
		await second.idle();
	});

	it("brings a phone back whose process dies", async () => {
		const pid = Number(await first.root.getAttribute("data-pid"));
		assert.isAbove(pid, 1);
		process.kill(pid, "SIGKILL");
		await first.root.locator(".curtain", { hasText: "Phone is starting" }).waitFor({ timeout });
		await first.root.and(page.page.locator(`.running:not([data-pid="${pid}"])`)).waitFor({ timeout });
		await first.registered("1001");
		await first.root.locator(".curtain").waitFor({ state: "hidden" });
		await first.key("speaker");
		await first.call(State.offHook);
		await first.key("speaker");
		await first.idle();
	});

	/** A port that nobody has now. */
	async function freePort(): Promise<number> {
		const server = createServer().listen(0, "127.0.0.1");
		await once(server, "listening");
		const { port } = server.address() as AddressInfo;
		server.close();
		await once(server, "close");
		return port;
	}

	it("walks through the example with keys and keyboard: menu, search, weather, note, both kinds of push", async () => {
		const web = await freePort();
		const port = await freePort();
		const words = ["--address", "127.0.0.1", "--port", `${port}`, "--phone-port", `${web}`];
		const example = spawn(process.execPath, ["examples/services/server.mjs", ...words], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		onClose.push(async () => void example.kill());
		let told = "";
		example.stdout?.on("data", (data) => {
			told += data;
		});
		await until("the example", () => told.includes(`services on port ${port}`));
		const base = `http://127.0.0.1:${port}`;
		const elements = [
			`servicesURL=${base}/menu`,
			`directoryURL=${base}/search`,
			`authenticationURL=${base}/authenticate`,
		];
		const options = ["--phones", "1", "--device", "SEP02000000FC01", "--web", `${web}`];
		const own = await startPanel(parseOptions([...options, ...elements.flatMap((one) => ["--set", one])]), () => {});
		onClose.push(() => own.close());
		await page.page.close();
		page = await PanelPage.open(browser as Browser, own.server.url, 1);
		const [phone] = page.phones as [PagePhone];
		const { keyboard } = page.page;
		await phone.registered("1001");
		const title = (text: string): Promise<void> =>
			phone.root.locator(".overlay:visible h2", { hasText: text }).waitFor({ timeout });
		const line = (text: string): Promise<void> =>
			phone.root.locator(".overlay:visible li", { hasText: text }).waitFor({ timeout });

		await phone.key("services");
		await title("Example services");
		assert.equal(await phone.root.locator(".prompt").textContent(), "Choose one");
		await phone.dial("1");
		await title("Search");
		await phone.dial("33");
		await line("Name: e");
		await keyboard.press("F1");
		await title("Directory");
		await line("1 Edda 601");
		assert.equal(await phone.root.locator(".prompt").textContent(), "Records 1 to 3 of 3");
		await keyboard.press("Escape");
		await title("Search");
		await keyboard.press("Escape");
		await title("Example services");
		await keyboard.press("ArrowDown");
		await keyboard.press("Enter");
		await title("Weather");
		await line("Valley: 17 degrees, sun");
		await keyboard.press("Escape");
		await title("Example services");
		await phone.dial("3");
		await title("A note");
		await phone.dial("22");
		await phone.key("down");
		await phone.dial("17");
		await line("Room: 17");
		await phone.softkey("Submit");
		await line("b, room 17");
		await keyboard.press("Escape");
		await title("A note");
		await phone.softkey("Cancel");
		await title("Example services");

		await phone.dial("4");
		await line("This page was pushed.");
		await until("the phone's answer to the push", () => told.includes('Status="0" Data="Success" URL="http'));
		assert.include(told, "the phone says 200");
		for (let i = 0; i < 4 && (await phone.root.locator(".overlay").isVisible()); i++) {
			const left = await phone.root.locator(".overlay h2").textContent();
			await keyboard.press("Escape");
			await until("another page", async () => {
				const seen = phone.root.locator(".overlay");
				return !(await seen.isVisible()) || (await seen.locator("h2").textContent()) !== left;
			});
		}
		assert.isFalse(await phone.root.locator(".overlay").isVisible(), "all pages can be left");

		const [device] = own.agent?.devices.values() ?? [];
		if (device === undefined) throw new Error("the call agent knows no phone");
		assert.isUndefined(own.agent?.pushes.push(device, executeObject(`${base}/weather`)));
		await title("Weather");
	});
});
