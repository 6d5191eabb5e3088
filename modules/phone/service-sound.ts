/*
 * Sound of services, by their URIs RTPRx, RTPTx, RTPMRx and RTPMTx (Cisco IP Phone Services, "RTP streaming"): G.711 mu-law in packets of
 * 20 ms, in streams that no call uses. A call goes before it: its channels end what a service has begun, and nothing is sent beside one.
 */
import { Word } from "base/words";
import { Route } from "hal/hardware";
import { MediaStatus, refusal, ServiceParty } from "phone/media";
import type { Phone } from "phone/phone";
import { usualCodec } from "sccp/codecs";

const packetTime = 20;
const loudest = 24;

/**
 * Plays what is sent to a port, 0 for one that the phone chooses and tells as {@link Media.localPort}.
 * @param group a multicast address, 0 for what is sent to the phone alone. @param volume 0-100 percent, -1 leaves it as it is; in a call it
 * always does. @returns '' or why not: a word.
 */
export function playService(phone: Phone, group: number, port: number, volume: number): string {
	const { media, routes } = phone;
	const party = ServiceParty.received;
	// who begins another stream has to end the one before
	if (media.find(party, party) !== undefined) return Word.serviceSounds;
	const inCall = phone.inUse;
	const codec = usualCodec.numbers[0] as number;
	const status =
		group === 0 && port === 0
			? media.openReceive(party, party, party, codec, packetTime, 0)
			: media.openMulticast(party, party, party, group, port, codec, packetTime);
	if (status !== MediaStatus.ok) return refusal(status);
	phone.channel(status, party);
	if (volume >= 0 && !inCall && routes.route !== Route.none)
		routes.changeVolume(routes.route, Math.round((volume * loudest) / 100) - routes.volume(routes.route));
	return "";
}

/** Sends what the microphone hears. @param address of a host or a group. @returns '' or why not: a word. */
export function sendService(phone: Phone, address: number, port: number): string {
	const { media } = phone;
	const party = ServiceParty.sent;
	if (media.find(party, party) !== undefined) return Word.serviceSounds;
	if (phone.calls.live !== undefined) return Word.notInCall;
	const codec = usualCodec.numbers[0] as number;
	const status = media.startTransmit(party, party, party, address, port, codec, packetTime, 0, 0, 0);
	if (status !== MediaStatus.ok) return refusal(status);
	phone.channel(status, party);
	return "";
}

/** Ends what is received of a service, or what is sent; nothing where there is none. */
export function stopService(phone: Phone, sent: boolean): void {
	const { media } = phone;
	const party = sent ? ServiceParty.sent : ServiceParty.received;
	const stopped = sent ? media.stopTransmit(party, party) : media.closeReceive(party, party);
	if (stopped && !phone.inUse) phone.setSpeaker(false);
}
