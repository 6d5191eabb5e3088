/*
 * The messages of one phone that were looked at: the latest of them, what is missing between them, the calls they belong to, and which of
 * them a filter lets through.
 */
import type { Rung } from "./messages.js";
import { connectionOf } from "./pcap.js";

/** Messages that are kept; older ones go. */
export const mostRungs = 1000;
/** What no more than so many milliseconds lie between belongs together, where it does not say its call. */
const together = 1000;
const keepAlives: readonly string[] = Object.freeze(["KeepAliveReq", "KeepAliveAck"]);

/** What came before a message: another process, another connection, or messages that nobody looked at. */
export interface Break {
	readonly anew: "" | "process" | "connection";
	readonly missing: number;
}

export interface Entry extends Break {
	readonly rung: Rung;
}

export interface LadderCall {
	readonly reference: number;
	/** When it was first heard of. */
	readonly time: number;
}

export interface LadderFilter {
	/** Words that all have to stand in a message's name or among its fields. */
	readonly text: string;
	readonly keepAlives: boolean;
	/** A call by its reference, the one that began last, or all that there is. */
	readonly call: "latest" | "all" | number;
}

export class Ladder {
	readonly entries: Entry[] = [];
	#last: Rung | undefined;
	/** Numbers of the latest messages sent and received. */
	#sent = 0;
	#received = 0;

	add(rung: Rung): void {
		this.entries.push({ rung, ...this.#breakBefore(rung) });
		if (this.entries.length > mostRungs) this.entries.shift();
		this.#last = rung;
		if (rung.sent) this.#sent = rung.number;
		else this.#received = rung.number;
	}

	/** Forgets the messages; what comes next follows the last of them. */
	clear(): void {
		this.entries.length = 0;
	}

	/** The calls that messages are about, in the order in which they began. */
	get calls(): LadderCall[] {
		const found = new Map<string, LadderCall>();
		for (const { rung } of this.entries) {
			const key = `${rung.pid} ${rung.call}`;
			if (rung.call !== 0 && !found.has(key)) found.set(key, { reference: rung.call, time: rung.time });
		}
		return [...found.values()];
	}

	/** The messages that a filter lets through. */
	shown({ text, keepAlives: alive, call }: LadderFilter): Entry[] {
		const words = text.toLowerCase().split(/\s+/);
		const wanted = call === "latest" ? this.calls.at(-1)?.reference : call === "all" ? undefined : call;
		const known = this.entries.filter(({ rung }) => alive || !keepAlives.includes(rung.name));
		const belongs = wanted === undefined ? known : ofCall(known, wanted);
		return belongs.filter(({ rung }) => {
			const all = textOfRung(rung);
			return words.every((word) => all.includes(word));
		});
	}

	#breakBefore(rung: Rung): Break {
		const last = this.#last;
		if (last === undefined) return { anew: "", missing: 0 };
		if (rung.pid !== last.pid) {
			this.#sent = 0;
			this.#received = 0;
			return { anew: "process", missing: 0 };
		}
		// a direction that nobody has seen yet began somewhere
		const before = rung.sent ? this.#sent : this.#received;
		const missing = before === 0 ? 0 : Math.max(0, rung.number - before - 1);
		return { anew: connectionOf(rung) === connectionOf(last) ? "" : "connection", missing };
	}
}

/**
 * Messages of a call: those that name it, those that name none between its first and its last, and what came right before and right after
 * these without the name of any call, as the key that began it and the lamps that went out at its end.
 */
function ofCall(entries: readonly Entry[], call: number): Entry[] {
	let first = entries.findIndex(({ rung }) => rung.call === call);
	if (first < 0) return [];
	let last = entries.length - 1;
	while (entries[last]?.rung.call !== call) last--;
	const near = (one: number, other: number): boolean => {
		const [a, b] = [entries[one]?.rung, entries[other]?.rung];
		return a !== undefined && b !== undefined && a.call === 0 && Math.abs(a.time - b.time) <= together;
	};
	while (near(first - 1, first)) first--;
	while (near(last + 1, last)) last++;
	return entries.slice(first, last + 1).filter(({ rung }) => rung.call === call || rung.call === 0);
}

function textOfRung({ name, fields }: Rung): string {
	return `${name} ${fields.map((field) => field.join("=")).join(" ")}`.toLowerCase();
}
