/*
 * The pages' contents as tables: of each line its name in XML, as phones of the 7900 series have it, what it is called in HTML, and where
 * its value comes from. Names that tools look for and this phone has nothing for are there and empty.
 */
import { dayOf, monthOf, yearOf } from "base/calendar";
import { Statistic } from "hal/hardware";
import { withoutUser } from "net/url";
import type { Site, SiteStream } from "services/web/site";

/** A line: element, label, value. */
export type Field<Of> = readonly [string, string, (of: Of) => string | number | undefined];

function yes(value: boolean): string {
	return value ? "Yes" : "No";
}

function table<Of>(...fields: readonly Field<Of>[]): readonly Field<Of>[] {
	return Object.freeze(fields.map((field) => Object.freeze(field)));
}

/** Several servers: TFTPServer1 ... */
function numbered(
	element: string,
	label: string,
	count: number,
	all: (site: Site) => readonly string[],
): Field<Site>[] {
	const fields: Field<Site>[] = [];
	for (let i = 0; i < count; i += 1)
		fields.push([`${element}${i + 1}`, `${label} ${i + 1}`, (site) => all(site)[i] ?? ""]);
	return fields;
}

const none = Object.freeze([]) as readonly string[];

function two(number: number): string {
	return `${number < 10 ? "0" : ""}${number}`;
}

/** Time of day and date of seconds since 1970; '' while they are not known. */
export function timeText(seconds: number): string {
	if (seconds < 0) return "";
	const day = seconds % 86400;
	return `${two(Math.floor(day / 3600))}:${two(Math.floor(day / 60) % 60)}:${two(Math.floor(day % 60))}`;
}

export function dateText(seconds: number): string {
	if (seconds < 0) return "";
	const days = Math.floor(seconds / 86400);
	return `${yearOf(days)}-${two(monthOf(days))}-${two(dayOf(days))}`;
}

export const deviceFields: readonly Field<Site>[] = table(
	["MACAddress", "MAC address", (site) => site.mac],
	["HostName", "Host name", (site) => site.device],
	["phoneDN", "Phone DN", (site) => site.number],
	["appLoadID", "App load ID", (site) => site.load],
	["bootLoadID", "Boot load ID", () => ""],
	["versionID", "Version", (site) => site.version],
	["addonModule1", "Expansion module 1", () => ""],
	["addonModule2", "Expansion module 2", () => ""],
	["hardwareRevision", "Hardware revision", () => "Linnet"],
	["serialNumber", "Serial number", (site) => site.mac],
	["modelNumber", "Model number", (site) => site.model],
	["MessageWaiting", "Message waiting", (site) => yes(site.messageWaiting)],
	["udi", "UDI", (site) => `phone ${site.model} Linnet ${site.mac}`],
	["time", "Time", (site) => timeText(site.time)],
	["timezone", "Time zone", (site) => site.timeZone],
	["date", "Date", (site) => dateText(site.time)],
	["startReason", "Last start", (site) => site.start],
	["upTime", "Running for (s)", (site) => site.running],
);

export const networkFields: readonly Field<Site>[] = table(
	["DHCPServer", "DHCP server", () => ""],
	["BOOTPServer", "BOOTP server", () => "No"],
	["MACAddress", "MAC address", (site) => site.mac],
	["HostName", "Host name", (site) => site.device],
	["DomainName", "Domain name", (site) => site.lease?.domain ?? ""],
	["IPAddress", "IP address", (site) => site.address],
	["SubNetMask", "Subnet mask", (site) => site.lease?.mask ?? ""],
	...numbered("TFTPServer", "TFTP server", 2, (site) => site.tftpServers),
	["DefaultRouter1", "Default router 1", (site) => site.lease?.router ?? ""],
	...numbered("DNSServer", "DNS server", 3, (site) => site.lease?.dns ?? none),
	["VLANId", "Operational VLAN ID", () => ""],
	["AdminVLANId", "Admin VLAN ID", () => ""],
	["CallManager1", "Call agent 1", (site) => callAgent(site, 0)],
	["CallManager2", "Call agent 2", (site) => callAgent(site, 1)],
	["CallManager3", "Call agent 3", (site) => callAgent(site, 2)],
	["CallManager4", "Call agent 4", (site) => callAgent(site, 3)],
	["CallManager5", "Call agent 5", (site) => callAgent(site, 4)],
	["InformationURL", "Information URL", (site) => withoutUser(site.url("informationURL"))],
	["DirectoriesURL", "Directories URL", (site) => withoutUser(site.url("directoryURL"))],
	["MessagesURL", "Messages URL", (site) => withoutUser(site.url("messagesURL"))],
	["ServicesURL", "Services URL", (site) => withoutUser(site.url("servicesURL"))],
	["DHCPEnabled", "DHCP enabled", (site) => yes(site.usesDhcp)],
	["DHCPAddressReleased", "DHCP address released", () => "No"],
	["AltTFTP", "Alternate TFTP", (site) => yes(site.setTftp)],
	["IdleURL", "Idle URL", (site) => withoutUser(site.url("idleURL"))],
	["ProxyServerURL", "Proxy server URL", (site) => withoutUser(site.url("proxyServerURL"))],
	["AuthenticationURL", "Authentication URL", (site) => withoutUser(site.url("authenticationURL"))],
	["UserLocale", "User locale", (site) => site.userLocale],
	["NetworkLocale", "Network locale", (site) => site.networkLocale],
	["WebAccess", "Web access", (site) => (site.webAccess === 2 ? "Read Only" : "Enabled")],
);

