/*
 * Calls through the call agent: services and their sound, tones of failure, call waiting, hold with music, hang-up by
 * either side, the ways to dial, and what ends a call.
 */
import { assert } from "chai";
import {
	type CallAgent,
	type CallAgentOptions,
	type DialectName,
	startCallAgent,
} from "../../../tools/call-agent/agent.js";
import { dialectNames } from "../../../tools/call-agent/options.js";
import { TestPhone, words } from "./support/test-phone.js";

/** Sample of a mu-law octet, by the decoding rule of G.711. */
function muLaw(octet: number): number {
	const code = ~octet & 255;
	const magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
	return code & 0x80 ? -magnitude : magnitude;
}

/** Sample of an A-law octet, by the decoding rule of G.711. */
function aLaw(octet: number): number {
	const code = octet ^ 0x55;
	const segment = (code >> 4) & 7;
	const step = ((code & 15) << 4) + 8;
	const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
	return code & 0x80 ? magnitude : -magnitude;
}

/** Level in dBm0 of all samples, and the share of their energy that lies at `frequency`. */
function analyse(samples: readonly number[], frequency: number): { level: number; share: number } {
	let energy = 0;
	let cosine = 0;
	let sine = 0;
	samples.forEach((sample, index) => {
		const phase = (2 * Math.PI * frequency * index) / 8000;
		energy += sample * sample;
		cosine += sample * Math.cos(phase);
		sine += sample * Math.sin(phase);
	});
	const share = (2 * (cosine * cosine + sine * sine)) / (samples.length * energy);
	// A sine that just reaches the overload point has 3.17 dBm0.
	const level = 10 * Math.log10(energy / samples.length / (32636 ** 2 / 2)) + 3.17;
	return { level, share };
}

/** CallInfo or, from version 17 on, CallInfoV2. */
function callInfoOf(station: TestPhone): number {
	return station.count(0x14a) > 0 ? 0x14a : 0x8f;
}

