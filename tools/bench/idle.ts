/*
 * `bench idle`: the processor time that an idle registered phone takes, all its threads together.
 */
import { readdirSync, readFileSync } from "node:fs";
import { startCallAgent } from "../call-agent/agent.js";
import { PhoneProcess } from "../phone/phone.js";
import type { Bits } from "../phone/project.js";
import { Registration } from "../phone/screen.js";

export interface IdleResult {
	cpu_percent: number;
	seconds: number;
	bits: number;
}

/** What the registration's after-work (time, lamps, first screens) is left to end in. */
const settleSeconds = 3;
/** Milliseconds within which it registers, on however busy a machine. */
const timeout = 60_000;

/** Nanoseconds that a process's threads have been on a processor, from Linux' scheduler. */
export function processorTime(pid: number): bigint {
	let sum = 0n;
	for (const task of readdirSync(`/proc/${pid}/task`)) {
		const [nanoseconds = "0"] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ");
		sum += BigInt(nanoseconds);
	}
	return sum;
}

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Lets a phone register and do nothing for a time. */
export async function benchIdle(bits: Bits, seconds: number): Promise<IdleResult> {
	const agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
	let phone: PhoneProcess | undefined;
	try {
		const started = await PhoneProcess.start({
			bits,
			agents: [`127.0.0.1:${agent.port}`],
			mic: "silence",
			speaker: "null",
		});
		phone = started;
		await phone.wait(() => started.screen?.registration === Registration.registered, timeout, "registration");
		await pause(settleSeconds);
		const { pid } = phone;
		if (pid === undefined || phone.exit) throw new Error("the phone has ended");
		const [before, from] = [processorTime(pid), process.hrtime.bigint()];
		await pause(seconds);
		const [after, to] = [processorTime(pid), process.hrtime.bigint()];
		if (phone.screen?.registration !== Registration.registered) throw new Error("the phone lost its registration");
		const percent = (Number(after - before) / Number(to - from)) * 100;
		return { cpu_percent: Math.round(percent * 1000) / 1000, seconds, bits };
	} finally {
		await phone?.quit();
		await agent.close();
	}
}
