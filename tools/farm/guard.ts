/*
 * Keeps a load where it belongs: phones call at this computer, or at an address that whoever starts them has named on purpose.
 */
import { lookup } from "node:dns/promises";

/** A call agent that the phones must not be let loose on; the message is for whoever named it. */
export class ForeignAddress extends Error {
	override readonly name = "ForeignAddress";
}

export function isLoopback(address: string): boolean {
	return /^127(\.\d{1,3}){3}$/.test(address);
}

/**
 * The IPv4 address and the port of a call agent, 'HOST' or 'HOST:PORT' (2000).
 * @param allowed hosts and addresses beside loopback, as they are written in `agent`, or the address that the host has.
 * @throws ForeignAddress when it is neither on loopback nor allowed; an Error when it has no IPv4 address.
 */
export async function checkAgent(
	agent: string,
	allowed: readonly string[],
): Promise<{ address: string; port: number }> {
	const [, host = "", port] = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(agent) ?? [];
	const number = port === undefined ? 2000 : Number(port);
	if (host === "" || number < 1 || number > 65535) throw new Error(`agent: HOST or HOST:PORT expected, not '${agent}'`);
	const found = await lookup(host, { family: 4, all: true }).catch((error: NodeJS.ErrnoException) => {
		throw new Error(`agent: ${host} has no IPv4 address (${error.code})`);
	});
	const foreign = found.find(({ address }) => !isLoopback(address) && !allowed.includes(address));
	if (foreign !== undefined && !allowed.includes(host)) {
		const name = host === foreign.address ? host : `${host} (${foreign.address})`;
		throw new ForeignAddress(
			`agent: ${name} is not this computer: phones go there only when it is allowed by name as well (--allow ${host})`,
		);
	}
	return { address: found[0]?.address ?? host, port: number };
}
