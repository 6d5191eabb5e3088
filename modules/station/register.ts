/*
 * The messages a phone introduces itself with: alarm, registration, capabilities. The forms are those of a 7960 (versions to
 * 11) and a 7941 (above).
 */
import { addressNumber } from "base/address";
import { TcpEnd } from "hal/hardware";
import { Limits } from "limits";
import { codecs } from "sccp/codecs";
import type { Link } from "sccp/link";
import {
	Alarm,
	CapabilitiesRes,
	CapabilitiesV3Res,
	capabilityStride,
	EnhancedAlarm,
	RegisterReq,
	RegisterTokenReq,
} from "sccp/messages";
import type { Writer } from "sccp/writer";

/** What an audio codec of the phone can do. */
export interface Capability {
	/** The first number of a codec. */
	readonly payloadCapability: number;
	/** Longest packet in milliseconds. */
	readonly maxFramesPerPacket: number;
}

function capabilities(wideband: boolean): readonly Capability[] {
	const list = codecs
		.filter((codec) => wideband || !codec.wideband)
		.map(({ numbers, packetTime }) =>
			Object.freeze({ payloadCapability: numbers[0] as number, maxFramesPerPacket: packetTime }),
		);
	return Object.freeze(list);
}

/** All codecs of sound at 8 kHz, both ways. */
export const audioCapabilities = capabilities(false);
/** The same and those of 16 kHz, which go first. */
export const widebandCapabilities = capabilities(true);

/** A phone that call agents and DHCP servers know. */
export interface Model {
	/** Number in RegisterReq. */
	readonly deviceType: number;
	/** Option 60 of its DHCP messages. */
	readonly vendorClass: string;
}

const model7960: Model = Object.freeze({ deviceType: 7, vendorClass: "Cisco Systems, Inc. IP Phone CP-7960G" });
const model7971: Model = Object.freeze({ deviceType: 119, vendorClass: "Cisco Systems, Inc. IP Phone CP-7971G-GE" });
/** Line keys of a 7960; a 7971 has eight. */
const lineKeys7960 = 6;

/** The model that a phone with so many line keys registers as. */
export function modelOf(lineKeys: number): Model {
	return lineKeys > lineKeys7960 ? model7971 : model7960;
}

/** Why the phone registers anew, as Cisco phones number and name it in the alarm. */
export const AlarmReason = Object.freeze({
	initialized: "25: Last=Initialized",
	timedOut: "10: Last=TCP-timeout",
	resetByCallAgent: "12: Last=CM-reset-TCP",
	closedByCallAgent: "14: Last=CM-closed-TCP",
	unreachable: "15: Last=CM-ICMP-Unreach",
	otherAddress: "21: Last=Phone-Re-IP",
	keepAliveTimeout: "17: Last=KeepaliveTO",
	fallback: "18: Last=Failback",
	registrationRejected: "24: Last=Phone-Reg-Rej",
	restart: "23: Last=Reset-Restart",
});

/** Why the phone comes again after a connection that ended so, a number of `TcpEnd`. */
export function alarmOf(end: number): string {
	switch (end) {
		case TcpEnd.timedOut:
			return AlarmReason.timedOut;
		case TcpEnd.reset:
			return AlarmReason.resetByCallAgent;
		case TcpEnd.networkUnreachable:
		case TcpEnd.hostUnreachable:
			return AlarmReason.unreachable;
		default:
			return AlarmReason.closedByCallAgent;
	}
}

/** Severity 'informational' of an alarm. */
const informational = 2;
/** Feature bits: UTF-8 texts (0x10) and what a 7960 always sets (0x60); messages with texts of any length (0x01) and
 * abbreviated dialling (0x80). */
const features2 = 0x70;
const features3 = 0x81;

export interface Identity {
	/** Device name such as SEP001122334455. */
	readonly deviceName: string;
	/** 12 hexadecimal digits. */
	readonly mac: string;
	/** Device type of a {@link Model}. */
	readonly deviceType: number;
	/** Version of the phone's software as the call agent shows it. */
	readonly load: string;
	/** Highest protocol version the phone speaks, or is to declare to the present call agents. */
	protocolVersion: number;
}

/** Octets of an alarm's text, its NUL included. */
const alarmText = 80;

/**
 * Sends the alarm that tells why the phone comes.
 * @param reason one of {@link AlarmReason}.
 * @param more says it more closely; what finds no room behind the reason stands in its place, as far as it goes.
 */
