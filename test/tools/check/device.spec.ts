import { spawnSync } from "node:child_process";
import { assert } from "chai";
import { readC } from "../../../tools/check/c.js";
import { checkDependencies } from "../../../tools/check/dependencies.js";
import { checkCalls, checkIncludes, checkNames } from "../../../tools/check/device.js";
import { checkHeaps } from "../../../tools/check/heaps.js";
import { imagesOf } from "../../../tools/check/image.js";
import type { Complaint, Project } from "../../../tools/check/project.js";
import { checkSdkconfig } from "../../../tools/check/sdkconfig.js";
import { lines, withProject } from "./support.js";

const json = (value: unknown): string => JSON.stringify(value, undefined, "\t");

const W5500 = { namespace: "espressif", name: "w5500", version: "==2.0.0" };
const WITH_COMMON = { ...W5500, includes: ["../espressif__wiznet_common/include"] };

const MANIFEST = json({
	modules: { "audio/*": "./audio/*" },
	platforms: {
		esp32: {
			modules: { "*": ["./audio/port/esp32s3_sockets"], "hal/esp32s3/update": "./hal/esp32s3/update" },
		},
		host: { modules: { "hal/host/*": "./hal/host/*" } },
	},
});
const BOARD = json({ build: { SDKCONFIGPATH: "./../sdkconfig" }, modules: { board: "./board" } });

/** Two boards over C that the SDK compiles. */
const GOOD = {
	"manifest.json": MANIFEST,
	"hardware/desk/manifest.json": BOARD,
	"hardware/wall/manifest.json": BOARD,
	"hardware/sdkconfig/sdkconfig.defaults": "# why\nCONFIG_LWIP_MAX_SOCKETS=8\n",
	"audio/rtp.c": '#include "rtp.h"\n',
	"audio/rtp.h": "#ifndef RTP_H\n#define RTP_H\n#include <stdint.h>\n#endif\n",
	"audio/port/esp32s3_sockets.c":
		'#include "../rtp.h"\n#include "lwip/sockets.h"\nint f(void) { return lwip_socket(0, 0, 0); }\n',
	"hal/esp32s3/update.c":
		'#include "app_update/include/esp_ota_ops.h"\n#include "freertos/FreeRTOS.h"\n#include "xsmc.h"\n',
	"hal/host/udp.c": "#include <sys/socket.h>\nint f(void) { return socket(0, 0, 0); }\n",
};

type Check = (project: Project, images: ReturnType<typeof imagesOf>) => Complaint[];

function complaints(check: Check, files: Record<string, string>): string[] {
	return withProject({ ...GOOD, ...files }, (project) => lines(check(project, imagesOf(project))));
}

/** Where and about what, without why. */
function short(check: Check, files: Record<string, string>): string[] {
	return complaints(check, files).map((line) => line.replace(/^(\S+ \S+).*$/, "$1"));
}

describe("check: reading C", () => {
	it("finds includes, conditions and calls, whatever comments and strings say", () => {
		const source = readC(
			[
				"#ifndef A_H",
				"#define A_H",
				'/* #include "comment.h"',
				" socket(1) */",
				'#include "one.h" // two',
				"# include <sys/two.h>",
				"#if X",
				'#include "three.h"',
				"#endif",
				"static int bind(int a) {",
				'    return connect(a, "listen(2)") + p->send(a) + s.recv(a); // accept(3)',
				"}",
				"#define close(s) shut(s)",
				"#endif",
			].join("\n"),
		);
		assert.deepEqual(
			source.includes.map(({ angled, conditional, line, name }) => [line, name, angled, conditional]),
			[
				[5, "one.h", false, false],
				[6, "sys/two.h", true, false],
				[8, "three.h", false, true],
			],
		);
		assert.deepEqual(
			source.calls.filter(({ line }) => line < 13).map(({ line, name }) => `${line} ${name}`),
			["11 connect"],
		);
		assert.includeMembers([...source.own], ["bind", "close"]);
	});

	it("gives something for code that no compiler would take", () => {
		for (const broken of ["/*", '"', "#include", '#include "', "#if", "#endif\n#endif", "__has_include(", "'\\"])
			readC(broken);
	});
});

