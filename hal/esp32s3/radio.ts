/*
 * What the phone needs of Wi-Fi, as the SDK's `wifi` module has it: handed in, so that the handling of networks runs without a radio.
 * What the module lacks stands in radio.c.
 */

/** One network that a scan found; the SDK ends a scan with null. */
export interface ScanRecord {
	readonly ssid: string;
	/** dBm. */
	readonly rssi: number;
	/** 'none' for an open network. */
	readonly authentication?: string;
}

/** The class that `wifi` exports. */
export interface Radio {
	/** Tells of 'connect', 'disconnect' (with -1 when the password is refused), 'station_connect', 'station_disconnect'. */
	new (options: undefined, notify: (message: string, value?: number) => void): object;
	/** 1 station, 3 station and access point. */
	mode: number;
	scan(options: object, found: (record: ScanRecord | null) => void): void;
	/** Without options: leaves the network. */
	connect(options?: { readonly ssid: string; readonly password?: string }): void;
	accessPoint(options: { readonly ssid: string; readonly password: string; readonly station: boolean }): void;
}

export const RadioMode = Object.freeze({ station: 1, both: 3 });
/** What 'disconnect' brings when the password was refused. */
export const PASSWORD_REFUSED = -1;

/** Has the station stay in its network while it hears nothing of it for so many seconds; said again in each network. */
export function rideOut(this: void, seconds: number): void {
	native("xs_radio_ride_out").call(this, seconds);
}
