/*
 * The desk phone: an ESP32-S3-WROOM-1-N16R8 with an ES8388 codec for handset, headset and loudspeaker, an ST7789 display, 40 keys
 * on a TCA8418, 16 LEDs on a PCA9685, and a W5500. README.md says why these parts.
 */
import { Es8388 } from "hal/drivers/es8388/es8388";
import { Pca9685 } from "hal/drivers/pca9685/pca9685";
import { Tca8418 } from "hal/drivers/tca8418/tca8418";
import { type Board, frozen, type Pin } from "hal/esp32s3/board";
import { Key } from "hal/hardware";

const I2C = 0;
const I2S = 0;
/** SPI2 on its IO_MUX pins, the only ones without the GPIO matrix's delay: the W5500 also reads. */
const ETHERNET_SPI = 2;
/** Written to only, so that the delay of the GPIO matrix does not matter. */
const DISPLAY_SPI = 3;

const CODEC = 0x10;
const SCANNER = 0x34;
const LEDS = 0x40;
/** The PCA9685 answers to this one too until its MODE1 says otherwise. */
const LEDS_ALL_CALL = 0x70;

const pins = frozen({
	hook: {
		gpio: 1,
		net: "HOOK",
		function: "input",
		to: ["S41.NC"],
		wakes: true,
	},
	headsetDetect: {
		gpio: 2,
		net: "HEADSET_DETECT",
		function: "input",
		to: ["J3.SWITCH"],
	},
	mclk: {
		gpio: 4,
		net: "I2S_MCLK",
		function: "i2s mclk",
		unit: I2S,
		to: ["U2.MCLK"],
	},
	bclk: {
		gpio: 5,
		net: "I2S_BCLK",
		function: "i2s bclk",
		unit: I2S,
		to: ["U2.SCLK"],
	},
	ws: {
		gpio: 6,
		net: "I2S_WS",
		function: "i2s ws",
		unit: I2S,
		to: ["U2.LRCK"],
	},
	dout: {
		gpio: 7,
		net: "I2S_DOUT",
		function: "i2s dout",
		unit: I2S,
		to: ["U2.DSDIN"],
	},
	din: {
		gpio: 15,
		net: "I2S_DIN",
		function: "i2s din",
		unit: I2S,
		to: ["U2.ASDOUT"],
	},
	amplifier: {
		gpio: 8,
		net: "AMP_ENABLE",
		function: "output",
		to: ["U3.SD"],
	},
	keys: {
		gpio: 16,
		net: "KEYS_INT",
		function: "interrupt",
		to: ["U4.INT"],
		wakes: true,
	},
	sda: {
		gpio: 17,
		net: "I2C_SDA",
		function: "i2c sda",
		unit: I2C,
		to: ["U2.CDATA", "U4.SDA", "U5.SDA"],
	},
	scl: {
		gpio: 18,
		net: "I2C_SCL",
		function: "i2c scl",
		unit: I2C,
		to: ["U2.CCLK", "U4.SCL", "U5.SCL"],
	},
	usbMinus: {
		gpio: 19,
		net: "USB_DM",
		function: "usb d-",
		to: ["J1.DM"],
	},
	usbPlus: {
		gpio: 20,
		net: "USB_DP",
		function: "usb d+",
		to: ["J1.DP"],
	},
	ethernetReset: {
		gpio: 9,
		net: "ETH_RESET",
		function: "output",
		to: ["U6.RSTn"],
	},
	ethernetCs: {
		gpio: 10,
		net: "ETH_CS",
		function: "spi cs",
		unit: ETHERNET_SPI,
		to: ["U6.SCNn"],
	},
	ethernetMosi: {
		gpio: 11,
		net: "ETH_MOSI",
		function: "spi mosi",
		unit: ETHERNET_SPI,
		to: ["U6.MOSI"],
	},
	ethernetClk: {
		gpio: 12,
		net: "ETH_CLK",
		function: "spi clk",
		unit: ETHERNET_SPI,
		to: ["U6.SCLK"],
	},
	ethernetMiso: {
		gpio: 13,
		net: "ETH_MISO",
		function: "spi miso",
		unit: ETHERNET_SPI,
		to: ["U6.MISO"],
	},
	ethernetInterrupt: {
		gpio: 14,
		net: "ETH_INT",
		function: "interrupt",
		to: ["U6.INTn"],
	},
	displayCs: {
		gpio: 21,
		net: "LCD_CS",
		function: "spi cs",
		unit: DISPLAY_SPI,
		to: ["M1.CS"],
	},
	displayDc: {
		gpio: 38,
		net: "LCD_DC",
		function: "output",
		to: ["M1.DC"],
	},
	displayReset: {
		gpio: 39,
		net: "LCD_RESET",
		function: "output",
		to: ["M1.RST"],
	},
	backlight: {
		gpio: 40,
		net: "LCD_BACKLIGHT",
		function: "pwm",
		to: ["M1.BL"],
	},
	displayMosi: {
		gpio: 47,
		net: "LCD_MOSI",
		function: "spi mosi",
		unit: DISPLAY_SPI,
		to: ["M1.DIN"],
	},
	displayClk: {
		gpio: 48,
		net: "LCD_CLK",
		function: "spi clk",
		unit: DISPLAY_SPI,
		to: ["M1.CLK"],
	},
	boot: {
		gpio: 0,
		net: "BOOT",
		function: "input",
		to: ["S42.1"],
		strapping: "the button for flashing, with a pull-up of 10 kilohms: held down at reset it starts the ROM's loader",
	},
	consoleTx: {
		gpio: 43,
		net: "UART_TX",
		function: "uart tx",
		unit: 0,
		to: ["J5.TX"],
	},
	consoleRx: {
		gpio: 44,
		net: "UART_RX",
		function: "uart rx",
		unit: 0,
		to: ["J5.RX"],
	},
} satisfies Record<string, Pin>);

