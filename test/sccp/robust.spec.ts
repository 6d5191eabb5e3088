// Bad input to a whole phone: every captured message cut at every length, garbage in every message, empty messages.
import { readdirSync } from "node:fs";
import { assert } from "chai";
import { CallState } from "hal/hardware";
import { Limits } from "limits";
import { Direction } from "sccp/message";
import {
	CallStateMessage,
	CloseReceiveChannel,
	messages,
	OpenReceiveChannel,
	RegisterReject,
	Reset,
	SelectSoftKeys,
	StartMediaTransmission,
} from "sccp/messages";
import { build, Rig } from "../modules/support/rig.js";
import { readPcap, splitMessages } from "../support/pcap.js";

const folder = new URL("../../../../test/fixtures/captures/", import.meta.url).pathname;

/** What a call agent may say to a phone in a call without ending its registration, which is what the others are for. */
const harmless = messages.filter(({ name }) => name !== "RegisterReject" && name !== "Reset");

/** A rig in a connected call, reference 7 on line 1. */
function inCall(version: number): Rig {
	const rig = new Rig(version);
	rig.receive(
		build(CallStateMessage.id, CallState.offHook, 1, 7),
		build(CallStateMessage.id, CallState.connected, 1, 7),
	);
	rig.take();
	return rig;
}

/** A call comes in, is answered and ends: what must still work after anything. */
function callWorks(rig: Rig, reference: number): void {
	const state = () => rig.screen.calls.find((call) => call.reference === reference)?.state;
	rig.receive(build(CallStateMessage.id, CallState.ringIn, 1, reference));
	assert.equal(state(), CallState.ringIn);
	rig.receive(build(CallStateMessage.id, CallState.connected, 1, reference));
	assert.equal(state(), CallState.connected);
	rig.receive(build(CallStateMessage.id, CallState.onHook, 1, reference));
	assert.isUndefined(state());
}

/** Repeatable numbers from 0 to 2^23 - 1. */
function generator(start: number): () => number {
	let seed = start;
	return () => {
		seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
		return seed >> 8;
	};
}

/** The call agent is lost, and a call that goes on without it is hung up. */
function lose(rig: Rig): void {
	rig.lose();
	rig.phone.hangUp();
}

