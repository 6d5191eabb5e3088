import { execFileSync, spawnSync } from "node:child_process";
import { assert } from "chai";
import { checkDirections } from "../../../tools/check/directions.js";
import { checkDrivers } from "../../../tools/check/drivers.js";
import { checkFields } from "../../../tools/check/fields.js";
import { checkMapped, checkMembers, checkPreload, checkVariables } from "../../../tools/check/flash.js";
import { platformKey, readManifest } from "../../../tools/check/manifest.js";
import type { Project } from "../../../tools/check/project.js";
import { checkWords } from "../../../tools/check/words.js";
import { lines, withProject } from "./support.js";

const MANIFEST = JSON.stringify(
	{
		modules: {
			main: "./main",
			limits: "./modules/limits",
			"app/*": "./modules/app/*",
			"*": "$(MODULES)/base/time/*",
			"sccp/*": "./modules/sccp/*",
			"phone/*": "./modules/phone/*",
			"ui/*": "./modules/ui/*",
			"station/*": "./modules/station/*",
			"audio/*": "./audio/*",
			"hal/hardware": "./hal/hardware",
		},
		preload: ["limits", "app/deskphone", "hal/hardware"],
		platforms: {
			esp32: {
				modules: { "hal/body": "./hal/esp32s3/body", "hal/esp32s3/clock": "./hal/esp32s3/clock" },
				preload: "hal/esp32s3/clock",
			},
			host: { modules: { "hal/body": "./hal/host/body", timer: "./hal/host/timer" } },
		},
	},
	undefined,
	"\t",
);

const HOUSE = {
	"manifest.json": MANIFEST,
	"main.ts": 'import { DeskPhone } from "app/deskphone";\nimport { hardware } from "hal/body";\n',
	"modules/app/deskphone.ts": 'import { Phone } from "phone/phone";\nexport const DeskPhone = Phone;\n',
	"modules/limits.ts": "export const Limits = 1;\n",
	"hal/hardware.ts": "export const Key = 1;\n",
	"hal/esp32s3/body.ts": 'import Timer from "timer";\nimport { Clock } from "hal/esp32s3/clock";\n',
	"hal/esp32s3/clock.ts": 'import type { Clock } from "hal/hardware";\n',
	"hal/host/body.ts": 'import { Audio } from "audio/audio";\nimport Timer from "timer";\n',
	"hal/host/timer.ts": "export default {};\n",
	"audio/audio.ts": 'import type { Audio } from "hal/hardware";\n',
};

function directions(project: Project): string[] {
	const platforms = ["esp32", "host"].map((platform) => readManifest(project, "manifest.json", platform));
	return lines(checkDirections(project, platforms));
}

function directionsWith(files: Record<string, string>): string[] {
	return withProject({ ...HOUSE, "modules/phone/phone.ts": "export const Phone = 1;\n", ...files }, directions);
}

