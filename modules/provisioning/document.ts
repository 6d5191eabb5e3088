/*
 * An XML file that is fetched as an errand: what dictionaries and ring lists have in common. A broken one is refused whole.
 */
import type { XmlReader, XmlVisitor } from "xml/reader";

/** What a file is read into. */
export interface Content extends XmlVisitor {
	/** Forgets what an earlier file said. */
	clear(): void;
}

export class XmlDocument {
	private readonly xml: XmlReader;
	private readonly content: Content;

	/** @param xml may serve others when no file is being read. */
	constructor(xml: XmlReader, content: Content) {
		this.xml = xml;
		this.content = content;
		content.clear();
		xml.begin(content);
	}

	/** @returns false when the file is broken: {@link XmlDocument.end} says where. */
	data(octets: Uint8Array): boolean {
		return this.xml.feed(octets);
	}

	/**
	 * @param partly whether what has been read in front of a fault is of use.
	 * @returns '' when the file has been read, else its line and fault; the content has forgotten all then, unless `partly`.
	 */
	end(partly = false): string {
		if (this.xml.end()) return "";
		if (!partly) this.content.clear();
		return this.xml.error;
	}
}
