/*
 * `npm run bench`: the figures that the project holds itself to, measured on the real engine.
 */
import { parseArgs } from "node:util";
import { makeBuild } from "../phone/builds.js";
import type { Bits } from "../phone/project.js";
import { audioBenchMissing, benchAudio } from "./audio.js";
import { benchChip } from "./chip.js";
import { benchConfig } from "./config.js";
import { benchDelay } from "./delay.js";
import { benchDisplay } from "./display.js";
import { benchEcho, echoBenchMissing } from "./echo.js";
import { benchFailover } from "./failover.js";
import { benchFfmpeg, ffmpegBenchMissing } from "./ffmpeg.js";
import { benchHeap } from "./heap.js";
import { benchIdle } from "./idle.js";
import { benchJitter, writeTraces } from "./jitter.js";
import { ladenNeeds } from "./laden.js";
import { benchMicrophone, microphoneBenchMissing } from "./microphone.js";
import { benchPowercut } from "./powercut.js";
import { benchQuality, qualityBenchMissing } from "./quality.js";
import { benchSccp } from "./sccp.js";
import { benchScreens, screensBenchMissing } from "./screens.js";
import { benchServices } from "./services.js";
import { benchMonkey, benchSoak } from "./soak.js";
import { benchStubborn } from "./stubborn.js";
import { benchVad, vadBenchMissing } from "./vad.js";
import { benchXtensa, xtensaBenchMissing } from "./xtensa.js";

interface Request {
	/** Word length of the phone's engine. */
	readonly bits: Bits;
	readonly seconds: number;
	/** Names of networks, all unless told otherwise. */
	readonly networks: readonly string[] | undefined;
	/** What the names of servers have in them, '' for all. */
	readonly only: string;
	/** Less material, for a quick look. */
	readonly fast: boolean;
	progress(line: string): void;
}

interface Bench {
	run(request: Request): object | Promise<object>;
	/** Debian's packages that it needs and this machine lacks. */
	missing?(): string[];
	/** Word length of the engine unless told otherwise; absent where no phone of this machine is measured. */
	readonly bits?: Bits;
	/** How long it measures unless told otherwise. */
	readonly seconds?: number;
}

const benches: Readonly<Record<string, Bench>> = {
	heap: {
		bits: 32,
		run: async ({ bits, progress }) => ({
			...(await benchHeap(bits, progress)),
			...(await ladenNeeds(bits, progress)),
		}),
	},
	sccp: { bits: 64, run: ({ bits, progress }) => benchSccp(bits, progress) },
	soak: { bits: 32, run: ({ bits, progress }) => benchSoak(bits, progress) },
	services: { bits: 32, run: ({ bits, progress }) => benchServices(bits, progress) },
	monkey: { bits: 32, run: ({ bits, progress }) => benchMonkey(bits, progress) },
	idle: { bits: 64, seconds: 30, run: ({ bits, seconds }) => benchIdle(bits, seconds) },
	failover: { bits: 64, run: ({ bits, progress }) => benchFailover(bits, progress) },
	stubborn: {
		bits: 64,
		seconds: 60,
		run: ({ bits, seconds, only, progress }) => benchStubborn(bits, seconds, progress, (name) => name.includes(only)),
	},
	audio: { missing: audioBenchMissing, run: benchAudio },
	xtensa: { missing: xtensaBenchMissing, run: benchXtensa },
	echo: { missing: echoBenchMissing, run: benchEcho },
	microphone: { missing: microphoneBenchMissing, run: benchMicrophone },
	ffmpeg: { seconds: 600, missing: ffmpegBenchMissing, run: ({ seconds }) => benchFfmpeg(seconds) },
	jitter: { run: benchJitter },
	quality: { missing: qualityBenchMissing, run: benchQuality },
	vad: { missing: vadBenchMissing, run: benchVad },
	delay: { seconds: 30, run: ({ seconds }) => benchDelay(seconds) },
	traces: { run: writeTraces },
	powercut: { bits: 64, run: ({ bits, progress }) => benchPowercut(bits, progress) },
	config: { bits: 32, run: ({ bits }) => benchConfig(bits) },
	screens: { bits: 32, missing: screensBenchMissing, run: ({ bits }) => benchScreens(bits) },
	display: { bits: 32, run: ({ bits }) => benchDisplay(bits) },
	chip: { run: ({ progress }) => benchChip(progress) },
};

const names = Object.keys(benches);

