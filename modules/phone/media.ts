/*
 * Media: opens and closes the audio streams as the call agent asks and answers with acknowledgements. Channels are matched
 * by passThroughPartyId (echoed to the bit), then by conference: chan_skinny closes with conference 0, CallManager 3.1
 * without a call reference.
 */
import { addressText } from "base/address";
import { Word } from "base/words";
import { type Audio, Statistic } from "hal/hardware";
import { Limits } from "limits";
import { type Codec, codecOf, codecOfPayload, codecs, usualCodec } from "sccp/codecs";

/** mediaReceptionStatus and mediaTransmissionStatus values that this phone gives. */
export const MediaStatus = Object.freeze({ ok: 0, notEnoughChannels: 2, invalidCodec: 6, outOfSockets: 8 });

/** One of the audio pipeline's streams and the channel it stands for. */
export class Stream {
	readonly index: number;
	conference = 0;
	/** passThroughPartyId, a u32 without meaning to the phone. */
	party = 0;
	/** Call reference; stays for the statistics asked for after the channel has gone. */
	reference = 0;
	/** Local RTP port while receiving, 0 otherwise. */
	port = 0;
	/** The port was only asked for; the channel that is to have it has not been opened. */
	reserved = false;
	receivePayload = 0;
	receivePacketTime = 0;
	transmitting = false;
	/** Receives what is sent to a group, as paging is: no call's. */
	multicast = false;
	/** Payload type of RFC 4733 events that the call agent gave, 0 for none. */
	events = 0;
	/** Whether comfort noise stands for pauses in what is sent. */
	suppression = false;
	/** Where it is sent. */
	remoteAddress = 0;
	remotePort = 0;
	/** Packets that had come from another address than the call agent said, and all, at the last look; whether the latest had. */
	foreign = 0;
	received = 0;
	elsewhere = false;
	/** How often nothing may still have come before it is told as failed, 0 for not watched; packets that had. */
	watched = 0;
	heard = 0;

	constructor(index: number) {
		this.index = index;
	}

	get open(): boolean {
		return this.port !== 0 || this.transmitting;
	}

	/** Sound goes one way or the other. */
	get sounds(): boolean {
		return (this.port !== 0 && !this.reserved) || this.transmitting;
	}
}

/** Type of service of sound when the call agent gives none: expedited forwarding (RFC 3246). */
const expeditedForwarding = 0xb8;
/** Silence suppression as StartMediaTransmission asks for it; chan_skinny leaves other values from its stack. */
const suppress = 1;
/** Channels of services (phone/service-sound), which have no call: the parties of what is received and of what is sent. */
export const ServiceParty = Object.freeze({ received: 0xffffff01, sent: 0xffffff02 });

function isService(party: number): boolean {
	return party === ServiceParty.received || party === ServiceParty.sent;
}

/** What the user is told of a channel that is not to be had. */
export function refusal(status: number): string {
	return status === MediaStatus.invalidCodec ? Word.codecRefused : Word.channelRefused;
}

/** Whether a payload type is one that RFC 4733 events may have. */
function dynamic(payload: number): boolean {
	return payload >= 96 && payload <= 127;
}

/** Milliseconds that a key is sent as an event. */
const eventLength = 100;

/**
 * Type of service from StartMediaTransmission's precedence. CallManager sends the octet itself, chan-sccp 0 and
 * chan_skinny 127, which is none: those two leave it to the phone.
 */
function typeOfService(precedence: number, otherwise: number): number {
	return precedence > 0 && precedence < 256 && (precedence & 3) === 0 ? precedence : otherwise;
}

/** The first port that the audio pipeline takes (audio/channel.c). */
export const firstPort = 20480;
/** Milliseconds of a packet where the call agent says none. */
const usualPacketTime = 20;
/** What a phone has, for whoever reads that something else was asked for. */
function names(wideband: boolean): string {
	return codecs
		.filter((codec) => wideband || !codec.wideband)
		.map((codec) => codec.name)
		.join(", ");
}

/** Name of the codec of a payload type, as a statistic has it. */
export function codecName(payloadType: number): string {
	return codecOfPayload(payloadType)?.name ?? `type ${payloadType}`;
}

/** Whether a payload type is a codec of sound at 16 kHz. */
export function codecWideband(payloadType: number): boolean {
	return codecOfPayload(payloadType)?.wideband === true;
}

/** Packet time in ms that the pipeline can do: a multiple of 10 from 10 on; 20 when the call agent gives none. */
function packetTime(milliseconds: number, codec: Codec): number {
	if (milliseconds === 0) return usualPacketTime;
	const tens = Math.floor(milliseconds / 10) * 10;
	return Math.min(Math.max(tens, 10), codec.packetTime);
}

