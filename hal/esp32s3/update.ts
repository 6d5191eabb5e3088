/*
 * A board that takes its load by USB alone: the phone learns what runs, and that there is no slot for another load.
 */
import type { Update } from "hal/hardware";

export class UsbUpdate implements Update {
	readonly load: string;
	readonly suffix = ".bin";
	readonly resetReason = "start";

	/** @param load name of the load, such as 'linnet-0.1.0'. */
	constructor(load: string) {
		this.load = load;
	}

	begin(): boolean {
		return false;
	}

	write(): boolean {
		return false;
	}

	finish(): string {
		return "this board takes loads by USB";
	}

	cancel(): void {}

	confirm(): void {}
}
