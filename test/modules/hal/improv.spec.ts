// Improv Wi-Fi: packets as its specification writes them, between lines of a log and after garbage; what a phone makes of them.
import { assert } from "chai";
import { Improv, ImprovError, type ImprovHost, type ImprovNetwork, ImprovState } from "hal/esp32s3/improv";
import { ImprovLine } from "hal/esp32s3/improv-line";
import { Networks } from "hal/esp32s3/networks";
import { SerialLine } from "hal/esp32s3/serial-line";
import { Wifi } from "hal/esp32s3/wifi";
import { ConsoleDialogue } from "services/console/dialogue";
import { FakeConsoleHost } from "../support/console.js";
import { FakeClock } from "../support/fakes.js";
import { FakeRadio } from "../support/radio.js";
import { FakeStorage } from "../support/storage.js";

function octetsOf(text: string): number[] {
	return [...text].map((character) => character.charCodeAt(0));
}

/** A packet with its checksum, by the specification's words. */
function packet(type: number, data: readonly number[]): number[] {
	const octets = [...octetsOf("IMPROV"), 1, type, data.length, ...data];
	return [...octets, octets.reduce((sum, octet) => sum + octet, 0) & 0xff];
}

function command(number: number, data: readonly number[] = []): number[] {
	return packet(3, [number, data.length, ...data]);
}

function settings(ssid: readonly number[], password: readonly number[]): number[] {
	return command(1, [ssid.length, ...ssid, password.length, ...password]);
}

/** A result's strings, each behind its length. */
function result(number: number, ...texts: readonly string[]): number[] {
	const data = texts.flatMap((text) => [text.length, ...octetsOf(text)]);
	return packet(4, [number, data.length, ...data]);
}

const state = (value: number) => packet(1, [value]);
const error = (value: number) => packet(2, [value]);

class Device implements ImprovHost {
	state: number = ImprovState.ready;
	information: readonly string[] = ["Linnet, deskphone", "0.1.0", "ESP32-S3", "SEP001122334455"];
	url = "";
	readonly joins: string[] = [];
	scans = 0;
	/** Packets without the line feeds around them. */
	sent: number[][] = [];
	/** What belongs to no packet. */
	passed = "";
	readonly improv = new Improv(this);
	ticks = 0;

	join(ssid: string, password: string): void {
		this.joins.push(`${ssid} ${password}`);
	}

	scan(): void {
		this.scans += 1;
	}

	plain(octet: number): void {
		this.passed += String.fromCharCode(octet);
	}

	send(octets: Uint8Array): void {
		assert.equal(octets[0], 10, "a packet begins a line");
		assert.equal(octets[octets.length - 1], 10);
		this.sent.push([...octets.subarray(1, -1)]);
	}

	/** Takes octets. @returns what is sent meanwhile. */
	take(octets: readonly number[]): number[][] {
		this.sent = [];
		for (const octet of octets) this.improv.take(octet, this.ticks);
		return this.sent;
	}
}

