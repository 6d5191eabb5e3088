/*
 * Fetches what URLs of http name for an open service: one thing at a time, by the HTTP client that is made with it and let go with it.
 * What a user is told when that fails is a word; the rest stands in the log.
 */
import { Word } from "base/words";
import { Limits } from "limits";
import { type Consumer, Failure } from "net/transfer";
import { parse, withoutUser } from "net/url";
import { Web } from "net/web";
import type { ActionHost } from "services/host";

/** Octets of an object or a picture at most; of a picture those that are not looked at count, too. */
const limit = 262_144;

/** Takes what has been fetched. */
export interface FetchSink {
	/** It begins to come. @param plain it is a text and no XML. */
	begin(url: string, plain: boolean): void;
	/** @param octets valid during the call only. @returns false when that is enough: end() follows at once. */
	take(octets: Uint8Array): boolean;
	end(): void;
	/** @param word for the user. @param asked the server wants to know who asks, and calls what it has so. */
	failed(word: string, asked: string | undefined): void;
}

const words: readonly string[] = Object.freeze([
	"",
	Word.serverSilent,
	Word.pageMissing,
	Word.pageRefused,
	Word.pageTooLarge,
	Word.pageBroken,
	Word.serverSilent,
	Word.unknownHost,
	Word.pageRefused,
	Word.wrongUrl,
	Word.securePage,
]);

export class Fetcher implements Consumer {
	private readonly host: ActionHost;
	private readonly web: Web;
	private sink: FetchSink | undefined = undefined;

	/** @param size octets of the buffer that requests and answers pass through. */
	constructor(host: ActionHost, size: number = Limits.serviceTransfer) {
		const { clock, device, sockets } = host;
		this.host = host;
		this.web = new Web(sockets, clock, new Uint8Array(size));
		this.web.typeOfService = device.typeOfService;
		this.web.asker = this;
		const { proxy } = device;
		if (proxy !== "") {
			this.web.proxy = parse(proxy.includes("://") ? proxy : `http://${proxy}`);
			if (this.web.proxy === undefined)
				host.log(`services: proxyServerURL "${withoutUser(proxy)}" is no URL of http: no proxy is asked`);
		}
	}

	/** What tells applications who asks. */
	get headers(): string {
		return headersOf(this.host);
	}

	/** Whether something is on its way. */
	get busy(): boolean {
		return this.sink !== undefined;
	}

	/** The URL that the last answer came from. */
	get url(): string {
		return this.web.url;
	}

	/** Its header Refresh, '' for none. */
	get refresh(): string {
		return this.web.refresh;
	}

	/** Whether it was out of date when it came. */
	get expired(): boolean {
		return this.web.expired;
	}

	/** Fetches what a URL names, in place of what is on its way. @param body is sent by POST where there is one. */
	fetch(url: string, sink: FetchSink, body?: string): void {
		this.sink = sink;
		this.web.fetch(url, this, limit, body);
	}

	/** Says to the host that wanted to know who asks. @param user 'user:password', octets as characters. */
	authorise(user: string): void {
		this.web.authorise(user);
	}

	/** The same to the host of a URL, before it has asked. @param credentials in Base64. */
	present(url: string, credentials: string): void {
		this.web.present(url, credentials);
	}

	/** Ends what is under way; its sink is told nothing more. */
	cancel(): void {
		this.sink = undefined;
		this.web.cancel();
	}

	begin(): void {
		this.sink?.begin(this.web.url, /^text\/plain/i.test(this.web.contentType));
	}

	data(octets: Uint8Array): boolean {
		if (this.sink?.take(octets) === true) return true;
		this.end();
		return false;
	}

	end(): void {
		const { sink } = this;
		this.sink = undefined;
		sink?.end();
	}

	failed(reason: number, text: string): void {
		const { sink } = this;
		this.sink = undefined;
		this.host.log(`services: ${text}`);
		sink?.failed(words[reason] ?? Word.pageBroken, reason === Failure.unauthorised ? this.web.realm : undefined);
	}
}

/** What tells applications who asks (guide, "Identifying the capabilities of IP phone clients"). */
function headersOf({ device }: ActionHost): string {
	const { display, language, model, version } = device;
	return (
		`User-Agent: Allegro-Software-WebClient/4.34 Linnet/${version}\r\n` +
		"Accept: x-CiscoIPPhone/*, text/*, image/png, */*\r\n" +
		`Accept-Language: ${language}\r\n` +
		"Accept-Charset: iso-8859-1, utf-8;q=0.8\r\n" +
		`x-CiscoIPPhoneModelName: ${model}\r\n` +
		`x-CiscoIPPhoneDisplay: ${display}\r\n` +
		"x-CiscoIPPhoneSDKVersion: 6.0.2\r\n"
	);
}
