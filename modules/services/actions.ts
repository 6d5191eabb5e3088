/*
 * What the URIs of services do (guide, chapter "Internal URI Features"): one table for items of menus, softkeys, keys, Execute, pushes and
 * CGI alike. Each says '' or, as a word for the user, why not; the log has the rest. There is one of these only while a service is open,
 * or something that one has begun goes on.
 */
import { addressText, parseAddress } from "base/address";
import { octetsOf, utf8 } from "base/octets";
import { Word } from "base/words";
import type { TimerHandle } from "hal/hardware";
import { encoded, logged, resolved, schemeOf } from "net/url";
import { areDigits, Digits } from "services/digits";
import { Fetcher } from "services/fetcher";
import type { ActionHost } from "services/host";
import { keyNamed } from "services/keys";
import { Kind } from "services/kinds";
import { withChosen } from "services/parameter";
import type { Pushes } from "services/pushes";
import type { Session } from "services/session";
import { NotifySink, type PageReader, PageSink, PictureSink } from "services/sinks";

/** URIs may run URIs: so deep, and so many pages one after the other of which none waits for the user. */
const deepest = 3;
const longestChain = 8;
/** Orders that wait until the phone is idle, and how often that is looked at (ms). */
const mostLater = 3;
const idleLook = 2000;
/** Times that a notification is tried. */
const mostTries = 3;
/** Octets that pass at once of what a notification is answered. */
const notifyBuffer = 256;
/** Ports that sound may come to (guide, "RTPRx"). */
const firstPort = 20480;
const lastPort = 32768;

/** Priorities of an item of CiscoIPPhoneExecute. */
const Priority = Object.freeze({ now: 0, whenIdle: 1, ifIdle: 2 });

/** Whose actions these are. */
export interface ActionOwner {
	readonly host: ActionHost;
	/** The service that is open, undefined while none is. */
	readonly session: Session | undefined;
	/** What call agents push, where there is one. */
	readonly pushes: Pushes | undefined;
	/** Whether nobody has asked for what is open or comes: it is what the idle phone shows. */
	readonly unasked: boolean;
	/** Takes away what the idle phone shows. */
	giveWay(): void;
	/** The session that an object is read in. */
	open(): Session;
	/** Closes the service that is open. */
	close(): void;
	/** Something that went on is over. */
	settle(): void;
}

export class Actions implements PageReader {
	private readonly owner: ActionOwner;
	private readonly host: ActionHost;
	private fetcher: Fetcher | undefined = undefined;
	private notifier: Fetcher | undefined = undefined;
	private digits: Digits | undefined = undefined;
	/** The request that waits for a user and his password: its URL and body. */
	private wanted = "";
	private body: string | undefined = undefined;
	private later: string[] | undefined = undefined;
	private timer: TimerHandle | undefined = undefined;
	private turn = -1;
	private depth = 0;
	private chain = 0;
	/** Whether the object that has come is being done. */
	private ending = false;

	constructor(owner: ActionOwner) {
		this.owner = owner;
		this.host = owner.host;
	}

	/** Whether a page or a picture is on its way. */
	get fetching(): boolean {
		return this.fetcher?.busy === true;
	}

	/** Whether something goes on that outlives a page. */
	get busy(): boolean {
		return this.fetching || this.notifier !== undefined || this.digits !== undefined || this.timer !== undefined;
	}

	/** The service is closed: what it was fetching is not wanted any more. */
	left(): void {
		this.fetcher?.cancel();
		this.fetcher = undefined;
		this.wanted = "";
		this.body = undefined;
	}

	/** Ends all. */
	cancel(): void {
		this.left();
		this.notifier?.cancel();
		this.notifier = undefined;
		this.digits?.cancel();
		this.digits = undefined;
		this.host.clock.cancel(this.timer);
		this.timer = undefined;
		this.later = undefined;
	}

	/** Runs a URI, or a reference relative to the URL of the service that is open. @param priority of an item of Execute. @returns '' or why not. */
	run(uri: string, priority: number): string {
		if (priority !== Priority.now && this.host.busy) {
			if (priority === Priority.ifIdle) return Word.phoneBusy;
			return this.put(uri);
		}
		if (this.depth >= deepest) {
			this.host.log(`services: ${logged(uri)} not run: one URI runs another for ever`);
			return Word.uriUnknown;
		}
		this.depth += 1;
		const wrong = this.do(uri.trim());
		this.depth -= 1;
		if (wrong !== "") this.host.log(`services: ${logged(uri)} not done: ${wrong}`);
		return wrong;
	}

