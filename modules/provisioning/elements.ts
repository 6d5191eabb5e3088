/*
 * Every element of cnf.xml files that the phone knows, with what it does about it: one table that the reader works by and that
 * the table in README.md of this folder is made from. Names as CallManager 4 to 8, chan-sccp and FreePBX's
 * sccp_manager write them for phones that speak SCCP.
 */
import type { Configuration } from "provisioning/configuration";
import { type Packed, packed } from "xml/packed";
import { hashOf, type XmlToken } from "xml/token";

/** What an element holds. */
export const Kind = Object.freeze({
	/** Other elements. */
	group: 0,
	/** Nothing that matters to this phone, nor anything within. */
	ignored: 1,
	/** The same as another element: its children are those of the row `same`. */
	alias: 2,
	/** A text of at most `maximum` octets, a host name or address, a host with or without port. */
	text: 3,
	host: 4,
	server: 5,
	/** An integer from `minimum` to `maximum`. */
	number: 6,
	/** True or false, as words or 1 and 0. */
	flag: 7,
	/** 'hours:minutes', in minutes. */
	time: 8,
	/** Days of the week as '1,7', 1 being Sunday, as a mask. */
	days: 9,
	/** Elements from here on go together with others. */
	protocol: 10,
	member: 11,
	agentHost: 12,
	agentPort: 13,
	survivorOption: 14,
	survivorHost: 15,
	survivorPort: 16,
	timeServer: 17,
	service: 18,
	serviceName: 19,
	serviceUrl: 20,
	/** A time zone's other name, which counts where the first one is none that is known. */
	otherZone: 21,
} as const);

/** Fields of a configuration whose values are of a type. */
type FieldOf<Value> = {
	[Field in keyof Configuration]: Configuration[Field] extends Value ? Field : never;
}[keyof Configuration];
type TextField = FieldOf<string>;
type NumberField = FieldOf<number>;
type FlagField = FieldOf<boolean>;
type ListField = FieldOf<readonly string[]>;

/** Any element, by its path below the root. */
interface Row {
	readonly path: string;
	readonly minimum: number;
	readonly maximum: number;
}

/** A value of its own: which field takes it, and the key that it is stored by. */
interface Kept<Field> extends Row {
	readonly field: Field;
	/** Two letters that no other field ever has; '' when another element tells the same and has them. */
	readonly key: string;
}

interface TextElement extends Kept<TextField> {
	readonly kind: typeof Kind.text | typeof Kind.host | typeof Kind.server;
}

interface NumberElement extends Kept<NumberField> {
	readonly kind: typeof Kind.number | typeof Kind.time | typeof Kind.days;
}

interface FlagElement extends Kept<FlagField> {
	readonly kind: typeof Kind.flag;
}

/** One of a list, or what a list depends on. */
interface ListElement extends Kept<ListField> {
	readonly kind: typeof Kind.member | typeof Kind.survivorOption | typeof Kind.timeServer | typeof Kind.service;
}

/** What goes into a list with others; what `minimum` and `maximum` say is up to the kind. */
interface PartElement extends Row {
	readonly kind:
		| typeof Kind.protocol
		| typeof Kind.agentHost
		| typeof Kind.agentPort
		| typeof Kind.survivorHost
		| typeof Kind.survivorPort
		| typeof Kind.serviceName
		| typeof Kind.serviceUrl
		| typeof Kind.otherZone;
}

interface Structure extends Row {
	readonly kind: typeof Kind.group | typeof Kind.ignored;
}

interface Alias extends Row {
	readonly kind: typeof Kind.alias;
	/** Path of the element that it is the same as. */
	readonly same: string;
}

export type KeptElement = TextElement | NumberElement | FlagElement | ListElement;
export type Element = KeptElement | PartElement | Structure | Alias;

/** Paths of elements that bear the name of their field. */
type PathTo<Field extends string> = Field | `${string}/${Field}`;

/** The last part of a path. */
function leaf<Name extends string>(path: PathTo<Name>): Name {
	return path.slice(path.lastIndexOf("/") + 1) as Name;
}

/** Octets of a host name. */
const longestHost = 64;
/** Octets of the name of a time zone. */
const longestZone = 48;
/** Octets of a URL. */
export const longestUrl = 255;
const minutesOfDay = 1440;

