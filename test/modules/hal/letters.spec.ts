/*
 * The letters of the display: all that the languages it is for are written with, and none of a script that it cannot write.
 */
import { assert } from "chai";
import { hasLetter, letterRuns } from "hal/letters";

/** What each language has beside A to Z, or instead of it. */
const alphabets: Readonly<Record<string, string>> = Object.freeze({
	Albanian: "ÇçËë",
	Azerbaijani: "ÇçƏəĞğIıİiÖöŞşÜü",
	Belarusian: "АаБбВвГгДдЕеЁёЖжЗзІіЙйКкЛлМмНнОоПпРрСсТтУуЎўФфХхЦцЧчШшЫыЬьЭэЮюЯя’",
	Bulgarian: "АаБбВвГгДдЕеЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЬьЮюЯяЍѝ„“№",
	Catalan: "ÀàÇçÈèÉéÍíÏïĿŀÒòÓóÚúÜü·",
	Croatian: "ČčĆćĐđŠšŽžǄǅǆǇǈǉǊǋǌ",
	Czech: "ÁáČčĎďÉéĚěÍíŇňÓóŘřŠšŤťÚúŮůÝýŽž„“",
	Danish: "ÆæØøÅå",
	Dutch: "ĲĳËëÏïÉé",
	English: "‘’“”–—…£",
	Esperanto: "ĈĉĜĝĤĥĴĵŜŝŬŭ",
	Estonian: "ÄäÕõÖöÜüŠšŽž",
	Faroese: "ÁáÐðÍíÓóÚúÝýÆæØø",
	Finnish: "ÄäÖöÅåŠšŽž”",
	French: "ÀàÂâÆæÇçÉéÈèÊêËëÎîÏïÔôŒœÙùÛûÜüŸÿ«»\u00a0\u202f’",
	German: "ÄäÖöÜüßẞ„“‚‘°§€",
	Greek: "ΑαΒβΓγΔδΕεΖζΗηΘθΙιΚκΛλΜμΝνΞξΟοΠπΡρΣσςΤτΥυΦφΧχΨψΩωΆάΈέΉήΊίΪϊΐΌόΎύΫϋΰΏώ΄΅·;",
	Hungarian: "ÁáÉéÍíÓóÖöŐőÚúÜüŰű",
	Icelandic: "ÁáÐðÉéÍíÓóÚúÝýÞþÆæÖö",
	Irish: "ÁáÉéÍíÓóÚúḂḃĊċḊḋḞḟĠġṀṁṖṗṠṡṪṫ",
	Italian: "ÀàÈèÉéÌìÍíÎîÒòÓóÙùÚú«»",
	Kazakh: "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸",
	Kyrgyz: "ҢңӨөҮү",
	Latvian: "ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽž",
	Lithuanian: "ĄąČčĘęĖėĮįŠšŲųŪūŽž",
	Luxembourgish: "ÄäÉéËë",
	Macedonian: "ЃѓЅѕЈјЉљЊњЌќЏџЀѐЍѝ",
	Maltese: "ĊċĠġĦħŻż",
	Mongolian: "ӨөҮү₮",
	Norwegian: "ÆæØøÅåÒò",
	Polish: "ĄąĆćĘęŁłŃńÓóŚśŹźŻż„”",
	Portuguese: "ÁáÂâÃãÀàÇçÉéÊêÍíÓóÔôÕõÚúªº",
	Romanian: "ĂăÂâÎîȘșȚțŞşŢţ„”",
	Russian: "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя«»—№₽",
	Sami: "ÁáČčĐđŊŋŠšŦŧŽžǤǥǦǧǨǩǮǯ",
	Serbian: "ЂђЈјЉљЊњЋћЏџČčĆćĐđŠšŽž",
	Slovak: "ÁáÄäČčĎďÉéÍíĹĺĽľŇňÓóÔôŔŕŠšŤťÚúÝýŽž",
	Slovene: "ČčŠšŽž",
	Spanish: "ÁáÉéÍíÑñÓóÚúÜü¡¿",
	Swedish: "ÅåÄäÖöÉé",
	Tajik: "ҒғӢӣҚқӮӯҲҳҶҷ",
	Tatar: "ӘәҖҗҢңӨөҮүҺһ",
	Turkish: "ÇçĞğIıİiÖöŞşÜüÂâÎîÛû₺",
	Ukrainian: "ҐґЄєІіЇїЙйЩщЬьЮюЯя’ʼ₴",
	Uzbek: "ʻʼЎўҚқҒғҲҳ",
	Vietnamese:
		"ĂăÂâĐđÊêÔôƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ₫",
	Welsh: "ÂâÊêÎîÔôÛûŴŵŶŷẀẁẂẃẄẅỲỳ",
	signs: "←↑→↓↔•·©®™°±×÷€$£¥‰−≈≠≤≥✓★☎\ufffd",
});

describe("the display's letters", () => {
	for (const [language, letters] of Object.entries(alphabets)) {
		it(`has those of ${language}`, () => {
			for (let i = 0; i < letters.length; i += 1) {
				assert.isTrue(
					hasLetter(letters.charCodeAt(i)),
					`${letters.slice(i, i + 1)} (${letters.charCodeAt(i).toString(16)})`,
				);
			}
		});
	}

	it("has none of a control character, a sign that cannot be seen, a letter of another script or a picture", () => {
		const others = [
			...[0, 9, 0x0a, 0x1b, 0x1f, 0x7f, 0x80, 0x9f, 0xad],
			// zero width, direction, byte order mark
			...[0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x202a, 0x202e, 0x2060, 0x2066, 0xfeff],
			// Armenian, Hebrew, Arabic, Devanagari, Thai, Georgian, Hangul, kana, Han
			...[0x531, 0x5d0, 0x627, 0x905, 0xe01, 0x10d0, 0xac00, 0x3042, 0x30a2, 0x4e2d, 0x20000],
			// half of a pair, own use, faces
			...[0xd83d, 0xde00, 0xe000, 0xe0f0, 0xf8ff, 0xffff, 0x1f600, 0x10ffff, -1],
		];
		for (const code of others) assert.isFalse(hasLetter(code), code.toString(16));
	});

	it("has them in ascending order, for they are looked up by halves", () => {
		for (let i = 1; i < letterRuns.length; i += 1) {
			const step = (letterRuns[i] as number) - (letterRuns[i - 1] as number);
			assert.isAtLeast(step, i % 2 === 0 ? 2 : 0, `${(letterRuns[i] as number).toString(16)}`);
		}
	});
});
