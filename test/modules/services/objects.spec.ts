// Every object of Cisco's IP Phone Services as the page that it becomes: what shows, what its keys and softkeys do.
import { assert } from "chai";
import { Key } from "hal/hardware";
import { Limits } from "limits";
import { ServiceRig } from "../support/services.js";
import { latin1, utf8 } from "../support/xml.js";

const menu =
	"<CiscoIPPhoneMenu><Title>Canteen</Title><Prompt>What will it be?</Prompt>" +
	"<MenuItem><Name>Soup</Name><URL>http://127.0.0.1/soup?a=1&amp;b=2</URL></MenuItem>" +
	"<MenuItem><Name>Bread</Name><URL>http://127.0.0.1/bread</URL></MenuItem>" +
	"<MenuItem><Name>Call the cook</Name><URL>Dial:4711</URL></MenuItem></CiscoIPPhoneMenu>";

function many(count: number, item: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => item(index)).join("");
}

describe("an object of a service", () => {
	it("is a menu: the choice moves round, Select and a digit choose", () => {
		const rig = new ServiceRig();
		assert.equal(rig.give(menu), "");
		assert.deepEqual(rig.shown, ["Canteen", "(What will it be?)", "> Soup", "Bread", "Call the cook", "[Select|Exit]"]);
		rig.press(Key.up, Key.select);
		rig.press(2);
		rig.press(Key.up);
		rig.softkey("Select");
		assert.deepEqual(rig.ran, ["Dial:4711", "http://127.0.0.1/bread", "http://127.0.0.1/soup?a=1&b=2"]);
		assert.isTrue(rig.press(9), "a digit that is no item's is not the phone's");
		assert.lengthOf(rig.ran, 3);
	});

	it("is a menu of more than nine items: a second digit is waited for where there may be one", () => {
		const rig = new ServiceRig();
		const items = many(25, (i) => `<MenuItem><Name>n${i + 1}</Name><URL>Dial:${i + 1}</URL></MenuItem>`);
		assert.equal(rig.give(`<CiscoIPPhoneMenu>${items}</CiscoIPPhoneMenu>`), "");
		rig.press(1, 4);
		assert.deepEqual(rig.ran, ["Dial:14"]);
		rig.press(2);
		assert.lengthOf(rig.ran, 1);
		rig.clock.advance(2000);
		assert.deepEqual(rig.ran, ["Dial:14", "Dial:2"]);
		rig.press(3);
		assert.deepEqual(rig.ran, ["Dial:14", "Dial:2", "Dial:3"]);
		rig.press(1);
		rig.hide();
		assert.equal(rig.clock.pending, 0);
	});

	it("is a text, by its paragraphs", () => {
		const rig = new ServiceRig();
		const text = `First line\r\nSecond, with a tab\there\n\nLast & least`;
		assert.equal(rig.give(`<CiscoIPPhoneText><Title>News</Title><Text>\n ${text} \n</Text></CiscoIPPhoneText>`), "");
		assert.deepEqual(rig.shown, ["News", "First line", "Second, with a tab here", "", "Last & least", "[Update|Exit]"]);
		assert.equal(rig.page?.selected, -1);
		assert.isTrue(rig.page?.wraps);
		rig.softkey("Update");
		assert.deepEqual(rig.ran, ["http://127.0.0.1/a"]);
		assert.isFalse(rig.press(Key.up), "the phone scrolls");
	});

	it("is a text of 4000 characters, cut into lines between words, or within one that is too long", () => {
		const words = many(700, (i) => `word${i % 10} `).slice(0, 3999);
		const rig = new ServiceRig();
		assert.equal(rig.give(`<CiscoIPPhoneText><Title>T</Title><Text>${words}.</Text></CiscoIPPhoneText>`), "");
		const lines = rig.shown.slice(1, -1);
		assert.equal(lines.join(" "), `${words}.`);
		assert.isTrue(lines.every((line) => line.length <= 480));
		const long = "x".repeat(479) + "é".repeat(400);
		rig.give(`<CiscoIPPhoneText><Title>T</Title><Text>${long}</Text></CiscoIPPhoneText>`);
		assert.equal(rig.shown.slice(1, -1).join(""), long);
	});

	it("is a plain text where the server says so", () => {
		const rig = new ServiceRig();
		rig.session.begin("http://127.0.0.1/plain", true);
		rig.session.take(utf8("One <b>&\n"));
		rig.session.take(utf8("xTwox"), 1, 4);
		assert.equal(rig.session.end(), "");
		assert.deepEqual(rig.shown, ["Services", "One <b>&", "Two", "[Update|Exit]"]);
	});

	it("is a directory of 32 entries at most, whose numbers are dialled; Next fetches what Refresh says", () => {
		const rig = new ServiceRig();
		const entries = many(
			40,
			(i) => `<DirectoryEntry><Name>N ${i}</Name><Telephone>70${i}</Telephone></DirectoryEntry>`,
		);
		assert.equal(rig.give(`<CiscoIPPhoneDirectory><Title>Staff</Title>${entries}</CiscoIPPhoneDirectory>`), "");
		assert.equal(rig.shown[1], "> N 0 700");
		assert.equal(rig.shown[32], "N 31 7031");
		assert.equal(rig.shown[33], "…");
		assert.equal(rig.shown[34], "[Dial|EditDial|Exit]");
		assert.match(rig.lines.join(), /no room for all/);
		rig.press(Key.down);
		rig.softkey("Dial");
		rig.softkey("EditDial");
		rig.press(Key.up, Key.up, Key.select);
		rig.session.setRefresh(0, "http://127.0.0.1/a?page=2");
		rig.softkey("Next");
		assert.deepEqual(rig.ran, ["Dial:701", "EditDial:701", "Dial:7031", "http://127.0.0.1/a?page=2"]);
		assert.equal(rig.clock.pending, 0);
	});

	it("is an input of each kind of field, submitted as the query of its URL", () => {
		const rig = new ServiceRig();
		const field = (name: string, parameter: string, flags: string, preset: string): string =>
			`<InputItem><DisplayName>${name}</DisplayName><QueryStringParam>${parameter}</QueryStringParam>` +
			`<DefaultValue>${preset}</DefaultValue><InputFlags>${flags}</InputFlags></InputItem>`;
		const object =
			"<CiscoIPPhoneInput><Title>Look up</Title><Prompt>Fill in</Prompt><URL>http://127.0.0.1/find?x=1</URL>" +
			field("Name", "name", "A", "") +
			field("Phone:", "tel", "T", "12") +
			field("PIN", "p in", "NP", "") +
			field("Sum", "sum", "E", "") +
			field("Big", "big", "U", "") +
			field("A sixth", "six", "L", "") +
			"</CiscoIPPhoneInput>";
		assert.equal(rig.give(object), "");
		assert.deepEqual(rig.shown, [
			"Look up",
			"(Fill in)",
			"> Name: _",
			"Phone: 12",
			"PIN: ",
			"Sum: ",
			"Big: ",
			"…",
			"[Submit|<<|Cancel]",
		]);
		rig.press(2, 2, 3, 3, 3, 3, 3);
		assert.equal(rig.shown[1], "(d e f D [E] F 3)");
		rig.clock.advance(2000);
		rig.press(0, 1, 1);
		rig.press(Key.down, Key.star, Key.pound, 5, Key.left, Key.down, 1, 9, 9, Key.pound);
		assert.equal(rig.shown[4], "> PIN: ***_");
		rig.press(Key.down, 7, Key.star, 8, Key.pound, Key.down, 2, 2, Key.right, 2);
		rig.softkey("<<");
		rig.press(7);
		assert.deepEqual(rig.shown.slice(2, 7), ["Name: bE @", "Phone: 12*#", "PIN: ***", "Sum: 7+8=", "> Big: BP_"]);
		rig.softkey("Submit");
		assert.deepEqual(rig.ran, ["http://127.0.0.1/find?x=1&name=bE%20%40&tel=12%2A%23&p%20in=199&sum=7%2B8%3D&big=BP"]);
		rig.softkey("Cancel");
		assert.isUndefined(rig.page);
		assert.equal(rig.ends, 1);
	});

	it("is an input with small letters and letters beyond ASCII given, gone through by Select", () => {
		const rig = new ServiceRig();
		rig.give(
			"<CiscoIPPhoneInput><Title>T</Title><URL>http://127.0.0.1/q</URL>" +
				"<InputItem><DisplayName>a</DisplayName><QueryStringParam>a</QueryStringParam><InputFlags>L</InputFlags>" +
				"<DefaultValue>Grüße</DefaultValue></InputItem><InputItem><DisplayName>b</DisplayName>" +
				"<QueryStringParam>b</QueryStringParam></InputItem></CiscoIPPhoneInput>",
		);
		rig.press(9, Key.select, Key.select);
		assert.deepEqual(rig.ran, ["http://127.0.0.1/q?a=Gr%C3%BC%C3%9Few&b="]);
	});

	it("is a picture with its pixels in it, shown where it says", () => {
		const rig = new ServiceRig();
		const data = "0123456789ABCDEF".repeat(60);
		const object = (root: string, more = ""): string =>
			`<${root}><Title>Plan</Title><LocationX>5</LocationX><LocationY>-1</LocationY><Width>30</Width><Height>8</Height>` +
			`<Depth>2</Depth><Data>\n${data}\n</Data>${more}</${root}>`;
		assert.equal(rig.give(object("CiscoIPPhoneImage"), "", 7), "");
		assert.equal(rig.pictures.begun, "0 1 30 8 2");
		assert.equal(String.fromCharCode(...rig.pictures.octets).trim(), data);
		assert.deepEqual(rig.page?.picture, { x: 5, y: -1 });
		assert.deepEqual(rig.shown, ["Plan", "[Update|Exit]"]);
		rig.give(object("CiscoIPPhoneGraphicMenu", "<MenuItem><Name>Exit</Name><URL>Key:Services</URL></MenuItem>"));
		assert.deepEqual(rig.page?.picture, { x: 5, y: -1 });
		rig.press(1);
		assert.deepEqual(rig.ran, ["Key:Services"]);
		rig.hide();
		assert.equal(rig.pictures.width(0), 0, "given back");
	});

	it("is a picture in a file, fetched when the page is there; its areas are its items'", () => {
		const rig = new ServiceRig();
		const file = (root: string, more = ""): string =>
			`<${root} WindowMode="Wide"><Title>Cam</Title><LocationX>0</LocationX><LocationY>0</LocationY>` +
			`<URL>http://127.0.0.1/cam.png</URL>${more}</${root}>`;
		rig.give(file("CiscoIPPhoneImageFile"));
		assert.deepEqual(rig.fetched, ["http://127.0.0.1/cam.png"]);
		assert.isUndefined(rig.page?.picture);
		assert.isTrue(rig.session.takePicture(Uint8Array.of(1, 2, 3), 1));
		rig.session.endPicture();
		assert.deepEqual(rig.pictures.octets, [2, 3]);
		assert.deepEqual(rig.page?.picture, { x: 0, y: 0 });
		const areas =
			'<MenuItem><Name>Door</Name><URL>Dial:1</URL><TouchArea X1="0" Y1="0" X2="99" Y2="49"/></MenuItem>' +
			'<MenuItem><Name>Yard</Name><URL>Dial:2</URL><TouchArea X1="100" Y1="0" X2="297" Y2="49"/></MenuItem>';
		rig.give(file("CiscoIPPhoneGraphicFileMenu", areas));
		rig.session.endPicture("HTTP 404");
		assert.isUndefined(rig.page?.picture);
		assert.deepEqual(rig.shown, ["Cam", "(No picture: HTTP 404)", "> Door", "Yard", "[Select|Exit]"]);
		const page = rig.session.page;
		assert.deepEqual([page?.itemAt(99, 49), page?.itemAt(200, 0), page?.itemAt(0, 50)], [0, 1, -1]);
		rig.refusal = "no pictures today";
		rig.give(file("CiscoIPPhoneImageFile"));
		assert.deepEqual(rig.shown, ["Cam", "No picture: no pictures today", "[Update|Exit]"]);
	});

	it("is a menu with icons, in the object or in files", () => {
		const rig = new ServiceRig();
		const items = many(
			3,
			(i) => `<MenuItem><IconIndex>${i}</IconIndex><Name>n${i}</Name><URL>Dial:${i}</URL></MenuItem>`,
		);
		const data = "<Width>16</Width><Height>10</Height><Depth>2</Depth><Data>00FF</Data>";
		rig.give(
			`<CiscoIPPhoneIconMenu><Title IconIndex="1">T</Title>${items}<IconItem><Index>1</Index>${data}</IconItem></CiscoIPPhoneIconMenu>`,
		);
		assert.equal(rig.pictures.begun, "2 1 16 10 2");
		assert.deepEqual(
			[0, 1, 2].map((i) => rig.page?.icon?.(i)),
			[0, 2, 0],
		);
		rig.give(
			`<CiscoIPPhoneIconFileMenu><Title>T</Title>${items}<IconItem><Index>0</Index><URL>Resource:Icon.Connected</URL></IconItem>` +
				"<IconItem><Index>2</Index><URL>http://127.0.0.1/i.png</URL></IconItem></CiscoIPPhoneIconFileMenu>",
		);
		assert.deepEqual(rig.shown, ["T", "> n0", "n1", "n2", "[Select|Exit]"]);
		rig.session.endPicture("none");
		rig.session.takePicture(Uint8Array.of(7));
		rig.session.endPicture();
		assert.deepEqual(rig.fetched, ["Resource:Icon.Connected", "http://127.0.0.1/i.png"]);
		assert.deepEqual(
			[0, 1, 2].map((i) => rig.page?.icon?.(i)),
			[0, 0, 3],
		);
	});

	it("executes three items by their priority, and answers what became of each", () => {
		const rig = new ServiceRig();
		rig.give(menu);
		const items = many(4, (i) => `<ExecuteItem Priority="${i}" URL="Key:KeyPad${i}"/>`);
		assert.equal(rig.give(`<CiscoIPPhoneExecute>${items}</CiscoIPPhoneExecute>`, ""), "");
		assert.deepEqual(rig.ran, ["Key:KeyPad0", "Key:KeyPad1 1", "Key:KeyPad2 2"]);
		assert.equal(
			rig.session.answer,
			"<CiscoIPPhoneResponse>" +
				many(3, (i) => `<ResponseItem Status="0" Data="Success" URL="Key:KeyPad${i}"/>`) +
				"</CiscoIPPhoneResponse>",
		);
		assert.equal(rig.shown[0], "Canteen", "the page stays");
		rig.refusal = 'no "key" <that>';
		rig.give('<CiscoIPPhoneExecute><ExecuteItem URL="Key:a&b"/><ExecuteItem Priority="0"/></CiscoIPPhoneExecute>', "");
		assert.equal(
			rig.session.answer,
			'<CiscoIPPhoneResponse><ResponseItem Status="6" Data="no &quot;key&quot; &lt;that&gt;" URL="Key:a&amp;b"/>' +
				'<ResponseItem Status="6" Data="The service names nothing to do" URL=""/></CiscoIPPhoneResponse>',
		);
	});

	it("is a status beside what is shown, with a timer where it says so", () => {
		const rig = new ServiceRig();
		rig.give(menu);
		rig.give("<CiscoIPPhoneStatus><Text>Agent: ready</Text><Timer>30</Timer><Data>FF</Data></CiscoIPPhoneStatus>", "");
		assert.equal(rig.statusText, "Agent: ready from 30");
		rig.give("<CiscoIPPhoneStatusFile><Text>Busy</Text><URL>http://127.0.0.1/s.png</URL></CiscoIPPhoneStatusFile>", "");
		assert.equal(rig.statusText, "Busy");
		assert.equal(rig.shown[0], "Canteen");
		assert.deepEqual(rig.fetched, []);
	});

	it("shows a response and an error that a server sends, and takes ring and background", () => {
		const rig = new ServiceRig();
		rig.give('<CiscoIPPhoneResponse><ResponseItem Status="0" Data="Success" URL="Key:Info"/></CiscoIPPhoneResponse>');
		assert.deepEqual(rig.shown, ["Services", "Key:Info: Success (0)", "[Update|Exit]"]);
		rig.give('<CiscoIPPhoneError Number="4"/>');
		assert.deepEqual(rig.shown, ["Services", "Error 4", "[Update|Exit]"]);
		rig.give("<setRingTone><ringTone>Chirp 2</ringTone></setRingTone>");
		rig.give("<setBackground><background><image>http://127.0.0.1/b.png</image></background></setBackground>");
		assert.deepEqual([rig.ring, rig.background], ["Chirp 2", "http://127.0.0.1/b.png"]);
	});

	it("is a list of backgrounds or rings, from which one is taken", () => {
		const rig = new ServiceRig();
		const image = '<ImageItem Image="TFTP:Desktops/320x212x12/TN-Sea.png" URL="TFTP:Desktops/320x212x12/Sea.png"/>';
		rig.give(`<CiscoIPPhoneImageList>${image}</CiscoIPPhoneImageList>`);
		assert.deepEqual(rig.shown, ["Services", "> Sea", "[Select|Exit]"]);
		rig.press(1);
		const rings = ["One", "Two"].map(
			(name) => `<Ring><DisplayName>${name}</DisplayName><FileName>${name}.raw</FileName></Ring>`,
		);
		rig.give(`<CiscoIPPhoneRingList>${rings.join("")}</CiscoIPPhoneRingList>`);
		assert.deepEqual(rig.shown.slice(1), ["> One", "Two", "[Select|Exit]"]);
		rig.refusal = "no such ring";
		rig.press(2);
		assert.deepEqual([rig.background, rig.ring], ["TFTP:Desktops/320x212x12/Sea.png", "Two.raw"]);
		assert.deepEqual(rig.notices, ["no such ring"]);
	});

	it("runs what it says of being shown and closed, where that is of the phone", () => {
		const rig = new ServiceRig();
		const object = (name: string): string =>
			`<CiscoIPPhoneText appId="7" onAppFocusGained="UserData:7:${name} shown" onAppClosed="UserData:7:${name} closed">` +
			"<Text>x</Text></CiscoIPPhoneText>";
		rig.give(object("a"));
		rig.give(object("b"));
		rig.hide();
		rig.give('<CiscoIPPhoneText onAppClosed="http://127.0.0.1/closed"><Text>x</Text></CiscoIPPhoneText>');
		rig.hide();
		assert.deepEqual(
			rig.ran,
			["a shown", "a closed", "b shown", "b closed"].map((what) => `UserData:7:${what}`),
		);
	});

	it("has softkeys and keys of its own, and adds what the chosen item says to their URL", () => {
		const rig = new ServiceRig();
		const object =
			"<CiscoIPPhoneMenu><Title>T</Title>" +
			"<MenuItem><Name>one</Name><URL>QueryStringParam:id=1</URL></MenuItem>" +
			"<MenuItem><Name>two</Name><URL>QueryStringParam:id=2</URL></MenuItem>" +
			"<SoftKeyItem><Name>Open</Name><URL>http://127.0.0.1/open?k=1</URL><Position>1</Position></SoftKeyItem>" +
			"<SoftKeyItem><Name>Out</Name><URL>SoftKey:Exit</URL><Position>4</Position></SoftKeyItem>" +
			"<SoftKeyItem><Name>Both</Name><URL>Key:b</URL><URLDown>Key:a</URLDown><Position>3</Position></SoftKeyItem>" +
			"<KeyItem><Key>KeyPad5</Key><URL>Dial:5</URL></KeyItem><KeyItem><Key>NavRight</Key><URL>Key:c</URL></KeyItem>" +
			"</CiscoIPPhoneMenu>";
		assert.equal(rig.give(object), "");
		assert.equal(rig.shown[3], "[Open||Both|Out]");
		rig.press(Key.down);
		rig.softkey("Open");
		rig.softkey("Both");
		rig.press(5, Key.right);
		assert.deepEqual(rig.ran, ["http://127.0.0.1/open?k=1&id=2", "Key:a", "Key:b", "Dial:5", "Key:c"]);
		rig.softkey("Out");
		assert.isUndefined(rig.page);
	});

	it("goes back by the URLs of the pages before, and out from the first one", () => {
		const rig = new ServiceRig();
		const page = (title: string): string =>
			`<CiscoIPPhoneText><Title>${title}</Title><Text>x</Text></CiscoIPPhoneText>`;
		for (let i = 1; i <= 3; i += 1) rig.give(page(`p${i}`), `http://127.0.0.1/${i}`);
		rig.softkey("Update");
		rig.give(page("p3 again"), "http://127.0.0.1/3");
		rig.softkey("Exit");
		assert.equal(rig.ran.pop(), "http://127.0.0.1/2");
		rig.give(page("p2"), "http://127.0.0.1/2");
		rig.softkey("Exit");
		assert.equal(rig.ran.pop(), "http://127.0.0.1/1");
		rig.give(page("p1"), "http://127.0.0.1/1");
		rig.softkey("Exit");
		assert.isUndefined(rig.page);
		assert.equal(rig.ends, 1);
	});

	it("remembers six pages and no more than fits", () => {
		const page = "<CiscoIPPhoneText><Title>t</Title><Text>x</Text></CiscoIPPhoneText>";
		for (const [length, pages] of [
			[20, 6],
			[200, 1],
		] as const) {
			const rig = new ServiceRig();
			for (let i = 0; i < 20; i += 1) rig.give(page, `http://127.0.0.1/${"x".repeat(length)}${i}`);
			let back = 0;
			while (rig.page !== undefined) {
				rig.softkey("Exit");
				const url = rig.ran.pop();
				if (url === undefined) continue;
				back += 1;
				rig.give(page, url);
			}
			assert.equal(back, pages);
		}
	});

	it("is fetched again when its time is up, as long as it is shown", () => {
		const rig = new ServiceRig();
		rig.give(menu);
		rig.session.setRefresh(5, "");
		rig.clock.advance(5000);
		assert.deepEqual(rig.ran, ["http://127.0.0.1/a"]);
		rig.give(menu);
		assert.equal(rig.clock.pending, 0);
		rig.session.setRefresh(5, "http://127.0.0.1/b");
		rig.hide();
		rig.clock.advance(9000);
		assert.lengthOf(rig.ran, 1);
		assert.equal(rig.clock.pending, 0);
	});

	it("says itself when it is fetched again, and whose the dial pad is", () => {
		const rig = new ServiceRig();
		const object = (attributes: string): string => menu.replace("Menu>", `Menu ${attributes}>`);
		rig.give(object('Refresh="3; URL=http://127.0.0.1/b?c=1"'));
		rig.clock.advance(3000);
		rig.give(object('Refresh="4"'));
		rig.clock.advance(4000);
		assert.deepEqual(rig.ran.splice(0), ["http://127.0.0.1/b?c=1", "http://127.0.0.1/a"]);
		rig.give(object('keypadTarget="activeCall"'));
		assert.isTrue(rig.press(2), "no call is up");
		rig.talks = true;
		assert.isFalse(rig.press(2));
		assert.isTrue(rig.press(Key.select));
		rig.give(object('keypadTarget="application"'));
		assert.isTrue(rig.press(2));
		assert.lengthOf(rig.ran, 3);
	});

	it("has the name that led to it as its title where it has none of its own", () => {
		const rig = new ServiceRig();
		rig.give(menu);
		rig.press(2);
		rig.give("<CiscoIPPhoneText><Text>fresh</Text></CiscoIPPhoneText>", "http://127.0.0.1/bread");
		assert.equal(rig.shown[0], "Bread");
	});
});

