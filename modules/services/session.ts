/*
 * One open service: an object is read as it comes, by HTTP, a push or CGI alike, and shown as a page or done. The buffers that it needs
 * are made with it and let go with it; what was shown before stays until the new object has begun to be one.
 */
import { Word } from "base/words";
import type { TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import { logged, schemeOf } from "net/url";
import { errorText, responseText } from "services/answers";
import type { ServiceHost } from "services/host";
import { InputPage } from "services/input";
import { Items } from "services/items";
import { Kind, Part } from "services/kinds";
import { ObjectReader } from "services/object";
import { ObjectPage } from "services/page";
import { PictureFeed } from "services/picture-feed";

/** Who runs the URIs of a session's objects and fetches what they name. */
export interface Runner {
	/**
	 * Runs a URI: http(s):, Key:, Dial: and the rest; a reference without a scheme is relative to the session's `url`.
	 * @param priority of an item of CiscoIPPhoneExecute: 0 at once, 1 when the phone is idle, 2 only if it is idle now.
	 * @returns '' or why not, in words that the display can show.
	 */
	run(uri: string, priority: number): string;
	/**
	 * Fetches the file of a picture, as octets for {@link Session.takePicture}, and {@link Session.endPicture} behind them.
	 * @returns '' or why not.
	 */
	fetchPicture(url: string): string;
	/** Whether something is on its way that the user waits for. */
	readonly fetching: boolean;
	/** Shows CiscoIPPhoneStatus on the call plane. @param timer seconds from which it counts up beside the text, -1 for none. */
	status(text: string, timer: number): void;
	/** The last page was left: the session ends. */
	left(): void;
}

/** URLs that can be gone back to, and characters of all of them. */
const mostBack = 6;
const backLength = 320;
/** Octets for an object that is no page: an Execute with the longest URL and, as the guide has it, two URIs of the phone beside it. */
const ordersSize = 448;
const second = 1000;

/** Numbers of CiscoIPPhoneError (guide, "CiscoIPPhoneError"). */
export const ObjectError = Object.freeze({
	none: 0,
	parsing: 1,
	framing: 2,
	internal: 3,
	authentication: 4,
	size: 5,
	unknown: 6,
});

export class Session {
	/** The page that is shown; undefined before the first one has come. */
	page: ObjectPage | undefined = undefined;
	/** Where the object that is shown came from, '' for one that was pushed. */
	url = "";
	/** What was chosen last: the title of an object that has none. */
	chosen = "";
	/** What the object that was read last is, a number of {@link Kind}. */
	kind: number = Kind.none;
	readonly host: ServiceHost;
	readonly runner: Runner;
	readonly feed: PictureFeed;
	/** Counts the objects that have begun: whoever began one sees whether another has taken its place. */
	turn = 0;
	/** Says of a kind of object that is about to take the place of what is shown whether it may; undefined where all may. */
	guard: ((kind: number) => boolean) | undefined = undefined;
	/** URL of the header Refresh, or the object's own; '' for none. */
	refreshUrl = "";
	/** Only while an object is coming. */
	private reader: ObjectReader | undefined = undefined;
	private readonly pageItems = new Items(new Uint8Array(Limits.serviceItems));
	/** What is done at once, for the time of it. */
	private orders: Items | undefined = undefined;
	/** What of {@link ObjectError} ended the last object, and what came of each of its items. */
	private error: number = ObjectError.none;
	private readonly results: string[] = [];
	private readonly before: string[] = [];
	private coming = "";
	/** What the page that gives way to another wants to be run. */
	private closing = "";
	/** Whether what comes, and what is shown, was out of date when it came. */
	private comingExpired = false;
	private expired = false;
	/** The object that comes takes the place of the one shown, instead of lying above it. */
	private replaces = false;
	private refreshTimer: TimerHandle | undefined = undefined;
	/** Seconds until what is shown is fetched again, 0 where the user has to ask for it. */
	private refreshTime = 0;

	constructor(host: ServiceHost, runner: Runner) {
		this.host = host;
		this.runner = runner;
		this.feed = new PictureFeed(host.pictures);
	}

	/**
	 * Begins an object; one that was coming is given up.
	 * @param url where it comes from, '' for one that is pushed. @param plain it is a text and no XML (text/plain).
	 */
	begin(url: string, plain = false): void {
		this.turn += 1;
		this.guard = undefined;
		this.error = ObjectError.none;
		this.results.length = 0;
		this.coming = url;
		this.kind = Kind.none;
		this.orders = undefined;
		this.reader ??= new ObjectReader(this, this.feed);
		this.reader.begin(plain);
	}

	/** Whether all of the object has come: what follows does not count. */
	get whole(): boolean {
		return this.reader?.whole === true;
	}

	/** An object is coming: its rest is awaited. */
	get reading(): boolean {
		return this.reader !== undefined;
	}

	/** Takes octets `from` to `to` of a buffer that belongs to the caller. @returns false when no more is wanted: {@link end} says why. */
	take(octets: Uint8Array, from = 0, to = octets.length): boolean {
		return this.reader?.feed(octets, from, to) ?? false;
	}

	/**
	 * The object is at its end: it is shown, or done. @param expired it was out of date when it came: who goes back passes over it.
	 * @returns '' or why it can be neither, in English.
	 */
	end(expired = false): string {
		this.comingExpired = expired;
		const { host, reader } = this;
		if (reader === undefined) return "no object has begun";
		this.reader = undefined;
		const reason = reader.complete();
		const items = this.orders ?? this.pageItems;
		if (reader.cut)
			host.log(`services: no room for all of ${logged(this.coming) || "a pushed object"}: the rest is left out`);
		if (reason !== "") {
			if (this.error === ObjectError.none) this.error = ObjectError.parsing;
			this.fail(Word.serviceBroken);
			host.log(`services: ${logged(this.coming) || "a pushed object"} refused: ${reason}`);
		} else if (this.kind < Kind.execute) this.showPage(items);
		else this.act(items);
		this.orders = undefined;
		return reason;
	}

	/** The rest of the object does not come. */
	cancel(): void {
		this.reader = undefined;
		if (this.kind !== Kind.none && this.orders === undefined) this.fail(Word.serviceBroken);
		this.orders = undefined;
		this.kind = Kind.none;
		this.replaces = false;
	}

	/** What is sent back for the object that was read last, by CGI or a push: CiscoIPPhoneResponse or CiscoIPPhoneError. */
	get answer(): string {
		return this.error === ObjectError.none ? responseText(this.results) : errorText(this.error);
	}

	/** Header Refresh of the object that has been shown: fetched again after so many seconds; 0 has the user ask for it. */
	setRefresh(seconds: number, url: string): void {
		this.stopRefresh();
		this.refreshUrl = url === "" ? this.url : url;
		if (this.refreshUrl !== "") this.refreshTime = seconds;
		this.awaitRefresh(seconds);
		this.page?.settle();
		this.host.pageChanged();
	}

	private awaitRefresh(seconds: number): void {
		if (this.refreshTime === 0) return;
		this.refreshTimer = this.host.clock.after(seconds * second, () => {
			this.refreshTimer = undefined;
			// what the user has asked for meanwhile, and the pictures of the page, come first
			if (this.runner.fetching) this.awaitRefresh(1);
			else this.refresh();
		});
	}

	/** What was asked for does not come: what is shown stays, and is asked for again when it is time to. */
	missed(): void {
		this.replaces = false;
		if (this.page !== undefined && this.refreshTimer === undefined) this.awaitRefresh(this.refreshTime);
	}

	/** Fetches again what is shown, or what is to follow it. */
	refresh(): void {
		const url = this.refreshUrl || this.url;
		if (url === "") return;
		this.replaces = true;
		this.run(url);
	}

	/** Runs a URI of the object that is shown, and says why where that cannot be. */
	run(uri: string): void {
		const wrong = this.runner.run(uri, 0);
		if (wrong === "") return;
		this.replaces = false;
		this.host.notice(wrong);
	}

	/** What comes next is a service of its own: nobody goes back from it to what has been shown before. */
	beginAnew(): void {
		this.before.length = 0;
		this.expired = true;
	}

	/** One page back. @returns false where there is none before. */
	back(): boolean {
		const url = this.before.pop();
		if (url === undefined) return false;
		this.replaces = true;
		this.run(url);
		return true;
	}

	/** Leaves the page: back, or out of the service. */
	leave(): void {
		if (!this.back()) this.host.hide();
	}

	/** The user has left the page, or the phone has closed it. */
	pageClosed(page: ObjectPage): void {
		if (page !== this.page) return;
		page.stop();
		const closing = page.uriOf(Part.closed);
		this.page = undefined;
		this.callBack(closing);
		this.close();
		this.runner.left();
	}

	/** Gives back what the session holds beside its own memory. */
	close(): void {
		this.stopRefresh();
		this.page?.stop();
		this.feed.release();
		this.reader = undefined;
	}

	/** More of the picture that the page waits for. @returns false when no more is wanted. */
	takePicture(octets: Uint8Array, from = 0, to = octets.length): boolean {
		return this.feed.take(octets, from, to);
	}

	/** The picture is at its end. @param reason why it did not come, '' where it did. */
	endPicture(reason = ""): void {
		const wrong = this.feed.end(reason);
		if (wrong !== "") this.host.log(`services: a picture cannot be shown: ${wrong}`);
		this.page?.pictureCame(wrong);
		this.host.pageChanged();
		this.fetchPictures();
	}

	/** The buffer for an object of a kind that begins, undefined where it may not come now. */
	itemsFor(kind: number): Items | undefined {
		if (this.guard?.(kind) === false) {
			this.error = ObjectError.internal;
			return undefined;
		}
		this.kind = kind;
		if (kind >= Kind.execute) {
			// the page that is shown stays, and what is left of its buffer is enough for what is done at once
			this.orders = new Items(this.pageItems.tail(ordersSize) ?? new Uint8Array(ordersSize));
			return this.orders;
		}
		// what is shown goes with the buffer that it lies in
		this.closing = this.page?.uriOf(Part.closed) ?? "";
		this.page?.stop();
		this.page?.fade();
		this.stopRefresh();
		this.feed.release();
		this.pageItems.clear();
		return this.pageItems;
	}

	/** Nothing comes of what was coming: says so in the place of a page that is gone, or beside the one that is there. */
	private fail(word: string): void {
		this.replaces = false;
		// nobody has asked for what was pushed
		const unasked = this.coming === "" && this.page === undefined;
		if (unasked || this.kind === Kind.none || this.kind >= Kind.execute) {
			if (this.coming !== "") this.host.notice(word);
			return;
		}
		this.pageItems.clear();
		this.kind = Kind.text;
		this.open(new ObjectPage(this, this.pageItems, Kind.text, word));
	}

	private showPage(items: Items): void {
		const { kind, url } = this;
		if (this.page !== undefined && url !== "" && url !== this.coming && !this.replaces && !this.expired)
			this.remember(url);
		this.expired = this.comingExpired;
		this.replaces = false;
		this.url = this.coming;
		this.refreshUrl = "";
		const page = kind === Kind.input ? new InputPage(this, items) : new ObjectPage(this, items, kind, "");
		this.results.push("");
		this.open(page);
		const refresh = items.text(items.first(Part.refresh));
		if (refresh !== "") this.setRefresh(Number.parseInt(refresh, 10) || 0, refreshUrlOf(refresh));
		const { closing } = this;
		this.closing = "";
		this.callBack(closing);
		this.callBack(page.uriOf(Part.focusGained));
		this.fetchPictures();
	}

	/**
	 * Runs what an object says of its being shown and closed (guide, "onAppFocusGained" and its kin). One that is to be fetched would take the
	 * place of what is shown: that is not done.
	 */
	private callBack(uri: string): void {
		const scheme = schemeOf(uri);
		if (scheme === "" || scheme === "http" || scheme === "https") return;
		const wrong = this.runner.run(uri, 0);
		if (wrong !== "") this.host.log(`services: ${logged(uri)}: ${wrong}`);
	}

	private open(page: ObjectPage): void {
		// the one before is no longer ours when the phone tells of its end
		this.page = page;
		this.host.show(page);
	}

	private remember(url: string): void {
		const { before } = this;
		before.push(url);
		let length = 0;
		for (let i = 0; i < before.length; i += 1) length += (before[i] as string).length;
		while (before.length > mostBack || (length > backLength && before.length > 1))
			length -= (before.shift() as string).length;
	}

	private stopRefresh(): void {
		this.host.clock.cancel(this.refreshTimer);
		this.refreshTimer = undefined;
		this.refreshTime = 0;
	}

	/** Fetches the next of the files that the page names and that are not there yet. */
	private fetchPictures(): void {
		const { page } = this;
		for (let url = page?.nextPicture(); url !== undefined; url = page?.nextPicture()) {
			const wrong = this.feed.beginFile(page?.pictureOf ?? 0) || this.runner.fetchPicture(url);
			if (wrong === "") return;
			this.feed.end(wrong);
			page?.pictureCame(wrong);
			// those that lie in phones of others (Resource:, TFTP:) are missing in each menu of chan-sccp's
			if (/^https?:/i.test(url)) this.host.log(`services: ${logged(url)} cannot be shown: ${wrong}`);
		}
		this.host.pageChanged();
	}

	/** Does what an object says that is no page. */
	private act(items: Items): void {
		const { kind } = this;
		if (kind === Kind.execute) this.execute(items);
		else if (kind === Kind.status || kind === Kind.statusFile) {
			this.runner.status(items.line(items.first(Part.text)), items.number(items.first(Part.timer), -1));
			this.results.push("");
		} else this.set(kind, items.text(items.first(Part.target)));
	}

	/** Takes a ring or a background ({@link Kind}), or says why not. */
	set(kind: number, name: string): void {
		const { host } = this;
		const wrong = kind === Kind.ring ? host.setRing(name) : host.setBackground(name);
		this.results.push(wrong === "" ? "" : `\n${wrong}`);
		if (wrong !== "") host.notice(wrong);
	}

	private execute(items: Items): void {
		// what an item does may be to close this session, or to begin another object in it
		const uris: string[] = [];
		const priorities: number[] = [];
		const count = items.count(Part.item);
		for (let i = 0; i < count; i += 1) {
			const group = items.group(Part.item, i);
			uris.push(items.text(items.of(group, Part.url)));
			priorities.push(items.number(items.of(group, Part.priority), 0));
		}
		const results: string[] = [];
		for (let i = 0; i < count; i += 1) {
			const uri = uris[i] as string;
			const wrong = uri === "" ? Word.serviceNothing : this.runner.run(uri, priorities[i] as number);
			results.push(`${uri}\n${wrong}`);
		}
		this.error = ObjectError.none;
		this.results.length = 0;
		this.results.push(...results);
	}
}

/** The URL in a text like that of the header Refresh, '5; url=http://...'; '' where it names none. */
function refreshUrlOf(text: string): string {
	const at = text.toLowerCase().indexOf("url=");
	return at < 0 ? "" : text.slice(at + 4).trim();
}
