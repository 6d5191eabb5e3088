/*
 * A phone as a process: starts the host program, speaks its control channel and keeps what its screen and lamps show. The
 * panel, the headless call, the benchmarks and the tests all drive the phone through this.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import type { Duplex, Readable } from "node:stream";
import { Route } from "../../hal/hardware.js";
import { PhoneError } from "./error.js";
import { LineSplitter } from "./lines.js";
import type {
	Brief,
	Chip,
	Heap,
	Hello,
	KeyNames,
	LampState,
	PhoneMessage,
	PlacedPicture,
	Screen,
	Statistics,
	WireMessage,
} from "./messages.js";
import { type Build, hasHostProgram, hostProgram, moduleMap, projectRoot } from "./project.js";
import { describeScreen } from "./screen.js";

export { PhoneError } from "./error.js";

export interface PhoneOptions {
	/** Which host program, by the word length of its engine; 64 unless told otherwise. */
	bits?: Build;
	/** Call agents in order of preference, 'host' or 'host:port'. */
	agents?: readonly string[];
	/** TFTP servers for a phone without call agents, 'host' or 'host:port'. */
	tftp?: readonly string[];
	/** Folder of the loads that the phone installs; without one it takes none. */
	loads?: string;
	/** Device name such as SEP001122334455. */
	device?: string;
	/** SCCP version to declare: 3, 8, 11, 15, 17, 20 or 22. */
	protocol?: number;
	/** Where the microphone's sound comes from and the speaker's goes, as the host program names them. */
	mic?: string;
	speaker?: string;
	/** Samples a second of both, 8000 unless told otherwise; with 16000 the phone has G.722. */
	rate?: number;
	/**
	 * Microphone and speaker are the `pcm` channel; `mic` and `speaker` do not count then. `live`: what waits too long for the
	 * microphone is thrown away; `queue`: it may be written in advance; `clock`: each frame written is a tick of its sound, and
	 * there is no other clock.
	 */
	pcm?: "live" | "queue" | "clock";
	/** Folder of the key-value storage; the phone forgets everything at its end without one. */
	storage?: string;
	lineKeys?: number;
	softkeys?: number;
	/** Minutes since 1970 UTC at which its clock stands; it moves by {@link PhoneProcess.pass} alone then. */
	held?: number;
	/**
	 * It tells no screens, lamps and lights but `brief` events, and when it has taken an order: for many phones at once. A screen has to be
	 * asked for with {@link PhoneProcess.look}.
	 */
	brief?: boolean;
	/** It makes no sound and sends none, whatever the call agent has it open. */
	silent?: boolean;
	/** Further options for the host program, in front of the others. */
	extra?: readonly string[];
	/** Words in front of the program, such as those that run it in a network namespace. */
	prefix?: readonly string[];
	/** Called with each screen from the first on. */
	onScreen?: (screen: Screen) => void;
	/** Start the program again when it asks for it (SCCP Reset); without this its end is the phone's end. */
	restart?: boolean;
	/** Called with each line that the phone logs. */
	log?: (line: string) => void;
	/** Milliseconds to wait for the program's greeting; 60 s unless told otherwise. */
	startTimeout?: number;
	/** Starts another program than the host's, with its control channel on descriptor 3 and its log on standard error or to `log`. */
	launch?: (words: readonly string[], log: (line: string) => void) => PhoneProgram;
}

/** A program that is a phone, as a child process is one; its control channel may come later, with the event `attached`. */
export interface PhoneProgram {
	readonly pid?: number | undefined;
	readonly spawnfile: string;
	readonly stderr: Readable | null;
	readonly stdio: readonly unknown[];
	kill(signal?: NodeJS.Signals): boolean;
	on(event: "error", listener: (error: Error) => void): unknown;
	on(event: "close", listener: (status: number | null, signal: NodeJS.Signals | null) => void): unknown;
	/** Of what is not in `stdio` from the first. */
	once(event: "attached" | "sound", listener: (channel: Duplex) => void): unknown;
}

/** How a program ended: its status, or the signal that ended it. */
export interface PhoneExit {
	status: number | null;
	signal: NodeJS.Signals | null;
}

