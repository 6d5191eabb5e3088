/*
 * Real servers in a test's network: dnsmasq for DHCP, names and TFTP, tftpd-hpa for TFTP; and a host program that waits for lines.
 */
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostFolder, prelude, program } from "../../support/host.js";
import { hasProgram, namespacesMissing, type TestNetwork } from "../../support/namespace.js";

/** Why the tests with real servers cannot run, '' when they can. */
export function serversMissing(): string {
	if (!hasProgram("dnsmasq", "--version")) return "needs dnsmasq: apt-get install dnsmasq-base";
	if (!hasProgram("in.tftpd", "--version")) return "needs in.tftpd: apt-get install tftpd-hpa";
	return namespacesMissing();
}

/** A process whose output is waited for. */
export class Lines {
	readonly all: string[] = [];
	readonly child: ChildProcess;
	private changed: () => void = () => {};

	constructor(child: ChildProcess) {
		this.child = child;
		for (const stream of [child.stdout, child.stderr]) {
			let rest = "";
			stream?.setEncoding("utf8").on("data", (text: string) => {
				const lines = (rest + text).split("\n");
				rest = lines.pop() ?? "";
				this.all.push(...lines);
				this.changed();
			});
		}
		child.on("close", () => this.changed());
	}

	/** Waits for the `count`th line that begins so, or matches; throws when the process ends without it. */
	async line(wanted: string | RegExp, count = 1): Promise<string> {
		for (;;) {
			const found = this.all.filter((line) =>
				typeof wanted === "string" ? line.startsWith(wanted) : wanted.test(line),
			);
			const line = found[count - 1];
			if (line !== undefined) return line;
			if (this.child.exitCode !== null || this.child.signalCode !== null)
				throw new Error(`no line ${wanted}: ${this.all.join("\n")}`);
			await new Promise<void>((done) => {
				this.changed = done;
			});
		}
	}

	/** Asks it to end and waits until it has. */
	async end(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const closed = new Promise((done) => this.child.on("close", done));
		this.child.kill("SIGTERM");
		await closed;
	}
}

/** A folder that servers give files from. */
export class Files {
	readonly path = mkdtempSync(join(tmpdir(), "linnet-files-"));

	add(name: string, content: Uint8Array | string): void {
		writeFileSync(join(this.path, name), content);
	}

	remove(): void {
		rmSync(this.path, { recursive: true, force: true });
	}
}

/** Starts dnsmasq on the servers' side. */
export async function startDnsmasq(network: TestNetwork, files: Files, ...options: string[]): Promise<Lines> {
	const own = [
		"--no-daemon",
		"--conf-file=/dev/null",
		"--user=root",
		"--pid-file=",
		"--no-resolv",
		"--no-hosts",
		"--log-dhcp",
		"--log-facility=-",
		`--dhcp-leasefile=${join(files.path, "leases")}`,
		"--dhcp-authoritative",
		"--no-ping",
		`--interface=${network.serverInterface}`,
		"--bind-interfaces",
		"--dhcp-range=10.77.0.50,10.77.0.99,10m",
	];
	const lines = new Lines(network.start(network.servers, "dnsmasq", [...own, ...options]));
	await lines.line(/DHCP, IP range|TFTP root/);
	return lines;
}

/** A host program of a test's own on the phones' side, of the 64-asan build; `source` is its main module. */
export class Phone extends Lines {
	private readonly folder: HostFolder;

	constructor(network: TestNetwork, source: string, ...words: string[]) {
		const folder = new HostFolder({ main: prelude + source });
		// what comes from a network is read under sanitizers
		super(network.start(network.phones, program("64-asan"), ["--modules", folder.map, ...words]));
		this.folder = folder;
	}

	async remove(): Promise<void> {
		await this.end();
		this.folder.remove();
	}
}
