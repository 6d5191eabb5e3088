/*
 * What happens on a phone, a line of JSON each: for a log, a screen on the wall, or another program.
 *
 *     node examples/programs/watch.mjs [--agent HOST[:PORT]] [--device SEP001122334455]
 *
 * With --agent it is a phone of that call agent, which has to know the device, until Ctrl-C. Without, it shows what it does: it
 * calls the echo of a call agent of its own.
 */
import { parseArgs } from "node:util";
import { CallAgent, Phone } from "linnet";

const { values } = parseArgs({
	options: { agent: { type: "string" }, device: { type: "string", default: "SEP001122334455" } },
});
const demonstration = values.agent === undefined ? await CallAgent.start() : undefined;
const phone = await Phone.start({ agent: demonstration ?? values.agent, device: values.device });
const tell = (event, what) => console.log(JSON.stringify({ time: new Date().toISOString(), event, ...what }));

phone.on("registered", () => tell("registered"));
phone.on("unregistered", () => tell("unregistered"));
phone.on("call", (call) => tell("call", call));
phone.on("callEnd", (call) => tell("callEnd", call));
phone.on("ring", (sounds) => tell("ring", { sounds }));
phone.on("messages", (waiting) => tell("messages", { waiting }));
phone.on("exit", (reason) => tell("exit", { reason }));

if (demonstration) {
	await phone.wait.registered();
	await phone.call("600");
	await phone.hangUp();
	await phone.close();
	await demonstration.close();
}
