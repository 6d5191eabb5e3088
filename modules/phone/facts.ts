/*
 * What a call agent says of a call in small numbers: who of its parties is to be hidden, how much of it a phone that shares the line may
 * show, which list it goes into. All of them lie in one number, since each property of a call takes memory on the board.
 */

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

/** Each field's lowest bit, and its mask there. */
const restriction = 0;
const visibility = 8;
const security = 10;
const disposition = 12;
const elsewhere = 15;
const marked = 16;
const recorded = 17;
const octet = 255;

const atFirst = Disposition.untold << disposition;

export class CallFacts {
	/** All of them: another number when one has changed. */
	facts: number = atFirst;

	/** Back to what holds before the call agent has said anything. */
	forget(): void {
		this.facts = atFirst;
	}

	/** Bits of {@link Restriction}. */
	get restriction(): number {
		return (this.facts >> restriction) & octet;
	}

	set restriction(bits: number) {
		this.put(restriction, octet, bits);
	}

	/** A number of {@link Visibility}. */
	get visibility(): number {
		return (this.facts >> visibility) & 3;
	}

	set visibility(value: number) {
		this.put(visibility, 3, value);
	}

	/** A number of `CallSecurity`. */
	get security(): number {
		return (this.facts >> security) & 3;
	}

	set security(value: number) {
		this.put(security, 3, value);
	}

	/** A number of {@link Disposition}. */
	get disposition(): number {
		return (this.facts >> disposition) & 7;
	}

	set disposition(value: number) {
		this.put(disposition, 7, value);
	}

	/** Another phone of a shared line has it: it was answered, held or placed there. */
	get elsewhere(): boolean {
		return (this.facts & (1 << elsewhere)) !== 0;
	}

	set elsewhere(value: boolean) {
		this.put(elsewhere, 1, value ? 1 : 0);
	}

	/** Chosen among others, to be joined or transferred with them. */
	get marked(): boolean {
		return (this.facts & (1 << marked)) !== 0;
	}

	set marked(value: boolean) {
		this.put(marked, 1, value ? 1 : 0);
	}

	/** Somebody records it. */
	get recorded(): boolean {
		return (this.facts & (1 << recorded)) !== 0;
	}

	set recorded(value: boolean) {
		this.put(recorded, 1, value ? 1 : 0);
	}

	/** Whether all of some bits of {@link Restriction} are set. */
	hides(bits: number): boolean {
		return (this.facts & bits) === bits;
	}

	private put(from: number, mask: number, value: number): void {
		this.facts = (this.facts & ~(mask << from)) | ((value & mask) << from);
	}
}