interface PhoneEvents {
	hello: [Hello];
	screen: [Screen];
	lamp: [LampState];
	picture: [PlacedPicture];
	/** A message to or from the call agent; only after {@link PhoneProcess.watch}. */
	message: [WireMessage];
	/** With the time of a brief phone. */
	ring: [mode: number, at?: number];
	/** A tone began, by SCCP id. */
	tone: [id: number, at?: number];
	/** A brief phone has changed. */
	brief: [Brief];
	/** A brief phone has taken an order: a key or the hook. */
	took: [at: number];
	log: [line: string];
	/** The program has asked to be started again, and has been; or a chip has restarted inside its emulator. */
	restart: [];
	exit: [PhoneExit];
	/** Anything at all has changed: what waits look at. */
	change: [];
}

/** The host program's status that asks for a new start. */
const restartStatus = 5;
const controlDescriptor = 3;
const pcmDescriptor = 4;
/** The same of a phone that a brood makes (hal/host/brood.c). */
export const broodSound = 60;
const microphoneWords = Object.freeze({ live: "fd", queue: "queue", clock: "clock" });
/** How each line on the control channel begins; quotes within a text are escaped. */
const messageStart = '{"type":"';
/** Milliseconds within which a phone answers a question on its control channel, on however busy a machine. */
const answerTimeout = 60_000;
/** Milliseconds between looks at the screen of a brief phone, as long as it is waited for something there. */
const briefLook = 50;
const logLinesKept = 200;
const logLinesShown = 8;

/** What answers a question on the control channel. */
type Answer = Statistics | KeyNames | Heap | Chip | ({ type: "screen" } & Screen);

interface Waiter {
	check(): void;
	fail(why: string): void;
}

export class PhoneProcess extends EventEmitter<PhoneEvents> {
	/** What the program said of itself. */
	hello: Hello | undefined;
	/** The last screen; undefined before the first. */
	screen: Screen | undefined;
	/** The last that a brief phone has told. */
	brief: Brief | undefined;
	/** Lamps by number; a lamp never set is missing. */
	readonly lamps = new Map<number, LampState>();
	/** Pictures that a service has shown, by their places. */
	readonly pictures = new Map<number, PlacedPicture>();
	/** Whether it has made or taken any sound since it was started: its sound pipeline runs from then on. */
	sounded = false;
	/** Ringer mode now (1 is off), and the id of the tone begun last. */
	ringMode = 1;
	toneId = 0;
	/** The display's light in percent, undefined before it is first set. */
	backlight: number | undefined = undefined;
	/** The last log lines, oldest first. */
	readonly logLines: string[] = [];
	/** Sound when started with `pcm`: write microphone frames, read speaker frames, each of 10 ms (160 octets at 8 kHz). */
	pcm: Duplex | undefined;
	exit: PhoneExit | undefined;

	readonly options: PhoneOptions;
	private child: PhoneProgram | undefined;
	private control: Duplex | undefined;
	private readonly waiters = new Set<Waiter>();
	private readonly answers: {
		type: Answer["type"];
		done: (answer: never) => void;
		failed: (why: Error) => void;
	}[] = [];
	private closing = false;

	private constructor(options: PhoneOptions) {
		super();
		this.options = options;
		this.setMaxListeners(0);
	}

	/** Starts the host program; resolves when it has greeted. Rejects with what it said when it ends before that. */
	static async start(options: PhoneOptions): Promise<PhoneProcess> {
		const phone = new PhoneProcess(options);
		phone.launch();
		try {
			const there = () => phone.hello !== undefined && (!options.pcm || phone.pcm !== undefined);
			await phone.wait(there, options.startTimeout ?? 60_000, "its greeting");
		} catch (error) {
			phone.kill();
			throw error;
		}
		return phone;
	}

	/** Process id of the host program now running. */
	get pid(): number | undefined {
		return this.child?.pid;
	}

	/** The device name for messages to a person. */
	get name(): string {
		return this.hello?.device ?? this.options.device ?? "phone";
	}

	/** Presses and releases a key by its name on the control channel (`5`, `softkey1`, `line2`, `speaker`, ...). */
	key(name: string, direction?: "down" | "up"): void {
		this.send(direction ? `key ${name} ${direction}` : `key ${name}`);
	}

	/** Presses each of the digits in turn. */
	keys(digits: string): void {
		for (const digit of digits) this.key(digit);
	}

