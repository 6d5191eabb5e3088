/*
 * What the phone sends: stimuli of keys and answers about media. Each call is one message, built in the writer and sent in
 * one write; while the phone is not registered it is dropped, since a key press means nothing later.
 */

import type { Stream } from "phone/media";
import type { Patience } from "phone/patience";
import { absent, Kind, type Message } from "sccp/message";
import { EnblocCall, HeadsetStatus, KeypadButton, OffHook, OnHook, SoftKeyEvent, Stimulus } from "sccp/messages-call";
import {
	MediaPathEvent,
	MediaTransmissionFailure,
	SubscribeDtmfPayloadRes,
	UnSubscribeDtmfPayloadRes,
} from "sccp/messages-features";
import {
	ConnectionStatisticsRes,
	MulticastMediaReceptionAck,
	OpenReceiveChannelAck,
	StartMediaTransmissionAck,
} from "sccp/messages-media";
import { IpPort, ServiceURLStatReq } from "sccp/messages-status";
import type { Sender } from "sccp/sender";

/** Octets of quality text behind ConnectionStatisticsRes: always this many, whatever is filled (phone/quality). */
const qualityText = 600;
/** MediaPathEvent is sent from this version on, and to call agents that name none: FreeSWITCH shows it. */
const showsPaths = 15;
/** StartMediaTransmissionAck exists from this version on. */
const acknowledgesTransmission = 17;

export class Stimuli {
	/** Own IPv4 address, first octet in the most significant byte. */
	localAddress = 0;
	/** Waits for answers to keys. */
	patience: Patience | undefined = undefined;
	private readonly sender: Sender;

	constructor(sender: Sender) {
		this.sender = sender;
	}

	/** True with CallManager 2, which sends sound to the port that {@link ipPort} has told. */
	get early(): boolean {
		return this.sender.acknowledged < 0;
	}

	/** The first port that sound is received on. */
	ipPort(port: number): void {
		const at = this.sender.begin(IpPort);
		this.sender.writer.u32(at.rtpMediaPort, port);
		this.sender.send();
	}

	headset(on: boolean): void {
		const at = this.sender.begin(HeadsetStatus);
		this.sender.writer.u32(at.headsetStatus, on ? 1 : 2);
		this.sender.send();
	}

	/** A path of sound is taken or left; said to call agents that are known to take it. */
	mediaPath(path: number, on: boolean): void {
		const { acknowledged, version, writer } = this.sender;
		if (acknowledged !== 0 && version < showsPaths) return;
		const at = this.sender.begin(MediaPathEvent);
		writer.u32(at.mediaPathID, path);
		writer.u32(at.mediaPathEvent, on ? 1 : 2);
		this.sender.send();
	}

	/** Begins a message of any kind: its fields are set on {@link writer}, then {@link finish} sends it. */
	begin<K extends string>(message: Message<K>, extra = 0): Readonly<Record<K, number>> {
		return this.sender.begin(message, extra);
	}

	offHook(line: number, reference: number): void {
		const at = this.sender.begin(OffHook);
		this.sender.writer.u32(at.lineInstance, line);
		this.sender.writer.u32(at.callReference, reference);
		this.sendKey();
	}

	onHook(line: number, reference: number): void {
		const at = this.sender.begin(OnHook);
		this.sender.writer.u32(at.lineInstance, line);
		this.sender.writer.u32(at.callReference, reference);
		this.sender.send();
	}

	/**
	 * A whole number for the call that waits for one on a line.
	 * @returns false when it is not sent: too long, not for the first line in a form without one, or not understood.
	 */
	enbloc(number: string, line: number): boolean {
		const { sender } = this;
		const form = EnblocCall.form(sender.version);
		const size = (form.kinds.calledParty ?? 0) - Kind.text;
		// chan_skinny reads the digit '+' as a letter, and a number with it rightly
		if (number.length >= size || !(sender.enbloc || number.includes("+"))) return false;
		if (line > 1 && form.at.lineInstance === absent) return false;
		const at = sender.begin(EnblocCall);
		sender.writer.text(at.calledParty, size, number);
		sender.writer.u32(at.lineInstance, line);
		return sender.send();
	}

	/** @param button 0-9, 14 star, 15 pound, 16 plus. */
	keypad(button: number, line: number, reference: number): void {
		const at = this.sender.begin(KeypadButton);
		const writer = this.sender.writer;
		writer.u32(at.kpButton, button);
		writer.u32(at.lineInstance, line);
		writer.u32(at.callReference, reference);
		this.sender.send();
	}

