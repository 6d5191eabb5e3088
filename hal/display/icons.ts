/*
 * Characters of the icon fonts (hal/display/fonts, made by tools/display/fonts.ts) as strings, by what they stand for.
 */

import { Colour } from "hal/display/theme";
import { Icon, LampColour, Registration, Route } from "hal/hardware";

export const Picture = Object.freeze({
	hangUp: "\ue000",
	onHook: "\ue001",
	offHook: "\ue002",
	envelope: "\ue008",
	outOfService: "\ue00a",
	service: "\ue00c",
	headset: "\ue00f",
	speaker: "\ue010",
	muted: "\ue011",
	searching: "\ue012",
	noNetwork: "\ue013",
	rejected: "\ue014",
	dialPad: "\ue015",
	more: "\ue016",
	settings: "\ue017",
	help: "\ue018",
	directories: "\ue019",
	transfer: "\ue01a",
	conference: "\ue01b",
	hold: "\ue01c",
	volumeDown: "\ue01d",
	microphone: "\ue01e",
	doNotDisturb: "\ue007",
	forwarded: "\ue009",
	ringerOff: "\ue020",
	missed: "\ue021",
	secure: "\ue022",
	wideband: "\ue023",
	poorNetwork: "\ue024",
});

/** What lies outside a round corner: top left, top right, bottom left, bottom right. */
export const corners: readonly string[] = Object.freeze(["\ue0f0", "\ue0f1", "\ue0f2", "\ue0f3"]);

/** By a number of `Icon`. */
const icons: readonly string[] = Object.freeze([
	"",
	"\ue001",
	"\ue002",
	"\ue003",
	"\ue004",
	"\ue005",
	"\ue006",
	"\ue007",
	"\ue008",
	"\ue009",
	"\ue00a",
	"\ue00b",
	"\ue00c",
	"\ue00d",
	"\ue00e",
]);

/** The character of an `Icon`, '' for none and for what is not known. */
export function iconText(icon: number): string {
	return icons[icon] ?? "";
}

/** Colour of a call by its icon: green up, amber ringing or held, red busy. */
export function callColour(icon: number): number {
	switch (icon) {
		case Icon.connected:
			return Colour.green;
		case Icon.ringing:
		case Icon.held:
			return Colour.amber;
		case Icon.busy:
		case Icon.outOfService:
		case Icon.remoteInUse:
			return Colour.red;
		default:
			return Colour.accent;
	}
}

/** Colour of a lamp by a number of `LampColour`; a lamp that is lit without a colour is green. */
export function lampColour(colour: number): number {
	return colour === LampColour.red ? Colour.red : colour === LampColour.amber ? Colour.amber : Colour.green;
}

export function routeText(route: number): string {
	switch (route) {
		case Route.handset:
			return Picture.offHook;
		case Route.headset:
			return Picture.headset;
		case Route.speaker:
			return Picture.speaker;
		default:
			return "";
	}
}

/** What stands for a phone that is not registered, '' for one that is. */
export function registrationText(registration: number): string {
	switch (registration) {
		case Registration.registered:
			return "";
		case Registration.rejected:
			return Picture.rejected;
		case Registration.none:
			return Picture.noNetwork;
		default:
			return Picture.searching;
	}
}

export function registrationColour(registration: number): number {
	return registration === Registration.rejected || registration === Registration.none ? Colour.red : Colour.amber;
}
