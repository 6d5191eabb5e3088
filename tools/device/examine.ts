/*
 * What is needed on this computer to make and flash a board's firmware, looked for one by one: the Moddable SDK with its tools,
 * ESP-IDF of the version that the SDK expects, with its compiler and what it runs on, and a serial port. Each finding says what to
 * do where it is missing or too old.
 */
import { spawnSync } from "node:child_process";
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

/** The oldest SDK that compiles `native()` in TypeScript, as the firmware's natives are written, told by its engine. */
const oldest = Object.freeze({ sdk: "8.0", engine: 17, python: "3.10", cmake: "3.22" });
/** Where ESP-IDF comes from and how it is set up; xs-dev has an older one (0.30.3: v5.1.2), and its update stays there. */
const idfSource = "https://github.com/espressif/esp-idf.git";
/** Programs of the SDK that make an image. */
const sdkTools = ["mcconfig", "xsc", "xsl", "mcrez"];
const compiler = "xtensa-esp32s3-elf-gcc";
/** The file that xs-dev writes for shells to read, in the home folder. */
const xsDevExports = ".local/share/xs-dev-export.sh";

/** The folder in PATH that holds a program, undefined when none does. */
export function onPath(environment: Environment, program: string): string | undefined {
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

/** How to get the SDK: it may be there and only unknown to this shell. */
function sdkAdvice(environment: Environment): string {
	const exports = join(environment.HOME ?? "", xsDevExports);
	const setUp = "run 'npx xs-dev setup'";
	return existsSync(exports) ? `source ${exports}, or ${setUp}` : setUp;
}

/** How to get ESP-IDF of a version. */
function idfAdvice(version: string): string {
	return `run 'git clone -b v${version} --recursive ${idfSource} ~/esp-idf && ~/esp-idf/install.sh esp32s3', then 'source ~/esp-idf/export.sh'`;
}

/** What a program says of its version, '' when it says none. */
function versionOf(environment: Environment, program: string): string {
	const { stdout, stderr } = spawnSync(program, ["--version"], { encoding: "utf8", env: { ...environment } });
	return /\d+(\.\d+)+/.exec(`${stdout ?? ""}${stderr ?? ""}`)?.[0] ?? "";
}

/** Whether a version such as '3.9.2' is at least another such as '3.10'. */
export function atLeast(version: string, least: string): boolean {
	const parts = version.split(".").map(Number);
	for (const [index, wanted] of least.split(".").map(Number).entries()) {
		const part = parts[index] ?? 0;
		if (part !== wanted) return part > wanted;
	}
	return true;
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
		return [{ name: "Moddable SDK", found: false, text: `${why}: ${sdkAdvice(environment)}` }];
	}
	const findings: Finding[] = [
		Number(engine) >= oldest.engine
			? { name: "Moddable SDK", found: true, text: `${moddable} (XS ${engine})` }
			: {
					name: "Moddable SDK",
					found: false,
					text: `${moddable} has XS ${engine}; ${oldest.engine} (SDK ${oldest.sdk}) or later is needed: run 'npx xs-dev update'`,
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
	const manifest = join(environment.MODDABLE ?? "", "build/devices/esp32/manifest.json");
	/** The one that the SDK's makefile refuses to go without. */
	const expected = within(manifest, /"EXPECTED_ESP_IDF":\s*"v?(\d+\.\d+)/) || "6.0";
	const versions = join(idf, "tools/cmake/version.cmake");
	const major = within(versions, /IDF_VERSION_MAJOR\s+(\d+)/);
	if (major === "") {
		const why = idf === "" ? "IDF_PATH is not set" : `IDF_PATH=${idf} holds no ESP-IDF`;
		return [{ name: "ESP-IDF", found: false, text: `${why}: ${idfAdvice(expected)}` }];
	}
	const version = `${major}.${within(versions, /IDF_VERSION_MINOR\s+(\d+)/)}`;
	const right = expected === version;
	const findings: Finding[] = [
		{
			name: "ESP-IDF",
			found: right,
			text: right
				? `${idf} (${version})`
				: `${idf} is version ${version}, the SDK expects ${expected}: ${idfAdvice(expected)}`,
		},
	];
	for (const program of ["idf.py", compiler]) {
		const folder = onPath(environment, program);
		findings.push({
			name: program,
			found: folder !== undefined,
			text: folder ?? `not in PATH: source ${join(idf, "export.sh")}`,
		});
	}
	return [...findings, ...examineTools(environment, join(idf, "export.sh"))];
}

/** Programs that ESP-IDF's build runs on; its export.sh puts its own Python first. */
function examineTools(environment: Environment, exports: string): Finding[] {
	const tool = (name: string, least: string, missing: string): Finding => {
		const folder = onPath(environment, name);
		const version = folder === undefined ? "" : versionOf(environment, join(folder, name));
		if (folder === undefined) return { name, found: false, text: `not in PATH: ${missing}` };
		if (!atLeast(version, least))
			return {
				name,
				found: false,
				text: `${folder} has ${version || "none"}, ${least} or later is needed: ${missing}`,
			};
		return { name, found: true, text: `${folder} (${version})` };
	};
	return [
		tool("python", oldest.python, `source ${exports}`),
		tool("cmake", oldest.cmake, "install CMake, such as 'apt-get install cmake'"),
		tool("ninja", "1.0", "install Ninja, such as 'apt-get install ninja-build'"),
	];
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
