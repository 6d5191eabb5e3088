/*
 * State machines as data: which states there are, and which may follow which. The machine asks before each step, its log tells of a
 * step that the plan does not have, and the diagrams of docs/ARCHITECTURE.md are drawn from the same plan.
 */
export interface Plan {
	/** Names of the states by number. */
	readonly names: readonly string[];
	/** By state, those that may follow it; the state itself always may. */
	readonly next: readonly (readonly number[])[];
}

/** A plan that lies in flash. @param states from 0 on, in order: a state bears its name as words. @param next by state, those that may follow it. */
export function plan(states: Readonly<Record<string, number>>, next: readonly (readonly number[])[]): Plan {
	for (const after of next) Object.freeze(after);
	const names = Object.keys(states).map((name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
	return Object.freeze({ names: Object.freeze(names), next: Object.freeze(next) });
}

/** What the log says of a step that the plan does not have, '' of one that it has. */
export function objection({ names, next }: Plan, from: number, to: number): string {
	if (from === to || (next[from] as readonly number[]).includes(to)) return "";
	return `"${names[to]}" does not follow "${names[from]}"`;
}
