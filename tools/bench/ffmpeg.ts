/*
 * `bench ffmpeg`: a long call between the host's audio port and ffmpeg, which sends a tone at its own pace and decodes what
 * it is sent.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFolder, figure, figures, make, missingPrograms } from "./programs.js";

export interface FfmpegResult {
	seconds: number;
	packets_received: number;
	packets_lost: number;
	packets_late: number;
	packets_discarded: number;
	concealed_percent: number;
	jitter_maximum_ms: number;
	/** Depth of the jitter buffer at the end. */
	delay_ms: number;
	mos_average: number;
	packets_sent: number;
	/** Packets that ffmpeg says it missed, and seconds of sound it decoded. */
	ffmpeg_missed: number;
	ffmpeg_seconds: number;
}

/** What ffmpeg decodes less than the whole call, as it begins to listen in the midst of it. */
const margin = 2;

function ended(child: ChildProcess, seconds: number): Promise<number | null> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
		child.once("error", reject);
		child.once("close", (status) => {
			clearTimeout(timer);
			resolve(status);
		});
	});
}

/** An even port that was free a moment ago. */
async function freePort(): Promise<number> {
	const socket = createSocket("udp4");
	await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
	const { port } = socket.address();
	await new Promise<void>((resolve) => socket.close(() => resolve()));
	return port % 2 === 0 ? port : freePort();
}

/** Collects what a stream of a program says. */
function collect(
	child: ChildProcess,
	stream: "stdout" | "stderr",
	said: (text: string) => void = () => {},
): () => string {
	let all = "";
	child[stream]?.on("data", (chunk) => {
		all += chunk;
		said(all);
	});
	return () => all;
}

/** What of Debian's packages is missing for this bench. */
export function ffmpegBenchMissing(): string[] {
	return missingPrograms("gcc", "make", "ffmpeg");
}

export async function benchFfmpeg(seconds: number): Promise<FfmpegResult> {
	make("peer");
	const folder = mkdtempSync(join(tmpdir(), "linnet-ffmpeg-"));
	const children: ChildProcess[] = [];
	const ffmpeg = (...options: string[]) => {
		const child = spawn("ffmpeg", ["-nostdin", "-hide_banner", "-y", ...options], {
			stdio: ["ignore", "ignore", "pipe"],
		});
		children.push(child);
		return child;
	};
	try {
		const remote = await freePort();
		const [sdp, raw] = [join(folder, "peer.sdp"), join(folder, "heard.raw")];
		writeFileSync(sdp, `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio ${remote} RTP/AVP 0\n`);
		const whitelist = ["-protocol_whitelist", "file,udp,rtp"];
		const listened = `${Math.max(1, seconds - margin)}`;
		const listener = ffmpeg("-loglevel", "warning", ...whitelist, "-i", sdp, "-t", listened, "-f", "s16le", raw);
		const complaints = collect(listener, "stderr");
		const listenerEnd = ended(listener, seconds + 60);

		const peer = spawn(join(buildFolder, "audio/peer"), [`${remote}`, `${seconds}`], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		children.push(peer);
		const peerEnd = ended(peer, seconds + 60);
		let output = () => "";
		const port = await new Promise<number>((resolve, reject) => {
			peerEnd.then((status) => reject(new Error(`the audio port's program ended with ${status}`)), reject);
			output = collect(peer, "stdout", (text) => {
				const [, found] = /^port (\d+)$/m.exec(text) ?? [];
				if (found !== undefined) resolve(Number(found));
			});
		});
		const tone = ["-re", "-f", "lavfi", "-i", "sine=frequency=700:sample_rate=8000"];
		const talker = ffmpeg(
			"-loglevel",
			"error",
			...tone,
			"-c:a",
			"pcm_mulaw",
			"-f",
			"rtp",
			`rtp://127.0.0.1:${port}?pkt_size=172`,
		);
		collect(talker, "stderr");

		const status = await peerEnd;
		talker.kill();
		if (status !== 0) throw new Error(`the audio port's program ended with ${status}`);
		if ((await listenerEnd) !== 0) throw new Error(`ffmpeg did not hear enough:\n${complaints().slice(-1000)}`);
		const all = figures(output());
		let missed = 0;
		for (const [, count] of complaints().matchAll(/missed (\d+) packets/g)) missed += Number(count);
		return {
			seconds,
			packets_received: figure(all, "received"),
			packets_lost: figure(all, "lost"),
			packets_late: figure(all, "late"),
			packets_discarded: figure(all, "discarded"),
			concealed_percent: Math.round((1e5 * figure(all, "concealed")) / figure(all, "played")) / 1000,
			jitter_maximum_ms: figure(all, "jitter_maximum") / 8,
			delay_ms: figure(all, "delay"),
			mos_average: figure(all, "mos_average") / 10000,
			packets_sent: figure(all, "sent"),
			ffmpeg_missed: missed,
			ffmpeg_seconds: statSync(raw).size / 16000,
		};
	} finally {
		for (const child of children) child.kill("SIGKILL");
		rmSync(folder, { recursive: true });
	}
}
