/*
 * Espressif ESP32-S3-BOX-3: a finished ESP32-S3 with touch display, an ES8311 codec with loudspeaker and two microphones, as a
 * hands-free phone with its keys on the display. README.md says where these facts come from.
 */
import GT911 from "embedded:sensor/Touch/GT911";
import { Es7210 } from "hal/drivers/es7210/es7210";
import { Es8311 } from "hal/drivers/es8311/es8311";
import { type Board, frozen, type Pin } from "hal/esp32s3/board";

/** The bus inside the case; the dock has one of its own. */
const I2C = 0;
const I2S = 0;
const SPI = 3;

const CODEC = 0x18;
const MICROPHONES = 0x40;
/** Either, as the interrupt line happened to be at the controller's reset. */
const TOUCH = 0x5d;
const TOUCH_OTHERWISE = 0x14;

const pins = frozen({
	boot: {
		gpio: 0,
		net: "BOOT",
		function: "input",
		to: ["S1.1"],
		strapping: "the button for flashing: held down at reset it starts the ROM's loader",
	},
	mclk: { gpio: 2, net: "I2S_MCLK", function: "i2s mclk", unit: I2S, to: ["U2.MCLK", "U3.MCLK"] },
	touch: {
		gpio: 3,
		net: "TOUCH_INT",
		function: "interrupt",
		to: ["U4.INT"],
		strapping: "chooses where JTAG comes from and that only when an eFuse says so; free to use after reset",
	},
	displayDc: { gpio: 4, net: "LCD_DC", function: "output", to: ["M1.DC"] },
	displayCs: { gpio: 5, net: "LCD_CS", function: "spi cs", unit: SPI, to: ["M1.CS"] },
	displayMosi: { gpio: 6, net: "LCD_MOSI", function: "spi mosi", unit: SPI, to: ["M1.MOSI"] },
	displayClk: { gpio: 7, net: "LCD_CLK", function: "spi clk", unit: SPI, to: ["M1.CLK"] },
	sda: {
		gpio: 8,
		net: "I2C_SDA",
		function: "i2c sda",
		unit: I2C,
		to: ["U2.SDA", "U3.SDA", "U4.SDA", "U5.SDA"],
	},
	dout: { gpio: 15, net: "I2S_DOUT", function: "i2s dout", unit: I2S, to: ["U2.DSDIN"] },
	din: { gpio: 16, net: "I2S_DIN", function: "i2s din", unit: I2S, to: ["U3.SDOUT"] },
	bclk: { gpio: 17, net: "I2S_BCLK", function: "i2s bclk", unit: I2S, to: ["U2.SCLK", "U3.SCLK"] },
	scl: {
		gpio: 18,
		net: "I2C_SCL",
		function: "i2c scl",
		unit: I2C,
		to: ["U2.SCL", "U3.SCL", "U4.SCL", "U5.SCL"],
	},
	usbMinus: { gpio: 19, net: "USB_DM", function: "usb d-", to: ["J1.DM"] },
	usbPlus: { gpio: 20, net: "USB_DP", function: "usb d+", to: ["J1.DP"] },
	ws: {
		gpio: 45,
		net: "I2S_WS",
		function: "i2s ws",
		unit: I2S,
		to: ["U2.LRCK", "U3.LRCK"],
		strapping: "sets the flash's voltage, which this module has in its eFuses instead; both codecs only listen there",
	},
	amplifier: {
		gpio: 46,
		net: "AMP_ENABLE",
		function: "output",
		to: ["U6.EN"],
		strapping: "low at reset by the chip's own pull-down, which is also what keeps the amplifier silent until then",
	},
	backlight: { gpio: 47, net: "LCD_LIGHT", function: "pwm", to: ["M1.LED"] },
	/** High resets display and touch; setup-target.ts does it, since the SDK's driver of the display would with low. */
	reset: { gpio: 48, net: "LCD_RESET", function: "output", to: ["M1.RESET", "U4.RESET"] },
} satisfies Record<string, Pin>);

export const board: Board = frozen({
	name: "esp32_s3_box_3",
	title: "Espressif ESP32-S3-BOX-3",
	chip: "ESP32-S3-WROOM-1-N16R16V",
	parts: [
		{ id: "U1", part: "ESP32-S3-WROOM-1-N16R16V", what: "processor, Wi-Fi" },
		{ id: "U2", part: "ES8311", what: "codec, plays", i2c: { unit: I2C, addresses: [CODEC] } },
		{ id: "U3", part: "ES7210", what: "microphones", i2c: { unit: I2C, addresses: [MICROPHONES] } },
		{ id: "U4", part: "GT911", what: "touch", i2c: { unit: I2C, addresses: [TOUCH, TOUCH_OTHERWISE] } },
		{ id: "U5", part: "ICM-42607", what: "motion, not used", i2c: { unit: I2C, addresses: [0x68] } },
		{ id: "U6", part: "loudspeaker amplifier", what: "loudspeaker amplifier" },
		{ id: "M1", part: "ILI9342C", what: "display 320 x 240" },
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
		controller: "ili9341",
		width: 320,
		height: 240,
		rotation: 0,
		columnOffset: 0,
		rowOffset: 0,
		inverted: false,
		spi: {
			unit: SPI,
			hz: 40_000_000,
			clk: pins.displayClk.gpio,
			cs: pins.displayCs.gpio,
			data: [pins.displayMosi.gpio],
			dc: pins.displayDc.gpio,
		},
	},
	backlight: { kind: "pwm", gpio: pins.backlight.gpio, hz: 5000 },
	keypad: {
		kind: "touch",
		driver: GT911,
		unit: I2C,
		address: TOUCH,
		otherAddress: TOUCH_OTHERWISE,
		interrupt: pins.touch.gpio,
		lineKeys: 4,
		softkeys: 4,
	},
});