describe("Improv Wi-Fi: packets", () => {
	it("are read with lines and garbage between them, which go where lines do, whole", () => {
		const device = new Device();
		const noise = "boot: 12 octets\r\nIMPIMPROIMPROV\x02IMPROV";
		const sent = device.take([...octetsOf(noise), ...command(2), 10, ...octetsOf("I am"), ...command(2)]);
		assert.deepEqual(sent, [state(2), state(2)]);
		assert.equal(device.passed, `${noise}\nI am`);
		// a line may begin as a packet does
		device.take(octetsOf("IM"));
		device.ticks += 1000;
		device.take(octetsOf("x"));
		assert.equal(device.passed, `${noise}\nI amIMx`);
	});

	it("ask for the state, with the way on where there is one", () => {
		const device = new Device();
		assert.deepEqual(device.take(command(2)), [state(2)]);
		device.state = ImprovState.provisioning;
		assert.deepEqual(device.take(command(2)), [state(3)]);
		device.state = ImprovState.provisioned;
		assert.deepEqual(device.take(command(2)), [state(4), result(2)]);
		device.url = "http://192.0.2.20/";
		assert.deepEqual(device.take(command(2)), [state(4), result(2, "http://192.0.2.20/")]);
	});

	it("ask who it is", () => {
		const device = new Device();
		assert.deepEqual(device.take(command(3)), [result(3, "Linnet, deskphone", "0.1.0", "ESP32-S3", "SEP001122334455")]);
	});

	it("give it a network, whose end they are told", () => {
		const device = new Device();
		const name = [0x63, 0x61, 0x66, 0xc3, 0xa9];
		assert.deepEqual(device.take(settings(name, octetsOf("a good word"))), [error(0), state(3)]);
		assert.deepEqual(device.joins, ["café a good word"]);
		device.sent = [];
		device.improv.joined(true);
		assert.deepEqual(device.sent, [state(4), result(1)]);
		device.take(settings(name, []));
		assert.deepEqual(device.joins[1], "café ");
		device.sent = [];
		device.improv.joined(false);
		assert.deepEqual(device.sent, [error(ImprovError.unableToConnect), state(2)]);
	});

	it("ask which networks it hears: one packet each, an empty one at the end", () => {
		const device = new Device();
		assert.deepEqual(device.take(command(4)), []);
		assert.equal(device.scans, 1);
		const networks: ImprovNetwork[] = [
			{ ssid: "home", rssi: -42, open: false },
			{ ssid: "guests", rssi: -80, open: true },
		];
		device.improv.heard(networks);
		assert.deepEqual(device.sent, [result(4, "home", "-42", "YES"), result(4, "guests", "-80", "NO"), result(4)]);
		device.sent = [];
		device.improv.heard([{ ssid: "é€😀", rssi: -1, open: true }]);
		const utf8 = [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80];
		const data = [utf8.length, ...utf8, 2, ...octetsOf("-1"), 2, ...octetsOf("NO")];
		assert.deepEqual(device.sent[0], packet(4, [4, data.length, ...data]));
	});

	it("with texts that have no room leave them empty", () => {
		const device = new Device();
		device.information = ["x".repeat(200), "y".repeat(60), "z"];
		assert.deepEqual(device.take(command(3)), [result(3, "x".repeat(200), "", "z")]);
		device.information = ["x".repeat(252)];
		assert.deepEqual(device.take(command(3)), [result(3, "x".repeat(252))]);
		device.information = ["x".repeat(253)];
		assert.deepEqual(device.take(command(3)), [result(3, "")]);
	});

	it("that are broken, or ask for what there is not, are answered by an error; those of devices by nothing", () => {
		const device = new Device();
		const wrong = command(2);
		wrong[wrong.length - 1] = ((wrong[wrong.length - 1] as number) + 1) & 0xff;
		assert.deepEqual(device.take([...wrong, ...command(2)]), [error(1), state(2)]);
		for (const data of [
			[],
			[2],
			[2, 1],
			[2, 0, 0],
			[1, 0],
			[1, 1, 5],
			[1, 3, 1, 65, 1],
			[1, 4, 1, 65, 1, 66, 0],
			[1, 2, 0, 1],
			[1, 2, 200, 0],
		])
			assert.deepEqual(device.take(packet(3, data)), [error(1)], `${data}`);
		assert.deepEqual(device.take(settings([0xc3], octetsOf("a good word"))), [error(1)], "no UTF-8");
		for (const number of [0, 5, 6, 7, 255]) assert.deepEqual(device.take(command(number)), [error(2)]);
		for (const type of [0, 1, 2, 4, 200]) assert.deepEqual(device.take(packet(type, [2, 0])), []);
		assert.deepEqual(device.joins, []);
	});

	it("that break off give way to the next one a second later", () => {
		const device = new Device();
		const whole = settings(octetsOf("home"), octetsOf("a good word"));
		device.take(whole.slice(0, 15));
		device.ticks += 1000;
		assert.deepEqual(device.take(command(2)), [state(2)]);
		assert.deepEqual(device.joins, []);
	});

	it("of any octets do nothing but what is in them", () => {
		let seed = 17;
		const next = (): number => {
			seed = (seed * 16807) % 2147483647;
			return seed;
		};
		const device = new Device();
		for (let round = 0; round < 1000; round += 1) {
			// whole packets, each with an octet that is another, between noise that knows the header
			const octets =
				[command(2), command(3), command(4), settings(octetsOf("home"), octetsOf("a good word"))][next() % 4] ?? [];
			const spoilt = [...octets];
			const at = next() % spoilt.length;
			spoilt[at] = ((spoilt[at] as number) + 1 + (next() % 255)) & 0xff;
			const noise = Array.from({ length: next() % 40 }, () =>
				next() % 3 === 0 ? "IMPROV\x01\x03".charCodeAt(next() % 8) : next() & 0xff,
			);
			device.ticks += 2000;
			for (const sent of device.take([...noise, ...spoilt])) {
				assert.isBelow(sent.length, 266);
				assert.equal(sent.slice(0, -1).reduce((sum, octet) => sum + octet, 0) & 0xff, sent[sent.length - 1]);
			}
			device.ticks += 2000;
			assert.deepEqual(device.take(command(2)), [state(2)], `after round ${round}`);
		}
		assert.deepEqual(device.joins, []);
	});
});

