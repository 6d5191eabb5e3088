/*
 * Keeps one phone's process up: starts it, starts it again when it ends, and holds what outlives it, as a real phone's
 * shell does: where the handset lies, and what was shown last.
 */
import { EventEmitter } from "node:events";
import { LampColour, LampMode, Lamp as Lamps } from "../../hal/hardware.js";
import type { PhoneProcess } from "../phone/phone.js";
import { Insight } from "./insight.js";
import {
	type Board,
	frameSamples,
	type LampState,
	type PhoneState,
	type PlacedPicture,
	type ShownScreen,
} from "./page/messages.js";

/** The part of a PhoneProcess that the panel uses. */
export type RunningPhone = Pick<
	PhoneProcess,
	| "hello"
	| "screen"
	| "lamps"
	| "pictures"
	| "pcm"
	| "pid"
	| "exit"
	| "on"
	| "key"
	| "keyNames"
	| "hook"
	| "point"
	| "quit"
	| "statistics"
	| "watch"
>;

interface KeeperEvents {
	/** Started or ended: look at `state`. */
	state: [];
	screen: [ShownScreen];
	lamp: [number: number, LampState];
	picture: [PlacedPicture];
	names: [string[]];
	hook: [off: boolean];
	/** 10 ms of sound: `frameSamples` samples, signed 16-bit little-endian. */
	sound: [Buffer];
}

const frameOctets = frameSamples * 2;
const shortestWait = 250;
const longestWait = 8000;
/** A process that ran for so long did not fail at its start. */
const healthyTime = 10_000;
/** The status with which a phone asks to be started again (SCCP Reset). */
const restartStatus = 5;
/** Milliseconds at least from one question for the names of keys to the next: they change with the user's language alone. */
const namesEvery = 1000;
/** Microphone octets that may wait for the phone: 100 ms. */
const microphoneBacklog = 10 * frameOctets;

const lampsOff = (): LampState[] =>
	Array.from({ length: Lamps.count }, () => ({ mode: LampMode.off, colour: LampColour.none }));

export class PhoneKeeper extends EventEmitter<KeeperEvents> {
	readonly state: PhoneState;
	/** Its messages and its sound, for who looks. */
	readonly insight = new Insight();
	readonly #start: (board: Board) => Promise<RunningPhone>;
	readonly #log: (line: string) => void;
	#phone: RunningPhone | undefined;
	#wait = shortestWait;
	#timer: NodeJS.Timeout | undefined;
	#closing = false;
	/** It ends because it is to be another board. */
	#turning = false;
	#namesTimer: NodeJS.Timeout | undefined;
	#starting: Promise<void> = Promise.resolve();

	/**
	 * @param device name of the phone
	 * @param start starts its process
	 * @param log takes a line for the person at the console
	 * @param board what it is at first
	 */
	constructor(
		device: string,
		start: (board: Board) => Promise<RunningPhone>,
		log: (line: string) => void,
		board: Board = "desk",
	) {
		super();
		this.#start = start;
		this.#log = log;
		this.state = {
			device,
			board,
			running: false,
			note: "",
			pid: 0,
			lineKeys: 6,
			softkeys: 4,
			screen: null,
			lamps: lampsOff(),
			pictures: [],
			names: [],
			offHook: false,
		};
	}

	/** Starts the process; goes on trying when that fails. Resolves after the first try. */
	start(): Promise<void> {
		this.#starting = this.#launch();
		return this.#starting;
	}

	/** Presses or releases a key by its name on the control channel. */
	key(name: string, pressed: boolean): void {
		this.#phone?.key(name, pressed ? "down" : "up");
	}

	/** Moves the handset; it stays where it is when the phone starts anew. */
	hook(off: boolean): void {
		if (off === this.state.offHook) return;
		this.state.offHook = off;
		this.#phone?.hook(off);
		this.emit("hook", off);
	}

