/*
 * What the log says in place of some of the display's words. The display tells a user what is wrong, the log tells an engineer why.
 */
import { english, reworded } from "base/words";

export const logWords = reworded(english, {
	foreignSound: "Sound from another address",
	codecRefused: "No sound: codec not supported",
	channelRefused: "No sound: channel refused",
	noSocket: "no socket free",
	connectionReset: "connection reset",
	byCallAgent: "by the call agent",
	connectionRefused: "connection refused",
	connectionTimedOut: "connection timed out",
	networkUnreachable: "network unreachable",
	hostUnreachable: "host unreachable",
	noKeepalives: "keepalives not answered: 3",
	noNameServer: "No name server answers for",
	unknownHost: "Unknown host",
	noConfiguration: "No configuration for",
	otherAgents: "Other call agents",
	ownAddressChanged: "Own address changed",
	noCallAgent: "No call agent configured",
	noButtons: "No buttons from the call agent yet",
	noSoftkeys: "No softkeys from the call agent yet",
	noLines: "No line from the call agent yet",
	callLost: "Call lost: call agent down",
	agentSilent: "No answer from the call agent",
	opening: "Opening",
});
