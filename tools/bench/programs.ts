/*
 * What benches of the audio pipeline have in common: building C programs, running them, and figures that they print as
 * `name value`, one a line.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";

/** Where `make -C audio` puts its programs. */
export const buildFolder = join(projectRoot, "build");

/** Names of those programs that are not there to be started. */
export function missingPrograms(...programs: readonly string[]): string[] {
	return programs.filter((program) => spawnSync(program, ["--version"], { stdio: "ignore" }).error);
}

/** Whether the C compiler finds a header. */
export function hasHeader(header: string): boolean {
	return spawnSync("gcc", ["-E", "-o", "/dev/null", "-x", "c", "-"], { input: `#include <${header}>\n` }).status === 0;
}

/** Runs a program to its end and returns its standard output; throws with what it said when it fails. */
export function run(program: string, argv: readonly string[], seconds: number): string {
	const { status, signal, stdout, stderr, error } = spawnSync(program, argv, {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
		timeout: seconds * 1000,
		cwd: projectRoot,
	});
	if (error) throw new Error(`${program}: ${error.message}`);
	if (status !== 0)
		throw new Error(`${program} ended with ${signal ?? status}\n${stdout.slice(-1000)}${stderr.slice(-2000)}`);
	return stdout;
}

/** Builds a target of audio/Makefile. */
export function make(target: string): void {
	run("make", ["-s", "-C", join(projectRoot, "audio"), target], 300);
}

/** The figures a program printed. */
export function figures(output: string): Map<string, number> {
	const found = new Map<string, number>();
	for (const [, name, value] of output.matchAll(/^(\w+) (\d+)$/gm)) found.set(name as string, Number(value));
	return found;
}

/** A figure that must be there. */
export function figure(all: ReadonlyMap<string, number>, name: string): number {
	const value = all.get(name);
	if (value === undefined) throw new Error(`the program printed no ${name}`);
	return value;
}

/**
 * Calls of a function and the instructions spent in it and below, from a file of callgrind's (Callgrind format 1: a name
 * stands at its first occurrence only and a number for it afterwards).
 */
export function callgrindCost(file: string, name: string): { calls: number; instructions: number } {
	const names = new Map<string, string>();
	let callee = "";
	let counting = false;
	let calls = 0;
	let instructions = 0;
	for (const line of readFileSync(file, "utf8").split("\n")) {
		const [, key, number, text] = /^(c?fn)=\((\d+)\)(?: (.+))?$/.exec(line) ?? [];
		if (number !== undefined) {
			if (text !== undefined) names.set(number, text);
			if (key === "cfn") callee = names.get(number) ?? "";
		} else if (line.startsWith("calls=")) {
			counting = callee === name;
			if (counting) calls += Number(/^calls=(\d+)/.exec(line)?.[1]);
		} else if (counting) {
			instructions += Number(line.split(" ")[1]);
			counting = false;
		}
	}
	if (calls === 0) throw new Error(`${file}: no call of ${name}`);
	return { calls, instructions };
}
