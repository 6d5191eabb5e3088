/* Node's module resolution over the map of manifest.json; everything else goes on to Node. */
import { dirname, resolve as join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiled, readManifest } from "./manifest.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const { modules } = readManifest(join(root, "manifest.json"), "host");
// the board's drivers know no chip: what they drive is handed in
for (const [specifier, file] of readManifest(join(root, "manifest.json"), "esp32").modules)
	if (specifier.startsWith("hal/esp32s3/")) modules.set(specifier, file);

// nor does what the emulated chip has of its own
for (const [specifier, file] of readManifest(join(root, "hardware/emulator/manifest.json"), "esp32").modules)
	if (specifier.startsWith("hardware/")) modules.set(specifier, file);

export function resolve(specifier, context, next) {
	const file = modules.get(specifier);
	return file ? { url: pathToFileURL(compiled(file, root)).href, shortCircuit: true } : next(specifier, context);
}
