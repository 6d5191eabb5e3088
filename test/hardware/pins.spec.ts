import { assert } from "chai";
import type { Pin } from "../../hal/esp32s3/board.js";
import { checkPins } from "../../tools/hardware/pins.js";
import { type ChangeableBoard, changedBoard } from "./support.js";

function complaints(change: (board: ChangeableBoard) => void): string[] {
	return checkPins(changedBoard(change));
}

/** Adds a pin to a board on which nothing else is wrong. */
function withPin(pin: Partial<Pin> & { gpio: number }): string[] {
	return complaints((board) => {
		board.pins.extra = {
			net: "EXTRA",
			function: "output",
			to: ["U3.SD"],
			...pin,
		} as ChangeableBoard["pins"][string];
	});
}

function pin(board: ChangeableBoard, name: string): ChangeableBoard["pins"][string] {
	const found = board.pins[name];
	assert.isDefined(found, name);
	return found as ChangeableBoard["pins"][string];
}

describe("hardware: pins of a board", () => {
	it("finds nothing wrong with the desk phone, nor with a free pin taken besides", () => {
		assert.deepEqual(
			complaints(() => {}),
			[],
		);
		assert.deepEqual(withPin({ gpio: 41 }), []);
	});

	it("refuses a GPIO or a net used twice", () => {
		assert.deepEqual(withPin({ gpio: 1 }), ["GPIO 1 is used twice"]);
		assert.deepEqual(withPin({ gpio: 41, net: "HOOK" }), ["net HOOK is used twice"]);
	});

	it("refuses GPIOs that the chip does not have", () => {
		for (const gpio of [22, 25, 49, -1, 4.5]) {
			assert.deepEqual(withPin({ gpio }), [`GPIO ${gpio} (EXTRA) does not exist on an ESP32-S3`]);
		}
	});

	it("refuses the flash's pins on all modules, and the octal PSRAM's where there is one", () => {
		assert.deepEqual(withPin({ gpio: 26 }), ["GPIO 26 (EXTRA) belongs to the flash (ESP32-S3-WROOM-1-N16R8)"]);
		assert.deepEqual(withPin({ gpio: 32 }), ["GPIO 32 (EXTRA) belongs to the flash (ESP32-S3-WROOM-1-N16R8)"]);
		for (const gpio of [33, 35, 37]) {
			assert.deepEqual(withPin({ gpio }), [`GPIO ${gpio} (EXTRA) belongs to the octal PSRAM (ESP32-S3-WROOM-1-N16R8)`]);
		}
	});

	it("knows what each kind of chip leaves free", () => {
		const on = (chip: ChangeableBoard["chip"], gpio: number): string[] =>
			complaints((board) => {
				board.chip = chip;
				board.pins.extra = { gpio, net: "EXTRA", function: "output", to: ["U3.SD"] };
			});
		assert.deepEqual(on("ESP32-S3-WROOM-1-N16", 35), []);
		assert.deepEqual(on("ESP32-S3-WROOM-1-N16", 33), [
			"GPIO 33 (EXTRA) is not brought out of an ESP32-S3-WROOM-1 (ESP32-S3-WROOM-1-N16)",
		]);
		assert.deepEqual(on("ESP32-S3 (quad flash, quad PSRAM)", 33), []);
		assert.lengthOf(on("ESP32-S3R8 (quad flash, octal PSRAM)", 37), 1);
	});

	it("refuses strapping pins without a reason, and a reason elsewhere", () => {
		for (const gpio of [3, 45, 46]) {
			assert.match(withPin({ gpio })[0] ?? "", new RegExp(`^GPIO ${gpio} \\(EXTRA\\) decides at reset: `));
			assert.deepEqual(withPin({ gpio, strapping: "the codec only listens" }), []);
		}
		assert.match(withPin({ gpio: 46, strapping: "" })[0] ?? "", /decides at reset/);
		assert.deepEqual(withPin({ gpio: 41, strapping: "why not" }), ["GPIO 41 (EXTRA) is no strapping pin"]);
	});

	it("refuses USB's pins for anything else, and USB on other pins", () => {
		assert.deepEqual(
			complaints((board) => {
				pin(board, "usbMinus").function = "output";
				pin(board, "usbPlus").gpio = 41;
			}),
			["GPIO 19 (USB_DM) is the USB's d- and carries output", "GPIO 41 (USB_DP) has no USB: that is GPIO 19 and 20"],
		);
	});

	it("refuses functions that a pin cannot have", () => {
		assert.deepEqual(withPin({ gpio: 41, function: "adc" }), ["GPIO 41 (EXTRA) has no converter"]);
		assert.deepEqual(
			complaints((board) => {
				pin(board, "consoleTx").gpio = 11;
				pin(board, "ethernetMosi").gpio = 41;
				Object.assign(pin(board, "consoleTx"), { function: "adc", unit: undefined });
			}).filter((text) => text.startsWith("GPIO 11")),
			["GPIO 11 (UART_TX) has converter unit 2, which Wi-Fi takes for itself"],
		);
		assert.deepEqual(
			complaints((board) => {
				pin(board, "hook").gpio = 42;
			}),
			["GPIO 42 (HOOK) cannot wake the chip: only GPIO 0-21 can"],
		);
	});

	it("refuses units that are not there, and units where there are none", () => {
		assert.include(
			withPin({ gpio: 41, function: "i2c sda", unit: 2 }),
			"GPIO 41 (EXTRA) names i2c unit 2; there are 0 and 1",
		);
		assert.include(
			withPin({ gpio: 41, function: "spi clk", unit: 1 }),
			"GPIO 41 (EXTRA) names spi unit 1; there are 2 and 3",
		);
		assert.include(
			withPin({ gpio: 41, function: "i2s din" }),
			"GPIO 41 (EXTRA) names i2s unit none; there are 0 and 1",
		);
		assert.deepEqual(withPin({ gpio: 41, unit: 1 }), ["GPIO 41 (EXTRA) names a unit, but output has none"]);
	});

	it("refuses a signal of a unit twice, a unit without what it needs, too many chip selects", () => {
		assert.deepEqual(withPin({ gpio: 41, function: "i2s bclk", unit: 0 }), ["I2S 0 has i2s bclk twice"]);
		assert.deepEqual(withPin({ gpio: 41, function: "i2c sda", unit: 1 }), ["I2C 1 lacks i2c scl"]);
		assert.deepEqual(
			complaints((board) => {
				[41, 42, 45].forEach((gpio, i) => {
					board.pins[`cs${i}`] = { gpio, net: `CS${i}`, function: "spi cs", unit: 3, to: ["M1.CS"] };
				});
				pin(board, "cs2").strapping = "pulled down";
			}),
			["SPI 3 has 3 chip selects, not 4"],
		);
	});

	it("counts channels of the LED controller", () => {
		assert.deepEqual(
			complaints((board) => {
				for (const name of Object.keys(board.pins).filter((key) => pin(board, key).function === "output")) {
					pin(board, name).function = "pwm";
				}
				for (const [i, gpio] of [41, 42].entries()) {
					board.pins[`pwm${i}`] = { gpio, net: `PWM${i}`, function: "pwm", to: ["M1.BL"] };
				}
				pin(board, "hook").function = "pwm";
				pin(board, "headsetDetect").function = "pwm";
			}),
			["the LED controller has 8 channels, not 9"],
		);
	});

	it("wants SPI2's own pins above the GPIO matrix's speed", () => {
		assert.deepEqual(
			complaints((board) => {
				(board.ethernet as { hz: number }).hz = 80_000_000;
			}),
			[],
		);
		assert.lengthOf(
			complaints((board) => {
				board.display.spi.hz = 80_000_000;
			}),
			3,
		);
	});
});
