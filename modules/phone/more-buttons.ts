/*
 * Buttons of a template that have no key beside the display: kind, instance, state and label of each, packed into one buffer, since they
 * are many and seldom looked at. Most phones have none: the buffer is made with a template that lists some, as large as that needs it.
 */
import { Limits } from "limits";
import { Button, ButtonQuestion, buttonQuestion } from "sccp/buttons";
import { decode, type Text } from "sccp/text";

/** Octets of a button: kind, instance, octets of its label, one without use, four of its state, the label. */
const stride = 40;
const statusAt = 4;
const labelAt = 8;
const labelSize = stride - labelAt;

export class MoreButtons {
	private octets: Uint8Array | undefined = undefined;
	/** Buttons up to the last one; some may be {@link Button.unused}. */
	length = 0;

	/**
	 * Makes room for so many buttons, up to `Limits.moreButtons`; those that were there stay as far as there is room.
	 * @returns whether any button has gone.
	 */
	reserve(count: number): boolean {
		const length = Math.min(count, Limits.moreButtons);
		if (length === this.length) return false;
		const fewer = length < this.length;
		const before = this.octets;
		this.octets = length === 0 ? undefined : new Uint8Array(length * stride);
		if (before !== undefined) this.octets?.set(fewer ? before.subarray(0, length * stride) : before);
		this.length = length;
		return fewer;
	}

	/** Kind of a button. */
	type(index: number): number {
		return this.octets?.[index * stride] ?? Button.unused;
	}

	instance(index: number): number {
		return this.octets?.[index * stride + 1] ?? 0;
	}

	/** State of a feature or busy lamp field, as FeatureStat has it. */
	status(index: number): number {
		const at = index * stride + statusAt;
		let status = 0;
		for (let i = 3; i >= 0; i -= 1) status = status * 256 + (this.octets?.[at + i] ?? 0);
		return status;
	}

	label(index: number): string {
		const { octets } = this;
		return octets === undefined ? "" : decode(octets, index * stride + labelAt, octets[index * stride + 2] ?? 0);
	}

	/** Takes a button of the template; returns whether it is another than before. */
	set(index: number, type: number, instance: number): boolean {
		const at = index * stride;
		const { octets } = this;
		if (octets === undefined || index >= this.length) return false;
		if (octets[at] === type && octets[at + 1] === instance) return false;
		octets.fill(0, at, at + stride);
		octets[at] = type;
		octets[at + 1] = instance;
		return true;
	}

	/** Takes state and label of a button; returns whether they are others than before. A label too long is cut. */
	tell(index: number, status: number, label: Text): boolean {
		const { octets } = this;
		if (octets === undefined) return false;
		const at = index * stride;
		const length = Math.min(label.length, labelSize);
		let changed = this.status(index) !== status || octets[at + 2] !== length;
		for (let i = 0; i < 4; i += 1) octets[at + statusAt + i] = status >>> (8 * i);
		octets[at + 2] = length;
		for (let i = 0; i < length; i += 1) {
			const octet = label.octet(i);
			if (octets[at + labelAt + i] === octet) continue;
			octets[at + labelAt + i] = octet;
			changed = true;
		}
		return changed;
	}

	/** Index of a kind and instance, -1 for none. */
	find(type: number, instance: number): number {
		for (let i = 0; i < this.length; i += 1) if (this.type(i) === type && this.instance(i) === instance) return i;
		return -1;
	}

	/** Index of what FeatureStat tells of by an instance, of whatever kind, a busy lamp field last; -1 for none. */
	feature(instance: number): number {
		let field = -1;
		for (let i = 0; i < this.length; i += 1) {
			const type = this.type(i);
			if (this.instance(i) !== instance || buttonQuestion(type) !== ButtonQuestion.feature) continue;
			if (type !== Button.busyLampField) return i;
			if (field < 0) field = i;
		}
		return field;
	}

	/** Forgets the state of all; labels stay. */
	reset(): void {
		for (let i = 0; i < this.length; i += 1) this.octets?.fill(0, i * stride + statusAt, i * stride + labelAt);
	}
}
