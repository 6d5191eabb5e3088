/*
 * A phone that has all that servers give one, each as large as it may be, two calls and an open service: a fifth of its slots and over a
 * third of its chunks are to spare, and a ring file takes none of them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { ladenPhone, ringOctets } from "../../tools/bench/laden.js";
import { projectRoot } from "../../tools/phone/project.js";
import { needsBuild } from "../support/optional.js";
import { timeout } from "./support/house.js";

/** What of each heap the phone is to get along with. */
const chunkShare = 0.62;
const slotShare = 0.8;
/** Octets of chunks that the choice of a ring may keep: its file's name, in the settings and where it rings. */
const ringKeeps = 512;
/** Octets that an open service may take, slots and chunks, and octets of a slot. */
const serviceTakes = 12_288;
const slotSize = 16;

interface Manifest {
	creation: { chunk: { initial: number }; heap: { initial: number } };
}

describe("a laden phone", function () {
	this.timeout(4 * timeout);

	it("lives with a part of its heaps, through which no ring file goes", async function () {
		await needsBuild(this, "32");
		const { creation } = JSON.parse(readFileSync(join(projectRoot, "manifest.json"), "utf8")) as Manifest;
		const chunks = Math.floor(chunkShare * creation.chunk.initial);
		const slots = Math.floor(slotShare * creation.heap.initial);
		const laden = await ladenPhone({ bits: 32, chunks, slots });
		assert.isAbove(ringOctets, chunks - (laden.calls.chunks - laden.calls.baseline.chunks), "the file would not fit");
		assert.include(laden.log, "g3-tones.xml: 8 tones are played");
		assert.isBelow(laden.ring.chunks - laden.calls.chunks, ringKeeps);
		const { ring, service } = laden;
		const taken = service.chunks - ring.chunks + (service.slots - ring.slots) * slotSize;
		assert.isAbove(taken, 0);
		assert.isAtMost(taken, serviceTakes);
		assert.match(laden.log, /SCCP-dictionary\.utf-8\.xml: read, 200 phrases$/m, "the whole dictionary");
	});
});
