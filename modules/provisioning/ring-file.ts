/*
 * A ring file as it comes: raw mu-law at 8 kHz of any length, or the same in a WAV file (RIFF) or in Sun's (AU), whose headers are left
 * out. Servers also give pages of errors for files, and administrators put music there: what can be told to be no such sound is refused
 * by its first octets, before the ring that sounds gives way. Where a file is longer than the audio pipeline has room for, its first
 * seconds ring.
 */
import type { Audio } from "hal/hardware";
import { isPacked, type Packed, packed } from "xml/packed";

/** Octets in front by which a file is known; a chunk's header and what is read of a WAV file's format fit as well. */
const headOctets = 64;

const riff = packed("RIFF");
const wave = packed("WAVE");
const sun = packed(".snd");
const format = packed("fmt ");
const sound = packed("data");
/** Octets in front of other kinds of files, and what these are. */
const others: readonly (readonly [at: number, begins: Packed, kind: string])[] = Object.freeze([
	Object.freeze([0, packed("ID3"), "an MP3 file"] as const),
	Object.freeze([0, packed("OggS"), "an Ogg file"] as const),
	Object.freeze([0, packed("fLaC"), "a FLAC file"] as const),
	Object.freeze([0, packed("FORM"), "an AIFF file"] as const),
	Object.freeze([0, packed("MThd"), "a MIDI file"] as const),
	Object.freeze([0, packed("#!AMR"), "an AMR file"] as const),
	Object.freeze([0, packed("RIFF"), "a RIFF file without sound"] as const),
	Object.freeze([4, packed("ftyp"), "an MP4 file"] as const),
]);

const WavFormat = Object.freeze({ pcm: 1, aLaw: 6, muLaw: 7, mp3: 0x55 });
/** Encoding of Sun's files that is mu-law. */
const sunMuLaw = 1;
/** Octets of a WAV file's description of its sound that are read, and of the head of Sun's files. */
const formatOctets = 16;
const sunOctets = 24;
const rate = 8000;

const State = Object.freeze({
	/** Finds out what it is. */
	head: 0,
	/** In the header of a WAV file's chunk, in its format, in octets that are none of the sound, in those that are. */
	chunk: 1,
	format: 2,
	skip: 3,
	sound: 4,
	/** The rest counts no more. */
	over: 5,
});

export class RingFile {
	/** Octets of sound that have come, and those of them that ring. */
	octets = 0;
	taken = 0;
	/** Whether the ring of before has had to give way. */
	alone = false;
	private readonly audio: Audio;
	private readonly head = new Uint8Array(headOctets);
	private state: number = State.head;
	/** Octets in `head`, and those of the present state that are still to come. */
	private fill = 0;
	private left = 0;
	/** The state behind what is skipped, and what is wrong, '' as long as nothing is. */
	private behind: number = State.chunk;
	private problem = "";
	private begun = false;
	/** Whether a WAV file has said what its sound is. */
	private described = false;

	constructor(audio: Audio) {
		this.audio = audio;
	}

	/** @returns false when that is enough: it is no ring, or there is room for no more. */
	data(octets: Uint8Array): boolean {
		let at = 0;
		if (this.state === State.head) {
			at = this.collect(octets, 0, headOctets);
			if (this.fill === headOctets) this.begin();
		}
		while (at < octets.length && this.state !== State.over && this.state !== State.head) at = this.step(octets, at);
		return this.state !== State.over;
	}

	/** No more comes. @returns '' when it rings from now on, else why it does not. */
	end(): string {
		if (this.state === State.head) this.begin();
		if (this.problem !== "") return this.problem;
		if (this.octets === 0) return "no sound is in it";
		return this.audio.endRing() ? "" : "no room for it";
	}

