/*
 * The script language of headless calls: what its steps mean, and errors that name file and line.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { callScript, castOf, parseScript, parseTime, readScript, ScriptError } from "../../tools/call/script.js";
import { deviceName } from "../../tools/phone/names.js";
import { projectRoot } from "../../tools/phone/project.js";

describe("Scripts", () => {
	it("are read step by step with phone, place and text", () => {
		const steps = parseScript(
			"# a comment\n\nkey 6\n  phone 2: hook off # lifts\nkeys 12*#\nkey #\nkey line2 down",
			"a.txt",
		);
		const texts = steps.map(({ phone, where, text }) => [phone, where, text]);
		assert.deepEqual(texts, [
			[1, "a.txt:3", "key 6"],
			[2, "a.txt:4", "phone 2: hook off"],
			[1, "a.txt:5", "keys 12*#"],
			[1, "a.txt:6", "key #"],
			[1, "a.txt:7", "key line2 down"],
		]);
		assert.deepInclude(steps[1], { do: "hook", off: true });
		assert.deepInclude(steps[2], { do: "keys", digits: "12*#" });
		assert.deepInclude(steps[3], { do: "key", name: "#", direction: undefined });
		assert.deepInclude(steps[4], { do: "key", name: "line2", direction: "down" });
	});

	it("know times and texts", () => {
		const [wait, plain, quoted, sleep, softkey] = parseScript(
			'wait connected 250ms\nwait prompt Enter number\nwait prompt "5s" 1s\nsleep 1.5s\nsoftkey End Call',
			"a.txt",
		);
		assert.deepInclude(wait, { do: "wait", milliseconds: 250 });
		assert.deepInclude(plain, { do: "wait", milliseconds: 30_000 });
		assert.strictEqual(plain?.do === "wait" && plain.condition.what, "prompt 'Enter number'");
		assert.strictEqual(quoted?.do === "wait" && quoted.condition.what, "prompt '5s'");
		assert.deepInclude(sleep, { do: "sleep", milliseconds: 1500 });
		assert.deepInclude(softkey, { do: "softkey", label: "End Call" });
		assert.strictEqual(parseTime("5"), undefined);
	});

	const wrong: [string, RegExp][] = [
		["jump", /^a\.txt:2: unknown step 'jump'/],
		["key 66", /unknown key '66'/],
		["key 6 sideways", /'sideways' after a key/],
		["keys 6x", /digits/],
		["hook", /off or on/],
		["softkey", /label/],
		["wait", /unknown condition ''/],
		["wait tea", /unknown condition 'tea'/],
		["wait connected now", /'now' after 'connected'/],
		["expect lamp line9 on", /line1-line8/],
		["expect lamp line1 bright", /lamp needs one of off, on/],
		["expect ring loud", /on or off/],
		["wait calls many", /number/],
		["wait prompt", /text/],
		["sleep long", /time/],
		["play", /time/],
		["phone 17: hook on", /phone 1 to 16/],
		["hear", /numbers of phones, or nothing/],
		["hear 2 nothing", /numbers of phones, or nothing/],
		["agent: jump", /unknown order 'jump': stop, start, reset/],
		["agent: stop 1001", /'1001' after 'stop'/],
		["agent 6: stop", /agent 1 to 5/],
		["wait not", /unknown condition ''/],
		["wait call ringing", /call, behind its state, needs a text/],
		["wait call loud Alice", /call needs one of/],
		["wait icon 1 cow", /icon, behind its number, needs one of none/],
		["wait button Echo", /button needs a number/],
		["wait messages", /on or off/],
		["wideband 1", /'1' after 'wideband'/],
	];
	for (const [line, message] of wrong) {
		it(`refuse '${line}'`, () => {
			assert.throws(() => parseScript(`hook off\n${line}`, "a.txt"), ScriptError, message);
		});
	}

	it("are not empty", () => {
		assert.throws(() => parseScript("# nothing\n", "a.txt"), ScriptError, "a.txt: no steps in it");
	});

	it("that are not there are said not to be", () => {
		assert.throws(() => readScript("/nowhere/a.txt"), ScriptError, "/nowhere/a.txt: no such file");
	});

	it("name the phones and call agents that they need", () => {
		const cast = (text: string) => {
			const { agents, phones, wideband } = castOf(parseScript(text, "a.txt"));
			return [phones, agents, ...wideband];
		};
		assert.deepEqual(cast("hook off"), [1, 1]);
		assert.deepEqual(cast("phone 3: hook off\nagent 2: stop"), [3, 2]);
		assert.deepEqual(cast("wait agent 4\nhear 2 5"), [5, 4]);
		assert.deepEqual(cast("wideband\nhook off\nphone 3: wideband"), [3, 1, 1, 3], "phones 1 and 3 are wideband");
		const [order] = parseScript("  agent 2: drop 1001", "a.txt");
		assert.deepInclude(order, { do: "agent", agent: 2, words: ["drop", "1001"], text: "agent 2: drop 1001" });
	});

	it("make a plain call that dials and plays", () => {
		const steps = callScript("600", 2, 15);
		assert.isTrue(steps.some((step) => step.do === "keys" && step.digits === "600"));
		assert.isTrue(steps.some((step) => step.do === "play" && step.milliseconds === 2000));
	});

	it("given as examples can all be read", () => {
		const folder = join(projectRoot, "tools/call/scripts");
		const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
		assert.isNotEmpty(files);
		for (const file of files) assert.isNotEmpty(readScript(join(folder, file)), file);
	});
});

describe("Device names", () => {
	it("count up from the first", () => {
		assert.strictEqual(deviceName("SEP001122334455", 0), "SEP001122334455");
		assert.strictEqual(deviceName("SEP0011223344FF", 1), "SEP001122334500");
	});
});
