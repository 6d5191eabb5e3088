/*
 * A phone's screen put through random changes, the same ones for the same seed.
 */
import { Registration } from "hal/hardware";
import { ScreenValue } from "ui/screen";

/** Numbers of a linear congruential generator. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed;
	}

	/** A whole number from 0 to `limit` - 1. */
	below(limit: number): number {
		this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
		return Math.floor((this.#state / 4294967296) * limit);
	}

	of<T>(values: readonly T[]): T {
		return values[this.below(values.length)] as T;
	}
}

/** Lines that are in view at most, on a display to touch: of a list, and of a page of text. */
const listRows = 4;
const pageRows = 7;

const texts = [
	"",
	"1001",
	"From Zoë Müller (1002)",
	"To 0043155501",
	"#21*00431555010099#",
	"Łódź, Ærø & Søn – „Café“ €",
	"A text that is far too long for any line of this display, whichever it is",
	"Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwww (12345678901234567890)",
	"Nur Text\u0080\u001e漢字",
	"7",
	"Переадресация всех звонков, Йод е\u0308лка (1002)",
	"Προώθηση κλήσης \u{1f600} Nguye\u0302\u0303n \u202eabc\u202c",
	"\ud83d\ufffd\ue000 \u05d0\u05d1\u05d2 \u0623\u0645\u0627\u0646\u064a",
	"'".repeat(400),
];
const times = ["", "13:05 22/11/26", "01:05p 11/22/26", "13:06 22/11/26"];

export function emptyScreen(lineKeys: number, softkeys: number): ScreenValue {
	const screen = new ScreenValue(lineKeys, softkeys);
	screen.setStatus(Registration.registered, "13:05 22/11/26", "1001");
	return screen;
}

/** Changes something of the screen. */
export function change(screen: ScreenValue, random: Random): void {
	const text = random.of(texts);
	switch (random.below(12)) {
		case 0:
			screen.setStatus(random.below(3) > 0 ? 3 : random.below(5), random.of(times), text);
			break;
		case 1:
			screen.setSigns(random.below(4), random.below(512));
			screen.setNews(random.below(3) > 0 ? "" : text);
			break;
		case 2:
		case 3:
			screen.setButton(random.below(screen.buttons.length), text, random.below(16), random.below(6), random.below(4));
			break;
		case 4:
		case 5: {
			const at = random.below(screen.calls.length);
			const there = random.below(3) > 0;
			screen.setCall(at, there ? at + 1 : 0, 1, 5, random.below(15), random.below(3) === 0, there ? text : "");
			screen.setDetail(at, there && random.below(2) > 0 ? text : "", 0);
			break;
		}
		case 6:
		case 7: {
			const at = random.below(screen.calls.length);
			const seconds = screen.calls[at]?.seconds ?? -1;
			screen.setSeconds(at, random.below(3) > 0 ? seconds + 1 : random.of([-1, 0, 59, 3599, 36000, 400000]));
			break;
		}
		case 8:
			screen.setPrompt(text);
			break;
		case 9:
			screen.setSoftkey(random.below(screen.softkeys.length), text);
			break;
		case 10:
			screen.setVolume(random.below(3) > 0 ? -1 : random.below(101), text);
			break;
		default:
			overlay(screen, random);
	}
}

function overlay(screen: ScreenValue, random: Random): void {
	const open = screen.overlay;
	if (open === undefined || random.below(4) === 0) {
		if (open !== undefined && random.below(2) > 0) {
			screen.closeOverlay();
			return;
		}
		const count = random.of([1, 2, 5, 6, 7, 9, 13, 25]);
		const selected = random.below(2) > 0 ? -1 : random.below(count);
		const first = selected < 0 ? random.below(count) : selected - (selected % listRows);
		const shown = Math.min(selected < 0 ? pageRows : listRows, count - first);
		screen.openOverlay(random.of(texts), shown, selected, first, count);
		for (let i = 0; i < shown; i += 1) screen.setOverlayLine(i, random.of(texts));
		return;
	}
	const { count, first, lines, selected, title } = open;
	const shown = lines.length;
	if (selected < 0 || random.below(2) > 0) screen.setOverlayLine(random.below(shown), random.of(texts));
	else screen.openOverlay(title, shown, first + random.below(shown), first, count);
}