/** A phone's Wi-Fi with a serial line whose far end is the spec. */
class Bench {
	readonly clock = new FakeClock();
	readonly fake = new FakeRadio();
	readonly log: string[] = [];
	readonly wifi: Wifi;
	readonly networks: Networks;
	readonly line: SerialLine;
	readonly host = new FakeConsoleHost();
	/** Dialogues at the console that have begun. */
	dialogues = 0;
	/** Whether somebody reads what goes out: packets, and all else. */
	reads = true;
	sent: number[][] = [];
	heard = "";
	private waiting: number[] = [];
	private readable: () => void = () => assert.fail("the line is not open");

	constructor(known: readonly string[] = []) {
		const log = (line: string): void => {
			this.log.push(line);
		};
		this.networks = new Networks(new FakeStorage(), [], log);
		for (const ssid of known) this.networks.add(ssid, "a good word");
		this.wifi = new Wifi({
			io: {
				radio: this.fake.radio,
				rideOut: () => {},
				nameStation: () => {},
				accessPoint: () => "Linnet-4455",
				key: () => "12345678",
				host: "192.168.4.1",
				makePage: () => ({ open: () => {}, close: () => {} }),
			},
			clock: this.clock,
			networks: this.networks,
			doorway: { listen: () => undefined },
			log,
		});
		const { clock, wifi } = this;
		const line = new SerialLine(
			{
				openLine: (readable) => {
					this.readable = readable;
					return true;
				},
				readLine: (target) => {
					const part = this.waiting.splice(0, target.length);
					target.set(part);
					return part.length;
				},
				writeLine: (source) => {
					if (!this.reads) return false;
					const text = String.fromCharCode(...source);
					if (text.startsWith("\nIMPROV")) this.sent.push([...source.subarray(1, -1)]);
					else this.heard += text;
					return true;
				},
				fillMemory: (target) => new Uint32Array(target).fill(7),
			},
			clock,
		);
		const information = ["Linnet, deskphone", "0.1.0", "ESP32-S3", "SEP001122334455"];
		line.packets = new ImprovLine({ line, clock, wifi, information, log });
		line.open((serial) => {
			assert.isTrue(serial);
			this.dialogues += 1;
			return new ConsoleDialogue(this.host, serial);
		});
		this.line = line;
	}

