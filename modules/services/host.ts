/*
 * What services need of the phone: handed in by app, so that this room knows neither calls nor messages.
 */
import type { Page } from "base/page";
import type { Clock, Network, Pictures } from "hal/hardware";

/** What applications are told of the phone, and how they are asked. */
export interface ServiceDevice {
	/** Such as SEP001122334455. */
	readonly name: string;
	/** Such as CP-7970G, and its display as x-CiscoIPPhoneDisplay has it: width, height, bits of colour, C or G. */
	readonly model: string;
	readonly display: string;
	/** The user's, as Accept-Language has it. */
	readonly language: string;
	/** Of the software. */
	readonly version: string;
	/** proxyServerURL, '' for none; and the ToS byte of what is sent. */
	readonly proxy: string;
	readonly typeOfService: number;
}

export interface ServiceHost {
	readonly clock: Clock;
	readonly pictures: Pictures;
	/** Whether a call is up in which one is heard. */
	readonly talks: boolean;
	/** Shows a page above the call plane, in place of the one before. */
	show(page: Page): void;
	/** What the page shows has changed. */
	pageChanged(): void;
	/** Takes the page away that {@link show} has shown; nothing where the user has left it already. */
	hide(): void;
	/** Says something for a moment on the prompt line: a word of base/words, or a text of a service. */
	notice(text: string): void;
	/** Says something on the prompt line of the idle phone as long as it holds (CiscoIPPhoneStatus); '' takes it away. */
	status(text: string): void;
	/** Chooses a ring of the phone's list by its name or file, or takes a background; '' or why not. */
	setRing(name: string): string;
	setBackground(url: string): string;
	/** A line of the log. */
	log(line: string): void;
}

/** What beside pages their URIs need. */
export interface ActionHost extends ServiceHost {
	/** Where connections come from. */
	readonly sockets: Network;
	readonly device: ServiceDevice;
	/** Whether somebody uses the phone: a call is up, or something is shown above the call plane. */
	readonly busy: boolean;
	/** A word of base/words in the user's language. */
	text(word: string): string;
	/** Presses a key, a number of `Key`. */
	press(key: number): void;
	/** Presses the softkey of a name, as SoftKey: has it. @returns '' or why not. */
	softkey(name: string): string;
	/** Dials a number, or has it changed first. @returns '' or why not. */
	dial(number: string): string;
	editDial(number: string): string;
	/** Presses a key of the dial pad in the call that is up: its event of RFC 4733. @param heard whether the user hears it. */
	sendDigit(event: number, heard: boolean): void;
	/** Plays a ring file of the server once; '' ends that. @returns '' or why not. */
	play(file: string): string;
	/** Sound of services, as phone/service-sound has it. @returns '' or why not. */
	listen(group: number, port: number, percent: number): string;
	speak(address: number, port: number): string;
	silence(sent: boolean): void;
	/** Opens what the phone has itself: a name behind Application:Cisco/ in small letters. @returns '' or why not. */
	own(name: string): string;
	/** Empties the lists of calls. */
	clearCalls(): void;
	/** Lights the display. */
	wake(): void;
}