	stimulus(stimulus: number, instance: number, reference: number): void {
		const at = this.sender.begin(Stimulus);
		const writer = this.sender.writer;
		writer.u32(at.stimulus, stimulus);
		writer.u32(at.stimulusInstance, instance);
		writer.u32(at.callReference, reference);
		this.sendKey();
	}

	softkey(event: number, line: number, reference: number): void {
		const at = this.sender.begin(SoftKeyEvent);
		const writer = this.sender.writer;
		writer.u32(at.softKeyEvent, event);
		writer.u32(at.lineInstance, line);
		writer.u32(at.callReference, reference);
		this.sendKey();
	}

	/** Asks where the service of a key is. */
	service(instance: number): void {
		const at = this.sender.begin(ServiceURLStatReq);
		this.sender.writer.u32(at.serviceURLIndex, instance);
		this.sendKey();
	}

	/** Sends what the call agent answers at once. */
	private sendKey(): void {
		if (this.sender.send()) this.patience?.begin();
	}

	payloadSubscribed(payload: number, conference: number, party: number): void {
		const at = this.sender.begin(SubscribeDtmfPayloadRes);
		const { writer } = this.sender;
		writer.u32(at.payloadDtmf, payload);
		writer.u32(at.conferenceId, conference);
		writer.u32(at.passthruPartyID, party);
		this.sender.send();
	}

	payloadUnsubscribed(payload: number, conference: number, party: number): void {
		const at = this.sender.begin(UnSubscribeDtmfPayloadRes);
		const { writer } = this.sender;
		writer.u32(at.payloadDtmf, payload);
		writer.u32(at.conferenceId, conference);
		writer.u32(at.passthruPartyID, party);
		this.sender.send();
	}

	/** Nothing comes on a stream that the call agent has had watched. */
	mediaFailed(stream: Stream): void {
		const at = this.sender.begin(MediaTransmissionFailure);
		const { writer } = this.sender;
		writer.u32(at.conferenceId, stream.conference);
		writer.u32(at.passThroughPartyId, stream.party);
		writer.address(at.remoteIpAddr, stream.remoteAddress);
		writer.u32(at.remotePortNumber, stream.remotePort);
		writer.u32(at.callReference, stream.reference);
		this.sender.send();
	}

	/** @param status 0 for success, else `port` is 0. */
	openReceiveChannelAck(status: number, port: number, party: number, reference: number): void {
		const at = this.sender.begin(OpenReceiveChannelAck);
		const writer = this.sender.writer;
		writer.u32(at.mediaReceptionStatus, status);
		writer.address(at.ipAddr, this.localAddress);
		writer.u32(at.portNumber, port);
		writer.u32(at.passThroughPartyId, party);
		writer.u32(at.callReference, reference);
		this.sender.send();
	}

	multicastReceptionAck(ok: boolean, party: number, reference: number): void {
		const at = this.sender.begin(MulticastMediaReceptionAck);
		const writer = this.sender.writer;
		writer.u32(at.multicastReceptionStatus, ok ? 0 : 1);
		writer.u32(at.passThroughPartyId, party);
		writer.u32(at.callReference, reference);
		this.sender.send();
	}

	/** Sent from the version on that has it. */
	startMediaTransmissionAck(status: number, port: number, conference: number, party: number, reference: number): void {
		if (this.sender.version < acknowledgesTransmission) return;
		const at = this.sender.begin(StartMediaTransmissionAck);
		const writer = this.sender.writer;
		writer.u32(at.conferenceId, conference);
		writer.u32(at.passThroughPartyId, party);
		writer.u32(at.callReference, reference);
		writer.address(at.transmitIpAddr, this.localAddress);
		writer.u32(at.portNumber, port);
		writer.u32(at.mediaTransmissionStatus, status);
		this.sender.send();
	}

	/** Begins ConnectionStatisticsRes; the caller sets its fields and calls {@link finish}. */
	beginStatistics(): ReturnType<typeof ConnectionStatisticsRes.layout> {
		return this.sender.begin(ConnectionStatisticsRes, qualityText);
	}

	get writer(): Sender["writer"] {
		return this.sender.writer;
	}

	finish(): boolean {
		return this.sender.send();
	}
}
