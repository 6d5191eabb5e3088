/*
 * Damage to files as lines, disks and hands do it, the same for the same seed.
 */

/** Numbers from 0 up to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let value = Math.imul(state ^ (state >>> 15), state | 1);
		value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
		return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
	};
}

const lessThan = 60;
const greaterThan = 62;
/** Octets that mean something in XML. */
const markup: readonly number[] = [60, 62, 38, 34, 39, 47, 33, 63, 45, 91, 93, 59, 61, 0, 13, 10, 0x80, 0xff];

/** Octets that values are made of: digits, letters, some that fit nowhere. */
const values: readonly number[] = [48, 49, 50, 55, 57, 45, 46, 58, 44, 32, 97, 101, 120, 122, 84, 0xe9, 0xc3];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	const octets = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
	let at = 0;
	for (const part of parts) {
		octets.set(part, at);
		at += part.length;
	}
	return octets;
}

/** Where some tag lies, from a place on; the whole file when there is none. */
function tagFrom(octets: Uint8Array, place: number): [from: number, to: number] {
	const from = octets.indexOf(lessThan, place);
	const to = octets.indexOf(greaterThan, from);
	return from < 0 || to < 0 ? [0, octets.length] : [from, to + 1];
}

/** A copy with one to three damages. */
export function mutate(original: Uint8Array, random: () => number): Uint8Array {
	const below = (limit: number): number => Math.floor(random() * limit);
	let octets: Uint8Array = original.slice();
	for (let left = 1 + below(3); left > 0; left -= 1) {
		const at = below(octets.length);
		const end = Math.min(octets.length, at + 1 + below(60));
		switch (below(10)) {
			case 0:
				octets[at] = (octets[at] ?? 0) ^ (1 << below(8));
				break;
			case 1:
				octets[at] = markup[below(markup.length)] as number;
				break;
			case 2:
				octets = joined(octets.subarray(0, at), octets.subarray(end));
				break;
			case 3:
				octets = octets.slice(0, at);
				break;
			case 4:
				octets = joined(octets.subarray(0, end), octets.subarray(at));
				break;
			case 5: {
				const [from, to] = tagFrom(octets, at);
				const [secondFrom, secondTo] = tagFrom(octets, Math.min(to + below(200), octets.length));
				if (secondFrom < to) break;
				const second = octets.slice(secondFrom, secondTo);
				const between = octets.slice(to, secondFrom);
				octets = joined(octets.slice(0, from), second, between, octets.slice(from, to), octets.slice(secondTo));
				break;
			}
			case 6: {
				// a tag takes the place of another octet, or stands twice
				const [from, to] = tagFrom(octets, at);
				octets = joined(octets.subarray(0, end), octets.slice(from, to), octets.subarray(end));
				break;
			}
			default: {
				// only a value changes: the file stays well-formed
				const place = octets.indexOf(greaterThan, at) + 1;
				const stop = octets.indexOf(lessThan, place);
				for (let i = place; i < stop; i += 1) if (below(3) === 0) octets[i] = values[below(values.length)] as number;
			}
		}
	}
	return octets;
}
