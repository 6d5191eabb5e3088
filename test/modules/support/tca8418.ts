// A TCA8418 by its registers: key events of a matrix in a store of ten, the interrupt line, reserved registers refused.
import type { Contacts } from "./contacts.js";

const ROWS = 8;
const COLUMNS = 10;
const LAST = 0x2e;

export class FakeTca8418 {
	readonly registers = new Uint8Array(LAST + 1);
	/** Level of the interrupt line. */
	level = 1;
	fallen: () => void = () => undefined;
	/** True: the other end does not hear the edge. */
	deaf = false;
	/** True: no answer on the bus. */
	broken = false;
	private readonly contacts: Contacts;
	private readonly events: number[] = [];
	private seen: number[] = new Array<number>(ROWS).fill(0);

	constructor(contacts: Contacts) {
		this.contacts = contacts;
	}

	/** The chip scans from the moment that rows and columns are keys. */
	configured(): void {
		this.seen = Array.from({ length: ROWS }, (_, row) => this.contacts.low([row]));
	}

	press(row: number, column: number): void {
		this.contacts.set(row, column, true);
		this.scan();
	}

	release(row: number, column: number): void {
		this.contacts.set(row, column, false);
		this.scan();
	}

	write(source: Uint8Array): void {
		this.answer();
		const [register, value] = source as unknown as [number, number];
		if (source.length !== 2) throw new Error(`a write of ${source.length} octets`);
		if (register === 0 || register > LAST) throw new Error(`register ${register} is reserved`);
		if (register === 0x02) {
			this.registers[2] = (this.registers[2] as number) & ~value;
			if (this.events.length > 0) this.registers[2] |= 1;
			this.drive();
		} else this.registers[register] = value;
	}

	writeRead(source: Uint8Array, target: Uint8Array): void {
		this.answer();
		const register = source[0] as number;
		if (source.length !== 1 || target.length !== 1) throw new Error("not a register's read");
		if (register === 0 || register > LAST) throw new Error(`register ${register} is reserved`);
		if (register === 0x04) target[0] = this.events.shift() ?? 0;
		else target[0] = this.registers[register] as number;
	}

	private answer(): void {
		if (this.broken) throw new Error("no answer");
	}

	/** Key of each crossing that changes, those of lower rows and columns first. */
	private scan(): void {
		const rows = this.registers[0x1d] as number;
		const columns = (this.registers[0x1e] as number) | ((this.registers[0x1f] as number) << 8);
		for (let row = 0; row < ROWS; row++) {
			const bits = ((rows >> row) & 1) === 1 ? this.contacts.low([row]) & columns : 0;
			for (let column = 0; column < COLUMNS; column++) {
				if ((((this.seen[row] as number) ^ bits) & (1 << column)) === 0) continue;
				this.event((((bits >> column) & 1) << 7) | (row * COLUMNS + column + 1));
			}
			this.seen[row] = bits;
		}
		this.drive();
	}

	private event(event: number): void {
		this.registers[2] = (this.registers[2] as number) | 1;
		if (this.events.length < 10) this.events.push(event);
		else this.registers[2] |= 8;
	}

	private drive(): void {
		const enabled = (this.registers[1] as number) & 0x09;
		const before = this.level;
		this.level = ((this.registers[2] as number) & enabled) !== 0 ? 0 : 1;
		if (before === 1 && this.level === 0 && !this.deaf) this.fallen();
	}
}
