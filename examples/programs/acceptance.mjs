/*
 * Does a call agent do what a desk needs? Three phones find out: tests for Node's own runner.
 *
 *     node --test examples/programs/acceptance.mjs
 *     AGENT=192.0.2.4 DEVICES=SEP001122334455,SEP001122334456,SEP001122334457 node --test examples/programs/acceptance.mjs
 *
 * Without AGENT they judge the development call agent, which is started for them.
 */
import { after, afterEach, before, test } from "node:test";
import { CallAgent, Phone } from "linnet";

const names = process.env.DEVICES?.split(",") ?? [undefined, undefined, undefined];
const phones = [];
let own;

before(async () => {
	own = process.env.AGENT === undefined ? await CallAgent.start() : undefined;
	const agent = own ?? process.env.AGENT;
	for (const device of names) phones.push(await Phone.start({ agent, ...(device && { device }) }));
	for (const phone of phones) await phone.wait.registered();
});

afterEach(async () => {
	for (const phone of phones) phone.hook("on");
	for (const phone of phones) await phone.wait.idle();
});

after(async () => {
	for (const phone of phones) await phone.close();
	await own?.close();
});

test("two phones hear each other", async () => {
	const [alice, bob] = phones;
	await Promise.all([alice.call(bob.number), bob.answer()]);
	await alice.hears([bob]);
	await bob.hears([alice]);
});

test("a held call has its sound again", async () => {
	const [alice, bob] = phones;
	await Promise.all([alice.call(bob.number), bob.answer()]);
	await alice.softkey("Hold");
	await alice.wait.held();
	await alice.softkey("Resume");
	await alice.wait.connected();
	await bob.hears([alice]);
});

test("a call is transferred", async () => {
	const [alice, bob, carol] = phones;
	await Promise.all([alice.call(bob.number), bob.answer()]);
	await bob.softkey("Trnsfer");
	await bob.wait.tone("dial");
	bob.dial(carol.number);
	await carol.answer();
	await bob.wait.selected("connected");
	await bob.softkey("Trnsfer");
	await bob.wait.idle();
	await alice.hears([carol]);
	await carol.hears([alice]);
});

test("a number that nobody has is refused", async () => {
	const [alice] = phones;
	alice.hook("off");
	await alice.wait.tone("dial");
	alice.dial("9999");
	await alice.wait.tone("reorder");
});
