/*
 * Messages of calls: what the phone is told about them (states, parties, prompts, softkeys, lamps, tones, ringer) and the
 * stimuli it sends. Names and version switches as tshark and the servers have them.
 */
import { absent, Direction, Kind, layout, message, plain } from "sccp/message";

const { toCallAgent, toPhone } = Direction;
const { text, texts } = Kind;
const onOff = Object.freeze([1, 2]);
/** Ids of tones as tshark has them, the gaps between their groups left out. */
const tones = Object.freeze([0, 10, 14, 19, 33, 57, 64, 73, 80, 138]);

/** Carries a number of the hardware's `CallState`, whence its longer name here. CallManager 3 sends the first 12 octets alone. */
export const CallStateMessage = message(
	0x0111,
	"CallState",
	toPhone,
	layout(
		0,
		{
			callState: 0,
			lineInstance: 4,
			callReference: 8,
			/** How much other phones of a shared line may show of it, 0 all, 1 that there is a call, 2 nothing. */
			privacy: 12,
			precedenceLevel: 16, // not read: any number where nobody knows precedence (chan_skinny 0, the highest; chan-sccp 3)
			precedenceDomain: 20, // not read: as precedenceLevel; tone, ringer and prompt tell of such a call
		},
		{ needs: 12, known: { callState: [0, 17] } },
	),
);
const name40 = text + 40;
const number24 = text + 24;
export const CallInfo = message(
	0x008f,
	"CallInfo",
	toPhone,
	layout(
		0,
		{
			callingPartyName: 0,
			callingParty: 40,
			calledPartyName: 64,
			calledParty: 104,
			lineInstance: 128,
			callReference: 132,
			callType: 136,
			originalCalledPartyName: 140,
			originalCalledParty: 180,
			lastRedirectingPartyName: 204,
			lastRedirectingParty: 244,
			originalCdpnRedirectReason: 268,
			lastRedirectingReason: 272,
			cgpnVoiceMailbox: 276, // not read: mailboxes are the call agent's business
			cdpnVoiceMailbox: 300, // not read: mailboxes are the call agent's business
			originalCdpnVoiceMailbox: 324, // not read: mailboxes are the call agent's business
			lastRedirectingVoiceMailbox: 348, // not read: mailboxes are the call agent's business
			callInstance: 372, // not read: calls go by their reference
			callSecurityStatus: 376,
			partyPIRestrictionBits: 380,
		},
		{
			needs: 140,
			kinds: {
				callingPartyName: name40,
				callingParty: number24,
				calledPartyName: name40,
				calledParty: number24,
				originalCalledPartyName: name40,
				originalCalledParty: number24,
				lastRedirectingPartyName: name40,
				lastRedirectingParty: number24,
				cgpnVoiceMailbox: number24,
				cdpnVoiceMailbox: number24,
				originalCdpnVoiceMailbox: number24,
				lastRedirectingVoiceMailbox: number24,
			},
		},
	),
);
const callInfoV2 = Object.freeze({
	lineInstance: 0,
	callReference: 4,
	callType: 8,
	originalCdpnRedirectReason: 12,
	lastRedirectingReason: 16,
	callInstance: 20, // not read: calls go by their reference
	callSecurityStatus: 24,
	partyPIRestrictionBits: 28,
	texts: 32,
});
/** Twelve NUL-ended texts below version 16, fifteen from there on; the order is that of `form(version).texts`. */
export const CallInfoV2 = message(
	0x014a,
	"CallInfoV2",
	toPhone,
	layout(0, callInfoV2, {
		needs: 32,
		kinds: { texts },
		texts: [
			"callingParty",
			"calledParty",
			"originalCalledParty",
			"lastRedirectingParty",
			"cgpnVoiceMailbox",
			"cdpnVoiceMailbox",
			"originalCdpnVoiceMailbox",
			"lastRedirectingVoiceMailbox",
			"callingPartyName",
			"calledPartyName",
			"originalCalledPartyName",
			"lastRedirectingPartyName",
		],
	}),
	layout(16, callInfoV2, {
		kinds: { texts },
		texts: [
			"callingParty",
			"AlternateCallingParty",
			"calledParty",
			"originalCalledParty",
			"lastRedirectingParty",
			"cgpnVoiceMailbox",
			"cdpnVoiceMailbox",
			"originalCdpnVoiceMailbox",
			"lastRedirectingVoiceMailbox",
			"callingPartyName",
			"calledPartyName",
			"originalCalledPartyName",
			"lastRedirectingPartyName",
			"HuntPilotNumber",
			"HuntPilotName",
		],
	}),
);
/** From version 18 on the number takes 25 octets: packed by chan-sccp (33 octets, or 36 with padding), aligned to 28 by others (36). */
export const DialedNumber = message(
	0x011d,
	"DialedNumber",
	toPhone,
	layout(
		0,
		{
			dialedNumber: 0,
			lineInstance: 24, // not read: a call tells its line
			callReference: 28,
		},
		{ needs: 32, kinds: { dialedNumber: text + 24 } },
	),
	layout(
		18,
		{ dialedNumber: 0, lineInstance: 25, callReference: 29 },
		{
			minimum: 33,
			kinds: { dialedNumber: text + 25 },
			variant: {
				layout: layout(
					18,
					{ dialedNumber: 0, lineInstance: 28, callReference: 32 },
					{ kinds: { dialedNumber: text + 25 } },
				),
				// a line of the packed form would begin in octet 25, and is never 0; one of the aligned form begins in octet 28
				holds: (received) => received.length >= 36 && received.u8(25) === 0 && received.u8(28) !== 0,
			},
		},
	),
);
/** A call is chosen (Select), to be joined or transferred with others, or is no longer: 0. */
export const CallSelectStatRes = message(
	0x0130,
	"CallSelectStatRes",
	toPhone,
	layout(
		0,
		{
			callSelectStat: 0,
			callReference: 4,
			lineInstance: 8, // not read: a call tells its line
		},
		{ needs: 12 },
	),
);
/** The list that a call goes into: 0 none, 1 placed, 2 received, 3 missed calls; 65535 unknown. */
export const CallHistoryInfo = message(
	0x0156,
	"CallHistoryInfo",
	toPhone,
	layout(
		0,
		{
			callHistoryDisposition: 0,
			lineInstance: 4, // not read: a call tells its line
			callReference: 8,
		},
		{ needs: 12, known: { callHistoryDisposition: [0, 3, 65535, 65535] } },
	),
);

