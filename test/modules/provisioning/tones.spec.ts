// Tones of a network locale: the file of the server, what is wrong with some, and what is played without one.
import { assert } from "chai";
import { Failure } from "net/transfer";
import { XmlDocument } from "provisioning/document";
import { Errands } from "provisioning/errands";
import { Fetch } from "provisioning/fetch";
import { ToneFile } from "provisioning/tone-file";
import { Tones } from "provisioning/tones";
import { XmlReader } from "xml/reader";
import { FakeAudio, FakeClock } from "../support/fakes.js";
import { FakeTransfer } from "../support/provisioning.js";
import { utf8 } from "../support/xml.js";

/** 1 kHz and 2 kHz, as a resonator has them, with an amplitude of 1000. */
const kilohertz = 'c1="23170" i1="-707"';
const two = 'c2="0" i2="-1000"';
const sound = (time: number): string => `<part m="on" t="${time}"/>`;
const pause = (time: number): string => `<part m="off" t="${time}"/>`;
const tone = (type: string, attributes: string, ...parts: string[]): string =>
	`<tone ${attributes} t="${type}">${parts.join("\n")}</tone>`;
const file = (...tones: string[]): string => `<tones>\n${tones.join("\n")}\n</tones>`;

function read(text: string) {
	const content = new ToneFile();
	const document = new XmlDocument(new XmlReader(), content);
	const octets = utf8(text);
	for (let at = 0; at < octets.length; at += 23) document.data(octets.subarray(at, at + 23));
	const problem = document.end();
	const steps: string[] = [];
	for (let at = 0; at < content.table.length; at += 12) steps.push(content.table.subarray(at, at + 12).join(" "));
	return { problem, steps, count: content.count };
}