describe("check: includes of device code", () => {
	it("accepts what the SDK's include list has, and leaves the host's alone", () => {
		assert.deepEqual(complaints(checkIncludes, {}), []);
	});

	it("refuses headers of folders that are not in the list, and names the spelling that works", () => {
		assert.deepEqual(
			complaints(checkIncludes, {
				"hal/esp32s3/update.c": '#include "esp_ota_ops.h"\n#include "esp_system.h"\n#include "nvs.h"\n',
			}),
			[
				'hal/esp32s3/update.c:1: "esp_ota_ops.h" is not in the include list of Moddable SDK 8.2.3 over ESP-IDF v6.0: write "app_update/include/esp_ota_ops.h", the spelling that it has',
				'hal/esp32s3/update.c:3: "nvs.h" is not in the include list of Moddable SDK 8.2.3 over ESP-IDF v6.0: write "nvs_flash/include/nvs.h", the spelling that it has',
			],
		);
	});

	it("refuses headers in headers of ours, those whose own includes fail, and those it does not know", () => {
		const found = complaints(checkIncludes, {
			"audio/rtp.h": '#include "mbedtls/ssl.h"\n#include "esp_flash.h"\n#include "semphr.h"\n',
		});
		assert.lengthOf(found, 3);
		assert.match(found[0] as string, /^audio\/rtp\.h:1: "mbedtls\/ssl\.h" is not in the include list .* as far as/);
		assert.match(
			found[1] as string,
			/^audio\/rtp\.h:2: "esp_flash\.h" cannot be included: it needs "hal\/spi_flash_types\.h"/,
		);
		assert.match(found[2] as string, /^audio\/rtp\.h:3: "semphr\.h" is not in .*: "freertos\/semphr\.h" is$/);
	});

	it("takes headers of the SDK's modules where their manifest is included", () => {
		const file = { "audio/rtp.c": '#include "commodettoPixelsOut.h"\n' };
		assert.deepEqual(short(checkIncludes, file), ['audio/rtp.c:1: "commodettoPixelsOut.h"']);
		const include = '{\n"include": "$(MODDABLE)/examples/manifest_commodetto.json",';
		assert.deepEqual(complaints(checkIncludes, { ...file, "manifest.json": MANIFEST.replace("{", include) }), []);
	});

	it("refuses to ask whether a header is there", () => {
		const found = complaints(checkIncludes, {
			"audio/rtp.c": '#include "rtp.h"\n#if defined(ESP_PLATFORM) && __has_include("esp_eth_mac_w5500.h")\n#endif\n',
		});
		assert.lengthOf(found, 1);
		assert.match(
			found[0] as string,
			/^audio\/rtp\.c:2: asks whether there is "esp_eth_mac_w5500\.h": a part that is missing/,
		);
	});

	it("takes a header that a condition chooses when some image has it, and then only", () => {
		const source = '#ifdef CANCELLER\n#include <speex_echo.h>\n#include "nowhere.h"\n#endif\n';
		const repository = {
			git: "https://github.com/xiph/speexdsp.git",
			tag: "SpeexDSP-1.2.1",
			manifest: { modules: { "*": ["./include/speex/speex_echo"] } },
		};
		assert.deepEqual(
			short(checkIncludes, {
				"audio/echo.c": source,
				"manifest-speexdsp.json": json({ include: ["./manifest.json", repository] }),
			}),
			['audio/echo.c:3: "nowhere.h"'],
		);
		assert.deepEqual(short(checkIncludes, { "audio/echo.c": source }), [
			'audio/echo.c:2: "speex_echo.h"',
			'audio/echo.c:3: "nowhere.h"',
		]);
	});

	it("refuses a driver's header where an image does not ask for the driver", () => {
		const driver = '#include "esp_eth_mac_w5500.h"\n';
		const fragment = json({
			modules: { "hal/esp32s3/ethernet/w5500": "./w5500" },
			platforms: { esp32: { dependency: [WITH_COMMON] } },
		});
		const files = {
			"hal/esp32s3/ethernet/w5500/w5500.c": driver,
			"hal/esp32s3/ethernet/w5500/manifest.json": fragment,
			"hardware/desk/manifest.json": json({ include: "../../hal/esp32s3/ethernet/w5500/manifest.json" }),
		};
		assert.deepEqual(complaints(checkIncludes, files), []);
		assert.deepEqual(
			short(checkIncludes, {
				...files,
				"hal/esp32s3/ethernet/w5500/manifest.json": fragment.replace('"esp32":', '"host":'),
			}),
			['hal/esp32s3/ethernet/w5500/w5500.c:1: "esp_eth_mac_w5500.h"'],
		);
		// One board alone has it.
		const found = complaints(checkIncludes, { ...files, "hal/esp32s3/update.c": driver });
		assert.lengthOf(found, 1);
		assert.match(found[0] as string, /^hal\/esp32s3\/update\.c:1: .* is of espressif\/w5500, .* \(wall\)$/);
		// Without the header that it includes itself.
		assert.lengthOf(
			complaints(checkIncludes, {
				...files,
				"hal/esp32s3/ethernet/w5500/manifest.json": fragment.replace(/"includes"[^\]]*\]/, '"x": 1'),
			}),
			1,
		);
	});

	it("finds C for the device that is in no image", () => {
		const files = ["hal/esp32s3/extra.c", "hal/abort/extra.c", "hal/control/port/control_uart.c"];
		const others = ["hal/esp32s3/components/a/a.c", "hal/control/port/control_host.c"];
		assert.deepEqual(
			short(checkIncludes, Object.fromEntries([...files, ...others].map((file) => [file, ""]))),
			files.sort().map((file) => `${file}: is`),
		);
	});
});

