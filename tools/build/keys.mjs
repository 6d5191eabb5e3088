/*
 * The builder's key, by which loads are signed: ECDSA on P-256, in a file of its own outside the tree, made on first use. Builds
 * embed its public key, and those that lie as PEM files in the folder `trusted` beside it. Built-in modules only: builds need it.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Failure } from "./failure.mjs";

/** As many as a phone has room for: hal/loads/signed_load.h. */
const keysMost = 4;
const curve = "prime256v1";
const prefix = "p256:";

/**
 * Where the builder's key is: LINNET_LOAD_KEY, or load-key.pem in linnet's folder of the user's configuration (XDG Base Directory
 * Specification).
 * @returns {string}
 */
export function keyFile(environment = process.env) {
	if (environment.LINNET_LOAD_KEY) return resolve(environment.LINNET_LOAD_KEY);
	return join(environment.XDG_CONFIG_HOME || join(homedir(), ".config"), "linnet/load-key.pem");
}

/**
 * Makes a key where there is none. It appears whole or not at all, whoever else makes one at the same time, for its owner's eyes alone.
 * @param {string} file @returns {boolean} whether it was made
 */
function make(file) {
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: curve });
	const own = `${file}.${process.pid}`;
	try {
		mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		writeFileSync(own, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
		linkSync(own, file);
		return true;
	} catch (error) {
		if (error.code === "EEXIST" && existsSync(file)) return false;
		throw new Failure(
			`loads: cannot make a key to sign loads with: ${error.message}; LINNET_LOAD_KEY names another file`,
		);
	} finally {
		rmSync(own, { force: true });
	}
}

/** @param {import("node:crypto").KeyObject} key @param {string} file where it comes from, for the message when it is of another kind */
function demandCurve(key, file) {
	if (key.asymmetricKeyType !== "ec" || key.asymmetricKeyDetails?.namedCurve !== curve)
		throw new Failure(`loads: ${file}: a key for ECDSA on P-256 (prime256v1) is expected`);
	return key;
}

/**
 * The builder's key, made when there is none yet.
 * @param {(line: string) => void} say hears where a key was made
 * @returns {import("node:crypto").KeyObject} @throws {Failure} when there is none, and none can be made, or others may read it
 */
export function signingKey(say, file = keyFile()) {
	if (!existsSync(file) && make(file))
		say(`loads: made ${file}, the key that signs your loads: keep it, phones that you build trust no other`);
	if ((statSync(file).mode & 0o077) !== 0)
		throw new Failure(`loads: ${file} can be read by others than its owner: chmod 600 ${file}`);
	let key;
	try {
		key = createPrivateKey(readFileSync(file));
	} catch (error) {
		throw new Failure(`loads: ${file}: a private key as PEM is expected: ${error.message}`);
	}
	return demandCurve(key, file);
}

/**
 * A public key as phones have it: its point, 64 octets, in hexadecimal digits.
 * @param {import("node:crypto").KeyObject} key public or private
 */
export function publicKey(key) {
	const { x = "", y = "" } = (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" });
	return prefix + Buffer.concat([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]).toString("hex");
}

/** Public keys beside the builder's own that a build is to trust, in the order of their files' names. */
function others(file) {
	const folder = join(dirname(file), "trusted");
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => name.endsWith(".pem"))
		.sort()
		.map((name) => {
			const path = join(folder, name);
			try {
				return publicKey(demandCurve(createPublicKey(readFileSync(path)), path));
			} catch (error) {
				if (error instanceof Failure) throw error;
				throw new Failure(`loads: ${path}: a public key as PEM is expected: ${error.message}`);
			}
		});
}

/**
 * The public keys that a build is to trust, as hal/loads/signed_load.h reads them: the builder's own, made when there is none yet, and others.
 * @param {(line: string) => void} say @returns {string} @throws {Failure}
 */
export function trustedKeys(say, file = keyFile()) {
	const keys = [...new Set([publicKey(signingKey(say, file)), ...others(file)])];
	if (keys.length > keysMost)
		throw new Failure(`loads: ${keys.length} keys are to be trusted, and a phone has room for ${keysMost}`);
	return keys.join(",");
}
