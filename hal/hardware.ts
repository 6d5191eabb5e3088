/*
 * What a body (ESP32-S3, host, simulator) provides to the phone: plain interfaces and the code numbers that cross them.
 * In the manner of ECMA-419, hardware is handed to code as instances; nothing looks it up. Bodies import this module and,
 * of modules/, base alone.
 */

/** Keys of a Cisco 7960/7970 by number. Digits are 0-9; `softkey1` and `line1` are the first of runs of five and eight. */
export const Key = Object.freeze({
	star: 10,
	pound: 11,
	softkey1: 16,
	line1: 24,
	up: 32,
	down: 33,
	left: 34,
	right: 35,
	select: 36,
	hold: 40,
	transfer: 41,
	conference: 42,
	messages: 43,
	services: 44,
	directories: 45,
	settings: 46,
	help: 47,
	headset: 48,
	speaker: 49,
	mute: 50,
	volumeUp: 51,
	volumeDown: 52,
	/** Of displays to touch: a list or a page of text scrolls by what is in view. */
	pageUp: 53,
	pageDown: 54,
});

/** Receives what a person does. Called from the body's event loop, never from inside another call into the phone. */
export interface KeypadListener {
	/**
	 * @param key a number of {@link Key}. @param pressed true going down, false coming up. Keys of navigation and volume go down
	 * again and again while they are held.
	 */
	key(key: number, pressed: boolean): void;
	/** A key that does not repeat has been down for a second; left out by who does not care. */
	held?(key: number): void;
	/** A finger has touched the picture that is shown, at this point in pixels of its file; outside of it where it is not so large. */
	pointed?(x: number, y: number): void;
	/** @param offHook true when the handset has been lifted. */
	hook(offHook: boolean): void;
}

export interface Keypad {
	/** Where the hook switch stands now. */
	readonly offHook: boolean;
	/** How many line keys and softkeys the board has (at most 8 and 5). */
	readonly lineKeys: number;
	readonly softkeys: number;
	start(listener: KeypadListener): void;
}

/** Lamp numbers; `line1` is the first of a run of eight. */
export const Lamp = Object.freeze({ line1: 0, message: 8, speaker: 9, headset: 10, mute: 11, count: 12 });
/** SCCP lamp modes as SetLamp carries them. */
export const LampMode = Object.freeze({ off: 1, on: 2, wink: 3, flash: 4, blink: 5 });
/** Lamp colours of a 7970; a one-colour board ignores them. */
export const LampColour = Object.freeze({ none: 0, green: 1, amber: 2, red: 3 });

export interface Lamps {
	/** Sets one lamp; setting what is already shown costs nothing. */
	set(lamp: number, mode: number, colour: number): void;
}

/** The display's light. */
export interface Backlight {
	/** @param percent 0 (off) to 100; a light that can only be on or off is off at 0. */
	set(percent: number): void;
}

/** Picture beside a line key label or a call. */
export const Icon = Object.freeze({
	none: 0,
	onHook: 1,
	offHook: 2,
	ringing: 3,
	connected: 4,
	held: 5,
	speedDial: 6,
	busy: 7,
	envelope: 8,
	forwarded: 9,
	outOfService: 10,
	feature: 11,
	service: 12,
	ringOut: 13,
	remoteInUse: 14,
});

/** A label against a line key. An empty label is an unused key. */
export interface ScreenButton {
	readonly label: string;
	readonly icon: number;
	readonly lamp: number;
	readonly colour: number;
}

/** One call in the call plane. */
export interface ScreenCall {
	/** Call reference given by the call agent; 0 marks an unused row. */
	readonly reference: number;
	readonly line: number;
	/** A number of {@link CallState}. */
	readonly state: number;
	readonly icon: number;
	/** True for the call that softkeys act on. */
	readonly selected: boolean;
	/** Who or what: 'From Alice (1002)'. */
	readonly title: string;
	/** What else there is to say of it: 'Forwarded by Bob, for Carol'; '' for nothing. */
	readonly detail: string;
	/** How well it is protected: a number of {@link CallSecurity}. */
	readonly security: number;
	/** Elapsed time in seconds, -1 when none is shown. */
	readonly seconds: number;
}

