/*
 * IPv4 addresses between their dotted form, which the network takes, and the number that messages carry.
 */

/** The address as a number, first octet most significant; 0 when the text is none. */
export function parseAddress(text: string): number {
	const parts = text.split(".");
	if (parts.length !== 4) return 0;
	let address = 0;
	for (const part of parts) {
		const octet = Number(part);
		if (part === "" || !(octet >= 0 && octet <= 255)) return 0;
		address = address * 256 + octet;
	}
	return address;
}

/** The dotted form of an address whose first octet is the most significant byte. */
export function formatAddress(address: number): string {
	return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
