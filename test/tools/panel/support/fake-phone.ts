/*
 * A phone without a process, for tests of the panel's server: notes what it is told and says what a test wants it to.
 */
import { EventEmitter } from "node:events";
import { Duplex } from "node:stream";
import { Icon, LampColour, LampMode } from "../../../../hal/hardware.js";
import type { RunningPhone } from "../../../../tools/panel/keeper.js";
import type { ShownScreen } from "../../../../tools/panel/page/messages.js";
import type { Statistics } from "../../../../tools/phone/messages.js";

export function makeScreen(number: string): ShownScreen {
	return {
		registration: 3,
		time: "10:04 AM",
		number,
		buttons: [{ label: number, icon: Icon.onHook, lamp: LampMode.off, colour: LampColour.none }],
		calls: [],
		prompt: "Your current options",
		softkeys: ["Redial", "NewCall", "", ""],
		overlay: undefined,
		look: 0,
		volume: -1,
		route: 0,
		volumeName: "",
		signs: 0,
		news: "",
		muted: false,
		messageWaiting: false,
	};
}

export class FakePhone {
	readonly events = new EventEmitter();
	readonly pid: number;
	readonly hello = {
		type: "hello" as const,
		version: 1,
		pid: 0,
		bits: 64,
		device: "SEP024C696E6E01",
		lineKeys: 6,
		softkeys: 4,
	};
	screen: ShownScreen;
	readonly lamps = new Map();
	readonly pictures = new Map();
	exit: undefined;
	/** What it was told, as on the control channel. */
	readonly told: string[] = [];
	/** What its keys are called, by their numbers. */
	names: readonly string[] = [];
	/** Whether it is to tell its messages. */
	watched = false;
	/** How often it was asked for its counters. */
	asked = 0;
	/** Microphone octets that came. */
	microphone = Buffer.alloc(0);
	readonly pcm: Duplex;

	constructor(pid: number, number = "1001") {
		this.pid = pid;
		this.screen = makeScreen(number);
		this.pcm = new Duplex({
			read() {},
			write: (chunk: Buffer, _encoding, done) => {
				this.microphone = Buffer.concat([this.microphone, chunk]);
				done();
			},
		});
	}

	/** As the panel takes it. */
	get running(): RunningPhone {
		return this as unknown as RunningPhone;
	}

	on(event: string, listener: (...args: unknown[]) => void): this {
		this.events.on(event, listener);
		return this;
	}

	key(name: string, direction: string): void {
		this.told.push(`key ${name} ${direction}`);
	}

	async keyNames(): Promise<object> {
		return { type: "names", names: this.names };
	}

	point(x: number, y: number): void {
		this.told.push(`point ${x} ${y}`);
	}

	hook(off: boolean): void {
		this.told.push(off ? "hook off" : "hook on");
	}

	async quit(): Promise<unknown> {
		this.told.push("quit");
		this.end(0, null);
		return { status: 0, signal: null };
	}

	async statistics(): Promise<Statistics> {
		this.asked++;
		return { type: "statistics", streams: [], ticks: 0 };
	}

	watch(on: boolean): void {
		this.watched = on;
	}

	/** Ends it, as a crash would. */
	end(status: number | null, signal: string | null): void {
		this.events.emit("exit", { status, signal });
	}
}
