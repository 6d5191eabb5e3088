// Makes every message that the phone can send, in every form that it has for some version: what the judges of them read.

import { assert } from "chai";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { absent, Kind } from "sccp/message";
import { callCountStride, capabilityStride, type Message } from "sccp/messages";
import { Reader } from "sccp/reader";
import { Station } from "station/station";
import { sendable, versionsOf } from "../../tools/sccp/sent.js";
import { FakeClock, FakeNetwork } from "../modules/support/fakes.js";

/** A link that is up, at a version. */
export function open(version: number) {
	const network = new FakeNetwork();
	const clock = new FakeClock();
	const reader = new Reader(Station.poolSize);
	const dispatch = new Dispatch(() => {});
	const link = new Link(network, clock, dispatch, reader);
	link.connect("127.0.0.2", { port: 2000 }, { linkUp: () => {}, linkDown: () => {} });
	network.socket.writable();
	link.version = version;
	return { network, clock, reader, dispatch, link, socket: network.socket };
}

/** A text, its length and two capabilities: what counts in the messages refer to. */
export const data = "MLQK=4.5000;CCR=0.0000";
/** Data that ends a message is filled up to a whole word, as servers want it. */
const dataRoom = (data.length + 3) & ~3;
const counts: Readonly<Record<string, number>> = {
	capCount: 2,
	audioCapCount: 2,
	videoCapCount: 0,
	dataCapCount: 0,
	customPictureFormatCount: 0,
	serviceResourceCount: 0,
	lineDataEntries: 2,
	dataLength: data.length,
	dataSize: data.length,
};

/** Value of a field of so many bits that is meant to be `next` and to be taken for no other's. */
export type Values = (name: string, next: number) => number;

/** Device names are written large. */
function textOf(name: string, next: number): string {
	const text = `${name}${next}`.slice(-15);
	return name === "DeviceName" ? text.toUpperCase() : text;
}

const ownValues: Values = (_, next) => 0x01000000 + next;

/** Octets that arrays and data take behind the fields. */
function extraOf(at: Readonly<Record<string, number>>): number {
	if ("audioCapCount" in at) return 0;
	if ("caps" in at) return 2 * capabilityStride;
	if ("lineData" in at) return 2 * callCountStride;
	if ("alarmInfo" in at) return dataRoom;
	if ("data" in at) return "dataSize" in at ? 600 : dataRoom;
	return 0;
}

const arrays: readonly string[] = ["caps", "lineData"];

/** Fills every field with a value of its own and sends the message. @returns what was meant, by field. */
export function fill(
	link: Link,
	message: Message<string>,
	seed: number,
	values: Values = ownValues,
): Map<string, number | string> {
	const meant = new Map<string, number | string>();
	const form = message.form(link.version);
	const extra = extraOf(form.at);
	const at = link.begin(message, extra);
	const writer = link.writer;
	let next = seed;
	for (const [name, offset] of Object.entries(at)) {
		if (offset === absent || offset >= form.size + extra || name === "ipv4or6" || arrays.includes(name)) continue;
		next += 1;
		const kind = form.kinds[name] ?? 0;
		if (kind === Kind.octets) continue;
		if (kind === Kind.address) {
			writer.address(offset, (0x7f000000 + next) >>> 0);
			meant.set(name, `127.0.${next >> 8}.${next & 255}`);
		} else if (kind >= Kind.text) {
			const text = name === "data" || name === "alarmInfo" ? data : textOf(name, next);
			if (text === data) for (let i = 0; i < data.length; i += 1) writer.u8(offset + i, data.charCodeAt(i));
			else writer.text(offset, kind - Kind.text, text);
			meant.set(name, text);
		} else if (kind === Kind.u8) {
			writer.u8(offset, next & 255);
			meant.set(name, next & 255);
		} else {
			const value = counts[name] ?? values(name, next);
			writer.u32(offset, value);
			meant.set(name, value);
		}
	}
	if ("caps" in at) for (let i = 0; i < 8; i += 1) writer.u32((at.caps as number) + 4 * i, i === 0 || i === 4 ? 4 : 20);
	assert.isTrue(link.send());
	return meant;
}

/** A message as it went out, and what was meant by its fields. */
export interface SentFrame {
	readonly version: number;
	readonly message: Message<string>;
	readonly octets: Uint8Array;
	readonly meant: ReadonlyMap<string, number | string>;
}

/** Every message in every form, each field with a value of its own. */
export function sentFrames(values: Values = ownValues): SentFrame[] {
	const sent: SentFrame[] = [];
	for (const message of sendable) {
		for (const version of versionsOf(message)) {
			const { link, socket } = open(version);
			const meant = fill(link, message, 16 * message.id, values);
			sent.push({ version, message, octets: socket.writes[0] as Uint8Array, meant });
		}
	}
	return sent;
}
