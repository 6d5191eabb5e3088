/*
 * A small voicemail: takes a message when nobody answers, lights the lamp, and plays new messages to whoever calls its number from
 * the line that has them. It records and plays packet by packet, at the pace of the phone's own.
 */
import type { Calls } from "./calls.js";
import { coderOf, coderOfPayload, Listener, soundOf } from "./coders.js";
import type { Device, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import type { Numbering } from "./numbering.js";
import { tone } from "./sounds.js";

/** Packets of the beep before the recording, and of the longest message. */
const beepPackets = 10;
const mostPackets = 50 * 120;
const beep = tone([1400], -10);

/** A message is packets of samples at 8 kHz, whatever codec it came in. */
type Message = Int16Array;

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
		const coder = coderOf(leg.codec);
		const encode = coder.encoder();
		const listener = new Listener();
		leg.answerer = ({ payloadType, payload }, port) => {
			const heard = listener.hear(payloadType, payload);
			if (!heard) return;
			if (beeps++ < beepPackets) {
				port.send(coder.payloadType, sent, encode(beep, sent, heard.length));
				sent += heard.length;
			} else if (message.length < mostPackets) message.push(heard);
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
		const coder = coderOf(leg.codec);
		const encode = coder.encoder();
		leg.answerer = ({ payloadType }, port) => {
			const packet = coderOfPayload(payloadType) ? packets[next] : undefined;
			if (!packet) return;
			next++;
			port.send(coder.payloadType, sent, encode(soundOf(packet), 0, packet.length));
			sent += packet.length;
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
