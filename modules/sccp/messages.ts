/*
 * The message table: all ids that tshark knows, and two of CallManager 2. Messages that the phone sends or acts on have their layouts
 * in the files named here and get into the table by being exported there; of the others (video, conference resources, reservations
 * between call agents, what no call agent in use sends) id, name and direction stand below.
 */
import { type AnyMessage, Direction, Message, plain } from "sccp/message";
import * as call from "sccp/messages-call";
import * as data from "sccp/messages-data";
import * as features from "sccp/messages-features";
import * as media from "sccp/messages-media";
import * as status from "sccp/messages-status";

export { type AnyMessage, Message } from "sccp/message";
export * from "sccp/messages-call";
export * from "sccp/messages-data";
export * from "sccp/messages-features";
export * from "sccp/messages-media";
export * from "sccp/messages-status";

const { toCallAgent, toPhone, betweenCallAgents } = Direction;

/** Messages known by name alone. */
const byName: readonly AnyMessage[] = Object.freeze([
	plain(0x0008, "HookFlash", toCallAgent),
	plain(0x000f, "VersionReq", toCallAgent),
	plain(0x0012, "ServerReq", toCallAgent),
	plain(0x0024, "OffHookWithCallingPartyNumber", toCallAgent),
	plain(0x002c, "MediaResourceNotification", toCallAgent),
	plain(0x0030, "UpdateCapabilities", toCallAgent),
	plain(0x0031, "OpenMultiMediaReceiveChannelAck", toCallAgent),
	plain(0x0032, "ClearConference", toCallAgent),
	plain(0x0035, "CreateConferenceRes", betweenCallAgents),
	plain(0x0036, "DeleteConferenceRes", betweenCallAgents),
	plain(0x0037, "ModifyConferenceRes", betweenCallAgents),
	plain(0x0038, "AddParticipantRes", betweenCallAgents),
	plain(0x0039, "AuditConferenceRes", betweenCallAgents),
	plain(0x0040, "AuditParticipantRes", betweenCallAgents),
	plain(0x0043, "CapabilitiesV2Res", toCallAgent),
	plain(0x0046, "QoSResvNotify", betweenCallAgents),
	plain(0x0047, "QoSErrorNotify", betweenCallAgents),
	plain(0x004a, "MediaPathCapability", toCallAgent),
	plain(0x004c, "MwiNotification", toCallAgent),
	plain(0x0087, "SetHookFlashDetect", toPhone),
	plain(0x0095, "StartSessionTransmission", betweenCallAgents),
	plain(0x0096, "StopSessionTransmission", betweenCallAgents),
	plain(0x0098, "VersionRes", toPhone),
	plain(0x009e, "ServerRes", toPhone),
	plain(0x0122, "StartAnnouncement", betweenCallAgents),
	plain(0x0123, "StopAnnouncement", betweenCallAgents),
	plain(0x0124, "AnnouncementFinish", betweenCallAgents),
	plain(0x0131, "OpenMultiMediaReceiveChannel", toPhone),
	plain(0x0132, "StartMultiMediaTransmission", toPhone),
	plain(0x0133, "StopMultiMediaTransmission", toPhone),
	plain(0x0134, "MiscellaneousCommand", toPhone),
	plain(0x0135, "FlowControlCommand", toPhone),
	plain(0x0136, "CloseMultiMediaReceiveChannel", toPhone),
	plain(0x0137, "CreateConferenceReq", betweenCallAgents),
	plain(0x0138, "DeleteConferenceReq", betweenCallAgents),
	plain(0x0139, "ModifyConferenceReq", betweenCallAgents),
	plain(0x013a, "AddParticipantReq", betweenCallAgents),
	plain(0x013b, "DropParticipantReq", betweenCallAgents),
	plain(0x013c, "AuditConferenceReq", betweenCallAgents),
	plain(0x013d, "AuditParticipantReq", betweenCallAgents),
	plain(0x013e, "ChangeParticipantReq", betweenCallAgents),
	plain(0x0140, "VideoDisplayCommand", toPhone),
	plain(0x0141, "FlowControlNotify", toPhone),
	plain(0x014d, "QoSListen", betweenCallAgents),
	plain(0x014e, "QoSPath", betweenCallAgents),
	plain(0x014f, "QoSTeardown", betweenCallAgents),
	plain(0x0150, "UpdateDSCP", betweenCallAgents),
	plain(0x0151, "QoSModify", betweenCallAgents),
	plain(0x0155, "StartMultiMediaTransmissionAck", toPhone),
	plain(0x0157, "LocationInfo", toCallAgent),
	plain(0x0158, "MwiRes", toPhone),
	plain(0x0159, "AddOnDeviceCapabilities", toCallAgent),
	plain(0x8000, "SPCPRegisterTokenReq", toCallAgent),
	plain(0x8100, "SPCPRegisterTokenAck", toPhone),
	plain(0x8101, "SPCPRegisterTokenReject", toPhone),
]);

/** Ids of CallManager 2's, which tshark does not know. */
export const early: readonly number[] = Object.freeze([media.StartMediaReception.id, media.StopMediaReception.id]);

/** The messages among what a module exports. */
function messagesOf(module: Readonly<Record<string, unknown>>): AnyMessage[] {
	return Object.values(module).filter((value): value is AnyMessage => value instanceof Message);
}

/** Every message by rising id. */
export const messages: readonly AnyMessage[] = Object.freeze(
	[
		...messagesOf(call),
		...messagesOf(data),
		...messagesOf(features),
		...messagesOf(media),
		...messagesOf(status),
		...byName,
	].sort((a, b) => a.id - b.id),
);

/** Ids below this stand in an array; the few above (SPCP) are searched. */
export const dense = 0x0161;

const byId: readonly (AnyMessage | undefined)[] = Object.freeze(
	Array.from({ length: dense }, (_, id) => messages.find((entry) => entry.id === id)),
);

/** The message with an id, undefined for an id that the table does not have. */
export function lookUp(id: number): AnyMessage | undefined {
	if (id < dense) return byId[id];
	// by index: a closure over `id` would take a slot at each call, whether it is used or not
	for (let i = 0; i < messages.length; i += 1) {
		const entry = messages[i] as AnyMessage;
		if (entry.id === id) return entry;
	}
	return undefined;
}
