/*
 * `sccp dump`: a capture as lines, each message as the phone's own reader reads it.
 */
import { CallState, CallType, LampMode } from "hal/hardware";
import { Limits } from "limits";
import { Button } from "sccp/buttons";
import { codecOf } from "sccp/codecs";
import { Dispatch } from "sccp/dispatch";
import { absent, Direction, headerSize, Kind } from "sccp/message";
import type { AnyMessage } from "sccp/messages";
import { Reader } from "sccp/reader";
import { textHead } from "sccp/text";
import { Dictionary } from "ui/dictionary";
import { type ArrayShape, arrays } from "./arrays.js";
import type { CapturedMessage, Gap } from "./capture.js";
import { messageOf } from "./others.js";

/** What a field holds: a number, a text, or elements of an array. */
export type Value = number | string | readonly Readonly<Record<string, Value>>[];

/** One message as it was read. */
export interface ReadMessage {
	readonly name: string;
	readonly fields: readonly (readonly [name: string, value: Value])[];
	/** Why the phone would not take it, '' where it would. */
	readonly refused: string;
}

const textCapacity = Limits.receiveMessage;
const reader = new Reader(textCapacity + textHead);
const slot = reader.text(textCapacity);
const dictionary = new Dictionary();

/** Names of numbers, by field. */
const names: Readonly<Record<string, Readonly<Record<string, number>>>> = {
	callState: CallState,
	callType: CallType,
	lampMode: LampMode,
	stimulus: Button,
	buttonDefinition: Button,
};
/** Fields whose bits count. */
const masks: readonly string[] = ["validKeyMask", "partyPIRestrictionBits", "lineDisplayOptions", "passThroughPartyId"];
const codecFields: readonly string[] = ["compressionType", "payloadCapability"];

/** Reads a message with the phone's reader, as at a protocol version. */
export function readMessage(octets: Uint8Array, version: number): ReadMessage {
	const id = new DataView(octets.buffer, octets.byteOffset).getUint32(8, true);
	const message = messageOf(id);
	const name = message?.name ?? `message 0x${id.toString(16).padStart(4, "0")}`;
	if (octets.length > Limits.receiveMessage)
		return { name, fields: [], refused: `${octets.length} octets, at most ${Limits.receiveMessage} are taken` };
	reader.octets.fill(0, reader.start, reader.limit);
	reader.octets.set(octets, reader.start);
	reader.version = version;
	reader.open(reader.start, octets.length - headerSize);
	if (message === undefined) return { name, fields: [["octets", hexOf(octets.subarray(headerSize))]], refused: "" };
	return { name, fields: fieldsOf(message), refused: refusal(message) };
}

function fieldsOf(message: AnyMessage): [string, Value][] {
	const form = message.formOf(reader);
	const fields: [string, Value][] = [];
	for (const [name, offset] of Object.entries(form.at)) {
		if (offset === absent || !reader.has(offset, 1)) continue;
		const kind = form.kinds[name] ?? 0;
		if (kind === Kind.texts) fields.push(...textsOf(offset, form.texts));
		else if (kind === Kind.array) fields.push(...arraysOf(message.name, name, offset, form.at));
		else if (kind === Kind.octets) {
			const next = Math.min(...Object.values(form.at).filter((other) => other > offset && other !== absent));
			const octets = reader.octets.subarray(
				reader.start + headerSize + offset,
				reader.start + headerSize + Math.min(next, reader.length),
			);
			if (octets.some((octet) => octet !== 0)) fields.push([name, hexOf(octets)]);
		} else fields.push([name, fieldAt(offset, kind)]);
	}
	return fields;
}

function fieldAt(offset: number, kind: number): Value {
	if (kind >= Kind.text) {
		reader.copyText(offset, kind - Kind.text, slot);
		return dictionary.expand(slot.toString());
	}
	if (kind === Kind.address) {
		const octets = [0, 1, 2, 3].map((i) => reader.u8(offset + i));
		return octets.join(".");
	}
	if (kind === Kind.u8) return reader.u8(offset);
	return kind === Kind.u16 ? reader.u16(offset) : reader.u32(offset);
}

