/*
 * From sources to a phone: what is missing is found and named, the SDK's programs are called with the right words, and the page
 * that flashes from a browser offers what was built. The SDK and ESP-IDF are folders with programs that note how they were called.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { atLeast, boardNames, type Environment, examineAll, serialPorts } from "../../../tools/device/examine.js";
import { idfProject, outputFolder, readImage } from "../../../tools/device/image.js";
import { servePage, writePage } from "../../../tools/device/page.js";
import { makeImage, mcconfig, monitor } from "../../../tools/device/sdk.js";
import { hasChromium, startBrowser } from "../../../tools/panel/browser.js";
import { needs } from "../../support/optional.js";

const projectRoot = new URL("../../../../..", import.meta.url).pathname;

describe("Building for a board", function () {
	this.timeout(60000);
	let folder: string;
	let environment: Environment;

	function file(path: string, text: string): string {
		const whole = join(folder, path);
		mkdirSync(dirname(whole), { recursive: true });
		writeFileSync(whole, text);
		return whole;
	}

	/** A program that writes its folder, its words and where tsc is found to a file beside it. */
	function program(path: string, status = 0): void {
		const whole = file(
			path,
			`#!/bin/sh\nfor w in "$PWD" "$@" "$(command -v tsc)"; do echo "$w"; done > "$0.called"\nexit ${status}\n`,
		);
		chmodSync(whole, 0o755);
	}

	/** A program that tells its version. */
	function versioned(path: string, version: string): void {
		chmodSync(file(path, `#!/bin/sh\necho "program ${version}"\n`), 0o755);
	}

	function called(path: string): string[] {
		return readFileSync(join(folder, `${path}.called`), "utf8")
			.trim()
			.split("\n");
	}

	function found(name: string): { found: boolean; text: string } {
		const finding = examineAll(environment, join(folder, "dev")).find((candidate) => candidate.name === name);
		assert(finding, `${name} was looked for`);
		return finding;
	}

	const programs = `sdk/build/bin/${process.platform === "darwin" ? "mac" : "lin"}/release`;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-device-"));
		for (const tool of ["mcconfig", "xsc", "xsl", "mcrez"]) program(`${programs}/${tool}`);
		file("sdk/xs/sources/xsCommon.h", "\t#define XS_MAJOR_VERSION 17\n");
		file("sdk/build/devices/esp32/manifest.json", '{ "build": { "EXPECTED_ESP_IDF": "v6.0" } }');
		file("idf/tools/cmake/version.cmake", "set(IDF_VERSION_MAJOR 6)\nset(IDF_VERSION_MINOR 0)\n");
		for (const tool of ["idf.py", "xtensa-esp32s3-elf-gcc"]) program(`bin/${tool}`);
		versioned("bin/python", "3.10.4");
		versioned("bin/cmake", "3.25.1");
		versioned("bin/ninja", "1.11.1");
		file("dev/ttyACM0", "");
		file("dev/tty0", "");
		environment = {
			HOME: folder,
			MODDABLE: join(folder, "sdk"),
			IDF_PATH: join(folder, "idf"),
			PATH: `${join(folder, "bin")}:/usr/bin:/bin`,
		};
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	it("finds all that is needed", () => {
		const findings = examineAll(environment, join(folder, "dev"));
		assert.deepEqual(
			findings.filter((finding) => !finding.found),
			[],
		);
		assert.sameMembers(
			findings.map(({ name }) => name),
			[
				"Moddable SDK",
				"SDK tools",
				"ESP-IDF",
				"idf.py",
				"xtensa-esp32s3-elf-gcc",
				"python",
				"cmake",
				"ninja",
				"serial port",
			],
		);
	});

	it("says what is missing and what to do", () => {
		environment = { ...environment, MODDABLE: undefined, IDF_PATH: join(folder, "elsewhere") };
		assert.isFalse(found("Moddable SDK").found);
		assert.match(found("Moddable SDK").text, /MODDABLE is not set.*xs-dev setup/);
		assert.match(
			found("ESP-IDF").text,
			/elsewhere holds no ESP-IDF.*git clone -b v6\.0 .*install\.sh esp32s3.*export\.sh/,
		);
	});

	it("points to the exports of xs-dev where they are and have not been read", () => {
		const exports = file(".local/share/xs-dev-export.sh", "");
		environment = { ...environment, MODDABLE: undefined };
		assert.include(found("Moddable SDK").text, `source ${exports}`);
	});

	it("refuses an SDK that is too old, tools that are not built, and another ESP-IDF than the SDK's", () => {
		file("sdk/xs/sources/xsCommon.h", "#define XS_MAJOR_VERSION 16\n");
		assert.match(found("Moddable SDK").text, /XS 16; 17 \(SDK 8\.0\) or later.*xs-dev update/);
		rmSync(join(folder, programs, "xsl"));
		assert.match(found("SDK tools").text, /^xsl not in .*make/);
		file("idf/tools/cmake/version.cmake", "set(IDF_VERSION_MAJOR 5)\nset(IDF_VERSION_MINOR 5)\n");
		assert.match(found("ESP-IDF").text, /version 5\.5, the SDK expects 6\.0: run 'git clone -b v6\.0/);
		environment = { ...environment, PATH: "/nowhere" };
		assert.match(found("xtensa-esp32s3-elf-gcc").text, /source .*export\.sh/);
	});

	it("takes no folder for a program, as ESP-IDF's tools in PATH have one called cmake", () => {
		mkdirSync(join(folder, "tools/idf.py"), { recursive: true });
		environment = { ...environment, PATH: `${join(folder, "tools")}:${environment.PATH}` };
		assert.strictEqual(found("idf.py").text, join(folder, "bin"));
	});

	it("refuses programs that ESP-IDF cannot use", () => {
		versioned("bin/python", "3.9.2");
		assert.match(found("python").text, /has 3\.9\.2, 3\.10 or later is needed: source .*export\.sh/);
		versioned("bin/cmake", "3.9");
		assert.match(found("cmake").text, /3\.22 or later is needed: install CMake/);
		program("bin/ninja");
		assert.match(found("ninja").text, /has none, 1\.0 or later/);
		assert.isFalse(atLeast("3.9.99", "3.10"));
		assert.isTrue(atLeast("3.10", "3.10"));
		assert.isTrue(atLeast("4", "3.22"));
	});

	it("finds the board's port, and asks when there are several", () => {
		assert.deepEqual(serialPorts(environment, join(folder, "dev")), [join(folder, "dev/ttyACM0")]);
		file("dev/ttyUSB1", "");
		assert.isFalse(found("serial port").found);
		assert.match(found("serial port").text, /ttyACM0.*ttyUSB1.*UPLOAD_PORT=/);
		environment = { ...environment, UPLOAD_PORT: join(folder, "dev/ttyUSB1") };
		assert.isTrue(found("serial port").found);
		environment = { ...environment, UPLOAD_PORT: join(folder, "dev/ttyUSB9") };
		assert.match(found("serial port").text, /is not there/);
		rmSync(join(folder, "dev"), { recursive: true });
		mkdirSync(join(folder, "dev"));
		environment = { ...environment, UPLOAD_PORT: undefined };
		assert.match(found("serial port").text, /none: connect the board/);
	});

	it("calls mcconfig for the board with the project's own TypeScript, and gives its status back", async () => {
		const root = join(folder, "linnet");
		const output = join(root, "build/device/deskphone");
		file("linnet/node_modules/.bin/tsc", "");
		chmodSync(join(root, "node_modules/.bin/tsc"), 0o755);
		const build = {
			board: "deskphone",
			debug: false,
			echoCanceller: false,
			settings: ["ssid=Net work", "callAgent=10.0.0.5"],
			keys: "p256:12",
		};
		assert.strictEqual(await mcconfig(build, "build", environment, root), 0);
		assert.isTrue(existsSync(output), "mcconfig wants its output folder");
		assert.deepEqual(called(`${programs}/mcconfig`), [
			root,
			"-m",
			"-t",
			"build",
			"-o",
			output,
			"-p",
			`esp32:${join(root, "hardware/deskphone")}`,
			"loadKeys=p256:12",
			"ssid=Net work",
			"callAgent=10.0.0.5",
			join(root, "node_modules/.bin/tsc"),
		]);
		program(`${programs}/mcconfig`, 3);
		assert.strictEqual(await mcconfig({ ...build, debug: true, echoCanceller: true }, "deploy", environment, root), 3);
		assert.deepEqual(called(`${programs}/mcconfig`).slice(1, 5), ["-d", "-m", "-t", "deploy"]);
		assert.strictEqual(called(`${programs}/mcconfig`).at(-2), join(root, "manifest-speexdsp.json"));
	});

	it("takes no older image for the one that ESP-IDF failed to link", async () => {
		const build = { board: "deskphone", debug: false, echoCanceller: false, settings: [], keys: "" };
		const root = join(folder, "linnet");
		const application = join(idfProject("deskphone", false, root), "build/xs_esp32.bin");
		mkdirSync(dirname(application), { recursive: true });
		writeFileSync(application, "yesterday's");
		// the SDK's makefile goes on when ESP-IDF's build has failed
		program(`${programs}/mcconfig`);
		let told = "";
		await makeImage(build, environment, root).catch((error: Error) => {
			told = error.message;
		});
		assert.match(told, /did not link/);
		assert.isFalse(existsSync(application));
		chmodSync(file(`${programs}/mcconfig`, `#!/bin/sh\necho new > "${application}"\n`), 0o755);
		assert.strictEqual(await makeImage(build, environment, root), 0);
		program(`${programs}/mcconfig`, 2);
		assert.strictEqual(await makeImage(build, environment, root), 2);
		assert.deepEqual(called(`${programs}/mcconfig`).slice(1, 4), ["-m", "-t", "dependencies"]);
	});

	it("configures anew what broke off before ESP-IDF was configured", async () => {
		const root = join(folder, "linnet");
		const project = join(idfProject("deskphone", false, root), "build");
		mkdirSync(project, { recursive: true });
		program(`${programs}/mcconfig`, 2);
		const build = { board: "deskphone", debug: false, echoCanceller: false, settings: [], keys: "" };
		for (const [files, left] of [
			[["CMakeCache.txt", "build.ninja"], true],
			[["CMakeCache.txt"], false],
		] as const) {
			rmSync(project, { recursive: true });
			mkdirSync(project);
			for (const name of files) writeFileSync(join(project, name), "");
			assert.strictEqual(await makeImage(build, environment, root), 2);
			assert.strictEqual(existsSync(project), left);
		}
	});

	it("asks for components before ESP-IDF is configured", async () => {
		const build = { board: "deskphone", debug: false, echoCanceller: false, settings: [], keys: "" };
		const root = join(folder, "linnet");
		const application = join(idfProject("deskphone", false, root), "build/xs_esp32.bin");
		mkdirSync(dirname(application), { recursive: true });
		const whole = file(`${programs}/mcconfig`, `#!/bin/sh\necho "$3" >> "$0.called"\necho new > "${application}"\n`);
		chmodSync(whole, 0o755);
		assert.strictEqual(await makeImage(build, environment, root), 0);
		assert.deepEqual(called(`${programs}/mcconfig`), ["dependencies", "build"]);
	});

	it("names the linker's component to ESP-IDF beside what the SDK's makefile says", async () => {
		const root = join(folder, "linnet");
		program(`${programs}/mcconfig`);
		file(
			"Makefile",
			"USE_USB = 2\nIDF_BUILD_OPTIONS =\nIDF_BUILD_OPTIONS += -DUSE_USB=$(USE_USB)\nbuild:\n\t@echo $(IDF_BUILD_OPTIONS)\n",
		);
		writeFileSync(join(folder, programs, "mcconfig"), `#!/bin/sh\nmake -s -C ${folder} build > "$0.called"\n`);
		mkdirSync(root);
		assert.strictEqual(
			await mcconfig(
				{ board: "deskphone", debug: false, echoCanceller: false, settings: [], keys: "" },
				"build",
				environment,
				root,
			),
			0,
		);
		assert.deepEqual(called(`${programs}/mcconfig`), [
			`-DUSE_USB=2 -DEXTRA_COMPONENT_DIRS=${join(root, "hal/esp32s3/components")}`,
		]);
		const component = readFileSync(join(projectRoot, "hal/esp32s3/components/linnet_lwip/CMakeLists.txt"), "utf8");
		const wrapped = [...component.matchAll(/--wrap=(\w+)/g)].map(([, name]) => name);
		const wrappers = ["dhcp", "acknowledge", "closing", "service"].flatMap((name) => {
			const source = readFileSync(join(projectRoot, `hal/esp32s3/${name}.c`), "utf8");
			return [...source.matchAll(/^(?:void |err_t |struct \w+ \*)__wrap_(\w+)\([^;]*\{$/gm)].map(
				([, wrapper]) => wrapper,
			);
		});
		assert.sameMembers(wrapped, wrappers);
		assert.lengthOf(wrapped, 14);
	});

	it("looks on in the board's project", async () => {
		const root = join(folder, "linnet");
		const build = { board: "deskphone", debug: true, echoCanceller: false, settings: [], keys: "" };
		mkdirSync(idfProject("deskphone", true, root), { recursive: true });
		assert.strictEqual(await monitor(build, "/dev/ttyACM0", environment, root), 0);
		assert.deepEqual(called("bin/idf.py").slice(0, 4), [
			join(root, "build/device/deskphone/tmp/esp32/deskphone/debug/linnet/xsProj-esp32s3"),
			"-p",
			"/dev/ttyACM0",
			"monitor",
		]);
	});

	describe("the page that flashes", () => {
		let project: string;

		beforeEach(() => {
			project = join(folder, "project");
			file("project/build/bootloader/bootloader.bin", "boot");
			file("project/build/partition_table/partition-table.bin", "table");
			file("project/build/xs_esp32.bin", "phone");
			file(
				"project/build/flasher_args.json",
				JSON.stringify({
					flash_files: {
						"0x10000": "xs_esp32.bin",
						"0x0": "bootloader/bootloader.bin",
						"0x8000": "partition_table/partition-table.bin",
					},
					extra_esptool_args: { chip: "esp32s3" },
				}),
			);
		});

		it("has the parts of what was built, in order", () => {
			assert.deepEqual(
				readImage(project).parts.map(({ offset }) => offset),
				[0, 0x8000, 0x10000],
			);
			writePage(join(folder, "page"), "deskphone", "0.1.0", readImage(project));
			const manifest = JSON.parse(readFileSync(join(folder, "page/manifest.json"), "utf8"));
			assert.equal(manifest.name, "Linnet, deskphone", "as the firmware names itself");
			assert.equal(manifest.new_install_improv_wait_time, 20);
			assert.deepEqual(manifest.builds, [
				{
					chipFamily: "ESP32-S3",
					parts: [
						{ path: "firmware/bootloader.bin", offset: 0 },
						{ path: "firmware/partition-table.bin", offset: 0x8000 },
						{ path: "firmware/xs_esp32.bin", offset: 0x10000 },
					],
				},
			]);
			for (const { path } of manifest.builds[0].parts) assert.isTrue(existsSync(join(folder, "page", path)), path);
		});

		it("wants a firmware that is whole", () => {
			rmSync(join(project, "build/xs_esp32.bin"));
			assert.throws(() => readImage(project), /xs_esp32\.bin is missing: run device:build/);
			assert.throws(() => readImage(join(folder, "none")), /run device:build first/);
			file("project/build/flasher_args.json", "{}");
			assert.throws(() => readImage(project), /lists nothing/);
		});

		it("works in a browser up to the choice of a port, and gives away nothing beside its folder", async function () {
			needs(this, hasChromium(), "no Chromium: apt-get install chromium");
			file("secret.txt", "not for pages");
			writePage(join(folder, "page"), "deskphone", "0.1.0", readImage(project));
			const { url, server } = await servePage(join(folder, "page"), 0);
			const browser = await startBrowser();
			try {
				const page = await browser.context.newPage();
				const errors: string[] = [];
				page.on("pageerror", (error: Error) => errors.push(String(error)));
				await page.goto(url);
				await page.waitForFunction(`customElements.get("esp-web-install-button") !== undefined`);
				assert.strictEqual(await page.getByRole("button", { name: "Install" }).isVisible(), true);
				assert.include(await page.locator("h1").textContent(), "0.1.0");
				assert.deepEqual(errors, []);
				assert.strictEqual((await fetch(`${url}firmware/xs_esp32.bin`)).status, 200);
				assert.strictEqual((await fetch(`${url}..%2fsecret.txt`)).status, 404);
				assert.strictEqual((await fetch(`${url}absent`)).status, 404);
			} finally {
				await browser.close();
				server.close();
				server.closeAllConnections();
			}
		});
	});

	describe("as a command", () => {
		const run = (...words: string[]) =>
			spawnSync(process.execPath, [join(projectRoot, "tools/run.mjs"), "device", ...words], {
				env: { ...process.env, ...environment, PATH: `${environment.PATH}:${dirname(process.execPath)}` },
				encoding: "utf8",
			});

		it("knows the boards, and names them where another word is given", () => {
			assert.include(boardNames(), "deskphone");
			for (const [words, pattern] of [
				[["build"], /name a board: .*deskphone/],
				[["build", "toaster"], /no board toaster: .*deskphone/],
				[["doctor", "deskphone"], /deskphone: doctor looks at this computer/],
				[["fly"], /fly is none of doctor, build, flash, monitor, page/],
				[["page", "deskphone", "--port", "x"], /--port x/],
				[["flash", "deskphone", "--fast"], /--fast is not understood/],
				[["flash", "deskphone", "--folder", "x"], /--folder is not understood/],
			] as const) {
				const { status, stderr } = run(...words);
				assert.strictEqual(status, 2, words.join(" "));
				assert.match(stderr, pattern);
			}
		});

		it("writes the page that flashes over nobody's files", () => {
			const mine = file("mine/letter.txt", "mine");
			const { status, stderr } = run("page", "deskphone", "--folder", dirname(mine));
			assert.strictEqual(status, 2);
			assert.match(stderr, /mine: a new or empty folder is expected/);
			assert.isTrue(existsSync(mine));
		});

		it("builds nothing while something is missing, and says what", () => {
			rmSync(join(folder, programs, "mcrez"));
			const { status, stderr } = run("build", "deskphone");
			assert.strictEqual(status, 1);
			assert.match(stderr, /SDK tools: mcrez not in/);
			assert.isFalse(existsSync(join(folder, `${programs}/mcconfig.called`)));
		});

		it("builds", () => {
			// the debug build's place in this project: its own image, if there is one, has to be made anew after this
			const application = join(idfProject("deskphone", true, projectRoot), "build/xs_esp32.bin");
			const whole = file(
				`${programs}/mcconfig`,
				`#!/bin/sh\nfor w in "$@"; do echo "$w"; done > "$0.called"\nmkdir -p "${dirname(application)}" && echo new > "${application}"\n`,
			);
			chmodSync(whole, 0o755);
			environment = { ...environment, LINNET_LOAD_KEY: join(folder, "keys/mine.pem") };
			const { status, stderr } = run("build", "deskphone", "--debug", "callAgent=192.0.2.1");
			rmSync(application, { force: true });
			assert.strictEqual(status, 0, stderr);
			const words = called(`${programs}/mcconfig`);
			assert.match(stderr, /made .*keys\/mine\.pem, the key that signs your loads/);
			assert.match(words.find((word) => word.startsWith("loadKeys=")) ?? "", /^loadKeys=p256:[0-9a-f]{128}$/);
			assert.include(words, outputFolder("deskphone"));
			assert.include(words, "callAgent=192.0.2.1");
		});

		it("doctors", () => {
			const { stdout } = run("doctor", "--json");
			const { findings } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
			assert.isTrue(findings.find(({ name }: { name: string }) => name === "ESP-IDF").found);
			rmSync(join(folder, "idf"), { recursive: true });
			const bad = run("doctor");
			assert.strictEqual(bad.status, 1);
			assert.match(bad.stdout, /missing {2}ESP-IDF: /);
		});
	});
});
