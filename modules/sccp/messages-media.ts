/*
 * Messages of media: opening and closing RTP channels, statistics at a call's end, ports.
 * Layouts switch at version 17 (addresses grow to type and 16 octets) as CallManager, chan_skinny and chan-sccp send them.
 */
import { codecOf } from "sccp/codecs";
import { absent, Direction, Kind, layout, message, plain } from "sccp/message";

const { toCallAgent, toPhone } = Direction;
const { address, octets, text, u8, u16 } = Kind;

const channelKinds = Object.freeze({
	keylen: u16,
	saltlen: u16,
	key: octets,
	salt: octets,
	sourceIpAddr: address,
});
const channelHead = Object.freeze({
	conferenceId: 0,
	passThroughPartyId: 4,
	milliSecondPacketSize: 8,
	compressionType: 12,
	ecValue: 16, // not read: echo is cancelled wherever it can be
	g723BitRate: 20, // not read: no G.723
	callReference: 24,
	algorithmID: 28, // not read: no SRTP
	keylen: 32, // not read: no SRTP
	saltlen: 34, // not read: no SRTP
	key: 36, // not read: no SRTP
	salt: 52, // not read: no SRTP
	isMKIPresent: 68, // not read: no SRTP
	keyDerivationRate: 72, // not read: no SRTP
	streamPassThroughId: 76, // not read: for recording and conference bridges
	associatedStreamId: 80, // not read: for recording and conference bridges
	RFC2833PayloadType: 84,
	dtmfType: 88, // not read: the payload type says enough
	mixingMode: 92, // not read: for recording and conference bridges
	partyDirection: 96, // not read: for recording and conference bridges
});
/** CallManager 4.1 ends after the salt (68 octets), 3.x earlier. chan_skinny always sends 168 octets. */
export const OpenReceiveChannel = message(
	0x0105,
	"OpenReceiveChannel",
	toPhone,
	layout(
		0,
		{
			...channelHead,
			ipv4or6: absent, // not read: 0, IPv4: there is no other
			sourceIpAddr: 100, // not read: sound is taken from whoever sends it
			sourcePortNumber: 104, // not read: sound is taken from whoever sends it
			requestedIpAddrType: absent, // not read: IPv4 only
			audioLevelAdjustment: absent, // not read: levels are the user's
		},
		{ needs: 16, kinds: channelKinds },
	),
	layout(
		17,
		{
			...channelHead,
			ipv4or6: 100,
			sourceIpAddr: 104,
			sourcePortNumber: 120,
			requestedIpAddrType: 124,
			audioLevelAdjustment: 128,
		},
		{ minimum: 124, kinds: channelKinds },
	),
);
/** mediaReceptionStatus 0 is success; others end the call. passThroughPartyId is echoed to the bit. */
export const OpenReceiveChannelAck = message(
	0x0022,
	"OpenReceiveChannelAck",
	toCallAgent,
	layout(
		0,
		{
			mediaReceptionStatus: 0,
			ipv4or6: absent, // not set: 0, IPv4
			ipAddr: 4,
			portNumber: 8,
			passThroughPartyId: 12,
			callReference: 16,
		},
		{ size: 20, kinds: { ipAddr: address } },
	),
	layout(
		17,
		{
			mediaReceptionStatus: 0,
			ipv4or6: 4,
			ipAddr: 8,
			portNumber: 24,
			passThroughPartyId: 28,
			callReference: 32,
		},
		{ size: 36, kinds: { ipAddr: address } },
	),
);
const channelEnd = Object.freeze({
	conferenceId: 0,
	passThroughPartyId: 4,
	callReference: 8, // not read: channels go by conference and party
	portHandlingFlag: 12, // not read: ports are kept for the next call
});
/** CallManager 3.1 sends the first 8 octets alone. */
export const CloseReceiveChannel = message(0x0106, "CloseReceiveChannel", toPhone, layout(0, channelEnd, { needs: 8 }));

