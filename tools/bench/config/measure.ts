/*
 * Runs inside XS: what reading a configuration file costs there (argument "parse"), and whether reading many damaged ones makes the
 * heap grow (arguments "damage" and their count). Prints one JSON object.
 */
import { documents } from "bench/documents";
import { ConfigurationReader } from "provisioning/reader";
import { XmlReader } from "xml/reader";
import { Trial } from "./trial.js";

/** The host program's natives. */
type Native = (name: string) => (...values: unknown[]) => unknown;
const { native } = globalThis as unknown as { native: Native };

/** Index of figures that the host program gives (HostFigures). */
const Figure = Object.freeze({ slots: 0, chunks: 3, collections: 8, slotSize: 11, count: 14 });
/** Octets of a TFTP block that a phone asks for. */
const pieceSize = 1428;
const repetitions = 20;
/** Damaged files that are read before growth is measured. */
const first = 50;

function figures(target: Uint32Array): Uint32Array {
	native("xs_host_figures").call(undefined, target.buffer);
	return target;
}

function collect(): void {
	native("xs_host_collect").call(undefined);
}

function bytes(figure: Uint32Array): number {
	return (figure[Figure.slots] as number) * (figure[Figure.slotSize] as number) + (figure[Figure.chunks] as number);
}

function pieces(octets: Uint8Array): Uint8Array[] {
	const all: Uint8Array[] = [];
	for (let at = 0; at < octets.length; at += pieceSize) all.push(octets.subarray(at, at + pieceSize));
	return all;
}

function read(reader: ConfigurationReader, parts: readonly Uint8Array[]): void {
	reader.begin("SEP001122334455.cnf.xml", 119);
	for (let i = 0; i < parts.length; i += 1) reader.feed(parts[i] as Uint8Array);
	if (!reader.complete()) throw new Error(reader.reason);
}

function ignore(line: string): void {
	throw new Error(`not expected in the log: ${line}`);
}

function parse(): object {
	const parts = pieces(documents[0] as Uint8Array);
	const before = new Uint32Array(Figure.count);
	const after = new Uint32Array(Figure.count);
	collect();
	figures(before);
	const reader = new ConfigurationReader(new XmlReader(), ignore);
	read(reader, parts);
	figures(after);
	// nothing was collected, so what is in use now is the most that ever was
	if (after[Figure.collections] !== before[Figure.collections]) throw new Error("collected while it was measured");
	const peak = bytes(after) - bytes(before);
	collect();
	const once = bytes(figures(after));
	const start = Date.now();
	for (let i = 0; i < repetitions; i += 1) read(reader, parts);
	const milliseconds = (Date.now() - start) / repetitions;
	collect();
	const growth = bytes(figures(after)) - once;
	return {
		octets: (documents[0] as Uint8Array).length,
		ms: milliseconds,
		heap_growth_bytes: growth,
		peak_heap_bytes: peak,
		kept_bytes: once - bytes(before),
	};
}

function damage(files: number): object {
	const trial = new Trial(documents, 20261122);
	const before = new Uint32Array(Figure.count);
	const after = new Uint32Array(Figure.count);
	trial.run(first);
	trial.settle();
	collect();
	figures(before);
	const result = trial.run(files - first);
	trial.settle();
	collect();
	figures(after);
	return { ...result, heap_growth_bytes: bytes(after) - bytes(before) };
}

const argument = (index: number): string | undefined =>
	native("xs_host_argument").call(undefined, index) as string | undefined;
const result = argument(0) === "damage" ? damage(Number(argument(1))) : parse();
native("xs_host_print").call(undefined, `${JSON.stringify(result)}\n`);
native("xs_host_exit").call(undefined, 0);
