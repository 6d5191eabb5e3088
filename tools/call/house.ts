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

/** Lines and keys by device name, for the options of a call agent. @param first device name of phone 1. */
export function houseDevices(first: string): Record<string, DeviceOptions> {
	return Object.fromEntries(
		names.map((name, index) => {
			const number = `${1001 + index}`;
			const second = index < 3 ? shared : { number: "+49301014", name, label: "+49301014" };
			const watched = index === 0 ? { number: "1002", label: "Bob" } : { number: "1001", label: "Alice" };
			return [
				deviceName(first, index),
				{
					lines: [{ number, name, label: number }, second],
					speedDials: [
						{ number: "600", label: "Echo" },
						{ ...watched, hint: true },
					],
				},
			];
		}),
	);
}
