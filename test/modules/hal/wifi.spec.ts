// Which Wi-Fi network the phone is in: choice, loss and return, passwords that are refused, and the access point for setting up.
import { assert } from "chai";
import { Networks, networkProblem } from "hal/esp32s3/networks";
import { Wifi } from "hal/esp32s3/wifi";
import { inEnglish } from "../support/english.js";
import { FakeClock } from "../support/fakes.js";
import { FakeRadio } from "../support/radio.js";
import { FakeStorage } from "../support/storage.js";

const HOME = "home sweet home";
const SET_UP = "Linnet-4455, key 12345678, 192.168.4.1";

class Rig {
	readonly clock = new FakeClock();
	readonly fake = new FakeRadio();
	readonly log: string[] = [];
	readonly texts: string[] = [];
	readonly pages: string[] = [];
	/** What the radio was told to stay without hearing anything, in s. */
	readonly rides: number[] = [];
	readonly networks: Networks;
	readonly wifi: Wifi;

	constructor(known: readonly [string, string][] = [], storage = new FakeStorage()) {
		this.networks = new Networks(storage, [], (line) => this.log.push(inEnglish(line)));
		for (const [ssid, password] of known) assert.equal(this.networks.add(ssid, password), "");
		this.wifi = new Wifi({
			io: {
				radio: this.fake.radio,
				rideOut: (seconds) => this.rides.push(seconds),
				nameStation: () => this.fake.calls.push("name"),
				accessPoint: () => "Linnet-4455",
				key: () => "12345678",
				host: "192.168.4.1",
				makePage: () => ({ open: () => this.pages.push("open"), close: () => this.pages.push("close") }),
			},
			clock: this.clock,
			networks: this.networks,
			doorway: { listen: () => undefined },
			log: (line) => this.log.push(inEnglish(line)),
		});
		this.wifi.listener = {
			troubleChanged: () => this.texts.push(inEnglish(this.wifi.text)),
			connected: () => this.fake.calls.push("in"),
		};
	}

	/** Starts, and lets the radio do what was asked. */
	start(): this {
		this.wifi.start();
		this.fake.run();
		return this;
	}

	advance(milliseconds: number): void {
		const end = this.clock.ticks + milliseconds;
		while (this.clock.ticks < end) {
			this.clock.advance(Math.min(500, end - this.clock.ticks));
			this.fake.run();
		}
	}

	get connects(): string[] {
		return this.fake.calls.filter((call) => call.startsWith("connect"));
	}
}