describe("check: directions of imports", () => {
	it("accepts the house as planned", () => {
		assert.deepEqual(
			directionsWith({
				"modules/sccp/reader.ts": 'import { Limits } from "limits";\nimport { Clock } from "hal/hardware";\n',
				"modules/phone/phone.ts": 'import { Reader } from "sccp/reader";\nimport { a } from "phone/calls";\n',
				"modules/phone/calls.ts": "export const a = 1;\n",
				"modules/ui/screen.ts": 'import type { Phone } from "phone/phone";\n',
				"test/modules/ui/ui.spec.ts": 'import { assert } from "chai";\nimport { f } from "../support/fakes.js";\n',
				"tools/bench/main.ts": 'import { Reader } from "sccp/reader";\nimport fs from "node:fs";\n',
			}),
			[],
		);
	});

	it("refuses imports of types against the direction as well", () => {
		assert.deepEqual(
			directionsWith({
				"modules/sccp/reader.ts": "export const r = 1;\n",
				"modules/ui/screen.ts": '\nimport type { Reader } from "sccp/reader";\n',
			}),
			['modules/ui/screen.ts:2: ui must not import sccp ("sccp/reader"); it may import phone, base, limits, hardware'],
		);
	});

	it("keeps station and phone apart, audio from modules, and everything from main", () => {
		const complaints = directionsWith({
			"modules/station/station.ts": 'import { Phone } from "phone/phone";\n',
			"audio/audio.ts": 'import { Limits } from "limits";\n',
			"modules/phone/phone.ts": 'import { start } from "main";\nimport { hardware } from "hal/body";\n',
			"main.ts": 'import { Phone } from "phone/phone";\n',
			"modules/app/deskphone.ts": 'import { hardware } from "hal/body";\n',
		});
		assert.match(complaints.splice(1, 1)[0] as string, /^main\.ts:1: main must not import phone/);
		assert.match(complaints.splice(1, 1)[0] as string, /^modules\/app\/deskphone\.ts:1: app must not import body/);
		assert.lengthOf(complaints, 4);
		assert.match(complaints[0] as string, /^audio\/audio\.ts:1: audio must not import limits/);
		assert.match(complaints[1] as string, /^modules\/phone\/phone\.ts:1: phone must not import main/);
		assert.match(complaints[2] as string, /^modules\/phone\/phone\.ts:2: phone must not import body/);
		assert.match(complaints[3] as string, /^modules\/station\/station\.ts:1: station must not import phone/);
	});

	it("refuses relative paths, unknown modules, Node and other bodies on the device", () => {
		assert.deepEqual(
			directionsWith({
				"modules/sccp/reader.ts": 'import "./writer";\nimport "node:fs";\nimport "sccp/nowhere";\n',
				"hal/host/body.ts": 'import "hal/esp32s3/clock";\nimport "hal/nowhere";\nimport "embedded:io/socket/tcp";\n',
			}).map((line) => line.replace(/: .*"(.*?)".*/, " $1")),
			[
				"hal/host/body.ts:1 hal/esp32s3/clock",
				"hal/host/body.ts:2 hal/nowhere",
				"modules/sccp/reader.ts:1 ./writer",
				"modules/sccp/reader.ts:2 node:fs",
				"modules/sccp/reader.ts:3 sccp/nowhere",
			],
		);
	});

	it("lets a board import the SDK and numbers of the hardware, whatever another body gives under the same name", () => {
		const complaints = directionsWith({
			"hardware/deskphone/setup-target.ts": 'import Timer from "timer";\nimport { Limits } from "limits";\n',
			"hardware/deskphone/board.ts": 'import { Key } from "hal/hardware";\nimport "hal/esp32s3/clock";\n',
		});
		assert.deepEqual(complaints, [
			'hardware/deskphone/board.ts:2: board must not import body ("hal/esp32s3/clock"); it may import hardware, control, drivers, description, its SDK',
			'hardware/deskphone/setup-target.ts:2: board must not import limits ("limits"); it may import hardware, control, drivers, description, its SDK',
		]);
	});

	it("refuses rooms that the plan does not know", () => {
		const complaints = directionsWith({ "modules/attic/box.ts": 'import "limits";\n' });
		assert.lengthOf(complaints, 1);
		assert.match(complaints[0] as string, /the room "attic" is not in the plan/);
	});

	it("keeps the call agent's code its own, and module specifications pure", () => {
		const complaints = directionsWith({
			"modules/sccp/reader.ts": "export const r = 1;\n",
			"tools/call-agent/wire.ts": 'import { r } from "sccp/reader";\n',
			"tools/call/main.ts": 'import "../../test/phones/support.js";\n',
			"test/modules/reader.spec.ts": 'import fs from "node:fs";\nimport "../sccp/tshark.js";\nimport "audio/audio";\n',
		});
		assert.deepEqual(
			complaints.map((line) => line.split(": ")[0]),
			[
				"test/modules/reader.spec.ts:1",
				"test/modules/reader.spec.ts:2",
				"test/modules/reader.spec.ts:3",
				"tools/call-agent/wire.ts:1",
				"tools/call/main.ts:1",
			],
		);
	});
});

