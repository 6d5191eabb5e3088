/*
 * The phone's codecs, one a row: what the call agent is told of each, and the RTP payload type under which the audio pipeline has
 * it. audio/codec_table.c has the same codecs (test/audio/codecs.spec.ts).
 */

export interface Codec {
	/** As the display shows it. */
	readonly name: string;
	/** Numbers that compressionType and payloadCapability have for it; the phone registers with the first. */
	readonly numbers: readonly number[];
	/** RTP's (RFC 3551). */
	readonly payloadType: number;
	/** Longest packet in milliseconds. */
	readonly packetTime: number;
	/** Its sound has 16 kHz: only for a body whose converters have that, too. */
	readonly wideband: boolean;
}

/** The one that every call agent and every phone has, where none is named. */
export const usualCodec: Codec = Object.freeze({
	name: "G.711u",
	// the second number is for lines of 56 kbit/s
	numbers: Object.freeze([4, 5]),
	payloadType: 0,
	packetTime: 60,
	wideband: false,
});

/** In the order in which the phone would rather have them. */
export const codecs: readonly Codec[] = Object.freeze([
	// of 64 kbit/s: the numbers 7 and 8 are its modes of 56 and 48 (H.221), whose codes RTP has no payload type for
	Object.freeze({ name: "G.722", numbers: Object.freeze([6]), payloadType: 9, packetTime: 60, wideband: true }),
	usualCodec,
	Object.freeze({ name: "G.711a", numbers: Object.freeze([2, 3]), payloadType: 8, packetTime: 60, wideband: false }),
]);

/** The codec that the call agent means by a number, if the phone has it. */
export function codecOf(number: number): Codec | undefined {
	for (let i = 0; i < codecs.length; i += 1) {
		const codec = codecs[i] as Codec;
		if (codec.numbers.includes(number)) return codec;
	}
	return undefined;
}

/** The codec of a payload type, if the phone has it. */
export function codecOfPayload(payloadType: number): Codec | undefined {
	for (let i = 0; i < codecs.length; i += 1) {
		const codec = codecs[i] as Codec;
		if (codec.payloadType === payloadType) return codec;
	}
	return undefined;
}
