/*
 * Plays a file of the server once in place of the ring (URI Play: of services), which comes back afterwards. There is one only while one
 * is fetched or played.
 */
import type { Audio, Clock, TimerHandle } from "hal/hardware";
import { Errand, type Errands } from "provisioning/errands";
import { RingFile } from "provisioning/ring-file";
import type { Ringer } from "provisioning/ringer";

/** Octets of a file that are taken at most; those in front are played. */
const limit = 262_144;

export interface PlayerHost {
	/** Rings once with what has come. @returns how long that sounds, in ms. */
	ringOnce(): number;
	/** Something that the user should know. */
	notice(text: string): void;
	log(line: string): void;
	/** The bell of the settings, 0-3. */
	readonly bell: number;
	/** It is played, or cannot be. */
	played(): void;
}

export class Player extends Errand {
	private readonly name: string;
	private readonly errands: Errands;
	private readonly ringer: Ringer;
	private readonly audio: Audio;
	private readonly clock: Clock;
	private readonly host: PlayerHost;
	private coming: RingFile | undefined = undefined;
	/** Whether the ring has had to give way; whether the file has come, or does not. */
	private replaced = false;
	private over = false;
	private timer: TimerHandle | undefined = undefined;

	/** @param name of the file. */
	constructor(name: string, errands: Errands, ringer: Ringer, audio: Audio, clock: Clock, host: PlayerHost) {
		super();
		this.name = name;
		this.errands = errands;
		this.ringer = ringer;
		this.audio = audio;
		this.clock = clock;
		this.host = host;
	}

	/** Fetches the file and plays it, before all else that waits to be fetched. */
	play(): void {
		this.errands.want(this);
	}

	/** It is wanted no more: the phone rings as before. */
	stop(): void {
		this.over = true;
		this.errands.drop(this);
		this.clock.cancel(this.timer);
		this.timer = undefined;
		if (!this.replaced) return;
		this.replaced = false;
		this.ringer.restore(this.host.bell);
		this.errands.look();
	}

	get limit(): number {
		return limit;
	}

	file(index: number): string {
		return index === 0 && !this.over ? this.name : "";
	}

	begin(): void {
		this.coming = new RingFile(this.audio);
	}

	data(octets: Uint8Array): boolean {
		const { coming } = this;
		if (coming === undefined) return false;
		const more = coming.data(octets);
		if (coming.alone) this.replaced = true;
		return more;
	}

	end(): string {
		const problem = this.coming?.end() ?? "it is empty";
		if (this.coming?.alone) this.replaced = true;
		if (problem !== "") return problem;
		this.over = true;
		this.replaced = true;
		this.timer = this.clock.after(this.host.ringOnce(), () => this.finish());
		return "";
	}

	missed(problem: string): void {
		this.host.log(`${this.name}: not played: ${problem}`);
		this.host.notice(`${this.name}: ${problem}`);
		this.finish();
	}

	private finish(): void {
		this.stop();
		this.host.played();
	}

	release(): void {
		this.coming = undefined;
	}
}
