/*
 * Every element of cnf.xml files that the phone knows, with what it does about it: one table that the reader works by and that
 * README.md of this folder explains line by line (a test compares them). Names as CallManager 4 to 8, chan-sccp and FreePBX's
 * sccp_manager write them for phones that speak SCCP.
 */
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
});

/** An element, by its path below the root. */
export interface Element {
	readonly path: string;
	readonly kind: number;
	/** The field of Configuration that takes the value, or what the kind says. */
	readonly field: string;
	readonly minimum: number;
	readonly maximum: number;
}

function element(path: string, kind: number, field = "", minimum = 0, maximum = 0): Element {
	return Object.freeze({ path, kind, field, minimum, maximum });
}

/** The last part of a path. */
function leaf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

const group = (path: string): Element => element(path, Kind.group);
const ignored = (path: string): Element => element(path, Kind.ignored);
const alias = (path: string, same: string): Element => element(path, Kind.alias, same);
const text = (path: string, maximum: number, field = leaf(path)): Element =>
	element(path, Kind.text, field, 0, maximum);
const host = (path: string): Element => element(path, Kind.host, leaf(path), 0, longestHost);
const number = (path: string, minimum: number, maximum: number): Element =>
	element(path, Kind.number, leaf(path), minimum, maximum);
const flag = (path: string): Element => element(path, Kind.flag, leaf(path));
const time = (path: string): Element => element(path, Kind.time, leaf(path), 0, 1440);

/** Octets of a host name. */
const longestHost = 64;
/** Octets of a URL. */
export const longestUrl = 255;

/** Under vendorConfig, commonConfig and enterpriseConfig: what the phone heeds, and what it has no part for. */
const vendor: readonly Element[] = Object.freeze([
	text("adminPassword", 32),
	flag("autoCallSelect"),
	flag("autoSelectLineEnable"),
	element("daysDisplayNotActive", Kind.days, "daysDisplayNotActive"),
	flag("disableSpeaker"),
	flag("disableSpeakerAndHeadset"),
	time("displayIdleTimeout"),
	time("displayOnDuration"),
	time("displayOnTime"),
	flag("displayOnWhenIncomingCall"),
	host("loadServer"),
	element("logServer", Kind.server, "logServer", 0, longestHost),
	number("minimumRingVolume", 0, 15),
	flag("rtcp"),
	number("settingsAccess", 0, 2),
	number("webAccess", 0, 2),
]);

const vendorIgnored: readonly string[] = Object.freeze([
	"PCRemoteConfig",
	"PortAutoLinkSync",
	"PushToTalkURL",
	"RingLocale",
	"SWRemoteConfig",
	"WlanProfile1",
	"WlanProfile2",
	"WlanProfile3",
	"WlanProfile4",
	"alwaysUsePrimeLine",
	"alwaysUsePrimeLineVoiceMail",
	"appButtonPriority",
	"appButtonTimer",
	"barCodeSymbologyGroup",
	"bluetooth",
	"callHoldRingback",
	"cdpEnable",
	"ciscoCamera",
	"companyPhotoDir",
	"desktopClient",
	"detectCMConnectionFailure",
	"displayRefreshRate",
	"eapAuthentication",
	"ehookEnable",
	"enableCdpPcPort",
	"enableCdpSwPort",
	"enableGroupListen",
	"enableLldpPcPort",
	"enableLldpSwPort",
	"enableMuteFeature",
	"energyWiseDomain",
	"energyWiseSecret",
	"fileSystemVerificationEnable",
	"fipsMode",
	"forwardingDelay",
	"g722CodecSupport",
	"garp",
	"handsetHeadsetMonitor",
	"handsetWidebandEnable",
	"handsetWidebandUIControl",
	"headsetHandsetMonitor",
	"headsetWidebandEnable",
	"headsetWidebandUIControl",
	"homeScreen",
	"ice",
	"instantMessaging",
	"ipv6LoadServer",
	"ipv6LogServer",
	"java",
	"ldapServers",
	"lldpAssetId",
	"loggingDisplay",
	"moreKeyReversionTimer",
	"outOfRangeAlert",
	"pcPort",
	"peerFirmwareSharing",
	"phoneBookWebAccess",
	"powerOffWhenCharging",
	"powerPriority",
	"recordingTone",
	"recordingToneDuration",
	"recordingToneLocalVolume",
	"recordingToneRemoteVolume",
	"restrictDataRates",
	"rtpcontrolprotocol",
	"scannerCommands",
	"scanningMode",
	"sendKeyAction",
	"sideToneLevel",
	"spanToPCPort",
	"specialNumbers",
	"sshAccess",
	"sshPort",
	"suppressCallInfoDisplay",
	"unlockSettingsSequence",
	"useEnblocDialing",
	"videoCapability",
	"videoRtcp",
	"voiceQualityControl",
	"voiceVlanAccess",
	"webProtocol",
]);

