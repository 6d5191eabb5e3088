/*
 * Which protocol version is in force on a connection, from the messages on it alone: what the phone declares and the call agent
 * acknowledges, or what headers say where neither was seen.
 */
import { headerSize } from "sccp/message";
import { RegisterAck, RegisterReq } from "sccp/messages";
import { negotiate } from "station/station";

/** What a phone has that does not say its version: one of CallManager 3. */
const unsaid = 3;
/** Below this header versions are 0 whatever the version is. */
const headerVersions = 10;

export class Agreement {
	private declared = unsaid;
	private agreed: number | undefined;

	/** Version in force for a message, which may be one of those that say it; all of a connection are to be shown to this, in their order. */
	version(octets: Buffer): number {
		const id = octets.readUInt32LE(8);
		const payload = octets.subarray(headerSize);
		if (id === RegisterReq.id) {
			const at = RegisterReq.form(0).at.protocolVer;
			this.declared = payload.length > at ? payload.readUInt8(at) : unsaid;
			this.agreed = undefined;
			return this.declared;
		}
		if (id === RegisterAck.id) {
			const at = RegisterAck.form(0).at.maxProtocolVer;
			this.agreed = negotiate(this.declared, payload.length > at ? payload.readUInt8(at) : unsaid);
			return this.agreed;
		}
		const header = octets.readUInt32LE(4);
		return this.agreed ?? (header >= headerVersions && header <= 255 ? header : this.declared);
	}
}
