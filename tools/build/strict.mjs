/*
 * What a strict run (CI=true) makes of pending tests: each is a failure, since .ci/run installs what tests need. One suite is
 * excused, and stays counted as skipped: the phone on an emulated ESP32-S3 needs the Moddable SDK, ESP-IDF and Espressif's QEMU,
 * which Debian does not have.
 */

/** The one specification whose tests may be pending. */
const excused = "/build/js/test/phones/chip/chip.spec.js";

/** @param {string | undefined} file the compiled specification that a pending test stands in */
export function mayPend(file) {
	return file?.endsWith(excused) ?? false;
}

/**
 * @param {{ failed: number, pending: number, excused: number }} counts `excused` of the pending ones are those that may be
 * @returns {number} the status to end with
 */
export function statusOf(counts, strict) {
	return counts.failed > 0 || (strict && counts.pending > counts.excused) ? 1 : 0;
}
