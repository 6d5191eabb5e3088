/*
 * What a room that is not the station sends through: a gate before the link that opens once registration is complete, since
 * servers close the connection (or fall over) when a key comes earlier.
 */
import type { Link } from "sccp/link";
import type { Message } from "sccp/messages";
import type { Writer } from "sccp/writer";

export class Sender {
	/** Set by the station. */
	open: boolean;
	/** Set by the station: whether the call agent takes whole numbers. */
	enbloc: boolean;
	/** Set by the station: the version that the call agent has acknowledged, 0 for none, -1 where it knows of no versions. */
	acknowledged: number;
	readonly writer: Writer;
	private readonly link: Link;

	constructor(link: Link) {
		this.link = link;
		this.writer = link.writer;
		this.open = false;
		this.enbloc = true;
		this.acknowledged = 0;
	}

	/** Protocol version in force. */
	get version(): number {
		return this.link.version;
	}

	/** Begins a message: set its fields on {@link writer} by the offsets returned, then {@link send}. */
	begin<K extends string>(message: Message<K>, extra = 0): Readonly<Record<K, number>> {
		return this.link.begin(message, extra);
	}

	/** Sends the message begun. @returns false when it was dropped because the phone is not registered. */
	send(): boolean {
		return this.open && this.link.send();
	}
}
