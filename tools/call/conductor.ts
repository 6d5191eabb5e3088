/*
 * Plays a script on one or more phones, step by step, and gathers what was measured and heard on the way.
 */
import type { KeyNames, PlacedPicture, Screen } from "../phone/messages.js";
import { type PhoneOptions, PhoneProcess } from "../phone/phone.js";
import { elsewhere, expectNow, pause, waitFor, waitForMedia } from "./acts.js";
import type { ScriptAgents } from "./agents.js";
import { listen } from "./hearing.js";
import { CallMeter } from "./meter.js";
import type { Moment } from "./moment.js";
import type { Step } from "./script.js";
import { type Passage, type Sound, SoundChannel, SoundClock } from "./sound.js";

/** What is played: as it is, or made for a rate of samples a second. */
export type Sample = Int16Array | ((rate: number) => Int16Array);

/** A step that did not come true; the message begins with the step's file and line. */
export class StepError extends Error {
	override readonly name = "StepError";
}

export interface Station {
	phone: PhoneProcess;
	meter: CallMeter;
	/** Absent where nothing can be played and recorded: the phone's microphone sounds as it does. */
	sound?: Sound;
	/** Whether the phone's sound goes on only while somebody plays. */
	clocked?: boolean;
	/** What was played and recorded by `play` steps, in order. */
	passages: Passage[];
	/** Milliseconds within which a softkey has to appear. */
	softkeyWait: number;
	/** Saves what the display shows as a PNG, where the phone has a display. */
	picture?: (file: string) => Promise<void>;
}

/** A phone whose sound goes through this program. */
export type HeardStation = Station & { sound: Sound };

/** A phone on an emulated chip, which makes no sound that this program could hear. */
interface EmulatedPhone {
	readonly phone: PhoneProcess;
	picture(file: string): Promise<void>;
}

/** Milliseconds that pass at once on clocks that are held. */
const longestPass = 10_000;
/** Takes a screen under a name, what the keys of a display to touch are called, and the pictures that it shows. */
export type SceneTaker = (name: string, screen: Screen, keyNames: KeyNames, pictures: readonly PlacedPicture[]) => void;

const softkeyWait = 30_000;
/** An emulated chip is slow on a busy computer. */
const chipSoftkeyWait = 60_000;

export class Conductor {
	readonly stations: Station[] = [];
	private readonly sample: Sample;
	private readonly say: (text: string) => void;
	private readonly clock = new SoundClock();
	private readonly agents: ScriptAgents | undefined;
	/** The phone whose step was the last one. */
	private acting: number | undefined;
	/** What time it is where the phones' clocks are held. */
	private readonly moment: Moment | undefined;
	/** Takes what a `scene` step notes. */
	onScene: SceneTaker | undefined = undefined;

	/**
	 * @param sample what `play` plays: of phones at 8 kHz, or for the rate of each. @param say prints a line for `say` and for each step begun. @param agents the script's own call
	 * agents; undefined where phones register elsewhere. @param moment where the phones' clocks are held at one.
	 */
	constructor(sample: Sample, say: (text: string) => void, agents?: ScriptAgents, moment?: Moment) {
		this.moment = moment;
		this.sample = sample;
		this.say = say;
		this.agents = agents;
	}

	/**
	 * Starts a phone more. Sound goes over its PCM channel, whatever the options say: in real time, or with `pcm: "clock"` on a
	 * clock that all such phones have in common, which runs while one plays or is waited for media.
	 */
	async addPhone(options: PhoneOptions): Promise<HeardStation> {
		const [station] = await this.addPhones([options]);
		return station as HeardStation;
	}

	/** Starts several phones at once; they count in the order of their options. */
	async addPhones(all: readonly PhoneOptions[]): Promise<HeardStation[]> {
		const started = performance.now();
		const settled = await Promise.allSettled(
			all.map((options) => PhoneProcess.start({ ...options, pcm: options.pcm === "clock" ? "clock" : "queue" })),
		);
		const stations = settled.flatMap((start) =>
			start.status === "fulfilled" ? [this.takePhone(start.value, started)] : [],
		);
		for (const start of settled) if (start.status === "rejected") throw start.reason;
		return stations;
	}

	private takePhone(phone: PhoneProcess, started: number): HeardStation {
		const { pcm } = phone;
		if (!pcm) throw new Error(`${phone.name}: no sound channel`);
		const clocked = phone.options.pcm === "clock";
		const meter = new CallMeter(phone, started);
		const { rate } = phone.options;
		const sound = clocked ? this.clock.add(pcm, () => phone.sounded, rate) : new SoundChannel(pcm, rate);
		const station = { phone, meter, sound, clocked, passages: [], softkeyWait };
		this.stations.push(station);
		return station;
	}

	/** Takes a phone on an emulated chip, which is its owner's to end. @param started when it was, by performance.now(). */
	addChip(chip: EmulatedPhone, started: number): Station {
		const { phone } = chip;
		const picture = (file: string) => chip.picture(file);
		const meter = new CallMeter(phone, started);
		const station = { phone, meter, passages: [], softkeyWait: chipSoftkeyWait, picture };
		this.stations.push(station);
		return station;
	}

