/*
 * What the messages of sound do: channels, tones, ringer, speaker and microphone, and the statistics asked for at a
 * call's end. OpenReceiveChannelAck is mandatory and comes at once, a refusal included.
 */
import { Statistic } from "hal/hardware";
import { MediaStatus } from "phone/media";
import type { Phone } from "phone/phone";
import { writeQuality } from "phone/quality";
import { startEarlyTransmission, stopEarlyTransmission } from "phone/receive-early";
import { absent } from "sccp/message";
import { SetMicroMode, SetRinger, SetSpeakerMode, StartTone, StopTone } from "sccp/messages-call";
import {
	CloseReceiveChannel,
	ConnectionStatisticsReq,
	type ConnectionStatisticsRes,
	OpenReceiveChannel,
	StartMediaTransmission,
	StartMulticastMediaReception,
	StopMediaTransmission,
	StopMulticastMediaReception,
} from "sccp/messages-media";
import type { Reader } from "sccp/reader";

/** Ring once. */
const single = 2;
const on = 1;
/** Octets of conference and party, by which StopMediaTransmission names a channel. */
const namedChannel = 8;
/** Octets of a directory number in ConnectionStatisticsReq without its NUL. */
const directoryNumber = 23;

export function openReceiveChannel(this: Phone, reader: Reader): void {
	const at = OpenReceiveChannel.layout(reader.version, reader.length);
	const conference = reader.u32(at.conferenceId);
	const party = reader.u32(at.passThroughPartyId);
	const reference = reader.u32(at.callReference);
	const codec = reader.u32(at.compressionType);
	const status = this.media.openReceive(
		conference,
		party,
		reference,
		codec,
		reader.u32(at.milliSecondPacketSize),
		reader.u32(at.RFC2833PayloadType),
	);
	this.channel(status, reference === 0 ? conference : reference);
	this.stimuli.openReceiveChannelAck(status, this.media.localPort, party, reference);
}

export function closeReceiveChannel(this: Phone, reader: Reader): void {
	const at = CloseReceiveChannel.layout(reader.version, reader.length);
	if (this.media.closeReceive(reader.u32(at.conferenceId), reader.u32(at.passThroughPartyId))) this.channelClosed();
}

export function startMulticastReception(this: Phone, reader: Reader): void {
	const at = StartMulticastMediaReception.layout(reader.version, reader.length);
	const party = reader.u32(at.passThroughPartyId);
	const reference = reader.u32(at.callReference);
	const status = this.media.openMulticast(
		reader.u32(at.conferenceId),
		party,
		reference,
		reader.address(at.multicastIpAddr),
		reader.u32(at.multicastPortNumber),
		reader.u32(at.compressionType),
		reader.u32(at.milliSecondPacketSize),
	);
	this.channel(status, reference);
	this.stimuli.multicastReceptionAck(status === MediaStatus.ok, party, reference);
}

/** Paging is over; the speaker that it turned on is turned off by the call agent or, where nothing else sounds, here. */
export function stopMulticastReception(this: Phone, reader: Reader): void {
	const at = StopMulticastMediaReception.layout(reader.version, reader.length);
	const closed = this.media.closeReceive(reader.u32(at.conferenceId), reader.u32(at.passThroughPartyId));
	if (closed && !this.inUse) this.setSpeaker(false);
}

export function startMediaTransmission(this: Phone, reader: Reader): void {
	const { at } = StartMediaTransmission.formOf(reader);
	if (at.conferenceId === absent) {
		startEarlyTransmission.call(this, reader);
		return;
	}
	const conference = reader.u32(at.conferenceId);
	const party = reader.u32(at.passThroughPartyId);
	const reference = reader.u32(at.callReference);
	const status = this.media.startTransmit(
		conference,
		party,
		reference,
		reader.address(at.remoteIpAddr),
		reader.u32(at.remotePortNumber),
		reader.u32(at.compressionType),
		reader.u32(at.milliSecondPacketSize),
		reader.u32(at.precedenceValue),
		reader.u32(at.ssValue),
		reader.u32(at.RFC2833PayloadType),
	);
	this.channel(status, reference === 0 ? conference : reference);
	const port = this.media.localPort;
	this.stimuli.startMediaTransmissionAck(status, port, conference, party, reference);
}

export function stopMediaTransmission(this: Phone, reader: Reader): void {
	if (reader.length === 0) stopEarlyTransmission.call(this);
	// what is cut names no channel
	if (reader.length < namedChannel) return;
	const at = StopMediaTransmission.layout(reader.version, reader.length);
	if (this.media.stopTransmit(reader.u32(at.conferenceId), reader.u32(at.passThroughPartyId))) this.channelClosed();
}

export function startTone(this: Phone, reader: Reader): void {
	const at = StartTone.layout(reader.version, reader.length);
	// who leaves it out means the call that the user hears
	const reference = reader.u32(at.callReference) || (this.calls.live?.reference ?? 0);
	this.tones.start(reader.u32(at.tone), reader.u32(at.toneOutputDirection), reference);
}

export function stopTone(this: Phone, reader: Reader): void {
	this.tones.stop(reader.u32(StopTone.layout(reader.version, reader.length).callReference));
}

export function setRinger(this: Phone, reader: Reader): void {
	const at = SetRinger.layout(reader.version, reader.length);
	const once = reader.u32(at.ringDuration) === single;
	this.ringer.set(reader.u32(at.callReference), reader.u32(at.ringMode), once);
}

export function setSpeakerMode(this: Phone, reader: Reader): void {
	const at = SetSpeakerMode.layout(reader.version, reader.length);
	this.setSpeaker(reader.u32(at.speakerMode) === on);
}

export function setMicroMode(this: Phone, reader: Reader): void {
	const at = SetMicroMode.layout(reader.version, reader.length);
	this.setMicrophone(reader.u32(at.micMode) === on);
}

/** Answers with the stream's counters: jitter and latency (one way, known from RTCP only, else 0) in ms, quality as text. */
export function connectionStatistics(this: Phone, reader: Reader): void {
	const at = ConnectionStatisticsReq.layout(reader.version, reader.length);
	const reference = reader.u32(at.callReference);
	const mode = reader.u32(at.statsProcessingMode);
	this.media.read(reference);
	const counters = this.media.counters;
	const to: ReturnType<typeof ConnectionStatisticsRes.layout> = this.stimuli.beginStatistics();
	const writer = this.stimuli.writer;
	// the number comes back as it was asked for, octet by octet: no string is made
	for (let i = 0; i < directoryNumber; i += 1) {
		const octet = reader.u8(at.directoryNum + i);
		if (octet === 0) break;
		writer.u8(to.directoryNum + i, octet);
	}
	writer.u32(to.callReference, reference);
	writer.u8(to.statsProcessingMode, mode);
	writer.u32(to.numberPacketsSent, counters[Statistic.packetsSent] as number);
	writer.u32(to.numberOctetsSent, counters[Statistic.octetsSent] as number);
	writer.u32(to.numberPacketsReceived, counters[Statistic.packetsReceived] as number);
	writer.u32(to.numberOctetsReceived, counters[Statistic.octetsReceived] as number);
	writer.u32(to.numberPacketsLost, counters[Statistic.packetsLost] as number);
	writer.u32(to.jitter, (counters[Statistic.jitter] as number) >>> 3);
	writer.u32(to.latency, (counters[Statistic.roundTrip] as number) >>> 1);
	writer.u32(to.dataSize, writeQuality(writer, to.data, counters));
	this.stimuli.finish();
}
