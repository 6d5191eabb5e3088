// The console's commands, each with what it says and does, and lines that are none.
import { octetsOf, utf8 } from "base/octets";
import { assert } from "chai";
import { Key, Statistic } from "hal/hardware";
import { commands } from "services/console/commands";
import { ConsoleDialogue, longestLine, mostLines } from "services/console/dialogue";
import { FakeConsoleHost, type } from "../support/console.js";
import { Rig } from "../support/rig.js";
import { fakeStream } from "../support/web.js";

/** Somebody at the console of a phone that a spec plays. */
class Person {
	readonly host = new FakeConsoleHost();
	readonly dialogue = new ConsoleDialogue(this.host, false);

	say(text: string): string {
		return type(this.dialogue, [...octetsOf(utf8(text))]);
	}

	/** Says a line, whose answer has one line. */
	ask(line: string): string {
		const said = this.say(`${line}\n`);
		assert.match(said, /^[^\n]*\n$/, line);
		return said.slice(0, -1);
	}
}

describe("console: what it shows", () => {
	it("is told by help, with every command and its words", () => {
		const lines = new Person().say("help\n").trimEnd().split("\n");
		assert.deepEqual(
			lines,
			commands.map(({ name, words, help }) => `${`${name} ${words}`.trim().padEnd(24)}${help}`),
		);
		assert.include(lines, "show calls              calls, the selected one with > before it");
		assert.include(lines, "key NAME [down|up]      press a key, or only one of the two: one that stays down is held");
	});

	it("is where the phone stands, and with whom", () => {
		const person = new Person();
		Object.assign(person.host.site, { callAgents: ["192.0.2.4", "192.0.2.5:2001"], active: 1, prompt: "Your options" });
		person.host.statusLines = ["Registration complete"];
		assert.equal(
			person.say("show registration\n"),
			"Registration: registered\nDevice: SEP001122334455\nNumber: 1001\nPrompt: Your options\nCall agent 1: 192.0.2.4\n" +
				"Call agent 2: 192.0.2.5:2001 (in use)\nRegistration complete\n",
		);
	});

	it("is its calls, or that there are none", () => {
		const person = new Person();
		assert.equal(person.ask("show calls"), "no calls");
		const call = {
			reference: 77,
			line: 1,
			selected: true,
			state: "CONNECTED",
			type: "INBOUND",
			callingName: "Ana",
			callingNumber: "1002",
			calledName: "",
			calledNumber: "1001",
			seconds: 12,
			security: "UNKNOWN",
		};
		person.host.site.calls = [call, { ...call, reference: 78, selected: false, callingName: "", callingNumber: "" }];
		assert.equal(
			person.say("show calls\n"),
			"> 77 line 1 CONNECTED INBOUND from Ana <1002> to 1001 12 s UNKNOWN\n" +
				"  78 line 1 CONNECTED INBOUND from - to 1001 12 s UNKNOWN\n",
		);
	});

	it("is memory, where the body knows it", () => {
		const person = new Person();
		assert.equal(
			person.say("show memory\n"),
			"Slots: 3 of 5, 4 at most\nChunks (octets): 6 of 8, 7 at most\nFree (octets): 9, 10 at least\n",
		);
		person.host.knowsMemory = false;
		assert.equal(person.ask("show memory"), "not known here");
	});

	it("is streams, network, settings and log as the phone's pages have them, without passwords", () => {
		const person = new Person();
		const { site } = person.host;
		const counters = new Uint32Array(Statistic.count);
		counters[Statistic.packetsSent] = 1500;
		site.streams = [fakeStream({ counters }), fakeStream({ open: true })];
		const streams = person.say("show streams\n");
		assert.match(
			streams,
			/^Stream 1\n {2}Remote address: 0\.0\.0\.0\/0\n[\s\S]*Sender packets: 1500\n[\s\S]*Stream 2\n[\s\S]*Active\n/,
		);
		site.urls.servicesURL = "http://user:secret@192.0.2.2/s";
		site.counters.RxFrames = 9;
		const network = person.say("show network\n");
		assert.include(network, "IP address: 192.0.2.20\n");
		assert.include(network, "Services URL: http://192.0.2.2/s\n");
		assert.include(network, "Frames received: 9\n");
		assert.notInclude(network, "secret");
		assert.notInclude(network, "Frames sent");
		person.host.settings = "dhcp=1\nbell=2\n";
		assert.equal(person.say("show settings\n"), "dhcp=1\nbell=2\n");
		site.log = ["1.000 a", "2.000 b\x1b[2J"];
		assert.equal(person.say("show log\n"), "1.000 a\n2.000 b?[2J\n");
	});

	it("ends after so many lines, and cuts lines that are too long, but no character", () => {
		const person = new Person();
		person.host.site.log = Array.from({ length: mostLines + 9 }, (_, i) => `${i}`);
		const lines = person.say("show log\n").trimEnd().split("\n");
		assert.lengthOf(lines, mostLines + 1);
		assert.equal(lines[mostLines], "! the rest is left out");
		assert.equal(person.ask("hook off"), "ok");
		person.host.site.log = [`x${"é".repeat(300)}`];
		assert.equal(person.ask("show log"), `${utf8(`x${"é".repeat(118)}`)}...`);
	});

	it("comes in pieces of any size", () => {
		for (const room of [1, 7, 256]) {
			const { dialogue, host } = new Person();
			host.settings = "ring=Ö\nbell=1";
			assert.equal(type(dialogue, [...octetsOf("show settings\n")], room), `${utf8("ring=Ö")}\nbell=1\n`);
		}
	});
});