const agent = "devicePool/callManagerGroup/members/member";

const top: readonly Element[] = Object.freeze([
	element("deviceProtocol", Kind.protocol),
	text("versionStamp", 64),
	text("loadInformation", 64),
	text("networkLocale", 40),
	text("authenticationURL", longestUrl),
	text("directoryURL", longestUrl),
	text("idleURL", longestUrl),
	number("idleTimeout", 0, 86400),
	text("informationURL", longestUrl),
	text("messagesURL", longestUrl),
	text("proxyServerURL", longestUrl),
	text("servicesURL", longestUrl),
	number("dndCallAlert", 0, 5),
	number("phonePersonalization", 0, 1),
	number("rollover", 0, 2),
	number("singleButtonBarge", 0, 2),
	number("blfAudibleAlertSettingOfIdleStation", 0, 1),
	number("blfAudibleAlertSettingOfBusyStation", 0, 1),
	number("dscpForSCCPPhoneConfig", 0, 255),
	number("dscpForSCCPPhoneServices", 0, 255),
	number("dscpForCm2Dvce", 0, 255),
	number("deviceSecurityMode", 0, 3),

	group("devicePool"),
	number("devicePool/connectionMonitorDuration", 0, 7200),
	number("devicePool/revertPriority", 0, 1),
	group("devicePool/dateTimeSetting"),
	text("devicePool/dateTimeSetting/dateTemplate", 6),
	text("devicePool/dateTimeSetting/timeZone", 48),
	group("devicePool/dateTimeSetting/ntps"),
	group("devicePool/dateTimeSetting/ntps/ntp"),
	element("devicePool/dateTimeSetting/ntps/ntp/name", Kind.timeServer, "ntpServers", 0, longestHost),
	ignored("devicePool/dateTimeSetting/ntps/ntp/ntpMode"),
	ignored("devicePool/dateTimeSetting/name"),
	ignored("devicePool/dateTimeSetting/olsonTimeZone"),
	group("devicePool/callManagerGroup"),
	ignored("devicePool/callManagerGroup/name"),
	ignored("devicePool/callManagerGroup/tftpDefault"),
	group("devicePool/callManagerGroup/members"),
	element(agent, Kind.member, "callAgents"),
	group(`${agent}/callManager`),
	element(`${agent}/callManager/processNodeName`, Kind.agentHost, "callAgents", 0, longestHost),
	ignored(`${agent}/callManager/name`),
	ignored(`${agent}/callManager/description`),
	ignored(`${agent}/callManager/ipv6Addr`),
	group(`${agent}/callManager/ports`),
	element(`${agent}/callManager/ports/ethernetPhonePort`, Kind.agentPort, "callAgents", 1, 65535),
	ignored(`${agent}/callManager/ports/mgcpPorts`),
	ignored(`${agent}/callManager/ports/sipPort`),
	ignored(`${agent}/callManager/ports/securedSipPort`),
	group("devicePool/srstInfo"),
	element("devicePool/srstInfo/srstOption", Kind.survivorOption, "survivors"),
	element("devicePool/srstInfo/ipAddr1", Kind.survivorHost, "survivors", 0, longestHost),
	element("devicePool/srstInfo/ipAddr2", Kind.survivorHost, "survivors", 1, longestHost),
	element("devicePool/srstInfo/ipAddr3", Kind.survivorHost, "survivors", 2, longestHost),
	element("devicePool/srstInfo/port1", Kind.survivorPort, "survivors", 0, 65535),
	element("devicePool/srstInfo/port2", Kind.survivorPort, "survivors", 1, 65535),
	element("devicePool/srstInfo/port3", Kind.survivorPort, "survivors", 2, 65535),
	ignored("devicePool/srstInfo/name"),
	ignored("devicePool/srstInfo/isSecure"),
	ignored("devicePool/srstInfo/userModifiable"),
	ignored("devicePool/srstInfo/sipIpAddr1"),
	ignored("devicePool/srstInfo/sipIpAddr2"),
	ignored("devicePool/srstInfo/sipIpAddr3"),
	ignored("devicePool/srstInfo/sipPort1"),
	ignored("devicePool/srstInfo/sipPort2"),
	ignored("devicePool/srstInfo/sipPort3"),
	ignored("devicePool/name"),
	ignored("devicePool/mlppDomainId"),
	ignored("devicePool/mlppIndicationStatus"),
	ignored("devicePool/preemption"),

	group("commonProfile"),
	text("commonProfile/phonePassword", 32),
	flag("commonProfile/backgroundImageAccess"),
	number("commonProfile/callLogBlfEnabled", 0, 3),
	ignored("commonProfile/defaultBackground"),

	group("userLocale"),
	text("userLocale/name", 40, "userLocale"),
	text("userLocale/langCode", 12),
	text("userLocale/winCharSet", 16),
	ignored("userLocale/uid"),
	ignored("userLocale/version"),

	group("networkLocaleInfo"),
	text("networkLocaleInfo/name", 40, "networkLocale"),
	ignored("networkLocaleInfo/uid"),
	ignored("networkLocaleInfo/version"),

	group("phoneServices"),
	number("phoneServices/provisioning", 0, 2),
	element("phoneServices/phoneService", Kind.service, "phoneServices"),
	element("phoneServices/phoneService/name", Kind.serviceName, "phoneServices", 0, 40),
	element("phoneServices/phoneService/url", Kind.serviceUrl, "phoneServices", 0, longestUrl),
	ignored("phoneServices/phoneService/vendor"),
	ignored("phoneServices/phoneService/version"),

	group("vendorConfig"),
	alias("commonConfig", "vendorConfig"),
	alias("enterpriseConfig", "vendorConfig"),
	// XMLDefault.cnf.xml has the group right below its root
	alias("callManagerGroup", "devicePool/callManagerGroup"),
]);

