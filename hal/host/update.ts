/*
 * Loads for the host: a file is a header of lines, an empty line, and an archive (tar, gzip) of the phone's modules with their
 * map, host.map. The header is `linnet-load 1`, then `name`, `size` (octets of the archive) and `sha256`, each with its value
 * behind a space. Slots and roll-back are hal/host/update.c's.
 */

import type { Update } from "hal/hardware";
import { load } from "hal/load";

/** Octets of a header at most. */
const headerLimit = 512;
const magic = "linnet-load 1";

const Native = Object.freeze({
	get name(): string {
		return native("xs_update_name").call(Native);
	},
	get onTrial(): boolean {
		return native("xs_update_on_trial").call(Native);
	},
	get rolledBack(): boolean {
		return native("xs_update_rolled_back").call(Native);
	},
	begin(): boolean {
		return native("xs_update_begin").call(Native);
	},
	write(octets: Uint8Array, offset: number): boolean {
		return native("xs_update_write").call(Native, octets, offset);
	},
	install(name: string, digest: string): string {
		return native("xs_update_install").call(Native, name, digest);
	},
	cancel(): void {
		native("xs_update_cancel").call(Native);
	},
	confirm(): void {
		native("xs_update_confirm").call(Native);
	},
});

/** The value of a header's line, '' when it is not there. */
function field(header: string, name: string): string {
	const start = header.indexOf(`\n${name} `);
	if (start < 0) return "";
	const from = start + name.length + 2;
	return header.slice(from, header.indexOf("\n", from));
}

export class HostUpdate implements Update {
	readonly load: string;
	readonly suffix = ".load";
	readonly resetReason: string;
	readonly onTrial: boolean;
	private name = "";
	private header = "";
	/** Octets of the archive so far, -1 while the header is read. */
	private size = -1;

	/** @param aborted what the program before this one left when its JavaScript gave up, '' for nothing. */
	constructor(aborted: string) {
		// not from a slot: the program's own modules
		this.load = Native.name || load;
		if (Native.rolledBack) this.resetReason = aborted === "" ? "roll-back" : `roll-back after ${aborted}`;
		else this.resetReason = aborted || "start";
		this.onTrial = Native.onTrial;
	}

	begin(load: string, _size: number): boolean {
		this.name = load;
		this.header = "";
		this.size = -1;
		return Native.begin();
	}

	write(source: Uint8Array): boolean {
		let offset = 0;
		if (this.size < 0) {
			while (offset < source.length && this.size < 0 && this.header.length < headerLimit) {
				this.header += String.fromCharCode(source[offset] as number);
				offset += 1;
				if (this.header.endsWith("\n\n")) this.size = 0;
			}
			if (this.size < 0) return true;
		}
		this.size += source.length - offset;
		return Native.write(source, offset);
	}

	finish(): string {
		const header = this.header;
		const digest = field(header, "sha256");
		if (!header.startsWith(`${magic}\n`) || this.size < 0)
			return `it is no load for this phone ("${magic}" is expected)`;
		if (field(header, "name") !== this.name) return `it is ${field(header, "name")}`;
		if (Number(field(header, "size")) !== this.size)
			return `${field(header, "size")} octets were announced and ${this.size} came`;
		if (digest.length !== 64) return "it has no SHA-256";
		return Native.install(this.name, digest);
	}

	cancel(): void {
		Native.cancel();
	}

	confirm(): void {
		Native.confirm();
	}
}