	/** Somebody types. @returns all that he reads, without packets. */
	type(text: string): string {
		this.heard = "";
		this.come(octetsOf(text));
		for (let i = 0; i < 1000 && this.reads; i += 1) this.clock.advance(0);
		return this.heard;
	}

	/** Octets come. @returns what is sent at once. */
	come(octets: readonly number[]): number[][] {
		this.sent = [];
		this.waiting.push(...octets);
		this.readable();
		return this.sent;
	}

	/** Time passes. @returns what is sent meanwhile. */
	pass(milliseconds: number): number[][] {
		this.sent = [];
		for (let i = 0; i < milliseconds; i += 500) {
			this.clock.advance(500);
			this.fake.run();
		}
		return this.sent;
	}
}

describe("Improv Wi-Fi: a phone", () => {
	const home = settings(octetsOf("home"), octetsOf("a good word"));

	it("without a network tells of those it hears, and joins the one that it is given", () => {
		const bench = new Bench();
		bench.fake.air.set("home", { password: "a good word", rssi: -60 }).set("café", { password: "", rssi: -50 });
		bench.wifi.start();
		bench.pass(1000);
		assert.deepEqual(bench.come(command(2)), [state(2)]);
		bench.come(command(4));
		assert.deepEqual(bench.pass(500).length, 3);
		assert.deepEqual(bench.sent[1], result(4, "home", "-60", "YES"));
		assert.deepEqual(bench.come(home), [error(0), state(3)]);
		assert.deepEqual(bench.come(command(2)), [state(3)]);
		assert.deepEqual(bench.pass(500), [state(4), result(1)]);
		assert.equal(bench.fake.ssid, "home");
		assert.deepEqual(bench.networks.all, [{ ssid: "home", password: "a good word" }]);
		assert.deepEqual(bench.come(command(2)), [state(4), result(2)]);
		assert.equal(bench.wifi.text, "", "the access point that was open for want of one is closed");
	});

	it("says that it cannot join: the password is wrong, is none, or nobody answers in time", () => {
		const bench = new Bench();
		bench.fake.air.set("home", { password: "another word", rssi: -60 });
		bench.wifi.start();
		bench.pass(1000);
		bench.come(home);
		assert.deepEqual(bench.pass(500), [error(3), state(2)]);
		assert.deepEqual(bench.come(settings(octetsOf("home"), octetsOf("short"))), [
			error(0),
			state(3),
			error(3),
			state(2),
		]);
		assert.equal(bench.log.at(-1), "Improv: home is refused: A password has 8 to 63 characters.");
		// the radio says nothing
		assert.deepEqual(bench.come(home), [error(0), state(3)]);
		bench.sent = [];
		bench.clock.advance(27999);
		assert.deepEqual(bench.sent, []);
		bench.clock.advance(1);
		assert.deepEqual(bench.sent, [error(3), state(2)]);
		assert.deepEqual(bench.pass(60000), [], "once");
	});

	it("in a network goes to another one, and scans meanwhile", () => {
		const bench = new Bench(["office"]);
		bench.fake.air
			.set("home", { password: "a good word", rssi: -60 })
			.set("office", { password: "a good word", rssi: -50 });
		bench.wifi.start();
		bench.pass(1000);
		assert.equal(bench.fake.ssid, "office");
		assert.deepEqual(bench.come(command(2)), [state(4), result(2)]);
		bench.come(command(4));
		assert.lengthOf(bench.pass(500), 3);
		assert.equal(bench.fake.ssid, "office");
		bench.come(home);
		assert.deepEqual(bench.pass(1000), [state(4), result(1)]);
		assert.equal(bench.fake.ssid, "home");
	});

	it("hears nothing while it joins, or beside Ethernet; there a network is kept for when the cable is out", () => {
		const bench = new Bench();
		bench.fake.air.set("home", { password: "a good word", rssi: -60 });
		bench.wifi.suspend(() => {});
		bench.wifi.start();
		assert.deepEqual(bench.come(command(4)), [result(4)]);
		assert.deepEqual(bench.come(home), [error(0), state(3), state(4), result(1)]);
		assert.equal(bench.fake.ssid, "");
		bench.wifi.resume();
		bench.pass(1000);
		assert.equal(bench.fake.ssid, "home");
	});

	it("given a network before Wi-Fi has begun joins it then", () => {
		const bench = new Bench();
		bench.fake.air.set("home", { password: "a good word", rssi: -60 });
		assert.deepEqual(bench.come(home), [error(0), state(3)]);
		bench.wifi.start();
		assert.deepEqual(bench.pass(1000), [state(4), result(1)]);
	});

	it("forgets who was there after a minute of silence, and leaves no timer", () => {
		const bench = new Bench();
		const { pending } = bench.clock;
		bench.come(command(2).slice(0, 5));
		assert.equal(bench.clock.pending, pending + 1);
		bench.clock.advance(60000);
		assert.equal(bench.clock.pending, pending);
		assert.deepEqual(bench.come(command(2)), [state(2)]);
	});
});

