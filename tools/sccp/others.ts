/*
 * Messages that no phone of this kind sends or acts upon (video, conference bridges, reservations between call agents, gateways),
 * laid out so that a capture can be read. The device knows them by name alone. As tshark has them, which judges each
 * (test/tools/sccp/others.spec.ts); texts of LocationInfo as the crate sccp-protocol has them.
 */
import { type AnyMessage, Kind, type Layout, layout, Message } from "sccp/message";
import { capabilityStride, lookUp, messages } from "sccp/messages";

const sizes: Readonly<Record<string, readonly [kind: number, size: number]>> = {
	u8: [Kind.u8, 1],
	u16: [Kind.u16, 2],
	address: [Kind.address, 4],
	/** An address that never grows. */
	fixed: [Kind.address, 4],
	/** Room for 18 codecs (./arrays.ts). */
	caps: [Kind.array, 18 * capabilityStride],
};

/** Octets of an address of version 17 and above: its type and sixteen octets. */
const typed = 16;

/**
 * A layout written as words, one a field in their order: `name` is a u32, `name:u8`, `name:u16`, `name:address`, `name:40` a text of 40
 * octets, `name=16` octets of no meaning here; `name*5` stands for five in a row. An address grows to a type and 16 octets with `grown`.
 */
function fieldsOf(words: string, since: number, grown: boolean, minimum = 0): Layout<string> {
	const at: Record<string, number> = {};
	const kinds: Record<string, number> = {};
	let offset = 0;
	const add = (name: string, kind: string | undefined): void => {
		if (kind === "address" && grown) {
			at[`ipv4or6${/\.\d+$/.exec(name)?.[0] ?? ""}`] = offset;
			offset += 4;
		}
		at[name] = offset;
		const [code, size] =
			kind === undefined
				? [0, 4]
				: (sizes[kind] ??
					(kind.startsWith("=") ? [Kind.octets, Number(kind.slice(1))] : [Kind.text + Number(kind), Number(kind)]));
		if (code !== 0) kinds[name] = code;
		offset += kind === "address" && grown ? typed : size;
	};
	for (const word of words.split(/\s+/).filter((part) => part !== "")) {
		const [, name = "", kind, octets, count] = /^([\w.]+)(?::(\w+)|=(\d+))?(?:\*(\d+))?$/.exec(word) ?? [];
		if (name === "") throw new Error(`${word}: no field`);
		const what = octets === undefined ? kind : `=${octets}`;
		if (count === undefined) add(name, what);
		else for (let i = 1; i <= Number(count); i += 1) add(`${name}.${i}`, what);
	}
	return layout(since, at, { kinds, minimum, size: offset });
}

/** One form for all versions, or an older and a newer one whose addresses have grown. */
function forms(words: string): Layout<string>[] {
	const older = fieldsOf(words, 0, false);
	// call agents send the older one at newer versions, too
	return words.includes(":address") ? [older, fieldsOf(words, 17, true, older.size + 1)] : [older];
}

const stream = "conferenceId callReference passThroughPartyId remoteIpAddr:address remotePortNumber";
const application = "vendorID:32 version:16 appName:32 subAppID:32";
const encryption =
	"algorithmID keylen:u16 saltlen:u16 key=16 salt=16 isMKIPresent keyDerivationRate streamPassThroughId associatedStreamId";
const participant =
	"conferenceId callReference partyPIRestrictionBits participantName:40 participantNumber:24 conferenceName:32";

const announcements = Array.from(
	{ length: 32 },
	(_, i) => `locale.${i + 1} country.${i + 1} toneAnnouncement.${i + 1}`,
).join(" ");
const videoHead =
	"conferenceId passThroughPartyId compressionType lineInstance callReference payload.rfc.number payloadType isConferenceCreator milliSecondPacketSize ecValue g723BitRate";

/** What comes before pictures: custom formats, four services of conferences, 18 codecs. */
const capabilities =
	"audioCapCount videoCapCount dataCapCount rtpPayloadFormat customPictureFormatCount customPictures=120 activeStreamsOnRegistration maxBW serviceResourceCount serviceResources=160 caps:caps";