const usage = `npm run -s bench -- ${names.join("|")} [options]

heap   what the phone's engine has in use: registered, with two calls up, after 10 and after 1000 calls. Bytes of slots and
       chunks after a garbage collection, above the baseline: what is in use when all modules are loaded and nothing has
       been started (on the device modules lie in flash). Engine of 32 bit unless told otherwise, as on the device. And the least
       chunks (octets) and slots with which a phone lives that has two calls and all that servers give it, each as large as may be.
sccp   how fast received messages go through reader, dispatch and mirror, in XS and in Node, and the garbage each makes.
soak   a million hostile frames and ten thousand calls for the whole phone in XS, at four versions: what it throws, what its heap grows by.
services  a whole phone fetches every kind of object of the IP Phone Services guide: how many it shows, what of the heap an open service
       takes at most (32 bit) and what is left of that, milliseconds from the key to the page.
monkey  100,000 keys, hook moves, messages, pushed objects and pages of services in any order: what the phone throws, screens that cannot be
       left by two presses or the time-outs, what its heap grows by.
idle   processor time of an idle registered phone over 30 s.
failover  what a phone loses with its call agent (closed, reset, silent, own address changed, next one sick or slow) at rest, ringing and
       in a call: milliseconds until it is registered again, calls kept, seconds of sound lost.
stubborn  how long a phone takes to register whose server of files misbehaves, in some hundred ways: seconds with a stored configuration and
       without one (null: not within 60 s), and the longest with one.
echo   the echo canceller in a synthetic room: echo return loss enhancement, near talk lost, divergence (libspeexdsp-dev).
microphone  what a handset sends of talk and noise with noise suppression, and of soft and loud talkers with level control (libspeexdsp-dev).
audio  instructions of the audio tick in a G.711 call, beside those of spandsp's codec (valgrind, libspandsp-dev).
config what it takes to read a configuration file of 12 KB in XS, and whole dictionaries: time, memory taken and kept, share of phrases shown.
xtensa the phone and the same tick on an emulated Xtensa: instructions by message and from key to display, sizes, heap; whether
       the tick gives the same as here to the bit.
ffmpeg what is lost, late and concealed in a call of 600 s between the host's audio port and ffmpeg.
jitter what the jitter buffer makes of the network traces in test/traces, beside buffers of 60 and of 120 ms.
quality  what real speech is worth (PESQ) that comes over networks of some thirty kinds, its delay, what is concealed; beside buffers of 60
       and of 120 ms and SpeexDSP's (asterisk-core-sounds-en-wav, libspeexdsp-dev, libspandsp-dev; PESQ as CONTRIBUTING.md says).
vad    what silence suppression loses of real speech in eight noises at three levels and five ratios, and sends of the noise, beside the
       four modes of WebRTC's detector (asterisk-core-sounds-en-wav; webrtcvad as CONTRIBUTING.md says).
delay  what the phone adds on a calm network with packets of 20 ms, from the microphone to the socket and back, over 30 s.
traces writes the files in test/traces anew.
powercut  cuts the power at every octet of the phone's records and kills a writing phone: how many cuts, how many lost a record.

screens  how many screens the scripts of tools/display lead to, and what redraws of them cost: XS's heap (0 for a second of a call), SPI,
       and instructions on an emulated Xtensa: of a whole screen, of the change from one to the next, of each kind of change.
display  octets over the display's SPI for each kind of change, their time at 40 MHz, and what drawing takes of XS's heap.
chip   the firmware of the board 'emulator', as built last, on an emulated ESP32-S3: time to register, memory of ESP-IDF and of XS with
       two calls up, stacks, instructions of a tick, image size (npm run device:build -- emulator; Espressif's QEMU).

  --json          print one JSON object as the last line of standard output
  --bits 32|64    word length of the phone's engine
  --seconds S     how long 'idle' and 'delay' measure, 30 when not given, and 'ffmpeg', 600; how long 'stubborn' waits, 60
  --only TEXT     of 'stubborn': only servers whose names have this in them
  --networks A,B  of 'quality': only these
  --fast          of 'quality' and 'vad': less speech; of 'quality' a seed and three sentences, where else there are three seeds and six sentences
`;

/** A command line that cannot be understood. */
class UsageError extends Error {}

function readArguments(argv: string[]) {
	try {
		return parseArgs({
			args: argv,
			allowPositionals: true,
			options: {
				json: { type: "boolean" },
				bits: { type: "string" },
				seconds: { type: "string" },
				networks: { type: "string" },
				only: { type: "string" },
				fast: { type: "boolean" },
				help: { type: "boolean" },
			},
		});
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

function word(text: string | undefined, otherwise: Bits): Bits {
	const bits = Number(text ?? otherwise);
	if (bits !== 32 && bits !== 64) throw new UsageError(`--bits ${text}: 32 or 64 is expected`);
	return bits;
}

async function run(argv: string[]): Promise<void> {
	const { values, positionals } = readArguments(argv);
	if (values.help) {
		process.stdout.write(usage);
		return;
	}
	const [what = ""] = positionals;
	if (positionals.length !== 1) throw new UsageError(`one of ${names.join(", ")} is expected`);
	const bench = Object.hasOwn(benches, what) ? benches[what] : undefined;
	if (bench === undefined) throw new UsageError(`'${what}': one of ${names.join(", ")} is expected`);
	const bits = word(values.bits, bench.bits ?? 64);
	const seconds = Number(values.seconds ?? bench.seconds ?? 1);
	if (!(seconds >= 1 && seconds <= 3600)) throw new UsageError(`--seconds ${values.seconds}: 1 to 3600 is expected`);
	const missing = bench.missing?.() ?? [];
	if (missing.length > 0) {
		const packages = missing.join(" ");
		throw new Error(`'${what}' needs these Debian packages: apt-get install ${packages}`);
	}
	if (bench.bits !== undefined) await makeBuild(`${bits}`);
	const progress = (line: string) => console.error(`bench: ${line}`);
	const result = await bench.run({
		bits,
		seconds,
		networks: values.networks?.split(","),
		only: values.only ?? "",
		fast: values.fast ?? false,
		progress,
	});
	if (values.json) console.log(JSON.stringify(result));
	else
		for (const [name, value] of Object.entries(result))
			console.log(`${name.padEnd(34)}${typeof value === "object" ? JSON.stringify(value) : value}`);
}

let status = 0;
try {
	await run(process.argv.slice(2));
} catch (error) {
	console.error(`bench: ${(error as Error).message}`);
	status = error instanceof UsageError ? 2 : 1;
}
// Whatever a failed measurement has left open does not keep the command from its end.
process.exit(status);