describe("sccp bad input", () => {
	it("every captured message cut at every length", () => {
		const seen = new Set<string>();
		let delivered = 0;
		for (const [name, version] of [
			["chan-sccp-2phones-p3.pcap", 3],
			["chan-sccp-2phones-p22.pcap", 22],
			["asterisk-skinny-2phones-p17.pcap", 17],
		] as const) {
			assert.include(readdirSync(folder), name);
			for (const { octets, toCallAgent } of splitMessages(readPcap(folder + name))) {
				const key = `${version} ${octets[8]} ${octets[9]} ${octets.length}`;
				if (toCallAgent || seen.has(key)) continue;
				seen.add(key);
				const rig = inCall(version);
				for (let length = 0; length <= octets.length - 12; length += octets.length > 700 ? 7 : 1) {
					const cut = octets.slice(0, 12 + length);
					new DataView(cut.buffer).setUint32(0, 4 + length, true);
					rig.receive(cut);
					delivered += 1;
				}
				assert.isTrue(rig.link.up, key);
				lose(rig);
				rig.register();
				callWorks(rig, 0x7000);
			}
		}
		assert.isAtLeast(seen.size, 100);
		assert.isAtLeast(delivered, 5000);
	}).timeout(60000);

	it("an empty message of every kind leaves a call as it is", () => {
		for (const version of [3, 17, 22]) {
			for (const message of harmless) {
				if (message.direction !== Direction.toPhone) continue;
				const rig = inCall(version);
				const before = rig.calls;
				rig.receive(build(message.id));
				assert.deepEqual(rig.calls, before, message.name);
				assert.isTrue(rig.link.up, message.name);
			}
		}
	});

	it("an empty refusal ends the registration for a while", () => {
		const refused = inCall(17);
		refused.receive(build(RegisterReject.id));
		assert.isFalse(refused.link.up);
		refused.clock.advance(5000);
		refused.register();
		callWorks(refused, 9);
	});

	it("a reset of a kind that is none does nothing, a real one waits for the call to end", () => {
		const rig = inCall(17);
		const bad = [
			build(Reset.id),
			build(Reset.id).slice(0, 12),
			...[0, 4, 77, 0xffffffff].map((type) => build(Reset.id, type)),
		];
		for (const octets of bad) rig.receive(octets);
		assert.isTrue(rig.link.up);
		rig.receive(build(CallStateMessage.id, CallState.onHook, 1, 7));
		rig.clock.advance(5000);
		assert.equal(rig.restarts, 0);
		assert.isTrue(rig.link.up);
		const lines = rig.log.filter((line) => line.includes("Reset"));
		assert.deepEqual(
			lines.map((line) => line.replace(/^.*Reset/, "")),
			[
				" 0x9f with 0 octets, at least 4 expected, skipped (said once)",
				" 0x9f with 4 octets, resetType 0, skipped (said once)",
			],
		);
		rig.receive(build(CallStateMessage.id, CallState.ringIn, 1, 8), build(Reset.id, 1));
		rig.clock.advance(5000);
		assert.equal(rig.restarts, 0);
		rig.receive(build(CallStateMessage.id, CallState.onHook, 1, 8));
		rig.clock.advance(1000);
		assert.equal(rig.restarts, 1);
	});

	it("a cut message of a call does nothing: no answer, no hang-up, no new state", () => {
		for (const version of [3, 17, 22]) {
			const rig = inCall(version);
			const before = rig.calls;
			const whole = [
				build(OpenReceiveChannel.id, 7, 8, 20),
				build(CallStateMessage.id, CallState.onHook, 1),
				build(StartMediaTransmission.id, 7, 8, 0x0900007f, 20000, 20),
				build(SelectSoftKeys.id, 1, 7),
				build(CloseReceiveChannel.id, 7),
			];
			for (const octets of whole) {
				for (let length = 0; length <= octets.length - 12; length += 1) {
					const cut = octets.slice(0, 12 + length);
					new DataView(cut.buffer).setUint32(0, 4 + length, true);
					rig.receive(cut);
				}
			}
			assert.deepEqual(rig.calls, before);
			assert.deepEqual(rig.sent(), []);
		}
	});

	it("every message to the phone says what it needs, but those that have a meaning without a field", () => {
		const without = messages.filter(
			({ direction, layouts, needs }) =>
				direction === Direction.toPhone && needs === 0 && Object.keys(layouts[0]?.at ?? {}).length > 0,
		);
		assert.deepEqual(
			without.map(({ name }) => name),
			["StopTone", "StopMediaTransmission", "RegisterReject", "UnregisterAck"],
		);
		for (const { name, layouts, needs } of messages) {
			layouts.forEach((form, i) => {
				// forms beyond the shortest have a minimum of their own, which lets no shorter message come to them
				if (i > 0) assert.equal(form.needs, 0, name);
				if (form.minimum > 0) assert.isAtLeast(form.minimum, needs, name);
				for (const { offset, ranges } of form.known) {
					assert.isBelow(offset, 0x7000, name);
					assert.deepEqual(
						[...ranges].sort((a, b) => a - b),
						[...ranges],
						name,
					);
				}
			});
		}
	});

	it("a thousand rounds of garbage in well-framed messages", () => {
		const random = generator(4711);
		const rig = new Rig(17);
		for (let round = 0; round < 1000; round += 1) {
			for (let i = 0; i < 10; i += 1) {
				const message = harmless[random() % harmless.length];
				const words = Array.from({ length: random() % 40 }, () =>
					random() % 3 === 0 ? random() % 20 : random() * 512 + (random() % 512),
				);
				rig.receive(build(message?.id ?? 0, ...words));
			}
			if (round % 100 === 99) {
				assert.isTrue(rig.link.up);
				lose(rig);
				rig.register();
				callWorks(rig, 0x10000 + round);
			}
		}
	}).timeout(60000);

	it("texts without an end and of the largest size", () => {
		for (const version of [3, 22]) {
			const rig = inCall(version);
			const full = new Uint8Array(Limits.receiveMessage).fill(0xc3);
			const view = new DataView(full.buffer);
			view.setUint32(0, full.length - 8, true);
			view.setUint32(4, 0, true);
			for (const message of harmless) {
				if (message.direction !== Direction.toPhone) continue;
				view.setUint32(8, message.id, true);
				rig.receive(full);
			}
			assert.isTrue(rig.link.up);
			lose(rig);
			rig.register();
			callWorks(rig, 9);
		}
	});

	it("an oversize message closes the link and says so", () => {
		const rig = inCall(17);
		const octets = build(OpenReceiveChannel.id, ...new Array<number>(Limits.receiveMessage / 4).fill(0));
		rig.receive(octets);
		assert.isFalse(rig.link.up);
		assert.isTrue(rig.network.socket.closed);
	});
});