/** A list, a page of text or the number being collected, above the call plane. */
export interface ScreenOverlay {
	readonly title: string;
	/** What of it is in view: a window that begins with item `first` of `count`, as long as {@link Display.rows} says or shorter. */
	readonly lines: readonly string[];
	readonly first: number;
	readonly count: number;
	/** The chosen item, counted in the whole list; -1 when nothing can be chosen: then the keys up and down scroll by a line. */
	readonly selected: number;
	/** A picture in place of the lines, or behind them; undefined for none. */
	readonly picture?: ScreenPicture | undefined;
	/** Places in {@link Pictures} of the icons before `lines`, 0 for a line without one; undefined where no line has any. */
	readonly icons?: readonly number[] | undefined;
}

/** The picture at place 0 of {@link Pictures}, drawn below the title. */
export interface ScreenPicture {
	/** From the top left corner of the room for it, in the picture's own pixels as its file has them; -1 in the middle. */
	readonly x: number;
	readonly y: number;
}

/** Bits of {@link Screen.signs}: what is so for as long as its sign shows. */
export const Sign = Object.freeze({
	muted: 1,
	/** Calls do not ring, as the call agent has it. */
	doNotDisturb: 2,
	/** The ringer's volume is nought. */
	ringerOff: 4,
	/** All calls of a line are forwarded. */
	forwarded: 8,
	/** Missed calls that nobody has looked at. */
	missed: 16,
	/** Messages wait. */
	message: 32,
	/** Of the selected call: much of what is sent does not come; it is authenticated or encrypted; its sound is wideband. */
	poorNetwork: 64,
	secure: 128,
	wideband: 256,
});

/** Bits of {@link Screen.dirty}: which parts changed since the last {@link Display.show}. */
export const Dirty = Object.freeze({
	status: 1,
	buttons: 2,
	calls: 4,
	prompt: 8,
	softkeys: 16,
	overlay: 32,
	volume: 64,
	all: 127,
});

/** Call states by SCCP's numbers, as the call agent gives them. */
export const CallState = Object.freeze({
	offHook: 1,
	onHook: 2,
	ringOut: 3,
	ringIn: 4,
	connected: 5,
	busy: 6,
	congestion: 7,
	hold: 8,
	callWaiting: 9,
	callTransfer: 10,
	callPark: 11,
	proceed: 12,
	inUseRemotely: 13,
	invalidNumber: 14,
	/** Held for so long that the call agent reminds of it. */
	holdRevert: 15,
	/** Intercom: one can be heard here, and is not heard there. */
	whisper: 16,
	/** Held by another phone of a shared line. */
	remoteHold: 17,
});

/** Types of calls likewise; 0 while the call agent has named none. */
export const CallType = Object.freeze({ inbound: 1, outbound: 2, forward: 3 });

/** What the call agent says of a call's protection, likewise. */
export const CallSecurity = Object.freeze({ unknown: 0, notAuthenticated: 1, authenticated: 2, encrypted: 3 });

/** Where the phone stands with its call agent. */
export const Registration = Object.freeze({ none: 0, finding: 1, registering: 2, registered: 3, rejected: 4 });
/** The same for whoever maintains the phone. */
export const registrationNames: readonly string[] = Object.freeze([
	"no network",
	"finding call agent",
	"registering",
	"registered",
	"rejected",
]);

/** All that the display shows, as a value: what a board draws, what the panel draws, what a test reads. */
export interface Screen {
	/** A number of {@link Registration}. */
	readonly registration: number;
	/** Date and time as the call agent's template has it, '' before it is known. */
	readonly time: string;
	/** Own number, right end of the status line. */
	readonly number: string;
	readonly buttons: readonly ScreenButton[];
	/** Fixed rows; those with reference 0 are empty. */
	readonly calls: readonly ScreenCall[];
	readonly prompt: string;
	/** Labels by position; '' where there is none. As long as the board has softkeys. */
	readonly softkeys: readonly string[];
	readonly overlay: ScreenOverlay | undefined;
	/** 0-100 while the volume bar is up, -1 otherwise; and which volume it is, in a word. */
	readonly volume: number;
	readonly volumeName: string;
	/** Audio route, a number of {@link Route}. */
	readonly route: number;
	/** Bits of {@link Sign}; the two below are among them. */
	readonly signs: number;
	readonly muted: boolean;
	readonly messageWaiting: boolean;
	/** What there is to know beside the time while there is no call: missed calls; '' for nothing. */
	readonly news: string;
	readonly dirty: number;
	/** What a key of {@link Key} is called in the user's language, for a display that has keys on it; '' for one that needs no name. */
	keyName(key: number): string;
}

/** How the user wants to have the display, as bits. */
export const Look = Object.freeze({
	/** Lists, pages, labels, names and prompts in larger letters. */
	largerText: 1,
	/** Black and white, and colours that stand out. */
	highContrast: 2,
});

