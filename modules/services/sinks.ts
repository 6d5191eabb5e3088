/*
 * Where what is fetched for a service goes: an object to the session that reads it, a picture to the page that wants it, and what a
 * notification is answered nowhere.
 */
import type { FetchSink } from "services/fetcher";
import type { Session } from "services/session";

/** Reads objects as they come. */
export interface PageReader {
	begin(url: string, plain: boolean): void;
	take(octets: Uint8Array): boolean;
	end(): void;
	failed(word: string, asked: string | undefined): void;
}

export class PageSink implements FetchSink {
	private readonly actions: PageReader;

	constructor(actions: PageReader) {
		this.actions = actions;
	}

	begin(url: string, plain: boolean): void {
		this.actions.begin(url, plain);
	}

	take(octets: Uint8Array): boolean {
		return this.actions.take(octets);
	}

	end(): void {
		this.actions.end();
	}

	failed(word: string, asked: string | undefined): void {
		this.actions.failed(word, asked);
	}
}

export class PictureSink implements FetchSink {
	private readonly session: Session;

	constructor(session: Session) {
		this.session = session;
	}

	begin(): void {}

	take(octets: Uint8Array): boolean {
		return this.session.takePicture(octets);
	}

	end(): void {
		this.session.endPicture();
	}

	failed(word: string): void {
		this.session.endPicture(word);
	}
}

/** What a notification is answered is of no interest. */
export class NotifySink implements FetchSink {
	private tries: number;
	private readonly over: (again: boolean) => void;

	constructor(tries: number, over: (again: boolean) => void) {
		this.tries = tries;
		this.over = over;
	}

	begin(): void {}

	take(): boolean {
		return true;
	}

	end(): void {
		this.over(false);
	}

	failed(): void {
		this.tries -= 1;
		this.over(this.tries > 0);
	}
}