function textsOf(offset: number, all: readonly string[]): [string, Value][] {
	reader.startTexts(offset);
	return all.map((name) => {
		reader.nextText(slot);
		return [name, dictionary.expand(slot.toString())];
	});
}

function arraysOf(
	message: string,
	field: string,
	offset: number,
	at: AnyMessage["layouts"][0]["at"],
): [string, Value][] {
	const shapes = (arrays[message] ?? []).filter(({ start }) => (start ?? "definition") === field);
	return shapes.map((shape) => [field, elementsOf(shape, offset, reader.u32(at[shape.counted] ?? absent))]);
}

function elementsOf(shape: ArrayShape, start: number, count: number): Readonly<Record<string, Value>>[] {
	const all: Record<string, Value>[] = [];
	for (let at = start; all.length < count && reader.has(at, shape.stride); at += shape.stride) {
		const element: Record<string, Value> = {};
		for (const { name, offset, size, count: inRow = 1 } of shape.elements) {
			const kind = size > 4 ? Kind.text + size : size === 1 ? Kind.u8 : size === 2 ? Kind.u16 : 0;
			const values = Array.from({ length: inRow }, (_, i) => fieldAt(at + offset + i * size, kind));
			element[name] = inRow === 1 ? (values[0] as Value) : values.join(" ");
		}
		all.push(element);
	}
	return all;
}

/** What the phone's own dispatch says of a message that it will not take. */
function refusal(message: AnyMessage): string {
	if (message.direction !== Direction.toPhone) return "";
	let said = "";
	const dispatch = new Dispatch((line) => {
		said = line;
	});
	dispatch.dispatch(reader);
	return dispatch.refused === 0 ? "" : (/ octets, (.*), skipped/.exec(said)?.[1] ?? said);
}

function hexOf(octets: Uint8Array): string {
	return Buffer.from(octets).toString("hex");
}

/** One line for a message, or for what is missing; times in seconds from `start`. */
export function lineOf(entry: CapturedMessage | Gap, start: number): string {
	const head = `${(entry.time - start).toFixed(6).padStart(11)} ${entry.phone} ${entry.toCallAgent ? ">" : "<"} `;
	if ("text" in entry) return `${head}(${entry.text})`;
	const { name, fields, refused } = readMessage(entry.octets, entry.version);
	const shown = fields.map(([field, value]) => shownOf(field, value)).filter((text) => text !== "");
	return `${head}${[name, ...shown].join(" ")}${refused === "" ? "" : ` (refused: ${refused})`}`;
}

/** `name=value`; '' for an empty text, which says nothing. */
function shownOf(field: string, value: Value): string {
	return value === "" ? "" : `${field}=${textOf(field, value)}`;
}

/** A field's value as people read it: numbers that have a name with it, masks in sixteens, texts in quotes where they are no plain word. */
export function textOf(field: string, value: Value): string {
	if (typeof value === "object")
		return `[${value
			.map((element) =>
				Object.entries(element)
					.map(([name, part]) => shownOf(name, part))
					.filter((text) => text !== "")
					.join(" "),
			)
			.join(", ")}]`;
	if (typeof value === "string") return /^[\w.:+*#-]+$/.test(value) ? value : JSON.stringify(value);
	if (masks.includes(field)) return `0x${value.toString(16)}`;
	const name = nameOf(field, value);
	return `${value}${name === undefined ? "" : `(${name})`}`;
}

function nameOf(field: string, value: number): string | undefined {
	if (codecFields.includes(field)) return codecOf(value)?.name;
	return Object.entries(names[field] ?? {}).find(([, number]) => number === value)?.[0];
}
