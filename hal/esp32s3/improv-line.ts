/*
 * Improv Wi-Fi on the chip's serial line: the protocol is there only while somebody talks it, for calls have the memory otherwise. What it
 * enters goes the way of the set-up page's.
 */
import { Improv, type ImprovHost, ImprovState } from "hal/esp32s3/improv";
import type { PacketReader, SerialLine } from "hal/esp32s3/serial-line";
import type { Found } from "hal/esp32s3/wifi";
import type { Clock, TimerHandle } from "hal/hardware";

/** What of Wi-Fi it shows and does. */
export interface ImprovWifi {
	/** Whether the phone has a network. */
	readonly served: boolean;
	look(done: (found: readonly Found[]) => void): void;
	enter(ssid: string, password: string): string;
	entered(done: (success: boolean) => void): void;
}

export interface ImprovLineOptions {
	readonly line: SerialLine;
	readonly clock: Clock;
	readonly wifi: ImprovWifi;
	/** As {@link ImprovHost.information}. */
	readonly information: readonly string[];
	readonly log: (line: string) => void;
}

/** How long a network may take to let the phone in, in ms: pages wait for half a minute. */
const JOIN_LIMIT = 28000;

export class ImprovLine implements ImprovHost, PacketReader {
	private readonly options: ImprovLineOptions;
	/** While somebody is there. */
	private improv: Improv | undefined = undefined;
	private joining = false;
	private limit: TimerHandle | undefined = undefined;

	constructor(options: ImprovLineOptions) {
		this.options = options;
	}

	get information(): readonly string[] {
		return this.options.information;
	}

	get state(): number {
		if (this.joining) return ImprovState.provisioning;
		return this.options.wifi.served ? ImprovState.provisioned : ImprovState.ready;
	}

	/** The phone has no pages to show. */
	get url(): string {
		return "";
	}

	join(ssid: string, password: string): void {
		const { clock, log, wifi } = this.options;
		const problem = wifi.enter(ssid, password);
		if (problem !== "") {
			log(`Improv: ${ssid} is refused: ${problem}`);
			this.improv?.joined(false);
			return;
		}
		this.joining = true;
		clock.cancel(this.limit);
		this.limit = clock.after(JOIN_LIMIT, () => this.ended(false));
		wifi.entered((success) => this.ended(success));
	}

	scan(): void {
		this.options.wifi.look((found) => this.improv?.heard(found));
	}

	send(packet: Uint8Array): void {
		this.options.line.send(packet);
	}

	plain(octet: number): void {
		this.options.line.plain(octet);
	}

	take(octet: number, ticks: number): void {
		this.improv ??= new Improv(this);
		this.improv.take(octet, ticks);
	}

	rest(): void {
		this.improv = undefined;
	}

	private ended(success: boolean): void {
		if (!this.joining) return;
		this.joining = false;
		this.options.clock.cancel(this.limit);
		this.limit = undefined;
		this.improv?.joined(success);
	}
}
