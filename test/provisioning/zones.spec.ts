/* Time zones: the generated table is what the pinned packages give, and clocks go as those of Node's own ICU. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { findZone, offsetAt } from "provisioning/wall";
import { zones } from "provisioning/zones";
import { generate, placesOf, windowsZones } from "../../tools/zones/generate.js";
import { databaseVersion } from "../../tools/zones/rules.js";
import { root } from "../support/host.js";

/** Minutes east of Greenwich after ICU. */
function reference(format: Intl.DateTimeFormat, seconds: number): number {
	const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]));
	const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) as number;
	const local = Date.UTC(
		part("year"),
		part("month") - 1,
		part("day"),
		part("hour") % 24,
		part("minute"),
		part("second"),
	);
	return (local / 1000 - seconds) / 60;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const digits = "numeric" as const;
	const date = { year: digits, month: digits, day: digits } as const;
	return new Intl.DateTimeFormat("en-US", {
		timeZone,
		...date,
		hour: digits,
		minute: digits,
		second: digits,
		hourCycle: "h23",
	});
}

describe("time zones", function () {
	this.timeout(120_000);

	it("are what the generator makes of the pinned packages", () => {
		assert.strictEqual(readFileSync(join(root, "modules/provisioning/zones.ts"), "utf8"), generate());
	});

	it("go as those of ICU from 2024 to 2035", () => {
		const icu = process.versions.tz ?? "";
		const wrong: string[] = [];
		let compared = 0;
		for (const [name, iana] of windowsZones()) {
			// laws that the two releases of the database know differently are no fault of this table
			if (icu !== databaseVersion && changed.includes(name)) continue;
			const zone = findZone(name);
			const format = formatOf(iana);
			const begin = Date.UTC(2024, 0, 1) / 1000;
			const end = Date.UTC(2036, 0, 1) / 1000;
			let before = reference(format, begin);
			for (let at = begin; at < end; at += 10 * 86400 + 3601) {
				const offset = reference(format, at);
				if (offsetAt(zone, at) !== offset) wrong.push(`${name} ${new Date(at * 1000).toISOString()}`);
				compared += 1;
				// to the very minute where it changes
				if (offset !== before) {
					let [low, high] = [at - 10 * 86400 - 3601, at];
					while (high - low > 60) {
						const middle = low + Math.floor((high - low) / 120) * 60;
						if (reference(format, middle) === before) low = middle;
						else high = middle;
					}
					for (const moment of [high - 60, high]) {
						if (offsetAt(zone, moment) !== reference(format, moment))
							wrong.push(`${name} change at ${new Date(moment * 1000).toISOString()}`);
					}
				}
				before = offset;
			}
		}
		assert.strictEqual(wrong.slice(0, 20).join("\n"), "");
		assert.isAbove(compared, 100 * 400);
	});

	it("go as those of ICU under each name of the IANA database", () => {
		const wrong: string[] = [];
		let compared = 0;
		for (const [windows, names] of placesOf()) {
			if (changed.includes(windows)) continue;
			for (const name of names) {
				const zone = findZone(name);
				assert.strictEqual(zones[zone]?.[0], windows, name);
				let format: Intl.DateTimeFormat;
				try {
					format = formatOf(name);
				} catch {
					continue;
				}
				for (const month of [0, 2, 3, 6, 9, 10]) {
					const at = Date.UTC(2028, month, 20) / 1000;
					if (offsetAt(zone, at) !== reference(format, at)) wrong.push(`${name} ${month + 1}`);
					compared += 1;
				}
			}
		}
		assert.strictEqual(wrong.join("\n"), "");
		assert.isAbove(compared, 500 * 6);
	});

	it("are found by the names that servers write", () => {
		const named: readonly (readonly [string, string])[] = [
			["W. Europe Standard/Daylight Time", "W. Europe Standard Time"],
			["W. Europe Standard Time", "W. Europe Standard Time"],
			["w. europe daylight time ", "W. Europe Standard Time"],
			["Central Europe Standard/Daylight Time", "Central Europe Standard Time"],
			["Eastern Standard/Daylight Time", "Eastern Standard Time"],
			["US Eastern Standard Time", "US Eastern Standard Time"],
			["Mexico Standard/Daylight Time", "Central Standard Time (Mexico)"],
			["Jerusalem Standard/Daylight Time", "Israel Standard Time"],
			["Saudi Arabia Standard Time", "Arab Standard Time"],
			["South America Standard/Daylight Time", "E. South America Standard Time"],
			["Europe/Berlin", "W. Europe Standard Time"],
			[" america/sao_paulo", "E. South America Standard Time"],
			["Europe/Kyiv", "FLE Standard Time"],
			["Asia/Kolkata", "India Standard Time"],
			["US/Eastern", "Eastern Standard Time"],
			["America/Indiana/Indianapolis", "US Eastern Standard Time"],
			["Etc/GMT", "UTC"],
		];
		for (const [name, windows] of named) assert.strictEqual(zones[findZone(name)]?.[0], windows, name);
		for (const name of [
			"",
			" ",
			"Middle-earth Standard Time",
			"Standard Time",
			"Europe",
			"Berlin",
			"Antarctica/Casey",
			"Europe/Berlin Europe/Vienna",
		])
			assert.strictEqual(findZone(name), -1, name);
	});
});

/** Zones of which releases of 2026 know better: Moldova changes with the EU's hour, Morocco has given up its summer time. */
const changed: readonly string[] = ["E. Europe Standard Time", "Morocco Standard Time"];
