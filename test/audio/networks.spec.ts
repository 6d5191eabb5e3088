/*
 * What speech is worth that comes over bad networks (`bench -- quality`): floors for a network of each kind, and that the
 * measurement itself tells good from bad. Pending where speech, peers or PESQ are missing.
 */
import { assert } from "chai";
import { networks, networkTrace } from "../../tools/bench/networks.js";
import {
	benchQuality,
	hasPesq,
	type NetworkFigures,
	pesqInstall,
	type QualityResult,
	qualityBenchMissing,
} from "../../tools/bench/quality.js";

/** The best that PESQ gives: nothing was changed. */
const perfect = 4.549;

/** Least PESQ and most delay in ms on a network, and by how much PESQ may be below the best peer's. */
const floors: Readonly<Record<string, readonly [number, number, number]>> = {
	calm: [4.53, 23, 0.02],
	"jitter-20": [4.3, 128, 0.25],
	"loss-1": [4.15, 30, -0.1],
	"loss-10": [2.8, 30, -0.28],
	standstill: [4.4, 290, -0.7],
	wifi: [4.15, 88, 0.24],
	"drift-slow": [4.4, 19, 0.14],
};

describe("speech over bad networks", function () {
	this.timeout(300000);
	const missing = qualityBenchMissing();
	if (missing.length > 0 || !hasPesq()) {
		it(`keeps its worth (needs ${missing.length > 0 ? missing.join(" ") : pesqInstall})`);
		return;
	}
	let result: QualityResult;
	before(async () => {
		result = await benchQuality({ networks: Object.keys(floors), fast: true, progress: () => {} });
	});
	const of = (name: string) => result.networks[name] as NetworkFigures;
	const peer = (network: string, name: string) => of(network).peers[name] as { pesq: number; delay_ms: number };

	for (const [name, [pesq, delay, behind]] of Object.entries(floors)) {
		it(`${name}: PESQ ${pesq}, ${delay} ms, at most ${behind} below the best peer`, () => {
			assert.isAtLeast(of(name).pesq, pesq);
			assert.isAtMost(of(name).delay_ms, delay);
			assert.isAtMost(of(name).behind, behind);
		});
	}

	it("measures peers and delays as they are", () => {
		// Nothing is lost and all is in time: what is heard is what was sent, later by the depth and what is left of a tick.
		for (const [name, depth] of [
			["fixed_60", 60],
			["fixed_120", 120],
		] as const) {
			assert.closeTo(peer("calm", name).pesq, perfect, 0.002);
			assert.closeTo(peer("calm", name).delay_ms, depth + 5, 5);
		}
		// The more is lost the worse, for all.
		for (const name of Object.keys(of("calm").peers)) {
			assert.isBelow(peer("loss-1", name).pesq, perfect - 0.2);
			assert.isBelow(peer("loss-10", name).pesq, peer("loss-1", name).pesq - 0.5);
			assert.isAbove(peer("loss-10", name).pesq, 2);
		}
		assert.closeTo(of("loss-10").concealed_percent, 10, 1.5);
	});

	it("plays the same networks every time, and others with another seed", () => {
		for (const network of networks) {
			assert.strictEqual(networkTrace(network, 1, 10000), networkTrace(network, 1, 10000));
			assert.notStrictEqual(networkTrace(network, 1, 10000), networkTrace(network, 2, 10000));
		}
	});
});
