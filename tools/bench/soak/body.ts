/*
 * A body whose network is a hostile call agent: stands for hal/body, so that the whole phone of main.ts takes in hostile frames and
 * makes calls, in XS and as fast as it can. What goes wrong is counted, and the heap is measured early and late, each time with the
 * phone at rest: registered anew, and all its lists full of calls.
 */
import { corpus } from "bench/corpus";
import { CallState, Key, Registration, TcpEnd, usualRows } from "hal/hardware";
import { usualRoom, usualWidth, wrap } from "hal/wrap";
import { Limits } from "limits";
import { Button } from "sccp/buttons";
import { type AnyMessage, Direction, headerSize, Kind } from "sccp/message";
import {
	ButtonTemplateRes,
	CallInfo,
	CallInfoV2,
	CallStateMessage,
	CloseReceiveChannel,
	ConnectionStatisticsReq,
	DisplayPromptStatus,
	KeepAliveAck,
	KeepAliveReq,
	messages,
	OpenReceiveChannel,
	RegisterAck,
	RegisterReject,
	Reset,
	SelectSoftKeys,
	SetRinger,
	SoftKeyDefinition,
	SoftKeyTemplateRes,
	StartMediaTransmission,
	StartTone,
	StopMediaTransmission,
	StopTone,
	UserToDeviceData,
	UserToDeviceDataVersion1,
} from "sccp/messages";
import { compose } from "tools/bench/soak/composer";
import { Frames, Random } from "tools/bench/soak/frames";
import { makeObject, ServiceSocket } from "tools/bench/soak/monkey";
import { body, Figure, native } from "tools/bench/still";
import type {
	Clock,
	Display,
	Keypad,
	KeypadListener,
	Screen,
	TcpOptions,
	TcpSocket,
	TimerHandle,
} from "../../../hal/hardware.js";

/** Keys have numbers below this. */
const keyMost = 53;
/** Where the early measurement is taken: after a tenth of frames and calls. */
const early = 10;
/** Rounds of time-outs and answers within which the phone has to be registered. */
const registrationRounds = 2000;
/** Likewise for a monkey, all of them; call references that it knows; how often it looks for the way out, and how long it waits for it. */
const monkeyKeys = 55;
const references = 6;
const checkEvery = 10;
const timeoutStep = 10_000;
const timeoutSteps = 8;
/** Pages, pushed or fetched, that may wait for the display while a menu is open or a number is typed. */
const waitingMost = 3;
/** Octets of a push in front of its data. */
const pushHead = 40;
/** Failures that are told in words. */
const toldMost = 5;
/** Milliseconds after which nothing of a call shows any more: prompts have gone, lists are written. */
const restTime = 100_000;
/** Frames in front of each measurement. */
const lastFrames = Math.ceil(corpus.frames / early / 2);
/** Calls that fill all lists. */
const lastCalls = 150;
/** Menus that lie in each other, and keys to leave a text, at most. */
const menusMost = 50;
/** As hal/control/engine numbers it. */
const stackPeakFigure = 6;
const socketRoom = 65536;
/** Timers that fall due in a time of so many milliseconds, and this many more: those of a phone that never rests are more. */
const callsMost = 1000;
const callAgentPort = 2000;

interface Timer {
	readonly handle: number;
	due: number;
	readonly period: number;
	readonly callback: () => void;
}

/** What the agent and the user do now goes by this. */
let random = new Random(corpus.seed);
// the phone spreads its pauses by these
Math.random = () => random.next() / 0x100000000;
let exceptions = 0;
let deadEnds = 0;
/** Messages of an event that are still to be delivered, each by itself; undefined where they are at once. */
let later: Uint8Array[] | undefined;
let told = 0;
let registrations = 0;
let shown: Screen | undefined;
let socket: SoakSocket | undefined;
let listener: KeypadListener | undefined;
const timers: Timer[] = [];
/** A timer is handed out as a number, so that the phone keeps none of it. */
let handles = 0;

/** Calls into the phone; what it throws is counted. */
function guarded(work: () => void): void {
	try {
		work();
	} catch (error) {
		thrown(error);
	}
}

