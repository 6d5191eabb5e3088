/* A mocha reporter: what mocha's own `spec` prints, then what was pending, then the counts for tools/build/test.mjs. */
import { writeFileSync } from "node:fs";
import mocha from "mocha";
import { mayPend } from "./strict.mjs";

export default class Reporter extends mocha.reporters.Spec {
	constructor(runner, options) {
		super(runner, options);
		const pending = [];
		let excused = 0;
		runner.on("pending", (test) => {
			pending.push(test.fullTitle());
			if (mayPend(test.file)) excused++;
		});
		runner.once("end", () => {
			for (const title of pending) process.stdout.write(`  pending: ${title}\n`);
			const { passes, failures } = runner.stats;
			const path = process.env.LINNET_TEST_COUNTS;
			if (path) writeFileSync(path, JSON.stringify({ passes, failures, pending: pending.length, excused }));
		});
	}
}