export const ActivateCallPlane = message(
	0x0116,
	"ActivateCallPlane",
	toPhone,
	layout(0, { lineInstance: 0 }, { needs: 4 }),
);
export const DeactivateCallPlane = plain(0x0117, "DeactivateCallPlane", toPhone);
export const BackSpaceRes = message(
	0x0119,
	"BackSpaceRes",
	toPhone,
	layout(
		0,
		{
			lineInstance: 0, // not read: a call tells its line
			callReference: 4,
		},
		{ needs: 8 },
	),
);
/** Bit i of validKeyMask lets position i of the set be shown. */
export const SelectSoftKeys = message(
	0x0110,
	"SelectSoftKeys",
	toPhone,
	layout(
		0,
		{ lineInstance: 0, callReference: 4, softKeySetIndex: 8, validKeyMask: 12 },
		{ needs: 12, known: { softKeySetIndex: [0, 15] } },
	),
);

/** A timeOutValue of 0 seconds is for ever. */
export const DisplayPromptStatus = message(
	0x0112,
	"DisplayPromptStatus",
	toPhone,
	layout(
		0,
		{ timeOutValue: 0, promptStatus: 4, lineInstance: 36, callReference: 40 },
		{ needs: 44, kinds: { promptStatus: text + 32 } },
	),
);
export const DisplayPromptStatusV2 = message(
	0x0145,
	"DisplayPromptStatusV2",
	toPhone,
	layout(
		0,
		{ timeOutValue: 0, lineInstance: 4, callReference: 8, promptStatus: 12 },
		{ needs: 13, kinds: { promptStatus: text + 97 } },
	),
);
export const ClearPromptStatus = message(
	0x0113,
	"ClearPromptStatus",
	toPhone,
	layout(0, { lineInstance: 0, callReference: 4 }, { needs: 8 }),
);
export const DisplayNotify = message(
	0x0114,
	"DisplayNotify",
	toPhone,
	layout(0, { timeOutValue: 0, notify: 4 }, { needs: 5, kinds: { notify: text + 32 } }),
);
export const DisplayNotifyV2 = message(
	0x0143,
	"DisplayNotifyV2",
	toPhone,
	layout(0, { timeOutValue: 0, notify: 4 }, { needs: 5, kinds: { notify: text + 97 } }),
);
export const ClearNotify = plain(0x0115, "ClearNotify", toPhone);
export const DisplayPriNotify = message(
	0x0120,
	"DisplayPriNotify",
	toPhone,
	layout(0, { timeOutValue: 0, priority: 4, notify: 8 }, { needs: 9, kinds: { notify: text + 32 } }),
);
export const DisplayPriNotifyV2 = message(
	0x0144,
	"DisplayPriNotifyV2",
	toPhone,
	layout(0, { timeOutValue: 0, priority: 4, notify: 8 }, { needs: 9, kinds: { notify: text + 97 } }),
);
export const ClearPriNotify = message(0x0121, "ClearPriNotify", toPhone, layout(0, { priority: 0 }, { needs: 4 }));
export const DisplayText = message(
	0x0099,
	"DisplayText",
	toPhone,
	layout(0, { text: 0 }, { needs: 1, kinds: { text: text + 32 } }),
);
export const ClearDisplay = plain(0x009a, "ClearDisplay", toPhone);

