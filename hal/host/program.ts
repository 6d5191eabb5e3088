/*
 * The program around the phone on the host (hal/host/system.c): arguments, log, end, heap.
 */

/** Status with which the host program ends, as its parent reads it. */
export const Status = Object.freeze({ quit: 0, usage: 2, restart: 5 });

/** Index of each figure that {@link figures} fills in; slots are counted, chunks are in octets. */
export const Figure = Object.freeze({
	slots: 0,
	slotsPeak: 1,
	slotsLimit: 2,
	chunks: 3,
	chunksPeak: 4,
	chunksLimit: 5,
	stackPeak: 6,
	stackLimit: 7,
	collections: 8,
	baselineSlots: 9,
	baselineChunks: 10,
	slotSize: 11,
	count: 12,
});

export class Program {
	/** The body's argument at `index`, undefined past the last. */
	static argument(index: number): string | undefined {
		return native("xs_host_argument").call(Program, index);
	}

	static log(line: string): void {
		return native("xs_host_log").call(Program, line);
	}

	/** Ends the program as soon as the running callback has returned. */
	static exit(status: number): void {
		return native("xs_host_exit").call(Program, status);
	}

	/** Says what is wrong with the arguments and ends the program at once. */
	static refuse(text: string): never {
		return native("xs_host_refuse").call(Program, text);
	}

	/** Fills an ArrayBuffer of `Figure.count` 32-bit words. */
	static figures(target: ArrayBuffer): void {
		return native("xs_host_figures").call(Program, target);
	}

	/** Collects garbage now. */
	static collect(): void {
		return native("xs_host_collect").call(Program);
	}

	static get bits(): number {
		return native("xs_host_bits").call(Program);
	}

	static get pid(): number {
		return native("xs_host_pid").call(Program);
	}

	/** Seconds since 1970 UTC. */
	static get wallClock(): number {
		return native("xs_host_wall_clock").call(Program);
	}

	/** Calls back for SIGTERM and SIGINT from now on, which no longer end the program by themselves. */
	static signals(callback: (signal: number) => void): void {
		return native("xs_host_signals").call(Program, callback);
	}

	static resolve(host: string, done: (address: string | undefined) => void): void {
		return native("xs_host_resolve").call(Program, host, done);
	}

	static localAddress(remote: string): string {
		return native("xs_host_local_address").call(Program, remote);
	}
}
