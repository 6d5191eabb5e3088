import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assert } from "chai";
import type { ChipKind } from "../../hal/esp32s3/board.js";
import { billPage } from "../../tools/hardware/bill.js";
import { checkDocuments, makeDocuments, readBoards } from "../../tools/hardware/documents.js";
import { checkParts } from "../../tools/hardware/parts.js";
import { checkPins } from "../../tools/hardware/pins.js";
import type { Layout } from "../../tools/hardware/placing.js";
import { sdkconfigFiles } from "../../tools/hardware/sdkconfig.js";
import { wiringPage } from "../../tools/hardware/wiring.js";
import { projectRoot } from "../../tools/phone/project.js";
import { changedBoard, changedCircuit } from "./support.js";

function hardware(...words: string[]): { status: number | null; stdout: string; stderr: string } {
	const resolver = join(projectRoot, "tools/build/resolver.mjs");
	const program = join(projectRoot, "build/js/tools/hardware/main.js");
	return spawnSync(process.execPath, ["--import", resolver, program, ...words], { encoding: "utf8" });
}

describe("hardware: commands", function () {
	this.timeout(120_000);

	it("say what was checked in one line of JSON, last", () => {
		const { status, stdout } = hardware("check", "--json");
		assert.strictEqual(status, 0);
		const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
		assert.hasAllKeys(result, ["boards", "pins", "conflicts", "documents", "stale"]);
		assert.isAtLeast(result.boards, 3);
		assert.isAbove(result.pins, 50);
		assert.strictEqual(result.conflicts, 0);
		assert.strictEqual(result.stale, 0);
	});

	it("end with status 1 at a word they do not know", () => {
		for (const words of [[], ["make"], ["check", "--fast"]]) {
			const { status, stderr } = hardware(...words);
			assert.strictEqual(status, 1);
			assert.match(stderr, /is unknown; use check, draw, fab or route \[--json\]/);
		}
	});
});

describe("hardware: documents", function () {
	this.timeout(120_000);

	it("are up to date, of boards with nothing wrong", async () => {
		const boards = await readBoards(projectRoot);
		assert.isAtLeast(boards.length, 3);
		for (const files of boards) {
			assert.strictEqual(files.folder, `hardware/${files.board.name}`);
			assert.deepEqual([...checkPins(files.board), ...checkParts(files.board)], []);
			assert.deepEqual(checkDocuments(projectRoot, await makeDocuments(files)), []);
		}
	});

	it("are no wiring of a board without pins", async () => {
		const files = (await readBoards(projectRoot)).find(({ board }) => board.name === "emulator");
		assert.isDefined(files);
		if (files === undefined) return;
		assert.sameMembers(
			[...(await makeDocuments(files)).keys()],
			["hardware/emulator/sdkconfig/sdkconfig.defaults", "hardware/emulator/sdkconfig/sdkconfig.defaults.release"],
		);
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
		const layout = JSON.parse(readFileSync(join(projectRoot, "hardware/deskphone/layout.json"), "utf8")) as Layout;
		const before = await makeDocuments({
			folder: "hardware/deskphone",
			board: changedBoard(() => {}),
			circuit: changedCircuit(() => {}),
			layout,
		});
		const after = await makeDocuments({ folder: "hardware/deskphone", board, circuit, layout });
		const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
		assert.sameMembers(changed, [
			"hardware/deskphone/wiring.md",
			"hardware/deskphone/wiring.svg",
			"hardware/deskphone/parts.md",
			"hardware/deskphone/kicad/codec.kicad_sch",
			"hardware/deskphone/kicad/processor.kicad_sch",
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
		assert.include(bill, "| 34 | S1-S4, S6-S12, S14-S20, S22-S28, S30-S36, S38, S40 | key | Omron | B3F-4055 |");
		assert.include(bill, "| 17 | R10, R30-R45 | resistor 470 | Yageo | RC0603FR-07470RL |");
	});
});

describe("hardware: configuration of ESP-IDF", () => {
	it("has what all boards need, and PSRAM of the kind that a chip has", async () => {
		const modes = new Map<string, string[]>();
		for (const { board, folder } of await readBoards(projectRoot)) {
			const files = sdkconfigFiles(projectRoot, folder, board);
			assert.sameMembers(
				[...files.keys()],
				[`${folder}/sdkconfig/sdkconfig.defaults`, `${folder}/sdkconfig/sdkconfig.defaults.release`],
			);
			const text = files.get(`${folder}/sdkconfig/sdkconfig.defaults`) ?? "";
			assert.include(text, "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y\n");
			modes.set(board.name, text.match(/^CONFIG_SPIRAM(_MODE_\w+)?=y$/gm) ?? []);
		}
		assert.deepEqual(modes.get("deskphone"), ["CONFIG_SPIRAM=y", "CONFIG_SPIRAM_MODE_OCT=y"]);
		assert.deepEqual(modes.get("emulator"), []);
		assert.deepEqual(modes.get("m5stack_cores3"), ["CONFIG_SPIRAM=y", "CONFIG_SPIRAM_MODE_QUAD=y"]);
		const bare = sdkconfigFiles(projectRoot, "hardware/box", { chip: "ESP32-S3-WROOM-1-N16" });
		assert.notInclude(bare.get("hardware/box/sdkconfig/sdkconfig.defaults"), "SPIRAM");
	});

	it("has log lines go to USB on boards and to a UART on the emulated chip", () => {
		const consoles = (chip: ChipKind): string[] => {
			const release = sdkconfigFiles(projectRoot, "hardware/box", { chip }).get(
				"hardware/box/sdkconfig/sdkconfig.defaults.release",
			);
			return release?.match(/^CONFIG_ESP_CONSOLE_.*=y$/gm) ?? [];
		};
		assert.deepEqual(consoles("ESP32-S3-WROOM-1-N16"), ["CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG=y"]);
		assert.deepEqual(consoles("ESP32-S3 (emulated)"), ["CONFIG_ESP_CONSOLE_UART_DEFAULT=y"]);
	});

	it("sets no option twice in a file", async () => {
		for (const { board, folder } of await readBoards(projectRoot))
			for (const [name, text] of sdkconfigFiles(projectRoot, folder, board)) {
				const options = [...text.matchAll(/^(CONFIG_\w+)=/gm)].map(([, option]) => option);
				assert.deepEqual(options, [...new Set(options)], name);
			}
	});
});
