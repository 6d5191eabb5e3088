/*
 * What phones send, read by its length and version: short forms of old phones and long ones of new ones.
 */
import { addressAt, fixedText, u32At } from "./wire.js";

export interface RegisterRequest {
	readonly name: string;
	readonly type: number;
	readonly maximumStreams: number;
	/** Declared protocol version, 0 when the request has no such field. */
	readonly version: number;
	/** Feature octets behind the version. */
	readonly features: readonly number[];
}

export function readRegister(payload: Buffer): RegisterRequest | undefined {
	if (payload.length < 32) return undefined;
	return {
		name: fixedText(payload, 0, 16),
		type: u32At(payload, 28),
		maximumStreams: u32At(payload, 32),
		version: payload.length >= 44 ? payload.readUInt8(40) : 0,
		features: payload.length >= 44 ? [...payload.subarray(41, 44)] : [0, 0, 0],
	};
}

/** Payload codes of CapabilitiesRes. */
export function readCapabilities(payload: Buffer): number[] {
	const count = Math.min(u32At(payload, 0), 18);
	const codecs: number[] = [];
	for (let index = 0; index < count && 4 + 16 * index + 4 <= payload.length; index++)
		codecs.push(u32At(payload, 4 + 16 * index));
	return codecs;
}

export interface ReceiveChannelAck {
	readonly status: number;
	readonly address: string;
	readonly port: number;
	readonly passThruParty: number;
}

/** OpenReceiveChannelAck; from version 17 on the address has a type and 16 octets. */
export function readReceiveChannelAck(payload: Buffer, version: number): ReceiveChannelAck | undefined {
	const wide = version >= 17 && payload.length >= 32;
	if (payload.length < 16) return undefined;
	return {
		status: u32At(payload, 0),
		address: addressAt(payload, wide ? 8 : 4),
		port: u32At(payload, wide ? 24 : 8),
		passThruParty: u32At(payload, wide ? 28 : 12),
	};
}

const digits = "0123456789ABCD*#+";

/** A KeypadButton's digit; undefined for a button that is none. */
export function readDigit(payload: Buffer): string | undefined {
	const button = u32At(payload, 0);
	// 10 to 13 are the letters of the sixteen-key pad, 14 `*`, 15 `#`, 16 `+`.
	return digits[button];
}

/** The button number of a digit. */
export function buttonOf(digit: string): number {
	return digits.indexOf(digit);
}

/** EnblocCall: the number of 24 octets, 25 from version 19 on, and the line where the message has one. */
export function readEnbloc(payload: Buffer, version: number): { number: string; line: number } {
	const size = version >= 19 ? 25 : 24;
	const number = fixedText(payload, 0, size);
	// a 7970 puts the line right behind the number, an 8945 at a multiple of four
	const line = size === 25 ? u32At(payload, 28) || u32At(payload, 25) : u32At(payload, 24);
	return { number, line };
}

export interface UserData {
	readonly application: number;
	readonly line: number;
	readonly reference: number;
	readonly transaction: number;
	readonly data: string;
}

/** DeviceToUserData and what answers a pushed object, in both forms. */
export function readUserData(payload: Buffer, version1: boolean): UserData {
	const start = version1 ? 40 : 20;
	return {
		application: u32At(payload, 0),
		line: u32At(payload, 4),
		reference: u32At(payload, 8),
		transaction: u32At(payload, 12),
		data: payload.subarray(start, start + u32At(payload, 16)).toString("utf8"),
	};
}

export interface Statistics {
	readonly number: string;
	readonly reference: number;
	readonly packetsSent: number;
	readonly octetsSent: number;
	readonly packetsReceived: number;
	readonly octetsReceived: number;
	readonly packetsLost: number;
	readonly jitter: number;
	readonly latency: number;
	/** The text on quality, whose form depends on the version. */
	readonly quality: string;
}

/** ConnectionStatisticsRes. */
export function readStatistics(payload: Buffer, version: number): Statistics {
	// The number has 24 octets at first, 25 padded to 28 from version 19.
	const start = version >= 19 ? 28 : 24;
	// The mode has four octets, one from version 22.
	const at = start + (version >= 22 ? 5 : 8);
	return {
		number: fixedText(payload, 0, 24),
		reference: u32At(payload, start),
		packetsSent: u32At(payload, at),
		octetsSent: u32At(payload, at + 4),
		packetsReceived: u32At(payload, at + 8),
		octetsReceived: u32At(payload, at + 12),
		packetsLost: u32At(payload, at + 16),
		jitter: u32At(payload, at + 20),
		latency: u32At(payload, at + 24),
		quality: fixedText(payload, at + 32, u32At(payload, at + 28)),
	};
}
