/*
 * Runs inside XS: the phone's records over the host's real storage files, with power cuts. A cut at octet N leaves the slot's
 * file with N octets, as a torn write would. With `endless` it writes until it is killed, with
 * `read` it tells what stands there then; otherwise its words are how many octets each record has.
 */
import KeyValue from "embedded:storage/key-value";
import { Store } from "settings/store";
import type { Storage } from "../../../hal/hardware.js";

const native = (globalThis as unknown as { native(name: string): (...values: unknown[]) => unknown }).native;
const argument = (index: number) => native("xs_host_argument").call(undefined, index) as string | undefined;
const print = (text: string) => native("xs_host_print").call(undefined, text);

const folder = argument(0) ?? "";
const open = () => KeyValue.open({ path: folder });

/** Storage over the real files that tears the write in which the power goes. */
class Torn implements Storage {
	/** Steps until the power goes: one begins an operation, one is each octet. */
	left = Number.POSITIVE_INFINITY;
	readonly #domain = open();

	read(key: string): string | undefined {
		return this.#domain.read(key);
	}

	write(key: string, value: string): void {
		this.#step();
		if (this.left < value.length) {
			this.#domain.write(key, value.slice(0, this.left));
			throw new Error("the power is gone");
		}
		this.left -= value.length;
		this.#domain.write(key, value);
	}

	delete(key: string): void {
		this.#step();
		this.#domain.delete(key);
	}

	#step(): void {
		if (this.left <= 0) throw new Error("the power is gone");
		this.left -= 1;
	}
}

const silent = () => {};
const restarted = () => new Store(open(), silent);

interface Count {
	cuts: number;
	lost: number;
}

/** Cuts a change from one value to another (undefined: none) at every step that it takes. */
function change(key: string, from: string | undefined, to: string | undefined, count: Count): void {
	for (let cut = 0; ; cut += 1) {
		const torn = new Torn();
		torn.left = cut;
		const store = new Store(torn, silent);
		const failed = (to === undefined ? store.delete(key) : store.write(key, to)) !== "";
		const found = restarted().read(key);
		if (found !== from && found !== to) count.lost += 1;
		if (!failed) {
			if (found !== to) count.lost += 1;
			return;
		}
		count.cuts += 1;
	}
}

/** A text of some lines, as settings, a configuration and a call list are kept; each `version` differs in all of it. */
function sample(octets: number, version: number): string {
	let text = "";
	for (let line = version; text.length < octets; line += 1) text += `${line}=${(line * 2654435761) % 4294967296}\n`;
	return text.slice(0, octets);
}

function run(): void {
	const count: Count = { cuts: 0, lost: 0 };
	for (let index = 1; ; index += 1) {
		const octets = Number(argument(index));
		if (!(octets > 0)) break;
		const key = `record${index}`;
		let value: string | undefined;
		for (let version = 1; version <= 2; version += 1) {
			const next = sample(octets, version);
			change(key, value, next, count);
			value = next;
		}
		change(key, value, undefined, count);
	}
	print(JSON.stringify(count));
}

/** Counts up in a record until this process is killed; says each number before it is written and after. */
function runEndless(): void {
	const store = restarted();
	let number = Number((store.read("kill") ?? "0").split("\n")[0]);
	for (;;) {
		number += 1;
		print(`begin ${number}`);
		const wrong = store.write("kill", `${number}\n${sample(1000, number)}`);
		if (wrong !== "") throw new Error(wrong);
		print(`done ${number}`);
	}
}

if (argument(1) === "endless") runEndless();
else if (argument(1) === "read") {
	const text = restarted().read("kill") ?? "";
	const number = Number(text.split("\n")[0]);
	print(text === `${number}\n${sample(1000, number)}` ? String(number) : "0");
} else run();
native("xs_host_exit").call(undefined, 0);