export function sendAlarm(link: Link, identity: Identity, localAddress: string, reason: string, more = ""): void {
	const at = link.begin(Alarm);
	const space = reason.indexOf(" ");
	const start = `${reason.slice(0, space)} Name=${identity.deviceName} Load=${identity.load}`;
	let end = reason.slice(space);
	if (more !== "") {
		const whole = `${end}, ${more}`;
		end = start.length + whole.length < alarmText ? whole : `${end.slice(0, end.indexOf("=") + 1)}${more}`;
	}
	link.writer.u32(at.alarmSeverity, informational);
	link.writer.text(at.text, alarmText, start + end);
	link.writer.address(at.parm2, addressNumber(localAddress));
	link.send();
}

/**
 * Sends the alarm in XML that a registered phone tells the same by.
 * @param reason one of {@link AlarmReason}; its number is what counts.
 */
export function sendXmlAlarm(
	link: Link,
	identity: Identity,
	localAddress: string,
	callAgent: string,
	reason: string,
): void {
	const text = `<x-cisco-alarm>
<Alarm Name="LastOutOfServiceInformation">
<ParameterList>
<String name="DeviceName">${identity.deviceName}</String>
<String name="DeviceIPv4Address">${localAddress}</String>
<String name="ActiveLoadID">${identity.load}</String>
<String name="UnifiedCMIPAddress">${callAgent}</String>
<Enum name="ReasonForOutOfService">${reason.slice(0, reason.indexOf(":"))}</Enum>
</ParameterList>
</Alarm>
</x-cisco-alarm>
`;
	// a NUL ends it, and zeros fill the last word
	const room = (text.length + 4) & ~3;
	const at = link.begin(EnhancedAlarm, room);
	link.writer.text(at.alarmInfo, room, text);
	link.send();
}

/** Sends RegisterReq in the form of the highest version the phone speaks. */
export function sendRegister(link: Link, identity: Identity, localAddress: string): void {
	const version = identity.protocolVersion;
	link.version = version;
	const at = link.begin(RegisterReq);
	const writer = link.writer;
	writer.text(at.DeviceName, 16, identity.deviceName);
	writer.u32(at.instance, 1);
	writer.address(at.stationIpAddr, addressNumber(localAddress));
	writer.u32(at.deviceType, identity.deviceType);
	writer.u32(at.maxStreams, Limits.streams);
	writer.u8(at.protocolVer, version);
	writer.u8(at.features2, features2);
	writer.u8(at.features3, features3);
	for (let i = 0; i < 6; i += 1)
		writer.u8(at.macAddress + i, Number.parseInt(identity.mac.slice(2 * i, 2 * i + 2), 16));
	writer.text(at.firmwareLoadName, 32, identity.load);
	link.send();
}

/** Begins RegisterTokenReq, in the form of the highest version the phone speaks, and fills it in. */
export function writeToken(writer: Writer, identity: Identity, localAddress: string): void {
	const at = writer.beginForm(RegisterTokenReq, identity.protocolVersion);
	writer.text(at.DeviceName, 16, identity.deviceName);
	writer.u32(at.instance, 1);
	writer.address(at.stationIpAddr, addressNumber(localAddress));
	writer.u32(at.deviceType, identity.deviceType);
}

export function sendCapabilities(link: Link, capabilities: readonly Capability[]): void {
	const at = link.begin(CapabilitiesRes, capabilities.length * capabilityStride);
	link.writer.u32(at.capCount, capabilities.length);
	writeCapabilities(link, at.caps, capabilities);
	link.send();
}

/**
 * Sends what newer phones send, too. It is longer than some call agents take and says nothing of sound that CapabilitiesRes does
 * not: where it would have to wait it is left out.
 */
export function sendAllCapabilities(link: Link, capabilities: readonly Capability[]): void {
	if (!link.takes(CapabilitiesV3Res.form(link.version).size)) return;
	const at = link.begin(CapabilitiesV3Res);
	link.writer.u32(at.audioCapCount, capabilities.length);
	writeCapabilities(link, at.caps, capabilities);
	link.send();
}

function writeCapabilities(link: Link, caps: number, capabilities: readonly Capability[]): void {
	for (let i = 0; i < capabilities.length; i += 1) {
		const capability = capabilities[i] as Capability;
		const entry = caps + i * capabilityStride;
		link.writer.u32(entry, capability.payloadCapability);
		link.writer.u32(entry + 4, capability.maxFramesPerPacket);
	}
}
