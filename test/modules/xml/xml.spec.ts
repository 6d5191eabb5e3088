// The XML reader: what documents say however they are cut into pieces, and how broken ones are refused.
import { assert } from "chai";
import { Limits } from "limits";
import { packed } from "xml/packed";
import { XmlReader, type XmlVisitor } from "xml/reader";
import { hashOf } from "xml/token";
import { feed, latin1, Notes, read, utf8 } from "../support/xml.js";

function refusal(text: string): string {
	const octets = utf8(text);
	const whole = read(octets);
	const last = whole[whole.length - 1] ?? "";
	for (const step of [1, 3]) assert.deepEqual(read(octets, step), whole);
	return last;
}

describe("XML reader", () => {
	it("tells of tags, texts and attributes, whatever the pieces", () => {
		const document = utf8(`\ufeff<?xml version="1.0" encoding="UTF-8"?>
<!-- before -- <not a='tag'> -->
<device  xsi:type="axl:XIPPhone" id='a"b' >
	<name>Zoë &amp; &#74;&#x6f;e</name><empty/><also
	 a = "1&lt;2"
	/>
	<?php no ?><text>one<!-- - -- -->two<![CDATA[<three>]]]]&amp;]]>four</text>
</device >
<!--after-->
`);
		const expected = [
			'+device xsi:type=axl:XIPPhone id=a"b',
			'"\n\t"',
			"+name",
			'"Zoë & Joe"',
			"-name",
			"+empty",
			"-empty",
			"+also a=1<2",
			"-also",
			'"\n\t"',
			"+text",
			'"onetwo<three>]]]]&amp;four"',
			"-text",
			'"\n"',
			"-device",
		];
		for (let step = 0; step < 40; step += 1) {
			assert.deepEqual(read(document, step, ["a", "id", "xsi:type"].reverse()), expected, `pieces of ${step}`);
		}
	});

	it("reads encodings as servers write them", () => {
		const declared = (encoding: string, text: string) =>
			latin1(`<?xml version='1.0' encoding='${encoding}'?><a>${text}</a>`);
		for (const name of ["iso-8859-1", "ISO-8859-1", "windows-1252", "CP1252"]) {
			assert.deepEqual(read(declared(name, "caf\xe9 \x80")), ["+a", '"café €"', "-a"], name);
		}
		assert.deepEqual(read(declared("utf-8", "caf\xc3\xa9")), ["+a", '"café"', "-a"]);
		assert.deepEqual(read(utf8("<a b='é'>日本 😀</a>"), 1, ["b"]), ["+a b=é", '"日本 😀"', "-a"]);
		// said to be UTF-8 and is not: nothing is lost
		assert.deepEqual(read(latin1("<a>caf\xe9, na\xefve \x96 \xed\xa0\x80</a>")), [
			"+a",
			'"café, naïve – í\xa0€"',
			"-a",
		]);
		assert.deepEqual(read(declared("utf-16", "")), [
			'line 1: encoding "utf-16" is not read: UTF-8, ISO-8859-1 or windows-1252 is expected',
		]);
		assert.include(read(Uint8Array.of(0xff, 0xfe, 60, 0)).join(), "UTF-16 is not read");
		assert.include(read(Uint8Array.of(60, 0, 97, 0)).join(), "octet 0x0 has no place");
	});

	it("makes long texts whole, and cuts those beyond the limit", () => {
		const long = "0123456789é".repeat(25);
		assert.deepEqual(read(utf8(`<a>${long.slice(0, 200)}</a>`), 7), ["+a", `"${long.slice(0, 200)}"`, "-a"]);
		const [, text] = read(utf8(`<a>${"x".repeat(5000)}</a>`), 100);
		assert.strictEqual(text, `"${"x".repeat(Limits.xmlText)}" cut`);
	});

	it("counts lines by LF, CR and CR LF", () => {
		assert.strictEqual(refusal("<a>\r\n\r\n\n\r\r\n<b>\n</a>"), "line 7: </b> is expected, not </a>");
		assert.deepEqual(read(utf8("<a>1\r\n2\r3\n\r\n</a>"), 1), ["+a", '"1\n2\n3\n\n"', "-a"]);
		assert.deepEqual(read(utf8("<a>1\r\n2\rabc\n\r\n</a>")), ["+a", '"1\n2\nabc\n\n"', "-a"]);
	});

	const broken: readonly (readonly [string, string])[] = [
		["", "line 1: an element is expected: the file is empty"],
		["hello", "line 1: '<' is expected outside the root element, not 'h'"],
		["<a>", "line 1: </a> is missing: the file ends here"],
		["<a><b></b>\n", "line 2: </a> is missing: the file ends here"],
		["<a></a><b/>", "line 1: a second root element"],
		["<a/>x", "line 1: '<' is expected outside the root element, not 'x'"],
		["<a/><!-- ", "line 1: the file ends within a tag"],
		["</a>", "line 1: an end tag without an element"],
		["<a>\n<a></b></a>", "line 2: </a> is expected, not </b>"],
		["<a></ab>", "line 1: </a> is expected, not </ab>"],
		["<a b></a>", "line 1: '=' is expected behind an attribute's name, not '>'"],
		["<a b=1></a>", "line 1: a quote is expected behind '=', not '1'"],
		["<a b='<'></a>", "line 1: an attribute's value holds '<' (write '&lt;', or its quote is missing)"],
		["<a / ></a>", "line 1: '>' is expected behind '/', not octet 0x20"],
		["<a =''></a>", "line 1: '>' is expected, not '='"],
		["<1/>", "line 1: a name is expected behind '<', not '1'"],
		["<a>1 < 2</a>", "line 1: a name is expected behind '<', not octet 0x20"],
		["<a></a b>", "line 1: '>' is expected, not 'b'"],
		["<a>?x=1&y=2</a>", "line 1: '&y' is no reference (a plain & is written '&amp;')"],
		["<a>&nbsp;</a>", "line 1: '&nbsp;' is unknown"],
		["<a>&#0;</a>", "line 1: '&#0;' is unknown"],
		["<a>&#xd800;</a>", "line 1: '&#xd800;' is unknown"],
		["<a>&#1a;</a>", "line 1: '&#1a;' is unknown"],
		["<a>&#;</a>", "line 1: '&#;' is unknown"],
		["<a>&amperfectly;</a>", "line 1: '&amperfectl' is no reference (a plain & is written '&amp;')"],
		["<!DOCTYPE a SYSTEM 'x'><a/>", "line 1: a document type declaration is refused"],
		["<!ELEMENT a>", "line 1: a comment or a CDATA section is expected behind '<!', not 'E'"],
		["<!-x><a/>", "line 1: a comment or a CDATA section is expected behind '<!', not 'x'"],
		["<![CDATA[x]]>", "line 1: a CDATA section outside the root element"],
		["<a>\x01</a>", "line 1: octet 0x1 has no place in XML"],
	];
	for (const [document, reason] of broken) {
		it(`refuses ${JSON.stringify(document)}`, () => assert.strictEqual(refusal(document), reason));
	}

	it("refuses what is too deep, too long a name or too long a tag, and holds what is just within", () => {
		const nested = (depth: number, name: string) => "<x>".replace("x", name).repeat(depth) + `</${name}>`.repeat(depth);
		assert.strictEqual(read(utf8(nested(Limits.xmlDepth, "e"))).length, Limits.xmlDepth * 2);
		assert.include(refusal(nested(Limits.xmlDepth + 1, "e")), `more than ${Limits.xmlDepth} elements in each other`);
		const name = "n".repeat(Limits.xmlName);
		assert.deepEqual(read(utf8(`<${name}/>`)), [`+${name}`, `-${name}`]);
		assert.include(refusal(`<${name}n/>`), `a name has more than ${Limits.xmlName} octets`);
		assert.include(refusal(`<a></${name}n>`), `a name has more than ${Limits.xmlName} octets`);
		assert.include(refusal(`<a b='${"x".repeat(Limits.xmlTag)}'/>`), `a tag has more than ${Limits.xmlTag} octets`);
		assert.include(refusal(nested(Limits.xmlDepth, name)), "names of open elements are too long");
	});

	it("lets the visitor refuse, and reads the next document as if nothing had been", () => {
		const notes = new Notes();
		const xml = new XmlReader();
		const visitor: XmlVisitor = {
			start: (tag) => {
				if (tag.isNamed(packed("bad"))) tag.refuse("bad is not wanted");
				else notes.start(tag);
			},
			end: (tag) => notes.end(tag),
		};
		xml.begin(visitor);
		assert.isFalse(xml.feed(utf8("<a>\n<bad/><b/></a>")));
		assert.isFalse(xml.feed(utf8("<c/>")));
		assert.isFalse(xml.end());
		assert.strictEqual(xml.error, "line 2: bad is not wanted");
		xml.begin(visitor);
		assert.isTrue(xml.feed(utf8("<ok>")) && xml.feed(utf8("</ok>")) && xml.end());
		assert.deepEqual(notes.lines, ["+a", "+ok", "-ok"]);
	});

	it("compares names and texts where they lie", () => {
		let seen = "";
		const xml = new XmlReader();
		xml.begin({
			start: (tag) => {
				assert.strictEqual(tag.nameHash, hashOf(tag.name));
				assert.isTrue(tag.isNamed(packed(tag.name)));
				assert.isFalse(tag.isNamed(packed(`${tag.name}x`)));
			},
			end: (tag) => {
				tag.trimText();
				seen += `${tag.name}:${tag.text}:${tag.textOctet(0)}:${tag.isText(packed("true"))};`;
			},
		});
		assert.isTrue(xml.feed(utf8("<callManagerGroup><a> \n TrUe\t</a><b> </b></callManagerGroup>")) && xml.end());
		assert.strictEqual(seen, "a:TrUe:84:true;b::-1:false;callManagerGroup::-1:false;");
	});

	it("lets stand for itself what is no reference, and drops attributes that are too many, where that is asked for", () => {
		const document = `<a>x & y &nbsp;&b=1&amp;&#1;<c d='?e=1&f=2&amp;g' h='${"x".repeat(Limits.xmlTag)}' i='j'>\f</c>&</a>`;
		for (const step of [0, 1]) {
			const notes = new Notes();
			notes.attributes = ["d", "h", "i"];
			const xml = new XmlReader();
			xml.begin(notes);
			xml.lenientText = true;
			feed(xml, utf8(document), step);
			assert.isTrue(xml.end(), xml.error);
			assert.deepEqual(notes.lines, ["+a", '"x & y &nbsp;&b=1&&#1;"', "+c d=?e=1&f=2&g", '" "', "-c", '"&"', "-a"]);
		}
		assert.include(refusal("<a>x & y</a>"), "is no reference");
	});

	it("hands on a text in pieces to who takes them, and cuts it for who does not", () => {
		const text = "é".repeat(Limits.xmlText);
		for (const takes of [true, false]) {
			const pieces: string[] = [];
			let cut = false;
			const xml = new XmlReader();
			xml.begin({
				start: () => {},
				end: (tag) => {
					pieces.push(tag.text);
					cut = tag.textCut;
				},
				more: (tag) => {
					if (takes) pieces.push(tag.text);
					return takes;
				},
			});
			// octets of a buffer, from one to another
			const octets = utf8(`..<a>${text}</a>..`);
			assert.isTrue(xml.feed(octets, 2, octets.length - 2) && xml.end());
			assert.strictEqual(pieces.join(""), takes ? text : "é".repeat(Limits.xmlText / 2));
			assert.strictEqual(cut, !takes);
		}
	});
});
