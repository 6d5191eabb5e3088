/*
 * A network of its own for a measurement or a test: two network namespaces, one for servers and one for phones, with a cable between (iproute2). Needs root.
 * Everything in it is ended and removed by remove(), or at the latest when the process ends.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";

function ip(...words: string[]): void {
	const { status, stderr, error } = spawnSync("ip", words, { encoding: "utf8" });
	if (status !== 0) throw new Error(`ip ${words.join(" ")}: ${error?.message ?? stderr}`);
}

/** Why there can be no namespaces here, '' when there can. */
export function namespacesMissing(): string {
	if (process.getuid?.() !== 0) return "needs root";
	if (spawnSync("ip", ["-V"]).status !== 0) return "needs iproute2";
	const name = `linnet-${process.pid}-try`;
	const made = spawnSync("ip", ["netns", "add", name]).status === 0;
	const works = made && spawnSync("ip", ["netns", "exec", name, "true"]).status === 0;
	if (made) spawnSync("ip", ["netns", "del", name]);
	return works ? "" : "this machine allows no network namespaces";
}

/** Whether a program can be started, with arguments that make it end at once. */
export function hasProgram(name: string, ...words: string[]): boolean {
	return spawnSync(name, words).error === undefined;
}

let count = 0;
const open = new Set<TestNetwork>();
process.on("exit", () => {
	for (const network of open) network.remove();
});

export class TestNetwork {
	/** Names of the namespaces. */
	readonly servers: string;
	readonly phones: string;
	/** The phone's end of the cable, without an address, and the servers' with {@link address}/24. */
	readonly phoneInterface = "phone0";
	readonly serverInterface = "server0";
	readonly address: string;
	private readonly children: ChildProcess[] = [];

	/** @param address of the servers' end. */
	constructor(address = "10.77.0.1") {
		count += 1;
		const name = `linnet-${process.pid}-${count}`;
		this.servers = `${name}-servers`;
		this.phones = `${name}-phones`;
		this.address = address;
		open.add(this);
		try {
			ip("netns", "add", this.servers);
			ip("netns", "add", this.phones);
			const cable = ["link", "add", this.serverInterface, "netns", this.servers, "type", "veth"];
			ip(...cable, "peer", "name", this.phoneInterface, "netns", this.phones);
			for (const namespace of [this.servers, this.phones]) ip("-n", namespace, "link", "set", "lo", "up");
			ip("-n", this.servers, "addr", "add", `${address}/24`, "brd", "+", "dev", this.serverInterface);
			ip("-n", this.servers, "link", "set", this.serverInterface, "up");
			ip("-n", this.phones, "link", "set", this.phoneInterface, "up");
		} catch (error) {
			this.remove();
			throw error;
		}
	}

	/** Starts a program in one of the namespaces; remove() ends it. */
	start(namespace: string, program: string, words: readonly string[], stdio: "pipe"[] = []): ChildProcess {
		const child = spawn("ip", ["netns", "exec", namespace, program, ...words], {
			stdio: ["ignore", "pipe", "pipe", ...stdio],
		});
		this.children.push(child);
		return child;
	}

	/** Runs a program to its end in one of the namespaces; what it says. */
	run(namespace: string, program: string, ...words: string[]): string {
		return spawnSync("ip", ["netns", "exec", namespace, program, ...words], { encoding: "utf8" }).stdout ?? "";
	}

	/** Gives the phone's end an address, for a phone that does not ask for one. */
	setPhoneAddress(address: string): void {
		ip("-n", this.phones, "addr", "add", `${address}/24`, "brd", "+", "dev", this.phoneInterface);
	}

	/** Waits until a server listens on a UDP port. */
	async listening(port: number): Promise<void> {
		const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
		while (!this.run(this.servers, "cat", "/proc/net/udp").includes(wanted))
			await new Promise((done) => setTimeout(done, 20));
	}

	/** Takes the phone's cable out, or puts it in again. */
	plug(plugged: boolean): void {
		ip("-n", this.servers, "link", "set", this.serverInterface, plugged ? "up" : "down");
	}

	remove(): void {
		for (const child of this.children.splice(0)) child.kill("SIGKILL");
		for (const name of [this.servers, this.phones]) spawnSync("ip", ["netns", "del", name]);
		open.delete(this);
	}
}
