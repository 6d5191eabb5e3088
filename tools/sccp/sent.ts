/*
 * What the phone can send, and what two judges that are no part of it say of each message: tshark's dissector and the codec of the
 * crate sccp-protocol. Specifications put every form before both (test/sccp/sent.spec.ts, test/interop/judge.spec.ts); what they
 * make of it differently from what the phone means stands here with its reason.
 */
import { Direction } from "sccp/message";
import * as table from "sccp/messages";
import { Message } from "sccp/messages";

const firstVersion = 3;
const lastVersion = 22;

/** Versions that a phone declares. */
export const versions: readonly number[] = [3, 8, 11, 15, 17, 20, 22];

/** Messages from the phone whose layouts (or emptiness) the phone knows; answers that go both ways have the size that a phone gives them. */
export const sendable: readonly Message<string>[] = Object.values(table as Record<string, unknown>)
	.filter((value): value is Message<string> => value instanceof Message)
	.filter(({ direction, layouts }) => direction === Direction.toCallAgent || layouts.some(({ size }) => size > 0));

/** Versions at which a message is judged: those of phones, and each from which on it has another form. */
export function versionsOf(message: Message<string>): number[] {
	const since = message.layouts.map((layout) => layout.since);
	const all = new Set([...versions, ...since.filter((version) => version > firstVersion && version <= lastVersion)]);
	return [...all].sort((a, b) => a - b);
}

/** What a judge says of a message where it does not read it exactly as it was written. */
export interface Opinion {
	/** `rewritten`: reads the same and would write it in another form; `refused`: will not read it. */
	readonly verdict: "rewritten" | "refused";
	/** Versions at which it is so; at all when absent. */
	readonly versions?: readonly number[];
	readonly why: string;
}

/** What tshark cannot read, by the message's name. */
export const tsharkOpinions: Readonly<Record<string, readonly Opinion[]>> = Object.freeze({
	CapabilitiesV3Res: [
		{
			verdict: "refused",
			why: "it leaves out the room of layouts of conferences that are not there; phones have fixed places, as chan-sccp and the crate read them",
		},
	],
	ConnectionStatisticsRes: [
		{
			verdict: "refused",
			versions: [20],
			why: "phones of version 20 send the mode as a u32 (668 octets in all, as chan-sccp reads it); tshark takes one octet",
		},
	],
});

/** What the crate's codec does not read, or would write otherwise, by the message's name. */
export const crateOpinions: Readonly<Record<string, readonly Opinion[]>> = Object.freeze({
	CallCountResp: [
		{ verdict: "refused", why: "it knows it from the call agent alone; tshark has both ask, as CallManager may" },
	],
	CapabilitiesRes: [
		{
			verdict: "rewritten",
			why: "it writes all 18 places, used or not; phones write those that count, which is what chan-sccp and tshark expect",
		},
	],
	ConnectionStatisticsRes: [
		{
			verdict: "rewritten",
			why: "it ends after the text where phones have room for 600 octets, and has the number of 25 octets aligned in version 22",
		},
	],
	EnblocCall: [
		{
			verdict: "rewritten",
			versions: [19, 20, 22],
			why: "it reads a 7970's form and writes an 8945's, with the line aligned",
		},
	],
	MediaPathEvent: [
		{ verdict: "refused", versions: [3, 8, 11], why: "it takes 8 octets alone, FreeSWITCH 12 and no less" },
	],
	PortRes: [
		{ verdict: "refused", why: "it takes it for a message between call agents; to tshark it comes from a phone" },
	],
	RegisterTokenReq: [
		{
			verdict: "refused",
			why: "it has no user id behind the device name (48 octets); tshark and chan-sccp have it (52), as in RegisterReq",
		},
	],
	SubscriptionStatReq: [{ verdict: "refused", why: "it has 256 octets for the number, tshark 64" }],
	UnregisterReq: [
		{ verdict: "rewritten", versions: [3, 8, 11], why: "it always writes the reason, which came with version 12" },
	],
});

/** The opinion that holds for a message at a version, undefined where it is read exactly as it was written. */
export function opinionOn(
	opinions: Readonly<Record<string, readonly Opinion[]>>,
	name: string,
	version: number,
): Opinion | undefined {
	return opinions[name]?.find((opinion) => opinion.versions?.includes(version) ?? true);
}

/** Messages that a judge reads in at least one form. */
export function judged(opinions: Readonly<Record<string, readonly Opinion[]>>): readonly Message<string>[] {
	return sendable.filter((message) =>
		versionsOf(message).some((version) => opinionOn(opinions, message.name, version)?.verdict !== "refused"),
	);
}
