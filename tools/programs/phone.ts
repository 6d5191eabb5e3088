/*
 * A phone of a program: a process of its own on this computer (tools/phone), with what a person does to it and what scripts wait
 * for (tools/call/conditions.ts) as methods.
 */

import type { ScreenCall } from "../../hal/hardware.js";
import { elsewhere, expectNow, waitFor, waitForMedia } from "../call/acts.js";
import { type Condition, type ConditionName, conditionOf, conditions, negation } from "../call/conditions.js";
import { listen } from "../call/hearing.js";
import { type Sound, SoundChannel, SoundClock } from "../call/sound.js";
import { readWav, sampleRate, wideRate, writeWav } from "../call/wav.js";
import { coderOfPayload } from "../call-agent/coders.js";
import { makePhone } from "../phone/builds.js";
import { PhoneError } from "../phone/error.js";
import type { LampState, Screen, StreamStatistics } from "../phone/messages.js";
import { deviceName, keyNames } from "../phone/names.js";
import { PhoneProcess } from "../phone/phone.js";
import { callStateName, calls, Registration } from "../phone/screen.js";
import type { CallAgent } from "./agent.js";
import { Emitter } from "./events.js";

/** Where phones register: a call agent of this program, or 'host' or 'host:port' of another. */
export type AgentAddress = CallAgent | string;

export interface PhoneOptions {
	/** Call agents in order of preference; without one the phone finds them as a Cisco phone does. */
	agent?: AgentAddress | readonly AgentAddress[];
	/** TFTP servers that have its configuration, 'host' or 'host:port'. */
	tftp?: string | readonly string[];
	/** SEP and 12 hexadecimal digits; the next from SEP001122334455 on that this program has not used when absent. */
	device?: string;
	/** SCCP version to declare: 3, 8, 11, 15, 17 (when absent), 20 or 22. */
	protocol?: number;
	/**
	 * `real`, when absent: sound in real time. `simulated`: on a clock that all such phones of the program have in common, which runs while
	 * one of them plays or waits for sound, as fast as they follow: the same to the bit each time. `none`: no sound of its own, for many phones.
	 * The environment's LINNET_SOUND says which it is when absent here.
	 */
	sound?: "real" | "simulated" | "none";
	/** Sound of 16 kHz, and so G.722. */
	wideband?: boolean;
	/** Folder in which settings and call history outlast the phone; it forgets everything when absent. */
	storage?: string;
	/** Line keys, 1 to 8 (6 when absent), and softkeys, 1 to 5 (4 when absent). */
	lineKeys?: number;
	softkeys?: number;
	/** Called with each line that it logs. */
	log?: (line: string) => void;
}

