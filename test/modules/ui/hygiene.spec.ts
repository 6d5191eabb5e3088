// No text of a call agent reaches display or log with anything that a terminal or a display would act upon: escape sequences, control
// characters of ASCII and ISO 8859, characters that turn the direction of writing; also where it stands behind a code of the dictionary.
import { isControl } from "base/plain";
import { assert } from "chai";
import { build, Rig } from "../support/rig.js";

/** Texts as octets: they end up beside each other in one field. */
const evil = [
	"\x1b[2J\x1b]0;owned\x07",
	"\x80\x1b[31m",
	"\x1e\x07\x1e\x1b[5m",
	"a\rb\nc\td\x08e",
	"\x9b31mCSI",
	"\xc2\x9b31mCSI",
	"\xe2\x80\xaeturned\xe2\x80\xac",
	"\xef\xbb\xbfmark\xc2\x85line",
	"\x80",
	"x\x80",
	"\x7f\x80\x7f",
];

/** Every string that a value holds. */
function stringsOf(value: unknown, into: string[] = []): string[] {
	if (typeof value === "string") into.push(value);
	else if (Array.isArray(value)) for (const item of value) stringsOf(item, into);
	else if (typeof value === "object" && value !== null)
		for (const key of Object.keys(value)) stringsOf((value as Record<string, unknown>)[key], into);
	return into;
}

function assertPlain(texts: readonly string[], where: string): void {
	for (const text of texts)
		for (let i = 0; i < text.length; i += 1)
			assert.isFalse(isControl(text.charCodeAt(i)), `${where}: ${JSON.stringify(text)}`);
}

/** What the display shows now, the dictionary left out, and what the log has. */
function look(rig: Rig, where: string): void {
	const { screen } = rig;
	const { time, number, buttons, calls, prompt, softkeys, overlay } = screen;
	assertPlain(stringsOf([time, number, buttons, calls, prompt, softkeys, overlay ?? ""]), where);
	assertPlain(rig.log, `${where}, log`);
}

for (const version of [3, 17, 22])
	describe(`what a call agent writes, version ${version}`, () => {
		for (const text of evil)
			it(`shows nothing but writing of ${JSON.stringify(text)}`, () => {
				const rig = new Rig(version, { lineKeys: 6, dateTemplate: text.slice(0, 6) });
				rig.receive(build(0x97, 0, 6, 6, 0x02010901, 0x15020114, 0x13030005));
				// labels of lines, speed dials, features, services
				rig.receive(
					build(0x92, 1, [text, 24], [text, 40], [text, 40], 0),
					build(0x147, 1, 0, [text, 0], [text, 0], [text, 0]),
					build(0x91, 1, [text, 24], [text, 40]),
					build(0x149, 1, [text, 0], [text, 0]),
					build(0x11f, 2, 0x15, [text, 40], 1),
					build(0x146, 2, 0x15, 1, [text, 121]),
					build(0x12f, 1, [text, 256], [text, 40]),
					build(0x148, 1, [text, 0], [text, 0]),
					build(0x94, 2026, 12, 4, 31, 23, 59, 30, 0, 0),
				);
				look(rig, "labels");
				// softkeys
				rig.receive(build(0x108, 0, 1, 1, [text, 16], 1), build(0x109, 0, 1, 1, [String.fromCharCode(1), 48]));
				rig.receive(build(0x110, 0, 0, 0, 0xffffffff));
				look(rig, "softkeys");
				for (const prompt of [
					build(0x112, 0, [text, 32], 0, 0),
					build(0x145, 0, 0, 0, [text, 0]),
					build(0x99, [text, 32]),
					build(0x114, 1, [text, 32]),
					build(0x143, 1, [text, 0]),
					build(0x120, 1, 5, [text, 32]),
					build(0x144, 1, 5, [text, 0]),
				]) {
					rig.receive(prompt);
					look(rig, "prompts");
				}
				rig.clock.advance(3000);
				rig.receive(build(0x90, 1, 1, 1, [text, version < 18 ? 24 : 25], 0, ["", 25], 0, ["", 25]));
				look(rig, "forwards");
				// parties, in both forms, and the lists that they go into
				rig.receive(build(0x111, 4, 1, 7));
				rig.receive(
					version < 8
						? build(
								0x8f,
								[text, 40],
								[text, 24],
								[text, 40],
								[text, 24],
								1,
								7,
								1,
								[text, 40],
								[text, 24],
								[text, 40],
								["9", 24],
							)
						: build(0x14a, 1, 7, 1, 0, 0, 1, 0, 0, ...new Array<[string, number]>(15).fill([text, 0])),
				);
				look(rig, "parties");
				rig.receive(build(0x111, 2, 1, 7));
				rig.clock.advance(2000);
				rig.press("directories");
				look(rig, "directories");
				rig.press("1");
				look(rig, "missed calls");
				rig.press("directories");
				rig.press("directories");
				rig.press("5");
				look(rig, "further lists");
				rig.press("directories", "settings", "7");
				look(rig, "phone information");
				rig.press("settings");
				rig.reject(text);
				look(rig, "rejection");
				rig.press("6");
				assert.equal(rig.screen.overlay?.title, "Status");
				look(rig, "status page");
			});
	});