function thrown(error: unknown): void {
	exceptions += 1;
	tell(error instanceof Error ? (error.stack ?? error.message) : `${error}`);
}

/** Says at once what went wrong: kept, it would be growth. */
function tell(line: string): void {
	told += 1;
	if (told <= toldMost) native?.("xs_host_log").call(undefined, `threw ${line}`);
}

function restarted(): void {
	throw new Error("the phone starts anew, which nobody has asked for");
}

const keepAliveAck = compose(KeepAliveAck, 0, {});

/** The phone's end of a connection. */
class SoakSocket implements TcpSocket {
	closed = false;
	opened = false;
	private alive = false;
	private readonly options: TcpOptions;
	private waiting: Uint8Array = new Uint8Array(0);
	private at = 0;

	constructor(options: TcpOptions) {
		this.options = options;
	}

	open(): void {
		this.opened = true;
		guarded(() => this.options.onWritable?.call(this, socketRoom));
	}

	/** Octets arrive. */
	deliver(octets: Uint8Array): void {
		if (later !== undefined) {
			later.push(octets);
			return;
		}
		this.waiting = octets;
		this.at = 0;
		// as near to the top of the stack as on a device
		try {
			this.options.onReadable?.call(this, octets.length);
		} catch (error) {
			thrown(error);
		}
	}

	fail(): void {
		guarded(() => this.options.onError?.call(this, TcpEnd.closed));
	}

	read(target: Uint8Array): number | undefined {
		if (this.closed) throw new Error("read from a closed socket");
		const count = Math.min(target.length, this.waiting.length - this.at);
		if (count <= 0) return undefined;
		target.set(this.waiting.subarray(this.at, this.at + count));
		this.at += count;
		return count;
	}

	write(source: Uint8Array): number {
		if (this.closed) throw new Error("write to a closed socket");
		if (source[8] === KeepAliveReq.id && source[9] === 0) this.alive = true;
		return socketRoom;
	}

	/** Answers a keepalive. */
	answer(): void {
		if (!this.alive || this.closed) return;
		this.alive = false;
		this.deliver(keepAliveAck);
	}

	close(): void {
		if (this.closed) throw new Error("close of a closed socket");
		this.closed = true;
	}
}

const clock: Clock & { ticks: number } = {
	ticks: 0,
	wallClock: 0,
	setWallClock: () => {},
	after: (milliseconds, callback) => schedule(milliseconds, 0, callback),
	every: (milliseconds, callback) => schedule(milliseconds, milliseconds, callback),
	cancel: (handle) => {
		const index = timers.findIndex((timer) => timer.handle === handle);
		if (index >= 0) timers.splice(index, 1);
	},
};

function schedule(milliseconds: number, period: number, callback: () => void): TimerHandle {
	handles += 1;
	timers.push({ handle: handles, due: clock.ticks + milliseconds, period, callback });
	return handles;
}

/** Moves the time on; what falls due is called in order. */
function advance(milliseconds: number): void {
	const end = clock.ticks + milliseconds;
	for (let calls = 0; ; calls += 1) {
		if (calls > callsMost + milliseconds) {
			thrown(new Error("timers that fall due at once make one another without end"));
			break;
		}
		let next: Timer | undefined;
		for (const timer of timers) if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
		if (next === undefined) break;
		clock.ticks = Math.max(clock.ticks, next.due);
		if (next.period > 0) next.due += next.period;
		else clock.cancel(next.handle);
		guarded(next.callback);
		socket?.answer();
	}
	clock.ticks = end;
}

/**
 * Comes back with nothing on the stack but who waits for it: what the phone has of its stack is to be what it has on a device, where
 * messages come from the event loop.
 */
const shallow = () => Promise.resolve();