describe("console: what it does", () => {
	it("is to press keys, the hook and softkeys by their names", () => {
		const person = new Person();
		for (const line of [
			"key 5",
			"key line2",
			"key speaker down",
			"key  speaker   up",
			"hook off",
			"keys 1 2*#",
			"restart",
		])
			assert.match(person.ask(line), /^(ok|the phone restarts)$/, line);
		const { line1, pound, speaker, star } = Key;
		assert.deepEqual(person.host.done, [
			"key 5",
			`key ${line1 + 1}`,
			`key ${speaker} down`,
			`key ${speaker} up`,
			"hook off",
			...["key 1", "key 2", `key ${star}`, `key ${pound}`],
			"restart",
		]);
	});

	it("finds a softkey behind 'more', of one octet a letter or more, or says which there are", () => {
		const person = new Person();
		const { host } = person;
		host.site.softkeys = ["Redial", "New Call", "", "more"];
		assert.equal(person.ask('softkey "new call"'), "ok");
		host.rows = [["Décr.", "", "", "more"]];
		assert.equal(person.ask("softkey Décr."), "ok");
		assert.deepEqual(host.done, [`key ${Key.softkey1 + 1}`, `key ${Key.softkey1}`]);
		host.rows = [["Park", "", "iDivert", "more"]];
		assert.equal(person.ask("softkey Nothing"), '! a softkey\'s label is expected, not "Nothing": Park, iDivert, more');
		assert.equal(person.ask("softkey"), '! a softkey\'s label is expected, not "": Park, iDivert, more');
		host.site.softkeys = [];
		assert.equal(person.ask("softkey x"), '! a softkey\'s label is expected, not "x": there is none now');
	});

	it("takes steps of scripts that take no time, by the script's own words", () => {
		const person = new Person();
		assert.equal(person.ask("script hook off"), "ok");
		assert.equal(person.ask("script phone 1: keys 12"), "ok");
		assert.equal(person.ask("script say all is well"), "all is well");
		assert.equal(person.say("script # nothing\n"), "");
		assert.deepEqual(person.host.done, ["hook off", "key 1", "key 2"]);
		const expected = "key, keys, softkey, hook or say is expected";
		assert.equal(
			person.ask("script wait connected"),
			`! wait is for whole scripts (npm run call -- --script): ${expected}`,
		);
		assert.equal(person.ask("script script hook on"), `! ${expected}, not "script hook on"`);
		assert.equal(person.ask("script restart"), `! ${expected}, not "restart"`);
		assert.lengthOf(person.host.done, 3);
	});
});

