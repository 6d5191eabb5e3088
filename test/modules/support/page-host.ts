// What rigs of services have of a phone: the page that it shows, what it tells the user, and what it writes into its log.
import type { Page } from "base/page";
import { english, spoken } from "base/words";
import { logWords } from "base/words-log";
import { FakeClock, FakePictures } from "./fakes.js";

export class PageHost {
	readonly clock = new FakeClock();
	readonly pictures = new FakePictures();
	readonly lines: string[] = [];
	notices: string[] = [];
	page: Page | undefined = undefined;
	talks = false;
	/** What the host answers. */
	refusal = "";

	show(page: Page): void {
		const before = this.page;
		this.page = page;
		if (before !== page) before?.closed();
	}

	pageChanged(): void {}

	hide(): void {
		const { page } = this;
		this.page = undefined;
		page?.closed();
	}

	notice(text: string): void {
		this.notices.push(spoken(text, english));
	}

	log(line: string): void {
		this.lines.push(spoken(line, logWords));
	}
}
