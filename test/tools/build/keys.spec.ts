/* The builder's key: where it is, who may read it, and which keys a build trusts; and the counter that loads have of their version. */
import { spawnSync } from "node:child_process";
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { counterOf, keyFile, publicKey, signingKey, trustedKeys } from "../../../tools/loads/signed.js";
import { root } from "../../support/host.js";

const silent = (): void => {};
const newKey = (curve = "prime256v1"): KeyObject => generateKeyPairSync("ec", { namedCurve: curve }).privateKey;

describe("the builder's key", () => {
	let folder: string;
	let file: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-keys-"));
		file = join(folder, "linnet/load-key.pem");
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function trust(name: string, key: KeyObject): void {
		mkdirSync(join(folder, "linnet/trusted"), { recursive: true });
		writeFileSync(
			join(folder, `linnet/trusted/${name}.pem`),
			createPublicKey(key).export({ type: "spki", format: "pem" }),
		);
	}

	it("is outside the tree, where the environment says", () => {
		assert.strictEqual(keyFile({ LINNET_LOAD_KEY: "/keys/mine.pem", XDG_CONFIG_HOME: folder }), "/keys/mine.pem");
		assert.strictEqual(keyFile({ XDG_CONFIG_HOME: folder }), file);
		assert.match(keyFile({}), /^\/.*\/\.config\/linnet\/load-key\.pem$/);
	});

	it("is made once, for its owner's eyes alone, and said", () => {
		const said: string[] = [];
		const first = publicKey(signingKey((line) => said.push(line), file));
		assert.match(first, /^p256:[0-9a-f]{128}$/);
		assert.lengthOf(said, 1);
		assert.include(said[0], file);
		assert.strictEqual(publicKey(signingKey((line) => said.push(line), file)), first);
		assert.lengthOf(said, 1);
		assert.strictEqual(statSync(file).mode & 0o777, 0o600);
		assert.strictEqual(statSync(join(folder, "linnet")).mode & 0o777, 0o700);
		assert.deepEqual(readdirSync(join(folder, "linnet")), ["load-key.pem"]);
	});

	it("is refused when others may read it, and when it is another kind of key", () => {
		signingKey(silent, file);
		for (const mode of [0o640, 0o604, 0o660]) {
			chmodSync(file, mode);
			assert.throws(() => signingKey(silent, file), /can be read by others/);
		}
		const take = (text: string | Buffer): void => {
			writeFileSync(file, text);
			chmodSync(file, 0o600);
			signingKey(silent, file);
		};
		assert.throws(() => take("no key"), /a private key as PEM is expected/);
		assert.throws(() => take(newKey("secp384r1").export({ type: "pkcs8", format: "pem" })), /P-256/);
		const ed25519 = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
		assert.throws(() => take(ed25519), /P-256/);
		take(newKey().export({ type: "sec1", format: "pem" }));
	});

	it("is trusted with up to three beside it, in the order of their names, each once", () => {
		const own = publicKey(signingKey(silent, file));
		assert.strictEqual(trustedKeys(silent, file), own);
		const keys = [newKey(), newKey(), newKey()];
		for (const [index, key] of keys.entries()) trust(`${3 - index}`, key);
		writeFileSync(join(folder, "linnet/trusted/README"), "no key");
		const [c, b, a] = keys.map(publicKey);
		assert.strictEqual(trustedKeys(silent, file), [own, a, b, c].join(","));
		trust("again", keys[0] as KeyObject);
		assert.strictEqual(trustedKeys(silent, file), [own, a, b, c].join(","));
		trust("one more", newKey());
		assert.throws(() => trustedKeys(silent, file), /5 keys are to be trusted, and a phone has room for 4/);
		rmSync(join(folder, "linnet/trusted/one more.pem"));
		trust("2", newKey("secp384r1"));
		assert.throws(() => trustedKeys(silent, file), /trusted\/2\.pem: a key for ECDSA on P-256/);
	});

	it("is named where what is built does not trust it, and shown as a public one", () => {
		const load = (...words: string[]) =>
			spawnSync(process.execPath, [join(root, "tools/run.mjs"), "load", ...words, "--key", file], { encoding: "utf8" });
		const refused = load("pc", folder);
		assert.strictEqual(refused.status, 1);
		assert.include(refused.stderr, `the modules as built do not trust the key in ${file}`);
		assert.deepEqual(readdirSync(folder), ["linnet"]);
		const shown = load("--public-key");
		assert.strictEqual(shown.status, 0, shown.stderr);
		assert.strictEqual(publicKey(createPublicKey(shown.stdout)), publicKey(signingKey(silent, file)));
		assert.notInclude(shown.stdout, readFileSync(file, "latin1").split("\n")[1] ?? "");
	});
});

describe("the counter of a load", () => {
	it("grows with its version", () => {
		const versions = ["0.0.1", "0.0.999", "0.1.0", "0.1.1", "0.10.0", "1.0.0", "1.0.1-rc.1", "999.999.999"];
		const counters = versions.map(counterOf);
		assert.deepEqual(counters, [1, 999, 1000, 1001, 10_000, 1_000_000, 1_000_001, 999_999_999]);
		for (const version of ["", "1", "1.0", "1.0.1000", "1.0.0.0", "v1.0.0", "a.b.c", "-1.0.0"])
			assert.throws(() => counterOf(version), /no version of three numbers/, version);
	});
});
