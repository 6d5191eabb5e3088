/*
 * The codecs that the call agent speaks itself, by SCCP's number: for tones and music, for conferences and voice mail, and between two
 * phones that have none in common. In all of them an octet is 1/8000 s; what is decoded has 8 kHz.
 */
import { G722Decoder, G722Encoder } from "./g722.js";
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw, type Sound } from "./sounds.js";

/** Codes a sound from sample `from` on, in octets that follow those of before. */
export type Encode = (sound: Sound, from: number, octets: number) => Buffer;
/** Decodes octets that follow those of before. */
export type Decode = (payload: Buffer) => Int16Array;

export interface Coder {
	/** As command lines name it. */
	readonly name: string;
	/** SCCP's number, and RTP's payload type. */
	readonly codec: number;
	readonly payloadType: number;
	/** For one stream: a codec may remember what went before. */
	encoder(): Encode;
	decoder(): Decode;
}

function g711(
	name: string,
	codec: number,
	payloadType: number,
	encode: (sample: number) => number,
	decode: (octet: number) => number,
): Coder {
	return Object.freeze({
		name,
		codec,
		payloadType,
		encoder: () => (sound: Sound, from: number, octets: number) =>
			Buffer.from(Array.from({ length: octets }, (_, at) => encode(sound(from + at)))),
		decoder: () => (payload: Buffer) => Int16Array.from(payload, decode),
	});
}

const g722: Coder = Object.freeze({
	name: "g722",
	codec: 6,
	payloadType: 9,
	encoder: () => {
		const encoder = new G722Encoder();
		return (sound: Sound, from: number, octets: number) =>
			Buffer.from(Array.from({ length: octets }, (_, at) => encoder.encode(sound(from + at), sound(from + at + 0.5))));
	},
	decoder: () => {
		const decoder = new G722Decoder();
		return (payload: Buffer) =>
			Int16Array.from(payload, (octet) => {
				const [first, second] = decoder.decode(octet);
				return (first + second) >> 1;
			});
	},
});

/** In the order in which a call agent would rather have them. */
export const coders: readonly Coder[] = Object.freeze([
	g722,
	g711("g711u", 4, 0, encodeMuLaw, decodeMuLaw),
	g711("g711a", 2, 8, encodeALaw, decodeALaw),
]);

const usual = coders[1] as Coder;

/** By SCCP's number; mu-law for one that there is none of. */
export function coderOf(codec: number): Coder {
	return coders.find((coder) => coder.codec === codec) ?? usual;
}

/** By RTP's payload type; undefined when there is none of it, as for events. */
export function coderOfPayload(payloadType: number): Coder | undefined {
	return coders.find((coder) => coder.payloadType === payloadType);
}

/** Samples at 8 kHz as a sound, with what lies between two of them; silence behind them. */
export function soundOf(samples: ArrayLike<number>): Sound {
	return (index) => {
		const at = Math.floor(index);
		const sample = samples[at] ?? 0;
		return at === index ? sample : Math.round((sample + (samples[at + 1] ?? sample)) / 2);
	};
}

/** Decodes packets of any of the codecs, each payload type's as a stream of its own. */
export class Listener {
	private readonly decoders = new Map<number, Decode>();

	/** What a packet holds; undefined for no codec's. */
	hear(payloadType: number, payload: Buffer): Int16Array | undefined {
		const coder = coderOfPayload(payloadType);
		if (!coder) return undefined;
		const decode = this.decoders.get(payloadType) ?? coder.decoder();
		this.decoders.set(payloadType, decode);
		return decode(payload);
	}
}
