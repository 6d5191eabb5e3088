// What a text of the phone's own reads like in English: until it is shown it has references in place of words.
import { english, spoken } from "base/words";
import { logWords } from "base/words-log";

/** As the display says it. */
export function inEnglish(text: string): string {
	return spoken(text, english);
}

/** As the log says it. */
export function inLog(text: string): string {
	return spoken(text, logWords);
}