describe("check: what lies in flash", () => {
	function preload(files: Record<string, string>, change: (manifest: typeof HOUSE_MANIFEST) => void): string[] {
		const manifest = structuredClone(HOUSE_MANIFEST);
		change(manifest);
		return withProject({ ...HOUSE, ...files, "manifest.json": JSON.stringify(manifest, undefined, "\t") }, (project) =>
			lines(checkPreload(project, "manifest.json", readManifest(project, "manifest.json", "esp32"))),
		);
	}
	const HOUSE_MANIFEST = JSON.parse(MANIFEST) as { modules: Record<string, string>; preload: string[] };

	it("accepts a list of exactly the modules there are", () => {
		assert.deepEqual(
			preload({}, (manifest) => manifest.preload.push("audio/audio")),
			[],
		);
	});

	it("names the module that is missing in the list, and the line that maps it", () => {
		assert.deepEqual(
			preload({ "modules/sccp/reader.ts": "" }, (manifest) => manifest.preload.push("audio/audio")),
			['manifest.json: "sccp/reader" (modules/sccp/reader.ts) is not preloaded: it would take RAM on the device'],
		);
	});

	it("refuses globs, doubles, unknown modules and those that make objects at boot", () => {
		const complaints = preload({}, (manifest) => {
			manifest.preload.push("audio/audio", "limits", "sccp/*", "sccp/gone", "main");
			manifest.modules["xml/reader"] = "./modules/xml/reader";
		});
		assert.deepEqual(
			complaints.map((line) => line.replace(/^.*?"(.*?)" (\S+ \S+).*$/, "$1 $2")),
			[
				"xml/reader names modules/xml/reader,",
				"limits is preloaded",
				"sccp/* is a",
				"sccp/gone is preloaded",
				"main makes the",
			],
		);
	});

	it("wants a module preloaded by the manifest that maps it", () => {
		const files = {
			...HOUSE,
			"hal/one/one.ts": "",
			"hal/one/manifest.json": '{ "modules": { "hal/one/*": "./*" } }',
			"hal/two/manifest.json": '{\n"include": "../one/manifest.json",\n"preload": "hal/one/one"\n}',
		};
		withProject(files, (project) => {
			const two = readManifest(project, "hal/two/manifest.json", "esp32");
			assert.deepEqual(lines(checkPreload(project, "hal/two/manifest.json", two)), [
				'hal/two/manifest.json:3: "hal/one/one" is preloaded by another manifest than hal/one/manifest.json, which maps it',
			]);
		});
	});

	it("gives a file one name, the first, as mcconfig does", () => {
		const manifest = '{ "modules": { "hal/body": "./body", "hal/one/*": "./*" }, "preload": "hal/one/other" }';
		const files = { "hal/one/manifest.json": manifest, "hal/one/body.ts": "", "hal/one/other.ts": "" };
		withProject(files, (project) => {
			const one = readManifest(project, "hal/one/manifest.json", "esp32");
			assert.deepEqual([...one.modules.keys()], ["hal/body", "hal/one/other"]);
			assert.deepEqual(lines(checkPreload(project, "hal/one/manifest.json", one)), []);
		});
	});

	it("finds modules that no specifier names", () => {
		withProject({ ...HOUSE, "modules/xml/reader.ts": "", "modules/xml/types.d.ts": "" }, (project) => {
			const device = readManifest(project, "manifest.json", "esp32");
			assert.deepEqual(lines(checkMapped(project, "manifest.json", [device], /^modules\//)), [
				"modules/xml/reader.ts: no specifier in manifest.json names this module",
			]);
		});
	});

	it("counts what a manifest includes, from wherever it lies, and once", () => {
		const part = { modules: { "hal/driver": "../driver" }, preload: ["hal/driver"], include: "../../manifest.json" };
		const files = {
			...HOUSE,
			"hal/driver.ts": "",
			"hal/one/manifest.json": JSON.stringify(part),
			"hardware/box/manifest.json": JSON.stringify({
				include: ["$(MODULES)/drivers/x/manifest.json", "../../hal/one/manifest.json"],
				platforms: { esp32: { include: "../../hal/one/manifest.json" } },
			}),
		};
		withProject(files, (project) => {
			const box = readManifest(project, "hardware/box/manifest.json", "esp32");
			assert.equal(box.modules.get("hal/driver"), "hal/driver.ts");
			assert.equal(box.modules.get("main"), "main.ts");
			assert.deepEqual(
				box.preload.filter((specifier) => specifier === "hal/driver"),
				["hal/driver"],
			);
			const device = readManifest(project, "manifest.json", "esp32");
			assert.lengthOf(checkMapped(project, "manifest.json", [device], /^hal\/driver/), 1);
			assert.lengthOf(checkMapped(project, "manifest.json", [device, box], /^hal\/driver/), 0);
		});
	});

	it("finds #members, each name once, and takes no string for one", () => {
		const source = `export class A {\n\treadonly #field = "#abc";\n\tprivate other = 1;\n\tget() {\n\t\treturn this.#field + this.#go();\n\t}\n\t#go() {}\n}\n`;
		withProject({ "hal/a.ts": source, "modules/b.ts": source }, (project) => {
			assert.deepEqual(lines(checkMembers(project, /^hal\//)), [
				'hal/a.ts:2: #field takes more of XS\'s heap than "private field"',
				'hal/a.ts:5: #go takes more of XS\'s heap than "private go"',
			]);
		});
	});

	it("finds variables of modules", () => {
		withProject({ "modules/ui/a.ts": "const a = 1;\nlet count = 0;\n", "tools/b.ts": "let c = 1;\n" }, (project) => {
			assert.deepEqual(lines(checkVariables(project, /^modules\//)), [
				"modules/ui/a.ts:2: count is a variable of the module: a preloaded module cannot change",
			]);
		});
	});
});

describe("check: drivers of boards", () => {
	const CODEC = "hal/drivers/codec/codec";
	const SCANNER = "hal/drivers/scanner/scanner";
	const files = {
		...HOUSE,
		[`${CODEC}.ts`]: "export class Codec {}\n",
		[`${SCANNER}.ts`]: "export class Scanner {}\n",
		"hal/drivers/codec/manifest.json": `{ "modules": { "${CODEC}": "./codec" }, "preload": "${CODEC}" }`,
		"hal/drivers/scanner/manifest.json": `{ "modules": { "${SCANNER}": "./scanner" }, "preload": "${SCANNER}" }`,
		"hardware/desk/board.ts": `import { Codec } from "${CODEC}";\n`,
		"hardware/wall/board.ts": `\nimport type { Scanner } from "${SCANNER}";\n`,
	};
	const manifest = (...drivers: string[]): string =>
		JSON.stringify({
			include: drivers.map((driver) => `../../hal/drivers/${driver}/manifest.json`),
			modules: { board: "./board" },
			preload: "board",
		});
	const complaints = (desk: string, wall: string, others: Record<string, string> = {}): string[] =>
		withProject(
			{ ...files, ...others, "hardware/desk/manifest.json": desk, "hardware/wall/manifest.json": wall },
			(project) => {
				const device = readManifest(project, "manifest.json", "esp32");
				const images = ["desk", "wall"].map((name) => {
					const file = `hardware/${name}/manifest.json`;
					return { file, modules: new Map([...device.modules, ...readManifest(project, file, "esp32").modules]) };
				});
				return lines(checkDrivers(project, images));
			},
		);

	it("accepts boards that bring what they name", () => {
		assert.deepEqual(complaints(manifest("codec"), manifest("scanner")), []);
	});

	it("refuses a driver that the board's manifest does not include, though another's does", () => {
		assert.deepEqual(complaints(manifest(), manifest("scanner", "codec")), [
			`hardware/desk/board.ts:1: "${CODEC}" is not in the image: hardware/desk/manifest.json does not include it`,
			`hardware/wall/manifest.json: includes ${CODEC}.ts, which nothing in the image imports`,
		]);
	});

	it("refuses a body that imports a chip of its own: boards without it could not be built", () => {
		const body = { "hal/esp32s3/clock.ts": `import { Codec } from "${CODEC}";\n` };
		assert.deepEqual(complaints(manifest("codec"), manifest("scanner"), body), [
			`hal/esp32s3/clock.ts:1: "${CODEC}" is not in the image: hardware/wall/manifest.json does not include it`,
		]);
	});

	it("drivers know neither phone nor body, display nor hardware", () => {
		withProject(
			{
				...files,
				[`${CODEC}.ts`]:
					'import { Key } from "hal/hardware";\nimport { Limits } from "limits";\nimport "hal/esp32s3/clock";\nimport Timer from "timer";\n',
				"hardware/desk/manifest.json": manifest("codec"),
			},
			(project) => {
				const device = readManifest(project, "manifest.json", "esp32");
				const desk = readManifest(project, "hardware/desk/manifest.json", "esp32");
				const image = { ...device, modules: new Map([...device.modules, ...desk.modules]) };
				assert.deepEqual(
					lines(checkDirections(project, [image])).filter((line) => line.startsWith(CODEC)),
					[
						`${CODEC}.ts:1: drivers must not import hardware ("hal/hardware"); it may import nothing`,
						`${CODEC}.ts:2: drivers must not import limits ("limits"); it may import nothing`,
						`${CODEC}.ts:3: drivers must not import body ("hal/esp32s3/clock"); it may import nothing`,
						`${CODEC}.ts:4: "timer" is no module of manifest.json`,
					],
				);
			},
		);
	});
});

describe("check: manifests that others include", () => {
	const fragment = "hal/esp32s3/ethernet/w5500/manifest.json";
	const files = {
		...HOUSE,
		[fragment]: JSON.stringify(
			{
				modules: { "hal/esp32s3/ethernet/w5500": "./w5500" },
				preload: ["hal/esp32s3/ethernet/w5500"],
				platforms: { esp32: { include: "../common/manifest.json" } },
			},
			undefined,
			"\t",
		),
		"hal/esp32s3/ethernet/w5500/w5500.ts": 'import "hal/esp32s3/ethernet/common";\n',
		"hal/esp32s3/ethernet/w5500/w5500.c": "",
		"hal/esp32s3/ethernet/common/manifest.json": '{ "modules": { "hal/esp32s3/ethernet/common": "./common" } }',
		"hal/esp32s3/ethernet/common/common.ts": "",
		"hardware/desk/manifest.json":
			'{ "include": ["$(MODULES)/x.json", "../../hal/esp32s3/ethernet/w5500/manifest.json"] }',
	};
	const read = <Result>(changed: Record<string, string>, use: (project: Project) => Result): Result =>
		withProject({ ...files, ...changed }, use);

	it("counts their modules and preload lists for the board, each once", () => {
		read({ "hardware/desk/manifest.json": `{ "include": ["../../${fragment}", "../../${fragment}"] }` }, (project) => {
			const board = readManifest(project, "hardware/desk/manifest.json", "esp32/desk");
			assert.deepEqual(
				[...board.modules],
				[
					["hal/esp32s3/ethernet/common", "hal/esp32s3/ethernet/common/common.ts"],
					["hal/esp32s3/ethernet/w5500", "hal/esp32s3/ethernet/w5500/w5500.ts"],
				],
			);
			assert.deepEqual([...board.preload], ["hal/esp32s3/ethernet/w5500"]);
			assert.deepEqual(
				[...board.manifests],
				["hal/esp32s3/ethernet/common/manifest.json", fragment, "hardware/desk/manifest.json"],
			);
			assert.lengthOf(checkMapped(project, "manifest.json", [board], /^hal\/esp32s3\/ethernet\//), 0);
			const device = readManifest(project, "manifest.json", "esp32");
			assert.lengthOf(checkMapped(project, "manifest.json", [device], /^hal\/esp32s3\/ethernet\//), 2);
		});
	});

	it("complains where the line stands, and of a manifest that is not there", () => {
		read({ "hal/esp32s3/ethernet/common/common.ts": "let a = 1;\n" }, (project) => {
			const board = readManifest(project, "hardware/desk/manifest.json", "esp32/desk");
			assert.deepEqual(lines(checkPreload(project, "hardware/desk/manifest.json", board)), [
				'hal/esp32s3/ethernet/common/manifest.json:1: "hal/esp32s3/ethernet/common" (hal/esp32s3/ethernet/common/common.ts) is not preloaded: it would take RAM on the device',
			]);
		});
		read({ "hardware/desk/manifest.json": '{ "include": "./gone.json" }' }, (project) => {
			const board = readManifest(project, "hardware/desk/manifest.json", "esp32/desk");
			assert.deepEqual(lines(checkPreload(project, "hardware/desk/manifest.json", board)), [
				'hardware/desk/manifest.json:1: "./gone.json" names hardware/desk/gone.json, which does not exist',
			]);
		});
	});

	it("takes one entry of platforms, the most exact, as mcconfig does", () => {
		const key = (names: string[], platform: string): string | undefined =>
			platformKey(Object.fromEntries(names.map((name) => [name, {}])), platform);
		assert.equal(key(["esp32", "esp32/desk"], "esp32/desk"), "esp32/desk");
		assert.equal(key(["esp32", "esp32/*"], "esp32/desk"), "esp32/*");
		assert.equal(key(["esp32/wall", "esp32"], "esp32/desk"), "esp32");
		assert.equal(key(["*/desk", "host"], "esp32/desk"), "*/desk");
		assert.equal(key(["host", "..."], "esp32/desk"), "...");
		assert.isUndefined(key(["host", "esp32/*"], "esp32"));
	});
});

describe("check: words", () => {
	it("finds paths of one machine, download addresses and work left for later", () => {
		const files = {
			"a.ts": 'const a = "/home/someone/linnet";\nconst b = `${root}/tmp/x`; // TODO later\n',
			"b.c": '/* see tools/tmp/x, https://host/home/page */\nopen("/tmp/socket");\n',
			"package-lock.json": '{\n"resolved": "https://registry.example.org/a.tgz",\n"url": "https://example.org"\n}',
			"c.png": "/home/x/y",
			"example/d.ts": "/home/x/y",
		};
		const complaints = withProject(files, (project) => lines(checkWords(project, /^example\//)));
		assert.deepEqual(
			complaints.map((line) => line.replace(/ (is|do) .*/, "")),
			[
				'a.ts:1: "/home/s"',
				'a.ts:2: "TODO"',
				'b.c:2: "/tmp/s"',
				'package-lock.json:2: ""resolved": "https:"',
				'package-lock.json:2: "registry.example.org"',
			],
		);
	});
});

describe("check: as a program", function () {
	this.timeout(60000);

	it("ends with status 1 and names file and line when something is wrong", () => {
		const program = new URL("../../../tools/check/main.js", import.meta.url).pathname;
		const files = {
			...HOUSE,
			"hardware/deskphone/manifest.json": "{}",
			"modules/phone/phone.ts": "let calls = 0;\n",
		};
		withProject(files, (project) => {
			const run = spawnSync(process.execPath, [program, project.root], { encoding: "utf8" });
			assert.equal(run.status, 1);
			assert.match(run.stdout, /^check variables of modules: failed$/m);
			assert.match(run.stdout, /^check directions of imports: passed$/m);
			assert.match(run.stderr, /^modules\/phone\/phone\.ts:1: calls is a variable/m);
		});
	});

	it("looks at what git knows, leaving out what it ignores", () => {
		withProject({ "a.ts": "", "build/b.ts": "", ".gitignore": "ignored.ts\n", "ignored.ts": "" }, (project) => {
			assert.deepEqual([...project.files], [".gitignore", "a.ts", "ignored.ts"]);
			execFileSync("git", ["init", "-q"], { cwd: project.root });
			const { files } = new (project.constructor as typeof Project)(project.root);
			assert.deepEqual([...files], [".gitignore", "a.ts", "build/b.ts"]);
		});
	});
});

describe("check: fields of messages", () => {
	const table = `const end = Object.freeze({ call: 0, port: 4 });
/** A key. */
export const Key = message(1, "Key", toPhone, layout(0, { key: 0, line: 4 }, { size: 8 }));
export const Close = message(
	2,
	"Close",
	toPhone,
	layout(0, end),
);
`;
	const code = `import { Close, Key } from "sccp/messages-call";

export function key(reader) {
	const at = Key.layout(1);
	use(at.key, at.line);
}

export function close(reader) {
	return reader.u32(Close.layout(1).call) + reader.u32(Close.layout(1).port);
}
`;
	const complaints = (changedTable: string, changedCode: string): string[] =>
		withProject({ "modules/sccp/messages-call.ts": changedTable, "modules/phone/receive.ts": changedCode }, (project) =>
			lines(checkFields(project)),
		);

	it("accepts fields that are used, and those that say why they are not", () => {
		assert.deepEqual(complaints(table, code), []);
		const excused = table.replace("port: 4 }", "\n\tport: 4, // not read: ports stay\n}");
		assert.deepEqual(complaints(excused, code.replace("Close.layout(1).port", "0")), []);
	});

	it("complains of a field that another message's reader uses, but not its own", () => {
		assert.deepEqual(complaints(table, code.replace(", at.line", "").replace("+ reader", "+ at.line + reader")), [
			'modules/sccp/messages-call.ts:3: Key line: use it, or say at it why not ("// not read: ...")',
		]);
	});

	it("accepts fields that a function beside the reader uses, and complains when it is another's", () => {
		const helper = `
function line(reader, at) {
	return reader.u32(at.line);
}
`;
		const handed = code.replace("use(at.key, at.line)", "use(at.key, line(reader, at))") + helper;
		assert.deepEqual(complaints(table, handed), []);
		assert.deepEqual(complaints(table, code.replace(", at.line", "") + helper), [
			'modules/sccp/messages-call.ts:3: Key line: use it, or say at it why not ("// not read: ...")',
		]);
	});

	it("complains of excuses that are none any more", () => {
		const excused = table.replace("port: 4 }", "\n\tport: 4, // not read: ports stay\n}");
		assert.deepEqual(complaints(excused, code), [
			"modules/sccp/messages-call.ts:6: Close port is used, though its comment says that it is not",
		]);
	});

	it("complains of reasons that only put it off", () => {
		const unread = code.replace("Close.layout(1).port", "0");
		const excused = table.replace("port: 4 }", "\n\tport: 4, // not read: no ports so far\n}");
		assert.deepEqual(complaints(excused, unread), [
			"modules/sccp/messages-call.ts:6: Close port: 'so far' and 'yet' are no reasons: use it, or say what it is not for",
		]);
		const message = table.replace("/** A key. */", "/** A key. Not read yet. */");
		assert.deepEqual(complaints(message, code), [
			"modules/sccp/messages-call.ts:3: Key: 'so far' and 'yet' are no reasons: use it, or say what it is not for",
		]);
	});

	it("complains of a message that is imported and no more, unless it says what it is for", () => {
		const unused = code.slice(0, code.indexOf("export function close"));
		assert.deepEqual(complaints(table, unused), [
			'modules/sccp/messages-call.ts:4: nothing uses Close: say above it why ("Not read: ..."), or take it away',
		]);
		const said = table.replace("export const Close", "/** Not read: ports stay. */\nexport const Close");
		assert.deepEqual(complaints(said, unused), []);
	});
});