const transmissionKinds = Object.freeze({
	remoteIpAddr: address,
	maxFramesPerPacket: u16,
	keylen: u16,
	saltlen: u16,
	key: octets,
	salt: octets,
});
/**
 * CallManager 2's has one stream and no references, so that the codec stands where others have the port, which is never so small;
 * between 32 and 40 octets either is possible.
 */
const transmission = Object.freeze({
	conferenceId: 0,
	passThroughPartyId: 4,
	ipv4or6: absent, // not read: 0, IPv4: there is no other
	remoteIpAddr: 8,
	remotePortNumber: 12,
	milliSecondPacketSize: 16,
	compressionType: 20,
	precedenceValue: 24,
	ssValue: 28,
	maxFramesPerPacket: 32, // not read: milliSecondPacketSize says it
	g723BitRate: 36, // not read: no G.723
	callReference: 40,
	algorithmID: 44, // not read: no SRTP
	keylen: 48, // not read: no SRTP
	saltlen: 50, // not read: no SRTP
	key: 52, // not read: no SRTP
	salt: 68, // not read: no SRTP
	isMKIPresent: 84, // not read: no SRTP
	keyDerivationRate: 88, // not read: no SRTP
	streamPassThroughId: 92, // not read: for recording and conference bridges
	associatedStreamId: 96, // not read: for recording and conference bridges
	RFC2833PayloadType: 100,
	dtmfType: 104, // not read: the payload type says enough
	mixingMode: 108, // not read: for recording and conference bridges
	partyDirection: 112, // not read: for recording and conference bridges
});
export const StartMediaTransmission = message(
	0x008a,
	"StartMediaTransmission",
	toPhone,
	layout(0, transmission, { needs: 24, kinds: transmissionKinds }),
	layout(
		0,
		{
			conferenceId: absent,
			passThroughPartyId: absent,
			ipv4or6: absent,
			remoteIpAddr: 0,
			remotePortNumber: 4,
			milliSecondPacketSize: 8,
			compressionType: 12,
			precedenceValue: 16,
			ssValue: 20,
			maxFramesPerPacket: 24,
			g723BitRate: 28,
			callReference: absent,
			algorithmID: absent,
			keylen: absent,
			saltlen: absent,
			key: absent,
			salt: absent,
			isMKIPresent: absent,
			keyDerivationRate: absent,
			streamPassThroughId: absent,
			associatedStreamId: absent,
			RFC2833PayloadType: absent,
			dtmfType: absent,
			mixingMode: absent,
			partyDirection: absent,
		},
		{
			minimum: 32,
			kinds: transmissionKinds,
			variant: {
				layout: layout(0, transmission, { kinds: transmissionKinds }),
				holds: (received) => received.u8(13) !== 0 || codecOf(received.u8(12)) === undefined,
			},
		},
	),
	layout(0, transmission, { minimum: 40, kinds: transmissionKinds }),
	layout(
		17,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: 8,
			remoteIpAddr: 12,
			remotePortNumber: 28,
			milliSecondPacketSize: 32,
			compressionType: 36,
			precedenceValue: 40,
			ssValue: 44,
			maxFramesPerPacket: 48,
			g723BitRate: 52,
			callReference: 56,
			algorithmID: 60,
			keylen: 64,
			saltlen: 66,
			key: 68,
			salt: 84,
			isMKIPresent: 100,
			keyDerivationRate: 104,
			streamPassThroughId: 108,
			associatedStreamId: 112,
			RFC2833PayloadType: 116,
			dtmfType: 120,
			mixingMode: 124,
			partyDirection: 128,
		},
		{ minimum: 128, kinds: transmissionKinds },
	),
);
export const StartMediaTransmissionAck = message(
	0x0154,
	"StartMediaTransmissionAck",
	toCallAgent,
	layout(
		0,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			callReference: 8,
			ipv4or6: absent, // not set: 0, IPv4
			transmitIpAddr: 12,
			portNumber: 16,
			mediaTransmissionStatus: 20,
		},
		{ size: 24, kinds: { transmitIpAddr: address } },
	),
	layout(
		17,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			callReference: 8,
			ipv4or6: 12,
			transmitIpAddr: 16,
			portNumber: 32,
			mediaTransmissionStatus: 36,
		},
		{ size: 40, kinds: { transmitIpAddr: address } },
	),
);
const noReferences = Object.freeze({
	conferenceId: absent,
	passThroughPartyId: absent,
	callReference: absent,
	portHandlingFlag: absent,
});
/** CallManager 2 sends it without anything. */
export const StopMediaTransmission = message(
	0x008b,
	"StopMediaTransmission",
	toPhone,
	layout(0, noReferences),
	layout(0, channelEnd, { minimum: 8 }),
);
/** CallManager 2 alone has these two, for the one stream there is; tshark does not know them. */
export const StartMediaReception = plain(0x008c, "StartMediaReception", toPhone);
export const StopMediaReception = plain(0x008d, "StopMediaReception", toPhone);

