/*
 * Ring files as they arrive in parts: of any length, and never heard before they are whole; on a body with memory for two of them and on
 * one with memory for one.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { decode, encode, FRAME, fakedEngine, fakedEngineFile, MU_LAW } from "./support/library.js";
import { amplitude, join as concatenated, random, sine } from "./support/signal.js";

const most = 16400;
const part = 1024;
/** Frequencies of two ring files, and the one of a bell that sounds all the time (Hz). */
const first = 500;
const second = 1000;
const bell = 440;
const bellNumber = 2;
/** Amplitude from which on a note is there, and up to which it is not. */
const there = 3000;
const absent = 800;

const file = (octets: number, frequency: number): Uint8Array => encode(MU_LAW, sine(frequency, 8000, octets));

for (const memory of ["two", "one"] as const) {
	describe(`ring files in parts, with memory for ${memory}`, () => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-ring-"));
		let engine: ReturnType<typeof fakedEngine>;

		before(() => {
			// an engine takes its memory once
			const copy = join(folder, `libengine-${memory}.so`);
			copyFileSync(fakedEngineFile, copy);
			engine = fakedEngine(copy);
			engine.shortOfMemory(memory === "one");
			// the library is mapped: its name is not needed any more
			rmSync(folder, { recursive: true });
		});

		beforeEach(() => {
			assert.isTrue(engine.start());
			engine.setBell(bellNumber);
			engine.ring(2, false);
			engine.tick();
		});

		afterEach(() => {
			engine.stop();
			engine.log();
		});

		/** What of the three sounds for the next tenth of a second, which lies within a ring. */
		const heard = (): string[] => {
			const frames = Array.from({ length: 10 }, () => engine.tick() ?? new Int16Array(FRAME));
			const sound = concatenated(frames);
			const levels = { first: amplitude(sound, first), second: amplitude(sound, second), bell: amplitude(sound, bell) };
			for (const level of Object.values(levels)) assert.isTrue(level > there || level < absent, JSON.stringify(levels));
			return Object.entries(levels).flatMap(([name, level]) => (level > there ? [name] : []));
		};
		/** Hands octets `from` up to `to` over in parts. */
		const send = (codes: Uint8Array, from = 0, to = codes.length): boolean => {
			let taken = true;
			for (let at = from; at < to; at += part) {
				const octets = codes.subarray(at, Math.min(at + part, to));
				taken = engine.ringData(octets, octets.length) === octets.length && taken;
			}
			return taken;
		};
		const take = (codes: Uint8Array): boolean => {
			engine.beginRing();
			return send(codes) && engine.endRing();
		};
		const meanwhile = memory === "two" ? "first" : "bell";

		it("sound when they are whole, the bell until then", () => {
			for (const octets of [240, 480, most]) {
				engine.setBell(bellNumber);
				assert.deepEqual(heard(), ["bell"]);
				const codes = file(octets, first);
				assert.isTrue(engine.beginRing(), "nothing gives way");
				assert.isTrue(send(codes));
				assert.deepEqual(heard(), ["bell"]);
				assert.isTrue(engine.endRing());
				assert.deepEqual(heard(), ["first"]);
			}
		});

		it(`give way to another one at its end, the ${meanwhile} ringing until then`, () => {
			assert.isTrue(take(file(most, first)));
			const codes = file(most, second);
			assert.strictEqual(engine.beginRing(), memory === "two");
			assert.deepEqual(heard(), [meanwhile]);
			assert.isTrue(send(codes, 0, 8 * part));
			assert.deepEqual(heard(), [meanwhile]);
			assert.isTrue(send(codes, 8 * part));
			assert.deepEqual(heard(), [meanwhile]);
			assert.isTrue(engine.endRing());
			assert.deepEqual(heard(), ["second"]);
			// and the other way about: both memories serve
			assert.isTrue(take(file(480, first)));
			assert.deepEqual(heard(), ["first"]);
		});

		it(`leave the ${meanwhile} when they break off, begin anew, or are none`, () => {
			const bad: [string, () => boolean][] = [
				["nothing", () => take(new Uint8Array(0))],
				["an end without a file", () => engine.endRing()],
				["an end behind an end", () => take(new Uint8Array(0)) || engine.endRing()],
			];
			for (const [what, bring] of bad) {
				assert.isTrue(take(file(most, first)));
				assert.isFalse(bring(), what);
				assert.deepEqual(heard(), [what === "an end without a file" ? "first" : meanwhile], what);
			}
			assert.isTrue(take(file(most, first)));
			engine.beginRing();
			send(file(480, second));
			assert.deepEqual(heard(), [meanwhile]);
			assert.isTrue(take(file(240, second)), "not mixed with what broke off");
			assert.deepEqual(heard(), ["second"]);
		});

		it("are cut where there is room for no more, and a bell chosen meanwhile stays", () => {
			engine.beginRing();
			assert.isTrue(send(file(most - 10, first)));
			assert.strictEqual(engine.ringData(file(240, second), 240), 10);
			assert.strictEqual(engine.ringData(file(240, second), 240), 0);
			assert.isTrue(engine.endRing());
			assert.strictEqual(engine.ringData(file(240, second), 240), 0, "behind the end");
			assert.deepEqual(heard(), ["first"]);
			engine.beginRing();
			send(file(480, second));
			engine.setBell(bellNumber);
			assert.deepEqual(heard(), ["bell"]);
		});
	});
}

