/*
 * The control channel's words that only a program understands.
 */
import { Console, type ConsoleOptions } from "hal/control/console";
import { tellOrder } from "hal/host/brief";
import type { HostDisplay } from "hal/host/display";
import type { HeldClock } from "hal/host/held";
import type { HostNetwork } from "hal/host/network";

/** Milliseconds that pass by one line at most: an hour. */
const passMost = 3_600_000;

export class HostConsole extends Console {
	private readonly network: HostNetwork;
	private readonly display: HostDisplay;
	private readonly held: HeldClock | undefined;
	private readonly brief: boolean;

	/**
	 * @param held the phone's clock, where it moves only when it is told to. @param brief whether it says when it has taken a key or the
	 * hook.
	 */
	constructor(
		options: ConsoleOptions,
		network: HostNetwork,
		display: HostDisplay,
		held: HeldClock | undefined,
		brief: boolean,
	) {
		super(options);
		this.brief = brief;
		this.network = network;
		this.display = display;
		this.held = held;
	}

	/**
	 * `address 127.0.0.9`: the phone's own address is another from now on; `address` alone: the system's again.
	 * `names`: what the keys are called.
	 * `screen`: what shows, for whoever is told of no changes.
	 * `pass 5000`: so many milliseconds pass on a clock that is held.
	 */
	protected override obey(words: readonly string[]): boolean {
		const [command, address = "", ...more] = words;
		if (command === "address") return more.length === 0 && this.network.pretend(address);
		if (command === "names") {
			this.display.names();
			return address === "";
		}
		if (command === "screen") {
			this.display.whole();
			return address === "";
		}
		if (this.brief && (command === "hook" || command === "key")) tellOrder();
		if (command === "pass") return more.length === 0 && this.pass(Number(address));
		return super.obey(words);
	}

	private pass(milliseconds: number): boolean {
		if (this.held === undefined || !(milliseconds >= 0 && milliseconds <= passMost)) return false;
		this.held.pass(Math.floor(milliseconds));
		return true;
	}
}
