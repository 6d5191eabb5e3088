// Services in the phone itself: what its keys open by the configuration, what the idle phone shows, what services do to calls and lists.
import { assert } from "chai";
import { Route } from "hal/hardware";
import type { ServiceValues } from "settings/service-settings";
import type { FakeSocket } from "../support/fakes.js";
import { build, enblocCall, Rig, type RigOptions } from "../support/rig.js";
import { noServices } from "../support/service-values.js";

const server = "http://192.0.2.80";
const text = (body: string): string => `<CiscoIPPhoneText><Title>T</Title><Text>${body}</Text></CiscoIPPhoneText>`;

class DeskRig {
	readonly rig: Rig;

	constructor(values: Partial<ServiceValues>, options: RigOptions = {}) {
		this.rig = new Rig(17, options);
		this.rig.desk.serviceDesk.configure({ ...noServices, ...values });
	}

	/** Connections to servers of services. */
	get web(): FakeSocket[] {
		return this.rig.network.sockets.filter(({ options }) => options.port === 80);
	}

	get asked(): string[] {
		return this.web.map((socket) => String.fromCharCode(...(socket.writes[0] ?? [])).split(" HTTP")[0] ?? "");
	}

	answer(body: string, head = ""): void {
		const socket = this.web[this.web.length - 1];
		socket?.writable();
		const response = `HTTP/1.1 200 OK\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`;
		socket?.deliver([...response].map((character) => character.charCodeAt(0)));
	}

	/** The server wants to know who asks. */
	refuse(): void {
		const socket = this.web[this.web.length - 1];
		socket?.writable();
		const response = 'HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm="R"\r\nContent-Length: 0\r\n\r\n';
		socket?.deliver([...response].map((character) => character.charCodeAt(0)));
	}

	get shown(): string {
		const { overlay } = this.rig.screen;
		return overlay === undefined ? "" : `${overlay.title}: ${overlay.lines.join("|")}`;
	}

	/** A call rings, or is up. */
	call(state: number): void {
		this.rig.receive(build(0x111, state, 1, 12));
	}
}