/** Cadence of ringer mode 2 in ticks, and by how many a longer file is heard beyond its burst. */
const burst = 200;
const over = 5;

describe("ring files as they are heard", () => {
	const engine = fakedEngine();
	const next = random(13);

	before(() => {
		engine.shortOfMemory(false);
		assert.isTrue(engine.start());
	});
	after(() => {
		engine.stop();
		engine.log();
	});

	/** Sound that does not repeat, is never silent, and has no part like another. */
	const noise = (octets: number): Uint8Array =>
		Uint8Array.from({ length: octets }, () => (next() < 0.5 ? 0x80 : 0) | Math.floor(next() * 48));

	/** One burst of the ringer and what follows it, up to the next. */
	const ring = (codes: Uint8Array): Int16Array => {
		engine.beginRing();
		for (let at = 0; at < codes.length; at += part) {
			const octets = codes.subarray(at, at + part);
			engine.ringData(octets, octets.length);
		}
		assert.isTrue(engine.endRing());
		engine.ring(2, false);
		const sound = concatenated(Array.from({ length: 600 }, () => engine.tick() ?? new Int16Array(FRAME)));
		engine.ring(1, false);
		engine.tick();
		return sound;
	};

	for (const octets of [
		1,
		2,
		79,
		80,
		81,
		239,
		241,
		1001,
		4000,
		7999,
		9570,
		12_006,
		12_096,
		16_001,
		16_040,
		16_296,
		16_383,
		16_384,
		most,
	]) {
		const period = Math.ceil(octets / FRAME) * FRAME;
		const length = period > burst * FRAME && period <= (burst + over) * FRAME ? period : burst * FRAME;
		it(`${octets} octets: ${octets} samples, and again after ${period}, for ${length} in all`, () => {
			const codes = noise(octets);
			const sound = ring(codes);
			const samples = decode(MU_LAW, codes);
			let last = 0;
			let worst = 0;
			for (let i = 0; i < sound.length; i++) {
				if (sound[i] !== 0) last = i;
				// but for the ramps at both ends
				if (i < 40 || (i >= length - 40 && i < length)) continue;
				const at = i % period;
				const expected = i < length && at < octets ? (samples[at] as number) : 0;
				worst = Math.max(worst, Math.abs((sound[i] as number) - expected));
			}
			assert.isAtMost(worst, 2);
			// the last sample of a ramp is nothing, and so is what fills the last tick up
			const heard =
				Math.floor((length - 1) / period) * period +
				Math.min(octets, length - Math.floor((length - 1) / period) * period);
			assert.closeTo(last, heard - 1, 40, "ends with the file");
		});
	}

	it("a longer file than there is room for is heard to where it is cut", () => {
		const codes = noise(20_000);
		const sound = ring(codes);
		const samples = decode(MU_LAW, codes);
		const heard = sound.subarray(40, most - 40);
		assert.isTrue(heard.every((sample, i) => Math.abs(sample - (samples[i + 40] as number)) <= 2));
		assert.isTrue(sound.subarray(most).every((sample) => sample === 0));
	});

	it("a burst of two seconds that sounds once lasts as long as its file", () => {
		for (const [octets, length] of [
			[240, 2000],
			[16_000, 2000],
			[16_001, 2010],
			[most, 2050],
		] as const) {
			ring(noise(octets));
			assert.strictEqual(engine.ring(2, true), length);
			engine.ring(1, false);
			engine.tick();
		}
	});
});
