import { assert } from "chai";
import { checkClocks } from "../../tools/hardware/clocks.js";
import { type ChangeableBoard, changedBoard } from "./support.js";

function complaints(change: (board: ChangeableBoard) => void): string[] {
	return checkClocks(changedBoard(change));
}

/** The codecs of a board instead of the desk phone's, and their master clock. */
function withCodecs(output: string, input: string, multiple: number): string[] {
	return complaints((board) => {
		Object.assign(board.audio.output, { kind: output });
		Object.assign(board.audio.input, { kind: input });
		board.audio.mclkMultiple = multiple;
	});
}

describe("hardware: master clock of a board", () => {
	it("finds nothing wrong with the desk phone, nor with what both codecs of another take", () => {
		assert.deepEqual(
			complaints(() => {}),
			[],
		);
		assert.deepEqual(withCodecs("es8311", "es7210", 512), []);
		assert.deepEqual(withCodecs("aw88298", "es7210", 512), []);
		assert.deepEqual(withCodecs("es8388", "es8388", 1024), []);
	});

	it("refuses a master clock that one of the codecs does not have, and says what both have", () => {
		assert.deepEqual(withCodecs("es8311", "es7210", 256), [
			"ES7210 has no master clock of 256 times the sample rate; on this board 512 would do",
		]);
		assert.deepEqual(withCodecs("aw88298", "es7210", 256), [
			"ES7210 has no master clock of 256 times the sample rate; on this board 512 would do",
		]);
		assert.deepEqual(withCodecs("es8388", "es8388", 128), [
			"ES8388 has no master clock of 128 times the sample rate; on this board 256, 384, 512, 768, 1024 would do",
		]);
	});

	it("refuses a master clock that I2S does not give", () => {
		assert.deepEqual(withCodecs("es8311", "es7210", 1536), [
			"the ESP32-S3's I2S has no master clock of 1536 times the sample rate; on this board 512 would do",
		]);
		assert.deepEqual(withCodecs("es8388", "es8388", 300), [
			"the ESP32-S3's I2S has no master clock of 300 times the sample rate; on this board 256, 384, 512, 768, 1024 would do",
			"ES8388 has no master clock of 300 times the sample rate; on this board 256, 384, 512, 768, 1024 would do",
		]);
	});

	it("refuses a codec without the master clock that it needs", () => {
		const without = (output: string, input: string): string[] =>
			complaints((board) => {
				Object.assign(board.audio.output, { kind: output });
				Object.assign(board.audio.input, { kind: input });
				board.audio.mclkMultiple = 512;
				delete board.audio.i2s.mclk;
			});
		assert.deepEqual(without("aw88298", "es8311"), ["ES8311 needs a master clock, and the board gives it none"]);
		assert.deepEqual(without("es8388", "es8388"), ["ES8388 needs a master clock, and the board gives it none"]);
	});
});