export class Media {
	readonly streams: readonly Stream[];
	/** Counters of the stream last asked for, as `Statistic` numbers them. */
	readonly counters: Uint32Array;
	/** Local RTP port of the channel opened or started last, 0 when there is none. */
	localPort = 0;
	/** Codec of a stream that is started without one, as CallManager 2's is: that of the other direction, G.711 before it. */
	earlyCodec = usualCodec.numbers[0] as number;
	/** Type of service of sound when the call agent gives none: a whole octet, as configured. */
	typeOfService = expeditedForwarding;
	private readonly audio: Audio;
	private readonly log: (line: string) => void;
	/** The stream opened last: what the statistics on the display are about. */
	private latest = -1;

	constructor(audio: Audio, log: (line: string) => void) {
		const streams: Stream[] = [];
		for (let i = 0; i < Limits.streams; i += 1) streams.push(new Stream(i));
		this.streams = Object.freeze(streams);
		this.counters = new Uint32Array(Statistic.count);
		this.audio = audio;
		this.log = log;
	}

	/** True while any stream receives or sends. */
	get open(): boolean {
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.sounds) return true;
		}
		return false;
	}

	/**
	 * Opens a port for a channel that is to be opened with it. Returns the port, 0 when there is none left; the channel's own where it
	 * is open already.
	 */
	reserve(conference: number, party: number, reference: number): number {
		const stream = this.find(conference, party) ?? this.free(reference === 0 ? conference : reference);
		if (stream === undefined) {
			this.log("phone: no free audio stream: no port given");
			return 0;
		}
		if (stream.port !== 0) return stream.port;
		const { payloadType } = usualCodec;
		stream.port = this.audio.openReceive(stream.index, payloadType, usualPacketTime);
		if (stream.port === 0) return 0;
		stream.reserved = true;
		stream.receivePayload = payloadType;
		stream.receivePacketTime = usualPacketTime;
		this.assign(stream, conference, party, reference === 0 ? conference : reference);
		return stream.port;
	}

	/** Gives up a port that was reserved; a channel that is open keeps it. */
	release(conference: number, party: number): void {
		const stream = this.find(conference, party);
		if (stream?.reserved) this.giveUp(stream);
	}

	private giveUp(stream: Stream): void {
		this.audio.closeReceive(stream.index);
		stream.port = 0;
		stream.reserved = false;
	}

	/**
	 * Opens the receiving side of a channel; returns a {@link MediaStatus}. Its port is then {@link localPort}. `events` is the
	 * payload type of RFC 4733 events; what is no dynamic type means none.
	 */
	openReceive(
		conference: number,
		party: number,
		reference: number,
		number: number,
		milliseconds: number,
		events: number,
	): number {
		this.localPort = 0;
		this.yieldTo(party);
		const codec = this.codec(number, "channel refused");
		if (codec === undefined) return MediaStatus.invalidCodec;
		const time = packetTime(milliseconds, codec);
		// chan_skinny leaves the call reference 0 and gives it as the conference
		const call = reference === 0 ? conference : reference;
		const stream = this.find(conference, party) ?? this.free(call);
		if (stream === undefined) {
			this.log("phone: no free audio stream: channel refused");
			return MediaStatus.notEnoughChannels;
		}
		const same = stream.port !== 0 && stream.receivePayload === codec.payloadType && stream.receivePacketTime === time;
		this.assign(stream, conference, party, call);
		this.localPort = stream.port;
		const { reserved } = stream;
		stream.reserved = false;
		if (same) {
			if (reserved && dynamic(events)) this.audio.receiveEvents(stream.index, events);
			return MediaStatus.ok;
		}
		// a port that was given away stays: the pipeline opens the stream anew on it
		if (stream.port !== 0 && !reserved) this.audio.closeReceive(stream.index);
		stream.port = this.audio.openReceive(stream.index, codec.payloadType, time);
		stream.multicast = false;
		stream.foreign = 0;
		stream.elsewhere = false;
		stream.receivePayload = codec.payloadType;
		stream.receivePacketTime = time;
		if (stream.port === 0) {
			this.log("phone: the audio pipeline could not open a receiving channel: channel refused");
			return MediaStatus.outOfSockets;
		}
		if (dynamic(events)) this.audio.receiveEvents(stream.index, events);
		this.localPort = stream.port;
		return MediaStatus.ok;
	}

	/** Receives a multicast stream, as paging sends it, or for address 0 what is sent to a port; returns a {@link MediaStatus}. */
	openMulticast(
		conference: number,
		party: number,
		reference: number,
		address: number,
		port: number,
		number: number,
		milliseconds: number,
	): number {
		this.yieldTo(party);
		const codec = this.codec(number, "paging refused");
		if (codec === undefined) return MediaStatus.invalidCodec;
		const call = reference === 0 ? conference : reference;
		const known = this.find(conference, party);
		const stream = known ?? this.free(call);
		if (stream === undefined || known?.transmitting) {
			this.log("phone: no free audio stream: paging refused");
			return MediaStatus.notEnoughChannels;
		}
		const time = packetTime(milliseconds, codec);
		if (stream.port !== 0) this.audio.closeReceive(stream.index);
		const opened = this.audio.openMulticast(stream.index, address, port, codec.payloadType, time);
		this.assign(stream, conference, party, call);
		stream.port = opened ? port : 0;
		stream.multicast = opened;
		stream.receivePayload = codec.payloadType;
		stream.receivePacketTime = time;
		if (opened) return MediaStatus.ok;
		this.log("phone: the audio pipeline could not join the multicast group: paging refused");
		return MediaStatus.outOfSockets;
	}

	/** Closes the receiving side of a channel; one that is not open is no fault. Returns whether one was. */
	closeReceive(conference: number, party: number): boolean {
		const stream = this.find(conference, party);
		if (stream === undefined || stream.port === 0) return false;
		this.audio.closeReceive(stream.index);
		stream.port = 0;
		stream.reserved = false;
		stream.multicast = false;
		return true;
	}

	/**
	 * Starts sending; returns a {@link MediaStatus}. `precedence`, `suppression` (1: comfort noise in pauses) and `events`
	 * (payload type of RFC 4733, 0 for none) are as the call agent gives them.
	 */
	startTransmit(
		conference: number,
		party: number,
		reference: number,
		address: number,
		port: number,
		number: number,
		milliseconds: number,
		precedence: number,
		suppression: number,
		events: number,
	): number {
		this.yieldTo(party);
		const codec = this.codec(number, "nothing is sent");
		if (codec === undefined) return MediaStatus.invalidCodec;
		// chan_skinny leaves the call reference 0 and gives it as the conference
		const call = reference === 0 ? conference : reference;
		const stream = this.find(conference, party) ?? this.free(call);
		if (stream === undefined) {
			this.log("phone: no free audio stream: nothing is sent");
			return MediaStatus.notEnoughChannels;
		}
		this.assign(stream, conference, party, call);
		if (stream.transmitting) this.audio.stopTransmit(stream.index);
		stream.transmitting = this.audio.startTransmit(
			stream.index,
			address,
			port,
			codec.payloadType,
			packetTime(milliseconds, codec),
			typeOfService(precedence, this.typeOfService),
		);
		stream.events = stream.transmitting && dynamic(events) ? events : 0;
		stream.suppression = suppression === suppress;
		stream.remoteAddress = address;
		stream.remotePort = port;
		if (stream.transmitting && (stream.suppression || stream.events > 0))
			this.audio.setTransmit(stream.index, stream.suppression, stream.events);
		this.localPort = stream.port;
		if (!stream.transmitting) this.log("phone: the audio pipeline refused to send: nothing is sent");
		return stream.transmitting ? MediaStatus.ok : MediaStatus.outOfSockets;
	}

	/** Sends a key as an RFC 4733 event 0-15 on the streams of a call whose agent asked for them. */
	sendEvent(reference: number, event: number): void {
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (!stream.transmitting || stream.events === 0 || stream.reference !== reference) continue;
			this.sendKey(stream, event);
		}
	}

	/** Sends a key as an event on a channel. Which key it is may be a digit of a PIN: the log does not say. */
	sendEventOn(conference: number, party: number, event: number): void {
		const stream = this.find(conference, party);
		if (stream?.transmitting && stream.events !== 0) this.sendKey(stream, event);
		else this.log("phone: a key is not sent in the stream: no payload type agreed for it");
	}

	private sendKey(stream: Stream, event: number): void {
		if (!this.audio.sendEvent(stream.index, event, eventLength))
			this.log("phone: a key is not sent in the stream: too many wait");
	}

	/** Agrees a payload type of RFC 4733 events for a channel, 0 for none; false when it is none or there is no such channel. */
	setEvents(conference: number, party: number, payload: number): boolean {
		const stream = this.find(conference, party);
		if (stream === undefined || (payload !== 0 && !dynamic(payload))) {
			this.log(
				`phone: events of payload type ${payload} refused: ${stream === undefined ? "no such channel" : "96-127 expected"}`,
			);
			return false;
		}
		stream.events = payload;
		if (stream.transmitting) this.audio.setTransmit(stream.index, stream.suppression, payload);
		if (stream.port !== 0) this.audio.receiveEvents(stream.index, payload);
		return true;
	}

	/** Stops sending; returns whether anything was sent. */
	stopTransmit(conference: number, party: number): boolean {
		const stream = this.find(conference, party);
		if (stream === undefined || !stream.transmitting) return false;
		this.audio.stopTransmit(stream.index);
		stream.transmitting = false;
		return true;
	}

	/** Payload type in which a call is heard now, -1 where it is not. A channel that was opened without its call is whoever's asks. */
	payloadOf(reference: number): number {
		for (let i = 0; i < this.streams.length; i += 1) {
			const { multicast, port, receivePayload, reference: owner, reserved } = this.streams[i] as Stream;
			if (port !== 0 && !reserved && !multicast && (owner === reference || owner === 0)) return receivePayload;
		}
		return -1;
	}

	/** Reads the counters of the stream that serves or last served a call into {@link counters}; false: there is none, all 0. */
	read(reference: number): boolean {
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.reference !== reference || reference === 0) continue;
			this.audio.statistics(stream.index, this.counters.buffer as ArrayBuffer);
			return true;
		}
		this.counters.fill(0);
		return false;
	}

	/**
	 * Looks whether sound is played that comes from another address than the call agent has named, and writes it down whenever that begins
	 * or ends. @returns true once for each channel, when it has begun for the first time.
	 */
	foreignSound(): boolean {
		let first = false;
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.port === 0 || stream.reserved) continue;
			this.readStream(stream);
			const foreign = this.counters[Statistic.packetsForeign] as number;
			const received = this.counters[Statistic.packetsReceived] as number;
			if (foreign > stream.foreign) {
				if (stream.foreign === 0) first = true;
				if (!stream.elsewhere)
					this.log(
						`phone: nothing is heard from ${addressText(stream.remoteAddress)}, which the call agent has named: ${addressText(this.counters[Statistic.foreignAddress] as number)}, which sends, is played until it is`,
					);
				stream.elsewhere = true;
			} else if (stream.elsewhere && received > stream.received) {
				this.log(
					`phone: ${addressText(stream.remoteAddress)} is heard now, which the call agent has named: it is played alone`,
				);
				stream.elsewhere = false;
			}
			stream.foreign = foreign;
			stream.received = received;
		}
		return first;
	}

	/** Reads the counters of a stream. */
	readStream(stream: Stream): void {
		this.audio.statistics(stream.index, this.counters.buffer as ArrayBuffer);
	}

	/** Reads the counters of the stream opened last. */
	readLatest(): void {
		this.audio.statistics(Math.max(this.latest, 0), this.counters.buffer as ArrayBuffer);
	}

	/** Closes everything. */
	clear(): void {
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			this.close(stream);
			stream.reference = 0;
		}
	}

	/** Closes both sides of a stream; its counters can still be read. */
	close(stream: Stream): void {
		if (stream.port !== 0) this.audio.closeReceive(stream.index);
		if (stream.transmitting) this.audio.stopTransmit(stream.index);
		stream.port = 0;
		stream.reserved = false;
		stream.transmitting = false;
		stream.multicast = false;
	}

	/** A channel of the call agent goes before what a service plays or sends. */
	private yieldTo(party: number): void {
		if (isService(party)) return;
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (!stream.open || !isService(stream.party)) continue;
			this.log("phone: a service's sound ends: the call agent opens a channel");
			this.close(stream);
		}
	}

	/** The codec of a number; undefined, and a line in the log, when the phone has none. */
	private codec(number: number, consequence: string): Codec | undefined {
		const codec = codecOf(number);
		const { wideband } = this.audio;
		if (codec !== undefined && (wideband || !codec.wideband)) return codec;
		this.log(`phone: codec ${number} asked for, only ${names(wideband)} there: ${consequence}`);
		return undefined;
	}

	private assign(stream: Stream, conference: number, party: number, reference: number): void {
		if (stream.party !== party) stream.watched = 0;
		stream.conference = conference;
		stream.party = party;
		stream.reference = reference;
		this.latest = stream.index;
	}

	/** The channel that is open, by its party or else its conference; undefined when there is none. */
	find(conference: number, party: number): Stream | undefined {
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.open && stream.party === party) return stream;
		}
		if (conference === 0) return undefined;
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.open && stream.conference === conference) return stream;
		}
		return undefined;
	}

	/** A stream that is not open: the call's own again, else not the one used last, so that its counters can still be read. */
	private free(reference: number): Stream | undefined {
		let found: Stream | undefined;
		for (let i = 0; i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.open) continue;
			if (reference !== 0 && stream.reference === reference) return stream;
			if (found === undefined || found.index === this.latest) found = stream;
		}
		for (let i = 0; found === undefined && i < this.streams.length; i += 1) {
			const stream = this.streams[i] as Stream;
			if (stream.sounds) continue;
			// a port that nobody has used goes before a call that wants to be heard
			this.giveUp(stream);
			found = stream;
		}
		return found;
	}
}