describe("what servers send as an object", () => {
	const text = (body: string): string => `<CiscoIPPhoneText><Title>T</Title><Text>${body}</Text></CiscoIPPhoneText>`;

	for (const [what, octets, line] of [
		["a plain & in a text", utf8(text("Fish & chips, R&D; &nbsp;")), "Fish & chips, R&D; &nbsp;"],
		["a byte order mark, a declaration and lines before it", utf8(`\ufeff\n<?xml version="1.0"?>\n${text("x")}`), "x"],
		["ISO-8859-1", latin1(`<?xml version="1.0" encoding="ISO-8859-1"?>${text("Grüße für 5 \u0080")}`), "Grüße für 5 €"],
		["octets that are no UTF-8", latin1(text("Grüße")), "Grüße"],
		["NULs behind its end", utf8(`${text("x")}\n\0\0\0`), "x"],
		["names in small letters", utf8("<ciscoipphonetext><title>T</title><text>x</text></ciscoipphonetext>"), "x"],
		[
			"elements and attributes that nobody knows",
			utf8(text("x").replace("<Title>", '<Zoom a="1"><b/>z</Zoom><Title>')),
			"x",
		],
		["a CDATA section and a comment", utf8(text("<!-- y --><![CDATA[<x>]]>")), "<x>"],
		["form feeds within", utf8(text("a\fb")), "a b"],
		["attributes without quotes", utf8(text("x").replace("Text>", "Text a=b>")), "x"],
		["what would be a word of the phone", utf8(text("\ue000\u0101")), "\ufffd\u0101"],
		["what turns the writing round", utf8(text("a\u202eb")), "a?b"],
	] as const) {
		it(`is read with ${what}`, () => {
			for (const step of [0, 1]) {
				const rig = new ServiceRig();
				assert.equal(rig.give(octets, "http://127.0.0.1/a", step), "");
				assert.deepEqual(rig.shown, ["T", line, "[Update|Exit]"]);
				assert.deepEqual(rig.lines, []);
			}
		});
	}

	it("is read with a plain & in URLs and attributes", () => {
		const rig = new ServiceRig();
		rig.give(
			"<CiscoIPPhoneMenu><MenuItem><Name>a</Name><URL>http://127.0.0.1/?a=1&b=2&copy=3&lt;=4&amp;c</URL></MenuItem></CiscoIPPhoneMenu>",
		);
		rig.press(1);
		rig.give(
			'<CiscoIPPhoneExecute><ExecuteItem Priority="0" URL="http://127.0.0.1/?a=1&b=2&c"/></CiscoIPPhoneExecute>',
		);
		assert.deepEqual(rig.ran, ["http://127.0.0.1/?a=1&b=2&copy=3<=4&c", "http://127.0.0.1/?a=1&b=2&c"]);
	});

	for (const [what, octets, reason] of [
		[
			"a page of HTML",
			"<html><body>500</body></html>",
			"line 1: an object of IP Phone Services is expected, not <html>",
		],
		["a page of HTML with its type", "<!DOCTYPE html><html/>", "line 1: a document type declaration is refused"],
		["nothing", "", "line 1: an element is expected: the file is empty"],
		["a text without XML", "Internal error", "line 1: '<' is expected outside the root element, not 'I'"],
		["UTF-16", "\u00ff\u00fe<\0", "line 1: UTF-16 is not read: UTF-8, ISO-8859-1 or windows-1252 is expected"],
	] as const) {
		it(`is refused when it is ${what}; what was shown stays`, () => {
			const rig = new ServiceRig();
			rig.give(menu);
			assert.equal(rig.give(latin1(octets)), reason);
			assert.equal(rig.shown[0], "Canteen");
			assert.equal(rig.shown[2], "> Soup");
			assert.deepEqual(rig.notices, ["The service's answer cannot be read"]);
			assert.deepEqual(rig.lines, [`services: http://127.0.0.1/a refused: ${reason}`]);
			assert.equal(rig.session.answer, '<CiscoIPPhoneError Number="1"/>');
		});
	}

	it("says so in a page when it breaks in the middle", () => {
		const rig = new ServiceRig();
		rig.give(menu);
		assert.match(rig.give(menu.slice(0, 120)), /is missing: the file ends here/);
		assert.deepEqual(rig.shown, ["Services", "The service's answer cannot be read", "[Update|Exit]"]);
		assert.equal(rig.give(menu), "");
		assert.equal(rig.shown[0], "Canteen");
		rig.session.begin("http://127.0.0.1/b");
		rig.session.take(utf8(menu.slice(0, 120)));
		rig.session.cancel();
		assert.equal(rig.shown[1], "The service's answer cannot be read");
		rig.session.begin("");
		rig.session.take(utf8("<CiscoIPPhoneExecute>"));
		rig.session.cancel();
		assert.lengthOf(rig.notices, 0);
	});

	it("holds a hundred items of a usual length; what is too much is cut with a sign, and softkeys stay", () => {
		const rig = new ServiceRig();
		const softkey = "<SoftKeyItem><Name>Go</Name><URL>SoftKey:Select</URL><Position>1</Position></SoftKeyItem>";
		const object = (count: number, name: string): string =>
			`<CiscoIPPhoneMenu><Title>T</Title>${many(
				count,
				(i) =>
					`<MenuItem><Name>${name} ${i}</Name><URL>http://app.example/menu/item.php?session=81f6&amp;id=${i}</URL></MenuItem>`,
			)}${softkey}</CiscoIPPhoneMenu>`;
		rig.give(object(100, "An item of a menu"));
		assert.equal(rig.page?.count, 100);
		assert.deepEqual(rig.lines, []);
		rig.give(object(101, "An item of a menu"));
		assert.deepEqual([rig.page?.count, rig.page?.line(100)], [101, "…"]);
		rig.give(object(100, "x".repeat(180)));
		const { page } = rig;
		const last = (page?.count ?? 0) - 1;
		assert.isTrue(last > 15 && last < 40);
		assert.equal(page?.line(last), "…");
		assert.equal(page?.line(last - 1), `${"x".repeat(180)} ${last - 1}`);
		assert.deepEqual(page?.softkeys, ["Go"]);
		page?.choose(last);
		assert.deepEqual(rig.ran, []);
		assert.lengthOf(rig.lines, 2);
		page?.choose(last - 1);
		assert.deepEqual(rig.ran, [`http://app.example/menu/item.php?session=81f6&id=${last - 1}`]);
		assert.isAtMost(Limits.serviceItems, 6144);
	});

	it("keeps URLs of 256 characters, whatever they share", () => {
		const rig = new ServiceRig();
		const long = `http://127.0.0.1/${"y".repeat(239)}`;
		const urls = [
			"Dial:1",
			long,
			`${long.slice(0, 255)}z`,
			"http://127.0.0.1/y",
			"Dial:2",
			`${long.slice(0, 200)}#`,
			long,
		];
		const items = urls.map((url) => `<MenuItem><Name>n</Name><URL>${url}</URL></MenuItem>`);
		rig.give(`<CiscoIPPhoneMenu>${items.join("")}</CiscoIPPhoneMenu>`);
		for (let i = 0; i < urls.length; i += 1) rig.page?.choose(i);
		assert.deepEqual(rig.ran, urls);
	});

	it("cuts a text that is too long between characters", () => {
		const rig = new ServiceRig();
		rig.give(text("é".repeat(2500)), "http://127.0.0.1/a", 3);
		const lines = rig.shown.slice(1, -1);
		assert.equal(lines.pop(), "…");
		assert.equal(lines.join(""), "é".repeat(2000));
	});
});
