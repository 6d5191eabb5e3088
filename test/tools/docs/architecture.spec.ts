/* docs/ARCHITECTURE.md draws what the checks and the machines themselves go by. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plan } from "base/machine";
import { assert } from "chai";
import { ARCHITECTURE, drawPlan, drawRooms, makeArchitecture } from "../../../tools/docs/architecture.js";
import { root } from "../../support/host.js";

describe("the page about the architecture", () => {
	const page = readFileSync(join(root, ARCHITECTURE), "utf8");

	it("is up to date: npm run docs makes its drawings", () => {
		assert.strictEqual(makeArchitecture(root), page);
	});

	it("has its drawings made anew, and nothing else", () => {
		const stale = page.replace("\tstation --> sccp\n", "").replace("\toff --> idle\n", "");
		assert.notStrictEqual(stale, page);
		assert.strictEqual(makeArchitecture(root, stale), page);
		assert.throws(() => makeArchitecture(root, "nothing"), /no place for the drawing/);
	});

	it("draws an arrow for what one room may import of another", () => {
		assert.strictEqual(
			drawRooms({
				limits: [],
				base: ["limits"],
				low: ["base"],
				high: ["low", "limits"],
				app: ["low", "high"],
				main: ["app"],
			}),
			"flowchart TD\n\thigh --> low\n\tmain --> app\n\tapp --> high",
		);
	});

	it("draws states by their names, without what leads everywhere", () => {
		const machine = plan({ off: 0, inUse: 1, broken: 2 }, [[1], [0, 2], [0]]);
		assert.strictEqual(
			drawPlan(machine, ["off"]),
			"stateDiagram-v2\n\t[*] --> off\n\tinUse: in use\n\toff --> inUse\n\tinUse --> broken",
		);
	});

	it("has a line for each room under modules", () => {
		for (const entry of readdirSync(join(root, "modules"), { withFileTypes: true })) {
			if (entry.isDirectory()) assert.include(page, `| [${entry.name}](../modules/${entry.name}) |`);
		}
	});
});