function group(path: string): Structure {
	return Object.freeze({ path, kind: Kind.group, minimum: 0, maximum: 0 });
}

function ignored(path: string): Structure {
	return Object.freeze({ path, kind: Kind.ignored, minimum: 0, maximum: 0 });
}

function alias(path: string, same: string): Alias {
	return Object.freeze({ path, kind: Kind.alias, same, minimum: 0, maximum: 0 });
}

function text(path: PathTo<TextField>, maximum: number, key: string): TextElement {
	return textOf(leaf<TextField>(path), path, maximum, key);
}

/** A text in an element that does not bear the name of its field. */
function textOf(field: TextField, path: string, maximum: number, key: string): TextElement {
	return Object.freeze({ path, kind: Kind.text, field, minimum: 0, maximum, key });
}

function host(path: PathTo<TextField>, key: string): TextElement {
	return Object.freeze({ path, kind: Kind.host, field: leaf<TextField>(path), minimum: 0, maximum: longestHost, key });
}

function server(path: PathTo<TextField>, key: string): TextElement {
	return Object.freeze({
		path,
		kind: Kind.server,
		field: leaf<TextField>(path),
		minimum: 0,
		maximum: longestHost,
		key,
	});
}

function number(path: PathTo<NumberField>, minimum: number, maximum: number, key: string): NumberElement {
	return Object.freeze({ path, kind: Kind.number, field: leaf<NumberField>(path), minimum, maximum, key });
}

function flag(path: PathTo<FlagField>, key: string): FlagElement {
	return Object.freeze({ path, kind: Kind.flag, field: leaf<FlagField>(path), minimum: 0, maximum: 0, key });
}

function time(path: PathTo<NumberField>, key: string): NumberElement {
	return Object.freeze({
		path,
		kind: Kind.time,
		field: leaf<NumberField>(path),
		minimum: 0,
		maximum: minutesOfDay,
		key,
	});
}

function days(path: PathTo<NumberField>, key: string): NumberElement {
	return Object.freeze({ path, kind: Kind.days, field: leaf<NumberField>(path), minimum: 0, maximum: 0, key });
}

function list(field: ListField, key: string, path: string, kind: ListElement["kind"], maximum = 0): ListElement {
	return Object.freeze({ path, kind, field, minimum: 0, maximum, key });
}

function part(path: string, kind: PartElement["kind"], minimum = 0, maximum = 0): PartElement {
	return Object.freeze({ path, kind, minimum, maximum });
}

/*
 * A new element is one line below, and a field of Configuration where it is kept. The comment behind it, with `used` or `kept` in
 * front where there is a field, is its row in README.md, to which `npm run docs` adds range and default.
 */

/** Under vendorConfig, commonConfig and enterpriseConfig: what the phone heeds, and what it has no part for. */
const vendor: readonly KeptElement[] = Object.freeze([
	text("adminPassword", 32, "ap"), // kept: for the phone's web pages
	flag("autoCallSelect", "ac"), // used: whether a call that rings is selected though the user is in another
	flag("autoSelectLineEnable", "as"), // kept: whether lifting the handset answers on any line
	days("daysDisplayNotActive", "dn"), // used: days on which an unused display is dark, 1 Sunday to 7
	flag("disableSpeaker", "ds"), // used: no speakerphone
	flag("disableSpeakerAndHeadset", "dh"), // used: handset only
	time("displayIdleTimeout", "di"), // used: hh:mm until an idle display is dimmed, or dark outside of its hours; without it one minute
	time("displayOnDuration", "dd"), // used: hh:mm for which an unused display is not dark; without it, or 00:00, until midnight
	time("displayOnTime", "do"), // used: hh:mm from which on an unused display is not dark; without it 00:00
	flag("displayOnWhenIncomingCall", "dw"), // used: a call lights a dark display
	number("g722CodecSupport", 0, 2, "gs"), // used: whether the call agent is told of G.722: 1 no, 2 yes, 0 as advertiseG722Codec says
	host("loadServer", "ls"), // used: where loads come from
	server("logServer", "lg"), // used: host or host:port of a syslog server
	number("minimumRingVolume", 0, 15, "mr"), // used
	flag("rtcp", "rt"), // used: RTCP reports
	number("settingsAccess", 0, 2, "sa"), // used: 0 none, 1 full, 2 restricted
	flag("useEnblocDialing", "ed"), // used: whole numbers go to the call agent at once
	number("webAccess", 0, 2, "wa"), // used: 0 the phone's web pages and CGI, 2 its pages alone to be read, 1 none of them, nor the set-up page on a phone that has a network ([web pages](../../docs/web.md))
]);

