/*
 * The ways in which a server of files can misbehave, one after another: what it does with the configuration, the load, the dictionary, the
 * tones and the ring, over TFTP and over HTTP. What a kind does not name is served well.
 */
import { type HttpHabit, honest, type TftpHabit } from "./server.js";

/** Files by what they are for: of 'device' the file of the phone's own name alone, of 'any' all. */
export type FileKind = "configuration" | "device" | "load" | "dictionary" | "tones" | "ring" | "any";

export interface Kind {
	readonly name: string;
	readonly file: FileKind;
	/** What becomes of the file over TFTP: 'closed' when nobody listens there. */
	readonly tftp?: TftpHabit | "closed";
	/** What becomes of it over HTTP, where nobody listens without it. */
	readonly http?: HttpHabit;
	/** How many such servers the phone is told of, one unless told otherwise; and whether a good one follows. */
	readonly servers?: number;
	readonly good?: boolean;
	/** Names for the phone to resolve in front of the servers. */
	readonly names?: readonly string[];
}

const errorTexts = [
	"undefined",
	"no such file",
	"access",
	"disk full",
	"illegal",
	"unknown id",
	"exists",
	"no such user",
	"options",
];
const silence: TftpHabit = () => {};
const full = Buffer.alloc(512, "x");

/** Answers each acknowledgement with the next block, for ever. */
const endless =
	(size: number): TftpHabit =>
	(talk) => {
		let next = 1;
		talk.block(1, Buffer.alloc(size, "<!-- x -->\n"));
		talk.heard = () => {
			next += 1;
			talk.block(next, Buffer.alloc(size, "<!-- x -->\n"));
		};
	};

/** Blocks one after another, one every so many milliseconds, whatever the phone says. */
const drip =
	(milliseconds: number, size = 512): TftpHabit =>
	(talk) => {
		let next = 0;
		if (size !== 512) talk.accept("blksize", `${size}`);
		talk.every(milliseconds, () => {
			next += 1;
			talk.block(next, Buffer.alloc(size, "<!-- x -->\n"));
		});
	};

const content = (text: string | Buffer): TftpHabit => honest({ content: Buffer.from(text) });
const half = (file: Buffer): Buffer => file.subarray(0, file.length >> 1);

const head = "HTTP/1.1 200 OK\r\n\r\n";
const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/** Sends the first text at once, and the second again and again. */
const forever =
	(first: string, then: string, milliseconds: number): HttpHabit =>
	(socket, lasting) => {
		socket.write(first, "latin1");
		lasting.every(milliseconds, () => socket.write(then, "latin1"));
	};

/** Sends it and ends the connection. */
const say =
	(text: string): HttpHabit =>
	(socket) => {
		socket.end(text, "latin1");
	};

/** Sends it and leaves the connection open. */
const saySilently =
	(text: string): HttpHabit =>
	(socket) => {
		socket.write(text, "latin1");
	};

/** By TFTP and by HTTP what both allow, for a file of any kind; the names tell of no file. */
const tftpHolds: readonly (readonly [string, TftpHabit])[] = [
	["TFTP silent", silence],
	["TFTP half, then silent", (talk) => honest({ silentAfter: Math.max(talk.content.length >> 1, 1) })(talk)],
	["TFTP a block of 8 octets every 7 s", drip(7000, 8)],
	["TFTP a block every 5 s", drip(5000)],
	["TFTP endless", endless(512)],
];

const httpHolds: readonly (readonly [string, HttpHabit])[] = [
	["HTTP accepts and says nothing", () => {}],
	["HTTP an octet every 8 s", forever(head, "<", 8000)],
	["HTTP carriage returns in chunks for ever", forever(`${chunked}1\r\n<`, "\r\r\r\r", 100)],
];

const holdsOf = (file: FileKind): Kind[] => [
	...tftpHolds.map(([name, tftp]) => ({ name, file, tftp })),
	...httpHolds.map(([name, http]) => ({ name, file, http, tftp: silence })),
];

const named = (file: FileKind, kinds: readonly Omit<Kind, "file">[]): Kind[] =>
	kinds.map((kind) => ({ ...kind, file }));

