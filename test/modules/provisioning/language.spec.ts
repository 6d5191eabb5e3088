// Dictionaries of a language, and what the phone speaks by them: all phrases, in flash, across restarts.
import { english, type Words } from "base/words";
import { german } from "base/words-german";
import { assert } from "chai";
import { hasLetter } from "hal/letters";
import { Limits } from "limits";
import { Failure } from "net/transfer";
import { XmlDocument } from "provisioning/document";
import { Errands } from "provisioning/errands";
import { Fetch } from "provisioning/fetch";
import { Language } from "provisioning/language";
import { Phrases } from "provisioning/phrases";
import { Store } from "settings/store";
import { XmlReader } from "xml/reader";
import { inEnglish } from "../support/english.js";
import { FakeClock } from "../support/fakes.js";
import { FakeFlash } from "../support/flash.js";
import { FakeTransfer } from "../support/provisioning.js";
import { FakeStorage, PowerCut } from "../support/storage.js";
import { latin1, utf8 } from "../support/xml.js";

const phrase = (number: number | string, text: string): string => `<phrase i="${number}" t="${text}"/>`;
const file = (...phrases: string[]): string =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<phrases>${phrases.join("\n")}</phrases>`;
/** A phrase for each number that a real dictionary has and more, each as long as one may be. */
const longest = (letter: string): string[] =>
	Array.from({ length: 200 }, (_, i) =>
		phrase(i + 1, `${i + 1} ${letter.repeat((Limits.phrase - 4) / utf8(letter).length)}`),
	);

/** Reads a file in small pieces and puts it into flash; what is wrong with it. */
function read(phrases: Phrases, octets: Uint8Array, name = "German_Germany "): string {
	const writer = phrases.write(hasLetter);
	const document = new XmlDocument(new XmlReader(), writer);
	for (let at = 0; at < octets.length; at += 11) document.data(octets.subarray(at, at + 11));
	const problem = document.end() || writer.finish(name);
	phrases.open();
	return problem;
}

describe("dictionary of a locale", () => {
	it("gives phrases by the numbers of the file", () => {
		const phrases = new Phrases(new FakeFlash());
		const some = file(
			"<trkLocaleName>German_Germany</trkLocaleName>",
			phrase(2, "Kto"),
			phrase(101, "Wahlwdh"),
			phrase(109, "Auflegen"),
			phrase(123, "Von "),
			phrase(185, "Nr. ungültig &amp; leer"),
			phrase(219, "nicht gezeigt"),
			phrase("x", "y"),
			phrase(0, "z"),
			'<phrase i="102"/>',
		);
		assert.strictEqual(read(phrases, utf8(some)), "");
		assert.strictEqual(phrases.name, "German_Germany ");
		assert.strictEqual(phrases.find(2), "Kto");
		assert.strictEqual(phrases.find(101), "Wahlwdh");
		assert.strictEqual(phrases.find(123), "Von ");
		assert.strictEqual(phrases.find(185), "Nr. ungültig & leer");
		for (const number of [0, 1, 102, 219, 1000, -1]) assert.strictEqual(phrases.find(number), "", `${number}`);
		const other = `<?xml version="1.0" encoding="iso-8859-1"?><phrases>${phrase(101, "R\xe9p\xe9t.")}</phrases>`;
		assert.strictEqual(read(phrases, latin1(other)), "");
		assert.strictEqual(phrases.find(101), "Répét.");
		assert.strictEqual(phrases.find(2), "");
	});

	it("has all of them, in any script that the display has, however long", () => {
		const texts = [
			"Größe",
			"Идёт вызов",
			"Αναμονή κλήσης",
			"Přesměrování",
			"&lt;&lt;",
			"&#1042;&#x44b;ход",
			"x".repeat(Limits.phrase),
		];
		const shown = ["Größe", "Идёт вызов", "Αναμονή κλήσης", "Přesměrování", "<<", "Выход", "x".repeat(Limits.phrase)];
		const phrases = new Phrases(new FakeFlash());
		const all = Array.from({ length: 200 }, (_, i) => phrase(200 - i, texts[(200 - i) % texts.length] as string));
		assert.strictEqual(read(phrases, utf8(file(...all))), "");
		for (let number = 1; number <= 200; number += 1)
			assert.strictEqual(phrases.find(number), shown[number % shown.length], `${number}`);
	});

	it("is cut off where flash ends, and counts what is too long for it", () => {
		const phrases = new Phrases(new FakeFlash());
		const writer = phrases.write(hasLetter);
		const document = new XmlDocument(new XmlReader(), writer);
		document.data(utf8(file(...longest("x"), phrase(101, "y".repeat(Limits.phrase + 1)))));
		assert.strictEqual(document.end() + writer.finish("x"), "");
		// 32,768 octets less the header hold 166 such phrases
		assert.strictEqual(writer.count + writer.left, 201);
		assert.isAtLeast(writer.count, 166);
		phrases.open();
		for (let number = 1; number <= writer.count; number += 1)
			assert.strictEqual(phrases.find(number), `${number} ${"x".repeat(Limits.phrase - 4)}`);
	});

	it("leaves out what the display has not the letters for, and what is no writing", () => {
		const phrases = new Phrases(new FakeFlash());
		const writer = phrases.write(hasLetter);
		const document = new XmlDocument(new XmlReader(), writer);
		document.data(utf8(file(phrase(101, "保留"), phrase(102, "a&#x202e;b&#x9b;c"), phrase(103, "ÿ\u{1f4de}"))));
		assert.strictEqual(document.end() + writer.finish("x"), "");
		assert.deepEqual([writer.count, writer.left, writer.strange], [1, 0, 2]);
		phrases.open();
		assert.deepEqual(
			[101, 102, 103].map((number) => phrases.find(number)),
			["", "abc", ""],
		);
	});

	it("stays the one before it where the file is broken, and is none where there was none", () => {
		const phrases = new Phrases(new FakeFlash());
		const broken = utf8(`<phrases>\n${phrase(102, "b")}</phrase>`);
		assert.strictEqual(read(phrases, broken), "line 2: </phrases> is expected, not </phrase>");
		assert.strictEqual(phrases.find(102) + phrases.name, "");
		assert.strictEqual(read(phrases, utf8(file(phrase(101, "a")))), "");
		read(phrases, broken);
		assert.strictEqual(phrases.find(101) + phrases.find(102), "a");
		assert.strictEqual(read(phrases, utf8("<html/>")), "line 1: <phrases> is expected, not <html>");
	});

	it("is the old one or the new one wherever the power is cut, and the old one where an octet has rotted", () => {
		const old = utf8(file(phrase(101, "alt"), phrase(102, "auch alt")));
		const fresh = utf8(file(phrase(101, "neu"), ...Array.from({ length: 30 }, (_, i) => phrase(i + 1, `Wort ${i}`))));
		const whole = new FakeFlash();
		read(new Phrases(whole), old);
		const before = whole.octets.slice();
		read(new Phrases(whole), fresh);
		let cuts = 0;
		for (let after = 0; ; after += after < 4090 ? 311 : 1) {
			const flash = new FakeFlash();
			flash.octets.set(before);
			flash.cutAfter(after);
			let done = false;
			try {
				read(new Phrases(flash), fresh);
				done = true;
			} catch (error) {
				assert.instanceOf(error, PowerCut);
			}
			const phrases = new Phrases(flash);
			phrases.open();
			const found = phrases.find(101);
			if (done) {
				assert.strictEqual(found, "neu");
				break;
			}
			cuts += 1;
			assert.oneOf(found, ["alt", "neu"], `after ${after}`);
			if (found === "neu") assert.strictEqual(phrases.find(30), "Wort 29");
			else assert.strictEqual(phrases.find(102), "auch alt");
		}
		assert.isAbove(cuts, 500);
		const end = 32768 + (whole.octets[32768 + 12] as number) + 256 * (whole.octets[32768 + 13] as number);
		assert.isAbove(end, 32768 + 600);
		for (let at = 32768; at <= end; at += 1) {
			const octet = whole.octets[at] as number;
			whole.octets[at] = octet ^ 0x10;
			const phrases = new Phrases(whole);
			phrases.open();
			assert.strictEqual(phrases.find(101), at < end ? "alt" : "neu", `octet ${at - 32768}`);
			whole.octets[at] = octet;
		}
	});

	it("takes turns with the one before it, and is none without flash or where that cannot be written", () => {
		const flash = new FakeFlash();
		const phrases = new Phrases(flash);
		for (let i = 0; i < 5; i += 1) {
			assert.strictEqual(read(phrases, utf8(file(phrase(101, `Nr. ${i}`)))), "");
			assert.strictEqual(phrases.find(101), `Nr. ${i}`);
		}
		assert.strictEqual(flash.erased, 5);
		flash.works = false;
		assert.include(read(phrases, utf8(file(phrase(101, "x")))), "cannot be written");
		assert.strictEqual(phrases.find(101), "Nr. 4");
		for (const size of [0, 4096]) {
			const none = new Phrases(new FakeFlash(size));
			none.open();
			assert.include(read(none, utf8(file(phrase(101, "x")))), "there is no flash for it");
			assert.strictEqual(none.find(101), "");
		}
	});
});

/** A file as the server has it: an octet a character. */
const served = (text: string): string => String.fromCharCode(...utf8(text));

/** A phone's language, with its server; what lies in storage and flash outlives it. */
class House {
	readonly clock = new FakeClock();
	readonly transfer = new FakeTransfer();
	readonly log: string[] = [];
	readonly notices: string[] = [];
	changes = 0;
	readonly language: Language;
	readonly errands: Errands;
	readonly storage: FakeStorage;
	readonly flash: FakeFlash;

	constructor(before?: House, draws: (code: number) => boolean = hasLetter) {
		this.storage = before?.storage ?? new FakeStorage();
		this.flash = before?.flash ?? new FakeFlash();
		const fetch = new Fetch(() => this.transfer);
		fetch.use("10.0.0.1", 69);
		const xml = new XmlReader();
		const host = {
			callsUp: () => false,
			fetched: () => fetch.release(),
			random: () => 0.5,
			openXml: () => xml,
			spoken: () => {
				this.changes += 1;
			},
			notice: (text: string) => this.notices.push(inEnglish(text)),
			log: (line: string) => this.log.push(line),
		};
		this.errands = new Errands(fetch, this.clock, host);
		const store = new Store(this.storage, (line) => this.log.push(line));
		this.language = new Language(host, store, this.flash, draws);
		this.errands.add(this.language);
		this.language.recall();
	}

	get words(): Words {
		return this.language.words;
	}

	find(number: number): string {
		return this.language.phrases?.find(number) ?? "";
	}

	/** Wants a locale and serves all that is asked for; the files. */
	speak(userLocale: string, langCode = "", userLocaleVersion = ""): string[] {
		this.transfer.asked.length = 0;
		this.language.speak({ userLocale, langCode, userLocaleVersion });
		this.errands.resume();
		do this.clock.advance(1);
		while (this.transfer.serve());
		return [...new Set(this.transfer.asked.map((request) => request.slice(request.indexOf(" ") + 1)))];
	}
}

describe("language of the user", () => {
	const utf8File = "German_Germany/SCCP-dictionary.utf-8.xml";
	const plainFile = "German_Germany/SCCP-dictionary.xml";
	const redial = file(phrase(101, "Wahlwdh"));

	it("is fetched from the locale's folder, and asked for once", () => {
		const house = new House();
		house.transfer.files.set(plainFile, redial);
		assert.deepEqual(house.speak("German_Germany"), [utf8File, plainFile]);
		assert.strictEqual(house.find(101), "Wahlwdh");
		assert.strictEqual(house.words, german);
		assert.deepEqual(house.speak("German_Germany"), []);
		assert.deepEqual(house.speak("English_United_States"), []);
		assert.isUndefined(house.language.phrases);
		assert.strictEqual(house.words, english);
		for (const locale of ["", "i18n/English_United_States"]) assert.deepEqual(house.speak(locale), []);
		assert.deepEqual(
			house.speak("French_France"),
			[utf8File, plainFile].map((name) => name.replace("German_Germany", "French_France")),
		);
		assert.deepEqual(house.speak("", "de"), []);
		assert.strictEqual(house.words, german);
	});

	it("is there after a restart before any server, and is not fetched again", () => {
		const house = new House();
		house.transfer.files.set(utf8File, redial);
		house.speak("German_Germany");
		const again = new House(house);
		assert.strictEqual(again.find(101), "Wahlwdh");
		assert.strictEqual(again.words, german);
		assert.strictEqual(again.changes, 1);
		assert.deepEqual(again.speak("German_Germany"), []);
		assert.strictEqual(again.changes, 1);
		again.speak("French_France");
		assert.strictEqual(again.find(101), "", "German is no French");
		const third = new House(again);
		assert.strictEqual(third.find(101), "");
		assert.deepEqual(third.speak("German_Germany"), []);
		assert.strictEqual(third.find(101), "Wahlwdh");
		const { writes } = third.storage;
		third.speak("German_Germany");
		assert.strictEqual(third.storage.writes, writes, "what stays as it is is not written");
	});

	it("is fetched again for another version of the locale, and after a reset; the one before it holds until then", () => {
		const house = new House();
		house.transfer.files.set(utf8File, redial);
		assert.deepEqual(house.speak("German_Germany", "de", "8.5"), [utf8File]);
		assert.deepEqual(house.speak("German_Germany", "de", "8.5"), []);
		house.transfer.files.clear();
		house.errands.renew();
		assert.deepEqual(house.speak("German_Germany", "de", "8.6"), [utf8File, plainFile]);
		assert.strictEqual(house.find(101), "Wahlwdh");
		house.errands.renew();
		house.transfer.files.set(utf8File, file(phrase(101, "Wiederholen")));
		assert.deepEqual(house.speak("German_Germany", "de", "8.6"), [utf8File]);
		assert.strictEqual(house.find(101), "Wiederholen");
		house.language.renew();
		const again = new House(house);
		assert.strictEqual(again.find(101), "Wiederholen");
		again.transfer.files.set(utf8File, file(phrase(101, "Nochmal")));
		assert.deepEqual(again.speak("German_Germany", "de", "8.6"), [utf8File]);
		assert.strictEqual(again.find(101), "Nochmal");
		assert.deepEqual(again.speak("German_Germany", "de", "8.6"), []);
		assert.deepEqual(new House(again).speak("German_Germany", "de", "8.6"), []);
	});

	it("is English where the dictionary is missing or broken, with a line in the log for each file, and comes later", () => {
		const house = new House();
		house.transfer.files.set(utf8File, `<phrases>${phrase(101, "Wahlwdh")}`);
		house.transfer.files.set(plainFile, Failure.timedOut);
		house.speak("German_Germany");
		assert.strictEqual(house.language.phrases, undefined);
		assert.deepEqual(house.log, [
			`${utf8File} over HTTP: line 1: </phrases> is missing: the file ends here; TFTP is asked`,
			`${utf8File}: line 1: </phrases> is missing: the file ends here`,
			`${plainFile}: failure ${Failure.timedOut}; asked for again in 60 s`,
		]);
		house.transfer.files.set(utf8File, redial);
		assert.deepEqual(house.speak("German_Germany"), []);
		house.clock.advance(60_000);
		assert.include(house.transfer.asked.at(-1), utf8File);
		house.speak("German_Germany");
		assert.strictEqual(house.find(101), "Wahlwdh");
	});

	for (const [locale, text] of [
		["Japanese_Japan", "保留"],
		["Arabic_Saudi_Arabia", "انتظار"],
		["Thailand_Thailand", "พักสาย"],
	] as const)
		it(`stays English in ${locale}, whose letters the display has not, says so, and asks no more for it`, () => {
			const house = new House();
			const phrases = Array.from({ length: 20 }, (_, i) => phrase(101 + i, `${text} ${i}`));
			house.transfer.files.set(
				`${locale}/SCCP-dictionary.utf-8.xml`,
				served(file(phrase(108, "&lt;&lt;"), ...phrases)),
			);
			assert.deepEqual(house.speak(locale), [`${locale}/SCCP-dictionary.utf-8.xml`]);
			assert.isUndefined(house.language.phrases, `${house.find(108)} ${house.find(101)} ${house.log}`);
			assert.strictEqual(house.words, english);
			assert.deepEqual(house.notices, [`${locale}: letters missing`]);
			assert.include(house.log.join(), "20 of 21 phrases have letters that this display lacks");
			const status: string[] = [];
			house.language.status(status);
			assert.deepEqual(status.map(inEnglish), [`Language ${locale}: letters missing`]);
			assert.deepEqual(house.speak(locale), []);
		});

	it("stays English on a display without its letters, words of the phone's own included", () => {
		const house = new House(undefined, (code) => code < 0x7f);
		house.transfer.files.set(utf8File, served(file(phrase(101, "Wähl"), phrase(102, "Größe"), phrase(103, "Halten"))));
		house.speak("German_Germany");
		assert.strictEqual(house.words, english);
		assert.isUndefined(house.language.phrases);
	});

	it("goes by the language's code where the name of the locale says nothing, and by the next file where one has no phrase", () => {
		const house = new House();
		const latin = `<?xml version="1.0" encoding="ISO-8859-1"?><phrases>${phrase(101, "Herh\xe1len")}</phrases>`;
		house.transfer.files.set("Netherlands/SCCP-dictionary.utf-8.xml", file(phrase(2000, "x")));
		house.transfer.files.set("Netherlands/SCCP-dictionary.xml", latin);
		house.speak("Netherlands", "nl_NL");
		assert.strictEqual(house.find(101), "Herhálen", house.log.join());
		assert.include(house.log.join(), "utf-8.xml: no phrase is in it that this phone shows");
		assert.strictEqual(new House(house).find(101), "Herhálen");
	});

	it("takes no file for Russian that calls itself ISO-8859-1", () => {
		const house = new House();
		const name = "Russian_Russian_Federation/SCCP-dictionary.xml";
		house.transfer.files.set(
			name,
			`<?xml version="1.0" encoding="ISO-8859-1"?><phrases>${phrase(101, "Ïîâòîð")}</phrases>`,
		);
		house.speak("Russian_Russian_Federation");
		assert.isUndefined(house.language.phrases);
		assert.include(house.log.join(), "ISO-8859-1");
	});
});
