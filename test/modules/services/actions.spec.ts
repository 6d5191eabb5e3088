// What URIs of services do: pages that are fetched, followed and gone back from, passwords, timers, calls, keys, sound, notifications; and
// what servers and objects cannot have the phone do.

import { english, spoken, Word } from "base/words";
import { assert } from "chai";
import { Key } from "hal/hardware";
import { keyNamed } from "services/keys";
import { withChosen } from "services/parameter";
import { ActionRig, codes } from "../support/actions.js";

const server = "http://services.example";
const text = (body: string): string => `<CiscoIPPhoneText><Title>T</Title><Text>${body}</Text></CiscoIPPhoneText>`;
const execute = (...urls: string[]): string =>
	`<CiscoIPPhoneExecute>${urls.map((url) => `<ExecuteItem Priority="0" URL="${url}"/>`).join("")}</CiscoIPPhoneExecute>`;

describe("URIs of services", () => {
	it("fetch a page and show it, and tell the application what asks", () => {
		const rig = new ActionRig();
		rig.open(`${server}/a?name=#DEVICENAME#`, text("hello"));
		assert.strictEqual(rig.shown, "T: hello");
		assert.deepEqual(rig.notices, ["Requesting...", ""]);
		assert.strictEqual(rig.sockets.socket.options.typeOfService, 104);
		const { request } = rig;
		assert.match(request, /^GET \/a\?name=SEP001122334455 HTTP\/1\.1\r\n/);
		for (const line of [
			"x-CiscoIPPhoneModelName: CP-7970G",
			"x-CiscoIPPhoneDisplay: 298, 168, 12, C",
			"x-CiscoIPPhoneSDKVersion: ",
			"Accept: x-CiscoIPPhone/*",
			"Accept-Language: en",
			"Accept-Charset: iso-8859-1",
			"User-Agent: Allegro-Software-WebClient/",
		])
			assert.include(request, `\r\n${line}`);
		rig.hide();
		rig.over();
	});

	it("follow references relative to the page, and go back by the fixed ring", () => {
		const rig = new ActionRig();
		rig.open(`${server}/a/b?x`, text("one"));
		rig.open("c", text("two"));
		rig.open("/d", text("three"), "Expires: -1\r\n");
		rig.open("?e", text("four"));
		assert.deepEqual(rig.asked, ["GET /a/b?x", "GET /a/c", "GET /d", "GET /d?e"]);
		assert.isTrue(rig.page?.back());
		rig.answer(text("two again"));
		assert.strictEqual(rig.asked.at(-1), "GET /a/c", "what was out of date is passed over");
		assert.isTrue(rig.page?.back());
		rig.answer(text("one again"));
		assert.strictEqual(rig.asked.at(-1), "GET /a/b?x");
		assert.isFalse(rig.page?.back());
	});

	it("say what keeps a page away in the user's words, and why in the log; the page that is there stays", () => {
		for (const [status, head, notice, line] of [
			["404 No", "", "Page not found", /404, no such file/],
			["500 No", "", "The server refuses the page", /500/],
			["302 Found", "Location: https://services.example/\r\n", "https is not possible yet", /no TLS/],
			["302 Found", "Location: ftp://services.example/\r\n", "Not the address of a service", /no URL of http/],
			["200 OK", "Content-Encoding: gzip\r\n", "Page cannot be read", /coding/],
		] as const) {
			const rig = new ActionRig();
			rig.open(`${server}/a`, text("hello"));
			rig.run(`${server}/b`);
			rig.answer("", head, status);
			assert.strictEqual(rig.notices.at(-1), notice);
			assert.match(rig.lines.at(-1) ?? "", line);
			assert.strictEqual(rig.shown, "T: hello");
			rig.hide();
			rig.over();
		}
		const rig = new ActionRig();
		rig.run("https://services.example/");
		rig.clock.advance(1);
		assert.strictEqual(rig.notices.at(-1), "https is not possible yet");
		rig.run("http://nobody.example/");
		rig.clock.advance(1);
		assert.strictEqual(rig.notices.at(-1), "Unknown name:");
		rig.run(`${server}/silent`);
		rig.clock.advance(31_000);
		assert.strictEqual(rig.notices.at(-1), "The server does not answer");
		rig.over();
	});

	it("ask for user and password by a form, and for what was refused with them", () => {
		const rig = new ActionRig();
		const wanted = 'WWW-Authenticate: Basic realm="Phone <book>"\r\n';
		rig.run(`${server}/book`);
		rig.answer("", wanted, "401 Who");
		assert.strictEqual(spoken(rig.page?.title ?? "", english), "Phone <book>");
		assert.strictEqual(rig.page?.count, 2);
		assert.match(rig.shown, /User.*\|.*Password/);
		const type = (keys: string): void => {
			for (const key of keys) {
				rig.clock.advance(2000);
				rig.page?.key(Number(key), rig.clock.ticks);
			}
		};
		type("2");
		rig.page?.key(Key.down, rig.clock.ticks);
		type("33");
		const submit = rig.page?.softkeys.indexOf(Word.submit) ?? -1;
		rig.page?.softkey(submit);
		rig.answer(text("in"));
		assert.strictEqual(rig.asked.at(-1), "GET /book");
		const [, credentials = ""] = /Authorization: Basic (\S+)/.exec(rig.request) ?? [];
		assert.strictEqual(credentials, "YTpkZA==", "a:dd");
		assert.strictEqual(rig.shown, "T: in");
		assert.isFalse(rig.page?.back() ?? true, "nobody goes back to the form");
		assert.strictEqual(rig.run("x-linnet-sign-in:form?u=a&p=b"), "");
		rig.hide();
		rig.over();
		assert.strictEqual(rig.run("x-linnet-sign-in:form?u=a&p=b"), "Not possible on this phone", "nobody asked");
		rig.over();
	});

	it("fetch again by the timer of a page, at once by Update, and no more when it is left", () => {
		const rig = new ActionRig();
		rig.open(`${server}/a`, text("1"), 'Refresh: 5; URL="/next"\r\n');
		rig.clock.advance(4900);
		assert.lengthOf(rig.asked, 1);
		rig.clock.advance(200);
		rig.answer(text("2"), "Refresh: 0\r\n");
		assert.deepEqual(rig.asked, ["GET /a", "GET /next"]);
		rig.clock.advance(100_000);
		assert.lengthOf(rig.asked, 2, "0 waits for the user");
		rig.page?.softkey(rig.page.softkeys.indexOf(Word.update));
		assert.lengthOf(rig.asked, 3);
		rig.answer(text("3"), "Refresh: 2\r\n");
		rig.hide();
		rig.clock.advance(10_000);
		assert.lengthOf(rig.asked, 3);
		rig.over();
	});

	it("press keys and softkeys by their names", () => {
		const rig = new ActionRig();
		for (const [name, key] of [
			["KeyPad0", 0],
			["KeyPad 9", 9],
			["keypadstar", Key.star],
			["KeyPadPound", Key.pound],
			["Soft1", Key.softkey1],
			["Soft5", Key.softkey1 + 4],
			["Line8", Key.line1 + 7],
			["Services", Key.services],
			["NavDwn", Key.down],
			["VolUp", Key.volumeUp],
			["Info", Key.help],
			["Setup", Key.settings],
			["FixedFeature3", Key.hold],
		] as const) {
			assert.strictEqual(keyNamed(name), key, name);
			assert.strictEqual(rig.run(`Key:${name}`), "");
			assert.strictEqual(rig.told.at(-1), `press ${key}`);
		}
		for (const name of [
			"",
			"Soft0",
			"Soft6",
			"Line9",
			"Line34",
			"KeyPad10",
			"KeyPad-1",
			"constructor",
			"toString",
			"PTT",
		])
			assert.strictEqual(rig.run(`Key:${name}`), "Not possible on this phone", name);
		assert.strictEqual(rig.run("SoftKey:NewCall"), "");
		assert.strictEqual(rig.told.at(-1), "softkey NewCall");
		rig.over();
	});

	it("dial, and send digits into the call that is up, with pauses", () => {
		const rig = new ActionRig();
		rig.open(`${server}/a`, text("hello"));
		rig.run("Dial:1002");
		assert.deepEqual(rig.told, ["dial 1002"]);
		rig.over();
		rig.run("EditDial:1003");
		assert.strictEqual(rig.told.at(-1), "editDial 1003");
		assert.strictEqual(rig.run("SendDigits:12"), "No call is up");
		rig.told.length = 0;
		rig.run("Dial:5551212,,9#:0:Cisco/Dialer");
		rig.clock.advance(5000);
		assert.deepEqual(rig.told, ["dial 5551212"]);
		rig.talks = true;
		rig.clock.advance(1500);
		assert.deepEqual(rig.told, ["dial 5551212"], "two seconds of pauses");
		rig.clock.advance(2000);
		assert.deepEqual(rig.told, ["dial 5551212", "digit 9 true", "digit 11 true"]);
		rig.over();
		assert.strictEqual(rig.run("SendDigits:1*A:0::app"), "");
		rig.clock.advance(1000);
		assert.deepEqual(rig.told.slice(3), ["digit 1 false", "digit 10 false", "digit 12 false"]);
		for (const wrong of ["SendDigits:", "SendDigits:1e5", `SendDigits:${"1".repeat(65)}`])
			assert.match(rig.run(wrong), /^Not a number/, wrong);
		rig.run("SendDigits:12345678901234567890");
		rig.clock.advance(500);
		rig.talks = false;
		rig.clock.advance(500);
		const { length } = rig.told;
		rig.talks = true;
		rig.clock.advance(10_000);
		assert.lengthOf(rig.told, length, "digits of a call that is over are for no other one");
		rig.talks = false;
		rig.refusal = Word.notNumber;
		assert.match(rig.run("Dial:alice"), /^Not a number/);
		rig.refusal = "";
		rig.run("Dial:1002,1");
		rig.clock.advance(200_000);
		rig.over();
	});

	it("play and send sound as it says where, and refuse what is no such place", () => {
		const rig = new ActionRig();
		for (const [uri, told] of [
			["RTPMRx:239.1.2.3:20480:70", "listen ef010203 20480 70"],
			["RTPMRx:239.1.2.3:20480", "listen ef010203 20480 -1"],
			["RTPRx:192.0.2.9:20490:250", "listen 0 20490 100"],
			["RTPRx:192.0.2.9", "listen 0 0 -1"],
			["RTPRx:Stop", "silence false"],
			["RTPTx:192.0.2.9:32768", "speak c0000209 32768"],
			["RTPMTx:239.1.2.3:20480", "speak ef010203 20480"],
			["rtptx:stop", "silence true"],
			["Play:Chime.raw", "play Chime.raw"],
			["Play:Stop", "play "],
		] as const) {
			assert.strictEqual(rig.run(uri), "", uri);
			assert.strictEqual(rig.told.at(-1), told);
		}
		const { length } = rig.told;
		for (const uri of [
			"RTPMRx:192.0.2.9:20480",
			"RTPRx:239.1.2.3:20480",
			"RTPMRx:239.1.2.3",
			"RTPMRx:239.1.2.3:20481",
			"RTPMRx:239.1.2.3:80",
			"RTPMRx:239.1.2.3:40000",
			"RTPTx:host:20480",
			"RTPTx:0.0.0.0:20480",
			"RTPTx:192.0.2.9",
			"RTPRx:",
		])
			assert.strictEqual(rig.run(uri), "Not the address of a service", uri);
		assert.lengthOf(rig.told, length);
	});

	it("open the phone's own lists, close pages, and refuse what there is not", () => {
		const rig = new ActionRig();
		rig.run("Application:Cisco/MissedCalls");
		rig.run("Init:CallHistory");
		rig.run("Device:Unlock");
		assert.deepEqual(rig.told, ["own missedcalls", "clear", "wake"]);
		rig.open(`${server}/a`, text("hello"));
		rig.run("Init:Services");
		rig.over();
		rig.open(`${server}/a`, text("hello"));
		rig.run("App:Close:0:60:x");
		rig.over();
		for (const uri of [
			"",
			"x",
			"Vibrate:1",
			"Device:Reboot",
			"Init:All",
			"App:Explode",
			"javascript:1",
			"constructor:",
			"a:b",
		])
			assert.notStrictEqual(rig.run(uri), "", uri);
		rig.over();
	});

	it("tell a server something without its page, three times at most", () => {
		const rig = new ActionRig();
		rig.run("Notify:http:services.example:8080:path/done?x=1:dXNlcjpw:a b=c");
		assert.strictEqual(rig.run("Notify:http:services.example:8080:again"), "The phone is in use");
		rig.sockets.socket.writable();
		assert.match(rig.request, /^POST \/path\/done\?x=1 HTTP\/1\.1\r\nHost: services\.example:8080\r\n/);
		assert.include(rig.request, "Authorization: Basic dXNlcjpw\r\n");
		assert.isTrue(rig.request.endsWith("\r\n\r\nDATA=a%20b%3Dc"));
		for (let i = 0; i < 3; i += 1) rig.answer("", "", "500 No");
		assert.lengthOf(rig.asked, 3);
		rig.over();
		assert.strictEqual(rig.shown, "");
		for (const uri of ["Notify:", "Notify:ftp:a:1:b", "Notify:http::80:x", "Notify:http:host:80:"])
			assert.strictEqual(rig.run(uri), "Not the address of a service", uri);
		rig.over();
	});

	it("put items and softkeys together", () => {
		const u = `${server}/p?a=1`;
		for (const [uri, chosen, expected] of [
			["QueryStringParam:b=2", `${server}/i?m=1`, `${server}/i?m=1&b=2`],
			["QueryStringParam:b=2", "i?m=1", `${server}/i?m=1&b=2`],
			["QueryStringParam:b=2", "QueryStringParam:c=3", `${u}&c=3&b=2`],
			["QueryStringParam:b=2", "", `${u}&b=2`],
			["QueryStringParam:b=2", "Dial:1", `${u}&b=2`],
			[`${server}/s`, "QueryStringParam:c=3", `${server}/s?c=3`],
			["s?x", "querystringparam:c=3", "s?x&c=3"],
			["Notify:http:h:80:p", "QueryStringParam:c=3", "Notify:http:h:80:p::c=3"],
			["Notify:http:h:80:p:Y3I=:old", "QueryStringParam:c=3", "Notify:http:h:80:p:Y3I=:c=3"],
			["Dial:1", "QueryStringParam:c=3", "Dial:1"],
			[`${server}/s`, "Dial:1", `${server}/s`],
		] as const)
			assert.strictEqual(withChosen(uri, chosen, u), expected, `${uri} ${chosen}`);
		const rig = new ActionRig();
		rig.open(
			`${server}/list`,
			"<CiscoIPPhoneMenu><Title>M</Title><MenuItem><Name>1</Name><URL>QueryStringParam:id=1</URL></MenuItem>" +
				"<MenuItem><Name>2</Name><URL>QueryStringParam:id=2</URL></MenuItem>" +
				"<SoftKeyItem><Name>Read</Name><URL>read.php?a=b</URL><Position>1</Position></SoftKeyItem></CiscoIPPhoneMenu>",
		);
		rig.page?.choose(1);
		assert.lengthOf(rig.asked, 1, "the item alone does nothing");
		rig.page?.softkey(0);
		rig.answer(text("read"));
		assert.strictEqual(rig.asked.at(-1), "GET /read.php?a=b&id=2");
	});

	it("wait until the phone is idle, or give up, by their priority", () => {
		const rig = new ActionRig();
		rig.busy = true;
		assert.strictEqual(rig.run("Play:a.raw", 2), "The phone is in use");
		for (const file of ["1", "2", "3"]) assert.strictEqual(rig.run(`Play:${file}`, 1), "");
		assert.strictEqual(rig.run("Play:4", 1), "The phone is in use");
		assert.strictEqual(rig.run("Play:0", 0), "");
		rig.clock.advance(60_000);
		assert.deepEqual(rig.told, ["play 0"]);
		rig.busy = false;
		rig.clock.advance(10_000);
		assert.deepEqual(rig.told, ["play 0", "play 1", "play 2", "play 3"]);
		assert.strictEqual(rig.run("Play:5", 2), "");
		rig.over();
	});

	it("end where one would run another for ever", () => {
		const rig = new ActionRig();
		const loop =
			"<CiscoIPPhoneText><Title>T</Title><Text>x</Text><SoftKeyItem><Name>a</Name><URL>Key:Soft1</URL><Position>1</Position></SoftKeyItem></CiscoIPPhoneText>";
		rig.open(`${server}/loop`, loop);
		rig.page?.softkey(0);
		assert.isAtMost(rig.told.length, 5);
		assert.match(rig.lines.join("\n"), /one URI runs another for ever/);
		rig.hide();
		rig.run(`${server}/again`);
		for (let i = 0; i < 50 && !rig.sockets.socket.closed; i += 1) rig.answer(execute(`${server}/again`));
		assert.isAtMost(rig.asked.length, 10);
		assert.match(rig.lines.join("\n"), /led from one to the next/);
		rig.over();
	});

	it("let an object that is pushed meanwhile go before the one that comes", () => {
		const rig = new ActionRig();
		rig.open(`${server}/a`, text("page"));
		rig.run(`${server}/slow`);
		const { socket } = rig.sockets;
		socket.writable();
		socket.deliver(codes("HTTP/1.1 200 OK\r\n\r\n<CiscoIPPhoneText><Title>Slow</Title><Te"));
		const session = rig.services.open();
		session.begin("");
		session.take(Uint8Array.from(codes(text("pushed"))));
		session.end();
		socket.deliver(codes("xt>late</Text></CiscoIPPhoneText>"));
		if (!socket.closed) socket.fail();
		assert.strictEqual(rig.shown, "T: pushed");
		rig.hide();
		rig.over();
	});

	it("ask the proxy of the configuration, and none where that is no URL", () => {
		const rig = new ActionRig();
		rig.device = { ...rig.device, proxy: "192.0.2.99:3128" };
		rig.open(`${server}/a`, text("x"));
		assert.strictEqual(rig.sockets.socket.options.address, "192.0.2.99");
		assert.strictEqual(rig.asked[0], `GET ${server}/a`);
		rig.hide();
		rig.device = { ...rig.device, proxy: "socks5://x" };
		rig.open(`${server}/a`, text("x"));
		assert.strictEqual(rig.sockets.socket.options.address, "192.0.2.80");
		assert.match(rig.lines.join("\n"), /no proxy is asked/);
	});

	it("show an object as soon as it is whole, whatever the server sends behind it or says of its length", () => {
		const more = "\0 trailing, for ever ".repeat(20);
		for (const head of ["", "Content-Length: 99999\r\n", "Transfer-Encoding: chunked\r\n"]) {
			const rig = new ActionRig();
			rig.run(`${server}/stream`);
			const { socket } = rig.sockets;
			socket.writable();
			const object = text("whole");
			const body = head.startsWith("Transfer") ? `${object.length.toString(16)}\r\n${object}\r\n` : object + more;
			socket.deliver(codes(`HTTP/1.1 200 OK\r\n${head}\r\n${body}`));
			assert.strictEqual(rig.shown, "T: whole", head);
			assert.isTrue(socket.closed, "what follows is not waited for");
			rig.hide();
			rig.over();
		}
		const rig = new ActionRig();
		rig.run(`${server}/orders`);
		rig.sockets.socket.writable();
		rig.sockets.socket.deliver(codes(`HTTP/1.1 200 OK\r\n\r\n${execute(`${server}/next`)}${more}`));
		assert.deepEqual(rig.asked, ["GET /orders", ""]);
		rig.answer(text("next"));
		assert.strictEqual(rig.shown, "T: next", "the fetch that the object began is not ended with it");
		rig.hide();
		rig.over();
	});

	it("fetch the other icons where one of them is no picture, and let go of all behind an object that is none", () => {
		const rig = new ActionRig();
		const icon = (index: number): string =>
			`<IconItem><Index>${index}</Index><URL>${server}/${index}.png</URL></IconItem>`;
		rig.open(
			`${server}/menu`,
			`<CiscoIPPhoneIconFileMenu><Title>T</Title><MenuItem><Name>a</Name></MenuItem>${icon(0)}${icon(1)}</CiscoIPPhoneIconFileMenu>`,
		);
		rig.pictures.take = () => "broken";
		rig.answer("no picture");
		Reflect.deleteProperty(rig.pictures, "take");
		rig.answer("a picture");
		assert.deepEqual(rig.asked, ["GET /menu", "GET /0.png", "GET /1.png"]);
		assert.isTrue(rig.pictures.kept.has(2));
		rig.hide();
		rig.over();
		rig.open(`${server}/none`, "<html><body>Not found</body></html>");
		rig.over();
	});

	it("do not lose a page that is coming to something else that is over", () => {
		const rig = new ActionRig();
		rig.run("Notify:http:192.0.2.7:80:told");
		const told = rig.sockets.socket;
		rig.run(`${server}/slow`);
		const { socket } = rig.sockets;
		socket.writable();
		socket.deliver(codes("HTTP/1.1 200 OK\r\n\r\n<CiscoIPPhoneText><Title>T</Title><Te"));
		told.writable();
		told.deliver(codes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
		socket.deliver(codes("xt>late</Text></CiscoIPPhoneText>"));
		assert.strictEqual(rig.shown, "T: late");
		rig.hide();
		rig.over();
	});

	it("do not let the refresh of a page go before what the user asks for", () => {
		const rig = new ActionRig();
		rig.open(`${server}/clock`, text("1"), "Refresh: 1\r\n");
		rig.run(`${server}/slow`);
		rig.clock.advance(2500);
		assert.deepEqual(rig.asked, ["GET /clock", ""]);
		rig.answer(text("what was asked for"));
		assert.strictEqual(rig.shown, "T: what was asked for");
		rig.clock.advance(5000);
		assert.lengthOf(rig.asked, 2);
		rig.hide();
		rig.over();
	});

	it("refresh a page again behind a refresh that has failed, and go back from it as before", () => {
		const rig = new ActionRig();
		rig.open(`${server}/menu`, text("menu"));
		rig.open(`${server}/clock`, text("1"), "Refresh: 10\r\n");
		rig.clock.advance(10_000);
		rig.answer("", "", "503 Busy");
		assert.strictEqual(rig.shown, "T: 1");
		rig.clock.advance(9000);
		assert.lengthOf(rig.asked, 3);
		rig.clock.advance(1000);
		rig.answer(text("2"), "Refresh: 10\r\n");
		assert.strictEqual(rig.shown, "T: 2");
		rig.clock.advance(10_000);
		rig.answer("", "", "404 Gone");
		rig.open(`${server}/chosen`, text("chosen"));
		assert.isTrue(rig.page?.back());
		rig.answer(text("3"));
		assert.strictEqual(rig.asked.at(-1), "GET /clock", "what failed has not taken its place");
		rig.hide();
		rig.over();
	});

	it("are not fetched any more, nor counted, when all ends", () => {
		const rig = new ActionRig();
		rig.run(`${server}/slow`);
		rig.services.close();
		rig.over();
		rig.services.status("Open", 0);
		rig.services.stop();
		assert.strictEqual(rig.told.at(-1), "status ");
		rig.over();
	});
});