const configuration = named("configuration", [
	{ name: "TFTP closed", tftp: "closed" },
	...errorTexts.map((text, code) => ({
		name: `TFTP error ${code}, ${text}`,
		tftp: ((talk) => talk.error(code, text)) as TftpHabit,
	})),
	{ name: "truncated", tftp: (talk) => content(half(talk.content))(talk) },
	{ name: "shorter than announced", tftp: (talk) => honest({ announced: talk.content.length + 1000 })(talk) },
	{ name: "announced too large", tftp: honest({ announced: 1 << 30 }) },
	{ name: "empty", tftp: content("") },
	{ name: "broken XML", tftp: content("<device>\n<devicePool>\n</device>\n") },
	{ name: "a page of HTML", tftp: content("<!DOCTYPE html><html><body>Index of /</body></html>") },
	{ name: "binary", tftp: content(Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 73) & 255))) },
	{ name: "a bomb of entities", tftp: content('<!DOCTYPE device [<!ENTITY a "aaaa">]>\n<device>&a;</device>') },
	{ name: "elements a thousand deep", tftp: content(`<device>${"<a>".repeat(1000)}`) },
	{ name: "one tag of 60,000 octets", tftp: content(`<device ${"a".repeat(60_000)}="b"/>`) },
	{ name: "another dialect of XML, of SIP phones", tftp: content("<gigaset><sip><server/></sip></gigaset>") },
	{ name: "no call agent in it", tftp: content("<device><devicePool></devicePool></device>") },
	{ name: "the first block for ever", tftp: (talk) => talk.every(700, () => talk.block(1, full)) },
	{ name: "wrong block numbers", tftp: (talk) => talk.every(500, () => talk.block(4711, full)) },
	{
		name: "right block, then wrong numbers",
		tftp: (talk) => {
			talk.block(1, full);
			talk.every(500, () => talk.block(9, full));
		},
	},
	{ name: "option acknowledgements for ever", tftp: (talk) => talk.every(300, () => talk.accept("tsize", "9000")) },
	{ name: "option acknowledgement, then silent", tftp: (talk) => talk.accept("blksize", "1024") },
	{ name: "option acknowledgement, malformed", tftp: (talk) => talk.accept("blksize", "9") },
	{ name: "block size 0 granted", tftp: (talk) => talk.accept("blksize", "0") },
	{ name: "block size larger than asked", tftp: (talk) => talk.accept("blksize", "65464") },
	{ name: "blocks longer than granted", tftp: (talk) => talk.block(1, Buffer.alloc(1000, "x")) },
	{ name: "options refused for ever", tftp: (talk) => talk.every(300, () => talk.error(8)) },
	{
		name: "requests in place of blocks",
		tftp: (talk) => talk.every(300, () => talk.send(Buffer.from("\0\x01x\0octet\0"))),
	},
	{
		name: "a flood of blocks",
		tftp: (talk) =>
			talk.every(5, () => {
				for (let i = 0; i < 20; i += 1) talk.block(2, full);
			}),
	},
	{ name: "block size 8, honestly", tftp: honest({ blockSize: 8 }) },
	{ name: "no options, half a second a packet", tftp: honest({ options: false, delay: 500 }) },
	{ name: "HTTP closes", http: (socket) => socket.end() },
	{ name: "HTTP resets", http: (socket) => socket.resetAndDestroy() },
	{ name: "HTTP speaks another protocol", http: saySilently("SSH-2.0-server\r\n") },
	{ name: "HTTP redirects to itself", http: say("HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n") },
	{ name: "HTTP 403", http: say("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") },
	{ name: "HTTP 500", http: say("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n") },
	{ name: "HTTP 204", http: say("HTTP/1.1 204 No Content\r\n\r\n") },
	{ name: "HTTP empty", http: say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") },
	{ name: "HTTP a head octet by octet", http: forever("H", "T", 1000), tftp: silence },
	{ name: "HTTP headers for ever", http: forever("HTTP/1.1 200 OK\r\n", "X: y\r\n", 50), tftp: silence },
	{ name: "HTTP interim responses for ever", http: forever("", "HTTP/1.1 100 Continue\r\n\r\n", 500), tftp: silence },
	{ name: "HTTP noughts of a chunk's size for ever", http: forever(chunked, "0000", 100), tftp: silence },
	{ name: "HTTP a chunk's extension for ever", http: forever(`${chunked}5;x=`, "y", 500), tftp: silence },
	{ name: "HTTP trailers for ever", http: forever(`${chunked}0\r\n`, "X: y\r\n", 500), tftp: silence },
	{ name: "HTTP chunks of one octet", http: forever(chunked, "1\r\n<\r\n", 1000), tftp: silence },
	{ name: "HTTP endless body", http: forever(head, "<!-- x -->".repeat(1000), 10) },
	{ name: "HTTP too long", http: saySilently("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n<") },
	{ name: "HTTP shorter than announced", http: say("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<device>") },
	{ name: "HTTP a coding that was not asked for", http: say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx") },
	{ name: "HTTP broken XML", http: say("HTTP/1.1 200 OK\r\n\r\n<device><x></device>") },
	{ name: "HTTP whole, and never closed", http: saySilently(`${head}<device></device>`), tftp: silence },
]);

