/* The command line of npm run farm. */
import { assert } from "chai";
import { Farm } from "../../../tools/farm/farm.js";
import { parseOptions, UsageError } from "../../../tools/farm/options.js";

const wrong: readonly (readonly [words: string, message: RegExp])[] = [
	["--phones 0", /--phones takes a whole number from 1 to 10000, not '0'/],
	["--phones 2.5", /--phones takes a whole number/],
	["--calls-per-second 0", /--calls-per-second takes a number from 0\.01 to 1000, not '0'/],
	["--calls-per-second 1e2", /--calls-per-second takes a number/],
	["--agent a/b", /--agent takes HOST, HOST:PORT, development or sccp-protocol, not 'a\/b'/],
	["--dialect asterisk", /--dialect takes callmanager, chan_skinny, chan_sccp, not 'asterisk'/],
	["--dialect chan_sccp --agent 127.0.0.1", /--dialect is for the development call agent/],
	["--device SEP1", /--device takes SEP and 12 hexadecimal digits, not 'SEP1'/],
	["--protocol 4", /--protocol takes 3, 8, 11, 15, 17, 20, 22, not '4'/],
	["--number 12a", /--number takes 1 to 24 of 0-9, \* and #, not '12a'/],
	["--media noise", /--media takes none, tone or a WAVE file, not 'noise'/],
	["--media package.json", /--media: package\.json/],
	["--rate 3", /Unknown option '--rate'/],
];

describe("options of a farm in a program", () => {
	const some = { agent: "127.0.0.1:1", phones: 1 };

	for (const options of [{ phones: 0 }, { phones: 1.5 }, { atOnce: 0 }, { atOnce: Number.NaN }, { patience: -1 }])
		it(`are refused: ${Object.entries(options).join()}`, async () => {
			const [name = ""] = Object.keys(options);
			const refused = await Farm.start({ ...some, ...options }).catch((error: Error) => error);
			assert.instanceOf(refused, RangeError);
			assert.include((refused as Error).message, `${name}: `);
		});
});

describe("command line of a farm", () => {
	it("has defaults for all, and starts a call agent of its own", () => {
		const { phones, agent, own, dialect, callsPerSecond, media } = parseOptions([]);
		assert.deepEqual(
			{ phones, agent, own, dialect, callsPerSecond, media },
			{ phones: 100, agent: undefined, own: "development", dialect: "callmanager", callsPerSecond: 5, media: "none" },
		);
		assert.equal(parseOptions(["--agent", "sccp-protocol"]).own, "sccp-protocol");
	});

	it("takes a call agent by name, and those that it may be", () => {
		const options = parseOptions("--agent pbx.example:2001 --allow pbx.example --calls-per-second .5".split(" "));
		assert.equal(options.agent, "pbx.example:2001");
		assert.deepEqual(options.allow, ["pbx.example"]);
		assert.equal(options.callsPerSecond, 0.5);
	});

	for (const [words, message] of wrong)
		it(`refuses ${words}`, () => {
			assert.throws(() => parseOptions(words.split(" ")), UsageError, message);
		});
});
