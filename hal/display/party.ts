/*
 * Reads the title of a call for display: name and number of 'From Alice (1002)' apart, and digits being dialled.
 */

/** Where the number in brackets at the end begins, the bracket included; -1 when there is none. */
export function numberStart(title: string): number {
	return title.endsWith(")") ? title.lastIndexOf(" (") : -1;
}

/** Whether a text is a number being dialled: digits, star, pound, plus, comma; not empty. */
export function isDialled(title: string): boolean {
	for (let i = 0; i < title.length; i += 1) {
		const code = title.charCodeAt(i);
		// # * + , - . / 0-9, as the font of digits has them
		if (code !== 0x23 && (code < 0x2a || code > 0x39)) return false;
	}
	return title !== "";
}

/** Where the time of day ends in a text such as '13:05 22/11/26'; -1 when it does not begin with one. */
export function clockEnd(time: string): number {
	const space = time.indexOf(" ");
	const colon = time.indexOf(":");
	return colon > 0 && colon < space ? space : -1;
}
