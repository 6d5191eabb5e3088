/*
 * Signed loads as tools/loads makes them, taken by the C of the bodies (hal/loads, hal/host/pack.c) with mbedTLS, under sanitizers.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { packFiles } from "../../tools/loads/pc.js";
import { headerOctets, publicKey, signedLoad } from "../../tools/loads/signed.js";
import { root } from "../support/host.js";
import { needs, verifiesLoads } from "../support/optional.js";

const folder = join(root, "build/loads-test");
const program = join(folder, "loads");
const sources = ["test/hal/loads.c", "hal/loads/signed_load.c", "hal/loads/load_crypto.c", "hal/host/pack.c"];
const name = "linnet-0.2.0";
const board = "deskphone";

const newKey = (): KeyObject => generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
const key = newKey();
const content = Buffer.from("what the board runs");
const good = signedLoad({ name, board, counter: 2000 }, content, key);

interface Terms {
	name: string;
	board: string;
	least: number;
	most: number;
	keys: string;
	piece: number;
}

const usual: Terms = { name, board, least: 2000, most: 100, keys: publicKey(key), piece: 512 };

function run(command: string, file: Buffer, terms: Partial<Terms> = {}): string {
	const { name, board, least, most, keys, piece } = { ...usual, ...terms };
	const words = command === "pack" ? [command] : [command, name, board, `${least}`, `${most}`, keys, `${piece}`];
	const { status, stdout, stderr } = spawnSync(program, words, { input: file, encoding: "latin1" });
	assert.strictEqual(status, 0, stderr);
	return stdout.trim();
}

describe("signed loads", function () {
	this.timeout(60_000);

	before(function () {
		needs(this, verifiesLoads(), "mbedTLS: apt-get install libmbedtls-dev");
		mkdirSync(folder, { recursive: true });
		const flags =
			"-std=c11 -Wall -Wextra -Werror -g -O1 -Ihal/loads -Ihal/host -DLINNET_MBEDTLS -fsanitize=address,undefined";
		execFileSync("gcc", [...flags.split(" "), "-fno-sanitize-recover=all", ...sources, "-lmbedcrypto", "-o", program], {
			cwd: root,
		});
	});

	it("are taken in pieces of any size", () => {
		for (const piece of [1, 7, 255, 256, 257, 10_000]) assert.strictEqual(run("load", good, { piece }), "good 19");
	});

	it("are refused with a bit of any octet changed", () => {
		assert.strictEqual(run("flips", good), `0 of ${headerOctets + content.length}`);
	});

	it("are refused when cut off anywhere, or followed by anything", () => {
		for (const length of [0, 1, 8, 100, 255, 256, good.length - 1])
			assert.match(run("load", good.subarray(0, length)), /^it is cut off|announced and \d+ came/, `${length}`);
		assert.match(run("load", Buffer.concat([good, Buffer.from("!")])), /announced and more came/);
	});

	it("say which term they do not meet", () => {
		for (const [terms, why] of [
			[{ name: "linnet-0.2.1" }, "it is linnet-0.2.0"],
			[{ name: "linnet-0.2" }, "it is linnet-0.2.0"],
			[{ board: "desk" }, "it is for deskphone, and this is desk"],
			[{ least: 2001 }, "it is older: counter 2000, 2001 at least"],
			[{ most: 18 }, "it has 19 octets, and there is room for 18"],
			[{ keys: "" }, "this phone's build trusts no key"],
			[{ keys: publicKey(newKey()) }, `it is signed by another key, ${publicKey(key).slice(5, 13)}`],
		] as const)
			assert.strictEqual(run("load", good, terms), why);
	});

	it("are taken when any of the keys has signed them, and the list of keys is one", () => {
		const others = [newKey(), newKey(), newKey()].map(publicKey);
		const mine = publicKey(key);
		assert.strictEqual(run("load", good, { keys: [...others, mine].join(",") }), "good 19");
		for (const keys of [
			mine.slice(1),
			mine.slice(0, -1),
			`${mine},`,
			`${mine}0`,
			mine.toUpperCase(),
			[mine, ...others, mine].join(","),
		])
			assert.strictEqual(run("load", good, { keys }), "this phone's build trusts no key", keys);
	});

	it("are not those of somebody who only says to have the key", () => {
		const forged = signedLoad({ name, board, counter: 9000 }, content, newKey());
		good.copy(forged, 152, 152, 160);
		assert.strictEqual(run("load", forged), "it has been altered: its signature is wrong");
		const off = Buffer.from(good);
		off.fill(0, 160, 224);
		assert.strictEqual(run("load", off), "it has been altered: its signature is wrong");
		assert.strictEqual(run("load", off.fill(0, 152, 160)), "it is not signed");
		// a key that is no point of the curve
		const broken = `p256:${publicKey(key).slice(5, 21)}${"f".repeat(112)}`;
		assert.strictEqual(run("load", good, { keys: broken }), "it cannot be verified: no memory, or a broken key");
	});

	it("are made of nothing that does not fit", () => {
		for (const [terms, wrong] of [
			[{ name: "", board, counter: 1 }, /name ''/],
			[{ name: "x".repeat(65), board, counter: 1 }, /1 to 64/],
			[{ name, board: "a board", counter: 1 }, /board 'a board'/],
			[{ name, board, counter: -1 }, /counter -1/],
			[{ name, board, counter: 2 ** 32 }, /counter 4294967296/],
		] as const)
			assert.throws(() => signedLoad(terms, content, key), wrong);
		assert.throws(() => signedLoad({ name, board, counter: 1 }, Buffer.alloc(0x3e0001), key), /a slot holds 4063232/);
		assert.throws(() => signedLoad({ name, board, counter: 1 }, Buffer.alloc(0), key), /0 octets/);
	});

	it("hold a pack of regular files that lead nowhere but down", () => {
		const file = (path: string, text = "x") => ({ path, content: Buffer.from(text) });
		assert.strictEqual(
			run("pack", packFiles([file("host.map", "map"), file("js/a-b_C.9.js", "")])),
			"host.map 3 map\njs/a-b_C.9.js 0 \ngood",
		);
		for (const path of [
			"",
			"/etc/x",
			"..",
			"../x",
			"a/../x",
			"a/..",
			"./x",
			".x",
			"a//x",
			"a/",
			"a b",
			"a\\b",
			"\u00e4",
			"x".repeat(129),
			"a\0b",
		])
			assert.strictEqual(
				run("pack", packFiles([file("host.map"), file(path)])),
				"it has a file whose path is not to be trusted",
				path,
			);
		const files = (count: number) => packFiles(Array.from({ length: count }, (_, index) => file(`f${index}`)));
		assert.match(run("pack", files(1024)), /\ngood$/);
		assert.strictEqual(run("pack", files(1025)), "it has too many files");
	});

	it("hold a pack whose sizes are those of what came", () => {
		const pack = (text: string) => run("pack", Buffer.from(`linnet-pack 1\n${text}`, "latin1"));
		assert.match(pack("1 a\n1 b\n\nab"), /good$/);
		for (const [text, why] of [
			["2000000000 a\n\nab", "more octets than came"],
			["99999999999999999999999999 a\n\nab", "more octets than came"],
			["1 a\n2 b\n\nab", "more octets than came"],
			["1 a\n\nab", "fewer octets than came"],
			["1 a\n1 b\n", "list of files is broken"],
			["a\n\nab", "list of files is broken"],
			["-1 a\n\nab", "list of files is broken"],
			["1a\n\nab", "list of files is broken"],
			["1  a\n\nab", "whose path is not"],
			[`${"1 a\n".repeat(40_000)}\n`, "list of files is broken"],
		] as const)
			assert.include(pack(text), why, text.slice(0, 40));
		for (const octets of ["", "linnet-pack 1\n", "linnet-pack 2\n1 a\n\na", "\x1f\x8b\x08"])
			assert.strictEqual(run("pack", Buffer.from(octets, "latin1")), "it holds no modules for this program");
	});
});
