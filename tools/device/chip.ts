/*
 * A phone on an emulated ESP32-S3: the image of hardware/emulator in Espressif's QEMU, on a network of telephones, driven as any other
 * phone (PhoneProcess). What it has in flash outlives its end where the flash file is kept.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deviceFile } from "../boot/files.js";
import { type PhoneExit, type PhoneOptions, PhoneProcess } from "../phone/phone.js";
import { removeFolder, temporaryFolder } from "../phone/temporary.js";
import { efuseImage } from "./efuse.js";
import type { Environment, Finding } from "./examine.js";
import { bringFlash } from "./flash.js";
import { idfProject, readImage } from "./image.js";
import { type ChipNetwork, networkMissing } from "./network.js";
import { examineQemu, launchQemu } from "./qemu.js";
import { Qmp } from "./qmp.js";

/** The board that has QEMU's chip in place of a board's parts. */
export const emulatorBoard = "emulator";

/** Milliseconds until a chip has come from its ROM to its greeting, on a busy computer. */
const startTimeout = 120_000;

/** What is needed to run a chip. @param own in a network of its own, else in the computer's. */
export function examineEmulation(environment: Environment, own = true): Finding[] {
	const missing = networkMissing(own, environment);
	return [examineQemu(environment), { name: "network", found: missing === "", text: missing || "a tap device" }];
}

/** The image of the emulator's board as it was built last. @throws ImageError */
export function emulatorImage(debug = false) {
	return readImage(idfProject(emulatorBoard, debug));
}

/** The MAC address in a device name. */
export function macOf(device: string): string {
	return device.slice(3).toUpperCase();
}

/** The phone's configuration for a folder that TFTP serves: the call agent that it is to register with. */
export function writeConfiguration(folder: string, device: string, agent: string, load = "", version = agent): void {
	writeFileSync(join(folder, `${device}.cnf.xml`), deviceFile({ agents: [agent], versionStamp: version, load }));
}

export interface ChipOptions extends Pick<PhoneOptions, "log" | "onScreen"> {
	/** SEP and the chip's MAC address. */
	readonly device: string;
	readonly network: Pick<ChipNetwork, "prefix" | "tap">;
	/** Espressif's qemu-system-xtensa. */
	readonly program: string;
	/** The flash file, to be kept; a new one with the image built last when absent, which goes with the chip. */
	readonly flash?: string;
	readonly instructionShift?: number;
}

export class EmulatedChip {
	readonly phone: PhoneProcess;
	readonly #folder: string;
	readonly #console: Qmp;

	private constructor(phone: PhoneProcess, folder: string, qmp: Qmp) {
		this.phone = phone;
		this.#folder = folder;
		this.#console = qmp;
	}

	/** Switches it on; resolves when it has greeted. */
	static async start(options: ChipOptions): Promise<EmulatedChip> {
		const { device, network, program, instructionShift, log, onScreen } = options;
		const folder = temporaryFolder("chip");
		const efuse = join(folder, "efuse.bin");
		const socket = join(folder, "console");
		let phone: PhoneProcess | undefined;
		try {
			const flash = options.flash ?? join(folder, "flash.bin");
			if (options.flash === undefined) bringFlash(flash, emulatorImage());
			writeFileSync(efuse, efuseImage(macOf(device)));
			const machine = {
				program,
				flash,
				efuse,
				tap: network.tap,
				mac: macOf(device),
				console: socket,
				...(instructionShift === undefined ? {} : { instructionShift }),
			};
			phone = await PhoneProcess.start({
				device,
				startTimeout,
				launch: () => launchQemu(network.prefix, machine),
				...(log ? { log } : {}),
				...(onScreen ? { onScreen } : {}),
			});
			return new EmulatedChip(phone, folder, await Qmp.connect(socket));
		} catch (error) {
			await phone?.kill();
			removeFolder(folder);
			throw error;
		}
	}

	/** Saves what the display shows as a PNG. */
	async picture(file: string): Promise<void> {
		await this.#console.execute("screendump", { filename: resolve(file), format: "png" });
	}

	/** Has the phone unregister, and switches it off. */
	async quit(): Promise<PhoneExit> {
		return this.#gone(this.phone.quit());
	}

	/** Takes the power away. */
	async kill(): Promise<PhoneExit> {
		return this.#gone(this.phone.kill());
	}

	async #gone(ending: Promise<PhoneExit>): Promise<PhoneExit> {
		const exit = await ending;
		this.#console.close();
		removeFolder(this.#folder);
		return exit;
	}
}
