/*
 * A streaming XML reader: takes a document in pieces of any size and tells a visitor of its tags. XML 1.0 without document type
 * declarations, which are refused. Own code because the well-kept streaming readers (saxes, sax, sax-wasm) make strings and
 * objects of every token, or need WebAssembly, and this phone has 64 KB: here a document passes through one fixed buffer,
 * names are compared where they lie, and a string is made only when somebody asks for it.
 */
import { Limits } from "limits";
import { beginsName, Char, Encoding, encodingOf, isName, isSpace, shown } from "xml/characters";
import { isPacked, packed } from "xml/packed";
import { codeOf, decode, putCode } from "xml/text";
import { XmlToken } from "xml/token";

/** Who is told of tags. Everything of the reader that a method may look at is valid during the call only. */
export interface XmlVisitor {
	/** An element begins: its name and attributes; `text` is what stood before the tag. */
	start(xml: XmlReader): void;
	/** An element ends, `<a/>` included: its name; `text` is what stood before the tag, back to the last one. */
	end(xml: XmlReader): void;
	/**
	 * The text of the innermost element has become as long as the reader keeps: `text` is as much of it. Who takes it gets the rest in further
	 * pieces, the last one at the element's end; without this method, or where it is false, the rest is cut.
	 */
	more?(xml: XmlReader): boolean;
}

/** {@link XmlReader.lenientFrom} as long as nothing wrong is let through. */
export const strict = 0xffff;

const nobody: XmlVisitor = Object.freeze({ start: () => {}, end: () => {} });

/** Where the reader stands in the document. */
const State = Object.freeze({
	text: 0,
	/** Behind '<'. */
	open: 1,
	/** In a tag's name, between attributes, in an attribute's name, behind it, before its value, in it. */
	name: 2,
	inTag: 3,
	attribute: 4,
	afterAttribute: 5,
	beforeValue: 6,
	value: 7,
	/** Behind the '/' of '<a/'. */
	empty: 8,
	/** In the name of '</a' and behind it. */
	endName: 9,
	afterEndName: 10,
	/** Behind '<!', in a comment, in a CDATA section, in a processing instruction. */
	declaration: 11,
	comment: 12,
	cdata: 13,
	instruction: 14,
	/** In a reference such as '&amp;', in text or in an attribute's value. */
	textReference: 15,
	valueReference: 16,
	/** In what is left of a tag whose attributes are none, and behind a '/' there. */
	junk: 17,
	junkSlash: 18,
});

/** What can stand behind '<!'. */
const commentOpens: readonly number[] = Object.freeze([45, 45]);
const cdataOpens: readonly number[] = Object.freeze([91, 67, 68, 65, 84, 65, 91]);
const doctypeOpens: readonly number[] = Object.freeze([68, 79, 67, 84, 89, 80, 69]);
const nothing: readonly number[] = Object.freeze([]);
/** Words of the XML declaration. */
const xmlTarget = packed("xml");
const encodingName = packed("encoding");
const emptyReason = "an element is expected: the file is empty";
/** Octets of a reference between & and ;. */
const referenceLength = 10;
/** Octets of the XML declaration that are looked at. */
const declarationLength = 160;

export class XmlReader extends XmlToken {
	/** What is wrong with the document; '' as long as nothing is. */
	reason = "";
	/** Line that is being read, from 1; where something is wrong, that one. */
	line = 1;
	/** Elements that are open; the root's own tag finds 0, and so does its end. */
	depth = 0;
	/**
	 * Depth from which on nobody looks at elements, as a visitor has set it: end tags that fit no start tag, and references that are unknown,
	 * are no reason to refuse the document there.
	 */
	lenientFrom = strict;
	/**
	 * Whether attributes that are none are passed over, with the rest of their tag ({@link skipsAttributes} tells), and what stands behind the
	 * root element and is no tag.
	 */
	lenientTags = false;
	/**
	 * Whether a plain '&', a reference that is unknown and control characters stand for themselves: documents made by hand and by scripts have
	 * them in URLs. A tag that is too long loses attributes instead of refusing the document.
	 */
	lenientText = false;
	/** Whether something of the present tag was passed over; only in a visitor's `start`. */
	skipsAttributes = false;

