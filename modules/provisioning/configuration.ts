/*
 * What a configuration file tells the phone, as a value: SEP<MAC>.cnf.xml and XMLDefault.cnf.xml as CallManager, chan-sccp and
 * FreePBX write them. Fields bear the names of the file's elements; README.md of this folder lists all of those.
 */

/** Between the parts of an entry of phoneServices. */
export const serviceSeparator = "\t";

/**
 * A configuration; a new one holds the defaults, which are those of a Cisco phone. Texts are '' where the file says nothing.
 * It is filled once, by a reader, and not changed afterwards.
 */
export class Configuration {
	/** From SEP<MAC>.cnf.xml (true) or XMLDefault.cnf.xml (false). */
	forDevice = false;
	/** Changes when the server changed anything; '' when it does not tell. */
	versionStamp = "";

	/** 'host:port' in order of priority, the preferred one first. */
	callAgents: readonly string[] = [];
	/** 'host:port' of routers that take over when no call agent answers (SRST), empty when that is switched off. */
	survivors: readonly string[] = [];
	/** Seconds for which a better call agent must have been back before the phone returns to it, 0-7200. */
	connectionMonitorDuration = 120;
	/** 1: return to the first call agent only when the phone is reset. */
	revertPriority = 0;

	/** Such as 'D.M.Y' or 'M/D/YA' (12-hour clock); '' leaves it to the call agent. */
	dateTemplate = "";
	/** Name of Windows or Cisco, such as 'W. Europe Standard/Daylight Time'. */
	timeZone = "";
	/** Names or addresses of time servers. */
	ntpServers: readonly string[] = [];

	/** Load that the phone shall run; '' keeps the one it has. */
	loadInformation = "";
	/** Where loads come from when not from the TFTP server. */
	loadServer = "";

	userLocale = "";
	langCode = "";
	userLocaleVersion = "";
	/** Encoding of texts in messages: 'iso-8859-1' or 'utf-8'. */
	winCharSet = "";
	networkLocale = "";

	/** Unlocks the settings menu. */
	phonePassword = "**#";
	adminPassword = "";
	backgroundImageAccess = true;
	callLogBlfEnabled = 0;

	/** 0 none, 1 full, 2 restricted (volume and ring only). */
	settingsAccess = 1;
	/** Web pages of the phone: 0 on, 1 off, 2 read-only. */
	webAccess = 0;
	disableSpeaker = false;
	disableSpeakerAndHeadset = false;
	/** Least ring volume that the user can set, 0-15. */
	minimumRingVolume = 0;
	/** Sends and reads RTCP reports. */
	rtcp = false;
	/** G.722 is offered to the call agent: 0 as advertiseG722Codec says, 1 no, 2 yes. */
	g722CodecSupport = 0;
	/** The same for all phones of a server: 0 no, else yes. */
	advertiseG722Codec = 1;
	/** Days on which the display stays off unless used: bit 0 Sunday ... bit 6 Saturday. */
	daysDisplayNotActive = 0;
	/** When the display goes on, for how long, and when it goes off without use; all in minutes. -1: not given. */
	displayOnTime = -1;
	displayOnDuration = -1;
	displayIdleTimeout = -1;
	displayOnWhenIncomingCall = true;
	/** 'host:port' of a syslog server. */
	logServer = "";
	autoSelectLineEnable = false;
	autoCallSelect = true;
	/** Sends numbers that are whole at once where the call agent takes them so. */
	useEnblocDialing = true;

	authenticationURL = "";
	directoryURL = "";
	eventsURL = "";
	idleURL = "";
	/** Seconds of rest until idleURL is shown, 0 never. */
	idleTimeout = 0;
	informationURL = "";
	messagesURL = "";
	proxyServerURL = "";
	servicesURL = "";
	/** 0: menus come from phoneServices, 1: from the URLs above, 2: from both. */
	provisioning = 2;
	/**
	 * Entries as their type (0 services, 1 directories, 2 messages), name and URL, such as 'Application:Cisco/MissedCalls', with
	 * {@link serviceSeparator} between: a string takes a fraction of what an object takes.
	 */
	phoneServices: readonly string[] = [];

	/** What a call does while 'do not disturb' is on: 0 nothing, 1 flash only, 5 beep only. */
	dndCallAlert = 0;
	phonePersonalization = 0;
	rollover = 0;
	singleButtonBarge = 0;
	blfAudibleAlertSettingOfIdleStation = 0;
	blfAudibleAlertSettingOfBusyStation = 0;

	/** ToS bytes of TFTP, of phone services, and of the connection to the call agent. */
	dscpForSCCPPhoneConfig = 96;
	dscpForSCCPPhoneServices = 0;
	dscpForCm2Dvce = 96;

	/** 1 none, 2 authenticated, 3 encrypted (the phone knows only the first). */
	deviceSecurityMode = 1;
}

/** What holds where no file says another thing; in flash, since a second configuration beside one that is read takes memory that a board may not have. */
export const defaults: Configuration = Object.freeze(new Configuration());
for (const list of [defaults.callAgents, defaults.survivors, defaults.ntpServers, defaults.phoneServices])
	Object.freeze(list);

/** Whether a configuration has the call agent told of G.722. */
export function offersG722({ advertiseG722Codec, g722CodecSupport }: Configuration): boolean {
	return g722CodecSupport === 0 ? advertiseG722Codec > 0 : g722CodecSupport > 1;
}
