/*
 * What the phone's web pages tell of it (services/web/site), worked out of the other rooms when a page asks.
 */
import type { DeskPhone } from "app/deskphone";
import { addressText } from "base/address";
import { CallSecurity, CallState, CallType, type Lease, type Screenshot, Statistic } from "hal/hardware";
import type { Call } from "phone/calls";
import { Restriction } from "phone/facts";
import { Button } from "phone/lines";
import { codecName } from "phone/media";
import type { Site, SiteCall, SiteLine, SiteStream, SiteUrl } from "services/web/site";
import { modelOf } from "station/register";
import type { Dictionary } from "ui/dictionary";

/** What stands before the model in what DHCP servers are told. */
const vendor = "Cisco Systems, Inc. IP Phone ";
const nothing: readonly string[] = Object.freeze([]);

export class PhoneSite implements Site {
	private readonly desk: DeskPhone;

	constructor(desk: DeskPhone) {
		this.desk = desk;
	}

	get device(): string {
		return this.desk.device;
	}

	get mac(): string {
		return this.desk.mac;
	}

	get number(): string {
		return this.desk.ui.screen.number;
	}

	get load(): string {
		return this.desk.hardware.update.load;
	}

	get version(): string {
		return this.desk.version;
	}

	get model(): string {
		return modelOf(this.desk.hardware.keypad.lineKeys).vendorClass.slice(vendor.length);
	}

	get messageWaiting(): boolean {
		return this.desk.phone.messageWaiting;
	}

	get start(): string {
		return this.desk.hardware.update.resetReason;
	}

	get running(): number {
		return Math.floor(this.desk.hardware.clock.ticks / 1000);
	}

	get time(): number {
		return this.desk.wall.localSeconds;
	}

	/** The phone keeps a zone's rule, not its name. */
	get timeZone(): undefined {
		return undefined;
	}

	get networkLocale(): undefined {
		return undefined;
	}

	get userLocale(): string | undefined {
		return this.desk.provisioning?.language.locale;
	}

	get address(): string {
		return this.desk.address;
	}

	get lease(): Lease | undefined {
		return this.desk.network.lease;
	}

	get usesDhcp(): boolean {
		return this.desk.settings.dhcp;
	}

	get setTftp(): boolean {
		return this.desk.settings.tftpServers.length > 0;
	}

	get tftpServers(): readonly string[] {
		return this.desk.provisioning?.boot.servers.map(({ host }) => host) ?? nothing;
	}

	get callAgents(): readonly string[] {
		const { callAgents } = this.desk.station;
		return callAgents === "" ? nothing : callAgents.split(" ");
	}

	get active(): number {
		const { phone, station } = this.desk;
		return phone.registered ? this.callAgents.indexOf(station.callAgent) : -1;
	}

	get webAccess(): number {
		return this.desk.web.access;
	}

	url(name: SiteUrl): string {
		return this.desk.serviceDesk.settings.url(name);
	}

	status(index: number): string | undefined {
		return this.desk.status()[index];
	}

	logLine(index: number): string | undefined {
		return this.desk.hardware.journal.line(index);
	}

	line(index: number): SiteLine | undefined {
		const { phone, ui } = this.desk;
		const button = phone.lines.buttons[index];
		if (button === undefined) return undefined;
		const line = button.type === Button.line ? phone.lines.line(button.instance) : undefined;
		const label = ui.screen.buttons[index]?.label ?? "";
		if (line === undefined)
			return { number: button.number.toString(), label, other: true, messageWaiting: false, state: "" };
		const call = phone.calls.entries.find((entry) => entry.shown && entry.line === line.instance);
		return {
			number: line.number.toString(),
			label,
			other: false,
			messageWaiting: phone.messageWaiting && line === phone.lines.primary,
			state: stateName(call?.state ?? CallState.onHook),
		};
	}

