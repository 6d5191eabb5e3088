/*
 * A phone on an emulated Xtensa: the program that tools/lx106/lx106.mk makes, in QEMU. The emulated phone has no network of its
 * own: it gets TCP connections that are up, and its RTP packets go through two UDP sockets of this process. What its work
 * costs in instructions it tells as it goes (tools/lx106/system.h has the descriptors, tools/lx106/meter.h the records).
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { buildMissing } from "./builds.js";
import { PhoneError, type PhoneOptions, PhoneProcess } from "./phone.js";
import { projectRoot } from "./project.js";

/** The emulated phone's program, whether built or not. */
export const emulatedProgram = join(projectRoot, "build/xtensa/linnet.elf");

/** Whose work a cost is: a descriptor that something came from, or one of these. */
export const Work = Object.freeze({ timers: -1, tick: -2, lines: -3, keys: 3, connection: 6 });

export interface Emulation {
	/** Called with the instructions of each piece of work that the phone has done. */
	cost?: (whose: number, instructions: number) => void;
	/** How many TCP connections it gets to the first call agent, 1-4: one unless told otherwise. */
	connections?: number;
}

const meterDescriptor = 4;
const packetDescriptor = 5;
const connectionsMost = 4;
const streams = 2;
const headerOctets = 12;
const recordOctets = 8;
/** Seconds after which the emulator is ended, whatever it does; and of processor time, should this process be gone by then. */
const secondsMost = 600;
const processorSecondsMost = 300;

/** The emulator and its arguments; the program's own words stand at the end, so that none is taken for an option. */
function commandLine(words: readonly string[]): string[] {
	const semihosting = ["enable=on", "arg=linnet", ...words.map((word) => `arg=${word.replaceAll(",", ",,")}`)];
	return [
		`--cpu=${processorSecondsMost}`,
		"qemu-system-xtensa",
		...["-M", "sim", "-cpu", "lx106", "-m", "4M", "-display", "none", "-serial", "none", "-monitor", "none"],
		...["-icount", "shift=0,sleep=off", "-kernel", emulatedProgram, "-semihosting-config", semihosting.join(",")],
	];
}

/**
 * Runs the program to its end without any connection, at most for a minute unless told otherwise: for modules that are no phone.
 * @param words its arguments, such as `--modules MAP`. @param timeout milliseconds.
 */
export function runEmulated(
	words: readonly string[],
	timeout = 60_000,
): { status: number | null; stdout: string; stderr: string } {
	const unused = Array<"ignore">(connectionsMost + 3).fill("ignore");
	const options = { encoding: "utf8", cwd: projectRoot, timeout, killSignal: "SIGKILL" } as const;
	return spawnSync("prlimit", commandLine(words), { ...options, stdio: ["ignore", "pipe", "pipe", ...unused] });
}

/** What of Debian's packages is missing to build (makeBuild("xtensa")) and to run the emulated phone. */
export function emulatorMissing(): string[] {
	const built = buildMissing("xtensa") === "" ? [] : ["gcc-xtensa-lx106 picolibc-xtensa-lx106-elf"];
	const runs = spawnSync("qemu-system-xtensa", ["--version"], { stdio: "ignore" }).status === 0;
	return runs ? built : [...built, "qemu-system-misc"];
}

/** Sees pieces of a fixed size in a stream, whatever pieces they come in. */
function pieces(size: (data: Buffer) => number, piece: (data: Buffer) => void): (data: Buffer) => void {
	let rest: Buffer = Buffer.alloc(0);
	return (data) => {
		rest = Buffer.concat([rest, data]);
		for (let length = size(rest); length > 0 && rest.length >= length; length = size(rest)) {
			piece(rest.subarray(0, length));
			rest = rest.subarray(length);
		}
	};
}

/** A UDP socket on loopback with an even port, as RTP wants it. */
async function bindRtp(): Promise<UdpSocket> {
	for (;;) {
		const socket = createSocket("udp4");
		socket.bind(0, "127.0.0.1");
		await once(socket, "listening");
		if (socket.address().port % 2 === 0) return socket;
		socket.close();
	}
}

function carryPackets(channel: Duplex, sockets: readonly UdpSocket[]): void {
	const ports = Buffer.alloc(streams * 2);
	sockets.forEach((socket, stream) => {
		ports.writeUInt16LE(socket.address().port, stream * 2);
		socket.on("message", (packet, { address, port }) => {
			const header = Buffer.alloc(headerOctets);
			header.writeUInt8(stream, 0);
			header.writeUInt16LE(packet.length, 2);
			address.split(".").forEach((octet, index) => {
				header.writeUInt8(Number(octet), 7 - index);
			});
			header.writeUInt16LE(port, 8);
			if (channel.writable) channel.write(Buffer.concat([header, packet]));
		});
	});
	channel.write(ports);
	const whole = (data: Buffer) => (data.length < headerOctets ? 0 : headerOctets + data.readUInt16LE(2));
	channel.on(
		"data",
		pieces(whole, (data) => {
			const address = [7, 6, 5, 4].map((index) => data.readUInt8(index)).join(".");
			sockets[data.readUInt8(0)]?.send(Buffer.from(data.subarray(headerOctets)), data.readUInt16LE(8), address);
		}),
	);
}

function launch(
	words: readonly string[],
	connections: readonly Socket[],
	rtp: readonly UdpSocket[],
	emulation: Emulation,
): ChildProcess {
	if (!existsSync(emulatedProgram)) throw new PhoneError(`${emulatedProgram} is missing`);
	const unused = Array<"ignore">(connectionsMost - connections.length).fill("ignore");
	const child = spawn("prlimit", commandLine(words), {
		cwd: projectRoot,
		stdio: ["ignore", "ignore", "pipe", "pipe", "pipe", "pipe", ...connections, ...unused],
	});
	for (const connection of connections) connection.destroy();
	const timer = setTimeout(() => child.kill("SIGKILL"), secondsMost * 1000);
	child.on("close", () => {
		clearTimeout(timer);
		for (const socket of rtp) socket.close();
	});
	const descriptors: readonly unknown[] = child.stdio;
	const meter = descriptors[meterDescriptor] as Duplex;
	meter.on(
		"data",
		pieces(
			() => recordOctets,
			(data) => emulation.cost?.(data.readInt32LE(0), data.readUInt32LE(4)),
		),
	);
	const packets = descriptors[packetDescriptor] as Duplex;
	// An emulator that ends is told by 'exit'.
	for (const stream of [meter, packets]) stream.on("error", () => {});
	carryPackets(packets, rtp);
	return child;
}

/**
 * Starts a phone in the emulator, connected to the first of its call agents; all else is as with PhoneProcess.start, but for what
 * only a PC has: sound, storage, another start.
 */
export async function startEmulatedPhone(options: PhoneOptions, emulation: Emulation = {}): Promise<PhoneProcess> {
	const [host = "127.0.0.1", port = "2000"] = options.agents?.[0]?.split(":") ?? [];
	const connections: Socket[] = [];
	for (let index = 0; index < (emulation.connections ?? 1); index++) {
		const socket = connect({ host, port: Number(port), noDelay: true });
		await once(socket, "connect");
		connections.push(socket);
	}
	const rtp = await Promise.all(Array.from({ length: streams }, bindRtp));
	return PhoneProcess.start({
		startTimeout: 60_000,
		...options,
		launch: (words) => launch(words, connections, rtp, emulation),
	});
}
