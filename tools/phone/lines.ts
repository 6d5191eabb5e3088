/*
 * Splits a stream of octets into lines of UTF-8 text, whatever pieces they come in.
 */
import { StringDecoder } from "node:string_decoder";

export class LineSplitter {
	private readonly decoder = new StringDecoder("utf8");
	private rest = "";
	private readonly line: (line: string) => void;

	/** @param line is called with each line, without its end. */
	constructor(line: (line: string) => void) {
		this.line = line;
	}

	push(data: Buffer): void {
		const pieces = (this.rest + this.decoder.write(data)).split("\n");
		this.rest = pieces.pop() ?? "";
		for (const piece of pieces) this.line(piece);
	}
}
