/*
 * The audio library through koffi: the pipeline's functions as TypeScript, packets and counters by value. With
 * LINNET_AUDIO_LIBRARY another build of it is loaded (the sanitizers').
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import koffi from "koffi";

function findRoot(): string {
	let directory = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
	return directory;
}

export const root = findRoot();
const chosen = process.env.LINNET_AUDIO_LIBRARY;
if (!chosen) execFileSync("make", ["-s", "-C", join(root, "audio")], { stdio: ["ignore", "ignore", "inherit"] });

const library = koffi.load(chosen ?? join(root, "build/audio/libaudio.so"));

type Native = (...parameters: unknown[]) => unknown;
const bind = (declaration: string): Native => library.func(declaration) as Native;

export const FRAME = 80;
export const MU_LAW = 0;
export const A_LAW = 1;

const encodeNative = bind("void g711_encode(int law, const int16_t *samples, void *codes, uint32_t count)");
const decodeNative = bind("void g711_decode(int law, const uint8_t *codes, void *samples, uint32_t count)");

export function encode(law: number, samples: Int16Array): Uint8Array {
	const codes = new Uint8Array(samples.length);
	encodeNative(law, samples, codes, samples.length);
	return codes;
}

export function decode(law: number, codes: Uint8Array): Int16Array {
	const samples = new Int16Array(codes.length);
	decodeNative(law, codes, samples, codes.length);
	return samples;
}

const size = bind("uint32_t pipeline_size()");
const reset = bind("void pipeline_reset(void *pipeline)");
const openReceive = bind("bool pipeline_open_receive(void *pipeline, uint32_t, uint32_t, uint32_t)");
const closeReceive = bind("void pipeline_close_receive(void *pipeline, uint32_t)");
const startTransmit = bind(
	"bool pipeline_start_transmit(void *pipeline, uint32_t, uint32_t, uint32_t, const uint32_t *)",
);
const stopTransmit = bind("void pipeline_stop_transmit(void *pipeline, uint32_t)");
const startTone = bind("void pipeline_start_tone(void *pipeline, uint32_t)");
const stopTone = bind("void pipeline_stop_tone(void *pipeline)");
const ring = bind("void pipeline_ring(void *pipeline, uint32_t, bool)");
const setRoute = bind("void pipeline_set_route(void *pipeline, uint32_t)");
const setMute = bind("void pipeline_set_mute(void *pipeline, bool)");
const setVolume = bind("void pipeline_set_volume(void *pipeline, uint32_t, uint32_t)");
const active = bind("bool pipeline_active(void *pipeline)");
const tick = bind("void pipeline_tick(void *pipeline, const int16_t *mic, void *speaker)");
const deliver = bind(
	"bool library_deliver(void *pipeline, uint32_t, const uint8_t *, uint32_t, uint32_t, uint32_t, uint32_t)",
);
const collect = bind("uint32_t library_collect(void *pipeline, uint32_t, void *octets)");
const counters = bind("void library_counters(void *pipeline, uint32_t, void *counters)");

export const pipelineSize = size() as number;

/** Where packets come from, unless a test says otherwise. */
export const peer = { address: 0x7f000001, port: 20000 };

/** One pipeline in memory of its own; the methods are those of audio/pipeline.h. */
export class Pipeline {
	readonly #memory = Buffer.alloc(pipelineSize);
	readonly #octets = Buffer.alloc(600);
	/** Ticks made. */
	ticks = 0;

