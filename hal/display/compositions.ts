/*
 * Which letter and which mark over or under it are a letter of their own: Unicode's canonical compositions as far as the display has
 * letters, and letters that are the same as others. As texts, which take no memory but flash.
 */

/** Combining marks; what they are composed with stands at the same place of {@link bases}, what comes of it of {@link composed}. */
const marks: readonly number[] = Object.freeze([
	0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30a, 0x30b, 0x30c, 0x30f, 0x311, 0x31b, 0x323, 0x324,
	0x325, 0x326, 0x327, 0x328, 0x32d, 0x32e, 0x330, 0x331,
]);

const bases: readonly string[] = Object.freeze([
	"AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYy",
	"AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØø¨ΑΕΗΙΟΥΩϊαεηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯư",
	"AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ",
	"ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy",
	"AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛ",
	"AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạ",
	"CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ",
	"AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧчЫыHhÕõŪūWwXxt",
	"AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy",
	"AaUuwy",
	"OoUuУу",
	"CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh",
	"AaEeIiOoRrUuѴѵ",
	"AaEeIiOoRrUu",
	"OoUu",
	"BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy",
	"Uu",
	"Aa",
	"SsTt",
	"CcGgKkLlNnRrSsTtEeDdHh",
	"AaEeIiUuOo",
	"DdEeLlNnTtUu",
	"Hh",
	"EeIiUu",
	"BbDdKkLlNnRrTtZzh",
]);

const composed: readonly string[] = Object.freeze([
	"ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳ",
	"ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿ΅ΆΈΉΊΌΎΏΐάέήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắẾếỐốỚớỨứ",
	"ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ",
	"ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ",
	"ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹṜṝ",
	"ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặ",
	"ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎẏẛ",
	"ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬӭӰӱӴӵӸӹḦḧṎṏṺṻẄẅẌẍẗ",
	"ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ",
	"ÅåŮůẘẙ",
	"ŐőŰűӲӳ",
	"ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ",
	"ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ",
	"ȂȃȆȇȊȋȎȏȒȓȖȗ",
	"ƠơƯư",
	"ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ",
	"Ṳṳ",
	"Ḁḁ",
	"ȘșȚț",
	"ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ",
	"ĄąĘęĮįŲųǪǫ",
	"ḒḓḘḙḼḽṊṋṰṱṶṷ",
	"Ḫḫ",
	"ḚḛḬḭṴṵ",
	"ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ",
]);

/** Greek letters with the accent of old writing, Kelvin and Angstrom; and what each is the same as. */
const doubles =
	"\u1f71\u1f73\u1f75\u1f77\u1f79\u1f7b\u1f7d\u1fbb\u1fc9\u1fcb\u1fd3\u1fdb\u1fe3\u1feb\u1ff9\u1ffb\u212a\u212b\u3000";
const singles = "άέήίόύώΆΈΉΐΊΰΎΌΏKÅ ";

/** The letter that `letter` with the mark `mark` is, by their code points; -1 when there is none. */
export function compose(letter: number, mark: number): number {
	const row = marks.indexOf(mark);
	if (row < 0) return -1;
	const at = (bases[row] as string).indexOf(String.fromCharCode(letter));
	return at < 0 ? -1 : (composed[row] as string).charCodeAt(at);
}

/** The code point that looks the same as `code` and is in use now; `code` itself where there is no other. */
export function sameAs(code: number): number {
	if (code < 0x1f00 || code > 0xffff) return code;
	// full width, as East Asian texts have ASCII
	if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
	const at = doubles.indexOf(String.fromCharCode(code));
	return at < 0 ? code : singles.charCodeAt(at);
}
