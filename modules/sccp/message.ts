/*
 * What one SCCP message is: id, name, direction and its field layouts by protocol version. A layout maps field names to
 * octet offsets behind the 12-octet header; everything is frozen so that it can lie in flash. A field or message that no code uses
 * says why in a comment beside it (tools/check/fields.ts).
 */

/** Octets before the payload: length, header version and id, three little-endian u32. */
export const headerSize = 12;
/** Those of them that the length does not count: its own and those of the header version. */
export const uncounted = 8;

/** Who sends a message. */
export const Direction = Object.freeze({ toCallAgent: 0, toPhone: 1, betweenCallAgents: 2 });

/** Kind of a field that is no little-endian u32. Texts of a fixed size are `Kind.text + size`. */
export const Kind = Object.freeze({
	u8: 1,
	u16: 2,
	/** IPv4 address, first octet first. */
	address: 3,
	/** First of a run of NUL-ended texts; the layout's `texts` names them in order. */
	texts: 4,
	/** First element of an array; `strides` of the messages' documentation give its step. */
	array: 5,
	/** Octets without meaning of their own here. */
	octets: 6,
	text: 0x1000,
});

/** Offset of a field that a layout lacks: behind every message, so that it reads as 0 or empty. */
export const absent = 0x7000;

/** A layout of whatever fields. */
export type AnyLayout = Layout<string>;

/** A message of whatever fields: what the table holds. */
export interface AnyMessage {
	readonly id: number;
	readonly name: string;
	readonly direction: number;
	readonly layouts: readonly AnyLayout[];
	readonly needs: number;
	readonly judged: boolean;
	layout(version: number, length?: number): AnyLayout["at"];
	form(version: number, length?: number): AnyLayout;
	formOf(received: Received): AnyLayout;
}

/** The values that a field may have: pairs of the least and the greatest, in rising order. */
export interface Known {
	readonly field: string;
	readonly offset: number;
	readonly ranges: readonly number[];
}

/** What a message received tells to whoever chooses its form; the reader does. */
export interface Received {
	readonly version: number;
	readonly length: number;
	u8(offset: number): number;
}

/** Another layout of the same version and length, which only the octets tell. */
export interface Variant<K extends string> {
	readonly layout: Layout<K>;
	/** True for a message that is laid out so. */
	readonly holds: (received: Received) => boolean;
}

/** One layout: valid from protocol version `since` upwards, until the next one. `K` are its field names. */
export interface Layout<K extends string> {
	readonly since: number;
	/** Octets a message must have for this layout to fit; a shorter one is read by an older layout. */
	readonly minimum: number;
	/** Octets without which a message received has no meaning: a shorter one is refused, never read as zeros. */
	readonly needs: number;
	/** Fields with a value for each meaning: a message received with another one is refused. */
	readonly known: readonly Known[];
	/** Octets of the payload as the phone writes it (0 where a call agent alone sends it). */
	readonly size: number;
	/** Octet offsets behind the header. */
	readonly at: Readonly<Record<K, number>>;
	/** Kinds of those fields that are no u32. */
	readonly kinds: Readonly<Partial<Record<K, number>>>;
	/** Names of the run of NUL-ended texts, empty when there is none. */
	readonly texts: readonly string[];
	readonly variant: Variant<K> | undefined;
}

export interface LayoutOptions<K extends string> {
	minimum?: number;
	needs?: number;
	known?: Partial<Record<NoInfer<K>, readonly number[]>>;
	size?: number;
	kinds?: Partial<Record<NoInfer<K>, number>>;
	texts?: readonly string[];
	variant?: Variant<K>;
}

const nothing = Object.freeze({});
const noTexts: readonly string[] = Object.freeze([]);
const noneKnown: readonly Known[] = Object.freeze([]);

/** Makes a frozen layout that holds from protocol version `since`. */
export function layout<K extends string>(
	since: number,
	at: Record<K, number>,
	options: LayoutOptions<K> = nothing,
): Layout<K> {
	return Object.freeze({
		since,
		minimum: options.minimum ?? 0,
		needs: options.needs ?? 0,
		known: options.known === undefined ? noneKnown : knownOf(at, options.known),
		size: options.size ?? 0,
		at: Object.freeze(at),
		kinds: Object.freeze(options.kinds ?? {}),
		texts: options.texts === undefined ? noTexts : Object.freeze(options.texts),
		variant: options.variant === undefined ? undefined : Object.freeze(options.variant),
	});
}

function knownOf(
	at: Readonly<Record<string, number>>,
	known: Readonly<Record<string, readonly number[] | undefined>>,
): readonly Known[] {
	return Object.freeze(
		Object.entries(known).map(([field, ranges = []]) =>
			Object.freeze({ field, offset: at[field] as number, ranges: Object.freeze(ranges) }),
		),
	);
}

/** A message of the table. */
export class Message<K extends string = string> {
	readonly id: number;
	/** Name as the field (and tshark) has it. */
	readonly name: string;
	/** A number of {@link Direction}. */
	readonly direction: number;
	/** Layouts, oldest first, all with the same field names. */
	readonly layouts: readonly Layout<K>[];
	/** Octets that the shortest form needs. */
	readonly needs: number;
	/** True when a layout knows values of a field. */
	readonly judged: boolean;

	constructor(id: number, name: string, direction: number, layouts: readonly Layout<K>[]) {
		this.id = id;
		this.name = name;
		this.direction = direction;
		this.layouts = Object.freeze(layouts);
		this.needs = layouts[0]?.needs ?? 0;
		this.judged = layouts.some(({ known }) => known.length > 0);
		Object.freeze(this);
	}

	/**
	 * Offsets for a protocol version. With `length` (payload octets received) a layout that needs more than that is
	 * passed over for an older one, since servers send old forms at new versions.
	 */
	layout(version: number, length = 0xffff): Readonly<Record<K, number>> {
		return this.form(version, length).at;
	}

	/** The whole layout of a message received, by its version, its length and, where these leave two, its octets. */
	formOf(received: Received): Layout<K> {
		const form = this.form(received.version, received.length);
		const variant = form.variant;
		return variant?.holds(received) ? variant.layout : form;
	}

	/** The whole layout that {@link layout} takes the offsets from. */
	form(version: number, length = 0xffff): Layout<K> {
		const layouts = this.layouts;
		for (let i = layouts.length - 1; i > 0; i -= 1) {
			const candidate = layouts[i] as Layout<K>;
			if (candidate.since <= version && candidate.minimum <= length) return candidate;
		}
		return layouts[0] as Layout<K>;
	}
}

/** A message whose layouts are known. */
export function message<K extends string>(
	id: number,
	name: string,
	direction: number,
	...layouts: Layout<K>[]
): Message<K> {
	return new Message(id, name, direction, layouts);
}

const empty: Layout<never> = layout(0, nothing as Record<never, number>);

/** A message without a payload, or one whose payload the phone has no use for. */
export function plain(id: number, name: string, direction: number): Message<never> {
	return new Message<never>(id, name, direction, [empty]);
}
