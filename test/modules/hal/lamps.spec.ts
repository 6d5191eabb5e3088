// Lamps by SCCP's modes in time, on an LED driver, and the lights of displays.
import { assert } from "chai";
import { Axp2101, Rail } from "hal/drivers/axp2101/axp2101";
import { Pca9685 } from "hal/drivers/pca9685/pca9685";
import { PwmBacklight, RailBacklight } from "hal/esp32s3/backlight";
import { CadencedLamps } from "hal/esp32s3/lamps";
import { LedLamps } from "hal/esp32s3/leds";
import { Lamp, LampColour, LampMode } from "hal/hardware";
import { FakeClock } from "../support/fakes.js";
import { i2cOf } from "../support/i2c.js";
import { FakePca9685 } from "../support/pca9685.js";
import { FakeTicker } from "../support/ticker.js";

class LampRig {
	readonly clock = new FakeClock();
	readonly shines: boolean[] = [];
	readonly colours: number[] = [];
	changes = 0;
	readonly ticker: FakeTicker;
	readonly lamps: CadencedLamps;

	constructor() {
		let ticker: FakeTicker | undefined;
		this.lamps = new CadencedLamps(
			{
				light: (lamp, shines, colour) => {
					this.shines[lamp] = shines;
					this.colours[lamp] = colour;
					this.changes += 1;
				},
			},
			(callback) => {
				ticker = new FakeTicker(this.clock, callback);
				return ticker;
			},
		);
		this.ticker = ticker as unknown as FakeTicker;
	}

	/** Light and dark of a lamp in turn, in milliseconds, over so long. */
	watch(lamp: number, milliseconds: number): number[] {
		const runs: number[] = [];
		let before = this.shines[lamp];
		let length = 0;
		for (let i = 0; i < milliseconds; i++) {
			this.clock.advance(1);
			length += 1;
			if (this.shines[lamp] !== before) {
				runs.push(length);
				length = 0;
				before = this.shines[lamp];
			}
		}
		return runs;
	}
}

describe("lamps", () => {
	it("have Cisco's cadences", () => {
		for (const [mode, light, dark] of [
			[LampMode.wink, 448, 64],
			[LampMode.flash, 32, 32],
			[LampMode.blink, 512, 512],
		] as const) {
			const rig = new LampRig();
			rig.lamps.set(Lamp.line1, mode, LampColour.green);
			assert.isTrue(rig.shines[Lamp.line1]);
			assert.deepEqual(rig.watch(Lamp.line1, 2 * (light + dark)), [light, dark, light, dark]);
		}
	});

	it("keep their cadences and step beside each other", () => {
		const rig = new LampRig();
		rig.lamps.set(0, LampMode.blink, LampColour.amber);
		rig.lamps.set(1, LampMode.wink, LampColour.green);
		rig.lamps.set(2, LampMode.flash, LampColour.red);
		rig.lamps.set(3, LampMode.wink, LampColour.green);
		const seen: boolean[][] = [];
		for (let time = 0; time < 3072; time++) {
			seen.push(rig.shines.slice(0, 4));
			rig.clock.advance(1);
		}
		for (let time = 0; time < seen.length; time++) {
			assert.equal(seen[time]?.[0], time % 1024 < 512, `blink at ${time}`);
			assert.equal(seen[time]?.[1], time % 512 < 448, `wink at ${time}`);
			assert.equal(seen[time]?.[2], time % 64 < 32, `flash at ${time}`);
			assert.equal(seen[time]?.[3], seen[time]?.[1]);
		}
	});

	it("all shine in a test, both colours of each, and then as they were set meanwhile", () => {
		const rig = new LampRig();
		rig.lamps.test(2000);
		assert.lengthOf(
			rig.shines.filter((shines) => shines),
			Lamp.count,
		);
		assert.isTrue(rig.colours.every((colour) => colour === LampColour.amber));
		rig.lamps.set(0, LampMode.on, LampColour.red);
		rig.lamps.set(1, LampMode.wink, LampColour.green);
		rig.clock.advance(1999);
		assert.lengthOf(
			rig.shines.filter((shines) => shines),
			Lamp.count,
		);
		assert.equal(rig.colours[0], LampColour.amber);
		rig.clock.advance(1);
		assert.deepEqual(
			rig.shines.map((shines, lamp) => (shines ? lamp : -1)).filter((lamp) => lamp >= 0),
			[0, 1],
		);
		assert.equal(rig.colours[0], LampColour.red);
		assert.deepEqual(rig.watch(1, 1024), [448, 64, 448, 64]);
		rig.lamps.set(1, LampMode.off, LampColour.none);
		assert.equal(rig.clock.pending, 0);
	});

	it("cost nothing while none of them moves", () => {
		const rig = new LampRig();
		rig.lamps.set(0, LampMode.on, LampColour.green);
		rig.lamps.set(Lamp.message, LampMode.on, LampColour.red);
		assert.equal(rig.clock.pending, 0);
		rig.lamps.set(0, LampMode.blink, LampColour.amber);
		assert.equal(rig.clock.pending, 1);
		rig.lamps.set(0, LampMode.off, LampColour.none);
		assert.equal(rig.clock.pending, 0);
		assert.isFalse(rig.shines[0]);
		assert.isTrue(rig.shines[Lamp.message]);
	});

	it("set to what they show do nothing; a new colour shows at once", () => {
		const rig = new LampRig();
		rig.lamps.set(0, LampMode.on, LampColour.green);
		const { changes } = rig;
		rig.lamps.set(0, LampMode.on, LampColour.green);
		assert.equal(rig.changes, changes);
		rig.lamps.set(0, LampMode.on, LampColour.red);
		assert.equal(rig.colours[0], LampColour.red);
		rig.lamps.set(99, LampMode.on, LampColour.red);
		rig.lamps.set(1, 77, LampColour.red);
		assert.notEqual(rig.shines[1], true);
	});
});