export interface Display {
	/** Bits of {@link Look} from now on; {@link rows} and {@link fits} answer by them. All is drawn anew with the next show(). */
	setLook(look: number): void;
	/**
	 * Draws the parts that `screen.dirty` names. The screen is one object for good: a display with pages of its own may look
	 * at it again from the body's event loop.
	 */
	show(screen: Screen): void;
	/**
	 * Whether all fonts for text have a letter or sign for a Unicode code point; what has none is shown as a frame. A body whose screen is
	 * drawn elsewhere, with fonts that it does not know, answers as a board does.
	 */
	draws(code: number): boolean;
	/** How many lines of an overlay are in view at once: of a list that can be chosen from, or of a page of text. */
	rows(list: boolean): number;
	/**
	 * Where the line of a page of text ends that begins at `from`: behind the last word that has room in it, within a word that is longer
	 * than a line, before a line feed, or at the end of the text. Blanks that follow belong to no line. `from` is less than the length.
	 */
	fits(text: string, from: number): number;
	/**
	 * Begins a PNG picture of what the display shows; only bodies that can draw it have this. What changes while it is read shows in the
	 * part that has not been read yet. @returns undefined while another is open, before the first show() and where there is no memory.
	 */
	screenshot?(): Screenshot | undefined;
}

/** A picture of the display on its way out, a PNG file (ISO/IEC 15948). What it takes of memory is given back by {@link close}. */
export interface Screenshot {
	/** Octets of the file that follow, into `target`. @returns how many there are; 0 behind the last of them. */
	read(target: Uint8Array): number;
	/** Gives up what has not been read; may be called again. */
	close(): void;
}

/** How a picture's octets are to be understood. */
export const PictureKind = Object.freeze({
	/** A PNG file (ISO/IEC 15948), not interlaced; of any colour type and depth. */
	png: 0,
	/** Hexadecimal digits of a CiscoIPPhoneImage: 1 or 2 bits a pixel, the first in the lowest bits, 0 the lightest, rows of whole octets. */
	hex: 1,
});

/** Where {@link Pictures} keeps them: the picture at 0, the icons of a list from 1 on. */
export const picturePlaces = 12;

/**
 * Pictures that an open service shows, outside of the engine's memory: taken when one begins, given back when they are released. One that is
 * larger than the display has room for is made smaller as it comes. All that can go wrong is a text that the display can show. Nothing
 * throws.
 */
export interface Pictures {
	/**
	 * Begins a picture in the place of the one that was there; there is one at a time. Width, height and depth are what the object says
	 * of a {@link PictureKind.hex}; a PNG has its own.
	 * @returns '' or why there can be none.
	 */
	begin(place: number, kind: number, width: number, height: number, depth: number): string;
	/** Takes octets `from` to `to` of a buffer. @returns '' or why the picture is refused; nothing is left of it then. */
	take(octets: Uint8Array, from: number, to: number): string;
	/** It is whole. @returns '' or what is missing; nothing is left of it then. */
	end(): string;
	/** Gives up the one that was begun. */
	cancel(): void;
	/** Pixels of a picture as it is drawn, 0 for none. */
	width(place: number): number;
	height(place: number): number;
	/** How much smaller than its file says: pixels of the file across for `width` of them, 0 for no picture. */
	fileWidth(place: number): number;
	fileHeight(place: number): number;
	/** Changes whenever a picture has come or gone. */
	readonly revision: number;
	/** Gives back all of them, and what was begun. */
	release(): void;
}

/** What a body whose screen is drawn elsewhere answers to {@link Display.rows}: as a board with keys does; and so with larger text. */
export const usualRows = Object.freeze({ list: 6, page: 8 });
export const largerRows = Object.freeze({ list: 5, page: 6 });

/** Where sound goes and comes from. */
export const Route = Object.freeze({ none: 0, handset: 1, headset: 2, speaker: 3 });

/**
 * The native audio pipeline (audio/audio.ts). IPv4 addresses are numbers with the first octet in the most significant
 * byte; ports are UDP ports; packet times are milliseconds (10-60, multiples of 10); payload types are RTP's, of
 * the codecs in audio/codec_table.c. A stream is 0 or 1. Nothing here throws: a refusal is a return value.
 */
