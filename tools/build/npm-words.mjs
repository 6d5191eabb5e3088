/*
 * Options that npm has taken for its own: `npm start --port 8000`, without `--` before them. npm keeps them from the program and sets
 * npm_config_port, with the value only where that came behind an equals sign; other words are left to the program. What can be put together again is; what
 * cannot is explained.
 */

/** npm's own, which it hands to every script, and those of its settings that programs here have as well, by other meanings. */
const npms = new Set(["cache", "prefix", "version", "yes"]);
/** Between values of an option that was given more than once. */
const separator = "\n\n";

/**
 * The words as they were meant.
 * @param {readonly string[]} args the words that npm has left
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {(option: string) => boolean} knows whether the program has an option of that name, without its hyphens
 * @returns {string[] | string} the words, or why they cannot be told: the options that npm has taken
 */
export function meant(args, env, knows) {
	/** @type {[string, string][]} */
	const taken = [];
	for (const [key, value] of Object.entries(env)) {
		if (!key.startsWith("npm_config_") || value === undefined) continue;
		const option = key.slice("npm_config_".length).replaceAll("_", "-");
		if (npms.has(option) || !knows(option)) continue;
		for (const one of value.split(separator)) taken.push([option, one]);
	}
	if (taken.length === 0) return [...args];
	const bare = taken.filter(([, value]) => value === "true");
	// whose word stands alone cannot be told of several
	if (bare.length > 1 && args.length > 0) return taken.map(([option]) => `--${option}`).join(", ");
	const valued = taken.filter(([, value]) => value !== "true").map(([option, value]) => `--${option}=${value}`);
	return [...valued, ...bare.map(([option]) => `--${option}`), ...args];
}
