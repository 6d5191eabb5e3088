/*
 * The mirror: what the call agent last said of lines, calls, prompts, softkeys, lamps and sound, and the stimuli that the
 * user's keys send. Nothing is worked out here: a key press goes out, and what shows is what came back.
 */
import { Word } from "base/words";
import { type Audio, type Clock, Key, LampMode, Route } from "hal/hardware";
import { type Call, type CallLog, Calls } from "phone/calls";
import { Change, type PhoneListener, type PhoneObserver } from "phone/changes";
import { Dialler } from "phone/dialler";
import { characterOf, plusKey } from "phone/digits";
import { ringerOff } from "phone/facts";
import { Failures } from "phone/failures";
import { type Line, Lines } from "phone/lines";
import { Media, MediaStatus, refusal } from "phone/media";
import { Paths } from "phone/paths";
import { Patience } from "phone/patience";
import { endCalls } from "phone/preservation";
import { Prompts } from "phone/prompts";
import { Pushed } from "phone/pushed";
import { tellPort } from "phone/receive-ports";
import { Ringer } from "phone/ringer";
import { Routes } from "phone/routes";
import { stopService } from "phone/service-sound";
import { Softkeys } from "phone/softkeys";
import type { Stimuli } from "phone/stimuli";
import { Tones } from "phone/tones";
import { Button, ButtonQuestion, buttonQuestion } from "sccp/buttons";
import { Keypad } from "sccp/messages-call";
import type { Reader } from "sccp/reader";

/** The sound of keys that are none of the dial pad: event 12 of RFC 4733, A. */
const otherKey = 12;

/** Keys that are stimuli without a key of the template. */
export const StimulusKey = Object.freeze({ hold: 3, transfer: 4, voicemail: 15, conference: 125 });

/** Event of the softkey Answer, the same in all call agents' templates. */
const answerEvent = 11;

export interface PhoneOptions {
	reader: Reader;
	stimuli: Stimuli;
	audio: Audio;
	clock: Clock;
	/** Keys beside the display. */
	lineKeys: number;
	/** Counts messages of the call agent. */
	heard: () => number;
	log: (line: string) => void;
}

export class Phone {
	readonly calls: Calls;
	readonly lines: Lines;
	readonly prompts: Prompts;
	readonly softkeys: Softkeys;
	readonly media: Media;
	readonly routes: Routes;
	readonly tones: Tones;
	readonly ringer: Ringer;
	readonly failures: Failures;
	readonly pushed = new Pushed();
	private readonly paths: Paths;
	readonly stimuli: Stimuli;
	readonly audio: Audio;
	readonly clock: Clock;
	readonly dialler: Dialler;
	listener: PhoneListener | undefined = undefined;
	observer: PhoneObserver | undefined = undefined;
	/** What lists of calls are made by. */
	callLog: CallLog | undefined = undefined;
	/** Opens the service at a URL that a key stands for; undefined where there are no services. */
	service: ((url: string) => void) | undefined = undefined;
	/** Instance of the key of a service that has been pressed, 0 for none. */
	private wantedService = 0;
	/** Is told when the last call that outlived its call agent has been ended. */
	callOver: (() => void) | undefined = undefined;
	/** True while the station is registered: only then are stimuli sent. */
	registered = false;
	/** Whether keys of a phone at rest are heard. */
	soundsKeys = false;
	/** True while a call goes on without a call agent: only hanging up and what concerns its sound is to be had. */
	preserving = false;
	/** Line whose call plane is active, 0 for none: its prompt shows while there is no call. */
	activeLine = 0;
	/** Lamp of waiting messages for the phone as a whole, as SetLamp gave it. */
	messageLamp: number = LampMode.off;
	/** Seconds since 1970 in the call agent's local time at {@link timeTicks}; -1 before it is known. */
	timeSeconds = -1;
	timeTicks = 0;
	private readonly patience: Patience;
	/** True from sending OffHook until the call agent shows a call. */
	goingOff = false;
	/** True when the call agent has muted the microphone, not the user. */
	private agentMuted = false;
	/** True when the handset has been up since a call that the user has ended otherwise: it asks for no other one. */
	private handsetSpent = false;

	constructor(options: PhoneOptions) {
		const { reader, audio, clock, log } = options;
		this.audio = audio;
		this.clock = clock;
		this.stimuli = options.stimuli;
		this.calls = new Calls(reader, log, (call) => this.forgetCall(call));
		this.lines = new Lines(reader, options.lineKeys);
		this.prompts = new Prompts(reader, clock, () => {
			this.changed(Change.prompt);
			this.listener?.settled();
		});
		this.softkeys = new Softkeys(reader);
		this.media = new Media(audio, log);
		this.routes = new Routes(audio);
		this.tones = new Tones(audio, log);
		this.ringer = new Ringer(
			this.calls,
			audio,
			clock,
			() => this.changed(Change.sound),
			() => this.listener?.settled(),
		);
		this.paths = new Paths(options.stimuli);
		this.failures = new Failures(this.media, options.stimuli, clock);
		this.patience = new Patience(clock, options.heard, () => {
			this.notice(Word.agentSilent);
			this.listener?.settled();
		});
		this.stimuli.patience = this.patience;
		this.dialler = new Dialler(this, clock);
	}