describe("console: lines", () => {
	it("that are wrong say what was expected, and do nothing", () => {
		const person = new Person();
		const keys = "0-9, line1-line6, softkey1-softkey4, *, #, up, down, left, right, select, hold,";
		const answers: Record<string, string> = {
			hepl: '! a command is expected, not "hepl": help lists them',
			showcalls: '! a command is expected, not "showcalls": help lists them',
			show: '! show takes one of registration, calls, memory, streams, network, settings, log, not ""',
			"show constructor":
				'! show takes one of registration, calls, memory, streams, network, settings, log, not "constructor"',
			"show calls now": '! nothing is expected there, not "now"',
			"help me": '! nothing is expected there, not "me"',
			"hook up": '! hook on or hook off is expected, not "up"',
			"keys 12a": '! 1 to 64 of 0-9, * and # are expected, not "12a"',
			keys: '! 1 to 64 of 0-9, * and # are expected, not ""',
			"key 5 sideways": "! nothing, down or up is expected behind a key",
			"key 5 down up": "! nothing, down or up is expected behind a key",
			"restart now": '! nothing is expected behind restart, not "now"',
		};
		for (const line of Object.keys(answers)) assert.equal(person.ask(line), answers[line]);
		for (const name of ["line7", "line0", "softkey5", "constructor", "", "é"])
			assert.include(person.ask(`key ${name}`), `: ${keys}`, name);
		assert.include(person.ask(`keys ${"1".repeat(65)}`), `not "${"1".repeat(40)}..."`);
		assert.deepEqual(person.host.done, []);
	});

	it("are edited, ended by CR, LF or both, and let go by Ctrl-C and Ctrl-U", () => {
		const person = new Person();
		assert.equal(person.say("\x08\x7fhook ox\x08\x08of\x7fff\r\n"), "ok\n");
		assert.equal(person.say("key é\x085\r"), "ok\n");
		assert.equal(person.say("restart\x03restart\x15\thook\ton \r\n\r\n  \n"), "ok\n");
		assert.deepEqual(person.host.done, ["hook off", "key 5", "hook on"]);
	});

	it("of 300 octets, and with control characters, are refused whole; the next one counts again", () => {
		const person = new Person();
		assert.equal(
			person.ask(`keys ${"1 ".repeat(150)}`),
			`! a line has ${longestLine} octets at most: this one is not obeyed`,
		);
		assert.equal(person.ask("keys 2".padEnd(longestLine)), "ok");
		for (const code of [0, 1, 7, 27, 31])
			assert.equal(
				person.ask(`hook ${String.fromCharCode(code)}off`),
				"! a line has no control characters: this one is not obeyed",
			);
		assert.equal(person.say(`${"x".repeat(100_000)}\x15keys 3\n`), "ok\n");
		assert.deepEqual(person.host.done, ["key 2", "key 3"]);
	});

	it("of any octets are answered by lines of writing, or by nothing", () => {
		let seed = 11;
		const next = (): number => {
			seed = (seed * 16807) % 2147483647;
			return seed;
		};
		const starts = commands.map(({ name }) => name);
		const person = new Person();
		for (let round = 0; round < 500; round += 1) {
			const octets = [...octetsOf(`${starts[next() % starts.length]} `)];
			for (let i = next() % 40; i > 0; i -= 1) octets.push(next() & 0xff);
			const said = type(person.dialogue, [...octets, 10]);
			for (const character of said) {
				const code = character.charCodeAt(0);
				if (code !== 10 && (code < 32 || code === 127)) assert.fail(`${code} after ${octets}`);
			}
		}
		assert.equal(person.say("\x15hook off\n"), "ok\n");
	});
});

describe("console: a phone", () => {
	it("dials, shows its call and restarts as the console says", () => {
		const rig = new Rig();
		const dialogue = rig.talk();
		const say = (text: string): string => type(dialogue, [...octetsOf(`${text}\n`)]);
		assert.include(say("show registration"), "Registration: registered\nDevice: SEP");
		assert.equal(say("show calls"), "no calls\n");
		assert.equal(say("hook off"), "ok\n");
		assert.equal(say("hook off"), "ok\n", "it is so already");
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		assert.equal(say("hook on"), "ok\n");
		rig.take();
		assert.equal(say("key settings"), "ok\n");
		assert.notEqual(rig.screen.overlay, undefined);
		assert.equal(say(`softkey ${rig.screen.softkeys.find((label) => label !== "")}`), "ok\n");
		assert.match(say("show settings"), /^dhcp=1\n[\s\S]*brightness=100\n/);
		assert.match(say("show memory"), /^Slots: 0 of 0/);
		assert.equal(rig.restarts, 0);
		assert.equal(say("restart"), "the phone restarts\n");
		rig.clock.advance(300);
		assert.equal(rig.restarts, 1);
	});

	it("has a key that stays down held, until it comes up", () => {
		const rig = new Rig();
		const dialogue = rig.talk();
		const held: number[] = [];
		Reflect.set(rig.ui, "held", (key: number) => held.push(key));
		for (const line of ["key 1 down", "key 1 up", "key 2 down"]) type(dialogue, [...octetsOf(`${line}\n`)]);
		rig.clock.advance(1000);
		assert.deepEqual(held, [2]);
	});
});
