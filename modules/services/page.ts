/*
 * The page that an object is shown as: a list, a text, a picture. Nothing is kept of it but where the choice stands: lines are read out of
 * the object's parts when they are shown. Keys and softkeys are those of the object, or else the guide's for its kind.
 */
import type { Page } from "base/page";
import { plainLine } from "base/plain";
import { Word } from "base/words";
import { Key, picturePlaces } from "hal/hardware";
import { schemeOf } from "net/url";
import { type Items, nowhere } from "services/items";
import { keyNamed } from "services/keys";
import { Kind, Part } from "services/kinds";
import { parameterScheme, withChosen } from "services/parameter";
import type { Session } from "services/session";
import { ItemNumber } from "ui/item-number";

/** 'Select' and '<<' of the phrases that every phone has (SCCP's dictionary), in the user's language when they are shown. */
const select = "\u0080N";
const backspace = "\u0080\b";

/** Softkeys of each kind where the object has none: label and name of the URI SoftKey:. */
type Usual = readonly (readonly [string, string])[];
function usual(...keys: (readonly [string, string])[]): Usual {
	return Object.freeze(keys.map((key) => Object.freeze(key)));
}
const exit = [Word.exit, "exit"] as const;
const textKeys = usual([Word.update, "update"], exit);
const menuKeys = usual([select, "select"], exit);
const directoryKeys = usual([Word.dial, "dial"], [Word.editDial, "editdial"], exit);
const nextKey = usual([Word.next, "next"]);
const inputKeys = usual([Word.submit, "submit"], [backspace, "<<"], [Word.cancel, "cancel"]);
const pictureKeys = usual([Word.update, "update"], exit);

function usualKeys(kind: number): Usual {
	switch (kind) {
		case Kind.menu:
		case Kind.iconMenu:
		case Kind.iconFileMenu:
		case Kind.graphicMenu:
		case Kind.graphicFileMenu:
		case Kind.imageList:
		case Kind.ringList:
			return menuKeys;
		case Kind.directory:
			return directoryKeys;
		case Kind.input:
			return inputKeys;
		case Kind.image:
		case Kind.imageFile:
			return pictureKeys;
		default:
			return textKeys;
	}
}

/** The key that a KeyItem names, -1 for one that a service cannot have: it may have the dial pad's and those of navigation. */
function keyOf(text: string): number {
	const key = keyNamed(/^key:/i.test(text) ? text.slice(4) : text);
	return key <= Key.pound || (key >= Key.up && key <= Key.select) ? key : -1;
}

/** Octets of a text's paragraph that are one line of a page; a longer one goes on in the next, from a blank on. */
const longestLine = 480;
const lineFeed = 10;
const blank = 32;

/** The name of a file in a URL, without its folder and its ending. */
function fileName(url: string): string {
	const name = url.slice(url.lastIndexOf("/") + 1);
	const dot = name.lastIndexOf(".");
	return dot > 0 ? name.slice(0, dot) : name;
}

/** Whether an object of a kind is a list of items. */
function hasItems(kind: number): boolean {
	return kind !== Kind.text && kind !== Kind.image && kind !== Kind.imageFile && kind !== Kind.error;
}

const dialScheme = "dial:";

export class ObjectPage implements Page {
	readonly session: Session;
	readonly title: string;
	/** A number of {@link Kind}. */
	readonly kind: number;
	readonly wraps: boolean;
	readonly softkeys: string[] = [];
	/** Items and lines. */
	count = 0;
	selected = -1;
	/** Where the picture goes once it is there. */
	picture: { readonly x: number; readonly y: number } | undefined = undefined;
	/** The place of the picture that {@link nextPicture} has given the URL of. */
	pictureOf = 0;
	protected readonly items: Items;
	/** What is said in place of an object that is none. */
	private readonly note: string;
	/** Items that there are, without what is shown behind them. */
	private itemCount = 0;
	/** The object is being overwritten, or is gone. */
	private faded = false;
	/** The dial pad is the call's, not the object's: keypadTarget is activeCall or applicationCall. */
	private readonly callKeys: boolean;
	private readonly promptText: string;
	/** The picture that cannot be shown, a word and why; '' for none. */
	private missing = "";
	/** Pictures whose turn has been: the page's own, and icons. */
	private pictureTurn = 0;
	/** The line of a text that was asked for last, and where it begins. */
	private lineIndex = 0;
	private lineFrom = 0;
	/** What has been typed of an item's number. */
	private itemNumber: ItemNumber | undefined = undefined;