	/** Marks parts as changed. */
	changed(bits: number): void {
		if ((bits & Change.sound) !== 0 && this.registered) this.paths.tell(this.routes.route);
		this.listener?.changed(bits);
		this.observer?.changed();
	}

	/** Tells the user something, in English, for a while. */
	notice(text: string): void {
		this.listener?.notice(text);
	}

	/** The call that softkeys act on, undefined on the idle phone. */
	get selected(): Call | undefined {
		return this.calls.selected;
	}

	/** Local time of the call agent in seconds since 1970, -1 before it is known. */
	get now(): number {
		if (this.timeSeconds < 0) return -1;
		return this.timeSeconds + Math.floor((this.clock.ticks - this.timeTicks) / 1000);
	}

	/** True while messages wait on any line. */
	get messageWaiting(): boolean {
		return this.waitingLamp !== LampMode.off;
	}

	/** How the lamp of waiting messages shines: as it is told for the phone as a whole, else for the first line that has any. */
	get waitingLamp(): number {
		if (this.messageLamp !== LampMode.off) return this.messageLamp;
		for (let i = 0; i < this.lines.lines.length; i += 1) {
			const { messageLamp } = this.lines.lines[i] as Line;
			if (messageLamp !== LampMode.off) return messageLamp;
		}
		return LampMode.off;
	}

	/** True while any call of this phone is up, ringing or held. */
	get hasCalls(): boolean {
		for (let i = 0; i < this.calls.entries.length; i += 1) {
			const call = this.calls.entries[i] as Call;
			if (call.reference !== 0 && call.state !== 0 && !call.remote) return true;
		}
		return this.media.open;
	}

	/** True while the user is off hook or about to be. */
	get inUse(): boolean {
		return this.goingOff || this.calls.live !== undefined || this.media.open;
	}

	/**
	 * The station has registered. The call agent is told where the hook stands: chan_skinny remembers a phone that went away
	 * off hook (also across its restart) and gives it no dial tone before it has hung up. A handset that is up goes off hook, but for
	 * one that a preserved call has left so.
	 * @param address the phone's own, towards the call agent, as a 32-bit number.
	 */
	start(address: number): void {
		this.registered = true;
		this.stimuli.localAddress = address;
		this.stimuli.onHook(0, 0);
		this.paths.start();
		tellPort(this);
		if (this.routes.handsetOff && !this.handsetSpent) this.goOffHook(Route.handset);
		this.changed(Change.all);
	}

	/**
	 * The call agent is gone. A call that has sound goes on until the user ends it: {@link callOver} is called then, and no call agent
	 * should be bothered before.
	 * @returns whether one does.
	 */
	preserve(): boolean {
		if (!this.preserving) {
			this.forget();
			this.preserving = endCalls(this, false);
			this.changed(Change.all);
		}
		return this.preserving;
	}

	/** There is no registration: nothing the call agent said of calls and states holds any more. */
	stop(): void {
		this.preserving = false;
		this.forget();
		this.pushed.stop();
		endCalls(this, true);
		this.calls.clear();
		this.media.clear();
		this.activeLine = 0;
		this.messageLamp = LampMode.off;
		this.routes.setMute(false);
		if (this.routes.route !== Route.handset) this.routes.set(Route.none);
		this.changed(Change.all);
	}

	/** Forgets what the call agent said, but for its calls. */
	private forget(): void {
		this.registered = false;
		this.wantedService = 0;
		this.dialler.reset();
		this.patience.end();
		this.goingOff = false;
		this.prompts.clear();
		this.lines.reset();
		this.softkeys.clear();
		this.ringer.stop();
		this.tones.cut();
	}

	/** The handset was lifted or put down. */
	hook(offHook: boolean): void {
		const routes = this.routes;
		routes.handsetOff = offHook;
		this.handsetSpent = false;
		if (offHook) {
			this.moveTo(Route.handset);
		} else if (routes.route === Route.handset) this.hangUp();
		this.observer?.changed();
	}

	/** The Speaker or Headset key: takes the call there, hangs up when it is there already, or goes off hook. */
	routeKey(route: number): void {
		const routes = this.routes;
		if (routes.route !== route) {
			routes.headset = route === Route.headset;
			this.moveTo(route);
			return;
		}
		routes.headset = false;
		if (routes.handsetOff && this.inUse) this.route(Route.handset);
		else this.hangUp();
	}

