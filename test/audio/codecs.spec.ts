/*
 * The two lists of codecs against each other: what the phone registers with and opens is what the pipeline has, and nothing else.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { firstPort } from "phone/media";
import { codecOf, codecOfPayload, codecs } from "sccp/codecs";
import { projectRoot } from "../../tools/phone/project.js";
import { Pipeline } from "./support/library.js";

describe("codecs", () => {
	const accepted = (payloadType: number, packetTime: number): boolean =>
		new Pipeline().openReceive(0, payloadType, packetTime) && new Pipeline().startTransmit(0, payloadType, packetTime);

	it("are the same to the call agent and to the pipeline", () => {
		const types = Array.from({ length: 256 }, (_, type) => type).filter((type) => accepted(type, 20));
		assert.deepEqual(codecs.map((codec) => codec.payloadType).sort(), types.sort());
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

	it("begin with G.711 as the call agent and RTP number it", () => {
		const [first, second] = codecs;
		assert.deepEqual([first?.numbers[0], first?.payloadType], [4, 0], "mu-law");
		assert.deepEqual([second?.numbers[0], second?.payloadType], [2, 8], "A-law");
	});

	it("there is none for other numbers", () => {
		const known = codecs.flatMap((codec) => codec.numbers);
		for (let number = 0; number < 300; number++)
			assert.strictEqual(codecOf(number) === undefined, !known.includes(number));
		assert.isUndefined(codecOfPayload(18));
	});
});
