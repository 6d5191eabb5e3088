/*
 * The phone's address on whichever interface serves it: by DHCP, or set by hand. The settings hold on every interface, also on one
 * that gets link later.
 */
import { leaseOf, leaseOfSettings, settingsProblem } from "hal/dhcp/lease";
import type { Lease, NetworkIdentity, StaticSettings } from "hal/hardware";

/** The natives of dhcp.ts, handed in. */
export interface AddressIo {
	startLease(hostName: string, vendorClass: string, changed: () => void): void;
	leaseText(): string;
	configureAddress(address: string, mask: string, router: string, dns: string): string;
}

export class ChipAddress {
	/** What is known of the network; undefined while there is no address. */
	lease: Lease | undefined = undefined;
	private readonly io: AddressIo;
	private readonly changed: () => void;
	private readonly log: (line: string) => void;
	/** The lease as dhcp.c has it: a renewal is no change. */
	private text = "";
	private settings: StaticSettings | undefined = undefined;
	/** An interface got link since the address was told last: it has come anew, even when it is the one before. */
	private anew = false;

	/** @param changed is called when the address has come, has gone or has another lease. */
	constructor(io: AddressIo, changed: () => void, log: (line: string) => void) {
		this.io = io;
		this.changed = changed;
		this.log = log;
	}

	/** To be called once, before there is an interface. */
	start({ hostName, vendorClass }: NetworkIdentity): void {
		this.io.startLease(hostName, vendorClass, () => this.look());
		this.look();
	}

	/** Whether an interface has an address at this moment; a lease counts as lost some seconds later. */
	get held(): boolean {
		return this.io.leaseText() !== "";
	}

	/** An interface is in its network, and no other is: it may ask for an address, and says when it has one. */
	connected(): void {
		this.anew = true;
		const problem = this.apply();
		if (problem !== "") this.log(`network: no address can be asked for: ${problem}`);
	}

	/** Takes settings made by hand, undefined goes back to DHCP. @returns '' or what is wrong. */
	configure(settings: StaticSettings | undefined): string {
		const problem = settings === undefined ? "" : settingsProblem(settings);
		if (problem !== "") return problem;
		const before = this.settings;
		this.settings = settings;
		this.anew = true;
		const refused = this.apply();
		if (refused !== "") {
			this.settings = before;
			// what is refused half way has ended what there was
			const problem = this.apply();
			if (problem !== "") this.log(`network: what was set before is refused, too: ${problem}`);
			return refused;
		}
		this.look();
		return "";
	}

	private look(): void {
		const text = this.io.leaseText();
		if (text === this.text && (text === "" || !this.anew)) return;
		const lease = leaseOf(text);
		const settings = this.settings;
		// DHCP was quicker than the settings
		if (lease !== undefined && settings !== undefined && lease.address !== settings.address) {
			this.apply();
			return;
		}
		this.text = text;
		this.anew = this.anew && lease === undefined;
		this.lease = lease === undefined || settings === undefined ? lease : leaseOfSettings(settings);
		this.changed();
	}

	/** Without an interface nothing happens: it is told when there is one. @returns '' or what is wrong. */
	private apply(): string {
		const settings = this.settings;
		if (settings === undefined) return this.io.configureAddress("", "", "", "");
		return this.io.configureAddress(settings.address, settings.mask, settings.router, settings.dns[0] ?? "");
	}
}