describe("Wi-Fi", () => {
	it("joins the one it knows, and says so meanwhile", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 }).set("other", { password: "", rssi: -30 });
		rig.start();
		assert.equal(rig.fake.ssid, "home");
		assert.deepEqual(rig.texts, ["Wi-Fi: looking for networks", "Wi-Fi: connecting to home", ""]);
		assert.deepEqual(rig.connects, ["connect home"]);
		assert.deepEqual(rig.rides, [10]);
		assert.deepEqual(rig.pages, []);
		// its name is known before an address can be asked for, also when it joins again
		rig.fake.lose();
		rig.fake.run();
		const joins = rig.fake.calls.filter((call) => call !== "station");
		assert.deepEqual(joins, ["name", "connect home", "in", "name", "connect home", "in"]);
	});

	it("takes the stronger of two, and the other when that is gone", () => {
		const rig = new Rig([
			["attic", HOME],
			["cellar", HOME],
		]);
		rig.fake.air.set("attic", { password: HOME, rssi: -70 }).set("cellar", { password: HOME, rssi: -50 });
		rig.start();
		assert.equal(rig.fake.ssid, "cellar");
		rig.fake.air.delete("cellar");
		rig.fake.lose();
		rig.fake.run();
		rig.advance(2000);
		assert.equal(rig.fake.ssid, "attic");
		assert.deepEqual(rig.connects, ["connect cellar", "connect cellar", "connect attic"]);
	});

	it("joins a hidden network after those that were heard", () => {
		const rig = new Rig([
			["hidden", HOME],
			["guests", "another word"],
		]);
		rig.fake.air.set("hidden", { password: HOME, rssi: -40, hidden: true }).set("guests", { password: "", rssi: -80 });
		rig.start();
		assert.deepEqual(rig.connects, ["connect guests", "connect hidden"]);
		assert.equal(rig.fake.ssid, "hidden");
	});

	it("is back at once after three seconds without the network", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		const home = rig.fake.air.get("home");
		rig.fake.air.delete("home");
		rig.fake.lose();
		rig.fake.run();
		assert.equal(inEnglish(rig.wifi.text), "Wi-Fi: home: not there");
		rig.advance(2500);
		if (home !== undefined) rig.fake.air.set("home", home);
		rig.advance(2500);
		assert.equal(rig.fake.ssid, "home");
		assert.equal(inEnglish(rig.wifi.text), "");
		assert.deepEqual(rig.pages, []);
	});

	it("asks with growing pauses while the network is gone for long, and opens nothing since it was in", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		rig.fake.air.delete("home");
		rig.fake.lose();
		rig.fake.run();
		rig.advance(600000);
		// 1, 2, 4 ... 60 s: six rounds in the first minute, one a minute after that
		assert.isAtLeast(rig.connects.length, 14);
		assert.isAtMost(rig.connects.length, 18);
		assert.deepEqual(rig.pages, []);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.advance(60000);
		assert.equal(rig.fake.ssid, "home");
	});

	it("gives up a network that neither takes nor refuses it", () => {
		const rig = new Rig([["home", HOME]]);
		rig.wifi.start();
		rig.fake.run();
		rig.advance(1000);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		const { log } = rig;
		rig.clock.advance(1000);
		rig.clock.advance(40000);
		assert.include(log, "Wi-Fi: home: not there");
		rig.advance(70000);
		assert.equal(rig.fake.ssid, "home");
	});

	it("says that a password is refused, and opens its access point after three minutes", () => {
		const rig = new Rig([["home", "yesterday's word"]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		assert.equal(inEnglish(rig.wifi.text), "Wi-Fi: home: password refused");
		rig.advance(179000);
		assert.deepEqual(rig.pages, []);
		rig.advance(2000);
		assert.deepEqual(rig.pages, ["open"]);
		assert.include(rig.fake.calls, "open Linnet-4455 12345678");
		assert.equal(inEnglish(rig.wifi.text), SET_UP);
		assert.equal(rig.log.filter((line) => line.includes("refused")).length, 1);
	});

	it("closes the access point when the network comes after all, but not under a guest", () => {
		const rig = new Rig([["home", HOME]]);
		rig.start();
		rig.advance(200000);
		assert.deepEqual(rig.pages, ["open"]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.fake.tell("station_connect");
		rig.advance(300000);
		assert.equal(rig.fake.ssid, "");
		rig.fake.tell("station_disconnect");
		rig.advance(120000);
		assert.equal(rig.fake.ssid, "home");
		assert.deepEqual(rig.pages, ["open", "close"]);
		assert.equal(rig.fake.mode, 1);
		assert.equal(inEnglish(rig.wifi.text), "");
	});

	it("opens its access point at once when it knows no network, and joins what is entered there", () => {
		const storage = new FakeStorage();
		const rig = new Rig([], storage);
		rig.fake.air.set("home", { password: HOME, rssi: -60 }).set("café", { password: "", rssi: -50 });
		rig.start();
		assert.equal(inEnglish(rig.wifi.text), SET_UP);
		assert.deepEqual(rig.wifi.found, [
			{ ssid: "café", rssi: -50, open: true },
			{ ssid: "home", rssi: -60, open: false },
		]);
		rig.advance(3600000);
		assert.deepEqual(rig.pages, ["open"]);
		assert.include(rig.wifi.enter("home", "short"), "8 to 63");
		assert.equal(rig.wifi.enter("home", HOME), "");
		assert.deepEqual(rig.pages, ["open"]);
		rig.wifi.entered();
		assert.deepEqual(rig.pages, ["open", "close"]);
		assert.deepEqual(rig.wifi.found, []);
		rig.fake.run();
		assert.equal(rig.fake.ssid, "home");
		assert.deepEqual(new Networks(storage, [], () => {}).all, [{ ssid: "home", password: HOME }]);
	});

	it("leaves the network it is in for one that a person enters", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 }).set("office", { password: "", rssi: -90 });
		rig.start();
		rig.wifi.setUp();
		rig.fake.run();
		assert.deepEqual(rig.pages, ["open"]);
		assert.equal(rig.fake.ssid, "home");
		assert.equal(rig.wifi.enter("office", ""), "");
		rig.wifi.entered();
		rig.fake.run();
		assert.equal(rig.fake.ssid, "office");
		assert.deepEqual(rig.pages, ["open", "close"]);
	});

	it("stays in its network where a person enters servers alone, and looks for it where it is in none", () => {
		const rig = new Rig([["home", HOME]]);
		assert.equal(rig.wifi.known, "home");
		assert.equal(new Rig().wifi.known, "");
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		rig.wifi.setUp();
		rig.fake.run();
		const { length } = rig.fake.calls;
		rig.wifi.leave();
		rig.fake.run();
		assert.deepEqual([rig.pages, rig.fake.ssid], [["open", "close"], "home"]);
		assert.notInclude(rig.fake.calls.slice(length).join(), "connect");
		rig.fake.air.delete("home");
		rig.advance(20000);
		rig.wifi.setUp();
		rig.fake.run();
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.wifi.leave();
		rig.advance(5000);
		assert.equal(rig.fake.ssid, "home");
	});

	it("opens the page again where servers alone were entered and no network can be joined after all", () => {
		const rig = new Rig([["home", HOME]]).start();
		rig.advance(181000);
		assert.deepEqual(rig.pages, ["open"]);
		rig.wifi.leave();
		rig.advance(170000);
		assert.deepEqual(rig.pages, ["open", "close"]);
		rig.advance(20000);
		assert.deepEqual(rig.pages, ["open", "close", "open"]);
	});

	it("says why its access point cannot be opened", () => {
		const rig = new Rig([["home", HOME]]).start();
		rig.fake.refusal = "no memory";
		assert.equal(rig.wifi.setUp(), "Wi-Fi: no memory");
		assert.include(rig.log, "Wi-Fi: the access point cannot be opened: Error: no memory");
		assert.deepEqual(rig.pages, []);
		rig.fake.refusal = "";
		assert.equal(rig.wifi.setUp(), "");
		assert.deepEqual(rig.pages, ["open"]);
		assert.equal(rig.wifi.setUp(), "", "it is open");
	});

	it("closes what a person has opened and not used", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		rig.wifi.setUp();
		rig.advance(601000);
		assert.deepEqual(rig.pages, ["open", "close"]);
		assert.equal(rig.fake.ssid, "home");
		assert.equal(inEnglish(rig.wifi.text), "");
	});

	it("leaves the air while Ethernet serves, and comes back", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		rig.wifi.suspend(() => rig.fake.calls.push("out"));
		rig.advance(200000);
		assert.equal(rig.fake.ssid, "");
		assert.equal(inEnglish(rig.wifi.text), "");
		assert.deepEqual(rig.pages, []);
		rig.wifi.resume();
		rig.fake.run();
		assert.equal(rig.fake.ssid, "home");
	});

	it("says when it is out of its network: at once where it was in none, a second later where the radio says nothing", () => {
		let outs = 0;
		const out = () => {
			outs += 1;
		};
		const absent = new Rig([["home", HOME]]);
		absent.wifi.suspend(out);
		assert.equal(outs, 1);
		absent.wifi.start();
		absent.fake.run();
		assert.deepEqual(absent.connects, []);
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 });
		rig.start();
		rig.wifi.suspend(out);
		assert.equal(outs, 1);
		rig.fake.run();
		assert.equal(outs, 2);
		rig.wifi.resume();
		// the radio is asked to join, and is called off before it has
		rig.fake.air.delete("home");
		rig.fake.step();
		assert.equal(inEnglish(rig.wifi.text), "Wi-Fi: connecting to home");
		rig.wifi.suspend(out);
		assert.equal(outs, 2);
		rig.fake.run();
		assert.equal(outs, 3);
		const silent = new Rig([["home", HOME]]);
		silent.fake.air.set("home", { password: HOME, rssi: -60 });
		silent.start();
		silent.fake.mute = true;
		silent.wifi.suspend(out);
		silent.advance(999);
		assert.equal(outs, 3);
		silent.advance(1);
		assert.equal(outs, 4);
		// the cable is out again before the radio has answered: nobody waits any more
		const brief = new Rig([["home", HOME]]);
		brief.fake.air.set("home", { password: HOME, rssi: -60 });
		brief.start();
		brief.wifi.suspend(out);
		brief.wifi.resume();
		brief.advance(5000);
		assert.equal(outs, 4);
		assert.equal(brief.fake.ssid, "home");
	});

	it("joins nothing beside Ethernet, whatever a person enters: that comes when the cable is out", () => {
		const rig = new Rig([["home", HOME]]);
		rig.fake.air.set("home", { password: HOME, rssi: -60 }).set("office", { password: "", rssi: -90 });
		rig.wifi.suspend(() => {});
		rig.wifi.start();
		rig.wifi.setUp();
		rig.advance(120000);
		assert.equal(inEnglish(rig.wifi.text), SET_UP);
		assert.lengthOf(rig.wifi.found, 2);
		assert.equal(rig.wifi.enter("office", ""), "");
		rig.wifi.entered();
		rig.advance(700000);
		rig.wifi.setUp();
		rig.advance(700000);
		assert.deepEqual(rig.pages, ["open", "close", "open", "close"]);
		assert.deepEqual(rig.connects, []);
		rig.fake.air.delete("home");
		rig.wifi.resume();
		rig.advance(5000);
		assert.equal(rig.fake.ssid, "office");
	});

	it("closes beside Ethernet what nobody has used, also where it knows no network, and opens for one without the cable", () => {
		const rig = new Rig();
		rig.wifi.suspend(() => {});
		rig.wifi.start();
		rig.wifi.setUp();
		rig.advance(601000);
		assert.deepEqual(rig.pages, ["open", "close"]);
		assert.equal(inEnglish(rig.wifi.text), "");
		rig.wifi.resume();
		rig.advance(5000);
		assert.equal(inEnglish(rig.wifi.text), SET_UP);
	});

	it("stays open for a phone without a network whose cable goes while it is", () => {
		const rig = new Rig();
		rig.wifi.suspend(() => {});
		rig.wifi.start();
		rig.wifi.setUp();
		rig.advance(300_000);
		rig.wifi.resume();
		rig.advance(700_000);
		assert.deepEqual(rig.pages, ["open"]);
		assert.equal(inEnglish(rig.wifi.text), SET_UP);
	});

	it("does not close under a guest, but once he has gone", () => {
		for (const beside of [true, false]) {
			const rig = new Rig([["home", HOME]]);
			rig.fake.air.set("home", { password: HOME, rssi: -60 });
			if (beside) rig.wifi.suspend(() => {});
			rig.start();
			rig.wifi.setUp();
			rig.fake.tell("station_connect");
			rig.advance(700_000);
			assert.deepEqual(rig.pages, ["open"]);
			rig.fake.tell("station_disconnect");
			rig.advance(700_000);
			assert.deepEqual(rig.pages, ["open", "close"]);
			assert.equal(inEnglish(rig.wifi.text), "");
		}
	});
});

