/*
 * The phone's own words: each text of its own that a user sees is a word of this table, and nothing else. A room writes `Word.name` into
 * its texts; that is no more than a reference, and becomes a word of the user's language where it is shown, and English in the log.
 * Words stand in the order of the English table; what stands behind a word (a name, an address) follows it in all languages.
 */
import { wordMark } from "base/plain";

/** All words, in English. A word that begins a text begins with a capital. */
const table = Object.freeze({
	// softkeys
	more: "more",
	dial: "Dial",
	editDial: "EditDial",
	save: "Save",
	cancel: "Cancel",
	exit: "Exit",
	letters: "Alpha",
	digits: "Number",
	details: "Details",
	deleteItem: "Delete",
	clearList: "Clear",

	// what stands in lists and menus
	none: "None",
	on: "On",
	off: "Off",
	yes: "Yes",
	no: "No",
	locked: "locked",
	newText: "New:",

	// lists of calls and buttons
	directories: "Directories",
	missedCalls: "Missed calls",
	receivedCalls: "Received calls",
	placedCalls: "Placed calls",
	unseen: "new",
	speedDials: "Speed dials",
	ringing: "Ringing",

	// a call of a list
	clearAll: "Delete all calls",
	noNumber: "This caller has no number",
	partyName: "Name",
	partyNumber: "Number",
	ownLine: "Line",
	callTime: "Time",
	duration: "Duration",
	callCount: "Calls",

	// what is wrong with a picture of a service
	pictureKind: "No PNG picture",
	pictureDamaged: "Picture damaged",
	pictureInterlaced: "Interlaced picture",
	pictureTooLarge: "Picture too large",
	pictureNoRoom: "No memory for pictures",
	noBackground: "No background pictures",

	// keys of a display to touch, which writes names below them
	messages: "Messages",
	services: "Services",
	quieter: "Quieter",
	louder: "Louder",

	// which volume the bar is of
	ringer: "Ringer",
	handset: "Handset",
	headset: "Headset",
	speaker: "Speaker",

	// softkeys and notices of services
	update: "Update",
	next: "Next",
	submit: "Submit",
	serviceBroken: "The service's answer cannot be read",
	serviceNothing: "The service names nothing to do",
	serviceError: "Error",
	noPicture: "No picture:",

	// settings
	settings: "Settings",
	phoneInformation: "Phone information",
	callStatistics: "Call statistics",
	help: "Help",
	statisticsHint: "Press ? again for call statistics",
	encrypted: "Encrypted",
	authenticated: "Authenticated",
	notEncrypted: "Not encrypted",
	ringType: "Ring type",
	bell: "Bell",
	brightness: "Brightness",
	microphone: "Microphone",
	levelControl: "Level control",
	noiseReduction: "Noise reduction",
	displayAndKeys: "Display and keys",
	homeAutomation: "Home automation",
	largerText: "Larger text",
	highContrast: "High contrast",
	keyTones: "Key tones",
	networkConfiguration: "Network configuration",
	address: "Address",
	mask: "Mask",
	router: "Router",
	port: "Port",
	protocolVersion: "Protocol version",
	automatic: "automatic",
	asConfigured: "as configured",
	remove: "Remove",
	otherNetwork: "Enter another network",
	status: "Status",

	// phone information and status
	device: "Device",
	callAgent: "Call agent",
	sccpVersion: "SCCP version",
	notAgreed: "not agreed yet",
	load: "Load",
	start: "Start",
	registration: "Registration",
	complete: "complete",
	standby: "Stand-by",
	noStandby: "none",
	triedAgain: "tried again",
	connecting: "being connected",
	ready: "ready",
	fallback: "Fallback",
	asked: "asked",
	domain: "Domain",
	boot: "Boot",
	server: "Server",
	setByHand: "set by hand",
	byName: "by its name",
	language: "Language",
	noLetters: "letters missing",

	// call statistics
	receiverCodec: "Rcvr codec",
	senderCodec: "Sender codec",
	receiverPackets: "Rcvr packets",
	senderPackets: "Sent packets",
	averageJitter: "Avg jitter",
	maximumJitter: "Max jitter",
	lostPackets: "Rcvr lost packets",
	discardedPackets: "Rcvr discarded",
	bufferDelay: "Buffer delay",
	roundTrip: "Round trip",
	averageMos: "Avg MOS LQK",
	minimumMos: "Min MOS LQK",
	maximumMos: "Max MOS LQK",
	concealRatio: "Conceal ratio",
	concealSeconds: "Conceal seconds",
	severeConceal: "Severe conceal",
	otherAddress: "Other address",
	noneYet: "none yet",

	// calls
	to: "To",
	selected: "Selected",
	selectedElsewhere: "Selected elsewhere",
	forwardedBy: "Forwarded by",
	transferredBy: "Transferred by",
	pickedUpFrom: "Picked up from",
	parkedBy: "Parked by",
	callFor: "For",
	andFor: "for",
	busy: "busy",
	noAnswer: "no answer",

	// notices
	volumeSaved: "Volume saved",
	settingsUnlocked: "Settings unlocked",
	unlockHint: "Locked: **# unlocks",
	notNumber: "Not a number:",
	notAddress: "Not an address:",
	notMask: "Not a mask:",
	ownAddress: "The network's own address:",
	routerElsewhere: "Router in another network:",
	agentRemoved: "Call agent removed",
	lockedForGood: "Locked by the configuration",
	lockedByPassword: "Locked: the password unlocks",
	dhcpFirst: "Set DHCP to No first:",
	notHost: "Neither name nor address:",
	notPort: "Not a port (1-65535):",
	notVersion: "Not a version (3-22):",
	tooLong: "Too long, characters at most:",
	notDialled: "Not dialled:",
	foreignSound: "Sound from an unexpected place",
	codecRefused: "No sound: format not supported",
	channelRefused: "No sound: too many calls",
	callLost: "Call lost: phone system down",
	agentSilent: "No answer from the phone system",

	// the way to registration
	configuringIp: "Configuring IP",
	wifiConnecting: "Wi-Fi: connecting to",
	wifiLooking: "Wi-Fi: looking for networks",
	wifiSilent: "no answer",
	wifiNotJoined: "cannot be joined",
	wifiPassword: "password refused",
	wifiAbsent: "not there",
	wifiKey: "key",
	noLink: "no link",
	requestingConfiguration: "Requesting Configuration",
	noConfiguration: "No settings for",
	fileMissing: "No settings received from",
	fileBroken: "Mistake in the settings,",
	loadFailed: "Software not installed:",
	ringFailed: "This ring cannot be played:",
	unknownHost: "Unknown name:",
	line: "line",
	upgrading: "Upgrading Software",
	restarting: "Restarting",
	resetting: "Resetting",
	noCallAgent: "No phone system set",
	configuringList: "Configuring CM list",
	opening: "Connecting to",
	registering: "Registering",
	rejected: "Registration Rejected",
	agentDown: "CM down, features disabled",
	otherAgents: "Other phone systems",
	ownAddressChanged: "The phone's address has changed",
	returning: "Returning to",
	nameTwice: "Name in use twice? Closed:",
	noNameServer: "Name cannot be looked up:",
	noRegistrationAnswer: "registration not answered",
	nothingAnswered: "registered, no answers",
	noButtons: "No buttons from the phone system yet",
	noSoftkeys: "No softkeys from the phone system yet",
	noLines: "No line from the phone system yet",

	// how a connection ended
	connectionLost: "connection lost",
	connectionRefused: "not in service",
	connectionTimedOut: "no answer",
	networkUnreachable: "cannot be reached",
	hostUnreachable: "not found in the network",
	connectionReset: "connection broken off",
	connectionClosed: "connection closed",
	noSocket: "the phone is overloaded",
	noConnection: "no connection",
	byCallAgent: "by the phone system",
	noKeepalives: "no longer answers",

	noCallUp: "No call is up",

	// services and directories of servers
	serviceSounds: "A service sounds already",
	notInCall: "Not while a call is up",
	noService: "No service behind this key",
	requesting: "Requesting...",
	serverSilent: "The server does not answer",
	pageMissing: "Page not found",
	pageRefused: "The server refuses the page",
	pageTooLarge: "Page too large",
	pageBroken: "Page cannot be read",
	securePage: "https is not possible yet",
	wrongUrl: "Not the address of a service",
	signIn: "Sign in",
	user: "User",
	passwordWord: "Password",
	personalDirectory: "Personal directory",
	corporateDirectory: "Corporate directory",
	newEntry: "New entry",
	listFull: "No room for more entries",
	uriUnknown: "Not possible on this phone",
	phoneBusy: "The phone is in use",
});

