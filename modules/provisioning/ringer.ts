/*
 * Rings from the server: the list to choose from, fetched when somebody wants to choose, and the file of the chosen ring, which goes on
 * to the audio pipeline as it arrives: nothing of it is kept here. Without them the built-in bells ring.
 */
import { Word } from "base/words";
import type { Audio } from "hal/hardware";
import { XmlDocument } from "provisioning/document";
import { Errand, type Errands } from "provisioning/errands";
import { RingFile } from "provisioning/ring-file";
import { RingList } from "provisioning/rings";
import { XmlReader } from "xml/reader";

/** Names under which servers have the list; then the one of rings for certain lines, which names rings as well. */
const listFiles: readonly string[] = Object.freeze([
	"Ringlist.xml",
	"RINGLIST.XML",
	"RingList.xml",
	"ringlist.xml",
	"DistinctiveRinglist.xml",
	"DISTINCTIVERINGLIST.XML",
]);
const listLimit = 32768;
/** Octets of a ring file that are taken at most, of which the first ring: pieces of music are put there, too. */
const ringLimit = 4194304;

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
	private name = "";
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
		return this.rings === undefined ? (listFiles[index] ?? "") : "";
	}

	begin(file: string): void {
		this.name = file;
		this.coming = new RingList();
		this.document = new XmlDocument(new XmlReader(), this.coming);
	}

	data(octets: Uint8Array): boolean {
		return this.document?.data(octets) ?? false;
	}

	end(): string {
		const problem = this.document?.end(true) ?? "it is empty";
		const { coming } = this;
		const { count, left } = coming ?? { count: 0, left: 0 };
		if (problem !== "" && count === 0) return problem;
		this.rings = coming;
		// its memory is needed for what is to be shown now
		this.document = undefined;
		if (problem !== "") this.host.log(`${this.name}: ${problem}: the ${count} rings in front of it can be chosen`);
		if (left > 0) this.host.log(`${this.name}: ${count} rings; ${left} without a file or too many are left out`);
		this.host.rung();
		return "";
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
	/** Whether somebody has chosen what is to ring, and it has not come yet. */
	private chosen = false;
	private coming: RingFile | undefined = undefined;

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
		// has been told
		this.problem = "";
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
		if (!this.chosen) this.wanted = file;
		this.kept = file;
	}

	/** The same, before all else that waits to be fetched: somebody has chosen it. */
	ring(file: string): void {
		this.problem = "";
		this.wanted = file;
		this.chosen = file !== this.playing;
		if (file !== this.playing) this.errands.want(this);
		else this.errands.drop(this);
	}

	/** Rings with a built-in bell. */
	bell(bell: number): void {
		this.problem = "";
		this.chosen = false;
		this.wanted = "";
		this.kept = "";
		this.playing = "";
		this.errands.drop(this);
		this.audio.setBell(bell);
	}

	/** Something else has been played in its place: the ring comes again, be it a bell or a file, in its turn. */
	restore(bell: number): void {
		this.playing = "";
		this.asked = "";
		this.audio.setBell(bell);
	}

	file(index: number): string {
		return index === 0 && this.wanted !== this.playing ? this.wanted : "";
	}

	begin(): void {
		this.coming = new RingFile(this.audio);
	}

	data(octets: Uint8Array): boolean {
		const { coming } = this;
		if (coming === undefined) return false;
		const more = coming.data(octets);
		if (coming.alone) this.playing = "";
		return more;
	}

	end(): string {
		const { coming, wanted } = this;
		const problem = coming?.end() ?? "it is empty";
		// a short file has been looked at only now
		if (coming?.alone) this.playing = "";
		if (problem !== "") return problem;
		const { octets, taken } = coming ?? { octets: 0, taken: 0 };
		this.playing = wanted;
		this.kept = wanted;
		this.chosen = false;
		this.host.log(`rings with ${wanted}${taken < octets ? `, the first ${taken} octets of it: it is longer` : ""}`);
		this.host.rung();
		return "";
	}

	missed(problem: string): void {
		const { chosen, kept, playing, wanted } = this;
		this.host.log(
			`${wanted}: not to be had: ${problem}: ${playing === "" ? "the built-in bell rings" : `${playing} rings on`}`,
		);
		// one that comes in its turn is asked for again, and nobody waits for it
		this.problem = chosen ? `${Word.ringFailed} ${wanted}` : "";
		this.chosen = false;
		this.wanted = kept;
		this.host.rung();
	}

	release(): void {
		this.coming = undefined;
	}
}
