/*
 * CRC-32 (IEEE 802.3, reflected), half an octet at a time: a table of sixteen numbers is short, and what is checked is short as well.
 */

export const halfOctets: readonly number[] = Object.freeze([
	0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320,
	0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
]);

/** The CRC-32 of octets from `from` up to `to`, begun by an earlier part (0 at first). */
export function crcOf(octets: Uint8Array, from: number, to: number, begun = 0): number {
	let crc = ~begun;
	for (let at = from; at < to; at += 1) {
		const octet = octets[at] as number;
		crc = (halfOctets[(crc ^ octet) & 15] as number) ^ (crc >>> 4);
		crc = (halfOctets[(crc ^ (octet >> 4)) & 15] as number) ^ (crc >>> 4);
	}
	return ~crc >>> 0;
}
