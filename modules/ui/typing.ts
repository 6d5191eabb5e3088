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
/** Characters of star, of pound and of the keys 1 and 0 in a text, and what the letters of the others may be. */
const upperKeys: readonly string[] = Object.freeze(letters.map((own) => own.toUpperCase()));
const bothKeys: readonly string[] = Object.freeze(
	letters.map((own, key) => (key < 2 ? own : own.slice(0, -1) + own.slice(0, -1).toUpperCase() + own.slice(-1))),
);
const zero = " 0";
const one = ".@1,?!:;'\"()/-_";
const star = "*+&=%$<>[]{}\\|~^`";
const pound = "#";
const equationKeys = Object.freeze({ star: "+-*/%", pound: "=()<>^.," });
const nothing = "";
/** Within so many ms a key that is pressed again changes its character. */
const again = 1200;
/** Characters at most by a number of {@link Entry}. */
const longest: readonly number[] = Object.freeze([15, 5, 64, 64, 64, 64, 64, 64]);

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
		this.letters = this.isText || (this.mixed && !/^[0-9.]*$/.test(text));
	}

	/** Whether it is of a kind of {@link Entry} that has letters, and nothing else to choose. */
	private get isText(): boolean {
		return this.entry >= Entry.text && this.entry <= Entry.lower;
	}

	/** What a key goes through, '' for one that stands for itself. */
	private own(key: number): string {
		const { entry } = this;
		if (entry === Entry.equation) {
			if (key === Key.star) return equationKeys.star;
			return key === Key.pound ? equationKeys.pound : nothing;
		}
		if (!this.letters) return nothing;
		if (!this.isText) return letters[key] ?? nothing;
		if (key === Key.star) return star;
		if (key === Key.pound) return pound;
		if (key < 2) return key === 0 ? zero : one;
		return (entry === Entry.upper ? upperKeys : entry === Entry.lower ? letters : bothKeys)[key] ?? nothing;
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
		const own = this.own(key);
		if (own === "") {
			const { entry } = this;
			const dials = entry === Entry.telephone;
			if (full || (key === Key.pound && !dials)) return text;
			if (key === Key.star && !dials) return entry === Entry.number ? text : `${text}.`;
			return `${text}${key === Key.star ? "*" : key === Key.pound ? "#" : key}`;
		}
		if (full && !same) return text;
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
		const own = this.own(this.key);
		let text = "";
		for (let i = 0; i < own.length; i += 1)
			text += `${i === 0 ? "" : " "}${i === this.turn ? `[${own.charAt(i)}]` : own.charAt(i)}`;
		return text;
	}
}
