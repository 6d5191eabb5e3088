// A document as the phone's own reader of XML has it: its root, and the texts of the elements below by their names.
import { XmlReader, type XmlVisitor } from "xml/reader";
import { feed, latin1 } from "./xml.js";

export interface Elements {
	readonly root: string;
	/** Of elements of the same name the last. */
	readonly values: Record<string, string>;
}

/** Reads a document, octets as characters; throws when it is none. */
export function read(document: string): Elements {
	let root = "";
	const values: Record<string, string> = {};
	const visitor: XmlVisitor = {
		start(xml) {
			if (xml.depth === 0) root = xml.name;
		},
		end(xml) {
			if (xml.depth > 0) values[xml.name] = xml.text;
		},
	};
	const xml = new XmlReader();
	xml.begin(visitor);
	feed(xml, latin1(document));
	if (!xml.end()) throw new Error(`${xml.error}: ${document.slice(0, 200)}`);
	return { root, values };
}
