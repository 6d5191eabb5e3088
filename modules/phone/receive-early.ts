/*
 * Calls of CallManager 2, which knows neither references nor call states: one stream, started and stopped by messages without a name
 * for it. Its sound makes a call on the display; what leads there (dial tone, ring, prompts, lamps) shows as it does without a call.
 */
import { CallState } from "hal/hardware";
import { Visibility } from "phone/facts";
import { MediaStatus } from "phone/media";
import type { Phone } from "phone/phone";
import { applyState } from "phone/receive";
import { tellPort } from "phone/receive-ports";
import { StartMediaTransmission } from "sccp/messages-media";
import type { Reader } from "sccp/reader";

/** Reference of the call that has none: no call agent gives it. */
const earlyCall = 0xffffffff;
/** Conference and party of its stream. */
const unnamed = 0;

/** Sound is to be sent. */
export function startEarlyTransmission(this: Phone, reader: Reader): void {
	const { media } = this;
	const { at } = StartMediaTransmission.formOf(reader);
	const codec = reader.u32(at.compressionType);
	if (referenced(this)) return;
	const milliseconds = reader.u32(at.milliSecondPacketSize);
	const status = media.startTransmit(
		unnamed,
		unnamed,
		earlyCall,
		reader.address(at.remoteIpAddr),
		reader.u32(at.remotePortNumber),
		codec,
		milliseconds,
		reader.u32(at.precedenceValue),
		reader.u32(at.ssValue),
		0,
	);
	media.earlyCodec = codec;
	// both directions have one codec, whichever message came first
	const stream = media.find(unnamed, unnamed);
	if (stream !== undefined && stream.port !== 0) media.openReceive(unnamed, unnamed, earlyCall, codec, milliseconds, 0);
	sounds(this, status);
}

export function stopEarlyTransmission(this: Phone): void {
	if (early(this)) this.media.stopTransmit(unnamed, unnamed);
	silent(this);
}

/** Sound is to be received, on the port that IpPort has told. */
export function startReception(this: Phone): void {
	if (referenced(this)) return;
	sounds(this, this.media.openReceive(unnamed, unnamed, earlyCall, this.media.earlyCodec, 0, 0));
}

export function stopReception(this: Phone): void {
	if (early(this)) this.media.closeReceive(unnamed, unnamed);
	silent(this);
}

/** Whether there is a call with a reference: its call agent means none of this. */
function referenced(phone: Phone): boolean {
	const { live } = phone.calls;
	return live !== undefined && live.reference !== earlyCall;
}

/** Whether the stream without a name is that of such a call. */
function early(phone: Phone): boolean {
	return phone.media.find(unnamed, unnamed)?.reference === earlyCall;
}

function sounds(phone: Phone, status: number): void {
	if (status === MediaStatus.ok)
		applyState.call(phone, earlyCall, phone.lines.primary.instance, CallState.connected, Visibility.all);
	phone.channel(status, earlyCall);
}

/** The call is over when sound goes neither way. */
function silent(phone: Phone): void {
	if (early(phone)) return;
	applyState.call(phone, earlyCall, 0, CallState.onHook, Visibility.all);
	// the next call has another port
	if (phone.stimuli.early) tellPort(phone);
}