export const StartMulticastMediaReception = message(
	0x0101,
	"StartMulticastMediaReception",
	toPhone,
	layout(
		0,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: absent, // not read: 0, IPv4: there is no other
			multicastIpAddr: 8,
			multicastPortNumber: 12,
			milliSecondPacketSize: 16,
			compressionType: 20,
			ecValue: 24, // not read: echo is cancelled wherever it can be
			g723BitRate: 28, // not read: no G.723
			callReference: 32,
		},
		{ needs: 24, kinds: { multicastIpAddr: address } },
	),
	layout(
		17,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: 8,
			multicastIpAddr: 12,
			multicastPortNumber: 28,
			milliSecondPacketSize: 32,
			compressionType: 36,
			ecValue: 40,
			g723BitRate: 44,
			callReference: 48,
		},
		{ minimum: 48, kinds: { multicastIpAddr: address } },
	),
);
export const StartMulticastMediaTransmission = message(
	0x0102,
	"StartMulticastMediaTransmission",
	toPhone,
	layout(
		0,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: absent, // not read: 0, IPv4: there is no other
			multicastIpAddr: 8,
			multicastPortNumber: 12,
			milliSecondPacketSize: 16,
			compressionType: 20,
			precedenceValue: 24,
			ssValue: 28,
			maxFramesPerPacket: 32, // not read: the packet's length says it
			g723BitRate: 36, // not read: no G.723
			callReference: 40,
		},
		{ needs: 24, kinds: { multicastIpAddr: address, maxFramesPerPacket: u16 } },
	),
	layout(
		17,
		{
			conferenceId: 0,
			passThroughPartyId: 4,
			ipv4or6: 8,
			multicastIpAddr: 12,
			multicastPortNumber: 28,
			milliSecondPacketSize: 32,
			compressionType: 36,
			precedenceValue: 40,
			ssValue: 44,
			maxFramesPerPacket: 48,
			g723BitRate: 52,
			callReference: 56,
		},
		{ minimum: 56, kinds: { multicastIpAddr: address, maxFramesPerPacket: u16 } },
	),
);
const multicastEnd = Object.freeze({
	conferenceId: 0,
	passThroughPartyId: 4,
	callReference: 8, // not read: channels go by conference and party
});
export const StopMulticastMediaReception = message(
	0x0103,
	"StopMulticastMediaReception",
	toPhone,
	layout(0, multicastEnd, { needs: 8 }),
);
export const StopMulticastMediaTransmission = message(
	0x0104,
	"StopMulticastMediaTransmission",
	toPhone,
	layout(0, multicastEnd, { needs: 8 }),
);
export const MulticastMediaReceptionAck = message(
	0x0021,
	"MulticastMediaReceptionAck",
	toCallAgent,
	layout(0, { multicastReceptionStatus: 0, passThroughPartyId: 4, callReference: 8 }, { size: 12 }),
);

