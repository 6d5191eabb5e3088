// A page of another room: a text or a list, which notes what it is told.
import type { Page } from "base/page";
import { Key } from "hal/hardware";

export class FakePage implements Page {
	title = "Weather";
	prompt = "";
	wraps = false;
	selected = -1;
	numbered = true;
	lifetime = 0;
	softkeys: string[] = [];
	lines: string[];
	/** Pages that {@link back} goes through before it has no more. */
	behind = 0;
	/** Keys that it does something with, beside up and down in a list. */
	keys: number[] = [];
	readonly told: string[] = [];

	constructor(...lines: readonly string[]) {
		this.lines = [...lines];
	}

	get count(): number {
		return this.lines.length;
	}

	line(index: number): string {
		return this.lines[index] ?? "";
	}

	softkey(position: number): void {
		this.told.push(`softkey ${position}`);
	}

	key(key: number): boolean {
		const step = key === Key.up ? -1 : key === Key.down ? 1 : 0;
		if (this.selected >= 0 && step !== 0) this.selected = (this.selected + step + this.count) % this.count;
		else if (this.keys.includes(key)) this.told.push(`key ${key}`);
		else return false;
		return true;
	}

	choose(index: number): void {
		this.told.push(`chosen ${index}`);
	}

	point(x: number, y: number): void {
		this.told.push(`touched ${x} ${y}`);
	}

	back(): boolean {
		this.told.push("back");
		this.behind -= 1;
		return this.behind >= 0;
	}

	closed(): void {
		this.told.push("closed");
	}

	take(): string[] {
		return this.told.splice(0);
	}
}
