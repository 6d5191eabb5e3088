/*
 * ffmpeg as an RTP peer of the host's port, both ways: it knows nothing of this code.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { needs } from "../support/optional.js";
import { connect, port, portStatistics } from "./support/library.js";
import { peakFrequency } from "./support/signal.js";
import { until } from "./support/until.js";

const LOOPBACK = 0x7f000001;

function hasFfmpeg(): boolean {
	try {
		execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

/** The half a second that is loudest: when ffmpeg begins is its own affair. */
function loudest(octets: Buffer): Int16Array {
	const samples = Int16Array.from({ length: octets.length >> 1 }, (_, i) => octets.readInt16LE(i * 2));
	const windows = Array.from({ length: Math.floor(samples.length / 800) - 4 }, (_, i) =>
		samples.subarray(i * 800, i * 800 + 4000),
	);
	const power = (window: Int16Array) => window.reduce((sum, sample) => sum + sample * sample, 0);
	return windows.reduce((best, window) => (power(window) > power(best) ? window : best));
}

describe("ffmpeg as a peer", function () {
	this.timeout(180_000);
	let folder: string;

	before(function () {
		needs(this, hasFfmpeg(), "ffmpeg is not there: apt-get install ffmpeg");
		folder = mkdtempSync(join(tmpdir(), "linnet-ffmpeg-"));
	});

	after(() => {
		if (folder) rmSync(folder, { recursive: true });
	});

	beforeEach(() => {
		assert.isTrue(port.start());
		port.address(LOOPBACK);
		port.setRoute(1);
	});

	afterEach(() => port.stop());

	for (const [codec, payloadType, packetTime] of [
		["pcm_mulaw", 0, 20],
		["pcm_alaw", 8, 30],
	] as const) {
		it(`plays ${codec} in packets of ${packetTime} ms from it, none lost`, async () => {
			const record = join(folder, `${codec}.wav`);
			assert.strictEqual(connect("speaker", `wav:${record}`), "");
			const local = port.openReceive(0, payloadType, packetTime);
			const size = 12 + packetTime * 8;
			const child = spawn(
				"ffmpeg",
				[
					"-v",
					"error",
					"-re",
					"-f",
					"lavfi",
					"-i",
					"sine=frequency=700:sample_rate=8000:duration=3",
					"-c:a",
					codec,
				].concat(["-f", "rtp", `rtp://127.0.0.1:${local}?pkt_size=${size}`]),
				{ stdio: ["ignore", "ignore", "inherit"] },
			);
			const ended = new Promise((resolve) => child.on("close", resolve));
			const packets = Math.floor(3000 / packetTime);
			await until(() => (portStatistics()[2] as number) >= packets, `${packets} packets`);
			assert.strictEqual(await ended, 0);
			const counters = portStatistics();
			// ffmpeg sends in bursts when the machine holds it up: what the jitter buffer has no room for is no fault then.
			assert.deepEqual([counters[4], counters[7], counters[8]], [0, 0, 0], "lost, duplicate, stray");
			assert.strictEqual(counters[14], payloadType);
			port.stop();
			assert.closeTo(peakFrequency(loudest(readFileSync(record).subarray(44)), 700), 700, 1);
		});

		it(`sends ${codec} in packets of ${packetTime} ms that it plays`, async () => {
			const sdp = join(folder, "peer.sdp");
			const raw = join(folder, `${codec}.raw`);
			// Goes on for as long as ffmpeg takes to begin.
			assert.strictEqual(connect("microphone", "tone:600"), "");
			// A port that was free a moment ago.
			const remote = port.openReceive(1, 0, 20);
			port.closeReceive(1);
			writeFileSync(
				sdp,
				`v=0\no=- 0 0 IN IP4 127.0.0.1\ns=test\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio ${remote} RTP/AVP ${payloadType}\n`,
			);
			const child = spawn(
				"ffmpeg",
				["-v", "error", "-y", "-protocol_whitelist", "file,udp,rtp", "-i", sdp, "-t", "2", "-f", "s16le", raw],
				{ stdio: ["ignore", "ignore", "inherit"] },
			);
			const ended = new Promise((resolve) => child.on("close", resolve));
			assert.isTrue(port.startTransmit(0, LOOPBACK, remote, payloadType, packetTime, 0xb8));
			assert.strictEqual(await ended, 0);
			port.stopTransmit(0);
			assert.isTrue(existsSync(raw));
			const octets = readFileSync(raw);
			assert.strictEqual(octets.length, 32000);
			const sound = Int16Array.from({ length: 8000 }, (_, i) => octets.readInt16LE(8000 + i * 2));
			assert.closeTo(peakFrequency(sound, 600), 600, 1);
		});
	}
});
