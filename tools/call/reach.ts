/*
 * Asks whether anything listens at a call agent's address before a phone is set on it, so that a wrong address gives one clear
 * line at once instead of a phone that goes on trying.
 */
import { lookup } from "node:dns/promises";
import { connect } from "node:net";

const connectTimeout = 5000;

/** Resolves when a TCP connection can be made; rejects with a line that says why not. */
export async function checkReachable(host: string, port: number): Promise<void> {
	try {
		await lookup(host, { family: 4 });
	} catch {
		throw new Error(`unknown host '${host}': no IPv4 address found for the call agent`);
	}
	await new Promise<void>((resolve, reject) => {
		const socket = connect({ host, port, family: 4, timeout: connectTimeout });
		const fail = (why: string) => {
			socket.destroy();
			reject(new Error(`call agent ${host}:${port}: ${why}`));
		};
		socket.once("connect", () => {
			socket.destroy();
			resolve();
		});
		socket.once("timeout", () => fail(`no answer within ${connectTimeout / 1000} s`));
		socket.once("error", (error: NodeJS.ErrnoException) =>
			fail(error.code === "ECONNREFUSED" ? "connection refused: nothing listens there" : error.message),
		);
	});
}