describe("file of tones", () => {
	it("has frequencies, levels and cadences of the tones that it names", () => {
		const { problem, steps, count } = read(
			file(
				"<trkLocaleName>Somewhere</trkLocaleName>",
				tone("busy", `${kilohertz} d="1"`, sound(480), pause(480), '<repeat c="65535"/>'),
				tone("idial", `${kilohertz} ${two} d="2"`, sound(65535)),
				tone("odial", `${kilohertz} ${two} d="17"`, sound(200), pause(300), sound(700), pause(0), sound(50)),
				tone("ringing", `${kilohertz}`, sound(375), pause(375), '<repeat c="3"/>'),
				tone("securewarning", "", sound(1)),
			),
		);
		assert.strictEqual(problem, "");
		assert.strictEqual(count, 4);
		assert.deepEqual(steps, [
			"2 0 0 48 1000 0 0 0 1000 0 0 0",
			"2 0 0 48 0 0 0 0 0 0 0 0",
			"0 0 0 0 1000 2000 0 0 1000 1000 0 0",
			// each part has a generator of its own, the third that of the one before
			"1 0 0 20 1000 0 0 0 1000 0 0 0",
			"1 0 0 30 0 0 0 0 0 0 0 0",
			"1 0 0 70 2000 0 0 0 1000 0 0 0",
			"1 0 0 5 2000 0 0 0 1000 0 0 0",
			// rounded such that the period is right
			"3 0 3 38 1000 0 0 0 1000 0 0 0",
			"3 0 3 37 0 0 0 0 0 0 0 0",
		]);
	});

	it("has a first part that is played more often than the rest", () => {
		const parts = [sound(100), pause(100), sound(65535)];
		const stutter = tone("amwi", kilohertz, ...parts, '<repeat c="65535" pc1="3" pc2="65535"/>');
		const { steps } = read(file(stutter));
		assert.lengthOf(steps, 7);
		assert.strictEqual(steps[0], "5 6 0 10 1000 0 0 0 1000 0 0 0");
		assert.strictEqual(steps[6], "5 6 0 0 1000 0 0 0 1000 0 0 0");
		const counted = tone(
			"amwi",
			kilohertz,
			sound(100),
			pause(100),
			sound(500),
			pause(500),
			'<repeat pc1="2" pc2="3"/>',
		);
		assert.deepEqual(
			read(file(counted)).steps.map((step) => step.split(" ").slice(1, 4).join(" ")),
			["0 0 10", "0 0 10", "0 0 10", "0 0 10", ...Array.from({ length: 6 }, () => "0 0 50")],
		);
		const plain = tone("amwi", kilohertz, sound(333), pause(0), sound(333), '<repeat c="2" pc1="0" pc2="65535"/>');
		assert.deepEqual(
			read(file(plain)).steps.map((step) => step.split(" ").slice(1, 4).join(" ")),
			["0 2 33", "0 2 34"],
		);
	});

	it("sounds like the part before where a part's generators are not there", () => {
		const beeps = [sound(1500), pause(8000), sound(500), pause(8000)];
		const { problem, steps } = read(file(tone("monitoring", `${kilohertz} d="17"`, ...beeps)));
		assert.strictEqual(problem, "");
		assert.deepEqual(steps, [
			"9 0 0 150 1000 0 0 0 1000 0 0 0",
			"9 0 0 800 0 0 0 0 0 0 0 0",
			"9 0 0 50 1000 0 0 0 1000 0 0 0",
			"9 0 0 800 0 0 0 0 0 0 0 0",
		]);
		const three = tone("busy", `${kilohertz} ${two} d="529"`, sound(100), sound(200), sound(300));
		assert.deepEqual(read(file(three)).steps, [
			"2 0 0 10 1000 0 0 0 1000 0 0 0",
			"2 0 0 20 2000 0 0 0 1000 0 0 0",
			"2 0 0 30 2000 0 0 0 1000 0 0 0",
		]);
	});

	it("is taken with what real ones have: a byte order mark, a slip of the pen, a tone twice, another order", () => {
		const text = file(
			`<tone t="busy" d="1" i1="-707" c1="23170"><part t="500" m="on" /><part t="50" m="of"></part></tone>`,
			tone("busy", kilohertz, sound(100)),
			"<!-- more -->",
		);
		const { problem, steps } = read(`\ufeff${text}`);
		assert.strictEqual(problem, "");
		assert.deepEqual(steps, ["2 0 0 50 1000 0 0 0 1000 0 0 0", "2 0 0 5 0 0 0 0 0 0 0 0"]);
	});

	it("takes no longer for rounds of nothing, however many it asks for", () => {
		const content = new ToneFile();
		let runs = 0;
		const run = Reflect.get(content, "run") as (...given: unknown[]) => boolean;
		Reflect.set(content, "run", (...given: unknown[]) => {
			runs += 1;
			return run.apply(content, given);
		});
		const nothing = [sound(0), pause(0)];
		const repeat = '<repeat pc1="65534" pc2="65534"/>';
		const document = new XmlDocument(new XmlReader(), content);
		document.data(utf8(file(tone("busy", kilohertz, ...nothing, ...nothing, repeat))));
		assert.strictEqual(document.end(), "line 6: a tone without a sound");
		assert.isAtMost(runs, 130);
	});

	it("is refused whole with its line where something is wrong with it", () => {
		const busy = (attributes: string, ...parts: string[]): string => file(tone("busy", attributes, ...parts));
		for (const [text, problem] of [
			["<Tones/>", "line 1: <tones> is expected, not <Tones>"],
			["<tones></tones>", "line 1: no tone is in it that this phone plays"],
			[file(tone("unheard", kilohertz, sound(1))), "line 3: no tone is in it that this phone plays"],
			[busy("", sound(500)), "line 2: tone busy has no c1 and i1: what it is made of is expected"],
			[busy('c1="23170"', sound(500)), "line 2: tone busy: c1 and i1 are expected to be two whole numbers up to 32768"],
			[
				busy('c1="23170" i1="-40000"', sound(500)),
				"line 2: tone busy: c1 and i1 are expected to be two whole numbers up to 32768",
			],
			[
				busy('c1="1e999" i1="-7"', sound(500)),
				"line 2: tone busy: c1 and i1 are expected to be two whole numbers up to 32768",
			],
			[
				busy('c1="32768" i1="-707"', sound(500)),
				"line 2: tone busy: c1 32768 and i1 -707 are 0 Hz of amplitude Infinity: 1-3999 Hz of 1-32767 are expected",
			],
			[
				busy('c1="-32768" i1="0"', sound(500)),
				"line 2: tone busy: c1 -32768 and i1 0 are 4000 Hz of amplitude 0: 1-3999 Hz of 1-32767 are expected",
			],
			[
				busy('c1="23170" i1="-30000"', sound(500)),
				"line 2: tone busy: c1 23170 and i1 -30000 are 1000 Hz of amplitude 42426: 1-3999 Hz of 1-32767 are expected",
			],
			[
				busy('c1="0" i1="-20000" c2="0" i2="-20000" d="2"', sound(500)),
				"line 2: amplitudes of 40000 in all are too loud: 32767 at most is expected",
			],
			[busy(`${kilohertz} d="2"`, sound(500)), "line 2: d is 2: 1 generators are too few for that"],
			[busy(`${kilohertz} d="16"`, sound(500)), "line 2: d is 16: 1 generators are too few for that"],
			[busy(kilohertz, sound(500), '<part m="loud" t="3"/>'), 'line 3: m is "loud": on or off is expected'],
			[busy(kilohertz, sound(500), '<part m="on"/>'), "line 3: t is expected to be 0-65535 milliseconds"],
			[busy(kilohertz, sound(500), sound(65536)), "line 3: t is expected to be 0-65535 milliseconds"],
			[busy(kilohertz, sound(500), pause(-1)), "line 3: t is expected to be 0-65535 milliseconds"],
			[busy(kilohertz, pause(500)), "line 2: a tone without a sound"],
			[busy(kilohertz), "line 2: a tone without a sound"],
			[busy(kilohertz, ...Array.from({ length: 17 }, () => sound(10))), "line 18: a tone has more than 16 parts"],
			[
				busy(kilohertz, sound(10), pause(10), sound(10), '<repeat pc1="65534" pc2="65535"/>'),
				"line 5: tones of more than 64 steps",
			],
			[
				`<tones><tone c1=\u201d31538\u2033 i1=\u201d-780\u2033 t=\u201dodial\u201d/></tones>`,
				"line 1: a quote is expected behind '=', not ",
			],
			["<html><body>404</body></html>", "line 1: <tones> is expected, not <html>"],
			[file(tone("busy", kilohertz, sound(500))).slice(0, -9), "line 2: </tones> is missing: the file ends here"],
		] as const) {
			const found = read(text);
			assert.include(found.problem, problem);
			assert.isEmpty(found.steps);
			assert.strictEqual(found.count, 0);
		}
	});
});