const vendorIgnored: readonly string[] = Object.freeze([
	"PCRemoteConfig", // no PC port, no switch
	"PortAutoLinkSync", // no PC port, no switch
	"PushToTalkURL", // wireless phones of Cisco
	"RingLocale", // no such part
	"SWRemoteConfig", // no PC port, no switch
	"WlanProfile1", // wireless phones of Cisco
	"WlanProfile2", // wireless phones of Cisco
	"WlanProfile3", // wireless phones of Cisco
	"WlanProfile4", // wireless phones of Cisco
	"alwaysUsePrimeLine", // the call agent's own business
	"alwaysUsePrimeLineVoiceMail", // the call agent's own business
	"appButtonPriority", // wireless phones of Cisco
	"appButtonTimer", // wireless phones of Cisco
	"barCodeSymbologyGroup", // wireless phones of Cisco
	"bluetooth", // no such part
	"bluetoothProfile", // no such part
	"bthfu", // no such part
	"btpbap", // no such part
	"callHoldRingback", // the call agent's own business
	"cdpEnable", // no CDP, no LLDP
	"ciscoCamera", // no video
	"companyPhotoDir", // no such part
	"defaultWallpaperFile", // newer phones of Cisco
	"desktopClient", // no such part
	"detectCMConnectionFailure", // always as Linnet does it
	"dfBit", // newer phones of Cisco
	"displayRefreshRate", // no such part
	"eapAuthentication", // no PC port, no switch
	"ehookEnable", // no such part
	"enableCdpPcPort", // no PC port, no switch
	"enableCdpSwPort", // no CDP, no LLDP
	"enableGroupListen", // no such part
	"enableLldpPcPort", // no PC port, no switch
	"enableLldpSwPort", // no CDP, no LLDP
	"enableMuteFeature", // always as Linnet does it
	"energyWiseDomain", // no CDP, no LLDP
	"energyWiseSecret", // no CDP, no LLDP
	"fileSystemVerificationEnable", // no such part
	"fipsMode", // no TLS, no certificates
	"forwardingDelay", // no PC port, no switch
	"garp", // no PC port, no switch
	"handsetHeadsetMonitor", // no such part
	"handsetWidebandEnable", // G.722 goes by g722CodecSupport alone
	"handsetWidebandUIControl", // G.722 goes by g722CodecSupport alone
	"headsetHandsetMonitor", // no such part
	"headsetWidebandEnable", // G.722 goes by g722CodecSupport alone
	"headsetWidebandUIControl", // G.722 goes by g722CodecSupport alone
	"hideVideoByDefault", // newer phones of Cisco
	"holdResumeKey", // newer phones of Cisco
	"homeScreen", // wireless phones of Cisco
	"ice", // no such part
	"instantMessaging", // no such part
	"ipv6LoadServer", // IPv4 only
	"ipv6LogServer", // IPv4 only
	"java", // no such part
	"joinAndDirectTransferPolicy", // newer phones of Cisco
	"ldapServers", // no such part
	"lldpAssetId", // no CDP, no LLDP
	"loggingDisplay", // always as Linnet does it
	"moreKeyReversionTimer", // always as Linnet does it
	"outOfRangeAlert", // wireless phones of Cisco
	"pcPort", // no PC port, no switch
	"peerFirmwareSharing", // no such part
	"phoneBookWebAccess", // wireless phones of Cisco
	"powerNegotiation", // newer phones of Cisco
	"powerOffWhenCharging", // wireless phones of Cisco
	"powerPriority", // no CDP, no LLDP
	"recentsSoftKey", // newer phones of Cisco
	"recordingTone", // the call agent says when the phone is recorded
	"recordingToneDuration", // the call agent says when the phone is recorded
	"recordingToneLocalVolume", // the call agent says when the phone is recorded
	"recordingToneRemoteVolume", // the call agent says when the phone is recorded
	"restrictDataRates", // wireless phones of Cisco
	"rtpcontrolprotocol", // always as Linnet does it
	"scannerCommands", // wireless phones of Cisco
	"scanningMode", // wireless phones of Cisco
	"sdio", // no such part
	"sendKeyAction", // wireless phones of Cisco
	"separateMute", // newer phones of Cisco
	"sideToneLevel", // the level of the sidetone is the board's
	"spanToPCPort", // no PC port, no switch
	"specialNumbers", // wireless phones of Cisco
	"sshAccess", // no SSH
	"sshPort", // no SSH
	"suppressCallInfoDisplay", // the call agent's own business
	"unlockSettingsSequence", // wireless phones of Cisco
	"usb1", // no such part
	"usb2", // no such part
	"usbClasses", // no such part
	"videoCapability", // no video
	"videoRtcp", // no video
	"voiceQualityControl", // the call agent's own business
	"voiceVlanAccess", // no PC port, no switch
	"webProtocol", // no TLS, no certificates
	"wifi", // newer phones of Cisco
]);

