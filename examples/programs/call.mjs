// Two phones and a call agent on this computer: one calls the other.
import { CallAgent, Phone } from "linnet";

const agent = await CallAgent.start();
const [alice, bob] = await Promise.all([Phone.start({ agent }), Phone.start({ agent })]);
for (const phone of [alice, bob]) {
	phone.on("call", ({ state, title }) => console.log(`${phone.number}: ${state} ${title}`));
	await phone.wait.registered();
}

await Promise.all([alice.call(bob.number), bob.answer()]);
await alice.media();
const { recorded } = await alice.play(new Int16Array(8000).fill(3), 1);
console.log(`${recorded.length} samples`, (await alice.statistics())[0].mos);
await alice.hangUp();
await bob.hangUp();

await Promise.all([alice.close(), bob.close()]);
await agent.close();
