// What the phone tells the house: which events there are, in what order, and what becomes of them while the server is away, slow or unwilling.
import { assert } from "chai";
import type { Configuration } from "provisioning/configuration";
import { defaults } from "provisioning/configuration";
import { timestamp } from "services/events";
import type { FakeSocket } from "../support/fakes.js";
import { build, Rig, type RigOptions } from "../support/rig.js";
import { latin } from "../support/web.js";

const CallState = 0x111;
const CallInfoV2 = 0x14a;
const SetLamp = 0x86;
const voicemail = 15;
const ringIn = 4;
const connected = 5;
const onHook = 2;
const ringOut = 3;
const inbound = 1;
const outbound = 2;
const eventsURL = "http://192.0.2.90:8123/api/webhook/secret";
/** As long as it takes until a change is told, and a little more. */
const soon = 150;

interface Event extends Record<string, unknown> {
	readonly event: string;
	readonly state: string;
	readonly id: number;
	readonly age: number;
	readonly lost: number;
}

function callState(state: number, reference = 7): Uint8Array {
	return build(CallState, state, 1, reference, 0, 0, 0);
}

function callInfo(
	type: number,
	calling: readonly [string, string],
	called: readonly [string, string],
	restriction = 0,
) {
	const texts = [calling[0], "", called[0], "", "", "", "", "", "", calling[1], called[1], "", "", "", ""];
	return build(CallInfoV2, 1, 7, type, 0, 0, 0, 0, restriction, ...texts.map((text) => [text, 0] as const));
}

class House {
	readonly rig: Rig;
	private seen = 0;
	/** Octets of the latest body. */
	length = 0;

	constructor(configuration: Partial<Configuration> = { eventsURL }, options: RigOptions = {}) {
		this.rig = new Rig(17, options);
		this.configure(configuration);
	}

	configure(configuration: Partial<Configuration>): void {
		// the call agents are those that the rig is registered with
		this.rig.desk.configured({ ...defaults, callAgents: ["127.0.0.2:2000"], ...configuration });
	}

	/** Connections to the server, the latest last. */
	get sockets(): FakeSocket[] {
		return this.rig.network.sockets.filter(({ options }) => options.address === "192.0.2.90");
	}

	get socket(): FakeSocket {
		const socket = this.sockets[this.sockets.length - 1];
		if (socket === undefined) throw new Error("nothing has been told");
		return socket;
	}

	get log(): string[] {
		return this.rig.log.filter((line) => line.startsWith("events:"));
	}

	/** The connection to the call agent is lost. */
	lose(): void {
		const agents = this.rig.network.sockets.filter(({ closed, options }) => !closed && options.port === 2000);
		agents[0]?.fail();
	}

