/*
 * The messages a call agent sends, laid out as each dialect lays them out at the version in force. Sizes follow the
 * captures of CallManager 4.1, chan_skinny (Asterisk 20.20.1) and chan-sccp 4.3.5; layouts that no capture shows follow
 * tshark's dissector.
 */
import type { Forwarding } from "./device.js";
import { ToStation } from "./ids.js";
import type { DialectName } from "./options.js";
import { type SoftKeyTemplate, softKeyPosition, softKeySets, softKeyTemplate } from "./softkeys.js";
import { Frame } from "./wire.js";

/** A text for the display: literal, or phrase numbers of the phone's dictionary before literal text. */
export type DisplayText = string | Buffer;

/** A phrase of the phone's first dictionary, with literal text behind it. */
export function phrase(number: number, literal = ""): Buffer {
	return Buffer.concat([Buffer.from([0x80, number]), Buffer.from(literal, "utf8")]);
}

/** A phrase of the phone's second dictionary. */
export function secondPhrase(number: number): Buffer {
	return Buffer.from([0x1e, number]);
}

export interface Party {
	readonly number: string;
	readonly name: string;
}

export interface CallParties {
	readonly calling: Party;
	readonly called: Party;
	readonly originalCalled: Party;
	readonly lastRedirecting: Party;
	/** 1 inbound, 2 outbound. */
	readonly type: number;
}

export interface MediaFormat {
	readonly reference: number;
	readonly passThruParty: number;
	readonly packetTime: number;
	/** 4 G.711 mu-law, 2 A-law. */
	readonly codec: number;
}

/** What goes with a pushed object. */
export interface DataHead {
	readonly application: number;
	readonly line: number;
	readonly reference: number;
	readonly transaction: number;
	/** 0 low, 1 normal, 2 high. */
	readonly priority: number;
}

/** Octets of an object in one message. */
const mostData = 2000;

/** One button of the template. */
export interface Button {
	readonly instance: number;
	readonly type: number;
}
export const ButtonType = Object.freeze({ speedDial: 2, line: 9, busyLampField: 0x15, undefined: 0xff });

/** Sends messages to one phone. `write` takes each whole frame. */
export class Sender {
	constructor(
		readonly dialect: DialectName,
		/** Version whose layouts are in force. */
		readonly version: number,
		private readonly write: (frame: Buffer) => void,
		private readonly now: () => Date = () => new Date(),
	) {}

	private begin(id: number): Frame {
		// chan_skinny never sets it; the others do once the message layouts need it.
		const from = this.dialect === "chan_sccp" ? 11 : 10;
		const plain =
			this.dialect === "chan_skinny" ||
			this.version < from ||
			id === ToStation.RegisterAck ||
			id === ToStation.KeepAliveAck ||
			id === ToStation.UnregisterAck;
		return new Frame(id, plain ? 0 : this.version);
	}

	private end(frame: Frame): void {
		this.write(frame.toBuffer());
	}

	/** Whether texts go in messages of variable size. */
	private get dynamic(): boolean {
		return this.version >= (this.dialect === "chan_skinny" ? 17 : 8);
	}

	/** Octets in a field for a directory number. */
	private get numberSize(): number {
		return this.version >= 18 ? 25 : 24;
	}

	registerAck(keepalive: number, dateTemplate: string, secondary: number, version: number, features: number[]): void {
		const frame = this.begin(ToStation.RegisterAck).u32(keepalive).text(dateTemplate, 6);
		// chan_skinny leaves the digit 0 in the padding, as it does for the version.
		frame.u8(this.dialect === "chan_skinny" ? 0x30 : 0, 0);
		this.end(
			frame
				.u32(secondary)
				.u8(version, ...features)
				.padTo(20),
		);
	}

	registerReject(text: string): void {
		this.end(this.begin(ToStation.RegisterReject).text(text, this.dialect === "chan_skinny" ? 33 : 32));
	}

	tokenAck(): void {
		this.end(this.begin(ToStation.RegisterTokenAck));
	}

