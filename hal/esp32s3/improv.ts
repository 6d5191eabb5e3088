/*
 * Improv Wi-Fi over a serial line (improv-wifi.com/serial, version 1): a page that has a serial port open asks a new device who it is and
 * which networks it hears, and gives it a network. Packets stand between other lines: what is none of them goes to its host. Octets in,
 * packets out, in buffers of a fixed size; what the phone does with them is its owner's.
 */

/** Where the device stands, as the protocol numbers it. */
export const ImprovState = Object.freeze({ ready: 2, provisioning: 3, provisioned: 4 });
/** What is wrong, likewise. */
export const ImprovError = Object.freeze({ none: 0, invalidPacket: 1, unknownCommand: 2, unableToConnect: 3 });

const PacketType = Object.freeze({ state: 1, error: 2, command: 3, result: 4 });
const Command = Object.freeze({ settings: 1, state: 2, information: 3, scan: 4 });

/** 'IMPROV' and the version. */
const HEADER: readonly number[] = Object.freeze([0x49, 0x4d, 0x50, 0x52, 0x4f, 0x56, 1]);
/** Where type, length and data of a packet stand. */
const TYPE = 7;
const LENGTH = 8;
const DATA = 9;
/** Data of a packet at most, for its length is one octet. */
const MOST_DATA = 255;
const LINE_FEED = 10;
/** A packet whose octets stop coming for so long (ms) is none. */
const STALLED = 1000;

/** Name of a board's firmware, by which the page that flashes it knows it again. */
export function firmwareName(board: string): string {
	return `Linnet, ${board}`;
}

export interface ImprovNetwork {
	readonly ssid: string;
	/** dBm. */
	readonly rssi: number;
	readonly open: boolean;
}

export interface ImprovHost {
	/** A number of {@link ImprovState}. */
	readonly state: number;
	/** Name of the firmware, its version, the chip, the name of the device. */
	readonly information: readonly string[];
	/** Where to go on in a browser, '' for nowhere. */
	readonly url: string;
	/** Joins a network; {@link Improv.joined} is called when that has come to its end, also at once. */
	join(ssid: string, password: string): void;
	/** Looks for networks; {@link Improv.heard} is called when that is over, also at once. */
	scan(): void;
	/** Sends a packet in one piece, at the beginning of a line. @param packet valid during the call only. */
	send(packet: Uint8Array): void;
	/** Takes an octet that belongs to no packet. */
	plain(octet: number): void;
}

export class Improv {
	private readonly host: ImprovHost;
	/** The packet that comes, and how many of its octets there are. */
	private readonly packet = new Uint8Array(DATA + MOST_DATA + 1);
	private length = 0;
	private ticks = 0;
	/** The packet that goes: a line feed, so that it begins a line whatever was there, the packet, a line feed. */
	private readonly out = new Uint8Array(1 + DATA + MOST_DATA + 2);
	/** Octets of data in it so far. */
	private size = 0;

	constructor(host: ImprovHost) {
		this.host = host;
		this.out[0] = LINE_FEED;
		this.out.set(HEADER, 1);
	}

	/** Takes an octet from the line. @param ticks the time, in ms. */
	take(octet: number, ticks: number): void {
		if (ticks - this.ticks >= STALLED) this.breakOff();
		this.ticks = ticks;
		this.octet(octet);
	}

	/** What was asked by {@link ImprovHost.join} has come to its end. */
	joined(success: boolean): void {
		if (success) {
			this.sendState(ImprovState.provisioned);
			this.sendUrl(Command.settings);
		} else {
			this.sendError(ImprovError.unableToConnect);
			this.sendState(this.host.state);
		}
	}

	/** These are the networks that are heard. */
	heard(networks: readonly ImprovNetwork[]): void {
		for (let i = 0; i < networks.length; i += 1) {
			const { ssid, rssi, open } = networks[i] as ImprovNetwork;
			this.begin(PacketType.result);
			this.add(Command.scan);
			this.add(0);
			this.addText(ssid);
			this.addText(`${rssi}`);
			this.addText(open ? "NO" : "YES");
			this.endResult();
		}
		this.begin(PacketType.result);
		this.add(Command.scan);
		this.add(0);
		this.endResult();
	}

	/** The state is another one. @param state a number of {@link ImprovState}. */
	sendState(state: number): void {
		this.begin(PacketType.state);
		this.add(state);
		this.end();
	}

	private octet(octet: number): void {
		const { packet } = this;
		if (this.length < HEADER.length && octet !== HEADER[this.length]) this.breakOff();
		// what breaks a header off may begin the next one
		if (this.length === 0 && octet !== HEADER[0]) {
			this.host.plain(octet);
			return;
		}
		packet[this.length] = octet;
		this.length += 1;
		if (this.length <= DATA || this.length <= DATA + (packet[LENGTH] as number)) return;
		this.length = 0;
		this.whole();
	}

