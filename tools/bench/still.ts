/*
 * What a body without face, sound and storage has: for benchmarks that let the whole phone read messages as fast as it can.
 */
import type { Audio, Backlight, Keypad, Lamps, Lease, Storage, UdpSocket, Update } from "../../hal/hardware.js";

export const lamps: Lamps = { set: () => {} };
export const backlight: Backlight = { set: () => {} };
export const keypad: Keypad = { offHook: false, lineKeys: 6, softkeys: 4, start: () => {} };
export const storage: Storage = { read: () => undefined, write: () => {}, delete: () => {} };

/** Sound that is taken and given as it is asked for. */
export const audio: Audio = {
	openReceive: () => 20480,
	openMulticast: () => true,
	closeReceive: () => {},
	startTransmit: () => true,
	receiveEvents: () => {},
	stopTransmit: () => {},
	setTransmit: () => {},
	sendEvent: () => true,
	setLocale: () => {},
	keyTone: () => {},
	setBell: () => {},
	beginRing: () => true,
	ringData: () => true,
	endRing: () => true,
	startTone: () => true,
	stopTone: () => {},
	ring: () => 0,
	setRoute: () => {},
	setMute: () => {},
	setVolume: () => {},
	setReports: () => {},
	statistics: () => {},
};

export const update: Update = {
	load: "linnet-replay",
	suffix: "",
	resetReason: "start",
	onTrial: false,
	begin: () => false,
	write: () => false,
	finish: () => "a recording takes no loads",
	cancel: () => {},
	confirm: () => {},
};

export const lease: Lease = {
	address: "127.0.0.1",
	mask: "",
	router: "",
	dns: [],
	domain: "",
	tftpAddresses: [],
	tftpName: "",
	nextServer: "",
	serverName: "",
	ntp: [],
};

/** A UDP socket to which nothing comes. */
export const datagrams = (): UdpSocket => ({
	address: "",
	port: 0,
	read: () => undefined,
	write: () => {},
	close: () => {},
});

/** What XS offers here and Node does not: the host program's natives. */
type Native = (name: string) => (...values: unknown[]) => unknown;
export const native = (globalThis as { native?: Native }).native;

/** Index of figures that the host program gives (HostFigures). */
export const Figure = Object.freeze({ slots: 0, chunks: 3, collections: 8, slotSize: 11, count: 14 });
