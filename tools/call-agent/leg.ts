/*
 * One phone's side of a call, and the media of that side.
 */
import type { Conference } from "./conference.js";
import type { Line } from "./device.js";
import type { Match } from "./numbering.js";
import type { RtpPacket, RtpPort } from "./rtp.js";
import type { MediaFormat, Sender } from "./sender.js";

/**
 * `offHook`: dial tone or digits; `proceeding`: number complete; `invalid`: no such number; `released`: gone.
 */
export type LegState =
	| "offHook"
	| "proceeding"
	| "ringOut"
	| "ringIn"
	| "connected"
	| "held"
	| "busy"
	| "congestion"
	| "invalid"
	| "released";

/** What stands behind a number that is not a phone; `answerer`: what {@link Leg.answerer} makes of the phone's packets. */
export type Service = "echo" | "tone" | "music" | "busy" | "congestion" | "answerer";

/** How a phone answers by itself: both hear each other, or only the caller is heard. */
export type AutoAnswer = "talk" | "page";

/** What digits of a new call are for, when not for calling. */
export interface Collector {
	match(digits: string): Match;
	take(number: string): void;
}

export interface TransportAddress {
	readonly address: string;
	readonly port: number;
}

export class Leg {
	state: LegState = "offHook";
	digits = "";
	peer: Leg | undefined;
	service: Service | undefined;
	/** Sides that ring for this one's call. */
	readonly forks: Leg[] = [];
	/** Lines that have sent the call on, in order. */
	readonly redirected: Line[] = [];
	collects: Collector | undefined;
	/** Takes each packet of the phone's sound, and may send others back. */
	answerer: ((packet: RtpPacket, port: RtpPort) => void) | undefined;
	conference: Conference | undefined;
	/** The held call, or its conference, that this one is made for. */
	conferences: Leg | undefined;
	/** Done when the side is gone. */
	onEnd: (() => void) | undefined;
	/** The held call that this one is made to transfer. */
	transfers: Leg | undefined;
	/** Whether the phone was already busy with another call when this one came. */
	waiting = false;
	/** Digit or answer time-out of this side. */
	timer: NodeJS.Timeout | undefined;
	/** What remains to be said once the phone has opened its receive channel. */
	afterOpen: (() => void) | undefined;

	passThruParty = 0;
	codec = 4;
	packetTime = 20;
	/** OpenReceiveChannel is out. */
	receiveOpen = false;
	/** Where the phone listens, once it has said so. */
	receive: TransportAddress | undefined;
	/** Where the phone was told to send. */
	transmit: TransportAddress | undefined;
	/** The agent's own end. */
	port: RtpPort | undefined;
	/** What the agent's end does now. */
	source = "";

	constructor(
		readonly line: Line,
		readonly reference: number,
		/** The phone placed this call. */
		public outgoing: boolean,
		readonly sender: Sender,
		/** The agent's address as the phone sees it. */
		private readonly address: string,
	) {}

	/** Takes the codec of whom it is to talk with, where its phone has that and has not opened a channel with another one. */
	takeCodec(codec: number): void {
		if (!this.receiveOpen && this.line.device.codecs.includes(codec)) this.codec = codec;
	}

	get instance(): number {
		return this.line.instance;
	}

	/** Where the agent listens for this side, while it has a port. */
	get own(): TransportAddress | undefined {
		return this.port && { address: this.address, port: this.port.port };
	}

	get media(): MediaFormat {
		return {
			reference: this.reference,
			passThruParty: this.passThruParty,
			packetTime: this.packetTime,
			codec: this.codec,
		};
	}

	/** The line of the other side, as far as it is a phone. */
	get far(): Line | undefined {
		return this.peer?.line;
	}
}