	private visitor: XmlVisitor = nobody;
	private state = 0;
	/** Octets of the document so far, as far as the beginning is looked at, and whether the last one was a CR. */
	private position = 0;
	private afterReturn = false;
	private rootSeen = false;
	/** Whether the tag before was a start tag: the innermost element has no other one within. */
	private isLeaf = false;
	/** Where the attribute, its value, or the reference that is being read begins. */
	private mark = 0;
	/** Where the present attribute begins, its name's length included. */
	private attributeFrom = 0;
	/** What ends the attribute's value; octets of '-->', ']]>', '?>' or of a word behind '<!' that have come. */
	private quote = 0;
	private matched = 0;
	private word = nothing;

	/** {@link reason} with the line in front: 'line 3: ...'; '' as long as nothing is wrong. */
	get error(): string {
		return this.reason === "" ? "" : `line ${this.line}: ${this.reason}`;
	}

	/** Makes ready for a new document and whom to tell of it. */
	begin(visitor: XmlVisitor): void {
		this.visitor = visitor;
		this.reason = "";
		this.line = 1;
		this.depth = 0;
		this.state = State.text;
		this.encoding = Encoding.utf8;
		this.position = 0;
		this.afterReturn = false;
		this.rootSeen = false;
		this.isLeaf = false;
		this.lenientFrom = strict;
		this.lenientTags = false;
		this.lenientText = false;
		this.base = 0;
		this.clearText();
	}

	/**
	 * Reads on: octets `from` to `to`. False when the document is broken or refused; {@link reason} then says why, and nothing more is read.
	 */
	feed(octets: Uint8Array, from = 0, to = octets.length): boolean {
		const length = to;
		let at = from;
		while (at < length && this.reason === "") {
			let octet = octets[at++] as number;
			if (octet < Char.space) {
				if (octet === Char.lineFeed && this.afterReturn) {
					this.afterReturn = false;
					continue;
				}
				octet = this.control(octet);
			} else {
				this.afterReturn = false;
				if (this.position < 3 && this.byteOrderMark(octet)) continue;
			}
			this.step(octet);
			if (!this.afterReturn) at = this.skip(octets, at, length);
		}
		return this.reason === "";
	}

	/** Takes in a run of octets that mean nothing but themselves, for speed; gives the place behind them. */
	private skip(octets: Uint8Array, from: number, length: number): number {
		let at = from;
		if (this.state === State.text && this.base > 0) {
			const buffer = this.octets;
			const room = this.base + Limits.xmlText;
			let to = this.textTo;
			while (at < length && to < room) {
				const octet = octets[at] as number;
				if (octet < Char.space || octet > 0x7f || octet === Char.lessThan || octet === Char.ampersand) break;
				buffer[to++] = octet;
				at += 1;
			}
			this.textTo = to;
		} else if (this.state === State.comment && this.matched === 0) {
			while (at < length) {
				const octet = octets[at] as number;
				if (octet < Char.space || octet === Char.dash) break;
				at += 1;
			}
		}
		return at;
	}

	/** The document is over. False when it is broken or not complete. */
	end(): boolean {
		if (this.reason !== "") return false;
		if (this.depth > 0) {
			this.selectOpen();
			this.refuse(`</${this.name}> is missing: the file ends here`);
		} else if (this.state !== State.text) this.refuse("the file ends within a tag");
		else if (!this.rootSeen) this.refuse(emptyReason);
		return this.reason === "";
	}

	/** Whether no element has come, and nothing wrong either. */
	get isEmpty(): boolean {
		return !this.rootSeen && (this.reason === "" || this.reason === emptyReason);
	}

	/** Whether the root element has ended, in a document behind which nothing counts ({@link lenientTags}). */
	get isOver(): boolean {
		return this.lenientTags && this.rootSeen && this.depth === 0 && this.state === State.text;
	}

	protected override full(): boolean {
		return this.visitor.more?.(this) ?? false;
	}

	/** Refuses the document: reading ends, with this {@link reason}, unless there is one already. */
	refuse(reason: string): void {
		if (this.reason === "") this.reason = reason;
	}

	/** Counts lines and makes every end of a line one LF; control characters are no XML. */
	private control(octet: number): number {
		if (octet === Char.carriageReturn || octet === Char.lineFeed) {
			this.line += 1;
			this.afterReturn = octet === Char.carriageReturn;
			return Char.lineFeed;
		}
		if (octet !== 9 && this.lenientText && octet !== 0) return Char.space;
		if (octet !== 9 && !this.isOver) this.refuse(`${shown(octet)} has no place in XML`);
		return octet;
	}

