/*
 * All C of the device, compiled for an Xtensa with warnings as errors against declarations of what ESP-IDF and the Moddable SDK have
 * (declared/README.md): of each image what its manifests name, and whatever else lies in the device's folders.
 */
import { spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { assert } from "chai";
import { imagesOf } from "../../tools/check/image.js";
import { Project } from "../../tools/check/project.js";
import { projectRoot } from "../../tools/phone/project.js";
import { needs } from "../support/optional.js";

const project = new Project(projectRoot);
/** Folders with C of the device, whether or not a manifest names it. */
const device =
	/^(audio\/port\/esp32s3[^/]*|hal\/(esp32s3|drivers|display)\/.*|hardware\/.*|hal\/control\/port\/control_uart)\.c$/;
/** These few lines take in SpeexDSP's own sources, which are fetched for an image. */
const fetched = /^audio\/port\/speexdsp\//;

const compiler = "xtensa-lx106-elf-gcc";
const xs = "node_modules/@agoric/xsnap/moddable/xs";
const options = [
	"--specs=/usr/lib/xtensa-lx106-elf/picolibc.specs",
	...["-std=gnu11", "-O2", "-mlongcalls", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-D_GNU_SOURCE"],
	...["-DINCLUDE_XSPLATFORM", '-DXSPLATFORM="xs_platform.h"'],
	// What the emulator's manifest defines.
	...["-DLINNET_METER", "-DMODDEF_EMULATOR_WIDTH=320", "-DMODDEF_EMULATOR_HEIGHT=240"],
	...["includes", "platforms", "sources"].flatMap((folder) => ["-isystem", `${xs}/${folder}`]),
];

/** What the compiler says of a source, '' when it says nothing. */
function complaints(source: string, folders: readonly string[]): Promise<string> {
	const words = [...options, ...["test/hal/declared", ...folders].map((folder) => `-I${folder}`), "-c", source];
	const child = spawn(compiler, [...words, "-o", "/dev/null"], { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding("utf8").on("data", (text: string) => {
			said += text;
		});
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (status) => resolve(said === "" && status !== 0 ? `status ${status}` : said));
	});
}

describe("C of the device", function () {
	this.timeout(300_000);

	before(function () {
		const there = spawnSync(compiler, [options[0] as string, "-E", "-x", "c", "-"], { input: "#include <stdio.h>\n" });
		needs(this, there.status === 0, "needs gcc-xtensa-lx106 picolibc-xtensa-lx106-elf");
	});

	it("compiles without a warning, conversions included", async () => {
		const images = imagesOf(project);
		const sources = [...new Set([...images.flatMap((image) => image.sources), ...project.matching(device)])]
			.filter((source) => !fetched.test(source))
			.sort();
		// A list that lost its files would pass.
		for (const known of [
			"audio/engine.c",
			"audio/port/esp32s3.c",
			"hal/esp32s3/update.c",
			"hardware/emulator/emulator_chip.c",
		])
			assert.include(sources, known);
		const folders = [...new Set(images.flatMap((image) => image.folders))].filter(
			(folder) => !fetched.test(`${folder}/`),
		);
		const said: string[] = [];
		const rest = [...sources];
		const work = async () => {
			for (let source = rest.shift(); source !== undefined; source = rest.shift())
				said.push(await complaints(source, folders));
		};
		await Promise.all(Array.from({ length: availableParallelism() }, work));
		assert.strictEqual(said.join(""), "");
		assert.lengthOf(said, sources.length);
	});

	it("would not pass with a conversion that loses something, or a call that ESP-IDF does not have so", async () => {
		const folder = "test/hal/declared";
		const tried = (text: string) =>
			spawnSync(compiler, [...options, `-I${folder}`, "-x", "c", "-c", "-", "-o", "/dev/null"], {
				cwd: projectRoot,
				encoding: "utf8",
				input: `#include "esp_random.h"\n#include "esp_mac.h"\n${text}\n`,
			}).stderr;
		assert.strictEqual(tried("uint32_t f(void); uint32_t f(void) { return esp_random(); }"), "");
		assert.match(tried("uint8_t f(void); uint8_t f(void) { return esp_random(); }"), /-Werror=conversion/);
		assert.match(tried("int f(uint8_t *mac); int f(uint8_t *mac) { return esp_read_mac(mac); }"), /too few arguments/);
	});
});
