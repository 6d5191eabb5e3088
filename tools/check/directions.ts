/*
 * Who may import whom: keeps the rooms of the house apart, so that each can be read, tested and replaced by itself. Imports of
 * types count as much as imports of values.
 */
import type { DeviceModules } from "./manifest.js";
import type { Complaint, Project } from "./project.js";
import { importsOf } from "./scan.js";

/** Rooms of the device's code and what each may import; its own room always, the room "sdk" being the body's own system. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
	limits: [],
	hardware: [],
	base: ["limits"],
	network: ["base", "limits", "hardware"],
	sccp: ["base", "limits", "hardware"],
	xml: ["base", "limits", "hardware"],
	net: ["base", "limits", "hardware"],
	station: ["sccp", "network", "base", "limits", "hardware"],
	phone: ["sccp", "base", "limits", "hardware"],
	ui: ["phone", "base", "limits", "hardware"],
	settings: ["network", "base", "limits", "hardware"],
	provisioning: ["xml", "net", "network", "settings", "base", "limits", "hardware"],
	services: ["xml", "net", "ui", "base", "limits", "hardware"],
	audio: ["hardware"],
	control: ["hardware"],
	display: ["hardware"],
	drivers: [],
	// what base knows is about no phone: a body needs it as much as the rooms above do
	body: ["hardware", "base", "audio", "control", "display", "drivers", "board", "description", "sdk"],
	board: ["hardware", "control", "drivers", "description", "sdk"],
	description: ["drivers"],
	app: [
		"base",
		"network",
		"limits",
		"hardware",
		"sccp",
		"xml",
		"net",
		"station",
		"phone",
		"ui",
		"settings",
		"provisioning",
		"services",
	],
	main: ["app"],
};

/** Modules that main.ts takes from the body it runs on, besides the rooms above. */
const MAIN_FROM_BODY = "hal/body";
/** The body that all boards in hardware/ carry. */
const BOARDS_BODY = "hal/esp32s3/";

/** The room of the device that a file is in, undefined for tools, tests and the like. */
export function roomOf(file: string): string | undefined {
	if (file === "main.ts") return "main";
	if (file === "modules/limits.ts") return "limits";
	if (/^hal\/(hardware|key-names|letters|wrap)\.ts$/.test(file)) return "hardware";
	if (file === "hal/esp32s3/board.ts" || file === "hal/load.ts") return "description";
	const shared = /^hal\/(control|display|drivers)\//.exec(file);
	if (shared !== null) return shared[1];
	if (/^hal\/[^/]+\//.test(file)) return "body";
	if (file.startsWith("hardware/")) return "board";
	if (/^audio\/[^/]+$/.test(file)) return "audio";
	return /^modules\/([^/]+)\//.exec(file)?.[1];
}

/** Complaints about imports against the house's directions in all of the project. */
export function checkDirections(project: Project, platforms: readonly DeviceModules[]): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of project.matching(/\.ts$/)) {
		if (file.endsWith(".d.ts")) continue;
		for (const { specifier, line } of importsOf(project.read(file))) {
			const text = judge(file, specifier, platforms);
			if (text !== undefined) complaints.push({ file, line, text });
		}
	}
	return complaints;
}

function judge(file: string, specifier: string, platforms: readonly DeviceModules[]): string | undefined {
	if (roomOf(file) !== undefined) return judgeDevice(file, specifier, platforms);
	if (file.startsWith("test/modules/")) return judgePureTest(file, specifier, platforms);
	if (file.startsWith("tools/")) return judgeTool(file, specifier, platforms);
	return undefined;
}

/** The files that a bare specifier names on the bodies; none when it is no module of the project. */
function filesOf(specifier: string, platforms: readonly DeviceModules[]): string[] {
	const files = platforms.map((platform) => platform.modules.get(specifier));
	return [...new Set(files.filter((file) => file !== undefined))];
}

/**
 * The platforms whose map counts for a file: a body may give modules such as `timer` that come from the SDK on another. Boards
 * are the ESP32-S3's.
 */
function platformsFor(file: string, room: string, platforms: readonly DeviceModules[]): readonly DeviceModules[] {
	if (room !== "body" && room !== "board") return platforms;
	const folder = room === "board" ? BOARDS_BODY : (/^hal\/[^/]+\//.exec(file)?.[0] ?? file);
	const served = platforms.filter(({ modules }) => [...modules.values()].some((other) => other.startsWith(folder)));
	return served.length > 0 ? served : platforms;
}

function judgeDevice(file: string, specifier: string, platforms: readonly DeviceModules[]): string | undefined {
	const room = roomOf(file) as string;
	const allowed = ROOMS[room];
	if (allowed === undefined) {
		return `the room "${room}" is not in the plan of the house; say in tools/check/directions.ts what it may import`;
	}
	if (specifier.startsWith(".")) {
		return `"${specifier}": modules of the device import each other by the specifier that manifest.json maps`;
	}
	if (room === "main" && specifier === MAIN_FROM_BODY) return undefined;

	const targets = filesOf(specifier, platformsFor(file, room, platforms));
	if (targets.length === 0) {
		if (allowed.includes("sdk") && !isProjectSpecifier(specifier)) return undefined;
		return `"${specifier}" is no module of manifest.json`;
	}
	for (const target of targets) {
		const other = roomOf(target) as string;
		if (other !== room && !allowed.includes(other)) {
			return `${room} must not import ${other} ("${specifier}"); it may import ${listed(allowed)}`;
		}
	}
	return undefined;
}

/** Whether a specifier could only be meant for a module of this project, so that a wrong one is a mistake and not the SDK's. */
function isProjectSpecifier(specifier: string): boolean {
	const first = specifier.split("/")[0] as string;
	return first === "hal" || (first in ROOMS && first !== "net") || specifier.startsWith("net/");
}

function listed(rooms: readonly string[]): string {
	return rooms.length === 0 ? "nothing" : rooms.map((room) => (room === "sdk" ? "its SDK" : room)).join(", ");
}

/** Specifications of modules run under Node and inside XS alike: no import may need either. */
function judgePureTest(file: string, specifier: string, platforms: readonly DeviceModules[]): string | undefined {
	if (specifier === "chai" || specifier === "hal/hardware") return undefined;
	if (specifier.startsWith("./")) return undefined;
	if (specifier.startsWith("../")) {
		return file.startsWith("test/modules/support/") || !specifier.startsWith("../support/")
			? `"${specifier}" leaves test/modules: specifications of modules run inside XS too`
			: undefined;
	}
	const targets = filesOf(specifier, platforms);
	const pure =
		targets.length > 0 &&
		targets.every((target) =>
			/^(modules\/|hal\/(display\/|drivers\/|esp32s3\/|(key-names|letters|wrap)\.ts$))/.test(target),
		);
	return pure
		? undefined
		: `"${specifier}": specifications of modules import modules, drivers, hal/display, hal/esp32s3, hal/key-names, hal/letters, hal/wrap, hal/hardware and chai only`;
}

function judgeTool(file: string, specifier: string, platforms: readonly DeviceModules[]): string | undefined {
	if (specifier.startsWith(".")) {
		return /(^|\/)\.\.\/test\//.test(specifier) ? `"${specifier}": tools do not import tests` : undefined;
	}
	if (!file.startsWith("tools/call-agent/")) return undefined;
	const shared = filesOf(specifier, platforms);
	return shared.length === 0
		? undefined
		: `"${specifier}": the call agent shares nothing with the phone, so that a mistake made once shows`;
}
