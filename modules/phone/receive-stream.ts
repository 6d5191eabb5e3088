/*
 * What the messages beside the channels of a call do: paging from this phone, keys in the stream, the watch on a stream that may fail,
 * recording.
 */
import { Change } from "phone/changes";
import type { Phone } from "phone/phone";
import {
	NotifyDtmfTone,
	RecordingStatus,
	SendDtmfTone,
	StartMediaFailureDetection,
	SubscribeDtmfPayloadReq,
	UnSubscribeDtmfPayloadReq,
} from "sccp/messages-features";
import { StartMulticastMediaTransmission, StopMulticastMediaTransmission } from "sccp/messages-media";
import type { Reader } from "sccp/reader";

/** Ids of the tones of keys: 1-9 stand for themselves. */
const toneZero = 0x0a;
const toneStar = 0x0e;
const toneLast = 0x13;

/** RFC 4733's event for the tone of a key by SCCP's id, -1 for another tone. */
function eventOf(tone: number): number {
	if (tone >= 1 && tone < toneZero) return tone;
	if (tone === toneZero) return 0;
	return tone >= toneStar && tone <= toneLast ? tone - toneStar + 10 : -1;
}

export function startMulticastTransmission(this: Phone, reader: Reader): void {
	const at = StartMulticastMediaTransmission.layout(reader.version, reader.length);
	const conference = reader.u32(at.conferenceId);
	const reference = reader.u32(at.callReference);
	const status = this.media.startTransmit(
		conference,
		reader.u32(at.passThroughPartyId),
		reference,
		reader.address(at.multicastIpAddr),
		reader.u32(at.multicastPortNumber),
		reader.u32(at.compressionType),
		reader.u32(at.milliSecondPacketSize),
		reader.u32(at.precedenceValue),
		reader.u32(at.ssValue),
		0,
	);
	this.channel(status, reference === 0 ? conference : reference);
}

export function stopMulticastTransmission(this: Phone, reader: Reader): void {
	const at = StopMulticastMediaTransmission.layout(reader.version, reader.length);
	const stopped = this.media.stopTransmit(reader.u32(at.conferenceId), reader.u32(at.passThroughPartyId));
	// the speaker that paging has turned on, where nothing else sounds
	if (stopped && !this.inUse) this.setSpeaker(false);
}

/** The other end has pressed a key: it is heard as an own one is. */
export function notifyTone(this: Phone, reader: Reader): void {
	const event = eventOf(reader.u32(NotifyDtmfTone.layout(reader.version, reader.length).tone));
	if (event >= 0) this.audio.keyTone(event);
}

/** The call agent presses a key, for the other end alone. */
export function sendTone(this: Phone, reader: Reader): void {
	const at = SendDtmfTone.layout(reader.version, reader.length);
	const event = eventOf(reader.u32(at.tone));
	if (event >= 0) this.media.sendEventOn(reader.u32(at.conferenceId), reader.u32(at.passthruPartyID), event);
}

export function subscribePayload(this: Phone, reader: Reader): void {
	const at = SubscribeDtmfPayloadReq.layout(reader.version, reader.length);
	const conference = reader.u32(at.conferenceId);
	const party = reader.u32(at.passthruPartyID);
	const payload = reader.u32(at.payloadDtmf);
	if (this.media.setEvents(conference, party, payload)) this.stimuli.payloadSubscribed(payload, conference, party);
}

export function unsubscribePayload(this: Phone, reader: Reader): void {
	const at = UnSubscribeDtmfPayloadReq.layout(reader.version, reader.length);
	const conference = reader.u32(at.conferenceId);
	const party = reader.u32(at.passthruPartyID);
	// what is not there any more is not subscribed either
	this.media.setEvents(conference, party, 0);
	this.stimuli.payloadUnsubscribed(reader.u32(at.payloadDtmf), conference, party);
}

export function mediaFailureDetection(this: Phone, reader: Reader): void {
	const at = StartMediaFailureDetection.layout(reader.version, reader.length);
	this.failures.watch(reader.u32(at.conferenceId), reader.u32(at.passThroughPartyId));
}

export function recordingStatus(this: Phone, reader: Reader): void {
	const at = RecordingStatus.layout(reader.version, reader.length);
	const call = this.calls.find(reader.u32(at.callReference));
	const recorded = reader.u32(at.recordingStatus) === 1;
	if (call === undefined || call.recorded === recorded) return;
	call.recorded = recorded;
	this.changed(Change.calls);
}
