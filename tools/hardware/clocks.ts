/*
 * Whether the master clock of a board is one that its codecs take at the phone's sample rates, by the tables of their drivers, and that
 * the ESP32-S3's I2S gives.
 */
import { hasWideRate, SAMPLE_RATE, wideMultiple } from "../../hal/drivers/common/codec.js";
import type { Board } from "../../hal/esp32s3/board.js";
import { MCLK_MULTIPLES } from "./chip.js";

/** What is wrong with a board's master clock, each in one sentence; empty when nothing is. */
export function checkClocks(board: Board): string[] {
	if (board.audio === undefined) return [];
	const { i2s, input, mclkMultiple, output } = board.audio;
	const complaints: string[] = [];
	const takers = new Map<string, readonly number[]>([["the ESP32-S3's I2S", MCLK_MULTIPLES]]);
	for (const { clocks, name: driver } of new Set([output.driver, (input ?? output).driver])) {
		if (clocks === undefined) continue;
		const name = driver.toUpperCase();
		if (i2s.mclk === undefined) complaints.push(`${name} needs a master clock, and the board gives it none`);
		takers.set(
			name,
			clocks.filter(({ rate }) => rate === SAMPLE_RATE).map(({ multiple }) => multiple),
		);
	}
	const possible = MCLK_MULTIPLES.filter((multiple) => [...takers.values()].every((all) => all.includes(multiple)));
	for (const [name, multiples] of takers) {
		if (multiples.includes(mclkMultiple)) continue;
		complaints.push(
			`${name} has no master clock of ${mclkMultiple} times the sample rate; on this board ${possible.join(", ") || "none"} would do`,
		);
	}
	const { driver } = output;
	const wide = (multiple: number): boolean =>
		MCLK_MULTIPLES.includes(wideMultiple(multiple)) &&
		hasWideRate(driver, multiple) &&
		hasWideRate((input ?? output).driver, multiple);
	const both = possible.filter(wide);
	if (complaints.length === 0 && both.length > 0 && !wide(mclkMultiple)) {
		complaints.push(
			`no G.722 with a master clock of ${mclkMultiple} times 8 kHz, which would be ${wideMultiple(mclkMultiple)} times 16 kHz; on this board ${both.join(", ")} would do for both`,
		);
	}
	return complaints;
}
