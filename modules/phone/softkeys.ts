/*
 * Softkeys as the call agent gave them: the template (label and event of each), the sets (which of them in which order),
 * and the set selected for each call, each line and the idle phone. Event numbers differ between servers, so they are
 * only ever taken from the received template.
 */
import { Limits } from "limits";
import type { Call } from "phone/calls";
import { SoftKeyDefinition, SoftKeySetDefinition } from "sccp/messages-status";
import type { Reader } from "sccp/reader";
import type { Text } from "sccp/text";

export class Softkeys {
	private readonly labels: readonly Text[];
	private readonly events: Uint32Array;
	/** Positions in the template counted from 1, set by set; 0 is no key. */
	private readonly sets: Uint8Array;
	/** Set and mask of the idle phone. */
	private idleSet = 0;
	private idleMask = 0xffffffff;

	constructor(texts: Reader) {
		const labels: Text[] = [];
		for (let i = 0; i < Limits.softkeyTemplate; i += 1) labels.push(texts.text(Limits.softkeyLabel));
		this.labels = Object.freeze(labels);
		this.events = new Uint32Array(Limits.softkeyTemplate);
		this.sets = new Uint8Array(Limits.softkeySets * Limits.softkeySetKeys);
	}

	/** Takes `count` softkeys of a SoftKeyTemplateRes whose first one has position `offset`. */
	readTemplate(reader: Reader, at: number, offset: number, count: number): void {
		for (let i = 0; i < count && offset + i < Limits.softkeyTemplate; i += 1) {
			const from = at + i * SoftKeyDefinition.stride;
			if (!reader.has(from, SoftKeyDefinition.stride)) break;
			reader.copyText(from + SoftKeyDefinition.softKeyLabel, Limits.softkeyLabel, this.labels[offset + i] as Text);
			this.events[offset + i] = reader.u32(from + SoftKeyDefinition.softKeyEvent);
		}
	}

	/** Takes `count` sets of a SoftKeySetRes whose first one has number `offset`. */
	readSets(reader: Reader, at: number, offset: number, count: number): void {
		for (let i = 0; i < count && offset + i < Limits.softkeySets; i += 1) {
			const from = at + i * SoftKeySetDefinition.stride + SoftKeySetDefinition.softKeyTemplateIndex;
			if (!reader.has(from, Limits.softkeySetKeys)) break;
			const to = (offset + i) * Limits.softkeySetKeys;
			for (let key = 0; key < Limits.softkeySetKeys; key += 1) this.sets[to + key] = reader.u8(from + key);
		}
	}

	/** Selects the set of the idle phone; returns whether that changed anything. */
	selectIdle(set: number, mask: number): boolean {
		if (this.idleSet === set && this.idleMask === mask) return false;
		this.idleSet = set;
		this.idleMask = mask;
		return true;
	}

	/**
	 * Template position (from 0) of the key at `position` in the set that holds for `call` (undefined: the idle phone);
	 * -1 when there is none or the mask hides it.
	 */
	key(call: Call | undefined, position: number): number {
		const own = call !== undefined && call.softkeySet >= 0;
		const set = own ? call.softkeySet : this.idleSet;
		const mask = own ? call.softkeyMask : this.idleMask;
		if (set >= Limits.softkeySets || position >= Limits.softkeySetKeys || ((mask >>> position) & 1) === 0) return -1;
		const index = (this.sets[set * Limits.softkeySetKeys + position] as number) - 1;
		if (index < 0 || index >= Limits.softkeyTemplate) return -1;
		return (this.labels[index] as Text).empty ? -1 : index;
	}

	/**
	 * Template position of the key that has a phrase of the dictionary's first table as its label, or its English word; -1 when there
	 * is none.
	 */
	find(phrase: number, word: string): number {
		for (let i = 0; i < this.labels.length; i += 1) {
			const label = this.labels[i] as Text;
			if (label.octet(0) === 0x80 ? label.octet(1) === phrase && label.length === 2 : label.toString() === word)
				return i;
		}
		return -1;
	}

	/** Label of a template position that {@link key} has given, as the call agent wrote it. */
	label(index: number): Text {
		return this.labels[index] as Text;
	}

	/** Event number of a template position. */
	event(index: number): number {
		return this.events[index] ?? 0;
	}

	clear(): void {
		for (let i = 0; i < this.labels.length; i += 1) {
			const label = this.labels[i] as Text;
			label.clear();
		}
		this.events.fill(0);
		this.sets.fill(0);
		this.idleSet = 0;
		this.idleMask = 0xffffffff;
	}
}
