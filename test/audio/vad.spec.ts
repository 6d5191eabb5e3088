/*
 * What silence suppression loses of speech and sends of noise (`bench -- vad`), beside WebRTC's voice activity detector: floors for
 * half a minute in five noises. Pending where speech or the detector is missing.
 */
import { assert } from "chai";
import { pesqInstall } from "../../tools/bench/quality.js";
import { benchVad, type Cell, hasWebrtcVad, type VadResult, vadBenchMissing } from "../../tools/bench/vad.js";

describe("voice activity beside WebRTC's detector", function () {
	this.timeout(120000);
	const missing = vadBenchMissing();
	if (missing.length > 0 || !hasWebrtcVad()) {
		it(`loses less speech and sends less noise (needs ${missing.length > 0 ? missing.join(" ") : pesqInstall})`);
		return;
	}
	let result: VadResult;
	before(() => {
		result = benchVad({ noises: ["white", "car", "babble", "hum-50", "clicks"], fast: true, progress: () => {} });
	});
	const cells = (takes: (cell: Cell) => boolean) => result.cells.filter(takes);

	it("loses hardly any speech and cuts hardly a word, wherever it can be heard well", () => {
		for (const { linnet, ...cell } of cells(({ snr_db }) => snr_db >= 12)) {
			assert.isAtMost(linnet.speech_lost_percent, 0.6, JSON.stringify(cell));
			assert.isAtMost(linnet.beginnings_cut, 1, JSON.stringify(cell));
		}
		assert.isAtMost(result.linnet.speech_lost_percent, 0.15);
	});

	it("loses little of faint speech that is 6 dB above the noise", () => {
		for (const { linnet, beginnings, ...cell } of cells(({ snr_db }) => snr_db === 6)) {
			assert.isAtMost(linnet.speech_lost_percent, 1.5, JSON.stringify(cell));
			assert.isAtMost(linnet.beginnings_cut, beginnings / 2, JSON.stringify(cell));
		}
	});

	it("sends little of a steady background, and half of the clicks at most where they are not as loud as speech", () => {
		for (const { linnet, ...cell } of cells(
			({ noise, level_dbov, snr_db }) => noise !== "babble" && level_dbov - snr_db < -50,
		))
			assert.isAtMost(linnet.noise_sent_percent, cell.noise === "clicks" ? 60 : 25, JSON.stringify(cell));
	});

	it("is beaten by no mode of WebRTC's in one thing without being better in another, but for chance", () => {
		assert.isAtMost(result.worse_anywhere, result.cells.length / 5, result.worse.join("; "));
	});

	it("is better in the mean than any mode that sends as little, and sends less than all", () => {
		for (const other of result.webrtc) {
			assert.isBelow(result.linnet.noise_sent_percent, other.noise_sent_percent);
			if (other.noise_sent_percent < 60)
				assert.isAtMost(result.linnet.speech_lost_percent, other.speech_lost_percent + 0.06);
		}
		assert.isBelow(result.linnet.speech_lost_percent, (result.webrtc[2]?.speech_lost_percent as number) * 0.8);
	});
});
