/*
 * Plays a file of the server once in place of the ring (URI Play: of services), which comes back afterwards. There is one only while one
 * is fetched.
 */
import type { Audio } from "hal/hardware";
import { Errand } from "provisioning/errands";
import { RingFile } from "provisioning/ring-file";

/** Octets of a file that are taken at most; those in front are played. */
const limit = 262_144;

export interface PlayerHost {
	/** The file has come and is to be played now, in place of the ring. */
	playing(): void;
	/** It is not to be had. @param replaced whether the ring has had to give way to it all the same. */
	notPlaying(file: string, problem: string, replaced: boolean): void;
}

export class Player extends Errand {
	private readonly name: string;
	private readonly audio: Audio;
	private readonly host: PlayerHost;
	private coming: RingFile | undefined = undefined;
	private replaced = false;
	private done = false;

	constructor(name: string, audio: Audio, host: PlayerHost) {
		super();
		this.name = name;
		this.audio = audio;
		this.host = host;
	}

	get limit(): number {
		return limit;
	}

	file(index: number): string {
		return index === 0 && !this.done ? this.name : "";
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
		const { coming } = this;
		const problem = coming?.end() ?? "it is empty";
		if (coming?.alone) this.replaced = true;
		if (problem !== "") return problem;
		this.done = true;
		this.host.playing();
		return "";
	}

	missed(problem: string): void {
		this.done = true;
		this.host.notPlaying(this.name, problem, this.replaced);
	}

	release(): void {
		this.coming = undefined;
	}
}
