/*
 * The audio library through koffi: the pipeline's functions as TypeScript, packets and counters by value. With
 * LINNET_AUDIO_LIBRARY another build of it is loaded (the sanitizers').
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Statistic } from "hal/hardware";
import koffi from "koffi";
import { makeBuild } from "../../../tools/phone/builds.js";

function findRoot(): string {
	let directory = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
	return directory;
}

export const root = findRoot();
const chosen = process.env.LINNET_AUDIO_LIBRARY;
if (!chosen) await makeBuild("audio");

const library = koffi.load(chosen ?? join(root, "build/audio/libaudio.so"));

type Native = (...parameters: unknown[]) => unknown;
const bind = (declaration: string): Native => library.func(declaration) as Native;

export const FRAME = 80;
/** Counters of a stream. */
export const COUNTERS = Statistic.count;
/** Payload types. */
export const MU_LAW = 0;
export const A_LAW = 8;
export const G722 = 9;

const encodeNative = bind("void library_encode(uint32_t, void *state, const int16_t *, void *codes, uint32_t count)");
const decodeNative = bind("void library_decode(uint32_t, void *state, const uint8_t *, void *samples, uint32_t count)");
const resetNative = bind("void library_reset(uint32_t, void *state)");
const samplesNative = bind("uint32_t library_samples(uint32_t)") as (payloadType: number) => number;
const stateSize = bind("uint32_t library_state_size()")() as number;

/** One direction of a codec, with a memory of its own. */
export class Coder {
	readonly #state = Buffer.alloc(stateSize);
	readonly #samples: number;

