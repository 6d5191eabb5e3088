// What call agents push while a user does something else, and what is sent when he picks: pages by their priority, forms, calls that end,
// URIs of every form, and nonsense.
import type { DataHead } from "base/data-head";
import { assert } from "chai";
import { Key } from "hal/hardware";
import { Kind } from "services/kinds";
import { Pushes } from "services/pushes";
import { ActionRig } from "../support/actions.js";
import { utf8 } from "../support/xml.js";

const text = (title: string): string => `<CiscoIPPhoneText><Title>${title}</Title><Text>t</Text></CiscoIPPhoneText>`;
const execute = (url: string): string => `<CiscoIPPhoneExecute><ExecuteItem URL="${url}"/></CiscoIPPhoneExecute>`;
const form = (url: string): string =>
	`<CiscoIPPhoneInput><Title>F</Title><URL>${url}</URL><InputItem><DisplayName>N</DisplayName><QueryStringParam>N</QueryStringParam>` +
	"<InputFlags>N</InputFlags></InputItem></CiscoIPPhoneInput>";
const done = /^<CiscoIPPhoneResponse><ResponseItem Status="0"/;

const usual: DataHead = Object.freeze({
	version1: true,
	application: 5,
	line: 0,
	reference: 0,
	transaction: 7,
	priority: 1,
	conference: 2,
	instance: 3,
	routing: 4,
});

class PushRig extends ActionRig {
	occupation = "";
	calls: string[] = [];
	callsAreUp = false;
	registered = true;
	/** What was sent: application, line, call, transaction, data; and what version 1 has beside it. */
	sent: string[] = [];
	heads: DataHead[] = [];
	readonly pushes = new Pushes(this.services, {
		sendData: (head, data) => {
			if (!this.registered) return false;
			this.sent.push(`${head.application} ${head.line} ${head.reference} ${head.transaction} ${data}`);
			this.heads.push(head);
			return true;
		},
		occupied: () => this.occupation,
		callsUp: () => this.callsAreUp,
		hasCall: (line, reference) => this.calls.includes(`${line}:${reference}`),
	});

	constructor() {
		super();
		this.services.pushes = this.pushes;
	}

	/** Pushes an object in pieces of `step` octets. @returns the answer, 'refused' where the phone says so. */
	push(object: string, head: Partial<DataHead> = {}, step = 100): string {
		if (!this.pushes.begin({ ...usual, ...head })) return "refused";
		const octets = utf8(object);
		for (let from = 0; from < octets.length; from += step)
			if (!this.pushes.take(octets, from, Math.min(from + step, octets.length))) {
				this.pushes.cancel();
				return "refused";
			}
		return this.pushes.end();
	}

	key(key: number): void {
		this.page?.key(key, 0);
	}

	softkeyAt(position: number): void {
		this.page?.softkey(position);
	}
}

