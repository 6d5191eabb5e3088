/*
 * A connection to the phone's web server: the request that comes, and the answer that goes. It holds nothing beside them, so that four of
 * them fit beside two calls.
 */
import { firstOtherBit, HttpRequest } from "base/http-request";
import type { TcpSocket } from "hal/hardware";
import type { Answer } from "services/web/answer";

/** Where a connection stands. */
export const State = Object.freeze({
	/** Nothing of a request, or a part of its head, has come. */
	head: 0,
	/** The request is known; who answers it takes his time. */
	working: 1,
	/** Its body comes. */
	body: 2,
	/** The answer goes. */
	answering: 3,
	/** All of the answer has been given to the socket, which still has to send it. */
	draining: 4,
	/** The answer has gone, and what else the client sends is thrown away until it hears of that. */
	lingering: 5,
	closed: 6,
});

/** Takes the body of a request as it comes. */
export interface BodySink {
	/** Octets `from` to `to` of a buffer that belongs to the caller. @returns false when no more is wanted. */
	take(octets: Uint8Array, from: number, to: number): boolean;
	/** It is whole, or no more was wanted. @returns the answer. */
	end(): Answer;
	/** The rest does not come. */
	cancel(): void;
}

const headedBit = firstOtherBit;
const busyBit = 2 * firstOtherBit;

/** What a buffer takes beside its octets. */
const bufferHead = 128;

/** Characters of a line of a request's head: a name and a password of 90 octets in Base64, and what stands before them. */
const longestLine = 150;

export class Connection extends HttpRequest {
	readonly socket: TcpSocket;
	/** Dotted address of the client. */
	readonly client: string;
	state: number = State.head;
	/** When it is cut, and when it was last made or last had an answer (ticks). */
	deadline = 0;
	since = 0;
	/** Requests that have been answered. */
	count = 0;
	/** Octets that the socket takes now, and that it took when it was empty. */
	room = 0;
	most = 0;
	answer: Answer | undefined = undefined;
	sink: BodySink | undefined = undefined;
	/** Octets of the body that have still to come. */
	left = 0;
	/** What came behind the request that is being answered. */
	rest: Uint8Array | undefined = undefined;

	constructor(socket: TcpSocket, client: string) {
		super();
		this.socket = socket;
		this.client = client;
	}

	override get kept(): number {
		const { rest } = this;
		return super.kept + (rest === undefined ? 0 : rest.length + bufferHead);
	}

	protected override get longest(): number {
		return longestLine;
	}

	/** Whether the head of the answer has gone. */
	get headed(): boolean {
		return this.bit(headedBit);
	}

	set headed(value: boolean) {
		this.setBit(headedBit, value);
	}

	/** Is looked at already. */
	get busy(): boolean {
		return this.bit(busyBit);
	}

	set busy(value: boolean) {
		this.setBit(busyBit, value);
	}

	/** Whether it may go where there is no room for another: nobody would miss it. @param slow ticks before which a head should have come. */
	idle(slow: number): boolean {
		if (this.state === State.lingering) return true;
		return this.state === State.head && (!this.begun || this.since <= slow);
	}
}
