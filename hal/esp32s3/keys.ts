/*
 * Keys of a matrix, from crossings that close and open to what the phone hears: keys that could be ghosts are left out, keys of
 * navigation and volume repeat while they are down, others are told once more when they are held. Crossings come debounced.
 */
import { Key, type KeypadListener } from "hal/hardware";

/** What gives key presses: a scanner, a matrix, a touch screen. */
export interface KeySource {
	start(listener: KeypadListener): void;
}

/** Milliseconds until the first repeat, between repeats, and until a key counts as held. */
const FIRST_REPEAT = 500;
const REPEAT = 150;
const HOLD = 1000;

function repeats(key: number): boolean {
	return (key >= Key.up && key <= Key.right) || key === Key.volumeUp || key === Key.volumeDown;
}

export class Keys {
	private readonly keys: readonly (readonly number[])[];
	private readonly ghosts: boolean;
	/** Bits by column: crossings that are closed, row by row, and after them those of them that are not told. */
	private readonly closed: Uint16Array;
	private readonly rows: number;
	private listener: KeypadListener | undefined;
	/** The key that went down last and is still down, -1 when there is none; milliseconds until it is told again. */
	private down = -1;
	private wait = 0;

	/** @param keys `Key` numbers by row and column, -1 where there is none. @param diodes a diode at each key lets no ghost through. */
	constructor(keys: readonly (readonly number[])[], diodes: boolean) {
		this.keys = keys;
		this.ghosts = !diodes;
		this.rows = keys.length;
		this.closed = new Uint16Array(2 * keys.length);
	}

	start(listener: KeypadListener): void {
		this.listener = listener;
	}

	/** Whether {@link elapse} is needed: a key is down that has more to tell. */
	get waiting(): boolean {
		return this.down >= 0;
	}

	/** A crossing has closed or opened; one that the matrix does not have is ignored. */
	change(row: number, column: number, closed: boolean): void {
		const key = this.keys[row]?.[column] ?? -1;
		const bit = 1 << column;
		const blocked = this.rows + row;
		if (key < 0 || (((this.closed[row] as number) & bit) !== 0) === closed) return;
		if (closed) {
			this.closed[row] = (this.closed[row] as number) | bit;
			if (this.ghosts && this.isDoubtful(row, column)) {
				this.closed[blocked] = (this.closed[blocked] as number) | bit;
				return;
			}
			this.down = key;
			this.wait = repeats(key) ? FIRST_REPEAT : HOLD;
			this.listener?.key(key, true);
			return;
		}
		this.closed[row] = (this.closed[row] as number) & ~bit;
		if (((this.closed[blocked] as number) & bit) !== 0) {
			this.closed[blocked] = (this.closed[blocked] as number) & ~bit;
			return;
		}
		if (key === this.down) this.down = -1;
		this.listener?.key(key, false);
	}

	/** All crossings have opened, or it is not known which are closed. */
	releaseAll(): void {
		for (let row = 0; row < this.rows; row++)
			for (let column = 0; this.closed[row] !== 0; column++) this.change(row, column, false);
	}

	/** So many milliseconds have gone by. */
	elapse(milliseconds: number): void {
		if (this.down < 0) return;
		this.wait -= milliseconds;
		if (this.wait > 0) return;
		const key = this.down;
		if (repeats(key)) {
			this.wait = REPEAT;
			this.listener?.key(key, true);
		} else {
			this.down = -1;
			this.listener?.held?.(key);
		}
	}

	/**
	 * Three keys at corners of a rectangle close the fourth, too, through each other: the third that closes and the fourth cannot
	 * be told apart, so neither is believed.
	 */
	private isDoubtful(row: number, column: number): boolean {
		const bit = 1 << column;
		const own = this.closed[row] as number;
		for (let other = 0; other < this.rows; other++) {
			const bits = this.closed[other] as number;
			if (other === row || bits === 0) continue;
			if ((bits & bit) !== 0 && ((bits | own) & ~bit) !== 0) return true;
			if ((bits & own & ~bit) !== 0) return true;
		}
		return false;
	}
}
