/*
 * A request of the set-up page: its head, read as all heads are (base/http-request), and a body as long as the page's form.
 */
import { COMPLETE, HttpRequest, UNFINISHED } from "base/http-request";

/** Octets of a form: each field may be coded in three for one. */
const BODY = 1500;

export class SetupRequest {
	/** The form as it came. */
	body = "";
	readonly head = new HttpRequest();

	/** {@link UNFINISHED}, {@link COMPLETE}, or the HTTP status that refuses the request. */
	get status(): number {
		const { head } = this;
		if (head.status !== COMPLETE || head.length <= 0) return head.status;
		if (head.length > BODY) return 413;
		return this.body.length < head.length ? UNFINISHED : COMPLETE;
	}

	/** Takes what has come. @returns {@link SetupRequest.status}; octets after the request are ignored. */
	feed(octets: Uint8Array): number {
		const { head } = this;
		let at = 0;
		if (head.status === UNFINISHED) at = head.feed(octets, 0, octets.length);
		for (; at < octets.length && this.status === UNFINISHED; at += 1) {
			if (head.status !== COMPLETE) break;
			this.body += String.fromCharCode(octets[at] as number);
		}
		return this.status;
	}
}

/**
 * One field of a form sent as application/x-www-form-urlencoded.
 * @returns its text, `absent` when it is not there, undefined when its coding is broken.
 */
export function formField(body: string, name: string, absent = ""): string | undefined {
	for (const pair of body.split("&")) {
		const equals = pair.indexOf("=");
		if (equals < 0 || pair.slice(0, equals) !== name) continue;
		try {
			return decodeURIComponent(
				pair
					.slice(equals + 1)
					.split("+")
					.join(" "),
			);
		} catch {
			return undefined;
		}
	}
	return absent;
}
