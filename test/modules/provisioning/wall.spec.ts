// The time on the wall: the body's clock in the zone of the configuration.
import { assert } from "chai";
import { networkLocaleOf } from "provisioning/locale";
import { findZone, offsetAt, WallTime } from "provisioning/wall";
import { FakeClock } from "../support/fakes.js";
import { build, Rig } from "../support/rig.js";

/** Seconds since 1970 UTC. */
const utc = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number =>
	Date.UTC(year, month - 1, day, hour, minute, second) / 1000;

describe("time on the wall", () => {
	it("is not known without a zone or without a clock that is set", () => {
		const clock = new FakeClock();
		const wall = new WallTime(clock);
		assert.strictEqual(wall.localSeconds, -1);
		assert.isTrue(wall.setZone("W. Europe Standard/Daylight Time"));
		assert.strictEqual(wall.localSeconds, -1);
		clock.wallClock = utc(2026, 11, 22, 18);
		assert.strictEqual(wall.localSeconds, utc(2026, 11, 22, 19));
		assert.isFalse(wall.setZone("Atlantis Standard Time"));
		assert.strictEqual(wall.localSeconds, -1);
		assert.isTrue(wall.setZone(""));
		assert.strictEqual(wall.localSeconds, -1);
	});

	it("changes to daylight saving time and back at the second", () => {
		const berlin = findZone("W. Europe Standard Time");
		assert.strictEqual(offsetAt(berlin, utc(2027, 3, 28, 0, 59, 59)), 60);
		assert.strictEqual(offsetAt(berlin, utc(2027, 3, 28, 1)), 120);
		assert.strictEqual(offsetAt(berlin, utc(2027, 10, 31, 0, 59, 59)), 120);
		assert.strictEqual(offsetAt(berlin, utc(2027, 10, 31, 1)), 60);
		const sydney = findZone("AUS Eastern Standard/Daylight Time");
		assert.strictEqual(offsetAt(sydney, utc(2027, 4, 3, 15, 59, 59)), 660);
		assert.strictEqual(offsetAt(sydney, utc(2027, 4, 3, 16)), 600);
		assert.strictEqual(offsetAt(sydney, utc(2027, 10, 2, 16)), 660);
		const newYork = findZone("Eastern Standard/Daylight Time");
		assert.strictEqual(offsetAt(newYork, utc(2050, 3, 13, 6, 59, 59)), -300);
		assert.strictEqual(offsetAt(newYork, utc(2050, 3, 13, 7)), -240);
		assert.strictEqual(offsetAt(findZone("India Standard Time"), utc(2030, 7, 1)), 330);
		assert.strictEqual(offsetAt(findZone("Newfoundland Standard Time"), utc(2030, 7, 1)), -150);
	});

	it("is shown in place of the call agent's, minute by minute, and that one as long as it is not known", () => {
		const rig = new Rig(17, { dateTemplate: "D.M.Y" });
		rig.receive(build(0x94, 2026, 11, 0, 22, 13, 5, 30, 0, 0));
		assert.strictEqual(rig.screen.time, "13:05 22.11.26");
		rig.desk.wall.setZone("UTC");
		rig.clock.wallClock = utc(2027, 1, 2, 3, 4, 30);
		rig.ui.timeChanged();
		assert.strictEqual(rig.screen.time, "03:04 02.01.27");
		rig.clock.wallClock += 30;
		rig.clock.advance(30_000);
		assert.strictEqual(rig.screen.time, "03:05 02.01.27");
		rig.clock.wallClock = 0;
		rig.ui.timeChanged();
		assert.strictEqual(rig.screen.time, "13:06 22.11.26");
	});
});

describe("network locale", () => {
	it("is a country by its name, with or without a folder, and no other", () => {
		assert.strictEqual(networkLocaleOf("United_Kingdom"), 44);
		assert.strictEqual(networkLocaleOf("Japan"), 81);
		assert.strictEqual(networkLocaleOf("i18n/france"), 33);
		for (const name of ["Netherlands", "", "German"]) assert.strictEqual(networkLocaleOf(name), 0);
	});
});
