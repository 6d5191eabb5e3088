/*
 * The two lists of codecs against each other: what the phone registers with and opens is what the pipeline has, and nothing else.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { firstPort } from "phone/media";
import { codecOf, codecOfPayload, codecs, usualCodec } from "sccp/codecs";
import { projectRoot } from "../../tools/phone/project.js";
import { Pipeline } from "./support/library.js";

describe("codecs", () => {
	const pipelineOf = (wideband: boolean): Pipeline => {
		const pipeline = new Pipeline();
		pipeline.setWideband(wideband);
		return pipeline;
	};
	const accepted = (payloadType: number, packetTime: number, wideband = true): boolean =>
		pipelineOf(wideband).openReceive(0, payloadType, packetTime) &&
		pipelineOf(wideband).startTransmit(0, payloadType, packetTime);

	it("are the same to the call agent and to the pipeline", () => {
		const types = Array.from({ length: 256 }, (_, type) => type).filter((type) => accepted(type, 20));
		assert.deepEqual(codecs.map((codec) => codec.payloadType).sort(), types.sort());
		const narrow = types.filter((type) => accepted(type, 20, false));
		const named = codecs.filter(({ wideband }) => !wideband);
		assert.deepEqual(named.map((codec) => codec.payloadType).sort(), narrow.sort(), "of a body that has 8 kHz alone");
	});

	for (const codec of codecs) {
		it(`${codec.name}: packets as long as it is registered with, and no longer`, () => {
			for (let time = 10; time <= codec.packetTime; time += 10) assert.isTrue(accepted(codec.payloadType, time));
			assert.isFalse(accepted(codec.payloadType, codec.packetTime + 10));
		});

		it(`${codec.name}: is found by each of its numbers and by its payload type, and by those of no other`, () => {
			assert.isNotEmpty(codec.numbers);
			for (const number of codec.numbers) assert.strictEqual(codecOf(number), codec);
			assert.strictEqual(codecOfPayload(codec.payloadType), codec);
		});
	}

	it("are received from the port on that the call agent is told", () => {
		const source = readFileSync(join(projectRoot, "audio/channel.c"), "utf8");
		assert.equal(firstPort, Number(/#define PORT_FIRST (\d+)u/.exec(source)?.[1]));
	});

	it("are G.722 and then G.711 as the call agent and RTP number them", () => {
		assert.deepEqual(
			codecs.map(({ numbers, payloadType }) => [numbers[0], payloadType]),
			[
				[6, 9],
				[4, 0],
				[2, 8],
			],
		);
		assert.deepEqual([usualCodec.numbers[0], usualCodec.payloadType], [4, 0], "where none is named");
	});

	it("there is none for other numbers", () => {
		const known = codecs.flatMap((codec) => codec.numbers);
		for (let number = 0; number < 300; number++)
			assert.strictEqual(codecOf(number) === undefined, !known.includes(number));
		assert.isUndefined(codecOfPayload(18));
	});
});
