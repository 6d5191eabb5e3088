/*
 * The TFTP server of ./tftp-server.ts as a program, for networks in which nothing else of a measurement or a test runs:
 * `node tftp-main.js ADDRESS FOLDER [FILE ERROR]` serves the files of a folder on port 69; to who asks for FILE it answers with the error of
 * that number. Ends when it is ended.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TftpServer } from "./tftp-server.js";

const [address = "", folder = "", refused = "", error = ""] = process.argv.slice(2);
const server = await TftpServer.start(address, 69);
for (const name of readdirSync(folder)) server.files.set(name, { content: readFileSync(join(folder, name)) });
if (refused !== "") server.files.set(refused, { content: "refused", error: Number(error) });
