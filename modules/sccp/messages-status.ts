/*
 * Messages of registration: register, keepalive, reset, templates and the status of lines, speed dials, features and
 * services. Sizes and version switches as CallManager 3.1-8, chan_skinny and chan-sccp send them.
 */
import { absent, Direction, Kind, layout, message, plain } from "sccp/message";

const { toCallAgent, toPhone } = Direction;
const { address, array, octets, text, texts, u8 } = Kind;

export const KeepAliveReq = plain(0x0000, "KeepAliveReq", toCallAgent);
export const KeepAliveAck = plain(0x0100, "KeepAliveAck", toPhone);

const registerFields = Object.freeze({
	DeviceName: 0,
	userId: 16, // not set: 0, as Cisco phones have it
	instance: 20,
	stationIpAddr: 24,
	deviceType: 28,
	maxStreams: 32,
	activeStreams: 36, // not set: none at that moment
	protocolVer: 40,
	/** Three octets of feature bits; as one u8 each. */
	features1: 41, // not set: none of these
	features2: 42,
	features3: 43,
	maxConferences: 44, // not set: the call agent mixes
	activeConferences: 48, // not set: none at that moment
	macAddress: 52,
	ipV4AddressScope: 64, // not set: IPv4 only
	maxNumberOfLines: 68, // not set: the button template says how many
	stationIpV6Addr: 72, // not set: IPv4 only
	ipV6AddressScope: 88, // not set: IPv4 only
	firmwareLoadName: 92,
	configVersionStamp: 124, // not set: call agents take no notice
});
const registerKinds = Object.freeze({
	DeviceName: text + 16,
	stationIpAddr: address,
	protocolVer: u8,
	features1: u8,
	features2: u8,
	features3: u8,
	macAddress: octets,
	stationIpV6Addr: octets,
	firmwareLoadName: text + 32,
	configVersionStamp: text + 48,
});
/** The form grew with the versions; a phone sends the one of the highest version it declares. */
export const RegisterReq = message(
	0x0001,
	"RegisterReq",
	toCallAgent,
	layout(0, registerFields, { size: 44, kinds: registerKinds }),
	layout(5, registerFields, { size: 64, kinds: registerKinds }),
	layout(8, registerFields, { size: 68, kinds: registerKinds }),
	layout(17, registerFields, { size: 124, kinds: registerKinds }),
	layout(20, registerFields, { size: 172, kinds: registerKinds }),
);
export const RegisterAck = message(
	0x0081,
	"RegisterAck",
	toPhone,
	layout(
		0,
		{
			keepAliveInterval: 0,
			dateTemplate: 4,
			secondaryKeepAliveInterval: 12,
			maxProtocolVer: 16,
			features1: 17, // not read: nothing hangs on what the server can do
			features2: 18, // not read: nothing hangs on what the server can do
			features3: 19, // not read: nothing hangs on what the server can do
		},
		{ needs: 12, kinds: { dateTemplate: text + 6, maxProtocolVer: u8, features1: u8, features2: u8, features3: u8 } },
	),
);
export const RegisterReject = message(
	0x009d,
	"RegisterReject",
	toPhone,
	layout(0, { text: 0 }, { kinds: { text: text + 32 } }),
);
export const UnregisterReq = message(
	0x0027,
	"UnregisterReq",
	toCallAgent,
	layout(
		0,
		{
			unRegReasonCode: 0, // not set: 0, unknown
		},
		{ size: 0 },
	),
	layout(12, { unRegReasonCode: 0 }, { size: 4 }),
);
/** status 0 accepted, 1 unknown error, 2 refused because a call is active. */
export const UnregisterAck = message(
	0x0118,
	"UnregisterAck",
	toPhone,
	layout(0, {
		status: 0, // not read: the phone goes, whatever the answer
	}),
);
const tokenKinds = Object.freeze({ DeviceName: text + 16, stationIpAddr: address, stationIpV6Addr: octets });
/** Asks a better call agent whether the phone may come. */
export const RegisterTokenReq = message(
	0x0029,
	"RegisterTokenReq",
	toCallAgent,
	layout(
		0,
		{
			DeviceName: 0,
			userId: 16, // not set: 0, as Cisco phones have it
			instance: 20,
			stationIpAddr: 24,
			deviceType: 28,
			ipv4or6: absent, // not set: IPv4 only
			stationIpV6Addr: 32, // not set: IPv4 only
		},
		{ size: 52, kinds: tokenKinds },
	),
	layout(
		17,
		{ DeviceName: 0, userId: 16, instance: 20, stationIpAddr: 24, deviceType: 28, ipv4or6: 32, stationIpV6Addr: 36 },
		{ size: 52, kinds: tokenKinds },
	),
);
export const RegisterTokenAck = plain(0x011a, "RegisterTokenAck", toPhone);
/** waitTimeBeforeNextReq in seconds. */
export const RegisterTokenReject = message(
	0x011b,
	"RegisterTokenReject",
	toPhone,
	layout(0, { waitTimeBeforeNextReq: 0 }, { needs: 4 }),
);
/** resetType 1 reset, 2 restart, 3 apply configuration. */
export const Reset = message(
	0x009f,
	"Reset",
	toPhone,
	layout(0, { resetType: 0 }, { needs: 4, known: { resetType: [1, 3] } }),
);
/** alarmSeverity 0 critical, 1 warning, 2 informational, 4 unknown, 7 major, 8 minor, 10 marginal, 20 trace. */
export const Alarm = message(
	0x0020,
	"Alarm",
	toCallAgent,
	layout(
		0,
		{
			alarmSeverity: 0,
			text: 4,
			parm1: 84, // not set: 0, as nothing hangs on it
			parm2: 88,
		},
		{ size: 92, kinds: { text: text + 80, parm2: address } },
	),
);
/** The first port of RTP: CallManager 2 sends sound there, others show it. */
export const IpPort = message(0x0002, "IpPort", toCallAgent, layout(0, { rtpMediaPort: 0 }, { size: 4 }));

