/*
 * Conferences of any number: Confrn holds the conversation and calls somebody more, Confrn again has all talk together. The agent
 * mixes: whoever sends a packet gets one back with what the others have said, so the phones' packets are its clock. Sound is mixed at
 * 8 kHz, whatever codec each of them has.
 */
import type { Calls } from "./calls.js";
import { coderOf, type Encode, Listener, soundOf } from "./coders.js";
import type { Device } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import type { RtpPacket, RtpPort } from "./rtp.js";

/** Samples kept of each talker, and how far a listener may lag behind. */
const kept = 8000;
const mostLag = 1600;

class Member {
	readonly heard = new Int16Array(kept);
	written = 0;
	sent = 0;
	/** Nothing of what it says is heard. */
	muted = false;
	/** How far it has listened to the others. */
	readonly read = new Map<Member, number>();
	readonly encode: Encode;
	private readonly listener = new Listener();

	constructor(readonly leg: Leg) {
		this.encode = coderOf(leg.codec).encoder();
	}

	/** Takes a packet's sound; false when it has none. */
	take({ payload, payloadType }: RtpPacket): boolean {
		const heard = this.listener.hear(payloadType, payload);
		for (const sample of heard ?? []) this.heard[this.written++ % kept] = sample;
		return heard !== undefined;
	}

	/** Adds the next samples of a talker to a mixture. */
	mix(talker: Member, sum: Int32Array): void {
		let at = this.read.get(talker) ?? talker.written - sum.length;
		if (at < 0 || talker.written - at > mostLag) at = Math.max(0, talker.written - sum.length);
		const count = Math.min(sum.length, talker.written - at);
		for (let index = 0; index < count; index++)
			sum[index] = (sum[index] as number) + (talker.heard[(at + index) % kept] as number);
		this.read.set(talker, at + Math.max(0, count));
	}
}

/** How many there have been. */
let conferences = 0;

export class Conference {
	private readonly members: Member[] = [];
	/** Tells conferences apart, from 1. */
	readonly id: number;

	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		/** A room stays a conference with two or one in it. */
		private readonly room = false,
	) {
		conferences += 1;
		this.id = conferences;
	}

	get count(): number {
		return this.members.length;
	}

	/** Its sides, in the order in which they came. */
	get legs(): Leg[] {
		return this.members.map(({ leg }) => leg);
	}

	muted(leg: Leg): boolean {
		return this.members.some((member) => member.leg === leg && member.muted);
	}

	/** Has the others hear a side no more, or hear it again. */
	toggleMute(leg: Leg): void {
		for (const member of this.members) if (member.leg === leg) member.muted = !member.muted;
	}

	/** Takes a side in, which has no partner of its own any more. */
	add(leg: Leg): void {
		if (leg.conference === this) return;
		const member = new Member(leg);
		this.members.push(member);
		leg.peer = undefined;
		leg.conference = this;
		leg.service = "answerer";
		leg.answerer = (packet, port) => this.packet(member, packet, port);
	}

	/** Another side stands for one from now on. */
	replace(from: Leg, to: Leg): void {
		const at = this.members.findIndex((member) => member.leg === from);
		if (at < 0) return;
		from.conference = undefined;
		this.members.splice(at, 1);
		this.add(to);
	}

	/** A side is gone: two that are left talk with each other again, and one alone hangs up. */
	leave(leg: Leg): void {
		const at = this.members.findIndex((member) => member.leg === leg);
		if (at < 0) return;
		this.members.splice(at, 1);
		leg.conference = undefined;
		const [first, second] = this.members.map((member) => member.leg);
		if (this.room || this.members.length > 2 || !first) return;
		this.members.length = 0;
		for (const one of [first, second]) {
			if (!one) continue;
			one.conference = undefined;
			one.service = undefined;
			one.answerer = undefined;
		}
		if (!second) {
			this.calls.release(first, "peer");
			return;
		}
		first.peer = second;
		second.peer = first;
		for (const one of [first, second]) this.dialect.newPartner(one);
		this.calls.changed(first);
		this.calls.changed(second);
	}

	private packet(from: Member, packet: RtpPacket, port: RtpPort): void {
		if (!from.take(packet)) return;
		const sum = new Int32Array(packet.payload.length);
		for (const member of this.members)
			if (member !== from && !member.muted && member.leg.state === "connected") from.mix(member, sum);
		const limited = sum.map((sample) => Math.max(-32768, Math.min(32767, sample)));
		port.send(coderOf(from.leg.codec).payloadType, from.sent, from.encode(soundOf(limited), 0, limited.length));
		from.sent += sum.length;
	}
}

export class Conferences {
	private readonly rooms = new Map<string, Conference>();

	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
	) {}

	/** The conference key; false when there is nobody to confer with. */
	key(device: Device): boolean {
		const { active } = device;
		const held = active?.conferences;
		if (active && held) return this.join(active, held);
		if (active?.state !== "connected" || (!active.peer && !active.conference)) return false;
		const consultation = this.calls.newCall(active.line, true);
		if (consultation) consultation.conferences = active;
		return consultation !== undefined;
	}

	private join(consultation: Leg, held: Leg): boolean {
		const third = consultation.peer;
		if (consultation.state !== "connected" || third?.state !== "connected" || held.state !== "held") return false;
		const second = held.peer;
		if (!held.conference && second?.state !== "connected") return false;
		const conference = held.conference ?? new Conference(this.calls, this.dialect);
		consultation.peer = undefined;
		this.calls.release(consultation, "agent");
		if (second) conference.add(second);
		conference.add(held);
		conference.add(third);
		this.calls.resume(held);
		if (second) this.dialect.resumedByPeer(second);
		for (const leg of [second, held, third]) {
			if (!leg) continue;
			this.dialect.conferenced(leg);
			this.calls.changed(leg);
		}
		return true;
	}

	/** Has sides talk together that do so already, and one more: somebody barges in. */
	bargeIn(leg: Leg, owner: Leg): void {
		const other = owner.peer;
		const conference = owner.conference ?? new Conference(this.calls, this.dialect);
		for (const one of [owner, other, leg]) if (one) conference.add(one);
		for (const one of [owner, other]) {
			if (!one) continue;
			this.dialect.conferenced(one);
			this.calls.changed(one);
		}
	}

	/** A number that whoever dials it confers behind. */
	enter(number: string, leg: Leg): void {
		let room = this.rooms.get(number);
		if (!room) {
			room = new Conference(this.calls, this.dialect, true);
			this.rooms.set(number, room);
		}
		room.add(leg);
		this.calls.connect(leg);
		this.dialect.conferenced(leg);
	}
}
