/*
 * `npm run call`: a phone without a face. Boots it, lets it dial (or plays a script), plays and records sound and says what
 * was measured; its status tells whether the call worked.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { EmulatedChip, examineEmulation, writeConfiguration } from "../device/chip.js";
import { agentAddress } from "../device/emulate.js";
import { ChipNetwork } from "../device/network.js";
import { examineQemu } from "../device/qemu.js";
import { makeBuild } from "../phone/builds.js";
import { deviceName } from "../phone/names.js";
import { calls } from "../phone/screen.js";
import { removeFolder, takeSignals, temporaryFolder } from "../phone/temporary.js";
import { packetCounts } from "./acts.js";
import { ScriptAgents } from "./agents.js";
import { Conductor, type Sample, type SceneTaker, type Station } from "./conductor.js";
import { measureEcho } from "./echo.js";
import { ScriptFiles } from "./files.js";
import { houseDevices } from "./house.js";
import { type Options, parseOptions, splitAgent, UsageError, usage } from "./options.js";
import { checkReachable } from "./reach.js";
import { type Cast, callScript, castOf, readScript, type Step } from "./script.js";
import type { Passage } from "./sound.js";
import { makeSpeech } from "./speech.js";
import { readWav, sampleRate, wideRate, writeWav } from "./wav.js";

/** The number that gives everything back, and how true its echo has to be for the call to count as working. */
const echoNumber = "600";
const echoCorrelationNeeded = 0.9;
const longestSpeech = 60;

/** What is printed; null is 'did not come to that'. Times are milliseconds. */
interface Result {
	registered_ms: number | null;
	offhook_to_dialtone_ms: number | null;
	connected_ms: number | null;
	rtp_sent: number | null;
	rtp_received: number | null;
	rtp_lost: number | null;
	/** What the phone sent in last, by its name on command lines. */
	codec: string | null;
	/** Absent where the phone's sound cannot be heard. */
	echo_delay_ms?: number | null;
	echo_correlation?: number | null;
	hung_up: boolean;
}

const tenths = (value: number | undefined) => (value === undefined ? null : Math.round(value * 10) / 10);

/** Joins what was played and recorded in several passages. */
function join(passages: readonly Passage[], part: keyof Passage): Int16Array {
	const joined = new Int16Array(passages.reduce((sum, passage) => sum + passage[part].length, 0));
	let at = 0;
	for (const passage of passages) {
		joined.set(passage[part], at);
		at += passage[part].length;
	}
	return joined;
}

async function measure({ phone, meter, sound, passages }: Station): Promise<Result> {
	const packets = phone.exit ? undefined : await packetCounts(phone);
	const longest = [...passages].sort((a, b) => b.played.length - a.played.length)[0];
	const echo = longest && measureEcho(longest.played, longest.recorded, sound?.rate);
	return {
		registered_ms: tenths(meter.registered),
		offhook_to_dialtone_ms: tenths(meter.dialTone),
		connected_ms: tenths(meter.connected),
		rtp_sent: packets?.sent ?? null,
		rtp_received: packets?.received ?? null,
		rtp_lost: packets?.lost ?? null,
		codec: packets?.codec ?? null,
		...(sound && {
			echo_delay_ms: tenths(echo?.delay),
			echo_correlation: echo ? Math.round(echo.correlation * 10_000) / 10_000 : null,
		}),
		hung_up: meter.connected !== undefined && !phone.exit && calls(phone.screen).length === 0,
	};
}

/** Why a call whose steps all came true did not work after all. */
function fault(options: Options, result: Result): string | undefined {
	if (!result.hung_up) return "the call did not end";
	if (options.number !== echoNumber) return undefined;
	if (result.echo_correlation === undefined)
		return (result.rtp_received ?? 0) > 0 ? undefined : "no packet of the echo came back";
	if (result.echo_correlation === null) return "no echo came back";
	if (result.echo_correlation < echoCorrelationNeeded)
		return `the echo is not what was played: correlation ${result.echo_correlation}, ${echoCorrelationNeeded} is needed`;
	return undefined;
}