export const CapabilitiesReq = plain(0x009b, "CapabilitiesReq", toPhone);
/** Each of the `capCount` entries takes 16 octets: payloadCapability, maxFramesPerPacket, 8 octets of parameters. */
export const CapabilitiesRes = message(
	0x0010,
	"CapabilitiesRes",
	toCallAgent,
	layout(0, { capCount: 0, caps: 4 }, { size: 4, kinds: { caps: array } }),
);
export const capabilityStride = 16;
/**
 * All that a phone can do, in fixed places: own pictures, four services of conferences, 18 codecs at `caps`, ten kinds of video, five of
 * data. Phones of version 17 and above send it.
 */
export const CapabilitiesV3Res = message(
	0x0044,
	"CapabilitiesV3Res",
	toCallAgent,
	layout(
		0,
		{
			audioCapCount: 0,
			videoCapCount: 4, // not set: no video
			dataCapCount: 8, // not set: no data
			rtpPayloadFormat: 12, // not set: 0, that of the RFCs
			customPictureFormatCount: 16, // not set: no video
			activeStreamsOnRegistration: 140, // not set: none at that moment
			maxBW: 144, // not set: no video
			serviceResourceCount: 148, // not set: the call agent mixes
			caps: 312,
		},
		{ size: 2100, kinds: { caps: array } },
	),
);

export const TimeDateReq = plain(0x000d, "TimeDateReq", toCallAgent);
export const TimeDateRes = message(
	0x0094,
	"TimeDateRes",
	toPhone,
	layout(
		0,
		{
			wYear: 0,
			wMonth: 4,
			wDayOfWeek: 8, // not read: the date says it
			wDay: 12,
			wHour: 16,
			wMinute: 20,
			wSecond: 24,
			wMilliseconds: 28,
			/** Seconds since 1970. */
			systemTime: 32, // not read: the local time above is what is shown
		},
		{ needs: 28 },
	),
);

export const ButtonTemplateReq = plain(0x000e, "ButtonTemplateReq", toCallAgent);
/** Each of the `buttonCount` entries takes 2 octets: instanceNumber, buttonDefinition ({@link Button}). */
export const ButtonTemplateRes = message(
	0x0097,
	"ButtonTemplateRes",
	toPhone,
	layout(
		0,
		{
			buttonOffset: 0,
			buttonCount: 4,
			totalButtonCount: 8, // not read: some servers count more than they send
			definition: 12,
		},
		{ needs: 12, kinds: { definition: array } },
	),
);
export const buttonStride = 2;