	/** @param note is shown alone, in place of what the object has; '' for none. */
	constructor(session: Session, items: Items, kind: number, note: string) {
		this.session = session;
		this.items = items;
		this.kind = kind;
		this.note = note;
		this.wraps = kind === Kind.text || kind === Kind.response || kind === Kind.error;
		const own = items.line(items.first(Part.title));
		this.title = own === "" ? session.chosen || Word.services : own;
		this.promptText = items.line(items.first(Part.prompt));
		this.itemCount = hasItems(kind) ? items.count(Part.item) : 0;
		if (this.itemCount > 0 && kind !== Kind.response) this.selected = 0;
		this.lineFrom = this.textFrom;
		this.callKeys = items.text(items.first(Part.keypad)).endsWith("Call");
		if (kind === Kind.image || kind === Kind.graphicMenu) this.showPicture();
		this.settle();
	}

	/** Works out how many lines there are and which softkeys. */
	settle(): void {
		this.count = this.countLines();
		this.settleSoftkeys();
	}

	/** Items of lists show the numbers that choose them; fields of an input have none. */
	get numbered(): boolean {
		return this.kind !== Kind.input;
	}

	get prompt(): string {
		return this.promptText === "" && this.itemCount > 0 ? this.missing : this.promptText;
	}

	private countLines(): number {
		if (this.note !== "") return 1;
		const extra = this.items.cut ? 1 : 0;
		if (this.kind === Kind.text) {
			let count = 0;
			for (let at = this.textFrom; at < this.textTo; at = this.afterLine(at)) count += 1;
			return count + extra;
		}
		if (this.kind === Kind.image || this.kind === Kind.imageFile) return this.missing === "" ? 0 : 1;
		return this.kind === Kind.error ? 1 : this.itemCount + extra;
	}

	line(index: number): string {
		if (this.note !== "") return this.note;
		if (this.faded || index < 0 || index >= this.count) return "";
		if (this.kind === Kind.image || this.kind === Kind.imageFile) return this.missing;
		const { items } = this;
		if (items.cut && index === this.count - 1) return "\u2026";
		return this.kind === Kind.text ? this.paragraph(index) : this.itemLine(index);
	}

	protected itemLine(index: number): string {
		const { items } = this;
		const group = items.group(Part.item, index);
		if (this.kind === Kind.error) return `${Word.serviceError} ${items.line(items.first(Part.number))}`;
		if (this.kind === Kind.response) {
			const status = items.line(items.of(group, Part.status));
			return `${items.line(items.of(group, Part.url))}: ${items.line(items.of(group, Part.data))} (${status})`;
		}
		const name = items.line(items.of(group, Part.name));
		if (this.kind === Kind.imageList) return fileName(items.line(items.of(group, Part.url)));
		if (this.kind !== Kind.directory) return name;
		const telephone = items.line(items.of(group, Part.telephone));
		return name === "" ? telephone : `${name} ${telephone}`;
	}

	icon(index: number): number {
		const { items, kind } = this;
		if (this.faded || (kind !== Kind.iconMenu && kind !== Kind.iconFileMenu)) return 0;
		const place = items.number(items.of(items.group(Part.item, index), Part.iconIndex), -1) + 1;
		return place > 0 && place < picturePlaces && this.session.host.pictures.width(place) > 0 ? place : 0;
	}

	private get textFrom(): number {
		const at = this.items.first(Part.text);
		return at === nowhere ? 0 : this.items.from(at);
	}

	private get textTo(): number {
		const at = this.items.first(Part.text);
		return at === nowhere ? 0 : this.items.to(at);
	}

	/** Where the line ends that begins at an octet of the text. */
	private lineEnd(from: number): number {
		const { items, textTo } = this;
		const most = Math.min(textTo, from + longestLine);
		let lastBlank = from;
		for (let at = from; at < most; at += 1) {
			const octet = items.octet(at);
			if (octet === lineFeed) return at;
			if (octet === blank) lastBlank = at;
		}
		if (most === textTo) return most;
		if (lastBlank > from) return lastBlank;
		// no half of a character
		let end = most;
		while (end > from + 1 && (items.octet(end) & 0xc0) === 0x80) end -= 1;
		return end;
	}

	/** Where the line behind it begins. */
	private afterLine(from: number): number {
		const end = this.lineEnd(from);
		const octet = end < this.textTo ? this.items.octet(end) : 0;
		return octet === lineFeed || octet === blank ? end + 1 : end;
	}

	private paragraph(index: number): string {
		if (index < this.lineIndex) {
			this.lineIndex = 0;
			this.lineFrom = this.textFrom;
		}
		for (; this.lineIndex < index; this.lineIndex += 1) this.lineFrom = this.afterLine(this.lineFrom);
		return plainLine(this.items.slice(this.lineFrom, this.lineEnd(this.lineFrom)));
	}