export interface Audio {
	/** Whether the body's converters have 16 kHz as well: codecs of such sound (G.722) are refused where they have not. */
	readonly wideband: boolean;
	/** Whether {@link setNoiseSuppression} does anything: the build has what it takes. */
	readonly suppressesNoise: boolean;
	/** Opens the receiving side; returns the local RTP port (even), or 0 when the stream, codec or socket is refused. */
	openReceive(stream: number, payloadType: number, packetTime: number): number;
	/**
	 * Receives what is sent to a multicast address and port, or for address 0 to that port of the phone, until closeReceive; false when
	 * refused or the stream is open.
	 */
	openMulticast(stream: number, address: number, port: number, payloadType: number, packetTime: number): boolean;
	closeReceive(stream: number): void;
	/** Payload type (96-127) of RFC 4733 events that the peer sends into a stream that is open, 0 for none, as after opening. */
	receiveEvents(stream: number, payloadType: number): void;
	/** Starts sending microphone sound; false when refused. `tos` is the whole ToS byte (0xB8 is EF). */
	startTransmit(
		stream: number,
		address: number,
		port: number,
		payloadType: number,
		packetTime: number,
		tos: number,
	): boolean;
	stopTransmit(stream: number): void;
	/**
	 * How a stream sends, once it has been started: `silenceSuppression` puts comfort noise (RFC 3389) in place of pauses;
	 * `eventPayloadType` is that of RFC 4733 events (96-127), 0 for none.
	 */
	setTransmit(stream: number, silenceSuppression: boolean, eventPayloadType: number): void;
	/** Sends a key in place of sound: 0-9, 10 star, 11 pound, 12-15 A-D; 10-8000 ms. False when events are off or too many wait. */
	sendEvent(stream: number, event: number, milliseconds: number): boolean;
	/** Whether streams opened from now on send and read RTCP reports (RFC 3550) on the port above their own; off at first. */
	setReports(reports: boolean): void;
	/**
	 * Plays an SCCP tone by id until stopped (or to its end, for a short one). `direction`: 0 to the user, 1 into what is sent, 2 both.
	 * @returns false for an unknown id, which is silence.
	 */
	startTone(id: number, direction: number): boolean;
	/**
	 * Ends it. A signal of something that has happened (call waiting, confirmation, zip, beep-bonk) is heard to its end all the same, and
	 * before what is started meanwhile; unless it is `cut`.
	 */
	stopTone(cut: boolean): void;
	/**
	 * Rings by SCCP ringer mode (1 off, 2 inside, 3 outside, 4 feature, 5 silent, 6 urgent, 7-11 Bellcore).
	 * @returns how long it sounds in ms where it rings once; else, and for a silent mode, 0.
	 */
	ring(mode: number, once: boolean): number;
	/** Tones that start from now on are those of the network of a country, by its E.164 code; those of the US if it has none. */
	setLocale(country: number): void;
	/**
	 * Tones of a file of the server, in place of the built-in ones of the country; none for an empty table. Of each step of each tone twelve
	 * numbers: the tone (0 inside dial, 1 outside dial, 2 busy, 3 alerting, 4 reorder, 5 message waiting and recall, 6 number unobtainable,
	 * 7 call waiting, 8 recorder warning, 9 monitor warning); from which of its steps it repeats; how often it is played from there, 0 for
	 * ever; hundredths of a second, 0 for ever; four frequencies in Hz, 0 for none; the peak of each, of 32767. 64 steps at most, those of a
	 * tone behind each other.
	 * @returns false when it is no such table, and nothing changes.
	 */
	setTones(numbers: Uint16Array): boolean;
	/** Plays the sound of a key, numbered as in {@link sendEvent}, for a tenth of a second over all else. */
	keyTone(event: number): void;
	/** Rings with a built-in bell, 0-3. */
	setBell(bell: number): void;
	/**
	 * A ring file begins to arrive, in place of one that has not been ended: raw mu-law at 8 kHz of any length. It rings when
	 * {@link endRing} says so, never before.
	 * @returns whether the ring file of before goes on ringing until then, as it does where there is memory for two; else the bell does.
	 */
	beginRing(): boolean;
	/** More of it, copied. @returns how many octets there was room for: of a longer file (16,400 octets) those in front ring. */
	ringData(octets: Uint8Array): number;
	/** It is whole, or as long as may be, and rings from now on. @returns false when nothing of it has been taken, and nothing changes. */
	endRing(): boolean;
	setRoute(route: number): void;
	setMute(muted: boolean): void;
	/** Volume of a route in steps 0-24, 1.5 dB each; route 0 is the ringer. */
	setVolume(route: number, step: number): void;
	/** Turns steady noise down in what handset and headset send, 10 ms late then; off at first. */
	setNoiseSuppression(on: boolean): void;
	/** Brings what handset and headset send nearer to one level, within 12 dB; off at first. */
	setLevelControl(on: boolean): void;
	/** Copies the stream's counters into `target` as {@link Statistic} numbers them, unsigned 32-bit native order. */
	statistics(stream: number, target: ArrayBuffer): void;
}

