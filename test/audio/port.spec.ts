/*
 * The host's port over real sockets on the loopback address: a call to an echo in this process, sound from and to WAV
 * files and descriptors, refusals, and a thread that sleeps when there is nothing to do.
 */
import { createSocket, type Socket } from "node:dgram";
import { closeSync, mkdtempSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { assert } from "chai";
import {
	COUNTERS,
	connect,
	decode,
	encode,
	MU_LAW,
	port,
	portStatistics,
	service,
	socketPair,
} from "./support/library.js";
import { amplitude, peakFrequency, random, rtpPacket, sine, wav } from "./support/signal.js";
import { until } from "./support/until.js";

const LOOPBACK = 0x7f000001;

/** Samples of a recording, with its header checked against its length and rate. */
function recorded(file: string, rate = 8000): Int16Array {
	const octets = readFileSync(file);
	assert.strictEqual(octets.toString("latin1", 0, 4), "RIFF");
	assert.strictEqual(octets.toString("latin1", 8, 16), "WAVEfmt ");
	assert.deepEqual(
		[octets.readUInt16LE(20), octets.readUInt16LE(22), octets.readUInt32LE(24), octets.readUInt32LE(28)],
		[1, 1, rate, 2 * rate],
	);
	assert.deepEqual([octets.readUInt16LE(32), octets.readUInt16LE(34)], [2, 16]);
	const length = octets.readUInt32LE(40);
	assert.strictEqual(octets.readUInt32LE(4), length + 36);
	assert.isAtMost(44 + length, octets.length);
	return Int16Array.from({ length: length / 2 }, (_, i) => octets.readInt16LE(44 + i * 2));
}

describe("host port", function () {
	this.timeout(180_000);
	let folder: string;
	let echo: Socket;
	let echoPort: number;
	let echoed: { port: number; octets: Buffer }[];

	before(async () => {
		folder = mkdtempSync(joinPath(tmpdir(), "linnet-audio-"));
		echo = createSocket("udp4");
		echo.on("message", (octets, from) => {
			echoed.push({ port: from.port, octets });
			echo.send(octets, from.port, from.address);
		});
		echoPort = await new Promise((resolve) => echo.bind(0, "127.0.0.1", () => resolve(echo.address().port)));
	});

	after(() => {
		echo.close();
		rmSync(folder, { recursive: true });
	});

	beforeEach(() => {
		echoed = [];
		assert.isTrue(port.start());
		port.address(LOOPBACK);
	});

	afterEach(() => port.stop());

	/** Noise of the band and the swing of speech. */
	function speechLike(length: number): Int16Array {
		const next = random(11);
		let smooth = 0;
		return Int16Array.from({ length }, (_, i) => {
			smooth += (next() * 2 - 1 - smooth) * 0.5;
			return Math.round(smooth * 12000 * (0.5 + 0.5 * Math.sin(i / 900)));
		});
	}

	it("carries a WAV file to an echo, code for code, and what comes back into a WAV file", async () => {
		const speech = speechLike(24000);
		const played = joinPath(folder, "played.wav");
		const record = joinPath(folder, "record.wav");
		writeFileSync(played, wav(speech));
		assert.strictEqual(connect("microphone", `wav:${played}`), "");
		assert.strictEqual(connect("speaker", `wav:${record}`), "");
		port.setRoute(1);

		const local = port.openReceive(0, 0, 20);
		assert.isAtLeast(local, 20480);
		assert.isAtMost(local, 32767);
		assert.strictEqual(local % 2, 0);
		assert.isTrue(port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0xb8));
		assert.strictEqual(port.open(0), 3);
		await until(() => (portStatistics()[2] as number) >= 170, "170 packets echoed");
		// A recording is a valid file at any time.
		assert.isAbove(recorded(record).length, 8000);
		port.stopTransmit(0);
		port.closeReceive(0);
		assert.strictEqual(port.open(0), 0);
		const counters = portStatistics();
		port.stop();

		assert.isTrue(echoed.every((packet) => packet.port === local && packet.octets.length === 172));
		assert.deepEqual([counters[4], counters[7], counters[8]], [0, 0, 0], "lost, duplicate, stray");
		assert.strictEqual(counters[14], 0);
		// What was sent is the file, whenever that was.
		const codes = Buffer.concat(echoed.map((packet) => packet.octets.subarray(12)));
		const file = Buffer.from(encode(MU_LAW, speech));
		assert.isAtLeast(codes.length, file.length);
		assert.isTrue(codes.subarray(0, file.length).equals(file));
		// What came back is in the recording, however often the jitter buffer had to wait for it.
		assert.isAbove(Math.max(...recorded(record).map(Math.abs)), 3000);
	});

	it("goes by the frames of a microphone that is the clock: to an echo and back, sample for sample", async () => {
		const [ours, theirs] = socketPair();
		const speech = speechLike(24000);
		const heard = new Int16Array(speech.length);
		try {
			assert.strictEqual(connect("microphone", `clock:${theirs}`), "");
			assert.strictEqual(connect("speaker", `fd:${theirs}`), "");
			port.setRoute(1);
			port.openReceive(0, 0, 20);
			assert.isTrue(port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0));
			const before = port.ticks();
			const frame = Buffer.alloc(160);
			for (let at = 0; at < speech.length; at += 80) {
				for (let i = 0; i < 80; i++) frame.writeInt16LE(speech[at + i] as number, i * 2);
				writeSync(ours, frame);
				assert.strictEqual(readSync(ours, frame), 160);
				for (let i = 0; i < 80; i++) heard[at + i] = frame.readInt16LE(i * 2);
				// The echo is sent by then.
				await new Promise((done) => setImmediate(() => setImmediate(done)));
			}
			assert.strictEqual(port.ticks(), before + speech.length / 80);
			const counters = portStatistics();
			assert.strictEqual(counters[2], 150 - 1);
			assert.deepEqual([...counters.slice(4, 9)], [0, 0, 0, 0, 0], "lost, late, discarded, duplicate, stray");
		} finally {
			port.stop();
			closeSync(ours);
			closeSync(theirs);
		}
		const sent = decode(MU_LAW, encode(MU_LAW, speech));
		const delay = 320;
		assert.deepEqual(heard.slice(4000, 12000), sent.slice(4000 - delay, 12000 - delay));
	});

	for (const tos of [0xb8, 0x68, 0]) {
		it(`sends with the type of service asked for: 0x${tos.toString(16)}`, () => {
			const socket = service.open();
			port.setRoute(1);
			assert.isTrue(port.startTransmit(0, LOOPBACK, socket.port, 0, 20, tos));
			for (let i = 0; i < 5; i++) assert.strictEqual(service.receive(socket.descriptor), tos);
			port.stopTransmit(0);
			service.close(socket.descriptor);
		});
	}

	it("sends reports with the type of service of the sound", () => {
		const sound = service.open();
		const reports = service.open(sound.port + 1);
		port.setReports(true);
		assert.isTrue(port.startTransmit(0, LOOPBACK, sound.port, 0, 20, 0xb8));
		assert.strictEqual(service.receive(sound.descriptor), 0xb8);
		// What has been sent is said goodbye to.
		port.stopTransmit(0);
		assert.strictEqual(service.receive(reports.descriptor), 0xb8);
		port.setReports(false);
		service.close(sound.descriptor);
		service.close(reports.descriptor);
	});

	it("hears a multicast page beside a call, and no more once it is closed", async () => {
		const group = 0xefff0137;
		const sender = createSocket("udp4");
		await new Promise<void>((resolve) => sender.bind(0, "127.0.0.1", resolve));
		sender.setMulticastInterface("127.0.0.1");
		sender.setMulticastLoopback(true);
		port.setRoute(3);
		port.openReceive(0, 0, 20);
		assert.isFalse(port.openMulticast(0, group, 20480, 0, 20), "the stream is a call's");
		assert.isFalse(port.openMulticast(1, LOOPBACK, 20480, 0, 20), "no group");
		assert.isFalse(port.openMulticast(2, group, 20480, 0, 20), "no stream");
		assert.isFalse(port.openMulticast(1, group, 65536, 0, 20), "no port");
		// neither one that a phone takes for calls nor one that Linux gives away: phones of other tests run beside
		const number = 62_148;
		assert.isTrue(port.openMulticast(1, group, number, 0, 20));
		assert.strictEqual(port.open(1), 1);
		let sequence = 0;
		const page = setInterval(() => {
			const payload = new Uint8Array(160).fill(0x90);
			sender.send(rtpPacket({ sequence, timestamp: sequence * 160, payload }), number, "239.255.1.55");
			sequence++;
		}, 20);
		await until(() => (portStatistics(1)[2] as number) >= 20, "20 packets of the page");
		port.closeReceive(1);
		clearInterval(page);
		sender.close();
		assert.strictEqual(port.open(1), 0);
		assert.strictEqual(port.open(0), 1);
		assert.isTrue(port.openMulticast(1, group, number, 8, 20), "again");
		port.closeReceive(1);
		port.closeReceive(0);
	});

	it("pages a group of hosts, also beyond the next router, and hears a call's other end meanwhile", async () => {
		const listener = createSocket({ type: "udp4", reuseAddr: true });
		await new Promise<void>((resolve) => listener.bind(0, "239.255.1.56", resolve));
		listener.addMembership("239.255.1.56", "127.0.0.1");
		const page: Buffer[] = [];
		listener.on("message", (octets) => page.push(octets));
		port.setRoute(3);
		const local = port.openReceive(0, 0, 20);
		assert.isTrue(port.startTransmit(0, 0xefff0138, listener.address().port, 0, 20, 0));
		await until(() => page.length >= 20, "20 packets of the page");
		const sender = createSocket("udp4");
		const payload = new Uint8Array(160).fill(0x90);
		for (let sequence = 0; sequence < 3; sequence += 1)
			sender.send(rtpPacket({ sequence, timestamp: sequence * 160, payload }), local, "127.0.0.1");
		await until(() => (portStatistics(0)[2] as number) >= 3, "sound of the other end");
		sender.close();
		port.stopTransmit(0);
		port.closeReceive(0);
		listener.close();
		assert.isAtLeast((page[0] as Buffer).length, 172);
	});

	it("sends a key as events on the wire, and the ringer takes a file", async () => {
		port.setRoute(1);
		assert.isTrue(port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0));
		assert.isFalse(port.sendEvent(0, 3, 100), "not asked for");
		port.setTransmit(0, true, 101);
		assert.isTrue(port.sendEvent(0, 3, 100));
		await until(
			() => echoed.filter((packet) => packet.octets.readUInt8(1) % 128 === 101).length >= 7,
			"a key's events",
		);
		// Silence follows as comfort noise.
		await until(() => echoed.some((packet) => packet.octets.readUInt8(1) === 13), "comfort noise");
		port.stopTransmit(0);
		for (const [octets, taken] of [
			[0, false],
			[241, true],
			[480, true],
		] as const) {
			assert.isTrue(port.beginRing());
			assert.strictEqual(port.ringData(new Uint8Array(octets).fill(0x80), octets), octets);
			assert.strictEqual(port.endRing(), taken);
		}
	});

	it("sends a tone in packets in sequence", async () => {
		assert.strictEqual(connect("microphone", "tone:700"), "");
		port.setRoute(3);
		assert.isTrue(port.startTransmit(1, LOOPBACK, echoPort, 0, 10, 0));
		await until(() => echoed.length >= 100, "100 packets");
		port.stopTransmit(1);
		const sequences = echoed.map((packet) => packet.octets.readUInt16BE(2));
		for (let i = 1; i < sequences.length; i++) {
			assert.strictEqual(sequences[i], ((sequences[i - 1] as number) + 1) & 0xffff);
		}
		const codes = Buffer.concat(echoed.slice(0, 100).map((packet) => packet.octets.subarray(12)));
		assert.closeTo(peakFrequency(decode(MU_LAW, codes), 700), 700, 1);
	});

	it("takes another SSRC, sequence and timestamp for every transmission", async () => {
		port.setRoute(1);
		const starts = new Set<string>();
		const part = ({ octets }: { octets: Buffer }, from: number, to: number) => octets.toString("hex", from, to);
		for (let i = 0; i < 4; i++) {
			echoed = [];
			port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0);
			// What was sent before may still be on its way.
			const fresh = () => echoed.find((packet) => !starts.has(`ssrc ${part(packet, 8, 12)}`));
			await until(() => fresh() !== undefined, "a packet of another SSRC");
			port.stopTransmit(0);
			const packet = fresh() as { octets: Buffer };
			starts.add(`sequence ${part(packet, 2, 4)}`);
			starts.add(`timestamp ${part(packet, 4, 8)}`);
			starts.add(`ssrc ${part(packet, 8, 12)}`);
		}
		assert.strictEqual(starts.size, 12);
	});

	it("gives each stream another port, and takes another when one is busy", async () => {
		const first = port.openReceive(0, 0, 20);
		const next = first + 2 > 32766 ? 20480 : first + 2;
		const other = createSocket("udp4");
		// Somebody else may have it already, which serves as well.
		await new Promise<void>((resolve) => {
			other.once("error", () => resolve());
			other.bind(next, "127.0.0.1", () => resolve());
		});
		const second = port.openReceive(1, 8, 30);
		other.close();
		assert.isAbove(second, 0);
		assert.notInclude([first, next], second);
		assert.strictEqual(second % 2, 0);
	});

	it("exchanges frames over a descriptor and never blocks on it", async () => {
		const [ours, theirs] = socketPair();
		try {
			assert.strictEqual(connect("microphone", `fd:${theirs}`), "");
			assert.strictEqual(connect("speaker", `fd:${theirs}`), "");
			port.setRoute(1);
			port.startTone(0x21, 0);
			port.startTransmit(0, LOOPBACK, echoPort, 0, 10, 0);
			await until(() => echoed.length > 0, "a packet");
			assert.isTrue((echoed[0] as { octets: Buffer }).octets.subarray(12).every((code) => code === 0xff));
			const frame = Buffer.alloc(160);
			for (let i = 0; i < 80; i++) frame.writeInt16LE(i * 100, i * 2);
			for (let i = 0; i < 10; i++) writeSync(ours, frame);
			const codes = encode(
				MU_LAW,
				Int16Array.from({ length: 80 }, (_, i) => i * 100),
			);
			const same = () => echoed.filter((packet) => packet.octets.subarray(12).equals(codes)).length;
			await until(() => same() === 10, "all ten frames");
			// Nobody reads what the speaker writes: the thread must go on when the socket is full.
			const before = port.ticks();
			await until(() => port.ticks() > before + 300, "ticks");
			const heard = Buffer.alloc(16000);
			assert.strictEqual(readSync(ours, heard), heard.length);
			const samples = Int16Array.from({ length: 4000 }, (_, i) => heard.readInt16LE(i * 2 + 8000));
			assert.closeTo(peakFrequency(samples, 440), 440, 2);
		} finally {
			port.stop();
			closeSync(ours);
			closeSync(theirs);
		}
	});

	for (const [word, kept] of [
		["fd", 4],
		["queue", 60],
	] as const) {
		it(`plays ${kept} of 60 frames that came in advance over ${word}:N`, async () => {
			const [ours, theirs] = socketPair();
			try {
				assert.strictEqual(connect("microphone", `${word}:${theirs}`), "");
				port.setRoute(1);
				port.startTransmit(0, LOOPBACK, echoPort, 0, 10, 0);
				await until(() => echoed.length > 0, "a packet");
				const samples = new Int16Array(60 * 80).map((_, i) => 8000 + (i % 80));
				const before = echoed.length;
				writeSync(ours, Buffer.from(samples.buffer));
				await until(() => echoed.length >= before + 80, "80 packets");
				const sounding = echoed.filter((packet) => packet.octets.subarray(12).every((code) => code !== 0xff));
				assert.lengthOf(sounding, kept);
			} finally {
				port.stop();
				closeSync(ours);
				closeSync(theirs);
			}
		});
	}

	it("keeps the port while either direction is open", async () => {
		const local = port.openReceive(0, 0, 20);
		port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0);
		port.closeReceive(0);
		assert.strictEqual(port.openReceive(0, 0, 20), local);
		await until(() => echoed.length > 0, "a packet");
		assert.strictEqual((echoed[0] as { port: number }).port, local);
		port.stopTransmit(0);
		port.closeReceive(0);
	});

	it("refuses what it cannot do", () => {
		assert.strictEqual(port.openReceive(2, 0, 20), 0);
		assert.strictEqual(port.openReceive(0, 18, 20), 0);
		assert.strictEqual(port.openReceive(0, 0, 25), 0);
		assert.isFalse(port.startTransmit(0, 0, 20000, 0, 20, 0));
		assert.isFalse(port.startTransmit(0, LOOPBACK, 0, 0, 20, 0));
		assert.isFalse(port.startTransmit(0, LOOPBACK, 65536, 0, 20, 0));
		assert.isFalse(port.startTransmit(7, LOOPBACK, 20000, 0, 20, 0));
		port.address(0x08080808);
		assert.strictEqual(port.openReceive(0, 0, 20), 0, "an address that is not ours");
		assert.strictEqual(port.open(0), 0);
		port.closeReceive(9);
		port.stopTransmit(9);
		assert.deepEqual([...portStatistics(9)], new Array(COUNTERS).fill(0));
	});

	it("makes no tick while nothing sounds or is open", async () => {
		port.setRoute(1);
		port.startTone(0x21, 0);
		const before = port.ticks();
		await until(() => port.ticks() > before + 5, "ticks");
		port.stopTone(true);
		// A thread that goes on ticking would do so within this time, sooner or later.
		const quiet = 300;
		let [last, since] = [-1, 0];
		await until(() => {
			const now = port.ticks();
			if (now !== last) [last, since] = [now, Date.now()];
			return Date.now() - since >= quiet;
		}, `no tick for ${quiet} ms`);
	});

	const refusals: [which: "microphone" | "speaker", word: string, message: RegExp][] = [
		["microphone", "", /silence, tone\[:HZ\], wav:FILE, fd:N, queue:N or clock:N expected/],
		["microphone", "null", /expected/],
		["microphone", "tone:", /frequency from 1 to 3999/],
		["microphone", "tone:4000", /frequency from 1 to 3999/],
		["microphone", "tone:1e3", /frequency from 1 to 3999/],
		["microphone", "fd:9999", /no open file descriptor/],
		["microphone", "fd:x", /no open file descriptor/],
		["microphone", "queue:9999", /queue:9999: no open file descriptor/],
		["microphone", "wav:/nonexistent.wav", /No such file/],
		["speaker", "wav:/nonexistent/x.wav", /No such file/],
		["speaker", "tone", /null, wav:FILE or fd:N expected/],
	];
	for (const [which, word, message] of refusals) {
		it(`refuses the ${which} '${word}' and says why`, () => {
			assert.match(connect(which, word), message);
		});
	}

	const good = wav(Int16Array.from({ length: 800 }, (_, i) => i));
	const files: [name: string, octets: Buffer, message: RegExp][] = [
		["an empty file", Buffer.alloc(0), /no WAV file/],
		["a text", Buffer.from("This is no sound at all, but long enough to look into."), /no WAV file/],
		["only a header", good.subarray(0, 36), /without sound data/],
		["8 bits", wav(new Int16Array(100), 8000, 1, 8), /not 16-bit PCM/],
		["mu-law", wav(new Int16Array(100), 8000, 1, 16, 7), /not 16-bit PCM/],
		["no channel", wav(new Int16Array(100), 8000, 0), /channels/],
		["9 channels", wav(new Int16Array(100), 8000, 9), /channels/],
		["4 kHz", wav(new Int16Array(100), 4000), /rate/],
		["no samples", good.subarray(0, 44), /without sound/],
		["data before the format", Buffer.concat([good.subarray(0, 12), good.subarray(36)]), /without a format/],
	];
	for (const [name, octets, message] of files) {
		it(`refuses a WAV file with ${name}`, () => {
			const file = joinPath(folder, "refused.wav");
			writeFileSync(file, octets);
			assert.match(connect("microphone", `wav:${file}`), message);
		});
	}

	it("hears of a WAV file's higher sound nothing where it stands for lower", async () => {
		const file = joinPath(folder, "high.wav");
		writeFileSync(file, wav(sine(5000, 9000, 16000, 0, 16000), 16000));
		assert.strictEqual(connect("microphone", `wav:${file}`), "");
		port.setRoute(1);
		port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0);
		await until(() => echoed.length >= 40, "40 packets");
		port.stopTransmit(0);
		const sound = decode(MU_LAW, Buffer.concat(echoed.map((packet) => packet.octets.subarray(12))));
		assert.isBelow(amplitude(sound.subarray(800, 4800), 3000), 9000 / 300);
	});

	it("has microphone and speaker at 16 kHz, whatever the pipeline has, and files say so", async () => {
		port.rate(16000);
		const [played, record] = ["played16.wav", "record16.wav"].map((name) => joinPath(folder, name)) as [string, string];
		writeFileSync(played, wav(sine(1000, 9000, 32000, 0, 16000), 16000));
		assert.strictEqual(connect("microphone", `wav:${played}`), "");
		assert.strictEqual(connect("speaker", `wav:${record}`), "");
		port.setRoute(1);
		const receiving = port.openReceive(0, 0, 20);
		assert.isAbove(receiving, 0);
		port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0);
		await until(() => echoed.length >= 60, "60 packets");
		port.stopTransmit(0);
		port.closeReceive(0);
		port.rate(8000);
		assert.strictEqual(connect("microphone", "silence"), "");
		assert.strictEqual(connect("speaker", "null"), "");
		const sent = decode(MU_LAW, Buffer.concat(echoed.map((packet) => packet.octets.subarray(12))));
		assert.closeTo(amplitude(sent.subarray(800, 8000), 1000), 9000, 90, "as loud as it was, and of the same pitch");
		const heard = recorded(record, 16000);
		assert.isAbove(heard.length, 16000);
		const middle = heard.subarray(8000, 14000);
		assert.closeTo(amplitude(middle, 1000, 16000), 9000, 180);
		assert.isBelow(amplitude(middle, 7000, 16000), 40, "no mirror of it above 4 kHz");
	});

	it("makes tones up to half its rate, and tells how far", () => {
		assert.match(connect("microphone", "tone:4000"), /^tone:4000: a frequency from 1 to 3999 Hz expected$/);
		port.rate(16000);
		assert.strictEqual(connect("microphone", "tone:6000"), "");
		assert.match(connect("microphone", "tone:8000"), /^tone:8000: a frequency from 1 to 7999 Hz expected$/);
		port.rate(8000);
		assert.strictEqual(connect("microphone", "silence"), "");
	});

	for (const [rate, channels] of [
		[8000, 1],
		[16000, 2],
		[44100, 1],
		[48000, 2],
	] as const) {
		it(`plays a WAV file of ${rate} Hz and ${channels} channel(s)`, async () => {
			const samples = new Int16Array(rate * channels);
			for (let i = 0; i < rate; i++) {
				for (let c = 0; c < channels; c++) samples[i * channels + c] = 9000 * Math.sin((2 * Math.PI * 600 * i) / rate);
			}
			const file = joinPath(folder, "rate.wav");
			writeFileSync(file, wav(samples, rate, channels));
			assert.strictEqual(connect("microphone", `wav:${file}`), "");
			port.setRoute(1);
			port.startTransmit(0, LOOPBACK, echoPort, 0, 20, 0);
			await until(() => echoed.length >= 55, "55 packets");
			port.stopTransmit(0);
			const sound = decode(MU_LAW, Buffer.concat(echoed.map((packet) => packet.octets.subarray(12))));
			assert.closeTo(peakFrequency(sound.subarray(0, 4000), 600), 600, 1);
			assert.strictEqual(sound[8100], 0, "silence after its end");
		});
	}
});
