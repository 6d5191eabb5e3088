/*
 * Reads an object of Cisco's IP Phone Services as it comes into a fixed buffer of parts, without a tree. What nobody needs is passed over:
 * a service for a newer phone is one for this phone, too. Lenient where phones are (a plain & in a URL, white space and NULs behind the
 * end, names in other case), for what is between the tags; what is no XML, or no object, is refused with the line and the reason.
 */
import { Limits } from "limits";
import { type Items, nowhere } from "services/items";
import { groupNames, Kind, type Named, Part, rootNames, textNames } from "services/kinds";
import { type Packed, packed } from "xml/packed";
import { XmlReader, type XmlVisitor } from "xml/reader";

/** Octets that the items of an object leave to what comes behind them: softkeys, keys, a prompt. */
const spareForKeys = 768;
/** The same of a text, behind which there are some softkeys. */
const spareForSoftkeys = 320;
/** Octets of names, titles and prompts that are kept. */
const longestName = 192;

const priorityName = packed("Priority");
const urlName = packed("URL");
const statusName = packed("Status");
const dataName = packed("Data");
const numberName = packed("Number");
const iconIndexName = packed("IconIndex");
const methodName = packed("method");
const touchName = packed("toucharea");
const imageName = packed("image");
const ringName = packed("ringtone");
const x1Name = packed("X1");
const y1Name = packed("Y1");
const x2Name = packed("X2");
const y2Name = packed("Y2");
/** Attributes of a root that are kept, each with its part behind it. */
const rootAttributes: readonly (readonly [Packed, number])[] = Object.freeze([
	Object.freeze([packed("appId"), Part.application] as const),
	Object.freeze([packed("onAppFocusLost"), Part.focusLost] as const),
	Object.freeze([packed("onAppFocusGained"), Part.focusGained] as const),
	Object.freeze([packed("onAppMinimized"), Part.minimized] as const),
	Object.freeze([packed("onAppClosed"), Part.closed] as const),
	Object.freeze([packed("WindowMode"), Part.windowMode] as const),
	Object.freeze([packed("Refresh"), Part.refresh] as const),
	Object.freeze([packed("keypadTarget"), Part.keypad] as const),
	Object.freeze([numberName, Part.number] as const),
]);

/** Groups of each kind that are kept, as many as the guide allows. */
const mostItems = 100;
const mostEntries = 32;
const mostFields = 5;
const mostOrders = 3;
const mostSoftkeys = 16;
const mostKeys = 24;
const mostIcons = 10;
/** Octets of a text object: 4000 characters, in the guide. */
const longestText = 4000;

/** Takes the octets of pictures that stand in objects as hexadecimal digits. */
export interface PictureSink {
	/** A picture begins: that of the group at a place of `items`, or of the object itself (nowhere). */
	beginData(items: Items, group: number): void;
	/** More of it: the reader's text. */
	pixels(xml: XmlReader): void;
	/** It is at its end. */
	endData(): void;
}

/** Whose objects are read. */
export interface ObjectOwner {
	/** The buffer for an object of a kind, empty, or undefined where it cannot be taken now. */
	itemsFor(kind: number): Items | undefined;
}

export class ObjectReader implements XmlVisitor {
	/** What the object is, a number of {@link Kind}; none before its root has been read. */
	kind: number = Kind.none;
	/** Whether something was left out for want of room. */
	get cut(): boolean {
		return this.items?.cut === true;
	}

	private readonly xml = new XmlReader(Limits.serviceXml);
	private readonly owner: ObjectOwner;
	private items: Items | undefined = undefined;
	/** The group that is open, 0 for none, and those that are there. */
	private group = 0;
	private groups = 0;
	private softkeys = 0;
	private keys = 0;
	private icons = 0;
	/** Where the open group begins, and whether it is left out. */
	private groupFrom = 0;
	private skipsGroup = false;
	/** The part that the open element holds, 0 for none, and how deep it lies. */
	private part = 0;
	private partDepth = 0;
	/** Whether pieces of the open element's text have been put already. */
	private begun = false;
	/** Octets come as they are, not as XML. */
	private plain = false;
	private readonly pictures: PictureSink;

