// Two panels of one tree do not share what their phones keep.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { claimFolder } from "../../../tools/panel/claim.js";

describe("the folder of a panel's phones", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-claim-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it("is one for each that runs, and free again when it ends", () => {
		const first = claimFolder(folder);
		const second = claimFolder(folder);
		const third = claimFolder(folder);
		assert.deepEqual([first.turn, second.turn, third.turn], [1, 2, 3]);
		assert.deepEqual([first.folder, second.folder, third.folder], [folder, join(folder, "2"), join(folder, "3")]);
		second.release();
		assert.strictEqual(claimFolder(folder).turn, 2);
		first.release();
		assert.strictEqual(claimFolder(folder).turn, 1);
		assert.deepEqual(readdirSync(folder).sort(), ["2", "3", "in-use"], "nothing is left of how it was claimed");
	});

	it("is free where who had it was killed, though another process has its number", () => {
		const { folder: own } = claimFolder(folder);
		const file = join(own, "in-use");
		const [pid, begun] = readFileSync(file, "latin1").split(" ");
		for (const gone of [`${pid} ${Number(begun) - 1}`, "999999999 1", "", "x y"]) {
			writeFileSync(file, gone);
			assert.strictEqual(claimFolder(folder).turn, 1, gone);
		}
		assert.strictEqual(claimFolder(folder).turn, 2, "it is claimed now");
	});
});