/** Index of each counter that {@link Audio.statistics} writes; they go on counting until the next openReceive/startTransmit. */
export const Statistic = Object.freeze({
	packetsSent: 0,
	octetsSent: 1,
	packetsReceived: 2,
	octetsReceived: 3,
	packetsLost: 4,
	packetsLate: 5,
	packetsDiscarded: 6,
	packetsDuplicate: 7,
	packetsStray: 8,
	/** Interarrival jitter of RFC 3550 in timestamp units (1/8000 s). */
	jitter: 9,
	jitterMaximum: 10,
	/** Present depth of the jitter buffer in ms. */
	delay: 11,
	/**
	 * Frames of 10 ms whose sound did not come though the sender had told of no silence, made up for or not; and all since the first sound,
	 * those among them. Sound that was left out to catch up counts as both.
	 */
	concealedFrames: 12,
	framesPlayed: 13,
	payloadTypeReceived: 14,
	payloadTypeSent: 15,
	packetTimeReceived: 16,
	packetTimeSent: 17,
	/** Seconds in which any frame was concealed, and those in which more than 5 % were. */
	concealedSeconds: 18,
	severelyConcealedSeconds: 19,
	/** Concealed frames among those played, in 1/10000: of all, of the latest three seconds of sound, and the greatest of these. */
	concealmentRatio: 20,
	concealmentInterval: 21,
	concealmentIntervalMaximum: 22,
	/**
	 * Mean opinion score in 1/10000 as the E-model (ITU-T G.107) has it for the latest eight seconds: 0 before the first second, 10000 bad,
	 * as it is after five seconds in which nothing at all has been heard, 44094 as good as G.711 can be. Then its mean (or the score of the
	 * call as a whole, where much of that is missing and it is less), least and greatest value.
	 */
	mos: 23,
	mosAverage: 24,
	mosMinimum: 25,
	mosMaximum: 26,
	/** What the far end's RTCP reports say, 0 without any: round trip in ms, packets lost on the way there, jitter there in 1/8000 s. */
	roundTrip: 27,
	remoteLost: 28,
	remoteJitter: 29,
	/** RFC 4733 events received, each counted once, and the latest: 0-9, 10 star, 11 pound, 12-15 A-D. */
	eventsReceived: 30,
	eventReceived: 31,
	/** Packets played though they come from another address than the peer's, of which nothing was heard. */
	packetsForeign: 32,
	/** The address that these came from last, first octet most significant; 0 for none. */
	foreignAddress: 33,
	count: 34,
});

/** How a TCP connection ended, or why there is none, as far as the body is told; tcpEndWords of base/words for log and display. */
export const TcpEnd = Object.freeze({
	unknown: 0,
	refused: 1,
	timedOut: 2,
	networkUnreachable: 3,
	hostUnreachable: 4,
	reset: 5,
	closed: 6,
	/** This body has no room for one more. */
	noSocket: 7,
});

/**
 * What a body has to know of a TCP connection's other end beside its address. The list of call agents names it and the link hands it on
 * whole: what a connection is to be like, protected for one, is for these two and the bodies alone.
 */
export interface TcpEndpoint {
	readonly port: number;
}

/** What hears of a TCP connection, as ECMA-419 names it. */
export interface TcpCallbacks {
	/** `count` octets can be read. */
	onReadable?: (this: TcpSocket, count: number) => void;
	/** `count` octets can be written; the first call says that the connection is up. */
	onWritable?: (this: TcpSocket, count: number) => void;
	/** There is no connection, or it is over: all that came has been read. @param end a number of {@link TcpEnd}. */
	onError?: (this: TcpSocket, end: number) => void;
}

/** Options of a TCP connection as ECMA-419 names them. */
export interface TcpOptions extends TcpEndpoint, TcpCallbacks {
	address: string;
	/** ToS byte of what is sent (RFC 2474), 0 when absent. */
	typeOfService?: number;
}

/** The part of ECMA-419's TCP that the phone uses, with format "buffer". */
export interface TcpSocket {
	/** Reads into `target`; returns the count of octets read, undefined when there are none. */
	read(target: Uint8Array): number | undefined;
	/** Writes all of `source` or throws when it exceeds what can be written; returns the count that can still be written. */
	write(source: Uint8Array): number;
	close(): void;
}