	/** Goes on hook, ending the call that is up. */
	hangUp(): void {
		if (this.preserving) {
			this.endPreserved();
			return;
		}
		const call = this.calls.live;
		if (call !== undefined) call.leaving = true;
		else {
			stopService(this, false);
			stopService(this, true);
		}
		this.dialler.cancel();
		this.goingOff = false;
		this.tones.cut();
		this.route(Route.none);
		if (this.registered) this.stimuli.onHook(call?.line ?? 0, call?.reference ?? 0);
	}

	/** The user has ended a call that no call agent knows: nobody is told. */
	private endPreserved(): void {
		this.handsetSpent = this.routes.handsetOff;
		this.routes.set(Route.none);
		for (let call = this.calls.live; call !== undefined; call = this.calls.live) this.ended(call);
		this.stop();
		this.callOver?.();
	}

	/** Mutes the microphone or takes that back; returns false when there is nothing to mute. */
	muteKey(): boolean {
		if (this.routes.route === Route.none) return false;
		this.agentMuted = false;
		this.routes.setMute(!this.routes.muted);
		this.changed(Change.sound);
		return true;
	}

	/** Route that the volume keys act on: the ringer while idle or ringing, in a call the route in use. */
	get volumeRoute(): number {
		return this.ringer.mode !== ringerOff && this.calls.live === undefined ? Route.none : this.routes.route;
	}

	/** True when digits belong to a call or to one about to begin; otherwise they are collected on hook. */
	get acceptsDigits(): boolean {
		return this.inUse || this.dialler.waits;
	}

	/**
	 * Sounds a key of the phone where its user wants that ({@link soundsKeys}), at the volume of the ringer: on a phone at rest, and never
	 * beside a call, its tones or a ringer.
	 */
	soundKey(key: number): void {
		if (!this.soundsKeys || this.acceptsDigits || this.hasCalls || this.ringer.mode !== ringerOff) return;
		this.audio.keyTone(key <= Key.pound ? key : otherKey);
	}

	/** A key of the dial pad while {@link acceptsDigits}. @param key 0-9, `Key.star` or `Key.pound`. */
	digit(key: number): void {
		this.audio.keyTone(key);
		this.sendDigit(key);
	}

	/**
	 * A digit to the call agent and, where that gave the stream a payload type for it, into the sound as well; its key's
	 * number is its RFC 4733 event. `plusKey` is one for the call agent alone.
	 */
	sendDigit(key: number): void {
		const call = this.calls.live;
		if (call === undefined) {
			this.dialler.type(key);
			return;
		}
		if (call.dialling) {
			call.dialled += characterOf(key);
			this.changed(Change.calls);
		}
		this.stimuli.keypad(button(key), call.line, call.reference);
		if (call.dialling && call.dialled.length === 1) this.patience.begin();
		if (key !== plusKey) this.media.sendEvent(call.reference, key);
	}

	/**
	 * A key beside the display, by position from 0; returns false when it has no meaning for the call agent.
	 * @param number is dialled in the call that a line's key begins; no other key does anything with it.
	 */
	buttonKey(position: number, number = ""): boolean {
		const entry = this.lines.buttons[position];
		return entry !== undefined && this.button(entry.type, entry.instance, number);
	}

	/** As {@link buttonKey}, for a button of the template by its kind and instance. */
	button(type: number, instance: number, number = ""): boolean {
		const question = buttonQuestion(type);
		if (!this.registered || question === ButtonQuestion.nothing) return false;
		if (question === ButtonQuestion.service) return this.askService(instance);
		if (type === Button.line && number !== "") this.dialler.prepare(number);
		else this.dialler.cancel();
		if (type === Button.line && number === "") this.take(instance);
		const call = type === Button.line ? undefined : this.selected;
		this.stimuli.stimulus(type, instance, call === undefined ? 0 : call.reference);
		return true;
	}

	/** The key of a service: the call agent says at each press where that is, so that nothing need be kept of it. */
	private askService(instance: number): boolean {
		if (this.service === undefined) return false;
		this.wantedService = instance;
		this.stimuli.service(instance);
		return true;
	}

	/** The call agent has said where a service is. */
	tellService(instance: number, url: string): void {
		if (instance !== this.wantedService || instance === 0) return;
		this.wantedService = 0;
		if (url === "") this.notice(Word.noService);
		else this.service?.(url);
	}

	/** Hold, Transfer, Conference or Messages: a number of {@link StimulusKey}. */
	stimulusKey(stimulus: number): void {
		const call = this.selected;
		const line = call === undefined ? this.lines.primary.instance : call.line;
		this.dialler.cancel();
		this.stimuli.stimulus(stimulus, line, call === undefined ? 0 : call.reference);
	}

