// The boards' codecs against their registers: power-up in order, clocks, routes, volume, mute, microphone gain.
import { assert } from "chai";
import { Aw88298 } from "hal/drivers/aw88298/aw88298";
import { hasWideRate, type MasterClock, SAMPLE_RATE, WIDE_RATE } from "hal/drivers/common/codec";
import { Es7210 } from "hal/drivers/es7210/es7210";
import { Es8311 } from "hal/drivers/es8311/es8311";
import { Es8388 } from "hal/drivers/es8388/es8388";
import { FakeAw88298, FakeEs7210, FakeEs8311, FakeEs8388 } from "../support/chips.js";
import { i2cOf } from "../support/i2c.js";

const SILENT = Number.NEGATIVE_INFINITY;
const wait = (): void => undefined;

/** Columns of a table: the multiple, then what each register holds with it. */
type Row = readonly [multiple: number, ...values: number[]];

/** Holds a driver's clocks at a rate against a table: the same multiples, and of each these registers, in any order. */
function holdsTable(
	clocks: readonly MasterClock[],
	rate: number,
	registers: readonly number[],
	rows: readonly Row[],
): void {
	const atRate = clocks.filter((clock) => clock.rate === rate);
	assert.deepEqual(
		atRate.map(({ multiple, registers: table }) => {
			const values = new Map<number, number>();
			for (let i = 0; i < table.length; i += 2) values.set(table[i] as number, table[i + 1] as number);
			assert.sameMembers([...values.keys()], registers as number[], `${multiple}`);
			return [multiple, ...registers.map((register) => values.get(register))];
		}),
		rows as unknown as (number | undefined)[][],
	);
}