	/** What came is no packet after all: the beginning of a header is as good as any other writing, the rest of a packet is not. */
	private breakOff(): void {
		const { length } = this;
		this.length = 0;
		if (length >= HEADER.length) return;
		for (let i = 0; i < length; i += 1) this.host.plain(HEADER[i] as number);
	}

	/** A packet has come to its end. */
	private whole(): void {
		const { packet } = this;
		const size = packet[LENGTH] as number;
		let sum = 0;
		for (let i = 0; i < DATA + size; i += 1) sum += packet[i] as number;
		if ((sum & 0xff) !== packet[DATA + size]) this.sendError(ImprovError.invalidPacket);
		// nothing else is for a device, such as what it has sent itself where the line has an echo
		else if (packet[TYPE] === PacketType.command) this.command(size);
	}

	/** @param size octets of the packet's data: the command, the length of what follows, and that. */
	private command(size: number): void {
		const { host, packet } = this;
		if (size < 2 || packet[DATA + 1] !== size - 2) {
			this.sendError(ImprovError.invalidPacket);
			return;
		}
		switch (packet[DATA]) {
			case Command.settings:
				this.settings(DATA + 2, DATA + size);
				break;
			case Command.state: {
				const { state } = host;
				this.sendState(state);
				if (state === ImprovState.provisioned) this.sendUrl(Command.state);
				break;
			}
			case Command.information:
				this.begin(PacketType.result);
				this.add(Command.information);
				this.add(0);
				for (const text of host.information) this.addText(text);
				this.endResult();
				break;
			case Command.scan:
				host.scan();
				break;
			default:
				this.sendError(ImprovError.unknownCommand);
		}
	}

	/** A network's name and its password, each behind its length. */
	private settings(from: number, to: number): void {
		const { packet } = this;
		const middle = from + 1 + (packet[from] as number);
		const end = middle + 1 + (packet[middle] as number);
		const ssid = from < to && middle < to ? textOf(packet, from + 1, middle) : undefined;
		const password = end === to ? textOf(packet, middle + 1, end) : undefined;
		if (ssid === undefined || password === undefined) {
			this.sendError(ImprovError.invalidPacket);
			return;
		}
		this.sendError(ImprovError.none);
		this.sendState(ImprovState.provisioning);
		this.host.join(ssid, password);
	}

	private sendUrl(command: number): void {
		this.begin(PacketType.result);
		this.add(command);
		this.add(0);
		if (this.host.url !== "") this.addText(this.host.url);
		this.endResult();
	}

	private sendError(error: number): void {
		this.begin(PacketType.error);
		this.add(error);
		this.end();
	}

	private begin(type: number): void {
		this.out[1 + TYPE] = type;
		this.size = 0;
	}

	/** Adds an octet; of what has no room nothing is sent. */
	private add(octet: number): void {
		if (this.size === MOST_DATA) return;
		this.out[1 + DATA + this.size] = octet;
		this.size += 1;
	}

	/** Adds a text behind its length, in UTF-8; one that has no room is left empty. */
	private addText(text: string): void {
		const start = this.size;
		const octets = lengthOf(text);
		const fits = start + 1 + octets <= MOST_DATA;
		this.add(fits ? octets : 0);
		if (fits) addUtf8(text, (octet) => this.add(octet));
	}

	/** Ends a result, whose second octet is the length of what follows. */
	private endResult(): void {
		this.out[1 + DATA + 1] = this.size - 2;
		this.end();
	}

	private end(): void {
		const { out, size } = this;
		const last = 1 + DATA + size;
		out[1 + LENGTH] = size;
		let sum = 0;
		for (let i = 1; i < last; i += 1) sum += out[i] as number;
		out[last] = sum & 0xff;
		out[last + 1] = LINE_FEED;
		this.host.send(out.subarray(0, last + 2));
	}
}

/** Octets of a text in UTF-8. */
function lengthOf(text: string): number {
	let count = 0;
	addUtf8(text, () => {
		count += 1;
	});
	return count;
}

/** Half of a character is sent as what stands for none. */
function addUtf8(text: string, add: (octet: number) => void): void {
	for (let i = 0; i < text.length; i += 1) {
		let code = text.codePointAt(i) as number;
		if (code >= 0x10000) i += 1;
		else if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
		if (code < 0x80) {
			add(code);
			continue;
		}
		const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
		add((more === 1 ? 0xc0 : more === 2 ? 0xe0 : 0xf0) | (code >> (6 * more)));
		for (let rest = more - 1; rest >= 0; rest -= 1) add(0x80 | ((code >> (6 * rest)) & 0x3f));
	}
}

/** The text of octets in UTF-8, undefined when they are none. */
function textOf(octets: Uint8Array, from: number, to: number): string | undefined {
	let coded = "";
	for (let i = from; i < to; i += 1) {
		const octet = octets[i] as number;
		coded += `%${octet < 16 ? "0" : ""}${octet.toString(16)}`;
	}
	try {
		return decodeURIComponent(coded);
	} catch {
		return undefined;
	}
}
