/*
 * The phone's web pages and its CGI: who may see and do what. Pages are for whoever reaches the phone, as on Cisco's phones; what lets it do
 * something, and what shows whom it calls, is for those whom the server behind authenticationURL knows.
 */
import type { Clock, Network, NetworkListener } from "hal/hardware";
import { ObjectError } from "services/session";
import { type Answer, refusal } from "services/web/answer";
import { Authority, Verdict } from "services/web/authority";
import type { Connection } from "services/web/connection";
import { ExecuteSink, errorAnswer, longestObject, type Sessions } from "services/web/execute";
import { informationOf } from "services/web/information";
import { pageOf } from "services/web/pages";
import { PictureAnswer } from "services/web/picture";
import { type Responder, WebServer } from "services/web/server";
import type { Site } from "services/web/site";

/** webAccess of a configuration. */
export const WebAccess = Object.freeze({ full: 0, off: 1, readOnly: 2 });

const cgi = "/CGI/";
/** Where later phones of the series have the same. */
const javaCgi = "/CGI/Java/";
const execute = "Execute";
const screenshot = "Screenshot";
const challenge = 'WWW-Authenticate: Basic realm="Phone", charset="UTF-8"\r\n';
const retry = "Retry-After: 5\r\n";

export class PhoneWeb implements Responder, NetworkListener {
	readonly server: WebServer;
	/** What the configuration says; nothing is served before there is one. */
	access: number = WebAccess.off;
	private readonly site: Site;
	private readonly services: Sessions;
	private readonly log: (line: string) => void;
	/** While somebody is known, or a question who he is is on its way. */
	private authority: Authority | undefined = undefined;
	/** Who waits for the answer to that question, and others that wait for theirs. */
	private asked: Connection | undefined = undefined;

	constructor(network: Network, clock: Clock, site: Site, services: Sessions, log: (line: string) => void) {
		this.site = site;
		this.services = services;
		this.log = log;
		this.server = new WebServer(network, clock, this);
	}

	/** Serves as a configuration says, a number of {@link WebAccess}, from the first of them on. */
	configure(webAccess: number): void {
		// what one configuration lets begin is not ended under another that may not, and a question that is not asked any more has no answer
		if (webAccess !== this.access || this.asked !== undefined) this.server.hangUp();
		this.access = webAccess;
		// who was known by another configuration has to be asked for again
		this.authority?.cancel(true);
		if (webAccess === WebAccess.off) this.server.close();
		this.leaseChanged();
	}

	/** The network has come or is another: before there is one nobody can listen. */
	leaseChanged(): void {
		if (this.access !== WebAccess.off && this.site.lease !== undefined) this.server.open();
	}

	serves(host: string): boolean {
		const { device, lease } = this.site;
		const colon = host.lastIndexOf(":");
		const name = (colon < 0 ? host : host.slice(0, colon)).toLowerCase();
		// a name that leads here is known by the phone; an address leads nowhere else
		if (name === "" || isAddress(name) || name === "localhost" || name === device.toLowerCase()) return true;
		const domain = (lease?.domain ?? "").toLowerCase();
		return domain !== "" && name === `${device.toLowerCase()}.${domain}`;
	}

	respond(request: Connection): Answer | undefined {
		const { method, path } = request;
		const name = cgiName(path);
		if (name === execute)
			return method === "POST" ? this.execute(request) : notAllowed("POST", "An object is expected.");
		const known = name === screenshot || isInformation(name);
		if (method === "POST")
			return known ? notAllowed("GET, HEAD", "That is read.") : refusal(404, "There is no such place for objects.");
		if (known) return this.admit(request);
		return pageOf(this.site, path) ?? refusal(404, "There is no such page.");
	}

	gone(request: Connection): void {
		if (request !== this.asked) return;
		this.asked = undefined;
		this.authority?.cancel(false);
	}

	private execute(request: Connection): Answer | undefined {
		if (this.access === WebAccess.readOnly) {
			this.log(`web: ${request.client}: no objects are taken: the configuration has webAccess read-only`);
			return refusal(403, "The configuration lets this phone's pages be read, nothing else.");
		}
		if (request.length > longestObject)
			return refusal(413, `An object of ${longestObject} octets at most is expected.`);
		return this.admit(request);
	}

	/** Answers who is known, or asks who it is. */
	private admit(request: Connection): Answer | undefined {
		const { authorization, client } = request;
		const url = this.site.url("authenticationURL");
		if (url === "") {
			this.log(`web: ${client}: refused: the configuration has no authenticationURL`);
			return errorAnswer(403, ObjectError.authentication);
		}
		if (authorization === "") return errorAnswer(401, ObjectError.authentication, challenge);
		this.authority ??= new Authority(this.server.network, this.server.clock, this.site.device, () => {
			this.authority = undefined;
		});
		const { authority } = this;
		if (authority.knows(url, authorization)) return this.allowed(request);
		if (authority.busy) return refusal(503, "Somebody else is being asked for.", retry);
		this.asked = request;
		authority.ask(url, authorization, (verdict, why) => this.judged(request, verdict, why));
		return undefined;
	}

	private judged(request: Connection, verdict: number, why: string): void {
		if (this.asked !== request) return;
		this.asked = undefined;
		const { client } = request;
		if (verdict === Verdict.granted) {
			const answer = this.allowed(request);
			if (answer !== undefined) this.server.answer(request, answer);
			return;
		}
		if (verdict === Verdict.refused)
			this.log(`web: ${client}: refused: the server behind authenticationURL does not know him`);
		else this.log(`web: ${client}: refused: nobody can be asked who he is: ${why}`);
		const status = verdict === Verdict.refused ? 401 : 503;
		this.server.answer(request, errorAnswer(status, ObjectError.authentication, status === 401 ? challenge : retry));
	}

	/** Does what somebody wants who may. */
	private allowed(request: Connection): Answer | undefined {
		const name = cgiName(request.path);
		if (name !== execute) {
			if (name !== screenshot) return informationOf(this.site, name);
			const picture = this.site.screenshot();
			return picture === undefined
				? refusal(503, "The display cannot be drawn now.", retry)
				: new PictureAnswer(picture);
		}
		const session = this.services.receive();
		if (session.reading) return refusal(503, "Another object is being read.", retry);
		this.server.accept(request, new ExecuteSink(this.services, session));
		return undefined;
	}
}

function notAllowed(methods: string, why: string): Answer {
	return refusal(405, why, `Allow: ${methods}\r\n`);
}

/** What a path names among the CGI, '' for nothing. */
function cgiName(path: string): string {
	if (path.startsWith(javaCgi)) return path.slice(javaCgi.length);
	return path.startsWith(cgi) ? path.slice(cgi.length) : "";
}

function isInformation(name: string): boolean {
	return name === "CallInfo" || name === "LineInfo" || name === "ModeInfo";
}

/** Whether a host is an IPv4 address in digits. */
function isAddress(host: string): boolean {
	for (let at = 0; at < host.length; at += 1) if (!"0123456789.".includes(host.charAt(at))) return false;
	return host !== "";
}
