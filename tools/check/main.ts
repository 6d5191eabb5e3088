/*
 * Checks of the house that no compiler makes, `npm run check` and part of `npm test`: directions of imports, what lies in
 * flash on the device, what the SDK's build has for C of the device, manifests and sdkconfig, words that do not belong
 * here, formatting, C. Prints one line a check, complaints as `file:line: text`; ends with status 1 when there are any. An
 * argument names the project's root (default: the present folder).
 */
import { checkDependencies } from "./dependencies.js";
import { checkCalls, checkIncludes, checkNames } from "./device.js";
import { checkDirections } from "./directions.js";
import { checkDrivers } from "./drivers.js";
import { checkFields } from "./fields.js";
import { checkMapped, checkMembers, checkPreload, checkVariables } from "./flash.js";
import { checkHeaps } from "./heaps.js";
import { imagesOf } from "./image.js";
import { type DeviceModules, readManifest } from "./manifest.js";
import { checkNatives } from "./natives.js";
import { type Complaint, format, Project } from "./project.js";
import { checkSdkconfig } from "./sdkconfig.js";
import { checkBiome, checkClangFormat, missingProgram, type Outcome } from "./style.js";
import { checkTexts } from "./texts.js";
import { checkClangTidy } from "./tidy.js";
import { checkWords } from "./words.js";

const MANIFEST = "manifest.json";
const BOARDS = /^hardware\/([^/]+)\/manifest\.json$/;
/** Modules that the device runs and this manifest maps. */
const ON_DEVICE =
	/^(main\.ts|modules\/.*|audio\/[^/]*|hal\/(hardware|load)\.ts|hal\/(control|dhcp|display|drivers|esp32s3|network)\/.*)$/;
/** Modules that must not change: all but the body, which makes the phone's objects at boot. */
const IN_FLASH =
	/^(modules\/.*|audio\/[^/]*|hal\/(hardware|load)\.ts|hal\/(control|dhcp|display|drivers|network)\/.*|hal\/esp32s3\/(?!body\.).*|hardware\/.*)$/;
/** Modules whose classes keep their private members without #. */
const SMALL = /^(main\.ts|(audio|hal|hardware|modules)\/.*)$/;
/** Bad examples that the checks' own tests use. */
const EXAMPLES = /^test\/tools\/check\//;

const usage = `npm run -s check

Checks what no compiler does: directions of imports, what lies in flash, what the device's code, manifests and sdkconfig name,
words, formatting, and what clang-tidy finds in C. One line a check, complaints as file:line: text; the status is 1 when there are any. Changes nothing.
`;

if (process.argv.includes("--help")) {
	process.stdout.write(usage);
	process.exit(0);
}

const project = new Project(process.argv[2] ?? process.cwd());
const device = readManifest(project, MANIFEST, "esp32");
const host = readManifest(project, MANIFEST, "host");
const boards = project.matching(BOARDS).map((file) => ({ file, modules: readBoard(file) }));
/** What the body's modules find: those of each board in turn besides its own. */
const bodies = boards.map((board) => ({
	...device,
	file: board.file,
	modules: new Map([...device.modules, ...board.modules.modules]),
}));

/** A board's manifest, with the module that the SDK maps by itself for a board outside its own folders. */
function readBoard(file: string): DeviceModules {
	const board = readManifest(project, file, `esp32/${BOARDS.exec(file)?.[1]}`);
	const provider = file.replace("manifest.json", "host/provider.ts");
	return { ...board, modules: new Map([...board.modules, ["embedded:provider/builtin", provider]]) };
}

const outcomes: Outcome[] = [];

function report(name: string, outcome: Outcome, why = ""): void {
	outcomes.push(outcome);
	console.log(`check ${name}: ${outcome}${why}`);
}

function judge(name: string, complaints: readonly Complaint[]): void {
	for (const complaint of complaints) console.error(format(complaint));
	report(name, complaints.length === 0 ? "passed" : "failed");
}

judge("directions of imports", checkDirections(project, [...bodies, host]));
judge("preload list", [
	...checkPreload(project, MANIFEST, device),
	...checkPreload(project, MANIFEST, host),
	...boards.flatMap(({ file, modules }) => checkPreload(project, file, modules)),
	...checkMapped(project, MANIFEST, bodies, ON_DEVICE),
]);
judge("drivers of boards", checkDrivers(project, bodies));
judge("fields of messages", checkFields(project));
judge("variables of modules", checkVariables(project, IN_FLASH));
judge("private members", checkMembers(project, SMALL));
judge(
	"natives of the device",
	checkNatives(
		project,
		bodies.flatMap(({ modules }) => [...modules.values()]),
	),
);
const images = imagesOf(project);
judge("includes of device code", checkIncludes(project, images));
judge("calls of device code", checkCalls(project, images));
judge("names of device code", checkNames(images));
judge("dependencies of manifests", checkDependencies(project, images));
judge("sdkconfig", [...checkSdkconfig(project, images), ...checkHeaps(project, MANIFEST)]);
judge("texts that are shown", checkTexts(project));
judge("words", checkWords(project, EXAMPLES));
report("Biome", checkBiome(project));
for (const [name, outcome] of [
	["clang-format", checkClangFormat(project)],
	["clang-tidy", await checkClangTidy(project)],
] as const) {
	const absent = outcome !== "passed" && missingProgram(name) !== undefined;
	report(name, outcome, absent ? ` (${name} is not installed: apt-get install ${name})` : "");
}

process.exitCode = outcomes.includes("failed") ? 1 : 0;
