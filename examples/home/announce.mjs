/*
 * An announcement: phones answer by themselves, with their microphones mute, and say it. A phone on this computer dials the call agent's
 * number for that and plays a file; then it is gone.
 *
 *     node examples/home/announce.mjs                                    tries it here: a call agent and a phone that hears a gong
 *     node examples/home/announce.mjs --agent 192.0.2.10 --device SEP02AA00000001 --to '*61001' --file dinner.wav
 *     node examples/home/announce.mjs --agent 192.0.2.10 --device SEP02AA00000001 --to '*61001' --say 'Dinner is ready'
 *
 * --device is one that the call agent knows; --to is the number of its paging or intercom. Files are WAV, 16 bit, mono, 8 kHz; --say needs
 * espeak-ng and ffmpeg.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CallAgent, Phone } from "linnet";
import { gong } from "./gong.mjs";

const { values } = parseArgs({
	options: {
		agent: { type: "string" },
		device: { type: "string" },
		to: { type: "string" },
		file: { type: "string" },
		say: { type: "string" },
	},
});

/** What a voice says, as a file in `folder`. */
function spoken(text, folder) {
	const file = join(folder, "said.wav");
	const voice = execFileSync("espeak-ng", ["--stdout", "--", text]);
	const convert = ["-v", "error", "-i", "-", "-ac", "1", "-ar", "8000", "-c:a", "pcm_s16le", "-bitexact", file];
	execFileSync("ffmpeg", convert, { input: voice });
	return file;
}

async function announce(agent, device, to, sound) {
	const phone = await Phone.start({ agent, ...(device && { device }) });
	try {
		await phone.wait.registered();
		await phone.call(to);
		await phone.media();
		const { played, rate } = await phone.play(sound);
		console.log(`${to}: announced, ${(played.length / rate).toFixed(1)} s`);
		await phone.hangUp();
	} finally {
		await phone.close();
	}
}

const folder = mkdtempSync(join(tmpdir(), "linnet-announce-"));
try {
	const sound = values.file ?? (values.say === undefined ? gong() : spoken(values.say, folder));
	if (values.agent !== undefined) {
		if (values.to === undefined) throw new Error("--to names the number to call, such as '*61001'");
		await announce(values.agent, values.device, values.to, sound);
	} else {
		const agent = await CallAgent.start();
		const kitchen = await Phone.start({ agent });
		await kitchen.wait.registered();
		const heard = kitchen.wait.connected().then(() => kitchen.record(0.5));
		await announce(agent, undefined, `*6${kitchen.number}`, sound);
		const loudest = (await heard).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
		console.log(`${kitchen.number}: heard it, loudest sample ${loudest}`);
		await kitchen.close();
		await agent.close();
	}
} catch (error) {
	console.error(`announce: ${error.message.split("\n", 1)[0]}`);
	process.exitCode = 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
