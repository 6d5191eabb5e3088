/*
 * The Screen as a value made once and filled in place: every setter compares first and marks its part dirty only when
 * something has changed, so that a display draws no more than it must.
 */
import { Word } from "base/words";
import {
	Dirty,
	Icon,
	Key,
	LampColour,
	LampMode,
	Route,
	type Screen,
	type ScreenButton,
	type ScreenCall,
	type ScreenOverlay,
	type ScreenPicture,
	Sign,
} from "hal/hardware";
import { Limits } from "limits";
import { Dictionary } from "ui/dictionary";

/** Phrases of the first table. */
const holdPhrase = 3;
const transferPhrase = 4;
const infoPhrase = 12;
const conferencePhrase = 13;

class ButtonValue implements ScreenButton {
	label = "";
	icon: number = Icon.none;
	lamp: number = LampMode.off;
	colour: number = LampColour.none;
}

class CallValue implements ScreenCall {
	reference = 0;
	line = 0;
	state = 0;
	icon: number = Icon.none;
	selected = false;
	title = "";
	detail = "";
	security = 0;
	seconds = -1;
}

class OverlayValue implements ScreenOverlay {
	title = "";
	lines: string[] = [];
	first = 0;
	count = 0;
	selected = -1;
	picture: ScreenPicture | undefined = undefined;
	icons: number[] | undefined = undefined;
}

export class ScreenValue implements Screen {
	/** The language in which it speaks. */
	readonly dictionary = new Dictionary();
	registration = 0;
	time = "";
	number = "";
	readonly buttons: readonly ButtonValue[];
	readonly calls: readonly CallValue[];
	prompt = "";
	readonly softkeys: string[];
	overlay: ScreenOverlay | undefined = undefined;
	volume = -1;
	volumeName = "";
	route: number = Route.none;
	signs = 0;
	news = "";
	dirty: number = Dirty.all;
	private readonly overlayValue = new OverlayValue();

	constructor(lineKeys: number, softkeys: number) {
		const buttons: ButtonValue[] = [];
		for (let i = 0; i < lineKeys; i += 1) buttons.push(new ButtonValue());
		this.buttons = Object.freeze(buttons);
		const calls: CallValue[] = [];
		for (let i = 0; i < Limits.calls; i += 1) calls.push(new CallValue());
		this.calls = Object.freeze(calls);
		this.softkeys = [];
		for (let i = 0; i < softkeys; i += 1) this.softkeys.push("");
	}

	setStatus(registration: number, time: string, number: string): void {
		if (this.registration === registration && this.time === time && this.number === number) return;
		this.registration = registration;
		this.time = time;
		this.number = number;
		this.dirty |= Dirty.status;
	}

	get muted(): boolean {
		return (this.signs & Sign.muted) !== 0;
	}

	get messageWaiting(): boolean {
		return (this.signs & Sign.message) !== 0;
	}

	/** Route and signs (bits of `Sign`) are drawn with the status line. */
	setSigns(route: number, signs: number): void {
		if (this.route === route && this.signs === signs) return;
		this.route = route;
		this.signs = signs;
		this.dirty |= Dirty.status;
	}

	/** What the idle display says beside the time. */
	setNews(news: string): void {
		if (this.news === news) return;
		this.news = news;
		this.dirty |= Dirty.calls;
	}

	setButton(index: number, label: string, icon: number, lamp: number, colour: number): void {
		const button = this.buttons[index];
		if (button === undefined) return;
		if (button.label === label && button.icon === icon && button.lamp === lamp && button.colour === colour) return;
		button.label = label;
		button.icon = icon;
		button.lamp = lamp;
		button.colour = colour;
		this.dirty |= Dirty.buttons;
	}

