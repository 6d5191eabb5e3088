// A whole phone without its station, on fake hardware, already registered: messages in, keys in; screen, lamps and messages out.
import { Key, Lamp, type Screen } from "hal/hardware";
import { Limits } from "limits";
import { Phone } from "phone/phone";
import { Stimuli } from "phone/stimuli";
import { phoneHandlers } from "phone/table";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { Ui, type UiOptions } from "ui/ui";
import { FakeAudio, FakeBacklight, FakeClock, FakeDisplay, FakeKeypad, FakeLamps, FakeNetwork } from "./fakes.js";

/** A message that the phone sent: its id and its payload as u32 words. */
export interface Sent {
	id: number;
	words: number[];
	octets: Uint8Array;
}

/** Octets of a captured line: `<` or `>`, then the message without the zeros at its end. */
export function octetsOf(line: string): Uint8Array {
	const hex = line.slice(1);
	const given = Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
	const all = new Uint8Array(8 + new DataView(given.buffer).getUint32(0, true));
	all.set(given);
	return all;
}

/** A message of u32 words and texts; a text takes `[text, size]`, size 0 meaning NUL-ended and unpadded. */
export function build(id: number, ...fields: readonly (number | readonly [string, number])[]): Uint8Array {
	const octets: number[] = [0, 0, 0, 0, 0, 0, 0, 0, id & 255, id >> 8, 0, 0];
	for (const field of fields) {
		if (typeof field === "number") {
			const value = field >>> 0;
			octets.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
			continue;
		}
		const [text, size] = field;
		for (let i = 0; i < (size === 0 ? text.length + 1 : size); i += 1)
			octets.push(i < text.length ? text.charCodeAt(i) : 0);
	}
	const length = octets.length - 8;
	octets[0] = length & 255;
	octets[1] = length >> 8;
	return Uint8Array.from(octets);
}

const named: Record<string, number> = {
	"*": Key.star,
	"#": Key.pound,
	speaker: Key.speaker,
	headset: Key.headset,
	mute: Key.mute,
	hold: Key.hold,
	transfer: Key.transfer,
	conference: Key.conference,
	messages: Key.messages,
	services: Key.services,
	directories: Key.directories,
	settings: Key.settings,
	help: Key.help,
	up: Key.up,
	down: Key.down,
	select: Key.select,
	volumeUp: Key.volumeUp,
	volumeDown: Key.volumeDown,
};

export class Rig {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly audio = new FakeAudio();
	readonly display = new FakeDisplay();
	readonly lamps = new FakeLamps();
	readonly backlight = new FakeBacklight();
	readonly keypad: FakeKeypad;
	readonly link: Link;
	readonly sender: Sender;
	readonly phone: Phone;
	readonly ui: Ui;
	readonly log: string[] = [];
	#taken = 0;

	/** The phone's own time, unknown until a spec sets it. */
	readonly wall = { localSeconds: -1 };

	constructor(
		version = 17,
		options: {
			lineKeys?: number;
			softkeys?: number;
			dateTemplate?: string;
			ui?: (rig: Rig) => Partial<UiOptions>;
		} = {},
	) {
		const { clock, network, audio } = this;
		this.keypad = new FakeKeypad(options.lineKeys ?? 6, options.softkeys ?? 4);
		const log = (line: string): void => {
			this.log.push(line);
		};
		const reader = new Reader(Limits.textPool);
		const dispatch = new Dispatch(log);
		this.link = new Link(network, clock, dispatch, reader);
		this.sender = new Sender(this.link);
		const stimuli = new Stimuli(this.sender);
		stimuli.localAddress = 0x7f000001;
		this.phone = new Phone({ reader, stimuli, audio, clock, lineKeys: this.keypad.lineKeys, log });
		dispatch.attach(this.phone, phoneHandlers);
		this.ui = new Ui({
			phone: this.phone,
			display: this.display,
			keypad: this.keypad,
			lamps: this.lamps,
			backlight: this.backlight,
			clock,
			information: {
				device: "SEP001122334455",
				mac: "001122334455",
				address: "127.0.0.1",
				callAgent: "127.0.0.2:2000",
				protocol: version,
				version: "0.1.0",
			},
			dateTemplate: options.dateTemplate ?? "D/M/Y",
			...options.ui?.(this),
			wall: this.wall,
		});
		this.link.drained = () => this.ui.refresh();
		// its timer would be in the way of specs that count the others
		this.ui.dimmer.idleTime = 0;
		this.ui.start();
		this.link.connect("127.0.0.2", 2000, { linkUp() {}, linkDown() {} });
		network.socket.writable();
		this.link.version = version;
		this.register();
		this.take();
	}

	/** The station has registered. */
	register(): void {
		this.sender.open = true;
		this.phone.start();
		this.ui.setRegistration(3, "");
	}

	get screen(): Screen {
		return this.ui.screen;
	}

	/** Messages arrive from the call agent: captured lines or octets. */
	receive(...messages: readonly (string | Uint8Array)[]): void {
		for (const message of messages)
			this.network.socket.deliver(typeof message === "string" ? octetsOf(message) : message);
	}

	/** What the phone has sent since the last call of this. */
	take(): Sent[] {
		const writes = this.network.socket.writes.slice(this.#taken);
		this.#taken = this.network.socket.writes.length;
		return writes.map((octets) => {
			const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
			const words: number[] = [];
			for (let at = 12; at + 4 <= octets.length; at += 4) words.push(view.getUint32(at, true));
			return { id: view.getUint32(8, true), words, octets };
		});
	}

	/** As {@link take}, each message as 'id word word ...' with the id in hexadecimal. */
	sent(): string[] {
		return this.take().map(({ id, words }) => [id.toString(16), ...words].join(" "));
	}

	/** Presses keys by name: digits, 'speaker', 'line1', 'softkey2', ... */
	press(...keys: readonly string[]): void {
		for (const key of keys) this.keypad.press(keyNumber(key));
	}

	/** Presses the softkey that shows this label. */
	softkey(label: string): void {
		const index = this.screen.softkeys.indexOf(label);
		if (index < 0) throw new Error(`no softkey '${label}' among ${this.screen.softkeys.join(" ")}`);
		this.keypad.press(Key.softkey1 + index);
	}

	/** Rows of the call plane that are in use, as 'state title'. */
	get calls(): string[] {
		return this.screen.calls
			.filter((call) => call.reference !== 0)
			.map((call) => `${call.selected ? "*" : ""}${call.state} ${call.title}`);
	}

	lamp(name: "line1" | "line2" | "message" | "speaker" | "headset" | "mute"): string {
		const number =
			name === "line1" || name === "line2" ? Lamp.line1 + (name === "line1" ? 0 : 1) : (Lamp[name] as number);
		return this.lamps.shown[number] ?? "";
	}
}

function keyNumber(name: string): number {
	if (name.length === 1 && name >= "0" && name <= "9") return Number(name);
	if (name.startsWith("softkey")) return Key.softkey1 + Number(name.slice(7)) - 1;
	if (name.startsWith("line")) return Key.line1 + Number(name.slice(4)) - 1;
	const key = named[name];
	if (key === undefined) throw new Error(`no key '${name}'`);
	return key;
}