describe("a console on the serial line", () => {
	it("has the lines that are no packets, shows them as they were understood, and answers behind them", () => {
		const bench = new Bench();
		assert.equal(bench.type("hook off\r\n"), "> hook off\r\nok\r\n");
		assert.equal(bench.type("Is\x08\x7fhook on\r"), "> hook on\r\nok\r\n");
		assert.deepEqual(bench.host.done, ["hook off", "hook on"]);
		assert.equal(bench.dialogues, 1);
	});

	it("speaks beside Improv Wi-Fi, whose packets may come within a line", () => {
		const bench = new Bench();
		const packetText = String.fromCharCode(...command(2));
		assert.equal(bench.type(`ho${packetText}ok off\n${packetText}`), "> hook off\r\nok\r\n");
		assert.deepEqual(bench.sent, [state(2), state(2)]);
	});

	it("gives one answer after the other to lines that come at once, however long they are", () => {
		const bench = new Bench();
		bench.host.site.log = Array.from({ length: 20 }, (_, i) => `${i} a line of the log`);
		const said = bench.type("show log\nkeys 123\nshow memory\n".repeat(3));
		assert.equal(said.split("> show log\r\n0 a line of the log\r\n1 a line").length, 4);
		assert.equal(said.split("19 a line of the log\r\n> keys 123\r\nok\r\n> show memory\r\nSlots: 3 of 5").length, 4);
		assert.equal(bench.host.done.length, 9);
	});

	it("is not there for the ends of lines, nor for packets, and is forgotten after a minute of silence", () => {
		const bench = new Bench();
		const { pending } = bench.clock;
		bench.type(`\r\n\n${String.fromCharCode(...command(2))}\n`);
		assert.equal(bench.dialogues, 0);
		bench.type("hook o");
		bench.clock.advance(60000);
		assert.equal(bench.clock.pending, pending);
		assert.include(bench.type("ff\n"), '! a command is expected, not "ff"');
		assert.equal(bench.dialogues, 2);
		assert.deepEqual(bench.host.done, []);
	});

	it("lets an answer be that nobody reads, and hears what is said later", () => {
		const bench = new Bench();
		bench.reads = false;
		bench.type("help\n");
		bench.clock.advance(0);
		bench.reads = true;
		assert.equal(bench.type("hook off\n"), "> hook off\r\nok\r\n");
	});

	it("has no end of answers where a terminal sends back what it is sent", () => {
		const bench = new Bench();
		let said = bench.type("help\nnonsense\n");
		for (let round = 0; said !== "" && round < 10; round += 1) said = bench.type(said);
		assert.equal(said, "");
		assert.deepEqual(bench.host.done, []);
	});

	it("tells the chip's memory", () => {
		const figures = new Uint32Array(8);
		new Bench().line.memory(figures);
		assert.deepEqual([...figures], [7, 7, 7, 7, 7, 7, 7, 7]);
	});
});
