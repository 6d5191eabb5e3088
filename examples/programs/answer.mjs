/*
 * An answering machine: takes each call, says something, and keeps what it is told in a WAV file.
 *
 *     node examples/programs/answer.mjs [--agent HOST[:PORT]] [--device SEP001122334455] [--seconds 60]
 *         [--greeting FILE.wav] [--folder .]
 *
 * With --agent it is a phone of that call agent, which has to know the device, until Ctrl-C. Without, it shows what it does: a call
 * agent and a caller of its own leave one message, in the folder for temporary files.
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CallAgent, Phone, readWav, speech, tone, writeWav } from "linnet";

const { values } = parseArgs({
	options: {
		agent: { type: "string" },
		device: { type: "string", default: "SEP001122334455" },
		seconds: { type: "string", default: "60" },
		greeting: { type: "string" },
		folder: { type: "string" },
	},
});
const demonstration = values.agent === undefined ? await CallAgent.start() : undefined;
const machine = await Phone.start({ agent: demonstration ?? values.agent, device: values.device });
const greeting = values.greeting === undefined ? tone(880, 0.5) : readWav(values.greeting);
const longest = Number(values.seconds);
await machine.wait.registered();
console.log(`registered as ${machine.number}`);

async function takeMessage(count) {
	const file = join(values.folder ?? (demonstration ? tmpdir() : "."), `message-${count}.wav`);
	await machine.wait.ringing({ timeout: Number.MAX_SAFE_INTEGER });
	machine.hook("off");
	await machine.wait.connected();
	const [caller] = machine.calls;
	await machine.play(greeting);
	// the caller hangs up, or the time is over
	const pieces = [];
	for (let second = 0; second < longest && machine.is.connected(); second++) pieces.push(await machine.record(1));
	await machine.hangUp();
	writeWav(file, Int16Array.from(pieces.flatMap((piece) => [...piece])));
	console.log(`${caller?.title}: ${pieces.length} s in ${file}`);
}

async function leaveMessage() {
	const caller = await Phone.start({ agent: demonstration });
	await caller.wait.registered();
	await caller.call(machine.number);
	await caller.play(speech(2));
	await caller.hangUp();
	await caller.close();
}

if (demonstration) {
	await Promise.all([takeMessage(1), leaveMessage()]);
	await machine.close();
	await demonstration.close();
} else for (let count = 1; ; count++) await takeMessage(count);
