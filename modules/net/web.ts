/*
 * The HTTP client of phone services (Cisco IP Phone Services, "HTTP client requests and header settings"): net/http with URLs, redirections, Basic
 * authentication (RFC 7617), cookies, a proxy and bodies that are sent. One for an open service, gone with it; nothing is cached, so that
 * what servers say of Expires holds by itself. The buffer, the sizes and the time that it may take are fixed.
 */
import { base64 } from "base/octets";
import type { Clock, Network } from "hal/hardware";
import { Limits } from "limits";
import { Cookies } from "net/cookies";
import { Http } from "net/http";
import { Response } from "net/http-response";
import { type Consumer, Failure } from "net/transfer";
import { type HttpUrl, logged, parse, placeOf, resolved, schemeOf } from "net/url";

/** Redirections that are followed for one request. */
const mostRedirections = 5;
/** A request with all of its redirections takes no longer (ms). */
const totalWait = 30_000;

/** The head of a response with what services look at beside the body. Texts are octets as characters, '' where there is none. */
class WebResponse extends Response {
	location = "";
	refresh = "";
	contentType = "";
	challenge = "";
	/** Headers Date and Expires as {@link dateOf} has them, -1 for none. */
	private date = -1;
	private expires = -1;
	/** Is told of each Set-Cookie. */
	cookie: (line: string) => void = () => {};

	constructor() {
		super(Limits.serviceHeaderLine);
	}

	protected override begin(): void {
		super.begin();
		this.location = "";
		this.refresh = "";
		this.contentType = "";
		this.challenge = "";
		this.date = -1;
		this.expires = -1;
	}

	protected override other(colon: number, from: number, to: number, cut: boolean): void {
		if (this.named("set-cookie", colon)) {
			const line = this.text(from, to);
			if (!cut || line.includes(";")) this.cookie(line);
		} else if (cut) return;
		else if (this.named("location", colon)) this.location = this.text(from, to);
		else if (this.named("refresh", colon)) this.refresh = this.text(from, to);
		else if (this.named("content-type", colon)) this.contentType = this.text(from, to);
		else if (this.named("date", colon)) this.date = dateOf(this.text(from, to));
		else if (this.named("expires", colon)) this.expires = dateOf(this.text(from, to));
		else if (this.named("www-authenticate", colon)) {
			// a server may offer several ways, in lines of their own
			if (!isBasic(this.challenge)) this.challenge = this.text(from, to);
		}
	}

	/** Whether it was out of date when it came; of a server that does not say what time it is, what is no date is. */
	get expired(): boolean {
		return this.expires >= 0 && (this.expires <= this.date || this.expires < longPast);
	}

	/** Octets of the line as characters; those that are no writing are left out. */
	private text(from: number, to: number): string {
		let text = "";
		for (let at = from; at < to; at += 1) {
			const octet = this.line[at] as number;
			if (octet >= 0x20 && octet !== 0x7f) text += String.fromCharCode(octet);
		}
		return text;
	}
}

export class Web extends Http {
	/** Who asks: lines of each request's head that tell so, each with its end ('Accept: ...'); not kept while nothing is asked. */
	asker: { readonly headers: string } | undefined = undefined;
	/** 'host:port' of a proxy that is asked for everything, or undefined. */
	proxy: HttpUrl | undefined = undefined;
	private readonly head: WebResponse;
	/** Undefined until a server has set one. */
	private cookies: Cookies | undefined = undefined;
	/** The URL that is asked for now, after redirections; without user and password. */
	private current = "";
	private target: HttpUrl | undefined = undefined;
	private posts = false;
	private body = "";
	private bodyType = "";
	private redirections = 0;
	/** Counts what has been asked for, so that an address that comes too late is none. */
	private turn = 0;
	private begunAt = 0;
	/** Who asks, in Base64, and the host that knows him by it: no other one hears of it. */
	private credentials = "";
	private knownAt = "";
	/** Whether the request that is under way has said so. */
	private presented = false;

	/** @param buffer for the request and for each read; used during a transfer only. */
	constructor(network: Network, clock: Clock, buffer: Uint8Array) {
		const head = new WebResponse();
		super(network, clock, buffer, head);
		this.head = head;
		head.cookie = (line) => {
			const { target } = this;
			if (target === undefined) return;
			this.cookies ??= new Cookies();
			this.cookies.set(placeOf(target), target.path, line);
		};
	}

	/** The URL that the last answer came from. */
	get url(): string {
		return this.current;
	}

	/** Status of the answer, 0 before there is one; and whether it answers what was sent by POST: a redirection may have made a GET of it. */
	get status(): number {
		return this.head.status;
	}

	get posted(): boolean {
		return this.posts;
	}

	/** Header Refresh of the answer, '' for none: it is to be had from the consumer's begin() on. */
	get refresh(): string {
		return this.head.refresh;
	}

	/** Whether the answer was out of date when it came: who goes back passes over it (guide, "Content expiration header setting"). */
	get expired(): boolean {
		return this.head.expired;
	}

	/** Header Content-Type likewise. */
	get contentType(): string {
		return this.head.contentType;
	}

