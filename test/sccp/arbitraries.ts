// Frames of a call agent as fast-check makes and shrinks them: well formed, odd, damaged, unknown.

import { readdirSync } from "node:fs";
import fc from "fast-check";
import { type AnyMessage, absent, Direction, headerSize, Kind } from "sccp/message";
import { messages } from "sccp/messages";
import { readPcap, splitMessages } from "../support/pcap.js";

const captures = new URL("../../../../test/fixtures/captures/", import.meta.url).pathname;

/** Captured frames of call agents, one of each id and length. */
const captured: readonly Uint8Array[] = (() => {
	const all = new Map<string, Uint8Array>();
	for (const name of readdirSync(captures).filter((file) => file.endsWith(".pcap")))
		for (const { octets, toCallAgent } of splitMessages(readPcap(captures + name)))
			if (!toCallAgent) all.set(`${octets[8]} ${octets[9]} ${octets.length}`, octets);
	return [...all.values()];
})();

const toPhone = messages.filter(({ direction }) => direction === Direction.toPhone);

/** A frame around a payload, with its right length. */
export function frame(id: number, payload: Uint8Array, version: number): Uint8Array {
	const octets = new Uint8Array(headerSize + payload.length);
	const view = new DataView(octets.buffer);
	view.setUint32(0, payload.length + 4, true);
	view.setUint32(4, version < 10 ? 0 : version, true);
	view.setUint32(8, id, true);
	octets.set(payload, headerSize);
	return octets;
}

/** Numbers of lines, buttons, calls and states, and those that tell the careless from the careful. */
const words = fc.oneof(
	{ weight: 6, arbitrary: fc.nat(20) },
	{ weight: 1, arbitrary: fc.constantFrom(0x7f, 0x80, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff) },
);

/** A payload of a message of the table, its numbers in order from `numbers`, over octets of any kind. */
function payloadOf(
	message: AnyMessage,
	version: number,
	octets: Uint8Array,
	numbers: readonly number[],
	honest: boolean,
) {
	const payload = new Uint8Array(Math.max(octets.length, honest ? message.needs : 0));
	payload.set(octets);
	const view = new DataView(payload.buffer);
	const form = message.form(version, payload.length);
	let next = 0;
	const number = () => numbers[next++ % numbers.length] ?? 0;
	for (const [name, at] of Object.entries(form.at)) {
		if (at !== absent && at + 4 <= payload.length && (form.kinds[name] ?? 0) === 0) view.setUint32(at, number(), true);
	}
	if (honest)
		for (const { offset, ranges } of form.known) {
			const pair = 2 * (number() % (ranges.length / 2));
			const [least = 0, most = 0] = [ranges[pair], ranges[pair + 1]];
			if (offset + 4 <= payload.length) view.setUint32(offset, least + (number() % (most - least + 1)), true);
		}
	return payload;
}

/** A message of the table with mostly sensible values. @param left ids that are not made. */
export function composed(version: number, left: readonly number[] = []): fc.Arbitrary<Uint8Array> {
	return fc
		.record({
			message: fc.constantFrom(...toPhone.filter(({ id }) => !left.includes(id))),
			octets: fc.oneof(fc.constant(new Uint8Array(200)), fc.uint8Array({ maxLength: 300 })),
			numbers: fc.array(words, { minLength: 1, maxLength: 12 }),
			honest: fc.integer({ min: 0, max: 9 }),
		})
		.map(({ message, octets, numbers, honest }) =>
			frame(message.id, payloadOf(message, version, octets, numbers, honest > 0), version),
		);
}

/** A captured frame with octets changed, cut or made longer. */
export function damaged(left: readonly number[] = []): fc.Arbitrary<Uint8Array> {
	const whole = captured.filter(
		(octets) => !left.includes(new DataView(octets.buffer, octets.byteOffset).getUint32(8, true)),
	);
	return fc
		.record({
			octets: fc.constantFrom(...whole),
			changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
			cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(200) }),
			more: fc.oneof(
				{ weight: 5, arbitrary: fc.constant(new Uint8Array()) },
				{ weight: 1, arbitrary: fc.uint8Array() },
			),
		})
		.map(({ octets, changes, cut, more }) => {
			const payload = [...octets.subarray(headerSize, Math.max(headerSize, octets.length - cut)), ...more];
			for (const [at, value] of changes) if (payload.length > 0) payload[at % payload.length] = value;
			const view = new DataView(octets.buffer, octets.byteOffset);
			return frame(view.getUint32(8, true), Uint8Array.from(payload), view.getUint32(4, true));
		});
}

/** A message that no table knows, or a known one with octets of any kind. */
export function strange(left: readonly number[] = []): fc.Arbitrary<Uint8Array> {
	return fc
		.record({
			id: fc.oneof(fc.nat(0x1ff), fc.nat(0xffff), fc.constantFrom(0x7fffffff, 0xffffffff)),
			payload: fc.uint8Array({ maxLength: 80 }),
			version: fc.oneof(
				{ weight: 4, arbitrary: fc.nat(22) },
				{ weight: 1, arbitrary: fc.constantFrom(48, 255, 256, 0xffffffff) },
			),
		})
		.filter(({ id }) => !left.includes(id))
		.map(({ id, payload, version }) => {
			const octets = frame(id, payload, 0);
			new DataView(octets.buffer).setUint32(4, version, true);
			return octets;
		});
}

/** Any of them. */
export function frames(version: number, left: readonly number[] = []): fc.Arbitrary<Uint8Array> {
	return fc.oneof(
		{ weight: 5, arbitrary: composed(version, left) },
		{ weight: 3, arbitrary: damaged(left) },
		{ weight: 1, arbitrary: strange(left) },
	);
}

/** Where a stream of octets is cut, as parts of its length. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

/** A stream in the segments that `cuts` makes of it. */
export function segmentsOf(stream: Uint8Array, places: readonly number[]): Uint8Array[] {
	const ends = places.map((place) => Math.round(place * stream.length)).sort((a, b) => a - b);
	let from = 0;
	return [...ends, stream.length].map((end) => {
		const segment = stream.subarray(from, end);
		from = end;
		return segment;
	});
}

/** Joins frames to a stream. */
export function streamOf(list: readonly Uint8Array[]): Uint8Array {
	const stream = new Uint8Array(list.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const octets of list) {
		stream.set(octets, at);
		at += octets.length;
	}
	return stream;
}

/** Kinds of fields that hold a text. */
export const isText = (kind: number): boolean => kind >= Kind.text || kind === Kind.texts;
