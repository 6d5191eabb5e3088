/*
 * What is sent back for an object that came by a push or CGI: CiscoIPPhoneResponse with what became of each item, or CiscoIPPhoneError
 * (guide, chapter "CiscoIPPhone XML Objects").
 */
import { english, spoken } from "base/words";

/** Status of an item that was done, and of one that could not be. */
const done = 0;
const failed = 6;

/** CiscoIPPhoneError with a number of ObjectError. */
export function errorText(number: number): string {
	return `<CiscoIPPhoneError Number="${number}"/>`;
}

/** CiscoIPPhoneResponse. @param results of each item: its URL, a line feed, and '' or why it was not done. */
export function responseText(results: readonly string[]): string {
	let text = "<CiscoIPPhoneResponse>";
	for (let i = 0; i < results.length; i += 1) {
		const result = results[i] as string;
		const at = result.indexOf("\n");
		const reason = spoken(result.slice(at + 1), english);
		const [status, data] = reason === "" ? [done, "Success"] : [failed, reason];
		text += `<ResponseItem Status="${status}" Data="${escaped(data)}" URL="${escaped(result.slice(0, Math.max(at, 0)))}"/>`;
	}
	return `${text}</CiscoIPPhoneResponse>`;
}

/** A text as an attribute's value. */
export function escaped(text: string): string {
	return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
