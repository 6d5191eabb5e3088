// Rings of the server: the list, the files, and what is wrong with either.
import { assert } from "chai";
import { Failure } from "net/transfer";
import { Fetch } from "provisioning/fetch";
import { Ringer } from "provisioning/ringer";
import { FakeAudio } from "../support/fakes.js";
import { type Answer, FakeTransfer } from "../support/provisioning.js";

const list = `<CiscoIPPhoneRingList>
	<Ring><DisplayName>Chime</DisplayName><FileName>Chime.raw</FileName></Ring>
	<Ring><DisplayName>Bass</DisplayName><FileName>Bass.raw</FileName></Ring>
</CiscoIPPhoneRingList>`;

function rig(files: Record<string, Answer>) {
	const http = new FakeTransfer();
	http.otherwise = Failure.unreachable;
	const tftp = new FakeTransfer();
	for (const [name, answer] of Object.entries(files)) tftp.files.set(name, answer);
	const fetch = new Fetch((overHttp) => (overHttp ? http : tftp));
	const audio = new FakeAudio();
	const log: string[] = [];
	let done = 0;
	const ringer = new Ringer(
		fetch,
		audio,
		(line) => log.push(line),
		() => {
			done += 1;
		},
	);
	fetch.use("10.0.0.1", 69);
	const serve = () => {
		for (let i = 0; i < 10 && (http.serve() || tftp.serve()); i += 1);
	};
	return { ringer, audio, log, serve, tftp, fetch, done: () => done };
}

describe("rings", () => {
	it("are listed when somebody asks, and forgotten after", () => {
		const { ringer, serve, done } = rig({ "Ringlist.xml": list });
		ringer.list();
		serve();
		const { rings } = ringer;
		assert.equal(rings?.count, 2);
		assert.deepEqual(
			[0, 1].map((index) => `${rings?.name(index)} ${rings?.file(index)}`),
			["Chime Chime.raw", "Bass Bass.raw"],
		);
		assert.equal(done(), 1);
		ringer.forget();
		assert.isUndefined(ringer.rings);
	});

	it("are not listed any more when nobody waits for them, or a ring is chosen meanwhile", () => {
		const { ringer, serve, fetch, tftp } = rig({ "Ringlist.xml": list, "Bass.raw": "x".repeat(240) });
		ringer.list();
		ringer.forget();
		assert.isFalse(fetch.busy);
		serve();
		assert.isUndefined(ringer.rings);
		ringer.list();
		ringer.ring("Bass.raw");
		ringer.forget();
		serve();
		assert.equal(ringer.file, "Bass.raw");
		assert.isUndefined(ringer.rings);
		assert.equal(tftp.asked.at(-1), "10.0.0.1:69 Bass.raw");
	});

	it("ring with a file that fits, and with a bell again", () => {
		const { ringer, serve, audio } = rig({ "Bass.raw": "x".repeat(480), "Long.raw": "x".repeat(16080) });
		ringer.ring("Bass.raw");
		serve();
		assert.equal(ringer.file, "Bass.raw");
		ringer.ring("Long.raw");
		serve();
		assert.deepEqual(audio.calls, ["beginRing", "endRing 480", "beginRing", "endRing 16080"]);
		assert.equal(audio.ringParts, 16, "as it arrives, not gathered");
		ringer.bell(1);
		assert.deepEqual([ringer.file, audio.calls[4]], ["", "setBell 1"]);
	});

	it("that are missing, broken or of a wrong length leave the bell", () => {
		for (const answer of [Failure.notFound, "x".repeat(241), { half: "x".repeat(480) }, "", "x".repeat(16320)]) {
			const { ringer, serve, audio, done, fetch } = rig({
				"Bass.raw": answer,
				"Ringlist.xml": "<CiscoIPPhoneRingList><x",
			});
			ringer.ring("Bass.raw");
			serve();
			assert.notInclude(audio.calls.join(), "endRing");
			assert.equal(ringer.file, "");
			ringer.list();
			serve();
			assert.isUndefined(ringer.rings);
			assert.equal(done(), 2);
			assert.isFalse(fetch.busy);
		}
	});

	it("that break off leave the ring of before where there is memory for two, else the bell, and can be had again", () => {
		for (const secondRing of [true, false]) {
			const { ringer, serve, tftp, audio, log } = rig({
				"Bass.raw": "x".repeat(480),
				"Drum.raw": { half: "x".repeat(240) },
			});
			audio.secondRing = secondRing;
			ringer.ring("Bass.raw");
			serve();
			ringer.ring("Drum.raw");
			serve();
			assert.equal(ringer.file, secondRing ? "Bass.raw" : "");
			assert.match(log.at(-1) ?? "", secondRing ? /^Drum\.raw: .*: Bass\.raw rings on$/ : /: the built-in bell rings$/);
			ringer.ring("Bass.raw");
			serve();
			assert.equal(ringer.file, "Bass.raw");
			assert.lengthOf(
				tftp.asked.filter((asked) => asked.endsWith("Bass.raw")),
				secondRing ? 1 : 2,
			);
			assert.deepEqual(audio.calls.slice(0, 3), ["beginRing", "endRing 480", "beginRing"]);
		}
	});

	it("of a wrong length that is announced do not disturb the ring of before, nor those that find no room", () => {
		const { ringer, serve, audio, log } = rig({ "Bass.raw": "x".repeat(480), "Odd.raw": "x".repeat(250) });
		ringer.ring("Bass.raw");
		serve();
		audio.secondRing = false;
		ringer.ring("Odd.raw");
		serve();
		assert.deepEqual(audio.calls, ["beginRing", "endRing 480"]);
		assert.equal(ringer.file, "Bass.raw");
		ringer.bell(1);
		audio.ringRoom = 240;
		ringer.ring("Bass.raw");
		serve();
		assert.equal(ringer.file, "");
		assert.deepEqual(audio.calls.slice(2), ["setBell 1", "beginRing"]);
		assert.equal(log.at(-1), "Bass.raw: no room for it: the built-in bell rings");
	});

	it("leave a configuration on its way alone, and are given up for another ring or a bell", () => {
		const { ringer, serve, tftp, fetch, audio } = rig({
			"SEP.cnf.xml": "whole",
			"Bass.raw": "x".repeat(240),
			"Drum.raw": "x".repeat(480),
		});
		let ends = 0;
		const configuration = { begin() {}, data: () => true, end: () => (ends += 1), failed: assert.fail };
		fetch.get("SEP.cnf.xml", configuration, 1000);
		ringer.ring("Bass.raw");
		serve();
		assert.equal(ends, 1);
		assert.deepEqual(tftp.asked, ["10.0.0.1:69 SEP.cnf.xml"]);
		ringer.ring("Bass.raw");
		ringer.ring("Drum.raw");
		serve();
		assert.equal(ringer.file, "Drum.raw");
		ringer.ring("Bass.raw");
		ringer.ring("Drum.raw");
		serve();
		assert.equal(ringer.file, "Drum.raw");
		ringer.ring("Bass.raw");
		ringer.bell(2);
		serve();
		assert.deepEqual(audio.calls, ["beginRing", "endRing 480", "setBell 2"]);
		assert.isFalse(fetch.busy);
	});

	it("are not asked for while something else is on its way, or before a server is known", () => {
		const { ringer, tftp, fetch } = rig({});
		ringer.ring("Bass.raw");
		ringer.list();
		assert.isTrue(fetch.busy);
		assert.isEmpty(tftp.asked);
		const audio = new FakeAudio();
		new Ringer(new Fetch(() => tftp), audio, assert.fail, assert.fail).list();
		assert.isEmpty(tftp.asked);
	});
});
