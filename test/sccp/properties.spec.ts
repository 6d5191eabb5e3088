// 50,000 frames of every kind from fast-check, the same in each run: what holds for link, reader and mirror whatever comes. A failure is
// shrunk to the least that fails. `bench soak` feeds a million to the phone in XS.

import { assert } from "chai";
import fc from "fast-check";
import { CallState, Registration } from "hal/hardware";
import { Limits } from "limits";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { absent, headerSize, Kind } from "sccp/message";
import { CallStateMessage, lookUp, messages, Reset } from "sccp/messages";
import { Reader } from "sccp/reader";
import { FakeClock, FakeNetwork } from "../modules/support/fakes.js";
import { build, Rig } from "../modules/support/rig.js";
import { composed, cuts, frame, frames, segmentsOf, streamOf } from "./arbitraries.js";

const versions = [3, 11, 17, 22] as const;
/** Another seed tries other frames: what fails then fails here with this one set to it. */
const seed = Number(process.env.LINNET_SEED ?? 4711);
/** A reference into the phone's dictionary, and what no display shall get. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this one is meant
const reference = /[\x80\x1e]./gs;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const control = /[\x00-\x1f\x7f]/;
/** Frames that went through all properties. */
let delivered = 0;

/** A link that is up, what it hands on, and why it ended. */
class Heard {
	readonly lines: string[] = [];
	reason = "";
	readonly link: Link;
	private readonly network = new FakeNetwork();

	constructor() {
		const reader = new Reader(0);
		const dispatch = new Dispatch(() => {});
		const note = () => {
			const octets = Array.from({ length: reader.length }, (_, at) => reader.u8(at));
			this.lines.push(`${reader.id.toString(16)} ${reader.headerVersion} ${octets.join(" ")}`);
		};
		// all that are asked for: short ones and such with unknown values are the dispatcher's to refuse
		const table: ((this: unknown, reader: Reader) => void)[] = [];
		for (const { id } of messages) table[id] = note;
		dispatch.attach({}, table);
		this.link = new Link(this.network, new FakeClock(), dispatch, reader);
		this.link.connect(
			"127.0.0.2",
			{ port: 2000 },
			{
				linkUp: () => {},
				linkDown: (reason) => {
					this.reason = reason;
				},
			},
		);
		this.network.socket.writable();
	}

	deliver(segments: readonly Uint8Array[]): this {
		for (const segment of segments) if (this.link.up) this.network.socket.deliver(segment);
		return this;
	}
}