const topIgnored: readonly string[] = Object.freeze([
	"MissedCallLoggingOption",
	"TLSResumptionTimer",
	"addOnModules",
	"advertiseG722Codec",
	"allowAutoConfig",
	"autoCallPickupEnable",
	"capfAuthMode",
	"capfList",
	"certHash",
	"dadEnable",
	"dndReminderTimer",
	"echoMultiEnable",
	"encrConfig",
	"executiveOverridePreemptable",
	"fullConfig",
	"ipAddressMode",
	"ipMediaAddressFamilyPreference",
	"ipPreferenceModeControl",
	"joinAcrossLines",
	"logouturi",
	"mlppDomainId",
	"mlppIndicationStatus",
	"mobility",
	"ownerId",
	"portalDefaultServer",
	"preemption",
	"redirectEnable",
	"secureAuthenticationURL",
	"secureDirectoryURL",
	"secureIdleURL",
	"secureInformationURL",
	"secureMessagesURL",
	"secureServicesURL",
	"sshPassword",
	"sshUserId",
	"transportLayerProtocol",
	"tzdata",
	"userId",
]);

function build(): readonly Element[] {
	const all: Element[] = [];
	for (const each of top) all.push(each);
	for (const name of topIgnored) all.push(ignored(name));
	for (const each of vendor) {
		all.push(element(`vendorConfig/${each.path}`, each.kind, each.field, each.minimum, each.maximum));
	}
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
		const { kind, field } = elements[row] as Element;
		all.push(kind === Kind.alias ? rowOf(field) : row);
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
