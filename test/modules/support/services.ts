// A service without a phone: objects go into a session as octets, keys into the page that it shows; what it shows, says and runs is kept.
import { english, spoken } from "base/words";
import type { Key } from "hal/hardware";
import type { ServiceHost } from "services/host";
import { type Runner, Session } from "services/session";
import { PageHost } from "./page-host.js";
import { feed, utf8 } from "./xml.js";

export class ServiceRig extends PageHost implements ServiceHost, Runner {
	/** URIs that were run, with the priority behind those that have one, and pictures that were asked for. */
	readonly ran: string[] = [];
	readonly fetched: string[] = [];
	fetching = false;
	statusText = "";
	ring = "";
	background = "";
	/** How often the session has ended. */
	ends = 0;
	session = new Session(this, this);

	status(text: string, timer?: number): void {
		this.statusText = timer === undefined || timer < 0 ? text : `${text} from ${timer}`;
	}

	setRing(name: string): string {
		this.ring = name;
		return this.refusal;
	}

	setBackground(url: string): string {
		this.background = url;
		return this.refusal;
	}

	run(uri: string, priority: number): string {
		this.ran.push(priority === 0 ? uri : `${uri} ${priority}`);
		return this.refusal;
	}

	fetchPicture(url: string): string {
		this.fetched.push(url);
		return this.refusal;
	}

	left(): void {
		this.ends += 1;
		this.session = new Session(this, this);
	}

	/** Gives an object to the session, `step` octets at a time (0: all at once). @returns why it was refused, or ''. */
	give(object: string | Uint8Array, url = "http://127.0.0.1/a", step = 0): string {
		const { session } = this;
		session.begin(url);
		const octets = typeof object === "string" ? utf8(object) : object;
		feed({ feed: (piece) => session.take(piece) }, octets, step);
		return session.end();
	}

	/** The page as lines: title, prompt where there is one, lines with '>' at the chosen one, softkeys in brackets. */
	get shown(): string[] {
		const { page } = this;
		if (page === undefined) return [];
		const lines = [page.title];
		if (page.prompt !== "") lines.push(`(${page.prompt})`);
		for (let i = 0; i < page.count; i += 1) lines.push(`${i === page.selected ? "> " : ""}${page.line(i)}`);
		lines.push(`[${page.softkeys.join("|")}]`);
		return lines.map((line) => spoken(line, english).replaceAll("\u0080N", "Select").replaceAll("\u0080\b", "<<"));
	}

	press(...keys: (number | keyof typeof Key)[]): boolean {
		let taken = true;
		for (const key of keys) {
			this.clock.advance(100);
			taken = this.page?.key(key as number, this.clock.ticks) === true && taken;
		}
		return taken;
	}

	/** Presses a softkey by its label. */
	softkey(label: string): void {
		const { page } = this;
		const labels = this.shown[this.shown.length - 1]?.slice(1, -1).split("|") ?? [];
		const at = labels.indexOf(label);
		if (page === undefined || at < 0) throw new Error(`no softkey ${label} among ${labels.join()}`);
		page.softkey(at);
	}
}
