/*
 * The emulated ESP32-S3: Espressif's QEMU has the chip, flash, two UARTs, an Ethernet MAC and a panel, and none of what boards put
 * around it. So it has no pins: keys and hook come, lamps and screen go over the control channel. README.md says where the facts
 * come from.
 */
import { type Board, frozen } from "hal/esp32s3/board";

export const board: Board = frozen({
	name: "emulator",
	title: "Emulated ESP32-S3",
	chip: "ESP32-S3 (emulated)",
	parts: [
		{ id: "U1", part: "qemu-system-xtensa -M esp32s3", what: "processor, Ethernet, panel 320 x 240" },
		{ id: "J1", part: "UART 0", what: "log" },
		{ id: "J2", part: "UART 1", what: "control channel" },
	],
	pins: {},
	i2c: [],
	display: { controller: "qemu", width: 320, height: 240, rotation: 0 },
	backlight: { kind: "control" },
	keypad: { kind: "control", lineKeys: 6, softkeys: 4 },
	lamps: { kind: "control" },
	ethernet: { kind: "openeth" },
	wifi: false,
});