describe("check: calls of device code", () => {
	it("accepts lwIP's own names, and the host's calls", () => {
		assert.deepEqual(complaints(checkCalls, {}), []);
	});

	it("refuses functions that are inline wrappers out of reach", () => {
		const calls = [
			"socket(1)",
			"bind(1)",
			"sendto(1)",
			"recvmsg(1)",
			"setsockopt(1)",
			"closesocket(1)",
			"lwip_recv(1)",
		];
		assert.deepEqual(
			complaints(checkCalls, {
				"audio/port/esp32s3_sockets.c": `#include "lwip/sockets.h"\nvoid f(void) {\n${calls.map((call) => `    ${call};\n`).join("")}}\n`,
			}).map((line) => line.replace(/(\w+\(\)) .*call (.*)$/, "$1 $2")),
			[
				"audio/port/esp32s3_sockets.c:3: socket() lwip_socket()",
				"audio/port/esp32s3_sockets.c:4: bind() lwip_bind()",
				"audio/port/esp32s3_sockets.c:5: sendto() lwip_sendto()",
				"audio/port/esp32s3_sockets.c:6: recvmsg() lwip_recvmsg()",
				"audio/port/esp32s3_sockets.c:7: setsockopt() lwip_setsockopt()",
				"audio/port/esp32s3_sockets.c:8: closesocket() lwip_close()",
			],
		);
	});

	it("accepts functions of our own, and the wrappers where they are included by the spelling that works", () => {
		assert.deepEqual(
			complaints(checkCalls, {
				"audio/rtp.c": "static int send(int a) {\n    return a;\n}\nint f(void) { return send(1); }\n",
				"audio/port/esp32s3_sockets.c":
					'#include "lwip/include/lwip/sockets.h"\nint g(void) { return socket(0, 0, 0); }\n',
			}),
			[],
		);
	});
});

describe("check: names of device code", () => {
	const names = (files: Record<string, string>): string[] =>
		complaints((_project, images) => checkNames(images), files);

	it("accepts names that no other file has", () => {
		assert.deepEqual(names({}), []);
	});

	it("refuses those of the SDK's files and of each other: one object would take the other's place", () => {
		assert.deepEqual(
			names({
				"audio/tcp.c": "int f(void);\n",
				"audio/esp32s3_sockets.c": "int g(void);\n",
			}),
			[
				"audio/port/esp32s3_sockets.c: has the name of audio/esp32s3_sockets.c: mcconfig would link one of the two",
				"audio/tcp.c: has the name of one of the SDK's: mcconfig would link one of the two",
			],
		);
	});
});

