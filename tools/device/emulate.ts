/*
 * `npm run device:emulate`: the phone on an emulated chip, by hand or by a script. The terminal shows its log and each change on its
 * display; typed lines are steps of `call --script`.
 */
import { lookup } from "node:dns/promises";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Conductor } from "../call/conductor.js";
import { splitAgent } from "../call/options.js";
import { parseScript, readScript, type Step } from "../call/script.js";
import { makeSpeech } from "../call/speech.js";
import { describeScreen } from "../phone/screen.js";
import { removeFolder, takeSignals, temporaryFolder } from "../phone/temporary.js";
import { EmulatedChip, emulatorBoard, emulatorImage, writeConfiguration } from "./chip.js";
import { bringFlash, holdFlash } from "./flash.js";
import { outputFolder } from "./image.js";
import { ChipNetwork } from "./network.js";

export interface Emulation {
	/** Espressif's qemu-system-xtensa. */
	readonly program: string;
	/** Steps to play; a person types them when absent. */
	readonly steps: readonly Step[] | undefined;
	/** Call agent elsewhere, 'address:port'. */
	readonly agent: string | undefined;
	/** SEP and the chip's MAC address. */
	readonly device: string;
	/** Make the flash anew. */
	readonly erase: boolean;
	readonly debug: boolean;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** 'address:port' of a call agent elsewhere, for a phone without a name server. @throws Error when the phone cannot reach it. */
export async function agentAddress(agent: string): Promise<string> {
	const { host, port } = splitAgent(agent);
	const { address } = await lookup(host, { family: 4 }).catch(() => {
		throw new Error(`unknown host '${host}': no IPv4 address found for the call agent`);
	});
	if (address.startsWith("127."))
		throw new Error(
			`--agent ${agent}: the phone is a device of its own in the network: name an address that is not loopback`,
		);
	return `${address}:${port}`;
}

/** The steps of a script for one phone. @throws Error when it cannot be read, or is for several. */
export function scriptSteps(script: string): Step[] {
	const steps = readScript(script);
	if (steps.some(({ phone }) => phone > 1)) throw new Error(`${script}: device:emulate has one phone`);
	return steps;
}

/** The step in a typed line; none in an empty one or a comment. */
export function typedSteps(line: string): Step[] {
	return /^\s*(#|$)/.test(line) ? [] : parseScript(line, "typed");
}

/**
 * Plays what is typed until 'quit', the end of the input, or `ending`, which waits for no step.
 * @throws Error when the emulator ends by itself.
 */
export async function interact(
	conductor: Conductor,
	{ phone }: Pick<EmulatedChip, "phone">,
	input: Readable,
	ending: AbortSignal,
	tell = say,
): Promise<void> {
	const terminal = createInterface({ input });
	const close = () => terminal.close();
	phone.once("exit", close);
	const aborted = new Promise<void>((done) => {
		ending.addEventListener("abort", () => {
			close();
			done();
		});
	});
	const play = async (line: string) => {
		try {
			await conductor.run(typedSteps(line));
		} catch (error) {
			if (!ending.aborted) tell(`emulate: ${(error as Error).message}`);
		}
	};
	tell("type steps, such as: hook off, keys 600, softkey EndCall, picture display.png; quit ends");
	for await (const line of terminal) {
		if (line.trim() === "quit") break;
		await Promise.race([play(line), aborted]);
		if (ending.aborted || phone.exit) break;
	}
	terminal.close();
	phone.off("exit", close);
	if (phone.exit && !ending.aborted) throw new Error(`the emulator has ended\n  ${phone.describe()}`);
}

/** Runs the phone that was built last. @returns the status to end with. */
export async function emulate(emulation: Emulation): Promise<number> {
	const { program, steps, agent, device, erase, debug } = emulation;
	const flash = join(outputFolder(emulatorBoard), "flash.bin");
	mkdirSync(outputFolder(emulatorBoard), { recursive: true });
	const giveBack = await holdFlash(flash);
	let end = (status: number): void => process.exit(status);
	const release = takeSignals((status) => end(status));
	const folder = temporaryFolder("emulate");
	let network: ChipNetwork | undefined;
	let chip: EmulatedChip | undefined;
	try {
		const state = bringFlash(flash, emulatorImage(debug), erase);
		say(`flash: ${state === "kept" ? "as the phone left it" : `${state} with the firmware`} (${flash})`);
		network = await ChipNetwork.open(agent === undefined, () => {});
		const server = agent ?? (await network.startAgent("callmanager", { log: (line) => say(`agent: ${line}`) })).address;
		writeConfiguration(folder, device, server);
		await network.startDnsmasq(folder);
		let shown = "";
		const started = performance.now();
		chip = await EmulatedChip.start({
			device,
			network,
			program,
			flash,
			log: say,
			onScreen: (screen) => {
				const text = describeScreen(screen);
				if (text !== shown) say(`display: ${text}`);
				shown = text;
			},
		});
		const conductor = new Conductor(makeSpeech(1), (text) => say(text));
		conductor.addChip(chip, started);
		if (steps !== undefined) {
			await conductor.run(steps);
			return 0;
		}
		const ending = new AbortController();
		// The first Ctrl-C has the phone unregister, the next one waits for nothing.
		end = () => {
			end = (status) => process.exit(status);
			ending.abort();
		};
		await interact(conductor, chip, process.stdin, ending.signal);
		return 0;
	} finally {
		await chip?.quit();
		await network?.close();
		await giveBack();
		removeFolder(folder);
		release();
	}
}
