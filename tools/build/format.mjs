/* npm run format: Biome over the tree, clang-format over the C when it is there. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

export function format(root) {
	const biome = spawnSync(join(root, "node_modules/.bin/biome"), ["check", "--write", "."], {
		cwd: root,
		stdio: "inherit",
	});
	const files = spawnSync("git", ["ls-files", "*.c", "*.h"], { cwd: root, encoding: "utf8" });
	const sources = (files.stdout ?? "").split("\n").filter((name) => name !== "");
	const clang = sources.length ? spawnSync("clang-format", ["-i", ...sources], { cwd: root, stdio: "inherit" }) : {};
	if (clang.error)
		process.stderr.write("clang-format not found: the C stays as it is (apt-get install clang-format)\n");
	return biome.status === 0 && !clang.status ? 0 : 1;
}