	call(index: number): SiteCall | undefined {
		const { hardware, phone, ui } = this.desk;
		let at = index;
		for (const call of phone.calls.entries) {
			if (!call.shown) continue;
			if (at === 0) return describe(call, phone.selected === call, hardware.clock.ticks, ui.screen.dictionary);
			at -= 1;
		}
		return undefined;
	}

	stream(index: number): SiteStream | undefined {
		const { audio, media } = this.desk.phone;
		const stream = media.streams[index];
		if (stream === undefined) return undefined;
		// the phone's own copy is for the statistics that the call agent asks for
		const counters = new Uint32Array(media.counters.length);
		audio.statistics(stream.index, counters.buffer);
		return {
			open: stream.open,
			localPort: stream.port,
			remoteAddress: addressText(stream.remoteAddress),
			remotePort: stream.remotePort,
			sentCodec: stream.transmitting ? codecName(counters[Statistic.payloadTypeSent] as number) : "None",
			receivedCodec: stream.port > 0 ? codecName(stream.receivePayload) : "None",
			counters,
		};
	}

	get prompt(): string {
		return this.desk.ui.screen.prompt;
	}

	get planeTitle(): string {
		return this.desk.ui.screen.overlay?.title ?? "";
	}

	planeLine(index: number): string | undefined {
		return this.desk.ui.screen.overlay?.lines[index];
	}

	softkey(index: number): string | undefined {
		return this.desk.ui.screen.softkeys[index];
	}

	frames(name: string): number | undefined {
		return this.desk.hardware.network.frames?.(name);
	}

	screenshot(): Screenshot | undefined {
		return this.desk.hardware.display.screenshot?.();
	}
}

const stateNames: Readonly<Record<number, string>> = Object.freeze({
	[CallState.offHook]: "OFFHOOK",
	[CallState.onHook]: "ONHOOK",
	[CallState.ringOut]: "RINGOUT",
	[CallState.ringIn]: "RINGIN",
	[CallState.connected]: "CONNECTED",
	[CallState.busy]: "BUSY",
	[CallState.congestion]: "CONGESTION",
	[CallState.hold]: "HOLD",
	[CallState.callWaiting]: "CALLWAITING",
	[CallState.callTransfer]: "TRANSFER",
	[CallState.callPark]: "PARK",
	[CallState.proceed]: "PROCEED",
	[CallState.inUseRemotely]: "REMOTEINUSE",
	[CallState.invalidNumber]: "INVALIDNUMBER",
	[CallState.holdRevert]: "HOLDREVERT",
	[CallState.whisper]: "WHISPER",
	[CallState.remoteHold]: "REMOTEHOLD",
});

function stateName(state: number): string {
	return stateNames[state] ?? "";
}

const typeNames: Readonly<Record<number, string>> = Object.freeze({
	[CallType.inbound]: "INBOUND",
	[CallType.outbound]: "OUTBOUND",
	[CallType.forward]: "FORWARD",
});

const securityNames: Readonly<Record<number, string>> = Object.freeze({
	[CallSecurity.unknown]: "UNKNOWN",
	[CallSecurity.notAuthenticated]: "UNAUTHENTICATED",
	[CallSecurity.authenticated]: "AUTHENTICATED",
	[CallSecurity.encrypted]: "ENCRYPTED",
});

/** A call, without what its parties want to be hidden. */
function describe(call: Call, selected: boolean, ticks: number, dictionary: Dictionary): SiteCall {
	const text = (value: Call["callingName"], hidden: number): string =>
		call.anonymous || call.hides(hidden) ? "" : dictionary.show(value);
	return {
		reference: call.reference,
		line: call.line,
		selected,
		state: stateName(call.state),
		type: typeNames[call.type] ?? "",
		callingName: text(call.callingName, Restriction.callingName),
		callingNumber: text(call.callingNumber, Restriction.callingNumber),
		calledName: text(call.calledName, Restriction.calledName),
		calledNumber: text(call.calledNumber, Restriction.calledNumber),
		seconds: call.connectedAt < 0 ? 0 : Math.floor((ticks - call.connectedAt) / 1000),
		security: securityNames[call.security] ?? "",
	};
}