const device = named("device", [
	...[0, 1, 2].map((code) => ({
		name: `TFTP error ${code} for the device's file, a default one`,
		tftp: ((talk) => talk.error(code)) as TftpHabit,
	})),
]);

const load = named("load", [
	{ name: "missing", tftp: (talk) => talk.error(1) },
	{ name: "refused", tftp: (talk) => talk.error(2) },
	{
		name: "corrupt",
		tftp: (talk) => {
			const file = Buffer.from(talk.content);
			file.writeUInt8(file.readUInt8(file.length - 1) ^ 255, file.length - 1);
			content(file)(talk);
		},
	},
	{ name: "truncated", tftp: (talk) => content(half(talk.content))(talk) },
	{ name: "announced too large", tftp: honest({ announced: 1 << 30 }) },
	{ name: "no load at all", tftp: content("\x7fELF and more") },
	{ name: "empty", tftp: content("") },
]);

const broken = (file: FileKind): Kind[] =>
	named(file, [
		{ name: "missing", tftp: (talk) => talk.error(1) },
		{ name: "refused", tftp: (talk) => talk.error(2) },
		{ name: "broken", tftp: content(`<x>${"y".repeat(241)}`) },
		{ name: "empty", tftp: content("") },
	]);

const anything: Kind[] = [
	{ name: "all silent, over HTTP and TFTP", file: "any", http: () => {}, tftp: silence },
	{ name: "all dripping, over HTTP and TFTP", file: "any", http: forever(head, "<", 8000), tftp: drip(7000) },
	{ name: "four silent servers", file: "any", tftp: silence, servers: 4 },
	{
		name: "four servers that hold HTTP and TFTP",
		file: "any",
		http: forever(head, "<", 8000),
		tftp: drip(7000),
		servers: 4,
	},
	{ name: "a silent server, then a good one", file: "any", tftp: silence, good: true },
	{
		name: "a dripping server, then a good one",
		file: "any",
		http: forever(head, "<", 8000),
		tftp: drip(7000),
		good: true,
	},
	{
		name: "names that do not resolve, then a good server",
		file: "any",
		servers: 0,
		names: ["nobody.invalid", "none.invalid"],
		good: true,
	},
];

/** All kinds, each with a name of its own. */
export const kinds: readonly Kind[] = [
	...[...holdsOf("configuration"), ...configuration].map((kind) => ({ ...kind, name: `configuration: ${kind.name}` })),
	...device.map((kind) => ({ ...kind, name: `configuration: ${kind.name}` })),
	...[...holdsOf("load"), ...load].map((kind) => ({ ...kind, name: `load: ${kind.name}` })),
	...(["dictionary", "tones", "ring"] as const).flatMap((file) =>
		[...holdsOf(file), ...broken(file)].map((kind) => ({ ...kind, name: `${file}: ${kind.name}` })),
	),
	...anything,
];