/** mediaTransportType 1 RTP, 2 UDP, 3 TCP; mediaType 1 audio, 2 main video, 3 FECC, 4 presentation video. */
export const PortReq = message(
	0x014b,
	"PortReq",
	toPhone,
	layout(
		0,
		{
			conferenceId: 0,
			callReference: 4,
			passThroughPartyId: 8,
			mediaTransportType: 12, // not read: sound goes by RTP
			ipAddressType: 16, // not read: IPv4 only
			mediaType: 20,
		},
		{ needs: 12 },
	),
);
export const PortRes = message(
	0x0045,
	"PortRes",
	toCallAgent,
	layout(
		0,
		{
			conferenceId: 0,
			callReference: 4,
			passThroughPartyId: 8,
			ipv4or6: absent, // not set: 0, IPv4
			ipAddr: 12,
			portNumber: 16,
			RTCPPortNumber: 20,
			mediaType: absent,
		},
		{ size: 24, kinds: { ipAddr: address } },
	),
	layout(
		17,
		{
			conferenceId: 0,
			callReference: 4,
			passThroughPartyId: 8,
			ipv4or6: 12,
			ipAddr: 16,
			portNumber: 32,
			RTCPPortNumber: 36,
			mediaType: absent,
		},
		{ size: 40, kinds: { ipAddr: address } },
	),
	layout(
		20,
		{
			conferenceId: 0,
			callReference: 4,
			passThroughPartyId: 8,
			ipv4or6: 12,
			ipAddr: 16,
			portNumber: 32,
			RTCPPortNumber: 36,
			mediaType: 40,
		},
		{ size: 44, kinds: { ipAddr: address } },
	),
);
export const PortClose = message(
	0x014c,
	"PortClose",
	toPhone,
	layout(
		0,
		{
			conferenceId: 0,
			callReference: 4, // not read: channels go by conference and party
			passThroughPartyId: 8,
			mediaType: 12,
		},
		{ needs: 12 },
	),
);

/** statsProcessingMode: 0 clear the counters after reading, 1 keep them. */
export const ConnectionStatisticsReq = message(
	0x0107,
	"ConnectionStatisticsReq",
	toPhone,
	layout(
		0,
		{ directoryNum: 0, callReference: 24, statsProcessingMode: 28 },
		{ needs: 28, kinds: { directoryNum: text + 24 } },
	),
	layout(
		19,
		{ directoryNum: 0, callReference: 28, statsProcessingMode: 32 },
		{ minimum: 36, kinds: { directoryNum: text + 25 } },
	),
);
/** The quality text (`data`) follows its size. From version 22 the mode is one octet and nothing is padded. */
export const ConnectionStatisticsRes = message(
	0x0023,
	"ConnectionStatisticsRes",
	toCallAgent,
	layout(
		0,
		{
			directoryNum: 0,
			callReference: 24,
			statsProcessingMode: 28,
			numberPacketsSent: 32,
			numberOctetsSent: 36,
			numberPacketsReceived: 40,
			numberOctetsReceived: 44,
			numberPacketsLost: 48,
			jitter: 52,
			latency: 56,
			dataSize: 60,
			data: 64,
		},
		{ size: 64, kinds: { directoryNum: text + 24, data: text + 600 } },
	),
	layout(
		20,
		{
			directoryNum: 0,
			callReference: 28,
			statsProcessingMode: 32,
			numberPacketsSent: 36,
			numberOctetsSent: 40,
			numberPacketsReceived: 44,
			numberOctetsReceived: 48,
			numberPacketsLost: 52,
			jitter: 56,
			latency: 60,
			dataSize: 64,
			data: 68,
		},
		{ size: 68, kinds: { directoryNum: text + 25, data: text + 600 } },
	),
	layout(
		22,
		{
			directoryNum: 0,
			callReference: 28,
			statsProcessingMode: 32,
			numberPacketsSent: 33,
			numberOctetsSent: 37,
			numberPacketsReceived: 41,
			numberOctetsReceived: 45,
			numberPacketsLost: 49,
			jitter: 53,
			latency: 57,
			dataSize: 61,
			data: 65,
		},
		{ size: 65, kinds: { directoryNum: text + 25, statsProcessingMode: u8, data: text + 600 } },
	),
);
