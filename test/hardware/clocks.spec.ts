import { assert } from "chai";
import { Aw88298 } from "../../hal/drivers/aw88298/aw88298.js";
import type { CodecDriver, CodecInput, CodecOutput } from "../../hal/drivers/common/codec.js";
import { Es7210 } from "../../hal/drivers/es7210/es7210.js";
import { Es8311 } from "../../hal/drivers/es8311/es8311.js";
import { Es8388 } from "../../hal/drivers/es8388/es8388.js";
import { checkClocks } from "../../tools/hardware/clocks.js";
import { type ChangeableBoard, changedBoard } from "./support.js";

function complaints(change: (board: ChangeableBoard) => void): string[] {
	return checkClocks(changedBoard(change));
}

type Driver = CodecDriver<CodecInput> | CodecDriver<CodecOutput>;

/** Puts these codecs on the board, or one that does both. */
function place(board: ChangeableBoard, output: Driver, input: Driver): void {
	const { unit, address } = board.audio.output;
	Object.assign(board.audio, { output: { unit, address, driver: output } });
	if (input !== output) Object.assign(board.audio, { input: { unit, address, driver: input } });
}

/** The codecs of a board instead of the desk phone's, and their master clock. */
function withCodecs(output: Driver, input: Driver, multiple: number): string[] {
	return complaints((board) => {
		place(board, output, input);
		board.audio.mclkMultiple = multiple;
	});
}

describe("hardware: master clock of a board", () => {
	it("finds nothing wrong with the desk phone, nor with what both codecs of another take", () => {
		assert.deepEqual(
			complaints(() => {}),
			[],
		);
		assert.deepEqual(withCodecs(Es8311, Es7210, 512), []);
		assert.deepEqual(withCodecs(Aw88298, Es7210, 512), []);
		assert.deepEqual(withCodecs(Es8388, Es8388, 1024), []);
	});

	it("refuses a master clock that one of the codecs does not have, and says what both have", () => {
		assert.deepEqual(withCodecs(Es8311, Es7210, 256), [
			"ES7210 has no master clock of 256 times the sample rate; on this board 512 would do",
		]);
		assert.deepEqual(withCodecs(Aw88298, Es7210, 256), [
			"ES7210 has no master clock of 256 times the sample rate; on this board 512 would do",
		]);
		assert.deepEqual(withCodecs(Es8388, Es8388, 128), [
			"ES8388 has no master clock of 128 times the sample rate; on this board 256, 384, 512, 768, 1024 would do",
		]);
	});

	it("refuses a master clock that leaves a board without G.722 where another one would not", () => {
		assert.deepEqual(withCodecs(Es8388, Es8388, 256), [
			"no G.722 with a master clock of 256 times 8 kHz, which would be 128 times 16 kHz; on this board 512, 768, 1024 would do for both",
		]);
		assert.deepEqual(withCodecs(Es8311, Es8311, 128), [
			"no G.722 with a master clock of 128 times 8 kHz, which would be 64 times 16 kHz; on this board 256, 512, 768, 1024 would do for both",
		]);
	});

	it("refuses a master clock that I2S does not give", () => {
		assert.deepEqual(withCodecs(Es8311, Es7210, 1536), [
			"the ESP32-S3's I2S has no master clock of 1536 times the sample rate; on this board 512 would do",
		]);
		assert.deepEqual(withCodecs(Es8388, Es8388, 300), [
			"the ESP32-S3's I2S has no master clock of 300 times the sample rate; on this board 256, 384, 512, 768, 1024 would do",
			"ES8388 has no master clock of 300 times the sample rate; on this board 256, 384, 512, 768, 1024 would do",
		]);
	});

	it("refuses a codec without the master clock that it needs", () => {
		const without = (output: Driver, input: Driver): string[] =>
			complaints((board) => {
				place(board, output, input);
				board.audio.mclkMultiple = 512;
				delete board.audio.i2s.mclk;
			});
		assert.deepEqual(without(Aw88298, Es8311), ["ES8311 needs a master clock, and the board gives it none"]);
		assert.deepEqual(without(Es8388, Es8388), ["ES8388 needs a master clock, and the board gives it none"]);
	});
});
