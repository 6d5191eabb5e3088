/*
 * dnsmasq as the server of a network of telephones: DHCP and TFTP on one interface, and nothing else of the computer's.
 */
import { join } from "node:path";

/**
 * Its arguments; it stays in the foreground.
 * @param network first three numbers of the addresses, such as '10.77.0'; phones get .50 to .99.
 * @param folder with the files of TFTP; the leases go there as well. @param tftp false for DHCP alone.
 */
export function dnsmasqWords(interfaceName: string, network: string, folder: string, tftp = true): string[] {
	return [
		"--no-daemon",
		"--conf-file=/dev/null",
		"--user=root",
		"--pid-file=",
		"--no-resolv",
		"--no-hosts",
		`--dhcp-leasefile=${join(folder, "leases")}`,
		"--dhcp-authoritative",
		"--no-ping",
		`--interface=${interfaceName}`,
		"--bind-interfaces",
		`--dhcp-range=${network}.50,${network}.99,10m`,
		...(tftp ? ["--enable-tftp", `--tftp-root=${folder}`] : []),
	];
}
