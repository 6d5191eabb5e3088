/*
 * The messages between phone and call agent, for whoever looks at them at the other end of the control channel: the octets of each, with
 * when it was, on which connection and in which version. Nobody looks at first, and then nothing is told.
 */
import { Control } from "hal/control/control";
import type { Clock, Wire, WireLink } from "hal/hardware";

export class ControlWire implements Wire {
	watched = false;
	private readonly clock: Clock;
	private readonly localAddress: (remote: string) => string;
	/** The call agent told of last, and the phone's own address towards it. */
	private agent = "";
	private phone = "";

	/** @param localAddress the phone's own address towards another. */
	constructor(clock: Clock, localAddress: (remote: string) => string) {
		this.clock = clock;
		this.localAddress = localAddress;
	}

	message(octets: Uint8Array, from: number, size: number, sent: boolean, link: WireLink): void {
		const { agent } = link;
		if (agent !== this.agent) {
			this.agent = agent;
			this.phone = this.localAddress(agent);
		}
		Control.flag('{"type":"message","sent":', sent);
		Control.field(',"number":', sent ? link.sent : link.received);
		Control.field(',"ticks":', this.clock.ticks);
		Control.field(',"version":', link.version);
		Control.field(',"connection":', link.serial);
		Control.textField(',"phone":', this.phone);
		Control.textField(',"agent":', agent);
		Control.field(',"port":', link.agentPort);
		Control.text(',"octets":"');
		Control.base64(octets, from, size);
		Control.text('"}');
		Control.end();
	}
}
