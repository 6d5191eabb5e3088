/*
 * The board's address: what DHCP gave, or what was set by hand. The natives stand in dhcp.c.
 */

/** Calls `changed` from now on when the address comes, goes, or has another lease. */
export function startLease(this: void, changed: () => void): void {
	native("xs_dhcp_start").call(this, changed);
}

/** @returns the lease as text for hal/dhcp/lease, '' while there is no address. */
export function leaseText(this: void): string {
	return native("xs_dhcp_lease").call(this);
}

/** Sets the address by hand; '' for the address goes back to DHCP. @returns '' or what is wrong. */
export function configureAddress(this: void, address: string, mask: string, router: string, dns: string): string {
	return native("xs_dhcp_configure").call(this, address, mask, router, dns);
}
