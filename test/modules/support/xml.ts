// Documents as octets, and a visitor that writes down what it is told.
import { packed } from "xml/packed";
import { XmlReader, type XmlVisitor } from "xml/reader";

/** The octets of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
	const octets: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		if (code < 0x80) octets.push(code);
		else if (code < 0x800) octets.push(0xc0 | (code >> 6), 0x80 | (code & 63));
		else if (code < 0x10000) octets.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
		else {
			const low = [0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
			octets.push(0xf0 | (code >> 18), ...low);
		}
	}
	return Uint8Array.from(octets);
}

/** The octets of a text with one octet for each character. */
export function latin1(text: string): Uint8Array {
	const octets = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i += 1) octets[i] = text.charCodeAt(i);
	return octets;
}

/** Something that takes a document in pieces. */
interface Feedable {
	feed(octets: Uint8Array): boolean;
}

/** Feeds octets `step` at a time (all at once when 0) until they are refused. */
export function feed(reader: Feedable, octets: Uint8Array, step = 0): void {
	const size = step === 0 ? Math.max(octets.length, 1) : step;
	for (let at = 0; at < octets.length; at += size) if (!reader.feed(octets.subarray(at, at + size))) return;
}

/** Writes down tags as '+name', '-name' and the texts before them in quotes. */
export class Notes implements XmlVisitor {
	readonly lines: string[] = [];
	/** Attributes to ask each tag for. */
	attributes: readonly string[] = [];

	start(xml: XmlReader): void {
		this.text(xml);
		let line = `+${xml.name}`;
		for (const name of this.attributes) {
			const value = xml.attribute(packed(name));
			if (value !== undefined) line += ` ${name}=${value}`;
		}
		this.lines.push(line);
	}

	end(xml: XmlReader): void {
		this.text(xml);
		this.lines.push(`-${xml.name}`);
	}

	private text(xml: XmlReader): void {
		if (xml.textLength > 0) this.lines.push(`"${xml.text}"${xml.textCut ? " cut" : ""}`);
	}
}

/** What a document says, or in the last line why it is refused. */
export function read(octets: Uint8Array, step = 0, attributes: readonly string[] = []): string[] {
	const notes = new Notes();
	notes.attributes = attributes;
	const xml = new XmlReader();
	xml.begin(notes);
	feed(xml, octets, step);
	if (!xml.end()) notes.lines.push(xml.error);
	return notes.lines;
}
