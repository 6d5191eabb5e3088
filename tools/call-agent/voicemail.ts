/*
 * A small voicemail: takes a message when nobody answers, lights the lamp, and plays new messages to whoever calls its number from
 * the line that has them. It records and plays packet by packet, at the pace of the phone's own.
 */
import type { Calls } from "./calls.js";
import type { Device, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import type { Numbering } from "./numbering.js";
import { PayloadType } from "./rtp.js";
import { encodeALaw, encodeMuLaw, tone } from "./sounds.js";

/** Packets of the beep before the recording, and of the longest message. */
const beepPackets = 10;
const mostPackets = 50 * 120;
const beep = tone([1400], -10);

interface Message {
	readonly payloadType: number;
	readonly payload: Buffer;
}

export class Voicemail {
	/** Its own number. */
	readonly number = "900";
	/** New messages by the number of their line. */
	private readonly boxes = new Map<string, Message[][]>();

	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
	) {
		numbering.setFeature(this.number, (leg) => this.play(leg));
	}

	/** Answers a call for a line that nobody has taken. */
	record(leg: Leg, line: Line): void {
		const message: Message[] = [];
		let [beeps, sent] = [0, 0];
		leg.redirected.push(line);
		leg.service = "answerer";
		leg.answerer = ({ payloadType, payload }, port) => {
			if (payloadType === PayloadType.telephoneEvent) return;
			if (beeps++ < beepPackets) {
				const encode = payloadType === PayloadType.aLaw ? encodeALaw : encodeMuLaw;
				const start = sent;
				port.send(payloadType, sent, Buffer.from(payload.map((_, at) => encode(beep(start + at)))));
				sent += payload.length;
			} else if (message.length < mostPackets) message.push({ payloadType, payload: Buffer.from(payload) });
		};
		leg.onEnd = () => {
			if (message.length === 0) return;
			const box = this.boxes.get(line.number) ?? [];
			this.boxes.set(line.number, box);
			box.push(message);
			this.told(line.number);
		};
		this.calls.connect(leg);
	}

	/** Plays what is new for the caller's line; it is not new any more then. */
	private play(leg: Leg): void {
		const { number } = leg.line;
		const packets = (this.boxes.get(number) ?? []).flat();
		let [next, sent] = [0, 0];
		leg.service = "answerer";
		leg.answerer = ({ payloadType }, port) => {
			const packet = payloadType === PayloadType.telephoneEvent ? undefined : packets[next];
			if (!packet) return;
			next++;
			port.send(packet.payloadType, sent, packet.payload);
			sent += packet.payload.length;
			if (next < packets.length) return;
			this.boxes.delete(number);
			this.told(number);
		};
		this.calls.connect(leg);
	}

	private told(number: string): void {
		const count = this.boxes.get(number)?.length ?? 0;
		for (const line of this.numbering.linesOf(number)) {
			line.newMessages = count;
			this.tell(line.device);
		}
	}

	/** Tells a phone that has registered of its messages. */
	registered(device: Device): void {
		if (device.newMessages > 0) this.tell(device);
	}

	private tell(device: Device): void {
		if (device.registered) this.dialect.messages(device);
	}
}