	/** @param seconds until the phone may ask again. */
	tokenReject(seconds: number): void {
		this.end(this.begin(ToStation.RegisterTokenReject).u32(seconds));
	}

	unregisterAck(): void {
		this.end(this.begin(ToStation.UnregisterAck).u32(0));
	}

	keepAliveAck(): void {
		this.end(this.begin(ToStation.KeepAliveAck));
	}

	/** 1 reset, 2 restart, 3 apply configuration. */
	reset(type: number): void {
		this.end(this.begin(ToStation.Reset).u32(type));
	}

	capabilitiesReq(): void {
		this.end(this.begin(ToStation.CapabilitiesReq));
	}

	buttonTemplate(buttons: readonly Button[]): void {
		const room = this.dialect === "chan_sccp" ? 56 : 42;
		const unused = this.dialect === "chan_skinny" ? 0 : ButtonType.undefined;
		const frame = this.begin(ToStation.ButtonTemplateRes).u32(0, buttons.length, buttons.length);
		for (let index = 0; index < room; index++) {
			const button = buttons[index];
			frame.u8(button?.instance ?? 0, button?.type ?? unused);
		}
		this.end(frame);
	}

	softKeyTemplate(): void {
		const template: SoftKeyTemplate = softKeyTemplate(this.dialect);
		const frame = this.begin(ToStation.SoftKeyTemplateRes).u32(0, template.keys.length, template.keys.length);
		for (const key of template.keys)
			frame.text(typeof key.label === "number" ? phrase(key.label) : key.label, 16).u32(key.event);
		this.end(frame.padTo(12 + 20 * template.room));
	}

	softKeySets(): void {
		const sets = softKeySets(this.dialect);
		const frame = this.begin(ToStation.SoftKeySetRes).u32(0, sets.length, sets.length);
		for (let set = 0; set < 16; set++) {
			const events = sets[set] ?? [];
			for (let at = 0; at < 16; at++) frame.u8(softKeyPosition(this.dialect, events[at] ?? 0));
			for (let at = 0; at < 16; at++) frame.u16(events[at] ? 300 + (events[at] as number) : 0);
		}
		this.end(frame.zeros(softKeyTemplate(this.dialect).setsTail));
	}

	selectSoftKeys(line: number, reference: number, set: number, mask: number): void {
		this.end(this.begin(ToStation.SelectSoftKeys).u32(line, reference, set, mask));
	}

	configStat(device: string, user: string, server: string, lines: number, speedDials: number): void {
		if (this.dialect === "callmanager" && this.version >= 17) {
			const frame = this.begin(ToStation.ConfigStatV2Res).string(device).u32(0, 1, lines, speedDials);
			this.end(frame.string(user).string(server).align());
			return;
		}
		const frame = this.begin(ToStation.ConfigStatRes).text(device, 16).u32(0, 1).text(user, 40).text(server, 40);
		this.end(frame.u32(lines, speedDials));
	}

	lineStat(instance: number, number: string, name: string, label: string): void {
		if (this.dialect !== "chan_skinny" && this.version >= 17) {
			const frame = this.begin(ToStation.LineStatV2Res).u32(instance, this.dialect === "chan_sccp" ? 0 : 15);
			this.end(frame.string(number).string(name).string(label).align());
			return;
		}
		const frame = this.begin(ToStation.LineStatRes).u32(instance).text(number, 24);
		// chan_skinny puts the label where the others put the name, and nothing behind it.
		if (this.dialect === "chan_skinny") this.end(frame.text(label, 40).padTo(112));
		else this.end(frame.text(name, 40).text(label, 40).u32(15));
	}

	/** Where calls of a line go. */
	forwardStat(line: number, { all, busy, noAnswer }: Forwarding): void {
		const numbers = [all, busy, noAnswer];
		const active = numbers.some((number) => number !== "");
		// chan_skinny says 7 for any.
		const frame = this.begin(ToStation.ForwardStatRes).u32(active ? (this.dialect === "chan_skinny" ? 7 : 1) : 0, line);
		for (const number of numbers) frame.u32(number === "" ? 0 : 1).text(number, this.numberSize);
		this.end(this.dialect === "chan_sccp" ? frame.padTo(96) : frame);
	}

