/*
 * Very many phones on one computer, for a call agent under test: they register, call each other or a number, and tell what it took. Each is
 * a process with the whole phone in it; all are made of one program that has its modules in memory once (tools/phone/brood.ts), and tell
 * no screens, which nobody looks at.
 */
import { EventEmitter } from "node:events";
import { Brood } from "../phone/brood.js";
import { deviceName } from "../phone/names.js";
import { PhoneProcess } from "../phone/phone.js";
import { type CallSettings, makeCall } from "./call.js";
import { checkAgent, isLoopback } from "./guard.js";
import { Load } from "./load.js";
import { checkRange, spread } from "./measure.js";
import { FarmPhone, until } from "./phone.js";
import { memoryOf } from "./processes.js";
import type { CallResult, FarmOptions, LoadOptions, LoadResult, RegistrationResult } from "./results.js";

interface FarmEvents {
	/** A phone is registered, of so many so far. */
	registered: [phone: FarmPhone, count: number];
}

export const firstDevice = "SEP02FA00000000";
const mostPhones = 10_000;
const mostComplaints = 5;
/** Milliseconds. */
const longestPatience = 600_000;
/** Milliseconds for all phones to say good-bye and end. */
const endTime = 20_000;

export class Farm extends EventEmitter<FarmEvents> {
	/** Registered phones, in the order of their names. */
	readonly phones: FarmPhone[] = [];
	registration: RegistrationResult = { registered: 0, failed: 0, seconds: 0, time: spread([]), complaints: [] };
	private readonly all: PhoneProcess[] = [];
	private closing: Promise<void> | undefined;

	private constructor(
		private readonly brood: Brood,
		private readonly options: FarmOptions,
		private readonly address: string,
	) {
		super();
	}

	/**
	 * Starts the phones and registers them; resolves when each is registered or has failed to.
	 * @throws ForeignAddress for a call agent that is not on this computer and not allowed; a RangeError for an option out of its range.
	 */
	static async start(options: FarmOptions, watch: (farm: Farm) => void = () => {}): Promise<Farm> {
		const { phones, agent, allow = [], atOnce = 1, patience = 1 } = options;
		if (!Number.isInteger(phones) || phones < 1 || phones > mostPhones)
			throw new RangeError(`phones: a whole number from 1 to ${mostPhones} expected, not ${phones}`);
		checkRange("atOnce", atOnce, 1, mostPhones);
		checkRange("patience", patience, 1, longestPatience);
		const { address, port } = await checkAgent(agent, allow);
		const brood = await Brood.start();
		const farm = new Farm(brood, options, `${address}:${port}`);
		watch(farm);
		try {
			await farm.registerAll();
		} catch (error) {
			await farm.close();
			throw error;
		}
		return farm;
	}

	/** Makes a call, lets it be for a while and ends it; it never throws. @param called a phone, or a number that the call agent answers. */
	async call(caller: FarmPhone, called: FarmPhone | string, settings: Partial<CallSettings> = {}): Promise<CallResult> {
		const { result } = await makeCall(caller, called, { ...this.settings, ...settings });
		return result;
	}

	/** Makes so many calls a second for a time, whatever becomes of them. */
	load(options: LoadOptions): Promise<LoadResult> {
		return new Load(this.phones, this.settings, options).run();
	}

	/** Octets of memory that a phone takes, on an average of some of them, with its share of what all have in common. */
	get bytesPerPhone(): number {
		const step = Math.max(1, Math.floor(this.phones.length / 32));
		const pids = this.phones.filter((_, index) => index % step === 0).map(({ phone }) => phone.pid ?? 0);
		const found = pids.map(memoryOf).filter((octets) => octets !== undefined);
		return found.length === 0 ? 0 : Math.round(found.reduce((sum, octets) => sum + octets, 0) / found.length);
	}

	/** Process ids of the phones that run. */
	get pids(): number[] {
		return this.phones.flatMap(({ phone }) => (phone.pid === undefined || phone.exit ? [] : [phone.pid]));
	}

	/** Has all phones unregister and ends them. */
	close(): Promise<void> {
		this.closing ??= Promise.all(this.all.map((phone) => phone.quit(endTime))).then(() => this.brood.close());
		return this.closing;
	}

	/** Ends all phones at once, without a word to anybody. */
	kill(): void {
		for (const phone of this.all) phone.kill().catch(() => {});
	}

	private get settings(): CallSettings {
		const { media = "none", patience = 10_000 } = this.options;
		return { ringTime: 0, talkTime: 1000, patience, sound: media !== "none" };
	}

	private async registerAll(): Promise<void> {
		const { phones, atOnce = 32 } = this.options;
		const start = performance.now();
		const started: (FarmPhone | undefined)[] = [];
		const complaints: string[] = [];
		let next = 0;
		const work = async () => {
			for (let index = next++; index < phones && !this.closing; index = next++) {
				const phone = await this.register(index).catch((error: Error) => {
					if (complaints.length < mostComplaints) complaints.push(error.message);
					return undefined;
				});
				started[index] = phone;
				if (phone) this.emit("registered", phone, started.filter((one) => one).length);
			}
		};
		await Promise.all(Array.from({ length: atOnce }, work));
		this.phones.push(...started.filter((phone) => phone !== undefined));
		const times = this.phones.map(({ startedAt = 0, registeredAt = 0 }) => registeredAt - startedAt);
		this.registration = {
			registered: this.phones.length,
			failed: phones - this.phones.length,
			seconds: Math.round(performance.now() - start) / 1000,
			time: spread(times),
			complaints,
		};
	}

	private async register(index: number): Promise<FarmPhone> {
		const { media = "none", protocol, patience = 10_000 } = this.options;
		const phone = await PhoneProcess.start({
			launch: this.brood.launch,
			brief: true,
			silent: media === "none",
			agents: [this.address],
			device: deviceName(this.options.firstDevice ?? firstDevice, index),
			mic: media === "none" ? "silence" : media === "tone" ? "tone" : `wav:${media}`,
			speaker: "null",
			...(protocol === undefined ? {} : { protocol }),
			...(isLoopback(this.address.split(":")[0] ?? "") ? { extra: ["--address", ownAddress(index)] } : {}),
		});
		this.all.push(phone);
		const farmed = new FarmPhone(phone);
		if (await until([farmed], () => farmed.registeredAt, patience)) return farmed;
		throw new Error(`${phone.name} does not register: ${phone.logLines.slice(-2).join("; ")}`);
	}
}

/** An address of loopback for each phone, where its sound goes in and out: one has not ports enough for all. */
function ownAddress(index: number): string {
	return `127.${64 + (index >> 14)}.${(index >> 7) & 127}.${1 + (index & 127)}`;
}