	/** Lifts (true) or replaces the handset. */
	hook(off: boolean): void {
		this.send(off ? "hook off" : "hook on");
	}

	/** Puts a finger on the picture of a service, at this point in pixels of its file. */
	point(x: number, y: number): void {
		this.send(`point ${x} ${y}`);
	}

	/**
	 * Presses the softkey with a label (letter case does not count), paging with `more` when it is not among those shown.
	 * Waits for it to appear; rejects when it does not within `milliseconds`.
	 */
	async softkey(label: string, milliseconds = 5000): Promise<void> {
		const end = Date.now() + milliseconds;
		const wanted = label.toLowerCase();
		const find = (text: string) => this.screen?.softkeys.findIndex((shown) => shown.toLowerCase() === text) ?? -1;
		for (;;) {
			// answers come in order: after this one the screen is no older than the last key
			await (this.options.brief ? this.look() : this.statistics());
			const index = find(wanted);
			if (index >= 0) {
				this.key(`softkey${index + 1}`);
				return;
			}
			const before = this.screen?.softkeys.join("\n");
			const more = find("more");
			if (more >= 0) this.key(`softkey${more + 1}`);
			const left = Math.max(1, end - Date.now());
			const changed = () => find(wanted) >= 0 || this.screen?.softkeys.join("\n") !== before;
			// a brief phone tells of no new softkeys by itself: it is asked, again and again
			const look = this.options.brief ? setInterval(() => this.send("screen"), briefLook) : undefined;
			await this.wait(changed, left, `softkey '${label}'`).finally(() => clearInterval(look));
		}
	}

	/**
	 * Waits until `predicate` gives something true and resolves with it. Looks at once and after each thing the phone says.
	 * @param what names what is waited for in the message of the rejection: after `milliseconds`, or when the phone ends.
	 */
	wait<T>(
		predicate: (phone: this) => T,
		milliseconds: number,
		what: string,
	): Promise<Exclude<T, false | undefined | null>> {
		return new Promise((resolve, reject) => {
			const settle = () => {
				this.waiters.delete(waiter);
				clearTimeout(timer);
			};
			const waiter: Waiter = {
				check: () => {
					let value: T;
					try {
						value = predicate(this);
					} catch (error) {
						settle();
						reject(error);
						return;
					}
					if (!value) return;
					settle();
					resolve(value as Exclude<T, false | undefined | null>);
				},
				fail: (why) => {
					settle();
					reject(this.error(why));
				},
			};
			const timer = setTimeout(
				() => waiter.fail(`waited ${milliseconds} ms in vain for ${what}`),
				Math.min(milliseconds, 0x7fffffff),
			);
			this.waiters.add(waiter);
			waiter.check();
			if (this.waiters.has(waiter) && this.exit) waiter.fail(`${this.ended()} while waiting for ${what}`);
		});
	}

	/** Has it tell each message to and from its call agent from now on, or no longer. */
	watch(on: boolean): void {
		this.send(on ? "watch on" : "watch off");
	}

	/** The audio streams' counters now. */
	statistics(): Promise<Statistics> {
		return this.ask("statistics", "statistics");
	}

	/** The screen now, of a phone that tells of none by itself. */
	look(): Promise<Screen> {
		return this.ask("screen", "screen");
	}

	/** What its keys are called now, by their numbers. */
	keyNames(): Promise<KeyNames> {
		return this.ask("names", "names");
	}

	/** The engine's memory now. */
	heap(): Promise<Heap> {
		return this.ask("heap", "heap");
	}

	/** The engine's memory after a garbage collection. */
	collect(): Promise<Heap> {
		return this.ask("collect", "heap");
	}

	/** What an emulated chip tells of itself now. */
	chip(): Promise<Chip> {
		return this.ask("chip", "chip");
	}

	/** So many milliseconds, an hour at most, pass for a phone whose clock is held. */
	pass(milliseconds: number): void {
		this.send(`pass ${milliseconds}`);
	}

	/** Sends one line on the control channel; lost when the phone has ended. */
	send(line: string): void {
		if (this.control?.writable) this.control.write(`${line}\n`);
	}

	/** Has the phone unregister and end; ends it by force after `milliseconds`. Resolves with how it ended. */
	async quit(milliseconds = 5000): Promise<PhoneExit> {
		this.closing = true;
		this.send("quit");
		return this.whenExited(milliseconds);
	}

