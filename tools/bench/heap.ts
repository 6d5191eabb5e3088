/*
 * `bench heap`: what the phone's engine has in use at rest, with two calls up, and after many calls, when it has taken its
 * configuration from a TFTP server. All figures are taken right after a garbage collection, in bytes above the baseline,
 * which is what is in use when all modules are loaded and nothing has been started (on the device that lies in flash).
 */
import { deviceFile } from "../boot/files.js";
import { TftpServer } from "../boot/tftp-server.js";
import { startCallAgent } from "../call-agent/agent.js";
import type { Heap, HeapFigures } from "../phone/messages.js";
import { PhoneProcess } from "../phone/phone.js";
import type { Bits } from "../phone/project.js";
import { CallState, calls, Registration } from "../phone/screen.js";

export interface HeapResult {
	bits: number;
	/** Slots and chunks of the loaded modules themselves; the other figures come on top of it. */
	baseline_bytes: number;
	registered_bytes: number;
	two_calls_bytes: number;
	after_10_calls_bytes: number;
	after_1000_calls_bytes: number;
	/** after_1000_calls_bytes less after_10_calls_bytes. */
	growth_bytes: number;
	/** Collections since the start, those asked for by this measurement included. */
	collections: number;
}

const timeout = 60_000;
/**
 * Milliseconds between looks at a phone that comes to rest, longer than any timer that a key or a call leaves running (phone/patience:
 * four seconds), and how many looks at most.
 */
const restTime = 5000;
const restLooks = 10;

const inCall = (state: number) => (phone: PhoneProcess) => calls(phone.screen).some((call) => call.state === state);

async function connect(phone: PhoneProcess, number: string): Promise<void> {
	phone.keys(number);
	await phone.wait(inCall(CallState.connected), timeout, `the call to ${number}`);
}

async function makeCall(phone: PhoneProcess, number: string): Promise<void> {
	phone.hook(true);
	await phone.wait(inCall(CallState.offHook), timeout, "dial tone");
	await connect(phone, number);
	phone.hook(false);
	await phone.wait(() => calls(phone.screen).length === 0, timeout, "the call's end");
}

/**
 * The heap once the phone has done what it does after a call: lists of calls are written a second later, timers of keys run out. Looks
 * until nothing changes over that time.
 */
async function atRest(phone: PhoneProcess): Promise<Heap> {
	let heap = await phone.collect();
	for (let look = 0; look < restLooks; look += 1) {
		await new Promise((done) => setTimeout(done, restTime));
		const before = heap;
		heap = await phone.collect();
		if (heap.slots === before.slots && heap.chunks === before.chunks) break;
	}
	return heap;
}

/** A call held and a second one up, then both ended; gives the heap meanwhile. */
async function twoCalls(phone: PhoneProcess): Promise<Heap> {
	phone.hook(true);
	await phone.wait(inCall(CallState.offHook), timeout, "dial tone");
	await connect(phone, "600");
	await phone.softkey("Hold", timeout);
	await phone.wait(inCall(CallState.hold), timeout, "the held call");
	await phone.softkey("NewCall", timeout);
	await phone.wait(inCall(CallState.offHook), timeout, "dial tone for the second call");
	await connect(phone, "601");
	if (calls(phone.screen).length !== 2) throw new Error(`two calls are expected\n  ${phone.describe()}`);
	const heap = await phone.collect();
	await phone.softkey("EndCall", timeout);
	await phone.wait(() => !inCall(CallState.connected)(phone), timeout, "the second call's end");
	await phone.softkey("Resume", timeout);
	await phone.wait(inCall(CallState.connected), timeout, "the first call");
	phone.hook(false);
	await phone.wait(() => calls(phone.screen).length === 0, timeout, "the first call's end");
	return heap;
}

/**
 * Measures; `progress` gets a line now and then. @param few and many are the counts of calls after which the heap is looked
 * at (their figures are named after 10 and 1000 in any case).
 */
export async function benchHeap(
	bits: Bits,
	progress: (line: string) => void,
	few = 10,
	many = 1000,
): Promise<HeapResult> {
	const closers: (() => Promise<unknown>)[] = [];
	try {
		const agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
		closers.push(() => agent.close());
		const device = "SEP0200000000B0";
		const tftp = await TftpServer.start();
		closers.push(() => tftp.close());
		tftp.files.set(`${device}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1" }));
		const phone = await PhoneProcess.start({
			bits,
			device,
			tftp: [`127.0.0.1:${tftp.port}`],
			mic: "silence",
			speaker: "null",
		});
		closers.push(() => phone.quit());
		return await measure(phone, progress, few, many);
	} finally {
		for (const close of closers.reverse()) await close();
	}
}

async function measure(
	phone: PhoneProcess,
	progress: (line: string) => void,
	few: number,
	many: number,
): Promise<HeapResult> {
	await phone.wait(() => phone.screen?.registration === Registration.registered, timeout, "registration");
	await phone.wait(() => phone.screen?.number !== "", timeout, "its number");
	const registered = await phone.collect();
	const bytes = ({ slots, chunks }: HeapFigures) => slots * registered.slotSize + chunks;
	const above = (heap: Heap) => bytes(heap) - bytes(registered.baseline);
	const two = await twoCalls(phone);
	const callsUpTo = async (from: number, to: number) => {
		for (let call = from; call < to; call++) {
			await makeCall(phone, "600");
			if (call % 100 === 99) progress(`${call + 1} of ${many} calls`);
		}
		return atRest(phone);
	};
	const after10 = await callsUpTo(0, few);
	const after1000 = await callsUpTo(few, many);
	return {
		bits: registered.bits,
		baseline_bytes: bytes(registered.baseline),
		registered_bytes: above(registered),
		two_calls_bytes: above(two),
		after_10_calls_bytes: above(after10),
		after_1000_calls_bytes: above(after1000),
		growth_bytes: above(after1000) - above(after10),
		collections: after1000.collections,
	};
}
