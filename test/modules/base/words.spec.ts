// The phone's own words: complete in each language, and found where a text refers to them.
import { languageOf, languages } from "base/languages";
import { commonNumbers, commonPhrase, noPhrases } from "base/phrases";
import { isControl } from "base/plain";
import { english, spoken, tcpEndWords, Word, type WordName } from "base/words";
import { assert } from "chai";
import { TcpEnd } from "hal/hardware";
import { hasLetter, missing } from "hal/letters";
import { decode as decodeMessage } from "sccp/text";
import { decode as decodeFile } from "xml/text";
import { utf8 } from "../support/xml.js";

const names = Object.keys(Word) as WordName[];

/** The end of a word that something stands behind. */
const ends = (word: string): string => /[:?!]?$/.exec(word)?.[0] ?? "";

describe("own words", () => {
	it("stand where a text refers to them, and a text without references stays as it is", () => {
		assert.equal(spoken("", english), "");
		assert.equal(spoken("10.0.0.1:2000", english), "10.0.0.1:2000");
		assert.equal(spoken(Word.exit, english), "Exit");
		assert.equal(spoken(`2 ${Word.ringType} *`, english), "2 Ring type *");
		assert.equal(spoken(`${Word.missedCalls} (3 ${Word.unseen})`, english), "Missed calls (3 new)");
		assert.equal(spoken(`${Word.on}${Word.off}`, english), "OnOff");
		assert.equal(spoken("a\ue000", english), "a");
		assert.equal(spoken("a\ue000\u4e00b", english), "ab");
	});

	it("are not to be had by texts of call agents and files: what refers to one there is a missing letter", () => {
		const smuggled = `Ann ${Word.settingsUnlocked}!`;
		const octets = utf8(smuggled);
		for (const decode of [decodeMessage, decodeFile]) {
			const text = decode(octets, 0, octets.length);
			assert.equal(text, `Ann ${String.fromCharCode(missing)}${smuggled.charAt(5)}!`);
			assert.equal(spoken(text, english), text);
			// its neighbours are letters like others
			const near = utf8("\ud7ff\ue001\uf8ff");
			assert.equal(decode(near, 0, near.length), "\ud7ff\ue001\uf8ff");
		}
	});

	it("are different references for each", () => {
		assert.equal(new Set(Object.values(Word)).size, names.length);
		assert.equal(english.length, names.length);
		assert.lengthOf(tcpEndWords, Object.keys(TcpEnd).length);
	});

	for (const { name, words } of languages)
		it(`are complete in ${name}, with letters that displays have`, () => {
			assert.lengthOf(words, names.length);
			names.forEach((key, index) => {
				const word = words[index] as string;
				const original = english[index] as string;
				assert.isAbove(word.length, 0, key);
				assert.equal(word, word.trim(), key);
				if (ends(original) !== "" && ends(word) !== ends(original))
					assert.fail(`${key}: "${word}" does not end as "${original}"`);
				assert.equal(word.includes("**#"), original.includes("**#"), key);
				for (const letter of word) {
					const code = letter.codePointAt(0) as number;
					assert.isTrue(hasLetter(code) && !isControl(code), `${key}: ${word}`);
				}
			});
			if (words === english) return;
			const same = names.filter((_, index) => words[index] === english[index]);
			assert.isBelow(same.length, names.length / 10, `left in English: ${same.join(" ")}`);
		});
});

describe("common phrases", () => {
	it("are there in each language but English, one for each number, with letters that displays have", () => {
		assert.deepEqual([...new Set(commonNumbers)], [...commonNumbers]);
		for (const { name, phrases, words } of languages) {
			assert.lengthOf(phrases, words === english ? 0 : commonNumbers.length, name);
			phrases.forEach((phrase, i) => {
				const number = commonNumbers[i];
				// a name follows it at once
				assert.equal(/ $/.test(phrase), number === 123, `${name} ${number}`);
				assert.equal(phrase.trimStart(), phrase);
				assert.isAbove(phrase.length, 1);
				for (const letter of phrase) assert.isTrue(hasLetter(letter.codePointAt(0) as number), phrase);
			});
		}
	});

	it("are found by the numbers of a locale's file", () => {
		const german = languageOf("German_Germany", "")?.phrases ?? noPhrases;
		assert.equal(commonPhrase(german, 101), "Wahlwdh.");
		assert.equal(commonPhrase(german, 123), "Von ");
		assert.equal(commonPhrase(german, 79), "Aufzeichnung");
		for (const number of [0, 1, 108, 199, -1]) assert.equal(commonPhrase(german, number), "", `${number}`);
		for (const number of commonNumbers) assert.equal(commonPhrase(noPhrases, number), "");
	});
});

describe("language of a locale", () => {
	it("is told by its name, with or without a folder, in any case", () => {
		for (const locale of ["German_Germany", "german_germany", "i18n/German_Germany", "German_Austria", "de_DE", "de"])
			assert.equal(languageOf(locale, "")?.name, "german", locale);
		for (const locale of ["English_United_States", "English_United_Kingdom", "en_US"])
			assert.equal(languageOf(locale, "")?.name, "english", locale);
	});

	it("is told by its code where the name says nothing", () => {
		for (const code of ["de", "de_DE", "DE", "de-AT"]) assert.equal(languageOf("", code)?.name, "german", code);
		assert.equal(languageOf("English_United_States", "de")?.name, "english");
		assert.equal(languageOf("", "nb_NO")?.name, "norwegian");
		assert.equal(languageOf("French_France-8.5.3", "")?.name, "french");
		assert.equal(languageOf("Russian_Russian_Federation", "ru_RU")?.name, "russian");
		for (const [locale, code] of [
			["", ""],
			["Klingon_Home", ""],
			["Germanic", ""],
			["", "xx_XX"],
			["", "d"],
			["", "o n"],
			["", "deu"],
		] as const)
			assert.isUndefined(languageOf(locale, code), `${locale} ${code}`);
	});
});