	speedDialStat(instance: number, number: string, label: string): void {
		if (this.dialect === "callmanager" && this.version >= 17) {
			const frame = this.begin(ToStation.SpeedDialStatV2Res).u32(instance);
			this.end(frame.string(number).string(label).align());
			return;
		}
		this.end(this.begin(ToStation.SpeedDialStatRes).u32(instance).text(number, 24).text(label, 40));
	}

	/** A feature's button: what it is, how it stands, its label; zeros for one that is not set up. */
	featureStat(instance: number, feature = 0, status = 0, label = ""): void {
		if (this.version >= 15)
			this.end(this.begin(ToStation.FeatureStatV2Res).u32(instance, feature, status).text(label, 124));
		else this.end(this.begin(ToStation.FeatureStatRes).u32(instance, feature).text(label, 40).u32(status));
	}

	/** A service button that is not set up. */
	serviceUrlStat(instance: number): void {
		if (this.version >= 7)
			this.end(this.begin(ToStation.ServiceURLStatV2Res).u32(instance).string("").string("").align());
		else this.end(this.begin(ToStation.ServiceURLStatRes).u32(instance).padTo(300));
	}

	versionRes(load: string): void {
		this.end(this.begin(ToStation.VersionRes).text(load, 16));
	}

	/** The list of servers: this one. */
	serverRes(name: string, port: number, address: string): void {
		const frame = this.begin(ToStation.ServerRes).text(name, 48).padTo(240).u32(port).padTo(260);
		const wide = this.dialect === "chan_sccp" || (this.dialect === "callmanager" && this.version >= 17);
		if (this.dialect === "callmanager" && this.version >= 17) frame.u32(0);
		this.end(frame.address(address).padTo(wide ? 360 : 280));
	}

	/** Local time of day. */
	timeDate(): void {
		const now = this.now();
		const frame = this.begin(ToStation.TimeDateRes).u32(now.getFullYear(), now.getMonth() + 1, now.getDay());
		frame.u32(now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds());
		const milliseconds = this.dialect === "chan_skinny" ? now.getMilliseconds() : 0;
		this.end(frame.u32(milliseconds, Math.floor(now.getTime() / 1000)));
	}

	lamp(stimulus: number, instance: number, mode: number): void {
		this.end(this.begin(ToStation.SetLamp).u32(stimulus, instance, mode));
	}

	ringer(mode: number, line: number, reference: number): void {
		const frame = this.begin(ToStation.SetRinger).u32(mode, 1);
		if (this.dialect === "chan_skinny") this.end(frame.u32(1, 0, 0));
		else this.end(frame.u32(line, reference));
	}

	/** 1 on, 2 off. */
	speaker(mode: number): void {
		this.end(this.begin(ToStation.SetSpeakerMode).u32(mode));
	}

	/** 1 on, 2 off. */
	microphone(mode: number): void {
		this.end(this.begin(ToStation.SetMicroMode).u32(mode));
	}

	startTone(tone: number, line: number, reference: number): void {
		this.end(this.begin(ToStation.StartTone).u32(tone, 0, line, reference));
	}

	stopTone(line: number, reference: number): void {
		const frame = this.begin(ToStation.StopTone).u32(line, reference);
		this.end(this.dialect === "callmanager" && this.version < 11 ? frame : frame.u32(0));
	}

	/** @param visibility 0 shown, 1 without its party, 2 not at all. */
	callState(state: number, line: number, reference: number, visibility = 0): void {
		const frame = this.begin(ToStation.CallState).u32(state, line, reference, visibility);
		this.end(frame.u32(this.dialect === "chan_skinny" ? 0 : this.dialect === "chan_sccp" ? 3 : 4, 0));
	}

	/** Which list a call goes to: 0 none, 1 missed, 2 received, 3 placed. */
	callHistory(disposition: number, line: number, reference: number): void {
		this.end(this.begin(ToStation.CallHistoryInfo).u32(disposition, line, reference));
	}

