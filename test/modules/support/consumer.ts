// What a transfer hands on, kept for a specification to look at.
import type { Consumer } from "net/transfer";
import { inLog } from "./english.js";

export class FakeConsumer implements Consumer {
	/** 'begin 12', 'end', 'failed 4 TEXT' in order. */
	readonly events: string[] = [];
	readonly octets: number[] = [];
	/** Called for each event and each piece of data. */
	onEvent: ((event: string) => void) | undefined = undefined;
	/** Octets after which data() says that it is enough. */
	enough = Number.POSITIVE_INFINITY;

	begin(size: number): void {
		this.note(`begin ${size}`);
	}

	data(octets: Uint8Array): boolean {
		if (octets.length === 0) throw new Error("no octets");
		for (const octet of octets) this.octets.push(octet);
		this.onEvent?.("data");
		return this.octets.length < this.enough;
	}

	end(): void {
		this.note("end");
	}

	failed(reason: number, text: string): void {
		this.note(`failed ${reason} ${inLog(text)}`);
	}

	/** The last event. */
	get last(): string {
		return this.events[this.events.length - 1] ?? "";
	}

	private note(event: string): void {
		this.events.push(event);
		this.onEvent?.(event);
	}
}

/** The same numbers for the same seed; each from 0 up to 1. */
export function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 0x100000000;
	};
}

/** A file of octets that tell their place. */
export function sampleFile(length: number): Uint8Array {
	const octets = new Uint8Array(length);
	for (let i = 0; i < length; i += 1) octets[i] = (i * 7 + (i >> 8) * 13) & 0xff;
	return octets;
}
