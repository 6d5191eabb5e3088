// What a text of the phone's own reads like in English: until it is shown it has references in place of words.
import { english, spoken } from "base/words";

export function inEnglish(text: string): string {
	return spoken(text, english);
}
