/*
 * Orders to a running call agent, a line of words each: typed with --orders, or a step of a script.
 */
import { readFileSync } from "node:fs";
import type { CallAgent, Device } from "./agent.js";
import type { Forwarding } from "./device.js";
import { setFault } from "./faults.js";
import { executeObject } from "./lists.js";
import { listNames } from "./pushes.js";

/** What an order does to a phone; a text says what is wrong with the words behind the phone. */
type Order = (agent: CallAgent, device: Device, words: readonly string[]) => string | undefined;

function plain(act: (agent: CallAgent, device: Device) => void): Order {
	return (agent, device, words) => {
		if (words.length > 0) return `'${words.join(" ")}' after a phone means nothing`;
		act(agent, device);
		return undefined;
	};
}

const forwards: readonly (keyof Forwarding)[] = Object.freeze(["all", "busy", "noAnswer"]);

/** Forwards the calls of a phone's first line, as an administrator would. */
const forward: Order = (agent, device, [kind, number, ...more]) => {
	const which = forwards.find((candidate) => candidate === kind);
	const line = device.lines[0];
	if (!which || !line || number === undefined || !/^(off|[0-9*#]+)$/.test(number) || more.length > 0)
		return `forward needs a phone, one of ${forwards.join(", ")}, and a number or off`;
	agent.features.forwards.set(line, which, number === "off" ? "" : number);
	return undefined;
};

/** Pushes the object in a file. */
const push: Order = (agent, device, [file, priority = "2", ...more]) => {
	if (file === undefined || !/^[012]$/.test(priority) || more.length > 0)
		return "push needs a phone, a file and a priority from 0 to 2 or none";
	try {
		return agent.pushes.push(device, readFileSync(file, "utf8"), { priority: Number(priority) });
	} catch (error) {
		return `${file} cannot be read: ${(error as Error).message}`;
	}
};

/** Has a phone open a URL, or do what another URI says. */
const open: Order = (agent, device, [url, ...more]) => {
	if (url === undefined || more.length > 0) return "open needs a phone and a URL";
	return agent.pushes.push(device, executeObject(url));
};

/** Pushes a menu of what there is. */
const list: Order = (agent, device, [name, ...more]) => {
	const which = listNames.find((candidate) => candidate === name);
	if (!which || more.length > 0) return `list needs a phone and one of ${listNames.join(", ")}`;
	return agent.pushes.show(device, which);
};

const orders: Readonly<Record<string, Order>> = Object.freeze({
	reset: plain((agent, device) => agent.reset(device, 1)),
	restart: plain((agent, device) => agent.reset(device, 2)),
	apply: plain((agent, device) => agent.reset(device, 3)),
	drop: plain((agent, device) => agent.drop(device, "reset")),
	close: plain((agent, device) => agent.drop(device, "close")),
	giveup: plain((agent, device) => agent.giveUp(device)),
	forward,
	push,
	open,
	list,
});

export const orderNames: readonly string[] = Object.freeze([...Object.keys(orders), "fault"]);

/** Does what the words say, to every phone when they name none; says what is wrong with them otherwise. */
export function obey(agent: CallAgent, words: readonly string[]): string | undefined {
	const [name = "", phone, ...more] = words;
	if (name === "fault") return setFault(agent.faults, words.slice(1));
	const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
	if (order === undefined)
		return `'${words.join(" ")}' is not understood: ${Object.keys(orders).join(", ")} and a phone, or fault`;
	const devices = agent.phones.filter(
		(one) => phone === undefined || one.name === phone.toUpperCase() || one.number === phone,
	);
	if (devices.length === 0) return phone === undefined ? "no phone is registered" : `no phone ${phone} is registered`;
	for (const device of devices) {
		const wrong = order(agent, device, more);
		if (wrong !== undefined) return wrong;
	}
	return undefined;
}
