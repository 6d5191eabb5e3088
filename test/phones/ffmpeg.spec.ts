/*
 * ffmpeg as the other end of a call's sound: what the phone sends, ffmpeg decodes; what ffmpeg sends, the phone plays. A relay
 * turns the media that the call agent arranges to ffmpeg's ports. ffmpeg goes by the computer's clock and the phone by one of its
 * own, so that neither is late for the other.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { Conductor } from "../../tools/call/conductor.js";
import { parseScript } from "../../tools/call/script.js";
import { makeSpeech } from "../../tools/call/speech.js";
import { readWav, sampleRate, wideRate, writeWav } from "../../tools/call/wav.js";
import type { CallAgentOptions } from "../../tools/call-agent/options.js";
import { deviceName } from "../../tools/phone/names.js";
import { amplitude } from "../audio/support/signal.js";
import { needs } from "../support/optional.js";
import { firstDevice, House, timeout } from "./support/house.js";
import { Meddler } from "./support/meddler.js";

const openReceiveChannelAck = 0x22;
const startMediaTransmission = 0x8a;
/** Of SCCP, and of RTP. */
const headerSize = 12;

/** Version 3 has both messages in their plain form: IPv4 address and port follow each other. */
const protocol = 3;
const transmitPortOffset = headerSize + 12;
const receivePortOffset = headerSize + 8;

/** Seconds of speech: far more than is listened to. */
const speechLength = 12;
/** Packets of 20 ms that the phone hears of ffmpeg. */
const packetsHeard = 100;
/** A tone that nobody hears through G.711, and its loudness. */
const highTone = 6000;
const toneLevel = 6000;

function sine(frequency: number, seconds: number, rate: number): Int16Array {
	return Int16Array.from({ length: seconds * rate }, (_, at) =>
		Math.round(toneLevel * Math.sin((2 * Math.PI * frequency * at) / rate)),
	);
}

