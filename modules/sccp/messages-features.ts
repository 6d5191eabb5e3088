/*
 * Messages of what lies beside a plain call: tones of keys in the stream, recording, subscriptions, the number of calls of a line,
 * and what a phone tells of itself (the path of sound, its place). Layouts as tshark has them.
 */
import { absent, Direction, Kind, layout, message, plain } from "sccp/message";

const { toCallAgent, toPhone } = Direction;
const { address, array, text } = Kind;

/** The other end has pressed a key. */
export const NotifyDtmfTone = message(
	0x0127,
	"NotifyDtmfTone",
	toPhone,
	layout(
		0,
		{
			tone: 0,
			conferenceId: 4, // not read: a key is heard whatever channel it is of
			passthruPartyID: 8, // not read: likewise
		},
		{ needs: 12 },
	),
);
/** The phone is to send a key's tone in the stream. */
export const SendDtmfTone = message(
	0x0128,
	"SendDtmfTone",
	toPhone,
	layout(0, { tone: 0, conferenceId: 4, passthruPartyID: 8 }, { needs: 12 }),
);

const dtmfPayload = Object.freeze({ payloadDtmf: 0, conferenceId: 4, passthruPartyID: 8 });
const dtmfPayloadAsked = Object.freeze({
	...dtmfPayload,
	dtmfType: 12, // not read: keys of RFC 4733 are the only ones there are
});
/** Keys of this payload type (RFC 4733) are wanted in a stream. */
export const SubscribeDtmfPayloadReq = message(
	0x0129,
	"SubscribeDtmfPayloadReq",
	toPhone,
	layout(0, dtmfPayloadAsked, { needs: 12 }),
);
/** From the phone, whatever tshark says. */
export const SubscribeDtmfPayloadRes = message(
	0x012a,
	"SubscribeDtmfPayloadRes",
	toPhone,
	layout(0, dtmfPayload, { needs: 12, size: 12 }),
);
/** From the call agent. Not read: there is nothing to take back. */
export const SubscribeDtmfPayloadErr = message(
	0x012b,
	"SubscribeDtmfPayloadErr",
	toPhone,
	layout(0, dtmfPayload, { needs: 12 }),
);
export const UnSubscribeDtmfPayloadReq = message(
	0x012c,
	"UnSubscribeDtmfPayloadReq",
	toPhone,
	layout(0, dtmfPayloadAsked, { needs: 12 }),
);
/** From the phone as well. */
export const UnSubscribeDtmfPayloadRes = message(
	0x012d,
	"UnSubscribeDtmfPayloadRes",
	toPhone,
	layout(0, dtmfPayload, { needs: 12, size: 12 }),
);
/** From the call agent. Not read: there is nothing to take back. */
export const UnSubscribeDtmfPayloadErr = message(
	0x012e,
	"UnSubscribeDtmfPayloadErr",
	toPhone,
	layout(0, dtmfPayload, { needs: 12 }),
);

/** A call is recorded (1), or is no longer (0). */
export const RecordingStatus = message(
	0x0160,
	"RecordingStatus",
	toPhone,
	layout(0, { callReference: 0, recordingStatus: 4 }, { needs: 8, known: { recordingStatus: [0, 1] } }),
);

/** The phone is to tell when a stream fails. */
export const StartMediaFailureDetection = message(
	0x011c,
	"StartMediaFailureDetection",
	toPhone,
	layout(
		0,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			milliSecondPacketSize: 8, // not read: the channel has it
			compressionType: 12, // not read: likewise
			ecValue: 16, // not read: likewise
			g723BitRate: 20, // not read: there is no G.723
			callReference: 24, // not read: the channel has it
		},
		{ needs: 8 },
	),
);
export const MediaTransmissionFailure = message(
	0x002a,
	"MediaTransmissionFailure",
	toCallAgent,
	layout(
		0,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: absent, // not set: 0 is IPv4
			remoteIpAddr: 8,
			remotePortNumber: 12,
			callReference: 16,
		},
		{ size: 20, kinds: { remoteIpAddr: address } },
	),
	layout(
		17,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: 8, // not set: 0 is IPv4
			remoteIpAddr: 12,
			remotePortNumber: 28,
			callReference: 32,
		},
		{ size: 36, kinds: { remoteIpAddr: address } },
	),
);

/** Asks to be told of a number's state (subscriptionFeatureID 1). Not sent: the keys of busy lamp fields are told without it. */
export const SubscriptionStatReq = message(
	0x0048,
	"SubscriptionStatReq",
	toCallAgent,
	layout(
		0,
		{ transactionId: 0, subscriptionFeatureID: 4, timer: 8, subscriptionID: 12 },
		{ size: 76, kinds: { subscriptionID: text + 64 } },
	),
);
/** Not read: nothing is asked by {@link SubscriptionStatReq}. */
export const SubscriptionStatRes = message(
	0x0152,
	"SubscriptionStatRes",
	toPhone,
	layout(0, { transactionId: 0, subscriptionFeatureID: 4, timer: 8, cause: 12 }, { needs: 16 }),
);
/** Not read: nothing is asked by {@link SubscriptionStatReq}. */
export const Notification = message(
	0x0153,
	"Notification",
	toPhone,
	layout(
		0,
		{ transactionId: 0, subscriptionFeatureID: 4, notificationStatus: 8, text: 12 },
		{ needs: 12, kinds: { text: text + 97 } },
	),
);

/** Asks how many calls a line can have; either side may. */
export const CallCountReq = plain(0x015e, "CallCountReq", toPhone);
/** Each of the `lineDataEntries` entries takes 4 octets: maxNumCalls and busyTrigger, u16 each. */
export const CallCountResp = message(
	0x015f,
	"CallCountResp",
	toPhone,
	layout(
		0,
		{ totalNumOfConfiguredLines: 0, startingLineInstance: 4, lineDataEntries: 8, lineData: 12 },
		{ needs: 12, size: 12, kinds: { lineData: array } },
	),
);
export const callCountStride = 4;

/**
 * mediaPathID 1 headset, 2 handset, 3 speaker; mediaPathEvent 1 on, 2 off. FreeSWITCH, which names no version, takes 12 octets and no
 * less.
 */
export const MediaPathEvent = message(
	0x0049,
	"MediaPathEvent",
	toCallAgent,
	layout(0, { mediaPathID: 0, mediaPathEvent: 4 }, { size: 12 }),
	layout(15, { mediaPathID: 0, mediaPathEvent: 4 }, { size: 8 }),
);

/** XML that tells why the phone was away; from version 17 on. */
export const EnhancedAlarm = message(
	0x015a,
	"EnhancedAlarm",
	toCallAgent,
	layout(0, { alarmInfo: 0 }, { size: 0, kinds: { alarmInfo: text + 2000 } }),
);
