/*
 * Media of a call's sides: who sends where, and what the agent's own end does meanwhile (echo, tones, music, relay).
 */
import { coderOf } from "./coders.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg, TransportAddress } from "./leg.js";
import { busyTone, melody, reorderTone, ringbackTone, type Sound, testTone } from "./sounds.js";

const sounds: Readonly<Record<string, Sound>> = Object.freeze({
	tone: testTone,
	music: melody,
	busy: busyTone,
	congestion: reorderTone,
	ringback: ringbackTone,
});

export class LegMedia {
	constructor(
		private readonly dialect: Dialect,
		private readonly direct: boolean,
	) {}

	/** Brings both sides of a call to what their states ask for. */
	update(leg: Leg): void {
		this.updateTransmit(leg);
		if (leg.peer) this.updateTransmit(leg.peer);
		this.updateSource(leg);
		if (leg.peer) this.updateSource(leg.peer);
	}

	/** Whether sound of two sides can go straight from phone to phone: where they have another codec each, the agent codes it anew. */
	private canGoStraight(leg: Leg, peer: Leg): boolean {
		return this.direct && leg.codec === peer.codec;
	}

	/** Whether this side's sound goes straight to the other phone. */
	private straight(leg: Leg): boolean {
		const { peer, state } = leg;
		return state === "connected" && peer?.state === "connected" && this.canGoStraight(leg, peer);
	}

	private destination(leg: Leg): TransportAddress | undefined {
		const { peer } = leg;
		if (!leg.receive || leg.state === "held" || leg.state === "released") return undefined;
		if (peer && peer.state !== "held" && this.canGoStraight(leg, peer)) {
			// Until the other phone has said where it listens, nothing changes.
			if (this.straight(leg)) return peer.receive ?? leg.transmit;
			return this.dialect.inBand ? leg.own : leg.transmit;
		}
		// A held party on CallManager only listens.
		if (this.dialect.reopensForMusic && peer?.state === "held") return undefined;
		return leg.own;
	}

	private updateTransmit(leg: Leg): void {
		const wanted = this.destination(leg);
		if (wanted?.address === leg.transmit?.address && wanted?.port === leg.transmit?.port) return;
		if (leg.transmit) leg.sender.stopMediaTransmission(leg.media);
		leg.transmit = wanted;
		if (wanted) leg.sender.startMediaTransmission(leg.media, wanted);
	}

	/** What the agent sends to this side. */
	private wantedSource(leg: Leg): string {
		if (!leg.receive || leg.state === "held") return "";
		if (leg.state === "busy" || leg.state === "congestion") return this.dialect.inBand ? leg.state : "";
		if (leg.state === "ringOut") return this.dialect.inBand ? "ringback" : "";
		if (leg.state !== "connected") return "";
		if (leg.service) return leg.service;
		if (leg.peer?.state === "held") return "music";
		return this.straight(leg) || leg.peer?.state !== "connected" ? "" : "relay";
	}

	private updateSource(leg: Leg): void {
		const source = this.wantedSource(leg);
		const { port, receive, peer } = leg;
		// The listening address is part of what the source is, it may change with each channel; and so is whose sound is relayed.
		const key = receive && source ? `${source} ${receive.address}:${receive.port} ${peer?.reference}` : "";
		if (!port || key === leg.source) return;
		leg.source = key;
		port.stop();
		if (!receive || source === "") return;
		port.open(receive.address, receive.port);
		const sound = sounds[source];
		if (sound) port.play(sound, coderOf(leg.codec), leg.packetTime);
		else if (source === "echo") port.echo();
		else if (source === "answerer") port.onPacket = (packet) => leg.answerer?.(packet, port);
		else if (peer?.port && peer.codec === leg.codec) port.relay(peer.port);
		else if (peer?.port) port.transcode(peer.port, coderOf(peer.codec));
	}
}
