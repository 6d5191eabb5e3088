// What the SDK's compiler wants of functions that are C's, and of fields: what it takes, and what it warns of or refuses.
import { assert } from "chai";
import { checkNatives } from "../../../tools/check/natives.js";
import { lines, withProject } from "./support.js";

function complaints(source: string): string[] {
	return withProject({ "hal/chip.ts": source }, (project) =>
		lines(checkNatives(project, ["hal/chip.ts", "hal/chip.ts"])),
	);
}

describe("natives of the device", () => {
	it("takes functions, methods and constructors that are C's as a whole", () => {
		const source = `
export function restart(this: void): undefined {
	native("xs_restart").call(this);
}
function start(this: void, name: string, changed: (text: string) => void): undefined {
	native("xs_start").call(this, name, changed);
}
const Calls = Object.freeze({
	take(octets: Uint8Array, from: number, ...more: number[]): number | undefined {
		return native("xs_take").call(this, octets, from, ...more);
	},
});
export class Band extends Native("xs_band_destructor") {
	constructor(width: number, height: number) {
		super();
		native("xs_band").call(this, width, height);
	}
	get async(): boolean {
		return false;
	}
	get format(): number {
		return native("xs_format").call(this);
	}
}
class Painter {
	private native(color: number): number {
		return color;
	}
	private readonly color: number = 0;
	paint(): number {
		return this.native(this.color) + this.native({ async: 1 });
	}
}
`
			.replace("...more: number[]", "more: number[]")
			.replace("...more)", "more)");
		assert.deepEqual(complaints(source), []);
	});

	it("complains of what they do besides, and of other parameters", () => {
		const source = `
function peer(connection: object): string {
	return native("xs_peer").call(connection);
}
function swapped(a: number, b: number): number {
	return native("xs_swapped").call(this, b, a);
}
function most(a = 3): number {
	return native("xs_most").call(this, a);
}
function more(a: number): number {
	const b = native("xs_more").call(this, a);
	return b;
}
function early(a: number): void {
	native("xs_early").call(this, a);
	done();
}
const bare = native("xs_bare");
`;
		assert.deepEqual(complaints(source), [
			'hal/chip.ts:3: native("xs_peer") is given (connection) where its function has (this, connection)',
			'hal/chip.ts:6: native("xs_swapped") is given (this, b, a) where its function has (this, a, b)',
			'hal/chip.ts:9: native("xs_most") is given (this, a) where its function has (this, a default)',
			'hal/chip.ts:12: native("xs_more") is not all that its function does',
			'hal/chip.ts:16: native("xs_early") is not all that its function does',
			'hal/chip.ts:19: native("xs_bare") is not called as native("...").call(this, ...)',
		]);
	});

	it("complains of constructors of C in classes that have fields, and without super()", () => {
		const source = `
class Band extends Native("xs_band_destructor") {
	readonly width: number;
	constructor(width: number) {
		super();
		native("xs_band").call(this, width);
	}
}
class Bare {
	constructor() {
		native("xs_bare").call(this);
	}
}
`;
		assert.deepEqual(complaints(source), [
			`hal/chip.ts:6: native("xs_band") makes the constructor C's, which does not set width`,
			'hal/chip.ts:11: native("xs_bare") has no super() before it',
		]);
	});

	it("complains of fields that are named async", () => {
		const source = `
class Band {
	readonly async = false;
	private get: number;
	static async?: boolean;
	get size(): number {
		return 1;
	}
	set size(async: number) {}
	async wait(): Promise<void> {}
}
const options = { async: true };
`;
		assert.deepEqual(complaints(source), [
			"hal/chip.ts:3: a field named async is none to the SDK's compiler: make it a getter",
			"hal/chip.ts:5: a field named async is none to the SDK's compiler: make it a getter",
		]);
	});
});
