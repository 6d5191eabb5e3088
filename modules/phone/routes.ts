/*
 * Where the sound goes: handset, headset or speaker, mute and volumes. The user picks the route; SetSpeakerMode of the
 * call agent only turns the speaker on when nothing else is in use, and its off (also sent on hold) is no hang-up.
 */
import { type Audio, Route } from "hal/hardware";

/** Steps of a volume, and where each starts. */
const maximum = 24;
const initial = 16;
/** Greatest minimumRingVolume of a configuration. */
const mostRingVolume = 15;

/** What a configuration says of routes. */
export interface RouteConfiguration {
	readonly disableSpeaker: boolean;
	readonly disableSpeakerAndHeadset: boolean;
	/** Least volume of the ringer, 0-15. */
	readonly minimumRingVolume: number;
}

export class Routes {
	/** Present route, a number of `Route`. */
	route: number = Route.none;
	muted = false;
	/** True while the handset is off its hook. */
	handsetOff = false;
	/** True when the headset is to be used instead of the speaker. */
	headset = false;
	private speakerDisabled = false;
	private headsetDisabled = false;
	private readonly volumes: Uint8Array;
	private leastRinger = 0;
	private readonly audio: Audio;

	constructor(audio: Audio) {
		this.audio = audio;
		this.volumes = new Uint8Array(4).fill(initial);
	}

	/** Sends the settings to the pipeline, once after boot. */
	start(): void {
		this.audio.setRoute(this.route);
		this.audio.setMute(this.muted);
		for (let route = 0; route < this.volumes.length; route += 1)
			this.audio.setVolume(route, this.volumes[route] as number);
	}

	/** Changes the route; mute ends when sound does. Returns whether anything changed. */
	set(route: number): boolean {
		if (this.route === route) return false;
		this.route = route;
		this.audio.setRoute(route);
		if (route === Route.none) this.setMute(false);
		return true;
	}

	/** The route for a call that begins without the user having picked one. */
	get preferred(): number {
		if (this.handsetOff) return Route.handset;
		const route = this.headset ? Route.headset : Route.speaker;
		if (this.allows(route)) return route;
		return this.headsetDisabled ? Route.handset : Route.headset;
	}

	/** Whether the configuration leaves a route to the user. */
	allows(route: number): boolean {
		return !(route === Route.speaker && this.speakerDisabled) && !(route === Route.headset && this.headsetDisabled);
	}

	/** Leaves the user what a configuration leaves. */
	configure({ disableSpeaker, disableSpeakerAndHeadset, minimumRingVolume }: RouteConfiguration): void {
		this.speakerDisabled = disableSpeaker || disableSpeakerAndHeadset;
		this.headsetDisabled = disableSpeakerAndHeadset;
		this.leastRinger = Math.min(Math.round((minimumRingVolume * maximum) / mostRingVolume), maximum);
		this.changeVolume(Route.none, 0);
	}

	setMute(muted: boolean): void {
		if (this.muted === muted) return;
		this.muted = muted;
		this.audio.setMute(muted);
	}

	/** Volume of a route (0 is the ringer) in steps. */
	volume(route: number): number {
		return this.volumes[route] ?? 0;
	}

	/** Sets a volume that was kept; before {@link Routes.start}. */
	setVolume(route: number, step: number): void {
		if (step >= 0 && step <= maximum) this.volumes[route] = step;
	}

	/** Changes the volume of a route (0 is the ringer) by steps; returns it in percent. */
	changeVolume(route: number, steps: number): number {
		const least = route === Route.none ? this.leastRinger : 0;
		const step = Math.min(Math.max((this.volumes[route] ?? 0) + steps, least), maximum);
		this.volumes[route] = step;
		this.audio.setVolume(route, step);
		return Math.round((step * 100) / maximum);
	}
}
