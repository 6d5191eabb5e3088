/*
 * Which message goes to which part of the mirror.
 */
import type { Phone } from "phone/phone";
import * as call from "phone/receive";
import * as data from "phone/receive-data";
import * as early from "phone/receive-early";
import * as media from "phone/receive-media";
import * as parties from "phone/receive-parties";
import * as ports from "phone/receive-ports";
import * as status from "phone/receive-status";
import * as stream from "phone/receive-stream";
import { type Handlers, handlers } from "sccp/dispatch";
import * as callMessages from "sccp/messages-call";
import * as dataMessages from "sccp/messages-data";
import * as featureMessages from "sccp/messages-features";
import * as mediaMessages from "sccp/messages-media";
import * as statusMessages from "sccp/messages-status";

export const phoneHandlers: Handlers<Phone> = handlers<Phone>([
	[callMessages.CallStateMessage, call.callState],
	[callMessages.CallInfo, parties.callInfo],
	[callMessages.CallInfoV2, parties.callInfoV2],
	[callMessages.CallHistoryInfo, parties.callHistoryInfo],
	[callMessages.CallSelectStatRes, parties.callSelectStat],
	[callMessages.DialedNumber, call.dialedNumber],
	[callMessages.BackSpaceRes, call.backSpace],
	[callMessages.SelectSoftKeys, call.selectSoftKeys],
	[callMessages.DisplayPromptStatus, call.displayPrompt],
	[callMessages.DisplayPromptStatusV2, call.displayPromptV2],
	[callMessages.ClearPromptStatus, call.clearPrompt],
	[callMessages.DisplayNotify, call.displayNotify],
	[callMessages.DisplayNotifyV2, call.displayNotifyV2],
	[callMessages.ClearNotify, call.clearNotify],
	[callMessages.DisplayPriNotify, call.displayPriority],
	[callMessages.DisplayPriNotifyV2, call.displayPriorityV2],
	[callMessages.ClearPriNotify, call.clearPriority],
	[callMessages.DisplayText, call.displayText],
	[callMessages.ClearDisplay, call.clearDisplay],
	[callMessages.SetLamp, call.setLamp],
	[callMessages.ActivateCallPlane, call.activateCallPlane],
	[callMessages.DeactivateCallPlane, call.deactivateCallPlane],
	[callMessages.StartTone, media.startTone],
	[callMessages.StopTone, media.stopTone],
	[callMessages.SetRinger, media.setRinger],
	[callMessages.SetSpeakerMode, media.setSpeakerMode],
	[callMessages.SetMicroMode, media.setMicroMode],
	[mediaMessages.OpenReceiveChannel, media.openReceiveChannel],
	[mediaMessages.CloseReceiveChannel, media.closeReceiveChannel],
	[mediaMessages.StartMediaTransmission, media.startMediaTransmission],
	[mediaMessages.StopMediaTransmission, media.stopMediaTransmission],
	[mediaMessages.StartMediaReception, early.startReception],
	[mediaMessages.StopMediaReception, early.stopReception],
	[mediaMessages.PortReq, ports.portReq],
	[mediaMessages.PortClose, ports.portClose],
	[dataMessages.UserToDeviceData, data.userToDevice],
	[dataMessages.UserToDeviceDataVersion1, data.userToDeviceVersion1],
	[featureMessages.CallCountReq, ports.callCount],
	[mediaMessages.StartMulticastMediaReception, media.startMulticastReception],
	[mediaMessages.StopMulticastMediaReception, media.stopMulticastReception],
	[mediaMessages.StartMulticastMediaTransmission, stream.startMulticastTransmission],
	[mediaMessages.StopMulticastMediaTransmission, stream.stopMulticastTransmission],
	[featureMessages.NotifyDtmfTone, stream.notifyTone],
	[featureMessages.SendDtmfTone, stream.sendTone],
	[featureMessages.SubscribeDtmfPayloadReq, stream.subscribePayload],
	[featureMessages.UnSubscribeDtmfPayloadReq, stream.unsubscribePayload],
	[featureMessages.StartMediaFailureDetection, stream.mediaFailureDetection],
	[featureMessages.RecordingStatus, stream.recordingStatus],
	[mediaMessages.ConnectionStatisticsReq, media.connectionStatistics],
	[statusMessages.TimeDateRes, call.timeDate],
	[statusMessages.ButtonTemplateRes, status.buttonTemplate],
	[statusMessages.SoftKeyTemplateRes, status.softKeyTemplate],
	[statusMessages.SoftKeySetRes, status.softKeySets],
	[statusMessages.LineStatRes, status.lineStat],
	[statusMessages.LineStatV2Res, status.lineStatV2],
	[statusMessages.SpeedDialStatRes, status.speedDialStat],
	[statusMessages.SpeedDialStatV2Res, status.speedDialStatV2],
	[statusMessages.FeatureStatRes, status.featureStat],
	[statusMessages.FeatureStatV2Res, status.featureStatV2],
	[statusMessages.ServiceURLStatRes, status.serviceUrlStat],
	[statusMessages.ServiceURLStatV2Res, status.serviceUrlStatV2],
	[statusMessages.ForwardStatRes, status.forwardStat],
]);