describe("services of the phone", () => {
	it("opens the only one at once, and of several the one that is chosen", () => {
		const it = new DeskRig({ servicesURL: `${server}/menu` });
		it.rig.press("services");
		it.answer(text("hello"));
		assert.deepEqual(it.asked, ["GET /menu?name=SEP001122334455"]);
		assert.strictEqual(it.shown, "T: hello");
		it.rig.softkey("Exit");
		assert.strictEqual(it.shown, "");
		const several = new DeskRig({
			servicesURL: `${server}/menu?a=b`,
			phoneServices: [
				`0\tWeather\t${server}/weather`,
				"0\tMissed\tApplication:Cisco/MissedCalls",
				`0\tMobility\t${server}/em?device=#DEVICENAME#`,
			],
		});
		several.rig.press("services");
		assert.strictEqual(several.shown, "Services: 1 Weather|2 Missed|3 Mobility|4 Services");
		several.rig.press("services");
		assert.strictEqual(several.shown, "");
		several.rig.press("services", "3");
		several.answer(text("in"));
		several.rig.press("services", "services", "4");
		several.answer(text("menu"));
		assert.deepEqual(several.asked, ["GET /em?device=SEP001122334455", "GET /menu?a=b&name=SEP001122334455"]);
		several.rig.press("services", "services", "2");
		assert.strictEqual(several.shown, "Missed calls: None");
	});

	it("leaves keys as they are where the configuration has nothing for them", () => {
		const it = new DeskRig({});
		it.rig.press("services");
		assert.strictEqual(it.rig.screen.prompt, "Key Is Not Active");
		it.rig.take();
		it.rig.press("messages");
		assert.deepEqual(it.rig.sent(), ["5 15 1 0 0"], "voicemail");
		it.rig.press("help");
		assert.match(it.shown, /^Help/);
		assert.deepEqual(it.asked, []);
	});

	it("asks for messages and information where it has URLs for them", () => {
		const it = new DeskRig({
			messagesURL: `${server}/mail`,
			informationURL: `${server}/help`,
			phoneServices: ["2\tVoicemail\tApplication:Cisco/Voicemail"],
		});
		it.rig.press("messages");
		it.answer(text("mail"));
		it.rig.press("help");
		it.answer(text("help"));
		assert.deepEqual(it.asked, ["GET /mail?name=SEP001122334455", "GET /help?name=SEP001122334455"]);
		it.rig.softkey("Exit");
		assert.strictEqual(it.shown, "", "nobody goes back from one key's service to another's");
		it.call(5);
		it.rig.press("help");
		assert.lengthOf(it.asked, 2, "in a call the key tells of that");
		const own = new DeskRig({ phoneServices: ["2\tVoicemail\tApplication:Cisco/Voicemail"] });
		own.rig.take();
		own.rig.press("messages");
		assert.deepEqual(own.rig.sent(), ["5 15 1 0 0"]);
	});

	it("has directories behind the lists of calls, and dials from them", () => {
		const it = new DeskRig({
			directoryURL: `${server}/dir`,
			phoneServices: [
				"1\tMissed Calls\tApplication:Cisco/MissedCalls",
				"1\tPersonal\tApplication:Cisco/PersonalDirectory",
				`1\tSuppliers\t${server}/suppliers`,
			],
		});
		it.rig.press("directories");
		assert.strictEqual(
			it.shown,
			"Directories: 1 Missed calls|2 Received calls|3 Placed calls|4 Personal directory|5 Suppliers|6 Corporate directory",
		);
		it.rig.press("6");
		it.answer(
			"<CiscoIPPhoneDirectory><Title>People</Title><Prompt>1 to 2</Prompt>" +
				"<DirectoryEntry><Name>Ann</Name><Telephone>1002</Telephone></DirectoryEntry>" +
				"<DirectoryEntry><Name>Bo</Name><Telephone>1003</Telephone></DirectoryEntry></CiscoIPPhoneDirectory>",
		);
		assert.match(it.shown, /^People: /);
		it.rig.press("down");
		it.rig.take();
		it.rig.softkey("Dial");
		assert.strictEqual(it.rig.audio.route, Route.speaker);
		assert.include(it.rig.sent().join(), "6 ", "off hook");
		assert.strictEqual(it.shown, "");
	});

	it("dials what is chosen on a page when the user goes off hook", () => {
		for (const [key, body] of [
			[
				"speaker",
				"<CiscoIPPhoneDirectory><DirectoryEntry><Name>Ann</Name><Telephone>1-002</Telephone></DirectoryEntry></CiscoIPPhoneDirectory>",
			],
			["line1", "<CiscoIPPhoneMenu><MenuItem><Name>Ann</Name><URL>Dial:1002:0:x</URL></MenuItem></CiscoIPPhoneMenu>"],
			["hook", "<CiscoIPPhoneMenu><MenuItem><Name>Ann</Name><URL>Dial:1002</URL></MenuItem></CiscoIPPhoneMenu>"],
		] as const) {
			const it = new DeskRig({ servicesURL: `${server}/x` });
			it.rig.receive(build(0x97, 0, 1, 1, ["\x01\x09", 2]));
			it.rig.press("services");
			it.answer(body);
			it.rig.take();
			if (key === "hook") it.rig.keypad.hook(true);
			else it.rig.press(key);
			it.call(1);
			assert.include(it.rig.sent(), enblocCall("1002"), key);
		}
		const none = new DeskRig({ servicesURL: `${server}/x` });
		none.rig.press("services");
		none.answer(
			"<CiscoIPPhoneMenu><MenuItem><Name>Ann</Name><URL>http://192.0.2.80/y</URL></MenuItem></CiscoIPPhoneMenu>",
		);
		none.rig.take();
		none.rig.press("speaker");
		none.call(1);
		assert.notInclude(none.rig.sent().join("|"), "4 ");
	});

	it("keeps people and numbers that the user has typed", () => {
		const it = new DeskRig({});
		it.rig.press("directories", "4");
		assert.strictEqual(it.shown, "Personal directory: 1 New entry");
		it.rig.press("1", "3", "1", "0", "0", "2");
		it.rig.softkey("Save");
		assert.match(it.shown, /1 Dial 1002\|2 Name\s*\|3 Number 1002\|4 Delete/);
		it.rig.press("1");
		assert.include(it.rig.sent().join(), "6 ");
		assert.strictEqual(it.shown, "");
	});

	it("presses keys and softkeys for services, and empties the lists of calls", () => {
		const it = new DeskRig({ servicesURL: `${server}/x` });
		it.rig.press("services");
		it.answer(
			'<CiscoIPPhoneExecute><ExecuteItem URL="Key:Directories"/><ExecuteItem URL="Key:KeyPad4"/></CiscoIPPhoneExecute>',
		);
		it.rig.clock.advance(1);
		assert.strictEqual(it.shown, "Personal directory: 1 New entry");
		assert.strictEqual(it.rig.desk.serviceDesk.services.session, undefined);
		it.rig.press("directories");
		it.rig.press("services");
		it.answer('<CiscoIPPhoneExecute><ExecuteItem URL="EditDial:1-002"/></CiscoIPPhoneExecute>');
		assert.strictEqual(it.shown, "Enter number: 1002");
	});

	it("presses no key for ever that presses itself", () => {
		const it = new DeskRig({ servicesURL: `${server}/x` });
		it.rig.press("services");
		it.answer(
			"<CiscoIPPhoneText><Text>round</Text><SoftKeyItem><Name>Round</Name><URL>Key:Soft1</URL><Position>1</Position>" +
				"</SoftKeyItem></CiscoIPPhoneText>",
		);
		it.rig.softkey("Round");
		it.rig.clock.advance(1);
		assert.lengthOf(
			it.rig.log.filter((line) => line.includes("press one another without end")),
			1,
		);
		it.rig.softkey("Round");
		it.rig.clock.advance(1);
		assert.lengthOf(
			it.rig.log.filter((line) => line.includes("press one another without end")),
			2,
			"each time anew",
		);
	});

	it("runs no item for ever that chooses itself", () => {
		const it = new DeskRig({ servicesURL: `${server}/x` });
		it.rig.press("services");
		it.answer(
			"<CiscoIPPhoneMenu><MenuItem><Name>Round</Name><URL>UserDataSoftKey:Select:7:picked</URL></MenuItem></CiscoIPPhoneMenu>",
		);
		it.rig.take();
		it.rig.press("1");
		assert.lengthOf(
			it.rig.log.filter((line) => line.includes("one URI runs another for ever")),
			1,
		);
		assert.lengthOf(it.rig.sent(), 3);
	});

	it("stay behind a call that rings until it is over, unless the user has them in front", () => {
		const it = new DeskRig({ servicesURL: `${server}/menu` });
		it.rig.press("services");
		it.call(4);
		it.answer(text("hello"));
		assert.strictEqual(it.shown, "", "the softkeys are those of the call");
		it.rig.press("services");
		assert.strictEqual(it.shown, "T: hello");
		it.rig.softkey("Update");
		it.answer(text("again"));
		assert.strictEqual(it.shown, "T: again");
		it.rig.press("services");
		assert.strictEqual(it.shown, "");
		it.call(2);
		assert.strictEqual(it.shown, "T: again");
	});

	describe("on the idle phone", () => {
		const idle = { idleURL: `${server}/idle`, idleTimeout: 30 };

		it("come after some rest, go at any key or call, and come again", () => {
			const it = new DeskRig(idle);
			it.rig.clock.advance(29_000);
			assert.deepEqual(it.asked, []);
			it.rig.clock.advance(1000);
			it.answer(text("news"));
			assert.deepEqual(it.asked, ["GET /idle?name=SEP001122334455"]);
			assert.strictEqual(it.shown, "T: news");
			assert.notInclude(it.rig.screen.prompt, "Requesting");
			it.rig.press("volumeUp");
			assert.strictEqual(it.shown, "");
			it.rig.clock.advance(30_000);
			it.answer(text("news"));
			assert.strictEqual(it.shown, "T: news");
			it.call(4);
			assert.strictEqual(it.shown, "");
			it.rig.clock.advance(120_000);
			assert.lengthOf(it.asked, 2, "not while a call rings");
			it.call(2);
			it.rig.clock.advance(31_000);
			assert.lengthOf(it.asked, 3);
		});

		it("are not fetched while somebody uses the phone, and not in vain all the time", () => {
			const it = new DeskRig(idle);
			for (let i = 0; i < 10; i += 1) {
				it.rig.clock.advance(20_000);
				it.rig.press("volumeUp");
			}
			assert.deepEqual(it.asked, []);
			for (let i = 0; i < 300; i += 1) {
				it.rig.clock.advance(1000);
				const socket = it.web[it.web.length - 1];
				if (socket !== undefined && !socket.closed) socket.fail();
			}
			assert.isAtMost(it.asked.length, 11);
			assert.isAtLeast(it.asked.length, 9);
			assert.strictEqual(it.rig.screen.prompt, new Rig(17).screen.prompt, "nobody has asked, and nobody is told");
			it.rig.desk.serviceDesk.configure(noServices);
			it.rig.clock.advance(100_000);
			assert.isAtMost(it.asked.length, 11);
		});

		it("give way to what is sent to the phone, ask nobody for a password, and are tried again", () => {
			const it = new DeskRig(idle);
			it.rig.clock.advance(30_000);
			it.refuse();
			assert.strictEqual(it.shown, "", "no form comes to a phone that nobody uses");
			it.rig.clock.advance(31_000);
			it.answer(text("news"));
			const { services } = it.rig.desk.serviceDesk;
			const session = services.receive();
			assert.strictEqual(it.shown, "");
			session.begin("");
			session.take(Uint8Array.from([...text("sent")].map((character) => character.charCodeAt(0))));
			session.end();
			assert.strictEqual(it.shown, "T: sent");
			it.rig.press("down");
			assert.strictEqual(it.shown, "T: sent", "a key is for it, as for a page that was asked for");
		});

		it("end with the phone", () => {
			const it = new DeskRig(idle);
			it.rig.clock.advance(30_000);
			it.answer(text("news"));
			it.rig.quit(() => {});
			assert.strictEqual(it.shown, "");
			it.rig.clock.advance(100_000);
			assert.lengthOf(it.asked, 1);
		});

		it("do not come on a phone that is not registered", () => {
			const it = new DeskRig(idle);
			it.rig.lose();
			it.rig.clock.advance(40_000);
			assert.deepEqual(it.asked, []);
		});
	});
});
