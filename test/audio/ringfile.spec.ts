/*
 * Ring files as they arrive in parts: never heard before they are whole and good, and never in part; on a body with memory
 * for two of them and on one with memory for one.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { encode, FRAME, fakedEngine, fakedEngineFile, MU_LAW } from "./support/library.js";
import { amplitude, join as concatenated, sine } from "./support/signal.js";

const most = 16080;
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
				taken = engine.ringData(octets, octets.length) && taken;
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
				["an odd length", () => take(file(241, second))],
				["nothing", () => take(new Uint8Array(0))],
				["a file too long", () => take(file(most + 240, second))],
				["an end without a file", () => engine.endRing()],
				["a second end", () => take(file(242, second)) || engine.endRing()],
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

		it("refuse what is too long from there on, and a bell chosen meanwhile stays", () => {
			engine.beginRing();
			assert.isTrue(send(file(most, first)));
			assert.isFalse(engine.ringData(new Uint8Array(240), 240));
			assert.isFalse(engine.ringData(new Uint8Array(240), 240));
			assert.isFalse(engine.endRing());
			assert.isTrue(take(file(most, first)));
			engine.beginRing();
			send(file(480, second));
			engine.setBell(bellNumber);
			assert.deepEqual(heard(), ["bell"]);
		});
	});
}
