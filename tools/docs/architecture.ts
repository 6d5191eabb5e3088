/*
 * The drawings of docs/ARCHITECTURE.md, in Mermaid: who may import whom, from the table of the check that refuses other imports; the
 * machines of registration and of the way to it, from the plans that the machines themselves ask.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "base/machine";
import { bootPlan } from "provisioning/boot";
import { stationPlan } from "station/states";
import { ROOMS } from "../check/directions.js";

export const ARCHITECTURE = "docs/ARCHITECTURE.md";

/** What all of a kind may import goes without arrows: the text says it. */
const understood: readonly string[] = ["limits", "base", "hardware", "description", "sdk"];
/** The room that knows all others: an arrow to each that has no other room above it is enough. */
const top = "app";

/** Rooms as a flow chart, an arrow from who imports to what is imported. */
export function drawRooms(rooms: Readonly<Record<string, readonly string[]>>): string {
	const arrows: string[] = [];
	const reached = new Set<string>();
	for (const [room, allowed] of Object.entries(rooms)) {
		if (understood.includes(room) || room === top) continue;
		for (const other of allowed) {
			if (understood.includes(other) || other === room) continue;
			arrows.push(`\t${room} --> ${other}`);
			reached.add(other);
		}
	}
	for (const other of rooms[top] ?? []) {
		if (!understood.includes(other) && !reached.has(other)) arrows.push(`\t${top} --> ${other}`);
	}
	return ["flowchart TD", ...arrows].join("\n");
}

/** A machine as a state diagram; steps to the states of `everywhere`, where many lead, are left out but for those from the first. */
export function drawPlan({ names, next }: Plan, everywhere: readonly string[]): string {
	const id = (state: number): string =>
		(names[state] as string).replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
	const lines = ["stateDiagram-v2", `\t[*] --> ${id(0)}`];
	for (const [state, name] of names.entries()) if (id(state) !== name) lines.push(`\t${id(state)}: ${name}`);
	for (const [state, after] of next.entries()) {
		for (const other of after) {
			if (state === 0 || !everywhere.includes(names[other] as string)) lines.push(`\t${id(state)} --> ${id(other)}`);
		}
	}
	return lines.join("\n");
}

/** Rooms that are planned and not built yet are left out. */
function builtRooms(root: string): Record<string, readonly string[]> {
	const planned = (room: string): boolean => room === "services" && !existsSync(join(root, "modules", room));
	const built: Record<string, readonly string[]> = {};
	for (const [room, allowed] of Object.entries(ROOMS))
		if (!planned(room)) built[room] = allowed.filter((other) => !planned(other));
	return built;
}

/** The drawings by the names of their places in the document. */
const drawings: Readonly<Record<string, (root: string) => string>> = {
	rooms: (root) => drawRooms(builtRooms(root)),
	station: () => drawPlan(stationPlan, ["off", "pausing"]),
	boot: () => drawPlan(bootPlan, ["off", "address", "restarting"]),
};

/** The document with its drawings made anew. Throws where a place is missing. */
export function makeArchitecture(root: string, page = readFileSync(join(root, ARCHITECTURE), "utf8")): string {
	let text = page;
	for (const [name, draw] of Object.entries(drawings)) {
		const head = `<!-- ${name}: made by npm run docs -->\n`;
		const from = text.indexOf(head);
		const to = text.indexOf("<!-- end -->", from);
		if (from < 0 || to < 0) throw new Error(`${ARCHITECTURE} has no place for the drawing "${name}"`);
		text = `${text.slice(0, from + head.length)}\`\`\`mermaid\n${draw(root)}\n\`\`\`\n${text.slice(to)}`;
	}
	return text;
}
