/*
 * What programs that start phones must not leave behind: temporary folders, which go with the program at the latest, and what its
 * 'exit' listeners end. Node calls none of these when a signal ends it, so such a program takes the signals.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const folders = new Set<string>();
process.on("exit", () => {
	for (const folder of folders) removeFolder(folder);
});

/** Makes an empty folder, to be given to {@link removeFolder}. @param name of the program that wants it. */
export function temporaryFolder(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `linnet-${name}-`));
	folders.add(folder);
	return folder;
}

/** Removes it with what is in it. */
export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
	folders.delete(folder);
}

/**
 * Has a person's Ctrl-C, and whatever else asks the program to end, call `act` with the status that a shell gives such an end.
 * @returns what gives the signals back.
 */
export function takeSignals(act: (status: number) => void = (status) => process.exit(status)): () => void {
	const listeners = signals.map((signal) => ({ signal, listener: () => act(128 + constants.signals[signal]) }));
	for (const { signal, listener } of listeners) process.on(signal, listener);
	return () => {
		for (const { signal, listener } of listeners) process.off(signal, listener);
	};
}
