/*
 * What a strict run (CI=true) makes of pending tests: each is a failure, since .ci/run installs what tests need. Two are excused,
 * and stay counted as skipped, because Debian does not have what they need: the phone on an emulated ESP32-S3 (the Moddable SDK,
 * ESP-IDF and Espressif's QEMU), and the meetings with other people's Rust on a machine without a recent cargo.
 */
import { hasCargo } from "./steps.mjs";

/** The specification of the emulated chip, and the folder of those in Rust. */
const chip = "/build/js/test/phones/chip/chip.spec.js";
const interop = "/build/js/test/interop/";

/** @param {string | undefined} file the compiled specification that a pending test stands in */
export function mayPend(file) {
	return (file?.endsWith(chip) ?? false) || ((file?.includes(interop) ?? false) && !hasCargo());
}

/**
 * @param {{ failed: number, pending: number, excused: number }} counts `excused` of the pending ones are those that may be
 * @returns {number} the status to end with
 */
export function statusOf(counts, strict) {
	return counts.failed > 0 || (strict && counts.pending > counts.excused) ? 1 : 0;
}
