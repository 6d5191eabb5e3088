// Rings of the server: the list, the files, and what is wrong with either.
import { assert } from "chai";
import { Failure } from "net/transfer";
import { Errands } from "provisioning/errands";
import { Ringer } from "provisioning/ringer";
import { inEnglish } from "../support/english.js";
import { FakeAudio, FakeClock } from "../support/fakes.js";
import { type Answer, fetchOver } from "../support/provisioning.js";

const list = `<CiscoIPPhoneRingList>
	<Ring><DisplayName>Chime</DisplayName><FileName>Chime.raw</FileName></Ring>
	<Ring><DisplayName>Bass</DisplayName><FileName>Bass.raw</FileName></Ring>
</CiscoIPPhoneRingList>`;

function rig(files: Record<string, Answer>) {
	const clock = new FakeClock();
	const { fetch, http, tftp } = fetchOver(files);
	const audio = new FakeAudio();
	const log: string[] = [];
	let changes = 0;
	const host = {
		callsUp: () => false,
		fetched: () => fetch.release(),
		random: () => 0.5,
		rung: () => {
			changes += 1;
		},
		log: (line: string) => log.push(line),
	};
	const errands = new Errands(fetch, clock, host);
	const ringer = new Ringer(errands, audio, host);
	errands.add(ringer);
	fetch.use("10.0.0.1", 69);
	errands.resume();
	const serve = () => {
		do clock.advance(1);
		while (http.serve() || tftp.serve());
	};
	return { ringer, audio, log, serve, tftp, fetch, clock, errands, changes: () => changes };
}