	/** By its first octets it is known what the file is. */
	private begin(): void {
		const { fill, head } = this;
		this.fill = 0;
		this.state = State.sound;
		this.left = Number.POSITIVE_INFINITY;
		let from = 0;
		if (this.is(0, riff, fill) && this.is(8, wave, fill)) {
			from = 12;
			this.state = State.chunk;
		} else if (this.is(0, sun, fill) && fill >= sunOctets) {
			this.skip(this.sun(), State.sound);
		} else this.problem = fill === 0 ? "it is empty" : this.other(fill);
		if (this.problem !== "") {
			this.state = State.over;
			return;
		}
		// what it is has been read: the same place serves for what is read next
		const first = head.slice(from, fill);
		for (let at = 0; at < first.length && this.state !== State.over; ) at = this.step(first, at);
	}

	private is(at: number, text: Packed, fill: number): boolean {
		const to = at + (text[0] as number);
		return to <= fill && isPacked(this.head, at, to, text, false);
	}

	/** Why it is no ring, as far as that can be told; '' when it may be raw mu-law, which begins with anything. */
	private other(fill: number): string {
		for (const [at, begins, kind] of others) if (this.is(at, begins, fill)) return `it is ${kind}: ${wanted}`;
		if (isMpeg(this.head, fill)) return `it is an MP3 file: ${wanted}`;
		if (isText(this.head, fill)) return `it is a page or another text: ${wanted}`;
		if (isLinear(this.head, fill)) return `it is linear PCM: ${wanted}`;
		return "";
	}

	/** Reads the head of a file of Sun's. @returns octets in front of its sound. */
	private sun(): number {
		const { head } = this;
		const encoding = big(head, 12);
		if (encoding !== sunMuLaw || big(head, 16) !== rate || big(head, 20) !== 1)
			this.problem = `it is an AU file of encoding ${encoding}, ${big(head, 16)} Hz, ${channels(big(head, 20))}: ${wanted}`;
		return Math.max(big(head, 4), sunOctets);
	}

	private skip(octets: number, behind: number): void {
		this.left = octets;
		this.behind = behind;
		this.state = octets > 0 ? State.skip : behind;
		if (octets === 0 && behind === State.sound) this.left = Number.POSITIVE_INFINITY;
	}

	/** Takes in octets from `at` on as far as the present state goes. @returns the place behind them. */
	private step(octets: Uint8Array, at: number): number {
		switch (this.state) {
			case State.chunk: {
				const next = this.collect(octets, at, 8);
				if (this.fill === 8) this.chunk();
				return next;
			}
			case State.format: {
				const next = this.collect(octets, at, formatOctets);
				if (this.fill === formatOctets) this.format();
				return next;
			}
			case State.skip: {
				const count = Math.min(this.left, octets.length - at);
				this.left -= count;
				if (this.left === 0) this.skip(0, this.behind);
				return at + count;
			}
			default:
				return this.play(octets, at);
		}
	}

	/** Collects octets in `head`, up to `size` of them. @returns the place behind them. */
	private collect(octets: Uint8Array, at: number, size: number): number {
		const count = Math.min(size - this.fill, octets.length - at);
		this.head.set(octets.subarray(at, at + count), this.fill);
		this.fill += count;
		return at + count;
	}

	/** A chunk of a WAV file begins. */
	private chunk(): void {
		const size = little(this.head, 4);
		this.fill = 0;
		if (this.is(0, format, 8)) {
			this.state = State.format;
			this.left = size;
			if (size < formatOctets) this.refuse("it is a WAV file that does not say what its sound is");
		} else if (this.is(0, sound, 8)) {
			this.state = State.sound;
			this.left = size;
			if (!this.described) this.refuse("it is a WAV file that does not say what its sound is");
			else if (size === 0) this.state = State.over;
		} else this.skip(size + (size & 1), State.chunk);
	}