describe("what call agents push", () => {
	it("is shown by its priority: on the idle phone, in calls, above pages of others", () => {
		for (const [priority, idle, inCall, overPage] of [
			[0, true, false, false],
			[1, true, true, false],
			[2, true, true, true],
		] as const) {
			const rig = new PushRig();
			assert.equal(done.test(rig.push(text("A"), { priority })), idle);
			assert.equal(rig.shown, "A: t");
			rig.hide();
			rig.over();
			rig.callsAreUp = true;
			assert.equal(done.test(rig.push(text("B"), { priority })), inCall, `${priority} in a call`);
			assert.equal(rig.shown, inCall ? "B: t" : "");
			if (rig.page) rig.hide();
			rig.over();
			rig.callsAreUp = false;
			rig.open("http://services.example/menu", text("Mine"));
			assert.equal(done.test(rig.push(text("C"), { priority })), overPage, `${priority} over a page`);
			assert.equal(rig.shown, overPage ? "C: t" : "Mine: t");
		}
	});

	it("has a brother that comes by CGI: that comes above pages, but not between a user and a call that rings or what he types", () => {
		const rig = new PushRig();
		const comes = (kind: number): boolean => rig.services.mayCome(kind);
		rig.callsAreUp = true;
		rig.open("http://services.example/menu", text("Mine"));
		assert.isTrue(comes(Kind.text));
		rig.occupation = "a call rings";
		assert.isFalse(comes(Kind.text));
		assert.isTrue(comes(Kind.execute));
		rig.occupation = "";
		rig.open("http://services.example/form", form("http://services.example/filled"));
		assert.isFalse(comes(Kind.menu));
		assert.match(rig.lines.join(), /came by CGI refused: a call rings,.*CGI refused: a form is being filled in/);
	});

	it("never comes between a user and a call that rings or what he types, and the log says so", () => {
		const rig = new PushRig();
		rig.occupation = "a call rings";
		assert.equal(rig.push(text("A"), { priority: 2 }), "refused");
		assert.isUndefined(rig.page);
		rig.over();
		assert.match(rig.lines.join(), /a pushed object of application 5 refused: a call rings/);
		rig.occupation = "";
		rig.open("http://services.example/form", form("http://services.example/filled"));
		rig.key(4);
		const typed = rig.shown;
		assert.equal(rig.push(text("B"), { priority: 2 }), "refused");
		assert.equal(rig.shown, typed);
		// what is to be done without a page is done all the same
		assert.match(rig.push(execute("Init:AppStatus"), { priority: 2 }), done);
		assert.equal(rig.shown, typed);
	});

	it("waits for no page that is being fetched: it is refused, and the page comes", () => {
		const rig = new PushRig();
		rig.run("http://services.example/slow");
		const { socket } = rig.sockets;
		socket.writable();
		const body = text("Slow");
		socket.deliver(utf8(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`));
		assert.equal(rig.push(text("Push"), { priority: 2 }), "refused");
		socket.deliver(utf8(body.slice(20)));
		assert.equal(rig.shown, "Slow: t");
	});

	it("a page that is fetched while an object comes in parts is shown, and the object refused", () => {
		const rig = new PushRig();
		assert.isTrue(rig.pushes.begin(usual));
		const object = utf8(text("Push"));
		assert.isTrue(rig.pushes.take(object, 0, 30));
		rig.open("http://services.example/a", text("Mine"));
		assert.isFalse(rig.pushes.take(object, 30, object.length));
		rig.pushes.cancel();
		assert.equal(rig.shown, "Mine: t");
	});

	it("may change what it has shown at any time", () => {
		const rig = new PushRig();
		rig.push(text("A"));
		rig.occupation = "a call rings";
		rig.callsAreUp = true;
		assert.match(rig.push(text("B"), { priority: 0 }), done);
		assert.equal(rig.shown, "B: t");
		assert.equal(rig.push(text("C"), { application: 6, priority: 2 }), "refused");
		assert.equal(rig.shown, "B: t");
	});

	it("what is no object shows nothing, and is answered as such", () => {
		const rig = new PushRig();
		for (const object of [
			"",
			"no object",
			"<getDeviceCaps></getDeviceCaps>",
			"<CiscoIPPhoneText><Text>t</CiscoIPPhoneText>",
		]) {
			assert.include(["", "refused"], rig.push(object), object);
			assert.isUndefined(rig.page, object);
			rig.over();
		}
		assert.deepEqual(rig.notices, []);
	});

	it("goes with the call that it is about, and with no other", () => {
		const rig = new PushRig();
		rig.calls = ["1:40", "2:41"];
		rig.push(text("A"), { line: 1, reference: 40 });
		rig.calls = ["1:40"];
		rig.pushes.callsChanged();
		assert.equal(rig.shown, "A: t");
		rig.calls = [];
		rig.pushes.callsChanged();
		rig.over();
		// chan-sccp puts other numbers there, and takes the page away itself
		rig.push(text("B"), { line: 40, reference: 1 });
		rig.pushes.callsChanged();
		assert.equal(rig.shown, "B: t");
		assert.match(rig.push(execute("App:Close:0")), done);
		rig.over();
	});

	it("App:Close closes what the application has shown, and nothing that the user has opened", () => {
		const rig = new PushRig();
		rig.push(text("A"));
		rig.push(execute("App:Close:6"), { application: 6 });
		assert.equal(rig.shown, "A: t");
		rig.push(execute("App:Close:5"), { application: 6 });
		rig.over();
		rig.open("http://services.example/a", text("Mine"));
		rig.push(execute("App:Close:5"));
		rig.push(execute("App:Close:0"));
		assert.equal(rig.shown, "Mine: t");
	});

	it("answers have the numbers of their URIs, and the page's own where its application is meant", () => {
		const rig = new PushRig();
		rig.push(text("A"));
		for (const [uri, sent] of [
			["UserData:5:reply", "5 0 0 0 reply"],
			["UserData:5:a:b", "5 0 0 0 a:b"],
			["UserData:9:12:conference/1", "9 0 0 12 conference/1"],
			["USERCALLDATA:5:1:2:3:default/701", "5 1 2 3 default/701"],
			["UserCallDataSoftKey:Nothing:6:1:2:3:x:y", "6 1 2 3 x:y"],
			["UserDataSoftKey:Nothing:6:KICK/7", "6 0 0 0 KICK/7"],
			["rest/of?a=b", "5 0 0 7 rest/of?a=b"],
		] as const) {
			rig.sent.length = 0;
			rig.heads.length = 0;
			assert.equal(rig.run(uri), "", uri);
			assert.deepEqual(rig.sent, [sent], uri);
			const [head] = rig.heads as [DataHead];
			const own = head.application === 5;
			assert.deepEqual(
				[head.conference, head.instance, head.routing, head.priority],
				own ? [2, 3, 4, 1] : [0, 0, 0, 0],
			);
			assert.isTrue(head.version1);
		}
		rig.hide();
		rig.push(text("B"), { version1: false });
		rig.run("UserData:5:plain");
		assert.isFalse(rig.heads.at(-1)?.version1);
	});

	it("a softkey's data goes ahead of what the softkey does", () => {
		const rig = new PushRig();
		rig.push(
			"<CiscoIPPhoneMenu><Title>M</Title><MenuItem><Name>a</Name><URL>UserCallData:5:1:2:3:1</URL></MenuItem>" +
				"<MenuItem><Name>b</Name><URL>UserCallData:5:1:2:3:2</URL></MenuItem>" +
				"<SoftKeyItem><Name>Kick</Name><Position>1</Position><URL>UserDataSoftKey:Select:5:KICK/7</URL></SoftKeyItem>" +
				"<SoftKeyItem><Name>Out</Name><Position>2</Position><URL>UserDataSoftKey:Exit:5:OUT/7</URL></SoftKeyItem></CiscoIPPhoneMenu>",
		);
		rig.key(Key.down);
		rig.softkeyAt(0);
		assert.deepEqual(rig.sent, ["5 0 0 0 KICK/7", "5 1 2 3 2"]);
		rig.softkeyAt(1);
		assert.deepEqual(rig.sent.slice(2), ["5 0 0 0 OUT/7"]);
		rig.over();
	});

	it("a form without a scheme goes back to the application that has pushed it", () => {
		const rig = new PushRig();
		rig.push(form("conference/44/invite"), { line: 2, reference: 42 });
		rig.key(5);
		rig.key(0);
		rig.key(Key.select);
		assert.deepEqual(rig.sent, ["5 2 42 7 conference/44/invite?N=50"]);
	});

	it("what is no answer, or does not go out, is said to the user", () => {
		const rig = new PushRig();
		rig.push(text("A"));
		for (const uri of [
			"UserData:",
			"UserData:5",
			"UserData:5:",
			"UserData:x:y",
			"UserData:99999999999:y",
			"UserData:4294967296:y",
			"UserDataSoftKey:Select:5",
			"UserCallData:5:1:2:3",
			"UserCallData:5:1:2:3:",
			"UserCallData:5:-1:2:3:x",
			"UserCallDataSoftKey:Select:5:1:2:x:data",
		])
			assert.equal(rig.run(uri), "The service names nothing to do", uri);
		assert.deepEqual(rig.sent, []);
		rig.registered = false;
		assert.equal(rig.run("UserData:5:a"), "No answer from the phone system");
		rig.registered = true;
		rig.hide();
		// a reference leads nowhere without a page that has been pushed
		assert.notEqual(rig.run("a/b"), "");
		assert.deepEqual(rig.sent, []);
	});
});