function callAgent(site: Site, index: number): string {
	const name = site.callAgents[index];
	if (name === undefined) return "";
	return index === site.active ? `${name} Active` : name;
}

/** Elements of /EthernetInformationX and of /PortInformationX, each counted under the first one's name. */
const frameNames: readonly (readonly [string, string, string])[] = Object.freeze([
	["TxFrames", "TxtotalGoodPkt", "Frames sent"],
	["TxBroadcasts", "Txbroadcast", "Broadcasts sent"],
	["TxMulticasts", "Txmulticast", "Multicasts sent"],
	["TxCollisions", "Txcollisions", "Collisions"],
	["RxFrames", "RxtotalPkt", "Frames received"],
	["RxBroadcasts", "Rxbroadcast", "Broadcasts received"],
	["RxMulticasts", "Rxmulticast", "Multicasts received"],
	["RxCRCErrors", "RxcrcErr", "Broken frames received"],
	["RxOverruns", "RxdropPkt", "Frames dropped"],
]);

function frameFields(at: 0 | 1): Field<Site>[] {
	return frameNames.map((names) => [names[at], names[2], (site) => site.frames(names[0])] as const);
}

export const ethernetFields: readonly Field<Site>[] = table(...frameFields(0));

export const portFields: readonly Field<Site>[] = table(
	...frameFields(1),
	["CDPNeighborDeviceId", "CDP neighbour", () => ""],
	["CDPNeighborIP", "CDP neighbour's address", () => ""],
	["CDPNeighborPort", "CDP neighbour's port", () => ""],
	["LLDPNeighborDeviceId", "LLDP neighbour", () => ""],
	["LLDPNeighborIP", "LLDP neighbour's address", () => ""],
	["LLDPNeighborPort", "LLDP neighbour's port", () => ""],
	["PortSpeed", "Port speed", () => ""],
);

/** A stream with what its page says beside it. */
export interface ShownStream {
	readonly site: Site;
	readonly stream: SiteStream;
}

type Counter = Field<ShownStream>;

function counter(element: string, label: string, statistic: number): Counter {
	return [element, label, ({ stream }) => stream.counters[statistic] ?? 0];
}

/** A score or ratio in 1/10000. */
function fraction(element: string, label: string, statistic: number): Counter {
	return [element, label, ({ stream }) => ((stream.counters[statistic] ?? 0) / 10000).toFixed(4)];
}

/** Jitter in units of 1/8000 s as ms. */
function milliseconds(element: string, label: string, statistic: number): Counter {
	return [element, label, ({ stream }) => Math.round((stream.counters[statistic] ?? 0) / 8)];
}

export const streamFields: readonly Counter[] = table(
	["RemoteAddr", "Remote address", ({ stream }) => `${stream.remoteAddress}/${stream.remotePort}`],
	["LocalAddr", "Local address", ({ site, stream }) => `${site.address}/${stream.localPort}`],
	["StreamStatus", "Stream status", ({ stream }) => (stream.open ? "Active" : "Not Ready")],
	["Name", "Host name", ({ site }) => site.device],
	counter("SenderPackets", "Sender packets", Statistic.packetsSent),
	counter("SenderOctets", "Sender octets", Statistic.octetsSent),
	["SenderCodec", "Sender codec", ({ stream }) => stream.sentCodec],
	counter("RcvrLostPackets", "Receiver lost packets", Statistic.packetsLost),
	milliseconds("AvgJitter", "Average jitter (ms)", Statistic.jitter),
	["RcvrCodec", "Receiver codec", ({ stream }) => stream.receivedCodec],
	counter("RcvrPackets", "Receiver packets", Statistic.packetsReceived),
	counter("RcvrOctets", "Receiver octets", Statistic.octetsReceived),
	fraction("MOSLQK", "MOS LQK", Statistic.mos),
	fraction("AvgMOSLQK", "Average MOS LQK", Statistic.mosAverage),
	fraction("MinMOSLQK", "Least MOS LQK", Statistic.mosMinimum),
	fraction("MaxMOSLQK", "Greatest MOS LQK", Statistic.mosMaximum),
	["MOSLQKVersion", "MOS LQK version", () => "0.9500"],
	fraction("CmltveConcealRatio", "Cumulative conceal ratio", Statistic.concealmentRatio),
	fraction("IntervalConcealRatio", "Interval conceal ratio", Statistic.concealmentInterval),
	fraction("MaxConcealRatio", "Greatest conceal ratio", Statistic.concealmentIntervalMaximum),
	counter("ConcealSecs", "Concealed seconds", Statistic.concealedSeconds),
	counter("SeverelyConcealSecs", "Severely concealed seconds", Statistic.severelyConcealedSeconds),
	counter("Latency", "Jitter buffer (ms)", Statistic.delay),
	milliseconds("MaxJitter", "Greatest jitter (ms)", Statistic.jitterMaximum),
	["SenderSize", "Sender packet time", ({ stream }) => `${stream.counters[Statistic.packetTimeSent]} ms`],
	["RcvrSize", "Receiver packet time", ({ stream }) => `${stream.counters[Statistic.packetTimeReceived]} ms`],
	counter("RcvrDiscarded", "Receiver discarded", Statistic.packetsDiscarded),
	counter("RcvrLate", "Receiver late packets", Statistic.packetsLate),
	counter("RoundTrip", "Round trip (ms)", Statistic.roundTrip),
	counter("RemoteLost", "Lost on the way there", Statistic.remoteLost),
);