describe("codec ES8388", () => {
	const terminals = ["left1", "right1", "left2", "right2"] as const;

	function make(mclkMultiple = 256): { chip: FakeEs8388; codec: Es8388 } {
		const chip = new FakeEs8388();
		return { chip, codec: new Es8388({ i2c: i2cOf(chip), mclkMultiple, wait }) };
	}

	it("powers up held, runs last, and is silent both ways", () => {
		const { chip } = make();
		assert.deepEqual(chip.writes[0], [0x00, 0x80]);
		const held = chip.written(0x02);
		assert.isAbove(chip.writes[held]?.[1] as number, 0);
		for (const register of [0x00, 0x01, 0x0c, 0x0d, 0x17, 0x18, 0x27, 0x2a, 0x2b])
			assert.isAbove(chip.written(register, held), held, `register ${register.toString(16)}`);
		assert.deepEqual(chip.writes.at(-1), [0x02, 0x00]);
		for (const terminal of terminals) assert.equal(chip.level(terminal), SILENT);
		assert.isUndefined(chip.recorded);
	});

	it("takes the sample rate from the master clock, at each multiple of single speed", () => {
		// 256 by Espressif's es8388.c, the others by Linux's es8328.c
		const rows: Row[] = [
			[256, 0x02, 0x02],
			[384, 0x03, 0x03],
			[512, 0x04, 0x04],
			[768, 0x06, 0x06],
			[1024, 0x07, 0x07],
		];
		holdsTable(Es8388.clocks, WIDE_RATE, [0x0d, 0x18], rows);
		holdsTable(Es8388.clocks, SAMPLE_RATE, [0x0d, 0x18], [...rows, [1536, 0x0a, 0x0a]]);
		for (const { multiple } of Es8388.clocks.filter(({ rate }) => rate === SAMPLE_RATE))
			assert.deepEqual(make(multiple).chip.rates(multiple * SAMPLE_RATE), [SAMPLE_RATE, SAMPLE_RATE]);
		assert.throws(
			() => make(128),
			"ES8388: no master clock of 128 times the sample rate; possible are 256, 384, 512, 768, 1024, 1536",
		);
	});

	it("turns to 16 kHz and back with the master clock as it is, held meanwhile, and goes on as it was", () => {
		const { chip, codec } = make(512);
		codec.play("left2");
		codec.record("right1");
		codec.setGain(9);
		for (const rate of [WIDE_RATE, SAMPLE_RATE, WIDE_RATE]) {
			chip.writes.length = 0;
			codec.setRate(rate);
			assert.deepEqual(chip.rates(512 * SAMPLE_RATE), [rate, rate]);
			assert.deepEqual(
				chip.writes.map(([register]) => register),
				[0x02, 0x0d, 0x18, 0x02],
			);
			assert.isAbove(chip.writes[0]?.[1] as number, 0, "held");
			assert.equal(chip.level("left2"), 0);
			assert.deepEqual(chip.recorded, { terminal: "right1", gain: 9 });
		}
		assert.isTrue(hasWideRate(Es8388, 512));
	});

	it("has no 16 kHz with a master clock that is too slow for it, and stays as it is", () => {
		const { chip, codec } = make(256);
		assert.isFalse(hasWideRate(Es8388, 256));
		assert.throws(() => codec.setRate(WIDE_RATE), RangeError, "ES8388: no sample rate of 16000 with this master clock");
		assert.deepEqual(chip.rates(256 * SAMPLE_RATE), [SAMPLE_RATE, SAMPLE_RATE]);
		assert.throws(() => codec.setRate(44100), RangeError);
	});

	it("does without its delay-locked loop, and leaves what it has set of itself", () => {
		const { chip } = make();
		const held = [0x35, 0x37, 0x39, 0x0b].map((register) => chip.at(register));
		assert.deepEqual(held, [0xa0, 0xd0, 0xd0, 0x02]);
	});

	it("plays through one terminal, records from one into the left slot", () => {
		const { chip, codec } = make();
		for (const terminal of terminals) {
			codec.play(terminal);
			codec.record(terminal);
			for (const other of terminals) assert.equal(chip.level(other), other === terminal ? 0 : SILENT);
			assert.deepEqual(chip.recorded, { terminal, gain: 0 });
		}
		codec.play(undefined);
		codec.record(undefined);
		for (const terminal of terminals) assert.equal(chip.level(terminal), SILENT);
		assert.isUndefined(chip.recorded);
	});

	it("leads an input to the output of its side past the converters, at the level below what it records", () => {
		const { chip, codec } = make();
		chip.leads = true;
		codec.play("left1");
		codec.record("left1");
		codec.setGain(18);
		assert.isUndefined(chip.past("left1"));
		codec.setSidetone(-24);
		assert.deepEqual(chip.past("left1"), { terminal: "left1", gain: -6 });
		codec.setGain(12);
		assert.deepEqual(chip.past("left1"), { terminal: "left1", gain: -12 });
		for (const decibels of [-27, -30, -40]) {
			codec.setSidetone(decibels);
			assert.deepEqual(chip.past("left1"), { terminal: "left1", gain: -15 });
		}
		codec.setSidetone(0);
		assert.deepEqual(chip.past("left1"), { terminal: "left1", gain: 6 });
		codec.record("left2");
		assert.deepEqual(chip.past("left1"), { terminal: "left2", gain: 6 });
		for (const input of ["right1", "right2"] as const) {
			codec.record(input);
			assert.isUndefined(chip.past("left1"), input);
			assert.isFalse(codec.hasSidetone(input, "left1"));
		}
		codec.play("right1");
		assert.deepEqual(chip.past("right1"), { terminal: "right2", gain: 6 });
		codec.record("right1");
		assert.deepEqual(chip.past("right1"), { terminal: "right1", gain: 6 });
		codec.play("left2");
		codec.record("left2");
		assert.deepEqual(chip.past("left2"), { terminal: "left2", gain: 6 });
		assert.isUndefined(chip.past("right1"));
		codec.setSidetone(undefined);
		assert.isUndefined(chip.past("left2"));
		// what plays is as loud as ever
		assert.equal(chip.level("left2"), 0);
	});

	it("has volume by half a decibel, mute, and gain by three", () => {
		const { chip, codec } = make();
		codec.play("left2");
		codec.record("right1");
		for (const [asked, given] of [
			[0, 0],
			[-0.5, -0.5],
			[-17.3, -17.5],
			[-96, -96],
			[-200, -96],
			[12, 0],
		] as const) {
			codec.setVolume(asked);
			assert.equal(chip.level("left2"), given);
		}
		codec.setVolume(-6);
		codec.mute(true);
		assert.equal(chip.level("left2"), SILENT);
		codec.mute(false);
		assert.equal(chip.level("left2"), -6);
		for (const [asked, given] of [
			[0, 0],
			[20, 21],
			[24, 24],
			[60, 24],
			[-3, 0],
		] as const) {
			codec.setGain(asked);
			assert.equal(chip.recorded?.gain, given);
		}
	});

	it("says when the chip does not answer", () => {
		const chip = new FakeEs8388();
		chip.broken = true;
		assert.throws(() => new Es8388({ i2c: i2cOf(chip), mclkMultiple: 256, wait }), /no answer/);
	});
});

