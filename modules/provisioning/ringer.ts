/*
 * Rings from the server: the list to choose from, Ringlist.xml, fetched when somebody wants to choose, and the file of the chosen
 * ring, which goes on to the audio pipeline as it arrives: nothing of it is kept here. One or the other is on its way at a time;
 * without them the built-in bells ring.
 */
import type { Audio } from "hal/hardware";
import type { Consumer } from "net/transfer";
import { type DocumentListener, XmlDocument } from "provisioning/document";
import type { Fetch } from "provisioning/fetch";
import { RingList, ringFileProblem } from "provisioning/rings";
import { XmlReader } from "xml/reader";

const listFile = "Ringlist.xml";
const listLimit = 16384;
/** Octets of a ring file at most. */
const ringLimit = 16080;

export class Ringer implements Consumer, DocumentListener {
	/** The rings of the list, undefined before it has come and after {@link Ringer.forget}. */
	rings: RingList | undefined = undefined;
	/** File that rings now, '' for a built-in bell. */
	file = "";
	/** Why the ring that was asked for last does not ring, '' where it does or has still to come. */
	problem = "";
	private readonly fetch: Fetch;
	private readonly audio: Audio;
	private readonly log: (line: string) => void;
	private readonly done: () => void;
	/** The list that is on its way. */
	private coming: RingList | undefined = undefined;
	private document: XmlDocument | undefined = undefined;
	private wanted = "";
	/** Octets that have come of it, and whether all of them have been taken. */
	private length = 0;
	private taken = false;

	/** @param done is called when a list or a ring has come, or is not to be had. */
	constructor(fetch: Fetch, audio: Audio, log: (line: string) => void, done: () => void) {
		this.fetch = fetch;
		this.audio = audio;
		this.log = log;
		this.done = done;
	}

	/** Fetches the list from the server in use, unless something else is on its way. */
	list(): void {
		if (this.fetch.busy || this.fetch.server === "") return;
		this.rings = undefined;
		this.coming = new RingList();
		this.document = new XmlDocument(new XmlReader(), this.coming, this);
		this.fetch.get(listFile, this.document, listLimit);
	}

	/** Lets go of the list, also of one that is on its way. */
	forget(): void {
		if (this.fetch.serves(this.document)) this.fetch.release();
		this.rings = undefined;
		this.giveUp();
	}

	/**
	 * Rings with a file of the server from now on, as soon as it has come. What else is on its way, a configuration for one, is left
	 * alone: the ring is asked for again when it has come.
	 */
	ring(file: string): void {
		const fetch = this.fetch;
		this.problem = "";
		if (fetch.serves(this)) fetch.cancel();
		if (file === this.file || fetch.server === "" || (fetch.busy && !fetch.serves(this.document))) return;
		this.giveUp();
		this.wanted = file;
		fetch.get(file, this, ringLimit);
	}

	/** Rings with a built-in bell. */
	bell(bell: number): void {
		if (this.fetch.serves(this)) this.fetch.cancel();
		this.problem = "";
		this.file = "";
		this.audio.setBell(bell);
	}

	documentRead(problem: string): void {
		if (problem === "") this.rings = this.coming;
		else this.log(`${listFile}: ${problem}`);
		this.giveUp();
		this.done();
	}

	begin(size: number): void {
		this.length = 0;
		// what cannot be a ring is not to end the one that rings, where there is memory for one only
		this.taken = size < 0 || ringFileProblem(size) === "";
		if (this.taken && !this.audio.beginRing()) this.file = "";
	}

	/** A file that is refused is taken in to its end all the same: within a transfer no other one can be begun. */
	data(octets: Uint8Array): boolean {
		this.length += octets.length;
		if (this.taken) this.taken = this.audio.ringData(octets);
		return true;
	}

	end(): void {
		const problem = ringFileProblem(this.length);
		if (problem !== "") this.refuse(problem);
		else if (!this.taken || !this.audio.endRing()) this.refuse("no room for it");
		else {
			this.file = this.wanted;
			this.log(`rings with ${this.file}`);
			this.done();
		}
	}

	failed(_reason: number, text: string): void {
		this.refuse(text);
	}

	/** Nobody waits for the list any more. */
	private giveUp(): void {
		this.coming = undefined;
		this.document = undefined;
	}

	private refuse(problem: string): void {
		const { file } = this;
		this.problem = `${this.wanted}: ${problem}`;
		this.log(`${this.wanted}: ${problem}: ${file === "" ? "the built-in bell rings" : `${file} rings on`}`);
		this.done();
	}
}
