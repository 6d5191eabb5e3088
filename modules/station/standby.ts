/*
 * A stand-by connection: TCP and KeepAlive to a call agent with which the phone is not registered, so that it is known to be there, and
 * which becomes the link when the phone goes there. Nothing else is sent on it but RegisterTokenReq, nothing else read but the answers
 * to the two, through the buffers of the link: each is in use during one call alone. Servers that close such a connection
 * (FreeSWITCH on a message that it does not know) are tried again with growing pauses.
 */
import { Word } from "base/words";
import type { Clock, TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import type { PhoneNetwork } from "network/network";
import { Connection, type ConnectionOwner } from "sccp/connection";
import { type Link, silentIntervals } from "sccp/link";
import { headerSize, uncounted } from "sccp/message";
import { KeepAliveReq, RegisterTokenAck, RegisterTokenReject } from "sccp/messages";
import type { CallAgents } from "station/agents";
import { type Identity, writeToken } from "station/register";

/** How long after registration the first attempt is made, in ms. */
const firstPause = 2000;
/** Pause after a round of attempts, in ms; it doubles up to the last. */
const roundPause = 15000;
const lastPause = 60000;
/** The same where the call agent closes what it has accepted. */
const closedPause = 30000;
const lastClosedPause = 600000;
/** How long a connection may take to come up and the call agent to answer, in ms. */
const connectTimeout = 10000;
/** Where the one field that is read stands in a message. */
const waitAt = headerSize + RegisterTokenReject.layout(0).waitTimeBeforeNextReq;
const waitEnd = waitAt + 4;

/** No answer to RegisterTokenReq: neither leave, -1, nor seconds to wait. */
const unanswered = -2;

/** Where a stand-by stands. */
export const StandbyState = Object.freeze({
	/** Nothing to stand by for. */
	off: 0,
	/** Pauses before the next attempt. */
	pausing: 1,
	/** Looks up the name, connects, and waits for the answer to the first keepalive. */
	connecting: 2,
	/** The connection stands, and the call agent answers. */
	ready: 3,
});

/** What the status page says of each state. */
const stateTexts: readonly string[] = Object.freeze([Word.noStandby, Word.triedAgain, Word.connecting, Word.ready]);

export interface StandbyListener {
	/** A call agent has been found to be there, or is not there any more: {@link Standby.since}. */
	standbyChanged(): void;
	/** RegisterTokenReq was answered. @param seconds until it may be sent again; -1: the phone may come. */
	tokenAnswered(seconds: number): void;
	/** The connection was closed while there was no answer to RegisterTokenReq. */
	tokenLost(): void;
}

export class Standby implements ConnectionOwner {
	/** A number of {@link StandbyState}. */
	state: number;
	/** The call agent that it is about, by its place in the list. */
	index: number;
	/** Dotted address of that call agent, once it is known. */
	address: string;
	/** Ticks since when that call agent has been there, whether or not it has closed connections meanwhile; -1 while it is not. */
	since: number;
	private readonly network: PhoneNetwork;
	private readonly clock: Clock;
	private readonly link: Link;
	private readonly listener: StandbyListener | undefined;
	private readonly due: () => void;
	private agents: CallAgents | undefined;
	private first: number;
	private end: number;
	/** Keepalive interval in ms. */
	private interval: number;
	private connection: Connection | undefined;
	/** Whether the call agent has accepted it. */
	private accepted: boolean;
	private timer: TimerHandle | undefined;
	private serial: number;
	/** Rounds of attempts that came to nothing, and connections that were closed, in a row. */
	private rounds: number;
	private closings: number;
	/** Ticks since when the connection stands. */
	private stands: number;
	/** Intervals in which nothing was heard. */
	private misses: number;
	private asking: boolean;
	/** What RegisterTokenReq was answered, until all that came with the answer has been read; {@link unanswered}: nothing. */
	private reply: number;
	/** Of the message that is coming in: octets so far, its whole size, its id and the word that is read of it. */
	private have: number;
	private size: number;
	private id: number;
	private word: number;

	constructor(network: PhoneNetwork, clock: Clock, link: Link, listener?: StandbyListener) {
		this.network = network;
		this.clock = clock;
		this.link = link;
		this.listener = listener;
		this.due = () => this.isDue();
		this.state = StandbyState.off;
		this.index = 0;
		this.address = "";
		this.since = -1;
		this.agents = undefined;
		this.first = 0;
		this.end = 0;
		this.interval = 0;
		this.connection = undefined;
		this.accepted = false;
		this.timer = undefined;
		this.serial = 0;
		this.rounds = 0;
		this.closings = 0;
		this.stands = 0;
		this.misses = 0;
		this.asking = false;
		this.reply = unanswered;
		this.have = 0;
		this.size = 0;
		this.id = 0;
		this.word = 0;
	}

	/**
	 * Stands by with one of the call agents from `first` up to, but without, `end`; with none where there is none.
	 * @param interval between keepalives, in ms.
	 */
	start(agents: CallAgents, first: number, end: number, interval: number): void {
		this.stop();
		if (first >= end) return;
		this.agents = agents;
		this.first = first;
		this.end = end;
		this.interval = interval;
		this.index = first;
		this.rounds = 0;
		this.closings = 0;
		this.pause(agents.spread(firstPause));
	}

	/** Closes the connection and gives up. */
	stop(): void {
		this.close();
		this.agents = undefined;
		this.since = -1;
		this.state = StandbyState.off;
	}

	/** Whether the connection to the call agent `index` stands, between two messages. */
	isReady(index: number): boolean {
		return this.state === StandbyState.ready && this.index === index && this.have === 0;
	}

	/** Ends a pause: finds out whether the call agent is there still. @returns false when it does not pause. */
	again(): boolean {
		if (this.state !== StandbyState.pausing) return false;
		this.open();
		return true;
	}

	/** Hands over the connection, which stands ({@link isReady}), and gives up. */
	release(): Connection | undefined {
		const { connection } = this;
		this.connection = undefined;
		this.stop();
		return connection;
	}

	/** Asks the call agent whether the phone may come; {@link StandbyListener} hears what becomes of it. @returns false when it cannot be asked. */
	askToken(identity: Identity): boolean {
		if (this.state !== StandbyState.ready || this.asking) return false;
		const local = this.network.localAddress(this.address);
		writeToken(this.link.writer, identity, local);
		// closing tells of it
		this.asking = this.send();
		return this.asking;
	}

	/** An answer to RegisterTokenReq is not waited for any more. */
	forgetToken(): void {
		this.asking = false;
	}

	/** What the status page says of it: the call agent and its state. */
	get text(): string {
		const state = stateTexts[this.state] as string;
		return this.agents === undefined ? state : `${this.agents.nameOf(this.index)} ${state}`;
	}

	connectionReadable(): void {
		const { chunk } = this.link.reader;
		for (;;) {
			const { connection } = this;
			const count = connection?.read(chunk);
			if (count === undefined || count <= 0) break;
			this.misses = 0;
			if (this.state === StandbyState.connecting) this.answers();
			for (let i = 0; i < count; i += 1) {
				this.take(chunk[i] as number);
				if (connection !== this.connection) return;
			}
			if (count < chunk.length) break;
		}
		// the connection may become the link: it must not lack what was read here
		const { reply } = this;
		if (reply === unanswered) return;
		this.reply = unanswered;
		this.listener?.tokenAnswered(reply);
	}

	connectionWritable(): void {
		if (this.accepted) return;
		this.accepted = true;
		this.have = 0;
		this.sendKeepAlive();
	}

	connectionEnded(): void {
		this.connection = undefined;
		if (this.accepted) this.closed();
		else this.failed();
	}

	/** The call agent has answered for the first time. */
	private answers(): void {
		this.state = StandbyState.ready;
		this.stands = this.clock.ticks;
		this.rounds = 0;
		this.wait(this.interval);
		this.isThere();
	}

	private isThere(): void {
		if (this.since >= 0) return;
		this.since = this.clock.ticks;
		this.listener?.standbyChanged();
	}

	/** A pause is over, an attempt takes too long, or a keepalive is due. */
	private isDue(): void {
		this.timer = undefined;
		if (this.state === StandbyState.pausing) this.open();
		else if (this.state === StandbyState.connecting) this.failed();
		else this.keepAlive();
	}

	private open(): void {
		const name = this.agents?.names[this.index];
		if (name === undefined) return;
		this.state = StandbyState.connecting;
		this.wait(connectTimeout);
		const { serial } = this;
		this.network.resolve(name.host, (address) => {
			if (serial !== this.serial) return;
			if (address === undefined) {
				this.failed();
				return;
			}
			this.address = address;
			this.accepted = false;
			const connection = new Connection(this);
			this.connection = connection;
			this.link.open(connection, address, name);
		});
	}

	/** There is no connection, or nobody at its other end. */
	private failed(): void {
		this.close();
		const { agents } = this;
		if (agents === undefined) return;
		const was = this.since;
		this.since = -1;
		this.index += 1;
		if (this.index < this.end) this.pause(agents.spread(firstPause));
		else {
			this.index = this.first;
			this.pause(agents.spread(Math.min(roundPause * 2 ** Math.min(this.rounds, 8), lastPause)));
			this.rounds += 1;
		}
		if (was >= 0) this.listener?.standbyChanged();
	}

	/** The call agent has closed the connection: it is there all the same. */
	private closed(): void {
		const { agents, asking } = this;
		this.close();
		if (agents === undefined) return;
		if (this.state === StandbyState.ready && this.clock.ticks - this.stands > lastClosedPause) this.closings = 0;
		this.pause(agents.spread(Math.min(closedPause * 2 ** Math.min(this.closings, 8), lastClosedPause)));
		this.closings += 1;
		this.isThere();
		if (asking) this.listener?.tokenLost();
	}

	private close(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.serial += 1;
		this.asking = false;
		this.reply = unanswered;
		this.connection?.close();
		this.connection = undefined;
	}

	private pause(milliseconds: number): void {
		this.state = StandbyState.pausing;
		this.wait(milliseconds);
	}

	private wait(milliseconds: number): void {
		this.clock.cancel(this.timer);
		this.timer = this.clock.after(milliseconds, this.due);
	}

	/** Sends one, and gives up a call agent of which nothing was heard as long as the link would. */
	private keepAlive(): void {
		this.misses += 1;
		if (this.misses >= silentIntervals) {
			this.failed();
			return;
		}
		this.wait(this.interval);
		this.sendKeepAlive();
	}

	private sendKeepAlive(): void {
		this.link.writer.beginForm(KeepAliveReq, 0);
		this.send();
	}

	/** Sends the message begun. @returns false when it could not: what waits in a connection so little used is stuck. */
	private send(): boolean {
		const { connection } = this;
		const octets = this.link.writer.take();
		if (connection === undefined || octets === undefined) return false;
		if (octets.length <= connection.writable && connection.write(octets)) return true;
		this.closed();
		return false;
	}

	/** Takes an octet: the header of each message is looked at, and one word. */
	private take(octet: number): void {
		const at = this.have;
		const value = octet * 2 ** (8 * (at & 3));
		this.have = at + 1;
		if (at < 4) this.size = at === 0 ? uncounted + value : this.size + value;
		else if (at >= 8 && at < 12) this.id = at === 8 ? value : this.id + value;
		else if (at >= waitAt && at < waitEnd) this.word = at === waitAt ? value : this.word + value;
		if (this.have < headerSize) return;
		// octets that are no message
		if (this.size < headerSize || this.size > Limits.receiveMessage) {
			this.closed();
			return;
		}
		if (this.have < this.size) return;
		const whole = this.size >= waitEnd;
		this.have = 0;
		if (!this.asking) return;
		if (this.id === RegisterTokenAck.id) this.reply = -1;
		else if (this.id === RegisterTokenReject.id && whole) this.reply = this.word;
		else return;
		this.asking = false;
	}
}
