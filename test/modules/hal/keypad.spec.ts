// The board's keys: a matrix on the chip's pins and one behind a TCA8418, with bounce and ghosts, and the hook switch.
import { assert } from "chai";
import type { DigitalOptions } from "hal/drivers/common/chips";
import { Tca8418 } from "hal/drivers/tca8418/tca8418";
import { HookSwitch } from "hal/esp32s3/hook";
import { BoardKeypad } from "hal/esp32s3/keypad";
import { Keys } from "hal/esp32s3/keys";
import { KeyMatrixScan } from "hal/esp32s3/matrix";
import { ScannedKeys } from "hal/esp32s3/scanner";
import { Key } from "hal/hardware";
import { Contacts } from "../support/contacts.js";
import { FakeClock } from "../support/fakes.js";
import { i2cOf } from "../support/i2c.js";
import { Rig } from "../support/rig.js";
import { FakeTca8418 } from "../support/tca8418.js";
import { FakeTicker } from "../support/ticker.js";

const layout = [
	[1, 2, 3, Key.up],
	[4, 5, 6, Key.down],
	[7, 8, 9, Key.volumeUp],
	[Key.star, 0, Key.pound, -1],
];

class Heard {
	readonly lines: string[] = [];

	key(key: number, pressed: boolean): void {
		this.lines.push(`${pressed ? "+" : "-"}${key}`);
	}

	held(key: number): void {
		this.lines.push(`held ${key}`);
	}

	hook(offHook: boolean): void {
		this.lines.push(offHook ? "off hook" : "on hook");
	}

	take(): string {
		return this.lines.splice(0).join(" ");
	}
}

/** A 4 x 4 matrix on pins. */
class MatrixRig {
	readonly clock = new FakeClock();
	readonly heard = new Heard();
	readonly contacts: Contacts;
	readonly levels = [1, 1, 1, 1];
	readonly ticker: FakeTicker;
	private edge = (): void => undefined;
	private before = 0;

	constructor(diodes = false) {
		this.contacts = new Contacts(4, 4, diodes);
		let ticker: FakeTicker | undefined;
		new KeyMatrixScan({
			matrix: { keys: layout, diodes },
			row: (index) => ({
				write: (level) => {
					this.levels[index] = level;
					this.notice();
				},
			}),
			column: (index, fallen) => {
				this.edge = fallen;
				return { read: () => ((this.low() >> index) & 1) ^ 1 };
			},
			ticker: (callback) => {
				ticker = new FakeTicker(this.clock, callback);
				return ticker;
			},
		}).start(this.heard);
		this.ticker = ticker as unknown as FakeTicker;
		this.clock.advance(100);
	}

	private low(): number {
		return this.contacts.low([0, 1, 2, 3].filter((row) => this.levels[row] === 0));
	}

	/** Falling edges of any column. */
	private notice(): void {
		const now = this.low();
		const fallen = now & ~this.before;
		this.before = now;
		if (fallen !== 0) this.edge();
	}

	set(row: number, column: number, closed: boolean): void {
		this.contacts.set(row, column, closed);
		this.notice();
	}

	/** Presses or releases with bounce for so many milliseconds. */
	bounce(row: number, column: number, closed: boolean, milliseconds = 6): void {
		for (let i = 0; i < milliseconds; i++) {
			this.set(row, column, i % 2 === 0 ? closed : !closed);
			this.clock.advance(1);
		}
		this.set(row, column, closed);
	}
}