	/** What the latest connection is asked: head and body. */
	request(): [head: string, body: string] {
		const { socket } = this;
		socket.writable(1000);
		const [head = "", body = ""] = socket.writes.map(latin).join("").split("\r\n\r\n");
		this.length = body.length;
		// octets of UTF-8, as Node and XS both read them
		return [head, decodeURIComponent(body.replace(/[%\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16)}`))];
	}

	answer(status = "204 No Content", head = "", body = ""): void {
		const text = `HTTP/1.1 ${status}\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`;
		this.socket.deliver([...text].map((character) => character.charCodeAt(0)));
	}

	/** Events that the server is told after a moment; it takes each. */
	told(): Event[] {
		this.rig.clock.advance(soon);
		const events: Event[] = [];
		while (this.sockets.length > this.seen) {
			this.seen = this.sockets.length;
			if (this.socket.closed) throw new Error("a connection is closed before its answer");
			events.push(JSON.parse(this.request()[1]) as Event);
			this.answer();
		}
		return events;
	}

	/** Passes over what has been told so far. */
	static settled(configuration?: Partial<Configuration>, options?: RigOptions): House {
		const house = new House(configuration, options);
		house.told();
		house.rig.log.length = 0;
		return house;
	}
}

const brief = (events: readonly Event[]): string[] => events.map(({ event, state }) => `${event} ${state}`);

describe("What the phone tells the house", () => {
	it("is a POST of JSON for each event, with who tells it and when", () => {
		const house = new House({ eventsURL }, { before: ({ clock }) => clock.setWallClock(1_796_480_001) });
		house.rig.clock.advance(soon);
		const [head, body] = house.request();
		assert.match(head, /^POST \/api\/webhook\/secret HTTP\/1\.1\r\nHost: 192\.0\.2\.90:8123\r\nUser-Agent: Linnet\//);
		assert.include(head, "\r\nContent-Type: application/json\r\n");
		assert.include(`${head}\r\n`, `\r\nContent-Length: ${house.length}\r\n`);
		const { uptime, ...event } = JSON.parse(body) as Event;
		assert.deepEqual(event, {
			device: "SEP001122334455",
			id: 1,
			event: "registration",
			state: "registered",
			time: "2026-12-05T14:13:21Z",
			age: 0,
			lost: 0,
		});
		assert.isNumber(uptime);
		assert.strictEqual(timestamp(951_782_399), "2000-02-28T23:59:59Z");
		assert.strictEqual(timestamp(951_782_400), "2000-02-29T00:00:00Z");
	});

	it("tells a call with whom it is once all of it has come, in its states, and when it ends", () => {
		const house = House.settled();
		const { rig } = house;
		rig.receive(callState(ringIn));
		rig.clock.advance(20);
		assert.lengthOf(house.sockets, 1, "it waits for who calls");
		rig.receive(callInfo(inbound, ["1002", 'Front "door" \\ B\xfcro'], ["1001", "Me"]));
		const [ringing] = house.told();
		assert.deepInclude(ringing, {
			event: "call",
			state: "ringing",
			call: 7,
			direction: "in",
			number: "1002",
			name: 'Front "door" \\ Büro',
			line: 1,
			answered: false,
			seconds: 0,
		});
		rig.receive(callState(ringIn));
		assert.deepEqual(house.told(), [], "said again it is no news");
		rig.receive(callState(connected));
		assert.deepEqual(brief(house.told()), ["call connected"]);
		rig.clock.advance(65_000);
		rig.receive(callState(onHook));
		const [ended, ...more] = house.told();
		assert.deepInclude(ended, {
			state: "ended",
			call: 7,
			direction: "in",
			number: "1002",
			answered: true,
			seconds: 65,
		});
		assert.deepEqual(more, []);
	});

	it("tells whom the user calls, a call that nobody answers, and nothing of who wants to be hidden", () => {
		const house = House.settled();
		const { rig } = house;
		rig.receive(callState(ringOut), callInfo(outbound, ["1001", "Me"], ["1002", "Ann"]));
		assert.deepInclude(house.told()[0], { state: "calling", direction: "out", number: "1002", name: "Ann" });
		rig.receive(callState(onHook));
		assert.deepInclude(house.told()[0], { state: "ended", answered: false });
		rig.receive(callState(ringIn), callInfo(inbound, ["1003", "Secret"], ["1001", "Me"], 3));
		assert.deepInclude(house.told()[0], { state: "ringing", number: "", name: "" });
		// without a word of its type
		rig.receive(callState(onHook), callState(ringIn, 8));
		rig.clock.advance(soon);
		rig.receive(callState(onHook, 8));
		assert.deepEqual(
			house.told().map(({ state, direction }) => `${state} ${direction}`),
			["ended in", "ringing in", "ended in"],
		);
	});

	it("tells the hook, the way of the sound, waiting messages and a lost registration", () => {
		const house = House.settled();
		const { rig } = house;
		rig.keypad.hook(true);
		assert.deepInclude(house.told()[0], { event: "hook", state: "off", route: "handset" });
		rig.keypad.hook(false);
		assert.deepInclude(house.told()[0], { event: "hook", state: "on", route: "none" });
		rig.press("speaker");
		assert.deepInclude(house.told()[0], { event: "hook", state: "off", route: "speaker" });
		rig.press("speaker");
		rig.receive(build(SetLamp, voicemail, 0, 2));
		assert.deepEqual(brief(house.told()), ["hook on", "messages waiting"]);
		rig.receive(build(SetLamp, voicemail, 0, 1));
		assert.deepEqual(brief(house.told()), ["messages none"]);
		house.lose();
		assert.deepEqual(brief(house.told()), ["registration unregistered"]);
	});

	it("ends the calls of a registration that is lost", () => {
		const house = House.settled();
		house.rig.receive(callState(ringIn));
		house.told();
		house.lose();
		assert.deepEqual(brief(house.told()), ["registration unregistered", "call ended"]);
	});

	it("tells of eight calls at once, and of others after them", () => {
		const house = House.settled();
		for (let turn = 0; turn < 3; turn += 1) {
			for (let call = 1; call <= 8; call += 1) {
				house.rig.receive(callState(ringIn, 20 * turn + call));
				assert.deepEqual(brief(house.told()), ["call ringing"]);
			}
			for (let call = 1; call <= 8; call += 1) {
				house.rig.receive(callState(onHook, 20 * turn + call));
				assert.deepEqual(brief(house.told()), ["call ended"]);
			}
		}
	});

	it("has nothing left once all is told", () => {
		const house = House.settled();
		house.rig.keypad.hook(true);
		house.rig.keypad.hook(false);
		house.told();
		house.rig.clock.advance(10_000);
		assert.isUndefined(Reflect.get(Reflect.get(house.rig.desk, "events"), "queue"));
		assert.isTrue(house.sockets.every(({ closed }) => closed));
	});
});

describe("A server of the house", () => {
	/** Puts so many events into the queue, two a turn. */
	function happen(house: House, count: number): void {
		for (let i = 0; i < count; i += 1) {
			house.rig.keypad.hook(i % 2 === 0);
			house.rig.clock.advance(soon);
		}
	}

	it("that is away is told later, in order, after pauses that grow; the log says so once", () => {
		const house = House.settled();
		const { clock } = house.rig;
		happen(house, 4);
		assert.lengthOf(house.sockets, 2, "one at a time");
		const pauses: number[] = [];
		for (let turn = 0; turn < 8; turn += 1) {
			const before = house.sockets.length;
			const from = clock.ticks;
			house.socket.fail();
			while (house.sockets.length === before) clock.advance(500);
			pauses.push(Math.round((clock.ticks - from) / 1000));
		}
		assert.deepEqual(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
		const events = [JSON.parse(house.request()[1]) as Event];
		house.answer();
		for (let i = 0; i < 3; i += 1) {
			events.push(JSON.parse(house.request()[1]) as Event);
			house.answer();
		}
		assert.deepEqual(brief(events), ["hook off", "hook on", "hook off", "hook on"]);
		assert.deepEqual(
			events.map(({ id }) => id),
			[2, 3, 4, 5],
		);
		for (const { age, lost } of events) {
			assert.isAbove(age, 240);
			assert.strictEqual(lost, 0);
		}
		assert.lengthOf(house.log, 2, house.log.join("\n"));
		assert.match(house.log[0] ?? "", /^events: 192\.0\.2\.90:8123: .* told later, 16 at most$/);
		assert.strictEqual(house.log[1], "events: 192.0.2.90:8123 takes them again, 0 were lost");
		assert.notInclude(house.rig.log.join(), "secret");
	});

	it("that stays away loses the oldest alone, and is told how many", () => {
		const house = House.settled();
		const { clock } = house.rig;
		happen(house, 1);
		house.socket.fail();
		happen(house, 30);
		clock.advance(300_000);
		while (house.socket.closed) clock.advance(500);
		const ids: number[] = [];
		for (;;) {
			const { length } = house.sockets;
			const event = JSON.parse(house.request()[1]) as Event;
			ids.push(event.id);
			assert.strictEqual(event.lost, ids.length === 1 ? 14 : 0, "it is told once");
			house.answer();
			if (house.sockets.length === length) break;
		}
		assert.deepEqual(
			ids,
			Array.from({ length: 16 }, (_, i) => 16 + i),
		);
		assert.deepEqual(
			house.log.map((line) => line.replace(/^events: |192\.0\.2\.90:8123/g, "")),
			[
				house.log[0]?.replace(/^events: |192\.0\.2\.90:8123/g, "") ?? "",
				"the oldest are lost",
				" takes them again, 14 were lost",
			],
		);
	});

	it("cannot have the queue grow by long names", () => {
		const house = House.settled();
		house.rig.receive(callInfo(inbound, ["1234567890".repeat(2), '\u0001"'.repeat(32)], ["1001", ""]));
		for (let call = 0; call < 40; call += 1)
			house.rig.receive(callState(ringIn, 7), callState(connected, 7), callState(ringIn, 7));
		for (let call = 0; call < 40; call += 1) {
			house.rig.receive(callState(call % 2 === 0 ? ringIn : connected, 7));
			house.rig.clock.advance(soon);
		}
		const waiting = Reflect.get(Reflect.get(Reflect.get(house.rig.desk, "events"), "queue"), "waiting") as string[];
		assert.isAtMost(waiting.join("").length, 2048);
		assert.isAtLeast(waiting.length, 3);
	});

	it("that is slow, or breaks off, keeps nothing but itself waiting", () => {
		const house = House.settled();
		const { clock } = house.rig;
		happen(house, 1);
		house.request();
		clock.advance(11_000);
		assert.match(house.log[0] ?? "", /no more from 192\.0\.2\.90 .* told later/);
		clock.advance(2000);
		assert.lengthOf(house.sockets, 3);
		house.request();
		// an answer without an end is one
		house.socket.deliver([..."HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\nabc"].map((c) => c.charCodeAt(0)));
		assert.isTrue(house.socket.closed);
		clock.advance(120_000);
		assert.lengthOf(house.sockets, 3, "it is not told twice");
	});

	it("that wants none of it is not asked again, and hears of the next", () => {
		const house = House.settled();
		const { clock } = house.rig;
		for (const status of ["404 Not Found", "403 Forbidden", "401 Who"]) {
			happen(house, 1);
			house.request();
			house.answer(status);
			house.rig.keypad.hook(false);
			clock.advance(soon);
			house.request();
			house.answer(status);
		}
		const { length } = house.sockets;
		clock.advance(120_000);
		assert.strictEqual(house.sockets.length, length);
		assert.deepEqual(house.log, ["events: 192.0.2.90:8123: HTTP: 404, no such file: not told"]);
		happen(house, 1);
		const event = JSON.parse(house.request()[1]) as Event;
		assert.strictEqual(event.lost, 6);
		house.answer();
		assert.strictEqual(house.log[1], "events: 192.0.2.90:8123 takes them again, 6 were lost");
	});

	it("that has trouble of its own, or too much to do, is told again", () => {
		for (const status of ["500 Broken", "503 Busy", "429 Too Many"]) {
			const house = House.settled();
			happen(house, 1);
			house.request();
			house.answer(status);
			house.rig.clock.advance(2100);
			assert.lengthOf(house.sockets, 3, status);
			assert.strictEqual((JSON.parse(house.request()[1]) as Event).id, 2);
		}
	});

	it("that sends elsewhere is followed where what is told goes along, and else has not been told", () => {
		const house = House.settled();
		happen(house, 1);
		house.request();
		house.answer("307 There", "Location: /other\r\n");
		const [head] = house.request();
		assert.match(head, /^POST \/other /);
		house.answer();
		assert.deepEqual(house.log, []);
		happen(house, 2);
		house.request();
		house.answer("302 There", "Location: /page\r\n");
		assert.match(house.request()[0], /^GET \/page /);
		house.answer("200 OK", "", "hello");
		assert.match(house.log[0] ?? "", /redirected to another page, which is asked, not told: not told$/);
	});

	it("is known by user and password in its URL, which the log does not tell", () => {
		const house = House.settled({ eventsURL: "http://me:word@192.0.2.90/hook" });
		happen(house, 1);
		assert.include(house.request()[0], "Authorization: Basic bWU6d29yZA==");
		house.socket.fail();
		assert.notInclude(house.rig.log.join(), "word");
	});
});

describe("Who is told", () => {
	it("is nobody by itself, and nobody more once the configuration says so", () => {
		const house = new House({});
		house.rig.keypad.hook(true);
		house.rig.clock.advance(1000);
		assert.lengthOf(house.sockets, 0);
		house.configure({ eventsURL });
		assert.deepEqual(brief(house.told()), ["registration registered", "hook off"], "as things stand");
		house.configure({ eventsURL });
		assert.deepEqual(house.told(), [], "the same one knows");
		house.rig.keypad.hook(false);
		house.rig.clock.advance(soon);
		assert.isFalse(house.socket.closed);
		house.configure({});
		assert.isTrue(house.socket.closed);
		const { length } = house.sockets;
		house.rig.keypad.hook(true);
		house.rig.clock.advance(60_000);
		assert.lengthOf(house.sockets, length);
	});

	it("is told why not where the URL is none of http", () => {
		for (const [url, why] of [
			["https://192.0.2.90/hook", "https is not possible yet"],
			["mqtt://192.0.2.90", "Not the address of a service"],
		]) {
			const house = new House({ eventsURL: url ?? "" });
			assert.deepEqual(house.log, [`events: told to nobody: ${why}`]);
			house.rig.clock.advance(soon);
			assert.lengthOf(house.sockets, 0);
		}
	});

	it("may be set by hand, which goes before the configuration", () => {
		const house = new House({ eventsURL: "http://192.0.2.91/other" });
		const { rig } = house;
		rig.press("settings", "*", "*", "#", "4");
		assert.include(rig.read(), "8 Home automation ");
		const { settings } = rig.desk;
		rig.press("8", "2");
		rig.softkey("Save");
		assert.strictEqual(settings.events, "a");
		settings.events = "192.0.2.90:8123/hook?a=b";
		rig.desk.eventsChanged();
		assert.include(rig.read(), `8 Home automation ${settings.events}`);
		assert.deepEqual(brief(house.told()), ["registration registered"]);
		house.configure({ eventsURL: "http://192.0.2.91/third" });
		assert.deepEqual(house.told(), [], "the configuration changes nothing");
		settings.events = "b ";
		rig.press("8");
		rig.softkey("Save");
		assert.include(rig.screen.prompt, "Not the address of a service");
		for (let i = 0; i < 2; i += 1) rig.softkey("<<");
		rig.softkey("Save");
		assert.strictEqual(settings.events, "", "as the configuration says");
		rig.clock.advance(soon);
		assert.strictEqual(rig.network.socket.options.address, "192.0.2.91");
	});

	it("outlives a restart where it is set by hand", () => {
		const house = new House({});
		const { settings } = house.rig.desk;
		settings.events = "192.0.2.90:8123/hook?a=b";
		settings.changed();
		settings.flush();
		const again = new House({}, { storage: house.rig.storage });
		again.rig.clock.advance(soon);
		assert.match(again.request()[0], /^POST \/hook\?a=b /);
	});

	it("cannot be set by hand to what is no URL, nor to a line of other settings", () => {
		const { desk } = new House({}).rig;
		for (const text of ["ftp://x/", "http://", "a b", "192.0.2.1/x\ndhcp=0", "https://x/", "host:99999"])
			assert.notStrictEqual(desk.eventsProblem(text), "", text);
		for (const text of ["", "host", "host:1880/linnet", "http://u:p@host/x"])
			assert.strictEqual(desk.eventsProblem(text), "", text);
	});
});