const agent = "devicePool/callManagerGroup/members/member";

const top: readonly Element[] = Object.freeze([
	part("deviceProtocol", Kind.protocol), // used: must be SCCP; a file for another protocol is refused
	text("versionStamp", 64, "vs"), // used: for the log; what changes is told by the content alone
	text("loadInformation", 64, "li"), // used: the load to run, `linnet-...`: others are logged and left alone; empty keeps the present one. A load that comes during a call starts after it. In XMLDefault.cnf.xml `loadInformation<type>` for the phone's own type
	text("networkLocale", 40, "nl"), // used: whose tones are played: those of its g3-tones.xml (else 7960-tones.xml) on the server, in a folder of this name; without one {countries} have tones here; another one is logged and sounds as United_States
	number("advertiseG722Codec", 0, 2, "ag"), // used: whether the call agent is told of G.722, where g722CodecSupport does not say: 0 no
	text("authenticationURL", longestUrl, "ua"), // used: who says whether somebody may push objects and see the display ([web pages](../../docs/web.md)); without one nobody may
	text("directoryURL", longestUrl, "ud"), // used: entry of the directories menu
	text("eventsURL", longestUrl, "ue"), // used: who is told by POST what happens on the phone, such as a webhook of home automation ([home](../../docs/home.md)); Linnet's own
	text("idleURL", longestUrl, "ui"), // used: what an idle phone shows
	number("idleTimeout", 0, 86400, "it"), // used: seconds of rest until then, 0 never
	text("informationURL", longestUrl, "un"), // used: what the help key asks on an idle phone
	text("messagesURL", longestUrl, "um"), // used: what the messages key asks; without it, and without phone services of type 2, it calls the mailbox
	text("proxyServerURL", longestUrl, "up"), // used: proxy for services, as a URL of http or host:port
	text("servicesURL", longestUrl, "us"), // used: entry of the services menu
	number("dndCallAlert", 0, 5, "da"), // kept: what a call does under 'do not disturb'
	number("phonePersonalization", 0, 1, "pe"), // kept
	number("rollover", 0, 2, "ro"), // kept
	number("singleButtonBarge", 0, 2, "sb"), // kept
	number("blfAudibleAlertSettingOfIdleStation", 0, 1, "bs"), // kept
	number("blfAudibleAlertSettingOfBusyStation", 0, 1, "bb"), // kept
	number("dscpForSCCPPhoneConfig", 0, 255, "qc"), // used: ToS byte of file transfers, TFTP and HTTP
	number("dscpForSCCPPhoneServices", 0, 255, "qs"), // used: ToS byte of services
	number("dscpForCm2Dvce", 0, 255, "qd"), // used: ToS byte of connections to call agents; sound has what these say, else 184 (EF)
	number("deviceSecurityMode", 0, 3, "sm"), // used: 2 and 3 ask for TLS, which is logged: the phone registers without

	group("devicePool"),
	number("devicePool/connectionMonitorDuration", 0, 7200, "cm"), // used: seconds for which a better call agent must be back until the phone returns to it
	number("devicePool/revertPriority", 0, 1, "rp"), // used: 0 the phone returns to a better call agent by itself, 1 only when it is reset
	group("devicePool/dateTimeSetting"),
	text("devicePool/dateTimeSetting/dateTemplate", 6, "dt"), // used: such as D.M.Y or M/D/YA; empty leaves it to the call agent
	text("devicePool/dateTimeSetting/timeZone", longestZone, "tz"), // used: a name of Windows, Cisco's spelling with `Standard/Daylight` or a name of the IANA database; with it and a clock that is set the phone shows its own time
	group("devicePool/dateTimeSetting/ntps"),
	group("devicePool/dateTimeSetting/ntps/ntp"),
	list("ntpServers", "nt", "devicePool/dateTimeSetting/ntps/ntp/name", Kind.timeServer, longestHost), // used: time servers, asked before those of DHCP (option 42); four at most with these
	ignored("devicePool/dateTimeSetting/ntps/ntp/ntpMode"), // servers are asked by unicast
	ignored("devicePool/dateTimeSetting/name"), // a label
	part("devicePool/dateTimeSetting/olsonTimeZone", Kind.otherZone, 0, longestZone), // used: a name of the IANA database, such as Europe/Berlin, where `timeZone` is empty or unknown
	group("devicePool/callManagerGroup"),
	ignored("devicePool/callManagerGroup/name"), // a label
	ignored("devicePool/callManagerGroup/tftpDefault"), // for the server
	group("devicePool/callManagerGroup/members"),
	list("callAgents", "ca", agent, Kind.member), // used: `priority` puts call agents in order, five at most; without any the server that has the file is tried
	group(`${agent}/callManager`),
	part(`${agent}/callManager/processNodeName`, Kind.agentHost, 0, longestHost), // used: host name or IPv4 address
	ignored(`${agent}/callManager/name`), // a label
	ignored(`${agent}/callManager/description`), // a label
	ignored(`${agent}/callManager/ipv6Addr`), // IPv4 only
	group(`${agent}/callManager/ports`),
	part(`${agent}/callManager/ports/ethernetPhonePort`, Kind.agentPort, 1, 65535), // used: 1-65535 (2000)
	ignored(`${agent}/callManager/ports/analogAccessPort`), // gateways
	ignored(`${agent}/callManager/ports/digitalAccessPort`), // gateways
	ignored(`${agent}/callManager/ports/mgcpPorts`), // MGCP
	ignored(`${agent}/callManager/ports/sipPort`), // SIP
	ignored(`${agent}/callManager/ports/securedSipPort`), // SIP
	group("devicePool/srstInfo"),
	list("survivors", "su", "devicePool/srstInfo/srstOption", Kind.survivorOption), // used: Enable (or user): the routers below stand behind the call agents; Disable: they do not
	part("devicePool/srstInfo/ipAddr1", Kind.survivorHost, 0, longestHost), // used: a router
	part("devicePool/srstInfo/ipAddr2", Kind.survivorHost, 1, longestHost), // used: a router
	part("devicePool/srstInfo/ipAddr3", Kind.survivorHost, 2, longestHost), // used: a router
	part("devicePool/srstInfo/port1", Kind.survivorPort, 0, 65535), // used: 1-65535 (2000)
	part("devicePool/srstInfo/port2", Kind.survivorPort, 1, 65535), // used: 1-65535 (2000)
	part("devicePool/srstInfo/port3", Kind.survivorPort, 2, 65535), // used: 1-65535 (2000)
	ignored("devicePool/srstInfo/name"), // a label
	ignored("devicePool/srstInfo/isSecure"), // no TLS
	ignored("devicePool/srstInfo/userModifiable"), // nothing to modify
	ignored("devicePool/srstInfo/sipIpAddr1"), // SIP
	ignored("devicePool/srstInfo/sipIpAddr2"), // SIP
	ignored("devicePool/srstInfo/sipIpAddr3"), // SIP
	ignored("devicePool/srstInfo/sipPort1"), // SIP
	ignored("devicePool/srstInfo/sipPort2"), // SIP
	ignored("devicePool/srstInfo/sipPort3"), // SIP
	ignored("devicePool/name"), // a label
	ignored("devicePool/mlppDomainId"), // no precedence calls
	ignored("devicePool/mlppIndicationStatus"), // no precedence calls
	ignored("devicePool/preemption"), // no precedence calls

	group("commonProfile"),
	text("commonProfile/phonePassword", 32, "pp"), // used: unlocks the settings
	flag("commonProfile/backgroundImageAccess", "bi"), // kept: whether the user may choose a picture
	number("commonProfile/callLogBlfEnabled", 0, 3, "cl"), // kept
	ignored("commonProfile/defaultBackground"), // no background pictures

	group("userLocale"),
	textOf("userLocale", "userLocale/name", 40, "ul"), // used: folder of the dictionary, `SCCP-dictionary.utf-8.xml` or `SCCP-dictionary.xml`; `English_...` needs none
	text("userLocale/langCode", 12, "lc"), // used: the language of the phone's own words where `name` says none, as `de` or `de_DE`
	text("userLocale/winCharSet", 16, "cs"), // kept: encoding of texts
	ignored("userLocale/uid"), // the server's number
	textOf("userLocaleVersion", "userLocale/version", 20, "uv"), // used: the dictionary is fetched again when it is another one

	group("networkLocaleInfo"),
	textOf("networkLocale", "networkLocaleInfo/name", 40, ""), // used: the same as networkLocale
	ignored("networkLocaleInfo/uid"), // the server's number
	ignored("networkLocaleInfo/version"), // the server's version

	group("phoneServices"),
	number("phoneServices/provisioning", 0, 2, "pv"), // used: menus from the list below, from the URLs above, or from both
	list("phoneServices", "sv", "phoneServices/phoneService", Kind.service), // used: `type` 0 services, 1 directories, 2 messages; twelve at most; what Application:Cisco/ names of lists of calls is there by itself
	part("phoneServices/phoneService/name", Kind.serviceName, 0, 40), // used: line of the menu
	part("phoneServices/phoneService/url", Kind.serviceUrl, 0, longestUrl), // used: what it asks, or another URI of services
	ignored("phoneServices/phoneService/vendor"), // a label
	ignored("phoneServices/phoneService/version"), // a label

	group("vendorConfig"),
	alias("commonConfig", "vendorConfig"), // as vendorConfig, which goes before it
	alias("enterpriseConfig", "vendorConfig"), // as vendorConfig and commonConfig, which go before it
	// XMLDefault.cnf.xml has the group right below its root
	alias("callManagerGroup", "devicePool/callManagerGroup"), // in XMLDefault.cnf.xml: as devicePool/callManagerGroup
]);

