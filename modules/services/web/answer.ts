/*
 * Answers of the phone's web server: octets that are made as they are sent. Texts are UTF-8; what a page is made of comes in pieces, none
 * of which is kept, so that a page takes the memory of its largest piece.
 */
import { utf8 } from "base/octets";

/** What a request is answered with. */
export abstract class Answer {
	readonly status: number;
	/** Header Content-Type. */
	readonly type: string;
	/** Further lines of the head, each with its end. */
	readonly fields: string;

	constructor(status: number, type: string, fields = "") {
		this.status = status;
		this.type = type;
		this.fields = fields;
	}

	/** Octets of the body, -1 where only its end tells. */
	get length(): number {
		return -1;
	}

	/** Octets of the body that follow, into `target`. @returns how many there are; 0 behind the last of them. */
	abstract read(target: Uint8Array): number;

	/** No more is wanted, or all has been read. */
	close(): void {}
}

/** A body of texts, of which there is one at a time. */
abstract class Text extends Answer {
	/** Octets that have still to go, as characters, and from where on. */
	protected rest = "";
	protected at = 0;

	read(target: Uint8Array): number {
		let fill = 0;
		while (fill < target.length) {
			if (this.at === this.rest.length) {
				const text = this.next();
				if (text === undefined) break;
				this.rest = utf8(text);
				this.at = 0;
				continue;
			}
			target[fill] = this.rest.charCodeAt(this.at);
			fill += 1;
			this.at += 1;
		}
		return fill;
	}

	/** The text that follows, undefined behind the last. */
	protected abstract next(): string | undefined;
}

/** A body that is one short text. */
export class TextAnswer extends Text {
	private readonly size: number;

	constructor(status: number, type: string, text: string, fields = "") {
		super(status, type, fields);
		this.rest = utf8(text);
		this.size = this.rest.length;
	}

	override get length(): number {
		return this.size;
	}

	protected next(): undefined {
		return undefined;
	}
}

/** A body of pieces by number. */
export class PieceAnswer extends Text {
	private readonly piece: (index: number) => string | undefined;
	private index = 0;

	/** @param piece gives the piece of a number, '' for one that is left out, undefined behind the last. */
	constructor(type: string, piece: (index: number) => string | undefined) {
		super(200, type);
		this.piece = piece;
	}

	protected next(): string | undefined {
		const text = this.piece(this.index);
		this.index += 1;
		return text;
	}
}

/** Why a request is not answered as was hoped: a line for a person. */
export function refusal(status: number, why: string, fields = ""): Answer {
	return new TextAnswer(status, "text/plain; charset=utf-8", `${why}\n`, fields);
}
