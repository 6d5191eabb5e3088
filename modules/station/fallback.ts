/*
 * The way back to a better call agent. While the phone is registered with one that is not the first of its list, it stands by with those
 * before it; where one has been there for as long as the configuration says, and no call is up, it is asked by RegisterTokenReq whether
 * the phone may come. CallManager answers with leave or with a wait; chan_skinny does not answer and FreeSWITCH closes the connection:
 * with those the phone just comes. A fleet of phones does not come at once: each waits some time more, of its own.
 */
import { Word } from "base/words";
import type { Clock, TimerHandle } from "hal/hardware";
import type { PhoneNetwork } from "network/network";
import type { Link } from "sccp/link";
import type { CallAgents } from "station/agents";
import type { Identity } from "station/register";
import { Standby, type StandbyListener } from "station/standby";

/** What a configuration says of it, by the names of its elements. */
export interface FallbackConfiguration {
	/** Seconds for which a better call agent must have been there. */
	readonly connectionMonitorDuration: number;
	/** 1: only when the phone is reset. */
	readonly revertPriority: number;
}

/** The default of connectionMonitorDuration, in s. */
const usualDuration = 120;
/** Phones come over a time that is this part of the duration, and no shorter than the least, in ms. */
const spreadPart = 0.25;
const leastSpread = 10000;
/** How long an answer to RegisterTokenReq is waited for, in ms. */
const tokenTimeout = 10000;
/** How long a call agent that closed the connection on RegisterTokenReq is left alone, in ms. */
const closedWait = 5000;
/** How long one that is not connected is given to show that it is there still, in ms: longer than a stand-by tries to connect. */
const probeTime = 11000;
/** How often a phone that is kept by a call looks again, in ms. */
const keptInterval = 5000;
/** The shortest and the longest wait that a call agent may ask for, in s. */
const shortestWait = 5;
const longestWait = 3600;
/** How often the duration doubles where the better call agent does not keep the phone. */
const doublings = 5;

export interface FallbackHost {
	/** False while the phone stays where it is, for a call or for a reset that waits. */
	readonly mayFallBack: boolean;
	/** The phone is to go to the call agent `index`, now. */
	fallBack(index: number): void;
	log(line: string): void;
}

export class Fallback implements StandbyListener {
	/** The stand-by with a better call agent. */
	readonly better: Standby;
	private readonly clock: Clock;
	private readonly host: FallbackHost;
	private readonly identity: Identity;
	private readonly random: () => number;
	private readonly due: () => void;
	private timer: TimerHandle | undefined;
	private agents: CallAgents | undefined;
	private duration: number;
	private allowed: boolean;
	/** Whether an answer to RegisterTokenReq is waited for. */
	private asked: boolean;
	/** Whether the phone just comes: RegisterTokenReq got no answer. */
	private plain: boolean;
	/** Whether a call agent that is not connected has just been asked whether it is there still. */
	private probed: boolean;
	/** Ticks at which the timer is due. */
	private dueAt: number;
	/** The call agent gone back to last, as long as it is not known whether it keeps the phone; -1: none. */
	private tried: number;
	/** How often in a row it did not. */
	private failures: number;

	constructor(
		network: PhoneNetwork,
		clock: Clock,
		link: Link,
		host: FallbackHost,
		identity: Identity,
		random: () => number,
	) {
		this.better = new Standby(network, clock, link, this);
		this.clock = clock;
		this.host = host;
		this.identity = identity;
		this.random = random;
		this.due = () => this.isDue();
		this.timer = undefined;
		this.agents = undefined;
		this.duration = usualDuration;
		this.allowed = true;
		this.asked = false;
		this.plain = false;
		this.probed = false;
		this.dueAt = 0;
		this.tried = -1;
		this.failures = 0;
	}

	configure({ connectionMonitorDuration, revertPriority }: FallbackConfiguration): void {
		this.duration = connectionMonitorDuration;
		this.allowed = revertPriority !== 1;
	}

	/** The phone is registered with the call agent `agents.index`. @param interval between keepalives of a stand-by, in ms. */
	start(agents: CallAgents, interval: number): void {
		this.stop();
		const { index } = agents;
		if (this.tried >= 0 && index > this.tried) {
			this.tried = -1;
			if (this.failures < doublings) this.failures += 1;
		}
		if (!this.allowed) return;
		this.agents = agents;
		this.better.start(agents, 0, index, interval);
	}

	/** Its registration has lasted. */
	lasted(): void {
		if (this.tried >= 0) this.failures = 0;
		this.tried = -1;
	}

	/** The phone is not registered any more, or about to go. */
	stop(): void {
		this.wake(0);
		this.asked = false;
		this.plain = false;
		this.probed = false;
		this.better.stop();
	}

	standbyChanged(): void {
		this.asked = false;
		this.plain = false;
		this.probed = false;
		if (this.better.since < 0) {
			this.wake(0);
			return;
		}
		const duration = this.duration * 1000 * 2 ** this.failures;
		this.wake(duration + this.random() * Math.max(duration * spreadPart, leastSpread) + 1);
	}

	tokenAnswered(seconds: number): void {
		this.asked = false;
		if (seconds < 0) {
			this.go();
			return;
		}
		const wait = Math.min(Math.max(seconds, shortestWait), longestWait);
		this.host.log(`${this.name} has no room: asked again in ${wait} s`);
		// the call agent has told many others the same
		this.wake((wait + this.random() * wait * spreadPart) * 1000);
	}

	tokenLost(): void {
		this.asked = false;
		this.plain = true;
		this.wake(closedWait);
	}

	/** What the status page says of it, '' for nothing. */
	get text(): string {
		if (this.better.since < 0) return "";
		if (this.asked) return `${this.name} ${Word.asked}`;
		return `${this.name}, ${Math.max(0, Math.ceil((this.dueAt - this.clock.ticks) / 1000))} s`;
	}

	private get name(): string {
		return this.agents?.nameOf(this.better.index) ?? "";
	}

	/** The better call agent has been there long enough, or has not answered. */
	private isDue(): void {
		this.timer = undefined;
		// no answer is an answer
		if (this.asked) this.plain = true;
		this.asked = false;
		this.better.forgetToken();
		if (!this.host.mayFallBack) {
			this.go();
			return;
		}
		if (!this.plain) this.asked = this.better.askToken(this.identity);
		if (this.asked) this.wake(tokenTimeout);
		else if (!this.probed && this.better.again()) {
			this.probed = true;
			this.wake(probeTime);
		} else this.go();
	}

	/** Goes there, unless a call or a reset keeps the phone. */
	private go(): void {
		if (!this.host.mayFallBack) {
			this.probed = false;
			this.wake(keptInterval);
			return;
		}
		const { index } = this.better;
		this.wake(0);
		this.host.fallBack(index);
		// not before: leaving tells how the one left has lasted
		this.tried = index;
	}

	/** Has {@link isDue} called in so many milliseconds; 0: not at all. */
	private wake(milliseconds: number): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
		if (milliseconds <= 0) return;
		this.dueAt = this.clock.ticks + milliseconds;
		this.timer = this.clock.after(milliseconds, this.due);
	}
}