/** Brings the phone to its registration. */
async function register(): Promise<void> {
	await shallow();
	for (let round = 0; round < registrationRounds && !up(); round += 1) {
		if (socket !== undefined && !socket.closed) {
			if (!socket.opened) socket.open();
			for (const segment of corpus.registration) if (!socket.closed) socket.deliver(segment);
		}
		// a call that has outlived its connection is the user's to end
		hook(round % 2 === 0);
		key(Key.softkey1 + (round % keypad.softkeys));
		advance(500);
	}
	hook(false);
	if (!up()) throw new Error("the phone does not come back to its registration");
	registrations += 1;
}

function up(): boolean {
	return shown?.registration === Registration.registered && socket !== undefined && !socket.closed;
}

function key(number: number): void {
	guarded(() => listener?.key(number, true));
	guarded(() => listener?.key(number, false));
}

function hook(offHook: boolean): void {
	keypad.offHook = offHook;
	guarded(() => listener?.hook(offHook));
}

/** Hostile frames in pieces of any size, time that passes, a user who presses keys. Only what has the phone start anew is left out. */
async function attack(count: number): Promise<void> {
	if (corpus.monkey) {
		await play(count);
		return;
	}
	const frames = new Frames(random, corpus.version, corpus.captured, [Reset.id]);
	const stream = new Uint8Array(8 * Limits.receiveMessage);
	const frame = new Uint8Array(2 * Limits.receiveMessage);
	/** Where frames of the stream end; those that the phone has not got whole when it loses its connection do not count. */
	const ends: number[] = [];
	let size = 0;
	for (let taken = 0; taken < count; ) {
		while (size + frame.length < stream.length && taken + ends.length < count) {
			const length = frames.next(frame);
			stream.set(frame.subarray(0, length), size);
			size += length;
			ends.push(size);
			if (random.once(4)) break;
		}
		const went = await deliver(stream, size);
		while (ends.length > 0 && (ends[0] as number) <= went) {
			ends.shift();
			taken += 1;
		}
		for (let i = 0; i < ends.length; i += 1) ends[i] = (ends[i] as number) - went;
		stream.copyWithin(0, went, size);
		size -= went;
		if (random.once(8)) advance(random.below(2000));
		if (random.once(16)) press();
		if (!up()) {
			ends.length = 0;
			size = 0;
			await register();
		}
	}
}

/** Delivers a stream in pieces, mostly all of it. @returns how many octets the phone has got. */
async function deliver(stream: Uint8Array, size: number): Promise<number> {
	await shallow();
	let at = 0;
	while (at < size && up()) {
		const piece = random.once(3) ? 1 + random.below(Math.min(size - at, 200)) : size - at;
		socket?.deliver(stream.slice(at, at + piece));
		at += piece;
		if (random.once(4)) break;
	}
	return at;
}

/** Ends of connections to web servers. */
const services: ServiceSocket[] = [];

function stepServices(): void {
	for (const service of services) service.step(guarded);
	for (let i = services.length - 1; i >= 0; i -= 1) if (services[i]?.closed) services.splice(i, 1);
}

/** Presses, hook moves, messages that mean something, objects and time, in any order. */
async function play(count: number): Promise<void> {
	for (let event = 0; event < count; event += 1) {
		later = [];
		happen();
		const messages = later;
		later = undefined;
		for (const octets of messages) {
			await shallow();
			socket?.deliver(octets);
		}
		await shallow();
		stepServices();
		if (event % checkEvery === checkEvery - 1) await findWayOut();
		if (!up()) await register();
	}
	await findWayOut();
}

function happen(): void {
	switch (random.below(16)) {
		case 0:
		case 1:
		case 2:
		case 3:
		case 4:
		case 5:
			key(random.below(monkeyKeys));
			break;
		case 6:
			hook(random.once(2));
			break;
		case 7: {
			const held = random.below(monkeyKeys);
			guarded(() => listener?.key(held, true));
			guarded(() => listener?.held?.(held));
			guarded(() => listener?.key(held, false));
			break;
		}
		case 8:
		case 9:
			push(makeObject(random));
			break;
		case 10:
			advance(random.below(random.once(10) ? 70_000 : 3000));
			break;
		case 11: {
			const message = saying[random.below(saying.length)] as AnyMessage;
			const said = `Text ${random.below(1000)}`;
			socket?.deliver(compose(message, corpus.version, valuesOf(message, 1 + random.below(4), said)));
			break;
		}
		case 12:
			send(SelectSoftKeys, {
				lineInstance: random.below(3),
				callReference: random.below(references),
				softKeySetIndex: random.below(12),
				validKeyMask: random.once(4) ? random.next() : 0xffffffff,
			});
			break;
		case 13: {
			const reference = 1 + random.below(references - 1);
			if (random.once(2)) openMedia(reference);
			else closeMedia(reference);
			break;
		}
		default:
			call();
	}
}