/** A connection that somebody else has made to the phone. */
export interface ServedSocket extends TcpSocket {
	/** Dotted address of the other end, undefined when it has gone already. */
	readonly remoteAddress: string | undefined;
}

export interface ListenOptions {
	/** The port that the service has by its standard; a body that is a program among others may have another in its place, or none. */
	port: number;
	/** Connections wait, all of which are to be read. */
	onReadable: (this: TcpListener) => void;
}

/** The part of ECMA-419's listener that the phone uses. */
export interface TcpListener {
	/** Where it listens. */
	readonly port: number;
	/**
	 * Takes the next connection that waits, of which `callbacks` hear from now on; undefined when none waits. One that breaks on the way is
	 * told by onError, too.
	 */
	read(callbacks: TcpCallbacks): ServedSocket | undefined;
	/** Ends it; connections that were read go on. */
	close(): void;
}

/** Options of a UDP socket. */
export interface UdpOptions {
	/** Own port; a free one when absent. */
	port?: number;
	/** ToS byte of what is sent (RFC 2474), 0 when absent. */
	typeOfService?: number;
	/** `count` packets can be read. */
	onReadable?: (this: UdpSocket, count: number) => void;
	/** The socket could not be opened or broke. */
	onError?: (this: UdpSocket) => void;
}

/** A UDP socket that reads without making garbage where the body can. */
export interface UdpSocket {
	/** Sender of what {@link read} gave last: dotted address and port. */
	readonly address: string;
	readonly port: number;
	/**
	 * Reads one packet into `target`; what does not fit is lost.
	 * @returns its length as far as it fits, undefined when no packet waits.
	 */
	read(target: Uint8Array): number | undefined;
	/** Sends one packet to a dotted address. What cannot be sent is lost, as on the way. */
	write(source: Uint8Array, address: string, port: number): void;
	close(): void;
}

/** What DHCP gave, or the static settings; addresses are dotted, '' (or an empty list) where there is none. */
export interface Lease {
	readonly address: string;
	readonly mask: string;
	readonly router: string;
	readonly dns: readonly string[];
	readonly domain: string;
	/** Option 150, Cisco's list of TFTP servers. */
	readonly tftpAddresses: readonly string[];
	/** Option 66: name or address of a TFTP server. */
	readonly tftpName: string;
	/** The header's fields siaddr and sname. */
	readonly nextServer: string;
	readonly serverName: string;
	/** Option 42. */
	readonly ntp: readonly string[];
}

/** An address set by hand in place of DHCP; dotted addresses, '' where there is none. */
export interface StaticSettings {
	readonly address: string;
	readonly mask: string;
	readonly router: string;
	readonly dns: readonly string[];
	readonly domain: string;
	readonly tftpAddresses: readonly string[];
}

/** As what the phone asks for its address: who looks for it among a network's hosts finds it by these. */
export interface NetworkIdentity {
	/** Its name among the hosts (DHCP option 12): the device name that call agents know it by. */
	readonly hostName: string;
	/** What DHCP servers tell Cisco's phones by (option 60): the model that it registers as. */
	readonly vendorClass: string;
}

/** Which servers a person wants, as texts: '' leaves it to the network and to the configuration. */
export interface ServerEntry {
	/** Name or address of a call agent, its port ('' for SCCP's own) and the version declared to it ('' for the phone's own). */
	readonly callAgent: string;
	readonly port: string;
	readonly version: string;
	/** Name or address of a TFTP server. */
	readonly tftp: string;
	/** URL of the server of home automation that is told what happens. */
	readonly events: string;
}

/** Where a body that has a set-up of its own finds the servers that are set by hand, and leaves others. */
export interface ServerChoice {
	/** What holds. */
	readonly entry: ServerEntry;
	/** @returns '' or what is wrong with an entry. */
	problem(entry: ServerEntry): string;
	/** Has an entry hold that nothing is wrong with; it is kept across restarts. */
	take(entry: ServerEntry): void;
}

export interface NetworkListener {
	/** The network has come, has gone, or has another lease. */
	leaseChanged(): void;
	/** {@link Network.trouble} is another. */
	troubleChanged?(): void;
}

