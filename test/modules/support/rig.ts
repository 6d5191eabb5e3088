// The phone itself, the class of main.ts on fake hardware, registered with a call agent that the spec plays: messages in, keys in; screen,
// lamps and messages out.
import { DeskPhone } from "app/deskphone";
import { type Hardware, Key, Lamp, Registration, type Screen } from "hal/hardware";
import type { Phone } from "phone/phone";
import type { Link } from "sccp/link";
import type { ConsoleDialogue } from "services/console/dialogue";
import type { Ui } from "ui/ui";
import {
	FakeAudio,
	FakeBacklight,
	FakeClock,
	FakeDisplay,
	FakeKeypad,
	FakeLamps,
	FakeNetwork,
	FakePictures,
	type FakeSocket,
	fakeLease,
} from "./fakes.js";
import { FakeFlash } from "./flash.js";
import { FakeUpdate } from "./provisioning.js";
import { FakeStorage } from "./storage.js";

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

/** EnblocCall of a number as {@link Rig.sent} tells of it. @param line is 0 where the version's form has none. */
export function enblocCall(number: string, line = 1, version = 17): string {
	const octets = new Uint8Array(version < 17 ? 24 : version < 19 ? 28 : 32);
	for (let i = 0; i < number.length; i += 1) octets[i] = number.charCodeAt(i);
	if (version >= 17) octets[version < 19 ? 24 : 25] = line;
	const view = new DataView(octets.buffer);
	const words: number[] = [];
	for (let at = 0; at < octets.length; at += 4) words.push(view.getUint32(at, true));
	return `4 ${words.join(" ")}`;
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
	left: Key.left,
	right: Key.right,
	select: Key.select,
	volumeUp: Key.volumeUp,
	volumeDown: Key.volumeDown,
	pageUp: Key.pageUp,
	pageDown: Key.pageDown,
};

const Message = Object.freeze({
	keepAlive: 0x0,
	registerAck: 0x81,
	capabilities: 0x9b,
	reject: 0x9d,
	keepAliveAck: 0x100,
	timeRequest: 0x0d,
	templateRequest: 0x0e,
	template: 0x97,
});
/** Empty answers by the ids of what a phone asks, so that it misses none: id and u32 words. */
const emptyAnswers: Readonly<Record<number, readonly [number, ...number[]]>> = Object.freeze({
	14: [0x97, 0, 0, 0],
	40: [0x108, 0, 0, 0],
	37: [0x109, 0, 0, 0],
	13: [0x94, 0, 0, 0, 0, 0, 0, 0, 0, 0],
});
/** What a phone asks of the buttons that a template lists. */
const buttonQuestions: readonly number[] = Object.freeze([0x09, 0x0a, 0x0b, 0x2d, 0x33, 0x34]);
/** What a phone tells of itself beside what it wants: IpPort, HeadsetStatus, CapabilitiesV3Res, MediaPathEvent, EnhancedAlarm. */
const toldBeside: readonly number[] = Object.freeze([0x02, 0x2b, 0x44, 0x49, 0x15a]);
/** Seconds between keepalives: few specs run so long. */
const keepAliveInterval = 600;
/** Milliseconds after which the phone goes on without an answer, and within which it comes again after a loss. */
const answerTimeout = 2000;

export interface RigOptions {
	readonly lineKeys?: number;
	readonly softkeys?: number;
	/** What the call agent answers for a version, when it is not the phone's; -1 for none, as CallManager 2. */
	readonly acknowledged?: number;
	/** What the call agent says of dates. */
	readonly dateTemplate?: string;
	readonly storage?: FakeStorage;
	readonly flash?: FakeFlash;
	/** Call agents that the phone is given; none has it ask servers, and it is not brought to its registration. */
	readonly callAgents?: readonly string[];
	/** Changes the fakes before the phone is made of them. */
	readonly before?: (rig: Rig) => void;
	/** Whether the phone is started and brought to its registration; true unless it has no call agents. */
	readonly registered?: boolean;
}

export class Rig {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly audio = new FakeAudio();
	readonly display = new FakeDisplay();
	readonly pictures = new FakePictures();
	readonly lamps = new FakeLamps();
	readonly backlight = new FakeBacklight();
	readonly update = new FakeUpdate();
	readonly storage: FakeStorage;
	readonly flash: FakeFlash;
	readonly keypad: FakeKeypad;
	readonly desk: DeskPhone;
	readonly log: string[] = [];
	/** Lines that the phone's page shows. */
	readonly journal: string[] = [];
	/** How often the body was told to start anew. */
	restarts = 0;
	/** Begins a dialogue at the console. */
	talk: () => ConsoleDialogue = () => {
		throw new Error("the phone has no console");
	};
	/** Ends the phone in good order. */
	quit: (done: () => void) => void = () => {};
	readonly #acknowledged: number;
	readonly #dateTemplate: string;
	/** Timers of a registered phone at rest. */
	#atRest = 0;
	#taken = 0;
	/** The button template that it has been sent last, in its parts. */
	readonly #template: Uint8Array[] = [];
	#socket: FakeSocket | undefined = undefined;

