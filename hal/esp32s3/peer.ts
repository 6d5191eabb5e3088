/*
 * The other end of a connection that has just been taken. The native stands in peer.c.
 */

/** On a connection: its dotted address; '' when it has gone already, where the SDK's own property would end the phone. */
export function peerAddress(this: object): string {
	return native("xs_tcp_peer").call(this);
}
