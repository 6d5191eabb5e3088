/*
 * Waveshare ESP32-S3-Touch-AMOLED-2.06: a finished ESP32-S3 with an ES8311 codec, two microphones, loudspeaker and a touch display,
 * as a hands-free phone with its keys on the display. README.md says where these facts come from.
 */
import FT3168 from "embedded:sensor/Touch/FT3168";
import { Es7210 } from "hal/drivers/es7210/es7210";
import { Es8311 } from "hal/drivers/es8311/es8311";
import { type Board, frozen, type Pin } from "hal/esp32s3/board";

const I2C = 0;
const I2S = 0;
const SPI = 2;

const CODEC = 0x18;
const MICROPHONES = 0x40;
const TOUCH = 0x38;

const pins = frozen({
	boot: {
		gpio: 0,
		net: "BOOT",
		function: "input",
		to: ["S1.1"],
		strapping: "the button for flashing: held down at reset it starts the ROM's loader",
	},
	data0: { gpio: 4, net: "LCD_D0", function: "spi d0", unit: SPI, to: ["M1.SDIO0"] },
	data1: { gpio: 5, net: "LCD_D1", function: "spi d1", unit: SPI, to: ["M1.SDIO1"] },
	data2: { gpio: 6, net: "LCD_D2", function: "spi d2", unit: SPI, to: ["M1.SDIO2"] },
	data3: { gpio: 7, net: "LCD_D3", function: "spi d3", unit: SPI, to: ["M1.SDIO3"] },
	displayReset: { gpio: 8, net: "LCD_RESET", function: "output", to: ["M1.RESET"] },
	touchReset: { gpio: 9, net: "TOUCH_RESET", function: "output", to: ["U4.RESET"] },
	displayClk: { gpio: 11, net: "LCD_CLK", function: "spi clk", unit: SPI, to: ["M1.SCLK"] },
	displayCs: { gpio: 12, net: "LCD_CS", function: "spi cs", unit: SPI, to: ["M1.CS"] },
	scl: {
		gpio: 14,
		net: "I2C_SCL",
		function: "i2c scl",
		unit: I2C,
		to: ["U2.SCL", "U3.SCL", "U4.SCL", "U5.SCL", "U6.SCL", "U7.SCL"],
	},
	sda: {
		gpio: 15,
		net: "I2C_SDA",
		function: "i2c sda",
		unit: I2C,
		to: ["U2.SDA", "U3.SDA", "U4.SDA", "U5.SDA", "U6.SDA", "U7.SDA"],
	},
	mclk: { gpio: 16, net: "I2S_MCLK", function: "i2s mclk", unit: I2S, to: ["U2.MCLK", "U3.MCLK"] },
	usbMinus: { gpio: 19, net: "USB_DM", function: "usb d-", to: ["J1.DM"] },
	usbPlus: { gpio: 20, net: "USB_DP", function: "usb d+", to: ["J1.DP"] },
	touch: { gpio: 38, net: "TOUCH_INT", function: "interrupt", to: ["U4.INT"] },
	dout: { gpio: 40, net: "I2S_DOUT", function: "i2s dout", unit: I2S, to: ["U2.DSDIN"] },
	bclk: { gpio: 41, net: "I2S_BCLK", function: "i2s bclk", unit: I2S, to: ["U2.SCLK", "U3.SCLK"] },
	din: { gpio: 42, net: "I2S_DIN", function: "i2s din", unit: I2S, to: ["U3.SDOUT"] },
	ws: {
		gpio: 45,
		net: "I2S_WS",
		function: "i2s ws",
		unit: I2S,
		to: ["U2.LRCK", "U3.LRCK"],
		strapping: "sets the flash's voltage; both codecs only listen there, so the chip's own pull-down keeps it low",
	},
	amplifier: {
		gpio: 46,
		net: "AMP_ENABLE",
		function: "output",
		to: ["U8.EN"],
		strapping: "low at reset by the chip's own pull-down, which is also what keeps the amplifier silent until then",
	},
} satisfies Record<string, Pin>);

export const board: Board = frozen({
	name: "waveshare_amoled_206",
	title: "Waveshare ESP32-S3-Touch-AMOLED-2.06",
	chip: "ESP32-S3R8 (quad flash, octal PSRAM)",
	parts: [
		{ id: "U1", part: "ESP32-S3R8", what: "processor, Wi-Fi" },
		{ id: "U2", part: "ES8311", what: "codec, plays", i2c: { unit: I2C, addresses: [CODEC] } },
		{ id: "U3", part: "ES7210", what: "microphones", i2c: { unit: I2C, addresses: [MICROPHONES] } },
		{ id: "U4", part: "FT3168", what: "touch", i2c: { unit: I2C, addresses: [TOUCH] } },
		{ id: "U5", part: "AXP2101", what: "power", i2c: { unit: I2C, addresses: [0x34] } },
		{ id: "U6", part: "PCF85063", what: "clock, not used", i2c: { unit: I2C, addresses: [0x51] } },
		{ id: "U7", part: "QMI8658", what: "motion, not used", i2c: { unit: I2C, addresses: [0x6b] } },
		{ id: "U8", part: "loudspeaker amplifier", what: "loudspeaker amplifier" },
		{ id: "M1", part: "CO5300", what: "display 410 x 502" },
		{ id: "J1", part: "USB-C", what: "power and flashing" },
		{ id: "S1", part: "BOOT", what: "button for flashing" },
	],
	pins,
	i2c: [{ unit: I2C, data: pins.sda.gpio, clock: pins.scl.gpio, hz: 400_000 }],
	audio: {
		i2s: {
			unit: I2S,
			mclk: pins.mclk.gpio,
			bclk: pins.bclk.gpio,
			ws: pins.ws.gpio,
			dout: pins.dout.gpio,
			din: pins.din.gpio,
		},
		mclkMultiple: 512,
		output: { driver: Es8311, unit: I2C, address: CODEC },
		input: { driver: Es7210, unit: I2C, address: MICROPHONES },
		routes: { speaker: { input: "left1", output: "left1" } },
		amplifier: { gpio: pins.amplifier.gpio, on: 1 },
	},
	display: {
		controller: "co5300",
		width: 410,
		height: 502,
		rotation: 0,
		columnOffset: 22,
		rowOffset: 0,
		inverted: false,
		spi: {
			unit: SPI,
			hz: 40_000_000,
			clk: pins.displayClk.gpio,
			cs: pins.displayCs.gpio,
			data: [pins.data0.gpio, pins.data1.gpio, pins.data2.gpio, pins.data3.gpio],
			reset: pins.displayReset.gpio,
		},
	},
	backlight: { kind: "display" },
	keypad: {
		kind: "touch",
		driver: FT3168,
		unit: I2C,
		address: TOUCH,
		interrupt: pins.touch.gpio,
		reset: pins.touchReset.gpio,
		lineKeys: 4,
		softkeys: 4,
	},
});