/** A call comes to some state. */
function call(): void {
	const callReference = 1 + random.below(references - 1);
	const lineInstance = 1 + random.below(2);
	const states = Object.values(CallState);
	const callState = states[random.below(states.length)] as number;
	send(CallStateMessage, { callState, lineInstance, callReference });
	const parties = {
		callingPartyName: "Alice",
		callingParty: `${1000 + random.below(20)}`,
		calledPartyName: "Bob",
		calledParty: "1002",
		lineInstance,
		callReference,
		callType: 1 + random.below(3),
	};
	send(corpus.version < 8 ? CallInfo : CallInfoV2, parties);
	send(SetRinger, { ringMode: callState === CallState.ringIn ? 2 : 1, ringDuration: 1, lineInstance, callReference });
	if (random.once(3)) send(StartTone, { tone: 0x21 + random.below(16), lineInstance, callReference });
}

/** An object comes over the call agent's connection, in one part or several. */
function push(object: string): void {
	const room = 1 + random.below(1900);
	const transactionId = random.next();
	for (let at = 0; at < object.length; at += room) {
		const data = object.slice(at, at + room);
		const last = at + room >= object.length;
		const octets = new Uint8Array(headerSize + pushHead + ((data.length + 3) & ~3));
		const view = new DataView(octets.buffer);
		const words = [7, 0, 0, transactionId, data.length, last ? 2 : at === 0 ? 0 : 1, random.below(3), 0, 0, 0];
		view.setUint32(0, octets.length - 8, true);
		view.setUint32(4, corpus.version < 10 ? 0 : corpus.version, true);
		view.setUint32(8, UserToDeviceDataVersion1.id, true);
		words.forEach((word, index) => {
			view.setUint32(headerSize + 4 * index, word, true);
		});
		for (let i = 0; i < data.length; i += 1) octets[headerSize + pushHead + i] = data.charCodeAt(i);
		socket?.deliver(octets);
	}
}

/**
 * The call agent ends its calls and gives the idle phone its softkeys; then the user gets to the idle display by two presses, of what
 * leaves what is open and of the hook, or by waiting for the time-outs. Where he does not is a dead end.
 */
async function findWayOut(): Promise<void> {
	await shallow();
	for (let callReference = 1; callReference < references; callReference += 1)
		for (let lineInstance = 1; lineInstance <= 2; lineInstance += 1)
			send(CallStateMessage, { callState: CallState.onHook, lineInstance, callReference });
	// a mask may have left none, for the phone or for a line
	for (let lineInstance = 0; lineInstance <= 2; lineInstance += 1)
		send(SelectSoftKeys, { lineInstance, callReference: 0, softKeySetIndex: 0, validKeyMask: 0xffffffff });
	if (!up() || shown === undefined) return;
	const before = look();
	// what has waited for the display shows when that is free: the presses count from there
	for (let round = 0; round < waitingMost; round += 1) {
		const title = shown.overlay?.title;
		for (let presses = 0; presses < 2; presses += 1) {
			if (shown.overlay !== undefined) leave();
			else {
				hook(true);
				hook(false);
			}
			if (isIdle()) return;
		}
		if (shown.overlay?.title === title) break;
	}
	for (let i = 0; i < timeoutSteps && !isIdle(); i += 1) {
		advance(timeoutStep);
		stepServices();
		if (!up()) await register();
	}
	if (isIdle()) return;
	deadEnds += 1;
	tell(`dead end: ${before}; then ${look()}`);
}