export type WordName = keyof typeof table;

const names = Object.freeze(Object.keys(table)) as readonly WordName[];

/**
 * What begins a reference; its word's number is the character behind it, counted from `base`. Neither can be an octet of the dictionary's
 * references, which may stand in the same text.
 */
const mark = String.fromCharCode(wordMark);
const base = 0x100;

/** References to the words, by name. */
export const Word: Readonly<Record<WordName, string>> = Object.freeze(
	Object.fromEntries(names.map((name, index) => [name, mark + String.fromCharCode(base + index)])),
) as Readonly<Record<WordName, string>>;

/** A language's words in the order of their numbers. */
export type Words = readonly string[];

/** Puts a translation into order. */
export function wordsOf(translation: Readonly<Record<WordName, string>>): Words {
	return Object.freeze(names.map((name) => translation[name]));
}

export const english: Words = wordsOf(table);

/** The same words but for some. */
export function reworded(words: Words, others: Readonly<Partial<Record<WordName, string>>>): Words {
	return Object.freeze(names.map((name, index) => others[name] ?? (words[index] as string)));
}

/** `text` with words of a language in place of references to them; a text without any comes back as it is. */
export function spoken(text: string, words: Words): string {
	let at = text.indexOf(mark);
	if (at < 0) return text;
	let from = 0;
	let result = "";
	for (; at >= 0; at = text.indexOf(mark, from)) {
		const word = words[text.charCodeAt(at + 1) - base] ?? "";
		result = at === 0 ? word : result + text.slice(from, at) + word;
		from = at + 2;
	}
	return from < text.length ? result + text.slice(from) : result;
}

/** What is said of the end of a connection, by number of `TcpEnd`. */
export const tcpEndWords: readonly string[] = Object.freeze([
	Word.connectionLost,
	Word.connectionRefused,
	Word.connectionTimedOut,
	Word.networkUnreachable,
	Word.hostUnreachable,
	Word.connectionReset,
	Word.connectionClosed,
	Word.noSocket,
]);
