/* The boards' parts as the body makes them from each description, on fake I/O: all chips there, or some of them missing. */

import { assert } from "chai";
import type { TouchConfiguration, TouchOptions, TouchPoint } from "../../hal/drivers/common/chips.js";
import type { AudioDescription, Board } from "../../hal/esp32s3/board.js";
import { hasWideband, Parts, type PartsIo } from "../../hal/esp32s3/parts.js";
import { Key, Lamp, LampColour, LampMode, Route } from "../../hal/hardware.js";
import { board as deskphone } from "../../hardware/deskphone/board.js";
import { board as emulator } from "../../hardware/emulator/board.js";
import { board as box3 } from "../../hardware/esp32_s3_box_3/board.js";
import { board as cores3 } from "../../hardware/m5stack_cores3/board.js";
import { board as amoled } from "../../hardware/waveshare_amoled_206/board.js";
import { FakeAw88298, FakeEs7210, FakeEs8311, FakeEs8388 } from "../modules/support/chips.js";
import { Contacts } from "../modules/support/contacts.js";
import { FakeClock } from "../modules/support/fakes.js";
import { FakePca9685 } from "../modules/support/pca9685.js";
import { FakeTca8418 } from "../modules/support/tca8418.js";
import { FakeTicker } from "../modules/support/ticker.js";

const ACTIVE = 4;
/** Stands for the class that the SDK's drivers of touch controllers take. */
const BUS = Symbol("SMBus");
const WIDEBAND = 8;

interface Chip {
	write(source: Uint8Array): void;
	writeRead(source: Uint8Array, target: Uint8Array): void;
}

/** A bus with chips at their addresses; pins with levels that a test sets, outputs with those that were written. */
class Bench {
	readonly clock = new FakeClock();
	readonly log: string[] = [];
	readonly levels = new Map<number, number>();
	readonly edges = new Map<number, () => void>();
	readonly pwm: number[] = [];
	readonly io: PartsIo;