/** Keys of the phone by name. */
export type KeyName =
	| "0"
	| "1"
	| "2"
	| "3"
	| "4"
	| "5"
	| "6"
	| "7"
	| "8"
	| "9"
	| "*"
	| "#"
	| `softkey${1 | 2 | 3 | 4 | 5}`
	| `line${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
	| "up"
	| "down"
	| "left"
	| "right"
	| "select"
	| "hold"
	| "transfer"
	| "conference"
	| "messages"
	| "services"
	| "directories"
	| "settings"
	| "help"
	| "headset"
	| "speaker"
	| "mute"
	| "volumeUp"
	| "volumeDown"
	| "pageUp"
	| "pageDown";

/** A call as the phone shows it. */
export interface Call {
	/** The call agent's reference. */
	readonly reference: number;
	/** Line key, from 1. */
	readonly line: number;
	/** SCCP's name of its state: 'offHook', 'ringOut', 'ringIn', 'connected', 'hold' ... */
	readonly state: string;
	/** Who or what: 'From Alice (1002)'. */
	readonly title: string;
	readonly detail: string;
	/** The one that softkeys act on. */
	readonly selected: boolean;
}

export interface PhoneEvents {
	registered: [];
	unregistered: [];
	/** A call has come, or what is shown of it has changed. */
	call: [call: Call];
	/** A call is gone: as it was shown last. */
	callEnd: [call: Call];
	/** The ringer begins or ends. */
	ring: [sounds: boolean];
	/** A tone began, by its SCCP id; 0 for none. */
	tone: [id: number];
	lamp: [lamp: LampState];
	/** Whether voice messages wait, when that changes. */
	messages: [waiting: boolean];
	/** Anything on its display has changed. */
	screen: [screen: Screen];
	log: [line: string];
	/** It has started anew, as its call agent or its user wanted. */
	restart: [];
	/** It has ended: in order, or by itself with the reason. */
	exit: [reason: string | undefined];
}

export interface WaitOptions {
	/** Milliseconds within which it has to come true; 30,000 when absent. */
	timeout?: number;
}

type Values<Name extends ConditionName> = Parameters<(typeof conditions)[Name]>;

/** The conditions of scripts as methods. */
export type Waits = {
	[Name in keyof typeof conditions]: (...values: Values<Name> | [...Values<Name>, WaitOptions]) => Promise<void>;
};
export type Checks = { [Name in keyof typeof conditions]: (...values: Values<Name>) => boolean };
export type Demands = { [Name in keyof typeof conditions]: (...values: Values<Name>) => Promise<void> };

/** What was played and what came from the speaker in the same time: sample n of both is of the same instant. */
export interface Passage {
	readonly played: Int16Array;
	readonly recorded: Int16Array;
	/** Samples a second. */
	readonly rate: number;
}

/** What an audio stream has counted, and how good it is. */
export interface StreamQuality {
	readonly open: boolean;
	/** Codec that is sent in by name ('g722', 'pcmu' ...), undefined when nothing was sent. */
	readonly codec: string | undefined;
	readonly packetsSent: number;
	readonly packetsReceived: number;
	/** On the way to the phone: never seen, and too late to be played. */
	readonly packetsLost: number;
	readonly packetsLate: number;
	/** Milliseconds: interarrival jitter of RFC 3550, and how much sound the jitter buffer holds. */
	readonly jitter: number;
	readonly delay: number;
	/** Share of what was played that had not come and was made up for, 0 to 1. */
	readonly concealed: number;
	/** Mean opinion score as the E-model (ITU-T G.107) has it, 1 to 4.41: of the latest eight seconds, and the mean; undefined before a second of sound. */
	readonly mos: number | undefined;
	readonly mosAverage: number | undefined;
	/** Milliseconds there and back, as the far end's RTCP has it; undefined without. */
	readonly roundTrip: number | undefined;
	/** All counters as the phone has them: `Statistic` of hal/hardware.ts says their units. */
	readonly counters: StreamStatistics;
}

/** A score of 1/10000, 0 for none. */
function scoreOf(value: number): number | undefined {
	return value > 0 ? value / 10_000 : undefined;
}

function qualityOf(counters: StreamStatistics): StreamQuality {
	const { open, packetsSent, packetsReceived, packetsLost, packetsLate, delay } = counters;
	return {
		...{ open, packetsSent, packetsReceived, packetsLost, packetsLate, delay, counters },
		codec: packetsSent > 0 ? coderOfPayload(counters.payloadTypeSent)?.name : undefined,
		jitter: counters.jitter / 8,
		concealed: counters.concealmentRatio / 10_000,
		mos: scoreOf(counters.mos),
		mosAverage: scoreOf(counters.mosAverage),
		roundTrip: counters.roundTrip > 0 ? counters.roundTrip : undefined,
	};
}

const defaultWait = 30_000;
const firstDevice = "SEP001122334455";
/** Device names that this program has used. */
const devices = new Set<string>();
/** The clock of all simulated sound in this program. */
const clock = new SoundClock();

/** A device name that no phone of this program has. */
function nextDevice(): string {
	for (let index = 0; ; index++) {
		const name = deviceName(firstDevice, index);
		if (!devices.has(name)) return name;
	}
}

function soundOfEnvironment() {
	return (process.env.LINNET_SOUND || "real") as NonNullable<PhoneOptions["sound"]>;
}

function isWaitOptions(value: unknown): value is WaitOptions {
	return typeof value === "object" && value !== null && Object.hasOwn(value, "timeout");
}

/** An object whose methods are all conditions: each calls `act` with its name and the values that it is called with. */
function methods<Result>(act: (name: ConditionName, values: readonly unknown[]) => unknown): Result {
	const names = Object.keys(conditions) as ConditionName[];
	return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => act(name, values)])) as Result;
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
	return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}

function callOf({ reference, line, state, title, detail, selected }: ScreenCall): Call {
	return { reference, line, state: callStateName(state), title, detail, selected };
}

export class Phone extends Emitter<PhoneEvents> {
	/** Device name. */
	readonly device: string;
	/** Samples a second of its sound. */
	readonly rate: number;
	private readonly process: PhoneProcess;
	private readonly simulated: boolean;
	private sound: Sound | undefined;
	private made: { wait: Waits & { not: Waits }; is: Checks; expect: Demands & { not: Demands } } | undefined;
	private shown: Screen | undefined;
	private rings = false;
	private closing = false;

	private constructor(process: PhoneProcess) {
		super();
		this.process = process;
		this.device = process.name;
		this.rate = process.options.rate ?? sampleRate;
		this.simulated = process.options.pcm === "clock";
		this.listen();
		this.look();
	}

	/**
	 * Starts a phone; resolves when its program runs, before it is registered ({@link wait}). The first one on a machine has the program
	 * compiled, which takes a minute. Rejects with what is missing for that, and with what the program says of options that it does not understand.
	 */
	static async start(options: PhoneOptions = {}): Promise<Phone> {
		const { agent, tftp, device, sound = soundOfEnvironment(), wideband, ...rest } = options;
		const pcm = { real: "queue", simulated: "clock", none: undefined } as const;
		if (!Object.hasOwn(pcm, sound)) throw new Error(`sound '${sound}': real, simulated or none is expected`);
		const channel = pcm[sound];
		const name = device ?? nextDevice();
		devices.add(name);
		await makePhone();
		const started = await PhoneProcess.start({
			...rest,
			agents: asList(agent).map((one) => (typeof one === "string" ? one : one.address)),
			tftp: asList(tftp),
			device: name,
			restart: true,
			...(channel && { pcm: channel }),
			...(wideband && { rate: wideRate }),
		});
		return new Phone(started);
	}

	/** What its display shows, undefined before it shows anything. */
	get screen(): Screen | undefined {
		return this.process.screen;
	}

	/** Calls that it shows. */
	get calls(): Call[] {
		return calls(this.screen).map(callOf);
	}

	/** Its own number, '' before it has one. */
	get number(): string {
		return this.screen?.number ?? "";
	}

	/** What the display says of itself in a few words, and the last lines of its log. */
	describe(): string {
		return this.process.describe();
	}

	/**
	 * Waits until a condition holds: `await phone.wait.connected()`, `await phone.wait.not.prompt("Busy", { timeout: 5000 })`. Rejects with
	 * what the phone shows when it does not in time, when it cannot come true any more, and when the phone ends.
	 */
	get wait(): Waits & { not: Waits } {
		return this.conditions.wait;
	}

	/** Whether a condition holds, as far as the phone has said: `phone.is.muted()`. */
	get is(): Checks {
		return this.conditions.is;
	}

	/** Rejects unless a condition holds now, when all that has come to the phone is dealt with: `await phone.expect.calls(2)`. */
	get expect(): Demands & { not: Demands } {
		return this.conditions.expect;
	}

	/** Presses and releases a key, or moves it one way. Throws for a name that no key has. */
	press(key: KeyName, direction?: "down" | "up"): void {
		if (!keyNames.test(key)) throw new Error(`unknown key '${key}'`);
		this.process.key(key, direction);
	}

	/** Presses keys 0-9, * and # one after the other. */
	dial(digits: string): void {
		if (!/^[0-9*#]+$/.test(digits)) throw new Error(`'${digits}' cannot be dialled: digits, * and # are expected`);
		this.process.keys(digits);
	}

	/** Lifts or replaces the handset. */
	hook(position: "off" | "on"): void {
		this.process.hook(position === "off");
	}

	/** Presses the softkey with that label, wherever `more` has put it; letter case does not count. Rejects when it does not appear. */
	async softkey(label: string, { timeout = defaultWait }: WaitOptions = {}): Promise<void> {
		await this.process.softkey(label, timeout);
	}

	/** Lifts the handset, dials at the dial tone and waits until both can talk. */
	async call(number: string, options: WaitOptions = {}): Promise<void> {
		this.hook("off");
		await this.wait.tone("dial", { timeout: defaultWait, ...options });
		this.dial(number);
		await this.wait.connected({ timeout: defaultWait, ...options });
	}

	/** Waits for a call to come, lifts the handset and waits until both can talk. */
	async answer(options: WaitOptions = {}): Promise<void> {
		await this.wait.ringing({ timeout: defaultWait, ...options });
		this.hook("off");
		await this.wait.connected({ timeout: defaultWait, ...options });
	}

	/** Replaces the handset and waits until no call is left. */
	async hangUp(options: WaitOptions = {}): Promise<void> {
		this.hook("on");
		await this.wait.idle({ timeout: defaultWait, ...options });
	}

	/** Waits until sound has gone both ways in the call it is in. */
	async media({ timeout = defaultWait }: WaitOptions = {}): Promise<void> {
		const { process: phone, sound, simulated: clocked } = this;
		await waitForMedia({ phone, sound, clocked }, timeout);
	}

	/**
	 * Plays into the microphone and records the speaker meanwhile: samples at the phone's rate, or a WAV file of 16 bits, mono and that rate.
	 * It ends with the phone's last call, and the passage is shorter then, unless its sound is simulated. Rejects when the phone is in no
	 * call, and when its sound stops coming for half a minute, as that of a held call does.
	 * @param seconds for so long, over and over when the sample is shorter; once when absent.
	 */
	async play(sample: Int16Array | string, seconds?: number): Promise<Passage> {
		const { rate, sound, process: phone } = this;
		if (!sound) throw new Error(`${this.device}: sound 'none': it plays and records nothing`);
		const samples = typeof sample === "string" ? readWav(sample, rate) : sample;
		if (samples.length === 0) throw new Error("no samples to play");
		if (this.calls.length === 0) throw new Error(`${this.device} is in no call: it has no sound`);
		const over = new AbortController();
		const look = () => {
			if (this.calls.length === 0) over.abort();
		};
		phone.on("screen", look);
		try {
			return { ...(await sound.play(samples, seconds ?? samples.length / rate, over.signal)), rate };
		} finally {
			phone.off("screen", look);
		}
	}

	/** Records the speaker for a time, and says nothing. @param file also writes a WAV file. */
	async record(seconds: number, file?: string): Promise<Int16Array> {
		const { recorded } = await this.play(new Int16Array(1), seconds);
		if (file !== undefined) writeWav(file, recorded, this.rate);
		return recorded;
	}

	/**
	 * Has other phones make a tone of their own each, while this one listens, until it hears those that are named and none of `silent`.
	 * Rejects when that is not so in time. All of them have sound.
	 */
	async hears(
		heard: readonly Phone[],
		silent: readonly Phone[] = [],
		{ timeout = defaultWait }: WaitOptions = {},
	): Promise<void> {
		const all = [this, ...heard, ...silent];
		const sounds = all.map(({ device, sound }) => {
			if (!sound) throw new Error(`${device}: sound 'none': it plays and records nothing`);
			return sound;
		});
		const end = performance.now() + timeout;
		const wanted = heard.map((_, index) => index + 2);
		for (;;) {
			const wrong = await listen(sounds, 1, wanted);
			if (!wrong) return;
			// a channel that has just been opened takes its time
			if (performance.now() < end) continue;
			throw new PhoneError(`${this.device}, phone 1 of ${all.map(({ device }) => device).join(", ")}: ${wrong}`);
		}
	}

	/** What its audio streams, two at most, have counted: of the calls that it is in, or was in last. */
	async statistics(): Promise<StreamQuality[]> {
		return (await this.process.statistics()).streams.map(qualityOf);
	}

	/** Has it unregister and end. */
	async close(): Promise<void> {
		this.closing = true;
		await this.process.quit();
	}

	/** Ends it at once, as a power cut does. */
	async kill(): Promise<void> {
		this.closing = true;
		await this.process.kill();
	}

	private get conditions() {
		this.made ??= this.makeConditions();
		return this.made;
	}

	private makeConditions() {
		const same = (condition: Condition) => condition;
		const waits = (turn: (condition: Condition) => Condition) =>
			methods<Waits>((name, values) => {
				const last = values.at(-1);
				const options = isWaitOptions(last) ? last : {};
				return this.until(turn, name, options === last ? values.slice(0, -1) : values, options.timeout ?? defaultWait);
			});
		const demands = (turn: (condition: Condition) => Condition) =>
			methods<Demands>(async (name, values) => {
				const condition = turn(conditionOf(name, values));
				await this.within(condition, expectNow(this.process, elsewhere, condition));
			});
		return {
			wait: { ...waits(same), not: waits(negation) },
			is: methods<Checks>((name, values) => conditionOf(name, values).holds(this.process, elsewhere)),
			expect: { ...demands(same), not: demands(negation) },
		};
	}

	private async until(
		turn: (condition: Condition) => Condition,
		name: ConditionName,
		values: readonly unknown[],
		timeout: number,
	): Promise<void> {
		const condition = turn(conditionOf(name, values));
		await this.within(condition, waitFor(this.process, elsewhere, condition, timeout));
	}

	/** Names phone and condition where something is not so, at the place in the program that has asked. */
	private async within(condition: Condition, asked: Promise<void>): Promise<void> {
		try {
			await asked;
		} catch (cause) {
			const { message } = cause as Error;
			const text = cause instanceof PhoneError ? message : `${this.device}: ${condition.what}: ${message}`;
			throw new PhoneError(text, { cause });
		}
	}

	private listen(): void {
		const { process } = this;
		this.openSound();
		process.on("screen", (screen) => {
			this.look();
			this.tell("screen", screen);
		});
		process.on("ring", (mode) => this.ring(mode > 1));
		process.on("tone", (id) => this.tell("tone", id));
		process.on("lamp", (lamp) => this.tell("lamp", lamp));
		process.on("log", (line) => this.tell("log", line));
		process.on("restart", () => {
			this.openSound();
			this.ring(false);
			this.look();
			this.tell("restart");
		});
		process.on("exit", ({ status, signal }) => {
			const reason = signal ? `ended by ${signal}` : `status ${status}`;
			this.tell("exit", this.closing ? undefined : reason);
		});
	}

	/** A program that has started anew has another channel. */
	private openSound(): void {
		const { process, rate } = this;
		const { pcm } = process;
		if (!pcm) return;
		this.sound = this.simulated ? clock.add(pcm, () => process.sounded, rate) : new SoundChannel(pcm, rate);
	}

	private ring(sounds: boolean): void {
		if (sounds === this.rings) return;
		this.rings = sounds;
		this.tell("ring", sounds);
	}

	/** Tells what differs from the screen before. */
	private look(): void {
		const before = this.shown;
		const { screen } = this;
		this.shown = screen;
		const registered = screen?.registration === Registration.registered;
		if (registered !== (before?.registration === Registration.registered))
			this.tell(registered ? "registered" : "unregistered");
		const old = new Map(calls(before).map((call) => [call.reference, JSON.stringify(callOf(call))]));
		for (const call of this.calls) {
			if (old.get(call.reference) !== JSON.stringify(call)) this.tell("call", call);
			old.delete(call.reference);
		}
		for (const [, gone] of old) this.tell("callEnd", JSON.parse(gone) as Call);
		const waiting = screen?.messageWaiting === true;
		if (waiting !== (before?.messageWaiting === true)) this.tell("messages", waiting);
	}
}