	/** Looks at the first octets of the document; true for those of UTF-8's byte order mark, which are skipped. */
	private byteOrderMark(octet: number): boolean {
		const { position } = this;
		this.position = position + 1;
		if (octet === (position === 0 ? 0xef : position === 1 ? 0xbb : 0xbf)) return true;
		this.position = 3;
		if (octet > 0xfd) this.refuse("UTF-16 is not read: UTF-8, ISO-8859-1 or windows-1252 is expected");
		return false;
	}

	private step(octet: number): void {
		const { state } = this;
		if (state === State.text) this.inText(octet);
		else if (state === State.open) this.behindOpen(octet);
		else if (state === State.name) this.inName(octet);
		else if (state < State.endName) this.inTag(octet);
		else if (state < State.declaration) this.inEndTag(octet);
		else if (state === State.declaration) this.inDeclaration(octet);
		else if (state === State.comment) this.inComment(octet);
		else if (state === State.cdata) this.inCdata(octet);
		else if (state === State.instruction) this.inInstruction(octet);
		else if (state < State.junk) this.inReference(octet);
		else this.inJunk(octet);
	}

	/** Adds an octet to the present tag. */
	private putTag(octet: number): void {
		if (this.to < this.textTo + Limits.xmlTag) this.octets[this.to++] = octet;
		else this.overflow();
	}

	/** The present tag is too long. */
	private overflow(): void {
		const { state } = this;
		const inAttribute = state === State.attribute || state === State.value || state === State.valueReference;
		if (!this.lenientText || !inAttribute) {
			this.refuse(`a tag has more than ${Limits.xmlTag} octets`);
			return;
		}
		this.skipsAttributes = true;
		this.to = this.attributeFrom;
		this.state = State.junk;
	}

	private putTagCode(code: number): void {
		if (this.to + 4 <= this.textTo + Limits.xmlTag) this.to = putCode(this.octets, this.to, code);
		else this.overflow();
	}

	private putName(octet: number, from: number): void {
		if (this.to - from >= Limits.xmlName) this.refuse(`a name has more than ${Limits.xmlName} octets`);
		else this.putTag(octet);
	}

	private inText(octet: number): void {
		if (octet === Char.lessThan) {
			this.state = State.open;
			this.to = this.textTo;
		} else if (this.depth === 0) {
			if (!isSpace(octet) && !this.isOver) this.refuse(`'<' is expected outside the root element, not ${shown(octet)}`);
		} else if (octet === Char.ampersand) {
			this.state = State.textReference;
			this.to = this.textTo;
			this.mark = this.to;
		} else this.putText(octet);
	}

	private behindOpen(octet: number): void {
		this.mark = this.to;
		this.matched = 0;
		if (octet === Char.slash) {
			if (this.depth === 0) this.refuse("an end tag without an element");
			this.state = State.endName;
		} else if (octet === Char.exclamation) {
			this.state = State.declaration;
			this.word = nothing;
		} else if (octet === Char.question) this.state = State.instruction;
		else if (beginsName(octet)) {
			if (this.depth === 0 && this.rootSeen) this.refuse("a second root element");
			else if (this.depth >= Limits.xmlDepth) this.refuse(`more than ${Limits.xmlDepth} elements in each other`);
			this.state = State.name;
			this.skipsAttributes = false;
			this.nameFrom = this.to;
			this.nameHash = octet;
			this.putTag(octet);
		} else this.refuse(`a name is expected behind '<', not ${shown(octet)}`);
	}

	private inName(octet: number): void {
		if (isName(octet)) {
			this.nameHash = (this.nameHash * 31 + octet) & 0xffff;
			this.putName(octet, this.nameFrom);
		} else {
			this.nameTo = this.to;
			this.state = State.inTag;
			this.inTag(octet);
		}
	}

	/** Between the name of a tag and its '>'. */
	private inTag(octet: number): void {
		switch (this.state) {
			case State.inTag:
				if (octet === Char.greaterThan) this.finishStart(false);
				else if (octet === Char.slash) this.state = State.empty;
				else if (beginsName(octet)) {
					this.state = State.attribute;
					this.attributeFrom = this.to;
					this.mark = this.to;
					this.putTag(0);
					this.putTag(octet);
				} else if (!isSpace(octet)) this.junk(this.to, octet, "'>' is expected, not");
				return;
			case State.empty:
				if (octet === Char.greaterThan) this.finishStart(true);
				else this.junk(this.to, octet, "'>' is expected behind '/', not");
				return;
			case State.attribute:
				if (isName(octet)) this.putName(octet, this.mark);
				else {
					this.octets[this.mark] = this.to - this.mark - 1;
					this.state = State.afterAttribute;
					this.inTag(octet);
				}
				return;
			case State.afterAttribute:
				if (octet === Char.equals) this.state = State.beforeValue;
				else if (!isSpace(octet)) this.junk(this.mark, octet, "'=' is expected behind an attribute's name, not");
				return;
			case State.beforeValue:
				if (octet === Char.doubleQuote || octet === Char.singleQuote) {
					this.quote = octet;
					this.state = State.value;
					this.putTag(0);
					this.putTag(0);
					this.mark = this.to;
				} else if (!isSpace(octet)) this.junk(this.mark, octet, "a quote is expected behind '=', not");
				return;
			default:
				this.inValue(octet);
		}
	}

