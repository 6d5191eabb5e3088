/*
 * Composes the body of a board from its description. It lies in flash: only what it makes is in RAM. Call agents and the like come
 * from the build: `mcconfig ... ssid=NAME password=WORD callAgent=HOST[:PORT],...`.
 */

import Digital from "embedded:io/digital";
import I2C from "embedded:io/i2c";
import PWM from "embedded:io/pwm";
import SMBus from "embedded:io/smbus";
import provider from "embedded:provider/builtin";
import { Audio } from "audio/audio";
import { board } from "board";
import { TouchKeys } from "hal/display/touchkeys";
import { leaveSidetone, listenToRoute, openI2s } from "hal/esp32s3/audio";
import { fillMemory, restart, startReason } from "hal/esp32s3/chip";
import { ChipClock } from "hal/esp32s3/clock";
import { makeNetwork } from "hal/esp32s3/connection";
import { ConsoleDisplay } from "hal/esp32s3/console";
import { ChipFlash } from "hal/esp32s3/flash";
import { hasWideband, Parts, type PartsIo } from "hal/esp32s3/parts";
import { openDisplay, openTouchDisplay } from "hal/esp32s3/screen";
import { SerialLine } from "hal/esp32s3/serial-line";
import { NvsStorage } from "hal/esp32s3/storage";
import { ChipTicker } from "hal/esp32s3/ticker";
import { OtaUpdate } from "hal/esp32s3/update";
import { openLine, readLine, writeLine } from "hal/esp32s3/usbline";
import type { Audio as AudioHardware, Backlight, Hardware } from "hal/hardware";
import { journal } from "hal/journal/journal";
import { load } from "hal/load";
import { noPictures } from "hal/pictures/none";
import config from "mc/config";
import Timer from "timer";

/** Declared when the build says nothing else; understood by every call agent in use. */
const PROTOCOL_VERSION = 17;

const lineIo = Object.freeze({ openLine, readLine, writeLine, fillMemory });

function log(line: string): void {
	trace(line, "\n");
}

/** What the build was given under `name`, as text; '' when it was not. */
function given(name: string): string {
	return String(config[name] ?? "");
}

function makeParts(): Parts {
	return new Parts(board, {
		Digital: Digital as unknown as PartsIo["Digital"],
		I2C: I2C as unknown as PartsIo["I2C"],
		SMBus,
		PWM,
		ticker: (callback) => new ChipTicker(callback),
		wait: (milliseconds) => Timer.delay(milliseconds),
		log,
	});
}

/** The pipeline with the board's codec. Its clocks run before the codec is set up: codecs need them for that. */
function makeAudio(parts: Parts): AudioHardware {
	const audio = new Audio(hasWideband(board));
	if (board.audio === undefined) return audio;
	const { i2s, mclkMultiple } = board.audio;
	if (!openI2s(i2s.unit, i2s.mclk ?? -1, i2s.bclk, i2s.ws, i2s.dout, i2s.din, mclkMultiple)) {
		log("audio: I2S is refused; going on without microphone and loudspeaker");
		return audio;
	}
	const sound = parts.sound();
	if (sound !== undefined) {
		leaveSidetone(sound.sidetones);
		listenToRoute((state) => sound.turn(state));
	}
	return audio;
}

/** What a board's host provider may have besides I/O. */
interface BoardProvider {
	/** Puts the control channel in the place of what the description says is there. */
	readonly control?: (this: void, hardware: Hardware) => Hardware;
}

/** What a person sees and presses; the console shows what a missing display would. */
function makeFace(parts: Parts): Pick<Hardware, "display" | "pictures" | "keypad"> {
	const { kind, lineKeys, softkeys } = board.keypad;
	try {
		if (kind !== "touch") {
			const display = openDisplay();
			return { display, pictures: display.pictures ?? noPictures, keypad: parts.keypad() };
		}
		const display = openTouchDisplay();
		const keypad = new TouchKeys(display, lineKeys, softkeys);
		parts.touch(keypad);
		return { display, pictures: display.pictures ?? noPictures, keypad };
	} catch (error) {
		log(`display: ${error}; going on without`);
		return { display: new ConsoleDisplay(log), pictures: noPictures, keypad: parts.keypad() };
	}
}

/** The light of a display that is its own, as the AMOLED's driver has it. */
const ownLight: Backlight = Object.freeze({
	set(percent: number): void {
		(screen as unknown as { brightness: number }).brightness = percent;
	},
});

/** All of the board's hardware; to be made once. */
export function makeHardware(): Hardware {
	const parts = makeParts();
	const { display, pictures, keypad } = makeFace(parts);
	const clock = new ChipClock();
	const storage = new NvsStorage();
	const line = new SerialLine(lineIo, clock);
	const { control } = provider as BoardProvider;
	const hardware: Hardware = {
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
		display,
		pictures,
		keypad,
		lamps: parts.lamps(),
		backlight: parts.backlight(ownLight),
		audio: makeAudio(parts),
		network: makeNetwork({
			clock,
			storage,
			ssid: given("ssid"),
			password: given("password"),
			deviceName: given("deviceName"),
			line,
			log,
		}),
		clock,
		storage,
		flash: new ChipFlash(log),
		update: new OtaUpdate(load, board.name, given("loadKeys"), startReason()),
		journal,
		console: line,
		log,
		restart,
		onQuit() {
			// Nothing ends a board in good order: its power goes at once.
		},
	};
	return control?.(hardware) ?? hardware;
}