	constructor(readonly payloadType: number) {
		this.#samples = samplesNative(payloadType);
		resetNative(payloadType, this.#state);
	}
	encode(samples: Int16Array): Uint8Array {
		const codes = new Uint8Array(samples.length / this.#samples);
		// An empty array has no address.
		if (codes.length > 0) encodeNative(this.payloadType, this.#state, samples, codes, codes.length);
		return codes;
	}
	decode(codes: Uint8Array): Int16Array {
		const samples = new Int16Array(codes.length * this.#samples);
		if (codes.length > 0) decodeNative(this.payloadType, this.#state, codes, samples, codes.length);
		return samples;
	}
}

export const encode = (payloadType: number, samples: Int16Array): Uint8Array => new Coder(payloadType).encode(samples);
export const decode = (payloadType: number, codes: Uint8Array): Int16Array => new Coder(payloadType).decode(codes);

const codecOf = bind("const void *codec_of(uint32_t)");
const ratingNative = bind("uint32_t quality_rating(const void *codec, uint32_t, uint32_t, uint32_t)");

/** R factor in 1/100 of mu-law, and mean opinion score in 1/10000, of audio/quality.h. */
export const rating = (gaps: number, frames: number, delay: number): number =>
	ratingNative(codecOf(MU_LAW), gaps, frames, delay) as number;
export const score = bind("uint32_t quality_score(uint32_t rating)") as (rating: number) => number;

const size = bind("uint32_t pipeline_size()");
const reset = bind("void pipeline_reset(void *pipeline)");
const openReceive = bind("bool pipeline_open_receive(void *pipeline, uint32_t, uint32_t, uint32_t)");
const closeReceive = bind("void pipeline_close_receive(void *pipeline, uint32_t)");
const startTransmit = bind(
	"bool pipeline_start_transmit(void *pipeline, uint32_t, uint32_t, uint32_t, const uint32_t *)",
);
const stopTransmit = bind("void pipeline_stop_transmit(void *pipeline, uint32_t)");
const setTransmit = bind("void pipeline_set_transmit(void *pipeline, uint32_t, bool, uint32_t)");
const sendEvent = bind("bool pipeline_send_event(void *pipeline, uint32_t, uint32_t, uint32_t)");
const setLocale = bind("void pipeline_set_locale(void *pipeline, uint32_t)");
const toneOfCountry = bind("const void *tone_of_country(uint32_t, uint32_t)");
const setTones = bind("bool pipeline_set_tones(void *pipeline, const uint16_t *, uint32_t)");
const keyTone = bind("void pipeline_key_tone(void *pipeline, uint32_t)");
const setBell = bind("void pipeline_set_bell(void *pipeline, uint32_t)");
const setRingFile = bind("bool pipeline_set_ring_file(void *pipeline, const void *codes, uint32_t)");
const leaveSidetone = bind("void pipeline_leave_sidetone(void *pipeline, uint32_t)");
const hasSidetone = bind("bool pipeline_has_sidetone(void *pipeline)");
const setHalfDuplex = bind("void pipeline_set_half_duplex(void *pipeline, bool)");
const setSidetone = bind("void pipeline_set_sidetone(void *pipeline, uint32_t)");
const echoOpen = bind("void *echo_open(uint32_t)");
const echoClose = bind("void echo_close(void *)");
const setEcho = bind("void pipeline_set_echo(void *pipeline, void *)");
const denoiseOpen = bind("void *denoise_open(bool)");
const denoiseClose = bind("void denoise_close(void *)");
const setDenoise = bind("void pipeline_set_denoise(void *pipeline, void *)");
const setLevelControl = bind("void pipeline_set_level_control(void *pipeline, bool)");
const routed = bind("uint32_t pipeline_routed(void *pipeline)");
const setReports = bind("void pipeline_set_reports(void *pipeline, bool)");
const startTone = bind("bool pipeline_start_tone(void *pipeline, uint32_t, uint32_t)");
const stopTone = bind("void pipeline_stop_tone(void *pipeline, bool)");
const ring = bind("uint32_t pipeline_ring(void *pipeline, uint32_t, bool)");
const setRoute = bind("void pipeline_set_route(void *pipeline, uint32_t)");
const setMute = bind("void pipeline_set_mute(void *pipeline, bool)");
const setVolume = bind("void pipeline_set_volume(void *pipeline, uint32_t, uint32_t)");
const setWideband = bind("void pipeline_set_wideband(void *pipeline, bool)");
const rateOf = bind("uint32_t pipeline_rate(void *pipeline)");
const setRate = bind("void pipeline_set_rate(void *pipeline, uint32_t)");
const active = bind("bool pipeline_active(void *pipeline)");
const tick = bind("void pipeline_tick(void *pipeline, const int16_t *mic, void *speaker)");
const deliver = bind(
	"bool library_deliver(void *pipeline, uint32_t, const uint8_t *, uint32_t, uint32_t, uint32_t, uint32_t)",
);
const collect = bind("uint32_t library_collect(void *pipeline, uint32_t, void *octets)");
const counters = bind("void library_counters(void *pipeline, uint32_t, void *counters)");
const setPeer = bind("void pipeline_set_peer(void *pipeline, uint32_t, uint32_t, uint32_t)");
const receiveEvents = bind("void pipeline_receive_events(void *pipeline, uint32_t, uint32_t)");
const delay = bind("void library_delay(void *pipeline, uint32_t, void *figures)");
const cursor = bind("uint32_t library_cursor(void *pipeline, uint32_t)");

/** Whether a country, by its E.164 code, has a tone of its own. */
export const hasTone = (country: number, id: number): boolean => toneOfCountry(country, id) !== null;

export const pipelineSize = size() as number;

/** Where packets come from, unless a test says otherwise. */
export const peer = { address: 0x7f000001, port: 20000 };

/** One pipeline in memory of its own; the methods are those of audio/pipeline.h. */
export class Pipeline {
	readonly #memory = Buffer.alloc(pipelineSize);
	readonly #octets = Buffer.alloc(600);
	/** The pipeline plays it from where it is. */
	#ringFile: Buffer | undefined;
	/** Ticks made. */
	ticks = 0;

	#rate = 8;
	/** The canceller and noise suppression, which have memory of their own. */
	readonly #echo: unknown;
	readonly #denoise: unknown;

	/** `options.echo`: with a canceller of that delay in frames; `options.denoise`: with noise suppression. */
	constructor(route = 1, options: { echo?: number | undefined; denoise?: boolean } = {}) {
		reset(this.#memory);
		if (options.denoise) {
			this.#denoise = denoiseOpen(true);
			setDenoise(this.#memory, this.#denoise);
		}
		if (options.echo !== undefined) {
			this.#echo = echoOpen(options.echo);
			setEcho(this.#memory, this.#echo);
		}
		setRoute(this.#memory, route);
	}
	/** Frees a canceller and noise suppression. */
	close(): void {
		if (this.#denoise) {
			setDenoise(this.#memory, null);
			denoiseClose(this.#denoise);
		}
		if (!this.#echo) return;
		setEcho(this.#memory, null);
		echoClose(this.#echo);
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
	setTransmit(suppress: boolean, eventType: number, stream = 0): void {
		setTransmit(this.#memory, stream, suppress, eventType);
	}
	sendEvent(event: number, milliseconds: number, stream = 0): boolean {
		return sendEvent(this.#memory, stream, event, milliseconds) as boolean;
	}
	setLocale(country: number): void {
		setLocale(this.#memory, country);
	}
	/** Tones of a server's file, as audio/tone_set.h has them. */
	setTones(numbers: Uint16Array): boolean {
		return setTones(this.#memory, Uint16Array.from(numbers), numbers.length) as boolean;
	}
	keyTone(event: number): void {
		keyTone(this.#memory, event);
	}
	setBell(bell: number): void {
		setBell(this.#memory, bell);
	}
	setRingFile(codes: Uint8Array): boolean {
		this.#ringFile = Buffer.from(codes);
		return setRingFile(this.#memory, this.#ringFile, codes.length) as boolean;
	}
	/** @param routes whose sidetone is the body's, bit 1 shifted by each. */
	leaveSidetone(routes: number): void {
		leaveSidetone(this.#memory, routes);
	}

	get hasSidetone(): boolean {
		return hasSidetone(this.#memory) as boolean;
	}

	setHalfDuplex(halfDuplex: boolean): void {
		setHalfDuplex(this.#memory, halfDuplex);
	}

	setLevelControl(on: boolean): void {
		setLevelControl(this.#memory, on);
	}

	setSidetone(step: number): void {
		setSidetone(this.#memory, step);
	}
	/** The route in force. */
	get routed(): number {
		return routed(this.#memory) as number;
	}
	setReports(reports: boolean): void {
		setReports(this.#memory, reports);
	}
	startTone(id: number, direction = 0): boolean {
		return startTone(this.#memory, id, direction) as boolean;
	}
	stopTone(cut = false): void {
		stopTone(this.#memory, cut);
	}
	ring(mode: number, once = false): number {
		return ring(this.#memory, mode, once) as number;
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
	/** Whether codecs of 16 kHz are accepted. */
	setWideband(wideband: boolean): void {
		setWideband(this.#memory, wideband);
	}
	/** Rate in kHz that suits what is open. */
	get suits(): number {
		return rateOf(this.#memory) as number;
	}
	/** Rate in kHz of the frames of ticks. */
	get rate(): number {
		return this.#rate;
	}
	set rate(rate: number) {
		setRate(this.#memory, rate);
		this.#rate = rate;
	}
	/** One tick; returns the speaker frame. */
	tick(mic: Int16Array = new Int16Array(10 * this.#rate)): Int16Array {
		const speaker = new Int16Array(10 * this.#rate);
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
	setPeer(address: number, peerPort: number, stream = 0): void {
		setPeer(this.#memory, stream, address, peerPort);
	}
	receiveEvents(payloadType: number, stream = 0): void {
		receiveEvents(this.#memory, stream, payloadType);
	}
	/** The jitter buffer's delay in samples, the one it wants, and how often it was changed. */
	delay(stream = 0): { now: number; wanted: number; adaptations: number } {
		const figures = new Int32Array(3);
		delay(this.#memory, stream, figures);
		return { now: figures[0] as number, wanted: figures[1] as number, adaptations: figures[2] as number };
	}
	/** Timestamp that is played with the next tick. */
	cursor(stream = 0): number {
		return cursor(this.#memory, stream) as number;
	}
	/** All counters by Statistic's numbers. */
	counters(stream = 0): Uint32Array {
		const target = new Uint32Array(COUNTERS);
		counters(this.#memory, stream, target);
		return target;
	}
}

/** The engine (audio/engine.h) of a library, of which a process has one. */
const engineOf = (bind: (declaration: string) => Native) => ({
	start: bind("bool engine_start()") as () => boolean,
	stop: bind("void engine_stop()") as () => void,
	openReceive: bind("uint16_t engine_open_receive(uint32_t, uint32_t, uint32_t)") as (
		stream: number,
		payloadType: number,
		packetTime: number,
	) => number,
	openMulticast: bind("bool engine_open_multicast(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t)") as (
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
	) => boolean,
	closeReceive: bind("void engine_close_receive(uint32_t)") as (stream: number) => void,
	startTransmit: bind("bool engine_start_transmit(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t)") as (
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	) => boolean,
	stopTransmit: bind("void engine_stop_transmit(uint32_t)") as (stream: number) => void,
	setTransmit: bind("void engine_set_transmit(uint32_t, bool, uint32_t)") as (
		stream: number,
		suppress: boolean,
		eventType: number,
	) => void,
	sendEvent: bind("bool engine_send_event(uint32_t, uint32_t, uint32_t)") as (
		stream: number,
		event: number,
		milliseconds: number,
	) => boolean,
	beginRing: bind("bool engine_begin_ring()") as () => boolean,
	ringData: bind("uint32_t engine_ring_data(const void *, uint32_t)") as (codes: Uint8Array, octets: number) => number,
	endRing: bind("bool engine_end_ring()") as () => boolean,
	setBell: bind("void engine_set_bell(uint32_t)") as (bell: number) => void,
	ring: bind("uint32_t engine_ring(uint32_t, bool)") as (mode: number, once: boolean) => number,
	setReports: bind("void engine_set_reports(bool)") as (reports: boolean) => void,
	startTone: bind("bool engine_start_tone(uint32_t, uint32_t)") as (id: number, direction: number) => boolean,
	stopTone: bind("void engine_stop_tone(bool)") as (cut: boolean) => void,
	setRoute: bind("void engine_set_route(uint32_t)") as (route: number) => void,
	setMute: bind("void engine_set_mute(bool)") as (muted: boolean) => void,
	ticks: bind("uint32_t engine_ticks()") as () => number,
	open: bind("uint32_t engine_directions(uint32_t)") as (stream: number) => number,
	counters: bind("void engine_statistics(uint32_t, void *, uint32_t)") as (
		stream: number,
		target: Uint32Array,
		count: number,
	) => void,
});

/** Both ways between 8 and 16 kHz, from silence on (audio/halfband.h); whole frames. */
export function halfband() {
	const past = Buffer.alloc(1024);
	const halve = bind("void halfband_halve(void *, const int16_t *, void *)");
	const double = bind("void halfband_double(void *, const int16_t *, void *)");
	const through = (native: Native, sound: Int16Array, from: number, to: number): Int16Array => {
		const turned = new Int16Array((sound.length / from) * to);
		for (let frame = 0; frame < sound.length / from; frame++)
			native(past, sound.subarray(frame * from, frame * from + from), turned.subarray(frame * to, frame * to + to));
		return turned;
	};
	return {
		halve: (sound: Int16Array) => through(halve, sound, 2 * FRAME, FRAME),
		double: (sound: Int16Array) => through(double, sound, FRAME, 2 * FRAME),
	};
}

/** The engine over the host's port (audio/port/host.h). */
export const port = {
	...engineOf(bind),
	address: bind("void audio_host_address(uint32_t)") as (address: number) => void,
	/** Samples a second of microphone and speaker that are connected from now on. */
	rate: bind("void audio_host_rate(uint32_t)") as (rate: number) => void,
};

export const fakedEngineFile = join(dirname(chosen ?? join(root, "build/audio/libaudio.so")), "libengine.so");

/** The engine over a port that writes down what it is asked for (test/audio/port.c); from a copy of its file another one. */
export function fakedEngine(file = fakedEngineFile) {
	const faked = koffi.load(file);
	const bindFaked = (declaration: string): Native => faked.func(declaration) as Native;
	const log = bindFaked("void fake_log(void *)");
	const tickFaked = bindFaked("bool fake_tick(const int16_t *, void *)");
	const deliverFaked = bindFaked("bool fake_deliver(uint16_t, const uint8_t *, uint32_t, uint32_t, uint16_t)");
	return {
		...engineOf(bindFaked),
		/** Marks a port as somebody else's; 0 for none. */
		busy: bindFaked("void fake_busy(uint16_t)") as (port: number) => void,
		/** Whether there is no memory but what is needed. */
		shortOfMemory: bindFaked("void fake_short_of_memory(bool)") as (short: boolean) => void,
		/** Whether no socket is to be had. */
		none: bindFaked("void fake_none(bool)") as (none: boolean) => void,
		/** What the port has been asked for since the last call. */
		log(): string[] {
			const text = Buffer.alloc(8192);
			log(text);
			return text.toString("latin1", 0, text.indexOf(0)).split("\n").slice(0, -1);
		},
		/** A tick if anything is to be done: its speaker frame. */
		tick(mic: Int16Array = new Int16Array(FRAME)): Int16Array | undefined {
			const speaker = new Int16Array(FRAME);
			return tickFaked(mic, speaker) ? speaker : undefined;
		},
		/** Puts a datagram of a peer's into the socket on a port. */
		deliver(number: number, octets: Uint8Array, from = peer): boolean {
			return deliverFaked(number, octets, octets.length, from.address, from.port) as boolean;
		},
	};
}

const openService = bind("int library_open_service(void *port)");
const microphone = bind("bool audio_host_microphone(const char *, void *)");
const speaker = bind("bool audio_host_speaker(const char *, void *)");

export function portStatistics(stream = 0): Uint32Array {
	const target = new Uint32Array(COUNTERS);
	port.counters(stream, target, target.length);
	return target;
}

/** Sets the microphone or the speaker of the port; returns what is wrong, or an empty text. */
export function connect(which: "microphone" | "speaker", word: string): string {
	const error = Buffer.alloc(256);
	const done = (which === "microphone" ? microphone : speaker)(word, error) as boolean;
	return done ? "" : error.toString("utf8", 0, error.indexOf(0));
}

/** A UDP socket on the loopback address that tells the type of service of what comes (koffi cannot see that of Node's). */
export const service = {
	/** On a port, or on any. */
	open(port = 0): { descriptor: number; port: number } {
		const number = new Uint16Array([port]);
		const descriptor = openService(number) as number;
		if (descriptor < 0) throw new Error("no socket that tells the type of service");
		return { descriptor, port: number[0] as number };
	},
	/** Of the next datagram; -1 when none comes within 20 s. */
	receive: bind("int library_receive_service(int)") as (descriptor: number) => number,
	close: bind("void library_close_service(int)") as (descriptor: number) => void,
};

const systemSocketPair = koffi
	.load("libc.so.6")
	.func("int socketpair(int domain, int type, int protocol, void *descriptors)") as Native;

/** Two connected stream sockets as file descriptors. */
export function socketPair(): [number, number] {
	const descriptors = new Int32Array(2);
	if (systemSocketPair(1, 1, 0, descriptors) !== 0) throw new Error("no socket pair");
	return [descriptors[0] as number, descriptors[1] as number];
}
