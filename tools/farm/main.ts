/*
 * `npm run farm`: many phones on this computer as load for a call agent.
 */
import { writeFileSync } from "node:fs";
import { takeSignals } from "../phone/temporary.js";
import { startCrateAgent, startDevelopmentAgent, type TriedAgent } from "./agents.js";
import { Farm } from "./farm.js";
import { type Options, parseOptions, UsageError, usage } from "./options.js";
import { drawLoad } from "./plot.js";
import { processorSecondsOf } from "./processes.js";
import { asJson, asText, type Costs } from "./report.js";
import type { LoadResult } from "./results.js";

function say(text: string): void {
	process.stderr.write(`farm: ${text}\n`);
}

function options(): Options | undefined {
	try {
		return parseOptions(process.argv.slice(2));
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		say(`${error.message}; --help tells more`);
		process.exitCode = 2;
		return undefined;
	}
}

function startAgent({ own, dialect, device, phones }: Options): Promise<TriedAgent> {
	return own === "development" ? startDevelopmentAgent(dialect) : startCrateAgent(device, phones);
}

/** A line now and then: on a terminal the same one. */
function progress(): (text: string) => void {
	let last = 0;
	return (text) => {
		if (performance.now() - last < 1000) return;
		last = performance.now();
		process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
	};
}

/** Processors that phones, the driving program and the call agent have kept busy since it was asked last. */
class Meter {
	private before = { phones: 0, driver: 0, agent: 0, at: 0 };

	constructor(
		private readonly farm: Farm,
		private readonly agent: TriedAgent | undefined,
	) {
		this.read();
	}

	read(): Costs {
		const { before, farm, agent } = this;
		const { user, system } = process.cpuUsage();
		const now = {
			phones: farm.pids.reduce((sum, pid) => sum + processorSecondsOf(pid), 0),
			driver: (user + system) / 1e6,
			agent: agent ? processorSecondsOf(agent.pid) : 0,
			at: performance.now() / 1000,
		};
		this.before = now;
		const share = (what: "phones" | "driver" | "agent") =>
			Math.round(((now[what] - before[what]) / (now.at - before.at)) * 1000) / 1000;
		return { phones: share("phones"), driver: share("driver"), ...(agent ? { agent: share("agent") } : {}) };
	}
}

async function run(wanted: Options): Promise<number> {
	const own = wanted.agent === undefined ? await startAgent(wanted) : undefined;
	const address = wanted.agent ?? own?.address ?? "";
	let farm: Farm | undefined;
	const release = takeSignals((status) => {
		farm?.kill();
		own?.close();
		process.exit(status);
	});
	try {
		const tell = progress();
		const started = await Farm.start(
			{
				agent: address,
				phones: wanted.phones,
				allow: wanted.allow,
				firstDevice: wanted.device,
				media: wanted.media,
				atOnce: wanted.atOnce,
				patience: wanted.patience * 1000,
				...(wanted.protocol === undefined ? {} : { protocol: wanted.protocol }),
			},
			(begun) => {
				farm = begun;
				begun.on("registered", (_, count) => tell(`${count} of ${wanted.phones} phones registered`));
			},
		);
		for (const complaint of started.registration.complaints) say(complaint);
		const meter = new Meter(started, own);
		const result = await load(started, wanted, tell);
		const costs = meter.read();
		const name =
			own === undefined ? address : wanted.own === "development" ? `development (${wanted.dialect})` : wanted.own;
		const report = { agent: name, phones: wanted.phones, registration: started.registration, result, costs };
		const bytes = started.bytesPerPhone;
		process.stdout.write(wanted.json ? `${asJson({ ...report, bytes })}\n` : asText({ ...report, bytes }));
		if (wanted.plot !== undefined) {
			const title = `${started.phones.length} phones, ${wanted.callsPerSecond} calls a second at ${name}`;
			writeFileSync(wanted.plot, drawLoad(result, title));
		}
		return started.registration.failed + result.callsFailed === 0 ? 0 : 1;
	} finally {
		await farm?.close();
		await own?.close();
		release();
	}
}

function load(farm: Farm, wanted: Options, tell: (text: string) => void): Promise<LoadResult> {
	const all = Math.floor(wanted.callsPerSecond * wanted.seconds);
	return farm.load({
		callsPerSecond: wanted.callsPerSecond,
		seconds: wanted.seconds,
		talkSeconds: wanted.talkSeconds,
		ringSeconds: wanted.ringSeconds,
		...(wanted.number === undefined ? {} : { number: wanted.number }),
		progress: (ended) => tell(`${ended} of ${all} calls`),
	});
}

const wanted = options();
if (wanted?.help) process.stdout.write(`${usage}\n`);
else if (wanted) {
	try {
		process.exitCode = await run(wanted);
	} catch (error) {
		say((error as Error).message);
		process.exitCode = 1;
	}
}
