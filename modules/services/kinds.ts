/*
 * What an object of Cisco's IP Phone Services is made of: its kinds and the parts that are kept of it, by the names that the guide
 * (Cisco Unified IP Phone Services Application Development Notes, chapter "CiscoIPPhone XML Objects") gives them.
 */
import { type Packed, packed } from "xml/packed";
import { hashOf } from "xml/token";

/** Kinds of objects. */
export const Kind = Object.freeze({
	none: 0,
	text: 1,
	menu: 2,
	iconMenu: 3,
	iconFileMenu: 4,
	directory: 5,
	input: 6,
	image: 7,
	imageFile: 8,
	graphicMenu: 9,
	graphicFileMenu: 10,
	response: 11,
	error: 12,
	/** Lists of backgrounds and rings, as phones of the 7900 series fetch them from their TFTP servers. */
	imageList: 13,
	ringList: 14,
	/** Kinds up to here are pages; those behind do something and are gone. */
	execute: 15,
	status: 16,
	statusFile: 17,
	/** A ring and a background, as newer phones are pushed them. */
	ring: 18,
	background: 19,
});

/** Parts of an object that are kept, in the order in which they came; an item's stand behind its `item`. */
export const Part = Object.freeze({
	/** An item of a list, a field of an input, an entry, an item to be executed or of a response begins. */
	item: 1,
	/** So does a softkey, a key, an icon. */
	softkey: 2,
	key: 3,
	icon: 4,
	title: 5,
	prompt: 6,
	text: 7,
	/** The URL of the object itself: where an input goes, where a picture lies. */
	target: 8,
	/** Parts of what has begun last. */
	name: 9,
	url: 10,
	urlDown: 11,
	telephone: 12,
	parameter: 13,
	preset: 14,
	flags: 15,
	position: 16,
	keyName: 17,
	iconIndex: 18,
	index: 19,
	touch: 20,
	priority: 21,
	status: 22,
	data: 23,
	/** Of the object itself. */
	x: 24,
	y: 25,
	width: 26,
	height: 27,
	depth: 28,
	timer: 29,
	application: 30,
	focusLost: 31,
	focusGained: 32,
	minimized: 33,
	closed: 34,
	number: 35,
	windowMode: 36,
	method: 37,
	titleIcon: 38,
	refresh: 39,
	/** Whose the keys of the dial pad are. */
	keypad: 40,
});

/** An element's name and the number that it stands for. */
export interface Named {
	readonly hash: number;
	readonly name: Packed;
	/** Of {@link Kind} or {@link Part}. */
	readonly value: number;
}

function rows(names: Readonly<Record<string, number>>): readonly Named[] {
	const all: Named[] = [];
	for (const [name, value] of Object.entries(names))
		all.push(Object.freeze({ hash: hashOf(name), name: packed(name.toLowerCase()), value }));
	return Object.freeze(all);
}

/** Root elements. */
export const rootNames = rows({
	CiscoIPPhoneText: Kind.text,
	CiscoIPPhoneMenu: Kind.menu,
	CiscoIPPhoneIconMenu: Kind.iconMenu,
	CiscoIPPhoneIconFileMenu: Kind.iconFileMenu,
	CiscoIPPhoneDirectory: Kind.directory,
	CiscoIPPhoneInput: Kind.input,
	CiscoIPPhoneImage: Kind.image,
	CiscoIPPhoneImageFile: Kind.imageFile,
	CiscoIPPhoneGraphicMenu: Kind.graphicMenu,
	CiscoIPPhoneGraphicFileMenu: Kind.graphicFileMenu,
	CiscoIPPhoneExecute: Kind.execute,
	CiscoIPPhoneStatus: Kind.status,
	CiscoIPPhoneStatusFile: Kind.statusFile,
	CiscoIPPhoneResponse: Kind.response,
	CiscoIPPhoneError: Kind.error,
	CiscoIPPhoneImageList: Kind.imageList,
	CiscoIPPhoneRingList: Kind.ringList,
	setRingTone: Kind.ring,
	setBackground: Kind.background,
	setBackgroundPreview: Kind.background,
});

/** Elements with others in them. */
export const groupNames = rows({
	MenuItem: Part.item,
	DirectoryEntry: Part.item,
	InputItem: Part.item,
	ExecuteItem: Part.item,
	ResponseItem: Part.item,
	ImageItem: Part.item,
	Ring: Part.item,
	SoftKeyItem: Part.softkey,
	KeyItem: Part.key,
	IconItem: Part.icon,
});

/** Elements that hold a text. */
export const textNames = rows({
	Name: Part.name,
	DisplayName: Part.name,
	URL: Part.url,
	FileName: Part.url,
	URLDown: Part.urlDown,
	Telephone: Part.telephone,
	QueryStringParam: Part.parameter,
	DefaultValue: Part.preset,
	InputFlags: Part.flags,
	Position: Part.position,
	Key: Part.keyName,
	IconIndex: Part.iconIndex,
	Index: Part.index,
	Title: Part.title,
	Prompt: Part.prompt,
	Text: Part.text,
	Data: Part.data,
	LocationX: Part.x,
	LocationY: Part.y,
	Width: Part.width,
	Height: Part.height,
	Depth: Part.depth,
	Timer: Part.timer,
});