const words: Readonly<Record<string, string>> = {
	HookFlash: "lineInstance callReference",
	UpdateCapabilities: `${capabilities} videoCapabilities=1160 dataCapabilities=80`,
	CapabilitiesV2Res: `${capabilities} videoCapabilities=1320 dataCapabilities=80`,
	MediaResourceNotification: "deviceType numberOfInServiceStreams maxStreamsPerConf numberOfOutOfServiceStreams",
	OpenMultiMediaReceiveChannelAck:
		"multimediaReceptionStatus ipAddr:address portNumber passThroughPartyId callReference",
	ClearConference: "conferenceId serviceNum",
	CreateConferenceRes: "conferenceId result dataLength passThruData:2000",
	DeleteConferenceRes: "conferenceId delete.conf.result",
	ModifyConferenceRes: "conferenceId modify.conf.result dataLength passThruData:2000",
	AddParticipantRes: "conferenceId callReference add.participant.result bridgeParticipantId:257",
	AuditConferenceRes: "last numberOfEntries",
	AuditParticipantRes: "audit.participant.result last conferenceId numberOfEntries",
	QoSResvNotify: `${stream} direction`,
	QoSErrorNotify: `${stream} direction errorCode failureNodeIpAddr rsvpErrorCode rsvpErrorSubCodeVal rsvpErrorFlag`,
	MediaPathCapability: "mediaPathID mediaPathCapabilities",
	MwiNotification:
		"mwiTargetNumber:25 mwiControlNumber:25 areMessagesWaiting totalVmNumNewMsgs totalVmNumOldMsgs priorityVmNumNewMsgs priorityVmNumOldMsgs totalFaxNumNewMsgs totalFaxNumOldMsgs priorityFaxNumNewMsgs priorityFaxNumOldMsgs",
	StartSessionTransmission: "remoteIpAddr:address sessionType",
	StopSessionTransmission: "remoteIpAddr:address sessionType",
	VersionRes: "versionStr:16",
	ServerRes: "ServerName:48*5 serverTcpListenPort*5 stationIpAddr:address*5",
	StopAnnouncement: "conferenceId",
	AnnouncementFinish: "conferenceId annStatus",
	StopMultiMediaTransmission: "conferenceId passThroughPartyId callReference portHandlingFlag",
	MiscellaneousCommand: "conferenceId passthruPartyID callReference command",
	FlowControlCommand: "conferenceId passthruPartyID callReference maximumBitRate",
	CloseMultiMediaReceiveChannel: "conferenceId passThroughPartyId callReference portHandlingFlag",
	CreateConferenceReq:
		"conferenceId numberOfReservedParticipants resourceType applicationId appConfID:32 appData:24 dataLength passThruData:2000",
	DeleteConferenceReq: "conferenceId",
	ModifyConferenceReq:
		"conferenceId numberOfReservedParticipants applicationId appConfID:32 appData:24 dataLength passThruData:2000",
	AddParticipantReq: participant,
	DropParticipantReq: "conferenceId callReference",
	AuditParticipantReq: "conferenceId",
	ChangeParticipantReq: participant,
	VideoDisplayCommand: "conferenceId callReference layoutID",
	FlowControlNotify: "conferenceId passthruPartyID callReference maximumBitRate",
	QoSListen: `${stream} resvStyle maxRetryNumber retryTimer confirmRequired preemptionPriority defendingPriority compressionType averageBitRate burstSize peakRate ${application}`,
	QoSPath: `${stream} resvStyle maxRetryNumber retryTimer preemptionPriority defendingPriority compressionType averageBitRate burstSize peakRate ${application}`,
	QoSTeardown: `${stream} direction`,
	UpdateDSCP: `${stream} DSCPValue`,
	QoSModify: `${stream} direction compressionType averageBitRate burstSize peakRate ${application}`,
	StartMultiMediaTransmissionAck:
		"conferenceId passThroughPartyId callReference transmitIpAddr:address portNumber multimediaTransmissionStatus",
	StartMultiMediaTransmission: `conferenceId passthruPartyID compressionType remoteIpAddr:address remotePortNumber callReference payload.rfc.number payloadType DSCPValue milliSecondPacketSize ecValue g723BitRate videoParameters=36 ${encryption}`,
	LocationInfo: "locationInfo:2401",
	MwiRes: "mwiTargetNumber:25 mwi.notification.result",
	AddOnDeviceCapabilities: "unknown1.0159 unknown2.0159 unknown3.0159 unknownString.0159:152",
	StartAnnouncement: `${announcements} annAckReq conferenceId matrixConfPartyID*16 hearingConfPartyMask annPlayMode`,
	SPCPRegisterTokenReq: "DeviceName:16 userId instance stationIpAddr:fixed deviceType maxStreams",
	SPCPRegisterTokenAck: "features",
	SPCPRegisterTokenReject: "waitTimeBeforeNextReq",
};

/** Those whose forms differ in more than their addresses, by the version from which on each holds. */
const byVersion: Readonly<Record<string, Readonly<Record<number, string>>>> = {
	OffHookWithCallingPartyNumber: {
		0: "callingPartyNumber:24 cgpnVoiceMailbox:24 lineInstance",
		18: "callingPartyNumber:25 cgpnVoiceMailbox:25 lineInstance",
	},
	OpenMultiMediaReceiveChannel: {
		0: `${videoHead} videoParameters=36 ${encryption}`,
		11: `${videoHead} videoParameters=36 ${encryption} sourceIpAddr:address sourcePortNumber`,
		16: `${videoHead} videoParameters=36 ${encryption} sourceIpAddr:address sourcePortNumber requestedIpAddrType`,
		17: `${videoHead} videoParameters=36 ${encryption} sourceIpAddr:address sourcePortNumber requestedIpAddrType`,
	},
};

function layoutsOf(name: string): Layout<string>[] | undefined {
	const versions = byVersion[name];
	if (versions !== undefined)
		return Object.entries(versions).map(([since, text]) => fieldsOf(text, Number(since), Number(since) >= 17));
	const text = words[name];
	return text === undefined ? undefined : forms(text);
}

/** Messages of the table that have no payload. */
export const empty: readonly string[] = ["VersionReq", "ServerReq", "SetHookFlashDetect", "AuditConferenceReq"];

/** The messages above by id. */
export const others: ReadonlyMap<number, AnyMessage> = new Map(
	messages.flatMap(({ id, name, direction }): [number, AnyMessage][] => {
		const layouts = layoutsOf(name);
		return layouts === undefined ? [] : [[id, new Message(id, name, direction, layouts)]];
	}),
);

/** The message of an id with the layouts that it has here or in the device's table; undefined for an id that neither has. */
export function messageOf(id: number): AnyMessage | undefined {
	return others.get(id) ?? lookUp(id);
}