	/** Plays the steps in order. Throws StepError for the first that does not come true. */
	async run(steps: readonly Step[]): Promise<void> {
		for (const step of steps) {
			const station = this.stations[step.phone - 1];
			if (!station) throw new StepError(`${step.where}: there is no phone ${step.phone}`);
			try {
				await this.turn(step);
				await this.perform(step, station);
			} catch (error) {
				throw new StepError(`${step.where}: '${step.text}': ${(error as Error).message}`);
			}
		}
	}

	/**
	 * When another phone's turn comes, or an order's, what was done before has come to all phones and agents; likewise before a softkey,
	 * whose place may be another in what is still on its way.
	 */
	private async turn(step: Step): Promise<void> {
		const { acting } = this;
		const next = step.do === "agent" ? undefined : step.phone;
		this.acting = next;
		const settles = step.do === "softkey" || step.do === "scene";
		if (acting === next && !settles) return;
		await this.settle(acting);
	}

	/** Whatever one phone, or all of them, have said and been told has come to all. */
	private async settle(acting: number | undefined): Promise<void> {
		if (!this.agents) return;
		// What its keys send has been sent when it answers.
		if (acting !== undefined) await this.stations[acting - 1]?.phone.statistics();
		await this.agents.settle();
	}

	/** Has all phones unregister and end. */
	async close(): Promise<void> {
		await Promise.all(this.stations.map(({ phone }) => phone.quit()));
	}

	private async perform(step: Step, station: Station): Promise<void> {
		const { phone, meter, sound, passages, picture } = station;
		switch (step.do) {
			case "key":
				meter.pressed();
				phone.key(step.name, step.direction);
				break;
			case "keys":
				for (const digit of step.digits) {
					meter.pressed();
					phone.key(digit);
				}
				break;
			case "softkey":
				meter.pressed();
				await phone.softkey(step.label, station.softkeyWait);
				break;
			case "hook":
				meter.pressed();
				phone.hook(step.off);
				break;
			case "wait":
				await waitFor(phone, this.agents ?? elsewhere, step.condition, step.milliseconds);
				break;
			case "expect":
				await expectNow(phone, this.agents ?? elsewhere, step.condition);
				break;
			case "media":
				await waitForMedia(station, step.milliseconds);
				break;
			case "play":
				if (sound) passages.push(await sound.play(this.sampleFor(sound), step.milliseconds / 1000));
				else await pause(step.milliseconds);
				break;
			case "hear":
				await this.hear(step.phone, step.phones);
				break;
			case "agent":
				if (!this.agents) throw new Error("the call agent is not this script's own: it takes no orders");
				await this.agents.order(step.agent, step.words);
				break;
			case "sleep":
				await pause(step.milliseconds);
				break;
			case "wideband":
			case "configuration":
			case "named":
			case "label":
				// So it was started.
				break;
			case "scene":
				// answers come in order: after this one the screen is the latest
				await phone.statistics();
				if (phone.screen)
					this.onScene?.(step.name, phone.screen, await phone.keyNames(), shownPictures(phone.screen, phone.pictures));
				break;
			case "pass":
				await this.pass(step.milliseconds);
				break;
			case "say":
				this.say(step.text);
				break;
			case "picture":
				if (!picture) throw new Error("this phone has no display to save: an emulated chip has");
				await picture(step.file);
				break;
		}
	}

	/** In steps within which phones and call agents tell each other that they are there. */
	private async pass(milliseconds: number): Promise<void> {
		if (this.moment === undefined) throw new Error("the phones' clocks go by themselves: --at holds them");
		for (let left = milliseconds; left > 0; left -= longestPass) {
			for (const { phone } of this.stations) phone.pass(Math.min(left, longestPass));
			await Promise.all(this.stations.map(({ phone }) => phone.statistics()));
			this.moment.passed += Math.min(left, longestPass);
			await this.agents?.settle();
		}
	}

	private sampleFor({ rate }: Sound): Int16Array {
		return typeof this.sample === "function" ? this.sample(rate) : this.sample;
	}

	private async hear(listener: number, wanted: readonly number[]): Promise<void> {
		const sounds = this.stations.map(({ sound }) => sound);
		if (!sounds.every((sound) => sound !== undefined))
			throw new Error("an emulated chip makes no sound to be heard here");
		const wrong = await listen(sounds, listener, wanted);
		if (wrong) throw new Error(wrong);
	}
}

/** Those pictures that are on the screen, of all that the phone keeps. */
function shownPictures({ overlay }: Screen, kept: ReadonlyMap<number, PlacedPicture>): PlacedPicture[] {
	const places = new Set([...(overlay?.picture ? [0] : []), ...(overlay?.icons ?? []).filter((place) => place > 0)]);
	return [...places].flatMap((place) => kept.get(place) ?? []).filter(({ image }) => image !== "");
}
