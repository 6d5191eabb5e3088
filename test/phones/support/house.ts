/*
 * Puts up call agents and phones for a test and takes them down again, whatever the test did.
 */

import { Conductor } from "../../../tools/call/conductor.js";
import { parseScript } from "../../../tools/call/script.js";
import { makeSpeech } from "../../../tools/call/speech.js";
import { type CallAgent, type CallAgentOptions, startCallAgent } from "../../../tools/call-agent/agent.js";
import type { StreamStatistics } from "../../../tools/phone/messages.js";
import { deviceName } from "../../../tools/phone/names.js";
import { type PhoneOptions, PhoneProcess } from "../../../tools/phone/phone.js";
import { Registration } from "../../../tools/phone/screen.js";

export const firstDevice = "SEP001122334455";
/** Milliseconds that nothing here should ever come near to. */
export const timeout = 60_000;

export class House {
	private readonly closers: (() => Promise<unknown>)[] = [];
	private devices = 0;

	async agent(options: CallAgentOptions = {}): Promise<CallAgent> {
		const agent = await startCallAgent({ port: 0, address: "127.0.0.1", ...options });
		this.onClose(() => agent.close());
		return agent;
	}

	/** Starts a phone of its own name; it need not register. */
	async phone(options: PhoneOptions): Promise<PhoneProcess> {
		const device = deviceName(firstDevice, this.devices++);
		const phone = await PhoneProcess.start({ device, mic: "silence", speaker: "null", ...options });
		this.onClose(() => phone.quit());
		return phone;
	}

	/**
	 * Plays a script on as many phones as it names, all registered with `agent`. Their sound is on a clock that they have in common
	 * (SoundClock), so that it is the same each time, however busy the machine is.
	 */
	async play(agent: string, script: string, options: PhoneOptions = {}): Promise<Conductor> {
		const steps = parseScript(script, "script");
		const conductor = new Conductor(makeSpeech(2), () => {});
		this.onClose(() => conductor.close());
		const phones = Math.max(...steps.map((step) => step.phone));
		for (let index = 0; index < phones; index++) {
			const { phone } = await conductor.addPhone({
				agents: [agent],
				device: deviceName(firstDevice, this.devices++),
				pcm: "clock",
				...options,
			});
			// One after the other, so that numbers are given in order.
			await registered(phone);
		}
		await conductor.run(steps);
		return conductor;
	}

	onClose(closer: () => Promise<unknown>): void {
		this.closers.push(closer);
	}

	/** Takes everything down, the last first. */
	async close(): Promise<void> {
		for (const closer of this.closers.splice(0).reverse()) await closer();
	}
}

/** Waits until the phone is registered and knows its number. */
export async function registered(phone: PhoneProcess, milliseconds = timeout): Promise<void> {
	await phone.wait(
		() => phone.screen?.registration === Registration.registered && phone.screen.number !== "",
		milliseconds,
		"registration",
	);
}

/**
 * Waits until an open stream of the phone is as it should be; there is nothing that tells of packets, so it is asked again and again.
 * @param what is waited for, for the error. @returns the stream.
 */
export async function openStream(
	phone: PhoneProcess,
	what: string,
	holds: (stream: StreamStatistics) => boolean,
): Promise<StreamStatistics> {
	const end = performance.now() + timeout;
	for (;;) {
		const found = (await phone.statistics()).streams.find((each) => each.open && holds(each));
		if (found !== undefined) return found;
		if (performance.now() >= end) throw new Error(`waited ${timeout} ms in vain for ${what}\n  ${phone.describe()}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