const topIgnored: readonly string[] = Object.freeze([
	"MissedCallLoggingOption", // the call agent's own business
	"TLSResumptionTimer", // no TLS, no certificates
	"addOnModules", // no key expansion modules
	"allowAutoConfig", // IPv4 only
	"autoCallPickupEnable", // the call agent's own business
	"capfAuthMode", // no TLS, no certificates
	"capfList", // no TLS, no certificates
	"certHash", // no TLS, no certificates
	"dadEnable", // IPv4 only
	"dialTemplate", // SIP
	"dndReminderTimer", // the call agent's own business
	"echoMultiEnable", // IPv4 only
	"encrConfig", // no TLS, no certificates
	"executiveOverridePreemptable", // no precedence calls
	"featurePolicyFile", // SIP
	"fullConfig", // every file is taken as a whole
	"ipAddressMode", // IPv4 only
	"ipMediaAddressFamilyPreference", // IPv4 only
	"ipPreferenceModeControl", // IPv4 only
	"joinAcrossLines", // the call agent's own business
	"logouturi", // no extension mobility across clusters, no portal
	"mlppDomainId", // no precedence calls
	"mlppIndicationStatus", // no precedence calls
	"mobility", // the call agent's own business
	"ownerId", // the call agent's own business
	"portalDefaultServer", // no extension mobility across clusters, no portal
	"preemption", // no precedence calls
	"redirectEnable", // IPv4 only
	"secureAuthenticationURL", // no TLS, no certificates
	"secureDirectoryURL", // no TLS, no certificates
	"secureIdleURL", // no TLS, no certificates
	"secureInformationURL", // no TLS, no certificates
	"secureMessagesURL", // no TLS, no certificates
	"secureServicesURL", // no TLS, no certificates
	"sipProfile", // SIP
	"sshPassword", // no SSH
	"sshUserId", // no SSH
	"stutterMsgWaiting", // the call agent's own business
	"transportLayerProtocol", // SCCP runs over TCP
	"tzdata", // zone rules are in the firmware
	"userId", // the call agent's own business
]);

