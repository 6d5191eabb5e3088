/*
 * The phone's body on the ESP32-S3, over the Moddable SDK. It makes the hardware's objects, so it runs at boot and is not
 * preloaded. Call agents and the like come from the build: `mcconfig ... ssid=NAME password=WORD callAgent=HOST[:PORT],...`.
 */

import device from "embedded:provider/builtin";
import { Audio } from "audio/audio";
import { restart } from "hal/esp32s3/chip";
import { ChipClock } from "hal/esp32s3/clock";
import { ConsoleDisplay, ConsoleLamps, NoBacklight } from "hal/esp32s3/console";
import { HookSwitch } from "hal/esp32s3/hook";
import { BoardKeypad } from "hal/esp32s3/keypad";
import { ChipNetwork } from "hal/esp32s3/network";
import { NvsStorage } from "hal/esp32s3/storage";
import { ChipTicker } from "hal/esp32s3/ticker";
import { UsbUpdate } from "hal/esp32s3/update";
import type { Hardware } from "hal/hardware";
import config from "mc/config";

/** The load that this body is part of. */
const LOAD = "linnet-0.1.0";
/** Declared when the build says nothing else; understood by every call agent in use. */
const PROTOCOL_VERSION = 17;

function log(line: string): void {
	trace(line, "\n");
}

/** What the build was given under `name`, as text; '' when it was not. */
function given(name: string): string {
	return String(config[name] ?? "");
}

const clock = new ChipClock();

export const hardware: Hardware = {
	defaults: {
		callAgents: given("callAgent")
			.split(",")
			.filter((agent) => agent !== ""),
		deviceName: given("deviceName"),
		protocolVersion: Number(given("protocolVersion") || PROTOCOL_VERSION),
		tftpServers: given("tftp")
			.split(",")
			.filter((server) => server !== ""),
	},
	display: new ConsoleDisplay(log),
	keypad: new BoardKeypad(
		0,
		0,
		undefined,
		new HookSwitch({
			open(changed) {
				const { Digital } = device.io;
				return new Digital({
					pin: device.pin.hook as number,
					mode: Digital.InputPullUp,
					edge: Digital.Rising | Digital.Falling,
					onReadable: changed,
				});
			},
			offHook: 0,
			flash: 0,
			ticker: (callback) => new ChipTicker(callback),
		}),
	),
	lamps: new ConsoleLamps(log),
	backlight: new NoBacklight(),
	audio: new Audio(),
	network: new ChipNetwork(),
	clock,
	storage: new NvsStorage(),
	update: new UsbUpdate(LOAD),
	log,
	restart,
	onQuit() {
		// Nothing ends a board in good order: its power goes at once.
	},
};
