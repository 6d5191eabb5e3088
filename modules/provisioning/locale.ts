/*
 * Network locales as configuration files name them (CallManager's country names): those of which the phone has the tones.
 */

/** Countries by networkLocale, with their codes (ITU-T E.164), by which audio/tone_locales.c has their tones. */
export const countries: readonly (readonly [name: string, code: number])[] = Object.freeze([
	Object.freeze(["United_States", 1] as const),
	Object.freeze(["United_Kingdom", 44] as const),
	Object.freeze(["Germany", 49] as const),
	Object.freeze(["France", 33] as const),
	Object.freeze(["Australia", 61] as const),
	Object.freeze(["Japan", 81] as const),
]);

/** Whose tones a networkLocale means, by country code; 0 when the phone has none of that country. */
export function networkLocaleOf(name: string): number {
	const country = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
	for (const [known, code] of countries) if (known.toLowerCase() === country) return code;
	return 0;
}
