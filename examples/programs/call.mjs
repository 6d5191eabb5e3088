/*
 * Two phones and a call agent on this computer: one calls the other, both can be heard, and the call is judged.
 *
 *     node examples/programs/call.mjs
 */
import { CallAgent, Phone, speech } from "linnet";

const agent = await CallAgent.start();
const alice = await Phone.start({ agent });
const bob = await Phone.start({ agent });
for (const phone of [alice, bob]) {
	await phone.wait.registered();
	phone.on("call", ({ state, title }) => console.log(`${phone.number} ${state} ${title}`));
	phone.on("ring", (sounds) => console.log(`${phone.number} ${sounds ? "rings" : "is quiet"}`));
}

await Promise.all([alice.call(bob.number), bob.answer()]);
await Promise.all([alice.play(speech(3)), bob.record(3)]);
const [stream] = await bob.statistics();
console.log(
	`${bob.number} heard ${stream?.packetsReceived} packets in ${stream?.codec}, MOS ${stream?.mos?.toFixed(2)}`,
);

await alice.hangUp();
await bob.hangUp();
for (const one of [alice, bob, agent]) await one.close();