export interface Network {
	/** MAC address as 12 upper-case hexadecimal digits: the same, whichever interface serves the phone. */
	readonly mac: string;
	/** What is known of the network; undefined while there is no address. */
	readonly lease: Lease | undefined;
	/** What keeps the body from its network, or is under way, as the display may show it: '' for nothing to say. */
	readonly trouble?: string;
	/** Has a person choose a Wi-Fi network; only bodies with Wi-Fi of their own have this. @returns '' or why that cannot be. */
	setUp?(): string;
	/** Says before the start what else than a network its set-up may show and take; only bodies with a {@link setUp} have this. */
	offer?(servers: ServerChoice): void;
	/** Begins to ask for an address, once; tells `listener` of every change after this call. A lease may be there already. */
	start(listener: NetworkListener, identity: NetworkIdentity): void;
	/**
	 * Takes an address set by hand in place of DHCP; undefined goes back to DHCP.
	 * @returns '' or what is wrong with the settings, which are not taken then.
	 */
	configure(settings: StaticSettings | undefined): string;
	/**
	 * Own IPv4 address towards `remote` (dotted), '0.0.0.0' while there is none. Only a body with networks beside the phone's has this: on
	 * others it is the lease's.
	 */
	localAddress?(remote: string): string;
	/**
	 * Frames of the phone's interface by the name that Cisco's phones have for them (`TxFrames`, `RxFrames` ...); undefined for those that
	 * the body does not count. Only bodies that count any have this.
	 */
	frames?(name: string): number | undefined;
	/** Finds the IPv4 address of a name (or gives back an address); calls `done` with undefined when there is none. */
	resolve(host: string, done: (address: string | undefined) => void): void;
	/** Opens a TCP connection; errors come through onError, never as an exception. */
	connect(options: TcpOptions): TcpSocket;
	/** Listens for TCP connections; undefined where there can be no listener: the body has said why in its log unless nobody wants one. */
	listen(options: ListenOptions): TcpListener | undefined;
	/** Opens a UDP socket; errors come through onError, never as an exception. */
	datagrams(options: UdpOptions): UdpSocket;
}

export type TimerHandle = object | number;

export interface Clock {
	/** Monotonic milliseconds; wraps at no point that matters to a phone. */
	readonly ticks: number;
	/** Seconds since 1970 UTC by the body's own clock, 0 when it does not know. */
	readonly wallClock: number;
	/** Sets {@link wallClock}, for the phone alone where the body is a program among others. */
	setWallClock(seconds: number): void;
	after(milliseconds: number, callback: () => void): TimerHandle;
	every(milliseconds: number, callback: () => void): TimerHandle;
	cancel(handle: TimerHandle | undefined): void;
}

/**
 * Key-value storage. A write that has returned outlives a power cut; one that is cut may leave anything where that value stood, and
 * changes no other. Whoever needs the old value or the new one, and nothing else, keeps records over it (settings/store).
 */
export interface Storage {
	/** The value, or undefined when there is none. */
	read(key: string): string | undefined;
	write(key: string, value: string): void;
	delete(key: string): void;
}

/**
 * Flash for what is too large for the engine's memory and for {@link Storage}, and is read in its place: a dictionary. Octets are erased a
 * block at a time, to 0xff, and written once after that. Any of it may have been cut by the power: whoever reads it looks for himself
 * whether it is whole. Nothing here throws.
 */
export interface Flash {
	/** All of it as it lies there; none when the body has no such flash after all. It always is the same object. */
	readonly octets: Uint8Array;
	/** Octets of a block. */
	readonly block: number;
	/** Erases the block that begins at `at`; false when that fails. */
	erase(at: number): boolean;
	/** Writes over octets that are erased; false when that fails. */
	write(at: number, source: Uint8Array): boolean;
}

/**
 * Takes new loads of the phone's software. A load file is the body's own kind (an image for flash, an archive of modules) and
 * says itself what it holds: the body verifies it as it comes. Nothing here throws.
 */
export interface Update {
	/** Name of the load that runs, such as 'linnet-0.1.0'. */
	readonly load: string;
	/** What file names of loads for this body end with, such as '.bin'. */
	readonly suffix: string;
	/** Why the body started last: 'power on', 'restart', 'watchdog', 'JavaScript: memory full at note' ... */
	readonly resetReason: string;
	/** Whether this is the first start of the load that runs: unless it is confirmed, the next start is with the one before. */
	readonly onTrial: boolean;
	/**
	 * Begins a load file of `size` octets (-1 when unknown) for the slot not running.
	 * @returns '' or why there can be none: no second slot, no room, the load that runs not yet confirmed.
	 */
	begin(load: string, size: number): string;
	/**
	 * Takes the next octets. Nothing is written before the file's header holds: signed by a key that the running load trusts,
	 * for this board, with this name, not older than what the phone has had.
	 * @returns '' or why the load is refused; it is to be cancelled then.
	 */
	write(source: Uint8Array): string;
	/**
	 * The file is complete: compares it with what was signed, and has the body start with it next time. The load before it comes back when
	 * {@link Update.confirm} is not called before the start after that one.
	 * @returns '' or what is wrong; nothing has changed then.
	 */
	finish(): string;
	/** Gives up what was begun or finished: the next start is with the load that runs. */
	cancel(): void;
	/** The load that runs does its work (the phone has registered with it): it stays. */
	confirm(): void;
}

