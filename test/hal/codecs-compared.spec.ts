/*
 * What the drivers of codecs leave in the registers, against what Espressif's esp_codec_dev 1.5.2 does for the same: each difference stands,
 * with a reason, in docs/codecs.md, and nothing stands there that is none.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { Aw88298 } from "../../hal/drivers/aw88298/aw88298.js";
import type { CodecInput, CodecOptions, CodecOutput } from "../../hal/drivers/common/codec.js";
import { type I2cDevice, RegisterBuffers } from "../../hal/drivers/common/registers.js";
import { Es7210 } from "../../hal/drivers/es7210/es7210.js";
import { Es8311 } from "../../hal/drivers/es8311/es8311.js";
import { Es8388 } from "../../hal/drivers/es8388/es8388.js";
import { projectRoot } from "../../tools/phone/project.js";
import { FakeAw88298, FakeEs7210, FakeEs8311, FakeEs8388 } from "../modules/support/chips.js";

type Chip = "ES8311" | "ES7210" | "ES8388" | "AW88298";

/** Register and value, in hexadecimal, with 8 kHz; then those that 16 kHz changes. Recorded as docs/codecs.md says. */
const espressif: Readonly<Record<Chip, readonly [narrow: string, wide: string]>> = {
	ES8311: [
		"00 80, 01 3f, 02 20, 03 10, 04 20, 05 00, 06 03, 07 00, 08 ff, 09 0c, 0a 0c, 0b 00, 0c 00, 0d 01, 0e 02, 10 1f, 11 7f, 12 00, 13 10, 14 1a, 15 40, 16 05, 17 bf, 1b 0a, 1c 6a, 31 00, 32 c6, 37 08, 44 58, 45 00",
		"02 00",
	],
	ES7210: [
		"00 41, 01 34, 02 c1, 06 00, 07 20, 08 10, 09 30, 0a 30, 11 60, 12 00, 20 0a, 21 2a, 22 0a, 23 2a, 40 43, 41 70, 42 70, 43 1a, 44 00, 45 00, 46 00, 47 08, 48 08, 49 08, 4a 08, 4b 00, 4c ff",
		"",
	],
	ES8388: [
		"00 12, 01 50, 02 00, 03 00, 04 3c, 08 00, 09 88, 0a 00, 0b 02, 0c 0c, 0d 02, 10 00, 11 00, 17 18, 18 02, 19 00, 1a 00, 1b 00, 26 00, 27 90, 2a 90, 2b 80, 2d 00, 2e 1e, 2f 1e, 30 00, 31 00, 35 a0, 37 d0, 39 d0",
		"",
	],
	AW88298: ["00 55aa, 04 4040, 05 0008, 06 3c00, 0c 0064, 61 0673", "06 3c03"],
};

const drivers = { ES8311: Es8311, ES7210: Es7210, ES8388: Es8388, AW88298: Aw88298 };
const fakes = { ES8311: FakeEs8311, ES7210: FakeEs7210, ES8388: FakeEs8388, AW88298: FakeAw88298 };

function recorded(chip: Chip, rate: number): Map<string, string> {
	const [narrow, wide] = espressif[chip];
	const list = rate === 16000 ? `${narrow}, ${wide}` : narrow;
	return new Map(
		list
			.split(", ")
			.filter((entry) => entry !== "")
			.map((entry) => entry.split(" ") as [string, string]),
	);
}

/** The registers that a driver of ours has written when it plays and records at a rate. */
function written(chip: Chip, rate: number): Map<string, string> {
	const found = new Map<string, string>();
	const fake: I2cDevice = new fakes[chip]();
	class Bus implements I2cDevice {
		write(source: Uint8Array): void {
			const [register, ...value] = [...source].map((octet) => octet.toString(16).padStart(2, "0"));
			found.set(register as string, value.join(""));
			fake.write(source);
		}

		writeRead(source: Uint8Array, target: Uint8Array): void {
			fake.writeRead(source, target);
		}
	}
	const i2c = { io: Bus, data: 1, clock: 2, hz: 400_000, address: 0x10, buffers: new RegisterBuffers() };
	const Driver = drivers[chip] as unknown as new (options: CodecOptions) => Partial<CodecInput & CodecOutput>;
	const codec = new Driver({ i2c, mclkMultiple: 512, wait: () => undefined });
	if (rate === 16000) codec.setRate?.(rate);
	codec.play?.("left1");
	codec.setVolume?.(0);
	codec.mute?.(false);
	codec.setGain?.(chip === "ES8388" ? 24 : 30);
	codec.record?.("left1");
	return found;
}

/** Columns of docs/codecs.md: chip, register, both at 8 kHz, both at 16 kHz. */
function differences(chip: Chip): string[] {
	const [narrow, wide] = [8000, 16000].map((rate) => ({ theirs: recorded(chip, rate), ours: written(chip, rate) }));
	if (narrow === undefined || wide === undefined) throw new Error("two rates");
	const registers = new Set([...narrow.theirs.keys(), ...narrow.ours.keys()]);
	return [...registers]
		.sort()
		.map((register) => {
			const values = [narrow.theirs, narrow.ours, wide.theirs, wide.ours].map((from) => from.get(register) ?? "-");
			return [chip, register, ...values];
		})
		.filter(([, , theirs, ours, theirsWide, oursWide]) => theirs !== ours || theirsWide !== oursWide)
		.map((columns) => columns.join(" "));
}

describe("codecs: registers beside Espressif's drivers", () => {
	const rows = readFileSync(join(projectRoot, "docs/codecs.md"), "utf8")
		.split("\n")
		.map((line) => /^\| (\w+) \| (\w\w) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \| (.+) \|$/.exec(line)?.slice(1))
		.filter((columns) => columns !== undefined);

	for (const chip of ["ES8311", "ES7210", "ES8388", "AW88298"] as const) {
		it(`${chip}: every difference is explained, and what is explained is one`, () => {
			assert.deepEqual(
				rows.filter(([name]) => name === chip).map((columns) => columns.slice(0, 6).join(" ")),
				differences(chip),
			);
		});
	}

	it("as many are compared as the page says", () => {
		const count = (["ES8311", "ES7210", "ES8388", "AW88298"] as const)
			.map((chip) => new Set([...recorded(chip, 8000).keys(), ...written(chip, 8000).keys()]).size)
			.reduce((sum, size) => sum + size, 0);
		assert.include(readFileSync(join(projectRoot, "docs/codecs.md"), "utf8"), `Of ${count} registers written`);
	});
});
