/*
 * Runs once at boot, before the network comes up and before main: resets the BOX-3's display and touch, which share a line that does so
 * while it is high.
 */
import Digital from "embedded:io/digital";
import { board } from "board";
import type { DigitalClass } from "hal/drivers/common/chips";
import Timer from "timer";

/** In milliseconds: the reset, and until both controllers listen (the GT911 needs the longer time, 50). */
const RESET = 10;
const AWAKE = 60;

export default function setupTarget(done: () => void): void {
	const { reset } = board.pins;
	if (reset === undefined) throw new Error("the BOX-3 has a line that resets its display");
	const Output = Digital as unknown as DigitalClass;
	// never closed: the line would float
	const line = new Output({ pin: reset.gpio, mode: Output.Output, initialValue: 1 });
	Timer.delay(RESET);
	line.write(0);
	Timer.delay(AWAKE);
	done();
}
