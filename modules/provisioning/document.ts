/*
 * An XML file as a transfer's consumer: what dictionaries and ring lists have in common. A broken one is refused whole.
 */
import type { Consumer } from "net/transfer";
import type { XmlReader, XmlVisitor } from "xml/reader";

/** What a file is read into. */
export interface Content extends XmlVisitor {
	/** Forgets what an earlier file said. */
	clear(): void;
}

/** Who waits for a file. */
export interface DocumentListener {
	/** @param problem '' when the file has been read, else why not: its line and fault, or that it did not come. */
	documentRead(problem: string): void;
}

export class XmlDocument implements Consumer {
	private readonly xml: XmlReader;
	private readonly content: Content;
	private readonly listener: DocumentListener;

	/** @param xml may serve others when no file is being read. */
	constructor(xml: XmlReader, content: Content, listener: DocumentListener) {
		this.xml = xml;
		this.content = content;
		this.listener = listener;
	}

	begin(): void {
		this.content.clear();
		this.xml.begin(this.content);
	}

	/** A broken file is taken in to its end and refused then: within a transfer no other one can be begun. */
	data(octets: Uint8Array): boolean {
		this.xml.feed(octets);
		return true;
	}

	end(): void {
		if (this.xml.end()) this.listener.documentRead("");
		else this.refuse(this.xml.error);
	}

	failed(_reason: number, text: string): void {
		this.refuse(text);
	}

	private refuse(problem: string): void {
		this.content.clear();
		this.listener.documentRead(problem);
	}
}
