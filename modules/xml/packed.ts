/*
 * Names and words as numbers, to be compared with octets. The engine makes an object of a string whenever one of its characters is
 * looked at; numbers cost nothing.
 */

/** A text (ASCII): its length, then six characters a number. */
export type Packed = readonly number[];

/** Characters of one number. */
const each = 6;

/** Packs a text; done once, at module level, so that the result lies in flash. */
export function packed(text: string): Packed {
	const numbers = [text.length];
	for (let i = 0; i < text.length; i += each) {
		let number = 0;
		for (let j = i; j < i + each; j += 1) number = number * 256 + (j < text.length ? text.charCodeAt(j) : 0);
		numbers.push(number);
	}
	return Object.freeze(numbers);
}

/** Whether octets from `from` up to `to` are a packed text, capital letters among them taken for small ones when `small`. */
export function isPacked(octets: Uint8Array, from: number, to: number, text: Packed, small: boolean): boolean {
	if (to - from !== text[0]) return false;
	let index = 1;
	for (let i = from; i < to; i += each) {
		let number = 0;
		for (let j = i; j < i + each; j += 1) {
			const octet = j < to ? (octets[j] as number) : 0;
			number = number * 256 + (small && octet >= 65 && octet <= 90 ? octet + 32 : octet);
		}
		if (number !== text[index]) return false;
		index += 1;
	}
	return true;
}
