/*
 * One call from a phone of a farm to another, or to a number of the call agent's, and what it took. All times are the phones' own: what the
 * driving program takes to notice and to act between them is not in them.
 */
import type { StreamStatistics } from "../phone/messages.js";
import { CallState } from "../phone/screen.js";
import { type FarmPhone, until } from "./phone.js";
import type { CallResult, FailureKind, Sound } from "./results.js";

export interface CallSettings {
	/** Milliseconds that a phone rings before it is answered, that the call is up, and that each step may take. */
	readonly ringTime: number;
	readonly talkTime: number;
	readonly patience: number;
	/** Whether sound is to be looked at. */
	readonly sound: boolean;
}

class Failure extends Error {
	constructor(readonly kind: FailureKind) {
		super(kind);
	}
}

const refusals: readonly (readonly [state: number, kind: FailureKind])[] = [
	[CallState.busy, "busy"],
	[CallState.congestion, "congestion"],
	[CallState.invalidNumber, "invalid number"],
];

function refusal(caller: FarmPhone): FailureKind | undefined {
	return refusals.find(([state]) => caller.since(state) !== undefined)?.[1];
}

/** Why a step came to nothing: what phones say of themselves before what was missed. */
function reason(missed: FailureKind, ...phones: readonly FarmPhone[]): FailureKind {
	if (phones.some(({ phone }) => phone.exit)) return "phone ended";
	if (phones.some(({ registered }) => !registered)) return "registration lost";
	return (phones[0] && refusal(phones[0])) ?? missed;
}

function soundOf(stream: StreamStatistics): Sound {
	return {
		sent: stream.packetsSent,
		received: stream.packetsReceived,
		lost: stream.packetsLost,
		jitter: stream.jitter / 8,
		mos: stream.mosAverage / 10_000,
	};
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The steps of one call. */
class Course {
	readonly result: CallResult = { sound: [] };

	constructor(
		private readonly caller: FarmPhone,
		private readonly called: FarmPhone | string,
		private readonly settings: CallSettings,
	) {}

	private get callee(): FarmPhone | undefined {
		return typeof this.called === "string" ? undefined : this.called;
	}

	private get phones(): FarmPhone[] {
		return this.callee ? [this.caller, this.callee] : [this.caller];
	}

	/** Waits for a time that a phone tells. @throws Failure, by what is missed unless the phones know better. */
	private async step(look: () => number | undefined, missed: FailureKind): Promise<number> {
		const { caller, phones, settings } = this;
		const at = await until(phones, () => look() ?? (refusal(caller) ? Number.NaN : undefined), settings.patience);
		if (at === undefined || Number.isNaN(at)) throw new Failure(reason(missed, ...phones));
		return at;
	}

	/** When a phone has taken its last order. */
	private taken(phone: FarmPhone, missed: FailureKind): Promise<number> {
		return this.step(() => phone.takenAt, missed);
	}

	async run(): Promise<void> {
		const { caller, called, callee, result } = this;
		caller.hook(true);
		const tone = await this.step(() => caller.toneAt, "no dial tone");
		result.dialTone = tone - (await this.taken(caller, "no dial tone"));
		caller.keys(typeof called === "string" ? called : called.number);
		if (callee) await this.answered(callee);
		else {
			const connected = await this.step(() => caller.since(CallState.connected), "no connection");
			result.setUp = connected - (await this.taken(caller, "no connection"));
		}
		await this.talk();
		await this.release();
	}

	private async answered(callee: FarmPhone): Promise<void> {
		const { caller, result } = this;
		const ringing = await this.step(() => callee.since(CallState.ringIn), "no ringing");
		result.ringing = ringing - (await this.taken(caller, "no ringing"));
		await pause(this.settings.ringTime);
		callee.hook(true);
		const there = await this.step(() => callee.since(CallState.connected), "no connection");
		const here = await this.step(() => caller.since(CallState.connected), "no connection");
		result.answer = Math.max(there, here) - (await this.taken(callee, "no connection"));
		result.setUp = result.ringing + result.answer;
	}

	/** Lets the call be for its time, at whose end the sound is looked at. */
	private async talk(): Promise<void> {
		const { phones, settings } = this;
		const lost = () => (phones.some((phone) => phone.since(CallState.connected) === undefined) ? true : undefined);
		if ((await until(phones, lost, settings.talkTime)) || phones.some(({ phone }) => phone.exit))
			throw new Failure(reason("call lost", ...phones));
		if (settings.sound) await this.listen();
	}

	private async listen(): Promise<void> {
		for (const { phone } of this.phones) {
			const { streams } = await phone.statistics().catch(() => {
				throw new Failure("phone ended");
			});
			const stream = streams.find(({ open }) => open);
			if (stream) this.result.sound.push(soundOf(stream));
			if (!stream || stream.packetsReceived === 0) throw new Failure("no sound");
		}
	}

	private async release(): Promise<void> {
		const { caller, phones } = this;
		caller.hook(false);
		const idle = (phone: FarmPhone) => (phone.calls.size === 0 ? phone.idleAt : undefined);
		const ends: number[] = [];
		for (const phone of phones) ends.push(await this.step(() => idle(phone), "not released"));
		this.result.release = Math.max(...ends) - (await this.taken(caller, "not released"));
	}
}

/** Puts both phones back as they were. @returns false when one still has a call after that. */
async function hangUp(phones: readonly FarmPhone[], patience: number): Promise<boolean> {
	for (const phone of phones) phone.hook(false);
	const idle = () =>
		phones.every((phone) => phone.calls.size === 0 && phone.takenAt !== undefined) ? true : undefined;
	return (await until(phones, idle, patience)) === true;
}

/**
 * Makes a call, lets it be for a while and ends it. Never throws: what went wrong is in the result.
 * @param called a phone that answers, or a number at which the call agent does.
 * @returns the result, and whether both phones are free for another call.
 */
export async function makeCall(
	caller: FarmPhone,
	called: FarmPhone | string,
	settings: CallSettings,
): Promise<{ result: CallResult; free: boolean }> {
	const course = new Course(caller, called, settings);
	const phones = typeof called === "string" ? [caller] : [caller, called];
	let result: CallResult = course.result;
	try {
		await course.run();
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		result = { ...result, failure: error.kind };
	}
	return { result, free: await hangUp(phones, settings.patience) };
}
