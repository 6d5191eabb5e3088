/*
 * Kinds of keys beside the display, as a button template names them and a stimulus carries them: the call agent's names and, for each
 * kind, the question that tells of one key. Numbers as tshark, CallManager and chan-sccp have them.
 */

/** Kinds of buttons in a template, and stimuli. */
export const Button = Object.freeze({
	unused: 0x00,
	lastNumberRedial: 0x01,
	speedDial: 0x02,
	hold: 0x03,
	transfer: 0x04,
	forwardAll: 0x05,
	forwardBusy: 0x06,
	forwardNoAnswer: 0x07,
	line: 0x09,
	voicemail: 0x0f,
	select: 0x12,
	feature: 0x13,
	serviceUrl: 0x14,
	busyLampField: 0x15,
	maliciousCall: 0x1b,
	/** Its status tells rhythm, colour and icon (chan-sccp: do not disturb, recording, parking slots, device states). */
	multiBlink: 0x26,
	meetMe: 0x7b,
	conference: 0x7d,
	park: 0x7e,
	pickUp: 0x7f,
	groupPickUp: 0x80,
	mobility: 0x81,
	doNotDisturb: 0x82,
	conferenceList: 0x83,
	removeLastParticipant: 0x84,
	qualityReport: 0x85,
	callBack: 0x86,
	otherPickUp: 0x87,
	videoMode: 0x88,
	newCall: 0x89,
	endCall: 0x8a,
	huntGroup: 0x8b,
	undefined: 0xff,
});

/** What a phone asks to learn of one button. */
export const ButtonQuestion = Object.freeze({
	/** Nothing is to be learnt: there is no key. */
	nothing: 0,
	/** LineStatReq, ForwardStatReq. */
	line: 1,
	/** SpeedDialStatReq. */
	speedDial: 2,
	/** ServiceURLStatReq. */
	service: 3,
	/** FeatureStatReq: features, busy lamp fields and whatever else CallManager lets an administrator put on a key. */
	feature: 4,
});

/** The question for a kind of button: a number of {@link ButtonQuestion}. */
export function buttonQuestion(type: number): number {
	switch (type) {
		case Button.unused:
		case Button.undefined:
			return ButtonQuestion.nothing;
		case Button.line:
			return ButtonQuestion.line;
		case Button.speedDial:
			return ButtonQuestion.speedDial;
		case Button.serviceUrl:
			return ButtonQuestion.service;
		default:
			return ButtonQuestion.feature;
	}
}