describe("keypad: matrix on pins", () => {
	it("tells a key once for all its bounce, down and up", () => {
		const rig = new MatrixRig();
		rig.bounce(1, 1, true, 12);
		rig.clock.advance(40);
		assert.equal(rig.heard.take(), "+5");
		rig.bounce(1, 1, false, 12);
		rig.clock.advance(40);
		assert.equal(rig.heard.take(), "-5");
	});

	it("ignores what is shorter than a finger", () => {
		const rig = new MatrixRig();
		rig.set(0, 0, true);
		rig.clock.advance(12);
		rig.set(0, 0, false);
		rig.clock.advance(100);
		assert.equal(rig.heard.take(), "");
		assert.isFalse(rig.ticker.running);
	});

	it("is still between keys: no timer runs, all rows wait low", () => {
		const rig = new MatrixRig();
		assert.isFalse(rig.ticker.running);
		assert.deepEqual(rig.levels, [0, 0, 0, 0]);
		rig.set(3, 2, true);
		assert.isTrue(rig.ticker.running);
		rig.clock.advance(100);
		rig.set(3, 2, false);
		rig.clock.advance(100);
		assert.equal(rig.heard.take(), `+${Key.pound} -${Key.pound}`);
		assert.isFalse(rig.ticker.running);
		assert.deepEqual(rig.levels, [0, 0, 0, 0]);
	});

	it("hears every pair of keys, in any order of release", () => {
		for (let first = 0; first < 15; first++) {
			for (let second = 0; second < 15; second++) {
				if (first === second) continue;
				const rig = new MatrixRig();
				const at = (index: number): [number, number] => [Math.floor(index / 4), index % 4];
				const name = (index: number): number => layout[at(index)[0]]?.[at(index)[1]] as number;
				rig.set(...at(first), true);
				rig.clock.advance(60);
				rig.set(...at(second), true);
				rig.clock.advance(60);
				rig.set(...at(first), false);
				rig.clock.advance(60);
				rig.set(...at(second), false);
				rig.clock.advance(60);
				assert.equal(rig.heard.take(), `+${name(first)} +${name(second)} -${name(first)} -${name(second)}`);
			}
		}
	});

	it("never tells a ghost: three corners of a rectangle, whichever comes last, whichever goes first", () => {
		const corners: [number, number][] = [
			[0, 0],
			[0, 2],
			[2, 0],
			[2, 2],
		];
		for (let ghost = 0; ghost < 4; ghost++) {
			const pressed = corners.filter((_, index) => index !== ghost);
			for (const order of [
				[0, 1, 2],
				[0, 2, 1],
				[1, 0, 2],
				[1, 2, 0],
				[2, 0, 1],
				[2, 1, 0],
			]) {
				for (let gone = 0; gone < 3; gone++) {
					const rig = new MatrixRig();
					for (const index of order) {
						rig.bounce(...(pressed[index] as [number, number]), true);
						rig.clock.advance(40);
					}
					rig.bounce(...(pressed[gone] as [number, number]), false);
					rig.clock.advance(40);
					for (const corner of pressed) rig.set(...corner, false);
					rig.clock.advance(60);
					const [row, column] = corners[ghost] as [number, number];
					const heard = rig.heard.lines;
					assert.notInclude(heard, `+${layout[row]?.[column]}`);
					const down = heard.filter((line) => line.startsWith("+"));
					assert.lengthOf(down, 2);
					for (const line of down) assert.include(heard, line.replace("+", "-"));
				}
			}
		}
	});

	it("with diodes any number of keys is heard", () => {
		const rig = new MatrixRig(true);
		for (const [row, column] of [
			[0, 0],
			[0, 2],
			[2, 0],
			[2, 2],
		] as const) {
			rig.set(row, column, true);
			rig.clock.advance(30);
		}
		assert.equal(rig.heard.take(), "+1 +3 +7 +9");
	});

	it("after a ghost the keys work as before", () => {
		const rig = new MatrixRig();
		for (const [row, column] of [
			[0, 0],
			[0, 1],
			[1, 1],
		] as const)
			rig.set(row, column, true);
		rig.clock.advance(60);
		for (const [row, column] of [
			[0, 0],
			[0, 1],
			[1, 1],
		] as const)
			rig.set(row, column, false);
		rig.clock.advance(60);
		rig.heard.take();
		rig.set(1, 1, true);
		rig.clock.advance(60);
		assert.equal(rig.heard.take(), "+5");
	});
});

