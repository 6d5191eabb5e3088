/*
 * Locales as configuration files name them (CallManager's country names), and the files of each that a 7960 asks its server for.
 */
import { NetworkLocale } from "hal/hardware";

/** Countries with tones of their own, by networkLocale. */
const countries: readonly (readonly [string, number])[] = Object.freeze([
	["United_States", NetworkLocale.unitedStates],
	["United_Kingdom", NetworkLocale.unitedKingdom],
	["Germany", NetworkLocale.germany],
	["France", NetworkLocale.france],
	["Australia", NetworkLocale.australia],
	["Japan", NetworkLocale.japan],
] as const);
for (const country of countries) Object.freeze(country);

/** Whose tones a networkLocale means, a number of NetworkLocale; -1 when the phone has none of that country. */
export function networkLocaleOf(name: string): number {
	const country = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
	for (const [known, locale] of countries) if (known.toLowerCase() === country) return locale;
	return -1;
}