/** What leaves what is open: a softkey that says so, or the Services key for a page whose softkeys are all its own (as on Cisco's phones). */
function leave(): void {
	const exit = shown?.softkeys.findIndex((label) => label === "Exit" || label === "Cancel") ?? -1;
	if (exit >= 0) key(Key.softkey1 + exit);
	else if (shown?.overlay !== undefined) key(Key.services);
}

/** The display in a line. */
function look(): string {
	const { overlay, prompt, softkeys } = shown as Screen;
	return `${overlay?.title}: ${overlay?.lines.join(" | ")}; ${softkeys.join(" | ")}; ${prompt}`;
}

/** Nothing is open, no call shows, and there is a softkey to go on with. */
function isIdle(): boolean {
	if (shown === undefined || shown.overlay !== undefined) return false;
	return shown.calls.every(({ reference }) => reference === 0) && shown.softkeys.some((label) => label !== "");
}

function press(): void {
	const number = random.below(keyMost);
	// by its menus a user may end the phone's network
	if (number === Key.settings) return;
	if (random.once(8)) hook(random.once(2));
	else key(number);
}

/** Leaves all menus. */
async function leaveMenus(): Promise<void> {
	await shallow();
	for (let i = 0; i < menusMost && shown?.overlay !== undefined; i += 1) {
		const exit = shown.softkeys.indexOf("Exit");
		key(exit < 0 ? Key.softkey1 + (i % keypad.softkeys) : Key.softkey1 + exit);
	}
}

/** The call agent takes the phone in anew, and time passes. */
async function comeBack(): Promise<void> {
	await shallow();
	for (let i = 0; i < 3; i += 1) {
		socket?.fail();
		await register();
		advance(restTime);
		if (!up()) await register();
	}
}

/**
 * Brings the phone to rest, and to what it is like whatever has been: registered anew without a call, its lists full of the same calls,
 * each menu looked at and left.
 */
async function settle(): Promise<void> {
	await shallow();
	hook(false);
	await leaveMenus();
	await comeBack();
	await makeCalls(0, lastCalls);
	for (const menu of [Key.services, Key.help, Key.messages, Key.directories]) {
		for (let list = 1; list <= 3; list += 1) {
			key(menu);
			key(list);
			key(Key.down);
			advance(1000);
			hook(false);
			await leaveMenus();
		}
	}
	await comeBack();
	await sayAll();
}

/** Messages that say a text of a button, a line, a call or the phone; not those of registration and of services. */
const saying = messages.filter(
	({ id, direction, layouts }) =>
		direction === Direction.toPhone &&
		![RegisterAck.id, RegisterReject.id, UserToDeviceData.id, UserToDeviceDataVersion1.id].includes(id) &&
		layouts.some(({ kinds }) => Object.values(kinds).some((kind) => (kind ?? 0) >= Kind.text || kind === Kind.texts)),
);

/**
 * The call agent says each text that the phone keeps, of all buttons, lines, calls, softkeys and prompts there can be, then leaves it a
 * single button and says them anew: a slot keeps what was shown of it until it gets another text, and hostile frames have given it
 * whatever.
 */
async function sayAll(): Promise<void> {
	await shallow();
	const kinds = [Button.line, Button.speedDial, Button.serviceUrl, Button.feature];
	template(Array.from({ length: Limits.buttons }, (_, index) => [1 + (index >> 2), kinds[index & 3] as number]).flat());
	say("Said");
	await comeBack();
	template([1, Button.line]);
	say("Told");
	for (const segment of corpus.registration) socket?.deliver(segment);
	template([1, Button.line]);
	send(SelectSoftKeys, { lineInstance: 0, callReference: 0, softKeySetIndex: 0, validKeyMask: 0xffffffff });
	advance(restTime);
}

