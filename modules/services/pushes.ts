/*
 * Objects that call agents push (UserToDeviceData), and what users do with them (DeviceToUserData). An object never comes between a user and
 * a call that rings or is dialled, a form or number that is being typed, or a page that is being fetched: it is refused then, with the
 * guide's number of the error, and whoever pushed it may come again. What its message calls its display priority says what else it gives way
 * to, as servers use it: 0 (chan-sccp's for texts and parked calls) comes on an idle phone alone, 1 also in calls where no page of others is
 * open, 2 (lists of conferences) above other pages, too.
 *
 * A page that was pushed about a call closes with the call. URIs: UserData, UserDataSoftKey, UserCallData, UserCallDataSoftKey, App:Close.
 */

import type { DataHead } from "base/data-head";
import { Word } from "base/words";
import { Kind } from "services/kinds";
import type { ObjectPage } from "services/page";
import type { Services } from "services/services";
import type { Session } from "services/session";

/** What pushes need of the phone. */
export interface PushHost {
	/** Sends what a user has done to the application that `head` names; false where it does not go out. */
	sendData(head: DataHead, data: string): boolean;
	/** What a page would come between, in English for the log; '' for nothing. @param high one of high priority, which menus give way to. */
	occupied(high: boolean): string;
	callsUp(): boolean;
	/** Whether a call is up on a line. */
	hasCall(line: number, reference: number): boolean;
}

/** Display priorities. */
const Priority = Object.freeze({ low: 0, normal: 1, high: 2 });

export class Pushes {
	private readonly services: Services;
	private readonly host: PushHost;
	/** Of the object that is coming, undefined while none is. */
	private head: DataHead | undefined = undefined;
	private session: Session | undefined = undefined;
	private turn = 0;
	/** Of the page that was pushed last, and that page; it may be gone. */
	private shown: DataHead | undefined = undefined;
	private page: ObjectPage | undefined = undefined;
	/** Whether the page goes with the call that its head names. */
	private ofCall = false;

	constructor(services: Services, host: PushHost) {
		this.services = services;
		this.host = host;
	}

	/** An object begins. @returns false where it cannot be read now. */
	begin(head: DataHead): boolean {
		const session = this.services.receive();
		if (session.reading) return this.refuse(head, "a page is being fetched");
		this.head = head;
		this.session = session;
		session.begin("");
		session.guard = (kind) => this.mayCome(kind);
		this.turn = session.turn;
		return true;
	}

	/** More of it. @returns false to refuse the object. */
	take(octets: Uint8Array, from: number, to: number): boolean {
		const { session } = this;
		return session !== undefined && session.turn === this.turn && session.take(octets, from, to);
	}

	/** It is whole. @returns the object that answers it; '' where it is none that can be shown or done. */
	end(): string {
		const { head, host, services, session } = this;
		if (head === undefined || session === undefined || session.turn !== this.turn) {
			this.settle();
			return "";
		}
		const wrong = session.end() !== "";
		if (!wrong && session.kind < Kind.execute) {
			// the phone's own record is overwritten by the next object
			const { version1, application, line, reference, transaction, priority, conference, instance, routing } = head;
			this.shown = {
				version1,
				application,
				line,
				reference,
				transaction,
				priority,
				conference,
				instance,
				routing,
			};
			this.page = session.page;
			this.ofCall = host.hasCall(line, reference);
		}
		const { answer } = session;
		this.settle();
		services.settle();
		return wrong ? "" : answer;
	}

	/** The rest of it does not come, or is refused. */
	cancel(): void {
		const { session } = this;
		if (session !== undefined && session.turn === this.turn) session.cancel();
		this.settle();
		this.services.settle();
	}

	private settle(): void {
		this.head = undefined;
		this.session = undefined;
	}

	private refuse(head: DataHead, why: string): false {
		this.services.host.log(`services: a pushed object of application ${head.application} refused: ${why}`);
		return false;
	}

	/** Whether an object of a kind may be shown now. */
	private mayCome(kind: number): boolean {
		const { head } = this;
		if (head === undefined || kind >= Kind.execute) return true;
		// an application may change its own page at any time
		if (this.author?.application === head.application) return true;
		const between = this.between(head.priority);
		return between === "" || this.refuse(head, between);
	}

	/** Whether an object of a kind may be shown that comes by CGI. */
	admits(kind: number): boolean {
		const between = kind >= Kind.execute ? "" : this.between(Priority.high);
		if (between !== "") this.services.host.log(`services: an object that came by CGI refused: ${between}`);
		return between === "";
	}

	/** What an object of a display priority would come between, '' for nothing. */
	private between(priority: number): string {
		const { host, services } = this;
		const page = services.session?.page;
		const occupied = host.occupied(priority >= Priority.high);
		if (occupied !== "") return occupied;
		if (page?.kind === Kind.input) return "a form is being filled in";
		if (priority >= Priority.high) return "";
		if (page !== undefined) return "another page is open";
		return priority === Priority.low && host.callsUp() ? "a call is up" : "";
	}