export const board: Board = frozen({
	name: "deskphone",
	title: "Linnet desk phone",
	chip: "ESP32-S3-WROOM-1-N16R8",
	parts: [
		{ id: "U1", part: "ESP32-S3-WROOM-1-N16R8", what: "processor, Wi-Fi" },
		{
			id: "U2",
			part: "ES8388",
			what: "codec",
			i2c: { unit: I2C, addresses: [CODEC] },
		},
		{ id: "U3", part: "PAM8302AADCR", what: "loudspeaker amplifier" },
		{
			id: "U4",
			part: "TCA8418RTWR",
			what: "key scanner",
			i2c: { unit: I2C, addresses: [SCANNER] },
		},
		{
			id: "U5",
			part: "PCA9685PW",
			what: "LED driver",
			i2c: { unit: I2C, addresses: [LEDS, LEDS_ALL_CALL] },
		},
		{ id: "U6", part: "WIZ850io", what: "Ethernet, a W5500 with its socket" },
		{ id: "M1", part: "2.8inch LCD Module", what: "Waveshare's display 320 x 240, ST7789" },
		{ id: "J1", part: "USB4105-GF-A", what: "USB-C, power and flashing" },
		{ id: "J3", part: "SJ-43515TS-SMT-TR", what: "headset socket 3.5 mm" },
		{ id: "J5", part: "TSW-103-07-G-S", what: "serial console" },
		{ id: "S41", part: "SS-01GL", what: "hook switch" },
		{ id: "S42", part: "B3F-1000", what: "button for flashing" },
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
		output: { driver: Es8388, unit: I2C, address: CODEC },
		routes: {
			handset: { input: "left1", output: "left1" },
			headset: { input: "left2", output: "right1" },
			speaker: { input: "right1", output: "left2" },
		},
		amplifier: { gpio: pins.amplifier.gpio, on: 1 },
		headsetDetect: { gpio: pins.headsetDetect.gpio, inserted: 1 },
	},
	display: {
		controller: "st7789",
		width: 320,
		height: 240,
		rotation: 90,
		columnOffset: 0,
		rowOffset: 0,
		inverted: true,
		spi: {
			unit: DISPLAY_SPI,
			hz: 40_000_000,
			clk: pins.displayClk.gpio,
			cs: pins.displayCs.gpio,
			data: [pins.displayMosi.gpio],
			dc: pins.displayDc.gpio,
			reset: pins.displayReset.gpio,
		},
	},
	/** Above what is heard, and slow enough for the module's transistor. */
	backlight: { kind: "pwm", gpio: pins.backlight.gpio, hz: 25_000 },
	keypad: {
		kind: "scanner",
		driver: Tca8418,
		unit: I2C,
		address: SCANNER,
		interrupt: pins.keys.gpio,
		lineKeys: 6,
		softkeys: 4,
		matrix: {
			diodes: false,
			keys: [
				[1, 2, 3, Key.softkey1, Key.line1, Key.up, Key.hold, Key.headset],
				[4, 5, 6, Key.softkey1 + 1, Key.line1 + 1, Key.down, Key.transfer, Key.speaker],
				[7, 8, 9, Key.softkey1 + 2, Key.line1 + 2, Key.left, Key.conference, Key.mute],
				[Key.star, 0, Key.pound, Key.softkey1 + 3, Key.line1 + 3, Key.right, Key.messages, Key.volumeUp],
				[
					Key.services,
					Key.directories,
					Key.settings,
					Key.help,
					Key.line1 + 4,
					Key.select,
					Key.line1 + 5,
					Key.volumeDown,
				],
			],
		},
	},
	hook: { gpio: pins.hook.gpio, offHook: 0 },
	lamps: {
		kind: "leds",
		driver: Pca9685,
		unit: I2C,
		address: LEDS,
		red: [0, 2, 4, 6, 8, 10, -1, -1, 12, -1, -1, 15],
		green: [1, 3, 5, 7, 9, 11, -1, -1, -1, 13, 14, -1],
	},
	ethernet: {
		kind: "w5500",
		unit: ETHERNET_SPI,
		hz: 33_000_000,
		clk: pins.ethernetClk.gpio,
		mosi: pins.ethernetMosi.gpio,
		miso: pins.ethernetMiso.gpio,
		cs: pins.ethernetCs.gpio,
		interrupt: pins.ethernetInterrupt.gpio,
		reset: pins.ethernetReset.gpio,
	},
});