describe("calls through the call agent", function () {
	this.timeout(180_000);
	const phones: TestPhone[] = [];
	const agents: CallAgent[] = [];

	async function start(options: CallAgentOptions): Promise<CallAgent> {
		const agent = await startCallAgent({ port: 0, ...options });
		agents.push(agent);
		return agent;
	}

	async function phone(agent: CallAgent, number: number, version = 17, lines = 1): Promise<TestPhone> {
		const station = await TestPhone.register(agent.port, `SEP00112233440${number}`, version, lines);
		phones.push(station);
		return station;
	}

	async function dial(station: TestPhone, number: string): Promise<void> {
		station.send(0x06, words(0, 0));
		await station.waitState(1);
		station.press(number);
	}

	/** `from` calls `to` (1000 + its index) and is answered. */
	async function talk(from: TestPhone, to: TestPhone, number: string): Promise<void> {
		await dial(from, number);
		await to.waitState(4);
		to.send(0x06, words(1, to.reference));
		await from.waitState(5);
		await to.waitState(5);
		await from.waitFor(() => from.destination?.port === to.rtpPort, "the other's port");
		await to.waitFor(() => to.destination?.port === from.rtpPort, "the other's port");
	}

	afterEach(async () => {
		for (const station of phones.splice(0)) station.close();
		for (const agent of agents.splice(0)) await agent.close();
	});

	it("601 is 1004 Hz at -16 dBm0, one packet per packet time without gaps", async () => {
		const agent = await start({ dialect: "chan_sccp" });
		const station = await phone(agent, 1);
		const begin = performance.now();
		await dial(station, "601");
		await station.waitFor(() => station.rtp.length >= 60, "60 packets");
		const elapsed = performance.now() - begin;
		const { rtp } = station;
		const samples = rtp.flatMap(({ payload }) => [...payload].map(muLaw));
		const { level, share } = analyse(samples, 1004);
		assert.approximately(level, -16, 0.2);
		assert.isAbove(share, 0.998);
		rtp.forEach(({ sequence, timestamp, payload }, index) => {
			assert.equal(payload.length, 160);
			assert.equal(sequence, ((rtp[0]?.sequence ?? 0) + index) & 0xffff);
			assert.equal(timestamp, ((rtp[0]?.timestamp ?? 0) + 160 * index) >>> 0);
		});
		// 59 packet times lie between the first packet and the sixtieth: never fewer.
		assert.isAtLeast(elapsed, 59 * 20 - 1);
	});

	it("602 is music in A-law when that is preferred, at another packet time", async () => {
		const agent = await start({ dialect: "callmanager", codecs: [2, 4], packetTime: 30 });
		const station = await phone(agent, 1, 3);
		await dial(station, "602");
		await station.waitFor(() => station.rtp.length >= 30, "30 packets");
		assert.equal(station.last(0x105)?.payload.readUInt32LE(8), 30);
		assert.equal(station.last(0x105)?.payload.readUInt32LE(12), 2);
		assert.equal(station.rtp[0]?.payloadType, 8);
		assert.equal(station.rtp[0]?.payload.length, 240);
		const samples = station.rtp.flatMap(({ payload }) => [...payload].map(aLaw));
		const { level } = analyse(samples, 523.26);
		assert.isAbove(level, -30);
		assert.isBelow(level, -10);
	});

	for (const [dialect, number, state, tone] of [
		["callmanager", "606", 6, 0x23],
		["callmanager", "607", 7, 0x25],
		["callmanager", "603", 14, 0x25],
		["chan_skinny", "606", 6, undefined],
		["chan_skinny", "607", 7, undefined],
		["chan_skinny", "603", 1, 0x25],
		["chan_sccp", "606", 12, 0x23],
		["chan_sccp", "607", 12, 0x25],
		["chan_sccp", "603", 1, 0x25],
	] as const)
		it(`${dialect}: ${number} ends in call state ${state}, tone ${tone ?? "in band"}`, async () => {
			const agent = await start({ dialect });
			const station = await phone(agent, 1, 3);
			await dial(station, number);
			await station.waitState(state);
			if (tone === undefined) {
				await station.waitFor(() => station.rtp.length >= 20, "the tone");
				const samples = station.rtp.slice(0, 10).flatMap(({ payload }) => [...payload].map(muLaw));
				assert.isAbove(analyse(samples, 480).share + analyse(samples, 620).share, 0.95);
			} else await station.waitFor(() => station.last(0x82)?.payload.readUInt32LE(0) === tone, `tone ${tone}`);
			station.send(0x07, words(1, station.reference));
			await station.waitState(2);
		});

	for (const dialect of dialectNames) {
		it(`${dialect}: the caller gives up, the called phone stops ringing`, async () => {
			const agent = await start({ dialect });
			const [caller, called] = [await phone(agent, 1), await phone(agent, 2)];
			await dial(caller, "1002");
			await called.waitState(4);
			assert.equal(called.last(0x85)?.payload.readUInt32LE(0), 2);
			caller.softKey(9);
			await called.waitState(2);
			await caller.waitState(2);
			await called.settle();
			assert.equal(called.last(0x85)?.payload.readUInt32LE(0), 1);
			assert.equal(called.last(0x86)?.payload.readUInt32LE(8), 1);
		});

		it(`${dialect}: a held phone hears music, sends nowhere else, and gets its partner back`, async () => {
			const agent = await start({ dialect });
			const [caller, called] = [await phone(agent, 1), await phone(agent, 2)];
			await talk(caller, called, "1002");
			caller.rtp.length = 0;
			called.rtp.length = 0;
			caller.softKey(3);
			await caller.waitState(8);
			assert.isUndefined(caller.destination);
			await called.waitFor(() => called.rtp.length >= 10, "music");
			assert.notEqual(called.destination?.port, caller.rtpPort);
			caller.softKey(10);
			await caller.waitFor(() => caller.destination?.port === called.rtpPort, "the way back");
			await called.waitFor(() => called.destination?.port === caller.rtpPort, "the way back");
			await called.settle();
			called.softKey(9);
			await caller.waitState(2);
		});

		it(`${dialect}: a call is transferred to a phone that has answered`, async () => {
			const agent = await start({ dialect });
			const [caller, between, third] = [await phone(agent, 1), await phone(agent, 2), await phone(agent, 3)];
			await talk(caller, between, "1002");
			const held = between.reference;
			between.softKey(4, held);
			await between.waitFor(() => between.state(held) === 8 && between.state() === 1, "the held call and a new one");
			between.press("1003");
			await third.waitState(4);
			third.send(0x06, words(1, third.reference));
			await between.waitState(5);
			between.softKey(4, between.reference);
			await between.waitFor(() => between.state(held) === 2 && between.state() === 2, "the end of both calls");
			await caller.waitFor(() => caller.destination?.port === third.rtpPort, "the third phone's port");
			await third.waitFor(() => third.destination?.port === caller.rtpPort, "the caller's port");
			assert.include(caller.last(callInfoOf(caller))?.payload.toString("latin1") ?? "", "1003");
			assert.include(third.last(callInfoOf(third))?.payload.toString("latin1") ?? "", "1001");
			third.softKey(9);
			await caller.waitState(2);
			assert.equal(caller.closed || between.closed, false);
			assert.deepEqual(
				agent.phones.map(({ legs }) => legs.length),
				[0, 0, 0],
			);
		});

		it(`${dialect}: a call is transferred while the third phone rings`, async () => {
			const agent = await start({ dialect });
			const [caller, between, third] = [await phone(agent, 1), await phone(agent, 2), await phone(agent, 3)];
			await talk(caller, between, "1002");
			between.send(0x05, words(4, 1));
			await between.waitState(1);
			between.press("1003");
			await third.waitState(4);
			await between.settle();
			between.send(0x05, words(4, 1));
			await between.waitState(2);
			await caller.waitState(dialect === "chan_sccp" ? 12 : 3);
			third.send(0x06, words(1, third.reference));
			await caller.waitState(5);
			await caller.waitFor(() => caller.destination?.port === third.rtpPort, "the third phone's port");
			await third.waitFor(() => third.destination?.port === caller.rtpPort, "the caller's port");
			caller.send(0x07, words(1, caller.reference));
			await third.waitState(2);
		});

		it(`${dialect}: a call is transferred to a service`, async () => {
			const agent = await start({ dialect });
			const [caller, between] = [await phone(agent, 1), await phone(agent, 2)];
			await talk(caller, between, "1002");
			between.softKey(4);
			await between.waitState(1);
			between.press("601");
			await between.waitState(5);
			caller.rtp.length = 0;
			between.softKey(4);
			await between.waitState(2);
			await caller.waitFor(() => caller.rtp.length >= 20, "the tone");
			const samples = caller.rtp.slice(10, 20).flatMap(({ payload }) => [...payload].map(muLaw));
			assert.isAbove(analyse(samples, 1004).share, 0.95);
		});

		it(`${dialect}: Trnsfer without a conversation, or before a number, changes nothing`, async () => {
			const agent = await start({ dialect });
			const [caller, between] = [await phone(agent, 1), await phone(agent, 2)];
			between.send(0x05, words(4, 1));
			await talk(caller, between, "1002");
			const held = between.reference;
			between.softKey(4);
			await between.waitFor(() => between.state(held) === 8 && between.state() === 1, "the held call and a new one");
			between.softKey(4);
			await between.settle();
			assert.equal(between.state(held), 8);
			assert.equal(between.state(), 1);
			between.softKey(9);
			await between.waitState(2);
			between.softKey(10, held);
			await between.waitFor(() => between.destination?.port === caller.rtpPort, "the way back");
		});

		it(`${dialect}: a waiting call`, async () => {
			const agent = await start({ dialect });
			const [first, busy, third] = [await phone(agent, 1), await phone(agent, 2), await phone(agent, 3)];
			await talk(first, busy, "1002");
			const call = busy.reference;
			const from = busy.log.length;
			await dial(third, "1002");
			await busy.waitFor(() => busy.reference !== call, "the second call");
			await busy.settle();
			const states = busy.log.slice(from).filter(({ id }) => id === 0x111);
			assert.deepEqual(
				states.map(({ payload }) => payload.readUInt32LE(0)),
				dialect === "chan_skinny" ? [4, 9] : [4],
			);
			const second = busy.reference;
			assert.equal(busy.last(0x82)?.payload.readUInt32LE(0), 0x2d);
			busy.softKey(11, second);
			await busy.waitFor(() => busy.state(second) === 5, "the second call connected");
			await busy.waitFor(() => busy.destination?.port === third.rtpPort, "the third phone's port");
			if (dialect === "chan_skinny") {
				await first.waitState(2);
				assert.equal(busy.state(call), 2);
				return;
			}
			assert.equal(busy.state(call), 8);
			busy.softKey(9, second);
			await third.waitState(2);
			busy.softKey(10, call);
			await busy.waitFor(() => busy.destination?.port === first.rtpPort, "the first phone's port");
		});

		it(`${dialect}: a waiting call rings aloud when the first one is over`, async () => {
			const agent = await start({ dialect });
			const [first, busy, third] = [await phone(agent, 1), await phone(agent, 2), await phone(agent, 3)];
			await talk(first, busy, "1002");
			const call = busy.reference;
			await dial(third, "1002");
			await busy.waitFor(() => busy.reference !== call, "the second call");
			busy.send(0x07, words(1, call));
			await first.waitState(2);
			await busy.waitFor(() => busy.last(0x85)?.payload.readUInt32LE(0) === 2, "the ringer");
			assert.equal(busy.state(), 4);
			assert.equal(busy.last(0x86)?.payload.readUInt32LE(8), 5);
			busy.send(0x06, words(1, busy.reference));
			await busy.waitFor(() => busy.destination?.port === third.rtpPort, "the third phone's port");
		});

		it(`${dialect}: digits, softkeys and keys that dial`, async () => {
			const agent = await start({ dialect, linesPerPhone: 2 });
			const station = await phone(agent, 1, 17, 2);
			const hangUp = async () => {
				station.softKey(9);
				await station.waitState(2);
			};
			// EnblocCall
			station.send(0x04, Buffer.concat([Buffer.from("600".padEnd(24, "\0")), words(1)]));
			await station.waitState(5);
			await hangUp();
			// Redial
			station.softKey(1, 0);
			await station.waitState(5);
			assert.include(station.last(0x11d)?.payload.toString("latin1") ?? "", "600");
			await hangUp();
			// Speed dial 2
			station.send(0x05, words(2, 2));
			await station.waitState(5);
			assert.include(station.last(0x11d)?.payload.toString("latin1") ?? "", "601");
			await hangUp();
			// NewCall, a wrong digit, backspace, the right ones
			station.softKey(2, 0);
			await station.waitState(1);
			station.press("6");
			station.softKey(8);
			await station.wait(0x119);
			station.press("602");
			await station.waitState(5);
			await hangUp();
			// The key of the second line
			station.send(0x05, words(9, 2));
			await station.waitState(1);
			assert.equal(station.last(0x111)?.payload.readUInt32LE(4), 2);
			station.send(0x07, words(2, station.reference));
			await station.waitState(2);
		});

		it(`${dialect}: a whole number completes the call that is being dialled; chan_skinny makes another of it`, async () => {
			const agent = await start({ dialect });
			const station = await phone(agent, 1);
			const enbloc = (number: string) =>
				station.send(0x04, Buffer.concat([Buffer.from(number.padEnd(24, "\0")), words(1)]));
			station.send(0x06, words(0, 0));
			await station.waitState(1);
			const first = station.reference;
			enbloc("600");
			await station.waitState(5);
			const anew = dialect === "chan_skinny";
			assert.equal(station.reference !== first, anew);
			assert.include(station.last(0x11d)?.payload.toString("latin1") ?? "", "600");
			station.send(0x07, words(1, station.reference));
			await station.waitState(2);
			// a number that nobody has
			station.send(0x06, words(0, 0));
			await station.waitState(1);
			const tones = station.count(0x82);
			enbloc("999");
			if (anew) await station.waitState(2);
			else await station.waitFor(() => station.last(0x82)?.payload.readUInt32LE(0) === 0x25, "reorder tone");
			assert.equal(station.count(0x82) > tones, !anew);
			assert.equal(agent.phones[0]?.legs.length, anew ? 0 : 1);
		});

		it(`${dialect}: the agent's own time-out ends a number that is too short`, async () => {
			const agent = await start({ dialect, digitTimeout: 50 });
			const station = await phone(agent, 1);
			await dial(station, "60");
			await station.waitFor(() => station.last(0x82)?.payload.readUInt32LE(0) === 0x25, "reorder tone");
		});

		it(`${dialect}: a phone that cannot open its channel ends the call`, async () => {
			const agent = await start({ dialect });
			const station = await phone(agent, 1);
			station.openStatus = 1;
			await dial(station, "600");
			await station.waitState(2);
			assert.equal(agent.phones[0]?.legs.length, 0);
		});

		it(`${dialect}: a phone that disappears ends its calls`, async () => {
			const agent = await start({ dialect });
			const [caller, called] = [await phone(agent, 1), await phone(agent, 2)];
			await talk(caller, called, "1002");
			caller.close();
			await called.waitState(2);
			assert.deepEqual(
				agent.phones.map(({ number }) => number),
				["1002"],
			);
			await dial(called, "1001");
			const state: Record<DialectName, number> = { callmanager: 7, chan_skinny: 7, chan_sccp: 12 };
			await called.waitState(state[dialect]);
		});

		it(`${dialect}: digits in a call are counted, and sound can go through the agent`, async () => {
			const agent = await start({ dialect, directMedia: false });
			const [caller, called] = [await phone(agent, 1), await phone(agent, 2)];
			await dial(caller, "1002");
			await called.waitState(4);
			called.send(0x06, words(1, called.reference));
			await caller.waitFor(() => caller.state() === 5 && caller.destination !== undefined, "the call");
			await called.waitFor(() => called.state() === 5 && called.destination !== undefined, "the call");
			await called.settle();
			await caller.settle();
			caller.press("12*#");
			await caller.settle();
			assert.equal(agent.devices.get(caller.name)?.callDigits, "12*#");
			const payload = Buffer.alloc(160, 7);
			caller.sendRtp(payload);
			await called.waitFor(() => called.rtp.some((packet) => packet.payload.equals(payload)), "the caller's sound");
			const back = Buffer.alloc(160, 9);
			called.sendRtp(back);
			await caller.waitFor(() => caller.rtp.some((packet) => packet.payload.equals(back)), "the called one's sound");
		});
	}
});
