/*
 * What commands, panel and tests call a phone by: its device name and the SCCP versions that it may declare.
 */

/** SCCP versions that a phone may declare. */
export const protocolVersions: readonly number[] = Object.freeze([3, 8, 11, 15, 17, 20, 22]);

/** The device name `index` further than a first one: SEP001122334455, SEP001122334456 ... */
export function deviceName(first: string, index: number): string {
	const hexadecimal = first.slice(3);
	const next = (BigInt(`0x${hexadecimal}`) + BigInt(index)) & ((1n << BigInt(4 * hexadecimal.length)) - 1n);
	return first.slice(0, 3) + next.toString(16).toUpperCase().padStart(hexadecimal.length, "0");
}