describe("check: dependencies of manifests", () => {
	const board = (dependency: unknown): Record<string, string> => ({
		"hardware/desk/manifest.json": json({ platforms: { esp32: { dependency } } }),
	});

	it("accepts them in their place, with what their headers need", () => {
		assert.deepEqual(complaints(checkDependencies, board([{ idf: "esp_eth" }, WITH_COMMON])), []);
		assert.deepEqual(
			complaints(checkDependencies, board([W5500, { ...W5500, name: "wiznet_common", version: "==1.0.0" }])),
			[],
		);
	});

	it("refuses them where mcconfig does not look, and without the include path of what they need", () => {
		const found = complaints(checkDependencies, {
			"hardware/desk/manifest.json": json({ dependency: [{ idf: "esp_eth" }, W5500] }),
		});
		assert.deepEqual(found, [
			"hardware/desk/manifest.json:2: esp_eth: mcconfig ignores `dependency` here without a word; it belongs below platforms.esp32",
			"hardware/desk/manifest.json:2: espressif/w5500: mcconfig ignores `dependency` here without a word; it belongs below platforms.esp32",
			'hardware/desk/manifest.json:8: espressif/w5500: "esp_eth_mac_w5500.h" includes "wiznet_mac_common.h" of espressif/wiznet_common, which is not in the include path; add "includes": ["../espressif__wiznet_common/include"]',
		]);
		assert.lengthOf(complaints(checkDependencies, board([W5500])), 1);
	});

	it("refuses unknown components, versions that are no condition, and versions that the list is not of", () => {
		const found = complaints(
			checkDependencies,
			board([{ idf: "esp_ethernet" }, { name: "enc29j60", version: "^1.0.0" }, { ...WITH_COMMON, version: "2.0.0" }]),
		);
		assert.lengthOf(found, 3);
		assert.match(found[0] as string, /"esp_ethernet" is no component of ESP-IDF v6\.0$/);
		assert.match(found[1] as string, /espressif\/enc29j60: .* does not know it/);
		assert.match(found[2] as string, /espressif\/w5500: the version "2\.0\.0" .* write "==2\.0\.0"$/);
		assert.match(
			complaints(checkDependencies, board([{ ...WITH_COMMON, version: "==2.1.0" }]))[0] as string,
			/knows version 2\.0\.0/,
		);
	});

	it("refuses a repository at another tag than the list is of", () => {
		const git = "https://github.com/xiph/speexdsp.git";
		const found = complaints(checkDependencies, {
			"manifest-x.json": json({ include: [{ git, tag: "SpeexDSP-1.2.0" }] }),
		});
		assert.lengthOf(found, 1);
		assert.match(found[0] as string, /^manifest-x\.json:\d+: .* knows SpeexDSP-1\.2\.1/);
	});
});

