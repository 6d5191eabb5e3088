/*
 * The flash of an emulated chip as a file: made empty, and written as esptool writes a board's. What the phone has stored, and the loads
 * that it has installed, stay until it is made anew.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { type Image, ImageError } from "./image.js";

/** Octets of an erased sector, written at once. */
const sector = 4096;
const erased = 0xff;

/** What was done with the file: made, written anew where the firmware lies, or left as it was. */
export type FlashState = "made" | "written" | "kept";

/** What flock ends with when another holds the file. */
const held = 9;

/**
 * Keeps a flash file for one phone: QEMU would let two write it at once. The lock is a small shell's, which ends with this process.
 * @returns what gives it back. @throws ImageError when another phone has it.
 */
export async function holdFlash(file: string): Promise<() => Promise<void>> {
	const words = [
		"--nonblock",
		"--conflict-exit-code",
		`${held}`,
		`${file}.lock`,
		"sh",
		"-c",
		"echo held; cat >/dev/null",
	];
	// Ctrl-C is for the program that drives the phone.
	const child = spawn("flock", words, { stdio: ["pipe", "pipe", "inherit"], detached: true });
	const ended = new Promise<void>((done) => child.once("close", () => done()));
	await new Promise<void>((done, failed) => {
		child.stdout.once("data", () => done());
		child.once("error", failed);
		child.once("close", (status) => {
			const why =
				status === held ? "another phone runs with it: end that one first" : `flock ended with status ${status}`;
			failed(new ImageError(`${file}: ${why}`));
		});
	});
	return async () => {
		child.stdin.end();
		await ended;
	};
}

/** What lies where, in a few characters. */
function digest(parts: readonly { offset: number; content: Buffer }[]): string {
	const hash = createHash("sha256");
	for (const { offset, content } of parts) hash.update(`${offset} ${content.length}\n`).update(content);
	return hash.digest("hex");
}

/**
 * Brings a flash file to a built firmware. Written are the firmware's parts and no more, so nvs keeps what is stored; the data that
 * says which slot runs is one of the parts, so the new firmware runs. A file that this firmware was written to before is not touched:
 * the phone may have installed a load since.
 * @param erase make it anew. @throws ImageError when the firmware does not fit.
 */
export function bringFlash(file: string, image: Image, erase = false): FlashState {
	const { flashOctets } = image;
	if (flashOctets === 0) throw new ImageError("flasher_args.json names no flash size: run device:build again");
	const parts = image.parts.map(({ offset, file: path }) => ({ offset, content: readFileSync(path), path }));
	for (const { offset, content, path } of parts)
		if (offset + content.length > flashOctets)
			throw new ImageError(`${path} ends at ${offset + content.length}, the flash at ${flashOctets}: it is too large`);
	const stamp = `${file}.written`;
	const wanted = digest(parts);
	const made = erase || !existsSync(file) || statSync(file).size !== flashOctets;
	if (!made && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return "kept";
	// Without its stamp a file that was written in part is written again.
	rmSync(stamp, { force: true });
	if (made) writeFileSync(file, Buffer.alloc(flashOctets, erased));
	const flash = openSync(file, "r+");
	try {
		for (const { offset, content } of parts) {
			// As in a board's, sectors are erased as a whole.
			const padded = Buffer.alloc(Math.ceil(content.length / sector) * sector, erased);
			content.copy(padded);
			writeSync(flash, padded, 0, Math.min(padded.length, flashOctets - offset), offset);
		}
	} finally {
		closeSync(flash);
	}
	writeFileSync(stamp, wanted);
	return made ? "made" : "written";
}