	/** What a WAV file says of its sound has come. */
	private format(): void {
		const { head, left } = this;
		const kind = (head[0] as number) + (head[1] as number) * 256;
		this.fill = 0;
		this.described = true;
		if (kind !== WavFormat.muLaw || little(head, 4) !== rate || head[2] !== 1 || head[3] !== 0) {
			const count = (head[2] as number) + (head[3] as number) * 256;
			this.refuse(`it is a WAV file of ${nameOf(kind)}, ${little(head, 4)} Hz, ${channels(count)}: ${wanted}`);
		} else this.skip(left + (left & 1) - formatOctets, State.chunk);
	}

	private refuse(problem: string): void {
		this.problem = problem;
		this.state = State.over;
	}

	/** Hands sound on to the audio pipeline. */
	private play(octets: Uint8Array, at: number): number {
		const count = Math.min(this.left, octets.length - at);
		if (!this.begun) {
			this.begun = true;
			this.alone = !this.audio.beginRing();
		}
		const part = at === 0 && count === octets.length ? octets : octets.subarray(at, at + count);
		const taken = this.audio.ringData(part);
		this.left -= count;
		this.octets += count;
		this.taken += taken;
		if (taken < count || this.left === 0) this.state = State.over;
		return at + count;
	}
}

const wanted = "mu-law, 8000 Hz, 1 channel is expected";

function nameOf(kind: number): string {
	if (kind === WavFormat.pcm) return "PCM";
	if (kind === WavFormat.aLaw) return "A-law";
	if (kind === WavFormat.muLaw) return "mu-law";
	return kind === WavFormat.mp3 ? "MP3" : `format ${kind}`;
}

function channels(count: number): string {
	return count === 1 ? "1 channel" : `${count} channels`;
}

function little(octets: Uint8Array, at: number): number {
	return (
		(octets[at] as number) +
		(octets[at + 1] as number) * 0x100 +
		(octets[at + 2] as number) * 0x10000 +
		(octets[at + 3] as number) * 0x1000000
	);
}

function big(octets: Uint8Array, at: number): number {
	return (
		(octets[at] as number) * 0x1000000 +
		(octets[at + 1] as number) * 0x10000 +
		(octets[at + 2] as number) * 0x100 +
		(octets[at + 3] as number)
	);
}

/**
 * Whether octets begin a frame of MPEG audio. Silence in mu-law begins with 0xff, too, but nothing as loud as a bit rate comes
 * behind it.
 */
function isMpeg(octets: Uint8Array, fill: number): boolean {
	if (fill < 4 || octets[0] !== 0xff || ((octets[1] as number) & 0xe6) !== 0xe2) return false;
	const rates = (octets[2] as number) >> 4;
	return rates > 0 && rates < 14 && (rates < 6 || rates > 7) && ((octets[2] as number) & 0x0c) !== 0x0c;
}

/**
 * Whether octets are text: letters of ASCII throughout, and among them a space or an end of a line, or '<' in front. As mu-law they were
 * a swing to one side that is both loud and longer than any sound's.
 */
function isText(octets: Uint8Array, fill: number): boolean {
	let spaces = 0;
	for (let at = 0; at < fill; at += 1) {
		const octet = octets[at] as number;
		if (octet > 0x7e || (octet < 0x20 && octet !== 9 && octet !== 10 && octet !== 13)) return false;
		if (octet <= 0x20) spaces += 1;
	}
	return fill > 8 && (spaces > 0 || octets[0] === 0x3c);
}

/**
 * Whether octets are quiet samples of linear PCM, signed and of 8 or 16 bits, as sound editors write them without a header: all near
 * 0, of either sign. As mu-law they leap between silence and the loudest negative samples with nothing between, which no sound does.
 */
function isLinear(octets: Uint8Array, fill: number): boolean {
	let positive = 0;
	for (let at = 0; at < fill; at += 1) {
		const octet = octets[at] as number;
		if (octet >= quiet && octet < 0x100 - quiet) return false;
		if (octet < quiet) positive += 1;
	}
	return fill === headOctets && positive >= least && fill - positive >= least;
}

/** Up to where a sample is quiet, and how many samples of each sign tell. */
const quiet = 0x20;
const least = 4;