describe("lamps: PCA9685", () => {
	const red = [0, 2, -1];
	const green = [1, -1, 3];

	function make() {
		const chip = new FakePca9685();
		const waits: number[] = [];
		const driver = new Pca9685({ i2c: i2cOf(chip), wait: (milliseconds) => waits.push(milliseconds) });
		const leds = new LedLamps(driver, { red, green });
		return { chip, leds, waits };
	}

	it("wakes with all LEDs off, at 1 kHz, deaf to the address of all", () => {
		const { chip, waits } = make();
		for (let output = 0; output < 16; output++) assert.equal(chip.shines(output), 0);
		assert.equal(chip.registers[0x00], 0x20);
		assert.approximately(25e6 / (4096 * ((chip.registers[0xfe] as number) + 1)), 1000, 25);
		assert.deepEqual(waits, [1]);
	});

	it("shows colours with what the lamp has", () => {
		const { chip, leds } = make();
		const shown = (): number[] => [0, 1, 2, 3].map((output) => Math.round(100 * chip.shines(output)));
		leds.light(0, true, LampColour.red);
		assert.deepEqual(shown(), [34, 0, 0, 0]);
		leds.light(0, true, LampColour.green);
		assert.deepEqual(shown(), [0, 34, 0, 0]);
		leds.light(0, true, LampColour.amber);
		assert.deepEqual(shown(), [24, 12, 0, 0]);
		leds.light(1, true, LampColour.green);
		leds.light(2, true, LampColour.red);
		assert.deepEqual(shown(), [24, 12, 34, 34]);
		leds.light(0, false, LampColour.amber);
		leds.light(1, false, LampColour.green);
		leds.light(2, false, LampColour.red);
		leds.light(7, true, LampColour.red);
		assert.deepEqual(shown(), [0, 0, 0, 0]);
	});

	it("writes five octets for each LED that changes, and survives a silent bus", () => {
		const { chip, leds } = make();
		chip.writes.length = 0;
		leds.light(2, true, LampColour.green);
		assert.deepEqual(
			chip.writes.map((write) => write.length),
			[5],
		);
		chip.broken = true;
		leds.light(2, false, LampColour.green);
		chip.broken = false;
		leds.light(2, false, LampColour.green);
		assert.equal(chip.shines(3), 0);
	});
});

describe("backlight of the board", () => {
	it("by pulses: off, full, and half the brightness that the eye sees", () => {
		const written: number[] = [];
		const light = new PwmBacklight({ resolution: 10, write: (value) => written.push(value) });
		for (const percent of [100, 50, 0, 150, -5]) light.set(percent);
		assert.deepEqual(written, [0, 1023, 256, 0, 1023, 0]);
	});

	it("by the AXP2101's rail: voltage and switch, other rails left alone", () => {
		const registers = new Uint8Array(256);
		registers[0x90] = 0x3f;
		const chip = {
			write: (source: Uint8Array) => {
				registers[source[0] as number] = source[1] as number;
			},
			writeRead: (source: Uint8Array, target: Uint8Array) => {
				target[0] = registers[source[0] as number] as number;
			},
		};
		const power = new Axp2101({ i2c: i2cOf(chip) });
		const light = new RailBacklight(power, { rail: Rail.dldo1, darkest: 2400, brightest: 3300 });
		const volts = (): number => 0.5 + 0.1 * (registers[0x99] as number);
		light.set(100);
		assert.equal(registers[0x90], 0xbf);
		assert.approximately(volts(), 3.3, 0.01);
		light.set(10);
		assert.approximately(volts(), 2.5, 0.01);
		light.set(0);
		assert.equal(registers[0x90], 0x3f);
		power.setVoltage(Rail.aldo3, 1800);
		assert.equal(registers[0x94], 13);
		power.setVoltage(Rail.aldo3, 9000);
		assert.equal(registers[0x94], 28);
		power.setVoltage(Rail.aldo3, 0);
		assert.equal(registers[0x90], 0x3b);
	});
});