function build(): readonly Element[] {
	const all: Element[] = [];
	for (const each of top) all.push(each);
	for (const name of topIgnored) all.push(ignored(name));
	for (const each of vendor) all.push(Object.freeze({ ...each, path: `vendorConfig/${each.path}` }));
	for (const name of vendorIgnored) all.push(ignored(`vendorConfig/${name}`));
	return Object.freeze(all);
}

/** All elements; a row's number is its index. */
export const elements: readonly Element[] = build();

/** The row of a path, -1 when there is none. */
function rowOf(path: string): number {
	for (let row = 0; row < elements.length; row += 1) if ((elements[row] as Element).path === path) return row;
	return -1;
}

function keptOnes(): readonly KeptElement[] {
	const all: KeptElement[] = [];
	for (const each of elements) if ("key" in each && each.key !== "") all.push(each);
	return Object.freeze(all);
}

/** Elements by whose keys a configuration is stored. */
export const kept: readonly KeptElement[] = keptOnes();

/** Stands for the row of the root. */
export const root = -1;

function parents(): readonly number[] {
	const rows: number[] = [];
	for (const { path } of elements) {
		const slash = path.lastIndexOf("/");
		rows.push(slash < 0 ? root : rowOf(path.slice(0, slash)));
	}
	return Object.freeze(rows);
}