	/** What the server calls that which it has a password for, '' when it has not said. To be had in failed(). */
	get realm(): string {
		const match = /realm="([^"]*)"/i.exec(this.head.challenge);
		return match?.[1] ?? "";
	}

	/** Says from now on who asks to the host that has wanted to know. @param user 'user:password', octets as characters. */
	authorise(user: string): void {
		const { target } = this;
		if (target === undefined) return;
		this.credentials = base64(user);
		this.knownAt = placeOf(target);
	}

	/** The same to the host of a URL, before it has asked. @param credentials in Base64, as they stand in the header. */
	present(url: string, credentials: string): void {
		const target = parse(url);
		if (target === undefined || !/^[A-Za-z0-9+/=]*$/.test(credentials)) return;
		this.credentials = credentials;
		this.knownAt = placeOf(target);
	}

	/**
	 * Fetches what a URL of http names; what is under way is cancelled first.
	 * @param limit octets that are taken at most. @param body is sent by POST, octets as characters, where it is not undefined.
	 */
	fetch(
		url: string,
		consumer: Consumer,
		limit: number,
		body?: string,
		bodyType = "application/x-www-form-urlencoded",
	): void {
		this.undertake(url, consumer, limit);
		this.redirections = 0;
		this.begunAt = this.clock.ticks;
		this.posts = body !== undefined;
		this.body = body ?? "";
		this.bodyType = bodyType;
		const target = url.length > Limits.url ? undefined : parse(url);
		if (target === undefined) {
			this.failSoon(...this.problem(url));
			return;
		}
		this.go(url, target);
	}

	override cancel(): void {
		super.cancel();
		this.turn += 1;
	}

	/** Why a URL cannot be asked for. */
	private problem(url: string): [number, string] {
		if (schemeOf(url) === "https") return [Failure.secure, `${logged(url)}: there is no TLS`];
		return [Failure.badUrl, `no URL of http: ${logged(url)}`];
	}

	/** Asks for a URL in the course of a request. */
	private go(url: string, target: HttpUrl): void {
		this.disconnect();
		this.turn += 1;
		const { turn } = this;
		if (target.user !== "") {
			this.credentials = base64(target.user);
			this.knownAt = placeOf(target);
		}
		this.current = target.user === "" ? url : `http://${placeOf(target)}${target.path}`;
		this.target = target;
		this.resolving();
		const { host, port } = this.proxy ?? target;
		this.network.resolve(host, (address) => {
			if (turn !== this.turn || !this.busy) return;
			if (address !== undefined) this.connect(address, port);
			else this.failSoon(Failure.unknownHost, `no address for ${host}`);
		});
	}

	protected override look(): void {
		if (this.clock.ticks - this.begunAt < totalWait) super.look();
		else this.fail(Failure.timedOut, `not done after ${totalWait / 1000} s, ${this.count} octets`);
	}

	protected override compose(): string {
		const target = this.target as HttpUrl;
		const { body, posts } = this;
		const place = placeOf(target);
		const what = this.proxy === undefined ? target.path : `http://${place}${target.path}`;
		this.presented = this.credentials !== "" && this.knownAt === place;
		const cookie = this.cookies?.header(place, target.path) ?? "";
		let head = `${posts ? "POST" : "GET"} ${what} HTTP/1.1\r\nHost: ${place}\r\n${this.asker?.headers ?? ""}Connection: close\r\n`;
		if (this.presented) head += `Authorization: Basic ${this.credentials}\r\n`;
		if (cookie !== "") head += `Cookie: ${cookie}\r\n`;
		if (posts) head += `Content-Type: ${this.bodyType}\r\nContent-Length: ${body.length}\r\n`;
		return `${head}\r\n${body}`;
	}

	protected override accept(status: number): boolean {
		const { head } = this;
		if (status >= 200 && status < 300) return true;
		if (status === 401) {
			const basic = isBasic(head.challenge);
			const refused = this.presented ? "user or password refused" : "who asks?";
			if (basic) this.fail(Failure.unauthorised, `401, ${refused}`);
			else this.fail(Failure.refused, "401, and Basic authentication is not offered");
			return false;
		}
		if (head.location === "" || status < 300 || status > 308 || (status > 303 && status < 307))
			return super.accept(status);
		this.redirect(status, resolved(this.current, head.location));
		return false;
	}

	/** Goes on where the server says; by GET, but where it says that the way stays the same (RFC 9110, 15.4). */
	private redirect(status: number, url: string): void {
		this.redirections += 1;
		const target = url.length > Limits.url ? undefined : parse(url);
		if (this.redirections > mostRedirections) this.fail(Failure.refused, `more than ${mostRedirections} redirections`);
		else if (target === undefined) this.fail(...this.problem(url));
		else {
			if (status < 307) {
				this.posts = false;
				this.body = "";
			}
			this.go(url, target);
		}
	}
}

const months = "janfebmaraprmayjunjulaugsepoctnovdec";
/** What a date is that is no date, or 1999. */
const longPast = 2000_00_00_000000;

/** A date of HTTP (RFC 9110, 5.6.7) as a number of which a later one has a greater: year, month, day, hours, minutes, seconds; 0 for none. */
function dateOf(text: string): number {
	const parts = /(\d\d?)[ -]([a-z]{3})[ -](\d{4}) (\d\d):(\d\d):(\d\d)/i.exec(text);
	if (parts === null) return 0;
	const month = months.indexOf((parts[2] as string).toLowerCase()) / 3;
	const date = (Number(parts[3]) * 100 + month) * 100 + Number(parts[1]);
	return ((date * 100 + Number(parts[4])) * 100 + Number(parts[5])) * 100 + Number(parts[6]);
}

function isBasic(challenge: string): boolean {
	return /(^|, *)basic( |$)/i.test(challenge);
}