	/** Has the phone be another board: its process ends in good order and starts as that. A board to touch has no handset. */
	use(board: Board): void {
		const { state } = this;
		if (board === state.board || this.#closing) return;
		state.board = board;
		state.offHook = false;
		this.emit("state");
		// one that is about to start does so as the new board
		if (this.#phone === undefined || this.#turning) return;
		this.#turning = true;
		void this.#phone.quit();
	}

	/** A finger on the picture of a service, in pixels of its file. */
	point(x: number, y: number): void {
		this.#phone?.point(x, y);
	}

	/** Microphone sound for the phone; dropped when the phone does not take it in time. */
	microphone(samples: Buffer): void {
		const pcm = this.#phone?.pcm;
		if (!pcm?.writable || pcm.writableLength >= microphoneBacklog) return;
		pcm.write(samples);
		this.insight.spoken(samples);
	}

	/** Ends the phone for good. */
	async stop(): Promise<void> {
		this.#closing = true;
		clearTimeout(this.#timer);
		clearTimeout(this.#namesTimer);
		this.insight.close();
		await this.#starting;
		await this.#phone?.quit();
	}

	async #launch(): Promise<void> {
		const began = Date.now();
		const { board } = this.state;
		let phone: RunningPhone;
		try {
			phone = await this.#start(board);
		} catch (error) {
			const why = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
			this.#again(why.replace(`${this.state.device}: `, ""));
			return;
		}
		this.#phone = phone;
		phone.on("screen", (screen) => {
			this.state.screen = screen;
			this.emit("screen", screen);
			this.#askNames(namesEvery);
		});
		phone.on("lamp", ({ lamp, mode, colour }) => this.#lamp(lamp, { mode, colour }));
		phone.on("picture", (picture) => {
			this.state.pictures = [...phone.pictures.values()];
			this.emit("picture", picture);
		});
		phone.on("exit", ({ status, signal }) => {
			this.#phone = undefined;
			this.insight.ended();
			if (this.#closing) return;
			if (this.#turning) {
				this.#turning = false;
				this.#gone("it becomes another board");
				void this.start();
				return;
			}
			if (Date.now() - began >= healthyTime) this.#wait = shortestWait;
			if (status === restartStatus) this.#again("it was reset");
			else this.#again(signal === null ? `it ended with status ${status}` : `it was ended by ${signal}`);
		});
		this.insight.started(phone);
		this.#hear(phone);
		this.#show(phone);
		if (this.state.offHook) phone.hook(true);
		this.#askNames(0);
		// another board was chosen while it started
		if (board !== this.state.board && !this.#closing) {
			this.#turning = true;
			void phone.quit();
		}
	}

	/** Asks what keys are called on a display that has keys on it, unless that is about to be asked. */
	#askNames(after: number): void {
		if (this.state.board !== "touch" || this.#namesTimer !== undefined || this.#closing) return;
		this.#namesTimer = setTimeout(() => {
			this.#namesTimer = undefined;
			const ask = async (): Promise<void> => {
				const answer = await this.#phone?.keyNames();
				if (answer === undefined || answer.names.join("\n") === this.state.names.join("\n")) return;
				this.state.names = answer.names;
				this.emit("names", answer.names);
			};
			// a phone that ends meanwhile is asked when it is back
			void ask().catch(() => {});
		}, after);
	}

	#show(phone: RunningPhone): void {
		const { state } = this;
		state.running = true;
		state.note = "";
		state.pid = phone.pid ?? 0;
		state.lineKeys = phone.hello?.lineKeys ?? state.lineKeys;
		state.softkeys = phone.hello?.softkeys ?? state.softkeys;
		state.screen = phone.screen ?? null;
		state.lamps = lampsOff();
		state.pictures = [...phone.pictures.values()];
		for (const { lamp, mode, colour } of phone.lamps.values()) state.lamps[lamp] = { mode, colour };
		this.emit("state");
	}

	#lamp(number: number, lamp: LampState): void {
		this.state.lamps[number] = lamp;
		this.emit("lamp", number, lamp);
	}

	/** Cuts the speaker's octets into frames. */
	#hear(phone: RunningPhone): void {
		let rest: Buffer = Buffer.alloc(0);
		phone.pcm?.on("data", (data: Buffer) => {
			const all = rest.length === 0 ? data : Buffer.concat([rest, data]);
			let at = 0;
			for (; at + frameOctets <= all.length; at += frameOctets) this.emit("sound", all.subarray(at, at + frameOctets));
			this.insight.heard(all.subarray(0, at));
			rest = all.subarray(at);
		});
	}

	/** The phone is gone: says so. */
	#gone(note: string): void {
		const { state } = this;
		state.running = false;
		state.note = note;
		state.pid = 0;
		state.screen = null;
		state.lamps = lampsOff();
		state.pictures = [];
		this.emit("state");
	}

	/** The phone is gone: says so and starts it again after a while that grows. */
	#again(note: string): void {
		const { state } = this;
		this.#gone(note);
		if (this.#closing) return;
		this.#log(`${state.device}: ${note}: starting it again in ${this.#wait} ms`);
		this.#timer = setTimeout(() => void this.start(), this.#wait);
		this.#wait = Math.min(longestWait, this.#wait * 2);
	}
}