	/** @param hidden bars the phone from showing who it is. */
	callInfo(line: number, reference: number, parties: CallParties, hidden = false): void {
		const restriction = hidden ? 0xf : 0;
		const { calling, called, originalCalled, lastRedirecting, type } = parties;
		const secure = this.dialect === "chan_skinny" ? 0 : 1;
		if (!this.dynamic) {
			const frame = this.begin(ToStation.CallInfo).text(calling.name, 40).text(calling.number, 24);
			frame.text(called.name, 40).text(called.number, 24).u32(line, reference, type);
			frame.text(originalCalled.name, 40).text(originalCalled.number, 24);
			frame.text(lastRedirecting.name, 40).text(lastRedirecting.number, 24);
			this.end(frame.padTo(372).u32(secure).u32(secure).u32(restriction));
			return;
		}
		const frame = this.begin(ToStation.CallInfoV2).u32(line, reference, type, 0, 0, secure, secure, restriction);
		frame.string(calling.number);
		if (this.version >= 16) frame.string("");
		frame.string(called.number).string(originalCalled.number).string(lastRedirecting.number);
		for (let mailbox = 0; mailbox < 4; mailbox++) frame.string("");
		frame.string(calling.name).string(called.name).string(originalCalled.name).string(lastRedirecting.name);
		// Hunt pilot, which chan_skinny does not know.
		if (this.version >= 16 && this.dialect !== "chan_skinny") frame.string("").string("");
		this.end(frame.align());
	}

	dialedNumber(number: string, line: number, reference: number): void {
		const frame = this.begin(ToStation.DialedNumber).text(number, this.numberSize).u32(line, reference);
		this.end(this.dialect === "chan_sccp" ? frame.padTo(36) : frame);
	}

	/** @param timeout in seconds; 0 stays until the next one. */
	prompt(timeout: number, text: DisplayText, line: number, reference: number): void {
		if (this.dynamic) {
			const frame = this.begin(ToStation.DisplayPromptStatusV2).u32(timeout, line, reference).string(text);
			this.end(frame.align());
			return;
		}
		const frame = this.begin(ToStation.DisplayPromptStatus).u32(timeout).text(text, 32).u32(line, reference);
		this.end(this.dialect === "chan_skinny" ? frame.padTo(56) : frame);
	}

	clearPrompt(line: number, reference: number): void {
		this.end(this.begin(ToStation.ClearPromptStatus).u32(line, reference));
	}

	notify(timeout: number, text: DisplayText): void {
		if (this.dynamic) this.end(this.begin(ToStation.DisplayNotifyV2).u32(timeout).string(text).align());
		else this.end(this.begin(ToStation.DisplayNotify).u32(timeout).text(text, 32));
	}

	clearNotify(): void {
		this.end(this.begin(ToStation.ClearNotify));
	}

	priorityNotify(timeout: number, priority: number, text: DisplayText): void {
		if (this.dynamic) this.end(this.begin(ToStation.DisplayPriNotifyV2).u32(timeout, priority).string(text).align());
		else this.end(this.begin(ToStation.DisplayPriNotify).u32(timeout, priority).text(text, 32));
	}

	clearPriorityNotify(priority: number): void {
		this.end(this.begin(ToStation.ClearPriNotify).u32(priority));
	}

	clearDisplay(): void {
		this.end(this.begin(ToStation.ClearDisplay).u32(0));
	}

	activateCallPlane(line: number): void {
		this.end(this.begin(ToStation.ActivateCallPlane).u32(line));
	}

	/** Tells a digit of the other side (0-9, 14 `*`, 15 `#`). */
	keypadButton(button: number, line: number, reference: number): void {
		this.end(this.begin(ToStation.KeypadButton).u32(button, line, reference).padTo(20));
	}

	/** Takes the last digit back. */
	backSpace(line: number, reference: number): void {
		this.end(this.begin(ToStation.BackSpaceRes).u32(line, reference));
	}

