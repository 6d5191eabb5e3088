/*
 * What a call agent says of a call in small numbers: its type, who of its parties is to be hidden, how much of it a phone that shares the
 * line may show, which list it goes into, its ringer and its softkeys.
 */
import { Packed } from "phone/packed";

/** Bits of partyPIRestrictionBits: what of which party is not to be shown. */
export const Restriction = Object.freeze({
	callingName: 0x01,
	callingNumber: 0x02,
	calledName: 0x04,
	calledNumber: 0x08,
	originalName: 0x10,
	originalNumber: 0x20,
	redirectingName: 0x40,
	redirectingNumber: 0x80,
	calling: 0x03,
	called: 0x0c,
});

/** How much of a call may be shown by who shares its line (privacy of CallState): all, that there is one, nothing. */
export const Visibility = Object.freeze({ all: 0, collapsed: 1, hidden: 2 });

/** The list that a call goes into (CallHistoryInfo); `untold` as long as the call agent has named none. */
export const Disposition = Object.freeze({ ignore: 0, placed: 1, received: 2, missed: 3, untold: 7 });

/** Ringer mode of SetRinger that means silence. */
export const ringerOff = 1;

/** Each field's lowest bit; masks of those that have several. */
const restriction = 0;
const visibility = 8;
const security = 10;
const disposition = 12;
const elsewhere = 15;
const marked = 16;
const recorded = 17;
const leaving = 18;
const type = 19;
const ringer = 21;
const softkeySet = 25;
const concealed = 30;
const answering = 31;
const bits2 = 3;
const bits3 = 7;
const bits4 = 15;
const bits5 = 31;
const bits8 = 255;

const atFirst = (Disposition.untold << disposition) | (ringerOff << ringer);

export class CallFacts extends Packed {
	constructor() {
		super(atFirst);
	}

	/** Back to what holds before the call agent has said anything. */
	forget(): void {
		this.facts = atFirst;
	}

	/** Bits of {@link Restriction}. */
	get restriction(): number {
		return this.get(restriction, bits8);
	}

	set restriction(bits: number) {
		this.put(restriction, bits8, bits);
	}

	/** A number of {@link Visibility}. */
	get visibility(): number {
		return this.get(visibility, bits2);
	}

	set visibility(value: number) {
		this.put(visibility, bits2, value);
	}

	/** A number of `CallSecurity`; one without a meaning is unknown. */
	get security(): number {
		return this.get(security, bits2);
	}

	set security(value: number) {
		this.put(security, bits2, value <= bits2 ? value : 0);
	}

	/** A number of {@link Disposition}. */
	get disposition(): number {
		return this.get(disposition, bits3);
	}

	set disposition(value: number) {
		this.put(disposition, bits3, value);
	}

	/** Another phone of a shared line has it: it was answered, held or placed there. */
	get elsewhere(): boolean {
		return this.get(elsewhere, 1) === 1;
	}

	set elsewhere(value: boolean) {
		this.put(elsewhere, 1, Number(value));
	}

	/** Chosen among others, to be joined or transferred with them. */
	get marked(): boolean {
		return this.get(marked, 1) === 1;
	}

	set marked(value: boolean) {
		this.put(marked, 1, Number(value));
	}

	/** Somebody records it. */
	get recorded(): boolean {
		return this.get(recorded, 1) === 1;
	}

	set recorded(value: boolean) {
		this.put(recorded, 1, Number(value));
	}

	/** The user has hung it up, which the call agent has not confirmed yet. */
	get leaving(): boolean {
		return this.get(leaving, 1) === 1;
	}

	set leaving(value: boolean) {
		this.put(leaving, 1, Number(value));
	}

	/** A number of `CallType`, 0 not known yet. */
	get type(): number {
		return this.get(type, bits2);
	}

	set type(value: number) {
		this.put(type, bits2, value <= bits2 ? value : 0);
	}

	/** Mode in which it is to ring, {@link ringerOff} while it is not. */
	get ringer(): number {
		return this.get(ringer, bits4);
	}

	set ringer(mode: number) {
		this.put(ringer, bits4, mode);
	}

	/** Softkey set selected for this call, -1 before one was. */
	get softkeySet(): number {
		return this.get(softkeySet, bits5) - 1;
	}

	set softkeySet(set: number) {
		this.put(softkeySet, bits5, set + 1);
	}

	/** With whom it is was never to be shown here, and it has never been this phone's own. */
	get concealed(): boolean {
		return this.get(concealed, 1) === 1;
	}

	set concealed(value: boolean) {
		this.put(concealed, 1, Number(value));
	}

	/** The user takes it while it rings, which the call agent has not confirmed yet. */
	get answering(): boolean {
		return this.get(answering, 1) === 1;
	}

	set answering(value: boolean) {
		this.put(answering, 1, Number(value));
	}

	/** Whether all of some bits of {@link Restriction} are set. */
	hides(bits: number): boolean {
		return (this.facts & bits) === bits;
	}
}
