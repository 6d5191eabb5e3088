/*
 * The example of services, walked through by the script beside it: a menu, weather, a form, a directory with search from which is dialled.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../tools/phone/project.js";
import { timeout } from "../phones/support/house.js";
import { play } from "../scenarios/support/matrix.js";

describe("The example of services", function () {
	this.timeout(4 * timeout);

	it("is walked through by its script", async () => {
		const server = spawn(process.execPath, ["examples/services/server.mjs", "--port", "0", "--address", "127.0.0.1"], {
			cwd: projectRoot,
			stdio: ["ignore", "pipe", "inherit"],
		});
		try {
			const port = await new Promise<string>((resolve, reject) => {
				server.stdout.on("data", (data: Buffer) => resolve(/port (\d+)/.exec(data.toString())?.[1] ?? ""));
				server.once("exit", () => reject(new Error("the example has ended")));
			});
			const text = readFileSync(join(projectRoot, "examples/services/walk.txt"), "utf8");
			await play({ name: "walk", text: text.replaceAll(":8080/", `:${port}/`) }, "callmanager", 17);
		} finally {
			server.kill();
		}
	});
});
