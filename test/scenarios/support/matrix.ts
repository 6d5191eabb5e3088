/*
 * Scenarios: each script of this folder is played on whole phones in each dialect and at versions of all generations of layouts.
 * A script's head says which of these have no such thing:
 *
 *     # without chan_skinny: why that server cannot
 *     # without chan_sccp below 17: why its older layouts cannot
 *
 * The phones are fresh for each, all made by one program (Brood), which takes a tenth of the time; their sound is on a clock of their own, and nothing waits for a time; when the script has been
 * played, phones and call agent are to be as quiet as before it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { assert } from "chai";
import { ScriptAgents } from "../../../tools/call/agents.js";
import { Conductor } from "../../../tools/call/conductor.js";
import { houseDevices } from "../../../tools/call/house.js";
import { castOf, parseScript } from "../../../tools/call/script.js";
import { makeSpeech } from "../../../tools/call/speech.js";
import { sampleRate, wideRate } from "../../../tools/call/wav.js";
import { type DialectName, dialectNames } from "../../../tools/call-agent/options.js";
import { Brood } from "../../../tools/phone/brood.js";
import { deviceName } from "../../../tools/phone/names.js";
import { projectRoot } from "../../../tools/phone/project.js";
import { calls } from "../../../tools/phone/screen.js";
import { firstDevice, registered, timeout } from "../../phones/support/house.js";

export const folder = join(projectRoot, "test/scenarios");

/** One of each generation: fixed texts, texts of any length, wide addresses, the latest. */
export const versions: readonly number[] = Object.freeze([3, 11, 17, 22]);

export interface Scenario {
	/** The file's name without its ending. */
	readonly name: string;
	/** First line of its head. */
	readonly title: string;
	readonly text: string;
	/** Versions below which a dialect has no such thing; Infinity when it has none at all. */
	readonly without: ReadonlyMap<DialectName, number>;
}

/** Reads what a scenario's head says. Throws with the file's name where that is nothing. */
export function readScenario(name: string, text: string): Scenario {
	const head = /^(?:#.*\n)+/.exec(text)?.[0].split("\n") ?? [];
	const title = head[0]?.replace(/^#\s*/, "") ?? "";
	if (title === "") throw new Error(`${name}: a comment that says what it shows is expected first`);
	const without = new Map<DialectName, number>();
	for (const line of head) {
		if (!/^#\s*without\b/.test(line)) continue;
		const [, dialect, below, reason = ""] = /^#\s*without (\w+)(?: below (\d+))?: (.*)$/.exec(line) ?? [];
		if (!dialectNames.includes(dialect as DialectName) || reason.length < 10)
			throw new Error(`${name}: '# without DIALECT [below VERSION]: why' is expected instead of '${line}'`);
		without.set(dialect as DialectName, below === undefined ? Number.POSITIVE_INFINITY : Number(below));
	}
	return { name, title, text, without };
}

export function readScenarios(): Scenario[] {
	const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
	return files.sort().map((file) => readScenario(basename(file, ".txt"), readFileSync(join(folder, file), "utf8")));
}

/** Plays a scenario on phones and call agents of its own; they are to be as quiet as before it in the end. */
export async function play(
	{ name, text }: Pick<Scenario, "name" | "text">,
	dialect: DialectName,
	protocol: number,
	launch?: Brood["launch"],
): Promise<void> {
	const steps = parseScript(text, `${name}.txt`);
	const cast = castOf(steps);
	const agents = await ScriptAgents.start(cast.agents, { dialect, devices: houseDevices(firstDevice, cast.known) });
	const conductor = new Conductor(
		(rate) => makeSpeech(1, rate),
		() => {},
		agents,
	);
	try {
		const stations = await conductor.addPhones(
			Array.from({ length: cast.phones }, (_, index) => ({
				agents: agents.addresses,
				device: deviceName(firstDevice, index),
				pcm: "clock",
				rate: cast.wideband.has(index + 1) ? wideRate : sampleRate,
				protocol,
				...(launch && { launch }),
			})),
		);
		await Promise.all(stations.map(({ phone }) => registered(phone)));
		await agents.settle();
		await conductor.run(steps);
		await agents.settle();
		for (const { phone } of conductor.stations) {
			assert.isEmpty(calls(phone.screen), `calls of ${phone.name}`);
			assert.isAtMost(phone.ringMode, 1, `ringer of ${phone.name}`);
			assert.equal(phone.toneId, 0, `tone of ${phone.name}`);
			const { streams } = await phone.statistics();
			assert.notInclude(
				streams.map(({ open }) => open),
				true,
				`audio streams of ${phone.name}`,
			);
		}
		assert.equal(agents.legs, 0, "sides of calls left in the call agent");
		assert.deepEqual(agents.complaints, []);
	} finally {
		await conductor.close();
		await agents.close();
	}
}

/** Makes the tests of one dialect: one for each scenario and version. */
export function scenarios(dialect: DialectName): void {
	const all = readScenarios();
	for (const version of versions)
		describe(`Scenarios: ${dialect}, version ${version}`, function () {
			this.timeout(4 * timeout);
			let brood: Brood;

			before(async () => {
				brood = await Brood.start();
			});

			after(() => brood.close());

			for (const scenario of all) {
				if (version < (scenario.without.get(dialect) ?? 0)) continue;
				it(`${scenario.name}: ${scenario.title}`, () => play(scenario, dialect, version, brood.launch));
			}
		});
}
