/* Node's module resolution over the map of manifest.json; everything else goes on to Node. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, resolve as join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiled, readManifest } from "./manifest.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const { modules } = readManifest(join(root, "manifest.json"), "host");
// the ESP32-S3's body and the drivers know no chip of Espressif's, nor does what boards have of their own: what they drive is handed in
const boards = readdirSync(join(root, "hardware")).map((board) => join(root, "hardware", board, "manifest.json"));
for (const manifest of [join(root, "manifest.json"), ...boards.filter((path) => existsSync(path))])
	for (const [specifier, file] of readManifest(manifest, "esp32").modules)
		if (/^(hal\/(drivers|esp32s3)|hardware)\//.test(specifier)) modules.set(specifier, file);

/** What boards name of the SDK's drivers: under Node a class that cannot be made, so that a board's description can be read. */
const sensor = /^embedded:sensor\//;

/** @returns {string} a module */
function standIn(specifier) {
	const text = JSON.stringify(`${specifier} is the Moddable SDK's: it is in a board's image alone`);
	return `data:text/javascript,${encodeURIComponent(`export default class { constructor() { throw new Error(${text}); } }`)}`;
}

export function resolve(specifier, context, next) {
	if (sensor.test(specifier)) return { url: standIn(specifier), shortCircuit: true };
	const file = modules.get(specifier);
	return file ? { url: pathToFileURL(compiled(file, root)).href, shortCircuit: true } : next(specifier, context);
}
