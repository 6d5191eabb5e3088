import { assert } from "chai";
import { Key } from "../../hal/hardware.js";
import { checkParts } from "../../tools/hardware/parts.js";
import { type ChangeableBoard, changedBoard } from "./support.js";

function complaints(change: (board: ChangeableBoard) => void): string[] {
	return checkParts(changedBoard(change));
}

function matrix(board: ChangeableBoard): { keys: number[][]; diodes: boolean } {
	assert.strictEqual(board.keypad.kind, "scanner");
	return (board.keypad as unknown as { matrix: { keys: number[][]; diodes: boolean } }).matrix;
}

describe("hardware: parts of a board", () => {
	it("finds nothing wrong with the desk phone", () => {
		assert.deepEqual(
			complaints(() => {}),
			[],
		);
	});

	it("refuses two parts with one address on one bus, not on two", () => {
		const clash = (unit: number): string[] =>
			complaints((board) => {
				board.parts.push({ id: "U9", part: "ES7210", what: "microphones", i2c: { unit, addresses: [0x40] } });
			});
		assert.deepEqual(clash(0), ["ES7210 (U9) and PCA9685PW (U5) both have 0x40 on I2C 0"]);
		assert.deepEqual(clash(1), []);
	});

	it("refuses reserved addresses, and descriptions of parts or buses that are not there", () => {
		assert.deepEqual(
			complaints((board) => {
				board.parts.push({ id: "U9", part: "RTC", what: "clock", i2c: { unit: 0, addresses: [0x78] } });
			}),
			["RTC (U9): 0x78 is reserved on I2C"],
		);
		assert.deepEqual(
			complaints((board) => {
				board.audio.output.address = 0x11;
				(board.lamps as { unit: number }).unit = 1;
			}),
			[
				"audio output: no part has 0x11 on I2C 0",
				"lamps is on I2C 1, which is not there",
				"lamps: no part has 0x40 on I2C 1",
			],
		);
	});

	it("refuses nets that go nowhere or to no part, and two nets on one terminal", () => {
		assert.deepEqual(
			complaints((board) => {
				(board.pins.hook as { to: string[] }).to = [];
				(board.pins.mclk as { to: string[] }).to = ["U99.MCLK"];
				(board.pins.bclk as { to: string[] }).to = ["U2.LRCK"];
				board.parts.push({ id: "U2", part: "another", what: "another" });
			}),
			[
				"two parts are called U2",
				"HOOK goes nowhere",
				"I2S_MCLK goes to U99.MCLK, which is no terminal of a part",
				"U2.LRCK is on I2S_BCLK and on I2S_WS",
			],
		);
	});

	it("refuses descriptions that speak of pins which are not there or carry something else", () => {
		assert.deepEqual(
			complaints((board) => {
				(board.hook as { gpio: number }).gpio = 41;
				(board.audio.amplifier as { gpio: number }).gpio = 1;
				board.display.spi.unit = 2;
			}),
			[
				"amplifier is on GPIO 1, which carries input",
				"display's clock is on GPIO 48 of another unit",
				"display's select is on GPIO 21 of another unit",
				"display's data 0 is on GPIO 47 of another unit",
				"hook switch is on GPIO 41, which is not among the pins",
			],
		);
	});

	it("refuses keys mapped twice, missing or unknown", () => {
		assert.deepEqual(
			complaints((board) => {
				(matrix(board).keys[0] as number[])[0] = 2;
			}),
			["key 2 is mapped twice", "key digit 1 (1) is missing"],
		);
		assert.deepEqual(
			complaints((board) => {
				(matrix(board).keys[0] as number[])[0] = 99;
				(matrix(board).keys[0] as number[])[7] = -1;
			}),
			["99 is the number of no key", "key digit 1 (1) is missing", `key headset (${Key.headset}) is missing`],
		);
		assert.deepEqual(
			complaints((board) => {
				board.keypad.softkeys = 5;
				board.keypad.lineKeys = 9;
			}).slice(0, 2),
			["a phone has at most 8 line keys and 5 softkeys", `key softkey 5 (${Key.softkey1 + 4}) is missing`],
		);
	});

	it("refuses a matrix of uneven rows, or larger than its scanner", () => {
		assert.deepEqual(
			complaints((board) => {
				matrix(board).keys[4]?.push(-1);
			}),
			["rows of the key matrix differ in length"],
		);
		assert.deepEqual(
			complaints((board) => {
				for (let i = 0; i < 4; i++) matrix(board).keys.push([-1, -1, -1, -1, -1, -1, -1, -1]);
			}),
			["the keys need 9 x 8, there are 8 x 10"],
		);
	});

	it("refuses LED channels used twice or not there, and line keys without a lamp", () => {
		assert.deepEqual(
			complaints((board) => {
				const lamps = board.lamps as { red: number[]; green: number[] };
				lamps.red[0] = 15;
				lamps.red[1] = 16;
				lamps.red[2] = -1;
				lamps.green[2] = -1;
				lamps.red[8] = -1;
			}),
			[
				"LED channel 16 does not exist",
				"LED channel 15 lights two lamps",
				"line key 3 has no lamp",
				"there is no message light",
			],
		);
		assert.deepEqual(
			complaints((board) => {
				(board.lamps as { green: number[] }).green.pop();
			}),
			["lamps are 12, and 11 are described"],
		);
	});
});
