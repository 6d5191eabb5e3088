/*
 * Linnet's phones as an engine of Artillery (https://www.artillery.io), which says when calls begin, adds figures of many machines up and
 * reports them: docs/farm.md. Each of Artillery's workers has phones of its own, which register before the first call.
 */
import { threadId } from "node:worker_threads";

const { Farm } = await import("linnet").catch((error) => {
	if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
	// beside the sources, where the package is not installed
	return import("../../tools/programs/linnet.mjs");
});

/** Names of the phones of a worker do not meet those of another. */
const namesOfWorker = 0x10000;

function firstDevice(first) {
	const digits = (BigInt(`0x${first.slice(3)}`) + BigInt(threadId * namesOfWorker)).toString(16);
	return `SEP${digits.toUpperCase().padStart(12, "0")}`;
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export default class LinnetEngine {
	#script;
	#farm;
	/** Phones that are in no call. */
	#free = [];

	constructor(script) {
		this.#script = script;
	}

	/** Artillery waits for this before the first phase. */
	async init() {
		const { target, engines } = this.#script.config;
		const {
			device = process.env.LINNET_FIRST_DEVICE ?? "SEP02FA00000000",
			phones = 10,
			...options
		} = engines.linnet ?? {};
		this.#farm = await Farm.start({ ...options, phones, agent: target, firstDevice: firstDevice(device) });
		const { registered, failed, complaints } = this.#farm.registration;
		if (registered === 0) throw new Error(`linnet: none of ${failed} phones has registered: ${complaints[0] ?? ""}`);
		this.#free.push(...this.#farm.phones);
	}

	/** Steps of a flow: `call` with talkSeconds, ringSeconds and number, all of which may be left out, and `think`. */
	createScenario({ flow = [], name = "" }, events) {
		for (const step of flow)
			if (step.call === undefined && step.think === undefined)
				throw new Error(`linnet: scenario '${name}': call or think expected, not ${Object.keys(step).join(", ")}`);
		return async (context, done) => {
			events.emit("started");
			try {
				for (const { call, think } of flow) {
					if (think !== undefined) await pause(Number(think));
					else await this.#call(call ?? {}, events);
				}
				done(null, context);
			} catch (error) {
				events.emit("error", error.message);
				done(error, context);
			}
		};
	}

	async #call({ number, talkSeconds = 5, ringSeconds = 0 }, events) {
		const phones = this.#free.splice(0, number === undefined ? 2 : 1);
		const [caller, called = `${number}`] = phones;
		try {
			if (caller === undefined || (number === undefined && phones.length < 2)) throw new Error("no phone is free");
			events.emit("counter", "linnet.calls", 1);
			const { failure, dialTone, setUp, release } = await this.#farm.call(caller, called, { talkSeconds, ringSeconds });
			for (const [figure, time] of Object.entries({ dial_tone: dialTone, set_up: setUp, release }))
				if (time !== undefined) events.emit("histogram", `linnet.${figure}`, time);
			if (failure !== undefined) throw new Error(failure);
		} finally {
			this.#free.push(...phones);
		}
	}
}
