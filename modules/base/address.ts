/*
 * IPv4 addresses in text, as the network gives and takes them and people type them.
 */

/**
 * A dotted address as a number, first octet most significant; -1 when the text is none. Four decimal numbers up to 255 and nothing
 * else: noughts in front are refused, since resolvers read them as octal ('010' is 8) while people mean ten.
 */
export function parseAddress(text: string): number {
	let address = 0;
	let octet = -1;
	let parts = 0;
	for (let i = 0; i <= text.length; i += 1) {
		const digit = i < text.length ? text.charCodeAt(i) - 0x30 : dot;
		if (digit === dot) {
			if (octet < 0) return -1;
			address = address * 256 + octet;
			parts += 1;
			octet = -1;
		} else if (digit >= 0 && digit <= 9 && octet !== 0) {
			octet = (octet < 0 ? 0 : octet * 10) + digit;
			if (octet > 255) return -1;
		} else return -1;
	}
	return parts === 4 ? address : -1;
}

/** A dotted address as messages carry it, 0 for a text that is none. */
export function addressNumber(text: string): number {
	return Math.max(parseAddress(text), 0);
}

/** An address as a dotted text. @param address first octet most significant. */
export function addressText(address: number): string {
	return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** A dot, less the digit nought. */
const dot = -2;
