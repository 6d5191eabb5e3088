/* Brings the tree up to date for whoever runs a phone of it: dependencies, TypeScript, module map and host program. */
import * as steps from "./steps.mjs";

/**
 * @param {string} root @param {boolean} host whether a phone is to run here; dependencies and TypeScript alone otherwise
 * @throws {import("./failure.mjs").Failure} in words for whoever called it
 */
export async function bringUpToDate(root, host = true) {
	if (host) steps.checkCompiler();
	await steps.locked(root, async () => {
		steps.install(root);
		steps.compileTypeScript(root);
		if (!host) return;
		steps.writeMap(root);
		await steps.compileHost(root, 64);
	});
}