	/** Has a URI wait until nobody uses the phone. */
	private put(uri: string): string {
		this.later ??= [];
		if (this.later.length >= mostLater) return Word.phoneBusy;
		this.later.push(uri);
		this.timer ??= this.host.clock.every(idleLook, () => this.look());
		return "";
	}

	private look(): void {
		if (this.host.busy) return;
		const uri = this.later?.shift();
		if (this.later?.length === 0) {
			this.host.clock.cancel(this.timer);
			this.timer = undefined;
			this.later = undefined;
		}
		if (uri !== undefined) {
			this.owner.giveWay();
			this.run(uri, Priority.now);
		}
		this.owner.settle();
	}

	private do(uri: string): string {
		const scheme = schemeOf(uri);
		const rest = uri.slice(scheme.length + 1);
		switch (scheme) {
			case "":
				return this.relative(uri);
			case "http":
			case "https":
				return this.fetch(uri);
			case "key":
				return this.key(rest);
			case "softkey":
				return this.host.softkey(rest);
			case "init":
				return this.init(rest.toLowerCase());
			case "dial":
				return this.dial(rest);
			case "editdial":
				return this.host.editDial(rest);
			case "senddigits":
				return this.sendDigits(rest);
			case "play":
				return this.host.play(rest.toLowerCase() === "stop" ? "" : rest);
			case "rtprx":
			case "rtpmrx":
				return this.listen(rest, scheme === "rtpmrx");
			case "rtptx":
			case "rtpmtx":
				return this.speak(rest, scheme === "rtpmtx");
			case "application":
			case "app":
				return this.owner.pushes?.close(rest) ?? this.application(rest);
			case "device":
				return this.device(rest.toLowerCase());
			case "display":
				return this.device(rest.toLowerCase() === "default" || rest.toLowerCase().startsWith("on") ? "unlock" : rest);
			case "notify":
				return this.notify(rest, "");
			case "querystringparam":
				return this.parameter(rest);
			case "userdata":
			case "userdatasoftkey":
			case "usercalldata":
			case "usercalldatasoftkey":
				return this.owner.pushes?.run(uri) ?? Word.uriUnknown;
			case signInScheme:
				return this.signIn(rest);
			default:
				return Word.uriUnknown;
		}
	}

	private relative(reference: string): string {
		const { pushes, session } = this.owner;
		const url = session?.url ?? "";
		if (reference === "") return Word.wrongUrl;
		return url === "" ? (pushes?.reply(reference) ?? Word.wrongUrl) : this.fetch(resolved(url, reference));
	}

