/*
 * Which key of the phone a key of the keyboard stands for. A softkey is found by what its label on the phone's screen means,
 * so that Enter answers, dials or selects and Escape hangs up or leaves, whatever the phone offers just now. What some keyboards have behind
 * AltGr alone (#, *, [ and ]) has a letter or another key as well.
 */

/** What a keyboard key does: press a key of the phone, move the handset, or turn to another phone by steps. */
export type KeyboardAction = { key: string } | { hook: "toggle" | "on" } | { turn: number };

/** Steps to another phone. */
const turns: Readonly<Record<string, number>> = Object.freeze({ ",": -1, ".": 1, "[": -1, "]": 1 });

const direct: Readonly<Record<string, string>> = Object.freeze({
	"*": "*",
	"#": "#",
	a: "*",
	p: "#",
	ArrowUp: "up",
	ArrowDown: "down",
	ArrowLeft: "left",
	ArrowRight: "right",
	PageUp: "pageUp",
	PageDown: "pageDown",
	F1: "softkey1",
	F2: "softkey2",
	F3: "softkey3",
	F4: "softkey4",
	"+": "volumeUp",
	"=": "volumeUp",
	"-": "volumeDown",
	"?": "help",
	h: "hold",
	t: "transfer",
	c: "conference",
	m: "mute",
	s: "speaker",
});

/** Labels in order of preference for keys that act on what the phone offers. */
const byLabel: Readonly<Record<string, readonly string[]>> = Object.freeze({
	Enter: Object.freeze(["Answer", "Dial", "Select", "Resume"]),
	Escape: Object.freeze(["Exit", "Cancel", "EndCall"]),
	Backspace: Object.freeze(["<<"]),
});

/** Labels that leave a menu or a page; behind 'more' there may be such a one. */
const leaving: readonly string[] = Object.freeze(["Exit", "Cancel", "more"]);

/**
 * @param key as KeyboardEvent.key names it
 * @param softkeys English labels of what is on the phone's screen, by position
 * @param overlay whether a menu or a page lies over the calls
 * @returns undefined for a key that means nothing to a phone
 */
export function keyboardAction(key: string, softkeys: readonly string[], overlay: boolean): KeyboardAction | undefined {
	if (/^[0-9]$/.test(key)) return { key };
	if (key === " ") return { hook: "toggle" };
	const turn = turns[key];
	if (turn !== undefined) return { turn };
	// A page over a call leaves it its softkeys: Escape closes the page first and never the call under it.
	const leaves = key === "Escape" && overlay;
	const labels = leaves ? leaving : byLabel[key];
	if (labels !== undefined) {
		for (const label of labels) {
			const position = softkeys.indexOf(label);
			if (position >= 0) return { key: `softkey${position + 1}` };
		}
		if (key === "Enter") return { key: "select" };
		return key === "Escape" && !leaves ? { hook: "on" } : undefined;
	}
	const name = direct[key.length === 1 ? key.toLowerCase() : key];
	return name === undefined ? undefined : { key: name };
}

/** The legend at the foot of the page: keyboard keys and what they do. */
export const legend: readonly (readonly [string, string])[] = Object.freeze([
	["0–9 * #", "dial (A, P: star, pound)"],
	["Space", "handset"],
	["Enter", "answer, dial, select"],
	["Esc", "end call, exit"],
	["⌫", "delete digit"],
	["F1–F4", "softkeys"],
	["↑ ↓ ← →", "navigate"],
	["PgUp PgDn", "scroll"],
	["H T C", "hold, transfer, conference"],
	["S M", "speaker, mute"],
	["+ −", "volume"],
	["?", "help, statistics"],
	[", .", "other phone"],
] as const);
