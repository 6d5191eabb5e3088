/*
 * A board by KiCad 9: `route` places the parts of hardware/<board>/layout.json, draws the tracks and pours the ground; `fab` checks the
 * board by KiCad's design rules and writes what its makers want. Neither is a part of building Linnet.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../phone/project.js";
import type { BoardFiles } from "./documents.js";
import { checkDrawn, readExpression, readNetlist } from "./kicad.js";
import { type Layout, type PlacedPart, placeParts } from "./placing.js";

/** Python that has KiCad's module: Debian installs it for its own. */
const PYTHON = process.env.KICAD_PYTHON ?? "/usr/bin/python3";

/** The compiler of the router; C, since a search in TypeScript or Python takes an hour. */
const COMPILER = process.env.CC ?? "cc";

/** Why a program could not do its work, in one line. */
export class ToolError extends Error {}

function run(program: string, args: readonly string[], hint: string, input?: string): string {
	const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, input });
	if (error !== undefined) throw new ToolError(`${program} cannot be started (${error.message}): ${hint}`);
	if (status !== 0)
		throw new ToolError(`${program} ${args[0]} ended with ${status}: ${(stderr || stdout).trim().split("\n").at(-1)}`);
	return stdout;
}

/** The library of footprints beside the board. */
const OWN = "linnet";

const KICAD = "KiCad 9 is needed (Debian 12: bookworm-backports, packages kicad, kicad-footprints)";

export interface DesignRules {
	readonly errors: number;
	readonly warnings: number;
	readonly unconnected: number;
	/** Each violation in a line. */
	readonly lines: readonly string[];
}

export function paths(board: string): { readonly board: string; readonly schematic: string; readonly made: string } {
	return {
		schematic: join(projectRoot, "hardware", board, "kicad", `${board}.kicad_sch`),
		board: join(projectRoot, "hardware", board, "kicad", `${board}.kicad_pcb`),
		made: join(projectRoot, "build/hardware", board),
	};
}

/** Where KiCad finds the footprints, so that it can compare the board's with its own. */
function libraryTable(parts: readonly PlacedPart[]): string {
	const names = new Set(["MountingHole", ...parts.map(({ footprint }) => footprint.split(":")[0] as string)]);
	const lines = [...names].sort().map((name) => {
		const place = name === OWN ? `\${KIPRJMOD}/${OWN}.pretty` : `\${KICAD9_FOOTPRINT_DIR}/${name}.pretty`;
		return `\t(lib (name "${name}") (type "KiCad") (uri "${place}") (options "") (descr ""))`;
	});
	return `(fp_lib_table\n\t(version 7)\n${lines.join("\n")}\n)\n`;
}

/** Places and routes a board anew. The file that is there is replaced. */
export function route({ board, circuit }: BoardFiles, layout: Layout): void {
	if (circuit === undefined) throw new ToolError(`${board.name} is a board to buy: there is nothing to lay out`);
	const { parts, complaints } = placeParts(board, circuit, layout);
	if (complaints.length > 0) throw new ToolError(complaints.join("; "));
	const { board: file, made } = paths(board.name);
	mkdirSync(made, { recursive: true });
	const told = join(made, "parts.json");
	const listed = parts.map((part) => ({ ...part, pads: [...part.pads] }));
	writeFileSync(told, JSON.stringify({ title: board.title, layout, parts: listed }));
	writeFileSync(join(dirname(file), "fp-lib-table"), libraryTable(parts));
	const script = join(projectRoot, "tools/hardware/kicad/layout.py");
	const [found, tracks, router] = [join(made, "found.txt"), join(made, "tracks.txt"), join(made, "router")];
	run(PYTHON, [script, "build", told, file, found], KICAD);
	const source = join(projectRoot, "tools/hardware/kicad/router.c");
	run(COMPILER, ["-std=c11", "-O2", "-o", router, source, "-lm"], "a C compiler is needed");
	writeFileSync(tracks, run(router, [], "the compiler made none", readFileSync(found, "utf8")));
	run(PYTHON, [script, "route", told, file, tracks], KICAD);
	passOver(file.replace(/pcb$/, "pro"));
}

/**
 * What KiCad's checks are to pass over, and why: footprints of keys differ from the library's only because theirs are of a board of two layers; the
 * schematic's symbols are in no library, and their places in no grid.
 */
const PASSED_OVER = { board: ["lib_footprint_mismatch"], schematic: ["endpoint_off_grid", "lib_symbol_issues"] };

