/*
 * What is needed on this computer to make and flash a board's firmware, looked for one by one: the Moddable SDK with its tools,
 * ESP-IDF of the version that the SDK expects, with its compiler, and a serial port. Each finding says what to do where it is missing.
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../phone/project.js";

export interface Finding {
	/** What was looked for, such as 'ESP-IDF'. */
	readonly name: string;
	readonly found: boolean;
	/** True for what only some commands need. */
	readonly optional?: boolean;
	/** Where or which one it is; what to do when it is missing. */
	readonly text: string;
}

/** Environment variables of the person who builds. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The oldest engine that knows `native()` in TypeScript, as the firmware's natives are written (SDK 8.2). */
const oldestEngine = 17;
/** Programs of the SDK that make an image. */
const sdkTools = ["mcconfig", "xsc", "xsl", "mcrez"];
const compiler = "xtensa-esp32s3-elf-gcc";
/** The file that xs-dev writes for shells to read, in the home folder. */
const xsDevExports = ".local/share/xs-dev-export.sh";

/** The folder in PATH that holds a program, undefined when none does. */
function onPath(environment: Environment, program: string): string | undefined {
	return (environment.PATH ?? "").split(delimiter).find((folder) => folder !== "" && executable(join(folder, program)));
}

export function executable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		// ESP-IDF's folder of tools, which is in PATH, has a folder cmake.
		return statSync(file).isFile();
	} catch {
		return false;
	}
}

/** The first group of a pattern in a file, '' when either is missing. */
function within(file: string, pattern: RegExp): string {
	return existsSync(file) ? (pattern.exec(readFileSync(file, "utf8"))?.[1] ?? "") : "";
}

/** How to get what xs-dev sets up: it may be there and only unknown to this shell. */
function advice(environment: Environment, setUp: string): string {
	const exports = join(environment.HOME ?? "", xsDevExports);
	return existsSync(exports) ? `source ${exports}, or run '${setUp}'` : `run '${setUp}' (npm install -g xs-dev)`;
}

/** Where the SDK's programs are on this computer. */
export function sdkPrograms(environment: Environment): string {
	return join(environment.MODDABLE ?? "", "build/bin", process.platform === "darwin" ? "mac" : "lin", "release");
}

function examineSdk(environment: Environment): Finding[] {
	const moddable = environment.MODDABLE ?? "";
	const engine = within(join(moddable, "xs/sources/xsCommon.h"), /XS_MAJOR_VERSION\s+(\d+)/);
	if (engine === "") {
		const why = moddable === "" ? "MODDABLE is not set" : `MODDABLE=${moddable} holds no Moddable SDK`;
		return [{ name: "Moddable SDK", found: false, text: `${why}: ${advice(environment, "xs-dev setup")}` }];
	}
	const findings: Finding[] = [
		Number(engine) >= oldestEngine
			? { name: "Moddable SDK", found: true, text: `${moddable} (XS ${engine})` }
			: {
					name: "Moddable SDK",
					found: false,
					text: `${moddable} has XS ${engine}, ${oldestEngine} or later is needed: run 'xs-dev update'`,
				},
	];
	const programs = sdkPrograms(environment);
	const missing = sdkTools.filter((tool) => !executable(join(programs, tool)));
	findings.push({
		name: "SDK tools",
		found: missing.length === 0,
		text:
			missing.length === 0
				? programs
				: `${missing.join(", ")} not in ${programs}: run 'make' in ${join(moddable, "build/makefiles", process.platform === "darwin" ? "mac" : "lin")}`,
	});
	return findings;
}

function examineIdf(environment: Environment): Finding[] {
	const idf = environment.IDF_PATH ?? "";
	const setUp = "xs-dev setup --device esp32";
	const versions = join(idf, "tools/cmake/version.cmake");
	const major = within(versions, /IDF_VERSION_MAJOR\s+(\d+)/);
	if (major === "") {
		const why = idf === "" ? "IDF_PATH is not set" : `IDF_PATH=${idf} holds no ESP-IDF`;
		return [{ name: "ESP-IDF", found: false, text: `${why}: ${advice(environment, setUp)}` }];
	}
	const version = `${major}.${within(versions, /IDF_VERSION_MINOR\s+(\d+)/)}`;
	const manifest = join(environment.MODDABLE ?? "", "build/devices/esp32/manifest.json");
	const expected = within(manifest, /"EXPECTED_ESP_IDF":\s*"v?(\d+\.\d+)/);
	const right = expected === "" || expected === version;
	const findings: Finding[] = [
		{
			name: "ESP-IDF",
			found: right,
			text: right
				? `${idf} (${version})`
				: `${idf} is version ${version}, the SDK expects ${expected}: run 'xs-dev update --device esp32'`,
		},
	];
	for (const program of ["idf.py", compiler, "python"]) {
		const folder = onPath(environment, program);
		findings.push({
			name: program,
			found: folder !== undefined,
			text: folder ?? `not in PATH: source ${join(idf, "export.sh")}`,
		});
	}
	return findings;
}

/** Serial ports as an ESP32-S3 shows them: its own USB, or a bridge chip's. */
export function serialPorts(environment: Environment, devices = "/dev"): string[] {
	if (environment.UPLOAD_PORT) return [environment.UPLOAD_PORT];
	return readdirSync(devices)
		.filter((name) => /^(ttyACM|ttyUSB|cu\.usb)/.test(name))
		.sort()
		.map((name) => join(devices, name));
}

function examinePort(environment: Environment, devices?: string): Finding {
	const name = "serial port";
	const ports = serialPorts(environment, devices);
	const [port] = ports;
	if (port === undefined)
		return { name, found: false, text: "none: connect the board by USB; if it stays away, hold BOOT while connecting" };
	if (ports.length > 1)
		return { name, found: false, text: `${ports.join(", ")}: say which is the board's, UPLOAD_PORT=${port}` };
	try {
		accessSync(port, constants.R_OK | constants.W_OK);
		return { name, found: true, text: port };
	} catch {
		return existsSync(port)
			? { name, found: false, text: `${port} may not be opened: 'sudo usermod -aG dialout $USER', then log in again` }
			: { name, found: false, text: `${port} is not there (UPLOAD_PORT)` };
	}
}

/** Names of the boards there are: folders in `hardware` with a manifest. */
export function boardNames(root = projectRoot): string[] {
	return readdirSync(join(root, "hardware"))
		.filter((name) => existsSync(join(root, "hardware", name, "manifest.json")))
		.sort();
}

/** @returns what building needs. */
export function examineBuild(environment: Environment): Finding[] {
	return [...examineSdk(environment), ...examineIdf(environment)];
}

/**
 * @param devices the folder with the computer's serial ports
 * @returns what building, flashing and looking on need.
 */
export function examineAll(environment: Environment, devices?: string): Finding[] {
	return [...examineBuild(environment), examinePort(environment, devices)];
}
