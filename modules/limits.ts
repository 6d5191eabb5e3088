/*
 * Every size and count of the phone in one place. All memory for messages, lines, buttons, calls and texts is reserved
 * at boot from these figures and never grows.
 */
export const Limits = Object.freeze({
	/** Octets of one read from the socket. */
	receiveChunk: 1536,
	/** Octets of the largest message put together from reads, header included (servers send at most 2,416). */
	receiveMessage: 2560,
	/** Octets of messages built and not yet taken by the socket. */
	transmitBuffer: 2304,

	/** Octets of one packet or read of a file transfer, by TFTP and HTTP in turn: a block of 1024 and what goes with it. */
	transferBuffer: 1032,
	/** Octets of a line of HTTP headers that are looked at, and of all headers of a response. */
	headerLine: 128,
	headers: 8192,
	/** The same of a line that a service answers with, which may be a cookie; and octets of a service's URL. */
	serviceHeaderLine: 288,
	url: 512,
	/** Octets of a file name on a server. */
	fileName: 128,
	/** Octets of one packet for the syslog server. */
	syslogPacket: 512,
	timeServers: 4,

	lines: 8,
	/** Entries of a button template that are kept (CallManager sends 42, chan-sccp 56). */
	buttons: 56,
	/** Buttons of a template that are kept though no key is theirs: they are in a list. */
	moreButtons: 36,
	calls: 8,
	/** Diverted calls of which the phone knows who did it, at once. */
	diversions: 4,
	/** Audio streams at once. */
	streams: 2,
	/** Prompts of lines and calls at once. */
	prompts: 10,
	priorityNotifications: 3,
	/** Seconds that a prompt with a time-out stays at most. */
	promptSeconds: 86400,
	/** Octets for all texts that the phone keeps. */
	textPool: 5888,
	/** Softkeys in a template. */
	softkeyTemplate: 32,
	softkeySets: 16,
	/** Softkey positions in one set. */
	softkeySetKeys: 16,
	/** Call agents tried in turn. */
	callAgents: 5,

	/** Octets of texts as the messages carry them; longer ones are cut. */
	softkeyLabel: 16,
	directoryNumber: 25,
	partyName: 40,
	/** The name of who calls or is called: 32 letters, two octets each in Greek and Cyrillic. */
	callerName: 64,
	buttonLabel: 40,
	prompt: 97,
	notify: 97,
	rejectText: 33,
	dateTemplate: 6,

	/** Octets of an object that services push, in all its parts. */
	pushedData: 8192,

	/** Octets of a configuration file at most; CallManager's have some 12 KB. */
	configurationFile: 65536,
	/** Octets for all URLs and phone services of a configuration, so that it can be stored. */
	configurationUrls: 1792,
	phoneServices: 12,
	/** Octets of a configuration as it is stored. */
	storedConfiguration: 3500,
	/** Routers that take over from call agents (SRST). */
	survivors: 3,

	/** Octets of a file that a locale or a ring list names at most. */
	localeFile: 131072,
	/** Octets of one phrase of the user's language as the file has it; longer ones stay English (Thai ones have 129). */
	phrase: 192,
	/** Rings of a list that are kept, while somebody chooses, and octets for their names and files. */
	rings: 64,
	ringPool: 3072,

	/** Octets for all parts of the page of a service: a text of 4000 characters, and what stands around it. */
	serviceItems: 4400,
	/** Octets of one read of what services fetch. */
	serviceTransfer: 320,
	/** Octets in which the XML reader of services holds open elements, one tag and one text. */
	serviceXml: 720,

	/** What happens on the phone and has still to be told: how many events, and characters of all of them. */
	events: 16,
	eventOctets: 2048,

	/** Octets in which the XML reader holds open elements, one tag and one text. */
	xmlBuffer: 1024,
	/** Octets of one text in XML that are kept (a service URL is the longest). */
	xmlText: 288,
	/** Octets of one tag in XML with its attributes. */
	xmlTag: 320,
	/** Octets of a name in XML, and how deep elements may lie in each other. */
	xmlName: 48,
	xmlDepth: 16,
});