/** Sets that in the project's file, which KiCad has written. */
function passOver(file: string): void {
	const project = JSON.parse(readFileSync(file, "utf8")) as {
		board: { design_settings: { rule_severities: Record<string, string> } };
		erc: { rule_severities: Record<string, string> };
	};
	for (const rule of PASSED_OVER.board) project.board.design_settings.rule_severities[rule] = "ignore";
	project.erc.rule_severities ??= {};
	for (const rule of PASSED_OVER.schematic) project.erc.rule_severities[rule] = "ignore";
	writeFileSync(file, `${JSON.stringify(project, null, "\t")}\n`);
}

interface Violation {
	readonly severity: string;
	readonly description: string;
	readonly items: readonly { readonly description: string }[];
}

function sentence({ description, items }: Violation): string {
	return `${description} [${items.map((item) => item.description).join("; ")}]`;
}

/** KiCad's electrical rules on a schematic, and where the netlist that KiCad reads from it differs from the circuit's; empty when nothing is wrong. */
export function checkSchematic({ board, circuit }: BoardFiles, layout: Layout): string[] {
	if (circuit === undefined) return [];
	const { schematic, made } = paths(board.name);
	mkdirSync(made, { recursive: true });
	const report = join(made, "erc.json");
	run("kicad-cli", ["sch", "erc", "--format", "json", "--severity-all", "--output", report, schematic], KICAD);
	const { sheets } = JSON.parse(readFileSync(report, "utf8")) as { sheets: { violations: Violation[] }[] };
	const netlist = join(made, "netlist.net");
	run("kicad-cli", ["sch", "export", "netlist", "--format", "kicadsexpr", "--output", netlist, schematic], KICAD);
	const { parts, complaints } = placeParts(board, circuit, layout);
	return [
		...sheets.flatMap(({ violations }) => violations).map(sentence),
		...complaints,
		...checkDrawn(parts, readNetlist(readExpression(readFileSync(netlist, "utf8")))).map(
			(text) => `schematic: ${text}`,
		),
	];
}

/** KiCad's design rules on a board as it lies in the tree. */
export function checkRules(name: string): DesignRules {
	const { board, made } = paths(name);
	mkdirSync(made, { recursive: true });
	const report = join(made, "drc.json");
	run("kicad-cli", ["pcb", "drc", "--format", "json", "--severity-all", "--output", report, board], KICAD);
	const { violations, unconnected_items: open } = JSON.parse(readFileSync(report, "utf8")) as {
		violations: Violation[];
		unconnected_items: Violation[];
	};
	const lines = [...violations, ...open].map(sentence);
	return {
		errors: violations.filter(({ severity }) => severity === "error").length,
		warnings: violations.filter(({ severity }) => severity !== "error").length,
		unconnected: open.length,
		lines,
	};
}

/** What makers want of a board, and pictures of it, into build/hardware/<board>: Gerbers, drill files, positions. The files written. */
export function fabricate(name: string): string[] {
	const { board, schematic, made } = paths(name);
	const gerbers = join(made, "gerbers");
	rmSync(gerbers, { recursive: true, force: true });
	mkdirSync(gerbers, { recursive: true });
	const layers = "F.Cu,In1.Cu,In2.Cu,B.Cu,F.Paste,B.Paste,F.Silkscreen,B.Silkscreen,F.Mask,B.Mask,Edge.Cuts";
	const kicad = (...words: string[]): string => run("kicad-cli", words, KICAD);
	kicad("pcb", "export", "gerbers", "--layers", layers, "--subtract-soldermask", "--output", `${gerbers}/`, board);
	kicad("pcb", "export", "drill", "--format", "excellon", "--excellon-separate-th", "--output", `${gerbers}/`, board);
	const positions = join(made, "positions.csv");
	kicad("pcb", "export", "pos", "--format", "csv", "--units", "mm", "--side", "both", "--output", positions, board);
	const pdf = join(made, "schematic.pdf");
	kicad("sch", "export", "pdf", "--output", pdf, schematic);
	const pictures = (["top", "bottom"] as const).map((side) => {
		const picture = join(made, `${side}.png`);
		kicad(
			"pcb",
			"render",
			"--side",
			side,
			"--width",
			"1500",
			"--height",
			"1400",
			"--zoom",
			"0.9",
			"--background",
			"opaque",
			"--output",
			picture,
			board,
		);
		return picture;
	});
	return [...readdirSync(gerbers).map((file) => join(gerbers, file)), positions, pdf, ...pictures];
}