describe("keypad: repeat and hold", () => {
	it("navigation and volume repeat after half a second, others are told once more after one", () => {
		const rig = new MatrixRig();
		rig.set(0, 3, true);
		rig.clock.advance(500);
		assert.equal(rig.heard.take(), `+${Key.up}`);
		rig.clock.advance(170);
		assert.equal(rig.heard.take(), `+${Key.up} +${Key.up}`);
		rig.set(0, 3, false);
		rig.clock.advance(1000);
		assert.equal(rig.heard.take(), `-${Key.up}`);
		rig.set(0, 0, true);
		rig.clock.advance(900);
		assert.equal(rig.heard.take(), "+1");
		rig.clock.advance(3000);
		assert.equal(rig.heard.take(), "held 1");
		rig.set(0, 0, false);
		rig.clock.advance(100);
		assert.equal(rig.heard.take(), "-1");
	});

	it("only the key that went down last", () => {
		const rig = new MatrixRig();
		rig.set(0, 3, true);
		rig.clock.advance(300);
		rig.set(0, 0, true);
		rig.clock.advance(700);
		assert.equal(rig.heard.take(), `+${Key.up} +1`);
	});

	it("a key that stands nowhere, or changes twice, is nothing", () => {
		const keys = new Keys(layout, false);
		const heard = new Heard();
		keys.start(heard);
		keys.change(3, 3, true);
		keys.change(9, 0, true);
		keys.change(0, 0, false);
		assert.equal(heard.take(), "");
		keys.change(0, 0, true);
		keys.change(0, 0, true);
		assert.equal(heard.take(), "+1");
		keys.releaseAll();
		assert.equal(heard.take(), "-1");
		assert.isFalse(keys.waiting);
	});

	it("in the phone: the softkey that takes back a digit takes back all when held", () => {
		const rig = new Rig();
		rig.press("1", "2", "3");
		const index = rig.screen.softkeys.indexOf("<<");
		assert.isAtLeast(index, 0);
		rig.ui.held(Key.softkey1 + index);
		assert.isUndefined(rig.screen.overlay);
		rig.press("4");
		rig.ui.held(4);
		assert.equal(rig.ui.overlays.digits, "4");
	});
});

describe("keypad: TCA8418", () => {
	function make(keys = layout): {
		chip: FakeTca8418;
		heard: Heard;
		clock: FakeClock;
		log: string[];
		scanner: ScannedKeys;
	} {
		const clock = new FakeClock();
		const chip = new FakeTca8418(new Contacts(8, 10));
		const heard = new Heard();
		const log: string[] = [];
		chip.press(0, 0); // before the driver is there
		chip.release(0, 0);
		class Line {
			static readonly InputPullUp = 1;
			static readonly Output = 2;
			static readonly OutputOpenDrain = 3;
			static readonly Rising = 1;
			static readonly Falling = 2;

			constructor({ edge, mode, onReadable, pin }: DigitalOptions) {
				assert.deepEqual([pin, mode, edge], [16, Line.InputPullUp, Line.Falling]);
				if (onReadable !== undefined) chip.fallen = onReadable;
			}

			read(): number {
				return chip.level;
			}

			write(): void {
				throw new Error("the scanner drives the line");
			}
		}
		const scanner = new ScannedKeys({
			driver: Tca8418,
			i2c: i2cOf(chip),
			interrupt: { io: Line, pin: 16 },
			matrix: { keys, diodes: false },
			ticker: (callback) => new FakeTicker(clock, callback),
			log: (line) => log.push(line),
		});
		return { chip, heard, clock, log, scanner };
	}

	it("sets the matrix up, and forgets what was pressed before the phone listens", () => {
		const { chip, heard, scanner } = make();
		chip.configured();
		chip.press(0, 1);
		chip.release(0, 1);
		scanner.start(heard);
		assert.equal(heard.take(), "");
		assert.equal(chip.registers[0x1d], 0x0f);
		assert.equal(chip.registers[0x1e], 0x0f);
		assert.equal(chip.registers[0x1f], 0);
		assert.equal(chip.registers[0x01], 0x19);
	});

	it("uses all eight rows and ten columns", () => {
		const wide = Array.from({ length: 8 }, (_, row) => Array.from({ length: 10 }, (_, column) => (row + column) % 12));
		const { chip, heard, scanner } = make(wide);
		scanner.start(heard);
		assert.equal(chip.registers[0x1d], 0xff);
		assert.equal(chip.registers[0x1e], 0xff);
		assert.equal(chip.registers[0x1f], 0x03);
		chip.press(7, 9);
		assert.equal(heard.take(), "+4");
	});

	it("tells keys in order, also many for one interrupt", () => {
		const { chip, heard, scanner, clock } = make();
		scanner.start(heard);
		chip.press(0, 0);
		chip.release(0, 0);
		assert.equal(heard.take(), "+1 -1");
		chip.deaf = true;
		for (const column of [0, 1, 2]) {
			chip.press(1, column);
			chip.release(1, column);
		}
		chip.press(2, 2);
		chip.deaf = false;
		chip.fallen();
		assert.equal(heard.take(), "+4 -4 +5 -5 +6 -6 +9");
		chip.release(2, 2);
		assert.equal(heard.take(), "-9");
		assert.equal(chip.level, 1);
		assert.equal(clock.pending, 0);
	});

	it("finds events whose edge was lost while a key is down", () => {
		const { chip, heard, scanner, clock } = make();
		scanner.start(heard);
		chip.press(0, 0);
		chip.deaf = true;
		chip.release(0, 0);
		assert.equal(heard.take(), "+1");
		clock.advance(50);
		assert.equal(heard.take(), "-1");
	});

	it("repeats, and the timer rests when the key is up", () => {
		const { chip, heard, scanner, clock } = make();
		scanner.start(heard);
		chip.press(2, 3);
		clock.advance(650);
		assert.equal(heard.take(), `+${Key.volumeUp} +${Key.volumeUp} +${Key.volumeUp}`);
		chip.release(2, 3);
		assert.equal(heard.take(), `-${Key.volumeUp}`);
		assert.equal(clock.pending, 0);
	});

	it("tells no ghost that the chip reports", () => {
		const { chip, heard, scanner } = make();
		scanner.start(heard);
		chip.press(0, 0);
		chip.press(0, 2);
		chip.press(2, 0);
		assert.equal(heard.take(), "+1 +3");
		chip.release(0, 0);
		chip.release(0, 2);
		chip.release(2, 0);
		assert.equal(heard.take(), "-1 -3");
	});

	it("more events than the chip keeps: no key stays down", () => {
		const { chip, heard, scanner } = make();
		scanner.start(heard);
		chip.deaf = true;
		for (let i = 0; i < 6; i++) {
			chip.press(0, i % 3);
			chip.release(0, i % 3);
		}
		chip.press(1, 1);
		chip.deaf = false;
		chip.fallen();
		const down = new Set<string>();
		for (const line of heard.lines.splice(0)) {
			if (line.startsWith("+")) down.add(line.slice(1));
			else down.delete(line.slice(1));
		}
		assert.deepEqual([...down], []);
		chip.release(1, 1);
		chip.press(1, 2);
		assert.equal(heard.take(), "+6");
	});

	it("tries again when the chip does not answer, and says so once", () => {
		const { chip, heard, scanner, clock, log } = make();
		scanner.start(heard);
		chip.broken = true;
		chip.press(0, 0);
		clock.advance(1000);
		assert.lengthOf(log, 1);
		assert.match(log[0] as string, /keypad.*trying again/);
		chip.broken = false;
		clock.advance(50);
		assert.equal(heard.take(), "+1");
		chip.release(0, 0);
		assert.equal(heard.take(), "-1");
		assert.equal(clock.pending, 0);
	});
});

