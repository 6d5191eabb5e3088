/*
 * Octets as lines that people read: the place of the first, sixteen in hexadecimal digits, and those that are letters of ASCII.
 */

const perLine = 16;

/** As many lines as it takes. */
export function hexLines(octets: Uint8Array): string {
	const lines: string[] = [];
	for (let at = 0; at < octets.length; at += perLine) {
		const part = [...octets.subarray(at, at + perLine)];
		const digits = part.map((octet) => octet.toString(16).padStart(2, "0")).join(" ");
		const letters = part.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".")).join("");
		lines.push(`${at.toString(16).padStart(4, "0")}  ${digits.padEnd(perLine * 3 - 1)}  ${letters}`);
	}
	return lines.join("\n");
}
