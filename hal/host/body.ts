/*
 * The phone's body on a PC: a display, keys and lamps at the other end of the control channel, sound from files or
 * descriptors, the system's network. Set up from the command line when the module runs.
 */

import { ControlBacklight, ControlLamps, touchRoom } from "hal/control/display";
import { ControlKeypad } from "hal/control/keypad";
import { ControlWire } from "hal/control/wire";
import { Colour, keyLayout, night, pictureRoomOf, touchLayout } from "hal/display/theme";
import type { Flash, Hardware, Storage } from "hal/hardware";
import { BriefDisplay, BriefSound, untold } from "hal/host/brief";
import { HostClock } from "hal/host/clock";
import { HostConsole } from "hal/host/console";
import { ConsoleSocket } from "hal/host/console-socket";
import { HostDisplay } from "hal/host/display";
import { Ending } from "hal/host/ending";
import { HostFlash } from "hal/host/flash";
import { HeldClock } from "hal/host/held";
import { HostNetwork, hardwareAddress } from "hal/host/network";
import { readOptions } from "hal/host/options";
import { Program, Status } from "hal/host/program";
import { HostSound } from "hal/host/sound";
import { openStorage } from "hal/host/storage";
import { HostUpdate } from "hal/host/update";
import { journal } from "hal/journal/journal";
import { NativePictures } from "hal/pictures/pictures";

const options = readOptions(Program.argument, Program.refuse, Program.pid, hardwareAddress);
const device = options.device === "" ? `SEP${options.mac}` : options.device;
const held = options.held < 0 ? undefined : new HeldClock(options.held * 60);
/** The phone's clock, and that of the program, which goes on whatever the phone's does. */
const clock = held ?? new HostClock();
// where nothing goes by itself, pauses are not spread either: the same each time
if (held !== undefined) Math.random = () => 0.5;
const keypad = new ControlKeypad(options.lineKeys, options.softkeys, clock);
const sound = new (options.brief ? BriefSound : HostSound)(options.rate, options.silent);
const pictureRoom = pictureRoomOf(options.touch ? touchLayout : keyLayout);
const pictures = new NativePictures(pictureRoom, night[Colour.background] ?? 0, false);
const display = new (options.brief ? BriefDisplay : HostDisplay)(pictures, options.touch ? touchRoom : undefined);
const ending = new Ending(new HostClock());
const network = new HostNetwork(options, sound);
const wire = new ControlWire(clock, (remote) => network.localAddress(remote));

function openFolder(folder: string): Storage {
	try {
		return openStorage(folder);
	} catch (error) {
		return Program.refuse(`--storage: ${error instanceof Error ? error.message : error}`);
	}
}

function openFlash(folder: string): Flash {
	try {
		return new HostFlash(folder);
	} catch (error) {
		return Program.refuse(`--storage: ${error instanceof Error ? error.message : error}`);
	}
}

/** A key's file has no dot in its name. */
function takeAbort(folder: string): string {
	return folder === "" ? "" : Program.takeAbort(`${folder}/.abort`);
}

const refused = sound.connect(options.microphone, options.speaker);
if (refused !== "") Program.refuse(refused);
if (options.echoDelay > 0 && !sound.cancelEcho(options.echoDelay))
	Program.refuse("--echo-delay: built without an echo canceller (libspeexdsp-dev, 64 bit)");
sound.setReports(options.rtcp);
if (options.address !== "" && !network.pretend(options.address))
	Program.refuse(`--address takes an IPv4 address without --dhcp, not "${options.address}"`);

export const hardware: Hardware = {
	defaults: {
		callAgents: options.agents,
		deviceName: options.device,
		protocolVersion: options.protocol,
		tftpServers: options.tftpServers,
	},
	display,
	pictures,
	keypad,
	lamps: options.brief ? untold : new ControlLamps(),
	backlight: options.brief ? untold : new ControlBacklight(),
	audio: sound,
	network,
	clock,
	storage: openFolder(options.storage),
	flash: openFlash(options.storage),
	update: new HostUpdate(takeAbort(options.storage)),
	journal,
	wire,
	...(options.console === "" ? {} : { console: new ConsoleSocket(options.console, new HostClock()) }),
	log: Program.log,
	restart(): void {
		Program.log("the phone restarts");
		Program.exit(Status.restart);
	},
	onQuit: (handler) => ending.listen(handler),
};

if (options.control >= 0) {
	const console = new HostConsole(
		{
			keypad,
			sound,
			wire,
			clock,
			engine: Program,
			quit: () => ending.begin(),
			gone: () => {
				Program.log("the control channel has closed: the phone ends");
				ending.begin();
			},
		},
		network,
		display,
		held,
		options.brief,
	);
	if (!console.open(options.control, { pid: Program.pid, device }))
		Program.refuse(`--control: descriptor ${options.control} is not open`);
}
Program.signals(() => ending.begin());
