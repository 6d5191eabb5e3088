/*
 * Which pages look at the messages or the sound of which phone: a phone is asked for them while any does.
 */
import type { Insight } from "./insight.js";
import type { ServerMessage } from "./page/messages.js";

/** A page; what it is sent has to arrive before more is. */
export interface Watcher {
	readonly bufferedAmount: number;
}

/** A page that has so many octets waiting is told nothing more; it sees by the numbers that something is missing. */
const backlog = 1 << 20;

/** What can be looked at of a phone. */
class Seen<Page> {
	readonly pages = new Set<Page>();
	readonly #watch: (on: boolean) => void;

	constructor(watch: (on: boolean) => void) {
		this.#watch = watch;
	}

	set(page: Page, on: boolean): void {
		if (on) this.pages.add(page);
		else this.pages.delete(page);
		this.#watch(this.pages.size > 0);
	}
}

export class Watchers<Page extends Watcher> {
	readonly #phones: readonly { readonly wire: Seen<Page>; readonly audio: Seen<Page> }[];

	/** @param send tells one page something. */
	constructor(phones: readonly Insight[], send: (page: Page, message: ServerMessage) => void) {
		this.#phones = phones.map((insight, phone) => {
			const wire = new Seen<Page>((on) => insight.watchWire(on));
			const audio = new Seen<Page>((on) => insight.watchAudio(on));
			const tell = ({ pages }: Seen<Page>, message: ServerMessage): void => {
				for (const page of pages) if (page.bufferedAmount <= backlog) send(page, message);
			};
			insight.on("rung", (rung) => tell(wire, { type: "rung", phone, rung }));
			insight.on("audio", (sample) => tell(audio, { type: "audio", phone, sample }));
			return { wire, audio };
		});
	}

	/** A page looks at this of a phone from now on; nothing happens for a phone that there is not. */
	watch(page: Page, phone: number, wire: boolean, audio: boolean): void {
		const seen = this.#phones[phone];
		seen?.wire.set(page, wire);
		seen?.audio.set(page, audio);
	}

	/** A page is gone. */
	drop(page: Page): void {
		for (const phone of this.#phones.keys()) this.watch(page, phone, false, false);
	}
}