	constructor(route = 1) {
		reset(this.#memory);
		setRoute(this.#memory, route);
	}
	openReceive(stream = 0, payloadType = 0, packetTime = 20): boolean {
		return openReceive(this.#memory, stream, payloadType, packetTime) as boolean;
	}
	closeReceive(stream = 0): void {
		closeReceive(this.#memory, stream);
	}
	startTransmit(stream = 0, payloadType = 0, packetTime = 20, seed = [1, 2, 3]): boolean {
		return startTransmit(this.#memory, stream, payloadType, packetTime, new Uint32Array(seed)) as boolean;
	}
	stopTransmit(stream = 0): void {
		stopTransmit(this.#memory, stream);
	}
	startTone(id: number): void {
		startTone(this.#memory, id);
	}
	stopTone(): void {
		stopTone(this.#memory);
	}
	ring(mode: number, once = false): void {
		ring(this.#memory, mode, once);
	}
	setRoute(route: number): void {
		setRoute(this.#memory, route);
	}
	setMute(muted: boolean): void {
		setMute(this.#memory, muted);
	}
	setVolume(route: number, step: number): void {
		setVolume(this.#memory, route, step);
	}
	get active(): boolean {
		return active(this.#memory) as boolean;
	}
	/** One tick; returns the speaker frame. */
	tick(mic: Int16Array = new Int16Array(FRAME)): Int16Array {
		const speaker = new Int16Array(FRAME);
		tick(this.#memory, mic, speaker);
		this.ticks++;
		return speaker;
	}
	/** Hands a packet over as received; false while the ring is full. `arrival` in samples. */
	deliver(octets: Uint8Array, arrival = this.ticks * FRAME, from = peer, stream = 0): boolean {
		return deliver(this.#memory, stream, octets, octets.length, arrival >>> 0, from.address, from.port) as boolean;
	}
	/** The oldest packet sent, undefined when there is none. */
	collect(stream = 0): Uint8Array | undefined {
		const length = collect(this.#memory, stream, this.#octets) as number;
		return length > 0 ? Uint8Array.from(this.#octets.subarray(0, length)) : undefined;
	}
	/** All counters by Statistic's numbers. */
	counters(stream = 0): Uint32Array {
		const target = new Uint32Array(18);
		counters(this.#memory, stream, target);
		return target;
	}
}

/** Functions of the host's port (audio/port.h, audio/port/host.h), of which a process has one. */
export const port = {
	start: bind("bool audio_port_start()") as () => boolean,
	stop: bind("void audio_port_stop()") as () => void,
	openReceive: bind("uint16_t audio_port_open_receive(uint32_t, uint32_t, uint32_t)") as (
		stream: number,
		payloadType: number,
		packetTime: number,
	) => number,
	closeReceive: bind("void audio_port_close_receive(uint32_t)") as (stream: number) => void,
	startTransmit: bind("bool audio_port_start_transmit(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t)") as (
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	) => boolean,
	stopTransmit: bind("void audio_port_stop_transmit(uint32_t)") as (stream: number) => void,
	startTone: bind("void audio_port_start_tone(uint32_t)") as (id: number) => void,
	stopTone: bind("void audio_port_stop_tone()") as () => void,
	setRoute: bind("void audio_port_set_route(uint32_t)") as (route: number) => void,
	ticks: bind("uint32_t audio_host_ticks()") as () => number,
	open: bind("uint32_t audio_host_open(uint32_t)") as (stream: number) => number,
	address: bind("void audio_host_address(uint32_t)") as (address: number) => void,
};

const statistics = bind("void audio_port_statistics(uint32_t, void *, uint32_t)");
const microphone = bind("bool audio_host_microphone(const char *, void *)");
const speaker = bind("bool audio_host_speaker(const char *, void *)");

export function portStatistics(stream = 0): Uint32Array {
	const target = new Uint32Array(18);
	statistics(stream, target, target.length);
	return target;
}

/** Sets the microphone or the speaker of the port; returns what is wrong, or an empty text. */
export function connect(which: "microphone" | "speaker", word: string): string {
	const error = Buffer.alloc(256);
	const done = (which === "microphone" ? microphone : speaker)(word, error) as boolean;
	return done ? "" : error.toString("utf8", 0, error.indexOf(0));
}

const systemSocketPair = koffi
	.load("libc.so.6")
	.func("int socketpair(int domain, int type, int protocol, void *descriptors)") as Native;

/** Two connected stream sockets as file descriptors. */
export function socketPair(): [number, number] {
	const descriptors = new Int32Array(2);
	if (systemSocketPair(1, 1, 0, descriptors) !== 0) throw new Error("no socket pair");
	return [descriptors[0] as number, descriptors[1] as number];
}
