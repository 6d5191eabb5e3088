/*
 * M5Stack CoreS3: a finished ESP32-S3 with touch display, loudspeaker and two microphones, as a hands-free phone with its keys on
 * the display. README.md says where these facts come from.
 */
import FT6x06 from "embedded:sensor/Touch/FT6x06";
import { Aw88298 } from "hal/drivers/aw88298/aw88298";
import { Axp2101, Rail } from "hal/drivers/axp2101/axp2101";
import { Es7210 } from "hal/drivers/es7210/es7210";
import { type Board, frozen, type Pin } from "hal/esp32s3/board";

/** The bus inside the case; port A (GPIO 1 and 2) is the other one. */
const I2C = 0;
const I2S = 1;
const SPI = 3;

const AMPLIFIER = 0x36;
const MICROPHONES = 0x40;
const TOUCH = 0x38;
const POWER = 0x34;

const pins = frozen({
	mclk: {
		gpio: 0,
		net: "I2S_MCLK",
		function: "i2s mclk",
		unit: I2S,
		to: ["U8.MCLK"],
		strapping: "the ES7210 only listens there; the pull-up and the button for flashing set the level at reset",
	},
	displayCs: {
		gpio: 3,
		net: "LCD_CS",
		function: "spi cs",
		unit: SPI,
		to: ["M1.CS"],
		strapping: "chooses where JTAG comes from and that only when an eFuse says so; free to use after reset",
	},
	scl: {
		gpio: 11,
		net: "I2C_SCL",
		function: "i2c scl",
		unit: I2C,
		to: ["U2.SCL", "U3.SCL", "U4.SCL", "U5.SCL", "U6.SCL", "U7.SCL", "U8.SCL", "U9.SCL", "U10.SCL"],
	},
	sda: {
		gpio: 12,
		net: "I2C_SDA",
		function: "i2c sda",
		unit: I2C,
		to: ["U2.SDA", "U3.SDA", "U4.SDA", "U5.SDA", "U6.SDA", "U7.SDA", "U8.SDA", "U9.SDA", "U10.SDA"],
	},
	dout: { gpio: 13, net: "I2S_DOUT", function: "i2s dout", unit: I2S, to: ["U7.DATAI"] },
	din: { gpio: 14, net: "I2S_DIN", function: "i2s din", unit: I2S, to: ["U8.SDOUT"] },
	usbMinus: { gpio: 19, net: "USB_DM", function: "usb d-", to: ["J1.DM"] },
	usbPlus: { gpio: 20, net: "USB_DP", function: "usb d+", to: ["J1.DP"] },
	/** The expander gathers the interrupts of touch and others. */
	touch: { gpio: 21, net: "I2C_INT", function: "interrupt", to: ["U3.INTN"] },
	ws: { gpio: 33, net: "I2S_WS", function: "i2s ws", unit: I2S, to: ["U7.WCK", "U8.LRCK"] },
	bclk: { gpio: 34, net: "I2S_BCLK", function: "i2s bclk", unit: I2S, to: ["U7.BCK", "U8.SCLK"] },
	/** Also the memory card's data to the chip, which is not used. */
	displayDc: { gpio: 35, net: "LCD_DC", function: "output", to: ["M1.DC"] },
	displayClk: { gpio: 36, net: "LCD_CLK", function: "spi clk", unit: SPI, to: ["M1.CLK"] },
	displayMosi: { gpio: 37, net: "LCD_MOSI", function: "spi mosi", unit: SPI, to: ["M1.MOSI"] },
} satisfies Record<string, Pin>);

export const board: Board = frozen({
	name: "m5stack_cores3",
	title: "M5Stack CoreS3",
	chip: "ESP32-S3 (quad flash, quad PSRAM)",
	parts: [
		{ id: "U1", part: "ESP32-S3FN16", what: "processor, Wi-Fi" },
		{ id: "U2", part: "AXP2101", what: "power, backlight", i2c: { unit: I2C, addresses: [POWER] } },
		{ id: "U3", part: "AW9523B", what: "resets, interrupts", i2c: { unit: I2C, addresses: [0x58] } },
		{ id: "U4", part: "FT6336U", what: "touch", i2c: { unit: I2C, addresses: [TOUCH] } },
		{ id: "U5", part: "BM8563", what: "clock, not used", i2c: { unit: I2C, addresses: [0x51] } },
		{ id: "U6", part: "BMI270", what: "motion, not used", i2c: { unit: I2C, addresses: [0x69] } },
		{ id: "U7", part: "AW88298", what: "loudspeaker amplifier", i2c: { unit: I2C, addresses: [AMPLIFIER] } },
		{ id: "U8", part: "ES7210", what: "microphones", i2c: { unit: I2C, addresses: [MICROPHONES] } },
		{ id: "U9", part: "GC0308", what: "camera, not used", i2c: { unit: I2C, addresses: [0x21] } },
		{ id: "U10", part: "LTR-553ALS", what: "light, not used", i2c: { unit: I2C, addresses: [0x23] } },
		{ id: "M1", part: "ILI9342C", what: "display 320 x 240" },
		{ id: "J1", part: "USB-C", what: "power and flashing" },
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
		output: { driver: Aw88298, unit: I2C, address: AMPLIFIER },
		input: { driver: Es7210, unit: I2C, address: MICROPHONES },
		routes: { speaker: { input: "left1", output: "left1" } },
	},
	display: {
		controller: "ili9341",
		width: 320,
		height: 240,
		rotation: 0,
		columnOffset: 0,
		rowOffset: 0,
		inverted: true,
		spi: {
			unit: SPI,
			hz: 40_000_000,
			clk: pins.displayClk.gpio,
			cs: pins.displayCs.gpio,
			data: [pins.displayMosi.gpio],
			dc: pins.displayDc.gpio,
		},
	},
	backlight: {
		kind: "rail",
		driver: Axp2101,
		rail: Rail.dldo1,
		darkest: 2400,
		brightest: 3300,
		unit: I2C,
		address: POWER,
	},
	keypad: {
		kind: "touch",
		driver: FT6x06,
		configuration: { threshold: 20 },
		unit: I2C,
		address: TOUCH,
		interrupt: pins.touch.gpio,
		lineKeys: 4,
		softkeys: 4,
	},
});