/** Rows are found by the hash of their name, in chains. */
const chains = 64;

/** The first row of each chain, and the one after each row; -1 at the end. */
function chained(): readonly [first: readonly number[], next: readonly number[]] {
	const first: number[] = [];
	const next: number[] = [];
	for (let chain = 0; chain < chains; chain += 1) first.push(-1);
	for (let row = 0; row < elements.length; row += 1) next.push(-1);
	for (let row = elements.length - 1; row >= 0; row -= 1) {
		const chain = hashOf(leaf((elements[row] as Element).path)) % chains;
		next[row] = first[chain] as number;
		first[chain] = row;
	}
	return Object.freeze([Object.freeze(first), Object.freeze(next)]);
}

function names(): readonly Packed[] {
	const all: Packed[] = [];
	for (const { path } of elements) all.push(packed(leaf(path)));
	return Object.freeze(all);
}

/** Rows that alias rows stand for; the others stand for themselves. */
function targets(): readonly number[] {
	const all: number[] = [];
	for (let row = 0; row < elements.length; row += 1) {
		const element = elements[row] as Element;
		all.push(element.kind === Kind.alias ? rowOf(element.same) : row);
	}
	return Object.freeze(all);
}

const parentRows = parents();
const elementNames = names();
const targetRows = targets();
const [firstRows, nextRows] = chained();

/**
 * The row of the element whose tag begins within that of row `parent` ({@link root} for the root); -1 when it is not known. For
 * an alias it is the row that it stands for.
 */
export function findElement(parent: number, tag: XmlToken): number {
	let row = firstRows[tag.nameHash % chains] as number;
	while (row >= 0) {
		if (parentRows[row] === parent && tag.isNamed(elementNames[row] as Packed)) return targetRows[row] as number;
		row = nextRows[row] as number;
	}
	return -1;
}

/** The last part of a row's path: the element's name. */
export function nameOf(row: number): string {
	return leaf((elements[row] as Element).path);
}

/** The row of a load that XMLDefault.cnf.xml names for this phone's type. */
export const loadRow = rowOf("loadInformation");
/** Rows whose elements are about all of a device; a group under another name yields to it. */
export const vendorRow = rowOf("vendorConfig");
