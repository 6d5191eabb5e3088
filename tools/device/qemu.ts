/*
 * Espressif's QEMU, which has an ESP32-S3 (`-M esp32s3`): where it is on this computer, and how it is called for a phone. Its
 * UART0 is the phone's log, its UART1 the control channel, its Ethernet a tap device. Debian's QEMU has no such machine.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Environment, executable, type Finding } from "./examine.js";

const program = "qemu-system-xtensa";
/** What Espressif's is linked with (ESP-IDF Programming Guide, QEMU Emulator), as Debian's packages. */
const libraries = "libgcrypt20 libglib2.0-0 libpixman-1-0 libsdl2-2.0-0 libslirp0";

export interface Machine {
	/** Path of Espressif's qemu-system-xtensa. */
	readonly program: string;
	readonly flash: string;
	readonly efuse: string;
	/** Name of the tap device in the network that QEMU is started in. */
	readonly tap: string;
	/** 12 hexadecimal digits. */
	readonly mac: string;
	/** Path of the socket for QEMU's console. */
	readonly console: string;
	/** Time goes with instructions, one each 2^this ns, so that what is counted is the same each time; without it, with the computer's clock. */
	readonly instructionShift?: number;
}

/** The arguments for a phone. The control channel is descriptor 3, the log standard output. */
export function qemuWords(machine: Machine): string[] {
	const { flash, efuse, tap, mac, console, instructionShift } = machine;
	const address = mac.match(/../g)?.join(":") ?? "";
	const escaped = (file: string) => file.replaceAll(",", ",,");
	return [
		...["-M", "esp32s3", "-display", "none", "-monitor", "none"],
		// Both cores in one thread: with a thread each QEMU dies now and then when one maps flash anew while the other runs.
		...["-accel", "tcg,thread=single"],
		...["-drive", `file=${escaped(flash)},if=mtd,format=raw`],
		...["-drive", `file=${escaped(efuse)},if=none,format=raw,id=efuse`],
		...["-global", "driver=nvram.esp32s3.efuse,property=drive,value=efuse"],
		// An emulated core is no match for a watchdog that counts the computer's time.
		...["-global", "driver=timer.esp32s3.timg,property=wdt_disable,value=true"],
		...["-nic", `tap,model=open_eth,ifname=${tap},script=no,downscript=no,mac=${address}`],
		...["-chardev", "stdio,id=log,signal=off", "-serial", "chardev:log"],
		...["-chardev", "socket,id=control,fd=3", "-serial", "chardev:control"],
		...["-qmp", `unix:${escaped(console)},server=on,wait=off`],
		...(instructionShift === undefined ? [] : ["-icount", `shift=${instructionShift},sleep=on`]),
	];
}

/**
 * Starts it as PhoneProcess wants a phone: control channel on descriptor 3, log on standard error. It ends with this process.
 * @param prefix words that run it in a network.
 */
export function launchQemu(prefix: readonly string[], machine: Machine): ChildProcess {
	const words = [...prefix, "setpriv", "--pdeathsig", "KILL", machine.program, ...qemuWords(machine)];
	return spawn("sh", ["-c", 'exec "$@" 1>&2', "sh", ...words], {
		// Its standard channel gives nothing out once its input has ended.
		stdio: ["pipe", "ignore", "pipe", "pipe"],
		// Ctrl-C is for the program that drives the phone.
		detached: true,
	});
}

/** Where it may be: in PATH, more than one, and where idf_tools.py puts it. */
function candidates(environment: Environment): string[] {
	const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	const installed = join(environment.IDF_TOOLS_PATH ?? join(environment.HOME ?? "", ".espressif"), "tools/qemu-xtensa");
	const versions = existsSync(installed) ? readdirSync(installed).sort().reverse() : [];
	const all = [...folders, ...versions.map((version) => join(installed, version, "qemu/bin"))]
		.map((folder) => join(folder, program))
		.filter(executable);
	// /bin is often another name of /usr/bin.
	return all.filter((path, index) => all.findIndex((other) => realpathSync(other) === realpathSync(path)) === index);
}

/** Why this QEMU cannot run an ESP32-S3, '' when it can. */
function whyNot(path: string): string {
	const { stdout, stderr, status, error } = spawnSync(path, ["-M", "help"], { encoding: "utf8" });
	if (/^esp32s3\s/m.test(stdout ?? "")) return "";
	if (status === 0) return `${path} has no machine esp32s3, it is not Espressif's`;
	// Espressif's is linked with libraries that a computer without a desktop lacks.
	return `${error?.message ?? stderr.trim()} (${path}; Espressif's needs: apt-get install ${libraries})`;
}

/** Looks for it. */
export function examineQemu(environment: Environment): Finding & { readonly path?: string } {
	const name = "QEMU for the ESP32-S3";
	const all = candidates(environment);
	const reasons: string[] = [];
	const path = all.find((candidate) => {
		const why = whyNot(candidate);
		if (why !== "") reasons.push(why);
		return why === "";
	});
	if (path !== undefined) return { name, found: true, text: path, path };
	const idf = environment.IDF_PATH || "~/esp-idf";
	const why = reasons.join("; ") || `no ${program}`;
	return {
		name,
		found: false,
		text: `${why}: run 'python3 ${join(idf, "tools/idf_tools.py")} install qemu-xtensa', then 'source ${join(idf, "export.sh")}'`,
	};
}