	/** Ends the program at once, as a power cut would; resolves when it is gone. */
	async kill(): Promise<PhoneExit> {
		this.closing = true;
		this.child?.kill("SIGKILL");
		return this.whenExited(5000);
	}

	/** What the phone shows and logged last, for messages to a person. */
	describe(): string {
		const log = this.logLines.slice(-logLinesShown);
		return [`screen: ${describeScreen(this.screen)}`, ...log.map((line) => `log: ${line}`)].join("\n  ");
	}

	private error(why: string): PhoneError {
		return new PhoneError(`${this.name}: ${why}\n  ${this.describe()}`);
	}

	private ended(): string {
		const { status, signal } = this.exit ?? { status: null, signal: null };
		return signal ? `the phone was ended by ${signal}` : `the phone ended with status ${status}`;
	}

	private whenExited(milliseconds: number): Promise<PhoneExit> {
		return new Promise((resolve) => {
			if (this.exit) {
				resolve(this.exit);
				return;
			}
			const timer = setTimeout(() => this.child?.kill("SIGKILL"), milliseconds);
			this.once("exit", (exit) => {
				clearTimeout(timer);
				resolve(exit);
			});
		});
	}

	private ask<T>(command: string, type: Answer["type"]): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			if (this.exit) {
				reject(this.error(`${this.ended()} before '${command}'`));
				return;
			}
			const timer = setTimeout(() => {
				const index = this.answers.indexOf(answer);
				if (index >= 0) this.answers.splice(index, 1);
				reject(this.error(`no answer to '${command}' within ${answerTimeout} ms`));
			}, answerTimeout);
			const answer = {
				type,
				done: (value: never) => {
					clearTimeout(timer);
					resolve(value);
				},
				failed: (why: Error) => {
					clearTimeout(timer);
					reject(why);
				},
			};
			this.answers.push(answer);
			this.send(command);
		});
	}

	private arguments(): string[] {
		const { options } = this;
		const list = ["--modules", moduleMap, ...(options.extra ?? []), "--control", `${controlDescriptor}`];
		for (const agent of options.agents ?? []) list.push("--agent", agent);
		for (const server of options.tftp ?? []) list.push("--tftp", server);
		const put = (name: string, value: string | number | undefined) => {
			if (value !== undefined) list.push(name, `${value}`);
		};
		put("--device", options.device);
		put("--protocol", options.protocol);
		const descriptor = options.launch ? broodSound : pcmDescriptor;
		put("--mic", options.pcm ? `${microphoneWords[options.pcm]}:${descriptor}` : options.mic);
		put("--speaker", options.pcm ? `fd:${descriptor}` : options.speaker);
		put("--rate", options.rate);
		put("--storage", options.storage);
		put("--load-folder", options.loads);
		put("--line-keys", options.lineKeys);
		put("--softkeys", options.softkeys);
		put("--held", options.held);
		if (options.brief) list.push("--brief");
		if (options.silent) list.push("--silent");
		return list;
	}

	private hostProgram(words: readonly string[]): ChildProcess {
		const bits = this.options.bits ?? 64;
		if (!hasHostProgram(bits)) throw new PhoneError(`${hostProgram(bits)} is missing: 'npm run build' makes it`);
		const [program = "", ...all] = [...(this.options.prefix ?? []), hostProgram(bits), ...words];
		return spawn(program, all, {
			cwd: projectRoot,
			stdio: ["ignore", "ignore", "pipe", "pipe", this.options.pcm ? "pipe" : "ignore"],
		});
	}

	private launch(): void {
		const logged = (line: string) => this.logged(line);
		const child = (this.options.launch ?? ((words) => this.hostProgram(words)))(this.arguments(), logged);
		this.child = child;
		this.forget();
		const log = new LineSplitter(logged);
		child.stderr?.on("data", (data: Buffer) => log.push(data));
		const control = child.stdio[controlDescriptor] as Duplex | undefined;
		if (control) this.attach(control);
		else child.once("attached", (late) => this.attach(late));
		if (this.options.pcm) {
			const samples = child.stdio[pcmDescriptor] as Duplex | undefined;
			if (samples) this.sounds(samples);
			else child.once("sound", (late) => this.sounds(late));
		}
		child.on("error", (error) => this.logged(`${child.spawnfile}: ${error.message}`));
		child.on("close", (status, signal) => this.closed({ status, signal }));
	}

	private sounds(samples: Duplex): void {
		this.pcm = samples;
		samples.on("error", () => {});
		this.changed();
	}

	private attach(control: Duplex): void {
		const lines = new LineSplitter((line) => this.received(line));
		control.on("data", (data: Buffer) => lines.push(data));
		// A phone that ends while something is being written to it is told by 'exit', not by this.
		control.on("error", () => {});
		this.control = control;
	}

	/** Nothing is known of a phone that starts. */
	private forget(): void {
		this.hello = undefined;
		this.screen = undefined;
		this.brief = undefined;
		this.control = undefined;
		this.ringMode = 1;
		this.toneId = 0;
		this.sounded = false;
		this.backlight = undefined;
		this.lamps.clear();
	}

	private closed(exit: PhoneExit): void {
		if (exit.status === restartStatus && this.options.restart && !this.closing) {
			this.failAnswers(`${this.name}: the phone started anew`);
			this.launch();
			this.emit("restart");
			this.changed();
			return;
		}
		this.exit = exit;
		this.failAnswers(`${this.name}: ${this.ended()}`);
		this.changed();
		for (const waiter of [...this.waiters]) waiter.fail(this.ended());
		this.emit("exit", exit);
	}

	private failAnswers(why: string): void {
		for (const { failed } of this.answers.splice(0)) failed(new PhoneError(why));
	}

	private logged(line: string): void {
		this.logLines.push(line);
		if (this.logLines.length > logLinesKept) this.logLines.shift();
		this.options.log?.(line);
		this.emit("log", line);
		this.changed();
	}

	private changed(): void {
		this.emit("change");
		for (const waiter of [...this.waiters]) waiter.check();
	}

	private received(line: string): void {
		let message: PhoneMessage;
		try {
			message = JSON.parse(line) as PhoneMessage;
		} catch {
			// A chip that restarts may leave a line without its end; what it says then is whole.
			const next = line.lastIndexOf(messageStart);
			this.logged(`control channel: not JSON: ${next > 0 ? line.slice(0, next) : line}`);
			if (next > 0) this.received(line.slice(next));
			return;
		}
		switch (message.type) {
			case "hello":
				this.greeted(message);
				break;
			case "bye":
				// A chip cannot end by itself.
				if (this.closing) this.child?.kill("SIGKILL");
				return;
			case "screen":
				this.screen = message;
				if (message.route !== Route.none) this.sounded = true;
				this.options.onScreen?.(message);
				this.emit("screen", message);
				if (this.options.brief) this.answered(message);
				break;
			case "brief":
				this.brief = message;
				this.emit("brief", message);
				break;
			case "took":
				this.emit("took", message.at);
				return;
			case "lamp":
				this.lamps.set(message.lamp, message);
				this.emit("lamp", message);
				break;
			case "picture":
				this.pictures.set(message.place, message);
				this.emit("picture", message);
				break;
			case "message":
				this.emit("message", message);
				return;
			case "backlight":
				this.backlight = message.percent;
				break;
			case "ring":
				this.ringMode = message.mode;
				if (message.mode > 1) this.sounded = true;
				this.emit("ring", message.mode, message.at);
				break;
			case "tone":
				this.toneId = message.id;
				if (message.id !== 0) this.sounded = true;
				this.emit("tone", message.id, message.at);
				break;
			case "statistics":
			case "names":
			case "heap":
			case "chip":
				this.answered(message);
				break;
			case "error":
				this.logged(`control channel: ${message.text}`);
				return;
		}
		this.changed();
	}

	/** A second greeting of a program is that of a chip that has restarted inside its emulator. */
	private greeted(hello: Hello): void {
		const again = this.hello !== undefined;
		if (again) {
			this.failAnswers(`${this.name}: the phone started anew`);
			this.forget();
		}
		this.hello = hello;
		if (again) this.emit("restart");
		this.emit("hello", hello);
	}

	private answered(message: Answer): void {
		const index = this.answers.findIndex((answer) => answer.type === message.type);
		if (index >= 0) this.answers.splice(index, 1)[0]?.done(message as never);
	}
}