	/** What stands in a tag from `from` on is no attribute: refuses the document, or passes over the rest of the tag. */
	private junk(from: number, octet: number, expected: string): void {
		if (!this.lenientTags) {
			this.refuse(`${expected} ${shown(octet)}`);
			return;
		}
		this.skipsAttributes = true;
		this.to = from;
		this.state = State.junk;
		this.inJunk(octet);
	}

	private inJunk(octet: number): void {
		if (octet === Char.greaterThan) this.finishStart(this.state === State.junkSlash);
		else if (octet === Char.lessThan) this.refuse("'>' is expected, not '<'");
		else this.state = octet === Char.slash ? State.junkSlash : State.junk;
	}

	private inValue(octet: number): void {
		if (octet === this.quote) {
			const length = this.to - this.mark;
			this.octets[this.mark - 2] = length >> 8;
			this.octets[this.mark - 1] = length & 255;
			this.state = State.inTag;
		} else if (octet === Char.lessThan)
			this.refuse("an attribute's value holds '<' (write '&lt;', or its quote is missing)");
		else if (octet === Char.ampersand) {
			this.state = State.valueReference;
			this.matched = this.to;
		} else if (isSpace(octet)) this.putTag(Char.space);
		else if (octet < 0x80 || this.encoding === Encoding.utf8) this.putTag(octet);
		else this.putTagCode(codeOf(octet));
	}

	private finishStart(empty: boolean): void {
		this.rootSeen = true;
		this.state = State.text;
		if (this.base + Limits.xmlName + 1 + Limits.xmlText + Limits.xmlTag > this.octets.length) {
			this.refuse("names of open elements are too long");
			return;
		}
		this.visitor.start(this);
		this.pushName();
		this.depth += 1;
		this.isLeaf = true;
		if (empty && this.reason === "") this.finishEnd();
	}

	/** Whether the document says that each of its characters is one octet. */
	get isSingleOctets(): boolean {
		return this.encoding !== Encoding.utf8;
	}

	/** The innermost open element ends. */
	private finishEnd(): void {
		this.state = State.text;
		this.isLeaf = false;
		this.selectOpen();
		this.depth -= 1;
		this.visitor.end(this);
		this.popName();
	}

	private inEndTag(octet: number): void {
		if (this.state === State.endName && isName(octet)) {
			this.putName(octet, this.mark);
			return;
		}
		this.state = State.afterEndName;
		if (octet !== Char.greaterThan) {
			if (!isSpace(octet)) this.refuse(`'>' is expected, not ${shown(octet)}`);
			return;
		}
		if (this.isOpenName(this.mark, this.to) || this.forgive()) {
			this.finishEnd();
			return;
		}
		// where it does not count and is no element's, it ends nothing
		this.state = State.text;
		if (this.depth > this.lenientFrom && this.openAbove(this.mark, this.to, this.depth) < 0) return;
		this.selectOpen();
		this.refuse(`</${this.name}> is expected, not </${decode(this.octets, this.mark, this.to)}>`);
	}

	/**
	 * An end tag is not that of the innermost element. Where that does not count, it ends the element around that has its name, with what is
	 * within; or the innermost one, where no element has it and that one holds text alone.
	 * @returns whether the element that is the innermost then ends.
	 */
	private forgive(): boolean {
		const { depth, lenientFrom, mark, to } = this;
		if (depth <= lenientFrom) return false;
		let above = this.openAbove(mark, to, depth - lenientFrom);
		if (above < 0) return this.isLeaf && this.openAbove(mark, to, depth) < 0;
		for (; above > 0 && this.reason === ""; above -= 1) this.finishEnd();
		return this.reason === "";
	}

