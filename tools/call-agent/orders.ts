/*
 * Orders to a running call agent, a line of words each: typed with --orders, or a step of a script.
 */
import type { CallAgent, Device } from "./agent.js";
import { setFault } from "./faults.js";

const orders: Readonly<Record<string, (agent: CallAgent, device: Device) => void>> = Object.freeze({
	reset: (agent, device) => agent.reset(device, 1),
	restart: (agent, device) => agent.reset(device, 2),
	apply: (agent, device) => agent.reset(device, 3),
	drop: (agent, device) => agent.drop(device, "reset"),
	close: (agent, device) => agent.drop(device, "close"),
});

export const orderNames: readonly string[] = Object.freeze([...Object.keys(orders), "fault"]);

/** Does what the words say, to every phone when they name none; says what is wrong with them otherwise. */
export function obey(agent: CallAgent, words: readonly string[]): string | undefined {
	const [name = "", phone, ...more] = words;
	if (name === "fault") return setFault(agent.faults, words.slice(1));
	const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
	if (order === undefined || more.length > 0)
		return `'${words.join(" ")}' is not understood: ${Object.keys(orders).join(", ")} and a phone, or fault`;
	const devices = agent.phones.filter(
		(one) => phone === undefined || one.name === phone.toUpperCase() || one.number === phone,
	);
	if (devices.length === 0) return phone === undefined ? "no phone is registered" : `no phone ${phone} is registered`;
	for (const device of devices) order(agent, device);
	return undefined;
}
