/*
 * How a text is typed on the twelve keys: digits, with star as the dot; and where there may be letters, each key's own one after the other
 * as it is pressed again (ITU-T E.161), as Cisco's phones have it.
 */
import { Entry } from "base/menu";
import { Key } from "hal/hardware";

/** Characters of each key while letters are typed. */
const letters: readonly string[] = Object.freeze([
	"0",
	"-1_",
	"abc2",
	"def3",
	"ghi4",
	"jkl5",
	"mno6",
	"pqrs7",
	"tuv8",
	"wxyz9",
]);
/** Within so many ms a key that is pressed again changes its character. */
const again = 1200;
/** Characters at most by a number of {@link Entry}. */
const longest: readonly number[] = Object.freeze([15, 5, 64]);

export class Typing {
	/** Whether keys are letters now. */
	letters: boolean;
	/** A number of {@link Entry}. */
	private readonly entry: number;
	/** The key whose characters are gone through, -1 for none; which of them stands there; when it was pressed last. */
	private key = -1;
	private turn = 0;
	private ticks = 0;

	/** @param text what is there already: a name is gone on with as one, all else begins with digits. */
	constructor(entry: number, text: string) {
		this.entry = entry;
		this.letters = this.mixed && !/^[0-9.]*$/.test(text);
	}

	/** Whether letters and digits can be typed in turn. */
	get mixed(): boolean {
		return this.entry === Entry.host;
	}

	/** A key of the dial pad was pressed. @returns the text with it. */
	press(text: string, key: number, ticks: number): string {
		const same = key === this.key && ticks - this.ticks < again;
		this.key = -1;
		const full = text.length >= (longest[this.entry] as number);
		if (key === Key.pound) return text;
		if (key === Key.star) return full || this.entry === Entry.number ? text : `${text}.`;
		if (!this.letters) return full ? text : `${text}${key}`;
		if (full && !same) return text;
		const own = letters[key] as string;
		this.key = key;
		this.turn = same ? (this.turn + 1) % own.length : 0;
		this.ticks = ticks;
		return `${same ? text.slice(0, -1) : text}${own.charAt(this.turn)}`;
	}

	/** The next press is of another character, even of the same key. */
	settle(): void {
		this.key = -1;
	}

	/** From letters to digits and back. */
	change(): void {
		this.settle();
		this.letters = !this.letters;
	}

	/** What the key pressed last goes through, with the one that stands there in brackets; '' while it is none of letters. */
	get choices(): string {
		if (this.key < 0) return "";
		const own = letters[this.key] as string;
		let text = "";
		for (let i = 0; i < own.length; i += 1)
			text += `${i === 0 ? "" : " "}${i === this.turn ? `[${own.charAt(i)}]` : own.charAt(i)}`;
		return text;
	}
}