/** direction: 0 user, 1 network, 2 both. */
export const StartTone = message(
	0x0082,
	"StartTone",
	toPhone,
	layout(
		0,
		{
			tone: 0,
			toneOutputDirection: 4,
			lineInstance: 8, // not read: a call tells its line
			callReference: 12,
		},
		{ needs: 4, known: { tone: tones } },
	),
);
export const StopTone = message(
	0x0083,
	"StopTone",
	toPhone,
	layout(0, {
		lineInstance: 0, // not read: a call tells its line
		callReference: 4,
		tone: absent, // not read: the call says which, and has one at a time
	}),
	layout(11, { lineInstance: 0, callReference: 4, tone: 8 }, { minimum: 12 }),
);
/** CallManager 3.1 sends ringMode alone. ringDuration 1 is normal, 2 a single ring. */
export const SetRinger = message(
	0x0085,
	"SetRinger",
	toPhone,
	layout(
		0,
		{
			ringMode: 0,
			ringDuration: 4,
			lineInstance: 8, // not read: a call tells its line
			callReference: 12,
		},
		{ needs: 4, known: { ringMode: [1, 11] } },
	),
);
export const SetLamp = message(
	0x0086,
	"SetLamp",
	toPhone,
	layout(0, { stimulus: 0, stimulusInstance: 4, lampMode: 8 }, { needs: 12, known: { lampMode: [1, 5] } }),
);
/** 1 on, 2 off. */
export const SetSpeakerMode = message(
	0x0088,
	"SetSpeakerMode",
	toPhone,
	layout(0, { speakerMode: 0 }, { needs: 4, known: { speakerMode: onOff } }),
);
/** 1 on, 2 off. */
export const SetMicroMode = message(
	0x0089,
	"SetMicroMode",
	toPhone,
	layout(0, { micMode: 0 }, { needs: 4, known: { micMode: onOff } }),
);

/** kpButton: 0-9, 14 star, 15 pound, 16 plus. Line and call are read from version 11 on; older servers ignore them. */
export const KeypadButton = message(
	0x0003,
	"KeypadButton",
	toCallAgent,
	layout(0, { kpButton: 0, lineInstance: 4, callReference: 8 }, { size: 12 }),
);
/** calledParty without a final `#`. The last form is a 7970's, with octets behind its end; sccp-protocol has it from 19 on, tshark from 18. */
export const EnblocCall = message(
	0x0004,
	"EnblocCall",
	toCallAgent,
	layout(0, { calledParty: 0, lineInstance: absent }, { size: 24, kinds: { calledParty: text + 24 } }),
	layout(17, { calledParty: 0, lineInstance: 24 }, { size: 28, kinds: { calledParty: text + 24 } }),
	layout(19, { calledParty: 0, lineInstance: 25 }, { size: 32, kinds: { calledParty: text + 25 } }),
);
/** A stimulus is the button's kind (`Button` and others) and its instance; older phones end after these two. */
export const Stimulus = message(
	0x0005,
	"Stimulus",
	toCallAgent,
	layout(
		0,
		{
			stimulus: 0,
			stimulusInstance: 4,
			callReference: 8,
			stimulusStatus: 12, // not set: 0, as the key went down
		},
		{ size: 16 },
	),
);
export const OffHook = message(
	0x0006,
	"OffHook",
	toCallAgent,
	layout(0, { lineInstance: 0, callReference: 4 }, { size: 8 }),
);
export const OnHook = message(
	0x0007,
	"OnHook",
	toCallAgent,
	layout(0, { lineInstance: 0, callReference: 4 }, { size: 8 }),
);
/** The event is always the number that the received template gives, since servers number softkeys differently. */
export const SoftKeyEvent = message(
	0x0026,
	"SoftKeyEvent",
	toCallAgent,
	layout(0, { softKeyEvent: 0, lineInstance: 4, callReference: 8 }, { size: 12 }),
);
/** 1 on, 2 off. */
export const HeadsetStatus = message(
	0x002b,
	"HeadsetStatus",
	toCallAgent,
	layout(0, { headsetStatus: 0 }, { size: 4 }),
);

/** kpButton values beyond the digits. */
export const Keypad = Object.freeze({ star: 14, pound: 15, plus: 16 });
