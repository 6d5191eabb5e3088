/*
 * What a call agent asks of the phone itself: a port before the channel that is to have it, and how many calls its lines take.
 */
import { Limits } from "limits";
import { firstPort } from "phone/media";
import type { Phone } from "phone/phone";
import { CallCountResp, callCountStride } from "sccp/messages-features";
import { PortClose, PortReq, PortRes } from "sccp/messages-media";
import type { Reader } from "sccp/reader";

/** Kind of media, 0 where it is not named. */
const audio = 1;

/**
 * Tells the first port of RTP. CallManager 2 sends sound to it whenever it likes: to it a port is told that is open.
 */
export function tellPort(phone: Phone): void {
	const { media, stimuli } = phone;
	stimuli.ipPort(stimuli.early ? media.reserve(0, 0, 0) : firstPort);
}

/** Answers with a port that the channel of this conference and party will have; with none for video, which the phone does not have. */
export function portReq(this: Phone, reader: Reader): void {
	const from = PortReq.layout(reader.version, reader.length);
	const conference = reader.u32(from.conferenceId);
	const reference = reader.u32(from.callReference);
	const party = reader.u32(from.passThroughPartyId);
	const kind = reader.u32(from.mediaType);
	const port = kind > audio ? 0 : this.media.reserve(conference, party, reference);
	const at = this.stimuli.begin(PortRes);
	const { writer } = this.stimuli;
	writer.u32(at.conferenceId, conference);
	writer.u32(at.callReference, reference);
	writer.u32(at.passThroughPartyId, party);
	writer.address(at.ipAddr, this.stimuli.localAddress);
	writer.u32(at.portNumber, port);
	writer.u32(at.RTCPPortNumber, port === 0 ? 0 : port + 1);
	writer.u32(at.mediaType, kind);
	this.stimuli.finish();
}

/** Gives a port up again; one that a channel has taken stays open until that is closed. */
export function portClose(this: Phone, reader: Reader): void {
	const at = PortClose.layout(reader.version, reader.length);
	if (reader.u32(at.mediaType) > audio) return;
	this.media.release(reader.u32(at.conferenceId), reader.u32(at.passThroughPartyId));
}

/** Answers how many calls each line takes: as many as the phone has places for, and it is busy when they are taken. */
export function callCount(this: Phone): void {
	const count = this.lines.count;
	const at = this.stimuli.begin(CallCountResp, count * callCountStride);
	const { writer } = this.stimuli;
	writer.u32(at.totalNumOfConfiguredLines, count);
	writer.u32(at.startingLineInstance, 1);
	writer.u32(at.lineDataEntries, count);
	for (let i = 0; i < count; i += 1) {
		writer.u16(at.lineData + i * callCountStride, Limits.calls);
		writer.u16(at.lineData + i * callCountStride + 2, Limits.calls);
	}
	this.stimuli.finish();
}
