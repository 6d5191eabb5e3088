/*
 * What a network gives to the phone, as the bodies share it: a lease from the text that lease.c writes, and the check of settings
 * made by hand.
 */
import { parseAddress } from "base/address";
import { Word } from "base/words";
import type { Lease, StaticSettings } from "hal/hardware";

/** A lease in the lines of lease_write(); undefined for '', which stands for none. */
export function leaseOf(text: string): Lease | undefined {
	if (text === "") return undefined;
	const lines = text.split("\n");
	const line = (index: number): string => lines[index] ?? "";
	const list = (index: number): readonly string[] => (line(index) === "" ? [] : line(index).split(" "));
	return {
		address: line(0),
		mask: line(1),
		router: line(2),
		dns: list(3),
		domain: line(4),
		tftpAddresses: list(5),
		tftpName: line(6),
		nextServer: line(7),
		serverName: line(8),
		ntp: list(9),
	};
}

/** A lease of settings made by hand. */
export function leaseOfSettings(settings: StaticSettings): Lease {
	return { ...settings, tftpName: "", nextServer: "", serverName: "", ntp: [] };
}

/** Whether an address can be that of one machine. */
function isHost(address: number): boolean {
	return address >= 0x1000000 && address < 0xe0000000;
}

/** What is wrong with settings made by hand, '' when nothing is. */
export function settingsProblem(settings: StaticSettings): string {
	const address = parseAddress(settings.address);
	if (!isHost(address)) return `${Word.notAddress} ${settings.address}`;
	const mask = parseAddress(settings.mask);
	const hosts = 0xffffffff - mask;
	// ones, then at least two noughts
	if (mask < 0 || hosts < 3 || (hosts & (hosts + 1)) >>> 0 !== 0) return `${Word.notMask} ${settings.mask}`;
	const host = (address & hosts) >>> 0;
	if (host === 0 || host === hosts) return `${Word.ownAddress} ${settings.address}`;
	if (settings.router !== "") {
		const router = parseAddress(settings.router);
		if (!isHost(router) || ((router ^ address) & mask) !== 0) return `${Word.routerElsewhere} ${settings.router}`;
	}
	for (const server of [...settings.dns, ...settings.tftpAddresses])
		if (!isHost(parseAddress(server))) return `${Word.notAddress} ${server}`;
	return "";
}