/** Says a text wherever there is room for one. */
function say(text: string): void {
	for (let reference = 1; reference <= Limits.calls; reference += 1)
		send(CallStateMessage, { callState: CallState.ringIn, lineInstance: reference, callReference: reference });
	for (let instance = 1; instance <= Limits.buttons; instance += 1)
		for (const message of saying)
			socket?.deliver(compose(message, corpus.version, valuesOf(message, instance, `${text} ${instance}`)));
	for (let line = 1; line <= Limits.prompts; line += 1)
		send(DisplayPromptStatus, { timeOutValue: 10, promptStatus: text, lineInstance: line, callReference: 0 });
	for (let reference = 1; reference <= Limits.calls; reference += 1)
		send(CallStateMessage, { callState: CallState.onHook, lineInstance: reference, callReference: reference });
	const labels = Array.from({ length: Limits.softkeyTemplate }, () => text.padEnd(SoftKeyDefinition.stride, "\0")).join(
		"",
	);
	const count = Limits.softkeyTemplate;
	const octets = compose(SoftKeyTemplateRes, corpus.version, {
		softKeyOffset: 0,
		softKeyCount: count,
		totalSoftKeyCount: count,
	});
	for (let i = 0; i < labels.length; i += 1)
		octets[headerSize + SoftKeyTemplateRes.layout(corpus.version).definition + i] = labels.charCodeAt(i);
	socket?.deliver(octets);
}

/** Each field of a message with a value that it knows, mostly the number of what it is about; each text the same. */
function valuesOf(message: AnyMessage, instance: number, text: string): Record<string, number | string> {
	const form = message.form(corpus.version);
	const values: Record<string, number | string> = {};
	for (const name of Object.keys(form.at)) values[name] = (form.kinds[name] ?? 0) >= Kind.text ? text : instance;
	for (const name of form.texts) values[name] = text;
	for (const { field, ranges } of form.known) values[field] = ranges[0] ?? 0;
	return values;
}

function template(definition: readonly number[]): void {
	const count = definition.length / 2;
	const values = { buttonOffset: 0, buttonCount: count, totalButtonCount: count };
	const octets = compose(ButtonTemplateRes, corpus.version, values);
	octets.set(definition, headerSize + ButtonTemplateRes.layout(corpus.version).definition);
	socket?.deliver(octets);
}

function send(message: AnyMessage, values: Readonly<Record<string, number | string>>): void {
	socket?.deliver(compose(message, corpus.version, values));
}

function openMedia(callReference: number): void {
	const media = { conferenceId: callReference, passThroughPartyId: callReference, callReference };
	send(OpenReceiveChannel, { ...media, milliSecondPacketSize: 20, compressionType: 4 });
	send(StartMediaTransmission, {
		...media,
		remoteIpAddr: 0x7f000009,
		remotePortNumber: 30000,
		milliSecondPacketSize: 20,
		compressionType: 4,
	});
}

function closeMedia(callReference: number): void {
	send(CloseReceiveChannel, { conferenceId: callReference, passThroughPartyId: callReference, callReference });
	send(StopMediaTransmission, { conferenceId: callReference, passThroughPartyId: callReference, callReference });
}

/** One call, in or out, with sound, held and resumed; or one that nobody answers. */
async function makeCall(index: number): Promise<void> {
	await shallow();
	const callReference = 0x1000 + index;
	const lineInstance = 1;
	const state = (callState: number) => send(CallStateMessage, { callState, lineInstance, callReference });
	const other = { callingPartyName: "Alice", callingParty: `${1000 + (index % 10)}` };
	const incoming = index % 3 !== 0;
	const parties = {
		...other,
		calledPartyName: "Bob",
		calledParty: "1002",
		lineInstance,
		callReference,
		callType: incoming ? 1 : 2,
	};
	if (incoming) {
		state(CallState.ringIn);
		send(corpus.version < 8 ? CallInfo : CallInfoV2, parties);
		send(SetRinger, { ringMode: 2, ringDuration: 1, lineInstance, callReference });
		send(SelectSoftKeys, { lineInstance, callReference, softKeySetIndex: 3, validKeyMask: 0xffffffff });
		if (index % 3 === 1) {
			advance(5000);
			send(SetRinger, { ringMode: 1, ringDuration: 1, lineInstance, callReference });
			state(CallState.onHook);
			advance(2000);
			return;
		}
		hook(true);
		send(SetRinger, { ringMode: 1, ringDuration: 1, lineInstance, callReference });
		state(CallState.offHook);
	} else {
		key(Key.speaker);
		state(CallState.offHook);
		send(StartTone, { tone: 0x21, lineInstance, callReference });
		for (const digit of [1, 0, 0, index % 10]) key(digit);
		send(StopTone, { lineInstance, callReference });
		state(CallState.proceed);
		send(corpus.version < 8 ? CallInfo : CallInfoV2, parties);
		state(CallState.ringOut);
	}
	openMedia(callReference);
	state(CallState.connected);
	send(SelectSoftKeys, { lineInstance, callReference, softKeySetIndex: 1, validKeyMask: 0xffffffff });
	advance(1000);
	closeMedia(callReference);
	state(CallState.hold);
	state(CallState.connected);
	openMedia(callReference);
	closeMedia(callReference);
	send(ConnectionStatisticsReq, { directoryNum: "1002", callReference, statsProcessingMode: 0 });
	state(CallState.onHook);
	if (incoming) hook(false);
	advance(2000);
}

