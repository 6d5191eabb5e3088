// Key contacts as they are: closed crossings join a row and a column, so that current finds its way through several of them.

export class Contacts {
	private readonly closed: boolean[][];
	private readonly diodes: boolean;

	constructor(rows: number, columns: number, diodes = false) {
		this.closed = Array.from({ length: rows }, () => new Array<boolean>(columns).fill(false));
		this.diodes = diodes;
	}

	set(row: number, column: number, closed: boolean): void {
		(this.closed[row] as boolean[])[column] = closed;
	}

	/** Columns that are low while these rows are, as bits. Without diodes also those joined to them through other rows. */
	low(rows: readonly number[]): number {
		const reached = new Set(rows);
		let columns = 0;
		for (;;) {
			const before = columns;
			for (const row of reached)
				for (let column = 0; column < (this.closed[row] as boolean[]).length; column++)
					if (this.closed[row]?.[column]) columns |= 1 << column;
			if (columns === before || this.diodes) return columns;
			for (let row = 0; row < this.closed.length; row++)
				if (this.closed[row]?.some((closed, column) => closed && (columns & (1 << column)) !== 0)) reached.add(row);
		}
	}
}
