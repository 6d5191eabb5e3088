/*
 * What a button of the template is called and how its state looks, wherever it is shown: beside the display or in a list.
 */
import { Icon, LampColour, LampMode } from "hal/hardware";
import { BusyLamp, Button } from "phone/lines";
import type { Dictionary } from "ui/dictionary";

/** Phrase of the first table that names a kind of button which always does the same, 0 for none. */
function keyPhrase(type: number): number {
	switch (type) {
		case Button.lastNumberRedial:
			return 1;
		case Button.hold:
			return 3;
		case Button.transfer:
			return 4;
		case Button.forwardAll:
			return 5;
		case Button.forwardBusy:
			return 6;
		case Button.forwardNoAnswer:
			return 7;
		case Button.voicemail:
			return 58;
		case Button.select:
			return 78;
		case Button.maliciousCall:
			return 76;
		case Button.meetMe:
			return 16;
		case Button.conference:
			return 13;
		case Button.park:
			return 14;
		case Button.pickUp:
			return 17;
		case Button.groupPickUp:
			return 18;
		case Button.doNotDisturb:
			return 63;
		case Button.conferenceList:
			return 79;
		case Button.removeLastParticipant:
			return 57;
		case Button.qualityReport:
			return 75;
		case Button.callBack:
			return 65;
		case Button.otherPickUp:
			return 91;
		case Button.videoMode:
			return 88;
		case Button.newCall:
			return 2;
		case Button.endCall:
			return 9;
		case Button.huntGroup:
			return 92;
		default:
			return 0;
	}
}

/** Phrase 'Mobility' of the second table. */
const mobility = "\x1e\x2b";

/** The dictionary's word for a kind of button that always does the same; '' for one whose label tells what it does. */
export function keyWord(type: number, dictionary: Dictionary): string {
	if (type === Button.mobility) return dictionary.expand(mobility);
	const phrase = keyPhrase(type);
	return phrase === 0 ? "" : dictionary.phrase(phrase);
}

/** Rhythm, colour and icon of a status that tells of them, in this order from its lowest octet on. */
const filled = 2;
const red = 2;
const orange = 3;

/** Whether a feature's status tells rhythm, colour and icon. */
function blinks(type: number, status: number): boolean {
	return type === Button.multiBlink || (type !== Button.busyLampField && status > 0xff);
}

/** Icon of a feature or busy lamp field. */
export function statusIcon(type: number, status: number): number {
	if (type !== Button.busyLampField)
		return blinks(type, status) && ((status >>> 16) & 0xff) >= filled ? Icon.busy : Icon.feature;
	switch (status & 0xff) {
		case BusyLamp.idle:
			return Icon.onHook;
		case BusyLamp.inUse:
		case BusyLamp.doNotDisturb:
			return Icon.busy;
		case BusyLamp.alerting:
			return Icon.ringing;
		default:
			return Icon.speedDial;
	}
}

/** Lamp of a feature or busy lamp field. */
export function statusLamp(type: number, status: number): number {
	const low = status & 0xff;
	if (type === Button.busyLampField) {
		if (low === BusyLamp.alerting) return LampMode.blink;
		return low === BusyLamp.inUse || low === BusyLamp.doNotDisturb ? LampMode.on : LampMode.off;
	}
	if (blinks(type, status)) return low === 0 ? LampMode.off : low === 1 ? LampMode.on : LampMode.blink;
	return status === 0 ? LampMode.off : LampMode.on;
}

/** Colour of that lamp. */
export function statusColour(type: number, status: number): number {
	if (statusLamp(type, status) === LampMode.off) return LampColour.none;
	if (type === Button.busyLampField) return (status & 0xff) === BusyLamp.inUse ? LampColour.red : LampColour.amber;
	if (!blinks(type, status)) return LampColour.amber;
	const colour = (status >>> 8) & 0xff;
	return colour === red ? LampColour.red : colour === orange ? LampColour.amber : LampColour.green;
}