/** Decibels by which a tone is louder or less loud than it was sent. */
function gainOf(heard: Int16Array, frequency: number, rate: number): number {
	return 20 * Math.log10(amplitude(heard, frequency, rate) / toneLevel);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function freePort(): Promise<number> {
	const socket = createSocket("udp4");
	for (;;) {
		await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
		const { port } = socket.address();
		await new Promise<void>((resolve) => socket.close(resolve));
		if (port % 2 === 0) return port;
		return freePort();
	}
}

/** The best normalised correlation of `needle` with any place of `hay`. */
function bestMatch(needle: Int16Array, hay: Int16Array): number {
	let power = 0;
	for (const sample of needle) power += sample * sample;
	let best = 0;
	for (let at = 0; at + needle.length <= hay.length; at++) {
		let cross = 0;
		let other = 0;
		for (let index = 0; index < needle.length; index++) {
			const sample = hay[at + index] as number;
			cross += (needle[index] as number) * sample;
			other += sample * sample;
		}
		if (other > 0) best = Math.max(best, cross / Math.sqrt(power * other));
	}
	return best;
}

describe("ffmpeg at the other end", function () {
	this.timeout(4 * timeout);
	const house = new House();
	const folder = mkdtempSync(join(tmpdir(), "linnet-ffmpeg-"));
	const children: ChildProcess[] = [];

	before(function () {
		needs(this, spawnSync("ffmpeg", ["-version"]).status === 0, "ffmpeg is not there: apt-get install ffmpeg");
	});
	afterEach(async () => {
		for (const child of children.splice(0)) child.kill("SIGKILL");
		await house.close();
	});
	after(() => rmSync(folder, { recursive: true }));

	function ffmpeg(...options: string[]): ChildProcess {
		const child = spawn("ffmpeg", ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", ...options], {
			stdio: ["ignore", "ignore", "inherit"],
		});
		children.push(child);
		return child;
	}

	/** A call whose media the relay turns to `port`; gives where the phone wants to be sent to. */
	async function callThrough(port: number, speech: Int16Array, rate: number, options: CallAgentOptions) {
		const agent = await house.agent(options);
		let phonePort = 0;
		const meddler = await Meddler.start(agent.port, {
			fromAgent: (message, id) => {
				if (id === startMediaTransmission) message.writeUInt32LE(port, transmitPortOffset);
				return message;
			},
			fromPhone: (message, id) => {
				if (id === openReceiveChannelAck) phonePort = message.readUInt32LE(receivePortOffset);
				return message;
			},
		});
		house.onClose(() => meddler.close());
		const conductor = new Conductor(speech, () => {});
		house.onClose(() => conductor.close());
		await conductor.addPhone({
			agents: [meddler.address],
			device: deviceName(firstDevice, 0),
			protocol,
			pcm: "clock",
			rate,
		});
		await conductor.run(parseScript("wait registered\nhook off\nwait tone dial\nkeys 600\nwait connected", "script"));
		// The call may show as connected before the phone has said where it listens.
		while (phonePort === 0) await pause(20);
		return { conductor, phonePort };
	}

	interface Codec {
		readonly name: string;
		readonly payloadType: number;
		/** As ffmpeg and the call agent know it. */
		readonly encoder: string;
		readonly codec: number;
		readonly rate: number;
		/** How like itself speech is to be on the other side. */
		readonly likeness: number;
	}

	/** What ffmpeg hears of a phone that plays `sound` over and over, from its middle on. */
	async function heardByFfmpeg({ codec, payloadType, rate }: Codec, sound: Int16Array): Promise<Int16Array> {
		const port = await freePort();
		const recorded = join(folder, `heard-${payloadType}.wav`);
		const description = join(folder, `peer-${payloadType}.sdp`);
		writeFileSync(
			description,
			`v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio ${port} RTP/AVP ${payloadType}\n`,
		);
		const listener = ffmpeg(
			...["-protocol_whitelist", "file,udp,rtp", "-i", description],
			...["-t", "2", "-ar", `${rate}`, "-ac", "1", "-c:a", "pcm_s16le", recorded],
		);
		let ended = false;
		listener.once("exit", () => {
			ended = true;
		});
		const { conductor } = await callThrough(port, sound, rate, { codecs: [codec] });
		const [station] = conductor.stations;
		assert(station?.sound);
		// Piece by piece until ffmpeg, however late it came, has heard enough: no faster than it can take.
		const piece = rate / 10;
		for (let at = 0; !ended; at = (at + piece) % sound.length) {
			await station.sound.play(sound.subarray(at, at + piece), piece / rate);
			await pause(100);
		}
		assert.isAbove(statSync(recorded).size, rate);
		const heard = readWav(recorded, rate);
		return heard.subarray(heard.length / 2, heard.length / 2 + rate / 2);
	}

	/** What the phone hears of ffmpeg, which plays `sound`, from its middle on. */
	async function heardByPhone(used: Codec, sound: Int16Array): Promise<Int16Array> {
		const { codec, encoder, payloadType, rate } = used;
		const file = join(folder, `sent-${payloadType}.wav`);
		writeWav(file, sound, rate);
		const socket = createSocket("udp4");
		await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
		house.onClose(() => new Promise<void>((resolve) => socket.close(resolve)));
		const packets: Buffer[] = [];
		const samples = rate / 50;
		const enough = new Promise<void>((resolve, reject) => {
			socket.on("message", (packet) => {
				// What is no RTP packet of this size is RTCP.
				if (packet.length === headerSize + 160 && packets.push(packet) === packetsHeard) resolve();
			});
			const talker = ffmpeg(
				// Paced packet by packet, as a phone sends: read as a file, ffmpeg would send 64 ms or more at once.
				...["-re", "-f", "lavfi", "-i", `amovie=${file},asetnsamples=n=${samples}`],
				...["-c:a", encoder, "-payload_type", `${payloadType}`],
				...["-f", "rtp", `rtp://127.0.0.1:${socket.address().port}?pkt_size=172`],
			);
			talker.once("exit", () => reject(new Error(`ffmpeg ended after ${packets.length} packets`)));
		});
		await enough;
		const { conductor, phonePort } = await callThrough(await freePort(), sound, rate, { codecs: [codec] });
		const [station] = conductor.stations;
		assert(station?.sound);
		const heard = new Int16Array(packetsHeard * samples);
		for (const [index, packet] of packets.slice(0, packetsHeard).entries()) {
			await new Promise<void>((resolve, reject) => {
				socket.send(packet, phonePort, "127.0.0.1", (error) => (error ? reject(error) : resolve()));
			});
			heard.set((await station.sound.play(new Int16Array(1), 0.02)).recorded, index * samples);
		}
		const [stream] = (await station.phone.statistics()).streams;
		assert(stream);
		assert.strictEqual(stream.payloadTypeReceived, payloadType);
		assert.strictEqual(stream.packetsReceived, packetsHeard);
		for (const fault of ["Lost", "Late", "Discarded", "Duplicate", "Stray"] as const)
			assert.strictEqual(stream[`packets${fault}`], 0, fault);
		return heard.subarray(heard.length / 2, heard.length / 2 + rate / 2);
	}

	const g722: Codec = { name: "G.722", payloadType: 9, encoder: "g722", codec: 6, rate: wideRate, likeness: 0.98 };
	const codecs: readonly Codec[] = [
		{ name: "mu-law", payloadType: 0, encoder: "pcm_mulaw", codec: 4, rate: sampleRate, likeness: 0.99 },
		{ name: "A-law", payloadType: 8, encoder: "pcm_alaw", codec: 2, rate: sampleRate, likeness: 0.99 },
		g722,
	];

	for (const codec of codecs) {
		it(`hears the phone: ${codec.name}`, async () => {
			const speech = makeSpeech(speechLength, codec.rate);
			const heard = await heardByFfmpeg(codec, speech);
			const twice = new Int16Array(2 * speech.length);
			for (const at of [0, speech.length]) twice.set(speech, at);
			assert.isAbove(bestMatch(heard, twice), codec.likeness);
		});

		it(`is heard by the phone: ${codec.name}`, async () => {
			const speech = makeSpeech(speechLength, codec.rate);
			assert.isAbove(bestMatch(await heardByPhone(codec, speech), speech), codec.likeness);
		});
	}

	for (const frequency of [1000, highTone]) {
		it(`hears a tone of ${frequency} Hz of the phone, as loud as it is: G.722`, async () => {
			const heard = await heardByFfmpeg(g722, sine(frequency, speechLength, wideRate));
			assert.closeTo(gainOf(heard, frequency, wideRate), 0, 1);
		});

		it(`has the phone hear a tone of ${frequency} Hz, as loud as it is: G.722`, async () => {
			const heard = await heardByPhone(g722, sine(frequency, speechLength, wideRate));
			assert.closeTo(gainOf(heard, frequency, wideRate), 0, 1);
		});
	}
});
