/*
 * What scripts and programs do with a phone beside pressing its keys: wait for a condition, demand one, wait for sound.
 */
import { coderOfPayload } from "../call-agent/coders.js";
import type { PhoneProcess } from "../phone/phone.js";
import { calls } from "../phone/screen.js";
import type { AgentView, Condition } from "./conditions.js";
import type { Sound } from "./sound.js";

const mediaPoll = 20;

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Nothing is known of call agents that are not the script's own. */
export const elsewhere: AgentView = { agentOf: () => 0 };

/** Waits until a condition holds. Rejects when it does not within a time, when it cannot come true any more, and when the phone ends. */
export async function waitFor(
	phone: PhoneProcess,
	agents: AgentView,
	condition: Condition,
	milliseconds: number,
): Promise<void> {
	await phone.wait(
		() => {
			if (condition.holds(phone, agents)) return true;
			const why = condition.hopeless?.(phone);
			if (why) throw new Error(why);
			return false;
		},
		milliseconds,
		condition.what,
	);
}

/** Rejects unless a condition holds once the phone has dealt with all that came to it before. */
export async function expectNow(phone: PhoneProcess, agents: AgentView, condition: Condition): Promise<void> {
	// Answers come in order: after this one the screen is no older than the question.
	await phone.statistics();
	if (!condition.holds(phone, agents)) throw new Error(`it is not so\n  ${phone.describe()}`);
}

export interface PacketCounts {
	sent: number;
	received: number;
	/** On the way to the phone. */
	lost: number;
	/** Name of the codec that most was sent in, undefined when nothing was. */
	codec: string | undefined;
}

/** Packets of all streams of a phone. */
export async function packetCounts(phone: PhoneProcess): Promise<PacketCounts> {
	const { streams } = await phone.statistics();
	let [sent, received, lost] = [0, 0, 0];
	const [busiest] = [...streams].sort((a, b) => b.packetsSent - a.packetsSent);
	const codec = busiest && busiest.packetsSent > 0 ? coderOfPayload(busiest.payloadTypeSent)?.name : undefined;
	for (const stream of streams) {
		sent += stream.packetsSent;
		received += stream.packetsReceived;
		lost += stream.packetsLost;
	}
	return { sent, received, lost, codec };
}

/** A phone whose sound is waited for; `clocked`: it goes on only while somebody plays. */
export interface Sounding {
	phone: PhoneProcess;
	sound?: Sound | undefined;
	clocked?: boolean;
}

/** Waits until the phone has sent and received sound in the call it is in. */
export async function waitForMedia({ phone, sound, clocked }: Sounding, milliseconds: number): Promise<void> {
	const silence = new Int16Array(1);
	const end = performance.now() + milliseconds;
	for (;;) {
		const { sent, received } = await packetCounts(phone);
		if (sent > 0 && received > 0) return;
		if (performance.now() >= end)
			throw new Error(`no sound both ways within ${milliseconds} ms: ${sent} packets sent, ${received} received`);
		if (calls(phone.screen).length === 0) throw new Error(`the call has ended\n  ${phone.describe()}`);
		await (clocked ? sound?.play(silence, mediaPoll / 1000) : pause(mediaPoll));
	}
}
