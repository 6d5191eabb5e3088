/*
 * Makes well-formed messages of a call agent by the table: fields by name, whatever the version's layout.
 */
import { type AnyMessage, absent, headerSize, Kind } from "sccp/message";

/** Octets of payload of a message without texts in a row: as long as any layout of fixed fields. */
const fixedPayload = 700;

/** Makes one message; a run of texts (Kind.texts) is given in the order of the layout's names, as far as it is given at all. */
export function compose(
	message: AnyMessage,
	version: number,
	values: Readonly<Record<string, number | string>>,
): Uint8Array {
	const form = message.form(version);
	const octets = new Uint8Array(headerSize + fixedPayload);
	const view = new DataView(octets.buffer);
	view.setUint32(0, octets.length - 8, true);
	view.setUint32(4, version < 10 ? 0 : version, true);
	view.setUint32(8, message.id, true);
	let row = headerSize + (form.at.texts ?? 0);
	for (const name of form.texts) row = put(octets, row, `${values[name] ?? ""}`, octets.length - row) + 1;
	for (const [name, value] of Object.entries(values)) {
		const at = form.at[name];
		if (at === undefined || at === absent || form.kinds[name] === Kind.texts) continue;
		const kind = form.kinds[name] ?? 0;
		if (typeof value === "string") put(octets, headerSize + at, value, kind - Kind.text);
		else if (kind === Kind.u8) view.setUint8(headerSize + at, value);
		else if (kind === Kind.u16) view.setUint16(headerSize + at, value, true);
		else view.setUint32(headerSize + at, value, kind !== Kind.address);
	}
	return octets;
}

/** Writes an ASCII text of at most `room` octets. @returns where it ends. */
function put(octets: Uint8Array, at: number, text: string, room: number): number {
	const size = Math.min(text.length, room);
	for (let i = 0; i < size; i += 1) octets[at + i] = text.charCodeAt(i);
	return at + size;
}
