// Files that a configuration names: dictionaries of a language, ring lists, rings.
import { assert } from "chai";
import { hasLetter } from "hal/letters";
import { Limits } from "limits";
import { Failure } from "net/transfer";
import { type Content, XmlDocument } from "provisioning/document";
import { Errands } from "provisioning/errands";
import { Fetch } from "provisioning/fetch";
import { Language } from "provisioning/language";
import { Phrases } from "provisioning/phrases";
import { RingList, ringFileProblem } from "provisioning/rings";
import { Store } from "settings/store";
import { XmlReader } from "xml/reader";
import { FakeClock } from "../support/fakes.js";
import { FakeTransfer } from "../support/provisioning.js";
import { FakeStorage } from "../support/storage.js";
import { latin1, utf8 } from "../support/xml.js";

/** Reads a file in small pieces; what is wrong with it. */
function read(content: Content, octets: Uint8Array): string {
	const file = new XmlDocument(new XmlReader(), content);
	let good = true;
	for (let at = 0; at < octets.length; at += 11) good = file.data(octets.subarray(at, at + 11)) && good;
	const problem = file.end();
	if (!good) assert.notStrictEqual(problem, "");
	return problem;
}

const phrase = (number: number | string, text: string): string => `<phrase i="${number}" t="${text}"/>`;

