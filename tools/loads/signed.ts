/*
 * Puts a signed header before what a body is to install: the format of hal/loads/signed_load.h, one for all bodies. Signing is Node's.
 */
import { createHash, type KeyObject, sign } from "node:crypto";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";

const keys = (await import(join(projectRoot, "tools/build/keys.mjs"))) as {
	keyFile(environment?: Readonly<Record<string, string | undefined>>): string;
	publicKey(key: KeyObject): string;
	signingKey(say: (line: string) => void, file?: string): KeyObject;
	trustedKeys(say: (line: string) => void, file?: string): string;
};

/** Where the builder's key is, and how it is had; it is made when there is none yet. A trusted key is a text as phones have it. */
export const { keyFile, publicKey, signingKey, trustedKeys } = keys;

const { counterOf, versionOf } = (await import(join(projectRoot, "tools/build/load.mjs"))) as {
	counterOf(version: string): number;
	versionOf(root: string): string;
};

/** The counter of a version's loads; throws for what is no version of three numbers. */
export { counterOf };

/** What a load is called and its counter where nobody says otherwise: package.json's version. */
export function ownVersion(root = projectRoot): { name: string; version: string; counter: number } {
	const version = versionOf(root);
	return { name: `linnet-${version}`, version, counter: counterOf(version) };
}

export const headerOctets = 256;
/** Octets of a content at most: a slot of the boards' flash. */
export const contentMost = 0x3e0000;
const magic = "LINNETLD";
const format = 1;
/** Octets of the texts in a header. */
const boardOctets = 32;
const nameOctets = 64;
/** Where things stand in a header. */
const At = Object.freeze({
	format: 8,
	counter: 12,
	size: 16,
	board: 24,
	name: 56,
	digest: 120,
	key: 152,
	signature: 160,
});
const keyOctets = 8;

export interface LoadTerms {
	/** Such as 'linnet-0.2.0': what loadInformation names. */
	readonly name: string;
	/** The board that it is for; 'pc' for the PC's body. */
	readonly board: string;
	/** Phones that have had a higher one refuse it. */
	readonly counter: number;
}

function field(what: string, text: string, octets: number): Buffer {
	if (!/^[\x21-\x7e]+$/.test(text) || text.length > octets)
		throw new Error(`${what} '${text}': 1 to ${octets} visible characters of ASCII are expected`);
	const made = Buffer.alloc(octets);
	made.write(text, "latin1");
	return made;
}

/** A load's file. @throws Error when a name is too long, a counter no 32-bit number, or the content larger than a slot. */
export function signedLoad({ name, board, counter }: LoadTerms, content: Buffer, key: KeyObject): Buffer {
	if (!Number.isInteger(counter) || counter < 0 || counter > 0xffffffff)
		throw new Error(`counter ${counter}: a number from 0 to ${0xffffffff} is expected`);
	if (content.length === 0 || content.length > contentMost)
		throw new Error(`${name}: ${content.length} octets, and a slot holds ${contentMost}`);
	const header = Buffer.alloc(headerOctets);
	header.write(magic, "latin1");
	header.writeUInt16LE(format, At.format);
	header.writeUInt32LE(counter, At.counter);
	header.writeUInt32LE(content.length, At.size);
	field("board", board, boardOctets).copy(header, At.board);
	field("name", name, nameOctets).copy(header, At.name);
	createHash("sha256").update(content).digest().copy(header, At.digest);
	const point = publicKey(key).replace(/^.*:/, "");
	Buffer.from(point.slice(0, 2 * keyOctets), "hex").copy(header, At.key);
	const signed = header.subarray(0, At.signature);
	sign("sha256", signed, { key, dsaEncoding: "ieee-p1363" }).copy(header, At.signature);
	return Buffer.concat([header, content]);
}
