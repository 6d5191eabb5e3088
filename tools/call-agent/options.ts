/*
 * What a call agent can be told when it is started.
 */
export type DialectName = "callmanager" | "chan_skinny" | "chan_sccp";
export const dialectNames: readonly DialectName[] = Object.freeze(["callmanager", "chan_skinny", "chan_sccp"] as const);

/** What it does about RegisterTokenReq. */
export type TokenAnswer = "acknowledge" | "reject" | "ignore" | "close";

/** What goes wrong, on purpose. May be changed while the agent runs; applies to what happens from then on. */
export interface Faults {
	/** Refuses every RegisterReq with this text. */
	reject?: string | undefined;
	/** Refuses the next RegisterReq with this text, then forgets it. */
	rejectOnce?: string | undefined;
	/** Accepts connections, reads, and says nothing. */
	silent?: boolean;
	/** Stands still, as a program does that is stopped: reads nothing, says nothing and closes nothing. */
	stall?: boolean;
	/** Closes the connection as soon as it stands, or when a message with this id comes. */
	closeAt?: "connect" | number | undefined;
	/** Breaks the connection off with a TCP reset when a message with this id comes. */
	resetAt?: number | undefined;
	/** Answers messages with this id by octets that are no SCCP. */
	garbageAt?: number | undefined;
	/** Milliseconds after which it closes the connection of a phone that has sent RegisterReq. */
	closeAfter?: number | undefined;
	/** Does not answer messages with these ids. */
	ignore?: readonly number[];
	/** Calls outlive the loss of a phone's connection, as CallManager preserves them: they end when that phone registers again. */
	keepCalls?: boolean;
	/** Does not answer keepalives (and still enforces its own deadline). */
	dropKeepalives?: boolean;
	/** What it does about RegisterTokenReq, whatever its dialect; the dialect's own when absent. */
	token?: TokenAnswer | undefined;
	/** Seconds that a refused RegisterTokenReq shall wait; 60 when absent. */
	tokenWait?: number | undefined;
	/** Milliseconds that each answer takes. */
	delay?: number | undefined;
	/**
	 * Sends one octet per TCP segment, or holds messages back for `mergeTime` ms and sends them in one segment, or sends 16 octets every
	 * 20 ms.
	 */
	segments?: "octets" | "merged" | "slow" | undefined;
	/** Milliseconds that messages are held back for with `segments: "merged"`; 20 when absent. */
	mergeTime?: number;
}

export interface LineOptions {
	/** Directory number; the next free one from 1001 when absent. */
	number?: string;
	/** Name shown to the other side. */
	name?: string;
	/** Label against the line key. */
	label?: string;
	/** Number of the group whose phones pick up each other's calls; 50 when absent. */
	group?: string;
}

export interface SpeedDialOptions {
	number: string;
	label: string;
	/** Shows the state of the line with that number (BLF). */
	hint?: boolean;
}

export interface DeviceOptions {
	lines?: readonly LineOptions[];
	speedDials?: readonly SpeedDialOptions[];
}

export interface CallAgentOptions {
	/** TCP port, 2000 when absent; 0 takes a free one. */
	port?: number;
	/** IPv4 address to listen on and to give to phones, 127.0.0.1 when absent. */
	address?: string;
	/** Whose behaviour to follow, `callmanager` when absent. */
	dialect?: DialectName;
	/** Highest protocol version it speaks: 3 to 22; the dialect's own when absent. */
	protocolVersion?: number;
	/** Number of the first phone, 1001 when absent. */
	firstNumber?: number;
	/** Lines given to a phone that `devices` does not name, 1 when absent. */
	linesPerPhone?: number;
	/** By device name (SEP and 12 hexadecimal digits). */
	devices?: Readonly<Record<string, DeviceOptions>>;
	/** Buttons after the lines of a phone that `devices` does not name; 600, 601 and 602 when absent. */
	speedDials?: readonly SpeedDialOptions[];
	/** File in which numbers and forwards of phones outlast the agent; none when absent. */
	state?: string;
	/** Name in greetings and as server name. */
	name?: string;
	/** Whether chan-sccp's greeting is said, which covers all prompts for five seconds; true when absent. */
	greets?: boolean;
	/** Keepalive interval in whole seconds; the dialect's own when absent. */
	keepalive?: number;
	/** Intervals without a message after which a phone is dropped; the dialect's own when absent. */
	keepaliveMisses?: number;
	/** Packet time in ms, 20 when absent. */
	packetTime?: number;
	/** Codecs in order of preference: 6 G.722, 4 mu-law, 2 A-law, as when absent. */
	codecs?: readonly number[];
	/** Phones send RTP to each other (true when absent), or through the agent. */
	directMedia?: boolean;
	/** Milliseconds to wait for the next digit (8000), and for the first one (16000). */
	digitTimeout?: number;
	firstDigitTimeout?: number;
	/** Milliseconds that a phone rings before the call is forwarded or a message is taken; 20000 when absent. */
	noAnswerTime?: number;
	/** Milliseconds that a call to 600-602 rings before it is answered; 0 when absent. */
	answerDelay?: number;
	/** The number of a device's line, from 0, for lines that `devices` does not name; the agent's own next free number when absent. */
	numberOf?: (device: string, line: number) => string;
	/** What time it tells phones; the computer's when absent. */
	now?: () => Date;
	faults?: Faults;
}