export const SoftKeyTemplateReq = plain(0x0028, "SoftKeyTemplateReq", toCallAgent);
/** Each of the `softKeyCount` entries takes 20 octets: softKeyLabel (text of 16), softKeyEvent (u32). */
export const SoftKeyTemplateRes = message(
	0x0108,
	"SoftKeyTemplateRes",
	toPhone,
	layout(
		0,
		{
			softKeyOffset: 0,
			softKeyCount: 4,
			totalSoftKeyCount: 8, // not read: some servers count more than they send
			definition: 12,
		},
		{ needs: 12, kinds: { definition: array } },
	),
);
export const SoftKeyDefinition = Object.freeze({ stride: 20, softKeyLabel: 0, softKeyEvent: 16 });

export const SoftKeySetReq = plain(0x0025, "SoftKeySetReq", toCallAgent);
/** Each of the `softKeySetCount` entries takes 48 octets: 16 x softKeyTemplateIndex (u8), 16 x softKeyInfoIndex (u16). */
export const SoftKeySetRes = message(
	0x0109,
	"SoftKeySetRes",
	toPhone,
	layout(
		0,
		{
			softKeySetOffset: 0,
			softKeySetCount: 4,
			totalSoftKeySetCount: 8, // not read: some servers count more than they send
			definition: 12,
		},
		{ needs: 12, kinds: { definition: array } },
	),
);
export const SoftKeySetDefinition = Object.freeze({
	stride: 48,
	/** Sixteen u8, each the position in the template counted from 1; 0 is no key. */
	softKeyTemplateIndex: 0,
	/** Sixteen u16. */
	softKeyInfoIndex: 16,
});

export const ConfigStatReq = plain(0x000c, "ConfigStatReq", toCallAgent);
/** Not read: what it tells, templates and status messages tell again. Asked for because phones do. */
export const ConfigStatRes = message(
	0x0093,
	"ConfigStatRes",
	toPhone,
	layout(
		0,
		{
			DeviceName: 0,
			userId: 16,
			instance: 20,
			userName: 24,
			serverName: 64,
			numberOfLines: 104,
			numberOfSpeedDials: 108,
		},
		{ needs: 112, kinds: { DeviceName: text + 16, userName: text + 40, serverName: text + 40 } },
	),
);
/** Longer names than {@link ConfigStatRes}: 121 octets each, unaligned. Not read: as {@link ConfigStatRes}. */
export const ConfigStatV2Res = message(
	0x0142,
	"ConfigStatV2Res",
	toPhone,
	layout(
		0,
		{ DeviceName: 0, userId: 16, instance: 20, numberOfLines: 24, numberOfSpeedDials: 28, texts: 32 },
		{ needs: 32, kinds: { DeviceName: text + 16, texts }, texts: ["userName", "serverName"] },
	),
);

export const LineStatReq = message(0x000b, "LineStatReq", toCallAgent, layout(0, { lineNumber: 0 }, { size: 4 }));
/** CallManager 3.1 ends after lineFullyQualifiedDisplayName, 3.3 after lineTextLabel. */
export const LineStatRes = message(
	0x0092,
	"LineStatRes",
	toPhone,
	layout(
		0,
		{
			lineNumber: 0,
			lineDirNumber: 4,
			lineFullyQualifiedDisplayName: 28,
			lineTextLabel: 68,
			/** Bits of what is shown of a diverted call, 1 whom it was meant for, 2 who diverted it, 4 the caller's number, 8 the caller's name. */
			lineDisplayOptions: 108,
		},
		{
			needs: 68,
			kinds: { lineDirNumber: text + 24, lineFullyQualifiedDisplayName: text + 40, lineTextLabel: text + 40 },
		},
	),
);
export const LineStatV2Res = message(
	0x0147,
	"LineStatV2Res",
	toPhone,
	layout(
		0,
		{
			lineNumber: 0,
			/** As lineDisplayOptions of {@link LineStatRes}. */
			lineType: 4,
			texts: 8,
		},
		{ needs: 9, kinds: { texts }, texts: ["lineDirNumber", "lineFullyQualifiedDisplayName", "lineTextLabel"] },
	),
);

export const SpeedDialStatReq = message(
	0x000a,
	"SpeedDialStatReq",
	toCallAgent,
	layout(0, { speedDialNumber: 0 }, { size: 4 }),
);
export const SpeedDialStatRes = message(
	0x0091,
	"SpeedDialStatRes",
	toPhone,
	layout(
		0,
		{ speedDialNumber: 0, speedDialDirNumber: 4, speedDialDisplayName: 28 },
		{ needs: 68, kinds: { speedDialDirNumber: text + 24, speedDialDisplayName: text + 40 } },
	),
);
export const SpeedDialStatV2Res = message(
	0x0149,
	"SpeedDialStatV2Res",
	toPhone,
	layout(
		0,
		{ speedDialNumber: 0, texts: 4 },
		{ needs: 5, kinds: { texts }, texts: ["speedDialDirNumber", "speedDialDisplayName"] },
	),
);