function print(result: Result, json: boolean): void {
	if (json) {
		console.log(JSON.stringify(result));
		return;
	}
	for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(24)}${value ?? "-"}`);
}

/** Where phones register, and what the first of them is where it is no program of this computer's. */
interface Ground {
	/** The call agents' addresses for phones. */
	readonly addresses: readonly string[];
	/** The script's own call agents, which take orders. */
	readonly agents?: ScriptAgents;
	/** Where phones find their configuration that ask for one. */
	readonly files?: ScriptFiles;
	/** Words in front of a phone's program. */
	readonly prefix: readonly string[];
	startChip?(log: (line: string) => void): Promise<EmulatedChip>;
	close(): Promise<void>;
}

/** Call agents here, or one elsewhere that answers. */
async function ownGround(options: Options, { agents: count, configurations, known }: Cast): Promise<Ground> {
	if (options.agent !== undefined) {
		const { host, port } = splitAgent(options.agent);
		await checkReachable(host, port);
		const addresses = [`${host}:${port}`];
		const files = await filesFor(options, configurations, addresses);
		return { addresses, prefix: [], ...(files && { files }), close: async () => files?.close() };
	}
	const { dialect, device, moment } = options;
	const codecs = options.codec && { codecs: [options.codec.codec] };
	const agents = await ScriptAgents.start(count, {
		dialect,
		devices: houseDevices(device, known),
		...codecs,
		...(moment && { now: () => moment.local }),
	});
	const files = await filesFor(options, configurations, agents.addresses);
	const close = async () => {
		await files?.close();
		await agents.close();
	};
	return { addresses: agents.addresses, agents, prefix: [], ...(files && { files }), close };
}

/** A server of files for the phones that ask one, if there are any. */
async function filesFor(
	{ device }: Options,
	configurations: Cast["configurations"],
	agents: readonly string[],
): Promise<ScriptFiles | undefined> {
	if (configurations.size === 0) return undefined;
	const byDevice = [...configurations].map(([phone, text]) => [deviceName(device, phone - 1), text] as const);
	return ScriptFiles.start(new Map(byDevice), agents);
}

/** A network with an emulated chip in it, which finds the call agent by DHCP and TFTP. */
async function emulatedGround(options: Options): Promise<Ground> {
	const own = options.agent === undefined;
	const findings = examineEmulation(process.env, own);
	const missing = findings.filter(({ found }) => !found);
	if (missing.length > 0) throw new Error(missing.map(({ name, text }) => `${name}: ${text}`).join("\n      "));
	const { path: program = "" } = examineQemu(process.env);
	const elsewhere = options.agent === undefined ? undefined : await agentAddress(options.agent);
	const folder = temporaryFolder("call");
	const network = await ChipNetwork.open(own, (line) => {
		if (options.verbose) console.error(line);
	});
	const close = async () => {
		await network.close();
		removeFolder(folder);
	};
	try {
		const address = elsewhere ?? (await network.startAgent(options.dialect, { codecs: options.codec?.name })).address;
		writeConfiguration(folder, options.device, address);
		await network.startDnsmasq(folder);
		const { device } = options;
		const startChip = (log: (line: string) => void) => EmulatedChip.start({ device, network, program, log });
		return { addresses: [address], prefix: network.prefix, startChip, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Samples a second of a phone's sound. */
function rateOf({ codec }: Options): number {
	return codec?.name === "g722" ? wideRate : sampleRate;
}

function prepareSample(options: Options, steps: readonly Step[]): Sample {
	if (options.play !== undefined) return readWav(options.play, rateOf(options));
	const longest = Math.max(1, ...steps.map((step) => (step.do === "play" ? step.milliseconds / 1000 : 0)));
	const made = new Map<number, Int16Array>();
	return (rate) => {
		const speech = made.get(rate) ?? makeSpeech(Math.min(longest, longestSpeech), rate);
		made.set(rate, speech);
		return speech;
	};
}

/** Draws scenes into a folder as the display does. */
async function drawer(folder: string): Promise<SceneTaker> {
	const { pictureOfScreen } = await import("../display/draw.js");
	mkdirSync(folder, { recursive: true });
	return (name, screen, _, pictures) => {
		writeFileSync(`${folder}/${name}.png`, pictureOfScreen(screen, pictures));
	};
}

/** Makes the call; resolves with the program's status. */
async function run(options: Options): Promise<number> {
	const steps =
		options.script === undefined
			? callScript(
					options.number ?? "",
					options.seconds,
					options.timeout,
					options.emulator ? options.timeout : undefined,
				)
			: readScript(options.script);
	const sample = prepareSample(options, steps);
	const cast = castOf(steps);
	const rate = cast.wideband.has(1) ? wideRate : rateOf(options);
	// Found out now, not after the call.
	if (options.record !== undefined) writeWav(options.record, new Int16Array(rate / 100), rate);
	if (!options.emulator) await makeBuild(`${options.bits}`);
	const ground = await (options.emulator ? emulatedGround(options) : ownGround(options, cast));
	const conductor = new Conductor(sample, (text) => console.error(text), ground.agents, options.moment);
	if (options.scenes !== undefined) conductor.onScene = await drawer(options.scenes);
	let error: string | undefined;
	let result: Result | undefined;
	let chip: EmulatedChip | undefined;
	try {
		for (let index = 0; index < cast.phones; index++) {
			const device = deviceName(options.device, index);
			const log = (line: string) => {
				if (options.verbose) console.error(`${device} ${line}`);
			};
			if (index === 0 && ground.startChip) {
				const started = performance.now();
				chip = await ground.startChip(log);
				conductor.addChip(chip, started);
				continue;
			}
			await conductor.addPhone({
				bits: options.bits,
				pcm: options.simulated ? "clock" : "queue",
				...(ground.files && cast.configurations.has(index + 1)
					? { tftp: [ground.files.addressFor(device)] }
					: { agents: ground.addresses }),
				...(options.moment && { held: options.moment.minutes }),
				prefix: ground.prefix,
				device,
				rate: cast.wideband.has(index + 1) ? wideRate : rate,
				...(options.protocol === undefined ? {} : { protocol: options.protocol }),
				log,
			});
		}
		try {
			await conductor.run(steps);
		} catch (failure) {
			error = (failure as Error).message;
		}
		const [first] = conductor.stations;
		if (first) {
			result = await measure(first);
			if (options.record !== undefined) writeWav(options.record, join(first.passages, "recorded"), rate);
		}
	} finally {
		await conductor.close();
		await chip?.kill();
		await ground.close();
	}
	if (result) {
		if (options.script === undefined) error ??= fault(options, result);
		if (error) console.error(`call: ${error}`);
		print(result, options.json);
	}
	return error ? 1 : 0;
}

try {
	const options = parseOptions(process.argv.slice(2));
	if (options) {
		// A phone on an emulated chip has files that must not stay.
		const release = takeSignals();
		process.exitCode = await run(options);
		release();
	} else process.stdout.write(usage);
} catch (error) {
	console.error(`call: ${(error as Error).message}`);
	if (error instanceof UsageError) console.error("'npm run -s call -- --help' tells the options");
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