	/** A softkey by its position in the template (see `Softkeys.key`). */
	softkey(index: number): void {
		const call = this.selected;
		const event = this.softkeys.event(index);
		this.dialler.cancel();
		if (event === answerEvent && call?.ringing) this.ringer.answer(call);
		this.stimuli.softkey(event, call === undefined ? 0 : call.line, call === undefined ? 0 : call.reference);
	}

	/** SetMicroMode: on takes back what off has done, never what the user has muted. */
	setMicrophone(on: boolean): void {
		const { routes } = this;
		if (routes.route === Route.none || (on && !this.agentMuted)) return;
		this.agentMuted = !on && (this.agentMuted || !routes.muted);
		routes.setMute(!on);
		this.changed(Change.sound);
	}

	/** SetSpeakerMode: on only where nothing else is in use; off is no hang-up and leaves the handset alone. */
	setSpeaker(on: boolean): void {
		const route = this.routes.route;
		if (on) {
			if (route === Route.none) this.route(this.routes.preferred);
		} else if (route === Route.speaker || route === Route.headset) {
			this.goingOff = false;
			this.route(Route.none);
		}
	}

	/** What has become of a channel of a call, a `MediaStatus`: the user hears it, or why not. */
	channel(status: number, reference: number): void {
		if (status === MediaStatus.ok) this.mediaOpened(reference);
		else this.notice(refusal(status));
	}

	/**
	 * A channel has opened: sound goes somewhere even where the server sent no SetSpeakerMode (chan_skinny on resume), but a
	 * call that the user has just hung up does not turn the microphone on again.
	 */
	private mediaOpened(reference: number): void {
		if (this.routes.route === Route.none && this.calls.find(reference)?.leaving !== true)
			this.route(this.routes.preferred);
	}

	/** A channel has closed. One that outlived its call takes the speaker along, and the microphone; a held call keeps them. */
	channelClosed(): void {
		if (!this.goingOff && !this.hasCalls) this.setSpeaker(false);
	}

	/** A call has ended. */
	ended(call: Call): void {
		this.forgetCall(call);
		this.fallSilent(call, call.ringing);
		this.calls.remove(call);
		this.dialler.ended();
		if (this.calls.live === undefined && this.routes.muted) this.routes.setMute(false);
		// FreeSWITCH says nothing of the speaker of a call that ended before it was answered
		if (!this.inUse) this.setSpeaker(false);
		this.changed(Change.calls | Change.buttons | Change.prompt | Change.softkeys | Change.sound);
	}

	/** A call is held, answered or over: what it had to say for itself ends. @param rang whether it rang until then. */
	fallSilent(call: Call, rang: boolean): void {
		this.tones.end(call.reference);
		this.ringer.end(call, rang);
	}

	/** A call is over, or has no place any more; one that never had a state is in no list. */
	private forgetCall(call: Call): void {
		if (call.state !== 0) {
			this.callLog?.ended(call);
			this.observer?.ended(call);
		}
		this.prompts.clearCall(call.reference);
	}

	private route(route: number): void {
		if (this.routes.set(route)) this.changed(Change.sound);
	}

	/** The key of a line takes the call that rings on it. */
	private take(line: number): void {
		for (let i = 0; i < this.calls.entries.length; i += 1) {
			const call = this.calls.entries[i] as Call;
			if (!call.ringing || call.line !== line) continue;
			this.ringer.answer(call);
			return;
		}
	}

	/** Takes the sound of the present call to a route; without one (also just after hanging up) goes off hook there. */
	private moveTo(route: number): void {
		if (this.preserving || (this.inUse && this.routes.route !== Route.none)) this.route(route);
		else this.goOffHook(route);
	}

	/** Takes the call that rings, or asks for a new one. */
	goOffHook(route: number): void {
		// nobody has heard what was started while the phone was on hook, and nobody is to hear it in the call that comes
		if (this.routes.route === Route.none && this.tones.sounds) this.tones.cut();
		const ringing = this.calls.ringing;
		// at once: what rings on until the call agent turns it off would ring in the ear
		this.ringer.answer(ringing);
		// without a call agent there is nothing to hear, but the handset is up all the same
		if (this.registered || route === Route.handset) this.route(route);
		if (!this.registered) return;
		if (ringing !== undefined) this.dialler.cancel();
		this.goingOff = true;
		this.stimuli.offHook(ringing?.line ?? 0, ringing?.reference ?? 0);
	}
}

/** kpButton of a key that dials. */
function button(key: number): number {
	switch (key) {
		case Key.star:
			return Keypad.star;
		case Key.pound:
			return Keypad.pound;
		case plusKey:
			return Keypad.plus;
		default:
			return key;
	}
}
