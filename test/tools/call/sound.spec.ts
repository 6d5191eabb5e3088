/* The clock that phones share, with stand-ins for their ends of the PCM channel. */
import { Duplex } from "node:stream";
import { assert } from "chai";
import { SoundClock } from "../../../tools/call/sound.js";

/** A phone's end: answers each frame, with the one before, or does not. */
function phone(answers: boolean): Duplex {
	let before = Buffer.alloc(160);
	return new Duplex({
		read() {},
		write(frame: Buffer, _encoding, done) {
			if (answers) this.push(before);
			before = Buffer.from(frame);
			done();
		},
	});
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
	try {
		await attempt;
		return "";
	} catch (error) {
		return (error as Error).message;
	}
}

describe("The clock of sound", () => {
	const sample = Int16Array.from({ length: 160 }, (_, i) => i * 100);

	it("gives a phone a frame a tick, and hears its answer to each", async () => {
		const { played, recorded } = await new SoundClock().add(phone(true)).play(sample, 0.04);
		assert.lengthOf(played, 320);
		assert.deepEqual([...recorded], [...new Int16Array(80), ...played.subarray(0, 240)]);
	});

	it("tells of a phone that answers no more, whether it has gone or hangs", async () => {
		const stuck = "the phone's sound stopped coming";
		assert.strictEqual(await refusal(new SoundClock(1).add(phone(false)).play(sample, 0.04)), stuck);
		const gone = phone(false);
		const playing = refusal(new SoundClock().add(gone).play(sample, 0.04));
		gone.destroy();
		assert.strictEqual(await playing, stuck);
	});

	it("goes on with the other phones", async () => {
		const clock = new SoundClock(1);
		const [hangs, works] = [clock.add(phone(false)), clock.add(phone(true))];
		const [why, { played, recorded }] = await Promise.all([
			refusal(hangs.play(sample, 0.04)),
			works.play(sample, 0.04),
		]);
		assert.notStrictEqual(why, "");
		assert.deepEqual(recorded.subarray(80), played.subarray(0, 240));
	});
});