	constructor(owner: ObjectOwner, pictures: PictureSink) {
		this.owner = owner;
		this.pictures = pictures;
	}

	/** Begins an object. @param plain its octets are a text and no XML (text/plain). */
	begin(plain = false): void {
		this.kind = Kind.none;
		this.items = undefined;
		this.group = 0;
		this.groups = 0;
		this.softkeys = 0;
		this.keys = 0;
		this.icons = 0;
		this.skipsGroup = false;
		this.part = 0;
		this.begun = false;
		this.plain = plain;
		const { xml } = this;
		xml.begin(this);
		xml.lenientTags = true;
		xml.lenientText = true;
		if (plain) this.open(Kind.text)?.mark(Part.text, 0);
	}

	/** Reads on: octets `from` to `to`. @returns false when the object is refused. */
	feed(octets: Uint8Array, from: number, to: number): boolean {
		if (!this.plain) return this.xml.feed(octets, from, to);
		this.items?.appendOctets(octets, from, to, longestText);
		return true;
	}

	/** Whether all of it has come: what follows does not count. A text that is no XML is told by its end alone. */
	get whole(): boolean {
		return !this.plain && this.xml.isOver;
	}

	/** The object is at its end: '' when it is whole, else why it is none. */
	complete(): string {
		if (this.plain) return "";
		return this.xml.end() ? "" : this.xml.error;
	}

	private open(kind: number): Items | undefined {
		this.kind = kind;
		const items = this.owner.itemsFor(kind);
		this.items = items;
		return items;
	}

	start(xml: XmlReader): void {
		const { depth } = xml;
		this.part = 0;
		if (depth === 0) {
			this.startRoot(xml);
			return;
		}
		const { items } = this;
		if (items === undefined) return;
		if (depth === 1) {
			const group = find(groupNames, xml);
			if (group > 0) {
				this.startGroup(xml, items, group);
				return;
			}
			this.group = 0;
			this.skipsGroup = false;
		}
		if (this.skipsGroup) return;
		const part = this.partOf(xml);
		if (part > 0) {
			this.part = part;
			this.partDepth = depth;
			this.begun = false;
			if (part === Part.title) items.putAttribute(Part.titleIcon, xml, iconIndexName);
			else if (part === Part.target) items.putAttribute(Part.method, xml, methodName);
		} else if (this.group === Part.item && xml.isNamed(touchName, true)) {
			const x1 = xml.attributeNumber(x1Name);
			const y1 = xml.attributeNumber(y1Name);
			const x2 = xml.attributeNumber(x2Name);
			const y2 = xml.attributeNumber(y2Name);
			if (x1 >= 0 && y1 >= 0 && x2 >= 0 && y2 >= 0) items.putArea(x1, y1, x2, y2);
		}
	}

	private startRoot(xml: XmlReader): void {
		const kind = find(rootNames, xml);
		if (kind === 0) {
			xml.refuse(`an object of IP Phone Services is expected, not <${xml.name}>`);
			return;
		}
		const items = this.open(kind);
		if (items === undefined) {
			xml.refuse("it may not be shown now");
			return;
		}
		for (let i = 0; i < rootAttributes.length; i += 1) {
			const [name, part] = rootAttributes[i] as readonly [Packed, number];
			items.putAttribute(part, xml, name);
		}
	}

	/** The part that an element holds, 0 for one that nobody needs. */
	private partOf(xml: XmlReader): number {
		const part = find(textNames, xml);
		const { group, kind } = this;
		if (group === 0) {
			if (part === Part.url) return Part.target;
			if (kind === Kind.background && xml.isNamed(imageName, true)) return Part.target;
			if (kind === Kind.ring && xml.isNamed(ringName, true)) return Part.target;
			if (part === Part.data) return shows(kind) ? part : 0;
			return part <= Part.index && part >= Part.name ? 0 : part;
		}
		if (part === Part.data) return group === Part.icon ? part : 0;
		return part === Part.text || part === Part.title || part === Part.prompt ? 0 : part;
	}

