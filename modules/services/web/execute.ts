/*
 * An object that comes by POST to /CGI/Execute (Cisco IP Phone Services guide, "HTTP push"): the value of XML in a form, or the object
 * itself. It is decoded as it comes and read by the session, so that nothing holds it whole.
 */
import { errorText } from "services/answers";
import { ObjectError, type Session } from "services/session";
import { type Answer, TextAnswer } from "services/web/answer";
import type { BodySink } from "services/web/connection";
import { xmlHead, xmlType } from "services/web/markup";

/** Octets of a body. */
export const longestObject = 4096;

const percentSign = 0x25;
const ampersand = 0x26;
const plus = 0x2b;
const equalsSign = 0x3d;
const lessThan = 0x3c;
const space = 0x20;

/** Where objects are read, and let go that have left nothing to show (services/services). */
export interface Sessions {
	/** The session that an object which is sent is read in. */
	receive(): Session;
	/** Whether an object of a kind may be shown now. */
	mayCome(kind: number): boolean;
	settle(): void;
}

/** Where the form stands: at its beginning, in a name, in the value that is wanted, in one that is not, in an object without a form. */
const Part = Object.freeze({ start: 0, name: 1, value: 2, other: 3, bare: 4 });

const wanted = "XML";
/** Octets that are decoded at a time. */
const decodedSize = 64;

/** CiscoIPPhoneError as an answer. */
export function errorAnswer(status: number, number: number, fields = ""): Answer {
	return new TextAnswer(status, xmlType, `${xmlHead}${errorText(number)}\n`, fields);
}

export class ExecuteSink implements BodySink {
	private readonly services: Sessions;
	private readonly session: Session;
	private readonly turn: number;
	private readonly decoded = new Uint8Array(decodedSize);
	private fill = 0;
	private part: number = Part.start;
	private name = "";
	/** Hexadecimal digits that have still to come, and the octet that they are. */
	private digits = 0;
	private octet = 0;
	/** Something was wrong with the coding of the form. */
	private broken = false;
	/** Whether anything of an object has come. */
	private found = false;

	/** @param session is not reading another object. */
	constructor(services: Sessions, session: Session) {
		this.services = services;
		this.session = session;
		session.begin("");
		session.guard = (kind) => services.mayCome(kind);
		this.turn = session.turn;
	}

	/** Whether another object has taken the place of this one. */
	private get superseded(): boolean {
		return this.session.turn !== this.turn;
	}

	take(octets: Uint8Array, from: number, to: number): boolean {
		for (let at = from; at < to && !this.broken; at += 1) this.character(octets[at] as number);
		return this.flush();
	}

	end(): Answer {
		this.flush();
		const { session, services } = this;
		if (this.superseded) return errorAnswer(503, ObjectError.internal);
		if (this.broken || this.digits > 0 || !this.found) {
			session.cancel();
			services.settle();
			return errorAnswer(400, ObjectError.parsing);
		}
		session.end();
		const { answer } = session;
		services.settle();
		return new TextAnswer(200, xmlType, `${xmlHead}${answer}\n`);
	}

	cancel(): void {
		if (!this.superseded) this.session.cancel();
		this.services.settle();
	}

	private character(octet: number): void {
		switch (this.part) {
			case Part.start:
				// what is no form is the object itself
				this.part = octet === lessThan ? Part.bare : Part.name;
				this.character(octet);
				break;
			case Part.name:
				if (octet === ampersand) this.name = "";
				else if (octet === equalsSign) {
					const isWanted = this.name === wanted && !this.found;
					this.part = isWanted ? Part.value : Part.other;
					this.name = "";
				} else if (this.name.length <= wanted.length) this.name += String.fromCharCode(octet);
				break;
			case Part.value:
				if (octet === ampersand) this.part = Part.name;
				else this.coded(octet);
				break;
			case Part.other:
				if (octet === ampersand) this.part = Part.name;
				break;
			default:
				this.put(octet);
		}
	}

	/** An octet of a value as forms code it (application/x-www-form-urlencoded). */
	private coded(octet: number): void {
		if (this.digits > 0) {
			const lower = octet | 0x20;
			const digit = octet >= 0x30 && octet <= 0x39 ? octet - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
			if (digit < 0) {
				this.broken = true;
				return;
			}
			this.octet = this.octet * 16 + digit;
			this.digits -= 1;
			if (this.digits === 0) this.put(this.octet);
		} else if (octet === percentSign) {
			this.digits = 2;
			this.octet = 0;
		} else this.put(octet === plus ? space : octet);
	}

	private put(octet: number): void {
		this.found = true;
		if (this.fill === decodedSize) this.flush();
		this.decoded[this.fill] = octet;
		this.fill += 1;
	}

	/** Hands what is decoded to the session. @returns false when no more is wanted. */
	private flush(): boolean {
		const { fill } = this;
		this.fill = 0;
		if (this.superseded || this.broken) return false;
		if (fill === 0) return true;
		return this.session.take(this.decoded, 0, fill);
	}
}
