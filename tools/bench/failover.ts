/*
 * `bench failover`: what a phone loses when its call agent is lost, and how soon it is registered again. Real phones and call agents on
 * loopback addresses; two phones in a call send each other their sound, and each counts what it hears.
 */
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { type CallAgent, startCallAgent } from "../call-agent/agent.js";
import type { Faults } from "../call-agent/faults.js";
import { FromStation } from "../call-agent/ids.js";
import { deviceName } from "../phone/names.js";
import { PhoneProcess } from "../phone/phone.js";
import type { Bits } from "../phone/project.js";
import { CallState, calls, Registration } from "../phone/screen.js";

export interface Outcome {
	/**
	 * From the fault to the registration with whichever call agent takes the phone; in a call from the moment in which the user hangs up,
	 * since the phone leaves call agents alone until then.
	 */
	reregistered_ms: number;
	/** Calls that were up before and still are. */
	calls_kept: number;
	/** Sound of the call that did not arrive, in the worse of both directions. */
	seconds_of_sound_lost: number;
}

export interface FailoverResult {
	faults: Record<string, Record<string, Outcome>>;
	connected_calls_lost: number;
	connected_sound_lost_s: number;
	/** From the last keepalive that the silent call agent has answered to the registration with the next one, in keepalive intervals. */
	silent_server_intervals: number;
	keepalive_s: number;
	bits: number;
}

/** What is done to the call agents of a house; resolves at the moment from which the time counts. */
type Fault = (house: House) => Promise<number>;

const situations = ["idle", "ringing", "connected"] as const;
type Situation = (typeof situations)[number];

/** Seconds between keepalives, as call agents of this bench want them. */
const keepAlive = 10;
/** Milliseconds within which everything happens, on however busy a machine. */
const timeout = 120_000;
/** Seconds for which the sound of a call is counted once its call agent is lost. */
const listening = 5;
/** Milliseconds of sound in a packet. */
const packetTime = 20;
/** Answers of a slow call agent come so much later, in ms. */
const slowness = 2000;
const firstDevice = "SEP00112233A000";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Call agents in order of preference, and the phones that are registered with the first. */
class House {
	readonly agents: CallAgent[] = [];
	readonly phones: PhoneProcess[] = [];

	/** @param address loopback address of the first call agent; the others have those behind it. */
	async open(bits: Bits, address: number, backups: readonly Faults[], phones: number): Promise<void> {
		const all: readonly Faults[] = [{ keepCalls: true }, ...backups];
		for (const [index, faults] of all.entries())
			this.agents.push(
				await startCallAgent({
					address: `127.0.0.${address + index}`,
					port: 0,
					keepalive: keepAlive,
					// however late: it is the phone that has to notice
					keepaliveMisses: 100,
					packetTime,
					faults,
				}),
			);
		let standBy = 0;
		this.agents[1]?.on("connected", () => {
			standBy += 1;
		});
		const agents = this.agents.map((agent, index) => `127.0.0.${address + index}:${agent.port}`);
		for (let index = 0; index < phones; index += 1) {
			const phone = await PhoneProcess.start({
				bits,
				agents,
				device: deviceName(firstDevice, address * 16 + index),
				mic: "tone:700",
				speaker: "null",
			});
			this.phones.push(phone);
			// one after the other, so that numbers are given in order
			await phone.wait(
				() => phone.screen?.registration === Registration.registered && phone.screen.number !== "",
				timeout,
				"registration",
			);
		}
		// a phone that has been registered for a while stands by with the next call agent
		for (const end = Date.now() + timeout; standBy < phones; await pause(50))
			if (Date.now() > end) throw new Error(`${standBy} of ${phones} phones stand by with the next call agent`);
	}

	/** The call agent that the phones are registered with. */
	get first(): CallAgent {
		return this.agents[0] as CallAgent;
	}

	/** The phone that is looked at. */
	get phone(): PhoneProcess {
		return this.phones[0] as PhoneProcess;
	}

	/** Resolves with the time of the next complete registration of the phone that is looked at. */
	registration(): Promise<number> {
		const { name } = this.phone;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(
				() => reject(new Error(`no registration within ${timeout} ms\n  ${this.phone.describe()}`)),
				timeout,
			);
			for (const agent of this.agents)
				agent.on("registered", (device) => {
					if (device.name !== name) return;
					clearTimeout(timer);
					resolve(performance.now());
				});
		});
	}

	/** The second phone calls the first one, which answers where the situation is a call. */
	async begin(situation: Situation): Promise<void> {
		const [called, caller] = this.phones;
		if (situation === "idle" || called === undefined || caller === undefined) return;
		const state = (phone: PhoneProcess, wanted: number) =>
			phone.wait(() => calls(phone.screen).some((call) => call.state === wanted), timeout, `call state ${wanted}`);
		caller.hook(true);
		await state(caller, CallState.offHook);
		caller.keys(called.screen?.number ?? "");
		await state(called, CallState.ringIn);
		if (situation === "ringing") return;
		called.hook(true);
		await state(called, CallState.connected);
		await state(caller, CallState.connected);
		for (const phone of this.phones) await heard(phone);
	}

	async close(): Promise<void> {
		for (const phone of this.phones) await phone.quit();
		for (const agent of this.agents) await agent.close();
	}
}

