/*
 * A phone that has all that servers give one, each as large as it may be, and two calls: a fifth of each of its heaps is to spare,
 * and a ring file takes none of them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { ladenPhone, ringOctets } from "../../tools/bench/laden.js";
import { projectRoot } from "../../tools/phone/project.js";
import { needsBuild } from "../support/optional.js";
import { timeout } from "./support/house.js";

/** What of each heap the phone is to get along with. */
const share = 0.8;
/** Octets of chunks that the choice of a ring may keep: its file's name, in the settings and where it rings. */
const ringKeeps = 512;

interface Manifest {
	creation: { chunk: { initial: number }; heap: { initial: number } };
}

describe("a laden phone", function () {
	this.timeout(4 * timeout);

	it("lives with four fifths of its heaps, through which no ring file goes", async function () {
		await needsBuild(this, "32");
		const { creation } = JSON.parse(readFileSync(join(projectRoot, "manifest.json"), "utf8")) as Manifest;
		const chunks = Math.floor(share * creation.chunk.initial);
		const slots = Math.floor(share * creation.heap.initial);
		const laden = await ladenPhone({ bits: 32, chunks, slots });
		assert.isAbove(ringOctets, chunks - (laden.calls.chunks - laden.calls.baseline.chunks), "the file would not fit");
		assert.include(laden.log, "g3-tones.xml: 8 tones are played");
		assert.isBelow(laden.ring.chunks - laden.calls.chunks, ringKeeps);
		assert.match(laden.log, /SCCP-dictionary\.utf-8\.xml: read, 200 phrases$/m, "the whole dictionary");
	});
});