describe("sccp properties", function () {
	this.timeout(240_000);

	for (const version of versions) {
		it(`the link hands on the same however the stream is cut: version ${version}`, () => {
			const property = fc.property(fc.array(frames(version), { maxLength: 12 }), cuts, (list, places) => {
				delivered += list.length;
				const stream = streamOf(list);
				const whole = new Heard().deliver([stream]);
				const cut = new Heard().deliver(segmentsOf(stream, places));
				assert.deepEqual(cut.lines, whole.lines);
				assert.equal(cut.reason, whole.reason);
				assert.equal(whole.link.received, list.length);
			});
			fc.assert(property, { seed, numRuns: 500 });
		});
	}

	it("the link gives up at a length that cannot be, and hands on what was before it", () => {
		const impossible = fc.oneof(fc.nat(3), fc.integer({ min: Limits.receiveMessage - 7, max: 0x7fffffff }));
		const property = fc.property(fc.array(composed(17), { maxLength: 4 }), impossible, cuts, (list, length, places) => {
			delivered += list.length + 1;
			const bad = frame(CallStateMessage.id, new Uint8Array(24), 17);
			new DataView(bad.buffer).setUint32(0, length, true);
			const before = new Heard().deliver(list);
			const heard = new Heard().deliver(segmentsOf(streamOf([...list, bad]), places));
			assert.isFalse(heard.link.up);
			assert.match(heard.reason, /^message of length \d+ received/);
			assert.deepEqual(heard.lines, before.lines);
		});
		fc.assert(property, { seed, numRuns: 500 });
	});

	it("the reader reads each field as it stands there, and nothing behind the end", () => {
		const kept = new Reader(Limits.partyName + 16);
		const slot = kept.text(Limits.partyName);
		const property = fc.property(
			fc.constantFrom(...versions),
			fc.oneof(...versions.map((v) => frames(v))),
			(version, octets) => {
				delivered += 1;
				// what lies behind the message is not to be read
				kept.octets.fill(0xee, kept.start, kept.limit);
				kept.octets.set(octets.subarray(0, Limits.receiveMessage), kept.start);
				kept.open(kept.start, Math.min(octets.length, Limits.receiveMessage) - headerSize);
				const message = lookUp(kept.id);
				if (message === undefined) return;
				const payload = octets.subarray(headerSize, Limits.receiveMessage);
				const form = message.form(version, kept.length);
				for (const [name, at] of Object.entries(form.at)) {
					const kind = form.kinds[name] ?? 0;
					if (kind === 0) assert.equal(kept.u32(at), number(payload, at, 4));
					else if (kind === Kind.u16) assert.equal(kept.u16(at), number(payload, at, 2));
					else if (kind === Kind.u8) assert.equal(kept.u8(at), number(payload, at, 1));
					else if (kind >= Kind.text && at !== absent) {
						kept.copyText(at, kind - Kind.text, slot);
						const whole = textLength(payload, at, Math.min(kind - Kind.text, payload.length - at));
						// nothing to show is no text; a character that was cut is none either
						assert.isAtMost(slot.length, whole);
						if (!slot.empty) assert.isAtLeast(slot.length, whole - 3);
						for (let i = 0; i < slot.length; i += 1) assert.equal(slot.octet(i), payload[at + i]);
						assert.notMatch(slot.toString().replace(reference, ""), control);
						assert.doesNotThrow(() => encodeURIComponent(slot.toString()));
					}
				}
			},
		);
		fc.assert(property, { seed, numRuns: 10_000 });
	});

	for (const version of versions) {
		it(`the phone takes what comes, shows what is consistent, and a call works afterwards: version ${version}`, () => {
			const reference = 0x10000;
			const property = fc.property(
				fc.array(frames(version, [Reset.id]), { minLength: 1, maxLength: 20 }),
				cuts,
				(list, places) => {
					delivered += list.length;
					const rig = new Rig(version);
					for (const segment of segmentsOf(streamOf(list), places))
						if (!rig.network.socket.closed) rig.network.socket.deliver(segment);
					rig.clock.advance(20);
					consistent(rig);
					comeBack(rig);
					const state = () => rig.screen.calls.find((call) => call.reference === reference)?.state;
					for (const [sent, shown] of [
						[CallState.ringIn, CallState.ringIn],
						[CallState.connected, CallState.connected],
						[CallState.onHook, undefined],
					] as const) {
						rig.receive(build(CallStateMessage.id, sent, 1, reference));
						assert.equal(state(), shown);
					}
					assert.equal(rig.restarts, 0);
				},
			);
			fc.assert(property, { seed, numRuns: 1200 });
		});
	}

	it("50,000 frames in all", () => {
		assert.isAtLeast(delivered, 50_000);
	});
});

/** A little-endian number of a payload; 0 where it is not all there. */
function number(payload: Uint8Array, at: number, size: number): number {
	if (at + size > payload.length) return 0;
	let value = 0;
	for (let i = size - 1; i >= 0; i -= 1) value = value * 256 + (payload[at + i] as number);
	return value;
}

/** Octets of a NUL-ended text, at most so many, as the slot of the test has room for. */
function textLength(payload: Uint8Array, at: number, most: number): number {
	let length = 0;
	while (length < most && payload[at + length] !== 0) length += 1;
	return Math.min(length, Limits.partyName);
}

/** What holds of each screen: rows of calls with one selected at most, a label for each key. */
function consistent(rig: Rig): void {
	const calls = rig.screen.calls.filter(({ reference }) => reference !== 0);
	assert.isAtMost(calls.filter(({ selected }) => selected).length, 1);
	assert.equal(new Set(calls.map(({ reference }) => reference)).size, calls.length);
	assert.lengthOf(rig.screen.softkeys, 4);
	assert.lengthOf(rig.screen.buttons, 6);
	// half a surrogate pair throws
	for (const text of [rig.screen.prompt, rig.screen.number, ...rig.screen.softkeys, ...calls.map(({ title }) => title)])
		assert.doesNotThrow(() => encodeURIComponent(text));
}

/** Ends what calls there are, as a user can, and has the call agent take the phone in anew. */
function comeBack(rig: Rig): void {
	if (!rig.network.socket.closed) rig.lose();
	for (let i = 0; i < 100 && rig.screen.registration !== Registration.registered; i += 1) {
		rig.keypad.hook(true);
		rig.keypad.hook(false);
		rig.press("softkey1", "softkey2", "softkey3", "softkey4");
		rig.clock.advance(2000);
		if (!rig.network.socket.closed) rig.register();
	}
	assert.equal(rig.screen.registration, Registration.registered);
}
