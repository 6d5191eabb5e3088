/*
 * Objects that services push to the phone by way of the call agent (UserToDeviceData): handed on as they come, octet by octet out of
 * the receive buffer, the parts of a long one in their order. Nothing is kept here; what does not fit, is cut or comes out of turn is
 * refused whole, and each object is answered once.
 */
import type { DataHead } from "base/data-head";
import { Limits } from "limits";

/** Takes pushed objects, one at a time. */
export interface DataSink {
	/** An object begins; `head` is good until the next one does. @returns false to refuse it. */
	begin(head: DataHead): boolean;
	/** More of it: octets `from` to `to` of a buffer that belongs to the caller. @returns false to refuse the object. */
	take(octets: Uint8Array, from: number, to: number): boolean;
	/** It is whole. @returns the object that answers it; '' when it was none that can be shown. */
	end(): string;
	/** The rest of it does not come, or is refused. */
	cancel(): void;
}

/** Parts of an object: first, middle, last; one that comes whole is a last one, or a first one with its end in it. */
export const Part = Object.freeze({ first: 0, middle: 1, last: 2 });

/** What is answered; the numbers above 0 are those of CiscoIPPhoneError. `none`: nothing before the last part. */
export const PushAnswer = Object.freeze({ none: -1, ok: 0, unreadable: 1, outOfTurn: 2, refused: 3 });

export class Pushed implements DataHead {
	/** Who shows what is pushed; without it all is refused. */
	sink: DataSink | undefined = undefined;
	version1 = false;
	application = 0;
	line = 0;
	reference = 0;
	transaction = 0;
	priority = 0;
	conference = 0;
	instance = 0;
	routing = 0;
	/** The object that answers what has come whole; '' where its number says it all. */
	answerText = "";
	private size = 0;
	/** What {@link begin} found: the part is the first of an object, or one more of that which is coming. */
	private begins = false;
	private same = false;
	/** What the object that is coming will be answered; {@link PushAnswer.none} while there is none. */
	private answer: number = PushAnswer.none;

	/**
	 * Begins an object where a part is the first of one: what else its message says of it is to be set then, before {@link part}.
	 * @param sequence is of {@link Part}. @returns true where it is the first.
	 */
	begin(sequence: number, application: number, transaction: number): boolean {
		this.same = this.answer !== PushAnswer.none && application === this.application && transaction === this.transaction;
		this.begins = sequence === Part.first || (sequence === Part.last && !this.same);
		if (!this.begins) return false;
		this.stop();
		this.application = application;
		this.transaction = transaction;
		this.version1 = false;
		this.priority = 0;
		this.conference = 0;
		this.instance = 0;
		this.routing = 0;
		return true;
	}

	/**
	 * Takes the part that {@link begin} has been told of. @param length octets that the message says it has, from `from` on; @param
	 * received those that are there. @returns a number of {@link PushAnswer}.
	 */
	part(sequence: number, octets: Uint8Array, from: number, length: number, received: number): number {
		this.answerText = "";
		if (this.begins) {
			this.size = 0;
			this.answer = this.sink?.begin(this) === true ? PushAnswer.ok : PushAnswer.refused;
		} else if (!this.same || sequence > Part.last) {
			if (this.same) this.stop();
			return PushAnswer.outOfTurn;
		}
		if (this.answer === PushAnswer.ok) this.take(octets, from, length, received);
		const whole = sequence === Part.first && isWhole(octets, from, from + Math.min(length, received));
		if (sequence !== Part.last && !whole) return PushAnswer.none;
		let answer = this.answer;
		if (answer === PushAnswer.ok) {
			this.answerText = this.sink?.end() ?? "";
			if (this.answerText === "") answer = PushAnswer.unreadable;
		}
		this.answer = PushAnswer.none;
		return answer;
	}

	/** No more comes of the object that is coming. */
	stop(): void {
		if (this.answer === PushAnswer.ok) this.sink?.cancel();
		this.answer = PushAnswer.none;
	}

	private take(octets: Uint8Array, from: number, length: number, received: number): void {
		this.size += length;
		if (length > received) this.answer = PushAnswer.unreadable;
		else if (this.size > Limits.pushedData || this.sink?.take(octets, from, from + length) !== true)
			this.answer = PushAnswer.refused;
		if (this.answer !== PushAnswer.ok) this.sink?.cancel();
	}
}

const blank = 0x20;
const exclamation = 0x21;
const slash = 0x2f;
const less = 0x3c;
const greater = 0x3e;
const question = 0x3f;

/**
 * True when octets `from` to `to` end with the end of the element that they begin with: some call agents number the only part as the
 * first of several (menus of parked calls and conferences of sccp-protocol), and no other one follows.
 */
function isWhole(octets: Uint8Array, from: number, to: number): boolean {
	let end = to;
	while (end > from && (octets[end - 1] as number) <= blank) end -= 1;
	if (end === from || octets[end - 1] !== greater) return false;
	// the first element's name, behind declarations and comments
	let name = from + 1;
	while (name < end && (octets[name - 1] !== less || octets[name] === question || octets[name] === exclamation))
		name += 1;
	let size = 0;
	while (name + size < end && isNamed(octets[name + size] as number)) size += 1;
	const close = end - 1 - size;
	if (size === 0 || close - 2 <= name || octets[close - 1] !== slash || octets[close - 2] !== less) return false;
	for (let i = 0; i < size; i += 1) if (octets[name + i] !== octets[close + i]) return false;
	return true;
}

/** True for an octet of a name in XML. */
function isNamed(octet: number): boolean {
	return octet > blank && octet !== slash && octet !== greater && octet !== less;
}