describe("check: sdkconfig", () => {
	const config = (defaults: readonly string[], release: readonly string[] = []): string[] =>
		complaints(checkSdkconfig, {
			"hardware/sdkconfig/sdkconfig.defaults": defaults.join("\n"),
			"hardware/sdkconfig/sdkconfig.defaults.release": release.join("\n"),
		}).map((line) => line.replace(/^hardware\/sdkconfig\/sdkconfig\./, ""));

	it("accepts options that ESP-IDF has, and a release build that differs", () => {
		assert.deepEqual(
			config(
				[
					"# why",
					"CONFIG_ESP_IPC_TASK_STACK_SIZE=1536",
					"CONFIG_ESPTOOLPY_FLASHSIZE_4MB=n",
					"CONFIG_ESPTOOLPY_FLASHSIZE_16MB=y",
					'CONFIG_PARTITION_TABLE_CUSTOM_FILENAME="partitions.csv"',
					"CONFIG_LWIP_UDP_RECVMBOX_SIZE=16",
					"CONFIG_SPIRAM=y",
					"CONFIG_SPIRAM_MODE_OCT=y",
				],
				[
					"CONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y",
					"CONFIG_LWIP_UDP_RECVMBOX_SIZE=32",
					"CONFIG_ESP_TASK_WDT_EN=y",
					"CONFIG_ESP_TASK_WDT_PANIC=y",
				],
			),
			[],
		);
	});

	it("has slots inside and chunks in PSRAM, on boards that have some", () => {
		const manifest = json({ creation: { chunk: { initial: 3000 }, heap: { initial: 100 } } });
		const heaps = (limit: number) =>
			withProject(
				{
					"manifest.json": manifest,
					"hardware/sdkconfig/psram.defaults": `# why\nCONFIG_SPIRAM_MALLOC_ALWAYSINTERNAL=${limit}\n`,
					"hardware/wall/sdkconfig/sdkconfig.defaults": "CONFIG_LWIP_MAX_SOCKETS=8\n",
				},
				(project) => lines(checkHeaps(project, "manifest.json")),
			);
		assert.deepEqual(heaps(1600), []);
		assert.deepEqual(heaps(2999), []);
		for (const limit of [1599, 3000, 131072])
			assert.deepEqual(heaps(limit), [
				"hardware/sdkconfig/psram.defaults:2: slots (1600 octets in manifest.json) are to be in internal memory, chunks (3000) in PSRAM",
			]);
	});

	it("refuses an option that ESP-IDF does not compile with", () => {
		const found = config(["", "CONFIG_LWIP_HOOK_DHCP_EXTRA_OPTION_CUSTOM=y"]);
		assert.lengthOf(found, 1);
		assert.match(
			found[0] as string,
			/^defaults:2: CONFIG_LWIP_HOOK_DHCP_EXTRA_OPTION_CUSTOM: ESP-IDF does not compile with it/,
		);
		assert.deepEqual(config(["CONFIG_LWIP_HOOK_DHCP_EXTRA_OPTION_CUSTOM=n"]), []);
	});

	it("refuses options that are not there, worked out, of other chips, or of another kind or range", () => {
		const found = config([
			"CONFIG_LWIP_MAX_SOCKET=8",
			"CONFIG_IDF_TARGET_ESP32S3=y",
			"CONFIG_ETH_USE_ESP32_EMAC=y",
			"CONFIG_LWIP_MAX_SOCKETS=yes",
			"CONFIG_LWIP_UDP_RECVMBOX_SIZE=100",
			"CONFIG_ESP_TASK_WDT_EN=1",
			"CONFIG_PARTITION_TABLE_CUSTOM_FILENAME=partitions.csv",
		]);
		assert.deepEqual(
			found.map((line) => line.replace(/^(defaults:\d: \S+) (.*)$/, "$1 $2")),
			[
				"defaults:1: CONFIG_LWIP_MAX_SOCKET is no option of ESP-IDF v6.0 on the ESP32-S3 that tools/check/offered/options.ts knows: this line does nothing; CONFIG_LWIP_MAX_SOCKETS is",
				"defaults:2: CONFIG_IDF_TARGET_ESP32S3 is worked out by ESP-IDF itself: this line does nothing",
				"defaults:3: CONFIG_ETH_USE_ESP32_EMAC is not of this chip: this line does nothing",
				"defaults:4: CONFIG_LWIP_MAX_SOCKETS is a number, not yes",
				"defaults:5: CONFIG_LWIP_UDP_RECVMBOX_SIZE is from 6 to 64, not 100",
				"defaults:6: CONFIG_ESP_TASK_WDT_EN is y or n, not 1",
				"defaults:7: CONFIG_PARTITION_TABLE_CUSTOM_FILENAME is a text in quotes, not partitions.csv",
			],
		);
	});

	it("refuses lines that come to nothing on their way through mcconfig", () => {
		assert.deepEqual(
			config(
				[
					"# CONFIG_ESP_INT_WDT is not set",
					"CONFIG_LWIP_MAX_SOCKETS = 8",
					"CONFIG_SPIRAM=y",
					"CONFIG_SPIRAM_USE_CAPS_ALLOC=y",
					"CONFIG_LWIP_MAX_UDP_PCBS=16",
					"CONFIG_LWIP_MAX_UDP_PCBS=17",
					"CONFIG_LWIP_TCP_MAXRTX=12",
				],
				["CONFIG_LWIP_MAX_UDP_PCBS=1"],
			).map((line) => line.replace(/(mcconfig takes|the SDK has the option|mcconfig compares).*$/, "$1")),
			[
				"defaults:1: mcconfig passes over comments: write CONFIG_ESP_INT_WDT=n",
				'defaults:2: "CONFIG_LWIP_MAX_SOCKETS = 8" is no setting: mcconfig takes',
				"defaults:4: CONFIG_SPIRAM_USE_CAPS_ALLOC=y does nothing: the SDK has the option",
				"defaults:6: CONFIG_LWIP_MAX_UDP_PCBS is set above as well",
				"defaults.release:1: CONFIG_LWIP_MAX_UDP_PCBS=1 does nothing: mcconfig compares",
			],
		);
	});

	it("refuses what another choice takes back, and what needs an option that is off", () => {
		assert.deepEqual(
			config([
				"CONFIG_ESP_CONSOLE_UART_DEFAULT=y",
				"CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG=y",
				"CONFIG_ESP_TASK_WDT_PANIC=y",
				"CONFIG_SPIRAM_MODE_OCT=y",
				"CONFIG_ESP_COREDUMP_ENABLE_TO_NONE=y",
				"CONFIG_ESP_COREDUMP_UART_DELAY=5",
			]),
			[
				"defaults:1: CONFIG_ESP_CONSOLE_UART_DEFAULT=y does nothing: a later line chooses CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG after it",
				"defaults:3: CONFIG_ESP_TASK_WDT_PANIC=y does nothing without CONFIG_ESP_TASK_WDT_EN=y",
				"defaults:4: CONFIG_SPIRAM_MODE_OCT=y does nothing without CONFIG_SPIRAM=y",
				"defaults:6: CONFIG_ESP_COREDUMP_UART_DELAY=5 does nothing without CONFIG_ESP_COREDUMP_ENABLE_TO_UART=y",
			],
		);
	});

	it("refuses a board whose files are not there", () => {
		const found = complaints(checkSdkconfig, {
			"hardware/wall/manifest.json": BOARD.replace("../sdkconfig", "sdkconfig"),
		});
		assert.deepEqual(found, ["hardware/wall/manifest.json:3: SDKCONFIGPATH: there is no hardware/wall/sdkconfig"]);
	});
});

