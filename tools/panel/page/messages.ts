/*
 * What crosses the panel's WebSocket: JSON texts as typed here, and binary frames of sound (one octet phone, one octet
 * zero, 160 samples of signed 16-bit little-endian at 16 kHz) both ways.
 */
import type { Screen } from "hal/hardware";
import type { AudioSample, Rung } from "./tabs/messages.js";

/** A Screen as the phone's process reports it. */
export type ShownScreen = Omit<Screen, "dirty" | "keyName"> & { readonly look: number };

export interface LampState {
	/** A number of LampMode. */
	mode: number;
	/** A number of LampColour. */
	colour: number;
}

/** A picture of a service at one of the phone's places for them; its image is a URL of type `data:`, '' for none. */
export interface PlacedPicture {
	place: number;
	width: number;
	height: number;
	/** As its file has them. */
	fileWidth: number;
	fileHeight: number;
	image: string;
}

/** What the phone is: one with keys around its display, or one whose display is to touch. */
export type Board = "desk" | "touch";

/** Whether something from outside names a board. */
export function isBoard(value: unknown): value is Board {
	return value === "desk" || value === "touch";
}

/** All that the panel knows about one phone: what its process last said, and where its handset lies. */
export interface PhoneState {
	device: string;
	board: Board;
	running: boolean;
	/** Why it is not running; '' when it never ended. */
	note: string;
	pid: number;
	lineKeys: number;
	softkeys: number;
	screen: ShownScreen | null;
	/** By number of Lamp. */
	lamps: LampState[];
	/** By place; those that are there or have been. */
	pictures: PlacedPicture[];
	/** What keys are called in the user's language, by their numbers; '' for those that need no name. */
	names: string[];
	offHook: boolean;
}

export type ServerMessage =
	/** `meanings`: English labels of softkeys by those in other languages. */
	| { type: "panel"; agent: string; phones: PhoneState[]; meanings: Readonly<Record<string, string>> }
	| { type: "phone"; phone: number; state: PhoneState }
	| { type: "screen"; phone: number; screen: ShownScreen }
	| { type: "lamp"; phone: number; lamp: number; mode: number; colour: number }
	| { type: "picture"; phone: number; picture: PlacedPicture }
	| { type: "names"; phone: number; names: string[] }
	| { type: "hook"; phone: number; off: boolean }
	/** To pages that look at the phone's messages or sound. */
	| { type: "rung"; phone: number; rung: Rung }
	| { type: "audio"; phone: number; sample: AudioSample };

export type PageMessage =
	| { type: "key"; phone: number; name: string; pressed: boolean }
	| { type: "hook"; phone: number; off: boolean }
	/** Has the phone be another board: it starts anew. */
	| { type: "board"; phone: number; board: Board }
	/** A finger on the picture of a service, in pixels of its file. */
	| { type: "point"; phone: number; x: number; y: number }
	/** Whether this page looks at the phone's messages and at its sound. */
	| { type: "watch"; phone: number; wire: boolean; audio: boolean }
	/** Whether this page wants to hear the phones. */
	| { type: "sound"; on: boolean };

/** Octets before the samples of a binary frame. */
export const frameHeader = 2;
/** Samples a second of the phones' sound: they are wideband phones. */
export const phoneRate = 16000;
/** Samples of one frame: 10 ms. */
export const frameSamples = phoneRate / 100;