	constructor(version = 17, options: RigOptions = {}) {
		const { clock, network, audio, display, lamps, backlight, update } = this;
		const callAgents = options.callAgents ?? ["127.0.0.2:2000"];
		this.#acknowledged = options.acknowledged ?? version;
		this.#dateTemplate = options.dateTemplate ?? "D/M/Y";
		this.storage = options.storage ?? new FakeStorage();
		this.flash = options.flash ?? new FakeFlash();
		this.keypad = new FakeKeypad(options.lineKeys ?? 6, options.softkeys ?? 4);
		network.lease = fakeLease();
		options.before?.(this);
		const hardware: Hardware = {
			defaults: { callAgents, deviceName: "", protocolVersion: version, tftpServers: [] },
			display,
			pictures: this.pictures,
			keypad: this.keypad,
			lamps,
			backlight,
			audio,
			network,
			clock,
			storage: this.storage,
			flash: this.flash,
			update,
			console: {
				open: (begin) => {
					this.talk = () => begin(false) as ConsoleDialogue;
				},
				memory: (figures) => figures.fill(0),
			},
			journal: { add: (line) => this.journal.push(line), line: (index) => this.journal[index] },
			log: (line) => {
				this.log.push(line);
			},
			restart: () => {
				this.restarts += 1;
			},
			onQuit: (quit) => {
				this.quit = quit;
			},
		};
		this.desk = new DeskPhone(hardware);
		// its timer would be in the way of specs that count the others
		this.ui.dimmer.idleTime = 0;
		if (!(options.registered ?? callAgents.length > 0)) return;
		this.desk.start();
		this.register();
		this.take();
		this.log.length = 0;
		audio.calls.length = 0;
		this.#atRest = clock.pending;
	}

	get phone(): Phone {
		return this.desk.phone;
	}

	get ui(): Ui {
		return this.desk.ui;
	}

	get link(): Link {
		return this.desk.link;
	}

	/** Timers beside those of a registered phone at rest, which may have to ask again for labels that its spec does not tell. */
	get timers(): number {
		const asking = Reflect.get(Reflect.get(this.desk.station, "requests"), "timer") === undefined ? 0 : 1;
		return this.clock.pending - this.#atRest - asking;
	}

	/**
	 * The call agent takes the phone in, after a pause where that has lost its connection. What the phone asks is answered with nothing, or
	 * with the template that it has been sent, so that all it knows is what the spec says.
	 */
	register(): void {
		const { clock, network } = this;
		// pauses grow where registrations do not last
		for (let i = 0; i < 40 && this.#socket === network.sockets[network.sockets.length - 1]; i += 1)
			clock.advance(answerTimeout);
		const { socket } = network;
		this.#socket = socket;
		this.#taken = 0;
		socket.heard = (octets) => {
			const id = new DataView(octets.buffer, octets.byteOffset).getUint32(8, true);
			const template = id === Message.templateRequest ? this.#template : [];
			const answer = id === Message.keepAlive ? ([Message.keepAliveAck] as const) : emptyAnswers[id];
			if (answer === undefined) return;
			const [answered, ...words] = answer;
			clock.after(0, () => {
				// with the time the phone is registered: what it has asked for that is no news
				if (id === Message.timeRequest) this.take();
				if (socket.closed) return;
				if (template.length === 0) socket.deliver(build(answered, ...words));
				for (const part of template) socket.deliver(part);
			});
		};
		socket.writable();
		const template = [this.#dateTemplate, 6] as const;
		const versions = this.#acknowledged < 0 ? [] : [60, this.#acknowledged];
		socket.deliver(build(Message.registerAck, keepAliveInterval, template, [" ", 2], ...versions));
		socket.deliver(build(Message.capabilities));
		for (let i = 0; i < 10 && this.desk.station.registration !== Registration.registered; i += 1) {
			this.take();
			clock.advance(answerTimeout);
		}
	}

	/** The connection to the call agent is lost. */
	lose(): void {
		this.network.socket.fail();
	}

	/** The call agent wants the phone no more. */
	reject(text: string): void {
		this.receive(build(Message.reject, [text, 33]));
	}

	get screen(): Screen {
		return this.ui.screen;
	}

	/** Messages arrive from the call agent: captured lines or octets. */
	receive(...messages: readonly (string | Uint8Array)[]): void {
		for (const message of messages) {
			const octets = typeof message === "string" ? octetsOf(message) : message;
			if (octets[8] === Message.template && octets[9] === 0) {
				// a part of one has others before it
				if (octets[12] === 0) this.#template.length = 0;
				this.#template.push(octets);
			}
			this.#link.deliver(octets);
		}
	}

	/** The connection to the call agent: services have others beside it. */
	get #link(): FakeSocket {
		return this.#socket === undefined || this.#socket.closed ? this.network.socket : this.#socket;
	}

	/** What the phone has sent since the last call of this, but for keepalives, what it asks of buttons and what it tells of itself. */
	take(): Sent[] {
		return this.all().filter(({ id }) => !toldBeside.includes(id));
	}

	/** As {@link take}, and with it what the phone tells of itself: ports, paths of sound, headset, alarms. */
	all(): Sent[] {
		const { writes: all } = this.#link;
		const writes = all.slice(this.#taken);
		this.#taken = all.length;
		const sent = writes.map((octets) => {
			const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
			const words: number[] = [];
			for (let at = 12; at + 4 <= octets.length; at += 4) words.push(view.getUint32(at, true));
			return { id: view.getUint32(8, true), words, octets };
		});
		return sent.filter(({ id }) => id !== Message.keepAlive && !buttonQuestions.includes(id));
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

	/** All lines of the list or page that is open, turned over from its first to its last, where it stays. */
	read(): string[] {
		const lines: string[] = [];
		for (let at = -1; this.screen.overlay !== undefined && this.screen.overlay.first !== at; ) {
			at = this.screen.overlay.first;
			this.press("pageUp");
		}
		for (let next = 0; this.screen.overlay !== undefined && lines.length < this.screen.overlay.count; ) {
			const { first, lines: shown } = this.screen.overlay;
			if (first + shown.length <= next) throw new Error(`no way to line ${next + 1} of ${this.screen.overlay.count}`);
			lines.push(...shown.slice(next - first));
			next = first + shown.length;
			this.press("pageDown");
		}
		return lines;
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