	/** @param source where the phone's sound will come from, as far as it is told. */
	openReceiveChannel(media: MediaFormat, source: { address: string; port: number }): void {
		const frame = this.begin(ToStation.OpenReceiveChannel);
		frame.u32(media.reference, media.passThruParty, media.packetTime, media.codec);
		frame.u32(this.dialect === "chan_sccp" ? 1 : 0, 0);
		if (this.dialect === "chan_skinny") {
			this.end(frame.padTo(168));
			return;
		}
		frame.u32(media.reference);
		if (this.dialect === "callmanager" && this.version < 8) {
			this.end(frame.padTo(68));
			return;
		}
		frame.padTo(84).u32(this.telephoneEvents, 10, 0, 0);
		if (this.version < 17) {
			this.end(frame.address(source.address).u32(source.port));
			return;
		}
		frame.u32(0).address(source.address).zeros(12).u32(source.port, 0);
		this.end(this.version >= 22 ? frame.padTo(168) : frame);
	}

	startMediaTransmission(media: MediaFormat, destination: { address: string; port: number }): void {
		const frame = this.begin(ToStation.StartMediaTransmission);
		frame.u32(media.reference, media.passThruParty);
		if (this.version >= 17) frame.u32(0).address(destination.address).zeros(12);
		else frame.address(destination.address);
		frame.u32(destination.port, media.packetTime, media.codec);
		const precedence = { callmanager: 0xb8, chan_skinny: 127, chan_sccp: 0 }[this.dialect];
		frame.u32(precedence, 0).u16(0, 0).u32(0);
		const old = this.version >= 17 ? 132 : 116;
		if (this.dialect === "chan_skinny") {
			this.end(frame.padTo(old));
			return;
		}
		frame.u32(media.reference);
		if (this.dialect === "callmanager" && this.version < 8) {
			this.end(frame.padTo(84));
			return;
		}
		this.end(
			frame
				.padTo(old - 16)
				.u32(this.telephoneEvents, 10)
				.padTo(this.version >= 22 ? 168 : old),
		);
	}

	closeReceiveChannel(media: MediaFormat): void {
		this.end(this.begin(ToStation.CloseReceiveChannel).u32(...this.closing(media)));
	}

	stopMediaTransmission(media: MediaFormat): void {
		const frame = this.begin(ToStation.StopMediaTransmission).u32(...this.closing(media));
		this.end(this.dialect === "chan_skinny" ? frame.padTo(20) : frame);
	}

	connectionStatisticsReq(number: string, reference: number): void {
		const frame = this.begin(ToStation.ConnectionStatisticsReq).text(number, this.version >= 19 ? 28 : 24);
		this.end(frame.u32(reference, 0));
	}

	/**
	 * Pushes an object: in one piece, or in parts to phones that know of them. @returns false where it is too long for the version.
	 */
	userToDevice(head: DataHead, object: string): boolean {
		const octets = Buffer.from(object, "utf8");
		const partsFrom = this.dialect === "chan_sccp" ? 18 : 17;
		if (octets.length > mostData && this.version < partsFrom) return false;
		const { application, line, reference, transaction, priority } = head;
		const count = Math.max(1, Math.ceil(octets.length / mostData));
		for (let index = 0; index < count; index++) {
			const part = octets.subarray(index * mostData, (index + 1) * mostData);
			const sequence = index + 1 === count ? 2 : index === 0 ? 0 : 1;
			const frame = this.begin(ToStation.UserToDeviceDataVersion1);
			frame.u32(application, line, reference, transaction, part.length, sequence, priority);
			this.end(
				frame
					.u32(reference, application, 1)
					.u8(...part)
					.align(),
			);
		}
		return true;
	}

	private closing(media: MediaFormat): [number, number, number, number] {
		if (this.dialect === "chan_skinny") return [0, media.passThruParty, 0, 0];
		return [media.reference, media.passThruParty, media.reference, 0];
	}

	/** Payload type of telephone events that is offered, 0 for none. */
	private get telephoneEvents(): number {
		return this.version >= 17 ? 101 : 0;
	}
}
