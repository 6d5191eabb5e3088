/*
 * Very many phones as load for a call agent, for programs: docs/farm.md.
 */
import { Farm as Phones } from "../farm/farm.js";
import type { FarmPhone } from "../farm/phone.js";
import { drawLoad } from "../farm/plot.js";
import type { CallResult, FarmOptions, LoadOptions, LoadResult, RegistrationResult } from "../farm/results.js";
import { makePhone } from "../phone/builds.js";
import type { CallAgent } from "./agent.js";

/** One phone of a farm. */
export interface FarmedPhone {
	/** Device name. */
	readonly device: string;
	/** Number of its first line. */
	readonly number: string;
	/** As it is now. */
	readonly registered: boolean;
}

export interface FarmCallOptions {
	/** Seconds that the call is up (1), and that the phone rings before it is answered (0). */
	talkSeconds?: number;
	ringSeconds?: number;
}

export class Farm {
	private readonly farm: Phones;
	/** Registered phones, in the order of their names. */
	readonly phones: readonly FarmedPhone[];

	private constructor(farm: Phones) {
		this.farm = farm;
		this.phones = farm.phones.map((phone) => ({
			device: phone.name,
			get number() {
				return phone.number;
			},
			get registered() {
				return phone.registered;
			},
		}));
	}

	/**
	 * Starts the phones and registers them; resolves when each is registered or has failed to.
	 * Rejects for a call agent that is not on this computer and not among `allow`, and with a RangeError for an option out of its range.
	 * @param progress is called at each registration, with how many there are.
	 */
	static async start(
		options: Omit<FarmOptions, "agent"> & { agent: CallAgent | string },
		progress: (registered: number) => void = () => {},
	): Promise<Farm> {
		await makePhone();
		const { agent } = options;
		const address = typeof agent === "string" ? agent : agent.address;
		const farm = await Phones.start({ ...options, agent: address }, (begun) =>
			begun.on("registered", (_, count) => progress(count)),
		);
		return new Farm(farm);
	}

	/** How the registration of all went. */
	get registration(): RegistrationResult {
		return this.farm.registration;
	}

	/** Octets of memory that a phone takes. */
	get bytesPerPhone(): number {
		return this.farm.bytesPerPhone;
	}

	/**
	 * Makes one call, lets it be for a while and ends it. What goes wrong is in the result; it rejects for a phone of no farm alone.
	 * @param called another phone, or a number that the call agent answers.
	 */
	async call(caller: FarmedPhone, called: FarmedPhone | string, options: FarmCallOptions = {}): Promise<CallResult> {
		const { talkSeconds = 1, ringSeconds = 0 } = options;
		const settings = { talkTime: talkSeconds * 1000, ringTime: ringSeconds * 1000 };
		return this.farm.call(this.find(caller), typeof called === "string" ? called : this.find(called), settings);
	}

	/** Makes so many calls a second for a time, whatever becomes of them. Rejects with a RangeError for an option out of its range. */
	load(options: LoadOptions): Promise<LoadResult> {
		return this.farm.load(options);
	}

	/** A picture of a load as an SVG file. Throws where ECharts, which draws it, is not installed. */
	plot(result: LoadResult, title: string): string {
		return drawLoad(result, title);
	}

	/** Has all phones unregister and ends them. */
	close(): Promise<void> {
		return this.farm.close();
	}

	private find(wanted: FarmedPhone): FarmPhone {
		const phone = this.farm.phones[this.phones.indexOf(wanted)];
		if (phone === undefined) throw new TypeError(`${wanted.device} is no phone of this farm`);
		return phone;
	}
}