	/** Fetches an object and has it shown, or done. @param body is sent by POST where there is one. */
	fetch(url: string, body?: string): string {
		this.chain = this.ending ? this.chain + 1 : 0;
		if (this.chain > longestChain) {
			this.host.log(
				`services: ${logged(url)} not fetched: ${longestChain} objects have led from one to the next by themselves`,
			);
			return Word.pageRefused;
		}
		const { host } = this;
		const named = url.replace(/#DEVICENAME#/gi, encoded(host.device.name));
		this.fetcher ??= new Fetcher(host);
		this.wanted = named;
		this.body = body;
		host.notice(Word.requesting);
		this.fetcher.fetch(named, new PageSink(this), body);
		return "";
	}

	/** Fetches the file of a picture for the page that is open. */
	fetchPicture(url: string): string {
		const { session } = this.owner;
		// icons of chan-sccp's menus lie in Cisco's phones (Resource:) and their loads (TFTP:): nothing is made for the attempt
		const whole = resolved(session?.url ?? "", url);
		if (session === undefined || !/^https?:/i.test(whole)) return Word.wrongUrl;
		this.fetcher ??= new Fetcher(this.host);
		this.fetcher.fetch(whole, new PictureSink(session));
		return "";
	}

	/** An object begins to come. */
	begin(url: string, plain: boolean): void {
		this.host.notice("");
		const session = this.owner.open();
		session.begin(url, plain);
		this.turn = session.turn;
	}

	/** Whether what comes is read as yet: a push may have begun another object. */
	get reads(): boolean {
		return this.owner.session?.turn === this.turn;
	}

	/** @returns false when the object is whole, or none: a server that goes on behind its end is not waited for. */
	take(octets: Uint8Array): boolean {
		const { session } = this.owner;
		return this.reads && session?.take(octets) === true && !session.whole;
	}

	/** It is whole, or what has come of it is none. */
	end(): void {
		const { session } = this.owner;
		const { expired, refresh } = this.fetcher ?? { expired: false, refresh: "" };
		if (session === undefined || !this.reads) return;
		this.turn = -1;
		this.ending = true;
		const wrong = session.end(expired);
		this.ending = false;
		if (wrong === "" && session.kind < Kind.execute && session === this.owner.session && refresh !== "") {
			const [seconds = "", ...more] = refresh.split(/[;,]/);
			const url = more
				.join(";")
				.trim()
				.replace(/^url *= */i, "")
				.replace(/^["']|["']$/g, "");
			session.setRefresh(Math.max(Number.parseInt(seconds, 10) || 0, 0), url === "" ? "" : resolved(session.url, url));
		}
		this.owner.settle();
	}

	/** It does not come. @param asked what the server has a password for, undefined where that is not what it wants. */
	failed(word: string, asked: string | undefined): void {
		const { host } = this;
		// nobody would fill in a form that came by itself to an idle phone
		if (asked === undefined || this.owner.unasked) {
			if (this.reads) this.owner.session?.cancel();
			this.turn = -1;
			this.owner.session?.missed();
			host.notice(word);
			this.owner.settle();
			return;
		}
		// a form of the phone's own, as a service would send it
		const session = this.owner.open();
		const field = (name: string, parameter: string, flags: string): string =>
			`<InputItem><DisplayName>${name}</DisplayName><QueryStringParam>${parameter}</QueryStringParam><InputFlags>${flags}</InputFlags></InputItem>`;
		// a realm has come as octets
		const title = asked === "" ? utf8(host.text(Word.signIn)) : asked;
		const form =
			`<CiscoIPPhoneInput><Title>${escaped(title)}</Title><Prompt>${escaped(utf8(host.text(Word.signIn)))}</Prompt>` +
			`<URL>${signInScheme}:form</URL>${field(utf8(host.text(Word.user)), "u", "A")}${field(utf8(host.text(Word.passwordWord)), "p", "AP")}` +
			"</CiscoIPPhoneInput>";
		session.begin("");
		session.take(octetsOf(form));
		session.end(true);
	}

	/** The user has said who he is: what was refused is asked for again. @param query 'form?u=...&p=...' */
	private signIn(query: string): string {
		const { body, fetcher, wanted } = this;
		if (wanted === "" || fetcher === undefined) return Word.uriUnknown;
		fetcher.authorise(`${parameterOf(query, "u")}:${parameterOf(query, "p")}`);
		return this.fetch(wanted, body);
	}

	private key(name: string): string {
		const key = keyNamed(name);
		if (key < 0) return Word.uriUnknown;
		this.host.press(key);
		return "";
	}

	private init(name: string): string {
		switch (name) {
			case "callhistory":
				this.host.clearCalls();
				return "";
			case "services":
			case "messages":
			case "directories":
			case "information":
			case "appinfo":
				this.owner.close();
				return "";
			case "appstatus":
				this.host.status("");
				return "";
			default:
				return Word.uriUnknown;
		}
	}

	/** 'number[:useAppUI[:applicationId[:audibleFeedback]]]'; behind a comma in the number come digits for the call that is up. */
	private dial(text: string): string {
		const [sequence = "", keepsPage = "0"] = text.split(":");
		const comma = sequence.indexOf(",");
		const more = comma < 0 ? "" : sequence.slice(comma);
		if (more !== "" && !areDigits(more)) return `${Word.notNumber} ${sequence}`;
		const wrong = this.host.dial(comma < 0 ? sequence : sequence.slice(0, comma));
		if (wrong !== "") return wrong;
		if (more !== "") this.send(more, true);
		if (keepsPage !== "1") this.owner.close();
		return "";
	}

	/** 'digits[:audibleFeedback[:...]]' */
	private sendDigits(text: string): string {
		const [digits = "", heard = "1"] = text.split(":");
		if (!areDigits(digits)) return `${Word.notNumber} ${digits}`;
		if (!this.host.talks) return Word.noCallUp;
		this.send(digits, heard !== "0");
		return "";
	}

	private send(digits: string, heard: boolean): void {
		this.digits?.cancel();
		this.digits = new Digits(this.host, digits, heard, () => {
			this.digits = undefined;
			this.owner.settle();
		});
	}

	/** 'address:port[:volume]', 'port' for what is sent to the phone alone, or 'Stop'. */
	private listen(text: string, multicast: boolean): string {
		if (text.toLowerCase() === "stop") {
			this.host.silence(false);
			return "";
		}
		const [host = "", port = "", volume = ""] = text.split(":");
		const address = parseAddress(host);
		const number = port === "" && !multicast ? 0 : portOf(port);
		if (address < 0 || number < 0 || isGroup(address) !== multicast) return Word.wrongUrl;
		const percent = /^[0-9]{1,3}$/.test(volume) ? Math.min(Number(volume), 100) : -1;
		const wrong = this.host.listen(multicast ? address : 0, number, percent);
		if (wrong === "")
			this.host.log(`services: plays what ${addressText(address)} sends to port ${number || "of the phone's choice"}`);
		return wrong;
	}

	/** 'address:port' or 'Stop'. */
	private speak(text: string, multicast: boolean): string {
		if (text.toLowerCase() === "stop") {
			this.host.silence(true);
			return "";
		}
		const [host = "", port = ""] = text.split(":");
		const address = parseAddress(host);
		const number = portOf(port);
		if (address <= 0 || number < 0 || isGroup(address) !== multicast) return Word.wrongUrl;
		const wrong = this.host.speak(address, number);
		if (wrong === "") this.host.log(`services: the microphone is sent to ${addressText(address)} port ${number}`);
		return wrong;
	}

	/** 'Cisco/MissedCalls' and the like are the phone's own; 'Close:0:...' is about the page that is open. */
	private application(text: string): string {
		if (text.toLowerCase().startsWith("cisco/")) return this.host.own(text.slice(6).toLowerCase());
		switch ((text.split(":")[0] ?? "").toLowerCase()) {
			case "close":
			case "minimize":
				this.owner.close();
				return "";
			case "requestfocus":
			case "releasefocus":
				return this.owner.session === undefined ? Word.uriUnknown : "";
			default:
				return Word.uriUnknown;
		}
	}

	private device(command: string): string {
		if (command !== "unlock") return Word.uriUnknown;
		this.host.wake();
		return "";
	}

	/** Tells a server something: 'http:host:port:path[:credentials[:data]]', by POST and without cookies. @param added in place of the data. */
	private notify(text: string, added: string): string {
		const [protocol = "", host = "", port = "", path = "", , ...rest] = text.split(":");
		if (protocol.toLowerCase() !== "http" || host === "" || path === "") return Word.wrongUrl;
		if (this.notifier !== undefined) return Word.phoneBusy;
		const credentials = text.split(":")[4] ?? "";
		const data = added || rest.join(":");
		const notifier = new Fetcher(this.host, notifyBuffer);
		this.notifier = notifier;
		const url = `http://${host}:${port === "" ? 80 : port}/${path.startsWith("/") ? path.slice(1) : path}`;
		if (credentials !== "") notifier.present(url, credentials.trim());
		const sink = new NotifySink(mostTries, (again) => {
			if (this.notifier !== notifier) return;
			if (again) notifier.fetch(url, sink, `DATA=${encoded(data)}`);
			else {
				this.notifier = undefined;
				this.owner.settle();
			}
		});
		notifier.fetch(url, sink, `DATA=${encoded(data)}`);
		return "";
	}

	/** The URL of the chosen item, or of the service itself, with something behind it. */
	private parameter(text: string): string {
		const { session } = this.owner;
		if (session === undefined) return Word.wrongUrl;
		return this.do(withChosen(`querystringparam:${text}`, session.page?.chosenUrl ?? "", session.url));
	}
}

/** The scheme of the form that asks for user and password: of no use to a service. */
const signInScheme = "x-linnet-sign-in";
/** An even port that sound may come to or go to, -1 when the text is none. */
function portOf(text: string): number {
	const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : -1;
	return port >= firstPort && port <= lastPort && port % 2 === 0 ? port : -1;
}

function isGroup(address: number): boolean {
	return address >>> 28 === 14;
}

function escaped(text: string): string {
	return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The value of a parameter in a query, its octets as characters. */
function parameterOf(query: string, name: string): string {
	for (const part of query.slice(query.indexOf("?") + 1).split("&"))
		if (part.startsWith(`${name}=`))
			return part
				.slice(name.length + 1)
				.replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	return "";
}
