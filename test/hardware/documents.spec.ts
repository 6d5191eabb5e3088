import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { billPage } from "../../tools/hardware/bill.js";
import { checkDocuments, makeDocuments, readBoards } from "../../tools/hardware/documents.js";
import { checkParts } from "../../tools/hardware/parts.js";
import { checkPins } from "../../tools/hardware/pins.js";
import { wiringPage } from "../../tools/hardware/wiring.js";
import { projectRoot } from "../../tools/phone/project.js";
import { changedBoard, changedCircuit } from "./support.js";

describe("hardware: documents", function () {
	this.timeout(60_000);

	it("are up to date, of boards with nothing wrong", async () => {
		const boards = await readBoards(projectRoot);
		assert.isAtLeast(boards.length, 3);
		for (const files of boards) {
			assert.strictEqual(files.folder, `hardware/${files.board.name}`);
			assert.deepEqual([...checkPins(files.board), ...checkParts(files.board)], []);
			assert.deepEqual(checkDocuments(projectRoot, await makeDocuments(files)), []);
		}
	});

	it("are complained of when missing or changed", () => {
		const root = mkdtempSync(join(tmpdir(), "linnet-hardware-"));
		try {
			const file = join(root, "hardware/box/wiring.md");
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, "old\n");
			const documents = new Map([
				["hardware/box/wiring.md", "new\n"],
				["hardware/box/wiring.svg", "<svg/>"],
			]);
			assert.deepEqual(checkDocuments(root, documents), [
				"hardware/box/wiring.md is out of date: run npm run hardware:draw",
				"hardware/box/wiring.svg is missing: run npm run hardware:draw",
			]);
		} finally {
			rmSync(root, { recursive: true, force: true });
		}
	});

	it("change with the pin map and the circuit", async () => {
		const board = changedBoard((changing) => {
			(changing.pins.hook as { gpio: number }).gpio = 41;
		});
		const circuit = changedCircuit((changing) => {
			(changing.library.codec as { part: string }).part = "ES8389";
		});
		const before = await makeDocuments({
			folder: "hardware/deskphone",
			board: changedBoard(() => {}),
			circuit: changedCircuit(() => {}),
		});
		const after = await makeDocuments({ folder: "hardware/deskphone", board, circuit });
		const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
		assert.sameMembers(changed, [
			"hardware/deskphone/wiring.md",
			"hardware/deskphone/wiring.svg",
			"hardware/deskphone/parts.md",
			"hardware/deskphone/schematic/codec.svg",
			"hardware/deskphone/schematic/processor.svg",
		]);
		assert.match(after.get("hardware/deskphone/wiring.md") ?? "", /^\| 41 \| HOOK \|/m);
	});

	it("list every pin, key, lamp and part", () => {
		const board = changedBoard(() => {});
		const page = wiringPage(board);
		for (const { gpio, net } of Object.values(board.pins)) assert.include(page, `| ${gpio} | ${net} |`);
		assert.include(page, "| row 3 | `*` | `0` | `#` | `softkey 4` | `line 4` | `right` | `messages` | `volume up` |");
		assert.include(page, "| message | LED12 |  |");
		assert.include(page, "| 0 | 0x10 | U2 ES8388 | codec |");
		const bill = billPage(
			board,
			changedCircuit(() => {}),
		);
		assert.include(bill, "| 40 | S1-S40 | key | Omron | B3F-4055 |");
		assert.include(bill, "| 17 | R10, R30-R45 | resistor 470 | Yageo | RC0603FR-07470RL |");
	});
});