describe("check: the faults that stopped the build of every board", function () {
	this.timeout(60000);

	it("names each of them and ends with status 1", () => {
		const program = new URL("../../../tools/check/main.js", import.meta.url).pathname;
		const files = {
			...GOOD,
			"manifest.json": MANIFEST.replace(
				'"hal/esp32s3/update"',
				'"hal/esp32s3/ethernet": "./hal/esp32s3/ethernet",\n"hal/esp32s3/update"',
			),
			"hal/esp32s3/update.c": '#include "esp_ota_ops.h"\n#include "nvs.h"\n',
			"hal/esp32s3/ethernet.c":
				'#if __has_include("esp_eth_mac_w5500.h")\n#include "esp_eth_mac_w5500.h"\nvoid xs_start(void) {}\n#else\nvoid xs_start(void) {}\n#endif\n',
			"audio/port/esp32s3_sockets.c":
				'#include "lwip/sockets.h"\nint f(void) { return socket(AF_INET, SOCK_DGRAM, 0); }\n',
			"hardware/desk/manifest.json": json({ dependency: [{ idf: "esp_eth" }, W5500] }),
			"hardware/sdkconfig/sdkconfig.defaults": "CONFIG_LWIP_HOOK_DHCP_EXTRA_OPTION_CUSTOM=y\n",
		};
		withProject(files, (project) => {
			const run = spawnSync(process.execPath, [program, project.root], { encoding: "utf8" });
			assert.equal(run.status, 1);
			for (const name of [
				"includes of device code",
				"calls of device code",
				"dependencies of manifests",
				"sdkconfig",
			]) {
				assert.include(run.stdout, `check ${name}: failed`);
			}
			for (const place of [
				'hal/esp32s3/update.c:1: "esp_ota_ops.h"',
				'hal/esp32s3/update.c:2: "nvs.h"',
				"audio/port/esp32s3_sockets.c:2: socket()",
				"hardware/sdkconfig/sdkconfig.defaults:1: CONFIG_LWIP_HOOK_DHCP_EXTRA_OPTION_CUSTOM",
				"hardware/desk/manifest.json:2: espressif/w5500: mcconfig ignores",
				'espressif/w5500: "esp_eth_mac_w5500.h" includes "wiznet_mac_common.h"',
				'hal/esp32s3/ethernet.c:1: asks whether there is "esp_eth_mac_w5500.h"',
				'hal/esp32s3/ethernet.c:2: "esp_eth_mac_w5500.h" is of espressif/w5500',
			]) {
				assert.include(run.stderr, place);
			}
		});
	});
});
