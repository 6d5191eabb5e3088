/*
 * The program around the phone on the host (hal/host/system.c): arguments, log, end, heap.
 */

import { Figure } from "hal/control/engine";
import { Memory } from "hal/hardware";

/** Status with which the host program ends, as its parent reads it. */
export const Status = Object.freeze({ quit: 0, usage: 2, restart: 5 });

function nameServers(this: void, addresses: string, domain: string): void {
	native("xs_host_name_servers").call(undefined, addresses, domain);
}

export const Program = Object.freeze({
	/** The body's argument at `index`, undefined past the last. */
	argument(index: number): string | undefined {
		return native("xs_host_argument").call(Program, index);
	},

	log(line: string): void {
		native("xs_host_log").call(Program, line);
	},

	/** Ends the program as soon as the running callback has returned. */
	exit(status: number): void {
		native("xs_host_exit").call(Program, status);
	},

	/** Says what is wrong with the arguments and ends the program at once. */
	refuse(text: string): never {
		return native("xs_host_refuse").call(Program, text);
	},

	/** Fills an ArrayBuffer of `Figure.count` 32-bit words (hal/control/engine). */
	figures(target: ArrayBuffer): void {
		native("xs_host_figures").call(Program, target);
	},

	/** Fills in figures by `Memory`; the system's own memory is not counted. */
	memory(figures: Uint32Array): void {
		const all = new Uint32Array(Figure.count);
		Program.figures(all.buffer);
		for (let i = 0; i < Memory.free; i += 1) figures[i] = all[i] as number;
	},

	/** Collects garbage now. */
	collect(): void {
		native("xs_host_collect").call(Program);
	},

	get bits(): number {
		return native("xs_host_bits").call(Program);
	},

	get pid(): number {
		return native("xs_host_pid").call(Program);
	},

	/** Seconds since 1970 UTC. */
	get wallClock(): number {
		return native("xs_host_wall_clock").call(Program);
	},

	/** Milliseconds of the machine's monotonic clock, with their fraction. */
	get moment(): number {
		return native("xs_host_moment").call(Program);
	},

	/** Calls back for SIGTERM and SIGINT from now on, which no longer end the program by themselves. */
	signals(callback: (signal: number) => void): void {
		native("xs_host_signals").call(Program, callback);
	},

	/**
	 * Names the file where this program leaves word if its JavaScript gives up.
	 * @returns what the one before left there, which is gone then; '' for nothing.
	 */
	takeAbort(path: string): string {
		return native("xs_abort_take").call(Program, path);
	},

	resolve(host: string, done: (address: string | undefined) => void): void {
		native("xs_host_resolve").call(Program, host, done);
	},

	/** Asks these servers for names from now on, and in this domain; none: the system's again. */
	nameServers(addresses: readonly string[], domain: string): void {
		nameServers(addresses.join(" "), domain);
	},

	/** A column of /proc/net/dev, of an interface or, for '', of all; undefined where the system does not say. */
	frames(networkInterface: string, column: number): number | undefined {
		return native("xs_host_frames").call(Program, networkInterface, column);
	},

	localAddress(remote: string): string {
		return native("xs_host_local_address").call(Program, remote);
	},
});
