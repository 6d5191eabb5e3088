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

/** A plan that lies in flash. @param next by state, those that may follow it. */
export function plan(names: readonly string[], next: readonly (readonly number[])[]): Plan {
	for (const states of next) Object.freeze(states);
	return Object.freeze({ names: Object.freeze(names), next: Object.freeze(next) });
}

/** What the log says of a step that the plan does not have, '' of one that it has. */
export function objection({ names, next }: Plan, from: number, to: number): string {
	if (from === to || (next[from] as readonly number[]).includes(to)) return "";
	return `"${names[to]}" does not follow "${names[from]}"`;
}
