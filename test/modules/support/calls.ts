// The lists of calls as a spec reads them: whole, the latest first, as nobody on the phone does.
import type { CallEntry } from "settings/call-list";
import type { History } from "settings/history";

/** All entries of a list; somebody has looked at it with that. */
export function entriesOf(history: History, kind: number): CallEntry[] {
	const list = history.look(kind);
	return [...list.places()].map((place) => list.read(place) as CallEntry);
}

/** Number, tab and name of each. */
export function partiesOf(history: History, kind: number): string[] {
	return entriesOf(history, kind).map(({ number, name }) => `${number}\t${name}`);
}

/** A call of somebody, of which nothing else is known. */
export function party(number: string, name = ""): CallEntry {
	return { number, name, line: 0, at: -1, duration: -1, count: 1 };
}