interface Count {
	readonly ticks: number;
	readonly packets: number;
}

/** Packets that the phone has received in its open stream, and when by its own clock. */
async function count(phone: PhoneProcess): Promise<Count> {
	const { streams, ticks } = await phone.statistics();
	return { ticks, packets: streams.find((stream) => stream.open)?.packetsReceived ?? 0 };
}

/** Waits until sound comes. */
async function heard(phone: PhoneProcess): Promise<void> {
	for (const end = Date.now() + timeout; Date.now() < end; await pause(100))
		if ((await count(phone)).packets > 0) return;
	throw new Error(`no sound\n  ${phone.describe()}`);
}

/** Seconds of sound missing between two counts; at either end a packet may be on its way. */
function missing(before: Count, after: Count): number {
	const due = (after.ticks - before.ticks) / packetTime;
	return (Math.max(0, Math.floor(due - (after.packets - before.packets)) - 1) * packetTime) / 1000;
}

const crash =
	(how: "close" | "reset"): Fault =>
	async ({ first }) => {
		first.crash(how);
		return performance.now();
	};

/** The first call agent has just answered a keepalive of the phone that is looked at, and says nothing from then on. */
async function fallSilent({ first, phone }: House): Promise<number> {
	for (;;) {
		const [connection, message] = await once(first, "message");
		if (message.id !== FromStation.KeepAliveReq) continue;
		const own = first.devices.get(phone.name)?.registration?.connection;
		if (connection !== own) continue;
		const now = performance.now();
		// its answer has gone out when this comes
		await pause(0);
		first.faults.stall = true;
		return now;
	}
}

/** The phones' own addresses are others: on a network that still knows those before. */
async function moveAway({ phones }: House): Promise<number> {
	for (const [index, phone] of phones.entries()) phone.send(`address 127.0.9.${index + 1}`);
	return performance.now();
}

const faults: Readonly<Record<string, { readonly fault: Fault; readonly backups: readonly Faults[] }>> = {
	fin: { fault: crash("close"), backups: [{}] },
	rst: { fault: crash("reset"), backups: [{}] },
	silence: { fault: fallSilent, backups: [{}] },
	address_change: { fault: moveAway, backups: [{}] },
	// the next one takes the phone in and hangs up on it at once
	sick_server: { fault: crash("close"), backups: [{ closeAt: FromStation.ButtonTemplateReq }, {}] },
	// the next one answers late
	slow_server: { fault: crash("close"), backups: [{ delay: slowness }] },
};

/** Waits until the phone knows that its call agent is lost. */
function noticed(phone: PhoneProcess): Promise<unknown> {
	return phone.wait(
		() => phone.screen?.registration !== Registration.registered,
		timeout,
		"the loss of the call agent",
	);
}

async function measure(bits: Bits, name: string, situation: Situation, address: number): Promise<Outcome> {
	const { backups, fault } = faults[name] as (typeof faults)[string];
	const house = new House();
	try {
		await house.open(bits, address, backups, situation === "idle" ? 1 : 2);
		await house.begin(situation);
		const { phone, phones } = house;
		const registered = house.registration();
		// it may fail before anybody waits for it
		registered.catch(() => {});
		const before = await Promise.all(phones.map(count));
		let since = await fault(house);
		if (situation !== "connected") {
			await noticed(phone);
			const at = await registered;
			return {
				reregistered_ms: Math.round(at - since),
				calls_kept: calls(phone.screen).length,
				seconds_of_sound_lost: 0,
			};
		}
		await Promise.all(phones.map(noticed));
		await pause(listening * 1000);
		const after = await Promise.all(phones.map(count));
		const kept = phones.every((each) => calls(each.screen).some((call) => call.state === CallState.connected));
		const lost = before.map((from, index) => missing(from, after[index] as Count));
		since = performance.now();
		phone.hook(false);
		const at = await registered;
		return {
			reregistered_ms: Math.round(at - since),
			calls_kept: kept ? 1 : 0,
			seconds_of_sound_lost: Number(Math.max(...lost).toFixed(2)),
		};
	} finally {
		await house.close();
	}
}

/** Measures fault after fault, its three situations at the same time. */
export async function benchFailover(bits: Bits, progress: (line: string) => void): Promise<FailoverResult> {
	const result: FailoverResult = {
		faults: {},
		connected_calls_lost: 0,
		connected_sound_lost_s: 0,
		silent_server_intervals: 0,
		keepalive_s: keepAlive,
		bits,
	};
	for (const name of Object.keys(faults)) {
		progress(name);
		const outcomes = await Promise.all(
			situations.map((situation, index) => measure(bits, name, situation, 41 + 4 * index)),
		);
		const [idle, ringing, connected] = outcomes as [Outcome, Outcome, Outcome];
		result.faults[name] = { idle, ringing, connected };
		result.connected_calls_lost += 1 - connected.calls_kept;
		result.connected_sound_lost_s += connected.seconds_of_sound_lost;
		if (name !== "silence") continue;
		const intervals = Math.max(idle.reregistered_ms, ringing.reregistered_ms) / (keepAlive * 1000);
		result.silent_server_intervals = Number(intervals.toFixed(3));
	}
	result.connected_sound_lost_s = Number(result.connected_sound_lost_s.toFixed(2));
	return result;
}
