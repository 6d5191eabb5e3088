/*
 * What a body without face, sound and storage has: for benchmarks that let the whole phone read messages as fast as it can.
 */
import type {
	Audio,
	Backlight,
	Flash,
	Hardware,
	Keypad,
	Lamps,
	Lease,
	Network,
	Storage,
	TcpOptions,
	TcpSocket,
	UdpSocket,
	Update,
} from "../../hal/hardware.js";
import { noPictures } from "../../hal/pictures/none.js";

const lamps: Lamps = { set: () => {} };
const backlight: Backlight = { set: () => {} };
const keypad: Keypad = { offHook: false, lineKeys: 6, softkeys: 4, start: () => {} };
const flash: Flash = { octets: new Uint8Array(0), block: 4096, erase: () => false, write: () => false };
const storage: Storage = { read: () => undefined, write: () => {}, delete: () => {} };

/** Sound that is taken and given as it is asked for. */
const audio: Audio = {
	wideband: true,
	suppressesNoise: true,
	openReceive: () => 20480,
	openMulticast: () => true,
	closeReceive: () => {},
	startTransmit: () => true,
	receiveEvents: () => {},
	stopTransmit: () => {},
	setTransmit: () => {},
	sendEvent: () => true,
	setLocale: () => {},
	setTones: () => true,
	keyTone: () => {},
	setBell: () => {},
	beginRing: () => true,
	ringData: (octets) => octets.length,
	endRing: () => true,
	startTone: () => true,
	stopTone: () => {},
	ring: () => 0,
	setRoute: () => {},
	setMute: () => {},
	setVolume: () => {},
	setNoiseSuppression: () => {},
	setLevelControl: () => {},
	setReports: () => {},
	statistics: () => {},
};

const update: Update = {
	load: "linnet-replay",
	suffix: "",
	resetReason: "start",
	onTrial: false,
	begin: () => "a recording takes no loads",
	write: () => "a recording takes no loads",
	finish: () => "a recording takes no loads",
	cancel: () => {},
	confirm: () => {},
};

const lease: Lease = {
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
const datagrams = (): UdpSocket => ({
	address: "",
	port: 0,
	read: () => undefined,
	write: () => {},
	close: () => {},
});

/** A network with one other end. @param connect makes the phone's end of a connection. */
function network(connect: (options: TcpOptions) => TcpSocket): Network {
	return {
		mac: "001122334455",
		localAddress: () => "127.0.0.1",
		resolve: (_host, done) => done("127.0.0.1"),
		lease,
		start: () => {},
		configure: () => "",
		datagrams,
		connect,
		listen: () => undefined,
	};
}

/** What a bench has of its own; the rest of a body is still. */
export interface Own extends Partial<Pick<Hardware, "keypad" | "restart">>, Pick<Hardware, "clock" | "display"> {
	/** Version that the phone declares. */
	readonly protocolVersion: number;
	connect(options: TcpOptions): TcpSocket;
}

/** A body of a phone that registers with the other end of its network. */
export function body({ protocolVersion, connect, ...own }: Own): Hardware {
	return {
		defaults: { callAgents: ["127.0.0.1"], deviceName: "", protocolVersion, tftpServers: [] },
		pictures: noPictures,
		keypad,
		lamps,
		backlight,
		audio,
		network: network(connect),
		storage,
		flash,
		update,
		journal: { add: () => {}, line: () => undefined },
		log: () => {},
		restart: () => {},
		onQuit: () => {},
		...own,
	};
}

/** What XS offers here and Node does not: the host program's natives. */
type Native = (name: string) => (...values: unknown[]) => unknown;
export const native = (globalThis as { native?: Native }).native;

/** Index of figures that the host program gives (HostFigures). */
export const Figure = Object.freeze({ slots: 0, chunks: 3, collections: 8, slotSize: 11, count: 14 });
