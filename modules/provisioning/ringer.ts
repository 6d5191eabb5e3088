/*
 * Rings from the server: the list to choose from, Ringlist.xml, fetched when somebody wants to choose, and the file of the chosen
 * ring, which goes on to the audio pipeline as it arrives: nothing of it is kept here. Without them the built-in bells ring.
 */
import type { Audio } from "hal/hardware";
import { XmlDocument } from "provisioning/document";
import { Errand, type Errands } from "provisioning/errands";
import { RingList, ringFileProblem } from "provisioning/rings";
import { XmlReader } from "xml/reader";

const listFile = "Ringlist.xml";
const listLimit = 16384;
/** Octets of a ring file at most. */
const ringLimit = 16080;

export interface RingerHost {
	/** A list or a ring has come, or is not to be had. */
	rung(): void;
	log(line: string): void;
}

/** Fetches the list; there is one only while somebody is choosing. */
class Listing extends Errand {
	/** The list, once it has come. */
	rings: RingList | undefined = undefined;
	private readonly host: RingerHost;
	private coming: RingList | undefined = undefined;
	private document: XmlDocument | undefined = undefined;

	constructor(host: RingerHost) {
		super();
		this.host = host;
	}

	get limit(): number {
		return listLimit;
	}

	file(index: number): string {
		return index === 0 && this.rings === undefined ? listFile : "";
	}

	begin(): void {
		this.coming = new RingList();
		this.document = new XmlDocument(new XmlReader(), this.coming);
	}

	data(octets: Uint8Array): boolean {
		return this.document?.data(octets) ?? false;
	}

	end(): string {
		const problem = this.document?.end() ?? "it is empty";
		if (problem === "") {
			this.rings = this.coming;
			this.host.rung();
		}
		return problem;
	}

	missed(): void {
		this.host.rung();
	}

	release(): void {
		this.coming = undefined;
		this.document = undefined;
	}
}

/** The ring file as an errand, and what the menu of rings asks for. */
export class Ringer extends Errand {
	/** File that rings now, '' for a built-in bell. */
	playing = "";
	/** Why the ring that was chosen last does not ring, '' where it does or has still to come. */
	problem = "";
	private readonly errands: Errands;
	private readonly audio: Audio;
	private readonly host: RingerHost;
	private listing: Listing | undefined = undefined;
	/** File that is to ring, '' for a built-in bell. */
	private wanted = "";
	/** What was to ring before another was chosen, which it gives way to once that has come. */
	private kept = "";
	/** Octets that have come of it, and whether all of them have been taken. */
	private length = 0;
	private taken = false;

	constructor(errands: Errands, audio: Audio, host: RingerHost) {
		super();
		this.errands = errands;
		this.audio = audio;
		this.host = host;
	}

	get limit(): number {
		return ringLimit;
	}

	/** The rings of the list, undefined before it has come and after {@link Ringer.forget}. */
	get rings(): RingList | undefined {
		return this.listing?.rings;
	}

	/** Fetches the list, before all else that waits to be fetched. */
	list(): void {
		this.forget();
		this.listing = new Listing(this.host);
		this.errands.want(this.listing);
	}

	/** Lets go of the list, also of one that is on its way. */
	forget(): void {
		if (this.listing !== undefined) this.errands.drop(this.listing);
		this.listing = undefined;
	}

	/** Rings with a file of the server as soon as it has come, in its turn. */
	keep(file: string): void {
		// one that has just been chosen goes before
		if (this.wanted === this.kept) this.wanted = file;
		this.kept = file;
	}

	/** The same, before all else that waits to be fetched: somebody has chosen it. */
	ring(file: string): void {
		this.problem = "";
		this.wanted = file;
		if (file !== this.playing) this.errands.want(this);
		else this.errands.drop(this);
	}

	/** Rings with a built-in bell. */
	bell(bell: number): void {
		this.problem = "";
		this.wanted = "";
		this.kept = "";
		this.playing = "";
		this.errands.drop(this);
		this.audio.setBell(bell);
	}

	file(index: number): string {
		return index === 0 && this.wanted !== this.playing ? this.wanted : "";
	}

	begin(_file: string, size: number): void {
		this.length = 0;
		// what cannot be a ring is not to end the one that rings, where there is memory for one only
		this.taken = size < 0 || ringFileProblem(size) === "";
		if (this.taken && !this.audio.beginRing()) this.playing = "";
	}

	/** A file that is refused is taken in to its end all the same, to say how long it is. */
	data(octets: Uint8Array): boolean {
		this.length += octets.length;
		if (this.taken) this.taken = this.audio.ringData(octets);
		return true;
	}

	end(): string {
		const problem = ringFileProblem(this.length);
		if (problem !== "") return problem;
		if (!this.taken || !this.audio.endRing()) return "no room for it";
		this.playing = this.wanted;
		this.kept = this.wanted;
		this.host.log(`rings with ${this.playing}`);
		this.host.rung();
		return "";
	}

	missed(problem: string): void {
		const { kept, playing, wanted } = this;
		this.host.log(`${wanted}: not to be had: ${playing === "" ? "the built-in bell rings" : `${playing} rings on`}`);
		if (wanted !== kept) {
			this.problem = `${wanted}: ${problem}`;
			this.wanted = kept;
		}
		this.host.rung();
	}

	release(): void {}
}