describe("hook switch", () => {
	function make(flash: number, offHook = 0) {
		const clock = new FakeClock();
		const heard = new Heard();
		let level = 1 - offHook;
		let changed = (): void => undefined;
		const hook = new HookSwitch({
			open: (edge) => {
				changed = edge;
				return { read: () => level };
			},
			offHook,
			flash,
			ticker: (callback) => new FakeTicker(clock, callback),
		});
		const keypad = new BoardKeypad(6, 4, undefined, hook);
		keypad.start(heard);
		/** The switch moves, with bounce. */
		const lift = (lifted: boolean): void => {
			for (let i = 0; i < 5; i++) {
				level = lifted === (i % 2 === 0) ? offHook : 1 - offHook;
				changed();
				clock.advance(3);
			}
		};
		return { clock, heard, keypad, lift };
	}

	it("tells each change once, when the switch has stood still", () => {
		for (const offHook of [0, 1]) {
			const { clock, heard, keypad, lift } = make(0, offHook);
			assert.isFalse(keypad.offHook);
			lift(true);
			assert.equal(heard.take(), "");
			clock.advance(20);
			assert.equal(heard.take(), "off hook");
			assert.isTrue(keypad.offHook);
			lift(false);
			clock.advance(20);
			assert.equal(heard.take(), "on hook");
			assert.equal(clock.pending, 0);
		}
	});

	it("a short flash is the Hold key, a long one hangs up", () => {
		const { clock, heard, lift } = make(400);
		lift(true);
		clock.advance(20);
		assert.equal(heard.take(), "off hook");
		lift(false);
		clock.advance(200);
		lift(true);
		clock.advance(20);
		assert.equal(heard.take(), `+${Key.hold} -${Key.hold}`);
		lift(false);
		clock.advance(430);
		assert.equal(heard.take(), "on hook");
		assert.equal(clock.pending, 0);
	});

	it("a bounce within the flash neither ends nor lengthens it for ever", () => {
		const { clock, heard, lift } = make(400);
		lift(true);
		clock.advance(20);
		lift(false);
		clock.advance(200);
		lift(false);
		clock.advance(300);
		assert.equal(heard.take(), "off hook");
		clock.advance(200);
		assert.equal(heard.take(), "on hook");
	});
});