async function makeCalls(from: number, to: number): Promise<void> {
	for (let index = from; index < to; index += 1) {
		if (!up()) await register();
		await makeCall(index);
	}
}

/** Bytes of slots and chunks in use, after a collection. */
function heap(): number {
	const figures = new Uint32Array(Figure.count);
	native?.("xs_host_collect").call(undefined);
	native?.("xs_host_figures").call(undefined, figures.buffer);
	return (figures[Figure.slots] as number) * (figures[Figure.slotSize] as number) + (figures[Figure.chunks] as number);
}

/** Slots of the stack in use at most since the start. */
function stackPeak(): number {
	const figures = new Uint32Array(Figure.count);
	native?.("xs_host_figures").call(undefined, figures.buffer);
	return figures[stackPeakFigure] as number;
}

/**
 * A part of the run, in the end the same frames and keys each time, after which the phone is at rest: a text that a slot of the phone's
 * was given and shown stays until it gets another one. @returns the heap then.
 */
async function part(frames: number, from: number, to: number): Promise<number> {
	await attack(frames - lastFrames);
	await makeCalls(from, to);
	await settle();
	const before = random;
	random = new Random(corpus.seed + 1);
	await attack(lastFrames);
	random = before;
	await settle();
	return heap();
}

async function run(): Promise<void> {
	const frames = Math.ceil(corpus.frames / early);
	const calls = Math.ceil(corpus.calls / early);
	await register();
	const before = await part(frames, 0, calls);
	const after = await part(corpus.frames - frames, calls, corpus.calls);
	report({
		frames: corpus.frames,
		calls: corpus.calls,
		exceptions,
		deadEnds,
		stack: stackPeak(),
		growth: after - before,
		heap: after,
		registrations,
	});
}

function report(result: object): void {
	native?.("xs_host_log").call(undefined, `soak ${JSON.stringify(result)}`);
}

function connect(options: TcpOptions): TcpSocket {
	if (corpus.monkey && options.port !== callAgentPort) {
		const service = new ServiceSocket(options, random);
		services.push(service);
		return service;
	}
	socket = new SoakSocket(options);
	return socket;
}

const display: Display = {
	setLook: () => {},
	draws: () => true,
	rows: (list) => (list ? usualRows.list : usualRows.page),
	fits: (text, from) => wrap(text, from, usualWidth, usualRoom),
	show: (screen) => {
		shown = screen;
	},
};

const keypad = {
	offHook: false,
	lineKeys: 6,
	softkeys: 4,
	start: (listens: KeypadListener) => {
		listener = listens;
	},
} satisfies Keypad as Keypad & { offHook: boolean };

export const hardware = body({
	protocolVersion: corpus.version,
	display,
	keypad,
	clock,
	connect,
	restart: () => guarded(restarted),
});

Promise.resolve()
	.then(run)
	.catch((error: Error) => report({ error: error.stack ?? error.message }))
	.then(() => native?.("xs_host_exit").call(undefined, 0));