export const FeatureStatReq = message(
	0x0034,
	"FeatureStatReq",
	toCallAgent,
	layout(
		0,
		{
			featureIndex: 0,
			featureCapabilities: absent,
		},
		{ size: 4 },
	),
	layout(15, { featureIndex: 0, featureCapabilities: 4 }, { size: 8 }),
);
export const FeatureStatRes = message(
	0x011f,
	"FeatureStatRes",
	toPhone,
	layout(
		0,
		{ featureIndex: 0, featureID: 4, featureTextLabel: 8, featureStatus: 48 },
		{ needs: 52, kinds: { featureTextLabel: text + 40 } },
	),
);
/** A status of a busy lamp field may carry rhythm, colour, icon and the old value as four octets. */
export const FeatureStatV2Res = message(
	0x0146,
	"FeatureStatV2Res",
	toPhone,
	layout(
		0,
		{ featureIndex: 0, featureID: 4, featureStatus: 8, featureTextLabel: 12 },
		{ needs: 12, kinds: { featureTextLabel: text + 121 } },
	),
);

export const ServiceURLStatReq = message(
	0x0033,
	"ServiceURLStatReq",
	toCallAgent,
	layout(0, { serviceURLIndex: 0 }, { size: 4 }),
);
export const ServiceURLStatRes = message(
	0x012f,
	"ServiceURLStatRes",
	toPhone,
	layout(
		0,
		{
			serviceURLIndex: 0,
			serviceURL: 4,
			serviceURLDisplayName: 260,
		},
		{ needs: 300, kinds: { serviceURL: text + 256, serviceURLDisplayName: text + 40 } },
	),
);
export const ServiceURLStatV2Res = message(
	0x0148,
	"ServiceURLStatV2Res",
	toPhone,
	layout(
		0,
		{ serviceURLIndex: 0, texts: 4 },
		{ needs: 5, kinds: { texts }, texts: ["serviceURL", "serviceURLDisplayName"] },
	),
);

export const ForwardStatReq = message(0x0009, "ForwardStatReq", toCallAgent, layout(0, { lineNumber: 0 }, { size: 4 }));
/** From version 18 on numbers take 25 octets: packed by chan-sccp (95 octets, or 96 with padding), aligned to 28 by others (104). */
export const ForwardStatRes = message(
	0x0090,
	"ForwardStatRes",
	toPhone,
	layout(
		0,
		{
			activeForward: 0, // not read: the flags below say it
			lineNumber: 4,
			forwardAllActive: 8,
			forwardAllDirnum: 12,
			forwardBusyActive: 36,
			forwardBusyDirnum: 40,
			forwardNoAnswerActive: 64,
			forwardNoAnswerlDirnum: 68,
		},
		{
			needs: 92,
			kinds: { forwardAllDirnum: text + 24, forwardBusyDirnum: text + 24, forwardNoAnswerlDirnum: text + 24 },
		},
	),
	layout(
		18,
		{
			activeForward: 0,
			lineNumber: 4,
			forwardAllActive: 8,
			forwardAllDirnum: 12,
			forwardBusyActive: 37,
			forwardBusyDirnum: 41,
			forwardNoAnswerActive: 66,
			forwardNoAnswerlDirnum: 70,
		},
		{
			minimum: 95,
			kinds: { forwardAllDirnum: text + 25, forwardBusyDirnum: text + 25, forwardNoAnswerlDirnum: text + 25 },
		},
	),
	layout(
		18,
		{
			activeForward: 0,
			lineNumber: 4,
			forwardAllActive: 8,
			forwardAllDirnum: 12,
			forwardBusyActive: 40,
			forwardBusyDirnum: 44,
			forwardNoAnswerActive: 72,
			forwardNoAnswerlDirnum: 76,
		},
		{
			minimum: 104,
			kinds: { forwardAllDirnum: text + 25, forwardBusyDirnum: text + 25, forwardNoAnswerlDirnum: text + 25 },
		},
	),
);

export const RegisterAvailableLines = message(
	0x002d,
	"RegisterAvailableLines",
	toCallAgent,
	layout(0, { maxNumOfAvailLines: 0 }, { size: 4 }),
);