describe("rings", () => {
	it("are listed when somebody asks, and forgotten after", () => {
		const { ringer, serve, changes } = rig({ "Ringlist.xml": list });
		ringer.list();
		serve();
		const { rings } = ringer;
		assert.equal(rings?.count, 2);
		assert.deepEqual(
			[0, 1].map((index) => `${rings?.name(index)} ${rings?.file(index)}`),
			["Chime Chime.raw", "Bass Bass.raw"],
		);
		assert.equal(changes(), 1);
		ringer.forget();
		assert.isUndefined(ringer.rings);
	});

	it("are not listed any more when nobody waits for them, or a ring is chosen meanwhile", () => {
		const { ringer, serve, fetch, tftp, clock } = rig({ "Ringlist.xml": list, "Bass.raw": "x".repeat(240) });
		ringer.list();
		clock.advance(1);
		assert.isTrue(fetch.busy);
		ringer.forget();
		assert.isFalse(fetch.busy);
		serve();
		assert.isUndefined(ringer.rings);
		ringer.list();
		clock.advance(1);
		ringer.ring("Bass.raw");
		ringer.forget();
		serve();
		assert.equal(ringer.playing, "Bass.raw");
		assert.isUndefined(ringer.rings);
		assert.equal(tftp.asked.at(-1), "10.0.0.1:69 Bass.raw");
	});

	it("ring with a file that fits, and with a bell again", () => {
		const { ringer, serve, audio } = rig({ "Bass.raw": "x".repeat(480), "Long.raw": "x".repeat(16080) });
		ringer.ring("Bass.raw");
		serve();
		assert.equal(ringer.playing, "Bass.raw");
		ringer.ring("Long.raw");
		serve();
		assert.deepEqual(audio.calls, ["beginRing", "endRing 480", "beginRing", "endRing 16080"]);
		assert.equal(audio.ringParts, 64, "as it arrives, not gathered");
		ringer.bell(1);
		assert.deepEqual([ringer.playing, audio.calls[4]], ["", "setBell 1"]);
		ringer.ring("Long.raw");
		serve();
		assert.equal(ringer.playing, "Long.raw", "the same ring, asked for soon after");
	});

	it("that are missing or no sound leave the bell and say why", () => {
		const page = "<html><head><title>404</title></head><body>Not Found</body></html>";
		for (const [answer, problem] of [
			[Failure.notFound, "no such file"],
			[{ half: "x".repeat(480) }, "the server fell silent"],
			["", "it is empty"],
			[page, "it is a page or another text: mu-law, 8000 Hz, 1 channel is expected"],
		] as const) {
			const { ringer, serve, audio, changes, fetch, log } = rig({
				"Bass.raw": answer,
				"Ringlist.xml": "<CiscoIPPhoneRingList><x",
			});
			ringer.ring("Bass.raw");
			serve();
			assert.notInclude(audio.calls.join(), "endRing");
			assert.equal(ringer.playing, "");
			assert.equal(inEnglish(ringer.problem), "This ring cannot be played: Bass.raw");
			assert.equal(log.at(-1), `Bass.raw: not to be had: ${problem}: the built-in bell rings`);
			ringer.list();
			serve();
			assert.isUndefined(ringer.rings);
			assert.equal(changes(), 2);
			assert.isFalse(fetch.busy);
			ringer.bell(0);
			assert.equal(ringer.problem, "");
		}
	});

	it("of any length ring, and of those that are longer than there is room what is in front", () => {
		for (const octets of [1, 79, 241, 4000, 12_006, 16_296, 16_400, 16_401, 100_001]) {
			const { ringer, serve, audio, log } = rig({ "Bass.raw": "~".repeat(octets) });
			ringer.ring("Bass.raw");
			serve();
			const cut = octets > audio.ringRoom;
			assert.deepEqual(audio.calls, ["beginRing", `endRing ${cut ? audio.ringRoom : octets}`]);
			assert.deepEqual([ringer.playing, ringer.problem], ["Bass.raw", ""]);
			assert.deepEqual(log, [`rings with Bass.raw${cut ? ", the first 16400 octets of it: it is longer" : ""}`]);
		}
	});

	it("are listed under another name, and from a broken list those in front", () => {
		const { ringer, serve, tftp, log } = rig({
			"ringlist.xml": list.replace("</CiscoIPPhoneRingList>", "<Ring><x</Ring>"),
		});
		ringer.list();
		serve();
		assert.equal(ringer.rings?.count, 2);
		assert.deepEqual(
			tftp.asked.map((asked) => asked.split(" ")[1]),
			["Ringlist.xml", "RINGLIST.XML", "RingList.xml", "ringlist.xml"],
		);
		assert.match(log.at(-1) ?? "", /^ringlist\.xml: line 4: .*: the 2 rings in front of it can be chosen$/);
	});

	it("are asked for under no other name where there is no way to the server", () => {
		const { ringer, serve, tftp, changes } = rig({ "Ringlist.xml": Failure.unreachable });
		ringer.list();
		serve();
		assert.lengthOf(tftp.asked, 1);
		assert.equal(changes(), 1);
	});

	it("that are left out of the list are counted", () => {
		const { ringer, serve, log } = rig({
			"Ringlist.xml": list.replace("<FileName>Bass.raw</FileName>", ""),
		});
		ringer.list();
		serve();
		assert.equal(ringer.rings?.count, 1);
		assert.equal(log.at(-1), "Ringlist.xml: 1 rings; 1 without a file or too many are left out");
	});

	it("that break off leave the ring of before where there is memory for two, else the bell until it has come again", () => {
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
			const told = log.find((line) => line.startsWith("Drum.raw: not to be had: "));
			assert.match(told ?? "", secondRing ? /: Bass\.raw rings on$/ : /: the built-in bell rings$/);
			assert.equal(ringer.playing, "Bass.raw", "again, by itself where it had to go");
			assert.lengthOf(
				tftp.asked.filter((asked) => asked.endsWith("Bass.raw")),
				secondRing ? 1 : 2,
			);
			assert.deepEqual(audio.calls.slice(0, 3), ["beginRing", "endRing 480", "beginRing"]);
		}
	});

	it("that are no sound do not disturb the ring of before, nor do those that find no room", () => {
		const { ringer, serve, audio, log } = rig({
			"Bass.raw": "x".repeat(480),
			"Page.raw": `<!DOCTYPE html>\n${" ".repeat(300)}`,
			"Short.raw": "<html>no such ring",
		});
		ringer.ring("Bass.raw");
		serve();
		audio.secondRing = false;
		for (const file of ["Page.raw", "Short.raw"]) {
			ringer.ring(file);
			serve();
			assert.deepEqual(audio.calls, ["beginRing", "endRing 480"]);
			assert.equal(ringer.playing, "Bass.raw");
			assert.match(
				log.at(-1) ?? "",
				new RegExp(`^${file}: not to be had: it is a page or another text.*: Bass.raw rings on$`),
			);
		}
		ringer.bell(1);
		audio.ringRoom = 0;
		ringer.ring("Bass.raw");
		serve();
		assert.equal(ringer.playing, "");
		assert.deepEqual(audio.calls.slice(2), ["setBell 1", "beginRing", "endRing 0"]);
		assert.deepEqual(log.slice(-2), [
			"Bass.raw: no room for it; asked for again in 60 s",
			"Bass.raw: not to be had: no room for it: the built-in bell rings",
		]);
	});

	it("are given up for another ring or a bell, and come by themselves in their turn", () => {
		const { ringer, serve, clock, fetch, audio, errands } = rig({
			"Bass.raw": "x".repeat(240),
			"Drum.raw": "x".repeat(480),
		});
		ringer.keep("Bass.raw");
		errands.resume();
		serve();
		assert.equal(ringer.playing, "Bass.raw");
		ringer.bell(0);
		ringer.ring("Bass.raw");
		clock.advance(1);
		ringer.ring("Drum.raw");
		serve();
		assert.equal(ringer.playing, "Drum.raw");
		ringer.ring("Bass.raw");
		clock.advance(1);
		ringer.ring("Drum.raw");
		serve();
		assert.equal(ringer.playing, "Drum.raw");
		ringer.ring("Bass.raw");
		clock.advance(1);
		ringer.bell(2);
		serve();
		assert.deepEqual(audio.calls, ["beginRing", "endRing 240", "setBell 0", "beginRing", "endRing 480", "setBell 2"]);
		assert.isFalse(fetch.busy);
	});

	it("that are chosen and cannot be played say why, and leave what was to ring before", () => {
		const { ringer, serve, audio } = rig({ "Bass.raw": "x".repeat(240) });
		ringer.keep("Bass.raw");
		ringer.ring("Bass.raw");
		serve();
		assert.deepEqual([ringer.playing, ringer.problem], ["Bass.raw", ""]);
		ringer.ring("None.raw");
		serve();
		assert.equal(inEnglish(ringer.problem), "This ring cannot be played: None.raw");
		assert.equal(ringer.playing, "Bass.raw");
		assert.equal(ringer.file(0), "", "nothing else is asked for");
		// what is kept comes again by itself where there was memory for one ring only
		audio.secondRing = false;
		ringer.ring("None.raw");
		assert.equal(ringer.problem, "", "it has still to come");
		ringer.keep("Bass.raw");
		assert.equal(ringer.file(0), "None.raw", "one that has been chosen goes before what the configuration has kept");
		serve();
		assert.equal(inEnglish(ringer.problem), "This ring cannot be played: None.raw");
		ringer.bell(2);
		assert.deepEqual([ringer.playing, ringer.problem, ringer.file(0)], ["", "", ""]);
	});

	it("say why only to those who have chosen them, once, also where they were kept and did not come", () => {
		const { ringer, serve, clock, tftp } = rig({ "Ringlist.xml": list });
		ringer.keep("Bass.raw");
		serve();
		assert.equal(ringer.problem, "", "nobody waits for it");
		ringer.ring("Bass.raw");
		serve();
		assert.equal(inEnglish(ringer.problem), "This ring cannot be played: Bass.raw");
		ringer.list();
		assert.equal(ringer.problem, "");
		serve();
		ringer.ring("Bass.raw");
		serve();
		const { length } = tftp.asked;
		clock.advance(90_000_000);
		serve();
		assert.deepEqual(tftp.asked.slice(length), ["10.0.0.1:69 Bass.raw"]);
		assert.equal(ringer.problem, "", "it is asked for again by itself");
	});
});
