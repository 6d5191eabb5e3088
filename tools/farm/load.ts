/*
 * Load: so many calls begin each second, whatever becomes of those before, because that is how people call. Each second of it is kept, for
 * the picture.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type CallSettings, makeCall } from "./call.js";
import { checkRange, spread } from "./measure.js";
import type { FarmPhone } from "./phone.js";
import type { CallResult, FailureKind, LoadOptions, LoadResult, Moment, Sound } from "./results.js";

const lateTime = 100;

export class Load {
	private readonly results: CallResult[] = [];
	private readonly failures: Partial<Record<FailureKind, number>> = {};
	private readonly moments: Moment[] = [];
	private readonly running = new Set<Promise<void>>();
	private readonly free: FarmPhone[];
	private start = 0;
	private notMade = 0;
	private late = 0;
	private atOnce = 0;

	/** @throws RangeError */
	constructor(
		phones: readonly FarmPhone[],
		private readonly settings: CallSettings,
		private readonly options: LoadOptions,
	) {
		checkRange("callsPerSecond", options.callsPerSecond, 0.01, 1000);
		checkRange("seconds", options.seconds, 0, 7 * 24 * 3600);
		checkRange("talkSeconds", options.talkSeconds ?? 0, 0, 3600);
		checkRange("ringSeconds", options.ringSeconds ?? 0, 0, 3600);
		this.free = [...phones];
	}

	async run(): Promise<LoadResult> {
		const { callsPerSecond, seconds } = this.options;
		const delay = monitorEventLoopDelay({ resolution: 10 });
		delay.enable();
		this.start = performance.now();
		const count = Math.floor(callsPerSecond * seconds);
		for (let index = 0; index < count; index++) {
			const due = this.start + (index * 1000) / callsPerSecond;
			const wait = due - performance.now();
			if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
			else if (wait < -lateTime) this.late++;
			this.begin();
		}
		await Promise.all(this.running);
		delay.disable();
		const milliseconds = (nanoseconds: number) => Math.round(Math.max(0, nanoseconds / 1e6 - 10) * 100) / 100;
		return this.sum({ p50: milliseconds(delay.percentile(50)), p99: milliseconds(delay.percentile(99)) });
	}

	private begin(): void {
		const { number } = this.options;
		const wanted = number === undefined ? 2 : 1;
		const moment = this.moment();
		const ready = this.free.filter((phone) => phone.registered).slice(0, wanted);
		const [caller, callee] = ready;
		if (!caller || ready.length < wanted) {
			this.notMade++;
			return;
		}
		for (const phone of ready) this.free.splice(this.free.indexOf(phone), 1);
		moment.begun++;
		const call = this.call(caller, callee ?? number ?? "", ready, moment);
		this.running.add(call);
		this.atOnce = Math.max(this.atOnce, this.running.size);
		call.finally(() => this.running.delete(call));
	}

	private async call(
		caller: FarmPhone,
		called: FarmPhone | string,
		phones: readonly FarmPhone[],
		moment: Moment,
	): Promise<void> {
		const { talkSeconds = 5, ringSeconds = 0, progress } = this.options;
		const settings = { ...this.settings, talkTime: talkSeconds * 1000, ringTime: ringSeconds * 1000 };
		const { result, free } = await makeCall(caller, called, settings);
		this.results.push(result);
		if (result.failure === undefined) moment.ok++;
		else {
			moment.failed++;
			this.failures[result.failure] = (this.failures[result.failure] ?? 0) + 1;
		}
		if (result.dialTone !== undefined) moment.dialTone.push(result.dialTone);
		if (result.setUp !== undefined) moment.setUp.push(result.setUp);
		if (free) this.free.push(...phones);
		progress?.(this.results.length);
	}

	private moment(): Moment {
		const second = Math.floor((performance.now() - this.start) / 1000);
		for (let at = this.moments.length; at <= second; at++)
			this.moments.push({ second: at, begun: 0, ok: 0, failed: 0, dialTone: [], setUp: [] });
		return this.moments[second] as Moment;
	}

	private sum(lag: { p50: number; p99: number }): LoadResult {
		const { results } = this;
		const of = (figure: "dialTone" | "ringing" | "answer" | "setUp" | "release") =>
			spread(results.map((result) => result[figure]).filter((value) => value !== undefined));
		const failed = results.filter(({ failure }) => failure !== undefined).length;
		return {
			callsOk: results.length - failed,
			callsFailed: failed,
			callsNotMade: this.notMade,
			callsAtOnce: this.atOnce,
			failures: this.failures,
			dialTone: of("dialTone"),
			ringing: of("ringing"),
			answer: of("answer"),
			setUp: of("setUp"),
			release: of("release"),
			sound: soundOf(results.flatMap(({ sound }) => sound)),
			lag,
			late: this.late,
			moments: this.moments,
		};
	}
}

function soundOf(all: readonly Sound[]): LoadResult["sound"] {
	if (all.length === 0) return undefined;
	const sum = (figure: "sent" | "received" | "lost") => all.reduce((total, sound) => total + sound[figure], 0);
	return {
		sent: sum("sent"),
		received: sum("received"),
		lost: sum("lost"),
		jitter: spread(all.map(({ jitter }) => jitter)),
		mos: spread(all.map(({ mos }) => mos).filter((mos) => mos > 0)),
	};
}