	private settleSoftkeys(): void {
		const { items, kind, softkeys } = this;
		softkeys.length = 0;
		const own = items.count(Part.softkey);
		for (let i = 0; i < own; i += 1) {
			const position = this.position(i);
			while (softkeys.length <= position) softkeys.push("");
			const group = items.group(Part.softkey, i);
			softkeys[position] = items.line(items.of(group, Part.name));
		}
		if (own > 0) return;
		const keys = usualKeys(kind);
		for (let i = 0; i < keys.length; i += 1) softkeys.push((keys[i] as readonly [string, string])[0]);
		if (kind === Kind.directory && this.session.refreshUrl !== "") softkeys.push(Word.next);
	}

	/** The place of an own softkey, from 0: as it says, or behind those before. */
	private position(index: number): number {
		const { items } = this;
		const position = items.number(items.of(items.group(Part.softkey, index), Part.position), index + 1);
		return Math.min(Math.max(position - 1, 0), 15);
	}

	softkey(position: number): void {
		const { items, kind } = this;
		const own = items.count(Part.softkey);
		if (own === 0) {
			const keys = usualKeys(kind);
			const key = keys[position] ?? (kind === Kind.directory ? nextKey[position - keys.length] : undefined);
			if (key !== undefined) this.act(key[1]);
			return;
		}
		// of two in one place the later one shows
		for (let i = own - 1; i >= 0; i -= 1) {
			if (this.position(i) !== position) continue;
			const group = items.group(Part.softkey, i);
			const down = items.text(items.of(group, Part.urlDown));
			const url = items.text(items.of(group, Part.url));
			if (down !== "") this.run(down);
			if (url !== "") this.run(url);
			return;
		}
	}

	/** Runs a URI of the object; one of the server with what the chosen item adds to it (QueryStringParam). */
	protected run(uri: string): void {
		const scheme = uri.slice(0, 8).toLowerCase();
		if (scheme.startsWith("softkey:")) {
			const name = uri.slice(8).toLowerCase();
			if (this.act(name)) return;
		}
		this.session.run(withChosen(uri, this.chosenUrl, this.session.url));
	}

	/** An entry of a directory, or an item that dials (guide, "Dial"). */
	get number(): string {
		const { items, kind, selected } = this;
		if (selected < 0 || this.faded) return "";
		if (kind === Kind.directory) return items.line(items.of(items.group(Part.item, selected), Part.telephone));
		const url = this.chosenUrl;
		return schemeOf(url) === "dial" ? (url.slice(dialScheme.length).split(/[:,]/)[0] ?? "") : "";
	}

	/** URL of the item that the choice stands on, '' where it has none. */
	get chosenUrl(): string {
		return this.selected < 0 ? "" : this.itemUrl(this.selected);
	}

	protected itemUrl(index: number): string {
		const { items } = this;
		return items.text(items.of(items.group(Part.item, index), Part.url));
	}

	/** Does what a softkey of the phone's own does, by its name in SoftKey: in small letters. @returns whether the page has such a one. */
	act(name: string): boolean {
		const { session } = this;
		switch (name) {
			case "exit":
			case "back":
			case "cancel":
				session.leave();
				return true;
			case "update":
				session.refresh();
				return true;
			case "next":
				if (session.refreshUrl === "") return false;
				session.run(session.refreshUrl);
				return true;
			case "select":
				if (this.selected < 0) return false;
				this.choose(this.selected);
				return true;
			case "dial":
			case "editdial":
				return this.dial(name === "dial" ? "Dial:" : "EditDial:");
			default:
				return false;
		}
	}

	private dial(scheme: string): boolean {
		const { items, selected } = this;
		if (this.kind !== Kind.directory || selected < 0) return false;
		const telephone = items.line(items.of(items.group(Part.item, selected), Part.telephone));
		if (telephone !== "") this.session.run(scheme + telephone);
		return true;
	}

	key(key: number, _ticks: number): boolean {
		if (this.faded || this.isOfCall(key)) return false;
		if (this.ownKey(key)) return true;
		// where there is nothing to choose the dial pad is the phone's, and the middle of the navigation nobody's
		if (this.selected < 0) return key === Key.select;
		switch (key) {
			case Key.up:
				this.move(-1);
				return true;
			case Key.down:
				this.move(1);
				return true;
			case Key.select:
				this.choose(this.selected);
				return true;
			default:
				if (key > 9) return false;
				this.digit(key);
				return true;
		}
	}

	/** Whether a key of the dial pad goes to the call that is up, as the object says (keypadTarget). */
	protected isOfCall(key: number): boolean {
		return key <= Key.pound && this.callKeys && this.session.host.talks;
	}

