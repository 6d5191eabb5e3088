// tshark (Debian) as the judge of SCCP messages: what its dissector reads, field by field, with each field's place.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePcap, type Segment } from "./pcap.js";

/** One field as tshark reads it. */
export interface DissectedField {
	/** Without `skinny.`, for example `callReference`. */
	readonly name: string;
	/** As tshark shows it: decimal or 0x... numbers, dotted addresses, texts without their NUL. */
	readonly show: string;
	/** Octets from the start of the message's header, and how many. */
	readonly offset: number;
	readonly size: number;
	/** The field's octets as hexadecimal digits. */
	readonly value: string;
}

/** One SCCP message as tshark reads it. */
export interface DissectedMessage {
	readonly frame: number;
	readonly id: number;
	/** Name as tshark has it, for example `CallState`. */
	readonly name: string;
	readonly headerVersion: number;
	/** Octets of header and payload. */
	readonly size: number;
	readonly fields: readonly DissectedField[];
}

export interface Dissection {
	readonly messages: readonly DissectedMessage[];
	/** Frames that tshark calls malformed, with its words. */
	readonly malformed: readonly string[];
}

/** The field named `name`, or undefined; `occurrence` counts from 0. */
export function fieldOf(message: DissectedMessage, name: string, occurrence = 0): DissectedField | undefined {
	let count = 0;
	for (const field of message.fields) {
		if (field.name !== name) continue;
		if (count === occurrence) return field;
		count += 1;
	}
	return undefined;
}

/** What tshark shows of a field, as a number where it is one. */
export function numberOf(message: DissectedMessage, name: string, occurrence = 0): number | undefined {
	const field = fieldOf(message, name, occurrence);
	return field === undefined ? undefined : Number(field.show);
}

/** tshark's version line, or undefined when it cannot be run. */
export function tsharkVersion(): string | undefined {
	try {
		return execFileSync("tshark", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).split(
			"\n",
		)[0];
	} catch {
		return undefined;
	}
}

/** Message ids and names that tshark's dissector knows. */
export function knownMessages(): Map<number, string> {
	const text = execFileSync("tshark", ["-G", "values"], {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "ignore"],
		maxBuffer: 1 << 28,
	});
	const known = new Map<number, string>();
	for (const line of text.split("\n")) {
		const [kind, field, id, name] = line.split("\t");
		if (kind === "V" && field === "skinny.messageId") known.set(Number(id), name as string);
	}
	return known;
}

/** Reads a capture file; one start of tshark, about half a second. */
export function dissectFile(path: string): Dissection {
	const pdml = execFileSync("tshark", ["-r", path, "-T", "pdml", "-Y", "skinny || _ws.malformed"], {
		encoding: "latin1",
		stdio: ["ignore", "pipe", "ignore"],
		maxBuffer: 1 << 29,
	});
	return parsePdml(pdml);
}

/** Reads segments, given as one capture. */
export function dissect(segments: readonly Segment[]): Dissection {
	const folder = mkdtempSync(join(tmpdir(), "linnet-tshark-"));
	try {
		const path = join(folder, "messages.pcap");
		writeFileSync(path, encodePcap(segments));
		return dissectFile(path);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Reads messages, each a segment of its own, all on one connection and from the phone unless `toCallAgent` is false. */
export function dissectMessages(messages: readonly Uint8Array[], toCallAgent = true): Dissection {
	return dissect(messages.map((octets) => ({ octets, toCallAgent, phonePort: 40000 })));
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function attribute(line: string, name: string): string {
	const found = new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? "";
	return found.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (_, code: string) =>
		code.startsWith("#")
			? String.fromCodePoint(code[1] === "x" ? Number.parseInt(code.slice(2), 16) : Number(code.slice(1)))
			: (entities[code] ?? ""),
	);
}

function parsePdml(pdml: string): Dissection {
	const messages: DissectedMessage[] = [];
	const malformed: string[] = [];
	let frame = 0;
	let open: { start: number; size: number; fields: DissectedField[]; name: string } | undefined;
	// Texts may hold line ends, so tags are looked for instead of lines.
	for (const [line] of pdml.matchAll(/<[^>]*>/g)) {
		if (line.includes('<field name="num"')) frame = Number(attribute(line, "show"));
		else if (line.includes('<proto name="_ws.malformed"')) {
			malformed.push(`frame ${frame}: ${attribute(line, "showname")}`);
		} else if (line.includes('<proto name="skinny"')) {
			open = { start: Number(attribute(line, "pos")), size: Number(attribute(line, "size")), fields: [], name: "" };
		} else if (open !== undefined && line.includes("</proto>")) {
			messages.push(finish(open, frame));
			open = undefined;
		} else if (open !== undefined && line.includes('<field name="skinny.')) {
			if (line.includes("skinny.messageId")) open.name = /Message ID: (\w+)/.exec(line)?.[1] ?? "";
			open.fields.push({
				name: attribute(line, "name").slice("skinny.".length),
				show: attribute(line, "show"),
				offset: Number(attribute(line, "pos")) - open.start,
				size: Number(attribute(line, "size")),
				value: attribute(line, "value"),
			});
		}
	}
	return { messages, malformed };
}

function finish(open: { size: number; fields: DissectedField[]; name: string }, frame: number): DissectedMessage {
	const find = (name: string) => Number(open.fields.find((field) => field.name === name)?.show);
	return {
		frame,
		id: find("messageId"),
		name: open.name,
		headerVersion: find("hdr_version"),
		size: open.size,
		fields: open.fields,
	};
}
