/*
 * Number keys in a list: they choose the item of that number. In a list of more than nine items another digit is waited for where one may
 * follow.
 */
import type { Clock, TimerHandle } from "hal/hardware";

/** Within so many ms another digit belongs to those before it. */
const numberTime = 1500;

export class ItemNumber {
	private readonly clock: Clock;
	private readonly settled: (index: number) => void;
	private typed = 0;
	private timer: TimerHandle | undefined = undefined;

	/** @param settled is told the item, from 0, that was waited for in vain to become another. */
	constructor(clock: Clock, settled: (index: number) => void) {
		this.clock = clock;
		this.settled = settled;
	}

	/** Whether another digit may follow. */
	get waits(): boolean {
		return this.timer !== undefined;
	}

	/** Takes a digit in a list of `count` items. @returns the item, from 0, that the digits so far stand for; -1 for none. */
	press(digit: number, count: number): number {
		const number = this.typed * 10 + digit;
		this.stop();
		if (number === 0 || number > count) return -1;
		if (number * 10 <= count) {
			this.typed = number;
			this.timer = this.clock.after(numberTime, () => {
				this.stop();
				this.settled(number - 1);
			});
		}
		return number - 1;
	}

	/** Forgets what has been typed. */
	stop(): void {
		this.typed = 0;
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}
}
