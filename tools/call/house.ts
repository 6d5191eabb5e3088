/*
 * The phones of scripts as their call agent knows them: four with names, so that scripts can speak of numbers and keys.
 *
 *     phone 1  Alice  1001   keys: 1 own line, 2 line 1010 that phones 1 to 3 share, 3 speed dial 600, 4 state of 1002
 *     phone 2  Bob    1002   keys: the same, 4 state of 1001
 *     phone 3  Carol  1003   as phone 2
 *     phone 4  Dave   1004   keys: 1 own line, 2 own line +49301014, 3 speed dial 600, 4 state of 1001
 *
 * Phones behind the fourth get the next numbers.
 */
import type { DeviceOptions, LineOptions } from "../call-agent/options.js";
import { deviceName } from "../phone/names.js";

const names: readonly string[] = Object.freeze(["Alice", "Bob", "Carol", "Dave"]);
const shared: LineOptions = Object.freeze({ number: "1010", name: "Sales", label: "Sales" });

/** What a script says of a phone as the call agent knows it. */
export interface Known {
	readonly name?: string;
	/** Labels by the number of their line key, from 1. */
	readonly labels: ReadonlyMap<number, string>;
}

/** Lines and keys by device name, for the options of a call agent. @param first device name of phone 1. @param known what else than usual is known of a phone, by its number. */
export function houseDevices(
	first: string,
	known: ReadonlyMap<number, Known> = new Map(),
): Record<string, DeviceOptions> {
	const named = (phone: number) => known.get(phone)?.name ?? (names[phone - 1] as string);
	return Object.fromEntries(
		names.map((_, index) => {
			const name = named(index + 1);
			const labels = known.get(index + 1)?.labels;
			const number = `${1001 + index}`;
			const second = index < 3 ? shared : { number: "+49301014", name, label: "+49301014" };
			const watched = index === 0 ? { number: "1002", label: named(2) } : { number: "1001", label: named(1) };
			return [
				deviceName(first, index),
				{
					lines: [
						{ number, name, label: labels?.get(1) ?? number },
						{ ...second, label: labels?.get(2) ?? second.label ?? "" },
					],
					speedDials: [
						{ number: "600", label: labels?.get(3) ?? "Echo" },
						{ ...watched, label: labels?.get(4) ?? watched.label, hint: true },
					],
				},
			];
		}),
	);
}