/** The tones of a phone whose server is a fake. */
function rig() {
	const clock = new FakeClock();
	const transfer = new FakeTransfer();
	const fetch = new Fetch(() => transfer);
	const audio = new FakeAudio();
	const log: string[] = [];
	const host = {
		callsUp: () => false,
		fetched: () => fetch.release(),
		random: () => 0.5,
		openXml: () => new XmlReader(),
		log: (line: string) => log.push(line),
	};
	const errands = new Errands(fetch, clock, host);
	let tones: Tones | undefined;
	fetch.use("10.0.0.1", 69);
	const play = (locale: string): string[] => {
		transfer.asked.length = 0;
		if (tones !== undefined) errands.remove(tones);
		tones = new Tones(audio, host, locale);
		errands.add(tones);
		errands.resume();
		do clock.advance(1);
		while (transfer.serve());
		return transfer.asked.map((asked) => asked.split(" ")[1] as string);
	};
	/** What is asked for within a day after. */
	const later = (): string[] => {
		transfer.asked.length = 0;
		clock.advance(100_000_000);
		return transfer.asked.map((asked) => asked.split(" ")[1] as string);
	};
	return { transfer, audio, log, play, later };
}

describe("tones of the network locale", () => {
	const good = file(tone("busy", kilohertz, sound(480), pause(480)));

	it("are those of its file, once it has come", () => {
		const { transfer, audio, log, play, later } = rig();
		transfer.files.set("Netherlands/g3-tones.xml", good);
		assert.deepEqual(play("Netherlands"), ["Netherlands/g3-tones.xml"]);
		assert.strictEqual(audio.locale, 0);
		assert.deepEqual(audio.tones, [2, 0, 0, 48, 1000, 0, 0, 0, 1000, 0, 0, 0, 2, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 0]);
		assert.deepEqual(log, ["Netherlands/g3-tones.xml: 1 tones are played"]);
		assert.isEmpty(later(), "which are there");
		play("Germany");
		assert.strictEqual(audio.locale, 49);
		assert.isEmpty(audio.tones, "not those of another country");
		assert.isEmpty(play(""));
		assert.strictEqual(audio.locale, 0);
	});

	it("are the built-in ones in place of those that are too low to be heard", () => {
		const { transfer, audio, log, play } = rig();
		// 24 Hz; 24 Hz with 1 kHz
		const low = 'c1="32762" i1="-113"';
		const ringing = tone("ringing", `${low} d="1"`, sound(1500), pause(3000));
		transfer.files.set("Vietnam/g3-tones.xml", file(ringing, tone("busy", kilohertz, sound(480), pause(480))));
		play("Vietnam");
		assert.deepEqual(audio.tones, [2, 0, 0, 48, 1000, 0, 0, 0, 1000, 0, 0, 0, 2, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 0]);
		assert.deepEqual(log, [
			"Vietnam/g3-tones.xml: 1 tones are played; 1 too low to be heard: the built-in ones in their place",
		]);
		assert.strictEqual(read(file(tone("ringing", `${low} c2="23170" i2="-707" d="2"`, sound(1500)))).count, 1);
		assert.include(read(file(ringing)).problem, "no tone is in it that this phone plays");
	});

	it("are those of the older file, and the built-in ones where there is none", () => {
		const { transfer, audio, log, play, later } = rig();
		transfer.files.set("Poland/7960-tones.xml", good);
		play("Poland");
		assert.isNotEmpty(audio.tones);
		play("France");
		assert.strictEqual(audio.locale, 33);
		assert.isEmpty(audio.tones);
		assert.notInclude(log.join(), "United_States");
		assert.deepEqual(later(), ["France/g3-tones.xml"], "once more in a day");
		play("Elsewhere");
		assert.strictEqual(log.at(-1), "networkLocale Elsewhere has no tones here: those of United_States are played");
	});

	it("are the built-in ones where the file is broken, with its line and what is wrong", () => {
		const { transfer, audio, log, play } = rig();
		transfer.files.set("Germany/g3-tones.xml", file(tone("busy", 'c1="23170" i1="-30000"', sound(480))));
		play("Germany");
		assert.isEmpty(audio.tones);
		assert.strictEqual(audio.locale, 49);
		assert.match(log[1] ?? "", /^Germany\/g3-tones\.xml: line 2: tone busy: .* are expected$/);
		transfer.files.set("Japan/g3-tones.xml", Failure.unreachable);
		assert.notInclude(play("Japan").join(), "7960", "a server that there is no way to");
	});
});
