/*
 * Tells the call agent where sound goes, beside what it needs to know: a path that is taken or left (MediaPathEvent) and the headset
 * (HeadsetStatus), as Cisco's phones do. Call agents show it.
 */
import { Route } from "hal/hardware";
import type { Stimuli } from "phone/stimuli";

/** mediaPathID of the routes by their number. */
const paths: readonly number[] = Object.freeze([0, 2, 1, 3]);

export class Paths {
	private told: number = Route.none;
	private readonly stimuli: Stimuli;

	constructor(stimuli: Stimuli) {
		this.stimuli = stimuli;
	}

	/** The present route, a number of `Route`; telling it again says nothing. */
	tell(route: number): void {
		const before = this.told;
		if (before === route) return;
		this.told = route;
		if (before !== Route.none) this.stimuli.mediaPath(paths[before] as number, false);
		if (route !== Route.none) this.stimuli.mediaPath(paths[route] as number, true);
		if (before === Route.headset || route === Route.headset) this.stimuli.headset(route === Route.headset);
	}

	/** The phone has registered: there is no headset in use, and nothing is known of it yet. */
	start(): void {
		this.told = Route.none;
		this.stimuli.headset(false);
	}
}
