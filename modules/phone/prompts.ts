/*
 * What the call agent writes on the prompt line: prompts by line and call, one notification, priority notifications and
 * the display text, each with its time-out. A priority notification covers a notification, that covers the prompt;
 * of several priorities the highest shows (chan-sccp numbers them so; CallManager uses 5 for ringing).
 */
import type { Clock, TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import type { Reader } from "sccp/reader";
import type { Text } from "sccp/text";

/** A text with its time of expiry. */
export class Prompt {
	readonly text: Text;
	active = false;
	/** Clock ticks when it goes, 0 for never. */
	until = 0;
	line = 0;
	reference = 0;
	priority = 0;
	/** Counts up with each text set: the smallest is the oldest. */
	age = 0;

	constructor(texts: Reader) {
		this.text = texts.text(Limits.prompt);
	}

	/** Shows no more, and holds no text: what it takes at rest does not depend on what was drawn of it. */
	end(): void {
		this.active = false;
		this.text.clear();
	}
}

export class Prompts {
	readonly notification: Prompt;
	/** Text that DisplayText put up. */
	readonly display: Prompt;
	private readonly prompts: readonly Prompt[];
	private readonly priorities: readonly Prompt[];
	private readonly clock: Clock;
	private readonly changed: () => void;
	private readonly expire: () => void;
	private timer: TimerHandle | undefined = undefined;
	private due = 0;
	private age = 0;

	/** @param changed is called when a text goes by itself. */
	constructor(texts: Reader, clock: Clock, changed: () => void) {
		const prompts: Prompt[] = [];
		for (let i = 0; i < Limits.prompts; i += 1) prompts.push(new Prompt(texts));
		this.prompts = Object.freeze(prompts);
		const priorities: Prompt[] = [];
		for (let i = 0; i < Limits.priorityNotifications; i += 1) priorities.push(new Prompt(texts));
		this.priorities = Object.freeze(priorities);
		this.notification = new Prompt(texts);
		this.display = new Prompt(texts);
		this.clock = clock;
		this.changed = changed;
		this.expire = () => this.expired();
	}

	/** Starts a prompt of a line and call (0 for none); its text is to be stored by the caller. */
	prompt(line: number, reference: number, seconds: number): Prompt {
		let entry = this.find(line, reference);
		if (entry === undefined) {
			entry = this.prompts[0] as Prompt;
			for (let i = 0; i < this.prompts.length; i += 1) {
				const candidate = this.prompts[i] as Prompt;
				if (!candidate.active) {
					entry = candidate;
					break;
				}
				if (candidate.age < entry.age) entry = candidate;
			}
			entry.line = line;
			entry.reference = reference;
		}
		this.begin(entry, seconds);
		return entry;
	}

	/** The prompt of a line and call, undefined when there is none. */
	of(line: number, reference: number): Text | undefined {
		return this.find(line, reference)?.text;
	}

	/** Ends the prompt of a line and call; returns whether there was one. */
	clearPrompt(line: number, reference: number): boolean {
		const entry = this.find(line, reference);
		if (entry === undefined) return false;
		entry.end();
		return true;
	}

	/** Ends all prompts of a call that is over. */
	clearCall(reference: number): void {
		for (let i = 0; i < this.prompts.length; i += 1) {
			const entry = this.prompts[i] as Prompt;
			if (entry.reference === reference && reference !== 0) entry.end();
		}
	}

	/** Starts the notification; its text is to be stored by the caller. */
	notify(seconds: number): Prompt {
		this.begin(this.notification, seconds);
		return this.notification;
	}

	clearNotify(): boolean {
		const was = this.notification.active;
		this.notification.end();
		return was;
	}

	/** Starts a priority notification, replacing one of the same priority or, when all are taken, the lowest. */
	notifyPriority(priority: number, seconds: number): Prompt {
		let entry: Prompt | undefined;
		let lowest = this.priorities[0] as Prompt;
		for (let i = 0; i < this.priorities.length; i += 1) {
			const candidate = this.priorities[i] as Prompt;
			if (candidate.active && candidate.priority === priority) {
				entry = candidate;
				break;
			}
			if (!candidate.active) entry ??= candidate;
			else if (candidate.priority < lowest.priority) lowest = candidate;
		}
		entry ??= lowest;
		entry.priority = priority;
		this.begin(entry, seconds);
		return entry;
	}

	clearPriority(priority: number): boolean {
		for (let i = 0; i < this.priorities.length; i += 1) {
			const entry = this.priorities[i] as Prompt;
			if (!entry.active || entry.priority !== priority) continue;
			entry.end();
			return true;
		}
		return false;
	}

	/** What the prompt line shows for a line and call; undefined when nothing does. */
	shown(line: number, reference: number): Text | undefined {
		let priority: Prompt | undefined;
		for (let i = 0; i < this.priorities.length; i += 1) {
			const entry = this.priorities[i] as Prompt;
			// FreeSWITCH notifies of each call in a text without a letter
			if (!entry.active || entry.text.empty) continue;
			if (priority === undefined || entry.priority > priority.priority) priority = entry;
		}
		if (priority !== undefined) return priority.text;
		if (this.notification.active && !this.notification.text.empty) return this.notification.text;
		// a prompt without a text is one that is taken back
		const own = reference === 0 ? undefined : this.find(line, reference);
		if (own !== undefined && !own.text.empty) return own.text;
		if (this.display.active) return this.display.text;
		const ofLine = this.find(line, 0);
		return ofLine !== undefined && !ofLine.text.empty ? ofLine.text : this.find(0, 0)?.text;
	}

	clear(): void {
		for (let i = 0; i < this.prompts.length; i += 1) {
			const entry = this.prompts[i] as Prompt;
			entry.end();
		}
		for (let i = 0; i < this.priorities.length; i += 1) {
			const entry = this.priorities[i] as Prompt;
			entry.end();
		}
		this.notification.end();
		this.display.end();
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.due = 0;
	}

	private find(line: number, reference: number): Prompt | undefined {
		for (let i = 0; i < this.prompts.length; i += 1) {
			const entry = this.prompts[i] as Prompt;
			if (entry.active && entry.reference === reference && (entry.line === line || reference !== 0)) return entry;
		}
		return undefined;
	}

	private begin(entry: Prompt, seconds: number): void {
		this.age += 1;
		entry.age = this.age;
		entry.active = true;
		if (seconds === 0) {
			entry.until = 0;
			return;
		}
		const ticks = this.clock.ticks;
		entry.until = ticks + Math.min(seconds, Limits.promptSeconds) * 1000;
		if (this.due === 0 || entry.until < this.due) this.schedule(entry.until, ticks);
	}

	private schedule(due: number, ticks: number): void {
		this.clock.cancel(this.timer);
		this.due = due;
		this.timer = this.clock.after(due - ticks, this.expire);
	}

	private expired(): void {
		const ticks = this.clock.ticks;
		let next = 0;
		let gone = false;
		this.timer = undefined;
		this.due = 0;
		for (let i = 0; i < this.prompts.length + this.priorities.length + 2; i += 1) {
			const entry = this.entry(i);
			if (!entry.active || entry.until === 0) continue;
			if (entry.until <= ticks) {
				entry.end();
				gone = true;
			} else if (next === 0 || entry.until < next) next = entry.until;
		}
		if (next !== 0) this.schedule(next, ticks);
		if (gone) this.changed();
	}

	private entry(index: number): Prompt {
		const prompts = this.prompts.length;
		if (index < prompts) return this.prompts[index] as Prompt;
		const priorities = this.priorities.length;
		if (index < prompts + priorities) return this.priorities[index - prompts] as Prompt;
		return index === prompts + priorities ? this.notification : this.display;
	}
}