describe("Wi-Fi: networks that are known", () => {
	const none = (): void => {};

	it("are five at most, the latest first, each once; the build's go before them until they are entered anew", () => {
		const storage = new FakeStorage();
		const given = [{ ssid: "built", password: HOME }];
		const networks = new Networks(storage, given, none);
		for (const ssid of ["a", "b", "c", "d", "e", "f", "c"]) assert.equal(networks.add(ssid, ""), "");
		const names = (): string[] => new Networks(storage, given, none).all.map(({ ssid }) => ssid);
		assert.deepEqual(names(), ["built", "c", "f", "e", "d", "b"]);
		networks.add("built", "other word");
		assert.deepEqual(names(), ["built", "c", "f", "e", "d"]);
	});

	it("outlive a storage with nonsense in it", () => {
		const storage = new FakeStorage();
		storage.write("wifi", "home\nshort\nattic\nlong enough\nodd");
		assert.deepEqual(new Networks(storage, [], none).all, [{ ssid: "attic", password: "long enough" }]);
	});

	it("are checked as they are entered", () => {
		assert.equal(networkProblem("home", ""), "");
		assert.equal(networkProblem("home", "a".repeat(63)), "");
		assert.equal(networkProblem("home", "0123456789abcdefABCDEF0123456789".repeat(2)), "");
		assert.equal(networkProblem("ü".repeat(16), "12345678"), "");
		assert.include(networkProblem("", ""), "1 to 32");
		assert.include(networkProblem("ü".repeat(17), ""), "1 to 32");
		assert.include(networkProblem("ho\nme", ""), "control");
		assert.include(networkProblem("home", "1234567"), "8 to 63");
		assert.include(networkProblem("home", "g".repeat(64)), "hexadecimal");
		assert.include(networkProblem("home", "pässword"), "ASCII");
	});
});
