/*
 * Call park: the other side of a conversation waits with music behind a number that any phone can dial to take the call.
 */
import type { Calls } from "./calls.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import type { Numbering } from "./numbering.js";

const firstSlot = 701;
const slots = 9;

export class ParkingLot {
	private readonly parked = new Map<string, Leg>();

	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly numbering: Numbering,
	) {}

	/** Who waits behind which number. */
	get waiting(): ReadonlyMap<string, Leg> {
		return this.parked;
	}

	/** Parks the other side of a conversation; false when there is none, or no room. */
	park(leg: Leg): boolean {
		const party = leg.peer;
		const slot = this.free();
		if (leg.state !== "connected" || party?.state !== "connected" || slot === undefined) return false;
		leg.peer = undefined;
		party.peer = undefined;
		party.service = "music";
		this.parked.set(slot, party);
		this.numbering.setFeature(slot, (taker) => this.retrieve(slot, taker));
		party.onEnd = () => this.forget(slot);
		const { device } = leg.line;
		this.dialect.parked(leg, slot);
		this.calls.release(leg, "agent");
		this.dialect.parkedAt(device, slot);
		this.dialect.heldByPeer(party);
		this.calls.changed(party);
		return true;
	}

	private free(): string | undefined {
		for (let slot = firstSlot; slot < firstSlot + slots; slot++) if (!this.parked.has(`${slot}`)) return `${slot}`;
		return undefined;
	}

	private forget(slot: string): void {
		const party = this.parked.get(slot);
		if (party) party.onEnd = undefined;
		this.parked.delete(slot);
		this.numbering.setFeature(slot, undefined);
	}

	private retrieve(slot: string, taker: Leg): void {
		const party = this.parked.get(slot);
		this.forget(slot);
		if (!party) {
			this.calls.fail(taker, "congestion");
			return;
		}
		party.service = undefined;
		party.peer = taker;
		taker.peer = party;
		taker.takeCodec(party.codec);
		this.calls.connect(taker);
		this.calls.joined(party);
	}
}
