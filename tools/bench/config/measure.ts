/*
 * Runs inside XS: what reading a configuration file costs there (argument "parse"), whether reading many damaged ones makes the heap grow
 * (arguments "damage" and their count), and what a dictionary costs and how much of it is shown ("dictionary"). Prints one JSON object.
 */
import { documents, expected } from "bench/documents";
import { HostFlash } from "hal/host/flash";
import { hasLetter } from "hal/letters";
import { XmlDocument } from "provisioning/document";
import { Phrases } from "provisioning/phrases";
import { ConfigurationReader } from "provisioning/reader";
import { Dictionary, type Written } from "ui/dictionary";
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

/** How a call agent refers to a phrase, by its number in the file of a locale. */
function reference(number: number): Written {
	const octets = number > 100 ? [0x80, number - 100] : [0x1e, number];
	const text = String.fromCharCode(...octets);
	return { length: 2, octet: (index) => octets[index] as number, toString: () => text };
}

/** Reads each dictionary as the phone does, and looks up all of its phrases as the screen does. */
function dictionaries(): object[] {
	const before = new Uint32Array(Figure.count);
	const after = new Uint32Array(Figure.count);
	const flash = new HostFlash("");
	return documents.map((document, index) => {
		const parts = pieces(document);
		const all = expected[index] as readonly (readonly [number, string])[];
		const references = all.map(([number]) => reference(number));
		const dictionary = new Dictionary();
		const write = (): Phrases => {
			const phrases = new Phrases(flash);
			const writer = phrases.write(hasLetter);
			const xml = new XmlDocument(new XmlReader(), writer);
			for (let i = 0; i < parts.length; i += 1) xml.data(parts[i] as Uint8Array);
			const problem = xml.end() || writer.finish(`locale ${index}`);
			if (problem !== "") throw new Error(problem);
			phrases.open();
			return phrases;
		};
		write();
		collect();
		figures(before);
		const start = Date.now();
		dictionary.translations = write();
		const milliseconds = Date.now() - start;
		figures(after);
		if (after[Figure.collections] !== before[Figure.collections]) throw new Error("collected while it was measured");
		const peak = bytes(after) - bytes(before);
		collect();
		const kept = bytes(figures(after)) - bytes(before);
		let shown = 0;
		for (let i = 0; i < all.length; i += 1) {
			const label = references[i] as Written;
			const [, text] = all[i] as readonly [number, string];
			if (dictionary.show(label) === text && dictionary.expand(`(${label})`) === `(${text})`) shown += 1;
		}
		collect();
		figures(before);
		const begun = Date.now();
		for (let i = 0; i < references.length; i += 1) dictionary.show(references[i] as Written);
		const lookup = ((Date.now() - begun) * 1000) / references.length;
		figures(after);
		if (after[Figure.collections] !== before[Figure.collections]) throw new Error("collected while it was measured");
		const garbage = (bytes(after) - bytes(before)) / references.length;
		collect();
		const shownOnce = bytes(figures(after));
		for (let i = 0; i < references.length; i += 1) dictionary.show(references[i] as Written);
		collect();
		const growth = bytes(figures(after)) - shownOnce;
		return {
			octets: document.length,
			phrases: all.length,
			phrases_shown_ratio: shown / all.length,
			ms: milliseconds,
			peak_heap_bytes: peak,
			kept_bytes: kept,
			lookup_us: lookup,
			lookup_garbage_bytes: Math.round(garbage),
			growth_bytes: growth,
		};
	});
}

const argument = (index: number): string | undefined =>
	native("xs_host_argument").call(undefined, index) as string | undefined;
function run(): object {
	switch (argument(0)) {
		case "damage":
			return damage(Number(argument(1)));
		case "dictionary":
			return dictionaries();
		default:
			return parse();
	}
}

const result = run();
native("xs_host_print").call(undefined, `${JSON.stringify(result)}\n`);
native("xs_host_exit").call(undefined, 0);
