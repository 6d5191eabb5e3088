/*
 * The servers of files of a script whose phones ask one for their configuration, by TFTP.
 */
import { deviceFile } from "../boot/files.js";
import { TftpServer } from "../boot/tftp-server.js";

/** What may stand for the elements of a configuration: how the server fails. */
export const configurationFaults: readonly string[] = Object.freeze(["missing", "silent", "broken"]);

export class ScriptFiles {
	private constructor(
		private readonly server: TftpServer,
		private readonly mute: TftpServer,
		private readonly silent: ReadonlySet<string>,
	) {}

	/** @param configurations elements or one of {@link configurationFaults} by device name. @param agents call agents that the files name. @param more files by name. */
	static async start(
		configurations: ReadonlyMap<string, string>,
		agents: readonly string[],
		more: ReadonlyMap<string, string> = new Map(),
	): Promise<ScriptFiles> {
		const [server, mute] = await Promise.all([TftpServer.start(), TftpServer.start()]);
		mute.silent = true;
		const silent = new Set<string>();
		for (const [device, text] of configurations) {
			const rest = text === "broken" ? "<broken>" : text;
			if (text === "silent") silent.add(device);
			else if (text !== "missing") server.files.set(`${device}.cnf.xml`, deviceFile({ agents, rest }));
		}
		for (const [name, content] of more) server.files.set(name, content);
		return new ScriptFiles(server, mute, silent);
	}

	/** Where a phone finds its own, as 'host:port'. */
	addressFor(device: string): string {
		return `127.0.0.1:${(this.silent.has(device) ? this.mute : this.server).port}`;
	}

	async close(): Promise<void> {
		await Promise.all([this.server.close(), this.mute.close()]);
	}
}