describe("codec ES8311", () => {
	function make(mclkMultiple = 256): { chip: FakeEs8311; codec: Es8311; waits: number[] } {
		const chip = new FakeEs8311();
		const waits: number[] = [];
		const codec = new Es8311({
			i2c: i2cOf(chip),
			mclkMultiple,
			wait: (milliseconds) => waits.push(milliseconds),
		});
		return { chip, codec, waits };
	}

	it("resets, runs once its clocks are set, and is silent both ways", () => {
		const { chip, waits } = make();
		assert.deepEqual(chip.writes.slice(0, 3), [
			[0x44, 0x08],
			[0x44, 0x08],
			[0x00, 0x1f],
		]);
		assert.deepEqual(waits, [20]);
		const running = chip.writes.findIndex(([register, value]) => register === 0 && value === 0x80);
		for (const register of [0x01, 0x02, 0x03, 0x04, 0x05, 0x09, 0x0a]) {
			assert.isBelow(chip.written(register), running);
			assert.isAtLeast(chip.written(register), 0);
		}
		// no ramp, no equalizer; I2C steady and the microphone in both slots
		assert.equal(chip.at(0x37), 0x08);
		assert.equal(chip.at(0x44), 0x08);
		for (const register of [0x0d, 0x0e, 0x12]) assert.isAbove(chip.written(register), running);
		assert.equal(chip.level, SILENT);
		assert.isUndefined(chip.gain);
	});

	it("works inside at 256 times the sample rate, from each master clock of its table", () => {
		// es8311.c of esp_codec_dev
		const registers = [0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08];
		holdsTable(Es8311.clocks, WIDE_RATE, registers, [
			[64, 0x10, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[96, 0x58, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[128, 0x08, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[192, 0x50, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[256, 0x00, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[384, 0x48, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[512, 0x20, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[768, 0x40, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[1024, 0x60, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
		]);
		holdsTable(Es8311.clocks, SAMPLE_RATE, registers, [
			[128, 0x08, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[192, 0x50, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[256, 0x00, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[512, 0x20, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[768, 0x40, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[1024, 0x60, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[1536, 0xa0, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
			[2048, 0xe0, 0x10, 0x20, 0x00, 0x03, 0x00, 0xff],
		]);
		for (const { multiple } of Es8311.clocks.filter(({ rate }) => rate === SAMPLE_RATE)) {
			const { chip, codec } = make(multiple);
			assert.equal(chip.inside(multiple * SAMPLE_RATE), 256 * SAMPLE_RATE, `${multiple}`);
			if (!hasWideRate(Es8311, multiple)) assert.throws(() => codec.setRate(WIDE_RATE), RangeError);
			else {
				codec.setRate(WIDE_RATE);
				assert.equal(chip.inside(multiple * SAMPLE_RATE), 256 * WIDE_RATE, `${multiple}`);
				codec.setRate(SAMPLE_RATE);
			}
			assert.equal(chip.inside(multiple * SAMPLE_RATE), 256 * SAMPLE_RATE, `${multiple}`);
		}
		assert.throws(
			() => make(0),
			"ES8311: no master clock of 0 times the sample rate; possible are 128, 192, 256, 512, 768, 1024, 1536, 2048",
		);
	});

	it("is there though it missed its first write, and is not when it misses all", () => {
		const chip = new FakeEs8311();
		chip.drowsy = true;
		const options = { i2c: i2cOf(chip), mclkMultiple: 256, wait };
		const codec = new Es8311(options);
		codec.play("left1");
		assert.equal(chip.level, 0);
		chip.broken = true;
		assert.throws(() => new Es8311(options), /no answer/);
	});

	it("plays and records on demand, with volume, mute and gain", () => {
		const { chip, codec } = make();
		codec.play("left1");
		codec.record("left1");
		assert.equal(chip.level, 0);
		assert.equal(chip.gain, 0);
		for (const [asked, given] of [
			[-30.2, -30],
			[-500, -95.5],
			[3, 0],
		] as const) {
			codec.setVolume(asked);
			assert.equal(chip.level, given);
		}
		codec.mute(true);
		assert.equal(chip.level, SILENT);
		codec.mute(false);
		assert.equal(chip.level, 0);
		for (const [asked, given] of [
			[10, 9],
			[30, 30],
			[42, 42],
			[100, 72],
		] as const) {
			codec.setGain(asked);
			assert.equal(chip.gain, given);
		}
		codec.play(undefined);
		codec.record(undefined);
		assert.equal(chip.level, SILENT);
		assert.isUndefined(chip.gain);
	});
});

describe("codec ES7210", () => {
	function make(mclkMultiple = 512): { chip: FakeEs7210; codec: Es7210 } {
		const chip = new FakeEs7210();
		return { chip, codec: new Es7210({ i2c: i2cOf(chip), mclkMultiple }) };
	}

	it("resets, is set up and sleeps", () => {
		const { chip } = make();
		assert.deepEqual(chip.writes.slice(0, 2), [
			[0x00, 0xff],
			[0x00, 0x41],
		]);
		assert.isUndefined(chip.gain);
		assert.equal(chip.at(0x01), 0x7f);
	});

	it("takes the master clocks of its table, at which converters and word clock have the sample rate", () => {
		// es7210.c of esp_codec_dev and of esp-bsp, rows of 8 and 16 kHz
		holdsTable(
			Es7210.clocks,
			WIDE_RATE,
			[0x02, 0x07, 0x04, 0x05],
			[
				[256, 0xc1, 0x20, 0x01, 0x00],
				[768, 0xc3, 0x20, 0x03, 0x00],
				[1024, 0x82, 0x20, 0x04, 0x00],
			],
		);
		holdsTable(
			Es7210.clocks,
			SAMPLE_RATE,
			[0x02, 0x07, 0x04, 0x05],
			[
				[512, 0x81, 0x20, 0x02, 0x00],
				[1536, 0x83, 0x20, 0x06, 0x00],
				[2048, 0x84, 0x20, 0x08, 0x00],
				[2400, 0x5e, 0x28, 0x09, 0x60],
			],
		);
		for (const { multiple } of Es7210.clocks.filter(({ rate }) => rate === SAMPLE_RATE)) {
			const { chip, codec } = make(multiple);
			assert.deepEqual(chip.rates(multiple * SAMPLE_RATE), [SAMPLE_RATE, SAMPLE_RATE]);
			if (!hasWideRate(Es7210, multiple)) {
				assert.throws(() => codec.setRate(WIDE_RATE), RangeError);
				continue;
			}
			codec.setRate(WIDE_RATE);
			assert.deepEqual(chip.rates(multiple * SAMPLE_RATE), [WIDE_RATE, WIDE_RATE]);
		}
		assert.isTrue(hasWideRate(Es7210, 512));
		assert.throws(
			() => make(256),
			"ES7210: no master clock of 256 times the sample rate; possible are 512, 1536, 2048, 2400",
		);
	});

	it("clears the doubler's state before it sets the main clock", () => {
		const { chip } = make();
		const main = chip.writes.filter(([register]) => register === 0x02).map(([, value]) => value);
		assert.deepEqual(main, [0xc1, 0x81]);
	});

	it("begins anew at each start, and not in the middle of a recording", () => {
		const { chip, codec } = make();
		codec.record("left1");
		assert.deepEqual(chip.writes.slice(-2), [
			[0x00, 0x71],
			[0x00, 0x41],
		]);
		codec.setGain(30);
		codec.record("left1");
		assert.equal(chip.restarts, 1);
		assert.equal(chip.gain, 30);
		codec.record(undefined);
		codec.record("left1");
		assert.equal(chip.restarts, 2);
		assert.equal(chip.gain, 30);
	});

	it("begins anew at another rate where it records, and at its start where it sleeps", () => {
		const { chip, codec } = make();
		codec.setRate(WIDE_RATE);
		assert.equal(chip.restarts, 0);
		codec.setGain(24);
		codec.record("left1");
		assert.equal(chip.gain, 24);
		codec.setRate(SAMPLE_RATE);
		assert.equal(chip.restarts, 2);
		assert.equal(chip.gain, 24);
	});

	it("starts again in full after a start that the chip did not answer", () => {
		const { chip, codec } = make();
		chip.broken = true;
		assert.throws(() => codec.record("left1"), /no answer/);
		chip.broken = false;
		codec.record("left1");
		assert.equal(chip.gain, 0);
	});

	it("records from the first microphone, with the gain asked for before or meanwhile", () => {
		const { chip, codec } = make();
		codec.setGain(24);
		assert.isUndefined(chip.gain);
		codec.record("left1");
		assert.equal(chip.gain, 24);
		for (const [asked, given] of [
			[0, 0],
			[30, 30],
			[33, 33],
			[34.5, 34.5],
			[35.9, 34.5],
			[37.5, 37.5],
			[90, 37.5],
		] as const) {
			codec.setGain(asked);
			assert.equal(chip.gain, given);
		}
		codec.record(undefined);
		assert.isUndefined(chip.gain);
		assert.throws(() => codec.record("right2"), RangeError);
	});
});

describe("codec AW88298", () => {
	function make(): { chip: FakeAw88298; codec: Aw88298; waits: number[] } {
		const chip = new FakeAw88298();
		const waits: number[] = [];
		const codec = new Aw88298({ i2c: i2cOf(chip), wait: (milliseconds) => waits.push(milliseconds) });
		return { chip, codec, waits };
	}

	it("resets first, takes I2S at 8 kHz in slots of 16 bits, and sleeps", () => {
		const { chip } = make();
		assert.deepEqual(chip.writes[0], [0x00, 0x55aa]);
		assert.deepEqual(chip.format, [SAMPLE_RATE, 16, 16]);
		assert.equal(chip.level, SILENT);
		assert.equal((chip.registers.get(0x04) as number) & 1, 1);
	});

	it("takes I2S at 16 kHz and at 8 again, in whatever it does", () => {
		const { chip, codec } = make();
		codec.play("left1");
		for (const rate of [WIDE_RATE, SAMPLE_RATE, WIDE_RATE]) {
			codec.setRate(rate);
			assert.deepEqual(chip.format, [rate, 16, 16]);
			assert.equal(chip.level, 0);
		}
		assert.equal(chip.registers.get(0x66), 0x1ac3);
		assert.throws(() => codec.setRate(44100), RangeError);
		assert.isTrue(hasWideRate(Aw88298, 512));
	});

	it("follows the bit clock of 8 kHz: one bit of the loop's register, the others as they were", () => {
		assert.equal(make().chip.registers.get(0x66), 0x1ac3);
	});

	it("has power before the amplifier, until the loop has locked, and waits once", () => {
		const { chip, codec, waits } = make();
		chip.writes.length = waits.length = 0;
		codec.play("left1");
		codec.play("left1");
		assert.deepEqual(chip.writes, [
			[0x04, 0x4042],
			[0x04, 0x4040],
		]);
		assert.deepEqual(waits, [2]);
		codec.play(undefined);
		codec.play("left1");
		assert.equal(chip.level, 0);
		assert.deepEqual(waits, [2, 2]);
	});

	it("plays on demand, with volume by half a decibel, and mute", () => {
		const { chip, codec } = make();
		codec.play("left1");
		assert.equal(chip.level, 0);
		for (let down = 0; down <= 95.5; down += 0.5) {
			codec.setVolume(-down);
			assert.equal(chip.level, -down);
		}
		codec.setVolume(-300);
		assert.equal(chip.level, -95.5);
		codec.setVolume(5);
		codec.mute(true);
		assert.equal(chip.level, SILENT);
		codec.mute(false);
		assert.equal(chip.level, 0);
		codec.play(undefined);
		assert.equal(chip.level, SILENT);
	});
});