	/** Calls may have changed: a page that was about one that is gone is closed. */
	callsChanged(): void {
		const { page, services, shown } = this;
		if (shown === undefined) return;
		if (services.session?.page !== page) {
			this.shown = undefined;
			this.page = undefined;
		} else if (this.ofCall && !this.host.hasCall(shown.line, shown.reference)) services.close();
	}

	/** The application that the open page came from, undefined where that was not pushed. */
	private get author(): DataHead | undefined {
		const { page, services } = this;
		return page !== undefined && page === services.session?.page ? this.shown : undefined;
	}

	/**
	 * Sends what has been picked to the application that pushed the open page: what a URL without a scheme means there.
	 * @returns '' or why not.
	 */
	reply(data: string): string {
		const { author } = this;
		return author === undefined ? Word.wrongUrl : this.send(author, data);
	}

	private send(head: DataHead, data: string): string {
		return this.host.sendData(head, data) ? "" : Word.agentSilent;
	}

	/** Runs a URI that is for call agents' applications. @returns '' or why not. */
	run(uri: string): string {
		const fields = uri.split(":");
		switch ((fields[0] as string).toLowerCase()) {
			case "userdata":
				return this.userData(uri, fields, 1);
			case "userdatasoftkey":
				return this.userData(uri, fields, 2);
			case "usercalldata":
				return this.callData(uri, fields, 1);
			case "usercalldatasoftkey":
				return this.callData(uri, fields, 2);
			default:
				return Word.uriUnknown;
		}
	}

	/**
	 * UserData:APPLICATION:DATA, and with a softkey's name before the application: what that does follows the data. Some call agents have a
	 * transaction before the data (sccp-protocol).
	 */
	private userData(uri: string, fields: readonly string[], at: number): string {
		const application = number(fields[at]);
		const transaction = fields.length > at + 2 ? number(fields[at + 1]) : -1;
		const data = from(uri, transaction < 0 ? at + 1 : at + 2);
		if (application < 0 || data === "") return Word.serviceNothing;
		return this.answer(application, 0, 0, Math.max(transaction, 0), data, at === 2 ? (fields[1] as string) : "");
	}

	/** UserCallData:APPLICATION:LINE:CALL:TRANSACTION:DATA, likewise. */
	private callData(uri: string, fields: readonly string[], at: number): string {
		const application = number(fields[at]);
		const line = number(fields[at + 1]);
		const reference = number(fields[at + 2]);
		const transaction = number(fields[at + 3]);
		const data = from(uri, at + 4);
		if (application < 0 || line < 0 || reference < 0 || transaction < 0 || data === "") return Word.serviceNothing;
		return this.answer(application, line, reference, transaction, data, at === 2 ? (fields[1] as string) : "");
	}

	private answer(
		application: number,
		line: number,
		reference: number,
		transaction: number,
		data: string,
		softkey: string,
	): string {
		const { author } = this;
		const own = author?.application === application ? author : undefined;
		const wrong = this.send(
			{
				version1: author?.version1 ?? true,
				application,
				line,
				reference,
				transaction,
				priority: own?.priority ?? 0,
				conference: own?.conference ?? 0,
				instance: own?.instance ?? 0,
				routing: own?.routing ?? 0,
			},
			data,
		);
		// a name that means nothing on this page leaves it at the data
		if (wrong === "" && softkey !== "") this.services.session?.page?.act(softkey.toLowerCase());
		return wrong;
	}

	/**
	 * App:Close:APPLICATION of a pushed object closes the page that the application has pushed, 0 for the one that says so; a page that the
	 * user has opened stays. @param text the URI behind its scheme. @returns '' where that was meant.
	 */
	close(text: string): string | undefined {
		const { author, head } = this;
		const [command = "", application] = text.split(":");
		if (head === undefined || command.toLowerCase() !== "close") return undefined;
		const which = number(application) > 0 ? number(application) : head.application;
		if (author?.application === which) this.services.close();
		return "";
	}
}

/** A number in decimal digits, -1 where the text is none. */
function number(text: string | undefined): number {
	if (text === undefined || text === "" || text.length > 10) return -1;
	let value = 0;
	for (let i = 0; i < text.length; i += 1) {
		const digit = text.charCodeAt(i) - 0x30;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value > 0xffffffff ? -1 : value;
}

/** What of a URI lies behind so many colons. */
function from(uri: string, colons: number): string {
	let at = 0;
	for (let i = 0; i < colons; i += 1) {
		at = uri.indexOf(":", at) + 1;
		if (at === 0) return "";
	}
	return uri.slice(at);
}