	setCall(
		index: number,
		reference: number,
		line: number,
		state: number,
		icon: number,
		selected: boolean,
		title: string,
	): void {
		const call = this.calls[index];
		if (call === undefined) return;
		if (
			call.reference === reference &&
			call.line === line &&
			call.state === state &&
			call.icon === icon &&
			call.selected === selected &&
			call.title === title
		)
			return;
		call.reference = reference;
		call.line = line;
		call.state = state;
		call.icon = icon;
		call.selected = selected;
		call.title = title;
		this.dirty |= Dirty.calls;
	}

	/** What else there is to say of a call, and a number of `CallSecurity`. */
	setDetail(index: number, detail: string, security: number): void {
		const call = this.calls[index];
		if (call === undefined || (call.detail === detail && call.security === security)) return;
		call.detail = detail;
		call.security = security;
		this.dirty |= Dirty.calls;
	}

	setSeconds(index: number, seconds: number): void {
		const call = this.calls[index];
		if (call === undefined || call.seconds === seconds) return;
		call.seconds = seconds;
		this.dirty |= Dirty.calls;
	}

	setPrompt(prompt: string): void {
		if (this.prompt === prompt) return;
		this.prompt = prompt;
		this.dirty |= Dirty.prompt;
	}

	setSoftkey(index: number, label: string): void {
		if (this.softkeys[index] === label) return;
		this.softkeys[index] = label;
		this.dirty |= Dirty.softkeys;
	}

	keyName(key: number): string {
		const { dictionary } = this;
		switch (key) {
			case Key.hold:
				return dictionary.phrase(holdPhrase);
			case Key.transfer:
				return dictionary.phrase(transferPhrase);
			case Key.conference:
				return dictionary.phrase(conferencePhrase);
			case Key.help:
				return dictionary.phrase(infoPhrase);
			case Key.messages:
				return dictionary.expand(Word.messages);
			case Key.directories:
				return dictionary.expand(Word.directories);
			case Key.services:
				return dictionary.expand(Word.services);
			case Key.settings:
				return dictionary.expand(Word.settings);
			case Key.volumeDown:
				return dictionary.expand(Word.quieter);
			case Key.volumeUp:
				return dictionary.expand(Word.louder);
			default:
				return "";
		}
	}

	/** @param name of the volume that the bar is of, as long as it shows. */
	setVolume(volume: number, name: string): void {
		if (this.volume === volume && this.volumeName === name) return;
		this.volume = volume;
		this.volumeName = name;
		this.dirty |= Dirty.volume;
	}

	/**
	 * Begins an overlay of which so many lines are in view; they follow by {@link setOverlayLine}. @param first where these lines begin in a
	 * list of `count`.
	 */
	openOverlay(title: string, lines: number, selected: number, first = 0, count = lines): void {
		const overlay = this.overlayValue;
		if (
			this.overlay !== overlay ||
			overlay.title !== title ||
			overlay.lines.length !== lines ||
			overlay.selected !== selected ||
			overlay.first !== first ||
			overlay.count !== count
		)
			this.dirty |= Dirty.overlay;
		overlay.title = title;
		overlay.selected = selected;
		overlay.first = first;
		overlay.count = count;
		while (overlay.lines.length > lines) overlay.lines.pop();
		while (overlay.lines.length < lines) overlay.lines.push("");
		this.overlay = overlay;
	}

	/** @param index counts from the first line in view. */
	setOverlayLine(index: number, line: string): void {
		const lines = this.overlayValue.lines;
		if (index >= lines.length || lines[index] === line) return;
		lines[index] = line;
		this.dirty |= Dirty.overlay;
	}

	/** What a page has of pictures, until the next overlay. A picture that is another one in the same place is told as well. */
	setOverlayPictures(picture: ScreenPicture | undefined, icons: number[] | undefined): void {
		const overlay = this.overlayValue;
		if (overlay.picture !== undefined || overlay.icons !== undefined || picture !== undefined || icons !== undefined)
			this.dirty |= Dirty.overlay;
		overlay.picture = picture;
		overlay.icons = icons;
	}

	closeOverlay(): void {
		if (this.overlay === undefined) return;
		this.overlay = undefined;
		this.dirty |= Dirty.overlay;
	}
}
