/*
 * What the message of a pushed object says of it beside its text (UserToDeviceData): what the user does with the object is answered to there.
 */
export interface DataHead {
	/** True for the form that has what follows {@link transaction}; it is 0 in the other one. */
	readonly version1: boolean;
	readonly application: number;
	/** Line and call that it is about, 0 for none. Some call agents put other numbers there. */
	readonly line: number;
	readonly reference: number;
	readonly transaction: number;
	/** How it may come between what the user does: 0 low, 1 normal, 2 high. */
	readonly priority: number;
	readonly conference: number;
	readonly instance: number;
	readonly routing: number;
}
