/*
 * The control channel's words that only a program understands.
 */
import { Console, type ConsoleOptions } from "hal/control/console";
import type { HostNetwork } from "hal/host/network";

export class HostConsole extends Console {
	private readonly network: HostNetwork;

	constructor(options: ConsoleOptions, network: HostNetwork) {
		super(options);
		this.network = network;
	}

	/** `address 127.0.0.9`: the phone's own address is another from now on; `address` alone: the system's again. */
	protected override obey(words: readonly string[]): boolean {
		const [command, address = "", ...more] = words;
		if (command === "address") return more.length === 0 && this.network.pretend(address);
		return super.obey(words);
	}
}
