/*
 * What is in view of a page of text whose paragraphs are wrapped at words by the display's measure. No line is kept: those in view are
 * found again from where the first of them begins.
 */
import type { Page } from "base/page";
import type { Display } from "hal/hardware";
import { nextLine } from "hal/wrap";

/** By what a text is wrapped. */
export interface TextMeasure {
	fits: Display["fits"];
	/** Writes words of base/words out. */
	expand(text: string): string;
}

export type Paragraphs = Pick<Page, "count" | "line">;

export class PageText {
	readonly page: Paragraphs;
	/** Lines in all. */
	count = 0;
	/** Paragraph and place in it of line {@link first}. */
	private first = 0;
	private item = 0;
	private from = 0;
	/** The paragraph that was read last. */
	private readItem = -1;
	private text = "";

	constructor(page: Paragraphs) {
		this.page = page;
	}

	/** Counts the lines anew, since the text has changed; what was in view stays so where it can. */
	measure(by: TextMeasure): void {
		const { first } = this;
		this.rewind();
		let count = 0;
		while (this.item < this.page.count) {
			this.step(by);
			count += 1;
		}
		this.count = count;
		this.rewind();
		this.seek(Math.min(first, Math.max(count - 1, 0)), by);
	}

	/** Begins at a line, which is less than {@link count}. */
	seek(line: number, by: TextMeasure): void {
		if (line < this.first) this.rewind();
		for (; this.first < line; this.first += 1) this.step(by);
	}

	/** Shows so many lines from the one that {@link seek} has gone to. */
	show(rows: number, by: TextMeasure, screen: { setOverlayLine(index: number, line: string): void }): void {
		const { item, from } = this;
		for (let row = 0; row < rows; row += 1) screen.setOverlayLine(row, this.step(by));
		this.item = item;
		this.from = from;
		// a paragraph has half a kilobyte
		this.readItem = -1;
		this.text = "";
	}

	private rewind(): void {
		this.first = 0;
		this.item = 0;
		this.from = 0;
		this.readItem = -1;
	}

	/** @returns the line where it stands, and goes on to the next. */
	private step(by: TextMeasure): string {
		const { from, item } = this;
		if (item !== this.readItem) {
			this.readItem = item;
			this.text = by.expand(this.page.line(item));
		}
		const { text } = this;
		const end = from < text.length ? by.fits(text, from) : from;
		const next = nextLine(text, end);
		if (next < text.length) this.from = next;
		else {
			this.item = item + 1;
			this.from = 0;
		}
		return text.slice(from, end);
	}
}
