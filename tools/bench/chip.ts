/*
 * `bench chip`: the firmware as it was built last on an emulated ESP32-S3 (Espressif's QEMU), from its ROM to two calls: what it
 * takes of the chip's memory beside ESP-IDF, how long it takes to register by the chip's own clock, what a tick of sound costs. Time goes
 * with instructions, so a busy computer changes little. Instructions, not cycles: caches and flash are not emulated.
 */
import { statSync } from "node:fs";
import { packetCounts } from "../call/acts.js";
import { EmulatedChip, emulatorImage, examineEmulation, writeConfiguration } from "../device/chip.js";
import { applicationFile, type Image } from "../device/image.js";
import { ChipNetwork } from "../device/network.js";
import { examineQemu } from "../device/qemu.js";
import type { Chip } from "../phone/messages.js";
import type { PhoneProcess } from "../phone/phone.js";
import { CallState, calls, Registration } from "../phone/screen.js";
import { removeFolder, takeSignals, temporaryFolder } from "../phone/temporary.js";

export interface ChipResult {
	/** From the chip's start to the registration, by the chip's clock: DHCP and TFTP included. */
	boot_to_registered_ms: number;
	/** Octets of internal memory that are free with two calls up, the largest block of them, and the least free since the start. */
	heap_free: number;
	heap_largest: number;
	heap_least: number;
	/** Of XS in use with two calls up after a collection: slots are counted (16 octets each), chunks in octets; and what there is of them. */
	xs_slots: number;
	xs_slots_limit: number;
	xs_chunks: number;
	xs_chunks_limit: number;
	/** Of XS's stack: slots in use at its deepest, and slots there are. */
	xs_stack_peak: number;
	xs_stack_limit: number;
	/** Octets of each task's stack that were never used. */
	stacks_left: Readonly<Record<string, number>>;
	/**
	 * Of the sound pipeline in a call with music: the least, on the average, and the most. What interrupts a tick counts with it, and
	 * where the computer is too slow for the chip the jitter buffer works against that: only the least is the same each time.
	 */
	least_instructions_per_tick: number;
	instructions_per_tick: number;
	peak_instructions_per_tick: number;
	/** Octets of the application's image. */
	image_bytes: number;
	/** RTP packets of the call with music. */
	rtp_received: number;
	rtp_lost: number;
}

const device = "SEP0200000000AA";
const timeout = 120_000;
/** An instruction each 4 ns: 250 million a second, the nearest to the chip's 240 MHz that QEMU has. */
const instructionShift = 2;
/** Milliseconds of music that are counted. */
const musicFor = 5000;

/** Why it cannot be measured here, '' when it can. */
export function chipBenchMissing(environment = process.env): string {
	return examineEmulation(environment)
		.filter(({ found }) => !found)
		.map(({ name, text }) => `${name}: ${text}`)
		.join("\n");
}

/** How large an image's application is. */
export function applicationOctets(image: Image): number {
	return statSync(applicationFile(image)).size;
}

/** Instructions that so many cycles are in the emulator, by the loops that were timed: the other core may have run within one. */
export function instructions(loops: readonly Chip["loop"][], cycles: number): number {
	return Math.round(cycles * Math.max(...loops.map((loop) => loop.instructions / loop.cycles)));
}

const inCall = (state: number) => (phone: PhoneProcess) => calls(phone.screen).some((call) => call.state === state);

async function dial(phone: PhoneProcess, number: string): Promise<void> {
	await phone.wait(inCall(CallState.offHook), timeout, "dial tone");
	phone.keys(number);
	await phone.wait(inCall(CallState.connected), timeout, `${number} to answer`);
}

async function measure(phone: PhoneProcess): Promise<Omit<ChipResult, "image_bytes">> {
	await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
	const { uptime_ms, loop: first } = await phone.chip();
	phone.hook(true);
	await dial(phone, "602");
	// The question before begins the count anew.
	const { loop: second } = await phone.chip();
	await new Promise((done) => setTimeout(done, musicFor));
	const music = await phone.chip();
	const { received, lost } = await packetCounts(phone);
	await phone.softkey("Hold", timeout);
	await phone.wait(inCall(CallState.hold), timeout, "the call to be held");
	await phone.softkey("NewCall", timeout);
	await dial(phone, "600");
	await phone.collect();
	const both = await phone.chip();
	phone.hook(false);
	const { tick, loop: third } = music;
	const counted = (cycles: number) => instructions([first, second, third, both.loop], cycles);
	return {
		boot_to_registered_ms: uptime_ms,
		heap_free: both.heapFree,
		heap_largest: both.heapLargest,
		heap_least: both.heapLeast,
		xs_slots: both.slots,
		xs_slots_limit: both.slotsLimit,
		xs_chunks: both.chunks,
		xs_chunks_limit: both.chunksLimit,
		xs_stack_peak: both.stackPeak,
		xs_stack_limit: both.stackLimit,
		stacks_left: Object.fromEntries(both.stacks.map(({ name, left }) => [name, left])),
		least_instructions_per_tick: counted(tick.least),
		instructions_per_tick: counted(tick.cycles / Math.max(1, tick.count)),
		peak_instructions_per_tick: counted(tick.most),
		rtp_received: received,
		rtp_lost: lost,
	};
}

/** Runs it once. @throws Error with what is missing. */
export async function benchChip(progress: (line: string) => void): Promise<ChipResult> {
	const missing = chipBenchMissing();
	if (missing !== "") throw new Error(missing);
	const image = emulatorImage();
	const { path: program = "" } = examineQemu(process.env);
	const release = takeSignals();
	const folder = temporaryFolder("bench");
	let network: ChipNetwork | undefined;
	let chip: EmulatedChip | undefined;
	try {
		network = await ChipNetwork.open(true, () => {});
		const { address } = await network.startAgent("callmanager");
		writeConfiguration(folder, device, address);
		await network.startDnsmasq(folder);
		progress("booting");
		chip = await EmulatedChip.start({ device, network, program, instructionShift });
		return { ...(await measure(chip.phone)), image_bytes: applicationOctets(image) };
	} finally {
		await chip?.kill();
		await network?.close();
		removeFolder(folder);
		release();
	}
}