	/** Behind '<!': finds out what it is. */
	private inDeclaration(octet: number): void {
		if (this.matched === 0) {
			if (octet === Char.dash) this.word = commentOpens;
			else if (octet === Char.leftBracket) this.word = cdataOpens;
			else if (octet === Char.letterD) this.word = doctypeOpens;
		}
		if (octet !== this.word[this.matched]) {
			this.refuse(`a comment or a CDATA section is expected behind '<!', not ${shown(octet)}`);
			return;
		}
		this.matched += 1;
		if (this.matched < this.word.length) return;
		this.matched = 0;
		if (this.word === commentOpens) this.state = State.comment;
		else if (this.word === cdataOpens) {
			if (this.depth === 0) this.refuse("a CDATA section outside the root element");
			this.state = State.cdata;
		} else this.refuse("a document type declaration is refused");
	}

	private inComment(octet: number): void {
		if (octet === Char.dash) this.matched = Math.min(this.matched + 1, 2);
		else if (octet === Char.greaterThan && this.matched === 2) this.state = State.text;
		else this.matched = 0;
	}

	private inCdata(octet: number): void {
		if (octet === Char.rightBracket) {
			if (this.matched < 2) this.matched += 1;
			else this.putText(octet);
			return;
		}
		if (octet === Char.greaterThan && this.matched === 2) {
			this.state = State.text;
			return;
		}
		for (; this.matched > 0; this.matched -= 1) this.putText(Char.rightBracket);
		this.putText(octet);
	}

	/** In a processing instruction: only the XML declaration is looked at. */
	private inInstruction(octet: number): void {
		if (octet === Char.question) this.matched = 1;
		else if (octet === Char.greaterThan && this.matched === 1) {
			this.state = State.text;
			this.finishInstruction();
			return;
		} else this.matched = 0;
		if (this.to - this.mark < declarationLength) this.octets[this.to++] = octet;
	}

	private finishInstruction(): void {
		const { mark, octets, to } = this;
		if (this.rootSeen || to - mark < 4 || !isPacked(octets, mark, mark + 3, xmlTarget, false)) return;
		for (let at = mark + 3; at + 10 < to; at += 1) {
			if (!isPacked(octets, at, at + 8, encodingName, false)) continue;
			let from = at + 8;
			while (from < to && (isSpace(octets[from] as number) || octets[from] === Char.equals)) from += 1;
			const quote = octets[from++];
			let end = from;
			while (end < to && octets[end] !== quote) end += 1;
			const name = decode(octets, from, end);
			const encoding = encodingOf(name);
			if (encoding === undefined) {
				this.refuse(`encoding "${name}" is not read: UTF-8, ISO-8859-1 or windows-1252 is expected`);
			} else this.encoding = encoding;
			return;
		}
	}

	/** In a reference; what stands between & and ; lies behind what is kept. */
	private inReference(octet: number): void {
		const inValue = this.state === State.valueReference;
		const from = inValue ? this.matched : this.mark;
		if (octet !== Char.semicolon) {
			if (this.to - from < referenceLength && (isName(octet) || octet === Char.number)) this.putTag(octet);
			else if (this.lenientText) {
				this.putPlain(from, inValue);
				this.step(octet);
			} else if (this.depth > this.lenientFrom) {
				// a plain & among text that nobody wants
				this.to = from;
				this.state = inValue ? State.value : State.text;
				this.step(octet);
			} else this.refuse(`'&${decode(this.octets, from, this.to)}' is no reference (a plain & is written '&amp;')`);
			return;
		}
		const code = this.reference(from, this.to);
		if (code < 0 && this.lenientText) {
			this.putPlain(from, inValue);
			this.step(octet);
			return;
		}
		if (code < 0 && this.depth > this.lenientFrom) {
			this.to = from;
			this.state = inValue ? State.value : State.text;
			return;
		}
		if (code < 0) {
			this.refuse(`'&${decode(this.octets, from, this.to)};' is unknown`);
			return;
		}
		this.to = from;
		if (inValue) {
			this.state = State.value;
			this.putTagCode(code);
		} else {
			this.state = State.text;
			this.putTextCode(code);
		}
	}

	/** What was taken for a reference, from `from` on, is text with a '&' in front. */
	private putPlain(from: number, inValue: boolean): void {
		const count = this.to - from;
		this.octets.copyWithin(from + 1, from, this.to);
		this.octets[from] = Char.ampersand;
		this.to = from;
		this.state = inValue ? State.value : State.text;
		for (let i = 0; i <= count && (!inValue || this.state === State.value); i += 1) {
			const octet = this.octets[from + i] as number;
			if (inValue) this.putTag(octet);
			else this.putText(octet);
		}
	}
}