/** The latest lines of the log, for who asks the phone itself for them. */
export interface Journal {
	/** Keeps a line. @param ticks of {@link Clock}: when it was logged. */
	add(line: string, ticks: number): void;
	/** A line with its time in seconds before it, the oldest being 0; undefined behind the last. */
	line(index: number): string | undefined;
}

/** Figures that a body tells of memory, by index: of the engine in slots and octets, and what of the body's own is free, in octets (0: unknown). */
export const Memory = Object.freeze({
	slots: 0,
	slotsPeak: 1,
	slotsLimit: 2,
	chunks: 3,
	chunksPeak: 4,
	chunksLimit: 5,
	free: 6,
	freeLeast: 7,
	count: 8,
});

/** Somebody at the console, from the first octet that he types until he leaves. */
export interface Dialogue {
	/** There is an answer to be read; nothing is taken meanwhile. */
	readonly busy: boolean;
	/** Takes an octet as it is typed. */
	take(octet: number): void;
	/** What comes next of the answer, a line at most, into `target`. @returns its octets; 0 when all has been said. */
	read(target: Uint8Array): number;
}

/** The console of who maintains the phone, where the body has one: a serial line, a socket. */
export interface ConsolePort {
	/**
	 * Begins to listen, once. @param begin makes the dialogue with somebody who comes: on a line of its own, whose lines end as terminals want
	 * them and which does not show what is typed, or over a socket.
	 */
	open(begin: (serial: boolean) => Dialogue): void;
	/** Fills in figures by {@link Memory}. */
	memory(figures: Uint32Array): void;
}

/** What the link to a call agent says of itself beside a message. */
export interface WireLink {
	/** SCCP version in force, 0 while none is agreed. */
	readonly version: number;
	/** Messages received and sent since boot. */
	readonly received: number;
	readonly sent: number;
	/** Another number for each connection. */
	readonly serial: number;
	/** Dotted address and port of the call agent. */
	readonly agent: string;
	readonly agentPort: number;
}

/** Who looks at the messages between phone and call agent, from the outside; a body of its own accord has one. */
export interface Wire {
	/** Whether anybody looks now: nothing is told before. */
	readonly watched: boolean;
	/** `size` octets at `from` are a message, header and payload: sent just now, or received and not yet read. They are lent for the call. */
	message(octets: Uint8Array, from: number, size: number, sent: boolean, link: WireLink): void;
}

/** What the body knows before any configuration file: menu settings, command line, factory values. */
export interface Defaults {
	/** 'host' or 'host:port' of call agents in order of preference. */
	readonly callAgents: readonly string[];
	/** Device name such as SEP001122334455; made from the MAC when empty. */
	readonly deviceName: string;
	/** SCCP version to declare: 3, 8, 11, 15, 17, 20 or 22. */
	readonly protocolVersion: number;
	/** 'host' or 'host:port' of TFTP servers that are asked in place of those that DHCP names; empty for those of DHCP. */
	readonly tftpServers: readonly string[];
}

export interface Hardware {
	readonly defaults: Defaults;
	readonly display: Display;
	readonly pictures: Pictures;
	readonly keypad: Keypad;
	readonly lamps: Lamps;
	readonly backlight: Backlight;
	readonly audio: Audio;
	readonly network: Network;
	readonly clock: Clock;
	readonly storage: Storage;
	readonly flash: Flash;
	readonly update: Update;
	readonly journal: Journal;
	readonly console?: ConsolePort;
	readonly wire?: Wire;
	/** Called with lines for whoever maintains the phone; a board sends them to its console and later to syslog. */
	log(line: string): void;
	/** Starts the phone anew (SCCP Reset). */
	restart(): void;
	/**
	 * Has `handler` called once when the phone is to end in good order (program quit, power going down). It unregisters and
	 * calls `done` within some seconds; then the body may end.
	 */
	onQuit(handler: (done: () => void) => void): void;
}
