/* The emulated chip's own parts: the UART port of the control channel, QEMU's panel, the words of its console. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import type { Audio, Hardware, Screen } from "../../hal/hardware.js";
import { projectRoot } from "../../tools/phone/project.js";
import { FakeClock } from "../modules/support/fakes.js";

/** Compiles sources with ESP-IDF's and the SDK's headers of test/hal/declared and test/hal/sdk, runs them, and reads what they print. */
function run(sources: readonly string[], options: readonly string[]): Record<string, unknown> {
	const folder = mkdtempSync(join(tmpdir(), "linnet-emulator-"));
	try {
		const program = join(folder, "program");
		const flags = [
			"-std=gnu11",
			"-Wall",
			"-Wextra",
			"-Werror",
			"-D_GNU_SOURCE",
			"-Itest/hal/sdk",
			"-Itest/hal/declared",
			...options,
		];
		execFileSync("gcc", [...flags, ...sources, "-o", program], {
			cwd: projectRoot,
			stdio: ["ignore", "inherit", "inherit"],
		});
		return JSON.parse(execFileSync(program, { encoding: "utf8" }));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

describe("hal/control: on a UART", function () {
	this.timeout(60_000);
	let report: Record<string, unknown>;

	before(() => {
		report = run(["test/hal/uart.c", "hal/control/port/control_uart.c"], ["-fsanitize=address,undefined"]);
	});

	it("opens the unit it is given, and lets go of it when a part is refused", () => {
		assert.deepInclude(report, { refused: [0, 0, 0], deleted: 2, lost: 0, opened: 1, unit: 1, baud: 921600 });
		assert.deepInclude(report, { called: 7, with: 8 });
	});

	it("has the XS task take a burst with one message, and misses no octet when its queue is full", () => {
		assert.deepInclude(report, { burst: 1, lines: 2, posts: 2, delays: 1, left: 0 });
		assert.deepEqual(report.got, ["key 5", "hook off", "statistics"]);
	});

	it("sends a long line in pieces, in order, with nothing left behind", () => {
		assert.deepInclude(report, { order: 1, early: 1, idle: 0 });
		assert.isAtMost(report.longest as number, 128);
	});
});

describe("emulator: panel", function () {
	this.timeout(60_000);
	let report: Record<string, unknown>;

	before(() => {
		const options = ["-m64", "-DMODDEF_EMULATOR_WIDTH=320", "-DMODDEF_EMULATOR_HEIGHT=240", "-Wno-int-to-pointer-cast"];
		report = run(["test/hal/panel.c", "hardware/emulator/emulator_panel.c"], options);
	});

	it("is none on a chip that is not QEMU's", () => {
		assert.deepInclude(report, { elsewhere: 0, made: 1 });
	});

	it("is set up as a black window of 16 bits that takes the whole frame buffer", () => {
		const whole = 320 * 65536 + 240;
		assert.deepInclude(report, { registers: [whole, 0, whole, 0x20000000, 1, 16], size: [320, 240, 7] });
		assert.deepEqual((report.black as number[])[0], 0);
	});

	it("puts an area where it belongs, whatever pieces it comes in, and shows it at its end", () => {
		assert.deepEqual(report.area, [6, 317, 238, 319, 239]);
		assert.deepEqual(report.rows, [0x100, 0x102, 0x103, 0x105]);
		assert.deepEqual(report.update, [0, 1]);
	});

	it("is drawn on by the renderer's own calls", () => {
		assert.deepInclude(report, { lines: [640, 0, 100, 319, 101], continued: 1 });
	});

	it("lets nothing be written outside of it, and refuses pixels that are not there", () => {
		assert.deepInclude(report, { beyond: 0, refused: [0, 0, 0] });
	});
});

/** The natives of the control channel and of the chip, as functions that note what is asked of them. */
class Natives {
	readonly lines: string[] = [];
	readonly calls: string[] = [];
	channel = -1;
	refuse = false;
	#line = "";
	#onLine: (line: string) => void = () => {};

	readonly natives: Record<string, (...parameters: never[]) => unknown> = {
		xs_control_open: (channel: number, onLine: (line: string) => void) => {
			this.channel = channel;
			this.#onLine = onLine;
			return !this.refuse;
		},
		xs_control_text: (text: string) => {
			this.#line += text;
		},
		xs_control_quote: (text: string) => {
			this.#line += JSON.stringify(text);
		},
		xs_control_number: (number: number) => {
			this.#line += number;
		},
		xs_control_end: () => {
			this.lines.push(this.#line);
			this.#line = "";
		},
		xs_emulator_begin: () => this.calls.push("begin"),
		xs_emulator_collect: () => this.calls.push("collect"),
		xs_emulator_figures: (target: ArrayBuffer) => new Uint32Array(target).fill(7),
		xs_emulator_report: () => this.calls.push("report"),
	};

	say(line: string): void {
		this.#onLine(line);
	}

	/** What was said since the last look. */
	take(): unknown[] {
		return this.lines.splice(0).map((line) => JSON.parse(line) as unknown);
	}
}

describe("emulator: control channel", () => {
	let natives: Natives;
	let control: (hardware: Hardware) => Hardware;
	const global = globalThis as { native?: unknown };
	const before_ = global.native;

	before(async () => {
		global.native = (name: string) => {
			const native = natives.natives[name];
			assert.isFunction(native, name);
			return native && { call: (_self: unknown, ...parameters: never[]) => native(...parameters) };
		};
		({ control } = await import("../../hardware/emulator/control.js"));
	});

	after(() => {
		global.native = before_;
	});

	function rig(refuse = false) {
		natives = new Natives();
		natives.refuse = refuse;
		const clock = new FakeClock();
		const log: string[] = [];
		const shown: Screen[] = [];
		const counters = new Uint32Array(40);
		const done: string[] = [];
		const audio = {
			openReceive: () => 16384,
			startTransmit: () => false,
			closeReceive: () => {},
			startTone: (id: number) => done.push(`tone ${id}`),
			ring: (mode: number) => done.push(`ring ${mode}`),
			statistics: (_stream: number, target: ArrayBuffer) => new Uint32Array(target).set(counters.subarray(0, 32)),
		} as unknown as Audio;
		const board = {
			clock,
			audio,
			defaults: { deviceName: "" },
			network: { mac: "7CDFA1000001" },
			keypad: { lineKeys: 6, softkeys: 4, offHook: false },
			display: { show: (screen: Screen) => shown.push(screen) },
			update: { resetReason: "power on" },
			log: (line: string) => log.push(line),
			restart: () => done.push("restart"),
		} as unknown as Hardware;
		return { clock, log, shown, done, hardware: control(board) };
	}

	it("greets on UART 1 with the phone's name and why it started", () => {
		rig();
		assert.equal(natives.channel, 1);
		assert.deepEqual(natives.calls, ["begin"]);
		const hello = { version: 1, pid: 0, bits: 32, device: "SEP7CDFA1000001", lineKeys: 6, softkeys: 4 };
		assert.deepEqual(natives.take(), [{ type: "hello", ...hello, start: "power on" }]);
	});

	it("goes on without when there is no UART", () => {
		const { log, hardware } = rig(true);
		assert.lengthOf(log, 1);
		hardware.lamps.set(0, 2, 1);
	});

	it("has keys, hook, lamps, light, sound and both displays", () => {
		const { hardware, shown, done } = rig();
		const keys: string[] = [];
		hardware.keypad.start({
			key: (key, pressed) => keys.push(`${key} ${pressed}`),
			hook: (offHook) => keys.push(`hook ${offHook}`),
		});
		natives.take();
		natives.say("key softkey2");
		natives.say("hook off");
		assert.deepEqual(keys, ["17 true", "17 false", "hook true"]);
		assert.isTrue(hardware.keypad.offHook);
		hardware.lamps.set(8, 2, 3);
		hardware.backlight.set(40);
		hardware.audio.ring(2, false);
		hardware.audio.startTone(33, 0);
		const screen: Screen = {
			registration: 3,
			time: "12:00",
			number: "1001",
			buttons: [],
			calls: [],
			prompt: "a \u0001 b",
			softkeys: ["Redial"],
			overlay: undefined,
			volume: -1,
			route: 0,
			volumeName: "",
			signs: 0,
			news: "",
			muted: false,
			messageWaiting: false,
			dirty: 127,
			keyName: () => "",
		};
		hardware.display.show(screen);
		assert.deepEqual(done, ["ring 2", "tone 33"]);
		assert.deepEqual(shown, [screen]);
		const said = natives.take() as { type: string; softkeys?: string[] }[];
		assert.deepEqual(
			said.map(({ type }) => type),
			["lamp", "backlight", "ring", "tone", "screen"],
		);
		assert.deepEqual(said[4]?.softkeys, ["Redial"]);
	});

	it("tells counters, with streams open while they are, and the engine's figures", () => {
		const { hardware } = rig();
		natives.take();
		const open = (): boolean[] => {
			natives.say("statistics");
			const [{ streams }] = natives.take() as [{ streams: { open: boolean }[] }];
			return streams.map((stream) => stream.open);
		};
		assert.deepEqual(open(), [false, false]);
		hardware.audio.openReceive(1, 0, 20);
		hardware.audio.startTransmit(0, 1, 2, 0, 20, 0);
		assert.deepEqual(open(), [false, true]);
		hardware.audio.closeReceive(1);
		assert.deepEqual(open(), [false, false]);
		natives.say("collect");
		assert.include(natives.calls, "collect");
		const [heap] = natives.take() as [{ type: string; bits: number; baseline: { slots: number; chunks: number } }];
		assert.deepInclude(heap, { type: "heap", bits: 32, baseline: { slots: 7, chunks: 7 } });
	});

	it("tells the chip's figures and restarts it", () => {
		const { done } = rig();
		natives.take();
		natives.say("chip");
		assert.include(natives.calls, "report");
		natives.say("restart");
		assert.deepEqual(done, ["restart"]);
	});

	it("provokes faults from a timer, and none that it does not know", () => {
		const { clock } = rig();
		natives.take();
		natives.say("crash exception");
		assert.throws(() => clock.advance(1), /provoked/);
		natives.say("crash stack");
		assert.throws(() => clock.advance(1), RangeError);
		assert.lengthOf(natives.take(), 0);
		for (const line of ["crash", "crash toString", "crash exception now", "chip 1", "restart now", "nonsense"])
			natives.say(line);
		assert.lengthOf(natives.take(), 6);
	});

	it("says when a phone that was told to quit may be switched off", () => {
		const { hardware } = rig();
		natives.take();
		natives.say("quit");
		let done = (): void => {};
		hardware.onQuit((finish) => {
			done = finish;
		});
		natives.say("quit");
		assert.deepEqual(natives.take(), []);
		done();
		assert.deepEqual(natives.take(), [{ type: "bye" }]);
	});
});