	private startGroup(xml: XmlReader, items: Items, group: number): void {
		this.group = group;
		this.groupFrom = items.used;
		this.skipsGroup = this.isFull(group) || !items.mark(group, group === Part.item ? this.spare : 0);
		if (this.skipsGroup) {
			items.cut = true;
			return;
		}
		if (group === Part.softkey) this.softkeys += 1;
		else if (group === Part.key) this.keys += 1;
		else if (group === Part.icon) this.icons += 1;
		else {
			this.groups += 1;
			if (this.kind !== Kind.execute && this.kind !== Kind.response && this.kind !== Kind.imageList) return;
			items.putAttribute(Part.priority, xml, priorityName);
			items.putAttribute(Part.status, xml, statusName);
			items.putAttribute(Part.data, xml, dataName);
			items.putAttribute(Part.url, xml, urlName);
		}
	}

	/** Whether there are as many groups of a kind as there may be. */
	private isFull(group: number): boolean {
		const { kind } = this;
		if (group === Part.item && this.items?.full === true) return true;
		if (group === Part.softkey) return this.softkeys >= mostSoftkeys;
		if (group === Part.key) return this.keys >= mostKeys;
		if (group === Part.icon) return this.icons >= mostIcons;
		if (kind === Kind.directory) return this.groups >= mostEntries;
		if (kind === Kind.input) return this.groups >= mostFields;
		if (kind === Kind.execute || kind === Kind.response) return this.groups >= mostOrders;
		return this.groups >= mostItems;
	}

	/** Octets that items leave to the rest: an object of few parts has none to wait for. */
	private get spare(): number {
		return this.kind >= Kind.execute ? 0 : spareForKeys;
	}

	end(xml: XmlReader): void {
		const { items, part } = this;
		if (part > 0 && xml.depth === this.partDepth && items !== undefined) this.take(xml, items, part);
		this.part = 0;
		if (xml.depth === 1) {
			// an item without its URL, or half a one, is worth nothing
			if (this.group === Part.item && !this.skipsGroup && this.overflows(items)) items?.rewind(this.groupFrom);
			this.group = 0;
			this.skipsGroup = false;
		}
	}

	private overflows(items: Items | undefined): boolean {
		return items?.full === true && this.kind < Kind.execute;
	}

	more(xml: XmlReader): boolean {
		const { items, part } = this;
		if (items === undefined) return false;
		if (part === Part.data) this.putPixels(xml, items);
		else if (part === Part.text) this.putText(xml, items);
		return part === Part.data || part === Part.text;
	}

	private putPixels(xml: XmlReader, items: Items): void {
		if (!this.begun)
			this.pictures.beginData(items, this.group === Part.icon ? items.group(Part.icon, this.icons - 1) : nowhere);
		this.begun = true;
		this.pictures.pixels(xml);
	}

	private putText(xml: XmlReader, items: Items): void {
		const spare = this.kind >= Kind.execute ? 0 : spareForSoftkeys;
		if (this.begun) items.append(xml, longestText, spare);
		else items.put(Part.text, xml, longestText, spare);
		this.begun = true;
	}

	/** Takes the text of an element that ends. */
	private take(xml: XmlReader, items: Items, part: number): void {
		if (part === Part.data) {
			if (!this.begun) xml.trimText();
			this.putPixels(xml, items);
			this.pictures.endData();
			return;
		}
		if (part === Part.text) {
			if (!this.begun) xml.trimText();
			this.putText(xml, items);
			return;
		}
		xml.trimText();
		const spare = this.group === Part.item ? this.spare : 0;
		if (part === Part.url || part === Part.urlDown || part === Part.target) items.putUrl(part, xml, spare);
		else items.put(part, xml, longestName, spare);
	}
}

/** Whether an object of a kind has a picture in itself; that of a status has no room here. */
function shows(kind: number): boolean {
	return kind === Kind.image || kind === Kind.graphicMenu;
}

/** What an element's name stands for, 0 where it is none of the names. */
function find(names: readonly Named[], xml: XmlReader): number {
	const { nameHash } = xml;
	for (let i = 0; i < names.length; i += 1) {
		const row = names[i] as Named;
		if (row.hash === nameHash && xml.isNamed(row.name, true)) return row.value;
	}
	for (let i = 0; i < names.length; i += 1) {
		const row = names[i] as Named;
		if (xml.isNamed(row.name, true)) return row.value;
	}
	return 0;
}