	/** Runs what the object has for a key. */
	protected ownKey(key: number): boolean {
		const { items } = this;
		const count = items.count(Part.key);
		for (let i = 0; i < count; i += 1) {
			const group = items.group(Part.key, i);
			if (keyOf(items.line(items.of(group, Part.keyName))) !== key) continue;
			const down = items.text(items.of(group, Part.urlDown));
			const url = items.text(items.of(group, Part.url));
			if (down !== "") this.run(down);
			if (url !== "") this.run(url);
			return true;
		}
		return false;
	}

	private move(step: number): void {
		const { itemCount } = this;
		this.stop();
		this.selected = (this.selected + step + itemCount) % itemCount;
		this.session.host.pageChanged();
	}

	/** A digit of an item's number. */
	private digit(key: number): void {
		this.itemNumber ??= new ItemNumber(this.session.host.clock, (index) => this.choose(index));
		const index = this.itemNumber.press(key, this.itemCount);
		if (index < 0) return;
		if (!this.itemNumber.waits) {
			this.choose(index);
			return;
		}
		this.selected = index;
		this.session.host.pageChanged();
	}

	choose(index: number): void {
		if (this.faded || index < 0 || index >= this.itemCount) return;
		this.stop();
		this.selected = index;
		const { items, session } = this;
		const group = items.group(Part.item, index);
		if (this.kind === Kind.directory) {
			this.dial("Dial:");
			return;
		}
		session.chosen = items.line(items.of(group, Part.name));
		const url = items.text(items.of(group, Part.url));
		session.host.pageChanged();
		if (this.kind === Kind.ringList || this.kind === Kind.imageList) {
			session.set(this.kind === Kind.ringList ? Kind.ring : Kind.background, url);
			return;
		}
		// what is to be added to a softkey's URL does nothing by itself
		if (url !== "" && schemeOf(url) !== parameterScheme) session.run(url);
	}

	/** The picture was touched: chooses the item of a GraphicFileMenu whose area has the point. */
	point(x: number, y: number): void {
		const index = this.itemAt(x, y);
		if (index >= 0) this.choose(index);
	}

	/** An item of a GraphicFileMenu whose area has a point of the picture, -1 for none. */
	itemAt(x: number, y: number): number {
		const { items } = this;
		for (let i = 0; i < this.itemCount; i += 1) {
			const at = items.of(items.group(Part.item, i), Part.touch);
			if (at === nowhere) continue;
			if (x >= items.edge(at, 0) && y >= items.edge(at, 1) && x <= items.edge(at, 2) && y <= items.edge(at, 3))
				return i;
		}
		return -1;
	}

	back(): boolean {
		return this.session.back();
	}

	closed(): void {
		this.session.pageClosed(this);
	}

	/** What the object wants to be run when it is shown or closed: a URI of the phone's own, '' for none. */
	uriOf(part: number): string {
		return this.faded ? "" : this.items.text(this.items.first(part));
	}

	/** The object's parts are about to be overwritten. */
	fade(): void {
		this.faded = true;
		this.count = 0;
		this.selected = -1;
		this.picture = undefined;
	}

	/** No timer runs from here on. */
	stop(): void {
		this.itemNumber?.stop();
	}

	/** URL of the next file that the page wants to have as a picture, {@link pictureOf} its place; undefined when it wants no more. */
	nextPicture(): string | undefined {
		const { items, kind } = this;
		if (this.faded) return undefined;
		if (kind === Kind.imageFile || kind === Kind.graphicFileMenu) {
			if (this.pictureTurn++ > 0) return undefined;
			this.pictureOf = 0;
			return items.text(items.first(Part.target));
		}
		if (kind !== Kind.iconFileMenu) return undefined;
		for (; this.pictureTurn < items.count(Part.icon); ) {
			const group = items.group(Part.icon, this.pictureTurn++);
			const place = items.number(items.of(group, Part.index), -1) + 1;
			const url = items.text(items.of(group, Part.url));
			if (place < 1 || place >= picturePlaces || url === "") continue;
			this.pictureOf = place;
			return url;
		}
		return undefined;
	}

	/** The picture has come. @param wrong why it has not; '' where it is there. */
	pictureCame(wrong: string): void {
		if (this.faded || this.pictureOf !== 0) return;
		if (wrong === "") this.showPicture();
		else this.missing = `${Word.noPicture} ${wrong}`;
		this.settle();
	}

	private showPicture(): void {
		const { items, session } = this;
		if (session.host.pictures.width(0) === 0) {
			this.missing = Word.noPicture;
			return;
		}
		this.picture = { x: items.number(items.first(Part.x), 0), y: items.number(items.first(Part.y), 0) };
	}
}