	constructor(chips: Readonly<Record<number, Chip>>) {
		const bench = this;
		class Digital {
			static readonly InputPullUp = "pull-up";
			static readonly Output = "output";
			static readonly OutputOpenDrain = "open drain";
			static readonly Rising = 1;
			static readonly Falling = 2;
			readonly #pin: number;

			constructor(options: { pin: number; mode: unknown; initialValue?: number; onReadable?: () => void }) {
				this.#pin = options.pin;
				if (options.mode !== Digital.InputPullUp) bench.levels.set(options.pin, options.initialValue ?? 0);
				if (options.onReadable) bench.edges.set(options.pin, options.onReadable);
			}

			read(): number {
				return bench.levels.get(this.#pin) ?? 1;
			}

			write(level: number): void {
				bench.levels.set(this.#pin, level);
			}
		}
		class I2C implements Chip {
			readonly #address: number;

			constructor(options: { data: number; clock: number; hz: number; address: number }) {
				this.#address = options.address;
				assert.isAtMost(options.hz, 400_000);
			}

			write(source: Uint8Array): void {
				this.#chip.write(source);
			}

			writeRead(source: Uint8Array, target: Uint8Array): void {
				this.#chip.writeRead(source, target);
			}

			get #chip(): Chip {
				const chip = chips[this.#address];
				if (chip === undefined) throw new Error("write failed");
				return chip;
			}
		}
		class PWM {
			readonly resolution = 10;

			write(value: number): void {
				bench.pwm.push(value);
			}
		}
		this.io = {
			Digital,
			I2C,
			SMBus: BUS,
			PWM,
			ticker: (callback) => new FakeTicker(this.clock, callback),
			wait: () => undefined,
			log: (line) => this.log.push(line),
		};
	}
}

describe("hal/esp32s3: the desk phone's parts", () => {
	function build() {
		const scanner = new FakeTca8418(new Contacts(8, 10));
		const codec = new FakeEs8388();
		const leds = new FakePca9685();
		const bench = new Bench({ 52: scanner, 16: codec, 64: leds });
		scanner.fallen = () => bench.edges.get(16)?.();
		return { scanner, codec, leds, bench, parts: new Parts(deskphone, bench.io) };
	}

	it("every key of the description is heard as what it says", () => {
		const { scanner, bench, parts } = build();
		const keypad = parts.keypad();
		assert.equal(keypad.lineKeys, 6);
		assert.equal(keypad.softkeys, 4);
		const heard: number[] = [];
		keypad.start({ key: (key, pressed) => pressed && heard.push(key), hook: () => undefined });
		const expected: number[] = [];
		if (deskphone.keypad.kind !== "scanner") throw new Error("other keypad");
		for (const [row, keys] of deskphone.keypad.matrix.keys.entries()) {
			for (const [column, key] of keys.entries()) {
				scanner.press(row, column);
				scanner.release(row, column);
				if (key >= 0) expected.push(key);
			}
		}
		assert.deepEqual(heard, expected);
		for (const key of [0, 9, Key.star, Key.pound, Key.softkey1 + 3, Key.line1 + 5, Key.mute, Key.volumeDown])
			assert.include(heard, key);
		assert.deepEqual(bench.log, []);
	});

	it("the hook is lifted at the level that the description gives, and flashes", () => {
		const { bench, parts } = build();
		const { hook } = deskphone;
		if (hook === undefined) throw new Error("no hook");
		bench.levels.set(hook.gpio, 1 - hook.offHook);
		const keypad = parts.keypad();
		const heard: string[] = [];
		keypad.start({
			key: (key, pressed) => heard.push(`${pressed ? "+" : "-"}${key}`),
			hook: (off) => heard.push(`${off}`),
		});
		const move = (level: number): void => {
			bench.levels.set(hook.gpio, level);
			bench.edges.get(hook.gpio)?.();
		};
		move(hook.offHook);
		bench.clock.advance(20);
		move(1 - hook.offHook);
		bench.clock.advance(150);
		move(hook.offHook);
		bench.clock.advance(20);
		move(1 - hook.offHook);
		bench.clock.advance(500);
		assert.deepEqual(heard, ["true", `+${Key.hold}`, `-${Key.hold}`, "false"]);
	});

	it("lamps shine in their colours, the display's light by pulses", () => {
		const { leds, bench, parts } = build();
		const lamps = parts.lamps();
		for (let led = 0; led < 16; led++) assert.isAbove(leds.shines(led), 0, `LED ${led} at the start`);
		bench.clock.advance(2000);
		for (let led = 0; led < 16; led++) assert.equal(leds.shines(led), 0, `LED ${led} after it`);
		lamps.set(Lamp.message, LampMode.on, LampColour.red);
		lamps.set(Lamp.line1, LampMode.blink, LampColour.amber);
		assert.isAbove(leds.shines(12), 0);
		assert.isAbove(leds.shines(0), 0);
		assert.isAbove(leds.shines(1), 0);
		bench.clock.advance(600);
		assert.equal(leds.shines(0), 0);
		assert.isAbove(leds.shines(12), 0);
		parts.backlight(undefined).set(100);
		assert.deepEqual(bench.pwm, [0, 1023]);
	});

	it("sound goes where the route says; the amplifier is on for the loudspeaker alone", () => {
		const { codec, bench, parts } = build();
		const sound = parts.sound();
		const amplifier = deskphone.audio?.amplifier;
		const loud = (): boolean => bench.levels.get(amplifier?.gpio ?? -1) === amplifier?.on;
		assert.isFalse(loud());
		sound?.turn(Route.handset | ACTIVE);
		assert.equal(codec.level("left1"), 0);
		assert.equal(codec.recorded?.terminal, "left1");
		assert.isFalse(loud());
		sound?.turn(Route.speaker | ACTIVE);
		assert.equal(codec.level("left2"), 0);
		assert.equal(codec.recorded?.terminal, "right1");
		assert.isTrue(loud());
		sound?.turn(0);
		assert.equal(codec.level("left2"), Number.NEGATIVE_INFINITY);
		assert.isFalse(loud());
	});

	it("a board without any of its chips is still a phone, and says what is missing", () => {
		const bench = new Bench({});
		const parts = new Parts(deskphone, bench.io);
		const keypad = parts.keypad();
		keypad.start({ key: () => undefined, hook: () => undefined });
		assert.isUndefined(parts.sound());
		parts.lamps().set(0, LampMode.on, LampColour.green);
		parts.backlight(undefined).set(50);
		assert.deepEqual(bench.log, [
			"keypad: Error: write failed; going on without",
			"codec: Error: write failed; going on without",
			"lamps: Error: write failed; going on without",
			"lamp 0 on",
		]);
	});
});

describe("hal/esp32s3: wideband sound", () => {
	const narrow = { ...deskphone.audio, mclkMultiple: 256 } as AudioDescription;

	it("is what every board has, with its codecs or without", () => {
		for (const board of [deskphone, cores3, amoled, box3, emulator]) assert.isTrue(hasWideband(board), board.name);
	});

	it("is not what codecs have whose master clock is too slow for it", () => {
		assert.isFalse(hasWideband({ audio: narrow }));
	});

	it("the CoreS3's two codecs turn to it together, and back", () => {
		const amplifier = new FakeAw88298();
		const microphones = new FakeEs7210();
		const bench = new Bench({ 54: amplifier, 64: microphones });
		const sound = new Parts(cores3, bench.io).sound();
		for (const [state, rate] of [
			[Route.speaker | ACTIVE | WIDEBAND, 16000],
			[Route.speaker | ACTIVE, 8000],
		] as const) {
			sound?.turn(state);
			assert.equal(amplifier.format[0], rate);
			assert.deepEqual(microphones.rates(4_096_000), [rate, rate]);
			assert.equal(amplifier.level, 0);
			assert.equal(microphones.gain, 30);
		}
		assert.deepEqual(bench.log, []);
	});
});

describe("hal/esp32s3: parts of boards that can be bought", () => {
	it("the CoreS3 plays by its AW88298 and records by its ES7210", () => {
		const amplifier = new FakeAw88298();
		const microphones = new FakeEs7210();
		const power = new Uint8Array(256);
		const axp2101: Chip = {
			write: (source) => {
				power[source[0] as number] = source[1] as number;
			},
			writeRead: (source, target) => {
				target[0] = power[source[0] as number] as number;
			},
		};
		const bench = new Bench({ 54: amplifier, 64: microphones, 52: axp2101 });
		const parts = new Parts(cores3, bench.io);
		const sound = parts.sound();
		sound?.turn(Route.speaker | ACTIVE);
		assert.equal(amplifier.level, 0);
		assert.equal(microphones.gain, 30);
		parts.backlight(undefined).set(100);
		assert.equal(power[0x99], 28);
		assert.deepEqual(bench.log, []);
	});

	it("the AMOLED 2.06 plays by its ES8311 and records by its ES7210", () => {
		const codec = new FakeEs8311();
		const microphones = new FakeEs7210();
		const bench = new Bench({ 24: codec, 64: microphones });
		const parts = new Parts(amoled, bench.io);
		const sound = parts.sound();
		sound?.turn(Route.none | ACTIVE);
		assert.equal(codec.level, 0);
		assert.isUndefined(microphones.gain);
		sound?.turn(Route.speaker | ACTIVE);
		assert.equal(microphones.gain, 30);
		assert.equal(bench.levels.get(46), 1);
		const shown: number[] = [];
		parts.backlight({ set: (percent) => shown.push(percent) }).set(10);
		assert.deepEqual(shown, [10]);
		assert.deepEqual(bench.log, []);
	});

	it("the BOX-3 plays by its ES8311 through its amplifier and records by its ES7210", () => {
		const codec = new FakeEs8311();
		const microphones = new FakeEs7210();
		const bench = new Bench({ 24: codec, 64: microphones });
		const parts = new Parts(box3, bench.io);
		const sound = parts.sound();
		assert.equal(bench.levels.get(46), 0);
		sound?.turn(Route.speaker | ACTIVE);
		assert.equal(codec.level, 0);
		assert.equal(microphones.gain, 30);
		assert.equal(bench.levels.get(46), 1);
		parts.backlight(undefined).set(100);
		assert.deepEqual(bench.pwm, [0, 1023]);
		assert.deepEqual(bench.log, []);
	});
});

describe("hal/esp32s3: the SDK's touch controllers", () => {
	/** A driver as the SDK's are, of a controller that answers at one address; where it was looked for, and by what options. */
	function controller(answers: number) {
		const opened: TouchOptions[] = [];
		const configured: TouchConfiguration[] = [];
		class Driver {
			constructor(options: TouchOptions) {
				opened.push(options);
				if (options.sensor.address !== answers) throw new Error("write failed");
			}

			configure(configuration: TouchConfiguration): void {
				configured.push(configuration);
			}

			sample(): TouchPoint[] {
				return [{ id: 0, x: 300, y: 200 }];
			}
		}
		return { Driver, configured, opened };
	}

	function touch(board: Board, answers: number) {
		const { Driver, configured, opened } = controller(answers);
		const bench = new Bench({});
		if (board.keypad.kind !== "touch") throw new Error("other keypad");
		const parts = new Parts({ ...board, keypad: { ...board.keypad, driver: Driver } }, bench.io);
		const heard: string[] = [];
		const found = parts.touch({ touch: (x, y) => heard.push(`${x},${y}`), release: () => heard.push("up") });
		bench.clock.advance(25);
		return { bench, configured, found, heard, opened };
	}

	it("are opened on the board's bus, with a reset where the board has its line", () => {
		const { bench, found, heard, opened } = touch(amoled, 0x38);
		assert.isTrue(found);
		assert.deepEqual(heard, ["300,200"]);
		const { reset, sensor } = opened[0] as TouchOptions;
		assert.deepEqual(sensor, { io: BUS, data: 15, clock: 14, address: 0x38 });
		assert.deepEqual(reset, { io: bench.io.Digital, mode: bench.io.Digital.Output, pin: 9 });
		assert.isUndefined((touch(cores3, 0x38).opened[0] as TouchOptions).reset);
	});

	it("are told what the board has otherwise than the driver, and nothing else", () => {
		assert.deepEqual(touch(cores3, 0x38).configured, [{ threshold: 20 }]);
		assert.deepEqual(touch(amoled, 0x38).configured, []);
		assert.deepEqual(touch(box3, 0x5d).configured, []);
	});

	it("are found at the address that the interrupt's level at the reset made, of the two", () => {
		for (const answers of [0x5d, 0x14]) {
			const { bench, found, heard, opened } = touch(box3, answers);
			assert.isTrue(found);
			assert.deepEqual(heard, ["300,200"]);
			assert.equal(opened.at(-1)?.sensor.address, answers);
			assert.deepEqual(bench.log, []);
		}
	});

	it("cost touch alone when they do not answer", () => {
		const { bench, found, heard } = touch(box3, 0x33);
		assert.isFalse(found);
		assert.deepEqual(heard, []);
		assert.deepEqual(bench.log, ["touch: Error: write failed; going on without"]);
	});

	it("are no part of what runs on a PC, and say so", () => {
		const bench = new Bench({});
		assert.isFalse(new Parts(cores3, bench.io).touch({ touch: () => undefined, release: () => undefined }));
		assert.deepEqual(bench.log, [
			"touch: Error: embedded:sensor/Touch/FT6x06 is the Moddable SDK's: it is in a board's image alone; going on without",
		]);
	});
});
