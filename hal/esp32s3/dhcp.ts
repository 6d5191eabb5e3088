/*
 * The board's address: what DHCP gave, or what was set by hand. The natives stand in dhcp.c.
 */

/**
 * Calls `changed` from now on when the address comes, goes, or has another lease. To be called once, before there is an interface.
 * @param hostName DHCP's option 12. @param vendorClass its option 60.
 */
export function startLease(this: void, hostName: string, vendorClass: string, changed: () => void): void {
	native("xs_dhcp_start").call(this, hostName, vendorClass, changed);
}

/** Gives Wi-Fi's station the host name; to be called before it joins a network. */
export function nameStation(this: void): void {
	native("xs_dhcp_name_station").call(this);
}

/** @returns the lease as text for hal/dhcp/lease, '' while there is no address. */
export function leaseText(this: void): string {
	return native("xs_dhcp_lease").call(this);
}

/**
 * Sets the address of the interface that serves the phone by hand; '' for the address asks for one by DHCP.
 * @returns '' or what is wrong; without such an interface nothing is.
 */
export function configureAddress(this: void, address: string, mask: string, router: string, dns: string): string {
	return native("xs_dhcp_configure").call(this, address, mask, router, dns);
}
