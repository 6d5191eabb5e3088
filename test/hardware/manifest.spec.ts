import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { readBoards } from "../../tools/hardware/documents.js";
import { type BoardManifest, checkManifest } from "../../tools/hardware/manifest.js";
import { projectRoot } from "../../tools/phone/project.js";
import { type Changeable, type ChangeableBoard, changedBoard } from "./support.js";

function complaints(
	changeManifest: (manifest: Changeable<Required<BoardManifest>>) => void,
	changeBoard: (board: ChangeableBoard) => void = () => {},
): string[] {
	const text = readFileSync(join(projectRoot, "hardware/deskphone/manifest.json"), "utf8");
	const manifest = JSON.parse(text) as Changeable<Required<BoardManifest>>;
	changeManifest(manifest);
	return checkManifest(changedBoard(changeBoard), manifest as BoardManifest);
}

describe("hardware: manifests of boards", () => {
	it("agree with the pin maps", async () => {
		for (const { board, manifest } of await readBoards(projectRoot))
			assert.deepEqual(checkManifest(board, manifest), []);
		assert.deepEqual(
			complaints(() => {}),
			[],
		);
	});

	it("are refused with another pin, speed, size or port", () => {
		assert.deepEqual(
			complaints(({ defines }) => {
				Object.assign(defines.ili9341 ?? {}, { cs_pin: 22, hz: 80_000_000, width: 320, spi_port: "SPI2_HOST" });
				Object.assign(defines.spi ?? {}, { mosi_pin: 48 });
			}),
			[
				"manifest.json has ili9341.width 320, the pin map 240",
				"manifest.json has ili9341.hz 80000000, the pin map 40000000",
				"manifest.json has ili9341.spi_port SPI2_HOST, the pin map SPI3_HOST",
				"manifest.json has ili9341.cs_pin 22, the pin map 21",
				"manifest.json has spi.mosi_pin 48, the pin map 47",
			],
		);
	});

	it("are refused without a pin that there is, with one that there is not, with another display", () => {
		assert.deepEqual(
			complaints(({ defines }) => {
				delete defines.ili9341?.rst_pin;
			}),
			["manifest.json has ili9341.rst_pin nowhere, the pin map 39"],
		);
		assert.deepEqual(
			complaints(
				() => {},
				(board) => {
					delete (board.display.spi as { reset?: number }).reset;
				},
			),
			["manifest.json has ili9341.rst_pin 39, the pin map nowhere"],
		);
		assert.deepEqual(
			complaints(({ config, modules }) => {
				config.screen = "ili9341";
				config.driverRotation = 0;
				modules.board = "./other";
			}),
			[
				"manifest.json has board ./other, the pin map ./board",
				"manifest.json has screen ili9341, the pin map st7789",
				"manifest.json has driverRotation 0, the pin map 90",
			],
		);
	});

	it("bring the driver of the board's Ethernet, and no other", () => {
		const fragment = (kind: string): string => `../../hal/esp32s3/ethernet/${kind}/manifest.json`;
		for (const [include, found] of [
			[[], "nowhere"],
			[[fragment("none")], "none"],
			[[fragment("w5500"), fragment("openeth")], "w5500, openeth"],
		] as const)
			assert.deepEqual(
				complaints((manifest) => {
					manifest.include = [...include];
				}),
				[`manifest.json has the Ethernet driver ${found}, the pin map w5500`],
			);
		assert.deepEqual(
			complaints(
				() => {},
				(board) => {
					delete (board as { ethernet?: unknown }).ethernet;
				},
			),
			["manifest.json has the Ethernet driver w5500, the pin map none"],
		);
	});

	it("bring QEMU's panel and the control channel where the board has them, and nowhere else", async () => {
		const files = (await readBoards(projectRoot)).find(({ board }) => board.name === "emulator");
		assert.isDefined(files);
		if (files === undefined) return;
		const manifest = structuredClone(files.manifest) as Changeable<Required<BoardManifest>>;
		manifest.include = ["../../hal/esp32s3/ethernet/none/manifest.json"];
		manifest.config.screen = "st7789";
		Object.assign(manifest.defines.emulator ?? {}, { width: 240 });
		assert.deepEqual(checkManifest(files.board, manifest as BoardManifest), [
			"manifest.json has the Ethernet driver none, the pin map openeth",
			"manifest.json has the control channel nowhere, the pin map ../../hal/control/manifest.json",
			"manifest.json has screen st7789, the pin map hardware/emulator/panel",
			"manifest.json has emulator.width 240, the pin map 320",
		]);
		assert.deepEqual(
			complaints((changed) => {
				changed.include = [changed.include, "../../hal/control/manifest.json"].flat();
			}),
			["manifest.json has the control channel ../../hal/control/manifest.json, the pin map nowhere"],
		);
	});

	it("name each data line of a QSPI display", async () => {
		const files = (await readBoards(projectRoot)).find(
			({ board }) => "spi" in board.display && board.display.spi.data.length === 4,
		);
		assert.isDefined(files);
		if (files === undefined) return;
		const manifest = structuredClone(files.manifest) as Changeable<Required<BoardManifest>>;
		Object.assign(manifest.defines.co5300 ?? {}, { data2_pin: 9, sck_pin: 10 });
		assert.deepEqual(checkManifest(files.board, manifest as BoardManifest), [
			"manifest.json has co5300.sck_pin 10, the pin map 11",
			"manifest.json has co5300.data2_pin 9, the pin map 6",
		]);
	});
});