describe("dictionary of a locale", () => {
	it("gives phrases by the numbers of the file", () => {
		const phrases = new Phrases();
		const file = `<?xml version="1.0" encoding="UTF-8"?><phrases><trkLocaleName>German_Germany</trkLocaleName>
			${phrase(2, "Kto")}${phrase(101, "Wahlwdh")}${phrase(109, "Auflegen")}${phrase(123, "Von ")}${phrase(185, "Nr. ungültig &amp; leer")}
			${phrase(219, "nicht gezeigt")}${phrase("x", "y")}${phrase(0, "z")}<phrase i="102"/></phrases>`;
		assert.strictEqual(read(phrases, utf8(file)), "");
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

	it("keeps room for what is shown all day", () => {
		const phrases = new Phrases();
		let file = "<phrases>";
		for (let number = 200; number > 0; number -= 1) file += phrase(number, `${number} ${"ж".repeat(12)}`);
		assert.strictEqual(read(phrases, utf8(`${file}</phrases>`)), "");
		for (let number = 101; number <= 140; number += 1) assert.include(phrases.find(number), `${number} ж`);
		assert.isAbove(phrases.left, 0);
		const long = phrase(101, "x".repeat(Limits.phrase + 1));
		assert.strictEqual(read(phrases, utf8(`<phrases>${long}${phrase(102, "ok")}</phrases>`)), "");
		assert.strictEqual(phrases.find(101), "");
		assert.strictEqual(phrases.find(102), "ok");
	});

	it("forgets all when the file is broken", () => {
		const phrases = new Phrases();
		const good = utf8(`<phrases>${phrase(101, "a")}</phrases>`);
		assert.strictEqual(read(phrases, good), "");
		assert.strictEqual(
			read(phrases, utf8(`<phrases>\n${phrase(102, "b")}</phrase>`)),
			"line 2: </phrases> is expected, not </phrase>",
		);
		assert.strictEqual(phrases.find(101) + phrases.find(102), "");
		assert.strictEqual(read(phrases, utf8("<html/>")), "line 1: <phrases> is expected, not <html>");
	});
});

describe("language of the user", () => {
	const utf8File = "German_Germany/SCCP-dictionary.utf-8.xml";
	const plainFile = "German_Germany/SCCP-dictionary.xml";

	class House {
		readonly clock = new FakeClock();
		readonly transfer = new FakeTransfer();
		readonly log: string[] = [];
		changes = 0;
		readonly language: Language;
		readonly errands: Errands;

		constructor() {
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
				log: (line: string) => this.log.push(line),
			};
			this.errands = new Errands(fetch, this.clock, host);
			const store = new Store(new FakeStorage(), (line) => this.log.push(line));
			this.language = new Language(host, store, hasLetter);
			this.errands.add(this.language);
		}

		/** Wants a locale and serves all that is asked for; the files. */
		speak(locale: string): string[] {
			this.transfer.asked.length = 0;
			this.language.speak(locale, "");
			this.errands.resume();
			do this.clock.advance(1);
			while (this.transfer.serve());
			return [...new Set(this.transfer.asked.map((request) => request.slice(request.indexOf(" ") + 1)))];
		}
	}

	it("is fetched from the locale's folder, and asked for once", () => {
		const house = new House();
		house.transfer.files.set(plainFile, `<phrases>${phrase(101, "Wahlwdh")}</phrases>`);
		assert.deepEqual(house.speak("German_Germany"), [utf8File, plainFile]);
		assert.strictEqual(house.language.phrases?.find(101), "Wahlwdh");
		assert.strictEqual(house.changes, 2, "own words, and phrases");
		assert.deepEqual(house.speak("German_Germany"), []);
		assert.deepEqual(house.speak("English_United_States"), []);
		assert.isUndefined(house.language.phrases);
		assert.strictEqual(house.changes, 4);
		assert.deepEqual(house.speak(""), []);
		assert.deepEqual(
			house.speak("French_France"),
			[utf8File, plainFile].map((file) => file.replace("German_Germany", "French_France")),
		);
	});

	it("is English where the dictionary is missing or broken, with a line in the log for each file, and comes later", () => {
		const house = new House();
		house.transfer.files.set(utf8File, `<phrases>${phrase(101, "Wahlwdh")}`);
		house.transfer.files.set(plainFile, Failure.timedOut);
		house.speak("German_Germany");
		assert.strictEqual(house.language.phrases, undefined);
		assert.deepEqual(house.log, [
			`${utf8File}: line 1: </phrases> is missing: the file ends here`,
			`${plainFile}: failure ${Failure.timedOut}; asked for again in 60 s`,
		]);
		house.transfer.files.set(utf8File, `<phrases>${phrase(101, "Wahlwdh")}</phrases>`);
		assert.deepEqual(house.speak("German_Germany"), []);
		house.clock.advance(60_000);
		assert.include(house.transfer.asked.at(-1), utf8File);
		house.speak("German_Germany");
		assert.strictEqual(house.language.phrases?.find(101), "Wahlwdh");
	});
});

describe("rings", () => {
	const ring = (name: string, file: string): string =>
		`<Ring><DisplayName>${name}</DisplayName><FileName>${file}</FileName></Ring>`;

	it("come from a list", () => {
		const list = new RingList();
		const file = `<CiscoIPPhoneRingList>\n${ring("Analog 1", "Analog1.raw")}
			${ring(" Glöckchen &amp; Co ", "bell.raw")}${ring("", "x.raw")}${ring("x".repeat(26), "y.raw")}${ring("no file", "")}
			<Other><DisplayName>a</DisplayName><FileName>b</FileName></Other></CiscoIPPhoneRingList>`;
		assert.strictEqual(read(list, utf8(file)), "");
		const kept = () => Array.from({ length: list.count }, (_, index) => `${list.name(index)}: ${list.file(index)}`);
		assert.deepEqual(kept(), ["Analog 1: Analog1.raw", "Glöckchen & Co: bell.raw"]);
		for (const index of [-1, 2, Limits.rings, Number.NaN]) assert.equal(list.name(index) + list.file(index), "");
		assert.strictEqual(list.left, 3);
		const many = Array.from({ length: 40 }, (_, i) => ring(`Ring ${i}`, `${i}.raw`)).join("");
		assert.strictEqual(read(list, utf8(`<CiscoIPPhoneRingList>${many}</CiscoIPPhoneRingList>`)), "");
		const most = Array.from({ length: Limits.rings }, (_, i) => `Ring ${i}: ${i}.raw`);
		assert.deepEqual(kept(), most);
		assert.strictEqual(list.left, 40 - Limits.rings);
		assert.include(read(list, utf8("<RingList/>")), "<CiscoIPPhoneRingList> is expected");
		assert.isEmpty(kept());
		const longest = ring("n".repeat(25), "f".repeat(64)).repeat(Limits.rings) + ring("n".repeat(25), "f".repeat(65));
		assert.strictEqual(read(list, utf8(`<CiscoIPPhoneRingList>${longest}</CiscoIPPhoneRingList>`)), "");
		assert.deepEqual(kept(), new Array(Limits.rings).fill(`${"n".repeat(25)}: ${"f".repeat(64)}`));
		assert.strictEqual(list.left, 1);
	});

	it("are raw sound of certain lengths", () => {
		for (const octets of [240, 480, 16080]) assert.strictEqual(ringFileProblem(octets), "");
		for (const octets of [0, 239, 241, 16320, 100000]) assert.include(ringFileProblem(octets), `not ${octets}`);
	});
});
