/*
 * Which servers a phone asks for its files, in the order of trust that Cisco's phones have: those set by hand, then DHCP's
 * option 150, option 66, siaddr and sname, then the name CiscoCM1.
 */
import { Word } from "base/words";
import type { Lease } from "hal/hardware";

/** Port of TFTP. */
export const tftpPort = 69;
/** Port of SCCP. */
const sccpPort = 2000;
/** Servers asked at most, and tried as call agents. */
const most = 8;
const mostAgents = 3;
/** Name that a network without DHCP options gives its server. */
const lastResort = "CiscoCM1";

export interface Server {
	/** Name or dotted address. */
	readonly host: string;
	/** Port of TFTP. */
	readonly port: number;
	/** Where the phone has it from, for the log. */
	readonly source: string;
}

/** Servers to ask in order. @param alternate 'host' or 'host:port' set by hand: when there are any, no others are asked. */
export function serversOf(lease: Lease, alternate: readonly string[]): Server[] {
	const servers: Server[] = [];
	for (let i = 0; i < alternate.length; i += 1) add(servers, alternate[i] as string, Word.setByHand);
	if (servers.length > 0) return servers;
	for (let i = 0; i < lease.tftpAddresses.length; i += 1)
		add(servers, lease.tftpAddresses[i] as string, "DHCP option 150");
	add(servers, lease.tftpName, "DHCP option 66");
	add(servers, lease.nextServer, "DHCP siaddr");
	add(servers, lease.serverName, "DHCP sname");
	add(servers, lastResort, Word.byName);
	return servers;
}

function add(servers: Server[], text: string, source: string): void {
	const colon = text.indexOf(":");
	const host = (colon < 0 ? text : text.slice(0, colon)).trim();
	const port = colon < 0 ? tftpPort : Number(text.slice(colon + 1));
	if (host === "" || host === "0.0.0.0" || !(port > 0 && port < 65536) || servers.length >= most) return;
	for (let i = 0; i < servers.length; i += 1) {
		const server = servers[i] as Server;
		if (server.host === host && server.port === port) return;
	}
	servers.push({ host, port, source });
}

/**
 * Servers as call agents, 'host:port', for a phone that knows no others: those asked from `first` on, then those before, then the name
 * CiscoCM1, which some networks give their call agent.
 */
export function serverAgents(servers: readonly Server[], first: number): readonly string[] {
	const agents: string[] = [];
	const named = `${lastResort}:${sccpPort}`;
	for (let i = 0; i < servers.length && agents.length < mostAgents; i += 1) {
		const { host } = servers[(first + i) % servers.length] as Server;
		const agent = `${host}:${sccpPort}`;
		if (agent !== named && !agents.includes(agent)) agents.push(agent);
	}
	agents.push(named);
	return agents;
}

/** The list of servers in one text, to see whether it has changed. */
export function describe(servers: readonly Server[]): string {
	let text = "";
	for (let i = 0; i < servers.length; i += 1) {
		const { host, port } = servers[i] as Server;
		text += `${i === 0 ? "" : " "}${host}:${port}`;
	}
	return text;
}
